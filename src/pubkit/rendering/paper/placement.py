"""Where figures stand on paper: what a person at a layout desk would move.

A browser shows a page as it is written. On paper, a picture that does not fit at the foot of a
page leaves it white, and ten pictures after ten paragraphs leave ten holes. So, for print alone:

* two single figures with little text between them stand side by side after that text;
* a row of figures that a page end pushes over lets the text that follows it go first; if a
  heading follows, it becomes a little lower or goes before the text that ends the page;
* pictures of the last page but one become a little lower if only the publisher's address is left
  for the last one; if that does not help, the end of the text goes with it.

Figures never change their order, and never leave their section. All functions work on the
page's element tree, and on the places that a first layout gave its elements.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from pubkit.values import dataclass

Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it was laid out."""

    anchors: Mapping[str, Rectangle]
    """Where each element with an ``id`` stands, from the top left corner."""
    foot: float
    """Where the page's text has to end."""


MAXIMUM_BETWEEN = 2
"""So many paragraphs may stand between two figures that are put side by side."""
LEAST_HOLE = 45.0
"""Three lines: a smaller rest at the foot of a page is no hole."""
ROW_MARGIN = 24.0
"""The white above and below a row of figures."""
LOWERED = "data-lowered"
GREATEST_SHRINKAGE = 0.2
"""A picture never loses more than this part of its height."""
SHRINKAGE_AT_THE_END = 0.33
"""The same if a whole page is saved by it."""


def prepare(root: Element) -> None:
    """Put single figures together and name what the layout has to tell the place of."""
    for article in root.iter("article"):
        _pair_figures(article)
        for number, child in enumerate(article):
            child.attrib.setdefault("id", f"block-{number}")
        for number, picture in enumerate(article.iter("img")):
            picture.attrib.setdefault("id", f"picture-{number}")
    for number, foot in enumerate(root.iter("footer")):
        foot.attrib.setdefault("id", f"foot-{number}")


# ---------------------------------------------------------------- figures side by side


def _pair_figures(article: Element) -> None:
    """Move single figures behind the text that separates them from the next single one."""
    children = list(article)
    single = [child for child in children if _is_single(child)]
    while len(single) > 1:
        first, second, *rest = single
        between = children[children.index(first) + 1 : children.index(second)]
        if len(between) <= MAXIMUM_BETWEEN and all(map(_is_text, between)):
            second.insert(0, first[0])
            second.set("class", "figures of-2")
            article.remove(first)
            single = rest
        else:
            single = [second, *rest]


def _is_single(element: Element) -> bool:
    return _is_row(element) and len(element) == 1 and "hero" not in classes(element)


def _is_row(element: Element) -> bool:
    return "figures" in classes(element)


def _is_text(element: Element) -> bool:
    is_movable = not _is_furniture(element) and "lead" not in classes(element)
    return element.tag in ("p", "blockquote") and is_movable


def _is_furniture(element: Element) -> bool:
    return not classes(element).isdisjoint({"end", "keywords"})


def classes(element: Element) -> set[str]:
    """Return the classes of an element."""
    return set(element.get("class", "").split())


# ---------------------------------------------------------------- white page ends


class PageEnds:
    """Mends the page ends of a document, one after the other, until nothing can be done."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._left = MOST_MENDS
        self._seen = 0

    def mend(self, sheets: Sequence[Sheet], *, is_whole: bool = True) -> int | None:
        """Mend the first hole at the foot of a page that a row of figures has left.

        What belongs to the end of a document is mended when all of its pages are known.

        Args:
            sheets: The first pages of the document, or all.
            is_whole: Whether they are all.

        Returns:
            How many pages stay as they are, if anything was moved; the others have to be laid out
            again.
        """
        if not self._left:
            return None
        for article in self._root.iter("article"):
            order = [child.get("id", "") for child in article]
            moved = self._mend_holes(article, sheets)
            if moved is None and is_whole:
                moved = _mend_end(self._root, article, sheets)
            if moved is not None:
                self._left -= 1
                self._seen = 0
                return pages_that_stay(order[: order.index(moved)], moved, sheets)
        self._seen = len(sheets)
        return None

    def _mend_holes(self, article: Element, sheets: Sequence[Sheet]) -> str | None:
        for hole in _holes(article, sheets, seen=self._seen):
            for mend in (_move_text_up, _fit, _move_row_up, _fit_all):
                moved = mend(article, hole)
                if moved is not None:
                    return moved
        return None


MOST_MENDS = 60
"""Each costs the layout of some three pages; a report of ten pictures needs about five."""


def pages_that_stay(before: Sequence[str], moved: str, sheets: Sequence[Sheet]) -> int:
    """Return how many pages are as they were, whatever happens from a block on.

    A page ends where something had no room. If the blocks that follow it, up to the first that
    was moved, are higher than the white at its foot, that something is one of them, and they have
    not changed.

    Args:
        before: The names of the blocks before the one that was moved.
        moved: The name of the block that was moved, or made lower.
        sheets: The pages as they were.
    """
    first = next((n for n, sheet in enumerate(sheets) if moved in sheet.anchors), len(sheets) - 1)
    for number in range(first, 0, -1):
        room = sheets[number - 1].foot - _end(before, sheets[number - 1])
        places = [place for name in before if (place := sheets[number].anchors.get(name))]
        if places and max(p[3] for p in places) - min(p[1] for p in places) > room:
            return number
    return 0


def _end(blocks: Sequence[str], sheet: Sheet) -> float:
    """Return where the last of these blocks ends on a page; its top if none is there."""
    return max((sheet.anchors[name][3] for name in blocks if name in sheet.anchors), default=0.0)


@dataclass(frozen=True, slots=True)
class _Hole:
    """The rest of a page that was too low for the row of figures which begins the next one."""

    height: float
    row: Element
    foot: float
    page: Mapping[str, Rectangle]
    """The places of what begins on the page with the hole."""
    anchors: Mapping[str, Rectangle]
    """The places of the next page."""


def _holes(article: Element, sheets: Sequence[Sheet], *, seen: int) -> Iterator[_Hole]:
    """Yield the holes, but for those before the last page that was seen."""
    blocks = {child.get("id", ""): child for child in article}
    known: set[str] = set()
    for number, (sheet, following) in enumerate(pairwise(sheets), start=2):
        begun = {name: sheet.anchors[name] for name in sheet.anchors.keys() - known}
        known |= sheet.anchors.keys()
        if number <= seen:
            continue
        first = next((name for name in blocks if name in following.anchors), None)
        ends = [sheet.anchors[name][3] for name in blocks if name in sheet.anchors]
        height = sheet.foot - max(ends, default=sheet.foot)
        is_pushed = first not in sheet.anchors
        if first and is_pushed and height >= LEAST_HOLE and _is_row(blocks[first]):
            yield _Hole(height, blocks[first], sheet.foot, begun, following.anchors)


# Each of the following returns the name of the first block that it has moved or made lower; what
# stands before that block is as it was.


def _move_text_up(article: Element, hole: _Hole) -> str | None:
    """Put the text that follows a row, or several rows, before it, but not its end mark."""
    children = list(article)
    index = children.index(hole.row)
    following = next((child for child in children[index:] if not _is_row(child)), None)
    if following is None or not _is_text(following) or _has_end_mark(following):
        return None
    article.remove(following)
    article.insert(index, following)
    return hole.row.get("id", "")


def _has_end_mark(element: Element) -> bool:
    return any("end-mark" in classes(child) for child in element.iter())


def _fit(_article: Element, hole: _Hole) -> str | None:
    """Make a row as low as the hole."""
    height = _height(hole.anchors[hole.row.get("id", "")])
    return _shrink([hole.row], height + ROW_MARGIN - hole.height, hole.anchors)


def _fit_all(article: Element, hole: _Hole) -> str | None:
    """Make all rows of the page lower, so that one more has room."""
    rows = [child for child in article if _is_row(child) and child.get("id", "") in hole.page]
    height = _height(hole.anchors[hole.row.get("id", "")])
    wanted = height + ROW_MARGIN - hole.height
    return _shrink([*rows, hole.row], wanted, {**hole.anchors, **hole.page})


def _move_row_up(article: Element, hole: _Hole) -> str | None:
    """Put a row before the text that ends the page, which then runs over to the next one.

    It goes no further than it has to, not beyond a heading or another picture, and moves once;
    it becomes a little lower if that helps.
    """
    children = list(article)
    needed = _height(hole.anchors[hole.row.get("id", "")]) + ROW_MARGIN
    least = needed - GREATEST_SHRINKAGE * _picture_height(hole.row, hole.anchors)
    if hole.row.get(MOVED):
        return None
    for index in range(children.index(hole.row) - 1, 0, -1):
        place = hole.page.get(children[index].get("id", ""))
        if not place or not _is_text(children[index]):
            return None
        if least <= hole.foot - place[1]:
            _shrink([hole.row], needed - hole.foot + place[1], hole.anchors)
            article.remove(hole.row)
            article.insert(index, hole.row)
            hole.row.set(MOVED, "once")
            return children[index].get("id", "")
    return None


MOVED = "data-moved"


def _mend_end(root: Element, article: Element, sheets: Sequence[Sheet]) -> str | None:
    moved = _pull_up_end(root, article, sheets)
    return moved if moved is not None else _keep_company(root, article, sheets)


def _pull_up_end(root: Element, article: Element, sheets: Sequence[Sheet]) -> str | None:
    """Make room on the last page but one for what would stand on the last one without any text."""
    about = _about(root)
    if len(sheets) < 2 or about.get("id", "") not in sheets[-1].anchors:
        return None
    before, last = sheets[-2].anchors, sheets[-1].anchors
    left = [child for child in article if child.get("id", "") in last]
    if not all(map(_is_furniture, left)):
        return None
    top = min(last[element.get("id", "")][1] for element in (about, *left))
    end = max(before[name][3] for child in article if (name := child.get("id", "")) in before)
    rows = [child for child in article if _is_row(child) and child.get("id", "") in before]
    room = sheets[-2].foot - end
    wanted = last[about.get("id", "")][3] - top + ROW_MARGIN - room
    return _shrink(rows, wanted, before, at_most=SHRINKAGE_AT_THE_END)


def _keep_company(root: Element, article: Element, sheets: Sequence[Sheet]) -> str | None:
    """Take the last block of the text over to a page that has nothing but the address."""
    if len(sheets) < 2 or _about(root).get("id", "") not in sheets[-1].anchors:
        return None
    before, last = sheets[-2].anchors, sheets[-1].anchors
    text = [child for child in article if not _is_furniture(child)]
    there = [child for child in text if child.get("id", "") in before]
    if any(child.get("id", "") in last for child in text) or len(there) < 2:
        return None
    number = len(there) - 1
    while number and there[number - 1].tag in HEADINGS:
        number -= 1
    if not number or there[number].get("style"):
        return None
    there[number].set("style", "break-before: page")
    return there[number].get("id", "")


def _about(root: Element) -> Element:
    """Return the panel with the publisher's address, or an element that is nowhere."""
    panels = (foot for foot in root.iter("footer") if "about" in classes(foot))
    return next(panels, Element("footer"))


HEADINGS = frozenset({"h2", "h3", "h4"})


def _shrink(
    rows: Sequence[Element],
    wanted: float,
    anchors: Mapping[str, Rectangle],
    *,
    at_most: float = GREATEST_SHRINKAGE,
) -> str | None:
    """Make rows lower by so much together, if that costs little and was not tried before.

    Returns:
        The name of the first of them, if it was done.
    """
    pictures = {row: [*row.iter("img")] for row in rows}
    if not rows or any(row.get(LOWERED) for row in rows):
        return None
    heights = {row: _picture_height(row, anchors) for row in rows}
    share = wanted / sum(heights.values()) if any(heights.values()) else 1.0
    if not 0 < share <= at_most:
        return None
    for row, images in pictures.items():
        # A narrow picture that stands alone keeps its shape; others keep height and width.
        kind = "width: 100%; height" if len(images) > 1 or _fills_measure(row) else "max-height"
        row.set(LOWERED, "once")
        for picture in images:
            picture.set("style", f"{kind}: {heights[row] * (1 - share):.1f}px")
    return rows[0].get("id", "")


def _fills_measure(row: Element) -> bool:
    return "--ratio" in (row[0].get("style") or "") and "beside" not in classes(row)


def _picture_height(row: Element, anchors: Mapping[str, Rectangle]) -> float:
    return max((_height(anchors[image.get("id", "")]) for image in row.iter("img")), default=0.0)


def _height(rectangle: Rectangle) -> float:
    _left, top, _right, bottom = rectangle
    return bottom - top
