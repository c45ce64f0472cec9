"""Whether a mail server can be used: it answers, encrypts, lets in, takes what is to be sent."""

from collections.abc import Callable, Iterator
from datetime import datetime

from pubkit.distribution.smtp.capabilities import Timeouts
from pubkit.distribution.smtp.connection import Connection, connect
from pubkit.distribution.smtp.failures import SmtpFailure
from pubkit.distribution.smtp.server import Server
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.model import Condition
from pubkit.values import dataclass

PATIENCE = Timeouts(connect=15, greeting=30, command=30, data=30, block=30, dot=30)
"""Somebody waits for the examination; a campaign has more time."""
SOON = 14
"""Days before its end in which a certificate should have been renewed."""
LETTER = 50_000
"""Bytes of a message beside its attachment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a server is asked about; nothing is sent."""

    sender: str = ""
    """The address to which mail returns."""
    recipient: str = ""
    largest: int = 0
    """Bytes that the largest PDF takes in a message."""


def examine_server(
    server: Server, *, password: str, probe: Probe, now: datetime
) -> Iterator[Condition]:
    """Yield what the server can do, or why it cannot be used.

    Args:
        server: Connected to, and left after a few questions.
        password: Of its user.
        probe: What is asked.
        now: With which the certificate's end is compared.
    """
    name = _("The mail server {server} can be used").format(server=server)
    try:
        connection = connect(server, password=password, timeouts=PATIENCE)
    except DeliveryError as error:
        yield Condition(name=name, is_met=False, reason=error.message, remedy=error.remedy or "")
        return
    except SmtpFailure as failure:
        yield Condition(name=name, is_met=False, reason=str(failure))
        return
    yield Condition(name=name, is_met=True)
    try:
        yield from _examine_connection(connection, probe, now)
    finally:
        connection.quit()


def _examine_connection(connection: Connection, probe: Probe, now: datetime) -> Iterator[Condition]:
    yield from _examine_protection(connection, now)
    yield _examine_log_in(connection)
    yield _examine_size(connection, probe.largest)
    yield Condition(
        name=_("It takes addresses in all scripts (SMTPUTF8)"),
        is_met="SMTPUTF8" in connection.capabilities,
        is_needed=False,
        reason=_("members with an address as in 张三@example.org get nothing"),
    )
    if probe.sender:
        yield from _examine_envelope(connection, probe)


def _examine_protection(connection: Connection, now: datetime) -> Iterator[Condition]:
    protection = connection.protection
    if protection is None:
        is_local = connection.server.is_local
        yield Condition(
            name=_("It runs on this machine") if is_local else _("The connection is encrypted"),
            is_met=is_local,
            is_needed=False,
            reason=_("everybody on the way can read all messages"),
        )
        return
    days = (protection.expires - now).days
    names = ", ".join(protection.names[:3])
    yield Condition(
        name=_("The connection is encrypted ({version}), the certificate is for {names}").format(
            version=protection.version, names=names
        ),
        is_met=True,
    )
    yield Condition(
        name=_("The certificate is good until {date}: {days} more days").format(
            date=protection.expires.date().isoformat(), days=days
        ),
        is_met=days >= SOON,
        is_needed=False,
        reason=_("it should have been renewed by now"),
    )


def _examine_log_in(connection: Connection) -> Condition:
    server = connection.server
    if server.user:
        return Condition(name=_("{user} is let in").format(user=server.user), is_met=True)
    return Condition(
        name=_("The server lets in without a user"),
        is_met=server.is_local or not connection.capabilities.mechanisms,
        is_needed=False,
        reason=_("it offers to log in, and may take nothing from strangers"),
        remedy=_("Write the user into its address, as in smtps://user@mail.example.org"),
    )


def _examine_size(connection: Connection, largest: int) -> Condition:
    """Return whether the largest edition that is attached can pass."""
    limit, size = connection.capabilities.largest, largest + LETTER
    if not limit:
        return Condition(name=_("It names no limit to the size of messages"), is_met=True)
    name = _("It takes messages of {limit} KB; the largest of yours has about {size} KB")
    return Condition(
        name=name.format(limit=limit // 1000, size=-(-size // 1000)),
        is_met=size <= limit,
        reason=_("every message with that edition is refused"),
        remedy=_("Write “largest_kilobytes = {number}” below [mail]: others get a link").format(
            number=max(0, limit - LETTER) // 1000
        ),
    )


def _examine_envelope(connection: Connection, probe: Probe) -> Iterator[Condition]:
    """Yield whether the server would take a message, without sending one."""
    questions: dict[str, Callable[[], None]] = {
        _("It takes mail from {address}").format(address=probe.sender): (
            lambda: connection.ask_about(probe.sender)
        )
    }
    if probe.recipient:
        questions[_("It takes mail to {address}").format(address=probe.recipient)] = lambda: (
            connection.ask_about(probe.sender, probe.recipient)
        )
    for name, ask in questions.items():
        try:
            ask()
        except SmtpFailure as failure:
            yield Condition(name=name, is_met=False, reason=str(failure))
            return
        yield Condition(name=name, is_met=True)
