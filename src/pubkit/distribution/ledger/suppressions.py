"""The addresses that get nothing any more, and what came back from them.

Every function works within the transaction of its caller.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from pubkit.distribution.campaign import address_key
from pubkit.distribution.ledger.inserting import insert_into
from pubkit.distribution.ledger.schema import BOUNCES, SUPPRESSIONS
from pubkit.distribution.suppression import (
    MEMORY,
    PATIENCE,
    Fault,
    Outcome,
    Reason,
    Suppression,
    judge,
)

LONGEST_DETAIL = 500
"""Characters of what a server said."""


def suppress(
    connection: Connection, address: str, *, reason: Reason, detail: str = "", now: datetime
) -> bool:
    """Send nothing to an address any more; the strongest reason stays.

    Returns:
        Whether that is new, or the reason is.
    """
    values = {"address": address, "reason": reason.value, "detail": detail, "since": now}
    statement = insert_into(connection, SUPPRESSIONS).values(key=address_key(address), **values)
    changed = connection.execute(
        statement.on_conflict_do_update(
            index_elements=[SUPPRESSIONS.c.key],
            set_=values,
            where=SUPPRESSIONS.c.reason.in_(reason.weaker),
        ).returning(SUPPRESSIONS.c.key)
    )
    return changed.first() is not None


def release(connection: Connection, address: str) -> bool:
    """Let an address get messages again; what is known to have come back no longer counts.

    Returns:
        Whether it was suppressed.
    """
    key = address_key(address)
    connection.execute(update(BOUNCES).where(BOUNCES.c.key == key).values(is_counted=False))
    found = connection.execute(delete(SUPPRESSIONS).where(SUPPRESSIONS.c.key == key))
    return found.rowcount > 0


def suppressions(connection: Connection) -> Iterator[Suppression]:
    """Yield all suppressed addresses, the latest last."""
    rows = connection.execute(
        select(SUPPRESSIONS).order_by(SUPPRESSIONS.c.since, SUPPRESSIONS.c.key)
    )
    for row in rows:
        yield Suppression(
            address=row.address, reason=Reason(row.reason), detail=row.detail, since=row.since
        )


def note_bounce(
    connection: Connection,
    source: str,
    address: str,
    delivery: int | None,
    *,
    status: str,
    detail: str,
    now: datetime,
    is_permanent: bool = True,
) -> Outcome:
    """Keep that a message came back, and suppress its address if that is reason enough.

    Args:
        connection: Within a transaction.
        source: Identifies the notice: nothing is counted twice.
        address: To which the message went.
        delivery: The delivery that it was, if that is known.
        status: The enhanced status code, or empty.
        detail: What the server said.
        now: When it came back.
        is_permanent: Whether nobody tries again to deliver it.
    """
    fault = judge(status, detail)
    is_counted = fault is not Fault.MESSAGE
    kept: dict[str, Any] = {"status": status, "detail": detail[:LONGEST_DETAIL]}
    kept |= {"is_counted": is_counted}
    kept |= {"kind": Reason.BOUNCED.value, "is_permanent": is_permanent, "at": now}
    if not _note(connection, source, address, delivery, kept):
        return Outcome.KNOWN
    if not is_counted:
        return Outcome.NOTED
    if fault is Fault.ADDRESS or _failing_days(connection, address, now) >= PATIENCE:
        words = f"{status} {detail[:LONGEST_DETAIL]}".strip()
        suppress(connection, address, reason=Reason.BOUNCED, detail=words, now=now)
        return Outcome.SUPPRESSED
    return Outcome.COUNTED


def note_wish(
    connection: Connection,
    source: str,
    address: str,
    delivery: int | None,
    *,
    reason: Reason,
    detail: str = "",
    now: datetime,
) -> Outcome:
    """Keep that a member unsubscribed by mail, or complained, and suppress the address."""
    kept: dict[str, Any] = {"kind": reason.value, "detail": detail[:LONGEST_DETAIL], "at": now}
    kept |= {"status": "", "is_permanent": False, "is_counted": False}
    if not _note(connection, source, address, delivery, kept):
        return Outcome.KNOWN
    suppress(connection, address, reason=reason, detail=detail[:LONGEST_DETAIL], now=now)
    return Outcome.SUPPRESSED


def _note(
    connection: Connection, source: str, address: str, delivery: int | None, kept: dict[str, Any]
) -> bool:
    """Keep what came back; tell whether it is new."""
    statement = insert_into(connection, BOUNCES).values(
        source=source, key=address_key(address), delivery=delivery, **kept
    )
    statement = statement.on_conflict_do_nothing().returning(BOUNCES.c.key)
    return connection.execute(statement).first() is not None


def _failing_days(connection: Connection, address: str, now: datetime) -> int:
    """Return on how many days deliveries to an address failed; each counts on its first day."""
    rows = connection.execute(
        select(BOUNCES.c.delivery, BOUNCES.c.at)
        .where(BOUNCES.c.key == address_key(address), BOUNCES.c.is_counted)
        .where(BOUNCES.c.at > now - MEMORY)
        .order_by(BOUNCES.c.at)
    )
    days: dict[object, date] = {}
    for number, row in enumerate(rows):
        days.setdefault(row.delivery or f"unknown {number}", row.at.date())
    return len(set(days.values()))
