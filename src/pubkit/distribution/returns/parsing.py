"""Messages of strangers: parsed within bounds, their texts read whatever their charset is.

Python's parser takes a quadratic time for long parameters, and looks at each line once for each
level of nesting, so what is too long is cut before.
"""

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

LARGEST = 1_000_000
"""Bytes of a message that are read: a notice says what it is about before the message that it
returns."""
MOST_LINES = 20_000
LONGEST_LINE = 2_000
"""Bytes; RFC 5322 allows 998."""
LONGEST_HEADER = 16_000
"""Bytes of all lines of a folded header."""
DEEPEST = 50
"""How many parts may have parts; in a notice three do."""
NESTED = re.compile(rb"boundary\*?\d*\*?=|content-type:\s*message/", re.IGNORECASE)
CHARSETS = re.compile(
    r"utf-?8|us-ascii|ascii|gb2312|gbk|gb18030|big5(?:-?hkscs)?|euc-?(?:jp|kr)|shift_jis|iso-2022-jp"
    r"|koi8-[ru]|iso-?8859-\d{1,2}|latin-?1|(?:windows|cp)-?(?:125\d|936|950)",
    re.IGNORECASE,
)
"""The only ones in which mail is written; Python has codecs that unpack and execute escapes."""


class TooDeepError(ValueError):
    """A message has more parts within parts than any notice."""


def parse(data: bytes, limit: int = LARGEST) -> Message:
    """Return a message; what is beyond the bounds is cut.

    Raises:
        TooDeepError: It has too many parts within parts.
    """
    bounded = b"\n".join(_bounded_lines(data[:limit]))
    if len(NESTED.findall(bounded)) > DEEPEST:
        raise TooDeepError
    return BytesParser(policy=compat32).parsebytes(bounded)


def _bounded_lines(data: bytes) -> Iterator[bytes]:
    folded = 0
    for line in data.replace(b"\r\n", b"\n").split(b"\n", MOST_LINES)[:MOST_LINES]:
        folded = folded + len(line) if line[:1] in (b" ", b"\t") else len(line)
        if folded <= LONGEST_HEADER or line[:1] not in (b" ", b"\t"):
            yield line[:LONGEST_LINE]


def header(message: Message, name: str) -> str:
    """Return the first header of this name on one line, decoded; empty if there is none."""
    return next(iter(headers(message, name)), "")


def headers(message: Message, *names: str) -> list[str]:
    """Return all headers of these names, decoded."""
    wanted = [name.lower() for name in names]
    found = [(name.lower(), value) for name, value in message.raw_items()]
    return [_decoded(str(value)) for want in wanted for name, value in found if name == want]


def _decoded(value: str) -> str:
    if not value.isascii():  # bytes that the parser has left as they are
        value = decode(value.encode("utf-8", "surrogateescape"), "utf-8")
    try:
        words = decode_header(value[:LONGEST_HEADER])
    except (ValueError, MessageError):  # an encoded word that is none
        words = [(value, None)]
    parts = (
        text if isinstance(text, str) else decode(text, charset or "utf-8")
        for text, charset in words
    )
    return " ".join("".join(parts).split())


def decode(data: bytes, charset: str) -> str:
    """Return a text; what does not fit its charset is tried as UTF-8 and GB18030."""
    for name in (charset, "utf-8", "gb18030"):
        if CHARSETS.fullmatch(name):
            try:
                return data.decode(name)
            except (UnicodeError, LookupError):
                continue
    return data.decode("utf-8", "replace")


def text_of(part: Message) -> str:
    """Return the text of a part that has no parts."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    return decode(payload, part.get_content_charset() or "utf-8")


TAGS = re.compile(r"<(?:br|/p|/div|/tr|/li)\b[^<>]*>|<[^<>]*>")


def texts(message: Message) -> Iterator[str]:
    """Yield the texts that a person reads of a message, without those of messages in it."""
    if message.is_multipart():
        if message.get_content_maintype() == "multipart":
            for part in message.get_payload():
                yield from texts(part)  # type: ignore[arg-type]
    elif message.get_content_type() == "text/html":
        text = re.sub(r"(?is)<(style|script)\b.{0,20000}?</\1>", " ", text_of(message))
        yield TAGS.sub(lambda tag: "\n" if tag[0][1:2] in "bB/" else " ", text)
    elif message.get_content_type() == "text/plain":
        yield text_of(message)
