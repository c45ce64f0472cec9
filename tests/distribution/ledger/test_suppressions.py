"""Who gets nothing any more, in both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from pubkit.distribution.ledger.opening import open_ledger
from pubkit.distribution.ledger.suppressions import (
    note_bounce,
    note_wish,
    release,
    suppress,
    suppressions,
)
from pubkit.distribution.suppression import Outcome, Reason
from tests.distribution.ledgers import suppression_of

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LI = "Li@example.org"
DAY = timedelta(days=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    """Return a connection to a new ledger, within a transaction."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    else:
        url = request.getfixturevalue("postgresql_url")
    ledger = open_ledger(url)
    with ledger.transaction() as connection:
        yield connection
    ledger.engine.dispose()


def bounce(
    connection: Connection,
    source: str,
    status: str,
    now: datetime = NOW,
    delivery: int | None = None,
) -> Outcome:
    """Note that a message came back from Li."""
    return note_bounce(connection, source, LI, delivery, status=status, detail="no", now=now)


def test_an_address_is_suppressed_once(connection: Connection) -> None:
    """All spellings of it are one; the second time says nothing new."""
    assert suppress(connection, LI, reason=Reason.MANUAL, now=NOW)
    assert not suppress(connection, LI.lower(), reason=Reason.MANUAL, now=NOW + DAY)

    (found,) = suppressions(connection)
    assert (found.address, found.since) == (LI, NOW)


def test_the_strongest_reason_stays(connection: Connection) -> None:
    """A complaint is not forgotten because a message bounces later."""
    assert suppress(connection, LI, reason=Reason.BOUNCED, now=NOW)
    assert suppress(connection, LI, reason=Reason.COMPLAINT, detail="spam", now=NOW + DAY)
    assert not suppress(connection, LI, reason=Reason.UNSUBSCRIBED, now=NOW + 2 * DAY)

    found = suppression_of(connection, LI)
    assert found
    assert (found.reason, found.detail, found.since) == (Reason.COMPLAINT, "spam", NOW + DAY)


def test_an_address_that_does_not_exist_is_suppressed_at_once(connection: Connection) -> None:
    """A second message to it would only harm the sender's name."""
    assert bounce(connection, "a", "5.1.1") is Outcome.SUPPRESSED

    found = suppression_of(connection, LI)
    assert found
    assert (found.reason, found.detail) == (Reason.BOUNCED, "5.1.1 no")


def test_a_refusal_of_the_message_is_not_the_fault_of_the_address(connection: Connection) -> None:
    """However often a filter dislikes a press release."""
    for number in range(9):
        assert bounce(connection, str(number), "5.7.1", NOW + number * DAY) is Outcome.NOTED

    assert suppression_of(connection, LI) is None


def test_a_notice_counts_once(connection: Connection) -> None:
    """A mailbox may be read every day."""
    assert bounce(connection, "a", "4.2.2") is Outcome.COUNTED
    assert bounce(connection, "a", "5.1.1") is Outcome.KNOWN

    assert suppression_of(connection, LI) is None


def test_temporary_failures_suppress_after_five_days(connection: Connection) -> None:
    """Many on one day are one, and so are many of one delivery."""
    for number in range(4):
        assert bounce(connection, f"{number}", "4.2.2", NOW + number * DAY) is Outcome.COUNTED
        assert bounce(connection, f"{number}b", "5.2.2", NOW + number * DAY) is Outcome.COUNTED
    bounce(connection, "one delivery", "4.4.7", NOW + 3 * DAY, delivery=7)
    assert bounce(connection, "again", "4.4.7", NOW + 5 * DAY, delivery=7) is Outcome.COUNTED

    assert bounce(connection, "z", "4.2.2", NOW + 6 * DAY) is Outcome.SUPPRESSED


def test_old_failures_are_forgotten(connection: Connection) -> None:
    """A mailbox that is full once a month is read once a month."""
    outcomes = {
        bounce(connection, str(month), "5.2.2", NOW + 30 * month * DAY) for month in range(9)
    }

    assert outcomes == {Outcome.COUNTED}


def test_a_released_address_begins_anew(connection: Connection) -> None:
    """What came back before does not count, nor does it when the mailbox is read again."""
    for number in range(5):
        bounce(connection, str(number), "4.2.2", NOW + number * DAY)
    assert release(connection, LI.upper())
    assert not release(connection, LI)

    assert bounce(connection, "4", "4.2.2", NOW + 5 * DAY) is Outcome.KNOWN
    assert bounce(connection, "5", "4.2.2", NOW + 5 * DAY) is Outcome.COUNTED
    assert suppression_of(connection, LI) is None


def test_who_unsubscribed_by_mail_and_came_back_stays(connection: Connection) -> None:
    """The old message in the mailbox is no new wish."""
    wish = {"reason": Reason.UNSUBSCRIBED, "now": NOW}
    assert note_wish(connection, "a", LI, 3, **wish) is Outcome.SUPPRESSED
    release(connection, LI)

    assert note_wish(connection, "a", LI, 3, **wish) is Outcome.KNOWN
    assert suppression_of(connection, LI) is None
