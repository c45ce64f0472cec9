"""Tables as .xlsx: the only importer of openpyxl.

Every cell is text, so nothing is computed and no date or number is made of it. A file that comes
back may be hostile: its parts are measured before they are unpacked, and none may have macros,
formulas or entities.

Source:
    ECMA-376, part 1, 18.4.12 and 22.9.2.19 (``_xHHHH_``); Excel specifications and limits.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, cast

from pubkit.config.limits import DEFAULT_LIMITS, Limits
from pubkit.errors import CatalogError, Location
from pubkit.formats.exchange import Bitext
from pubkit.formats.tables.columns import EDITABLE, Column, RowState, headings, state_word
from pubkit.formats.tables.rows import Head, Row, find_head, make_rows, no_head, read_rows
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry
from pubkit.patterns import pattern
from pubkit.values import dataclass

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

# ---------------------------------------------------------------- writing

WIDTHS = {
    Column.DOCUMENT: 14,
    Column.CONTEXT: 16,
    Column.ROLE: 14,
    Column.SOURCE: 60,
    Column.TRANSLATION: 60,
    Column.STATE: 16,
    Column.COMMENT: 32,
    Column.NOTE: 40,
    Column.KEY: 10,
}
MAX_CELL = 32_767
"""UTF-16 units in a cell; Excel cuts off the rest without a word."""


def format_xlsx(catalogs: Mapping[str, Catalog], *, source_lang: str, target_lang: str) -> bytes:
    """Write catalogs as one sheet in which translations, states and comments can be edited.

    The same catalogs give the same bytes.

    Args:
        catalogs: By the names of their documents.
        source_lang: The language of the msgids.
        target_lang: The language of the msgstrs.

    Raises:
        CatalogError: A text is too long for a cell.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    if sheet is None:
        raise AssertionError
    sheet.title = _("Translation")
    sheet.append(headings(source_lang, target_lang))
    paths = {name: catalog.path for name, catalog in catalogs.items()}
    for number, (entry, cells) in enumerate(make_rows(catalogs), start=2):
        for place, column in enumerate(Column, start=1):
            text = _escape(cells[column])
            _verify_length(text, entry, paths[cells[Column.DOCUMENT]])
            _fill(sheet.cell(number, place), text, is_editable=column in EDITABLE)
    _furnish(sheet)
    buffer = BytesIO()
    workbook.save(buffer)
    return _without_times(buffer.getvalue())


def _fill(cell: "Cell | MergedCell", text: str, *, is_editable: bool) -> None:
    from openpyxl.styles import Alignment, Protection

    cell.value = text
    cell.data_type = "s"  # else a text that begins with "=" would be a formula
    cell.quotePrefix = True  # nor does it become one when somebody edits the cell
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.protection = Protection(locked=not is_editable)


def _furnish(sheet: "Worksheet") -> None:
    """Make the sheet fit for work: what may be edited, seen and sorted."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, column in enumerate(Column, start=1):
        head = sheet.cell(1, place)
        head.font = Font(bold=True)
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = WIDTHS[column]
        dimension.hidden = column is Column.KEY
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    words = ",".join(map(state_word, RowState))
    choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    letter = get_column_letter(list(Column).index(Column.STATE) + 1)
    choice.add(f"{letter}2:{letter}{max(sheet.max_row, 2)}")
    sheet.add_data_validation(choice)
    protection = sheet.protection
    protection.sheet = True  # without a password: it guards from slips, not from people
    protection.formatColumns = protection.formatRows = protection.formatCells = False
    protection.autoFilter = protection.sort = False  # which means: allowed


def _verify_length(text: str, entry: Entry, path: str | None) -> None:
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > MAX_CELL:
        raise CatalogError(
            _("A cell of a workbook holds {limit} characters; this text has more.").format(
                limit=MAX_CELL
            ),
            location=Location(path or "", entry.line or None),
            remedy=_("Export it as CSV or XLIFF."),
        )


_SPECIAL = pattern("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ESCAPED = pattern("_x([0-9A-Fa-f]{4})_")


def _escape(text: str) -> str:
    """Return a text as workbooks write characters that XML lacks, and carriage returns."""
    return _SPECIAL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


_TIME = pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def _without_times(data: bytes) -> bytes:
    """Return a workbook that does not say when it was made."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _TIME.sub("1980-01-01T00:00:00Z", part.decode()).encode()
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


# ---------------------------------------------------------------- reading

MAX_UNPACKED = 200_000_000
"""Bytes of all parts; 20,000 long rows have 30 million."""
MAX_PARTS = 1_000
MAX_COLUMNS = 50
MAX_ROWS = 1_048_576
"""Of all sheets; no spreadsheet program has more in one."""


def parse_xlsx(
    data: bytes, *, path: str = "", limits: Limits = DEFAULT_LIMITS
) -> tuple[Bitext, ...]:
    """Read the tables of a workbook; sheets without their head are left aside.

    Each sheet may be in a language of its own.

    Raises:
        CatalogError: It is no workbook, a dangerous one, has too many rows, or a row makes no
            sense.
    """
    return read_rows(_all_rows(data, path), path=path, limits=limits)


def _all_rows(data: bytes, path: str) -> Iterator[Row]:
    with _explained(path):
        tables = [(sheet, head) for sheet in _worksheets(data, path) if (head := _head(sheet))]
        if not tables:
            raise no_head(path)
        rows = (row for sheet, head in tables for row in _rows(sheet, head, path))
        for number, row in enumerate(rows, start=2):
            if number > MAX_ROWS:
                raise _unreadable(path, _("it has more rows than a sheet can have"))
            yield row


def _worksheets(data: bytes, path: str) -> "list[Worksheet]":
    from openpyxl import load_workbook

    _verify_parts(data, path)
    workbook = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    return cast("list[Worksheet]", workbook.worksheets)


@contextmanager
def _explained(path: str) -> Iterator[None]:
    """Turn whatever openpyxl raises of a malformed part into an error that names the file."""
    try:
        yield
    except CatalogError:
        raise
    except Exception as error:
        raise _unreadable(path, str(error)) from None


def _head(sheet: "Worksheet") -> Head | None:
    first = next(sheet.iter_rows(max_row=1, max_col=MAX_COLUMNS, values_only=True), ())
    return find_head([str(value or "") for value in first])


def _rows(sheet: "Worksheet", head: Head, path: str) -> Iterator[Row]:
    # One row more than there may be: what the sheet itself says of its size need not be true.
    rows = sheet.iter_rows(min_row=2, max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)
    for number, cells in enumerate(rows, start=2):
        texts = {
            column: _text(cells[place], number, place, path)
            for place, column in head.columns.items()
            if place < len(cells)
        }
        yield Row(number, {Column.SOURCE: "", Column.TRANSLATION: ""} | texts, head.lang)


def _text(cell: "Cell | MergedCell", number: int, place: int, path: str) -> str:
    value = cell.value
    if value is None:
        return ""
    if _is_text(cell):
        return _whole(_unescape(str(value)), Location(path, number, place + 1))
    raise CatalogError(
        _("The cell holds {kind}, not text: {value}").format(
            kind=_kind(cell), value=str(value)[:40]
        ),
        location=Location(path, number, place + 1),
        remedy=_("Format the cell as text and type its content again."),
    )


def _is_text(cell: "Cell | MergedCell") -> bool:
    return isinstance(cell.value, str) and cell.data_type in ("s", "inlineStr", "str")


def _kind(cell: "Cell | MergedCell") -> str:
    kinds = {"f": _("a formula"), "d": _("a date"), "b": _("a logical value"), "e": _("an error")}
    return kinds.get(cell.data_type, _("a number"))


# ---------------------------------------------------------------- reading whatever a sheet holds


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet."""

    number: int
    cells: Sequence[str]
    kinds: Mapping[int, str]
    """What the cells hold that hold no text, by their places: such as a date."""
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet of a workbook."""

    title: str
    _sheet: "Worksheet"
    _path: str

    def rows(self, *, last: int = MAX_ROWS, width: int | None = None) -> Iterator[SheetRow]:
        """Yield the rows up to the last one, each with at most so many cells.

        Raises:
            CatalogError: A part of the workbook is malformed.
        """
        with _explained(self._path):
            markup = self._markup()
            self._sheet.reset_dimensions()  # type: ignore[attr-defined]  # they need not be true
            rows = self._sheet.iter_rows(min_row=1, max_row=last, max_col=width)
            # Of what comes after the last cell that is there, openpyxl makes empty rows.
            for number, cells in enumerate(rows, start=1):
                if cells:
                    yield _sheet_row(number, cells, markup)

    def _markup(self) -> "_Markup":
        with self._sheet._get_source() as part:  # type: ignore[attr-defined]
            content = part.read()
        return _Markup(_hidden_rows(content), _covered_cells(content, self._path))


class _Markup(NamedTuple):
    """What openpyxl does not tell of a sheet that it reads row by row."""

    hidden: frozenset[int]
    """The rows that nobody sees: hidden by hand, or by a filter."""
    covered: Mapping[int, set[int]]
    """By rows, the places of cells that belong to a merged one and are not its first."""


def _sheet_row(number: int, cells: "Sequence[Cell | MergedCell]", markup: _Markup) -> SheetRow:
    kinds = {
        place: _kind(cell)
        for place, cell in enumerate(cells)
        if not (cell.value is None or _is_text(cell) or _is_whole_number(cell.value))
    }
    for place in markup.covered.get(number, ()):
        kinds[place] = _("part of a merged cell")
    texts = ["" if cell.value is None else _unescape(str(cell.value)) for cell in cells]
    return SheetRow(number, texts, kinds, number in markup.hidden)


_ROW = re.compile(rb"<(?:[\w.-]+:)?row\b[^>]*>")
_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d+)[\"']")
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")


def _hidden_rows(content: bytes) -> frozenset[int]:
    numbers: set[int] = set()
    number = 0
    for match in _ROW.finditer(content):
        said = _NUMBER.search(match[0])
        number = int(said[1]) if said else number + 1
        if _HIDDEN.search(match[0]):
            numbers.add(number)
    return frozenset(numbers)


_MERGED = re.compile(rb"<(?:[\w.-]+:)?mergeCell\b[^>]*\bref\s*=\s*[\"']([A-Z]+\d+:[A-Z]+\d+)[\"']")
MAX_MERGED = 1_000_000
"""Cells of a sheet that are covered by merged ones."""


def _covered_cells(content: bytes, path: str) -> Mapping[int, set[int]]:
    from openpyxl.utils.cell import range_boundaries

    covered: dict[int, set[int]] = {}
    number = 0
    for match in _MERGED.finditer(content):
        left, top, right, bottom = (edge or 1 for edge in range_boundaries(match[1].decode()))
        number += (right - left + 1) * (bottom - top + 1)
        if number > MAX_MERGED:
            raise _unreadable(path, _("it merges too many cells"))
        for row in range(top, bottom + 1):
            covered.setdefault(row, set()).update(range(left - 1, right))
        covered[top].discard(left - 1)
    return covered


def _is_whole_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def read_sheets(data: bytes, *, path: str = "") -> tuple[Sheet, ...]:
    """Return the visible sheets of a workbook.

    Raises:
        CatalogError: It is no workbook, or a dangerous one.
    """
    with _explained(path):
        sheets = _worksheets(data, path)
        return tuple(
            Sheet(sheet.title, sheet, path) for sheet in sheets if sheet.sheet_state == "visible"
        )


_HALF = pattern("[\ud800-\udfff]")


def _whole(text: str, place: Location) -> str:
    """Return a text that no file can hold if it has half of a surrogate pair.

    Raises:
        CatalogError: It has.
    """
    half = _HALF.search(text)
    if half is None:
        return text
    raise CatalogError(
        _("The cell has half of a character: {code}").format(code=f"U+{ord(half[0]):04X}"),
        location=place,
        remedy=_("Type its content again."),
    )


def _verify_parts(data: bytes, path: str) -> None:
    """Refuse what is no workbook, or one that would do harm when it is unpacked.

    Raises:
        CatalogError: It is encrypted, has macros or entities, or its parts are too large.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _unreadable(path, _("it is protected by a password, or of Excel 97"))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _verify_archive(archive, path)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError) as error:
        raise _unreadable(path, str(error)) from None
    except (OSError, EOFError, ValueError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise _unreadable(path, str(error)) from None


def _verify_archive(archive: zipfile.ZipFile, path: str) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _unreadable(path, _("its parts are too large or too many"))
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise _unreadable(path, _("it has macros"))
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            _verify_part(archive.read(part), path)


_DOCTYPES = tuple(
    text.encode(charset)
    for text in ("<!DOCTYPE", "<!ENTITY")
    for charset in ("ascii", "utf-16-le", "utf-16-be")
)


def _verify_part(content: bytes, path: str) -> None:
    if any(text in content for text in _DOCTYPES):
        raise _unreadable(path, _("it defines entities"))


def _unreadable(path: str, reason: str) -> CatalogError:
    return CatalogError(
        _("The workbook cannot be read: {reason}").format(reason=reason),
        location=Location(path),
        remedy=_("Save it as an ordinary Excel workbook (.xlsx), without macros and password."),
    )
