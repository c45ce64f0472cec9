"""Members who leave by the address in their message."""

from datetime import datetime

from sqlalchemy import Connection

from pubkit.distribution.identity import Identity
from pubkit.distribution.ledger.opening import Ledger
from pubkit.distribution.ledger.returned import Posted, confirm, posted
from pubkit.distribution.ledger.suppressions import suppress
from pubkit.distribution.suppression import Reason


def find_reader(ledger: Ledger, token: str) -> Posted | None:
    """Return the message that a token belongs to; None if it is none of ours.

    Raises:
        DeliveryError: The ledger cannot be read.
    """
    with ledger.transaction() as connection:
        return _message(ledger, connection, token)


def leave(ledger: Ledger, token: str, *, now: datetime) -> bool:
    """Send nothing any more to the member who has this token; done twice, it is the same.

    Returns:
        Whether the token is one of ours.

    Raises:
        DeliveryError: The ledger cannot be written; nothing was changed.
    """
    with ledger.transaction() as connection:
        message = _message(ledger, connection, token)
        if message is None:
            return False
        confirm(connection, message)
        detail = message.document
        suppress(connection, message.address, reason=Reason.UNSUBSCRIBED, detail=detail, now=now)
        return True


def _message(ledger: Ledger, connection: Connection, token: str) -> Posted | None:
    number = Identity(ledger.secret).read_unsubscribe_token(token)
    return None if number is None else posted(connection, number)
