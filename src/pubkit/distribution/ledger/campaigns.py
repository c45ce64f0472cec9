"""Campaigns in the ledger: begun in one transaction, and read back."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from pubkit.distribution.campaign import Campaign, Delivery, DeliveryState, Parcel, Recipient
from pubkit.distribution.ledger.schema import CAMPAIGNS, DELIVERIES, PARCELS
from pubkit.model import Letter


def begin_campaign(connection: Connection, campaign: Campaign) -> Campaign:
    """Write down a campaign with everything that its members will get; return it with its id."""
    values = {
        "document": campaign.document,
        "number": campaign.number,
        "began": campaign.began,
        "sender": campaign.sender,
        "roster_digest": "",
    }
    result = connection.execute(insert(CAMPAIGNS).values(values).returning(CAMPAIGNS.c.id))
    begun = replace(campaign, id=result.scalar_one())
    rows = [
        {"campaign": begun.id, "is_correction": is_correction, **_parcel_values(parcel)}
        for is_correction, parcels in ((False, begun.parcels), (True, begun.corrections))
        for parcel in parcels.values()
    ]
    if rows:
        connection.execute(insert(PARCELS), rows)
    return begun


def find_campaign(
    connection: Connection, document: str, number: int | None = None
) -> Campaign | None:
    """Return the campaign of a document with this number, or the latest one, if there is one."""
    query = select(CAMPAIGNS).where(CAMPAIGNS.c.document == document)
    if number is not None:
        query = query.where(CAMPAIGNS.c.number == number)
    row = connection.execute(query.order_by(CAMPAIGNS.c.number.desc()).limit(1)).first()
    return _campaign(connection, row) if row else None


def campaigns(connection: Connection, document: str) -> tuple[Campaign, ...]:
    """Return all campaigns of a document in their order."""
    query = select(CAMPAIGNS).where(CAMPAIGNS.c.document == document).order_by(CAMPAIGNS.c.number)
    return tuple(_campaign(connection, row) for row in connection.execute(query).all())


def _campaign(connection: Connection, row: Row[Any]) -> Campaign:
    found = connection.execute(select(PARCELS).where(PARCELS.c.campaign == row.id)).all()
    parcels = [(item.is_correction, _parcel(item)) for item in found]
    return Campaign(
        id=row.id,
        document=row.document,
        number=row.number,
        began=row.began,
        sender=row.sender,
        parcels={parcel.lang: parcel for is_correction, parcel in parcels if not is_correction},
        corrections={parcel.lang: parcel for is_correction, parcel in parcels if is_correction},
    )


def _parcel_values(parcel: Parcel) -> dict[str, object]:
    return {
        "lang": parcel.lang,
        "pdf_path": parcel.pdf_path,
        "pdf_digest": parcel.pdf_digest,
        "pdf_size": parcel.pdf_size,
        "attachment": parcel.attachment,
        "letters": json.dumps([asdict(parcel.named), asdict(parcel.unnamed)], ensure_ascii=False),
        "texts": json.dumps(parcel.texts, ensure_ascii=False),
    }


def _parcel(row: Row[Any]) -> Parcel:
    named, unnamed = (Letter(**values) for values in json.loads(row.letters))
    return Parcel(
        lang=row.lang,
        pdf_path=row.pdf_path,
        pdf_digest=row.pdf_digest,
        pdf_size=row.pdf_size,
        attachment=row.attachment,
        named=named,
        unnamed=unnamed,
        texts=tuple(json.loads(row.texts)),
    )


# ---------------------------------------------------------------- who gets it


def roster_digest(connection: Connection, campaign: Campaign) -> str:
    """Return the digest of the roster as it was last read for a campaign."""
    query = select(CAMPAIGNS.c.roster_digest).where(CAMPAIGNS.c.id == campaign.id)
    digest: str = connection.execute(query).scalar_one()
    return digest


def enrol(
    connection: Connection, campaign: Campaign, deliveries: Iterable[Delivery], *, digest: str
) -> int:
    """Bring the members of a campaign up to date with the roster of today.

    Who is new is added; who is there keeps the language, the name and the state that they have;
    who has left the roster waits, and is not written to (their line is 0).

    Returns:
        How many are new.
    """
    table = DELIVERIES.c
    rows = {delivery.recipient.key: _delivery_values(delivery) for delivery in deliveries}
    query = select(table.key, table.line).where(table.campaign == campaign.id)
    known: dict[str, int] = {key: line for key, line in connection.execute(query)}  # noqa: C416
    new = [values for key, values in rows.items() if key not in known]
    if new:
        connection.execute(insert(DELIVERIES), new)
    lines = {key: rows[key]["line"] if key in rows else 0 for key in known}
    moved = [key for key, line in lines.items() if bool(line) != bool(known[key])]
    for key in moved:
        where = (table.campaign == campaign.id) & (table.key == key)
        connection.execute(update(DELIVERIES).where(where).values(line=lines[key]))
    where_campaign = CAMPAIGNS.c.id == campaign.id
    connection.execute(update(CAMPAIGNS).where(where_campaign).values(roster_digest=digest))
    return len(new)


def _delivery_values(delivery: Delivery) -> dict[str, object]:
    recipient = delivery.recipient
    return {
        "campaign": delivery.campaign,
        "key": recipient.key,
        "address": recipient.address,
        "name": recipient.name,
        "title": recipient.title,
        "groups": join_groups(recipient.groups),
        "line": recipient.line,
        "lang": delivery.lang,
        "is_correction": delivery.is_correction,
        "message_id": delivery.message_id,
        "state": delivery.state,
        "reply": delivery.reply,
        "changed": delivery.changed,
    }


def join_groups(groups: Sequence[str]) -> str:
    """Return groups as they are kept: each between line breaks, so that it can be searched for."""
    return "".join(f"\n{group}" for group in groups) + "\n" if groups else ""


def as_delivery(row: Row[Any]) -> Delivery:
    """Return a row of the ledger."""
    return Delivery(
        id=row.id,
        campaign=row.campaign,
        recipient=Recipient(
            address=row.address,
            name=row.name,
            title=row.title,
            groups=tuple(filter(None, row.groups.split("\n"))),
            line=row.line,
        ),
        lang=row.lang,
        message_id=row.message_id,
        state=DeliveryState(row.state),
        is_correction=row.is_correction,
        attempts=row.attempts,
        not_before=row.not_before,
        first_attempt=row.first_attempt,
        changed=row.changed,
        reply=row.reply,
    )


def deliveries(
    connection: Connection, campaign: Campaign, states: Sequence[DeliveryState] = ()
) -> Iterator[Delivery]:
    """Yield the members of a campaign, all or those in these states, in their order."""
    query = select(DELIVERIES).where(DELIVERIES.c.campaign == campaign.id)
    if states:
        query = query.where(DELIVERIES.c.state.in_(states))
    for row in connection.execute(query.order_by(DELIVERIES.c.id)):
        yield as_delivery(row)


def count_states(connection: Connection, campaign: Campaign) -> Mapping[DeliveryState, int]:
    """Return how many members are in each state."""
    table = DELIVERIES.c
    query = (
        select(table.state, func.count()).where(table.campaign == campaign.id).group_by(table.state)
    )
    found: dict[str, int] = {state: number for state, number in connection.execute(query)}  # noqa: C416
    return {state: found.get(state, 0) for state in DeliveryState}
