"""The time, as those see it who send: injected, so that tests can let years pass."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time, measures it, and waits."""

    def now(self) -> datetime:
        """Return the time of day, with its zone; it may be set back or forth."""

    def monotonic(self) -> float:
        """Return seconds that only ever grow."""

    def sleep(self, seconds: float) -> None:
        """Wait, or return at once when the user wants to stop."""

    @property
    def is_stopped(self) -> bool:
        """Whether the user wants to stop after the message under way."""
