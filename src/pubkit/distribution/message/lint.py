"""The last look at a message before it goes: what it finds is a fault of pubkit, or of a roster.

It reads the bytes by itself and shares nothing with what made them but the names of the fields.
"""

import re
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Iterator, Sequence
from functools import lru_cache
from quopri import decodestring

from pubkit.distribution.message.composing import Envelope
from pubkit.messages import gettext as _

LONGEST_LINE = 998
"""Bytes without CRLF: RFC 5322, 2.1.1."""
REQUIRED = (
    *("Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type"),
    *("List-Id", "List-Unsubscribe", "Auto-Submitted", "Content-Language"),
)
ALLOWED = frozenset((*REQUIRED, "Reply-To", "List-Owner", "List-Unsubscribe-Post"))
"""A field with another name was smuggled in."""
ADDRESS = r"[^\s<>@,;:\"()\[\]\\]+@[A-Za-z0-9.-]+"
PHRASE = r'(?:"(?:[^"\\]|\\.)*"|[^<>,;:"@()\[\]\\]+)'
MAILBOX = rf"(?:{PHRASE} )?<{ADDRESS}>|{ADDRESS}"
FORMS = {
    "Date": r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}",
    "From": MAILBOX,
    "Reply-To": MAILBOX,
    "To": MAILBOX,
    "Message-ID": rf"<{ADDRESS}>",
    "MIME-Version": r"1\.0",
    "Content-Type": r'multipart/(?:mixed|alternative); boundary="[^"]{1,70}"',
    "List-Id": rf"(?:{PHRASE} )?<[A-Za-z0-9.-]+>",
    "List-Unsubscribe": rf"(?:<https://[!-;=?-~]+>, )?<mailto:{ADDRESS}\?subject=[A-Za-z0-9%]+>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Auto-Submitted": "auto-generated",
    "Content-Language": r"[A-Za-z0-9-]+",
}
COMPILED = {name: re.compile(form, re.DOTALL) for name, form in FORMS.items()}
FIELD = re.compile(r"([A-Za-z-]+):(?: (.*))?", re.DOTALL)
ENCODED_WORD = re.compile(r"=\?([^?\s]*)\?([^?\s]*)\?([^?\s]*)\?=")


def lint(envelope: Envelope) -> tuple[str, ...]:
    """Return what is wrong with a message; nothing, if it may go."""
    return tuple(_faults(envelope))


def _faults(envelope: Envelope) -> Iterator[str]:
    data, shared = envelope.data, envelope.shared
    if not data.endswith(shared):
        yield _("The message does not end with its attachment")
        return
    own = data[: len(data) - len(shared)]
    yield from _line_faults(own)
    yield from _shared_faults(shared)
    head, gap, _body = own.partition(b"\r\n\r\n")
    if not gap:
        yield _("The message has no body")
        return
    fields = _fields(head)
    yield from _field_faults(fields, needs_smtputf8=envelope.needs_smtputf8)
    values = {name: value for name, value in fields if name}
    yield from _envelope_faults(envelope, values)
    yield from _boundary_faults(own, shared, values.get("Content-Type", ""))


def _line_faults(data: bytes) -> Iterator[str]:
    ends = data.count(b"\r\n")
    if data and not (data.count(b"\n") == data.count(b"\r") == ends and data.endswith(b"\r\n")):
        yield _("A line does not end with CRLF")
    if max(map(len, data.split(b"\r\n"))) > LONGEST_LINE:
        yield _("A line has more than {number} bytes").format(number=LONGEST_LINE)
    if b"\0" in data:
        yield _("The message has a NUL")


@lru_cache(maxsize=16)
def _shared_faults(shared: bytes) -> tuple[str, ...]:
    """Look at what many messages share, once: a value of bytes knows its own hash."""
    faults = tuple(_line_faults(shared))
    return faults if shared.isascii() else (*faults, _("The attachment is not encoded"))


def _fields(head: bytes) -> list[tuple[str, str]]:
    """Return the fields of a header, unfolded; a line that is none has an empty name."""
    text = re.sub(r"\r\n(?=[ \t])", "", head.decode("utf-8", "replace"))
    found = [FIELD.fullmatch(line) for line in text.split("\r\n")]
    return [(match[1], match[2] or "") if match else ("", "") for match in found]


def _field_faults(fields: Sequence[tuple[str, str]], *, needs_smtputf8: bool) -> Iterator[str]:
    names = [name for name, _value in fields]
    for name in REQUIRED:
        if name not in names:
            yield _("The field {name} is missing").format(name=name)
    for name in dict.fromkeys(names):
        if name not in ALLOWED:
            yield _("The field “{name}” is none of ours").format(name=name)
        elif names.count(name) > 1:
            yield _("The field {name} stands there twice").format(name=name)
    for name, value in fields:
        if name in COMPILED and not COMPILED[name].fullmatch(value):
            yield _("The field {name} is malformed").format(name=name)
        if not value.isascii() and not (needs_smtputf8 and name == "To"):
            yield _("The field {name} is not ASCII").format(name=name)
        yield from _word_faults(name, value)


def _word_faults(name: str, value: str) -> Iterator[str]:
    """Yield what is wrong with encoded words: RFC 2047, 2 and 5."""
    if "=?" not in value:
        return
    if "?==?" in value:
        yield _("Two encoded words of the field {name} stand together").format(name=name)
    words = list(ENCODED_WORD.finditer(value))
    if "=?" in ENCODED_WORD.sub("", value):  # within a word it is the end of base64
        yield _("An encoded word of the field {name} is malformed").format(name=name)
    for word in words:
        if len(word[0]) > 75:
            yield _("An encoded word of the field {name} is too long").format(name=name)
        elif not _is_text(*word.groups()):
            yield _("An encoded word of the field {name} is malformed").format(name=name)


def _is_text(charset: str, kind: str, content: str) -> bool:
    """Tell whether an encoded word is a text by itself: no character is split."""
    try:
        if kind == "B":
            b64decode(content, validate=True).decode()
        elif kind == "Q":
            decodestring(content.encode(), header=True).decode()
    except (NoBase64, UnicodeDecodeError):
        return False
    return charset == "utf-8" and kind in ("B", "Q")


def _envelope_faults(envelope: Envelope, values: dict[str, str]) -> Iterator[str]:
    addressed = values.get("To", "").rpartition(" ")[2].removeprefix("<").removesuffix(">")
    if addressed != envelope.recipient:
        yield _("The field To names somebody else than the envelope")
    if not re.fullmatch(r"[!-~]+@[A-Za-z0-9.-]+", envelope.sender):
        yield _("The return address is malformed")
    if not envelope.recipient.isascii() and not envelope.needs_smtputf8:
        yield _("The recipient's address needs SMTPUTF8, and the envelope does not say so")
    leaves_by_click = "<https://" in values.get("List-Unsubscribe", "")
    if ("List-Unsubscribe-Post" in values) != leaves_by_click:
        yield _("One-click unsubscription needs an https address and its field, both")


def _boundary_faults(own: bytes, shared: bytes, content_type: str) -> Iterator[str]:
    """Yield what is wrong with the parts: each is opened, and the last one closed."""
    outer = _boundary(content_type)
    inner = outer
    if content_type.startswith("multipart/mixed"):
        starts = shared.startswith(b"--%b\r\n" % outer)
        if not (starts and shared.endswith(b"--%b--\r\n" % outer)):
            yield _("The parts of the message are not closed")
        nested = re.search(rb'multipart/alternative;\r\n boundary="([^"]+)"', own)
        inner = nested[1] if nested else b""
    elif shared:
        yield _("The attachment stands behind the end of the message")
    is_closed = own.endswith(b"--%b--\r\n" % inner)
    if not inner or not is_closed or own.count(b"\r\n--%b\r\n" % inner) != 2:
        yield _("The parts of the message are not closed")


def _boundary(content_type: str) -> bytes:
    return content_type.partition('boundary="')[2].removesuffix('"').encode()
