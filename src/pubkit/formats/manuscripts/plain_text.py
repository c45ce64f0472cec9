"""Plain text, as mail and newsrooms have it: paragraphs, headings, lists and captions by rule.

Either each line is a paragraph, or lines are wrapped at some width and paragraphs have empty lines
between them; the longest line tells which. What a short line is, its neighbours tell::

    (empty) short line (empty)            a heading
    (empty) short sentence, then a text   the caption of a picture that is not in the file
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pubkit.formats.encodings import decode
from pubkit.formats.manuscripts.dates import find_date
from pubkit.formats.manuscripts.model import (
    Block,
    Heading,
    LineBreak,
    ListBlock,
    Loss,
    LossKind,
    Manuscript,
    Paragraph,
    Piece,
    Quotation,
    Remark,
    Rule,
    Run,
)
from pubkit.formats.manuscripts.places import place_of
from pubkit.formats.manuscripts.sentences import ends_sentence, is_short, sentences, width
from pubkit.formats.manuscripts.tidying import tidy
from pubkit.messages import gettext as _
from pubkit.patterns import pattern
from pubkit.values import dataclass

WIDEST_WRAPPED = 100
"""Columns: who wraps lines does it at 72 to 80; a longer line is a whole paragraph."""
NARROWEST = 60
"""Columns: shorter lines are not wrapped, but ended on purpose."""
BULLET = pattern(r"(?P<indent>[ \t]*)(?P<mark>[•‣◦▪●○■·∙*+–-])[ \t]+(?=\S)")
NUMBER = pattern(
    r"(?P<indent>[ \t]*)[(（]?(?P<number>\d{1,3})(?:[.)）]|、)(?:[ \t]+|(?<=[、）]))(?=\S)"
)
QUOTED = pattern(r"[ \t]*>[ \t]?")
RULE = pattern(r"[ \t]*(?:[-*_=~—–][ \t]*){3,}\Z")
UNDERLINE = pattern(r"[ \t]*(?P<sign>[=-])(?P=sign){2,}[ \t]*\Z")
ATTRIBUTION = pattern(r"[ \t]*(?:—{1,2}|―|–|--)[ \t]*\S")
OPENING, CLOSING = '“"«„「『', '”"»“」』'


def read_plain_text(data: bytes, *, path: str, encoding: str | None = None) -> Manuscript:
    """Read a text file.

    Raises:
        SourceError: Its encoding has to be told.
    """
    text = decode(data, path=path, encoding=encoding)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    lines = [line.expandtabs().rstrip() for line in lines]
    is_wrapped = max(map(width, lines), default=0) <= WIDEST_WRAPPED
    units = [*_units(lines, is_wrapped=is_wrapped)]
    blocks, losses = _Reader(units).read()
    return Manuscript(blocks=tuple(blocks), losses=tuple(losses))


# ---------------------------------------------------------------- lines to units


@dataclass(frozen=True, slots=True)
class _Unit:
    """Lines that belong together: a paragraph, an item, a heading."""

    lines: tuple[str, ...]
    has_gap_before: bool
    has_gap_after: bool
    margin: int
    """The column at which lines are wrapped."""

    @property
    def text(self) -> str:
        return " ".join(line.strip() for line in self.lines)


def _units(lines: Sequence[str], *, is_wrapped: bool) -> Iterator[_Unit]:
    rows = [*_rows(lines, is_wrapped=is_wrapped)]
    margin = max(NARROWEST, *map(width, lines), 0)
    for before, row, after in zip([(), *rows], rows, [*rows[1:], ()], strict=False):
        if row:
            yield _Unit(tuple(row), not before, not after, margin)


def _rows(lines: Sequence[str], *, is_wrapped: bool) -> Iterator[list[str]]:
    """Yield the lines of each unit; an empty row for each gap."""
    row: list[str] = []
    for line in lines:
        begins_unit = not line.strip() or not is_wrapped or _begins_item(line)
        if row and (begins_unit or bool(QUOTED.match(row[0])) != bool(QUOTED.match(line))):
            yield row
            row = []
        if line.strip():
            row.append(line)
        else:
            yield []
    if row:
        yield row


def _begins_item(line: str) -> bool:
    return bool(BULLET.match(line) or NUMBER.match(line))


# ---------------------------------------------------------------- units to blocks


class _Reader:
    """Reads units one after another; a rule looks at the unit and its neighbours."""

    def __init__(self, units: Sequence[_Unit]) -> None:
        self._units = units
        self._losses: list[Loss] = []

    def read(self) -> tuple[list[Block], list[Loss]]:
        """Return the blocks, and what was decided by rule."""
        blocks: list[Block] = []
        number = 0
        while number < len(self._units):
            found, number = self._next(number, len(blocks) + 1)
            blocks += found
        return blocks, self._losses

    def _next(self, number: int, position: int) -> tuple[list[Block], int]:
        unit = self._units[number]
        if QUOTED.match(unit.lines[0]):
            return self._quotation(number)
        if RULE.fullmatch(unit.text) and len(unit.lines) == 1:
            return [Rule()], number + 1
        end = self._end_of_list(number)
        if end > number:
            return [*_lists([*map(_as_item, self._units[number:end])])], end
        if self._is_quotation_with_name(number):
            parts = (_paragraph(unit), _paragraph(self._units[number + 1]))
            return [Quotation(parts)], number + 2
        level = self._heading_level(number)
        if level:
            return [Heading(level, _line(unit.lines[0].strip()))], number + 1
        if self._is_caption(number):
            return self._caption(unit, position), number + 1
        return [_paragraph(unit)], number + 1

    def _quotation(self, number: int) -> tuple[list[Block], int]:
        end = number
        while end < len(self._units) and QUOTED.match(self._units[end].lines[0]):
            end += 1
        lines = [QUOTED.sub("", line, count=1) for u in self._units[number:end] for line in u.lines]
        is_wrapped = max(map(width, lines), default=0) <= WIDEST_WRAPPED
        return [Quotation(tuple(map(_paragraph, _units(lines, is_wrapped=is_wrapped))))], end

    def _is_quotation_with_name(self, number: int) -> bool:
        """Tell whether a text in quotation marks is followed by a dash and who said it."""
        text = self._units[number].text
        is_quoted = text[:1] in OPENING and text.rstrip(".,。，")[-1:] in CLOSING
        following = self._units[number + 1] if number + 1 < len(self._units) else None
        if following is None or RULE.fullmatch(following.text):
            return False
        return bool(is_quoted and ATTRIBUTION.match(following.text))

    def _heading_level(self, number: int) -> int:
        unit = self._units[number]
        if len(unit.lines) == 2 and UNDERLINE.fullmatch(unit.lines[1]):
            return 1 if "=" in unit.lines[1] else 2
        is_alone = unit.has_gap_before and unit.has_gap_after and len(unit.lines) == 1
        is_last = number + 1 == len(self._units)
        is_line = is_short(unit.text) and find_date(unit.text) is None
        is_heading = is_alone and not is_last and is_line
        return 2 if is_heading and not ends_sentence(unit.text) else 0

    def _is_caption(self, number: int) -> bool:
        """Tell whether a unit is a short line, below the gap where a picture stood."""
        unit = self._units[number]
        if number == 0 or not unit.has_gap_before or len(unit.lines) > 1:
            return False
        if not is_short(unit.text) or len(sentences(unit.text)) > 1:
            return False
        if number + 1 == len(self._units):
            return bool(self._losses) and not ends_sentence(unit.text)
        following = self._units[number + 1]
        is_longer = width(following.text) * 4 > width(unit.text) * 5
        return not unit.has_gap_after and is_longer

    def _caption(self, unit: _Unit, position: int) -> list[Block]:
        content = _line(unit.text)
        place = place_of(position, content)
        self._losses.append(Loss(kind=LossKind.CAPTION_ALONE, place=place, is_kept=True))
        remark = _("A caption, it seems; above it, write: ![what it shows](pictures/name.jpg)")
        return [Remark(remark), Paragraph(content)]

    def _end_of_list(self, number: int) -> int:
        """Return where the list that begins here ends; one dash or number makes no list."""
        end = number
        while end < len(self._units) and _begins_item(self._units[end].lines[0]):
            end += 1
        first = self._units[number].lines[0]
        bullet = BULLET.match(first)
        is_sure = bool(bullet) and bullet["mark"] not in "*+–-·" if bullet else False
        return end if is_sure or (end - number > 1 and self._is_row(number, end)) else number

    def _is_row(self, start: int, end: int) -> bool:
        """Tell whether numbers count on: “2. May” after “7. June” is no list."""
        numbers = [NUMBER.match(unit.lines[0]) for unit in self._units[start:end]]
        pairs = pairwise(int(match["number"]) for match in numbers if match)
        return all(after in (before + 1, 1) for before, after in pairs)


# ---------------------------------------------------------------- paragraphs


def _paragraph(unit: _Unit) -> Paragraph:
    return Paragraph(tidy(_joined(unit.lines, unit.margin)))


def _line(text: str) -> tuple[Piece, ...]:
    return tidy([Run(text=text)])


def _joined(lines: Sequence[str], margin: int) -> Iterator[Piece]:
    """Yield the lines of a paragraph; one that had room for the next word was ended on purpose."""
    for number, line in enumerate(lines):
        yield Run(text=line.strip())
        if number + 1 == len(lines):
            return
        following = lines[number + 1].strip()
        word = following.split(" ", 1)[0]
        is_full = width(line) + 1 + min(width(word), MAXIMUM_WORD) > min(margin, WIDEST_WRAPPED)
        if not is_full:
            yield LineBreak()
        elif not _is_unspaced(line.strip()[-1], following[0]):
            yield Run(text=" ")


MAXIMUM_WORD = 16
"""Chinese has no words between spaces: a line is full if nothing of this width fits."""


def _is_unspaced(before: str, after: str) -> bool:
    return width(before) == 2 and width(after) == 2


# ---------------------------------------------------------------- lists


@dataclass(frozen=True, slots=True)
class _Item:
    indent: int
    number: int | None
    content: tuple[Piece, ...]


def _as_item(unit: _Unit) -> _Item:
    first = unit.lines[0]
    bullet, numbered = BULLET.match(first), NUMBER.match(first)
    match = bullet or numbered
    if match is None:
        raise AssertionError(first)
    lines = (first[match.end() :], *unit.lines[1:])
    number = None if bullet or numbered is None else int(numbered["number"])
    return _Item(len(match["indent"]), number, tidy(_joined(lines, unit.margin)))


def _lists(items: Sequence[_Item]) -> Iterator[ListBlock]:
    """Yield the lists that rows of items make; an item that stands further in is below another."""
    rows: list[tuple[_Item, list[_Item]]] = []
    for item in items:
        if rows and item.indent > rows[0][0].indent + 1:
            rows[-1][1].append(item)
        else:
            rows.append((item, []))
    start = 0
    for number in range(1, len(rows) + 1):
        if number == len(rows) or not _continues(rows[number - 1][0], rows[number][0]):
            yield _list(rows[start:number])
            start = number


def _continues(before: _Item, after: _Item) -> bool:
    if before.number is None or after.number is None:
        return before.number is None and after.number is None
    return after.number == before.number + 1


def _list(rows: Sequence[tuple[_Item, list[_Item]]]) -> ListBlock:
    items: tuple[tuple[Block, ...], ...] = tuple(
        (Paragraph(item.content), *_lists(below)) for item, below in rows
    )
    return ListBlock(items, rows[0][0].number)
