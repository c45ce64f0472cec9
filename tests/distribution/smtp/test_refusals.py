"""What servers say no to, at which stage, for how long, and what can be done afterwards."""

from collections.abc import Callable

import pytest

from pubkit.distribution.smtp.connection import Connection
from pubkit.distribution.smtp.failures import (
    Disconnected,
    Malformed,
    NeedsEightBit,
    NeedsSmtputf8,
    Refused,
    Stage,
    TooLarge,
)
from pubkit.distribution.smtp.replies import Reply
from pubkit.errors import DeliveryError
from tests.distribution.smtp.conftest import Conversation, Message, PlayServer, StartServer

Reach = Callable[..., Connection]
STAGES = (Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT)
EXTENSIONS = {"one by one": (), "at once": (b"PIPELINING",)}


def send(connection: Connection, message: Message) -> Reply:
    """Send a message with its dot."""
    connection.offer(message)
    return connection.finish()


def refuse_at(stage: Stage, reply: bytes, *extensions: bytes) -> Callable[[Conversation], None]:
    """Return a part that refuses the first message at a stage, and takes the second one."""

    def play(conversation: Conversation) -> None:
        conversation.begin(*extensions)
        for refused in (True, False):
            is_over = False
            for step in STAGES:
                line = conversation.hear(b"\r\n.\r\n" if step is Stage.DOT else b"\r\n")
                if line == b"RSET\r\n":
                    conversation.say(b"250 forgotten\r\n")
                    line = conversation.hear()
                is_over = is_over or (refused and step is stage)
                if is_over:
                    conversation.say(reply)
                    if step is stage and not (extensions and step is not Stage.DOT):
                        break
                else:
                    conversation.say(b"354 go on\r\n" if step is Stage.DATA else b"250 ok\r\n")
                if is_over and step is Stage.DATA:
                    break
        conversation.wait()

    return play


@pytest.mark.parametrize("way", EXTENSIONS)
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    ("said", "is_permanent", "status"),
    [
        (b"550 5.1.1 No such user", True, "5.1.1"),
        (b"552 5.3.4 Too big", True, "5.3.4"),
        (b"554 Policy", True, ""),
        (b"451 4.7.1 Greylisted", False, "4.7.1"),
        (b"450 5.1.1 Contradicts itself", False, ""),
    ],
)
def test_refusals_name_their_stage_and_leave_the_connection(
    way: str,
    stage: Stage,
    said: bytes,
    is_permanent: bool,
    status: str,
    play_server: PlayServer,
    reach: Reach,
) -> None:
    """The next message goes over the same connection, and arrives."""
    bad = play_server(refuse_at(stage, said + b"\r\n", *EXTENSIONS[way]))

    connection = reach(bad.server)
    with pytest.raises(Refused) as raised:
        send(connection, Message())
    refusal = raised.value
    connection.offer(Message())
    reply = connection.finish()

    assert (refusal.stage, refusal.is_permanent) == (stage, is_permanent)
    assert refusal.reply.status == status
    assert str(refusal).encode() == said
    assert reply.code == 250
    assert b"RSET" in bad.heard or stage is Stage.DOT


@pytest.mark.parametrize("way", EXTENSIONS)
@pytest.mark.parametrize("stage", STAGES)
def test_421_ends_the_connection_wherever_it_is_said(
    way: str, stage: Stage, play_server: PlayServer, reach: Reach
) -> None:
    """A server that closes says so: the message is tried again on another connection."""
    bad = play_server(refuse_at(stage, b"421 4.3.2 Closing\r\n", *EXTENSIONS[way]))

    connection = reach(bad.server)
    with pytest.raises(Refused) as raised:
        send(connection, Message())

    assert (raised.value.stage, raised.value.is_permanent) == (stage, False)
    assert not connection.is_open
    with pytest.raises(Disconnected):
        connection.offer(Message())


@pytest.mark.parametrize(
    ("greeting", "is_permanent"),
    [
        (b"421 4.3.2 Too busy\r\n", False),
        (b"554 5.7.1 Go away\r\n", True),
        (b"450 Later\r\n", False),
    ],
)
def test_a_server_may_not_want_to_talk(
    greeting: bytes, is_permanent: bool, play_server: PlayServer, reach: Reach
) -> None:
    """It is asked again later."""
    bad = play_server(lambda conversation: conversation.say(greeting))

    with pytest.raises(Refused) as raised:
        reach(bad.server)

    assert (raised.value.stage, raised.value.is_permanent) == (Stage.CONNECT, is_permanent)


def test_a_message_without_recipient_is_given_to_nobody(
    play_server: PlayServer, reach: Reach
) -> None:
    """A server that lets it begin nevertheless hears nothing but the end of the connection."""

    def play(conversation: Conversation) -> None:
        conversation.begin(b"PIPELINING")
        conversation.take_commands(recipient=b"550 nobody\r\n")
        conversation.wait()

    bad = play_server(play)
    connection = reach(bad.server)
    with pytest.raises(Refused, match="550 nobody"):
        connection.offer(Message())

    assert not connection.is_open
    assert bad.heard.endswith(b"DATA\r\n")


@pytest.mark.parametrize("way", EXTENSIONS)
def test_a_member_is_not_refused_for_the_one_before(
    way: str, play_server: PlayServer, reach: Reach
) -> None:
    """A server that does not forget is left; it said nothing of the next member."""

    def play(conversation: Conversation) -> None:
        conversation.begin(*EXTENSIONS[way])
        conversation.hear()
        conversation.say(b"550 5.1.1 No such user\r\n")
        conversation.hear(b"RSET\r\n")
        conversation.say(b"502 5.5.1 What?\r\n")
        conversation.wait()

    connection = reach(play_server(play).server)
    with pytest.raises(Refused):
        connection.ask_about("office@example.org", "gone@example.net")
    with pytest.raises(Disconnected) as raised:
        connection.offer(Message())

    assert raised.value.stage is Stage.RSET
    assert not connection.is_open


@pytest.mark.parametrize("user", ["", "me"])
def test_a_server_that_wants_a_user_refuses_nobody_in_particular(
    user: str, play_server: PlayServer, reach: Reach
) -> None:
    """530 is about the settings: no member has failed."""

    def play(conversation: Conversation) -> None:
        conversation.begin(b"AUTH PLAIN")
        if user:
            conversation.hear()
            conversation.say(b"235 welcome\r\n")
        conversation.hear()
        conversation.say(b"530 5.7.0 Authentication required\r\n")
        conversation.wait()

    bad = play_server(play, user=user)
    connection = reach(bad.server, password="x")  # noqa: S106
    with pytest.raises(DeliveryError, match="530") as raised:
        connection.offer(Message())

    assert ("user@" in (raised.value.remedy or "")) == (not user)
    assert not connection.is_open


# ---------------------------------------------------------------- what EHLO says


def offer_extensions(*extensions: bytes) -> Callable[[Conversation], None]:
    """Return a part that offers extensions, and takes one message."""

    def play(conversation: Conversation) -> None:
        conversation.begin(*extensions)
        conversation.take_commands()
        conversation.hear(b"\r\n.\r\n")
        conversation.say(b"250 ok\r\n")
        conversation.wait()

    return play


WIDE = Message(recipient="张三@example.net")
WIDE_HEADERS = Message(needs_smtputf8=True)
EIGHT_BIT = Message(data="Subject: x\r\n\r\n中\r\n".encode())


@pytest.mark.parametrize(
    ("extension", "message", "refusal", "option"),
    [
        (b"SIZE 25", Message(), TooLarge, b" SIZE=26"),
        (b"SMTPUTF8", WIDE, NeedsSmtputf8, b" SMTPUTF8"),
        (b"SMTPUTF8", WIDE_HEADERS, NeedsSmtputf8, b" SMTPUTF8"),
        (b"8BITMIME", EIGHT_BIT, NeedsEightBit, b" BODY=8BITMIME"),
    ],
)
def test_what_the_server_cannot_take_is_not_even_offered(
    extension: bytes,
    message: Message,
    refusal: type[Refused],
    option: bytes,
    play_server: PlayServer,
    reach: Reach,
) -> None:
    """Refused for good without a word; the same is sent where the server can take it."""
    is_limit = extension.startswith(b"SIZE")
    lacking = play_server(offer_extensions(extension if is_limit else b"PIPELINING"))
    able = play_server(offer_extensions(b"SIZE 26" if is_limit else extension))

    connection = reach(lacking.server)
    with pytest.raises(refusal) as raised:
        connection.offer(message)
    accepted = reach(able.server)
    accepted.offer(message)

    assert raised.value.is_permanent
    assert raised.value.reply.status.startswith("5.")
    assert b"MAIL" not in lacking.heard
    assert connection.is_open
    assert accepted.finish().code == 250
    assert option + b"\r\n" in able.heard
    assert f"RCPT TO:<{message.recipient}>".encode() in able.heard


@pytest.mark.parametrize("size", [b"SIZE", b"SIZE 0", b"SIZE many", b"HELP"])
def test_a_size_without_a_number_is_no_limit(
    size: bytes, play_server: PlayServer, reach: Reach
) -> None:
    """RFC 1870, 5: the number may be missing, and 0 means none."""
    bad = play_server(offer_extensions(size))

    connection = reach(bad.server)
    connection.offer(Message(data=b"Subject: x\r\n\r\n" + b"0123456789\r\n" * 1_000))

    assert connection.finish().code == 250
    assert connection.capabilities.largest == 0
    assert (b"SIZE=" in bad.heard) == size.startswith(b"SIZE")


@pytest.mark.parametrize(
    ("sender", "recipient"),
    [
        ("office@example.org", ""),
        ("office@example.org", "member@example.net>\r\nDATA"),
        ("office@example.org", "member@example.net> NOTIFY=NEVER <x"),
        ("office@example.org\nRSET", "member@example.net"),
        ("office@example.org", "member@example.net\0"),
    ],
)
def test_addresses_say_nothing_else(
    sender: str, recipient: str, start_server: StartServer, reach: Reach
) -> None:
    """An address from a roster is an address; bounces need none."""
    real = start_server()

    connection = reach(real.server)
    with pytest.raises(Malformed):
        connection.offer(Message(sender=sender, recipient=recipient))
    connection.offer(Message(sender=""))
    connection.finish()

    assert [(item.mail_from, item.rcpt_tos) for item in real.sink.messages] == [
        ("<>", ["member@example.net"])
    ]


@pytest.mark.parametrize("end", [b"\n.\r\n", b"\n.\n", b"\r.\r\n", b"\r.\r", b"\r\n.\n"])
def test_no_message_holds_a_second_one(end: bytes, start_server: StartServer, reach: Reach) -> None:
    """Servers disagree on what ends a line; whatever could end the message is refused."""
    hidden = b"MAIL FROM:<evil@example.org>\r\nRCPT TO:<other@example.net>\r\nDATA\r\n"
    real = start_server()

    connection = reach(real.server)
    with pytest.raises(Malformed):
        connection.offer(Message(data=b"Subject: x\r\n\r\ntext" + end + hidden))
    connection.offer(Message(data=b"Subject: x\r\n\r\ntext\r\n.\r\n" + hidden))
    connection.finish()

    assert [item.rcpt_tos for item in real.sink.messages] == [["member@example.net"]]
    assert hidden in real.sink.messages[0].original_content
