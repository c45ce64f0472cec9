"""Who watches the sending: shows how it goes on the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from pubkit.distribution.campaign import Delivery
from pubkit.distribution.ledger.desk import Outcome
from pubkit.distribution.sending import Step, Watcher


class Silent:
    """Watches and says nothing."""

    def step(self, step: Step, delivery: Delivery) -> None:
        """Say nothing."""

    def outcome(self, outcome: Outcome) -> None:
        """Say nothing."""

    def wait(self, reason: str, seconds: float) -> None:
        """Say nothing."""


@contextmanager
def watching(total: int, *, quiet: bool) -> Iterator[Watcher]:
    """Yield who shows how the sending of so many messages goes."""
    yield Silent()
