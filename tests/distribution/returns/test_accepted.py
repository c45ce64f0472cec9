"""What a log of Postfix, or a list, says was accepted."""

import gzip
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.distribution.returns.accepted import (
    Accepted,
    Verdict,
    read_accepted,
    read_accepted_file,
)
from pubkit.errors import DeliveryError

NOW = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
ID = "<20261130.a1@example.org>"
TEN = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
"""When messages are read, if a test says nothing else."""
LATER = "23:59:59 mail postfix/anvil[9]: statistics: max cache size 1"
"""A line long after all others."""


def read(*lines: str, now: datetime = NOW) -> Accepted:
    """Read a log of one day; lines begin with the time of day."""
    days = (f"Nov 30 {line}\n".encode() for line in lines)
    return read_accepted(days, now=now + timedelta(days=1), zone=UTC)


def client(queue: str, process: int = 7, time: str = "10:00:00", name: str = "postfix") -> str:
    """Return the line of a connection that gets a queue file."""
    return f"{time} mail {name}/smtpd[{process}]: {queue}: client=localhost[127.0.0.1]"


def cleanup(queue: str, identifier: str = ID, time: str = "10:00:00", name: str = "postfix") -> str:
    """Return the line of a message that is being read."""
    return f"{time} mail {name}/cleanup[8]: {queue}: message-id={identifier}"


def active(queue: str, time: str = "10:00:01", name: str = "postfix") -> str:
    """Return the line of a message that the server is responsible for."""
    return (
        f"{time} mail {name}/qmgr[5]: {queue}: from=<a@example.org>, size=9, nrcpt=1 (queue active)"
    )


def test_a_message_in_the_queue_is_accepted() -> None:
    """The queue manager has it: it is whole and on the disk."""
    found = read(client("4B2F91"), cleanup("4B2F91"), active("4B2F91"))

    assert found.message_ids == {ID}
    assert not found.undecided
    assert found.verdict(ID, NOW) is Verdict.ACCEPTED


def test_a_message_that_was_only_begun_is_not() -> None:
    """Its header was read, and the dot never came."""
    found = read("09:00:00 mail postfix/anvil[9]: x", client("4B2F91"), cleanup("4B2F91"), LATER)

    assert not found.message_ids
    assert found.verdict(ID, TEN) is Verdict.REFUSED


def test_a_connection_that_broke_before_the_dot_decides_at_once() -> None:
    """Nobody needs to wait for the end of the log; after the dot, it may be accepted."""
    lost = "10:00:01 mail postfix/smtpd[7]: lost connection after DATA (900 bytes) from localhost"
    after = "10:00:01 mail postfix/smtpd[7]: lost connection after END-OF-MESSAGE from localhost"

    assert read(client("4B2F91"), cleanup("4B2F91"), lost).verdict(ID, TEN) is Verdict.REFUSED
    assert read(client("4B2F91"), cleanup("4B2F91"), after).undecided == {ID}


def test_a_message_is_undecided_while_the_log_may_go_on() -> None:
    """The line of the queue manager may be the next one."""
    assert read(client("4B2F91"), cleanup("4B2F91")).undecided == {ID}
    assert read(cleanup("4B2F91"), active("7CC111", time="10:09:00")).undecided == {ID}
    assert not read(cleanup("4B2F91"), active("7CC111", time="10:11:00")).undecided


def test_a_server_with_much_in_work_lets_messages_wait_longer() -> None:
    """Postfix takes 20,000 messages into work; the others wait without a line."""
    slow = (cleanup("111111", "<slow@x>", "08:00:00"), active("111111", "09:00:00"))

    assert read(*slow, cleanup("4B2F91"), active("7CC111", time="11:30:00")).undecided == {ID}


def test_a_message_on_hold_is_undecided_and_a_discarded_one_is_not() -> None:
    """What is held may be released; what is thrown away reaches nobody."""
    held = "10:00:00 mail postfix/cleanup[8]: 4B2F91: hold: header Subject: x from localhost"
    gone = held.replace("hold:", "discard:")

    assert read(cleanup("4B2F91"), held, LATER).undecided == {ID}
    assert read(cleanup("4B2F91"), gone).verdict(ID, TEN) is Verdict.REFUSED


def test_a_filter_that_refuses_decides() -> None:
    """A milter's refusal is an answer to the dot."""
    refused = "10:00:01 mail postfix/cleanup[8]: 4B2F91: milter-reject: END-OF-MESSAGE from x"

    assert read(cleanup("4B2F91"), refused).verdict(ID, TEN) is Verdict.REFUSED


def test_what_refused_an_earlier_attempt_says_nothing_of_the_last() -> None:
    """The server put it off, and it was tried again when the log had ended."""
    refused = "10:00:01 mail postfix/cleanup[8]: 4B2F91: milter-reject: END-OF-MESSAGE from x"
    found = read(cleanup("4B2F91"), refused, "10:05:00 mail postfix/anvil[9]: x")

    assert found.verdict(ID, TEN + timedelta(seconds=1.9)) is Verdict.REFUSED
    assert found.verdict(ID, TEN + timedelta(seconds=11)) is Verdict.UNDECIDED
    assert found.verdict(ID, TEN + timedelta(minutes=6)) is Verdict.UNDECIDED


MARGIN = timedelta(minutes=10)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("attempted", "verdict"),
    [
        (TEN + MARGIN - SECOND, Verdict.UNDECIDED),
        (TEN + MARGIN, Verdict.REFUSED),
        (TEN + timedelta(hours=2) - MARGIN, Verdict.REFUSED),
        (TEN + timedelta(hours=2) - MARGIN + SECOND, Verdict.UNDECIDED),
    ],
)
def test_a_log_knows_nothing_for_certain_at_its_edges(
    attempted: datetime, verdict: Verdict
) -> None:
    """A message may have its lines in the log before, or in the next one."""
    found = read(cleanup("4B2F91", "<other@x>"), active("7CC111", "12:00:00"))

    assert found.verdict(ID, attempted) is verdict


def test_a_log_that_was_rotated_while_a_message_came() -> None:
    """Its first line is in one log and its last in the other; only both together tell."""
    old = ("09:00:00 mail postfix/anvil[9]: x", cleanup("7CC111", "<o@x>"), cleanup("4B2F91"))
    new = (active("4B2F91", "10:00:04"), cleanup("8DD222", "<n@x>", "10:00:05"), LATER)
    attempted = TEN + timedelta(seconds=4)

    assert read(*old).verdict(ID, attempted) is Verdict.UNDECIDED
    assert read(*new).verdict(ID, attempted) is Verdict.UNDECIDED
    assert read(*old, *new).verdict(ID, attempted) is Verdict.ACCEPTED


def test_names_in_the_queue_are_used_again() -> None:
    """A line belongs to the message that has the name at that time."""
    removed = "10:00:02 mail postfix/qmgr[5]: 4B2F91: removed"
    first = (client("4B2F91"), cleanup("4B2F91", "<first@x>"))

    assert read(*first, client("4B2F91"), cleanup("4B2F91"), active("4B2F91")).message_ids == {ID}
    assert read(*first, active("4B2F91"), removed, cleanup("4B2F91")).message_ids == {"<first@x>"}
    assert read(*first, cleanup("4B2F91", "<>"), active("4B2F91")).message_ids == frozenset()


def test_each_instance_has_its_own_queue() -> None:
    """Two instances may use a name at the same time; services of one share a queue."""
    name = "postfix-out"

    assert not read(cleanup("4B2F91", name=name), active("4B2F91")).message_ids
    assert read(cleanup("4B2F91", name=name), active("4B2F91", name=name)).message_ids == {ID}
    assert read(
        cleanup("4B2F91", name=f"{name}/submission"), active("4B2F91", name=name)
    ).message_ids == {ID}


def test_a_second_attempt_that_was_refused_says_nothing_of_the_first() -> None:
    """Both have the same Message-ID, and the first may be accepted still."""
    refused = "10:00:01 mail postfix/cleanup[8]: 7CC111: milter-reject: END-OF-MESSAGE from x"

    assert read(cleanup("4B2F91"), cleanup("7CC111"), refused).undecided == {ID}


@pytest.mark.parametrize(
    "written",
    [
        "20261130.a1@example.org",
        "?<20261130.a1@example.org>",
        "#012 <20261130.a1@example.org>",
        " <20261130.a1@example.org> (added by postmaster@x)",
    ],
)
def test_message_ids_are_found_however_they_are_written(written: str) -> None:
    """Folded headers and careless senders leave traces in the log."""
    assert read(cleanup("3tBdJ21XpMzFk9", written), active("3tBdJ21XpMzFk9")).message_ids == {ID}


def test_a_message_that_bounced_was_accepted() -> None:
    """And the log tells why the member does not have it."""
    bounced = (
        "10:00:02 mail postfix/smtp[4]: 4B2F91: to=<li@example.net>, relay=mx.example.net[192.0.2."
        "1]:25, delay=1, delays=0/0/1/0, dsn=5.1.1, status=bounced (host said: 550 no (such) user)"
    )
    found = read(cleanup("4B2F91"), active("4B2F91"), bounced)

    assert found.message_ids == {ID}
    assert (found.bounced[ID].status, found.bounced[ID].detail) == (
        "5.1.1",
        "host said: 550 no (such) user",
    )


def test_stamps_with_and_without_a_year_tell_the_time_that_is_covered() -> None:
    """What happened at another time is in another log."""
    stamps = ("2026-11-30T10:00:00.123456+08:00", "2026-11-30T12:00:00+0800")
    lines = [f"{stamp} mail {cleanup('4B2F91')[14:]}\n".encode() for stamp in stamps]
    modern = read_accepted(lines, now=NOW)
    classic = read(cleanup("4B2F91", time="02:00:00"), cleanup("4B2F91", time="04:00:00"))

    assert (modern.begins, modern.ends) == (
        datetime(2026, 11, 30, 2, 0, 0, 123456, tzinfo=UTC),
        classic.ends,
    )
    assert modern.covers(datetime(2026, 11, 30, 3, tzinfo=UTC))
    assert not modern.covers(datetime(2026, 11, 30, 5, tzinfo=UTC))
    assert modern.verdict("<other@x>", NOW) is Verdict.UNDECIDED


def test_a_stamp_without_a_year_is_never_in_the_future() -> None:
    """At New Year the log of the old year is read."""
    lines = [b"Dec 31 23:00:00 mail " + cleanup("4B2F91")[14:].encode()]

    begins = read_accepted(lines, now=datetime(2027, 1, 1, tzinfo=UTC), zone=UTC).begins

    assert begins == datetime(2026, 12, 31, 23, tzinfo=UTC)


def test_a_list_has_one_message_id_on_each_line() -> None:
    """It is whole by its maker's word: what it lacks was not accepted."""
    text = b"\xef\xbb\xbf# accepted\n\n<20261130.a1@example.org>\r\n  second@example.org\n"
    found = read_accepted(text.splitlines(keepends=True), now=NOW)

    assert found.message_ids == {ID, "<second@example.org>"}
    assert found.verdict("<third@example.org>", NOW) is Verdict.REFUSED
    assert read_accepted([b"# none"], now=NOW).message_ids == frozenset()


def test_lines_that_are_none_of_a_log_are_passed_over() -> None:
    """They do no harm."""
    lines = [f"Nov 30 {line}".encode() for line in (cleanup("4B2F91"), active("4B2F91"))]

    found = read_accepted([b"\xff\x00rotated\n", *lines, b"?? \n"], now=NOW, zone=UTC)

    assert found.lines == 4
    assert found.message_ids == {ID}


@pytest.mark.parametrize(
    "text",
    [
        b"name,address\nLi,li@example.org\n",
        b"<a@example.org>\nnot an id\n",
        b"\x00\x01\x02",
        b"Nov 30 10:00:00 mail CRON[1]: (root) CMD (x)\n",
        b"Nov 30 10:00:00 mail postfix/master[1]: daemon started\n",
    ],
)
def test_a_file_that_is_neither_is_refused_with_an_example(text: bytes) -> None:
    """Read as an empty log it would have everything sent again."""
    with pytest.raises(DeliveryError) as refused:
        read_accepted(text.splitlines(keepends=True), now=NOW, path="x.log")

    assert "postfix/cleanup" in (refused.value.remedy or "")
    assert str(refused.value).startswith("x.log")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (b"", Verdict.UNDECIDED),
        (b"\xef\xbb\xbf\n \n", Verdict.UNDECIDED),
        (b"# none\n", Verdict.REFUSED),
        (b"\n# none", Verdict.REFUSED),
    ],
)
def test_a_list_of_nothing_says_that_it_is_one(text: bytes, verdict: Verdict) -> None:
    """A log that was just rotated has no entry either."""
    found = read_accepted(text.splitlines(keepends=True), now=NOW, path="x.log")

    assert found.message_ids == frozenset()
    assert found.is_empty == (verdict is Verdict.UNDECIDED)
    assert found.verdict(ID, TEN) is verdict


def test_a_compressed_log_is_read_and_a_damaged_one_refused(tmp_path: Path) -> None:
    """Half a log would say that the other half was refused."""
    path = tmp_path / "mail.log.gz"
    packed = gzip.compress(f"{ID}\n".encode() * 100)
    path.write_bytes(packed)

    assert read_accepted_file(path, now=NOW).message_ids == {ID}

    path.write_bytes(packed[:-9])
    with pytest.raises(DeliveryError):
        read_accepted_file(path, now=NOW)
    with pytest.raises(DeliveryError):
        read_accepted_file(tmp_path / "none", now=NOW)


Story = Callable[[str, str, int], str]


def _daemon(daemon: str, said: str) -> Story:
    """Return what makes the line of a daemon about a message."""

    def line(queue: str, identifier: str, number: int) -> str:
        process = 1_000 + number
        values = {"queue": queue, "id": identifier}
        return f"10:00:00 mail postfix/{daemon}[{process}]: {said.format_map(values)}"

    return line


CLIENT = _daemon("smtpd", "{queue}: client=localhost[127.0.0.1]")
CLEANUP = _daemon("cleanup", "{queue}: message-id={id}")
ACTIVE = _daemon("qmgr", "{queue}: from=<a@x>, size=9, nrcpt=1 (queue active)")
BOUNCED = _daemon("smtp", "{queue}: to=<a@x>, relay=x, dsn=5.1.1, status=bounced (unknown)")
REMOVED = _daemon("qmgr", "{queue}: removed")
LOST = _daemon("smtpd", "lost connection after DATA (9 bytes) from localhost[127.0.0.1]")
REJECTED = _daemon("cleanup", "{queue}: milter-reject: END-OF-MESSAGE from x")
FATES = {
    "accepted": (CLIENT, CLEANUP, ACTIVE, REMOVED),
    "bounced": (CLIENT, CLEANUP, ACTIVE, BOUNCED, REMOVED),
    "at work": (CLIENT, CLEANUP, ACTIVE),
    "broken": (CLIENT, CLEANUP, LOST),
    "rejected": (CLIENT, CLEANUP, REJECTED),
    "undecided": (CLIENT, CLEANUP),
}
"""What happens to a message, as the lines that it leaves."""
HAVING = {"accepted", "bounced", "at work"}
"""Whose messages the server has taken."""


@given(st.lists(st.sampled_from(sorted(FATES)), min_size=1, max_size=12), st.randoms())
def test_each_message_has_its_own_fate(fates: list[str], randomly: random.Random) -> None:
    """Servers work at many messages at a time, and their lines are mixed."""
    stories = [
        [line(f"{number:06X}", f"<{number}@x>", number) for line in FATES[fate]]
        for number, fate in enumerate(fates)
    ]
    lines = []
    while any(stories):
        lines.append(randomly.choice([story for story in stories if story]).pop(0))

    found = read(*lines)

    def those(*names: str) -> set[str]:
        return {f"<{number}@x>" for number, fate in enumerate(fates) if fate in names}

    assert found.message_ids == those(*HAVING)
    assert found.undecided == those("undecided")
    assert found.refused.keys() == those("broken", "rejected")
    assert found.bounced.keys() == those("bounced")
