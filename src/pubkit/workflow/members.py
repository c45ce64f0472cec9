"""The members of an association: read from a roster or a database, and known again.

A campaign that is resumed asks for the digest alone: as long as it is the same, nothing is parsed,
and neither email_validator nor openpyxl nor CLDR is needed.
"""

import hashlib
import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pubkit.errors import DeliveryError, Location
from pubkit.formats.files import read_bytes
from pubkit.messages import gettext as _
from pubkit.messages import shortened

if TYPE_CHECKING:
    from pubkit.config import Config
    from pubkit.config.settings import MemberSettings
    from pubkit.distribution.databases import DatabaseRow
    from pubkit.distribution.roster import Roster, RosterReader, Row
    from pubkit.formats.tables.roster import Table

RULES = 1
"""Of reading rosters: with other rules the same file gives other members."""
Progress = Callable[[int], None]
"""Is told from time to time how many rows have been read."""
URL = re.compile(r"[A-Za-z][A-Za-z0-9+._-]*://")


def is_database(members: str) -> bool:
    """Tell whether members are in a database, and not in a file."""
    return URL.match(members) is not None


def members_digest(
    config: "Config", members: str, *, query: str | None = None, encoding: str | None = None
) -> str:
    """Return what is the same as long as ``read_members`` would read the same.

    Args:
        config: The settings say how a roster is read.
        members: A file, or the SQLAlchemy URL of a database.
        query: The SQL that selects the members, instead of that of the settings.
        encoding: That of a .csv, if the user says it.

    Raises:
        DeliveryError: The file or the database cannot be read.
    """
    settings = config.members
    digest = _digest_of_settings(settings, encoding)
    if is_database(members):
        with _selected(members, query, settings, digest) as source:
            deque(source.rows, maxlen=0)
    else:
        digest.update(_read_file(members))
    return digest.hexdigest()


def read_members(
    config: "Config",
    members: str,
    *,
    query: str | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> "Roster":
    """Read the members from a file (.csv, .xlsx) or from a database.

    Args:
        config: The settings say how a roster is read.
        members: A file, or the SQLAlchemy URL of a database.
        query: The SQL that selects the members, instead of that of the settings.
        encoding: That of a .csv, if the user says it.
        progress: Is told how many rows have been read.

    Raises:
        DeliveryError: The roster as a whole cannot be read; rows that cannot are refused in it.
    """
    settings = config.members
    digest = _digest_of_settings(settings, encoding)
    if is_database(members):
        with _selected(members, query, settings, digest) as source:
            return _roster(source, settings, progress, digest)
    data = _read_file(members)
    digest.update(data)
    return _roster(_table_source(data, members, settings, encoding), settings, progress, digest)


def members_place(members: str) -> str:
    """Return how messages name a file or a database: no password is in it."""
    if not is_database(members):
        return members
    from pubkit.distribution.databases import database_place

    return database_place(members)


def _read_file(members: str) -> bytes:
    path = Path(members)
    if path.exists() and not path.is_file():
        raise DeliveryError(
            _("This is no file"),
            location=Location(members),
            remedy=_("Name a roster as .csv or .xlsx, or the URL of a database"),
        )
    return read_bytes(path, error=DeliveryError)


def _digest_of_settings(settings: "MemberSettings", encoding: str | None) -> "hashlib._Hash":
    """Begin a digest with everything but the rows that decides what is read of them."""
    said = [RULES, dict(settings.columns), settings.language, list(settings.fallback), encoding]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode() + b"\n")


# ---------------------------------------------------------------- a file


def _table_source(
    data: bytes, path: str, settings: "MemberSettings", encoding: str | None
) -> "_Source":
    from pubkit.distribution.columns import count_headings
    from pubkit.formats.tables.roster import read_table

    table = read_table(
        data,
        path=path,
        count_headings=lambda cells: count_headings(cells, settings.columns),
        encoding=encoding,
    )
    place = Location(path, table.head_line)
    return _Source(table.head, _cells(table), place, partial(_notes_of_table, table))


def _cells(table: "Table") -> "Iterator[_Cells]":
    return ((row.number, row.cells, row.kinds, row.fault) for row in table.rows)


def _notes_of_table(table: "Table", roster: "RosterReader") -> Iterator[str]:
    """Yield how a file was read, where it might have been read otherwise."""
    if table.encoding:
        first = next((name for name in roster.names() if not name.isascii()), "")
        yield _("Read as {encoding}; the first name is {name}").format(
            encoding=table.encoding, name=first or "-"
        )
    if table.other_sheets:
        yield _(
            "Read from the sheet “{sheet}”; not read, though they have addresses: {others}"
        ).format(sheet=table.sheet, others=", ".join(table.other_sheets))
    if table.skipped:
        lines = ", ".join(map(str, table.skipped))
        yield _("Lines above the headings that were passed over: {lines}").format(lines=lines)


# ---------------------------------------------------------------- a database


@contextmanager
def _selected(
    url: str, query: str | None, settings: "MemberSettings", digest: "hashlib._Hash"
) -> "Iterator[_Source]":
    """Give what the query selects; when all of it was read, the digest knows it."""
    from pubkit.distribution.databases import database_place, select_members

    with select_members(url, query or settings.query) as selection:
        digest.update(repr(selection.head).encode("utf-8", "surrogatepass"))
        rows = _digested(selection.rows, digest)
        yield _Source(selection.head, rows, Location(database_place(url)), lambda _reader: iter(()))


def _digested(rows: "Iterator[DatabaseRow]", digest: "hashlib._Hash") -> "Iterator[_Cells]":
    for row in rows:
        digest.update(repr((row.cells, sorted(row.kinds))).encode("utf-8", "surrogatepass"))
        yield (*row, "")


# ---------------------------------------------------------------- wherever the rows come from

_Cells = tuple[int, Sequence[str], Mapping[int, str], str]


class _Source(NamedTuple):
    """Where members come from."""

    head: Sequence[str]
    rows: Iterator[_Cells]
    place: Location
    notes: "Callable[[RosterReader], Iterator[str]]"


def _roster(
    source: _Source,
    settings: "MemberSettings",
    progress: Progress | None,
    digest: "hashlib._Hash",
) -> "Roster":
    from pubkit.distribution.columns import LANGUAGE, find_columns
    from pubkit.distribution.roster import Roster, RosterReader
    from pubkit.localize import find_language

    try:
        places = find_columns(source.head, settings.columns)
        _verify_language(LANGUAGE in places, settings)
    except DeliveryError as error:
        raise DeliveryError(error.message, location=source.place, remedy=error.remedy) from None
    reader = RosterReader(find_language, settings.language)
    reader.read(_rows(source.rows, places), progress)
    notes = (*source.notes(reader), *_unused(source.head, places), *reader.notes())
    return Roster(
        recipients=reader.recipients(),
        refusals=tuple(sorted(reader.refusals, key=lambda refusal: refusal.line)),
        notes=notes,
        digest=digest.hexdigest(),
    )


def _rows(rows: Iterable[_Cells], places: Mapping[str, int]) -> "Iterator[Row]":
    from pubkit.distribution.roster import Row

    for number, cells, kinds, fault in rows:
        width = len(cells)
        texts = {column: cells[place] for column, place in places.items() if place < width}
        used = {column: kinds[place] for column, place in places.items() if place in kinds}
        yield Row(number, texts, used, fault)


def _verify_language(has_column: bool, settings: "MemberSettings") -> None:
    if not has_column and not settings.language:
        raise DeliveryError(
            _("No column says which language the members read"),
            remedy=_(
                "Head it “Language” or “语言”, or set language in [members] of pubkit.toml for all"
            ),
        )


def _unused(head: Sequence[str], places: Mapping[str, int]) -> Iterator[str]:
    """Yield which columns are of no use: one may have been meant otherwise."""
    used = set(places.values())
    unused = [text for place, text in enumerate(head) if text.strip() and place not in used]
    if unused:
        columns = ", ".join(f"“{shortened(text, 30)}”" for text in unused)
        yield _("Columns that are not used: {columns}").format(columns=columns)
