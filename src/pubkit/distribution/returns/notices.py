"""What a returned message says: that a delivery failed, is late, or is not wanted.

::

    bytes --parse--> RFC 3464, RFC 5965    what servers write for machines
                     flufl.bounce          what they wrote before there was a standard
                     words                 what Chinese providers write
                                              --> Notice
"""

import hashlib
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from enum import StrEnum
from itertools import islice

from pubkit.distribution.returns.parsing import TooDeepError, header, headers, parse, texts
from pubkit.distribution.returns.reports import (
    STATUS,
    RecipientReport,
    feedback,
    recipient_reports,
    returned_headers,
)
from pubkit.messages import shortened
from pubkit.patterns import pattern
from pubkit.values import dataclass


class NoticeKind(StrEnum):
    """What a message in the mailbox of returns is."""

    FAILED = "failed"
    """Nobody tries any more to deliver the message."""
    DELAYED = "delayed"
    """It is still tried."""
    DELIVERED = "delivered"
    COMPLAINT = "complaint"
    """A reader called the message spam."""
    REPLY = "reply"
    """An automatic answer: holidays, a challenge to prove that one is human."""
    OTHER = "other"
    """A letter of a person, perhaps one who wants no more messages."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What a server says of the recipient."""

    addresses: tuple[str, ...] = ()
    """As the server knows them."""
    status: str = ""
    """The enhanced status code, or empty."""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message in the mailbox of returns, as far as it says what became of a delivery."""

    source: str
    """Identifies the message in every copy of it."""
    kind: NoticeKind
    failure: Failure = Failure()
    own_addresses: tuple[str, ...] = ()
    """Where it was sent to, and where the message came from that it is about: they may have the
    token of a delivery."""
    message_ids: tuple[str, ...] = ()
    """Those of the message that it is about."""
    sender: str = ""
    subject: str = ""
    date: datetime | None = None


RECIPIENT_FIELDS = (
    *("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To"),
    *("X-Forwarded-To", "To", "Cc", "Resent-To"),
)
MOST_ADDRESSES = 50
LONGEST_DETAIL = 500
SHORT = 64_000
"""Bytes of a message whose words are searched."""


def read_notice(data: bytes) -> Notice:
    """Return what a message says; whatever it is, this raises nothing and takes a bounded time."""
    source = identify(data)
    try:
        return _read(data, source)
    except (TooDeepError, RecursionError):
        return Notice(source=source, kind=NoticeKind.UNREADABLE)
    except Exception:  # the standard library is not written for hostile mail: it costs this one
        return Notice(source=source, kind=NoticeKind.UNREADABLE)


KEPT_FIELDS = re.compile(rb"(?im)^(?:message-id|date|from|subject):.*$")


def identify(data: bytes) -> str:
    """Return what all copies of a message share, in whatever mailbox they lie.

    Mailboxes add headers, quote lines that begin with ``From``, and change the ends of lines.
    """
    head, _gap, body = data.replace(b"\r\n", b"\n").partition(b"\n\n")
    plain = re.sub(rb"(?m)^>+(?=From )", b"", body[:200_000]).rstrip()
    digest = hashlib.sha256(b"\n".join(sorted(KEPT_FIELDS.findall(head[:200_000]))))
    digest.update(b"\n\n" + plain)
    return digest.hexdigest()


def _read(data: bytes, source: str) -> Notice:
    message = parse(data)
    kind, failure = _judge(message, data)
    complaint = feedback(message) if kind is NoticeKind.COMPLAINT else None
    returned = list(islice(returned_headers(message), 5))
    origins = [*headers(complaint, "Original-Mail-From")] if complaint else []
    origins += [value for part in returned for value in headers(part, "Return-Path")]
    return Notice(
        source=source,
        kind=kind,
        failure=failure,
        own_addresses=tuple(dict.fromkeys([*_recipients(message), *_addresses(origins)])),
        message_ids=tuple(_message_ids(message, returned, data)),
        sender=shortened(next(iter(_addresses(headers(message, "From"))), "")),
        subject=shortened(header(message, "Subject")),
        date=_date(message),
    )


def _judge(message: Message, data: bytes) -> tuple[NoticeKind, Failure]:
    """Return what a message is, from what is written for machines to what is for people."""
    reports = recipient_reports(message)
    if reports:
        return _judge_reports(reports)
    fields = feedback(message)
    if fields is not None:
        is_abuse = header(fields, "Feedback-Type").lower() in ("abuse", "fraud", "opt-out")
        return NoticeKind.COMPLAINT if is_abuse else NoticeKind.OTHER, Failure()
    if not _is_from_server(message):
        return NoticeKind.REPLY if _is_automatic(message) else NoticeKind.OTHER, Failure()
    return _judge_words(message, data)


ACTIONS = {"failed": NoticeKind.FAILED, "delayed": NoticeKind.DELAYED}


def _judge_reports(reports: tuple[RecipientReport, ...]) -> tuple[NoticeKind, Failure]:
    """Take the mildest report: where a forwarder has reached one of two, the member has it."""
    order = (NoticeKind.DELIVERED, NoticeKind.DELAYED, NoticeKind.FAILED)
    kinds = [ACTIONS.get(report.action, NoticeKind.DELIVERED) for report in reports]
    kind = min(kinds, key=order.index)
    report = reports[kinds.index(kind)]
    detail = shortened(report.detail, LONGEST_DETAIL)
    return kind, Failure(addresses=report.addresses, status=report.status, detail=detail)


SERVER = pattern(
    r"mail(?:er)?[-_. ]?daemon|postmaster|mail[-_. ]?(?:delivery|system)|microsoftexchange",
    re.IGNORECASE,
)


def _is_from_server(message: Message) -> bool:
    """Tell whether a mail server wrote a message; what persons write is never a bounce."""
    if message["X-Failed-Recipients"]:
        return True
    senders = getaddresses(headers(message, "From", "Sender"))
    return any(SERVER.search(f"{name} {address}") for name, address in senders)


AUTOMATIC_SUBJECT = pattern(
    r"(?:\W|re:)*(?:out of (?:the )?office|auto(?:matic|-)?\s?(?:reply|response)|vacation|away from"
    r"|自动(?:回复|答复)|自動(?:回覆|回復)|不在办公室|休假)",
    re.IGNORECASE,
)


def _is_automatic(message: Message) -> bool:
    """Tell whether a machine answered in a person's name.

    Source:
        RFC 3834, 5.
    """
    if header(message, "Auto-Submitted").lower().startswith("auto-replied"):
        return True  # “auto-generated” may be a mail program that unsubscribes for its user
    if header(message, "Precedence").lower() in ("auto_reply", "auto-reply"):
        return True
    marks = ("X-Autoreply", "X-Autorespond", "X-Autogenerated", "X-Delivery-Agent", "X-Boxbe")
    return any(message[name] for name in marks) or bool(
        AUTOMATIC_SUBJECT.match(header(message, "Subject"))
    )


def _judge_words(message: Message, data: bytes) -> tuple[NoticeKind, Failure]:
    """Read what a server wrote for people."""
    text = "\n".join(texts(message))[:SHORT]
    delayed, failed = _scan(data)
    if delayed and not failed:
        return NoticeKind.DELAYED, Failure(addresses=delayed)
    if not failed and RETURNED.search(text + header(message, "Subject")):
        failed = tuple(islice(_named_addresses(text), 1))
    if not failed:
        return NoticeKind.OTHER, Failure()
    said = _telling_line(text, failed)
    status = STATUS.search(said)
    return NoticeKind.FAILED, Failure(
        addresses=failed, status=status[1] if status else "", detail=said
    )


ASCII = bytes(range(128)) + b"?" * 128
"""flufl.bounce gives up at headers with other bytes, such as those of QQ."""


def _scan(data: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return whom flufl.bounce finds: those who wait, and those who are not reached."""
    from flufl.bounce import all_failures

    logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)  # it logs tracebacks
    head, gap, body = data[:SHORT].replace(b"\r\n", b"\n").partition(b"\n\n")
    try:
        delayed, failed = all_failures(parse(head.translate(ASCII) + gap + body))
    except Exception:  # a detector of an old server has met something that it does not know
        return (), ()
    return _texts(delayed), _texts(failed)


def _texts(addresses: object) -> tuple[str, ...]:
    found = addresses if isinstance(addresses, frozenset | set) else ()
    decoded = (item.decode("utf-8", "replace") for item in found if isinstance(item, bytes))
    return tuple(sorted(decoded))[:MOST_ADDRESSES]


RETURNED = pattern(
    r"退信|退回|退件|无法(?:投递|送达|发送到)|無法(?:投遞|送達|傳遞)|投递失败|投遞失敗|发送失败|未能送达"
)
ADDRESS = pattern(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
TELLING = pattern(r"\b[45]\d\d\b|\b[45]\.\d{1,3}\.\d{1,3}\b|不存在|已满|已滿|拒|禁|失败|失敗|原因")


def _named_addresses(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from (found[0] for found in ADDRESS.finditer(line[:1_000]))


def _telling_line(text: str, addresses: tuple[str, ...]) -> str:
    """Return the lines that tell why, beginning where the recipient is named."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    named = (number for number, line in enumerate(lines) if any(a in line for a in addresses))
    start = next(named, 0)
    telling = [line for line in lines[start : start + 12] if TELLING.search(line)]
    return shortened(" ".join(telling[:3] or lines[start : start + 2]), LONGEST_DETAIL)


def _recipients(message: Message) -> list[str]:
    """Return the addresses to which a message was sent, that of its envelope first."""
    return _addresses(headers(message, *RECIPIENT_FIELDS))


def _addresses(values: list[str]) -> list[str]:
    found = (match[0] for value in values for match in ADDRESS.finditer(value[:4_000]))
    return list(dict.fromkeys(islice(found, MOST_ADDRESSES)))


IDENTIFIER = pattern(r"<[^<>\s]{3,250}>")
OLD_STYLE = re.compile(rb"(?im)^(?:>\s?)?message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{3,250}>)")


def _message_ids(message: Message, returned: list[Message], data: bytes) -> Iterator[str]:
    """Yield the Message-IDs of what is returned, wherever a server has put it."""
    found = [header(part, "Message-ID") for part in returned]
    if not any(found):
        body = data.partition(b"\n\n")[2] or data.partition(b"\r\n\r\n")[2]
        plain = [*OLD_STYLE.findall(body[:SHORT])]
        plain += [
            item for text in texts(message) for item in OLD_STYLE.findall(text[:SHORT].encode())
        ]
        found = [item.decode("utf-8", "replace") for item in plain]
    yield from dict.fromkeys(
        match[0] for value in found[:9] for match in IDENTIFIER.finditer(value)
    )


def _date(message: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header(message, "Date")[:100])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
