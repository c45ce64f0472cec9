"""Messages go to real servers: over TLS, with a password, byte for byte."""

from collections.abc import Callable

import pytest
import trustme

from pubkit.distribution.smtp.connection import Connection
from pubkit.distribution.smtp.server import Security
from tests.distribution.smtp.conftest import (
    HOST,
    PASSWORD,
    USER,
    Message,
    StartServer,
    check_password,
    server_context,
)

Reach = Callable[..., Connection]


def test_messages_arrive_byte_for_byte(start_server: StartServer, reach: Reach) -> None:
    """One connection takes one message after the other; lines that begin with dots stay."""
    real = start_server()
    bodies = [
        b"Subject: A\r\n\r\n.\r\n..\r\n.hidden\r\na.b\r\n",
        b".A: dot first\r\n\r\n" + b"MDEy\r\n" * 50_000,
        b"Subject: last\r\n\r\n.",
    ]

    connection = reach(real.server)
    replies = []
    for body in bodies:
        connection.offer(Message(data=body))
        replies.append(str(connection.finish()))
    connection.quit()

    ended = [body if body.endswith(b"\r\n") else body + b"\r\n" for body in bodies]
    assert [message.original_content for message in real.sink.messages] == ended
    assert replies == ["250 2.0.0 Queued"] * 3
    assert real.sink.messages[0].mail_from == "office@example.org"
    assert real.sink.messages[0].rcpt_tos == ["member@example.net"]
    assert not connection.is_open


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
@pytest.mark.parametrize("without", [(), ("PLAIN",)])
@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the server means STARTTLS by TLS
def test_messages_go_encrypted_and_logged_in(
    security: Security,
    without: tuple[str, ...],
    start_server: StartServer,
    reach: Reach,
    authority: trustme.CA,
    trust: Callable[[], None],
) -> None:
    """By PLAIN or LOGIN, with user and password in any script; SSL_CERT_FILE names authorities."""
    trust()
    real = start_server(
        security=security,
        context=server_context(authority.issue_cert(HOST)),
        user=USER,
        authenticator=check_password,
        auth_required=True,
        auth_require_tls=security is Security.STARTTLS,
        auth_exclude_mechanism=without,
    )

    connection = reach(real.server, password=PASSWORD)
    connection.offer(Message())
    connection.finish()

    assert len(real.sink.messages) == 1
    protection = connection.protection
    assert protection
    assert (protection.version, protection.names) == ("TLSv1.3", (HOST,))


def test_nothing_is_said_within_a_message(start_server: StartServer, reach: Reach) -> None:
    """Who forgets the dot would write the next commands into the message."""
    real = start_server()
    connection = reach(real.server)
    with pytest.raises(ValueError, match="offered"):
        connection.finish()
    connection.offer(Message())
    with pytest.raises(ValueError, match="no dot"):
        connection.offer(Message())
    with pytest.raises(ValueError, match="no dot"):
        connection.ask_about("office@example.org")
    connection.finish()

    assert [item.original_content for item in real.sink.messages] == [Message().data]


def test_a_message_without_its_dot_does_not_arrive(start_server: StartServer, reach: Reach) -> None:
    """What was given up has never been sent; what is finished has."""
    real = start_server()

    given_up = reach(real.server)
    given_up.offer(Message(data=b"Subject: no\r\n\r\n"))
    given_up.close()
    kept = reach(real.server)
    kept.offer(Message(data=b"Subject: yes\r\n\r\n"))
    kept.finish()

    assert [item.original_content for item in real.sink.messages] == [b"Subject: yes\r\n\r\n"]
    assert (given_up.is_open, kept.is_open) == (False, True)
