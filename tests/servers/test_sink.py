"""The SMTP server that fails as it is told."""

import smtplib
from pathlib import Path

import pytest

from tests.servers.sink import sink
from tests.servers.smtp_sink import Fault

MESSAGE = "Message-ID: <1@test>\r\n\r\n.begins with a dot\r\n"


def send(port: int, recipient: str = "li@example.org") -> None:
    """Send a message, with nothing of pubkit in between."""
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        client.sendmail("office@example.org", [recipient], MESSAGE)


def test_sink_writes_down_what_it_took(tmp_path: Path) -> None:
    """The log says who has which message, and the message is as it was."""
    with sink(tmp_path / "sink", keeps=True) as server:
        send(server.port)

    assert [(taken.message_id, taken.recipient) for taken in server.taken] == [
        ("<1@test>", "li@example.org")
    ]
    assert server.messages == [MESSAGE.encode()]


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "dot"])
def test_sink_refuses_where_it_is_told(tmp_path: Path, stage: str) -> None:
    """A refused message is not in the log; the next one, which nothing befalls, is."""
    fault = Fault(at=stage, reply="451 4.3.0 later", times=1)
    with sink(tmp_path / "sink", fault) as server:
        with pytest.raises(smtplib.SMTPException, match="later"):
            send(server.port)
        refused = server.taken
        send(server.port)

    assert refused == []
    assert len(server.taken) == 1


@pytest.mark.parametrize("accepts", [True, False])
def test_sink_leaves_the_sender_in_doubt(tmp_path: Path, accepts: bool) -> None:
    """Who is dropped after the dot cannot know; the log knows."""
    fault = Fault(at="dot", then="drop", accepts=accepts, address="^li@")
    with sink(tmp_path / "sink", fault) as server:
        with pytest.raises(smtplib.SMTPServerDisconnected):
            send(server.port)
        send(server.port, "wang@example.org")

    assert server.copies == {"wang@example.org": 1} | ({"li@example.org": 1} if accepts else {})


def test_sink_ends_a_connection_after_some_messages(tmp_path: Path) -> None:
    """As servers do that want no long campaigns."""
    with sink(
        tmp_path / "sink", Fault(at="mail", reply="421 enough", then="drop", after=2)
    ) as server:
        client = smtplib.SMTP("127.0.0.1", server.port, timeout=10)
        for _number in range(2):
            client.sendmail("office@example.org", ["li@example.org"], MESSAGE)
        with pytest.raises(smtplib.SMTPException, match="enough"):
            client.sendmail("office@example.org", ["li@example.org"], MESSAGE)

    assert len(server.taken) == 2
