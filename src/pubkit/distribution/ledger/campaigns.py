"""Campaigns in the ledger: begun in one transaction, and read back."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from pubkit.distribution.campaign import Campaign, Delivery, DeliveryState, Parcel, Recipient
from pubkit.distribution.ledger.inserting import insert_into
from pubkit.distribution.ledger.opening import Ledger
from pubkit.distribution.ledger.schema import CAMPAIGNS, DELIVERIES, PARCELS
from pubkit.model import Letter


def begin_campaign(connection: Connection, campaign: Campaign) -> Campaign:
    """Write down a campaign with everything that its members will get; return it with its id."""
    values = {
        "document": campaign.document,
        "number": campaign.number,
        "began": campaign.began,
        "sender": campaign.sender,
        "embargo": campaign.embargo,
        "corrects": campaign.corrects,
        "roster_digest": "",
    }
    result = connection.execute(insert(CAMPAIGNS).values(values).returning(CAMPAIGNS.c.id))
    begun = replace(campaign, id=result.scalar_one())
    add_parcels(connection, begun, begun.parcels.values())
    add_parcels(connection, begun, begun.corrections.values(), is_correction=True)
    return begun


def begin(ledger: Ledger, campaign: Campaign, deliveries: Iterable[Delivery]) -> Campaign | None:
    """Begin a campaign with its members, all at once or not at all.

    Returns:
        The campaign with its id; None if another machine has begun it at this moment.
    """
    try:
        with ledger.transaction() as connection:
            begun = begin_campaign(connection, campaign)
            enrol(connection, begun, deliveries)
            return begun
    except IntegrityError:
        with ledger.transaction() as connection:
            if find_campaign(connection, campaign.document, campaign.number) is None:
                raise
        return None


def add_parcels(
    connection: Connection,
    campaign: Campaign,
    parcels: Iterable[Parcel],
    *,
    is_correction: bool = False,
) -> None:
    """Write down what the members of more languages will get."""
    rows = [
        {"campaign": campaign.id, "is_correction": is_correction, **_parcel_values(parcel)}
        for parcel in parcels
    ]
    if rows:
        # Another machine may have frozen the same language; which one counts is looked at later.
        connection.execute(insert_into(connection, PARCELS).on_conflict_do_nothing(), rows)


def find_campaign(
    connection: Connection, document: str, number: int | None = None
) -> Campaign | None:
    """Return the campaign of a document with this number, or the latest one, if there is one."""
    query = select(CAMPAIGNS).where(CAMPAIGNS.c.document == document)
    if number is not None:
        query = query.where(CAMPAIGNS.c.number == number)
    row = connection.execute(query.order_by(CAMPAIGNS.c.number.desc()).limit(1)).first()
    return _campaign(connection, row) if row else None


def campaigns_of(connection: Connection, document: str) -> tuple[Campaign, ...]:
    """Return all campaigns of a document in their order, with their parcels."""
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
        embargo=row.embargo,
        corrects=row.corrects,
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


def enrol(connection: Connection, campaign: Campaign, deliveries: Iterable[Delivery]) -> int:
    """Add members to a campaign; those who are in it already keep what they have.

    Returns:
        How many are new.
    """
    known = lines_of(connection, campaign)
    new = [
        {**_delivery_values(delivery), "campaign": campaign.id}
        for delivery in deliveries
        if delivery.recipient.key not in known
    ]
    if new:
        # Another machine may be reading the same roster.
        once = insert_into(connection, DELIVERIES).on_conflict_do_nothing(
            index_elements=["campaign", "key"]
        )
        connection.execute(once, new)
    return len(new)


def lines_of(connection: Connection, campaign: Campaign) -> dict[str, int]:
    """Return the members of a campaign by the keys of their addresses, with their lines."""
    query = select(DELIVERIES.c.key, DELIVERIES.c.line).where(DELIVERIES.c.campaign == campaign.id)
    return {key: line for key, line in connection.execute(query)}  # noqa: C416


def follow_roster(
    connection: Connection, campaign: Campaign, lines: Mapping[str, int], *, digest: str
) -> None:
    """Let those wait who have left the roster (line 0), and write to those who are back.

    Who has the faulty edition gets its correction in any case.

    Args:
        connection: Within a transaction.
        campaign: Which.
        lines: The members of the roster by the keys of their addresses.
        digest: That of the roster, by which the next run knows it again.
    """
    table = DELIVERIES.c
    moved = [
        {"member": key, "now": lines.get(key, 0)}
        for key, line in lines_of(connection, campaign).items()
        if bool(line) != bool(lines.get(key))
    ]
    if moved:
        member = (table.campaign == campaign.id) & (table.key == bindparam("member"))
        follow = update(DELIVERIES).where(member, table.is_correction.is_(False))
        connection.execute(follow.values(line=bindparam("now")), moved)
    where_campaign = CAMPAIGNS.c.id == campaign.id
    connection.execute(update(CAMPAIGNS).where(where_campaign).values(roster_digest=digest))


def _delivery_values(delivery: Delivery) -> dict[str, object]:
    recipient = delivery.recipient
    return {
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


def next_id(connection: Connection) -> int:
    """Return the id that the next member of any campaign will have, if nobody comes before."""
    latest: int | None = connection.execute(select(func.max(DELIVERIES.c.id))).scalar_one()
    return (latest or 0) + 1


def count_states(
    connection: Connection, campaign: Campaign, only: ColumnElement[bool] | None = None
) -> Mapping[DeliveryState, int]:
    """Return how many members are in each state.

    Args:
        connection: To the ledger.
        campaign: Which.
        only: What has to be true of their rows.
    """
    table = DELIVERIES.c
    query = (
        select(table.state, func.count()).where(table.campaign == campaign.id).group_by(table.state)
    )
    if only is not None:
        query = query.where(only)
    found: dict[str, int] = {state: number for state, number in connection.execute(query)}  # noqa: C416
    return {state: found.get(state, 0) for state in DeliveryState}


def waiting_languages(
    connection: Connection, campaign: Campaign, only: ColumnElement[bool]
) -> set[str]:
    """Return the languages of those who wait, and of whose rows this is true."""
    table = DELIVERIES.c
    waiting = table.state.in_((DeliveryState.PENDING, DeliveryState.DEFERRED))
    query = select(table.lang).distinct().where(table.campaign == campaign.id, waiting, only)
    return set(connection.execute(query).scalars())


# ---------------------------------------------------------------- corrected campaigns


def in_states(
    connection: Connection,
    campaigns: Iterable[int],
    states: Sequence[DeliveryState],
    only: ColumnElement[bool] | None = None,
) -> frozenset[str]:
    """Return who is in one of these states in one of these campaigns.

    Args:
        connection: To the ledger.
        campaigns: Their ids.
        states: Any of them.
        only: What has to be true of their rows.
    """
    table = DELIVERIES.c
    query = select(table.key).where(table.campaign.in_(campaigns), table.state.in_(states))
    if only is not None:
        query = query.where(only)
    return frozenset(connection.execute(query).scalars())


def chain_ids(connection: Connection, campaign: Campaign) -> list[int]:
    """Return the ids of a campaign and of those that it corrects, the latest first."""
    table = CAMPAIGNS.c
    query = select(table.number, table.id, table.corrects)
    rows = connection.execute(query.where(table.document == campaign.document))
    known = {row.number: row for row in rows}
    ids, corrected = [campaign.id], campaign.corrects
    while corrected in known:
        ids.append(known[corrected].id)
        corrected = known[corrected].corrects
    return ids
