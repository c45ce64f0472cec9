"""The tables of the ledger.

Times are UTC, in whole microseconds, as text of ISO 8601: both databases keep and compare them in
the same way.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

VERSION = 1
"""Of these tables: a ledger of another version is refused."""


class Moment(TypeDecorator[datetime]):
    """A time with its zone, kept as text that sorts as times do."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """Return what is kept."""
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """Return the time that was kept."""
        return datetime.fromisoformat(value) if value else None


METADATA = MetaData()

FACTS = Table(
    "pubkit_facts",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""``version``, ``id`` of the ledger, ``secret`` of its tokens, ``runs`` that it has seen."""

CAMPAIGNS = Table(
    "pubkit_campaigns",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("began", Moment, nullable=False),
    Column("sender", Text, nullable=False),
    Column("embargo", Moment),
    Column("corrects", Integer),
    Column("roster_digest", String(64), nullable=False, default=""),
    UniqueConstraint("document", "number"),
)

PARCELS = Table(
    "pubkit_parcels",
    METADATA,
    Column("campaign", ForeignKey("pubkit_campaigns.id"), primary_key=True),
    Column("lang", String(35), primary_key=True),
    Column("is_correction", Boolean, primary_key=True),
    Column("pdf_path", Text, nullable=False),
    Column("pdf_digest", String(64), nullable=False),
    Column("pdf_size", Integer, nullable=False),
    Column("attachment", Text, nullable=False),
    Column("letters", Text, nullable=False),
    Column("texts", Text, nullable=False),
)
"""The editions as they are sent; letters and texts are JSON."""

DELIVERIES = Table(
    "pubkit_deliveries",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("campaign", ForeignKey("pubkit_campaigns.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("groups", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("lang", String(35), nullable=False),
    Column("is_correction", Boolean, nullable=False, default=False),
    Column("message_id", Text, nullable=False, unique=True),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("not_before", Moment),
    Column("first_attempt", Moment),
    Column("changed", Moment, nullable=False),
    Column("reply", Text, nullable=False, default=""),
    Column("claimed_by", Integer),
    UniqueConstraint("campaign", "key"),
    Index("pubkit_deliveries_state", "campaign", "state", "id"),
)
"""One row for each member and campaign; groups are separated by line breaks."""

SUPPRESSIONS = Table(
    "pubkit_suppressions",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("reason", String(12), nullable=False),
    Column("detail", Text, nullable=False, default=""),
    Column("since", Moment, nullable=False),
)
"""The addresses to which nothing is sent any more, in no campaign."""

BOUNCES = Table(
    "pubkit_bounces",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("delivery", Integer),
    Column("kind", String(12), nullable=False),
    Column("is_permanent", Boolean, nullable=False),
    Column("is_counted", Boolean, nullable=False),
    Column("status", String(12), nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Column("at", Moment, nullable=False),
    Index("pubkit_bounces_key", "key"),
)
"""What came back; ``source`` identifies the notice, so that reading a mailbox twice counts once.

``kind`` is ``bounced``, ``unsubscribed`` or ``complaint``. ``is_permanent``: the member does not
have the message, and nobody tries again. ``is_counted``: it speaks against the address; a refusal
of the message itself does not, nor does what was kept before the address was released.
"""
