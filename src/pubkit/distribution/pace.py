"""How fast messages go out: how long one is put off, how often a domain hears, when to stop."""

from collections import deque
from collections.abc import Callable
from dataclasses import field
from datetime import timedelta

from pubkit.values import dataclass

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)
"""The longest time between two attempts."""
WINDOW = 200
"""How many of the last messages are looked at for failures."""
MOST_FAILURES = 10
"""So many of them may fail for good: 5 %."""


def retry_delay(attempts: int, *, random: Callable[[], float]) -> timedelta:
    """Return for how long a message is put off after so many attempts.

    Each time twice as long, and shortened at random by up to a third: what failed together shall
    not come back together.

    Args:
        attempts: How many there were, from 1.
        random: Returns a number from 0 to 1.
    """
    doublings = min(max(attempts, 1) - 1, 20)
    delay: timedelta = min(FIRST_DELAY * 2**doublings, LONGEST_DELAY)
    return delay * (1 - random() / 3)


@dataclass(slots=True)
class DomainPace:
    """Spreads the messages to each domain evenly; times are seconds that only ever grow."""

    per_minute: int
    """0 for as many as the server takes."""
    _next: dict[str, float] = field(default_factory=dict)

    def wait(self, domain: str, now: float) -> float:
        """Return for how many seconds a domain has to be left alone."""
        return max(0.0, self._next.get(domain, now) - now)

    def sent(self, domain: str, now: float) -> None:
        """Take note of a message to a domain."""
        if self.per_minute:
            self._next[domain] = now + 60 / self.per_minute


@dataclass(slots=True)
class FailureGuard:
    """Notices when so much fails that something else than addresses must be wrong."""

    _failed: deque[bool] = field(default_factory=lambda: deque(maxlen=WINDOW))

    def note(self, *, failed: bool) -> None:
        """Take note of a message that is sent, or has failed for good."""
        self._failed.append(failed)

    @property
    def failures(self) -> int:
        """How many of the last messages failed."""
        return sum(self._failed)

    @property
    def looked_at(self) -> int:
        """How many messages that is of."""
        return len(self._failed)

    @property
    def is_too_much(self) -> bool:
        """Whether to stop."""
        return self.failures > MOST_FAILURES
