"""Whether members can leave with one click: the endpoint for unsubscription answers.

It is asked what may be done with it, and opened as a browser does; neither changes anything. What
it does when a program posts to it (RFC 8058) is not tried.
"""

from urllib.parse import urlsplit

from pubkit.messages import gettext as _
from pubkit.model import Condition

PATIENCE = 15
"""Seconds."""
OK, NOT_FOUND = 200, 404


def examine_endpoint(address: str, *, written: str = "") -> Condition:
    """Return whether the endpoint answers.

    Args:
        address: Where it is, over HTTPS; empty for nowhere.
        written: What the settings say of it, which may be no such address.
    """
    if not address:
        return _missing(written)
    name = _("The address for unsubscription answers: {address}").format(address=address)
    try:
        if _takes_posts(address):
            return Condition(name=name, is_met=True)
        status, _allowed = _open(address, "GET")
    except (OSError, ValueError) as error:
        return Condition(name=name, is_met=False, reason=_reason(error), remedy=_serve())
    if status == NOT_FOUND:
        return Condition(
            name=name,
            is_met=False,
            is_known=False,
            is_needed=False,
            reason=_("there is a server, and it knows no such page; each member's address differs"),
        )
    if status // 100 == 3:
        reason = _("it leads elsewhere, where mail programs do not follow (RFC 8058)")
        return Condition(name=name, is_met=False, reason=reason, remedy=_serve())
    reason = _("the server answers with {status}").format(status=status)
    return Condition(name=name, is_met=status < 500, reason=reason, remedy=_serve())


def _missing(written: str) -> Condition:
    return Condition(
        name=_("Members can leave with one click"),
        is_met=False,
        is_needed=False,
        reason=(
            _("{address} does not begin with https://").format(address=written)
            if written
            else _("they can leave by mail alone; large receivers want one click")
        ),
        remedy=_('Write “unsubscribe = "https://…"” below [mail], where the endpoint runs'),
    )


def _serve() -> str:
    command = "gunicorn 'pubkit.cli.unsubscription:make_wsgi()'"
    return _("Run it behind a web server with HTTPS: {command}").format(command=command)


def _takes_posts(address: str) -> bool:
    """Tell whether there is an endpoint that says so, as pubkit's does below any address."""
    status, allowed = _open(address, "OPTIONS")
    return status == OK and "POST" in allowed.upper()


def _open(address: str, method: str) -> tuple[int, str]:
    """Return with which status an address answers, and what it says may be done with it.

    Raises:
        OSError: It does not.
        ValueError: It is no address.
    """
    import http.client
    import ssl

    parts = urlsplit(address)
    connection = http.client.HTTPSConnection(
        parts.hostname or "",
        parts.port or 443,
        timeout=PATIENCE,
        context=ssl.create_default_context(),
    )
    try:
        connection.request(method, parts.path or "/", headers={"User-Agent": "pubkit"})
        response = connection.getresponse()
        return response.status, response.getheader("Allow", "")
    except http.client.HTTPException as error:
        raise OSError(type(error).__name__) from None
    finally:
        connection.close()


def _reason(error: Exception) -> str:
    return str(getattr(error, "verify_message", "") or getattr(error, "strerror", "") or error)
