"""The clock of those who send: the machine's own, and the wish to stop."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event
from types import FrameType

import click

from pubkit.messages import gettext as _


class SystemClock:
    """Tells the time; a wait ends when the user wants to stop."""

    def __init__(self) -> None:
        self._stop = Event()

    def now(self) -> datetime:
        """Return the time of day."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that only ever grow."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait, or return at once when the user wants to stop."""
        self._stop.wait(seconds)

    @property
    def is_stopped(self) -> bool:
        """Whether the user wants to stop after the message under way."""
        return self._stop.is_set()

    @contextmanager
    def heeding_signals(self) -> "Iterator[SystemClock]":
        """Let Ctrl-C and SIGTERM end the work after the message under way; a second one at once."""
        before = {number: signal.getsignal(number) for number in SIGNALS}

        def stop(number: int, _frame: FrameType | None) -> None:
            if self._stop.is_set():
                raise KeyboardInterrupt
            self._stop.set()
            text = _("Ending after the message under way; once more ends at once")
            click.echo(f"\n{text}", err=True)

        for number in SIGNALS:
            signal.signal(number, stop)
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@contextmanager
def heeding_sigterm() -> Iterator[None]:
    """Let SIGTERM interrupt at once, as Ctrl-C does."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


SIGNALS = (signal.SIGINT, signal.SIGTERM)
