"""One sender's desk: takes messages from the ledger, and writes down what becomes of each.

A message goes out in two phases. That it is in doubt is committed right before its last dot, that
it is sent after the answer. Whatever ends the sender in between, the ledger says that the member
may have the message; nobody else takes it then.

Several senders may work on one ledger in PostgreSQL. Each holds an advisory lock for as long as it
is connected; what it has taken is free again for others when the lock is gone. A sender without
its connection cannot commit, and so cannot send a last dot either.
"""

import fcntl
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    case,
    func,
    literal,
    or_,
    select,
    text,
    update,
)

from pubkit.distribution.campaign import Campaign, Delivery, DeliveryState, Recipient
from pubkit.distribution.ledger.campaigns import as_delivery
from pubkit.distribution.ledger.opening import Ledger, explained
from pubkit.distribution.ledger.schema import DELIVERIES, SUPPRESSIONS, Moment
from pubkit.errors import BusyError, DeliveryError
from pubkit.formats import files
from pubkit.messages import gettext as _
from pubkit.values import dataclass

WAITING = (DeliveryState.PENDING, DeliveryState.DEFERRED)
LOCKS = 0x7075626B
"""The class of the advisory locks of senders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one message."""

    delivery: Delivery
    state: DeliveryState
    at: datetime
    reply: str = ""
    not_before: datetime | None = None
    was_in_doubt: bool = False
    """Whether it was written down as in doubt before: the attempt is counted already."""
    is_nobody: bool = False
    """Whether the server knows nobody at this address: nothing is sent there any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which members of a campaign a run is about."""

    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    corrections: bool = False
    """Whether only those are meant who have the faulty edition."""

    def includes(self, recipient: Recipient, lang: str) -> bool:
        """Tell whether a member is meant."""
        groups = not self.groups or not set(self.groups).isdisjoint(recipient.groups)
        return groups and (not self.languages or lang in self.languages)

    def condition(self) -> ColumnElement[bool]:
        """Return what is true of their rows; of members who have left the roster it is not."""
        table = DELIVERIES.c
        condition = table.line > 0
        if self.groups:
            groups = (
                table.groups.contains(f"\n{group}\n", autoescape=True) for group in self.groups
            )
            condition &= or_(*groups)
        if self.languages:
            condition &= table.lang.in_(self.languages)
        if self.corrections:
            condition &= table.is_correction
        return condition


@dataclass(frozen=True, slots=True)
class Desk:
    """A sender at work on one campaign."""

    connection: Connection
    campaign: Campaign
    sender: int
    """Its number, which marks what it has taken."""
    place: str
    selection: Selection = field(default_factory=Selection)

    def take(self, number: int, *, now: datetime, latest: datetime) -> list[Delivery]:
        """Take up to this many messages that are due, the longest waiting first.

        Args:
            number: How many.
            now: The time.
            latest: No message is put off beyond this: what says so was written by a clock that
                went wrong.
        """
        due = or_(
            DELIVERIES.c.not_before <= now,
            DELIVERIES.c.not_before > latest,
            DELIVERIES.c.not_before.is_(None),
        )
        with self._commit():
            rows = self._claim(number, due & self._is_free(DeliveryState.DEFERRED))
            rows += self._claim(number - len(rows), self._is_free(DeliveryState.PENDING))
            if len(rows) < number:  # at the end, and not each time: it looks at everybody
                self._suppress(now)
            return [as_delivery(row) for row in rows]

    def _suppress(self, now: datetime) -> None:
        """Leave those alone who do not want to be written to, or cannot be."""
        table = DELIVERIES.c
        reason = (
            select(SUPPRESSIONS.c.reason).where(SUPPRESSIONS.c.key == table.key).scalar_subquery()
        )
        self.connection.execute(
            update(DELIVERIES)
            .where(table.campaign == self.campaign.id, table.state.in_(WAITING))
            .where(table.key.in_(select(SUPPRESSIONS.c.key)))
            .values(state=DeliveryState.SUPPRESSED, reply=reason, changed=now, not_before=None)
        )

    def _claim(self, number: int, condition: ColumnElement[bool]) -> list[Row[Any]]:
        """Mark as taken up to this many messages of which this is true, in their order."""
        table = DELIVERIES.c
        wanted = (
            select(table.id)
            .where(condition, table.key.not_in(select(SUPPRESSIONS.c.key)))
            .order_by(table.id)
            .limit(number)
            .with_for_update(skip_locked=True)
        )
        claim = (
            update(DELIVERIES)
            .where(table.id.in_(wanted.scalar_subquery()))
            .values(claimed_by=self.sender)
            .returning(DELIVERIES)
        )
        return sorted(self.connection.execute(claim), key=lambda row: row.id)

    def _is_free(self, state: DeliveryState) -> ColumnElement[bool]:
        """Return what is true of a message in a state that is meant, and nobody has taken."""
        table = DELIVERIES.c
        return (
            self.selection.condition()
            & (table.campaign == self.campaign.id)
            # Another machine may have frozen an edition in one more language meanwhile.
            & table.lang.in_(self.campaign.parcels)
            & (table.state == state)
            & or_(table.claimed_by.is_(None), table.claimed_by.not_in(self._living()))
        )

    def _living(self) -> list[int]:
        """Return the senders that are at work, this one among them."""
        if self.connection.dialect.name == "sqlite":
            return [self.sender]  # the lock of the file lets nobody else be
        return _senders(self.connection)

    def doubt(self, delivery: Delivery, before: Iterable[Outcome], *, now: datetime) -> bool:
        """Write down that a member may have the message, and what became of those before.

        One commit carries both, and is on the disk when this returns.

        Returns:
            Whether the last dot may follow. It may not if the member has unsubscribed meanwhile.
        """
        table = DELIVERIES.c
        may_send = (
            (table.id == delivery.id)
            & (table.claimed_by == self.sender)
            & table.state.in_(WAITING)
            & table.key.not_in(select(SUPPRESSIONS.c.key))
        )
        with self._commit():
            self._write(before)
            result = self.connection.execute(
                update(DELIVERIES)
                .where(may_send)
                .values(
                    state=DeliveryState.IN_DOUBT,
                    attempts=table.attempts + 1,
                    first_attempt=self._first_attempt(now),
                    changed=now,
                    not_before=None,
                    reply="",
                )
            )
            return result.rowcount == 1

    def settle(self, outcomes: Iterable[Outcome]) -> None:
        """Write down what became of messages."""
        with self._commit():
            self._write(outcomes)

    def _write(self, outcomes: Iterable[Outcome]) -> None:
        table = DELIVERIES.c
        for outcome in outcomes:
            values: dict[str, Any] = {
                "state": outcome.state,
                "reply": outcome.reply,
                "changed": outcome.at,
                "not_before": outcome.not_before,
                "claimed_by": None,
            }
            if not outcome.was_in_doubt:
                values["attempts"] = table.attempts + 1
                values["first_attempt"] = self._first_attempt(outcome.at)
            mine = (table.id == outcome.delivery.id) & (table.claimed_by == self.sender)
            self.connection.execute(update(DELIVERIES).where(mine).values(values))
            if outcome.is_nobody:
                self._give_up(outcome)

    def _first_attempt(self, now: datetime) -> ColumnElement[datetime | None]:
        """Return when a message was first tried: now, if a clock that went wrong says otherwise."""
        first = DELIVERIES.c.first_attempt
        is_honest = first.between(self.campaign.began, now)
        return case((is_honest, first), else_=literal(now, Moment))

    def _give_up(self, outcome: Outcome) -> None:
        """Write to an address no more that a server does not know, as if its notice came back."""
        from pubkit.distribution.ledger.suppressions import suppress
        from pubkit.distribution.suppression import Reason

        suppress(
            self.connection,
            outcome.delivery.recipient.address,
            reason=Reason.BOUNCED,
            detail=outcome.reply,
            now=outcome.at,
        )

    def release(self, taken: Iterable[Delivery]) -> None:
        """Give back what was taken and not touched."""
        ids = [delivery.id for delivery in taken]
        table = DELIVERIES.c
        mine = table.id.in_(ids) & (table.claimed_by == self.sender) & table.state.in_(WAITING)
        with self._commit():
            self.connection.execute(update(DELIVERIES).where(mine).values(claimed_by=None))

    def next_due(self) -> datetime | None:
        """Return when the first of those that were put off is due; None if nobody waits."""
        with self._commit():
            query = select(func.min(DELIVERIES.c.not_before)).where(
                self._is_free(DeliveryState.DEFERRED)
            )
            due: datetime | None = self.connection.execute(query).scalar_one()
            return due

    def count_waiting(self) -> int:
        """Return how many members wait who are meant."""
        table = DELIVERIES.c
        waiting = (table.campaign == self.campaign.id) & table.state.in_(WAITING)
        query = select(func.count()).where(waiting, self.selection.condition())
        with self._commit():
            number: int = self.connection.execute(query).scalar_one()
            return number

    def abandoned(self) -> list[Delivery]:
        """Return those in doubt of whom no living sender is about to hear."""
        with self._commit():
            query = select(DELIVERIES).where(self._is_abandoned()).order_by(DELIVERIES.c.id)
            return [as_delivery(row) for row in self.connection.execute(query)]

    def _is_abandoned(self) -> ColumnElement[bool]:
        table = DELIVERIES.c
        others = [number for number in self._living() if number != self.sender]
        return (
            (table.campaign == self.campaign.id)
            & (table.state == DeliveryState.IN_DOUBT)
            & or_(table.claimed_by.is_(None), table.claimed_by.not_in(others))
        )

    def resolve(
        self, found: Iterable[Delivery], state: DeliveryState, *, now: datetime, reply: str
    ) -> None:
        """Write down what is known at last of members in doubt: sent, or to be sent again.

        Who is sent was sent when the doubt began, not when it ended.
        """
        values: dict[str, Any] = {"state": state, "reply": reply, "claimed_by": None}
        if state is not DeliveryState.SENT:
            values["changed"] = now
        ids = [delivery.id for delivery in found]
        with self._commit():
            for start in range(0, len(ids), MANY):
                some = DELIVERIES.c.id.in_(ids[start : start + MANY]) & self._is_abandoned()
                self.connection.execute(update(DELIVERIES).where(some).values(values))

    def try_failed_again(self, *, now: datetime) -> int:
        """Let those who are meant wait again, where they failed for good."""
        table = DELIVERIES.c
        failed = (table.campaign == self.campaign.id) & (table.state == DeliveryState.FAILED)
        with self._commit():
            result = self.connection.execute(
                update(DELIVERIES)
                .where(failed, self.selection.condition())
                .values(
                    state=DeliveryState.PENDING,
                    changed=now,
                    first_attempt=None,
                    not_before=None,
                    claimed_by=None,
                )
            )
            return result.rowcount

    @contextmanager
    def _commit(self) -> Iterator[None]:
        with explained(self.place), self.connection.begin():
            yield


MANY = 500
"""How many values one statement names; SQLite takes no more than 32,766."""


@contextmanager
def open_desk(ledger: Ledger, campaign: Campaign, selection: Selection) -> Iterator[Desk]:
    """Sit down to work on a campaign; where the ledger is a file, ``sole_sender`` goes before."""
    sender = secrets.randbelow(2**31 - 1) + 1
    with explained(ledger.place), ledger.engine.connect() as connection:
        if ledger.is_shared:
            _advise(connection, "pg_advisory_lock", sender)
        try:
            yield Desk(connection, campaign, sender, ledger.place, selection)
        finally:
            if ledger.is_shared and not connection.invalidated:
                _advise(connection, "pg_advisory_unlock", sender)


def _advise(connection: Connection, function: str, sender: int) -> None:
    with connection.begin():
        call = text(f"SELECT {function}(:locks, :sender)")
        connection.execute(call, {"locks": LOCKS, "sender": sender})


@contextmanager
def sole_sender(ledger: Ledger) -> Iterator[None]:
    """Keep every other sender from a ledger that is a file.

    Raises:
        BusyError: There is one.
        DeliveryError: The lock cannot be made.
    """
    if ledger.is_shared:
        yield
        return
    path = Path(ledger.place).with_name(Path(ledger.place).name + ".lock")
    with files.explained(path, DeliveryError):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with files.explained(path, DeliveryError):
            _lock(descriptor)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BusyError(
            _("Another pubkit is sending from this ledger"),
            remedy=_("Let it finish; nobody gets a message twice. See: pubkit send status"),
        ) from None


def _senders(connection: Connection) -> list[int]:
    """Return those who are connected to a database and at work."""
    found = connection.execute(
        text(
            "SELECT objid::bigint FROM pg_locks JOIN pg_database ON oid = database"
            " WHERE locktype = 'advisory' AND classid = :locks AND datname = current_database()"
        ),
        {"locks": LOCKS},
    )
    return [int(number) for (number,) in found]


def has_sender(ledger: Ledger) -> bool:
    """Tell whether somebody is sending; who only looks is in nobody's way.

    Source:
        proc_locks(5): to try the lock of a file would be to take it for a moment.
    """
    if ledger.is_shared:
        with ledger.transaction() as connection:
            return bool(_senders(connection))
    try:
        inode = Path(f"{ledger.place}.lock").stat().st_ino
        locks = Path("/proc/locks").read_text("ascii").splitlines()
    except OSError:
        return False
    return any(f":{inode} " in line and " FLOCK " in line for line in locks)


def latest_retry(now: datetime, longest: timedelta) -> datetime:
    """Return the time beyond which no honest clock has put off a message."""
    return now + 2 * longest
