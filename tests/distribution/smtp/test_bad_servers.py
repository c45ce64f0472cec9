"""Servers that break the rules: no message is lost, and none is thought to be sent that is not."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from threading import Event
from time import monotonic

import pytest

from pubkit.distribution.smtp.connection import Connection
from pubkit.distribution.smtp.failures import Disconnected, Refused, Stage, Unanswered
from pubkit.distribution.smtp.replies import Reply, cleaned
from pubkit.distribution.smtp.server import Security, Server
from tests.distribution.smtp.conftest import (
    HOST,
    IMPATIENT,
    PATIENT,
    Conversation,
    Message,
    PlayServer,
    free_port,
)

Reach = Callable[..., Connection]
Part = Callable[[Conversation], None]

LARGE = Message(data=b"Subject: x\r\n\r\n" + b"MDEyMzQ1Njc4OQ\r\n" * 1_000_000)
"""More than the buffers of a connection hold."""


def begun(part: Part) -> Part:
    """Return a part that comes after a good beginning."""

    def play(conversation: Conversation) -> None:
        conversation.begin(b"8BITMIME")
        part(conversation)

    return play


def offered(part: Part) -> Part:
    """Return a part that comes when the message may begin."""

    def play(conversation: Conversation) -> None:
        conversation.take_commands()
        part(conversation)

    return begun(play)


def finished(part: Part) -> Part:
    """Return a part that comes after the last dot."""

    def play(conversation: Conversation) -> None:
        conversation.hear(b"\r\n.\r\n")
        part(conversation)

    return offered(play)


def leave(_conversation: Conversation) -> None:
    """End the connection."""


def say(text: bytes) -> Part:
    """Return a part that says something, and waits."""

    def play(conversation: Conversation) -> None:
        conversation.say(text)
        conversation.wait()

    return play


def babble(line: bytes) -> Part:
    """Return a part that says something again and again."""

    def play(conversation: Conversation) -> None:
        while True:
            conversation.say(line * 100)

    return play


def answer_first(text: bytes) -> Part:
    """Return a part that hears MAIL and answers it."""

    def play(conversation: Conversation) -> None:
        conversation.hear()
        say(text)(conversation)

    return play


SILENT = ("half a reply", "nothing")
NONSENSE = {
    "garbage": say(b"\x00\xff\xfe nonsense\r\n"),
    "no code": say(b"OK\r\n"),
    "code of four digits": say(b"2500 ok\r\n"),
    "code that there is not": say(b"999 ok\r\n"),
    "other digits": say("２５０ ok\r\n".encode()),
    "two codes": say(b"250-ok\r\n550 no\r\n"),
    "other first digit": say(b"150 wait\r\n"),
    "endless line": babble(b"250-aaaaaaaaaa"),
    "endless reply": babble(b"250-a\r\n"),
    "half a reply": say(b"250-ok\r\n250"),
    "nothing": say(b""),
    "end": leave,
}


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_before_the_dot_puts_off(
    nonsense: str, play_server: PlayServer, reach: Reach
) -> None:
    """Nobody knows what the server means, but it cannot have the message."""
    bad = play_server(begun(NONSENSE[nonsense]))

    connection = reach(bad.server, timeouts=IMPATIENT if nonsense in SILENT else PATIENT)
    with pytest.raises(Disconnected) as raised:
        connection.offer(Message())

    assert raised.value.stage is Stage.MAIL
    assert not connection.is_open


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_after_the_dot_leaves_in_doubt(
    nonsense: str, play_server: PlayServer, reach: Reach
) -> None:
    """It may have the message."""
    bad = play_server(finished(NONSENSE[nonsense]))

    connection = reach(bad.server, timeouts=IMPATIENT if nonsense in SILENT else PATIENT)
    connection.offer(Message())
    with pytest.raises(Unanswered):
        connection.finish()

    assert not connection.is_open


def test_an_answer_that_makes_no_sense_after_the_dot_leaves_in_doubt(
    play_server: PlayServer, reach: Reach
) -> None:
    """The message is whole; "go on" is no answer to it."""
    bad = play_server(finished(say(b"354 go on\r\n")))

    connection = reach(bad.server)
    connection.offer(Message())
    with pytest.raises(Unanswered, match="354"):
        connection.finish()


@pytest.mark.parametrize(
    "text", ["250 2.0.0 收到\r\n".encode(), "250 已收到\r\n".encode("gbk"), b"250\n"]
)
def test_unusual_answers_are_answers(text: bytes, play_server: PlayServer, reach: Reach) -> None:
    """Letters outside of ASCII, no text, a bare line feed: it has the message."""
    bad = play_server(finished(say(text)))

    connection = reach(bad.server)
    connection.offer(Message())

    assert connection.finish().is_positive


def test_an_answer_of_several_lines_is_one(play_server: PlayServer, reach: Reach) -> None:
    """A status that each line repeats is kept once."""
    lines = b"550-5.7.1 Too many\r\n550-5.7.1 messages;\r\n550 5.7.1 see https://example.org\r\n"
    bad = play_server(begun(answer_first(lines)))

    with pytest.raises(Refused) as raised:
        reach(bad.server).offer(Message())

    assert str(raised.value) == "550 5.7.1 Too many messages; see https://example.org"


def test_what_a_server_says_is_harmless() -> None:
    """It comes to terminals, logs and pages; and it is short enough to be kept."""
    said = "5.0.0 a\x1b[31mb\x07\u202ec\u2028d\x9be\r中".encode()

    assert cleaned(said) == "5.0.0 a [31mb  c d e 中"
    assert cleaned("已收".encode("gbk")) == r"\xd2\xd1\xca\xd5"
    assert len(str(Reply(code=550, lines=("x" * 500,) * 128))) == 500


def test_a_flood_costs_neither_memory_nor_time(play_server: PlayServer, reach: Reach) -> None:
    """A reply has a most number of lines, and lines a most length."""
    bad = play_server(begun(babble(b"250-" + b"a" * 4000 + b"\r\n")))

    connection = reach(bad.server)
    tracemalloc.start()
    try:
        with pytest.raises(Disconnected):
            connection.offer(Message())
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 3_000_000


def test_bytes_one_by_one_do_not_prolong_the_wait(play_server: PlayServer, reach: Reach) -> None:
    """The time is that of the whole reply."""

    def trickle(conversation: Conversation) -> None:
        conversation.hear()
        for _number in range(100):
            conversation.say(b"2")
            conversation.socket.settimeout(0.1)
            try:
                conversation.wait()
            except TimeoutError:
                continue
            return

    bad = play_server(begun(trickle))
    connection = reach(bad.server, timeouts=IMPATIENT)
    began = monotonic()
    with pytest.raises(Disconnected, match="does not answer"):
        connection.offer(Message())

    assert monotonic() - began < 8


# ---------------------------------------------------------------- answers that nobody asked for


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT, Stage.DATA])
def test_an_answer_given_twice_is_never_taken_for_the_next(
    stage: Stage, play_server: PlayServer, reach: Reach
) -> None:
    """Otherwise the last dot would be answered before it is sent."""
    answers = {Stage.MAIL: b"250 ok\r\n", Stage.RCPT: b"250 ok\r\n", Stage.DATA: b"354 go on\r\n"}
    bad_answer = {**answers, stage: answers[stage] + b"250 ok\r\n"}

    def play(conversation: Conversation) -> None:
        for step in answers:
            conversation.hear()
            conversation.say(bad_answer[step])
        conversation.wait()

    bad = play_server(begun(play))
    connection = reach(bad.server)
    with pytest.raises(Disconnected, match="unasked"):
        connection.offer(Message())

    assert b"\r\n.\r\n" not in bad.heard


def test_an_answer_before_the_dot_is_none_to_it(play_server: PlayServer, reach: Reach) -> None:
    """It may come as late as between the two halves of sending."""

    def play(conversation: Conversation) -> None:
        go.wait(5)
        conversation.say(b"250 ok\r\n")
        ready.set()
        conversation.wait()

    go, ready = Event(), Event()
    bad = play_server(offered(play))
    connection = reach(bad.server)
    connection.offer(Message())
    go.set()
    assert ready.wait(5)
    with pytest.raises(Disconnected, match="unasked"):
        connection.finish()

    assert not bad.heard.endswith(b"\r\n.\r\n")


def test_a_server_that_closes_between_messages_is_noticed(
    play_server: PlayServer, reach: Reach
) -> None:
    """Before anything is said to it."""
    waiting = reach(play_server(begun(say(b""))).server)
    closing = reach(play_server(begun(say(b"421 4.4.2 Idle for too long\r\n"))).server)
    gone = reach(play_server(begun(leave)).server)
    deadline = monotonic() + 5
    while (closing.is_alive() or gone.is_alive()) and monotonic() < deadline:
        pass

    assert (waiting.is_alive(), closing.is_alive(), gone.is_alive()) == (True, False, False)


# ---------------------------------------------------------------- ends of connections


def hear_half(conversation: Conversation) -> None:
    """Take some of a message, and leave."""
    conversation.socket.recv(1000)


def test_an_end_in_the_message_is_no_doubt(play_server: PlayServer, reach: Reach) -> None:
    """Without its dot no server takes it."""
    bad = play_server(offered(hear_half))

    with pytest.raises(Disconnected) as raised:
        reach(bad.server).offer(LARGE)

    assert raised.value.stage is Stage.DATA


def test_a_server_that_takes_no_more_is_left(play_server: PlayServer, reach: Reach) -> None:
    """Within the time that a piece may take."""

    def stall(conversation: Conversation) -> None:
        conversation.take_commands()
        done.wait(5)

    done = Event()
    bad = play_server(begun(stall))
    connection = reach(bad.server, timeouts=replace(PATIENT, block=0.3))
    try:
        with pytest.raises(Disconnected) as raised:
            connection.offer(LARGE)
    finally:
        done.set()

    assert raised.value.stage is Stage.DATA


@pytest.mark.parametrize("whole", [0.2, 60.0])
def test_a_server_that_takes_little_at_a_time_is_left(
    whole: float, play_server: PlayServer, reach: Reach
) -> None:
    """A message has a time of its own: each piece may take as long as it may, but not all do."""

    def sip(conversation: Conversation) -> None:
        conversation.take_commands()
        while not done.wait(0.01) and conversation.socket.recv(100_000):
            pass

    done = Event()
    bad = play_server(begun(sip))
    connection = reach(bad.server, timeouts=replace(PATIENT, message=whole, slowest=1e9))
    try:
        if whole > 1:
            connection.offer(LARGE)
        else:
            with pytest.raises(Disconnected, match="too slowly") as raised:
                connection.offer(LARGE)
            assert raised.value.stage is Stage.DATA
    finally:
        done.set()


def test_a_host_that_is_not_there_can_be_tried_again(reach: Reach) -> None:
    """Networks fail; the message says where."""
    server = Server(security=Security.PLAIN, host=HOST, port=free_port())

    with pytest.raises(Disconnected, match=f"{HOST}, port {server.port}") as raised:
        reach(server)

    assert raised.value.stage is Stage.CONNECT


def test_a_name_that_is_not_known_can_be_tried_again(reach: Reach) -> None:
    """So is a failure of DNS."""
    server = Server(security=Security.PLAIN, host="no-such-host.invalid", port=25)

    with pytest.raises(Disconnected, match="no-such-host"):
        reach(server)
