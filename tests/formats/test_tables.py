"""Tables: what is written is read again, and what spreadsheets make of it is undone or refused."""

import csv
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook

from pubkit import messages
from pubkit.config import DEFAULT_LIMITS
from pubkit.errors import CatalogError
from pubkit.formats.exchange import Bitext, marks_of
from pubkit.formats.tables import format_csv, format_xlsx, parse_csv, parse_xlsx
from pubkit.model import Catalog, Entry
from tests.formats.exchanged import catalogs

WAYS = {".csv": (format_csv, parse_csv), ".xlsx": (format_xlsx, parse_xlsx)}
ways = pytest.mark.parametrize("way", WAYS)


def write(way: str, *entries: Entry) -> bytes:
    """Return a table with the entries of one document."""
    catalog = Catalog(entries=entries, path="zh.po", lang="zh")
    return WAYS[way][0]({"report": catalog}, source_lang="en", target_lang="zh")


def read(way: str, data: bytes) -> Bitext:
    """Return the only document of a table."""
    (bitext,) = WAYS[way][1](data, path=f"t{way}")
    return bitext


def kept(entry: Entry) -> Entry:
    """Return what a table keeps of an entry; one empty comment is none."""
    comments = entry.translator_comments
    return replace(
        entry,
        translator_comments=() if comments == ("",) else comments,
        extracted_comments=(),
        previous_msgid=None,
        msgid_plural=None,
    )


@ways
@settings(max_examples=25)
@given(entries=catalogs)
def test_what_is_written_is_read_again(way: str, entries: list[Entry]) -> None:
    """Formulas, zeros, spaces, line breaks, marks of formats: every text comes back."""
    data = write(way, *entries)
    read_again = WAYS[way][1](data, path="t")

    assert [e for b in read_again for e in b.catalog.entries] == [kept(e) for e in entries]
    assert all(b.marks == {e.key: marks_of(e) for e in entries} for b in read_again)
    assert all((b.document, b.catalog.lang) == ("report", "zh") for b in read_again)


@ways
def test_the_same_catalogs_give_the_same_bytes(way: str) -> None:
    """A file that exists already is known as what would be written."""
    assert write(way, Entry(msgid="A")) == write(way, Entry(msgid="A"))


@ways
def test_tables_of_other_languages_are_read(way: str) -> None:
    """Who exports in Chinese may import in English."""
    entry = Entry(msgid="A", msgstr="甲", flags=("fuzzy",))
    messages.speak(["zh"])
    try:
        data = write(way, entry)
    finally:
        messages.speak(())

    assert read(way, data).catalog.entries == (entry,)
    assert read(way, data).catalog.lang == "zh"


DANGEROUS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    "''@x",
    "＝1+1",
    "=cmd|' /C calc'!A0",
)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    """It begins with an apostrophe, which is taken away again."""
    data = write(".csv", Entry(msgid="A", msgstr=text))
    _head, row = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))

    assert row[4][0] == "'"
    assert read(".csv", data).catalog.entries[0].msgstr == text


@pytest.mark.parametrize("text", [*DANGEROUS, "007", "2025-03-14", "TRUE", "_x0041_"])
def test_every_cell_of_a_workbook_is_text(text: str) -> None:
    """And stays so when somebody edits it."""
    sheet = load_workbook(BytesIO(write(".xlsx", Entry(msgid="A", msgstr=text)))).active
    assert sheet is not None
    cell = sheet["E2"]

    assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)


def test_a_workbook_is_fit_for_work() -> None:
    """What is edited is open, the rest is locked; the head stays, long texts are wrapped."""
    sheet = load_workbook(BytesIO(write(".xlsx", Entry(msgid="A", msgstr="甲")))).active
    assert sheet is not None
    locked = [cell.protection.locked for cell in sheet[2]]

    assert sheet.protection.sheet
    assert locked == [True, True, True, True, False, False, False, True, True]
    assert sheet.freeze_panes == "A2"
    assert sheet["D2"].alignment.wrap_text
    assert sheet.column_dimensions["D"].width >= 50
    assert sheet.column_dimensions["I"].hidden


def test_a_text_too_long_for_a_cell_is_refused() -> None:
    """Excel would cut it off; CSV holds it."""
    entry = Entry(msgid="A", msgstr="甲" * 32_768, line=7)

    with pytest.raises(CatalogError, match="32767") as caught:
        write(".xlsx", entry)
    assert str(caught.value.location) == "zh.po:7"
    assert read(".csv", write(".csv", entry)).catalog.entries == (entry,)


# ---------------------------------------------------------------- what spreadsheets do

ENTRIES = (
    Entry(msgid='Say "yes"', msgstr="说“是”", msgctxt="verb"),
    Entry(msgid="One\ntwo", msgstr="一\n二", translator_comments=("a", "b")),
    Entry(msgid="007", msgstr=""),
)


def resaved(separator: str, charset: str, newline: str) -> bytes:
    """Return the table as a spreadsheet program saves it."""
    rows = csv.reader(StringIO(write(".csv", *ENTRIES).decode("utf-8-sig"), newline=""))
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
    writer.writerows([cell.replace("\n", newline) for cell in row] for row in rows)
    return file.getvalue().encode(charset)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_tables_of_spreadsheets_are_read(separator: str, charset: str, newline: str) -> None:
    """Separator, charset and line breaks differ between programs and countries."""
    assert read(".csv", resaved(separator, charset, newline)).catalog.entries == ENTRIES


def test_a_line_may_say_the_separator() -> None:
    """Excel understands it, and some tools write it."""
    data = b"sep=|\r\nSource|Translation\r\nA, b|\xe7\x94\xb2\r\n"

    assert read(".csv", data).catalog.entries == (Entry(msgid="A, b", msgstr="甲"),)


def test_a_table_by_hand_needs_two_columns() -> None:
    """Its rows are found by their texts; the language may stand in the heading."""
    bitext = read(".csv", "Source,Translation (zh-CN)\nA,甲\n,\n".encode())

    assert (bitext.document, bitext.catalog.lang, bitext.marks) == (None, "zh-CN", {})
    assert bitext.catalog.entries == (Entry(msgid="A", msgstr="甲"),)


@pytest.mark.parametrize(
    ("word", "is_fuzzy"),
    [
        ("untranslated", False),
        ("to be reviewed", True),
        ("Fuzzy", True),
        ("已译", False),
        ("", False),
    ],
)
def test_states_are_words(word: str, is_fuzzy: bool) -> None:
    """What was filled in is a translation, whatever the state said before."""
    bitext = read(".csv", f"Source,Translation,State\nA,甲,{word}\n".encode())

    assert bitext.catalog.entries[0].is_fuzzy == is_fuzzy


LANGUAGES = {"zh": ("一", "五"), "fr": ("un", "cinq")}


def sheets(*languages: str) -> bytes:
    """Return a workbook with a sheet for each of these languages; their rows have one number."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, lang in enumerate(languages):
        sheet = book.create_sheet(f"{number}")
        sheet.append(["Source", f"Translation ({lang})"])
        for source, translation in zip(("one", "five"), LANGUAGES[lang], strict=True):
            sheet.append([source, translation])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_each_sheet_has_its_language() -> None:
    """Rows of one number are entries of their own, and none comes under another language."""
    both = parse_xlsx(sheets("zh", "fr"))

    assert [bitext.catalog.lang for bitext in both] == ["zh", "fr"]
    for bitext in both:
        texts = tuple(entry.msgstr for entry in bitext.catalog.entries)
        assert texts == LANGUAGES[bitext.catalog.lang or ""]


def test_sheets_of_one_language_are_one_table() -> None:
    """A second sheet loses no row."""
    (bitext,) = parse_xlsx(sheets("zh", "zh"))

    assert [entry.msgstr for entry in bitext.catalog.entries] == [*LANGUAGES["zh"]] * 2


@ways
def test_a_table_may_have_as_many_rows_as_a_catalog_entries(way: str) -> None:
    """One more is refused, and never left out; rows without text do not count."""
    data = write(way, Entry(msgid="A"), Entry(msgid="B"))
    two, one = (replace(DEFAULT_LIMITS, catalog_entries=most) for most in (2, 1))
    (bitext,) = WAYS[way][1](data, path="t", limits=two)

    assert [entry.msgid for entry in bitext.catalog.entries] == ["A", "B"]
    with pytest.raises(CatalogError, match="more than 1 rows") as caught:
        WAYS[way][1](data, path="t", limits=one)
    assert str(caught.value.location) == "t:3"
    assert "raise “catalog_entries”" in (caught.value.remedy or "")


def test_blank_rows_of_a_workbook_do_not_count() -> None:
    """Whoever has typed in the last row of a sheet has not filled it."""

    def change(book: Workbook) -> None:
        book.active["D10000"].value = "B"  # type: ignore[index]

    limits = replace(DEFAULT_LIMITS, catalog_entries=2)
    read_again = parse_xlsx(workbook(change), limits=limits)

    assert [entry.msgid for bitext in read_again for entry in bitext.catalog.entries] == ["A", "B"]


@pytest.mark.parametrize("text", ["_xFFFD_", "_xD7FF_", "_xE000_"])
def test_escaped_characters_of_workbooks_are_read(text: str) -> None:
    """Those beside the halves that are refused."""
    (bitext,) = parse_xlsx(workbook(put(text)))

    assert bitext.catalog.entries[0].msgstr == chr(int(text[2:6], 16))


# ---------------------------------------------------------------- hostile workbooks


def workbook(change: Callable[[Workbook], object]) -> bytes:
    """Return an exported workbook that somebody has changed."""
    book = load_workbook(BytesIO(write(".xlsx", Entry(msgid="A", msgstr="甲"))))
    change(book)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def archive(**parts: bytes) -> bytes:
    """Return an exported workbook with other parts in it."""
    buffer = BytesIO()
    old = zipfile.ZipFile(BytesIO(write(".xlsx", Entry(msgid="A"))))
    with old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        present = {name: old.read(name) for name in old.namelist()}
        for name, part in (present | parts).items():
            new.writestr(name, part)
    return buffer.getvalue()


def put(value: object) -> Callable[[Workbook], object]:
    """Return what puts a value into the cell of the translation."""

    def change(book: Workbook) -> None:
        book.active["E2"].value = value  # type: ignore[index]

    return change


def sheet_with_row(last: int) -> bytes:
    """Return a workbook that says of its only row that it is this one."""
    with zipfile.ZipFile(BytesIO(write(".xlsx", Entry(msgid="A")))) as old:
        (part,) = (name for name in old.namelist() if name.endswith("sheet1.xml"))
        return archive(**{part: old.read(part).replace(b'<row r="2"', b'<row r="%d"' % last)})


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "b">]><sst/>'
HOSTILE = {
    "a formula": (workbook(put("=1+1")), "t.xlsx:2:5: The cell holds a formula"),
    "a number": (workbook(put(7)), "t.xlsx:2:5: The cell holds a number"),
    "a date": (
        workbook(put(date(2025, 3, 14))),
        "t.xlsx:2:5: The cell holds a date",
    ),
    "a logical value": (workbook(put(True)), "t.xlsx:2:5: The cell holds a logical value"),
    "half a character": (workbook(put("_xD800_")), "t.xlsx:2:5: The cell has half of a character"),
    "its other half": (workbook(put("_xDFFF_")), "half of a character: U+DFFF"),
    "a row too far": (sheet_with_row(9_999_999), "more rows than a sheet can have"),
    "macros": (archive(**{"xl/vbaProject.bin": b"x"}), "it has macros"),
    "entities": (archive(**{"xl/sharedStrings.xml": ENTITIES}), "it defines entities"),
    "a bomb": (archive(**{"xl/media/x.bin": bytes(201_000_000)}), "too large"),
    "a thousand parts": (archive(**{f"{n}": b"" for n in range(1_001)}), "too many"),
    "no sheet": (archive(**{"xl/worksheets/sheet1.xml": b"<worksheet"}), "cannot be read"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected by a password"),
    "no workbook": (b"PK\x03\x04", "cannot be read"),
    "nothing": (b"", "cannot be read"),
    "another table": (workbook(lambda book: book.active.delete_rows(1)), "no heading"),
}


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.replace(" ", "-"))
def test_hostile_workbooks_are_refused(case: str) -> None:
    """Nothing is computed, unpacked without measure, or guessed."""
    data, expected = HOSTILE[case]

    with pytest.raises(CatalogError) as caught:
        read(".xlsx", data)
    assert expected in str(caught.value)
    assert caught.value.remedy
