"""What a log says is written down: once, and for the time at which it was."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pubkit.distribution.campaign import Campaign, Delivery
from pubkit.distribution.ledger.desk import Selection, open_desk
from pubkit.distribution.ledger.opening import Ledger
from pubkit.workflow.sending.reconciling import Reconciled, reconcile_log
from tests.distribution.campaigns import BEGAN, delivery_of, ledger_in, new_campaign, states

ANNA, LI = "anna@example.org", "li@example.org"
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Open an empty ledger."""
    return ledger_in(tmp_path)


def doubt(ledger: Ledger, campaign: Campaign, now: datetime) -> Delivery:
    """Let a sender die after the last dot of the next message."""
    with open_desk(ledger, campaign, Selection()) as desk:
        (taken,) = desk.take(1, now=now, latest=now + DAY)
        assert desk.doubt(taken, [], now=now)
    return taken


def write_log(path: Path, begins: datetime, ids: Iterable[str]) -> Path:
    """Write three hours of a log in which these messages are accepted."""
    lines = [_line(begins, "smtpd[8]: disconnect from x")]
    for number, message_id in enumerate(ids):
        at, queue = begins + (number + 15) * MINUTE, f"4B2F91C{number:02}"
        lines.append(_line(at, f"cleanup[9]: {queue}: message-id={message_id}"))
        lines.append(_line(at, f"qmgr[7]: {queue}: from=<a@b.c>, nrcpt=1 (queue active)"))
    lines.append(_line(begins + 3 * 60 * MINUTE, "smtpd[8]: disconnect from x"))
    path.write_text("".join(lines), "utf-8")
    return path


def _line(at: datetime, said: str) -> str:
    return f"{at.isoformat(timespec='microseconds')} mail postfix/{said}\n"


def reconciled(ledger: Ledger, campaign: Campaign, log: Path, now: datetime) -> Reconciled:
    """Ask a log."""
    with open_desk(ledger, campaign, Selection()) as desk:
        return reconcile_log(desk, ledger, log, now=now)


def test_who_is_found_was_sent_when_the_doubt_began(ledger: Ledger, tmp_path: Path) -> None:
    """A later log cannot have them, and is whole without them."""
    campaign = new_campaign(ledger, ANNA, LI)
    anna = doubt(ledger, campaign, BEGAN + 15 * MINUTE)
    log = write_log(tmp_path / "mail.log.1", BEGAN, [anna.message_id])
    first = reconciled(ledger, campaign, log, now=BEGAN + 2 * DAY + 20 * MINUTE)
    doubt(ledger, campaign, BEGAN + 2 * DAY + 16 * MINUTE)
    log = write_log(tmp_path / "mail.log", BEGAN + 2 * DAY, ["<other@example.org>"])
    second = reconciled(ledger, campaign, log, now=BEGAN + 3 * DAY)

    assert [len(first.sent), len(second.waiting), second.unknown] == [1, 1, 0]
    assert delivery_of(ledger, campaign, ANNA).changed == BEGAN + 15 * MINUTE
    assert delivery_of(ledger, campaign, LI).changed == BEGAN + 3 * DAY
    assert states(ledger, campaign) == {ANNA: "sent", LI: "pending"}


def test_a_log_that_lacks_who_is_sent_frees_nobody(ledger: Ledger, tmp_path: Path) -> None:
    """It is the log of another server."""
    campaign = new_campaign(ledger, ANNA, LI)
    anna = doubt(ledger, campaign, BEGAN + 15 * MINUTE)
    reconciled(ledger, campaign, write_log(tmp_path / "1", BEGAN, [anna.message_id]), BEGAN + DAY)
    doubt(ledger, campaign, BEGAN + 16 * MINUTE)
    log = write_log(tmp_path / "2", BEGAN, ["<other@example.org>"])
    found = reconciled(ledger, campaign, log, BEGAN + DAY)

    assert [len(found.undecided), found.unknown] == [1, 1]


@pytest.mark.parametrize(("text", "state"), [("", "in_doubt"), ("# none\n", "pending")])
def test_a_file_without_a_word_frees_nobody(
    ledger: Ledger, tmp_path: Path, text: str, state: str
) -> None:
    """A log that was just rotated looks like that; a list of nothing says that it is one."""
    campaign = new_campaign(ledger, ANNA)
    doubt(ledger, campaign, BEGAN)
    log = tmp_path / "mail.log"
    log.write_text(text, "utf-8")
    found = reconciled(ledger, campaign, log, now=BEGAN + DAY)

    assert states(ledger, campaign) == {ANNA: state}
    assert found.is_log_empty == (not text)


def test_who_has_it_and_gave_it_back_is_told_of(ledger: Ledger, tmp_path: Path) -> None:
    """The server accepted the message, and the next one did not."""
    campaign = new_campaign(ledger, ANNA)
    anna = doubt(ledger, campaign, BEGAN + 15 * MINUTE)
    log = write_log(tmp_path / "mail.log", BEGAN, [anna.message_id])
    bounce = "smtp[4]: 4B2F91C00: to=<x@y.z>, dsn=5.1.1, status=bounced (unknown user)"
    with log.open("a", encoding="utf-8") as file:
        file.write(_line(BEGAN + DAY, bounce))
    found = reconciled(ledger, campaign, log, now=BEGAN + 2 * DAY)

    assert [(one.id, bounced.status) for one, bounced in found.bounced] == [(anna.id, "5.1.1")]
