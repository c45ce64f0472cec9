"""How sending goes, while it goes: a bar on a terminal, a line now and then elsewhere."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from pubkit.cli.clock import current_time, local_time
from pubkit.cli.output import has_bar, open_bar
from pubkit.distribution.campaign import Delivery, DeliveryState
from pubkit.messages import gettext as _
from pubkit.values import dataclass

if TYPE_CHECKING:
    from pubkit.distribution.ledger.desk import Outcome

MINUTE = 60.0
SILENCE = 30.0
"""Seconds after which a line is due, …"""
SHARE = 10
"""… or so many of all messages: a tenth."""
SHORTEST_WAIT = 1.0
"""Seconds: shorter ones are not worth a word."""
LONG_WAIT = 600.0
"""Seconds from which on people look at the clock instead of counting."""


@contextmanager
def watching(
    total: int, *, quiet: bool, seconds: Callable[[], float] = monotonic
) -> Iterator["Watch"]:
    """Show how sending goes; yields who is told of it.

    Args:
        total: How many members wait.
        quiet: Whether nobody wants to hear of it.
        seconds: A clock that only ever goes forward.
    """
    tally = Tally(total=total, seconds=seconds)
    if quiet:
        yield Watch(tally)
    elif has_bar(quiet=quiet):
        with _bar(tally) as watch:
            yield watch
    else:
        yield Lines(tally)


# ---------------------------------------------------------------- what is counted


@dataclass(slots=True)
class Tally:
    """What has happened since sending began."""

    total: int
    seconds: Callable[[], float] = monotonic
    sent: int = 0
    failed: int = 0
    put_off: set[int] = field(default_factory=set)
    """The messages that are tried again."""
    reason: str = ""
    """What is waited for."""
    _until: float = 0.0
    _began: float = field(init=False)
    _last_minute: deque[float] = field(default_factory=deque)
    """When each message of the last minute was sent."""

    def __post_init__(self) -> None:
        self._began = self.seconds()

    def note(self, outcome: "Outcome") -> None:
        """Count what became of a message."""
        self.put_off.discard(outcome.delivery.id)
        if outcome.state is DeliveryState.SENT:
            self.sent += 1
            now = self.seconds()
            self._last_minute.append(now)
            while self._last_minute[0] <= now - MINUTE:
                self._last_minute.popleft()
        elif outcome.state is DeliveryState.FAILED:
            self.failed += 1
        elif outcome.state is DeliveryState.DEFERRED:
            self.put_off.add(outcome.delivery.id)
        self.reason = ""

    def wait(self, reason: str, seconds: float) -> None:
        """Remember what is waited for."""
        self.reason = reason if seconds >= SHORTEST_WAIT else ""
        self._until = self.seconds() + seconds

    @property
    def done(self) -> int:
        """How many messages need nothing more."""
        return self.sent + self.failed

    @property
    def rate(self) -> float:
        """Messages a second over the last minute."""
        now = self.seconds()
        elapsed = min(now - self._began, MINUTE)
        # A copy: the bar is drawn by a thread of its own.
        recent = sum(time > now - MINUTE for time in tuple(self._last_minute))
        return recent / elapsed if elapsed > 0 else 0.0

    @property
    def remaining(self) -> float | None:
        """Seconds until all is done, if it goes on as in the last minute."""
        rate = self.rate
        return (self.total - self.done) / rate if rate else None

    @property
    def waiting(self) -> str:
        """What is waited for, and for how long still; empty while messages go out."""
        left = self._until - self.seconds()
        if not self.reason or left <= 0:
            return ""
        if left >= LONG_WAIT:
            time = local_time(current_time() + timedelta(seconds=left))
            return _("waiting until {time} for {reason}").format(time=time, reason=self.reason)
        return _("waiting {time} for {reason}").format(time=clock_time(left), reason=self.reason)

    @property
    def pace(self) -> str:
        """How fast it goes, and how long it will take; empty while nothing goes."""
        rate, remaining = self.rate, self.remaining
        if not rate:
            return ""
        told = [_("{rate}/s").format(rate=f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}")]
        if remaining is not None and self.done < self.total:
            told.append(_("{time} left").format(time=clock_time(remaining)))
        return ", ".join(told)

    @property
    def troubles(self) -> str:
        """What did not go well."""
        told = []
        if self.failed:
            told.append(_("{number} failed").format(number=self.failed))
        if self.put_off:
            told.append(_("{number} put off").format(number=len(self.put_off)))
        return ", ".join(told)


def clock_time(seconds: float) -> str:
    """Return a time as clocks show it: ``0:18``, ``1:02:03``."""
    minutes, rest = divmod(max(round(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


# ---------------------------------------------------------------- who is told


class Watch:
    """Counts and says nothing."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally

    def step(self, step: str, delivery: Delivery) -> None:
        """Something has happened to a message; what becomes of it is told later."""

    def outcome(self, outcome: "Outcome") -> None:
        """It is known what became of a message."""
        self.tally.note(outcome)
        self.show()

    def wait(self, reason: str, seconds: float) -> None:
        """Nothing will happen for so long."""
        self.tally.wait(reason, seconds)
        self.show()

    def show(self) -> None:
        """Show how it goes."""


class Lines(Watch):
    """Prints a line on stderr after each tenth, and when nothing was said for half a minute."""

    def __init__(self, tally: Tally) -> None:
        super().__init__(tally)
        self._said_at = tally.seconds()
        self._said_share = 0

    def wait(self, reason: str, seconds: float) -> None:
        """Say at once what is waited for if nothing else will be said for long."""
        super().wait(reason, seconds)
        if seconds >= SILENCE:
            self._say()

    def show(self) -> None:
        """Say how it goes if it is time."""
        share = SHARE * self.tally.done // max(self.tally.total, 1)
        if share != self._said_share or self.tally.seconds() - self._said_at >= SILENCE:
            self._said_share = share
            self._say()

    def _say(self) -> None:
        self._said_at = self.tally.seconds()
        click.echo(progress_line(self.tally), err=True)


def progress_line(tally: Tally) -> str:
    """Return how it goes, on one line."""
    number = _("{done} of {total}").format(done=tally.done, total=tally.total)
    done = ", ".join(filter(None, (number, tally.pace)))
    return "; ".join(filter(None, (done, tally.troubles, tally.waiting)))


class Bar(Watch):
    """Moves a bar, which draws itself."""

    def __init__(self, tally: Tally, bar: Any, task: Any) -> None:
        super().__init__(tally)
        self._bar, self._task = bar, task

    def show(self) -> None:
        """Let the bar know; it is drawn when it is time."""
        self._bar.update(self._task, completed=self.tally.done)


@contextmanager
def _bar(tally: Tally) -> Iterator[Bar]:
    # Only here: importing rich costs more than most commands take.
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task
    from rich.text import Text

    class Words(ProgressColumn):
        """What the tally says at the moment in which the bar is drawn."""

        def render(self, task: Task) -> Text:
            told = filter(None, (tally.pace, tally.troubles, tally.waiting))
            return Text("; ".join(told))

    with open_bar(BarColumn(), MofNCompleteColumn(), Words(), draws_itself=True) as bar:
        yield Bar(tally, bar, bar.add_task("", total=tally.total))
