"""One click unsubscribes, and looking at the link does not."""

import asyncio
import http.client
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from sqlalchemy import create_engine, inspect

from pubkit.distribution.identity import Identity
from pubkit.distribution.ledger.opening import Ledger, open_ledger
from pubkit.distribution.ledger.suppressions import suppressions
from pubkit.distribution.unsubscription import (
    LARGEST_BODY,
    Reader,
    Request,
    Response,
    form_fields,
    make_asgi_app,
    make_wsgi_app,
    respond,
)
from pubkit.distribution.unsubscription_page import TEXTS, make_page
from tests.distribution.ledgers import BEGAN, add_members, begin, member
from tests.web import accessibility_violations, clipped, poor_contrasts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ONE_CLICK = b"List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"
LI_HERSELF = Reader(lang="en", sender="press@example.org")
LI, WANG = "li@example.org", "wang@example.org"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Make a ledger in which Li reads English and Wang Chinese."""
    ledger = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    campaign = begin(ledger.engine)
    members = [
        member(campaign, 1, address=LI),
        member(campaign, 2, address=WANG, lang="zh-Hans"),
    ]
    add_members(ledger.engine, members)
    return ledger


def token(ledger: Ledger, delivery: int = 1) -> str:
    """Return what a member's link ends with."""
    return Identity(ledger.secret).unsubscribe_token(delivery)


def left(ledger: Ledger) -> list[str]:
    """Return who has unsubscribed."""
    with ledger.transaction() as connection:
        return [item.address for item in suppressions(connection)]


class Quiet(WSGIRequestHandler):
    """Does not log."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def port(ledger: Ledger) -> Iterator[int]:
    """Serve the application on the loopback address."""
    app = make_wsgi_app(str(ledger.engine.url), now=lambda: BEGAN)
    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def ask(
    port: int, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, str, Mapping[str, str]]:
    """Send a request, and return status, page and headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, sent)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page, {name.lower(): value for name, value in answer.getheaders()}


def test_looking_at_the_link_changes_nothing(ledger: Ledger, port: int) -> None:
    """Mail servers open every link of a message."""
    path = f"/unsubscribe/{token(ledger)}"

    found = {method: ask(port, method, path) for method in ("GET", "HEAD", "OPTIONS")}

    assert [status for status, _page, _headers in found.values()] == [200, 200, 200]
    assert '<form method="post">' in found["GET"][1]
    assert found["HEAD"][1] == ""
    assert "POST" in found["OPTIONS"][2]["allow"]
    assert left(ledger) == []


def test_one_click_unsubscribes_and_the_second_says_the_same(ledger: Ledger, port: int) -> None:
    """Without a redirect, a cookie or a question."""
    path = f"/any/prefix/{token(ledger).upper()}"

    first, second = (ask(port, "POST", path, ONE_CLICK, Content_Type=FORM) for _ in range(2))

    assert first[:2] == second[:2]
    assert first[0] == 200
    assert "You are unsubscribed" in first[1]
    assert left(ledger) == [LI]


MULTIPART = (
    b'--x1\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
    b"One-Click\r\n--x1--\r\n"
)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (FORM, ONE_CLICK),
        (FORM, ONE_CLICK + b"\r\n"),
        (f"{FORM}; charset=UTF-8", b"a=b&" + ONE_CLICK),
        ("", ONE_CLICK),
        ("multipart/form-data; boundary=x1", MULTIPART),
        ('Multipart/Form-Data; charset=x; boundary="x1"', MULTIPART.replace(b"\r\n", b"\n")),
    ],
)
def test_both_kinds_of_forms_are_read(content_type: str, body: bytes) -> None:
    """RFC 8058 allows both, and mail programs are not strict."""
    assert ("List-Unsubscribe", "One-Click") in form_fields(content_type, body)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (FORM, b""),
        (FORM, b"List-Unsubscribe=No"),
        (FORM, b"\xff\xfe=&&;;%%"),
        (FORM, b"a=b&" * 2_000),
        ("multipart/form-data", MULTIPART),
        ("multipart/form-data; boundary=other", MULTIPART),
        ("multipart/form-data; boundary=x1", b"--x1\r\n\r\n--x1"),
        ("application/json", b'{"List-Unsubscribe": "One-Click"}'),
    ],
)
def test_what_does_not_ask_for_it_does_not_get_it(content_type: str, body: bytes) -> None:
    """The page with the button comes back."""
    done: list[str] = []
    request = Request(method="POST", path="/" + "a" * 24, content_type=content_type, body=body)

    found = respond(request, reader_of=lambda _token: LI_HERSELF, unsubscribe=done.append)

    assert (found.status, done) == (400, [])
    assert "<form" in found.page


@pytest.mark.parametrize("end", ["", "x", "a" * 24, "../etc/passwd", "%00", "%FF%FE", "a" * 5_000])
def test_a_wrong_token_is_not_told_from_an_unknown_one(ledger: Ledger, port: int, end: str) -> None:
    """Nobody learns who is a member."""
    status, page, _headers = ask(port, "POST", f"/u/{end}", ONE_CLICK, Content_Type=FORM)
    unknown = token(ledger, 99)

    assert status == 404
    assert ask(port, "POST", f"/u/{unknown}", ONE_CLICK, Content_Type=FORM)[1] == page
    assert left(ledger) == []


def test_a_token_for_bounces_unsubscribes_nobody(ledger: Ledger, port: int) -> None:
    """It stands in the return address, which many servers see."""
    address = Identity(ledger.secret).return_address("b@example.org", 1)
    end = address.partition("+b-")[2].partition("@")[0]

    assert ask(port, "POST", f"/u/{end}", ONE_CLICK, Content_Type=FORM)[0] == 404


def test_other_methods_and_large_bodies_are_refused(ledger: Ledger, port: int) -> None:
    """Before anything is read that has no end."""
    path = f"/u/{token(ledger)}"
    large = ONE_CLICK + b"&a=" + b"x" * LARGEST_BODY

    status, _page, headers = ask(port, "DELETE", path)

    assert (status, headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert ask(port, "POST", path, large, Content_Type=FORM)[0] == 413
    assert left(ledger) == []


def test_no_page_can_be_framed_followed_found_or_kept(ledger: Ledger, port: int) -> None:
    """Nor does it set a cookie, lead elsewhere, or tell others its address."""
    for path in (f"/{token(ledger)}", "/nothing"):
        _status, page, headers = ask(port, "GET", path)

        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "noindex" in headers["x-robots-tag"]
        assert not {"set-cookie", "location"} & set(headers)
        assert "<script" not in page
        assert "http" not in page
        assert LI not in page
        assert token(ledger) not in page


def test_the_page_speaks_the_members_language(ledger: Ledger, port: int) -> None:
    """That of the message; where no message is known, that of the browser."""
    english, chinese = (ask(port, "GET", f"/{token(ledger, n)}")[1] for n in (1, 2))

    assert '<html lang="en">' in english
    assert '<html lang="zh-CN">' in chinese
    assert "press@example.org" in english
    for wanted, title in (
        ("zh-TW,en;q=0.5", "此链接无效"),
        ("fr, en;q=0.3, zh;q=0.2", "This link"),
        ("x;q=y,,;q=", "This link"),
    ):
        assert title in ask(port, "GET", "/x", Accept_Language=wanted)[1]


def test_all_languages_say_the_same_things() -> None:
    """A page that is missing in one language would be missing when it is needed."""
    assert TEXTS["en"].keys() == TEXTS["zh"].keys()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_ledger_that_does_not_answer_is_told_without_a_trace(
    tmp_path: Path, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The mail program tries again; the server's log says why."""
    (tmp_path / "file").touch()
    app = make_wsgi_app(f"sqlite:///{tmp_path}/file/ledger.sqlite", now=lambda: BEGAN)
    environ = {"REQUEST_METHOD": method, "PATH_INFO": "/" + "a" * 24}
    status: list[str] = []

    body = b"".join(app(environ, lambda line, _headers: status.append(line))).decode()

    assert status == ["503 Service Unavailable"]
    assert "Nothing was changed" in body
    assert str(tmp_path) not in body
    assert "ledger" in caplog.text


@pytest.mark.parametrize("is_there", [False, True])
def test_a_ledger_that_is_not_there_is_told_and_not_made(
    tmp_path: Path, is_there: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """A mistyped place would answer each real click with “unknown”."""
    path = tmp_path / "new" / "legder.sqlite"
    if is_there:
        path.parent.mkdir()
        path.touch()
    app = make_wsgi_app(f"sqlite:///{path}", now=lambda: BEGAN)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/" + "a" * 24}
    status: list[str] = []

    app(environ, lambda line, _headers: status.append(line))

    assert status == ["503 Service Unavailable"]
    assert f"{path}: There is no ledger here" in caplog.text
    assert path.parent.exists() == is_there
    assert not is_there or not inspect(create_engine(f"sqlite:///{path}")).get_table_names()


def test_an_endpoint_finds_a_ledger_that_is_made_later(ledger: Ledger, tmp_path: Path) -> None:
    """It may be started before the first campaign."""
    place = tmp_path / "ledger.sqlite"
    away = place.rename(tmp_path / "away.sqlite")
    app = make_wsgi_app(f"sqlite:///{place}", now=lambda: BEGAN)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": f"/{token(ledger)}"}
    status: list[str] = []

    app(environ, lambda line, _headers: status.append(line))
    away.rename(place)
    app(environ, lambda line, _headers: status.append(line))

    assert status == ["503 Service Unavailable", "200 OK"]


# ---------------------------------------------------------------- ASGI


def drive(app: Callable[..., Any], scope: dict[str, Any], *events: dict[str, Any]) -> list[Any]:
    """Run an ASGI application with these events, and return what it sends.

    In a thread of its own: where a browser is open, this one has an event loop already.
    """
    waiting, sent = list(events), []

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    return sent


def test_asgi_answers_as_wsgi_does(ledger: Ledger) -> None:
    """Bodies come in pieces; a client may be gone."""
    app = make_asgi_app(str(ledger.engine.url), now=lambda: BEGAN)
    scope = {
        "type": "http",
        "method": "POST",
        "path": f"/u/{token(ledger)}",
        "headers": [(b"content-type", FORM.encode())],
    }
    gone = drive(app, scope, {"type": "http.disconnect"})
    half = [
        {"type": "http.request", "body": ONE_CLICK[:9], "more_body": True},
        {"type": "http.request", "body": ONE_CLICK[9:]},
    ]
    start, body = drive(app, scope, *half)

    assert gone[0]["status"] == 400
    assert start["status"] == 200
    assert (b"referrer-policy", b"no-referrer") in start["headers"]
    assert b"You are unsubscribed" in body["body"]
    assert left(ledger) == [LI]


def test_asgi_stops_reading_what_has_no_end(ledger: Ledger) -> None:
    """A body that is sent in a million pieces costs a few of them."""
    app = make_asgi_app(str(ledger.engine.url), now=lambda: BEGAN)
    scope = {"type": "http", "method": "POST", "path": f"/{token(ledger)}", "headers": []}
    endless = {"type": "http.request", "body": b"a" * 4_000, "more_body": True}

    assert drive(app, scope, endless, endless, endless)[0]["status"] == 413


def test_asgi_starts_and_ends() -> None:
    """Servers ask for both."""
    app = make_asgi_app("sqlite:///none", now=lambda: BEGAN)
    events = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

    sent = drive(app, {"type": "lifespan"}, *events)

    assert [event["type"] for event in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]


# ---------------------------------------------------------------- a person


def test_a_person_unsubscribes_with_the_button(
    ledger: Ledger, port: int, browser: "Browser"
) -> None:
    """With the keyboard alone; the page's own rules do not stand in the way."""
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{port}/news/u/{token(ledger, 2)}")
    assert left(ledger) == []

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=您已退订")

    assert left(ledger) == [WANG]
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_the_page(browser: "Browser", scheme: str) -> None:
    """In both languages, on a telephone, by day and by night."""
    context = browser.new_context(viewport={"width": 320, "height": 500}, color_scheme=scheme)
    page = context.new_page()
    for lang in TEXTS:
        page.set_content(make_page("ask", lang, "a-rather-long-name-of-an-office@example.org"))

        assert accessibility_violations(page) == []
        assert poor_contrasts(page) == []
        assert clipped(page) == []
    context.close()


def test_responses_are_values() -> None:
    """Without a ledger: the one pure function behind both doors."""
    found = respond(
        Request(method="GET", path="/x"),
        reader_of=lambda _token: None,
        unsubscribe=lambda _token: None,
    )

    assert isinstance(found, Response)
    assert found.status == 404
