"""What came back, brought into the ledger."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import TypeVar

from pubkit.config import Config
from pubkit.distribution.identity import Identity
from pubkit.distribution.ledger.bookmarks import bookmark_of, keep_bookmark
from pubkit.distribution.ledger.handling import Return, handle
from pubkit.distribution.ledger.opening import Ledger
from pubkit.distribution.returns.mailboxes import Piece, open_mailbox
from pubkit.distribution.returns.notices import read_notice
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.values import dataclass
from pubkit.workflow.ledgers import existing_ledger, ledger_url, refuse_doubtful

TOGETHER = 100
"""How many notices are written down with one commit; a sender waits for no more."""
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A mailbox while it is read."""

    returns: Iterator[Return]
    total: int
    """How many messages it has, or 0 if that is known only at the end."""


@contextmanager
def read_returns(
    config: Config,
    mailbox: str,
    *,
    password: str,
    now: datetime,
    is_dry: bool = False,
    is_all: bool = False,
) -> Iterator[Reading]:
    """Read a mailbox, and bring what came back into the ledger; yields once.

    The mailbox stays as it is. Whoever is interrupted runs the same command again.

    Args:
        config: The project's settings.
        mailbox: A path, or an URL.
        password: For an URL.
        now: The time.
        is_dry: Whether the ledger stays as it is, too.
        is_all: Whether a mailbox that can tell what is new is read from its beginning.

    Raises:
        DeliveryError: There is no ledger, or the mailbox cannot be read.
    """
    ledger = _ledger(config)
    with ledger.transaction() as connection:
        after = "" if is_all else bookmark_of(connection, mailbox)
    with open_mailbox(mailbox, password=password, after=after) as opened:
        returns = _handle_all(ledger, mailbox, opened.pieces, now=now, is_dry=is_dry)
        yield Reading(returns=returns, total=opened.total)


def _ledger(config: Config) -> Ledger:
    ledger = existing_ledger(config)
    if ledger is None:
        refuse_doubtful(config)
        raise DeliveryError(
            _("Nothing was sent from this project: it has no ledger at {url}").format(
                url=ledger_url(config)
            ),
            remedy=_("Name the project whose members the messages went to: --project DIR"),
        )
    return ledger


def _handle_all(
    ledger: Ledger, mailbox: str, pieces: Iterable[Piece], *, now: datetime, is_dry: bool
) -> Iterator[Return]:
    identity = Identity(ledger.secret)
    for together in _batches((piece, read_notice(piece.data)) for piece in pieces):
        with ledger.transaction() as connection:
            handled = [
                handle(connection, identity, notice, place=piece.place, now=now)
                for piece, notice in together
            ]
            if bookmark := together[-1][0].bookmark:
                keep_bookmark(connection, mailbox, bookmark)
            if is_dry:
                connection.rollback()
        yield from handled


def _batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    iterator = iter(things)
    while batch := list(islice(iterator, TOGETHER)):
        yield batch
