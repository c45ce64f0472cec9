"""What a notice changes: nothing, unless it proves which delivery it is about.

Anyone can write to the address of bounces. A notice is acted upon only if it has a token that the
ledger has signed, or the Message-ID of a delivery, which nobody can guess; and then it concerns
the member of that delivery, whatever address it names. So a stranger cannot have a member
suppressed, and a member nobody but themselves.
"""

import re
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from pubkit.distribution.identity import Identity
from pubkit.distribution.ledger.returned import Posted, confirm, is_member, posted, posted_as
from pubkit.distribution.ledger.suppressions import note_bounce, note_wish
from pubkit.distribution.returns.notices import Notice, NoticeKind
from pubkit.distribution.suppression import Fault, Outcome, Reason, judge
from pubkit.patterns import pattern
from pubkit.values import dataclass


class Finding(StrEnum):
    """What a message in the mailbox of returns was found to be."""

    PERMANENT = "permanent"
    """There is nobody at this address."""
    TEMPORARY = "temporary"
    """The address may work another day."""
    REFUSED = "refused"
    """The message was refused, not the member: policy, content, size."""
    UNSUBSCRIBED = "unsubscribed"
    COMPLAINT = "complaint"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    REPLY = "reply"
    UNKNOWN = "unknown"
    """It tells of a failure, but not of a delivery of this ledger; nothing was changed."""
    OTHER = "other"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What came back, and what it has changed."""

    place: str
    """Where it lies in the mailbox."""
    finding: Finding
    outcome: Outcome | None = None
    address: str = ""
    """The member's, or for what is unknown, that which the notice names."""
    document: str = ""
    status: str = ""
    detail: str = ""
    is_member: bool = False
    """Whether an unknown notice names an address to which something was sent."""
    notice: Notice


FAULTS = {
    Fault.ADDRESS: Finding.PERMANENT,
    Fault.TIME: Finding.TEMPORARY,
    Fault.MESSAGE: Finding.REFUSED,
}
PLAIN = {
    NoticeKind.DELAYED: Finding.DELAYED,
    NoticeKind.DELIVERED: Finding.DELIVERED,
    NoticeKind.REPLY: Finding.REPLY,
    NoticeKind.OTHER: Finding.OTHER,
    NoticeKind.UNREADABLE: Finding.UNREADABLE,
}


def handle(
    connection: Connection, identity: Identity, notice: Notice, *, place: str, now: datetime
) -> Return:
    """Write down what a notice says of one of our deliveries, and suppress its address if need be.

    Args:
        connection: To the ledger, within a transaction.
        identity: Reads the ledger's tokens.
        notice: The notice.
        place: Where it lies.
        now: The time; no notice is from later.
    """
    at = min(notice.date, now) if notice.date else now
    if notice.kind is NoticeKind.OTHER:
        leaving = _unsubscribing(connection, identity, notice)
        if leaving:
            return _take_wish(connection, notice, leaving, Reason.UNSUBSCRIBED, place, at)
    if notice.kind not in (NoticeKind.FAILED, NoticeKind.COMPLAINT):
        return _report(PLAIN[notice.kind], notice, place)
    message = _delivery(connection, identity, notice)
    if message is None:
        return _unknown(connection, notice, place)
    if notice.kind is NoticeKind.COMPLAINT:
        return _take_wish(connection, notice, message, Reason.COMPLAINT, place, at)
    return _take_bounce(connection, notice, message, place, at)


def _delivery(connection: Connection, identity: Identity, notice: Notice) -> Posted | None:
    """Return the delivery that a notice proves to be about."""
    for address in notice.own_addresses:
        number = identity.read_return_address(address)
        found = posted(connection, number) if number is not None else None
        if found:
            return found
    return posted_as(connection, notice.message_ids)


LEAVING = pattern(r"\bunsubscribe ([a-z2-7]{24})\b", re.IGNORECASE)


def _unsubscribing(connection: Connection, identity: Identity, notice: Notice) -> Posted | None:
    """Return the delivery whose member wants no more: by the address, or by the subject.

    Where members have no own return address, the subject is all that tells.
    """
    numbers = [identity.read_unsubscribe_address(address) for address in notice.own_addresses]
    if found := LEAVING.search(notice.subject):
        numbers.append(identity.read_unsubscribe_token(found[1]))
    number = next((number for number in numbers if number is not None), None)
    return posted(connection, number) if number is not None else None


def _take_bounce(
    connection: Connection, notice: Notice, message: Posted, place: str, at: datetime
) -> Return:
    confirm(connection, message)
    failure = notice.failure
    outcome = note_bounce(
        connection,
        notice.source,
        message.address,
        message.delivery,
        status=failure.status,
        detail=failure.detail,
        now=at,
    )
    finding = FAULTS[judge(failure.status, failure.detail)]
    return _about(message, finding, outcome, notice, place)


def _take_wish(
    connection: Connection,
    notice: Notice,
    message: Posted,
    reason: Reason,
    place: str,
    at: datetime,
) -> Return:
    confirm(connection, message)
    outcome = note_wish(
        connection, notice.source, message.address, message.delivery, reason=reason, now=at
    )
    return _about(message, Finding(reason.value), outcome, notice, place)


def _about(
    message: Posted, finding: Finding, outcome: Outcome, notice: Notice, place: str
) -> Return:
    return Return(
        place=place,
        finding=finding,
        outcome=outcome,
        address=message.address,
        document=message.document,
        status=notice.failure.status,
        detail=notice.failure.detail,
        is_member=True,
        notice=notice,
    )


def _unknown(connection: Connection, notice: Notice, place: str) -> Return:
    names = notice.failure.addresses
    return Return(
        place=place,
        finding=Finding.UNKNOWN,
        address=next(iter(names), ""),
        status=notice.failure.status,
        detail=notice.failure.detail,
        is_member=any(is_member(connection, name) for name in names),
        notice=notice,
    )


def _report(finding: Finding, notice: Notice, place: str) -> Return:
    failure = notice.failure
    return Return(
        place=place,
        finding=finding,
        address=next(iter(failure.addresses), notice.sender),
        status=failure.status,
        detail=failure.detail,
        notice=notice,
    )
