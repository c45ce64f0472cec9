"""Folders of IMAP: opened read-only, and read without marking anything as seen."""

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import unquote, urlsplit

from pubkit.distribution.returns.parsing import LARGEST
from pubkit.errors import DeliveryError, Location
from pubkit.messages import gettext as _
from pubkit.messages import shortened
from pubkit.values import dataclass

PORTS = {"imaps": 993, "imap+starttls": 143, "imap+plain": 143}
LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")
SECONDS = 60
"""How long an answer of the server is waited for."""
TOGETHER = 20
"""How many messages are fetched with one command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderUrl:
    """Where a folder lies."""

    scheme: str
    user: str
    host: str
    port: int
    folder: str

    @property
    def place(self) -> str:
        """How errors name it."""
        return f"{self.scheme}://{self.user}@{self.host}/{self.folder}"


def parse_url(text: str) -> FolderUrl:
    """Return where a folder lies.

    Raises:
        DeliveryError: It is no URL of a folder, or the password would be seen on the way.
    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _wrong_url() from None
    if parts.password is not None:
        raise DeliveryError(
            _("A password in a URL is seen by everyone who lists processes"),
            remedy=_("Take it out, and set the environment variable PUBKIT_IMAP_PASSWORD"),
        )
    user = unquote(parts.username or "")
    if parts.scheme not in PORTS or not host or not user or not user.isprintable():
        raise _wrong_url()
    if parts.scheme == "imap+plain" and not LOOPBACK.fullmatch(host):
        raise DeliveryError(
            _(
                "Without encryption the password and all mail would be seen on the way to {host}"
            ).format(host=host),
            remedy=_("Use imaps:// or imap+starttls://"),
        )
    folder = unquote(parts.path.removeprefix("/")) or "INBOX"
    port = port or PORTS[parts.scheme]
    return FolderUrl(scheme=parts.scheme, user=user, host=host, port=port, folder=folder)


def _wrong_url() -> DeliveryError:
    return DeliveryError(
        _("This is no URL of a mailbox that pubkit knows"),
        remedy=_(
            "Use imaps://user@host/INBOX or imap+starttls://user@host/INBOX; "
            "an @ in the name of the user is written %40"
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A message of a folder."""

    uid: int
    data: bytes
    bookmark: str
    """Where to go on after this message."""


@contextmanager
def open_folder(
    text: str, *, password: str, after: str = "", context: ssl.SSLContext | None = None
) -> Iterator[tuple[Iterator[Fetched], int]]:
    """Open a folder; yield its messages in the order in which they came, and how many there are.

    Args:
        text: Its URL.
        password: The user's.
        after: The bookmark of the last message that was read; empty for all messages.
        context: Verifies the server's certificate; None for the machine's authorities.

    Raises:
        DeliveryError: The folder cannot be read.
    """
    url = parse_url(text)
    if not password:
        raise DeliveryError(
            _("The mailbox has a password, and the environment has none"),
            location=Location(url.place),
            remedy=_("Set the environment variable PUBKIT_IMAP_PASSWORD"),
        )
    with _explained(url):
        server = _connect(url, context or ssl.create_default_context())
        try:
            _log_in(server, url, password)
            validity = _examine(server, url)
            uids = _uids(server, validity, after)
            yield _messages(server, validity, uids), len(uids)
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                server.logout()


@contextmanager
def _explained(url: FolderUrl) -> Iterator[None]:
    """Turn what a server says into an error that names the folder."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise DeliveryError(
            _("The server's certificate is not trusted: {reason}").format(
                reason=error.verify_message
            ),
            location=Location(url.place),
            remedy=_("Use the name that stands in its certificate, or have a valid one issued"),
        ) from error
    except (imaplib.IMAP4.error, OSError, UnicodeError) as error:
        raise DeliveryError(
            _("The mailbox cannot be read: {reason}").format(reason=_reason(error)),
            location=Location(url.place),
            remedy=_("Look at its name, the user's name and PUBKIT_IMAP_PASSWORD, and try again"),
        ) from error


def _reason(error: Exception) -> str:
    said = error.args[0] if error.args and isinstance(error, imaplib.IMAP4.error) else error
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return shortened(text, 300)


def _connect(url: FolderUrl, context: ssl.SSLContext) -> imaplib.IMAP4:
    if url.scheme == "imaps":
        return imaplib.IMAP4_SSL(url.host, url.port, ssl_context=context, timeout=SECONDS)
    server = imaplib.IMAP4(url.host, url.port, timeout=SECONDS)
    if url.scheme == "imap+starttls":
        try:
            server.starttls(context)
        except BaseException:
            server.shutdown()
            raise
    return server


def _log_in(server: imaplib.IMAP4, url: FolderUrl, password: str) -> None:
    """Log in; AUTHENTICATE takes names and passwords in any script, LOGIN does not."""
    if "AUTH=PLAIN" in server.capabilities:
        credentials = f"\0{url.user}\0{password}".encode()
        server.authenticate("PLAIN", lambda _challenge: credentials)
    else:
        server.login(f'"{_escaped(url.user)}"', password)


def _examine(server: imaplib.IMAP4, url: FolderUrl) -> str:
    """Open the folder read-only; return its UIDVALIDITY: numbers hold as long as it is the same."""
    status, data = server.select(f'"{_escaped(modified_utf7(url.folder))}"', readonly=True)
    if status != "OK":
        raise imaplib.IMAP4.error(data[0] if data else b"")
    _name, found = server.response("UIDVALIDITY")
    return found[0].decode() if found and isinstance(found[0], bytes) else ""


def _uids(server: imaplib.IMAP4, validity: str, after: str) -> list[int]:
    """Return the numbers of the messages that came after a bookmark.

    Source:
        RFC 3501, 2.3.1.1; ``n:*`` has the last message even if its number is smaller.
    """
    known, _colon, last = after.partition(":")
    least = int(last) + 1 if known == validity and last.isdigit() else 1
    status, data = server.uid("FETCH", f"{least}:*", "(UID)")
    if status != "OK":
        raise imaplib.IMAP4.error(data[0] if data else b"")
    found = (UID.search(item) for item in data if isinstance(item, bytes))
    return sorted(uid for match in found if match and (uid := int(match[1])) >= least)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"")


def modified_utf7(name: str) -> str:
    """Return a folder's name as IMAP writes it.

    Source:
        RFC 3501, 5.1.3.
    """
    return re.sub(r"&|[^\x20-\x7e]+", lambda run: _shifted(run[0]), name)


def _shifted(run: str) -> str:
    if run == "&":
        return "&-"
    packed = base64.b64encode(run.encode("utf-16-be")).rstrip(b"=").replace(b"/", b",")
    return f"&{packed.decode()}-"


UID = re.compile(rb"\bUID (\d+)")


def _messages(server: imaplib.IMAP4, validity: str, uids: list[int]) -> Iterator[Fetched]:
    for start in range(0, len(uids), TOGETHER):
        numbers = ",".join(map(str, uids[start : start + TOGETHER]))
        status, data = server.uid("FETCH", numbers, f"(UID BODY.PEEK[]<0.{LARGEST}>)")
        if status != "OK":
            raise imaplib.IMAP4.error(data[0] if data else b"")
        bodies = {}
        for item in data:
            if isinstance(item, tuple) and (found := UID.search(item[0])):
                bodies[int(found[1])] = item[1]
        for uid, body in sorted(bodies.items()):
            yield Fetched(uid=uid, data=body, bookmark=f"{validity}:{uid}")
