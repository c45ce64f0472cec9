"""One click, and a member gets no more messages (RFC 8058): a small web application.

::

    GET  /…/TOKEN   a page with a button; programs that look at every link change nothing by it
    POST /…/TOKEN   unsubscribes at once: List-Unsubscribe=One-Click, or the button

Deployed as WSGI or ASGI in three lines (README.md, "Unsubscription"). It needs the ledger and
nothing else: no project, no session, no cookie, no script.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import field
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

from pubkit.distribution.unsubscription_page import HTML_TAGS, ONE_CLICK, make_page, spoken
from pubkit.errors import DeliveryError
from pubkit.values import dataclass

if TYPE_CHECKING:
    from pubkit.distribution.ledger.opening import Ledger

LARGEST_BODY = 10_000
"""Bytes; what mail programs post has fewer than 300."""
TOKEN = re.compile(r"(?:.*/)?([A-Za-z2-7]{24})/?", re.DOTALL)
METHODS = "GET, HEAD, POST, OPTIONS"
LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the application needs of a request."""

    method: str
    path: str
    """Decoded; the token is its last part, whatever stands before."""
    body: bytes = b""
    """One byte more than is allowed, if it is larger."""
    content_type: str = ""
    accept_language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What it answers."""

    status: int
    page: str
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who has a token: what the page needs of them, and nothing that tells who they are."""

    lang: str
    """Of their message."""
    sender: str
    """Whose messages they get."""


# ---------------------------------------------------------------- what the ledger is asked


def respond(
    request: Request,
    *,
    reader_of: Callable[[str], Reader | None],
    unsubscribe: Callable[[str], None],
) -> Response:
    """Answer a request.

    Args:
        request: The request.
        reader_of: Returns whose token it is, or None if it is none of ours.
        unsubscribe: Is called with a token of ours when its member wants no more.
    """
    if request.method == "OPTIONS":
        return Response(status=200, page="", headers={"Allow": METHODS})
    if request.method not in ("GET", "HEAD", "POST"):
        return _say("method", 405, request, headers={"Allow": METHODS})
    found = TOKEN.fullmatch(request.path)
    token = found[1].lower() if found else ""
    reader = reader_of(token) if token else None
    if reader is None:
        return _say("unknown", 404, request)
    if request.method != "POST":
        return _say("ask", 200, request, reader)
    if len(request.body) > LARGEST_BODY:
        return _say("large", 413, request, reader)
    if ONE_CLICK not in form_fields(request.content_type, request.body):
        return _say("ask", 400, request, reader)
    unsubscribe(token)
    return _say("done", 200, request, reader)


def form_fields(content_type: str, body: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form, in either encoding that RFC 8058 allows."""
    kind, _semicolon, parameters = content_type.partition(";")
    if kind.strip().lower() == "multipart/form-data":
        return _parts(parameters, body)
    try:
        return parse_qsl(body.decode("utf-8").strip(), max_num_fields=20)
    except ValueError:
        return []


BOUNDARY = re.compile(r'boundary="?([^";]{1,100})"?', re.IGNORECASE)
NAME = re.compile(
    rb'content-disposition:\s*form-data\b[^\r\n]*?\bname="?([^";\r\n]*)"?', re.IGNORECASE
)


def _parts(parameters: str, body: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form in parts; RFC 7578."""
    boundary = BOUNDARY.search(parameters)
    if not boundary:
        return []
    fields = []
    for part in body.split(b"--" + boundary[1].encode("utf-8", "replace"))[1:21]:
        head, gap, value = part.replace(b"\r\n", b"\n").partition(b"\n\n")
        name = NAME.search(head)
        if gap and name:
            text = value.removesuffix(b"\n").decode("utf-8", "replace")
            fields.append((name[1].decode("utf-8", "replace"), text))
    return fields


# ---------------------------------------------------------------- what it says

SAFE_HEADERS: Mapping[str, str] = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def _say(
    name: str,
    status: int,
    request: Request,
    reader: Reader | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a page in the member's language, else in that of the browser."""
    lang = spoken(reader.lang) if reader else _preferred(request.accept_language)
    language = {"Content-Language": HTML_TAGS[lang], "Vary": "Accept-Language"}
    return Response(
        status=status,
        page=make_page(name, lang, reader.sender if reader else ""),
        headers={**SAFE_HEADERS, **language, **(headers or {})},
    )


def _preferred(accept_language: str) -> str:
    """Return the language that a browser asks for first; RFC 9110, 12.5.4."""
    weighed = []
    for number, item in enumerate(accept_language[:500].split(",")):
        tag, _semicolon, weight = item.strip().partition(";q=")
        if tag.strip() and (spoken(tag) != "en" or tag.strip().lower().startswith("en")):
            weighed.append((-_weight(weight), number, spoken(tag)))
    return min(weighed)[2] if weighed else "en"


def _weight(text: str) -> float:
    try:
        return float(text) if text.strip() else 1.0
    except ValueError:
        return 0.0


# ---------------------------------------------------------------- the ledger


@dataclass(frozen=True, slots=True)
class _Desk:
    """Answers requests from a ledger that is opened with the first of them, and never made."""

    url: str
    now: Callable[[], datetime]
    opened: list["Ledger"] = field(default_factory=list)

    def answer(self, request: Request) -> Response:
        """Answer a request; whatever fails, nothing is changed and no trace is shown."""
        try:
            return respond(request, reader_of=self.reader_of, unsubscribe=self.unsubscribe)
        except DeliveryError as error:
            LOG.error("%s", error)
        except Exception:
            LOG.exception("unsubscription failed")
        return _say("error", 503, request, headers={"Retry-After": "600"})

    def reader_of(self, token: str) -> Reader | None:
        """Return whose token it is."""
        from pubkit.distribution.ledger.leaving import find_reader

        message = find_reader(self._ledger(), token)
        return Reader(lang=message.lang, sender=message.sender) if message else None

    def unsubscribe(self, token: str) -> None:
        """Send a token's member nothing any more."""
        from pubkit.distribution.ledger.leaving import leave

        leave(self._ledger(), token, now=self.now())

    def _ledger(self) -> "Ledger":
        if not self.opened:
            from pubkit.distribution.ledger.opening import open_ledger

            self.opened.append(open_ledger(self.url, may_make=False))
        return self.opened[0]


# ---------------------------------------------------------------- WSGI, ASGI

StartResponse = Callable[..., object]
REASONS = {
    200: "OK",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    503: "Service Unavailable",
}


def make_wsgi_app(
    ledger_url: str, *, now: Callable[[], datetime]
) -> Callable[[dict[str, Any], StartResponse], Iterable[bytes]]:
    """Return the application for gunicorn, mod_wsgi or uWSGI.

    Args:
        ledger_url: The SQLAlchemy URL of the ledger.
        now: Tells the time, with its zone.
    """
    desk = _Desk(ledger_url, now)

    def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        request = _from_wsgi(environ)
        response = desk.answer(request)
        body = response.page.encode()
        headers = {**response.headers, "Content-Length": str(len(body))}
        start_response(f"{response.status} {REASONS[response.status]}", list(headers.items()))
        return [] if request.method == "HEAD" else [body]

    return application


def _from_wsgi(environ: Mapping[str, Any]) -> Request:
    """Return a request of WSGI, PEP 3333: its texts are bytes as Latin-1."""
    length = str(environ.get("CONTENT_LENGTH") or "0")
    size = min(int(length), LARGEST_BODY + 1) if length.isdigit() else 0
    path = str(environ.get("PATH_INFO", "")).encode("latin-1", "replace").decode("utf-8", "replace")
    return Request(
        method=str(environ.get("REQUEST_METHOD", "GET")).upper(),
        path=path,
        body=environ["wsgi.input"].read(size) if size else b"",
        content_type=str(environ.get("CONTENT_TYPE", "")),
        accept_language=str(environ.get("HTTP_ACCEPT_LANGUAGE", "")),
    )


Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


def make_asgi_app(
    ledger_url: str, *, now: Callable[[], datetime]
) -> Callable[[Mapping[str, Any], Receive, Send], Awaitable[None]]:
    """Return the application for uvicorn or hypercorn; the ledger is asked in a thread.

    Args:
        ledger_url: The SQLAlchemy URL of the ledger.
        now: Tells the time, with its zone.
    """
    desk = _Desk(ledger_url, now)

    async def application(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            request = await _from_asgi(scope, receive)
            response = await asyncio.to_thread(desk.answer, request)
            await _send(response, send, has_body=request.method != "HEAD")

    return application


async def _live(receive: Receive, send: Send) -> None:
    """Say that there is nothing to start and nothing to end."""
    while True:
        event = await receive()
        await send({"type": f"{event['type']}.complete"})
        if event["type"] == "lifespan.shutdown":
            return


async def _from_asgi(scope: Mapping[str, Any], receive: Receive) -> Request:
    headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    body = b""
    while len(body) <= LARGEST_BODY:
        event = await receive()
        body += event.get("body", b"")
        if event["type"] != "http.request" or not event.get("more_body"):
            break
    return Request(
        method=scope["method"].upper(),
        path=unquote(scope["path"]) if "%" in scope["path"] else scope["path"],
        body=body[: LARGEST_BODY + 1],
        content_type=headers.get(b"content-type", ""),
        accept_language=headers.get(b"accept-language", ""),
    )


async def _send(response: Response, send: Send, *, has_body: bool) -> None:
    body = response.page.encode()
    headers = {**response.headers, "Content-Length": str(len(body))}
    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": response.status, "headers": pairs})
    await send({"type": "http.response.body", "body": body if has_body else b""})
