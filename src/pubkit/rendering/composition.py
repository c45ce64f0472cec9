"""Chinese and Japanese lines in WeasyPrint: justified, closed up, broken as a paragraph.

WeasyPrint breaks one line after the other and fills it by its spaces; Chinese has none. Here a
paragraph is read as a row of signs before its first line is made (``lines/`` knows the rules),
and WeasyPrint is told where each line ends and how wide each sign is. All else stays WeasyPrint's:
boxes, pages, colours, drawing.

Four of its functions are extended at run time, for pages whose fonts were given to
``compose_with`` alone. What is extended is looked at before: if WeasyPrint has changed, nothing is
extended, and the caller sets the page ragged. A paragraph with something that is not known here (a
float, an inline block, tabs) is left to WeasyPrint, and set ragged.
"""

import inspect
import logging
from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from typing import Any

import weasyprint
from weasyprint import draw
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, percent
from weasyprint.text import line_break

from pubkit.messages import gettext as _
from pubkit.rendering.lines.balancing import BalancedText, is_marked
from pubkit.rendering.lines.breaking import Line, Paragraph
from pubkit.rendering.lines.drawing import ComposedLayout
from pubkit.rendering.lines.reading import Blanks, Run, SignReader, UnknownContentError
from pubkit.rendering.lines.shaping import shape_in_script
from pubkit.rendering.lines.signs import COMPOSED_LANGUAGES, is_composed_language, profile_for
from pubkit.values import dataclass

# ---------------------------------------------------------------- switching it on

MAJOR_VERSION = "70"
_PARAMETERS = {
    (inline, "get_next_linebox"): (
        "context", "linebox", "position_y", "bottom_space", "skip_stack", "containing_block",
        "absolute_boxes", "fixed_boxes", "first_letter_style", "first_line_style",
    ),
    (inline, "split_text_box"): ("context", "box", "available_width", "skip", "is_line_start"),
    (inline, "text_align"): ("context", "line", "available_width", "last"),
    (draw, "draw_text"): ("stream", "textbox", "offset_x", "text_overflow", "block_ellipsis"),
}  # fmt: skip
_LAYOUT_METHODS = ("setup", "set_text", "get_first_line", "deactivate", "reactivate")
RAGGED = "\n".join(
    f":is(html, body, article, p, li, dd, td, blockquote):lang({lang})"
    " { text-align: start !important }"
    for lang in COMPOSED_LANGUAGES
)
"""The style sheet of a page that cannot be composed."""


def compose_with(fonts: Any, note: Callable[[str], None] = lambda _text: None) -> bool:
    """Compose the Chinese and Japanese paragraphs of pages that are laid out with these fonts.

    Args:
        fonts: A ``FontConfiguration`` of WeasyPrint.
        note: Is told the beginning of each paragraph before its lines are made.

    Returns:
        Whether it can be done. If not, that was logged once as a warning, and justified text
        would be torn: the page has to be set ragged.
    """
    change = _install()
    fonts.composer = None if change else _Composer(note)
    return not change


@cache
def _install() -> str:
    """Extend WeasyPrint, once; return what is not as it was when this was written."""
    change = _find_change()
    if change:
        message = _("Chinese lines are set ragged: WeasyPrint has changed ({change})")
        logging.getLogger(__name__).warning(message.format(change=change))
        return change
    extensions = (_extended_linebox, _extended_split, _extended_align, _extended_drawing)
    for (module, name), extend in zip(_PARAMETERS, extensions, strict=True):
        setattr(module, name, extend(getattr(module, name)))
    return ""


def _find_change() -> str:
    if weasyprint.VERSION.split(".")[0] != MAJOR_VERSION:
        return f"version {weasyprint.VERSION}"
    for (module, name), parameters in _PARAMETERS.items():
        function = getattr(module, name, None)
        if function is None or tuple(inspect.signature(function).parameters) != parameters:
            return name
    missing = (name for name in _LAYOUT_METHODS if not hasattr(line_break.Layout, name))
    return next(missing, "")


# ---------------------------------------------------------------- what is extended


def _extended_linebox(original: Callable[..., Any]) -> Callable[..., Any]:
    def get_next_linebox(
        context: Any, linebox: Any, position_y: Any, bottom_space: Any, skip_stack: Any,
        containing_block: Any, *others: Any,
    ) -> Any:  # fmt: skip
        """Return the next line of a paragraph, as it was planned for the whole."""
        composer = _composer(linebox)
        if composer is None:
            return original(
                context, linebox, position_y, bottom_space, skip_stack, containing_block, *others
            )
        has_style = any(others[2:])
        is_plain = not (has_style or context.excluded_shapes)
        line = composer.line(linebox, skip_stack, containing_block) if is_plain else None
        block = containing_block
        if is_plain and line is None:
            block = composer.balanced_block(context, linebox, skip_stack, containing_block)
        composer.current.append(line)
        composer.measures.append(None if block is containing_block else containing_block.width)
        try:
            return original(context, linebox, position_y, bottom_space, skip_stack, block, *others)
        finally:
            composer.current.pop()
            composer.measures.pop()

    return get_next_linebox


def _extended_split(original: Callable[..., Any]) -> Callable[..., Any]:
    def split_text_box(
        context: Any, box: Any, available_width: Any, skip: Any, is_line_start: bool = True
    ) -> Any:
        """Return as much of a text as the plan of its line says."""
        composer = _composer(box)
        line = composer.current[-1] if composer and composer.current else None
        # Without a width, somebody measures a text that is no longer the planned one.
        run = line.run_of(box) if line and available_width is not None else None
        if line is None or run is None:
            return original(context, box, available_width, skip, is_line_start=is_line_start)
        return line.piece(run, skip)

    return split_text_box


def _extended_align(original: Callable[..., Any]) -> Callable[..., Any]:
    def text_align(context: Any, line: Any, available_width: Any, last: bool) -> Any:
        """Return how far a line is moved; one that was planned is full already."""
        composer = _composer(line)
        is_justified = line.style["text_align_all"] == "justify"
        if composer and is_justified and _is_composed(line.style):
            return 0
        measure = composer.measures[-1] if composer and composer.measures else None
        return original(context, line, measure or available_width, last)

    return text_align


def _extended_drawing(original: Callable[..., Any]) -> Callable[..., Any]:
    def draw_text(stream: Any, textbox: Any, *others: Any) -> Any:
        """Draw a text, for those who search and copy as well."""
        layout, first = textbox.pango_layout, len(stream.stream)
        original(stream, textbox, *others)
        if isinstance(layout, ComposedLayout):
            layout.name_displaced(stream.stream, first)

    return draw_text


def _composer(box: Any) -> "_Composer | None":
    return getattr(box.style.font_config, "composer", None)


def _is_composed(style: Any) -> bool:
    return is_composed_language(style["lang"] or "") and style["direction"] == "ltr"


# ---------------------------------------------------------------- paragraphs


class _Composer:
    """The paragraphs of a page, each read once, and the lines that are being made."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self.note = note
        self.current: list[_PlannedLine | None] = []
        """The innermost line is the last; none for one that WeasyPrint makes alone."""
        self.measures: list[float | None] = []
        """The measures of lines that are made narrower, for the sake of even ends."""
        self._paragraphs: dict[int, _ComposedParagraph] = {}
        self._balanced: dict[int, BalancedText] = {}
        self.blanks = Blanks()

    def line(self, linebox: Any, skip_stack: Any, block: Any) -> "_PlannedLine | None":
        """Return the line that begins where the last one ended, if the paragraph is known."""
        paragraph = self._paragraph(linebox, block)
        return paragraph.line(skip_stack, block.width) if paragraph else None

    def balanced_block(self, context: Any, linebox: Any, skip_stack: Any, block: Any) -> Any:
        """Return a block that is as wide as the next line of a text has to be."""
        if not is_marked(linebox):
            return block
        text = self._balanced.get(id(linebox))
        if text is None or text.linebox is not linebox:
            text = self._balanced[id(linebox)] = BalancedText(linebox, context)
        width = text.width(skip_stack, block.width)
        if width is None:
            return block
        narrow = block.copy()
        narrow.width = width
        return narrow

    def _paragraph(self, linebox: Any, block: Any) -> "_ComposedParagraph | None":
        known = self._paragraphs.get(id(linebox))
        # An id is used again when its object is gone, so the object is kept.
        if known is None or known.linebox is not linebox:
            self.note(_beginning(linebox))
            known = _ComposedParagraph(linebox, block, self)
            self._paragraphs[id(linebox)] = known
        return known if known.is_known else None


def _beginning(linebox: Any) -> str:
    texts = (box.text for box in linebox.descendants() if isinstance(box, boxes.TextBox))
    return next(filter(None, map(str.strip, texts)), "")[:60]


class _ComposedParagraph:
    """A paragraph as a row of signs, and its lines for each measure that was asked for."""

    def __init__(self, linebox: Any, block: Any, composer: _Composer) -> None:
        self.linebox = linebox
        self.runs_by_box: dict[int, Run] = {}
        self._lines: dict[tuple[int, float], Line] = {}
        self.is_known = False
        if _is_composed(linebox.style) and not _is_clipped(block):
            try:
                self._read(linebox, block, composer)
            except UnknownContentError:
                return

    def _read(self, linebox: Any, block: Any, composer: _Composer) -> None:
        reader = SignReader(composer.blanks, block)
        reader.read(linebox)
        if not reader.has_squares:
            return
        self._first_signs = reader.first_signs
        self.runs_by_box = {id(run.box): run for run in reader.runs}
        self.signs = reader.signs()
        self._profile = profile_for(linebox.style["lang"])
        self._ends = [*reader.forced, len(self.signs.text)]
        self._pieces = reader.pieces(linebox)
        self._is_flush = linebox.style["text_align_all"] == "justify"
        self.is_known = True

    def line(self, skip_stack: Any, width: float) -> "_PlannedLine":
        """Return the line that begins where ``skip_stack`` says.

        A layout may begin within a paragraph; the lines are those of the whole nevertheless.
        """
        start = self._first_visible(self._sign_at(skip_stack))
        stops = self._stops(width)
        before = stops[: bisect_left(stops, start + 1)]
        beginning = self._first_visible(before[-1] if before else 0)
        for first in (beginning, start):
            if (start, width) not in self._lines:
                self._plan(first, width)
        return _PlannedLine(self, self._lines[start, width])

    def _stops(self, width: float) -> list[int]:
        """Return the signs before which a line has to end."""
        if not self._pieces:
            return self._ends
        paragraph = Paragraph(self.signs, self._profile)
        return sorted({*paragraph.even_ends(self._pieces, width), *self._ends})

    def _first_visible(self, start: int) -> int:
        """Return the sign with which a line begins: none begins with a space."""
        while start + 1 < len(self.signs.text) and self.signs.text[start] == " ":
            start += 1
        return start

    def _plan(self, start: int, width: float) -> None:
        stops = self._stops(width)
        stop = stops[bisect_left(stops, start + 1)]
        # Needed once for most paragraphs: what is kept slows every page down.
        lines = Paragraph(self.signs, self._profile).break_into_lines(
            width,
            start=start,
            stop=stop,
            indent=self._indent(width) if start == self._first_visible(0) else 0.0,
            is_flush=self._is_flush,
        )
        for line in lines:
            self._lines[line.start, width] = line

    def _indent(self, width: float) -> float:
        """Return the indent of the first line, which a box forgets after it."""
        style = self.linebox.style
        indent: float = percent.percentage(style["text_indent"], style, width)
        return indent

    def _sign_at(self, skip_stack: Any) -> int:
        """Return the sign with which the rest of the paragraph begins."""
        box = self.linebox
        while skip_stack is not None:
            ((index, skip_stack),) = skip_stack.items()
            if isinstance(box, boxes.TextBox):
                run = self.runs_by_box[id(box)]
                return run.first + bisect_left(run.offsets, index)
            if index >= len(box.children):
                return self._first_signs[id(box)][1]
            box = box.children[index]
        return self._first_signs[id(box)][0]


def _is_clipped(block: Any) -> bool:
    style = block.style
    return bool(style["text_overflow"] != "clip" or style["block_ellipsis"] != "none")


@dataclass(slots=True)
class _PlannedLine:
    """A line of a paragraph, of which WeasyPrint asks for one box after the other."""

    paragraph: _ComposedParagraph
    line: Line

    def run_of(self, box: Any) -> Run | None:
        """Return the run of a box, if its text is the paragraph's."""
        is_hard_end = box.text == "\n"
        return None if is_hard_end else self.paragraph.runs_by_box.get(id(box))

    def piece(self, run: Run, skip: int) -> tuple[Any, int | None, bool]:
        """Return what the line has of a box, where the next line begins in it, and no hard end."""
        line, signs = self.line, self.paragraph.signs
        start = max(run.first + bisect_left(run.offsets, skip), line.start)
        end = min(run.end, line.visible_end)
        is_last = line.end <= run.end and line.end < len(signs.text)
        resume = run.offset(line.end) if is_last else None
        if start >= end:
            return None, resume, False
        text = run.data[run.offset(start) : run.offset(end)].decode()
        changes = line.changes[start - line.start : end - line.start]
        size = signs.sizes[start]
        box = run.box.copy_with_text(text)
        box.width = sum(signs.widths[start:end]) + sum(changes) * size / 1000
        places = run.offsets[start - run.first : end - run.first]
        box.pango_layout = ComposedLayout(
            text,
            box.style,
            shape_in_script(text, box.style["lang"] or "", before=run.letter_before(start)),
            [place - places[0] for place in places],
            changes,
            line.shift if start == line.start else 0.0,
            is_end=end == line.visible_end,
        )
        _set_height(box, run)
        return box, resume, False


def _set_height(box: Any, run: Run) -> None:
    """Give every text of a style the same height, whatever fonts its signs come from.

    The letters of another font would otherwise push the line below down (clreq 2.3.5).
    """
    box.height = box.style["font_size"]
    box.margin_top = box.margin_bottom = (run.line_height - box.height) / 2
    box.baseline = run.baseline
