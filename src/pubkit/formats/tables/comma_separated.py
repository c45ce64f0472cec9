"""Tables as .csv: written so that no program takes a text for a formula, read as Excel saves it.

Source:
    RFC 4180; OWASP, "CSV Injection".
"""

import codecs
import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from itertools import chain, islice

from pubkit.config.limits import DEFAULT_LIMITS, Limits
from pubkit.errors import CatalogError, Location
from pubkit.formats.exchange import Bitext
from pubkit.formats.tables.columns import Column, headings
from pubkit.formats.tables.delimited import find_layout, find_separator, read_lines
from pubkit.formats.tables.rows import Head, Row, find_head, make_rows, no_head, read_rows
from pubkit.messages import gettext as _
from pubkit.model import Catalog
from pubkit.patterns import pattern

# ---------------------------------------------------------------- writing


def format_csv(catalogs: Mapping[str, Catalog], *, source_lang: str, target_lang: str) -> bytes:
    """Write catalogs as one table, in UTF-8 with a byte order mark, which Excel asks for.

    Args:
        catalogs: By the names of their documents.
        source_lang: The language of the msgids.
        target_lang: The language of the msgstrs.

    Raises:
        CatalogError: A text has half of a surrogate pair, which UTF-8 cannot hold.
    """
    rows = ([cells[column] for column in Column] for _entry, cells in make_rows(catalogs))
    return format_rows(chain((headings(source_lang, target_lang),), rows))


def format_rows(rows: Iterable[Iterable[str]]) -> bytes:
    """Write a table that every spreadsheet program reads, and of which none computes anything."""
    file = StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows(map(_harmless, row) for row in rows)
    return codecs.BOM_UTF8 + file.getvalue().encode()


_FORMULA = pattern(r"'*[=+\-@\t\r＝＋－＠]")
_HARMLESS = pattern(r"'+[=+\-@\t\r＝＋－＠]")


def _harmless(text: str) -> str:
    """Return a text that no spreadsheet program computes: with an apostrophe before it."""
    return "'" + text if _FORMULA.match(text) else text


def as_meant(text: str) -> str:
    """Return a text as it was before it was made harmless."""
    return text[1:] if _HARMLESS.match(text) else text


# ---------------------------------------------------------------- reading


def parse_csv(
    data: bytes, *, path: str = "", limits: Limits = DEFAULT_LIMITS
) -> tuple[Bitext, ...]:
    """Read a table that was separated by commas, semicolons or tabs.

    Raises:
        CatalogError: It is in another charset, has no head or too many rows, or a row makes no
            sense.
    """
    layout = find_layout(_decode(data, path))
    found = find_separator(layout, find_head)
    if found is None:
        raise no_head(path)
    separator, head = found
    longest = 2 * limits.catalog_text
    lines = islice(read_lines(layout, separator, path=path, longest=longest), 1, None)
    rows = (_row(cells, head, number=number, path=path) for number, cells in lines)
    return read_rows(rows, path=path, limits=limits)


def _decode(data: bytes, path: str) -> str:
    charset = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    try:
        return data.decode(charset).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CatalogError(
            _(
                "The byte {byte} is not UTF-8; Excel saves plain CSV in the charset of Windows."
            ).format(byte=f"0x{data[error.start]:02X}"),
            location=Location(path, line),
            remedy=_("Save it again as “CSV UTF-8”, or as an Excel workbook (.xlsx)."),
        ) from None


def _row(cells: list[str], head: Head, *, number: int, path: str) -> Row:
    if any(cells[head.width :]):
        raise CatalogError(
            _("The row has {found} cells; its head has {wanted}.").format(
                found=len(cells), wanted=head.width
            ),
            location=Location(path, number),
            remedy=_("Put texts with separators in quotation marks, or use .xlsx."),
        )
    columns = head.columns.items()
    found = {column: as_meant(cells[place]) for place, column in columns if place < len(cells)}
    return Row(number, {Column.SOURCE: "", Column.TRANSLATION: ""} | found, head.lang)
