"""How sending goes, while it goes."""

import os
import pty
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import pytest

from pubkit.cli.clock import local_time
from pubkit.cli.sending.progress import Bar, Tally, clock_time, watching
from pubkit.distribution.campaign import Delivery, DeliveryState, Recipient
from pubkit.distribution.ledger.desk import Outcome
from tests.distribution.ledgers import BEGAN, DEFERRED, FAILED, SENT


@dataclass
class Seconds:
    """A clock that a test sets."""

    now: float = 1000.0

    def __call__(self) -> float:
        """Return what it was set to."""
        return self.now


def outcome(state: DeliveryState, number: int = 0) -> Outcome:
    """Return what became of a message."""
    recipient = Recipient(address=f"member{number}@example.org")
    delivery = Delivery(id=number, campaign=1, recipient=recipient, lang="en", message_id="<1@x>")
    return Outcome(delivery=delivery, state=state, at=BEGAN)


def test_the_rate_is_that_of_the_last_minute() -> None:
    """What was fast an hour ago says nothing of what is left."""
    seconds = Seconds()
    tally = Tally(total=1000, seconds=seconds)
    for _message in range(400):
        seconds.now += 0.1
        tally.note(outcome(SENT))

    assert tally.rate == pytest.approx(10)
    assert tally.remaining == pytest.approx(60)

    seconds.now += 60
    for _message in range(60):
        seconds.now += 1
        tally.note(outcome(SENT))

    assert tally.rate == pytest.approx(1)
    assert tally.remaining == pytest.approx(540)


def test_nothing_is_known_of_the_time_before_anything_was_sent() -> None:
    """A rate of nothing would make it last for ever."""
    tally = Tally(total=10, seconds=Seconds())

    assert tally.rate == 0
    assert tally.remaining is None


def test_a_message_that_was_put_off_and_sent_is_sent() -> None:
    """However often it was tried."""
    tally = Tally(total=2, seconds=Seconds())
    for state in (DEFERRED, DEFERRED):
        tally.note(outcome(state, 7))
    assert tally.troubles == "1 put off"

    tally.note(outcome(SENT, 7))
    tally.note(outcome(FAILED, 8))

    assert (tally.done, tally.troubles) == (2, "1 failed")


def test_a_wait_runs_out() -> None:
    """It counts down, and is over when something is sent."""
    seconds = Seconds()
    tally = Tally(total=2, seconds=seconds)
    tally.wait("the server", 78)
    seconds.now += 60

    assert tally.waiting == "waiting 0:18 for the server"

    tally.note(outcome(SENT))

    assert tally.waiting == ""
    tally.wait("the rate", 0.01)
    assert tally.waiting == ""


def test_a_long_wait_says_until_when(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Hours are not counted down, and a log tells of them before they begin."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(BEGAN.timestamp())))
    seconds = Seconds()
    with watching(10, quiet=False, seconds=seconds) as watch:
        watch.wait("the time that was chosen", 3600)

    until = local_time(BEGAN + timedelta(hours=1))
    (line,) = capfd.readouterr().err.splitlines()
    assert line == f"0 of 10; waiting until {until} for the time that was chosen"


def test_lines_come_after_each_tenth_or_half_a_minute(capfd: pytest.CaptureFixture[str]) -> None:
    """A log stays short however many messages there are."""
    seconds = Seconds()
    with watching(1000, quiet=False, seconds=seconds) as watch:
        for number in range(1000):
            seconds.now += 0.01
            watch.step("taken", outcome(SENT, number).delivery)
            watch.outcome(outcome(SENT, number))
        many = capfd.readouterr().err.splitlines()
        watch.wait("the server, which does not answer", 20)
        seconds.now += 29
        watch.wait("the server, which does not answer", 20)
        seconds.now += 2
        watch.wait("the server, which does not answer", 20)
    few = capfd.readouterr().err.splitlines()

    assert len(many) == 10
    assert many[1] == "200 of 1000, 100/s, 0:08 left"
    assert len(few) == 1
    assert few[0].endswith("waiting 0:20 for the server, which does not answer")


def test_nothing_is_said_to_who_wants_to_hear_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """Not even at the end."""
    with watching(10, quiet=True) as watch:
        for number in range(10):
            watch.outcome(outcome(SENT, number))

    assert capfd.readouterr() == ("", "")
    assert watch.tally.sent == 10


def read_all(screen: int) -> str:
    """Return what was shown on a terminal that is closed; it comes in pieces."""
    shown = b""
    with suppress(OSError):  # the end
        while piece := os.read(screen, 65_536):
            shown += piece
    os.close(screen)
    return shown.decode()


def test_a_terminal_has_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """With numbers, rate and what did not go well; it is gone at the end."""
    screen, terminal = pty.openpty()
    for name, value in (("COLUMNS", "120"), ("TERM", "xterm")):
        monkeypatch.setenv(name, value)
    with os.fdopen(terminal, "w", encoding="utf-8") as stderr, monkeypatch.context() as patched:
        patched.setattr("sys.stderr", stderr)
        with watching(5, quiet=False) as watch:
            assert isinstance(watch, Bar)
            for number, state in enumerate([SENT, FAILED, DEFERRED]):
                watch.outcome(outcome(state, number))
            watch.wait("the server", 90)
            watch._bar.refresh()
    shown = read_all(screen)

    assert "2/5" in shown
    assert "1 failed, 1 put off; waiting 1:" in shown


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (18.4, "0:18"), (61, "1:01"), (3723, "1:02:03"), (-1, "0:00")],
)
def test_times_are_those_of_clocks(seconds: float, text: str) -> None:
    """With hours only where there are some."""
    assert clock_time(seconds) == text
