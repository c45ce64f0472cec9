"""The endpoint for unsubscription is opened, and nothing else is done with it."""

import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import trustme

from pubkit.distribution.endpoint_examination import examine_endpoint
from pubkit.distribution.unsubscription import make_wsgi_app

HOST = "127.0.0.1"
Application = Callable[[dict[str, Any], Callable[..., object]], Iterable[bytes]]
Serve = Callable[[Application], str]


class Quiet(WSGIRequestHandler):
    """Serves without a word."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def serve(authority: trustme.CA) -> Iterator[Serve]:
    """Run applications behind HTTPS, and give the addresses of their endpoints."""
    with ExitStack() as stack:

        def start(application: Application) -> str:
            server = make_server(HOST, 0, application, handler_class=Quiet)
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


def answer(status: int, heard: list[str]) -> Application:
    """Return another application than pubkit's, which gives one answer to everything."""

    def application(
        environ: dict[str, Any], start_response: Callable[..., object]
    ) -> Iterable[bytes]:
        heard.append(environ["REQUEST_METHOD"])
        start_response(f"{status} Said", [("Content-Length", "0")])
        return []

    return application


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
    """It is never posted to; programs do not follow where it leads."""
    trust()
    heard: list[str] = []
    condition = examine_endpoint(serve(answer(status, heard)))

    assert (condition.is_met, condition.is_known) == (is_met, is_known)
    assert set(heard) == {"OPTIONS", "GET"}


def test_the_own_endpoint_is_recognised(serve: Serve, trust: Callable[[], None]) -> None:
    """It knows no page without a token, but says what it takes."""
    trust()
    address = serve(make_wsgi_app("sqlite:///never-opened", now=lambda: datetime.now(UTC)))

    assert examine_endpoint(address).is_met


def test_an_endpoint_has_a_good_certificate(serve: Serve) -> None:
    """Mail programs would not open it either."""
    condition = examine_endpoint(serve(answer(200, [])))

    assert not condition.is_met
    assert "issuer" in condition.reason


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
