"""Ledgers as a campaign leaves them, for whoever looks at them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, insert

from pubkit.distribution.campaign import Campaign, DeliveryState, address_key
from pubkit.distribution.ledger.schema import (
    BOUNCES,
    CAMPAIGNS,
    DELIVERIES,
    METADATA,
    SUPPRESSIONS,
)
from pubkit.distribution.ledger.suppressions import suppressions
from pubkit.distribution.suppression import Suppression

BEGAN = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
SENT, FAILED, DEFERRED = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DEFERRED
IN_DOUBT, PENDING = DeliveryState.IN_DOUBT, DeliveryState.PENDING
SUPPRESSED = DeliveryState.SUPPRESSED


def make_ledger(url: str = "sqlite://") -> Engine:
    """Make the tables of a ledger."""
    engine = create_engine(url)
    METADATA.create_all(engine)
    return engine


def begin(
    engine: Engine, document: str = "report", number: int = 1, *, corrects: int | None = None
) -> Campaign:
    """Begin a campaign without members."""
    row: dict[str, Any] = {
        "document": document,
        "number": number,
        "began": BEGAN,
        "sender": "press@example.org",
        "corrects": corrects,
    }
    with engine.begin() as connection:
        result = connection.execute(insert(CAMPAIGNS), row)
        (key,) = result.inserted_primary_key or (0,)
    return Campaign(id=key, **row)


def member(campaign: Campaign, line: int, **changes: Any) -> dict[str, Any]:
    """Return the row of a member; sent a second after the one before them."""
    address = changes.get("address", f"member{line}@example.org")
    return {
        "campaign": campaign.id,
        "key": address_key(address),
        "address": address,
        "name": f"Member {line}",
        "title": "",
        "groups": "",
        "line": line,
        "lang": "en",
        "is_correction": False,
        "message_id": f"<{campaign.id}.{line}@example.org>",
        "state": SENT,
        "attempts": 1,
        "not_before": None,
        "first_attempt": BEGAN,
        "changed": BEGAN + timedelta(seconds=line),
        "reply": "",
    } | changes


def add_members(engine: Engine, members: Iterable[dict[str, Any]]) -> None:
    """Add members to their campaigns."""
    with engine.begin() as connection:
        connection.execute(insert(DELIVERIES), list(members))


def suppress(engine: Engine, address: str, reason: str, since: datetime = BEGAN) -> None:
    """Put an address onto the suppression list."""
    row = {"key": address_key(address), "address": address, "reason": reason, "since": since}
    with engine.begin() as connection:
        connection.execute(insert(SUPPRESSIONS), row)


def suppression_of(connection: Connection, address: str) -> Suppression | None:
    """Return why an address gets nothing, or None if it does."""
    key = address_key(address)
    return next((one for one in suppressions(connection) if address_key(one.address) == key), None)


def bounce(engine: Engine, source: str, **changes: Any) -> None:
    """Note that a message came back."""
    row = {"source": source, "key": source, "kind": "bounced", "at": BEGAN, "status": "5.1.1"}
    row |= {"is_permanent": True, "is_counted": True}
    with engine.begin() as connection:
        connection.execute(insert(BOUNCES), row | changes)
