"""What each mark in a PDF stands for: noted while WeasyPrint draws its pages.

WeasyPrint gives every run of text and every picture that it draws a number, and forgets for which
element of the page it did. A structure that is right needs to know: a paragraph that runs over the
end of a page is two boxes and one element, and only the element knows its language.

Pages are told to note their marks when they are painted, one layout at a time; nothing of
WeasyPrint itself is changed.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from pubkit.values import dataclass

if TYPE_CHECKING:
    from weasyprint import Document as Layout

POINTS_PER_PIXEL = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A run of text, a picture or the area of a link on a page."""

    page: int
    number: int
    """Its mark in the content of the page; of a link, the number of its annotation."""
    kind: str
    """``text``, ``picture`` or ``link``."""
    element: Element | None
    part: str = ""
    """What of the element: ``marker``, ``before``, ``footnote-call``; empty for its content."""
    margin: str = ""
    """The margin box in which it stands: ``@top-left``; empty in the text."""
    is_fixed: bool = False
    """Whether it stands at its place on every page."""
    rectangle: tuple[float, float, float, float] | None = None
    """Of a picture: left, bottom, right and top in points from the foot of the page."""


def note_marks(layout: "Layout") -> list[Drawn]:
    """Return a list that is filled in order of the text when the layout is written as a PDF."""
    drawn: list[Drawn] = []
    for number, page in enumerate(layout.pages):
        page.paint = partial(_paint, page.paint, page, number, drawn)
    return drawn


def _paint(
    paint: Callable[..., None],
    page: Any,
    number: int,
    drawn: list[Drawn],
    stream: Any,
    scale: float = 1,
) -> None:
    """Paint a page and note what was marked; marks are no part of WeasyPrint's public API."""
    paint(stream, scale)
    marks = {box: mark["mcid"] for box, mark in stream._tags.items()}
    for box, margin, is_fixed in _boxes(page._page_box):
        place: dict[str, Any] = {"page": number, "element": box.element, "part": _part(box)}
        place |= {"margin": margin, "is_fixed": is_fixed}
        annotation = getattr(box, "link_annotation", None)
        if annotation:
            drawn.append(Drawn(number=annotation.number, kind="link", **place))
        if box in marks:
            is_text = hasattr(box, "text")
            kind = "text" if is_text else "picture"
            area = None if is_text else _rectangle(box, page.height)
            drawn.append(Drawn(number=marks.pop(box), kind=kind, rectangle=area, **place))
    assert not marks, "WeasyPrint has drawn boxes that are not on their page"  # noqa: S101


def text_boxes(page: Any) -> Iterator[Any]:
    """Yield the boxes of a page that have a text."""
    return (box for box, _margin, _is_fixed in _boxes(page._page_box) if hasattr(box, "text"))


def _boxes(box: Any, margin: str = "", is_fixed: bool = False) -> Iterator[tuple[Any, str, bool]]:
    """Yield the boxes of a page in order of the text, with the margin, and whether it is fixed."""
    box = getattr(box, "_box", box)  # an absolutely positioned box, behind its placeholder
    margin = getattr(box, "at_keyword", margin)
    is_fixed = is_fixed or box.style["position"] == "fixed"
    yield box, margin, is_fixed
    for child in getattr(box, "children", ()):
        yield from _boxes(child, margin, is_fixed)


def _part(box: Any) -> str:
    return (box.element_tag or "").partition("::")[2] if box.element is not None else ""


def _rectangle(box: Any, height: float) -> tuple[float, float, float, float]:
    left, top = box.content_box_x(), box.content_box_y()
    pixels = (left, height - top - box.height, left + box.width, height - top)
    left, bottom, right, top = (round(POINTS_PER_PIXEL * value, 3) for value in pixels)
    return left, bottom, right, top
