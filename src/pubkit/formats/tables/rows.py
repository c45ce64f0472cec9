"""Catalogs as rows of cells, and back; how cells stand in a file is known elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pubkit.config.limits import Limits, raised
from pubkit.errors import CatalogError, Location
from pubkit.formats.exchange import Bitext, Marks, exportable, identifier, marks_of, read_marks
from pubkit.formats.tables.columns import Column, RowState, find_heading, find_state, state_word
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry, Key
from pubkit.patterns import pattern
from pubkit.values import dataclass

Cells = Mapping[Column, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table that was read."""

    number: int
    """Its number in a spreadsheet, or its line in a file."""
    cells: Cells
    lang: str | None
    """The language of its translation, if the head of its table says so."""


# ---------------------------------------------------------------- writing


def make_rows(catalogs: Mapping[str, Catalog]) -> Iterator[tuple[Entry, Cells]]:
    """Yield the rows of catalogs, by the names of their documents, each with its entry."""
    for name, catalog in catalogs.items():
        for entry in exportable(catalog):
            yield from ((entry, cells) for cells in _cells(name, entry))


def _cells(name: str, entry: Entry) -> Iterator[Cells]:
    key = identifier(entry.key)
    for form, (source, target) in enumerate(_texts(entry)):
        number = "" if entry.msgid_plural is None else f".{form}"
        yield {
            Column.DOCUMENT: name,
            Column.CONTEXT: entry.msgctxt or "",
            Column.ROLE: next(iter(entry.extracted_comments), ""),
            Column.SOURCE: source,
            Column.TRANSLATION: target,
            Column.STATE: state_word(_state(entry, target)),
            Column.COMMENT: "\n".join(entry.translator_comments),
            Column.NOTE: "\n".join(_notes(entry)),
            Column.KEY: f"{key}{number}-{marks_of(entry)}",
        }


def _texts(entry: Entry) -> list[tuple[str, str]]:
    if entry.msgid_plural is None:
        return [(entry.msgid, entry.msgstr)]
    sources = (entry.msgid, *(entry.msgid_plural for _form in entry.msgstr_plural[1:]))
    return list(zip(sources, entry.msgstr_plural, strict=False))


def _state(entry: Entry, target: str) -> RowState:
    if entry.is_fuzzy:
        return RowState.FUZZY
    return RowState.TRANSLATED if target else RowState.UNTRANSLATED


def _notes(entry: Entry) -> Iterator[str]:
    yield from entry.extracted_comments[1:]
    if entry.msgid_plural is not None:
        yield _("Plural: {text}").format(text=entry.msgid_plural)
    if entry.previous_msgid is not None:
        yield _("The source was: {text}").format(text=entry.previous_msgid)


# ---------------------------------------------------------------- the head of a table


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table."""

    columns: Mapping[int, Column]
    """By their places."""
    width: int
    """The number of its cells."""
    lang: str | None
    """Of the translations, if it says so."""


def find_head(cells: Sequence[str]) -> Head | None:
    """Return the head of a table, if these cells are one."""
    read = [(place, found) for place, cell in enumerate(cells) if (found := find_heading(cell))]
    columns = {place: found.column for place, found in read}
    is_head = {Column.SOURCE, Column.TRANSLATION} <= set(columns.values())
    if not is_head or len(set(columns.values())) < len(columns):
        return None
    lang = next(found.lang for _place, found in read if found.column is Column.TRANSLATION)
    return Head(columns, len(cells), lang)


def no_head(path: str) -> CatalogError:
    """Return the error to raise for a table whose head was not found."""
    return CatalogError(
        _("The table has no heading “Source” beside one “Translation”."),
        location=Location(path, 1),
        remedy=_("Keep the first row of the exported file as it was."),
    )


# ---------------------------------------------------------------- reading


def read_rows(rows: Iterable[Row], *, path: str, limits: Limits) -> tuple[Bitext, ...]:
    """Return what tables hold, for each of their documents and languages.

    Rows may have been removed, added and put into another order.

    Raises:
        CatalogError: A source text is not the one that was exported, a cell makes no sense, or
            there are more rows than entries are allowed.
    """
    found: dict[tuple[str, str | None], list[_Read]] = {}
    for number, row in enumerate(filter(_has_text, rows), start=1):
        if number > limits.catalog_entries:
            raise _too_many(row, path, limits.catalog_entries)
        name = row.cells.get(Column.DOCUMENT, "").strip()
        found.setdefault((name, row.lang), []).append(_read_row(row, path))
    return tuple(_bitext(name, read, path, lang) for (name, lang), read in found.items())


def _has_text(row: Row) -> bool:
    return any(text.strip() for text in row.cells.values())


def _too_many(row: Row, path: str, most: int) -> CatalogError:
    remedy = raised(_("Cut the table into several files"), "catalog_entries")
    return _fault(row, path, _("The table has more than {most} rows.").format(most=most), remedy)


@dataclass(frozen=True, slots=True)
class _Read:
    """A row as an entry; of plural forms each is one."""

    entry: Entry
    marks: Marks | None
    group: str
    form: int


def _bitext(name: str, rows: list[_Read], path: str, lang: str | None) -> Bitext:
    groups: dict[str, list[_Read]] = {}
    for place, row in enumerate(rows):
        groups.setdefault(row.group or f"row {place}", []).append(row)
    entries = tuple(map(_joined, groups.values()))
    marks = {row.entry.key: row.marks for row in rows if row.marks and not row.form}
    catalog = Catalog(entries=entries, path=path, lang=lang)
    return Bitext(document=name or None, catalog=catalog, marks=marks)


def _joined(rows: list[_Read]) -> Entry:
    rows = sorted(rows, key=lambda row: row.form)
    first = rows[0].entry
    if not rows[0].group:
        return _as_exported(first, rows[0].marks)
    plural = replace(
        first,
        msgstr="",
        msgstr_plural=tuple(row.entry.msgstr for row in rows),
        flags=("fuzzy",) if any(row.entry.is_fuzzy for row in rows) else (),
    )
    return _as_exported(plural, rows[0].marks)


_KEY = pattern(r"(u[0-9a-f]{16})(?:\.([0-5]))?-([0-9a-f]{16})")


def _read_row(row: Row, path: str) -> _Read:
    text = row.cells.get(Column.KEY, "").strip()
    key = _KEY.fullmatch(text)
    if text and not key:
        raise _fault(
            row,
            path,
            _("The key of this row has been changed: “{text}”.").format(text=text[:40]),
            _("Undo the change, or export the table again and put the translations in."),
        )
    form = int(key[2] or 0) if key else 0
    marks = read_marks(key[3]) if key else None
    context, source = _source(row, path, key[1] if key and not form else None)
    entry = Entry(
        msgid=source,
        msgctxt=context,
        msgstr=_translation(row, path),
        translator_comments=_comments(row),
        flags=_flags(row, path),
        line=row.number,
    )
    return _Read(entry, marks, key[1] if key and key[2] else "", form)


def _source(row: Row, path: str, wanted: str | None) -> Key:
    """Return context and source, which must be those that were exported.

    An empty cell may stand for no context and for an empty one; a spreadsheet program writes line
    breaks in its own way.
    """
    cell, source = row.cells.get(Column.CONTEXT, ""), row.cells[Column.SOURCE]
    contexts = (cell, _with_newlines(cell)) if cell else (None, "")
    for candidate in ((c, s) for s in (source, _with_newlines(source)) for c in contexts):
        if wanted is None or identifier(candidate) == wanted:
            return candidate
    raise _fault(
        row,
        path,
        _(
            "The source text or context of this row is not the one that was exported: “{text}”."
        ).format(text=" ".join(source.split())[:60]),
        _(
            "Undo the change: a spreadsheet program may have made a date, a number or other "
            "quotation marks of it, or the row was sorted without its key. Or export it again."
        ),
    )


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


_SPOILED = pattern(r"-?\d(?:[.,]\d+)?E[+-]\d+|#(?:NAME|REF|VALUE|DIV/0|N/A|NUM|NULL)[?!]?|#{4,}")


def _translation(row: Row, path: str) -> str:
    text = row.cells[Column.TRANSLATION]
    if _SPOILED.fullmatch(text.strip()) and text.strip() not in row.cells[Column.SOURCE]:
        raise _fault(
            row,
            path,
            _("A spreadsheet program has made “{text}” of this translation.").format(text=text),
            _("Format the cell as text and type the translation again."),
        )
    return text


def _comments(row: Row) -> tuple[str, ...]:
    text = row.cells.get(Column.COMMENT, "")
    return tuple(_with_newlines(text).split("\n")) if text else ()


def _flags(row: Row, path: str) -> tuple[str, ...]:
    word = row.cells.get(Column.STATE, "").strip()
    state = find_state(word)
    if word and state is None:
        raise _fault(
            row,
            path,
            _("“{word}” is no state.").format(word=word[:40]),
            _("Write one of: {states}").format(states=", ".join(map(state_word, RowState))),
        )
    return ("fuzzy",) if state is RowState.FUZZY else ()


def _as_exported(entry: Entry, marks: Marks | None) -> Entry:
    """Return the entry with the line breaks of catalogs, unless it went out with others."""
    texts = (entry.msgstr, *entry.msgstr_plural)
    is_untouched = marks and marks.translation == marks_of(entry).translation
    if is_untouched or not any("\r" in text for text in texts):
        return entry
    plural = tuple(map(_with_newlines, entry.msgstr_plural))
    return replace(entry, msgstr=_with_newlines(entry.msgstr), msgstr_plural=plural)


def _fault(row: Row, path: str, message: str, remedy: str) -> CatalogError:
    return CatalogError(message, location=Location(path, row.number), remedy=remedy)
