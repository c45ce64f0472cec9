"""Header fields: whoever reads them reads what was written."""

import re
from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.distribution.message.headers import (
    HeaderError,
    clusters,
    date_field,
    encoded_words,
    labelled_field,
    mailbox_field,
    plain_field,
    text_field,
)

SIGNS = st.one_of(
    st.sampled_from("abc XYZ ,.;:\"'\\()<>@=?_- 中文标题，。“”éüñßø👨\u200d🇨🇳👍🏽नमस्तेعربي각"),
    st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp", "Zs")),
)
TEXTS = st.text(SIGNS, max_size=120).map(str.strip)
WORD = re.compile(rb"=\?utf-8\?([BQ])\?([^?]*)\?=")


def decoded(field: bytes) -> str:
    """Return the value of a field as the standard library's older parser reads it."""
    value = message_from_bytes(field + b"\r\n")["X"]
    return str(make_header(decode_header(re.sub(r"\r?\n", "", value))))


@given(TEXTS)
def test_text_is_read_as_it_was_written(text: str) -> None:
    """Every space is kept, no line is too long, no word ends within a character."""
    field = text_field("X", text)

    assert decoded(field) == text
    assert field.isascii()
    assert max(map(len, field.split(b"\r\n"))) <= 76
    assert b"?==?" not in field
    for _kind, content in WORD.findall(field):
        assert len(content) <= 75 - 12
    for word in WORD.finditer(field):
        assert decoded(b"X: " + word[0] + b"\r\n").encode()  # each by itself is a text


@given(TEXTS)
def test_name_is_read_as_it_was_written(name: str) -> None:
    """Beside an address, which is never encoded."""
    field = mailbox_field("X", name, "li@example.org")
    value = re.sub(r"\r?\n", "", message_from_bytes(field + b"\r\n")["X"])
    shown, bracket, address = value.rpartition(" <")
    quoted = re.fullmatch(r'"(.*)"', shown)
    plain = re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else shown

    assert str(make_header(decode_header(plain))) == name
    assert (address if bracket else value).rstrip(">") == "li@example.org"
    assert max(map(len, field.split(b"\r\n"))) <= 76


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Alliance holds conference", b"X: Alliance holds conference\r\n"),
        ("Café opens", b"X: =?utf-8?Q?Caf=C3=A9_opens?=\r\n"),
        ("大会", b"X: =?utf-8?B?5aSn5Lya?=\r\n"),
        ("What =?utf-8?Q?is?= it", b"X: =?utf-8?B?V2hhdCA9P3V0Zi04P1E/aXM/PSBpdA==?=\r\n"),
        ("two  spaces", b"X: =?utf-8?Q?two__spaces?=\r\n"),
        ("", b"X:\r\n"),
    ],
)
def test_text_is_plain_where_it_can_be(text: str, field: bytes) -> None:
    """ASCII stays readable; anything else is encoded as a whole, the shorter way."""
    assert text_field("X", text) == field


@pytest.mark.parametrize("length", [66, 67, 68, 70, 71, 200])
def test_long_first_word_fits_behind_the_name_of_its_field(length: int) -> None:
    """Or is encoded: the name of a field never stands alone on its line."""
    field = text_field("Subject", "x" * length)

    assert max(map(len, field.split(b"\r\n"))) <= 76
    assert decoded(field.replace(b"Subject", b"X")) == "x" * length


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("", b"To: a@b.c\r\n"),
        ("Li Ming", b"To: Li Ming <a@b.c>\r\n"),
        ("Li, Ming", b'To: "Li, Ming" <a@b.c>\r\n'),
        ('Li "Tom" \\ Ming', b'To: "Li \\"Tom\\" \\\\ Ming" <a@b.c>\r\n'),
        ("李明", b"To: =?utf-8?B?5p2O5piO?= <a@b.c>\r\n"),
    ],
)
def test_name_is_atoms_a_string_or_encoded(name: str, field: bytes) -> None:
    """Whichever is plainest."""
    assert mailbox_field("To", name, "a@b.c") == field


@pytest.mark.parametrize(
    "gap", ["\r\n", "\n", "\r", "\t", "\v", "\u2028", "\u2029", "\x85", "\x1e"]
)
def test_break_of_a_line_becomes_a_space(gap: str) -> None:
    """A title cannot begin a field of its own, and does not stop the campaign."""
    assert (
        text_field("X", f"Title{gap}Bcc: all@example.org") == b"X: Title Bcc: all@example.org\r\n"
    )
    assert mailbox_field("X", f"Li{gap}Ming", "a@b.c") == b"X: Li Ming <a@b.c>\r\n"


@pytest.mark.parametrize("control", ["\0", "\x1b", "\x7f", "\x9b", "\ud800"])
def test_control_character_is_refused(control: str) -> None:
    """It is no text, and servers disagree on what it does."""
    with pytest.raises(HeaderError, match=r"\\u"):
        text_field("X", f"Title{control}")
    with pytest.raises(HeaderError):
        mailbox_field("X", f"Li{control}", "a@b.c")


@pytest.mark.parametrize(
    "address",
    ["", "a", "@b.c", "a@", "a@北大.cn", "a b@c.d", "a@b.c>\r\nBcc: x@y.z", "a@b.c, d@e.f"],
)
def test_strange_address_is_refused(address: str) -> None:
    """An address goes to one member alone."""
    with pytest.raises(HeaderError):
        mailbox_field("To", "Li", address)


def test_internationalised_address_stands_as_it_is() -> None:
    """With SMTPUTF8 headers are UTF-8; encoded words are never part of an address."""
    assert mailbox_field("To", "", "用户@example.org") == "To: 用户@example.org\r\n".encode()


@pytest.mark.parametrize("text", ["é" * 40, "e\u0301" * 40, "👨‍👩‍👧" * 12, "🇨🇳" * 20, "नि" * 30])
def test_words_end_between_signs(text: str) -> None:
    """Also those that are made of several characters."""
    whole = set(clusters(text))

    for word in encoded_words(text):
        assert set(clusters(str(make_header(decode_header(word))))) == whole


def test_sign_that_is_too_long_is_broken_between_its_characters() -> None:
    """A letter with a hundred marks is one sign and no reason to give up."""
    text = "e" + "\u0301" * 100

    assert decoded(text_field("X", text)) == text


def test_fields_of_programs_are_folded_between_their_parts() -> None:
    """And take nothing that is not ASCII."""
    assert plain_field("X", "<a>,", "<b>") == b"X: <a>, <b>\r\n"
    assert plain_field("X", f"<{'a' * 70}>,", "<b>").count(b"\r\n ") == 1
    assert labelled_field("List-Id", "Li", "a.b") == b"List-Id: Li <a.b>\r\n"
    for wrong in ("a\r\nb", "ä", ""):
        with pytest.raises(HeaderError):
            plain_field("X", wrong)
        with pytest.raises(HeaderError):
            labelled_field("List-Id", "", wrong)


def test_date_is_in_english_and_in_its_zone() -> None:
    """As RFC 5322 wants it."""
    moment = datetime(2026, 7, 5, 8, 3, 1, tzinfo=timezone(timedelta(hours=8)))

    assert date_field(moment) == b"Date: Sun, 05 Jul 2026 08:03:01 +0800\r\n"
    assert parsedate_to_datetime(date_field(moment).decode()[6:].strip()) == moment
