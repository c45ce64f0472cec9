"""The parts of a message: read back as they were, in lines that every server takes."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.distribution.message.mime import (
    BASE64,
    QUOTED,
    base64_lines,
    encoded_size,
    make_boundary,
    multipart,
    pdf_part,
    text_encoding,
    text_part,
)

LINES = st.text(st.one_of(st.sampled_from("abc .=\n\tFrom "), st.characters(codec="utf-8")))


def parsed(part: bytes) -> EmailMessage:
    """Return a part as the standard library reads it."""
    message = message_from_bytes(part, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


@given(LINES.map(lambda text: text.replace("\r", "")), st.sampled_from([QUOTED, BASE64]))
def test_text_is_read_as_it_was_written(text: str, encoding: str) -> None:
    """In both encodings; every line ends with CRLF and is short."""
    part = text_part(text, subtype="plain", encoding=encoding)
    lines = part.split(b"\r\n")
    read = parsed(part).get_payload(decode=True)

    assert isinstance(read, bytes)
    assert read.decode().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")
    assert part.isascii()
    assert max(map(len, lines)) <= 76
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert lines[-1] == b""


def test_shorter_encoding_is_chosen() -> None:
    """English stays readable, Chinese does not become three times as long."""
    assert text_encoding("The café is open." * 20) == QUOTED
    assert text_encoding("咖啡馆开门了。" * 20) == BASE64


@pytest.mark.parametrize(
    "name", ["report.zh.pdf", "报告.pdf", "年度报告" * 12 + ".zh.pdf", 'a "b".pdf', "a b.pdf"]
)
def test_name_of_the_attachment_is_read_as_it_was_written(name: str) -> None:
    """ASCII plainly; others by RFC 2231, and once more for older programs."""
    part = pdf_part(b"%PDF", name=name)
    read = parsed(part)

    assert read.get_filename() == name
    assert read.get_payload(decode=True) == b"%PDF"
    assert (b"filename=" in part) == (b"filename*" not in part)
    assert max(map(len, part.split(b"\r\n"))) <= 76


@given(st.integers(0, 500))
def test_size_of_an_attachment_is_known_before(size: int) -> None:
    """So that nothing is encoded only to be too large."""
    assert len(base64_lines(b"x" * size)) == max(encoded_size(size), 2)


@given(st.lists(LINES, min_size=1, max_size=3), st.text())
def test_boundary_stands_in_no_part(texts: list[str], seed: str) -> None:
    """Whatever the texts are, and is the same for every run."""
    boundary = make_boundary(seed)
    parts = [text_part(f"{text}\n--{boundary}", subtype="plain", encoding=QUOTED) for text in texts]

    assert make_boundary(seed) == boundary
    assert not any(boundary.encode() in part for part in parts)
    read = parsed(multipart(parts, subtype="mixed", boundary=boundary))
    assert len(list(read.iter_parts())) == len(texts)
