"""The loop that sends: one message after the other, over one connection.

Nothing here decides who gets what: the ledger's desk says it, and learns what became of it.
"""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from pubkit.distribution.campaign import Delivery, DeliveryState
from pubkit.distribution.clock import Clock
from pubkit.distribution.ledger.desk import Desk, Outcome, latest_retry
from pubkit.distribution.message.composing import Envelope
from pubkit.distribution.pace import (
    LONGEST_DELAY,
    DomainPace,
    FailureGuard,
    retry_delay,
)
from pubkit.distribution.smtp.connection import Connection
from pubkit.distribution.smtp.failures import Disconnected, Refused, Stage, Unanswered
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.values import dataclass

BATCH = 50
"""How many messages are taken from the ledger at a time."""
SHELF = 1_000
"""How many may be taken that wait for their domain's turn."""
FEWEST_ATTEMPTS = 10
"""A message that was tried less often is not given up: three days of attempts are about 80."""
MOST_DOUBTS = 5
"""So many messages in a row may go unanswered before a run stops."""
SOON = 0.2
"""Seconds: what is known of messages is not kept back for a longer wait."""


class Step(StrEnum):
    """What has just happened to a message; the points at which a kill must do no harm."""

    TAKEN = "taken"
    CONNECTED = "connected"
    OFFERED = "offered"
    """All but the last dot is with the server."""
    DOUBTED = "doubted"
    """The ledger knows that it is in doubt."""
    ANSWERED = "answered"
    SETTLED = "settled"


class Watcher(Protocol):
    """Is told how the sending goes."""

    def step(self, step: Step, delivery: Delivery) -> None:
        """Something has happened to a message."""

    def outcome(self, outcome: Outcome) -> None:
        """It is known what became of a message."""

    def wait(self, reason: str, seconds: float) -> None:
        """Nothing will happen for so long."""


class Ending(StrEnum):
    """Why a run of sending ended."""

    DONE = "done"
    """Nobody waits who could be written to soon."""
    LIMIT = "limit"
    STOPPED = "stopped"
    """The user wanted it."""
    UNREACHABLE = "unreachable"
    """The server did not answer for too long."""
    UNANSWERED = "unanswered"
    """The server has answered none of the last messages: all of them are in doubt."""


class UnfitError(Exception):
    """A message cannot be sent as it is; not raised for what would be wrong with all."""


@dataclass(slots=True, kw_only=True)
class Sender:
    """One run of sending."""

    desk: Desk
    connect: Callable[[], Connection]
    compose: Callable[[Delivery], Envelope]
    clock: Clock
    watcher: Watcher
    random: Callable[[], float]
    """Returns a number from 0 to 1."""
    domain_rate: int = 0
    give_up: timedelta = timedelta(hours=72)
    patience: float = 30.0
    """Seconds for which messages that are put off are waited for."""
    limit: int | None = None
    """How many messages this run may send."""
    must_stop_at_failures: bool = True
    _connection: Connection | None = None
    _shelf: deque[Delivery] = field(default_factory=deque)
    _known: list[Outcome] = field(default_factory=list)
    """What became of messages and is not in the ledger yet."""
    _guard: FailureGuard = field(default_factory=FailureGuard)
    _pace: DomainPace = field(init=False)
    _broken: int = 0
    """How many times in a row the connection was lost, or there was none."""
    _broken_since: float = 0.0
    _doubts: int = 0
    """How many last dots in a row the server has not answered."""
    _sent: int = 0
    """How many messages members have, or may have."""
    _waiting_since: float | None = None

    def run(self) -> Ending:
        """Send until nobody waits, the limit is reached, or the user wants to stop.

        Raises:
            DeliveryError: The server cannot be trusted or used, too much fails, or the ledger
                cannot be written.
        """
        self._pace = DomainPace(self.domain_rate)
        try:
            ending = self._loop()
        except BaseException:
            with suppress(DeliveryError):  # whatever else fails, the first failure is the cause
                self._close()
            raise
        self._close()
        return ending

    def _loop(self) -> Ending:
        while not self.clock.is_stopped:
            if self.limit is not None and self._sent >= self.limit:
                return Ending.LIMIT
            if self._is_given_up:
                return Ending.UNREACHABLE
            if self._doubts >= MOST_DOUBTS:  # before everybody is in doubt
                return Ending.UNANSWERED
            delivery = self._next()
            if delivery is not None:
                self._waiting_since = None
                self._handle(delivery)
                self._stop_if_too_much_fails()
            elif not self._wait_for_more():
                return Ending.DONE
        return Ending.STOPPED

    @property
    def _is_given_up(self) -> bool:
        """Whether the server has not been usable for so long that this run ends."""
        waited = self.clock.monotonic() - self._broken_since
        return self._broken > 1 and waited >= self.patience

    # ------------------------------------------------------------ which is next

    def _next(self) -> Delivery | None:
        """Return the next message whose domain may hear from us, if there is one."""
        if len(self._shelf) < BATCH // 2 or self._first_free() is None:
            self._refill()
        place = self._first_free()
        if place is None:
            return None
        delivery = self._shelf[place]
        del self._shelf[place]
        self.watcher.step(Step.TAKEN, delivery)
        return delivery

    def _refill(self) -> None:
        if len(self._shelf) >= SHELF:
            return
        now = self.clock.now()
        wanted = BATCH if self.limit is None else min(BATCH, self.limit - self._sent)
        self._shelf.extend(self.desk.take(wanted, now=now, latest=latest_retry(now, LONGEST_DELAY)))

    def _first_free(self) -> int | None:
        now = self.clock.monotonic()
        free = (
            place
            for place, delivery in enumerate(self._shelf)
            if not self._pace.wait(_domain(delivery), now)
        )
        return next(free, None)

    def _wait_for_more(self) -> bool:
        """Wait for what is not due yet; False if it is not worth while."""
        self._settle()
        now = self.clock.monotonic()
        if self._shelf:
            seconds = min(self._pace.wait(_domain(delivery), now) for delivery in self._shelf)
            self._pause(_("the rate for each domain"), seconds)
            return True
        due = self.desk.next_due()
        if due is None:
            return False
        self._waiting_since = now if self._waiting_since is None else self._waiting_since
        seconds = max((due - self.clock.now()).total_seconds(), SOON)
        if now + seconds - self._waiting_since > self.patience:
            return False
        self._pause(_("messages that the server has put off"), seconds)
        return True

    def _pause(self, reason: str, seconds: float) -> None:
        self.watcher.wait(reason, seconds)
        self.clock.sleep(seconds)

    # ------------------------------------------------------------ one message

    def _handle(self, delivery: Delivery) -> None:
        """Send one message, or find out why it cannot be sent."""
        try:
            envelope = self.compose(delivery)
            connection = self._connected()
            self.watcher.step(Step.CONNECTED, delivery)
            connection.offer(envelope)
        except UnfitError as error:
            self._know(delivery, DeliveryState.FAILED, str(error), was_in_doubt=False)
            return
        except Refused as refusal:
            if _is_about_connection(refusal):
                self._lost(delivery, str(refusal), was_in_doubt=False)
            else:
                self._refused(delivery, refusal, was_in_doubt=False)
            return
        except Disconnected as error:
            self._lost(delivery, str(error), was_in_doubt=False)
            return
        self.watcher.step(Step.OFFERED, delivery)
        self._finish(delivery, connection)

    def _connected(self) -> Connection:
        """Return a connection that the server has not ended; it may have, during a wait."""
        if self._connection is not None and not self._connection.is_alive():
            self._drop()
        if self._connection is None:
            self._connection = self.connect()
        return self._connection

    def _finish(self, delivery: Delivery, connection: Connection) -> None:
        """Send the last dot, once the ledger knows that the member may have the message."""
        known, self._known = self._known, []
        try:
            may_send = self.desk.doubt(delivery, known, now=self.clock.now())
        except BaseException:
            self._known = known
            self._drop()
            raise
        if not may_send:  # unsubscribed since it was taken, or somebody else's by now
            self._drop()
            return
        self.watcher.step(Step.DOUBTED, delivery)
        try:
            reply = connection.finish()
        except Disconnected as error:  # it had ended before the dot
            self._lost(delivery, str(error), was_in_doubt=True)
        except Unanswered:  # the ledger knows: in doubt
            self._broken = 0  # it was there
            self._doubts += 1
            self._sent += 1
            self._rest()
        except Refused as refusal:
            self._doubts = 0
            if refusal.reply.is_closing:
                self._lost(delivery, str(refusal), was_in_doubt=True)
            else:
                self._refused(delivery, refusal, was_in_doubt=True)
        else:
            self._broken = self._doubts = 0
            self.watcher.step(Step.ANSWERED, delivery)
            self._know(delivery, DeliveryState.SENT, str(reply), was_in_doubt=True)

    def _refused(self, delivery: Delivery, refusal: Refused, *, was_in_doubt: bool) -> None:
        self._broken = 0
        if refusal.is_permanent:
            self._know(
                delivery,
                DeliveryState.FAILED,
                str(refusal),
                was_in_doubt=was_in_doubt,
                is_nobody=_means_nobody(refusal),
            )
        else:
            self._put_off(delivery, str(refusal), was_in_doubt=was_in_doubt)

    def _lost(self, delivery: Delivery, reason: str, *, was_in_doubt: bool) -> None:
        """Put a message off that the server does not have, as its connection was lost."""
        self._put_off(delivery, reason, was_in_doubt=was_in_doubt)
        if not self._broken:
            self._broken_since = self.clock.monotonic()
        self._broken += 1
        self._rest()

    def _rest(self) -> None:
        """Leave a connection that was lost, and let the server be if it was not the first one."""
        self._drop()
        self._settle()
        lost = self._broken + self._doubts
        if lost > 1 and self._doubts < MOST_DOUBTS:
            delay = retry_delay(lost - 1, random=self.random).total_seconds()
            self._pause(_("the server, which does not answer"), min(delay, self.patience))

    def _put_off(self, delivery: Delivery, reply: str, *, was_in_doubt: bool) -> None:
        if self._is_tried_enough(delivery):
            hours = int(self.give_up.total_seconds() // 3600)
            reply = _("given up after {hours} hours: {reply}").format(hours=hours, reply=reply)
            self._know(delivery, DeliveryState.FAILED, reply, was_in_doubt=was_in_doubt)
            return
        delay = retry_delay(delivery.attempts + 1, random=self.random)
        self._know(
            delivery,
            DeliveryState.DEFERRED,
            reply,
            was_in_doubt=was_in_doubt,
            delay=delay,
        )

    def _is_tried_enough(self, delivery: Delivery) -> bool:
        """Whether a message was put off long enough; not if only the clock says so."""
        now = self.clock.now()
        began = delivery.first_attempt or now
        is_honest = self.desk.campaign.began <= began <= now
        attempts = delivery.attempts + 1
        return is_honest and attempts >= FEWEST_ATTEMPTS and now - began >= self.give_up

    def _know(
        self,
        delivery: Delivery,
        state: DeliveryState,
        reply: str,
        *,
        was_in_doubt: bool,
        delay: timedelta | None = None,
        is_nobody: bool = False,
    ) -> None:
        now = self.clock.now()
        outcome = Outcome(
            delivery=delivery,
            state=state,
            at=now,
            reply=reply,
            not_before=now + delay if delay else None,
            was_in_doubt=was_in_doubt,
            is_nobody=is_nobody,
        )
        self._known.append(outcome)
        self._pace.sent(_domain(delivery), self.clock.monotonic())
        if state is not DeliveryState.DEFERRED:
            self._guard.note(failed=state is DeliveryState.FAILED)
        self._sent += state is DeliveryState.SENT
        self.watcher.outcome(outcome)

    def _stop_if_too_much_fails(self) -> None:
        if self.must_stop_at_failures and self._guard.is_too_much:
            self._settle()
            raise DeliveryError(
                _("Stopped: {failures} of the last {number} messages failed for good").format(
                    failures=self._guard.failures, number=self._guard.looked_at
                ),
                remedy=_(
                    "See why: pubkit send status {name} --state failed. When it is mended, let "
                    "them be tried again: --retry-failed; to go on all the same: --keep-going"
                ).format(name=self.desk.campaign.document),
            )

    # ------------------------------------------------------------ the end

    def _settle(self) -> None:
        """Write down what is known and not in the ledger yet."""
        if not self._known:
            return
        self.desk.settle(self._known)  # if it cannot, all is still known at the end of the run
        known, self._known = self._known, []
        self.watcher.step(Step.SETTLED, known[-1].delivery)

    def _drop(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def _close(self) -> None:
        """Write down what is known, give back what was taken, and say goodbye to the server."""
        try:
            self._settle()
            self.desk.release(self._shelf)
        finally:
            self._shelf.clear()
            if self._connection:
                self._connection.quit()
            self._connection = None


def _is_about_connection(refusal: Refused) -> bool:
    """Tell whether a server has refused to talk, and not a message.

    What it said to a message holds even if it hangs up then.
    """
    return refusal.reply.is_closing or refusal.stage in BEFORE_MESSAGES


BEFORE_MESSAGES = (Stage.CONNECT, Stage.EHLO, Stage.STARTTLS, Stage.AUTH)


def _means_nobody(refusal: Refused) -> bool:
    """Tell whether a server refused the recipient because there is none."""
    from pubkit.distribution.suppression import Fault, judge

    is_recipient = refusal.stage is Stage.RCPT
    return is_recipient and judge(refusal.reply.status, str(refusal)) is Fault.ADDRESS


def _domain(delivery: Delivery) -> str:
    return delivery.recipient.address.rpartition("@")[2]
