"""How headline, subtitle and quotations are broken on paper: at phrases, into even lines.

A browser balances lines by itself. WeasyPrint does not: so these texts are marked here, and the
best lines are chosen here; ``lines/balancing.py`` measures the phrases when the lines are made.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from xml.etree.ElementTree import Element

from pubkit.rendering.paper.placement import classes
from pubkit.values import dataclass

LINE_TOLERANCE = 1.0
MOST_PIECES = 60
"""A longer text is no headline, and has lines enough to be even."""
PIECES = "data-pieces"
"""Where the phrases or words of a text begin that is to be broken between them alone."""


def mark_pieces(root: Element) -> None:
    """Mark the phrases or words of headline, subtitle and quotations."""
    _unwrap(root)
    for element in _balanced(root):
        _mark_pieces(element)
    # WeasyPrint would print an invisible character for each of them.
    for parent in root.iter():
        for limit in parent.findall("wbr"):
            _remove(parent, limit)


def piece_starts(element: Element) -> tuple[int, ...]:
    """Return the characters with which the pieces of a marked text begin, but for the first."""
    return tuple(map(int, element.get(PIECES, "").split()))


def _unwrap(root: Element) -> None:
    """Remove the elements of gaps and dates that browsers need, but not their text.

    Paper has its own white; and only a text that is drawn in one piece can say in the PDF that
    the gap before a date is no space.
    """
    for parent in list(root.iter()):
        for child in parent.findall("span"):
            if classes(child) & {"gap", "date"} and not len(child):
                child.tail = (child.text or "") + (child.tail or "")
                _remove(parent, child)


def _balanced(root: Element) -> Iterator[Element]:
    for element in root.iter():
        if element.tag == "h1" or "subtitle" in classes(element):
            yield element
        elif element.tag == "blockquote":
            yield from element.findall("p")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or phrase that stays on one line."""

    text: str
    width: float
    gap: float = 0.0
    """The white between it and the piece before, if that is on the same line."""


def _mark_pieces(element: Element) -> None:
    """Say where each phrase or word begins; a text with other elements is left alone."""
    pieces, space = _phrases(element), 0
    if not pieces:
        pieces, space = (element.text or "").split(" "), 1
    has_others = any(child.tag != "wbr" for child in element)
    if not has_others and 1 < len(pieces) <= MOST_PIECES:
        starts = accumulate(len(piece) + space for piece in pieces[:-1])
        element.set(PIECES, " ".join(map(str, starts)))


def _phrases(element: Element) -> list[str]:
    """Return the texts between the limits of phrases that a page marks for browsers."""
    texts = [element.text, *(limit.tail for limit in element)]
    return [text or "" for text in texts] if len(element) else []


def _remove(parent: Element, child: Element) -> None:
    """Remove an element, but not the text that follows it."""
    siblings = list(parent)
    index = siblings.index(child)
    if index:
        siblings[index - 1].tail = (siblings[index - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)


def balanced(pieces: Sequence[Piece], measure: float) -> list[list[Piece]]:
    """Return the pieces in as few lines as they need, with the least differences of length.

    A line that ends in an article or another small word is avoided, one that ends with a mark
    is welcome, and one of a single character is not made.

    Returns:
        The lines, or nothing if a piece is wider than the measure.

    Source:
        GB/T 9704-2012, 7.3.1: 词意完整，排列对称，长短适宜.
    """
    number = _count(pieces, measure)
    if not number:
        return []
    total = _length(pieces) / number
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for line in range(1, number + 1):
        for end in range(line, len(pieces) + 1):
            ways = [
                (cost + _cost(pieces[start:end], total, measure, is_last=line == number), starts)
                for start in range(line - 1, end)
                if (line - 1, start) in best and _fits(pieces[start:end], measure)
                for cost, starts in [best[line - 1, start]]
                for starts in [(*starts, start)]
            ]
            if ways:
                best[line, end] = min(ways)
    _cost_of_all, starts = best[number, len(pieces)]
    return [list(pieces[a:b]) for a, b in pairwise((*starts, len(pieces)))]


def _fits(pieces: Sequence[Piece], measure: float) -> bool:
    return _length(pieces) <= measure + LINE_TOLERANCE / 2


def _count(pieces: Sequence[Piece], measure: float) -> int:
    """Return how many lines the pieces need; 0 if one does not fit."""
    lines, length = 1, 0.0
    for number, piece in enumerate(pieces):
        if not _fits([piece], measure):
            return 0
        length += piece.width + (piece.gap if number else 0.0)
        if length > measure + LINE_TOLERANCE / 2:
            lines, length = lines + 1, piece.width
    return lines


def _length(pieces: Sequence[Piece]) -> float:
    return sum(piece.width for piece in pieces) + sum(piece.gap for piece in pieces[1:])


UNEVEN = 0.02
"""What a line end is worth, against the square of a difference in lengths, of the measure."""


def _cost(line: Sequence[Piece], ideal: float, measure: float, *, is_last: bool) -> float:
    cost = ((_length(line) - ideal) / measure) ** 2
    text = line[-1].text
    if len(line) == 1 and len(text) < 2:
        cost += 1.0
    if is_last:
        return cost
    if len(text) <= 3 and text.isalpha() and text.islower():
        cost += UNEVEN
    elif text.endswith(("，", "：", "；", "、", ",", ":", ";", "—", "–")):
        cost -= UNEVEN
    return cost
