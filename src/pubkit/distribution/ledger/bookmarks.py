"""How far mailboxes have been read."""

import hashlib

from sqlalchemy import Connection, select

from pubkit.distribution.ledger.inserting import insert_into
from pubkit.distribution.ledger.schema import FACTS


def bookmark_of(connection: Connection, mailbox: str) -> str:
    """Return where to go on in a mailbox; empty if it was never read."""
    query = select(FACTS.c.value).where(FACTS.c.name == _name(mailbox))
    value: str | None = connection.execute(query).scalar_one_or_none()
    return value or ""


def keep_bookmark(connection: Connection, mailbox: str, bookmark: str) -> None:
    """Remember how far a mailbox has been read."""
    statement = insert_into(connection, FACTS).values(name=_name(mailbox), value=bookmark)
    connection.execute(
        statement.on_conflict_do_update(index_elements=[FACTS.c.name], set_={"value": bookmark})
    )


def _name(mailbox: str) -> str:
    return f"read {hashlib.sha256(mailbox.encode()).hexdigest()[:32]}"
