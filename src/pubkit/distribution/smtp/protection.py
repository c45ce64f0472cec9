"""TLS to a mail server: the certificate is verified, or nothing is said."""

import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pubkit.distribution.smtp.server import Security, Server
from pubkit.distribution.smtp.wire import BrokenWire
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.values import dataclass

if TYPE_CHECKING:
    import ssl


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """How a connection is encrypted, and for whom."""

    version: str
    """As in ``TLSv1.3``."""
    names: tuple[str, ...]
    """Of the certificate."""
    expires: datetime


def protect(connected: socket.socket, server: Server, *, seconds: float) -> "ssl.SSLSocket":
    """Agree on TLS with a server whose certificate is good and has its name.

    The authorities are those of the system; ``SSL_CERT_FILE`` names others (OpenSSL).

    Raises:
        DeliveryError: The certificate is not good, or the server does not speak TLS.
        BrokenWire: The connection ended.
    """
    import ssl  # slow, and not needed for a server on this machine

    context = ssl.create_default_context()
    try:
        connected.settimeout(seconds)
        return context.wrap_socket(connected, server_hostname=server.host)
    except ssl.SSLCertVerificationError as error:
        raise _certificate_error(server, error) from None
    except (ssl.SSLEOFError, TimeoutError, ConnectionError):
        raise BrokenWire(_("the connection ended before TLS was agreed on")) from None
    except (ssl.SSLError, OSError) as error:
        reason = getattr(error, "reason", "") or error.strerror or str(error)
        raise wrong_scheme_error(server, reason) from None


def describe_protection(protected: "ssl.SSLSocket") -> Protection:
    """Return how a connection is encrypted."""
    import ssl

    certificate: dict[str, Any] = dict(protected.getpeercert() or {})
    names = tuple(name for _kind, name in certificate.get("subjectAltName", ()))
    seconds = ssl.cert_time_to_seconds(certificate["notAfter"])
    return Protection(
        version=protected.version() or "",
        names=names,
        expires=datetime.fromtimestamp(seconds, UTC),
    )


NOT_YET, EXPIRED, SELF_SIGNED, UNKNOWN_ROOT, UNKNOWN_ISSUER = 9, 10, 18, 19, 20
WRONG_NAMES = (62, 64)
"""OpenSSL's numbers of what is wrong with a certificate: a host's name, an IP address."""


def _certificate_error(server: Server, error: "ssl.SSLCertVerificationError") -> DeliveryError:
    message = _("The certificate of the mail server {host} is not good: {reason}")
    return DeliveryError(
        message.format(host=server.host, reason=error.verify_message),
        remedy=_certificate_remedy(error.verify_code),
    )


def _certificate_remedy(code: int) -> str:
    if code in (NOT_YET, EXPIRED):
        return _(
            "Have the server's certificate renewed; look whether this machine's clock is right"
        )
    if code in WRONG_NAMES:
        return _("Write the server's address with a name that its certificate has")
    if code in (SELF_SIGNED, UNKNOWN_ROOT, UNKNOWN_ISSUER):
        return _(
            "If the server has a certificate of your own authority, name the file of the "
            "authority: SSL_CERT_FILE=/path/to/authority.pem pubkit …"
        )
    return _("Ask who runs the server; nothing was sent")


def wrong_scheme_error(server: Server, reason: str) -> DeliveryError:
    """Return what is said where a server and the scheme of its address do not agree."""
    message = _("The mail server {host} does not agree on TLS at port {port}: {reason}")
    other = Security.STARTTLS if server.security is Security.TLS else Security.TLS
    return DeliveryError(
        message.format(host=server.host, port=server.port, reason=reason),
        remedy=_("Port 465 is for smtps://, port 587 for smtp+starttls://; try {scheme}://").format(
            scheme=other
        ),
    )
