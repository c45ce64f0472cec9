"""The endpoint for unsubscription is opened, and nothing else is done with it."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import trustme

from pubkit.distribution.endpoint_examination import examine_endpoint

HOST = "127.0.0.1"
Serve = Callable[[int], str]


@pytest.fixture
def serve(authority: trustme.CA) -> Iterator[Serve]:
    """Run web servers that answer with a status, and give their addresses."""
    with ExitStack() as stack:

        def start(status: int) -> str:
            class Handler(BaseHTTPRequestHandler):
                def do_GET(self) -> None:
                    methods.append(f"{self.command} {self.path}")
                    self.send_response(status)
                    self.end_headers()

                def log_message(self, *_arguments: object) -> None:
                    """Keep quiet."""

            server = HTTPServer((HOST, 0), Handler)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(HOST).configure_cert(context)
            server.socket = context.wrap_socket(server.socket, server_side=True)
            thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
            thread.start()
            stack.callback(server.server_close)
            stack.callback(thread.join, 5)
            stack.callback(server.shutdown)
            return f"https://{HOST}:{server.server_port}/unsubscribe"

        yield start


methods: list[str] = []


@pytest.mark.parametrize(
    ("status", "is_met", "is_known"),
    [
        *((200, True, True), (400, True, True), (405, True, True)),
        *((404, False, False), (302, False, True), (502, False, True)),
    ],
)
def test_an_endpoint_answers(
    status: int, is_met: bool, is_known: bool, serve: Serve, trust: Callable[[], None]
) -> None:
    """It is asked for its page; programs do not follow where it leads."""
    trust()
    methods.clear()
    condition = examine_endpoint(serve(status))

    assert (condition.is_met, condition.is_known) == (is_met, is_known)
    assert methods == ["GET /unsubscribe"]


def test_an_endpoint_has_a_good_certificate(serve: Serve) -> None:
    """Mail programs would not open it either."""
    condition = examine_endpoint(serve(200))

    assert not condition.is_met
    assert "certificate" in condition.reason or "issuer" in condition.reason


def test_an_endpoint_that_is_not_there_is_told() -> None:
    """With the reason; an address that is none is one of them."""
    gone = examine_endpoint(f"https://{HOST}:9/unsubscribe")
    nonsense = examine_endpoint("https://example.org:port/")

    assert (gone.is_met, nonsense.is_met) == (False, False)
    assert "refused" in gone.reason


def test_without_an_endpoint_members_leave_by_mail() -> None:
    """Sending is possible, and the settings may be wrong."""
    missing = examine_endpoint("")
    wrong = examine_endpoint("", written="http://example.org/leave")

    assert not missing.is_needed
    assert "http://example.org/leave" in wrong.reason
