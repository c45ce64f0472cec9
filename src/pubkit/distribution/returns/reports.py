"""Reports for machines: of delivery (RFC 3464, RFC 6533), and of complaints (RFC 5965)."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from pubkit.distribution.returns.parsing import header
from pubkit.values import dataclass

STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
FEEDBACK_TYPE = "message/feedback-report"
RETURNED_TYPES = (
    "message/rfc822",
    "message/global",
    "text/rfc822-headers",
    "message/global-headers",
)
"""The parts that hold the message that is reported about, or its headers."""
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
ESCAPED = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")
MOST_RECIPIENTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientReport:
    """What a server says became of a message for one recipient."""

    addresses: tuple[str, ...]
    """As it was sent to, then as it came to be after forwarding."""
    action: str
    """``failed``, ``delayed``, ``delivered``, ``relayed`` or ``expanded``."""
    status: str
    """The enhanced status code, or empty."""
    detail: str
    """What the server said."""


def recipient_reports(message: Message) -> tuple[RecipientReport, ...]:
    """Return what a delivery status notification says; empty if the message is none."""
    found = (
        _recipient_report(fields)
        for part in message.walk()
        if part.get_content_type() in STATUS_TYPES
        for fields in _blocks(part)
        if fields["Final-Recipient"] or fields["Original-Recipient"]
    )
    return tuple(report for report, _number in zip(found, range(MOST_RECIPIENTS), strict=False))


def _recipient_report(fields: Message) -> RecipientReport:
    names = ("Original-Recipient", "Final-Recipient")
    addresses = (_address(header(fields, name)) for name in names)
    detail = header(fields, "Diagnostic-Code")
    kind, semicolon, said = detail.partition(";")
    detail = said.strip() if semicolon and kind.strip().isascii() and " " not in kind else detail
    status = _status(header(fields, "Status"), detail)
    action = header(fields, "Action").partition(" ")[0].lower()
    return RecipientReport(
        addresses=tuple(dict.fromkeys(filter(None, addresses))),
        action=action or ("failed" if status.startswith("5") else "delayed"),
        status=status,
        detail=detail,
    )


def _status(value: str, detail: str) -> str:
    """Return the status; where it says nothing, what the server itself said may."""
    found = STATUS.search(value)
    status = found[1] if found else ""
    if not status or status.endswith(".0.0"):
        said = STATUS.search(detail[:200])
        return said[1] if said else status
    return status


def _address(value: str) -> str:
    r"""Return the address of a field such as ``rfc822; li@example.org``.

    Source:
        RFC 6533, 3: letters may be written as ``\x{4E2D}``.
    """
    kind, semicolon, address = value.partition(";")
    address = (address if semicolon else kind).strip().strip("<>")
    if kind.strip().lower() == "utf-8":
        address = ESCAPED.sub(lambda code: _character(code[1]), address)
    return address


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "?"


def feedback(message: Message) -> Message | None:
    """Return the fields of a feedback report, or None if the message is none."""
    parts = (part for part in message.walk() if part.get_content_type() == FEEDBACK_TYPE)
    return next((fields for part in parts for fields in _blocks(part)), None)


def returned_headers(message: Message) -> Iterator[Message]:
    """Yield the headers of the messages that a report is about."""
    for part in message.walk():
        if part.get_content_type() in RETURNED_TYPES:
            yield _inner(part) or BytesHeaderParser(policy=compat32).parsebytes(_content(part))


def _inner(part: Message) -> Message | None:
    """Return the message in a part as the parser found it."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    return inner if isinstance(inner, Message) and inner.keys() else None


def _blocks(part: Message) -> Iterator[Message]:
    """Yield the groups of fields of a report, which are separated by blank lines."""
    for block in re.split(rb"\n[ \t]*\n", _content(part)):
        yield BytesHeaderParser(policy=compat32).parsebytes(block.strip(b"\n") + b"\n")


def _content(part: Message) -> bytes:
    """Return the bytes of a part, whatever Python's parser made of it."""
    payload = part.get_payload()
    if isinstance(payload, list):
        pieces = [_bytes(piece).strip(b"\n") for piece in payload if isinstance(piece, Message)]
        data = b"\n\n".join(pieces)
    else:
        data = str(payload).encode("utf-8", "surrogateescape")
    return _unpacked(data, header(part, "Content-Transfer-Encoding").lower())


def _bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except UnicodeError:
        return message.as_string().encode("utf-8", "replace")


def _unpacked(data: bytes, encoding: str) -> bytes:
    try:
        if encoding == "base64":
            return base64.b64decode(data).replace(b"\r\n", b"\n")
        return quopri.decodestring(data) if encoding == "quoted-printable" else data
    except binascii.Error:
        return data
