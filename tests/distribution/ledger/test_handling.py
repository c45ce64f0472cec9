"""What notices change, and what strangers cannot change by them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, select, update

from pubkit.distribution.identity import Identity
from pubkit.distribution.ledger.handling import Finding, Return, handle
from pubkit.distribution.ledger.schema import BOUNCES, DELIVERIES
from pubkit.distribution.returns.notices import read_notice
from pubkit.distribution.suppression import Outcome, Reason
from tests.distribution.ledgers import (
    BEGAN,
    add_members,
    begin,
    make_ledger,
    member,
    suppression_of,
)

CASES = Path(__file__).parents[1] / "returns" / "cases"
NOW = BEGAN + timedelta(days=300)
LI = "li@example.net"
IDENTITY = Identity(b"secret")
ELSEWHERE = "elsewhere@example.com"
BASE = "bounces@example.org"
RETURNED = "<qx3mfkz2t7u5w4yn6abcdefgh2345672@example.org>"


@pytest.fixture
def engine() -> Engine:
    """Make a ledger in which Li is delivery 1 and another member delivery 2."""
    engine = make_ledger()
    campaign = begin(engine)
    members = [
        member(campaign, 1, address=LI),
        member(campaign, 2, address=ELSEWHERE),
    ]
    add_members(engine, members)
    return engine


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """Return a connection to it, within a transaction."""
    with engine.begin() as connection:
        yield connection


def case(name: str, *, to: str = BASE, returned: str = RETURNED) -> bytes:
    """Return a notice that was sent to an address and returns a message."""
    data = (CASES / f"{name}.eml").read_bytes()
    data = data.replace(BASE.encode(), to.encode())
    return data.replace(RETURNED.encode(), returned.encode())


def take(connection: Connection, data: bytes) -> Return:
    """Handle a notice."""
    return handle(connection, IDENTITY, read_notice(data), place="mbox:1", now=NOW)


def token(number: int) -> str:
    """Return the return address of a delivery."""
    return IDENTITY.return_address(BASE, number)


def test_a_token_proves_which_delivery_came_back(connection: Connection) -> None:
    """The member is suppressed, and the report knows which message they do not have."""
    found = take(connection, case("postfix", to=token(1)))

    assert (found.finding, found.outcome) == (Finding.PERMANENT, Outcome.SUPPRESSED)
    assert (found.address, found.document) == (LI, "report")
    row = connection.execute(select(BOUNCES)).one()
    assert (row.delivery, row.is_permanent, row.status) == (1, True, "5.1.1")


@pytest.mark.parametrize(("state", "then"), [("in_doubt", "sent"), ("deferred", "deferred")])
def test_what_comes_back_ends_the_doubt(connection: Connection, state: str, then: str) -> None:
    """No server returns what it has not taken; of other states it says nothing new."""
    connection.execute(update(DELIVERIES).values(state=state))

    take(connection, case("expired", to=token(1)))
    take(connection, case("expired"))

    rows = connection.execute(select(DELIVERIES.c.id, DELIVERIES.c.state))
    assert {row.id: row.state for row in rows} == {1: then, 2: state}


def test_so_does_a_message_id_of_ours(connection: Connection) -> None:
    """Servers that change addresses return the headers."""
    found = take(connection, case("qmail", returned="<1.1@example.org>"))

    assert (found.address, found.outcome) == (LI, Outcome.SUPPRESSED)


@pytest.mark.parametrize(
    "to",
    [BASE, Identity(b"other").return_address(BASE, 1), token(99), "bounces+b-aaaa@example.org"],
)
def test_a_forged_notice_changes_nothing(connection: Connection, to: str) -> None:
    """A stranger knows the address of a member, and neither token nor Message-ID."""
    found = take(connection, case("postfix", to=to))

    assert (found.finding, found.outcome, found.address) == (Finding.UNKNOWN, None, LI)
    assert found.is_member
    assert suppression_of(connection, LI) is None


def test_a_member_can_only_have_themselves_suppressed(connection: Connection) -> None:
    """Their own token makes a notice about somebody else one about themselves."""
    found = take(connection, case("postfix", to=token(2)))

    assert found.address == ELSEWHERE
    assert suppression_of(connection, LI) is None


def test_a_delay_and_a_reply_change_nothing(connection: Connection) -> None:
    """The message may still arrive; on holiday one is not gone."""
    assert take(connection, case("postfix-delayed", to=token(1))).finding is Finding.DELAYED
    assert take(connection, case("vacation", to=token(1))).finding is Finding.REPLY
    assert connection.execute(select(BOUNCES)).first() is None


def test_a_refused_message_is_told_and_suppresses_nobody(connection: Connection) -> None:
    """The report says that the member does not have it."""
    found = take(connection, case("policy", to=token(1)))

    assert (found.finding, found.outcome) == (Finding.REFUSED, Outcome.NOTED)
    assert connection.execute(select(BOUNCES.c.is_permanent)).scalar_one()


def test_the_same_notice_counts_once(connection: Connection) -> None:
    """Whichever mailbox it lies in."""
    take(connection, case("expired", to=token(1)))

    again = take(connection, b"Status: RO\n" + case("expired", to=token(1)))

    assert (again.finding, again.outcome) == (Finding.TEMPORARY, Outcome.KNOWN)


def test_a_complaint_suppresses(connection: Connection) -> None:
    """By the return address that the provider quotes, or by the message itself."""
    quoted = case("complaint").replace(b"bounces+b-abc@example.org", token(1).encode())

    assert take(connection, quoted).outcome is Outcome.SUPPRESSED
    assert take(connection, case("complaint", returned="<1.2@example.org>")).address == ELSEWHERE
    assert take(connection, case("complaint")).finding is Finding.UNKNOWN
    found = suppression_of(connection, LI)
    assert found
    assert found.reason is Reason.COMPLAINT


def test_a_letter_to_the_address_for_leaving_unsubscribes(connection: Connection) -> None:
    """Mail programs write it when List-Unsubscribe has a mailto."""
    leaving = IDENTITY.unsubscribe_address(BASE, 1)

    assert take(connection, case("letter", to=leaving)).finding is Finding.UNSUBSCRIBED
    found = suppression_of(connection, LI)
    assert found
    assert found.reason is Reason.UNSUBSCRIBED


def test_a_mail_program_may_write_for_its_user(connection: Connection) -> None:
    """It says that it is a program, and means what its user wants."""
    leaving = IDENTITY.unsubscribe_address(BASE, 1)
    letter = b"Auto-Submitted: auto-generated\n" + case("letter", to=leaving)

    assert take(connection, letter).finding is Finding.UNSUBSCRIBED


def test_a_subject_may_tell_who_is_leaving(connection: Connection) -> None:
    """Where members have no own return address; a token for bounces is none for leaving."""
    letter = case("letter").replace(b"Re: Report 2026", b"unsubscribe %s")

    assert take(connection, letter % (b"a" * 24)).finding is Finding.OTHER
    wish = take(connection, letter % IDENTITY.unsubscribe_token(1).upper().encode())
    assert (wish.finding, wish.address) == (Finding.UNSUBSCRIBED, LI)


@pytest.mark.parametrize("name", ["vacation", "postfix"])
def test_what_machines_write_there_does_not(connection: Connection, name: str) -> None:
    """An automatic answer is nobody's wish, and a token for leaving proves no bounce."""
    take(connection, case(name, to=IDENTITY.unsubscribe_address(BASE, 1)))

    assert suppression_of(connection, LI) is None


def test_a_notice_counts_on_its_own_day(connection: Connection) -> None:
    """A mailbox that is read once a month has failures of many days; none of the future."""
    for day in range(5):
        dated = case("expired", to=token(1)).replace(
            b"Subject:", b"Date: %d May 2026 10:00:00 +0000\nSubject:" % (4 + day)
        )
        found = take(connection, dated)

    assert found.outcome is Outcome.COUNTED, "five notices about one delivery are one failure"
    assert {row.at.day for row in connection.execute(select(BOUNCES))} == {4, 5, 6, 7, 8}
