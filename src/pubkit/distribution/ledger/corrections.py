"""Who has which edition, and the campaign that brings a corrected one to the others."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, select, update

from pubkit.distribution.campaign import SUPERSEDED, Campaign, Delivery, DeliveryState
from pubkit.distribution.ledger.campaigns import (
    as_delivery,
    begin_campaign,
    enrol,
    in_states,
)
from pubkit.distribution.ledger.opening import Ledger
from pubkit.distribution.ledger.schema import CAMPAIGNS, DELIVERIES, PARCELS
from pubkit.errors import BusyError
from pubkit.messages import gettext as _
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Received:
    """A member who has an edition, and the edition that they have."""

    delivery: Delivery
    """The latest that they were sent."""
    digest: str
    """SHA-256 of its PDF."""


def received(connection: Connection, campaign: Campaign) -> Iterator[Received]:
    """Yield everyone who has an edition from any campaign of a document, up to this one."""
    table, parcel = DELIVERIES.c, PARCELS.c
    query = (
        select(DELIVERIES, parcel.pdf_digest)
        .join(
            PARCELS,
            (parcel.campaign == table.campaign)
            & (parcel.lang == table.lang)
            & (parcel.is_correction == table.is_correction),
        )
        .where(
            table.campaign.in_(_ids(connection, campaign)),
            table.state == DeliveryState.SENT,
        )
        .order_by(table.campaign)
    )
    latest = {row.key: row for row in connection.execute(query)}
    for row in latest.values():
        yield Received(as_delivery(row), row.pdf_digest)


def readers_of_others(
    connection: Connection, campaign: Campaign, digests: Mapping[str, str]
) -> list[Received]:
    """Return who has another edition than that of their language.

    Args:
        connection: To the ledger.
        campaign: The latest.
        digests: SHA-256 of the PDFs by language; in other languages nobody is looked at.
    """
    return [
        one
        for one in received(connection, campaign)
        if one.digest != digests.get(one.delivery.lang, one.digest)
    ]


def in_doubt(connection: Connection, campaign: Campaign) -> frozenset[str]:
    """Return who may have an edition or not, from any campaign of a document up to this one."""
    return in_states(connection, _ids(connection, campaign), (DeliveryState.IN_DOUBT,))


def _ids(connection: Connection, campaign: Campaign) -> list[int]:
    table = CAMPAIGNS.c
    same = (table.document == campaign.document) & (table.number <= campaign.number)
    return list(connection.execute(select(table.id).where(same)).scalars())


def corrected_by(
    connection: Connection, campaign: Campaign, digests: Mapping[str, str]
) -> frozenset[str]:
    """Return whom a campaign corrects with these editions, whatever became of their messages."""
    good = [
        lang
        for lang, parcel in campaign.corrections.items()
        if parcel.pdf_digest == digests.get(lang)
    ]
    table = DELIVERIES.c
    query = select(table.key).where(
        table.campaign == campaign.id, table.is_correction, table.lang.in_(good)
    )
    return frozenset(connection.execute(query).scalars())


def begin_correction(
    ledger: Ledger,
    faulty: Campaign,
    campaign: Campaign,
    deliveries: Iterable[Delivery],
    *,
    now: datetime,
) -> Campaign:
    """End a campaign and begin its correction, if nobody has got the faulty edition meanwhile.

    Once the campaign has ended nobody can any more; so it is looked at then, in one transaction.

    Raises:
        BusyError: Somebody has, or is about to.
    """
    members = tuple(deliveries)
    digests = {lang: parcel.pdf_digest for lang, parcel in campaign.parcels.items()}
    with ledger.transaction() as connection:
        _supersede(connection, faulty, now=now)
        doubtful = in_doubt(connection, faulty)
        readers = readers_of_others(connection, faulty, digests)
        found = {one.delivery.recipient.key for one in readers}
        if doubtful or found != {one.recipient.key for one in members}:
            raise _busy()
        begun = begin_campaign(connection, campaign)
        enrol(connection, begun, members)
    return begun


def begin_instead(
    ledger: Ledger,
    unsent: Campaign,
    campaign: Campaign,
    deliveries: Iterable[Delivery],
    *,
    now: datetime,
) -> Campaign:
    """End a campaign of which nobody has anything, and begin another one in its place.

    Raises:
        BusyError: Somebody has something of it by now.
    """
    with ledger.transaction() as connection:
        _supersede(connection, unsent, now=now)
        if in_states(connection, [unsent.id], (DeliveryState.SENT, DeliveryState.IN_DOUBT)):
            raise _busy()
        begun = begin_campaign(connection, campaign)
        enrol(connection, begun, deliveries)
    return begun


def _busy() -> BusyError:
    return BusyError(
        _("The edition is being sent at this moment"),
        remedy=_("Let the other machines stop, and run the same command again"),
    )


def _supersede(connection: Connection, campaign: Campaign, *, now: datetime) -> None:
    """Send nothing more of a campaign: another one takes its place."""
    table = DELIVERIES.c
    waiting = (table.campaign == campaign.id) & table.state.in_(
        (DeliveryState.PENDING, DeliveryState.DEFERRED)
    )
    values = {"state": DeliveryState.SUPPRESSED, "reply": SUPERSEDED, "changed": now}
    connection.execute(update(DELIVERIES).where(waiting).values(not_before=None, **values))
