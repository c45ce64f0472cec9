"""How headline, subtitle and quotations are broken on paper: at phrases, into even lines.

A browser balances lines by itself. WeasyPrint does not, so a first layout of these texts alone
tells how wide each phrase is, and the lines are chosen from that.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from pubkit.rendering.paper.placement import Rectangle, Sheet, classes
from pubkit.values import dataclass

LINE_TOLERANCE = 1.0
MOST_PIECES = 60
"""A longer text is no headline, and has lines enough to be even."""
SOLID = "white-space: nowrap"


def name_pieces(root: Element) -> None:
    """Name what a first layout has to tell the width of: the phrases or words of these texts."""
    _unwrap(root)
    for number, element in enumerate(_balanced(root)):
        _name_pieces(element, f"text-{number}")
    # WeasyPrint would print an invisible character for each of them.
    for parent in root.iter():
        for limit in parent.findall("wbr"):
            _remove(parent, limit)


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


@contextmanager
def shown_alone(root: Element) -> Iterator[bool]:
    """Hide all of a page but the texts that have named pieces, and tell whether there are any.

    What is hidden stays in its place, so that every rule of a style sheet applies as it does to the
    whole page.
    """
    texts = {element for element in _balanced(root) if _spans(element)}
    hidden = list(_beside(root, texts))
    styles = [element.get("style") for element in hidden]
    for element in hidden:
        element.set("style", HIDDEN)
    try:
        yield bool(texts)
    finally:
        for element, style in zip(hidden, styles, strict=True):
            del element.attrib["style"]
            if style is not None:
                element.set("style", style)


HIDDEN = "display: none !important"


def _beside(element: Element, texts: Collection[Element]) -> Iterator[Element]:
    """Yield the outermost elements within one that have none of these texts."""
    for child in element:
        if child not in texts:
            has_text = any(inner in texts for inner in child.iter())
            yield from _beside(child, texts) if has_text else [child]


def balance_lines(root: Element, sheets: Sequence[Sheet]) -> None:
    """Break headline, subtitle and quotations at phrases, into lines as equal as possible."""
    places = {name: place for sheet in sheets for name, place in sheet.anchors.items()}
    for element in _balanced(root):
        pieces = _take_pieces(element, places)
        if pieces:
            measure = _width(places.get(element.get("id", ""), (0.0, 0.0, 0.0, 0.0)))
            _set_lines(element, balanced(pieces, measure))


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
    is_spaced: bool = False
    """Whether a space stands before it."""


def _name_pieces(element: Element, prefix: str) -> None:
    """Enclose each phrase or word in a named span; a text with other elements is left alone."""
    pieces = _phrases(element) or (element.text or "").split(" ")
    has_others = any(child.tag != "wbr" for child in element)
    is_spaced = not len(element)
    if has_others or not 1 < len(pieces) <= MOST_PIECES:
        return
    for limit in element.findall("wbr"):
        element.remove(limit)
    element.set("id", element.get("id", prefix))
    element.text = None
    for number, piece in enumerate(pieces):
        span = SubElement(element, "span", {"id": f"{prefix}-{number}", "class": "piece"})
        span.set("style", SOLID)
        span.text = piece
        span.tail = " " if is_spaced and number < len(pieces) - 1 else None


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


def _take_pieces(element: Element, places: Mapping[str, Rectangle]) -> list[Piece]:
    """Return the pieces of a text with their widths, and restore the text."""
    spans = _spans(element)
    known = [(span, places[name]) for span in spans if (name := span.get("id", "")) in places]
    spaces = [_gap(one, two) for (_s, one), (_t, two) in pairwise(known) if _is_one_line(one, two)]
    pieces: list[Piece] = []
    for number, (span, place) in enumerate(known):
        before, is_spaced = known[number - 1][1], bool(number and known[number - 1][0].tail)
        usual = max(spaces, default=0.0) if is_spaced else 0.0
        gap = _gap(before, place) if number and _is_one_line(before, place) else usual
        pieces.append(Piece(span.text or "", _width(place), gap, is_spaced))
    for span in spans:
        element.remove(span)
    if spans:
        element.text = "".join((span.text or "") + (span.tail or "") for span in spans)
    return pieces if len(pieces) == len(spans) else []


def _spans(element: Element) -> list[Element]:
    return [span for span in element if "piece" in classes(span)]


def _is_one_line(one: Rectangle, other: Rectangle) -> bool:
    return round(one[1]) == round(other[1])


def _gap(word: Rectangle, following: Rectangle) -> float:
    """Return the distance between two neighbours of a line, in either direction of writing."""
    return max(following[0] - word[2], word[0] - following[2], 0.0)


def _width(rectangle: Rectangle) -> float:
    left, _top, right, _bottom = rectangle
    return right - left


def _set_lines(element: Element, lines: Sequence[Sequence[Piece]]) -> None:
    """Keep each line together, so that a break is only between them."""
    if len(lines) < 2:
        return
    element.text = None
    for number, line in enumerate(lines):
        if number and line[0].is_spaced:
            element[-1].tail = " "
        span = SubElement(element, "span", {"class": "line", "style": SOLID})
        span.text = "".join(f"{' ' * (p.is_spaced and p is not line[0])}{p.text}" for p in line)


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
