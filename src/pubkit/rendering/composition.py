"""Chinese and Japanese lines in WeasyPrint: justified, closed up, broken as a paragraph.

WeasyPrint breaks one line after the other and fills it by its spaces; Chinese has none. Here a
paragraph is read as a row of signs before its first line is made (``lines.py`` knows the rules),
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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import pydyf
import weasyprint
from weasyprint import draw
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.percent import resolve_percentages
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi

from pubkit.messages import gettext as _
from pubkit.rendering.lines import (
    MARKS,
    SQUARES,
    UNBREAKABLE,
    Line,
    Paragraph,
    Signs,
    find_breaks,
    find_kinds,
    kind_of,
    profile_for,
)

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
    for lang in ("zh", "ja")
)
"""The style sheet of a page that cannot be composed."""


def compose_with(fonts: Any) -> bool:
    """Compose the Chinese and Japanese paragraphs of pages that are laid out with these fonts.

    Args:
        fonts: A ``FontConfiguration`` of WeasyPrint.

    Returns:
        Whether it can be done. If not, that was logged once as a warning, and justified text
        would be torn: the page has to be set ragged.
    """
    change = _install()
    fonts.composer = None if change else _Composer()
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
        line = (
            None
            if has_style or context.excluded_shapes
            else composer.line(linebox, skip_stack, containing_block)
        )
        composer.current.append(line)
        try:
            return original(
                context, linebox, position_y, bottom_space, skip_stack, containing_block, *others
            )
        finally:
            composer.current.pop()

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
        return original(context, line, available_width, last)

    return text_align


def _extended_drawing(original: Callable[..., Any]) -> Callable[..., Any]:
    def draw_text(stream: Any, textbox: Any, *others: Any) -> Any:
        """Draw a text; beside wide gaps, say what it is for those who search and copy."""
        layout = textbox.pango_layout
        is_spaced = isinstance(layout, _ComposedLayout) and layout.widest_gap >= SEEN_AS_SPACE
        if is_spaced:
            text = pydyf.Dictionary({"ActualText": pydyf.String(layout.text)})
            stream.begin_marked_content("Span", text)
        original(stream, textbox, *others)
        if is_spaced:
            stream.end_marked_content()

    return draw_text


SEEN_AS_SPACE = 90
"""Thousandths of an em: readers of PDF take a wider distance between signs for a space."""


def _composer(box: Any) -> "_Composer | None":
    return getattr(box.style.font_config, "composer", None)


def _is_composed(style: Any) -> bool:
    lang = style["lang"] or ""
    return lang.lower().startswith(("zh", "ja")) and style["direction"] == "ltr"


# ---------------------------------------------------------------- paragraphs


class _Composer:
    """The paragraphs of a page, each read once, and the lines that are being made."""

    def __init__(self) -> None:
        self.current: list[_PlannedLine | None] = []
        """The innermost line is the last; none for one that WeasyPrint makes alone."""
        self._paragraphs: dict[int, _ComposedParagraph | None] = {}
        self._blanks: dict[tuple[str, str], tuple[float, float]] = {}

    def line(self, linebox: Any, skip_stack: Any, block: Any) -> "_PlannedLine | None":
        """Return the line that begins where the last one ended, if the paragraph is known."""
        paragraph = self._paragraph(linebox, block)
        return paragraph.line(skip_stack, block.width) if paragraph else None

    def _paragraph(self, linebox: Any, block: Any) -> "_ComposedParagraph | None":
        known = self._paragraphs.get(id(linebox))
        # An id is used again when its object is gone, so the object is kept.
        if known is None or known.linebox is not linebox:
            known = _ComposedParagraph(linebox, block, self)
            self._paragraphs[id(linebox)] = known
        return known if known.is_known else None

    def blanks(self, sign: str, style: Any, key: str) -> tuple[float, float]:
        """Return what a mark can lose on its left and right side, as ``halt`` of its font says."""
        if (key, sign) not in self._blanks:
            halved = style.copy()
            halved["font_feature_settings"] = (("halt", 1),)
            width, _offset = _measure(sign, style)
            half, offset = _measure(sign, halved)
            self._blanks[key, sign] = (-offset, width - half + offset)
        return self._blanks[key, sign]


def _measure(sign: str, style: Any) -> tuple[float, float]:
    """Return the width of a sign, and how far its ink is moved."""
    layout = line_break.Layout(style)
    layout.set_text(sign)
    line, _index = layout.get_first_line()
    geometry = line.runs.data.glyphs.glyphs[0].geometry
    return geometry.width * FROM_UNITS, geometry.x_offset * FROM_UNITS


@dataclass(slots=True)
class _Run:
    """The text of one box within a paragraph."""

    box: Any
    data: bytes
    first: int
    """Its first sign."""
    offsets: list[int]
    """Where each of its signs begins in ``data``."""

    @property
    def end(self) -> int:
        """The sign behind its last one."""
        return self.first + len(self.offsets)

    def offset(self, sign: int) -> int:
        """Return where a sign begins in ``data``, or the end of it."""
        place = sign - self.first
        return self.offsets[place] if place < len(self.offsets) else len(self.data)


class _UnknownContentError(Exception):
    """A paragraph has something that only WeasyPrint can break."""


class _ComposedParagraph:
    """A paragraph as a row of signs, and its lines for each measure that was asked for."""

    def __init__(self, linebox: Any, block: Any, composer: _Composer) -> None:
        self.linebox = linebox
        self.runs_by_box: dict[int, _Run] = {}
        self._runs: list[_Run] = []
        self._lines: dict[tuple[int, float], Line] = {}
        self.is_known = False
        if _is_composed(linebox.style) and not _is_clipped(block):
            try:
                self._read(linebox, block, composer)
            except _UnknownContentError:
                return

    def _read(self, linebox: Any, block: Any, composer: _Composer) -> None:
        reader = _SignReader(composer, block)
        reader.read(linebox)
        if not reader.has_squares:
            return
        self._runs = reader.runs
        self._first_signs = reader.first_signs
        self.runs_by_box = {id(run.box): run for run in reader.runs}
        self.signs = reader.signs()
        self.paragraph = Paragraph(self.signs, profile_for(linebox.style["lang"]))
        self._stops = [*reader.forced, len(self.signs.text)]
        self._is_flush = linebox.style["text_align_all"] == "justify"
        self.is_known = True

    def line(self, skip_stack: Any, width: float) -> "_PlannedLine":
        """Return the line that begins where ``skip_stack`` says."""
        start = self._sign_at(skip_stack)
        while start + 1 < len(self.signs.text) and self.signs.text[start] == " ":
            start += 1  # No line begins with a space.
        if (start, width) not in self._lines:
            self._plan(start, width)
        return _PlannedLine(self, self._lines[start, width])

    def _plan(self, start: int, width: float) -> None:
        stop = self._stops[bisect_left(self._stops, start + 1)]
        lines = self.paragraph.break_into_lines(
            width,
            start=start,
            stop=stop,
            indent=self.linebox.text_indent,
            is_flush=self._is_flush,
        )
        for line in lines:
            self._lines[line.start, width] = line

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

    def run_of(self, box: Any) -> _Run | None:
        """Return the run of a box, if its text is the paragraph's."""
        is_hard_end = box.text == "\n"
        return None if is_hard_end else self.paragraph.runs_by_box.get(id(box))

    def piece(self, run: _Run, skip: int) -> tuple[Any, int | None, bool]:
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
        shift = line.shift if start == line.start else 0.0
        offsets = [
            offset - run.offset(start)
            for offset in run.offsets[start - run.first : end - run.first]
        ]
        box.pango_layout = _ComposedLayout(
            text, box.style, dict(zip(offsets, changes, strict=True)), shift
        )
        _set_height(box)
        return box, resume, False


def _set_height(box: Any) -> None:
    """Give every text of a style the same height, whatever fonts its signs come from.

    The letters of another font would otherwise push the line below down (clreq 2.3.5).
    """
    line_height, baseline = line_break.strut(box.style)
    box.height = box.style["font_size"]
    box.margin_top = box.margin_bottom = (line_height - box.height) / 2
    box.baseline = baseline


class _ComposedLayout(line_break.Layout):  # type: ignore[misc]
    """The text of a planned box; shaped when it is drawn, and its signs put in their places."""

    def __init__(self, text: str, style: Any, changes: dict[int, int], shift: float) -> None:
        if style["text_decoration_line"] != "none":
            # Where a line under the text is, WeasyPrint asks before the text is shaped again.
            self.setup(style)
            self.deactivate()
        self.text = text
        self.justification_spacing = 0
        self.max_width = None
        self.first_line_direction = 0
        self.widest_gap = max(changes.values(), default=0)
        self._changes = changes
        self._shift = shift
        self._is_changed = False

    def reactivate(self, style: Any) -> None:
        """Shape the text again."""
        super().reactivate(style)
        self._is_changed = False

    def get_first_line(self) -> Any:
        """Return the line with the widths of its signs as planned."""
        line, index = super().get_first_line()
        if not self._is_changed:
            self._is_changed = True
            for item in _items(line):
                self._change(item)
            if self._shift:
                # WeasyPrint takes a thousandth for 1/1024 here.
                geometry = line.runs.data.glyphs.glyphs[0].geometry
                geometry.x_offset -= round(self._shift * 1000)
        return line, index

    def _change(self, item: Any) -> None:
        glyphs, start = item.glyphs, item.item.offset
        unit = self.style["font_size"] * TO_UNITS / 1000
        clusters = ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)
        for place in _last_glyphs(clusters):
            change = self._changes.get(start + clusters[place], 0)
            if change:
                # WeasyPrint cuts fractions of thousandths off.
                exact = change + (0.3 if change > 0 else -0.3)
                glyphs.glyphs[place].geometry.width += round(exact * unit)


def _last_glyphs(clusters: Sequence[int]) -> Iterator[int]:
    """Yield the place of each cluster's last glyph."""
    for place, (cluster, following) in enumerate(pairwise(clusters)):
        if cluster != following:
            yield place
    yield len(clusters) - 1


def _items(line: Any) -> Iterator[Any]:
    run = line.runs
    while run != ffi.NULL:
        yield run.data
        run = run.next


# ---------------------------------------------------------------- from boxes to signs

_NO_BREAK = ("nowrap", "pre")
_LIGATURES = {"——": "⸺"}
"""What fonts draw as one sign, and which sign it is."""


@dataclass(slots=True)
class _SignReader:
    """Reads the boxes of a paragraph in their order."""

    composer: _Composer
    block: Any
    runs: list[_Run] = field(default_factory=list)
    first_signs: dict[int, tuple[int, int]] = field(default_factory=dict)
    """For each box its first sign, and the sign behind its last one."""
    forced: list[int] = field(default_factory=list)
    """The signs before which a line has to end."""
    has_squares: bool = False
    _text: list[str] = field(default_factory=list)
    """The text of each sign, all characters of it."""
    _widths: list[float] = field(default_factory=list)
    _sizes: list[float] = field(default_factory=list)
    _left: list[float] = field(default_factory=list)
    _right: list[float] = field(default_factory=list)
    _before: list[float] = field(default_factory=list)
    _after: list[float] = field(default_factory=list)
    _tied: set[int] = field(default_factory=set)
    """Signs before which the page's author wants no break."""
    _waiting: float = 0.0
    """The space of boxes that began, but have no sign yet."""
    _is_tied: bool = False
    """Whether the box that holds both the last sign and the next one lets nothing break."""

    def read(self, box: Any) -> None:
        """Read a box with all that it contains."""
        first = len(self._widths)
        if isinstance(box, boxes.TextBox):
            self._read_text(box)
        elif isinstance(box, (boxes.LineBox, boxes.InlineBox)) and not box.is_leader:
            self._read_children(box)
        else:
            raise _UnknownContentError
        self.first_signs[id(box)] = (first, len(self._widths))

    def _read_children(self, box: Any) -> None:
        if box is not None and not isinstance(box, boxes.LineBox):
            resolve_percentages(box, self.block)
            self._waiting += _space(box, "left")
        is_tied = box.style["white_space"] in _NO_BREAK
        for place, child in enumerate(box.children):
            if place:
                self._is_tied = is_tied
            if child.is_in_normal_flow():
                self.read(child)
            elif child.is_floated():
                raise _UnknownContentError
        if not isinstance(box, boxes.LineBox):
            self._end(_space(box, "right"))

    def _end(self, space: float) -> None:
        if self._after:
            self._after[-1] += space
        else:
            self._waiting += space

    def _read_text(self, box: Any) -> None:
        text, style = box.text, box.style
        if not text or style["font_size"] == 0:
            return
        self._verify(text, style)
        is_hard_end = text == "\n"
        offsets, widths = ([0], [0.0]) if is_hard_end else _shape(text, style)
        first = len(self._widths)
        data = text.encode()
        self.runs.append(_Run(box, data, first, offsets))
        ends = [*offsets[1:], len(data)]
        signs = [data[start:end].decode() for start, end in zip(offsets, ends, strict=True)]
        number = len(signs)
        self._text += signs
        self._widths += widths
        self._sizes += [style["font_size"]] * number
        self._before += [0.0] * number
        self._after += [0.0] * number
        self._before[first] = self._waiting
        self._waiting = 0.0
        if style["white_space"] in _NO_BREAK:
            self._tied.update(range(first + 1, first + number))
        if self._is_tied:
            self._tied.add(first)
        self._read_blanks(signs, style)
        if is_hard_end:
            self.forced.append(len(self._widths))

    def _verify(self, text: str, style: Any) -> None:
        is_line_end = text == "\n" and style["white_space"] == "pre-line"
        is_known = style["white_space"] in ("normal", "nowrap", "pre-line")
        if not is_line_end and (not is_known or "\n" in text or "\t" in text):
            raise _UnknownContentError

    def _read_blanks(self, signs: Sequence[str], style: Any) -> None:
        key = line_break._font_style_cache_key(style, include_size=True)
        for sign in signs:
            kind = kind_of(sign[0])
            left, right = self.composer.blanks(sign, style, key) if kind in MARKS else (0.0, 0.0)
            self._left.append(left)
            self._right.append(right)
            self.has_squares = self.has_squares or kind in SQUARES

    def signs(self) -> Signs:
        """Return the signs of the whole paragraph."""
        text = "".join(_LIGATURES.get(sign, sign[0]) for sign in self._text)
        signs = Signs(
            text=text,
            widths=self._widths,
            sizes=self._sizes,
            left_blanks=self._left,
            right_blanks=self._right,
            breaks=[],
            before=self._before,
            after=self._after,
        )
        signs.breaks = find_breaks(text, self._allowed(), find_kinds(signs))
        for sign in self._tied:
            signs.breaks[sign] = UNBREAKABLE
        return signs

    def _allowed(self) -> list[bool]:
        """Return before which signs Unicode allows a break."""
        text = "".join(self._text)
        attributes = line_break.get_log_attrs(text, self.runs[0].box.style["lang"])
        allowed, place = [], 0
        for sign in self._text:
            allowed.append(bool(attributes[place].is_line_break))
            place += len(sign)
        return allowed


def _space(box: Any, side: str) -> float:
    """Return the margin, border and padding of one side."""
    margin = getattr(box, f"margin_{side}")
    margin = 0.0 if margin == "auto" else margin
    return float(margin + getattr(box, f"border_{side}_width") + getattr(box, f"padding_{side}"))


def _shape(text: str, style: Any) -> tuple[list[int], list[float]]:
    """Return where each cluster of a text begins, in bytes, and how wide it is."""
    layout = line_break.Layout(style)
    layout.set_text(text)
    line, _index = layout.get_first_line()
    widths: dict[int, int] = {}
    for item in _items(line):
        glyphs, start = item.glyphs, item.item.offset
        number = glyphs.num_glyphs
        clusters = ffi.unpack(glyphs.log_clusters, number)
        for cluster, width in zip(clusters, _glyph_widths(glyphs, number), strict=True):
            place = start + cluster
            widths[place] = widths.get(place, 0) + width
    offsets = sorted(widths)
    return offsets, [widths[place] * FROM_UNITS for place in offsets]


def _glyph_widths(glyphs: Any, number: int) -> memoryview:
    """Return the widths of glyphs, read as a block: asking for each one takes most of the time."""
    size = ffi.sizeof("PangoGlyphInfo")
    fields = memoryview(ffi.buffer(glyphs.glyphs, number * size)).cast("i")
    return fields[1 :: size // 4]
