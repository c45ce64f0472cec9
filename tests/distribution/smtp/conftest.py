"""Mail servers on loopback: a real one, and those that behave as none should."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from aiosmtpd.smtp import Envelope as Received

from pubkit.distribution.smtp.capabilities import Timeouts
from pubkit.distribution.smtp.connection import Connection, connect
from pubkit.distribution.smtp.server import Security, Server

HOST = "127.0.0.1"
USER, PASSWORD = "报社@example.org", "密码 %"
PATIENT = Timeouts(connect=5, greeting=5, command=5, data=5, block=5, dot=5, quit=0.2)
IMPATIENT = replace(PATIENT, command=1, dot=0.3)
"""For servers that say nothing: a test does not wait for ten minutes."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """As the composing room makes them."""

    sender: str = "office@example.org"
    recipient: str = "member@example.net"
    data: bytes = b"Subject: Hello\r\n\r\nHello.\r\n"
    needs_smtputf8: bool = False


@dataclass
class Sink:
    """What a real server has taken."""

    messages: list[Received] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Received) -> str:  # noqa: N802
        """Take a message."""
        self.messages.append(envelope)
        return "250 2.0.0 Queued"


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """Return what a server needs for TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def check_password(
    _server: object, _session: object, _envelope: object, _mechanism: str, credentials: Any
) -> AuthResult:
    """Let one user in."""
    assert isinstance(credentials, LoginPassword)
    is_right = credentials == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


@dataclass(frozen=True)
class RealServer:
    """A server of aiosmtpd that runs, and what it has taken."""

    server: Server
    sink: Sink


StartServer = Callable[..., RealServer]


@pytest.fixture
def start_server() -> Iterator[StartServer]:
    """Start servers of aiosmtpd, and end them."""
    with ExitStack() as stack:

        def start(
            *,
            security: Security = Security.PLAIN,
            context: ssl.SSLContext | None = None,
            user: str = "",
            **options: Any,
        ) -> RealServer:
            sink = Sink()
            is_late = security is Security.STARTTLS
            late = {"tls_context": context, "require_starttls": True} if is_late else {}
            controller = Controller(
                sink,
                hostname=HOST,
                port=free_port(),
                ssl_context=None if is_late else context,
                **late,
                **options,
            )
            controller.start()
            stack.callback(controller.stop)
            server = Server(security=security, host=HOST, port=controller.port, user=user)
            return RealServer(server, sink)

        yield start


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


@dataclass
class Conversation:
    """What a bad server does with one connection."""

    socket: socket.socket
    heard: bytearray

    def say(self, text: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(text)

    def hear(self, end: bytes = b"\r\n") -> bytes:
        """Read up to an end."""
        start = len(self.heard)
        while not self.heard[start:].endswith(end):
            data = self.socket.recv(1)
            if not data:
                raise ConnectionResetError
            self.heard += data
        return bytes(self.heard[start:])

    def begin(self, *extensions: bytes) -> None:
        """Greet, and answer EHLO."""
        self.say(b"220 mail.example.org\r\n")
        self.hear()
        lines = [b"mail.example.org", *extensions, b"HELP"]
        self.say(b"".join(b"250-%s\r\n" % line for line in lines[:-1]) + b"250 %s\r\n" % lines[-1])

    def take_commands(self, *, recipient: bytes = b"250 ok\r\n") -> None:
        """Agree to MAIL and DATA, and perhaps to RCPT."""
        for answer in (b"250 ok\r\n", recipient, b"354 go on\r\n"):
            self.hear()
            self.say(answer)

    def wait(self) -> None:
        """Wait until the other side ends the connection."""
        while data := self.socket.recv(65536):
            self.heard += data


@dataclass
class BadServer:
    """A server that plays what it is told, and keeps what it heard."""

    server: Server
    heard: bytearray


PlayServer = Callable[..., BadServer]


@pytest.fixture
def play_server() -> Iterator[PlayServer]:
    """Start servers that play something with their only connection."""
    with ExitStack() as stack:

        def play(
            part: Callable[[Conversation], None],
            *,
            security: Security = Security.PLAIN,
            user: str = "",
        ) -> BadServer:
            listener = stack.enter_context(socket.create_server((HOST, 0)))
            heard = bytearray()

            def run() -> None:
                connected, _address = listener.accept()
                connected.settimeout(5)
                conversation = Conversation(connected, heard)
                with suppress(OSError):  # the other side goes, as it should
                    part(conversation)
                conversation.socket.close()  # with TLS, it is another than before

            thread = threading.Thread(target=run, daemon=True)
            thread.start()
            stack.callback(thread.join, 5)
            port = listener.getsockname()[1]
            return BadServer(Server(security=security, host=HOST, port=port, user=user), heard)

        yield play


@pytest.fixture
def reach() -> Iterator[Callable[..., Connection]]:
    """Connect, and end the connections."""
    with ExitStack() as stack:

        def reach_server(server: Server, **options: Any) -> Connection:
            connection = connect(server, **{"timeouts": PATIENT, **options})
            stack.callback(connection.close)
            return connection

        yield reach_server
