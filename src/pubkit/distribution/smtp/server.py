"""Which mail server takes the messages, and how safe the way to it is."""

import ipaddress
from enum import StrEnum
from urllib.parse import quote, unquote

from pubkit.errors import ConfigError
from pubkit.messages import gettext as _
from pubkit.patterns import pattern
from pubkit.values import dataclass

PASSWORD_VARIABLE = "PUBKIT_MAIL_PASSWORD"  # noqa: S105  # a name, not a password
LAST_PORT = 65_535
LOCAL_NAME = "localhost"


class Security(StrEnum):
    """How the connection is protected, as schemes of addresses name it."""

    TLS = "smtps"
    """TLS from the first byte (RFC 8314)."""
    STARTTLS = "smtp+starttls"
    """TLS before anything else is said; a server that does not offer it is refused."""
    PLAIN = "smtp+plain"
    """None: for a server on this machine."""


DEFAULT_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.PLAIN: 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server; its password is no part of it."""

    security: Security
    host: str
    """A name in ASCII, or an IP address without brackets."""
    port: int
    user: str = ""
    """Who logs in; empty for nobody."""

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        return f"{self.security}://{user}{host}:{self.port}"

    @property
    def is_suspicious(self) -> bool:
        """Whether a server at this port most likely waits for TLS, and says nothing before."""
        return self.port == DEFAULT_PORTS[Security.TLS] and self.security is not Security.TLS

    @property
    def is_local(self) -> bool:
        """Whether it runs on this machine, so that nobody can listen on the way to it."""
        return self.host == LOCAL_NAME or is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Tell whether this is an IP address that never leaves the machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


ADDRESS = pattern(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<rest>(?s:.*))")


def parse_server(url: str, *, is_plain_allowed: bool = False) -> Server:
    """Read the address of a mail server.

    No message quotes more of it than scheme and host: it may hold a password by mistake.

    Args:
        url: As in ``smtps://user@mail.example.org``; without a port, the usual one is meant.
        is_plain_allowed: Whether messages may go to another machine for everyone to read.

    Raises:
        ConfigError: It is none, has a password in it, or lies open to others.
    """
    found = ADDRESS.fullmatch(url.strip())
    security = _parse_scheme(found["scheme"] if found else "")
    user, _at, place = (found["rest"] if found else "").rpartition("@")
    if ":" in user:
        raise ConfigError(
            _("The address of the mail server has a password in it"),
            remedy=_("Leave it out, and set the environment variable {variable}").format(
                variable=PASSWORD_VARIABLE
            ),
        )
    host, port = _parse_place(place.removesuffix("/"))
    server = Server(
        security=security,
        host=host,
        port=_parse_port(port) if port else DEFAULT_PORTS[security],
        user=_parse_user(user),
    )
    _refuse_open_way(server, is_plain_allowed=is_plain_allowed)
    return server


def _parse_scheme(scheme: str) -> Security:
    try:
        return Security(scheme.lower())
    except ValueError:
        remedy = _(
            "Write it as in smtps://user@mail.example.org (TLS, port 465), "
            "smtp+starttls://user@mail.example.org (port 587) or smtp+plain://localhost (port 25)"
        )
    if scheme.lower() == "smtp":
        message = _("“smtp://” does not say how the connection is encrypted")
    elif scheme:
        message = _("“{scheme}” is no way to a mail server").format(scheme=f"{scheme[:20]}://")
    else:
        message = _("The address of the mail server does not begin with smtps:// or the like")
    raise ConfigError(message, remedy=remedy)


PLACE = pattern(r"(?:\[(?P<literal>[^\[\]]*)\]|(?P<name>[^:\[\]]*))(?::(?P<port>[^:]*))?")
NAME = pattern(r"(?!-)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?")


def _parse_place(place: str) -> tuple[str, str]:
    """Return host and port."""
    found = PLACE.fullmatch(place)
    host = ""
    if found and found["literal"] is not None:
        host = _parse_literal(found["literal"])
    elif found:
        host = _parse_name(found["name"])
    if not found or not host:
        raise ConfigError(
            _("The address of the mail server names no host"),
            remedy=_("Write it as in smtps://user@mail.example.org:465 or smtp+plain://[::1]:25"),
        )
    return host, found["port"] or ""


def _parse_literal(text: str) -> str:
    try:
        return str(ipaddress.IPv6Address(text))
    except ValueError:
        return ""


def _parse_name(text: str) -> str:
    """Return a host as DNS knows it."""
    try:
        name = text.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return name.rstrip(".") if NAME.fullmatch(name) else ""


def _parse_port(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else 0
    if not 0 < number <= LAST_PORT:
        raise ConfigError(
            _("The port of the mail server is no number from 1 to {last}").format(last=LAST_PORT),
            remedy=_("Write it as in smtps://user@mail.example.org:465"),
        )
    return number


def _parse_user(text: str) -> str:
    try:
        user = unquote(text, errors="strict")
    except UnicodeDecodeError:
        user = "\0"
    if not user.isprintable():
        raise ConfigError(
            _("The user of the mail server is no text"),
            remedy=_("Write @ in it as %40, and other special characters likewise, in UTF-8"),
        )
    return user


def _refuse_open_way(server: Server, *, is_plain_allowed: bool) -> None:
    """Make sure that no stranger reads messages or passwords on their way."""
    if server.security is not Security.PLAIN or server.is_local:
        return
    if not is_plain_allowed:
        raise ConfigError(
            _("smtp+plain:// to {host} would send every message for others to read").format(
                host=server.host
            ),
            remedy=_(
                "Use smtps:// or smtp+starttls://; within a network that nobody else reaches, "
                "set “allow_plain = true” in [mail]"
            ),
        )
    if server.user:
        raise ConfigError(
            _("smtp+plain:// to {host} would send the password for others to read").format(
                host=server.host
            ),
            remedy=_("Use smtps:// or smtp+starttls://, or leave out the user"),
        )
