"""Reading and writing catalogs: hostile files, the shape of an entry, unchanged bytes."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pubkit.errors import CatalogError
from pubkit.formats.po import format_catalog, parse_catalog
from pubkit.formats.po.writer import format_entry
from pubkit.model import Catalog, Entry

CASES = Path(__file__).parent / "cases" / "po"
HEADER = 'msgid "" msgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: zh_CN\\n"\n'


def read_cases() -> Iterator[object]:
    """Yield title, refused text, expected error and good text of each case."""
    text = (CASES / "refused.txt").read_text("utf-8").split("\n\n", 2)[2]
    pattern = re.compile(r"(.+)\n\.\n((?:.*\n)*?)\.\n(.+)\n\.\n((?:.*\n)*?)\.\n\n*")
    position = 0
    while position < len(text):
        case = pattern.match(text, position)
        assert case, text[position:][:200]
        yield pytest.param(*case.groups()[1:], id=case[1])
        position = case.end()


def complete(text: str) -> bytes:
    """Put a header above the text of a case that brings none."""
    has_header = re.match(r'# no header|(?:#.*\n)*msgid ""\nmsg', text)
    return (text if has_header else HEADER + text).encode()


def accept_line(data: bytes) -> Entry:
    """Return the only entry of a file."""
    (entry,) = parse_catalog(data).entries
    return entry


@pytest.mark.parametrize(("bad", "expected", "good"), list(read_cases()))
def test_reader_refuses_what_msgfmt_does_not_read_so(bad: str, expected: str, good: str) -> None:
    """A damaged file is refused with place, cause and remedy; its neighbour is read."""
    with pytest.raises(CatalogError) as caught:
        parse_catalog(complete(bad), path="zh.po")

    assert f"zh.po:{expected}" == str(caught.value).replace(": ", " ", 1)
    assert caught.value.remedy
    assert format_catalog(parse_catalog(complete(good))) == complete(good)


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="needs GNU gettext")
def test_good_neighbours_are_read_by_msgfmt(tmp_path: Path) -> None:
    """What the case files call good is so for GNU msgfmt, too."""
    for case in read_cases():
        path = tmp_path / "good.po"
        path.write_bytes(complete(case.values[2]))  # type: ignore[attr-defined]
        done = subprocess.run(["msgfmt", "-o", "/dev/null", path], capture_output=True, check=False)
        assert not done.returncode, (case, done.stderr)


BODY = 'msgid "Hello"\nmsgstr "{}"\n'


@pytest.mark.parametrize(
    ("data", "message", "line", "column"),
    [
        ((HEADER + BODY.format("你好")).encode("utf-16"), "saved as UTF-16", None, None),
        ((HEADER + BODY.format("你好")).encode("utf-16-le"), "saved as UTF-16", None, None),
        ((HEADER + BODY.format("你好")).encode("utf-16-be"), "saved as UTF-16", None, None),
        ((HEADER + BODY.format("你好")).encode("utf-32"), "saved as UTF-32", None, None),
        ((HEADER + BODY.format("你好")).encode("utf-32-le"), "saved as UTF-32", None, None),
        ((HEADER + BODY.format("你好")).encode("utf-32-be"), "saved as UTF-32", None, None),
        ((HEADER + BODY.format("大学实验室揭牌")).encode("gbk"), "saved as GBK", 3, 9),
        ((HEADER + BODY.format("朱镕基，俞书宏喆")).encode("gb18030"), "saved as GBK", 3, 9),
        ((HEADER + BODY.format("Müller à Genève")).encode("cp1252"), "0xFC is not UTF-8", 3, 10),
        ((HEADER + BODY.format("你好")).encode()[:-3], "0xE5 is not UTF-8", 3, 10),
        ((HEADER + BODY.format("大學實驗室揭牌")).encode("big5"), "GB 18030 or Big5", 3, 9),
        (HEADER.encode() + b"# \xff\n", "0xFF is not UTF-8", 2, 3),
        ((HEADER + BODY.format("a\ud800b")).encode(errors="surrogatepass"), "0xED is", 3, 10),
        (HEADER.encode() + b'msgid "a\0b"\nmsgstr ""\n', "character U\\+0000", 2, 9),
        (HEADER.encode() + b'msgid "a\x04b"\nmsgstr ""\n', "character U\\+0004", 2, 9),
        (HEADER.encode() + b'msgid "a\x0bb"\nmsgstr ""\n', "character U\\+000B", 2, 9),
        (HEADER.encode() + b'msgid "a\x1cb"\nmsgstr ""\n', "character U\\+001C", 2, 9),
        (HEADER.encode() + b'msgid "a\rb"\nmsgstr ""\n', "character U\\+000D", 2, 9),
        ((HEADER + 'msgid "a\x85b"\nmsgstr ""\n').encode(), "character U\\+0085", 2, 9),
        ((HEADER + 'msgid "a\u2028b"\nmsgstr ""\n').encode(), "character U\\+2028", 2, 9),
        ((HEADER + 'msgid "a\u2029b"\nmsgstr ""\n').encode(), "character U\\+2029", 2, 9),
        ((HEADER + '# note\rmsgid "a"\rmsgstr ""\r').encode(), "character U\\+000D", 2, 7),
        ((HEADER + '# a\nmsgid "b"\n').replace("\n", "\r").encode(), "old Macintosh", 1, 81),
        (HEADER.encode() + b"# a\0b\n", "character U\\+0000", 2, 4),
        (HEADER.encode() + b"\x1a", "character U\\+001A", 2, 1),
        (HEADER.encode() + b"\0", "character U\\+0000", 2, 1),
        (b"\xef\xbb\xbf\xef\xbb\xbf" + HEADER.encode(), "character U\\+FEFF", 1, 1),
        ('msgid "Hello"\nmsgstr "你好"\n'.encode(), "No header says in which charset", 1, 1),
        (b'msgid "Hello"\nmsgstr "\\344\\275\\240"\n', "No header says in which charset", 1, 1),
        (b" " * 20_000_001, "The file has 20000001 bytes; 20000000 are allowed", None, None),
        (b'msgid "' + b"a" * 200_001 + b'"msgstr""', "has 200001 characters; 200000 are", 1, 1),
        (b'msgid "' + b"(" * 100_000, "no closing quotation mark", 1, 7),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, str) else None,
)
def test_reader_refuses_hostile_bytes(
    data: bytes, message: str, line: int | None, column: int | None
) -> None:
    """Wrong charsets, invisible characters and giants are named with their place."""
    with pytest.raises(CatalogError, match=message) as caught:
        parse_catalog(data, path="zh.po")

    location = caught.value.location
    assert location
    assert (location.path, location.line, location.column) == ("zh.po", line, column)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (b"", 0),
        (b"\n", 0),
        (b"# only a comment", 0),
        (b'msgid "a"msgstr""', 1),
        (b'msgid "' + b"a" * 200_000 + b'"msgstr""', 1),
        (b'msgid\r"a"\rmsgstr\r"b"\r', 1),
        (b'msgid\f"a"\vmsgstr\t"b"', 1),
        (b'msgid "a"msgstr"b"msgid"c"msgstr"d"', 2),
    ],
)
def test_reader_accepts_the_nearest_harmless_bytes(data: bytes, count: int) -> None:
    """Empty, tiny and largest files are read and kept."""
    catalog = parse_catalog(data)

    assert len(catalog.entries) == count
    assert format_catalog(catalog) == data


def test_byte_order_mark_is_dropped() -> None:
    """A file from Notepad is read, header and all, and saved without the mark."""
    data = (HEADER + BODY.format("你好")).encode()

    catalog = parse_catalog(b"\xef\xbb\xbf" + data)

    assert catalog.lang == "zh-CN"
    assert format_catalog(catalog) == data


@pytest.mark.parametrize(
    ("literals", "text"),
    [
        (rb'"\101\x42\a\b\f\n\r\t\v\\\""', 'AB\a\b\f\n\r\t\v\\"'),
        (rb'"\x4142"', "B"),  # any number of digits, the lowest eight bits
        (rb'"\1018"', "A8"),  # at most three digits
        (rb'"\x41" "42"', "A42"),  # a literal ends an escape
        (rb'"\344" "\275" "\240"', "你"),
        (rb'"\\101"', "\\101"),
        (rb'"a" "b"' + b'\n\t"c""d"', "abcd"),
        (rb'""', ""),
    ],
)
def test_literals_are_decoded_as_gettext_does(literals: bytes, text: str) -> None:
    """Escapes and several literals denote the text that GNU gettext makes of them."""
    data = HEADER.encode() + b'msgid "key"\nmsgstr ' + literals + b"\n"

    assert accept_line(data).msgstr == text


def test_unusual_spellings_are_read() -> None:
    """Comments and keywords need no spaces, and a context may have an empty msgid."""
    catalog = parse_catalog((CASES / "good" / "odd.po").read_bytes())

    first, _second, _third, menu, *_rest, plural = catalog.entries
    assert (first.msgid, first.msgstr, first.line) == ("one line", "une ligne", 9)
    assert (first.references, first.extracted_comments) == (("a:1", "b:2"), ("x",))
    assert catalog.header
    assert catalog.header.is_fuzzy
    assert catalog.header.translator_comments == ("note without a space",)
    assert (menu.key, menu.msgstr) == (("menu", ""), "vide")
    assert (plural.previous_msgid, plural.previous_msgid_plural) == ("was", "were")
    assert plural.msgstr_plural == ("p", "q")


@pytest.mark.parametrize(
    ("field", "lang"),
    [
        ("Language: zh_CN\\n", "zh-CN"),
        ("Language: zh\\n", "zh"),
        ("Language: zh-Hant-TW\\n", "zh-Hant-TW"),
        ("Language: \\n", None),
        ("", None),
    ],
)
def test_language_comes_from_the_header(field: str, lang: str | None) -> None:
    """The locale name of the header becomes a language tag."""
    assert parse_catalog(f'msgid ""\nmsgstr "{field}"\n'.encode()).lang == lang


def test_crlf_file_is_read_without_carriage_returns() -> None:
    """A file from Windows has the same comments and texts as one from Linux."""
    data = (CASES / "good" / "windows.po").read_bytes()

    catalog = parse_catalog(data)

    assert catalog == parse_catalog(data.replace(b"\r\n", b"\n"))


# ---------------------------------------------------------------- writing


EVERYTHING = Entry(
    msgid='Say "one"\nand\ttwo\n',
    msgid_plural="many",
    msgstr_plural=("你好\\", "a\nb"),
    msgctxt="menu",
    translator_comments=("a note", ""),
    extracted_comments=("Paragraph", "Name: Yu = 俞"),
    references=("source/a.md", "source/b.md"),
    flags=("fuzzy", "no-wrap"),
    previous_msgctxt="old menu",
    previous_msgid="old\n",
    previous_msgid_plural="olds",
)

SHAPE = """# a note
#
#. Paragraph
#. Name: Yu = 俞
#: source/a.md source/b.md
#, fuzzy, no-wrap
#| msgctxt "old menu"
#| msgid ""
#| "old\\n"
#| msgid_plural "olds"
msgctxt "menu"
msgid ""
"Say \\"one\\"\\n"
"and\\ttwo\\n"
msgid_plural "many"
msgstr[0] "你好\\\\"
msgstr[1] ""
"a\\n"
"b"
"""


def test_entry_has_one_canonical_shape() -> None:
    """All parts stand in the order of GNU tools, broken at line breaks only."""
    assert format_entry(EVERYTHING) == SHAPE


def test_obsolete_entry_has_marks_on_all_fields() -> None:
    """An obsolete entry keeps its comments plain and its previous text behind both marks."""
    obsolete = Entry(
        msgid="a", msgstr="b", previous_msgid="c", is_obsolete=True, translator_comments=("d",)
    )

    assert format_entry(obsolete) == '# d\n#~| msgid "c"\n#~ msgid "a"\n#~ msgstr "b"\n'


def entries_of(text: str) -> Catalog:
    """Return the catalog of a text below the header."""
    return parse_catalog((HEADER + "\n" + text).encode())


ODD = 'msgid  "one"\nmsgstr"1"\n'
OTHER = '# kept\nmsgid "two" msgstr "2"\n'


def test_changed_entry_changes_alone() -> None:
    """The neighbours of a changed entry keep their bytes, however odd."""
    catalog = entries_of(f'{ODD}\n\nmsgid "x"\nmsgstr"y"\n\n{OTHER}# tail')
    first, second, third = catalog.entries
    changed = replace(catalog, entries=(first, replace(second, msgstr="z"), third))

    expected = f'{HEADER}\n{ODD}\n\nmsgid "x"\nmsgstr "z"\n\n{OTHER}# tail'
    assert format_catalog(changed).decode() == expected


def test_removed_entry_takes_its_blank_line_along() -> None:
    """Removing the last entry leaves no blank line at the end of the file."""
    catalog = entries_of(f"{ODD}\n{OTHER}")
    first, second = catalog.entries

    without_last = format_catalog(replace(catalog, entries=(first,))).decode()
    without_first = format_catalog(replace(catalog, entries=(second,))).decode()
    assert without_last == f"{HEADER}\n{ODD}"
    assert without_first == f"{HEADER}\n{OTHER}"


def test_added_entry_stands_apart_by_one_blank_line() -> None:
    """A new entry is separated from others even if they stand close together."""
    catalog = parse_catalog(f"{HEADER}{ODD}{OTHER}".encode())
    first, second = catalog.entries
    new = Entry(msgid="new")
    added = replace(catalog, entries=(first, new, second, replace(new, msgid="newer")))

    text = format_catalog(added).decode()

    assert text == (f'{HEADER}{ODD}\nmsgid "new"\nmsgstr ""\n\n{OTHER}\nmsgid "newer"\nmsgstr ""\n')


def test_entry_after_a_file_without_final_newline() -> None:
    """A file that ends in the middle of a line is mended when something is added."""
    catalog = parse_catalog(b'msgid "a"msgstr"b"')

    added = replace(catalog, entries=(*catalog.entries, Entry(msgid="c")))

    assert format_catalog(added) == b'msgid "a"msgstr"b"\n\nmsgid "c"\nmsgstr ""\n'


def test_crlf_file_stays_crlf() -> None:
    """What is written into a file from Windows has its line ends."""
    catalog = parse_catalog(f"{HEADER}\n{ODD}".replace("\n", "\r\n").encode())

    added = format_catalog(replace(catalog, entries=(EVERYTHING,)))

    assert added == f"{HEADER}\n{SHAPE}".replace("\n", "\r\n").encode()


def test_new_catalog_is_written_without_blocks() -> None:
    """A catalog that was never in a file is written in the canonical shape."""
    header = Entry(msgid="", msgstr="Content-Type: text/plain; charset=UTF-8\n")
    catalog = Catalog(header=header, entries=(Entry(msgid="a"), Entry(msgid="b", msgstr="乙")))

    assert format_catalog(catalog).decode() == (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '\nmsgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr "乙"\n'
    )


def test_half_a_character_is_refused() -> None:
    """A text that UTF-8 cannot hold is refused, not written as something else."""
    with pytest.raises(CatalogError, match="U\\+D83D"):
        format_catalog(Catalog(entries=(Entry(msgid="a\ud83d"),)))
