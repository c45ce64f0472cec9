"""Rosters as .csv and .xlsx: bytes in, rows of cells with their line numbers out.

Which column holds what is known elsewhere: a caller says how much of a head some cells are. What
stands above the head, such as a title, is passed over and told.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from pubkit.errors import CatalogError, DeliveryError
from pubkit.formats.tables.delimited import Layout, find_layout, read_lines
from pubkit.formats.tables.recognition import decode_table
from pubkit.messages import gettext as _
from pubkit.values import dataclass

if TYPE_CHECKING:
    from pubkit.formats.tables.workbook import Sheet, SheetRow

HEAD_WITHIN = 20
"""Rows among which the head is looked for."""
WIDEST = 1_000
"""Columns; what is farther to the right is no part of a roster."""
CountHeadings = Callable[[Sequence[str]], int]
"""Tells how many columns are known of a row of headings; none, where it has no address."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with something in it."""

    number: int
    """Its line in a file, its number in a sheet."""
    cells: Sequence[str]
    kinds: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the cells hold that hold no text, by their places: such as a date."""
    fault: str = ""
    """Why the row as a whole cannot be believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A roster before anything is known of its members."""

    head: Sequence[str]
    head_line: int
    rows: Iterator[TableRow]
    encoding: str = ""
    """The one that was recognised, where neither the file nor the user says it."""
    sheet: str = ""
    """The title of the sheet, of a workbook."""
    other_sheets: tuple[str, ...] = ()
    """Those that have members, too, and are not read."""
    skipped: tuple[int, ...] = ()
    """Rows above the head with something in them."""


def read_table(
    data: bytes, *, path: str, count_headings: CountHeadings, encoding: str | None = None
) -> Table:
    """Read a roster; where no row is the head of one, the first row is given as such.

    Args:
        data: The bytes of the file.
        path: How errors name it.
        count_headings: What tells a head.
        encoding: What the user says, for .csv.

    Raises:
        DeliveryError: It cannot be read, or more than one encoding makes sense of it.
    """
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _read_workbook(data, path, count_headings)
    return _read_csv(data, path, count_headings, encoding)


# ---------------------------------------------------------------- .csv


def _read_csv(data: bytes, path: str, count: CountHeadings, encoding: str | None) -> Table:
    decoded = decode_table(
        data,
        path=path,
        command=f"--members {path}",
        count_headings=lambda text: _most_headings(find_layout(text), count),
        encoding=encoding,
        error=DeliveryError,
    )
    layout = find_layout(decoded.text)
    separator = _separator(layout, count)
    rows = _csv_rows(layout, separator, path)
    head, skipped = _find_head(rows, count) or _no_head(_csv_rows(layout, separator, path))
    return Table(
        head=head.cells,
        head_line=head.number,
        rows=(_fitted(row, len(head.cells)) for row in rows),
        encoding=decoded.recognised,
        skipped=skipped,
    )


def _csv_rows(layout: Layout, separator: str, path: str) -> Iterator[TableRow]:
    lines = read_lines(layout, separator, path=path, error=DeliveryError)
    return (TableRow(number, cells) for number, cells in lines if any(map(str.strip, cells)))


def _fitted(row: TableRow, width: int) -> TableRow:
    """Return a row of .csv; cells beyond the head mean that others are in the wrong columns."""
    if len(row.cells) <= width or not any(map(str.strip, row.cells[width:])):
        return row
    fault = _("the row has {found} cells, the headings are {wanted}")
    return TableRow(row.number, row.cells, fault=fault.format(found=len(row.cells), wanted=width))


def _separator(layout: Layout, count: CountHeadings) -> str:
    """Return what separates the cells: with it most columns are known."""
    return max(layout.separators, key=lambda separator: _headings(layout, separator, count))


def _most_headings(layout: Layout, count: CountHeadings) -> int:
    return max(_headings(layout, separator, count) for separator in layout.separators)


def _headings(layout: Layout, separator: str, count: CountHeadings) -> int:
    try:
        rows = list(islice(_csv_rows(layout, separator, ""), HEAD_WITHIN))
    except DeliveryError:
        return 0
    return max((count(row.cells) for row in rows), default=0)


def _find_head(
    rows: Iterator[TableRow], count: CountHeadings
) -> tuple[TableRow, tuple[int, ...]] | None:
    """Return the head, and the rows above it."""
    above: list[int] = []
    for row in islice(rows, HEAD_WITHIN):
        if count(row.cells):
            return row, tuple(above)
        above.append(row.number)
    return None


def _no_head(rows: Iterator[TableRow]) -> tuple[TableRow, tuple[int, ...]]:
    return next(rows, TableRow(1, ())), ()


# ---------------------------------------------------------------- .xlsx


def _read_workbook(data: bytes, path: str, count: CountHeadings) -> Table:
    from pubkit.formats.tables.workbook import read_sheets

    try:
        sheets = read_sheets(data, path=path)
        heads = [(sheet, _find_head(_few_rows(sheet), count)) for sheet in sheets]
        found = [(sheet, head) for sheet, head in heads if head]
        if not found:
            head, _above = _no_head(row for sheet in sheets for row in _few_rows(sheet))
            return Table(head=head.cells, head_line=head.number, rows=iter(()))
    except CatalogError as error:
        raise _as_delivery_error(error) from None
    sheet, (head, skipped) = found[0]
    return Table(
        head=head.cells,
        head_line=head.number,
        rows=_sheet_rows(sheet, head, path),
        sheet=sheet.title,
        other_sheets=tuple(other.title for other, _head in found[1:]),
        skipped=skipped,
    )


def _few_rows(sheet: "Sheet") -> Iterator[TableRow]:
    return _with_something(sheet.rows(last=HEAD_WITHIN))


def _sheet_rows(sheet: "Sheet", head: TableRow, path: str) -> Iterator[TableRow]:
    """Yield the rows below the head."""
    width = min(len(head.cells), WIDEST)
    try:
        for row in _with_something(sheet.rows(width=width)):
            if row.number > head.number:
                yield row
    except CatalogError as error:
        raise _as_delivery_error(error) from None


def _with_something(rows: "Iterator[SheetRow]") -> Iterator[TableRow]:
    for row in rows:
        if any(map(str.strip, row.cells)):
            fault = _("the row is hidden in the workbook") if row.is_hidden else ""
            yield TableRow(row.number, row.cells, row.kinds, fault)


def _as_delivery_error(error: CatalogError) -> DeliveryError:
    return DeliveryError(error.message, location=error.location, remedy=error.remedy)
