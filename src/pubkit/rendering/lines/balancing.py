"""Where the lines of a headline end: as many as it needs, at phrases, and as even as possible.

``paper/balance.py`` has marked the texts, and knows which lines are best; here their phrases or
words are measured, when the first line is asked for and its measure is known. So no layout is
needed to know how wide they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.text import line_break

from pubkit.rendering.paper.balance import Piece, balanced, piece_starts

ROOM = 0.5
"""Pixels that a line has to spare: no rounding may break it, and no word fits in."""


def is_marked(linebox: Any) -> bool:
    """Tell whether the lines of a text are to be even; few are."""
    return linebox.element is not None and bool(piece_starts(linebox.element))


def marked_starts(linebox: Any, text: str) -> Sequence[int]:
    """Return where the pieces of a marked text begin, if its text is what was marked."""
    element = linebox.element
    is_same = is_marked(linebox) and "".join(element.itertext()) == text
    return piece_starts(element) if is_same else ()


class BalancedText:
    """A text in words, and how wide each of its lines is made to hold what it should."""

    def __init__(self, linebox: Any, context: Any) -> None:
        self.linebox = linebox
        self._context = context
        self._runs = list(_runs(linebox))
        text = "".join(run.text for run in self._runs)
        self._text = text
        self._starts = marked_starts(linebox, text)
        self._widths: dict[float, Mapping[int, float]] = {}

    def width(self, skip_stack: Any, measure: float) -> float | None:
        """Return how wide the line is that begins at a place, unless it may be as wide as all."""
        if not self._starts:
            return None
        if measure not in self._widths:
            self._widths[measure] = self._line_widths(measure)
        start = _character(self.linebox, skip_stack)
        while self._text[start : start + 1] == " ":
            start += 1  # No line begins with a space.
        return self._widths[measure].get(start)

    def _line_widths(self, measure: float) -> dict[int, float]:
        """Return the width of each line, by the character with which it begins."""
        limits = [0, *self._starts, len(self._text)]
        spans = [
            (start, start + len(self._text[start:end].rstrip())) for start, end in pairwise(limits)
        ]
        space = self._width_of(spans[0][1], self._starts[0])
        pieces = [
            Piece(self._text[start:end], self._width_of(start, end), space) for start, end in spans
        ]
        lines = balanced(pieces, measure)
        ends = [limits[end] for end in accumulate(map(len, lines), initial=0)]
        # With the space behind it, which WeasyPrint counts if an element follows.
        return {
            start: min(self._width_of(start, end) + ROOM, measure)
            for start, end in pairwise(ends)
            if len(lines) > 1
        }

    def _width_of(self, start: int, end: int) -> float:
        """Return how wide a part of the text is on one line."""
        width, first = 0.0, 0
        for run in self._runs:
            part = run.text[max(start - first, 0) : max(end - first, 0)]
            first += len(run.text)
            if part:
                line = line_break.split_first_line(part, run.style, self._context, None, 0)
                width += line[3]
        return width


def _runs(box: Any) -> Iterator[Any]:
    """Yield the boxes of a text that have letters."""
    return (inner for inner in box.descendants() if isinstance(inner, boxes.TextBox))


def _character(box: Any, skip_stack: Any) -> int:
    """Return the number of characters before a place in a box."""
    if skip_stack is None:
        return 0
    ((index, within),) = skip_stack.items()
    if isinstance(box, boxes.TextBox):
        return len(box.text.encode()[:index].decode())
    before = sum(len(run.text) for child in box.children[:index] for run in _runs(child))
    return before + (_character(box.children[index], within) if within else 0)
