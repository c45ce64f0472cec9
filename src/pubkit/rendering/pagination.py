"""A layout goes on from the page on which something was moved, instead of beginning anew.

WeasyPrint makes the pages of a document one after the other, and always all of them. Here each
page is looked at as soon as it is made. If its foot was mended by moving something, the pages
before are kept, and the next layout makes the others alone.

WeasyPrint knows that a page need not be made again: it keeps one whose contents have not changed
when it makes a document's pages a second time, to write page numbers into the text. So a layout is
given the pages that stay, and where the next one begins. One function is extended at run time, as
``composition.py`` does, for pages whose fonts were given to ``observed_pages`` alone; if WeasyPrint
has changed, every layout makes all pages, and the PDF is the same.

A page stays only if everything up to its end is what it was: the same boxes of the same elements,
with the same styles. A style sheet may say otherwise of a text because something follows it.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import weasyprint
from weasyprint import layout
from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.layout import page as page_making

from pubkit.rendering.engine import is_stock
from pubkit.rendering.paper.placement import Sheet
from pubkit.values import dataclass

MAJOR_VERSION = "70"
Look = Callable[[Sequence[Sheet]], int | None]
"""Looks at the pages so far, and tells how many of them stay if anything was moved."""


class InterruptedLayoutError(Exception):
    """Something was moved: the layout is given up, and the next one goes on from where it was."""


class Observation:
    """The pages of one document, from layout to layout."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._stay: Sequence[_Made] = ()
        self._made: list[_Made] = []
        self._origin: _Origin | None = None

    def go_on_from(self, number: int) -> None:
        """Let the next layout keep so many pages of the last one."""
        self._stay = self._made[:number]

    def pages(
        self, original: Callable[..., Iterator[Any]], context: Any, root: Any, html: Any, pages: Any
    ) -> Iterator[Any]:
        """Yield the pages of a layout as they are made, after those that stay.

        Raises:
            InterruptedLayoutError: A page has shown that something has to be moved.
        """
        if pages:  # Their texts are made again, with page numbers; nothing is moved any more.
            yield from original(context, root, html, pages)
            return
        kept = self._kept(context, root, html)
        self._origin = _Origin(root, context)
        self._made = list(kept)
        for number, page in enumerate(original(context, root, html, [made.page for made in kept])):
            if number >= len(kept):
                self._made.append(_Made.of(page, number, context))
                self._observe(context)
            yield page

    def _observe(self, context: Any) -> None:
        if _uses_more_than_pages(context):
            return  # WeasyPrint may make them again: they are looked at when it has ended.
        staying = self._look([made.sheet for made in self._made])
        if staying is not None:
            self.go_on_from(staying)
            raise InterruptedLayoutError

    def _kept(self, context: Any, root: Any, html: Any) -> Sequence["_Made"]:
        """Return the pages that stay, and let the layout begin behind them."""
        kept, origin = self._stay, self._origin
        self._stay = ()
        if not (kept and origin and origin.is_plain and all(made.is_closed for made in kept)):
            return ()
        following = kept[-1].following
        if _uses_more_than_pages(context) or not _Comparison().is_same(
            origin.root, root, following[0]
        ):
            return ()
        context.page_maker[:] = [*(made.beginning for made in kept), following]
        following[-1]["content_changed"] = True
        context.style_for.initial_page_sizes.update(origin.page_sizes)
        for made in kept:
            made.restore()
            page_making.set_page_type_computed_styles(made.page.page_type, html, context.style_for)
        return kept


@dataclass(frozen=True, slots=True)
class _Origin:
    """The layout from which pages are kept."""

    root: Any
    context: Any

    @property
    def is_plain(self) -> bool:
        """Whether its pages hold all that it has learnt of the document."""
        return not _uses_more_than_pages(self.context)

    @property
    def page_sizes(self) -> Mapping[str, Any]:
        """The page's size, on which lengths in styles may depend."""
        sizes: Mapping[str, Any] = self.context.style_for.initial_page_sizes
        return sizes


def _uses_more_than_pages(context: Any) -> bool:
    """Tell whether a document has footnotes, running heads or numbers of pages in its text."""
    has_numbers = context.target_collector.counter_lookup_items
    has_running = any(context.running_elements.values())
    return bool(context.footnotes or has_running or has_numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A page as it was made, before its margins were filled."""

    page: Any
    children: Sequence[Any]
    texts: Sequence[Any]
    beginning: tuple[Any, ...]
    """How its making began: where in the document, and what was known."""
    following: tuple[Any, ...]
    """The same of the next page."""
    is_closed: bool
    """Whether nothing reaches over to the next page but the text."""
    sheet: Sheet

    @classmethod
    def of(cls, page: Any, number: int, context: Any) -> "_Made":
        """Note a page that was just made."""
        beginning, following = context.page_maker[number : number + 2]
        is_open = context.broken_out_of_flow or context.reported_footnotes or page.fixed_boxes
        wants_more = beginning[-1]["content_changed"] or beginning[-1]["pages_wanted"]
        return cls(
            page=page,
            children=[*page.children],
            texts=[*page.children[0].children],
            beginning=beginning,
            following=following,
            is_closed=not (is_open or wants_more),
            sheet=sheet_of(Page(page)),
        )

    def restore(self) -> None:
        """Make the page what it was before a layout was finished."""
        self.page.children = [*self.children]
        self.children[0].children = [*self.texts]


def sheet_of(page: Page) -> Sheet:
    """Return where things stand on a page; its foot is no part of WeasyPrint's public API."""
    return Sheet(page.anchors, page._page_box.content_box_y() + page._page_box.height)


# ---------------------------------------------------------------- what has stayed the same


class _Comparison:
    """Compares the boxes of two layouts of a document."""

    def __init__(self) -> None:
        self._styles: dict[tuple[int, int], bool] = {}

    def is_same(self, old: Any, new: Any, place: Mapping[int, Any] | None) -> bool:
        """Tell whether two boxes are the same up to a place within: none is their beginning.

        A paragraph that is broken by the place has to be the same as a whole.
        """
        if place is None:
            return True
        if not self._is_alike(old, new):
            return False
        if isinstance(old, LineBox):
            return self._are_all_same(old, new)
        ((index, within),) = place.items()
        before = zip(old.children[:index], new.children[:index], strict=False)
        if len(new.children) <= index or not all(self._is_wholly_same(*pair) for pair in before):
            return False
        return self.is_same(old.children[index], new.children[index], within)

    def _is_wholly_same(self, old: Any, new: Any) -> bool:
        return self._is_alike(old, new) and self._are_all_same(old, new)

    def _are_all_same(self, old: Any, new: Any) -> bool:
        old_ones, new_ones = getattr(old, "children", ()), getattr(new, "children", ())
        if len(old_ones) != len(new_ones):
            return False
        return all(self._is_wholly_same(*pair) for pair in zip(old_ones, new_ones, strict=True))

    def _is_alike(self, old: Any, new: Any) -> bool:
        """Compare two boxes, but not what is in them."""
        is_alike = type(old) is type(new) and old.element is new.element
        is_alike = is_alike and old.element_tag == new.element_tag
        has_same = all(getattr(old, name, None) == getattr(new, name, None) for name in CONTENTS)
        return is_alike and has_same and self._has_same_style(old.style, new.style)

    def _has_same_style(self, old: Any, new: Any) -> bool:
        key = id(old), id(new)
        if key not in self._styles:
            self._styles[key] = self._is_same_style(old, new)
        return self._styles[key]

    def _is_same_style(self, old: Any, new: Any) -> bool:
        if old is None or new is None:
            return old is new
        if type(old) is not type(new) or not self._has_same_style(
            old.parent_style, new.parent_style
        ):
            return False
        return _are_same_rules(getattr(old, "cascaded", {}), getattr(new, "cascaded", {}))


CONTENTS = ("text", "replacement")


def _are_same_rules(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    if old == new:
        return True
    return old.keys() == new.keys() and all(
        old[name] == new[name] or _written(old[name]) == _written(new[name]) for name in old
    )


def _written(rule: tuple[Any, Any]) -> object:
    """Return a rule whose value may have been parsed twice, as it is written."""
    value, weight = rule
    tokens = getattr(value, "tokens", value)
    if not isinstance(tokens, list | tuple):
        return rule
    texts = [token.serialize() if hasattr(token, "serialize") else token for token in tokens]
    return type(value), texts, weight


# ---------------------------------------------------------------- switching it on


@contextmanager
def observed_pages(fonts: Any, look: Look) -> Iterator[Observation | None]:
    """Look at the pages of the document that is laid out with these fonts as they are made.

    Args:
        fonts: A ``FontConfiguration`` of WeasyPrint.
        look: Is given all pages that were made so far.

    Yields:
        What goes on where the last layout has ended; none if all pages are made each time.
    """
    fonts.observation = Observation(look) if _install() else None
    try:
        yield fonts.observation
    finally:
        fonts.observation = None


@cache
def _install() -> bool:
    """Extend WeasyPrint, once; tell whether that can be done."""
    original = getattr(layout, "make_all_pages", None)
    if is_stock() or weasyprint.VERSION.split(".")[0] != MAJOR_VERSION:
        return False
    if original is None or not _is_known(original):
        return False
    layout.make_all_pages = _extended(original)
    return True


def _is_known(original: Callable[..., Any]) -> bool:
    styles = getattr(page_making, "set_page_type_computed_styles", None)
    return (
        tuple(inspect.signature(original).parameters) == ("context", "root_box", "html", "pages")
        and styles is not None
        and tuple(inspect.signature(styles).parameters) == ("page_type", "html", "style_for")
    )


def _extended(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def make_all_pages(context: Any, root_box: Any, html: Any, pages: Any) -> Iterator[Any]:
        """Return the pages of a document; those that stay are not made again."""
        observation: Observation | None = getattr(context.font_config, "observation", None)
        if observation is None:
            return original(context, root_box, html, pages)
        return observation.pages(original, context, root_box, html, pages)

    return make_all_pages
