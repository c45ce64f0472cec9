"""How a planned text is drawn: its signs in their places, and what they say beside wide gaps.

A PDF places glyphs and knows no words. Programs that search and copy guess the spaces from the
distances, and take a gap that is only drawn for a space, and marks that close up for the end of a
line. Where signs stand further apart or closer together than fonts have them, the PDF therefore
says what they are.

Source:
    ISO 32000-2, 14.9.4 "Replacement text".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

import pydyf
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

from pubkit.rendering.lines.shaping import ShapedText

SEEN_AS_SPACE = 90
"""Thousandths of an em: by so much signs are out of their place before programs misread them."""
_GLYPHS_OR_MOVE = re.compile(rb"<([0-9a-f]*)>|(-?[0-9.]+)")
_SHOWN = re.compile(rb"\[(.*)\] TJ", re.DOTALL)
_HEX_DIGITS = 4


class ComposedLayout(Layout):  # type: ignore[misc]
    """The text of a planned box; shaped when it is drawn, and its signs put in their places."""

    def __init__(
        self,
        text: str,
        style: Any,
        shaped: ShapedText,
        places: Sequence[int],
        changes: Sequence[int],
        shift: float,
        *,
        is_end: bool,
    ) -> None:
        """Keep what is needed to draw a text.

        Args:
            text: The text.
            style: Of its box.
            shaped: The text as it is to be shaped.
            places: Where each sign begins in the bytes of the text.
            changes: What is added to the width of each sign, in thousandths of an em.
            shift: CSS pixels by which the first sign moves to the left.
            is_end: Whether the text ends a line: nothing follows its last sign.
        """
        if style["text_decoration_line"] != "none":
            # Where a line under the text is, WeasyPrint asks before the text is shaped again.
            self.setup(style)
            self.deactivate()
        self.text = shaped.text
        self.justification_spacing = 0
        self.max_width = None
        self.first_line_direction = 0
        self._text = text
        self._shaped = shaped
        self._places = places
        self._changes = changes
        self._shift = shift
        self._is_end = is_end
        self._is_changed = False
        self._glyphs: list[int] = []
        """For each glyph that is drawn, where its sign begins in the bytes of the text."""

    def reactivate(self, style: Any) -> None:
        """Shape the text again."""
        super().reactivate(style)
        self._is_changed = False

    def get_first_line(self) -> Any:
        """Return the line with the widths of its signs as planned."""
        line, index = super().get_first_line()
        if not self._is_changed:
            self._is_changed = True
            changes = dict(zip(self._places, self._changes, strict=True))
            self._glyphs = []
            for item in items_of(line):
                self._change(item, changes)
            if self._shift:
                # WeasyPrint takes a thousandth for 1/1024 here.
                geometry = self._first_shown(line).geometry
                geometry.x_offset -= round(self._shift * 1000)
        return line, index

    def _first_shown(self, line: Any) -> Any:
        """Return the first glyph that is drawn."""
        for item in items_of(line):
            for place in range(item.glyphs.num_glyphs):
                glyph = item.glyphs.glyphs[place]
                if glyph.glyph != pango.PANGO_GLYPH_EMPTY:
                    return glyph
        return line.runs.data.glyphs.glyphs[0]

    def _change(self, item: Any, changes: Mapping[int, int]) -> None:
        glyphs, start = item.glyphs, item.item.offset
        unit = self.style["font_size"] * TO_UNITS / 1000
        clusters = ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)
        for place in _last_glyphs(clusters):
            change = changes.get(self._shaped.original(start + clusters[place]), 0)
            if change:
                # WeasyPrint cuts fractions of thousandths off.
                exact = change + (0.3 if change > 0 else -0.3)
                glyphs.glyphs[place].geometry.width += round(exact * unit)
        for place, cluster in enumerate(clusters):
            glyph = glyphs.glyphs[place]
            if self._shaped.is_hidden(start + cluster):
                glyph.glyph, glyph.geometry.width = pango.PANGO_GLYPH_EMPTY, 0
            if glyph.glyph != pango.PANGO_GLYPH_EMPTY:
                self._glyphs.append(self._shaped.original(start + cluster))

    def name_displaced(self, operators: list[bytes], first: int) -> None:
        """Say what signs are beside which others are out of their place.

        Args:
            operators: Of the page's content, changed in place.
            first: With this one begins what has drawn the text.
        """
        displaced = self._displaced_signs()
        if not displaced:
            return
        drawn = operators[first:]
        parts = [[*_glyphs_of(operator)] for operator in drawn]
        if sum(map(len, parts)) != len(self._glyphs):
            operators[first:] = [*_replaced(self._text, *drawn)]
            return
        glyphs = iter(self._glyphs)
        operators[first:] = [
            result
            for operator, shown in zip(drawn, parts, strict=True)
            for result in (self._with_texts(shown, glyphs, displaced) if shown else (operator,))
        ]

    def _displaced_signs(self) -> set[int]:
        """Return where the signs begin that do not stand beside their neighbour as usual."""
        displaced = set()
        for (place, following), change in zip(pairwise(self._places), self._changes, strict=False):
            if abs(change) >= SEEN_AS_SPACE:
                displaced |= {place, following}
        if not self._is_end and abs(self._changes[-1]) >= SEEN_AS_SPACE:
            displaced.add(self._places[-1])
        return displaced

    def _with_texts(
        self, shown: Sequence[bytes], glyphs: Iterator[int], displaced: set[int]
    ) -> Iterator[Any]:
        """Yield what shows glyphs, parted where signs begin and cease to be displaced."""
        # In this order: zip takes from its first argument once more than it gives.
        placed = zip(shown, glyphs, strict=False)
        for is_displaced, group in groupby(placed, lambda glyph: glyph[1] in displaced):
            run, places = zip(*group, strict=True)
            content = b"[" + b"".join(run) + b"] TJ"
            if is_displaced:
                yield from _replaced(self._text_of(places), content)
            else:
                yield content

    def _text_of(self, places: Sequence[int]) -> str:
        """Return the signs that begin at these places of the text's bytes."""
        data, last = self._text.encode(), max(places)
        end = next((place for place in self._places if place > last), len(data))
        return data[min(places) : end].decode()


def _replaced(text: str, *operators: Any) -> Iterator[Any]:
    """Yield operators with the text for which they stand."""
    yield b"/Span"
    yield pydyf.Dictionary({"ActualText": pydyf.String(text)})
    yield b"BDC"
    yield from operators
    yield b"EMC"


def _glyphs_of(operator: Any) -> Iterator[bytes]:
    """Yield each glyph of an operator that shows some, with what moves the next one."""
    shown = _SHOWN.fullmatch(operator) if isinstance(operator, bytes) else None
    glyph = b""
    for found in _GLYPHS_OR_MOVE.finditer(shown[1] if shown else b""):
        codes, move = found[1], found[2]
        if codes is None:
            glyph += move + b" " if float(move) else b""
            continue
        for place in range(0, len(codes), _HEX_DIGITS):
            if b"<" in glyph:
                yield glyph
                glyph = b""
            glyph += b"<" + codes[place : place + _HEX_DIGITS] + b">"
    if b"<" in glyph:
        yield glyph


def _last_glyphs(clusters: Sequence[int]) -> Iterator[int]:
    """Yield the place of each cluster's last glyph."""
    for place, (cluster, following) in enumerate(pairwise(clusters)):
        if cluster != following:
            yield place
    yield len(clusters) - 1


def items_of(line: Any) -> Iterator[Any]:
    """Yield the runs of one font in a line of Pango."""
    run = line.runs
    while run != ffi.NULL:
        yield run.data
        run = run.next
