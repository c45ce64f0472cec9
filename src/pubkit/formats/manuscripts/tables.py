"""Tables without merged cells: each text once, each row as long as the others."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pubkit.errors import SourceError
from pubkit.formats.manuscripts.model import (
    Block,
    Code,
    Content,
    Figure,
    Heading,
    ListBlock,
    Loss,
    LossKind,
    Paragraph,
    Piece,
    Quotation,
    Run,
    Table,
    plain_text,
)
from pubkit.formats.manuscripts.places import place_by_words, shortened
from pubkit.formats.manuscripts.tidying import tidy
from pubkit.messages import gettext as _
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the manuscript has it."""

    blocks: tuple[Block, ...]
    rows: int = 1
    columns: int = 1


def as_table(rows: Sequence[Sequence[Cell]], heads: int, losses: list[Loss]) -> Iterator[Block]:
    """Yield the table that rows of cells make, and what was lost to ``losses``.

    Args:
        rows: The rows in order, those with heads first.
        heads: How many rows are heads; only the first can be one.
        losses: What is merged or flattened is added here.

    Raises:
        SourceError: The table has more places than a person can have made.
    """
    if not rows or not any(rows):
        return
    first = " ".join(plain_text(_inline(cell.blocks)) for cell in rows[0])
    here = place_by_words(first)
    if any(cell.rows > 1 or cell.columns > 1 for row in rows for cell in row):
        losses.append(Loss(kind=LossKind.MERGED_CELLS, place=here, is_kept=True))
    if heads == 0:
        losses.append(Loss(kind=LossKind.TABLE_HEAD, place=here, is_kept=True))
    for row in rows:
        losses += [loss for cell in row for loss in _flattened(cell, here)]
    yield Table(tuple(_unrolled(rows)))


def _flattened(cell: Cell, place: str) -> Iterator[Loss]:
    text = shortened(plain_text(_inline(cell.blocks)))
    if any(isinstance(block, Table) for block in cell.blocks):
        yield Loss(kind=LossKind.NESTED_TABLE, place=place, text=text, is_kept=True)
    elif len(cell.blocks) > 1 or any(not isinstance(b, Paragraph) for b in cell.blocks):
        yield Loss(kind=LossKind.CELL_BLOCKS, place=place, text=text, is_kept=True)


LARGEST_SPAN = 1000
"""Columns or rows; a span beyond that was not made by a person."""
MOST_COLUMNS = 1000
MOST_PLACES = 100_000
"""Of a whole table, or those that its merged cells cover."""


def _unrolled(rows: Sequence[Sequence[Cell]]) -> list[tuple[Content, ...]]:
    """Return the rows with an empty cell wherever a merged one reaches."""
    taken: set[tuple[int, int]] = set()
    placed: dict[tuple[int, int], Content] = {}
    covered = 0
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            height = max(1, min(cell.rows, len(rows) - y, LARGEST_SPAN))
            width = max(1, min(cell.columns, LARGEST_SPAN))
            covered += (height - 1) * width
            _verify_size(x + 1, max(covered, (x + 1) * len(rows)), rows)
            taken |= {(y + dy, x + dx) for dy in range(1, height) for dx in range(width)}
            placed[y, x] = _inline(cell.blocks)
            x += width
    columns = 1 + max(x for _y, x in placed)
    return [tuple(placed.get((y, x), ()) for x in range(columns)) for y in range(len(rows))]


def _verify_size(columns: int, places: int, rows: Sequence[Sequence[Cell]]) -> None:
    """Refuse a table that grows without end: a merged cell of a few bytes may cover a million."""
    if columns <= MOST_COLUMNS and places <= MOST_PLACES:
        return
    first = " ".join(plain_text(_inline(cell.blocks)) for cell in rows[0][:MOST_SHOWN])
    raise SourceError(
        _("The table {place} has more than {columns} columns or {places} cells").format(
            place=place_by_words(first), columns=MOST_COLUMNS, places=MOST_PLACES
        ),
        remedy=_("Divide it, or undo its merged cells"),
    )


MOST_SHOWN = 10
"""Cells whose words say which table it is."""


def _inline(blocks: tuple[Block, ...]) -> Content:
    """Return the content of a cell on one line, its paragraphs one behind the other."""
    pieces: list[Piece] = []
    for block in blocks:
        pieces += [Run(text=" "), *_pieces(block)]
    return tidy(pieces)


def _pieces(block: Block) -> tuple[Piece, ...]:
    match block:
        case Paragraph() | Heading():
            return block.content
        case Figure():
            return (block.image, Run(text=" "), *block.caption)
        case Quotation():
            return _inline(block.blocks)
        case ListBlock():
            items = [
                (Run(text=f" {_mark(block, number)} "), *_inline(item))
                for number, item in enumerate(block.items)
            ]
            return tuple(piece for item in items for piece in item)
        case Table():
            cells = [(Run(text=" "), *cell) for row in block.rows for cell in row]
            return tuple(piece for cell in cells for piece in cell)
        case Code():
            return (replace(Run(text=" ".join(block.text.split())), is_code=True),)
        case _:
            return ()


def _mark(block: ListBlock, number: int) -> str:
    return "•" if block.start is None else f"{block.start + number}."
