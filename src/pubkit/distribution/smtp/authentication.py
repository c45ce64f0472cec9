"""Who sends: user and password, said once the connection is safe (RFC 4954)."""

from base64 import b64encode
from collections.abc import Callable

from pubkit.distribution.smtp.capabilities import Capabilities
from pubkit.distribution.smtp.failures import Refused, Stage
from pubkit.distribution.smtp.replies import Reply
from pubkit.distribution.smtp.server import Server
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _

Ask = Callable[[str], Reply]
"""Says a line to the server, and returns its answer."""
CHALLENGE = 334


def authenticate(ask: Ask, capabilities: Capabilities, server: Server, password: str) -> None:
    """Log in, in UTF-8.

    Raises:
        DeliveryError: The server knows no way that pubkit knows, or not this password.
        Refused: It cannot tell now.
    """
    offered = capabilities.mechanisms
    if "PLAIN" in offered:
        reply = _say_plain(ask, server.user, password)
    elif "LOGIN" in offered:
        reply = _say_login(ask, server.user, password)
    else:
        raise _no_way_error(server, capabilities)
    if reply.is_positive:
        return
    if reply.is_permanent or reply.code == CHALLENGE:
        raise _denied_error(server, _without(reply, server.user, password))
    raise Refused(reply, Stage.AUTH)


def _say_plain(ask: Ask, user: str, password: str) -> Reply:
    return ask(f"AUTH PLAIN {_encoded(_plain(user, password))}")


def _say_login(ask: Ask, user: str, password: str) -> Reply:
    """Answer the two questions of a way that no standard has and many servers want."""
    reply = ask("AUTH LOGIN")
    for answer in (user, password):
        if reply.code != CHALLENGE:
            break
        reply = ask(_encoded(answer))
    return reply


def _plain(user: str, password: str) -> str:
    """Return the one answer of PLAIN (RFC 4616)."""
    return f"\0{user}\0{password}"


def _encoded(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


def _without(reply: Reply, user: str, password: str) -> str:
    """Return what the server said, without the password that it may have repeated."""
    text = str(reply)
    for secret in (_encoded(_plain(user, password)), _encoded(password), password):
        text = text.replace(secret, "…")
    return text


def _no_way_error(server: Server, capabilities: Capabilities) -> DeliveryError:
    offered = capabilities.mechanisms
    if not offered:
        remedy = _("Leave the user out of its address, or try another port")
        if "STARTTLS" in capabilities:
            remedy = _("Use smtp+starttls://: it lets in whoever encrypts")
        message = _("The mail server {host} lets nobody log in").format(host=server.host)
        return DeliveryError(message, remedy=remedy)
    return DeliveryError(
        _("The mail server {host} wants to be logged in to by {ways}").format(
            host=server.host, ways=", ".join(offered)
        ),
        remedy=_("pubkit knows PLAIN and LOGIN: ask for a password for programs, or for a relay"),
    )


def _denied_error(server: Server, said: str) -> DeliveryError:
    return DeliveryError(
        _("The mail server {host} does not let {user} in: {reply}").format(
            host=server.host, user=server.user, reply=said
        ),
        remedy=_(
            "Mend the user in the address of the server, or the environment variable "
            "PUBKIT_MAIL_PASSWORD"
        ),
    )
