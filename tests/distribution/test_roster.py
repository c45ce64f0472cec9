"""Rosters in files: read rightly, or refused with line and remedy."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from pubkit.config import find_project, read_config
from pubkit.distribution.campaign import address_key
from pubkit.distribution.roster import Roster
from pubkit.errors import DeliveryError
from pubkit.workflow.members import members_digest, read_members

SETTINGS = '[project]\nlanguages = ["en", "zh"]\n[members]\n'


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a project."""
    folder = tmp_path_factory.mktemp("members")
    (folder / "source").mkdir()
    return folder


def read(folder: Path, data: bytes | str, settings: str = "", **options: str) -> Roster:
    """Read a roster with some settings of [members]."""
    (folder / "pubkit.toml").write_text(SETTINGS + settings, "utf-8")
    path = folder / "roster"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    config = read_config(find_project(folder))
    roster = read_members(config, str(path), **options)
    assert roster.digest == members_digest(config, str(path), **options)
    return roster


def refused(folder: Path, data: bytes | str, settings: str = "") -> list[tuple[int, str]]:
    """Return the lines and reasons of what is refused."""
    return [(each.line, each.reason) for each in read(folder, data, settings).refusals]


def fails(folder: Path, data: bytes | str, settings: str = "") -> DeliveryError:
    """Return the error for a roster that cannot be read at all."""
    with pytest.raises(DeliveryError) as failed:
        read(folder, data, settings)
    return failed.value


def workbook(*sheets: list[list[object]]) -> Workbook:
    """Return a workbook with these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


CHINESE = "姓名,邮箱,语言,分组,职务\n田永鸿,tian@example.org,中文,理事；北京,教授\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030", "big5"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_encoding_and_dialect_gives_the_same(
    folder: Path, encoding: str, separator: str
) -> None:
    """What Excel saves, in China and elsewhere."""
    text = CHINESE.replace(",", separator)
    if encoding == "big5":
        text = (
            text.replace("邮", "郵").replace("语", "語").replace("鸿", "鴻").replace("职务", "職務")
        )
        text = text.replace("组", "組")
    (member,) = read(folder, text.encode(encoding)).recipients

    assert member.name in ("田永鸿", "田永鴻")
    assert (member.address, member.languages, member.line) == ("tian@example.org", ("zh",), 2)
    assert (member.groups, member.title) == (("理事", "北京"), "教授")


@pytest.mark.parametrize("count", [1, 10])
def test_an_encoding_that_is_recognised_is_told(folder: Path, count: int) -> None:
    """Whoever reads the note sees a wrong name before any member does."""
    lines = "".join(f"m{n}@example.org,田永鸿,zh\n" for n in range(count))
    roster = read(folder, ("email,name,lang\n" + lines).encode("gbk"))

    assert any("GB18030" in note and "田永鸿" in note for note in roster.notes)
    assert not read(folder, "email,name,lang\n" + lines).notes


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("big5", "王小明 李建國 張偉 劉洋"),
        ("euc_kr", "김철수 이영희 박지성 최민수"),
        ("cp932", "山田太郎 鈴木一郎"),
        ("cp1252", "Müller Hélène Björn"),
        ("cp1251", "Иванов Петров"),
        ("cp1253", "Γιώργος Παύλος"),
    ],
)
def test_other_encodings_are_asked_for_and_never_mistaken(
    folder: Path, encoding: str, names: str
) -> None:
    """GB18030 decodes nearly everything; that it does is no evidence."""
    rows = "".join(f"m{n}@example.org,{name},en\n" for n, name in enumerate(names.split()))
    data = f"email,name,lang\n{rows}".encode(encoding)
    error = fails(folder, data)

    assert "--encoding" in (error.remedy or "")
    assert [m.name for m in read(folder, data, encoding=encoding).recipients] == names.split()


@pytest.mark.parametrize(("name", "is_clear"), [("协", False), ("田永", True), ("Ёлка", True)])
def test_bytes_that_are_letters_in_two_encodings_are_asked_for(
    folder: Path, name: str, is_clear: bool
) -> None:
    """协协 in GBK is ЭЭ in UTF-8."""
    data = f"email,name,lang\na@example.org,{name}{name},zh\n"
    encoding = "utf-8" if name == "Ёлка" else "gbk"
    if is_clear:
        assert read(folder, data.encode(encoding)).recipients[0].name == name * 2
    else:
        assert "utf-8" in (fails(folder, data.encode(encoding)).remedy or "")


def test_accents_are_no_chinese(folder: Path) -> None:
    """Hélène in UTF-8 is H茅l猫ne in GBK."""
    rows = "email,name,lang\na@example.org,Hélène,fr\nb@example.org,Éluard,fr\n"

    assert [member.name for member in read(folder, rows).recipients] == ["Hélène", "Éluard"]


def test_lines_are_counted_as_editors_count_them(folder: Path) -> None:
    """A line break in quotation marks, an empty line and a title above do not confuse it."""
    roster = read(
        folder,
        'Members\n\n,E-mail,Notes,Language\n,a@example.org,"one\ntwo",en\n\n,b@example.org,,en\n',
    )

    assert [(m.address, m.line) for m in roster.recipients] == [
        ("a@example.org", 4),
        ("b@example.org", 7),
    ]
    assert any("1" in note for note in roster.notes)
    assert any("Notes" in note for note in roster.notes)


def test_an_open_quotation_mark_is_refused_with_its_line(folder: Path) -> None:
    """It would swallow all members behind it."""
    error = fails(folder, 'email,name,lang\na@example.org,"Anna,en\nb@example.org,Ben,en\n')

    assert (error.location and error.location.line) == 2


# ---------------------------------------------------------------- columns


@pytest.mark.parametrize(
    "heading",
    ["E-Mail", "e_mail:", "EMAIL ADDRESS", "邮箱", "电子邮件（必填）", "邮箱 Email", "Mail"],
)
def test_headings_are_known_in_usual_spellings(folder: Path, heading: str) -> None:
    """Case, hyphens, brackets and a second language do not matter."""
    assert read(folder, f"{heading},语言\na@example.org,en\n").recipients


def test_an_address_is_postal_where_there_is_email(folder: Path) -> None:
    """Only where no other column has addresses, that one is meant."""
    both = read(folder, "Address,E-mail,lang\nMain Street 1,a@example.org,en\n")
    alone = read(folder, "Address,lang\na@example.org,en\n")

    assert [m.address for m in (*both.recipients, *alone.recipients)] == ["a@example.org"] * 2


def test_settings_name_columns(folder: Path) -> None:
    """They win over what is known, and what they name must be there."""
    text = "E-Mail (private),E-Mail (work),lang\na@example.org,b@example.org,en\n"
    columns = '[members.columns]\naddress = "E-Mail (work)"\n'

    assert read(folder, text, columns).recipients[0].address == "b@example.org"
    assert "E-Mail (private)" in fails(folder, text).message
    assert "Missing" in fails(folder, text, '[members.columns]\nname = "Missing"\n').message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("anna@example.org,Anna\n", "begins with a member"),
        ("name,lang\nAnna,en\n", "“name”, “lang”"),
        ("email\na@example.org\n", "which language"),
    ],
)
def test_a_roster_without_what_it_needs_is_refused(folder: Path, text: str, message: str) -> None:
    """The error names what is there, and what to do."""
    error = fails(folder, text)

    assert message in error.message
    assert error.remedy


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ("Anna,Weber", "Anna Weber"),
        ("小明,王", "王小明"),
        ("철수,김", "김철수"),
        (",Weber", "Weber"),
        ("Xiaoming,王", "Xiaoming 王"),
    ],
)
def test_names_are_joined_in_the_order_of_their_script(folder: Path, cells: str, name: str) -> None:
    """王小明 is no 小明 王."""
    text = f"first name,last name,email,lang\n{cells},a@example.org,zh\n"

    assert read(folder, text).recipients[0].name == name


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("zh_CN", ("zh-CN",)),
        ("简体中文", ("zh-Hans",)),
        ("繁體中文", ("zh-Hant",)),
        ("英文", ("en",)),
        ("法文", ("fr",)),
        ("Français", ("fr",)),
        ("日本語", ("ja",)),
        ("fr; en", ("fr", "en")),
        ("中文、英文", ("zh", "en")),
        ("Chinese (Taiwan)", ("zh-TW",)),
        ("eng", ("en",)),
    ],
)
def test_languages_are_tags_or_names(folder: Path, cell: str, tags: tuple[str, ...]) -> None:
    """In English, in Chinese and in the language itself; the first one is preferred."""
    roster = read(folder, f"email;lang\na@example.org;{cell}\n".replace("fr; en", '"fr; en"'))

    assert roster.recipients[0].languages == tags


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a@example,org;Anna;;en", "comma"),
        (";Anna;;en", "no address"),
        ("a@example.org;Anna;;klingon", "“klingon”"),
        ("a@example.org;Anna;;", "no language"),
        ("a@example.org;An?a;;en", "lost letters"),
        ("a@example.org;An\ufffda;;en", "lost letters"),
        ("a@example.org;#NAME?;;en", "lost letters"),
        ("a@example.org;#N/A;;en", "spreadsheet"),
        ("a@example.org;JÃ¼rgen;;en", "“Jürgen”"),
        (f"a@example.org;{'田永'.encode().decode('gb18030')};;en", "“田永”"),
        ("a@example.org;\u202eAnna;;en", "U+202E"),
        ("a@example.org;Anna\x07;;en", "U+0007"),
        ('a@example.org;"Anna\nBcc: b";;en', "more than one line"),
        ("a@example.org;12345;;en", "no letter"),
        ("a@example.org;" + "A" * 201 + ";;en", "200"),
        ("a@example.org;Anna;Prof\u2066.;en", "title"),
        ("a@example.org;Weber;Anna;;en", "cells"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(folder: Path, row: str, reason: str) -> None:
    """And the row beside it is not."""
    roster = read(folder, f"email;name;title;lang\nb@example.org;Ben;;en\n{row}\n")

    assert [member.name for member in roster.recipients] == ["Ben"]
    assert [(each.line, reason in each.reason) for each in roster.refusals] == [(3, True)]
    assert roster.refusals[0].remedy


@pytest.mark.parametrize(
    "name", ["田永鸿", "李　明", "联通", "宓祎", "Jürgen", "D’Arcy", "می‌خواهم", "𠮷野"]
)
def test_unusual_names_are_names(folder: Path, name: str) -> None:
    """The nearest good ones; two characters that were set apart are joined."""
    roster = read(folder, f"email,name,lang\na@example.org,{name},zh\n")

    assert [member.name for member in roster.recipients] == [name.replace("　", "")]


def test_equal_rows_are_merged(folder: Path) -> None:
    """Their groups are united, and it is told."""
    text = "email,name,lang,group\na@example.org,Anna,en,A\nA@Example.org,Anna,,B\n"
    roster = read(folder, text, 'language = "zh"\n')

    assert [(m.groups, m.languages) for m in roster.recipients] == [(("A", "B"), ("en",))]
    assert any("2 = 3" in note for note in roster.notes)


def test_rows_that_contradict_each_other_are_refused(folder: Path) -> None:
    """Each names the other's line; a third one is refused, too."""
    text = "email,name,lang\n" + "".join(f"a@example.org,{n},en\n" for n in ("A", "B", "C"))

    assert [(line, "line" in reason) for line, reason in refused(folder, text)] == [
        (2, True),
        (3, True),
        (4, True),
    ]


def test_members_without_a_language_have_the_default(folder: Path) -> None:
    """It is told how many there are."""
    roster = read(folder, "email,lang\na@example.org,\nb@example.org,zh\n", 'language = "en"\n')

    assert [member.languages for member in roster.recipients] == [(), ("zh",)]
    assert any("1 member names no language" in note for note in roster.notes)


# ---------------------------------------------------------------- workbooks


def test_a_workbook_gives_the_same_as_a_file(folder: Path) -> None:
    """The first sheet with addresses is read, others are told."""
    rows: list[list[object]] = [line.split(",") for line in CHINESE.splitlines()]
    roster = read(folder, saved(workbook([["About"]], rows, rows)))

    assert roster.recipients == read(folder, CHINESE).recipients
    assert any("Sheet 2" in note and "Sheet 3" in note for note in roster.notes)


def test_cells_that_hold_no_text_are_refused_where_they_matter(folder: Path) -> None:
    """A number may be a group; a formula or a date is no name."""
    head: list[object] = ["email", "name", "lang", "group", "since"]
    book = workbook(
        [
            head,
            ["a@example.org", "=A1", "en", "", ""],
            ["b@example.org", 4.5, "en", "", ""],
            ["c@example.org", "Carl", "en", 2024, "=1+1"],
            ["d@example.org", "Dora", True, "", ""],
        ]
    )
    roster = read(folder, saved(book))

    assert [(m.line, m.groups) for m in roster.recipients] == [(4, ("2024",))]
    assert [each.line for each in roster.refusals] == [2, 3, 5]


def test_hidden_rows_are_refused(folder: Path) -> None:
    """Who has filtered a list does not see whom else it reaches."""
    book = workbook([["email", "lang"], ["a@example.org", "en"], ["b@example.org", "en"]])
    book.worksheets[0].row_dimensions[2].hidden = True

    assert refused(folder, saved(book)) == [(2, "the row is hidden in the workbook")]


def test_a_name_over_several_rows_is_refused(folder: Path) -> None:
    """Only the first of merged cells has the text that all seem to have."""
    book = workbook(
        [["email", "name", "lang"], *([f"{n}@example.org", "Anna", "en"] for n in "abc")]
    )
    book.worksheets[0].merge_cells("B2:B3")
    roster = read(folder, saved(book))

    assert [member.line for member in roster.recipients] == [2, 4]
    assert ["merged" in each.reason for each in roster.refusals] == [True]


def test_a_hidden_sheet_is_left_aside(folder: Path) -> None:
    """Nobody who looks at the workbook knows of it."""
    rows: list[list[object]] = [["email", "lang"], ["a@example.org", "en"]]
    book = workbook(rows, [["email", "lang"], ["b@example.org", "en"]])
    book.worksheets[0].sheet_state = "hidden"

    assert [member.address for member in read(folder, saved(book)).recipients] == ["b@example.org"]


def test_a_damaged_workbook_is_refused(folder: Path) -> None:
    """As is one of Excel 97."""
    data = saved(workbook([["email"]]))

    assert fails(folder, data[:-100]).remedy
    assert fails(folder, data.replace(b"xl/workbook.xml", b"xl/wOrkbook.xml")).remedy
    assert fails(folder, b"\xd0\xcf\x11\xe0" + data).remedy


# ---------------------------------------------------------------- laws

WORDS = st.text(st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=8)
MEMBERS = st.lists(
    st.tuples(WORDS, st.sampled_from(["en", "zh", "fr; en"])), min_size=1, max_size=5
)


@settings(max_examples=40)
@given(
    members=MEMBERS,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    separator=st.sampled_from([",", ";", "\t"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_in_any_way_is_read_alike(
    folder: Path, members: list[tuple[str, str]], encoding: str, separator: str, line_end: str
) -> None:
    """Encoding, separator and line ends are no part of a roster."""
    lines = [f'm{n}@example.org,"{name}","{lang}"' for n, (name, lang) in enumerate(members)]
    text = "\n".join(["email,name,lang", *lines, ""])
    written = text.replace(",", separator).replace("\n", line_end).encode(encoding)
    plain = read(folder, text, encoding="utf-8")
    other = read(folder, written, encoding=encoding)

    assert other.recipients == plain.recipients
    assert [each.line for each in other.refusals] == [each.line for each in plain.refusals]


def test_addresses_of_one_case_are_one_and_of_other_letters_two(folder: Path) -> None:
    """``ß`` in small letters is ``ß``: who is called Strasse has another mailbox."""
    text = "email,lang\nstraße@x.example,de\nSTRASSE@x.example,de\nstrasse@x.example,de\n"

    found = [one.address for one in read(folder, text).recipients]

    assert found == ["straße@x.example", "STRASSE@x.example"]


def test_an_address_is_one_however_its_accents_are_typed() -> None:
    """A suppression list may have been typed on another keyboard."""
    assert address_key("Zoe\u0308@x.example") == address_key("zo\u00eb@x.example")
