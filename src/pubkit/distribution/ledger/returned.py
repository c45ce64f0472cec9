"""Which delivery a returned message is about, as far as the ledger can prove it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, select, update

from pubkit.distribution.campaign import DeliveryState, address_key
from pubkit.distribution.ledger.schema import CAMPAIGNS, DELIVERIES
from pubkit.messages import gettext as _
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A message that went to a member."""

    delivery: int
    address: str
    lang: str
    document: str
    sender: str
    """The address that it came from."""


def posted(connection: Connection, delivery: int) -> Posted | None:
    """Return the message of a delivery, or None if the ledger no longer has it."""
    return _first(connection, DELIVERIES.c.id == delivery)


def posted_as(connection: Connection, message_ids: Sequence[str]) -> Posted | None:
    """Return the first message with one of these Message-IDs."""
    return _first(connection, DELIVERIES.c.message_id.in_(message_ids)) if message_ids else None


def is_member(connection: Connection, address: str) -> bool:
    """Tell whether something was ever sent to an address."""
    return _first(connection, DELIVERIES.c.key == address_key(address)) is not None


def confirm(connection: Connection, message: Posted) -> None:
    """Take a message for sent that was in doubt: nobody answers to what no server has taken."""
    table = DELIVERIES.c
    is_in_doubt = (table.id == message.delivery) & (table.state == DeliveryState.IN_DOUBT)
    answered = {"state": DeliveryState.SENT, "reply": _("something came back")}
    connection.execute(update(DELIVERIES).where(is_in_doubt).values(answered))


def _first(connection: Connection, condition: ColumnElement[bool]) -> Posted | None:
    columns = (DELIVERIES.c.id, DELIVERIES.c.address, DELIVERIES.c.lang)
    query = select(*columns, CAMPAIGNS.c.document, CAMPAIGNS.c.sender)
    joined = query.join(CAMPAIGNS, DELIVERIES.c.campaign == CAMPAIGNS.c.id)
    row = connection.execute(joined.where(condition).order_by(DELIVERIES.c.id).limit(1)).first()
    if row is None:
        return None
    return Posted(
        delivery=row.id,
        address=row.address,
        lang=row.lang,
        document=row.document,
        sender=row.sender,
    )
