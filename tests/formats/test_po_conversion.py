"""Catalogs in other encodings: shown, and converted without a loss, or refused with the place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.errors import CatalogError
from pubkit.formats.po import parse_catalog
from pubkit.formats.po.conversion import ENCODINGS, conversions, convert

TOOLS = Path(__file__).parent / "cases" / "po" / "tools"
SIMPLIFIED = (TOOLS / "poedit.po").read_text("utf-8")
TRADITIONAL = (TOOLS / "weblate.po").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (SIMPLIFIED, "gbk", "gbk"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED.replace("王", "𠮷"), "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "big5hkscs", "big5-hkscs"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        ("\ufeff" + SIMPLIFIED, "utf-16-be", "utf-16"),
        (SIMPLIFIED, "utf-32", "utf-32"),
        (SIMPLIFIED, "utf-32-le", "utf-32-le"),
        (SIMPLIFIED, "utf-32-be", "utf-32-be"),
        ("\ufeff" + SIMPLIFIED, "utf-32-be", "utf-32"),
        (SIMPLIFIED.replace("\n", "\r\n"), "gbk", "gbk"),
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
    ],
)
@pytest.mark.parametrize("declared", ["UTF-8", "GBK", "CHARSET", "unknown-8bit"])
def test_file_is_converted_with_its_header(
    text: str, codec: str, encoding: str, declared: str
) -> None:
    """Whatever the header said, the result is the same text in UTF-8, and says so."""
    data = text.replace("=UTF-8", f"={declared}").replace("=utf-8", f"={declared}").encode(codec)

    conversion = convert(data, encoding, path="zh.po")

    expected = text.removeprefix("\ufeff").replace("=utf-8", "=UTF-8")
    assert conversion.data.decode() == expected
    assert parse_catalog(conversion.data).entries


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'),
        (
            'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n\n',
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
            '""\n"Language: zh_CN\\n"\n\n',
        ),
        (
            '# charset=GBK\nmsgid ""\nmsgstr "Content-Type: text/plain; charset=GBK\\n"\n\n',
            '# charset=GBK\nmsgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n',
        ),
    ],
)
def test_header_is_mended_or_added(header: str, expected: str) -> None:
    """A file without a declaration gets one; comments are left alone."""
    body = 'msgid "Hello charset=GBK"\nmsgstr "你好"\n'

    conversion = convert((header + body).encode("gbk"), "gbk", path="zh.po")

    assert conversion.data.decode() == expected + body


def test_encodings_that_fit_are_shown_and_none_is_chosen() -> None:
    """A file in Big5 reads as several texts, of which one makes sense."""
    found = conversions(TRADITIONAL.encode("big5"), path="zh.po")

    assert len(found) > 1
    samples = {conversion.encoding: conversion.samples for conversion in found}
    assert samples["big5"][2].startswith("大學實驗室揭牌")
    assert len({conversion.data for conversion in found}) == len(found)


def test_gbk_is_shown_beside_what_else_it_could_be() -> None:
    """The same bytes are Chinese in one encoding and Korean in another."""
    found = conversions(SIMPLIFIED.encode("gbk"), path="zh.po")

    assert found[0].encoding == "gb18030"
    assert "课题组负责人俞书宏表示" in found[0].samples[1]
    assert "euc-kr" in [conversion.encoding for conversion in found]


def test_byte_order_mark_leaves_no_doubt() -> None:
    """UTF-16 and 32 are recognised with their marks or by their zeros, and only shown as such."""
    for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
        (found,) = conversions(SIMPLIFIED.encode(codec), path="zh.po")

        assert found.data.decode() == SIMPLIFIED


@pytest.mark.parametrize(
    ("data", "encoding", "message", "place"),
    [
        (b'msgid "a"\nmsgstr "\xc4\xe3\xff"\n', "gbk", "nothing in gbk", "zh.po:2:10"),
        ('msgid "a"\nmsgstr "你好"\n'.encode(), "big5", "nothing in big5", "zh.po:2:10"),
        (b'msgid "a"\nmsgstr "\xff"\n', "utf-8", "nothing in utf-8", "zh.po:2:9"),
        (b"m\0s\0g\0i", "utf-16-le", "nothing in utf-16-le", "zh.po:1:4"),
        (b"m\0s\0g\0", "utf-16", "no byte order mark of UTF-16", "zh.po"),
        (b"m\0\0\0s\0\0\0", "utf-32", "no byte order mark of UTF-32", "zh.po"),
        (b'msgid "a"\nmsgstr "\xc4\xe3\n', "gbk", "no closing quotation mark", "zh.po:2:8"),
        (b'msgid "\xa1\xc3\xa2\xcc"\nmsgstr ""\n', "big5", "not be the same bytes", "zh.po:1:9"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    data: bytes, encoding: str, message: str, place: str
) -> None:
    """Bytes that mean nothing, or would not come out again, are named by line and column."""
    with pytest.raises(CatalogError, match=message) as caught:
        convert(data, encoding, path="zh.po")

    assert str(caught.value.location) == place
    assert caught.value.remedy


def test_nothing_fits() -> None:
    """A file that is no catalog in any encoding is an error that says how far the best one went."""
    with pytest.raises(CatalogError, match="none of the encodings") as caught:
        conversions(SIMPLIFIED.encode("gbk")[:900], path="zh.po")

    assert caught.value.location
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('msgid "a"\nmsgstr "你好"\n\n<<<<<<< HEAD\n', "Two versions of the file were merged"),
        ('msgid "a"\nmsgstr "你好\n', "no closing quotation mark"),
        ('msgid "a"\nmsgstr "b\n', "no closing quotation mark"),
        ('msgid "a"\nmsgstr "你好"\n\nmsgid "a"\nmsgstr ""\n', "twice|second|already"),
        ('msgid "a"\nmsgstr "你\u2028好"\n', "U\\+2028"),
        ('msgid "a"\nmsgstr "你\u0085好"\n', "U\\+0085"),
    ],
)
def test_fault_of_a_file_in_utf8_is_that_of_the_reader(text: str, message: str) -> None:
    """What is UTF-8 needs no other encoding, so none is tried and none is asked for."""
    with pytest.raises(CatalogError, match=message) as refused:
        conversions(text.encode(), path="zh.po")
    with pytest.raises(CatalogError) as read:
        parse_catalog(text.encode(), path="zh.po")

    assert str(refused.value) == str(read.value)
    assert refused.value.remedy == read.value.remedy


@pytest.mark.parametrize(
    ("text", "byte"), [(SIMPLIFIED, b"\xff"), ("Владимир Иванович " * 3, b"\xd0")]
)
def test_damaged_utf8_is_named_with_its_place(text: str, byte: bytes) -> None:
    """One bad byte makes no other encoding of a file; without the good text, it may be one."""
    line = b'# "' + byte + b'"\n'
    lines = (f"# {text.replace(chr(10), ' ')}\n" * 2).encode()

    for data, place in ((lines + line, "zh.po:3:4"), (line + lines, "zh.po:1:4")):
        with pytest.raises(CatalogError, match="unlike the text around it") as caught:
            conversions(data, path="zh.po")
        assert str(caught.value.location) == place
        assert "Type the damaged text anew" in str(caught.value.remedy)
    assert conversions(line, path="zh.po")
    assert "windows-1251" in [
        found.encoding for found in conversions("# Владимир Иванович\n".encode("cp1251"), path="")
    ]


def test_file_in_utf8_with_another_declaration_is_shown_as_utf8_alone() -> None:
    """Its bytes leave no doubt, whatever its header says."""
    (found,) = conversions(SIMPLIFIED.replace("=UTF-8", "=GBK").encode(), path="zh.po")

    assert (found.encoding, found.data.decode()) == ("utf-8", SIMPLIFIED)


@given(
    st.sampled_from(sorted(set(ENCODINGS) - {"utf-16", "utf-32"})),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
)
def test_what_is_converted_reads_as_it_was_written(encoding: str, text: str) -> None:
    """Any text that an encoding can hold comes through."""
    plain = text.replace("\\", "").replace('"', "").replace("\u2028", "").replace("\u2029", "")
    try:
        data = f'msgid "key"\nmsgstr "{plain}"\n'.encode(ENCODINGS[encoding])
    except UnicodeEncodeError:
        return

    (entry,) = parse_catalog(convert(data, encoding, path="x.po").data).entries
    assert entry.msgstr == plain
