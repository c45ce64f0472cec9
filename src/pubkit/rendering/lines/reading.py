"""From the boxes of a paragraph to its signs: what stands in it, how wide, and what may be lost.

Each text is shaped once, as a whole, by Pango.
"""

from collections.abc import Sequence
from dataclasses import field
from itertools import accumulate
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.percent import resolve_percentages
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi

from pubkit.rendering.lines.balancing import is_marked, marked_starts
from pubkit.rendering.lines.drawing import items_of
from pubkit.rendering.lines.shaping import script_letter, shape_in_script
from pubkit.rendering.lines.signs import (
    MARKS,
    SQUARES,
    UNBREAKABLE,
    Signs,
    find_breaks,
    find_kinds,
    kinds_of,
)
from pubkit.values import dataclass


@dataclass(slots=True)
class Run:
    """The text of one box within a paragraph."""

    box: Any
    data: bytes
    first: int
    """Its first sign."""
    offsets: list[int]
    """Where each of its signs begins in ``data``."""
    line_height: float
    baseline: float
    """Of every line of the box, from its top."""

    @property
    def end(self) -> int:
        """The sign behind its last one."""
        return self.first + len(self.offsets)

    def offset(self, sign: int) -> int:
        """Return where a sign begins in ``data``, or the end of it."""
        place = sign - self.first
        return self.offsets[place] if place < len(self.offsets) else len(self.data)

    def letter_before(self, sign: int) -> str:
        """Return a letter of the script that a sign has within the whole text, or nothing."""
        if sign == self.first:
            return ""
        text = self.box.text
        return script_letter(text, len(self.data[: self.offset(sign)].decode()))


class UnknownContentError(Exception):
    """A paragraph has something that only WeasyPrint can break."""


class Blanks(dict[tuple[str, str], tuple[float, float]]):
    """What marks can lose on their left and right side, by style and sign."""

    def of(self, sign: str, style: Any, key: str) -> tuple[float, float]:
        """Return what a mark can lose on its left and right side, as ``halt`` of its font says."""
        if (key, sign) not in self:
            halved = style.copy()
            halved["font_feature_settings"] = (("halt", 1),)
            width, _offset = _measure(sign, style)
            half, offset = _measure(sign, halved)
            self[key, sign] = (-offset, width - half + offset)
        return self[key, sign]


def _measure(sign: str, style: Any) -> tuple[float, float]:
    """Return the width of a sign, and how far its ink is moved."""
    layout = line_break.Layout(style)
    layout.set_text(sign)
    line, _index = layout.get_first_line()
    geometry = line.runs.data.glyphs.glyphs[0].geometry
    return geometry.width * FROM_UNITS, geometry.x_offset * FROM_UNITS


_NO_BREAK = ("nowrap", "pre")
_LIGATURES = {"——": "⸺"}
"""What fonts draw as one sign, and which sign it is."""


@dataclass(slots=True)
class SignReader:
    """Reads the boxes of a paragraph in their order."""

    blanks: Blanks
    block: Any
    runs: list[Run] = field(default_factory=list)
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
            raise UnknownContentError
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
                raise UnknownContentError
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
        self.runs.append(Run(box, data, first, offsets, *line_break.strut(style)))
        signs = _texts(text, data, offsets)
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
            raise UnknownContentError

    def _read_blanks(self, signs: Sequence[str], style: Any) -> None:
        first = len(self._left)
        self._left += [0.0] * len(signs)
        self._right += [0.0] * len(signs)
        kinds = kinds_of(_first_characters(signs))
        self.has_squares = self.has_squares or not SQUARES.isdisjoint(kinds)
        marks = [place for place, kind in enumerate(kinds) if kind in MARKS]
        key = line_break._font_style_cache_key(style, include_size=True) if marks else ""
        for place in marks:
            blanks = self.blanks.of(signs[place], style, key)
            self._left[first + place], self._right[first + place] = blanks

    def signs(self) -> Signs:
        """Return the signs of the whole paragraph."""
        text = _first_characters(self._text)
        kinds = find_kinds(text, self._widths, self._sizes)
        breaks = find_breaks(text, self._allowed(), kinds)
        for sign in self._tied:
            breaks[sign] = UNBREAKABLE
        return Signs(
            text=text,
            widths=self._widths,
            sizes=self._sizes,
            kinds=kinds,
            left_blanks=self._left,
            right_blanks=self._right,
            breaks=breaks,
            before=self._before,
            after=self._after,
            seams=tuple(run.end - 1 for run in self.runs[:-1]),
        )

    def pieces(self, linebox: Any) -> tuple[int, ...]:
        """Return the signs with which phrases begin, if the lines of the text are to be even."""
        if not is_marked(linebox):
            return ()
        starts = set(marked_starts(linebox, "".join(self._text)))
        places = accumulate(map(len, self._text), initial=0)
        return tuple(sign for sign, place in enumerate(places) if place in starts)

    def _allowed(self) -> list[int]:
        """Return before which signs Unicode allows a break."""
        text = "".join(self._text)
        attributes = line_break.get_log_attrs(text, self.runs[0].box.style["lang"])
        fields = memoryview(ffi.buffer(attributes)).cast("B")[:: ffi.sizeof("PangoLogAttr")]
        allowed = [field & IS_LINE_BREAK for field in fields]
        if len(text) == len(self._text):
            return allowed[:-1]
        places = accumulate(map(len, self._text[:-1]), initial=0)
        return [allowed[place] for place in places]


IS_LINE_BREAK = 1
"""The first bit of ``PangoLogAttr``."""


def _first_characters(signs: Sequence[str]) -> str:
    """Return one character for each sign."""
    if isinstance(signs, str):
        return signs
    return "".join([_LIGATURES.get(sign, sign[0]) for sign in signs])


def _texts(text: str, data: bytes, offsets: Sequence[int]) -> Sequence[str]:
    """Return the characters of each sign."""
    if len(offsets) == len(text):
        return text
    ends = [*offsets[1:], len(data)]
    return [data[start:end].decode() for start, end in zip(offsets, ends, strict=True)]


def _space(box: Any, side: str) -> float:
    """Return the margin, border and padding of one side."""
    margin = getattr(box, f"margin_{side}")
    margin = 0.0 if margin == "auto" else margin
    return float(margin + getattr(box, f"border_{side}_width") + getattr(box, f"padding_{side}"))


def _shape(text: str, style: Any) -> tuple[list[int], list[float]]:
    """Return where each cluster of a text begins, in bytes, and how wide it is."""
    shaped = shape_in_script(text, style["lang"] or "")
    layout = line_break.Layout(style)
    layout.set_text(shaped.text)
    line, _index = layout.get_first_line()
    places: list[int] = []
    widths: list[int] = []
    for item in items_of(line):
        glyphs, start = item.glyphs, item.item.offset
        clusters = ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)
        places += [start + cluster for cluster in clusters] if start else clusters
        widths += _glyph_widths(glyphs)
    if len(set(places)) < len(places) or places != sorted(places):
        places, widths = _in_clusters(places, widths)
    if places and places[-1] >= len(shaped.text.encode()):
        # To widen a space that stands alone, WeasyPrint puts a sign without width behind it.
        places, widths = places[:-1], widths[:-1]
    if shaped.hidden:
        shown = [
            (shaped.original(place), width)
            for place, width in zip(places, widths, strict=True)
            if not shaped.is_hidden(place)
        ]
        places, widths = [place for place, _ in shown], [width for _, width in shown]
    return places, [width * FROM_UNITS for width in widths]


def _in_clusters(places: Sequence[int], widths: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the clusters of glyphs in their order: several make up one, or run to the left."""
    sums: dict[int, int] = {}
    for place, width in zip(places, widths, strict=True):
        sums[place] = sums.get(place, 0) + width
    order = sorted(sums)
    return order, [sums[place] for place in order]


def _glyph_widths(glyphs: Any) -> memoryview:
    """Return the widths of glyphs, read as a block: asking for each one takes most of the time."""
    size = ffi.sizeof("PangoGlyphInfo")
    fields = memoryview(ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * size)).cast("i")
    return fields[1 :: size // 4]
