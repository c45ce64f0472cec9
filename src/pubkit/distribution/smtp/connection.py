"""A conversation with a mail server, message by message.

::

    connect ──▶ offer ──▶ finish ──▶ offer ──▶ …          quit
                  │ Refused: offer the next
                  │ Disconnected: connect again; the server does not have it
                  └────▶ finish: Unanswered: it may have it

``offer`` sends all of a message but its last dot; ``finish`` sends the dot. Between the two the
caller notes that the message is in doubt, for after the dot nobody can tell what the server did
with it until it answers (RFC 1047).
"""

import math
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from pubkit.distribution.smtp.authentication import authenticate
from pubkit.distribution.smtp.capabilities import Capabilities, Timeouts, read_capabilities
from pubkit.distribution.smtp.failures import (
    Disconnected,
    Malformed,
    NeedsEightBit,
    NeedsSmtputf8,
    Refused,
    Stage,
    TooLarge,
    Unanswered,
)
from pubkit.distribution.smtp.protection import (
    Protection,
    describe_protection,
    protect,
    wrong_scheme_error,
)
from pubkit.distribution.smtp.replies import Reply
from pubkit.distribution.smtp.server import Security, Server, is_loopback
from pubkit.distribution.smtp.wire import BrokenWire, Wire
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _

if TYPE_CHECKING:
    import ssl

GO_ON = 354
"""The answer to DATA."""
SUSPICION = 20
"""Seconds after which a server that says nothing waits for TLS, if its port is known for that."""
USER_WANTED = 530
"""The answer to whoever has not logged in: no fault of the message (RFC 4954, 6)."""
END_OF_DATA = b".\r\n"


class Envelope(Protocol):
    """A message, from whom and to whom."""

    @property
    def sender(self) -> str:
        """Where bounces go; empty for nowhere."""

    @property
    def recipient(self) -> str:
        """To whom."""

    @property
    def data(self) -> bytes:
        """The message, its lines ended by CRLF."""

    @property
    def needs_smtputf8(self) -> bool:
        """Whether headers or addresses have characters outside of ASCII."""


def connect(
    server: Server, *, password: str = "", timeouts: Timeouts | None = None, local_name: str = ""
) -> "Connection":
    """Return a connection that is ready for messages: encrypted, if not local, and logged in.

    Args:
        server: With the user who logs in, if anybody does.
        password: Of the server's user.
        timeouts: Those of RFC 5321, unless there are others.
        local_name: How this machine calls itself; without it, by its IP address.

    Raises:
        DeliveryError: TLS or the password are not as they must be; nobody should try again.
        Refused: The server does not want to talk now.
        Disconnected: It is not to be reached.
    """
    if server.user and not password:
        raise DeliveryError(
            _("The mail server {host} wants the password of {user}").format(
                host=server.host, user=server.user
            ),
            remedy=_("Set the environment variable PUBKIT_MAIL_PASSWORD"),
        )
    limits = timeouts or Timeouts()
    try:
        connected = _reach(server, seconds=limits.connect)
    except BrokenWire as error:
        raise Disconnected(Stage.CONNECT, str(error)) from None
    connection = Connection(connected, server, limits)
    try:
        connection.open(password, local_name or _address_literal(connected))
    except BaseException:
        connection.close()
        raise
    return connection


def _reach(server: Server, *, seconds: float) -> "socket.socket | ssl.SSLSocket":
    """Return a socket that is connected; for ``smtps://`` with TLS."""
    try:
        connected = socket.create_connection((server.host, server.port), timeout=seconds)
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("{host}, port {port}, cannot be reached: {reason}")
        text = message.format(host=server.host, port=server.port, reason=reason)
        raise BrokenWire(text) from None
    try:
        if server.security is Security.TLS:
            return protect(connected, server, seconds=seconds)
        _refuse_foreign_peer(connected, server)
    except BaseException:
        connected.close()
        raise
    return connected


def _refuse_foreign_peer(connected: socket.socket, server: Server) -> None:
    """Make sure that what claims to be on this machine is, whatever ``localhost`` resolves to."""
    is_open = server.security is Security.PLAIN and server.is_local
    if is_open and not is_loopback(connected.getpeername()[0]):
        raise DeliveryError(
            _("“{host}” is another machine: {address}").format(
                host=server.host, address=connected.getpeername()[0]
            ),
            remedy=_("Mend /etc/hosts, or write 127.0.0.1"),
        )


def _address_literal(connected: socket.socket) -> str:
    """Return this machine's address as EHLO takes it (RFC 5321, 4.1.3)."""
    address = str(connected.getsockname()[0]).partition("%")[0]
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"


class Connection:
    """A conversation with a mail server; made by ``connect``."""

    def __init__(
        self, connected: "socket.socket | ssl.SSLSocket", server: Server, timeouts: Timeouts
    ) -> None:
        self.server = server
        self.capabilities = Capabilities()
        self.is_open = True
        self._wire = Wire(connected)
        self._timeouts = timeouts
        self._is_offered = False
        self._needs_reset = False

    @property
    def protection(self) -> Protection | None:
        """How it is encrypted, if it is."""
        connected = self._wire.socket
        is_plain = type(connected) is socket.socket
        return None if is_plain else describe_protection(connected)  # type: ignore[arg-type]

    def open(self, password: str, local_name: str) -> None:
        """Greet, encrypt, and log in."""
        self._hear_greeting()
        self._greet(local_name)
        if self.server.security is Security.STARTTLS:
            self._start_tls()
            self._greet(local_name)
        if self.server.user:
            authenticate(self._log_in, self.capabilities, self.server, password)

    def _hear_greeting(self) -> None:
        is_suspicious = self.server.is_suspicious
        seconds = min(self._timeouts.greeting, SUSPICION if is_suspicious else math.inf)
        try:
            reply = self._receive(Stage.CONNECT, seconds)
        except Disconnected as error:
            raise (
                wrong_scheme_error(self.server, error.reason) if is_suspicious else error
            ) from None
        self._require(reply, Stage.CONNECT)

    def _greet(self, local_name: str) -> None:
        reply = self._ask(f"EHLO {local_name}", Stage.EHLO)
        self.capabilities = read_capabilities(self._require(reply, Stage.EHLO))

    def _start_tls(self) -> None:
        """Encrypt the conversation, and forget what was said before (RFC 3207, 4.2)."""
        if "STARTTLS" not in self.capabilities:
            raise self._no_starttls_error()
        reply = self._ask("STARTTLS", Stage.STARTTLS)
        if reply.is_permanent:
            raise self._no_starttls_error()
        self._require(reply, Stage.STARTTLS)
        # What lies here already was not said by the server that TLS will prove to be the right one.
        self._expect_silence(Stage.STARTTLS)
        try:
            plain = self._wire.socket
            self._wire = Wire(protect(plain, self.server, seconds=self._timeouts.connect))
        except BrokenWire as error:
            raise self._broken(Stage.STARTTLS, error) from None
        self.capabilities = Capabilities()

    def _no_starttls_error(self) -> DeliveryError:
        return DeliveryError(
            _("The mail server {host} does not offer to encrypt at port {port}").format(
                host=self.server.host, port=self.server.port
            ),
            remedy=_(
                "Nothing was sent: somebody on the way may have removed the offer. Ask who runs "
                "the server, or try smtps://"
            ),
        )

    def _log_in(self, line: str) -> Reply:
        return self._ask(line, Stage.AUTH)

    # ------------------------------------------------------------ messages

    def offer(self, envelope: Envelope) -> None:
        """Send a message without its last dot.

        Raises:
            DeliveryError: The server wants a user; it would refuse all messages.
            Refused: The server does not want it, or would not; the next one may be offered.
            Disconnected: The connection is over; the server does not have the message.
        """
        self._require_end()
        data = envelope.data
        self._refuse_unfit(envelope)
        commands = self._commands(envelope, len(data))
        self._needs_reset = True
        self._converse(commands)
        self._send(stuffed(data), Stage.DATA)
        self._expect_silence(Stage.DATA)
        self._is_offered = True

    def finish(self) -> Reply:
        """Send the last dot of the message that was offered, and return the server's answer.

        Raises:
            Refused: The server does not take the message.
            Disconnected: The connection had ended before; the server does not have the message.
            Unanswered: The connection ended; nobody knows whether it does.
        """
        if not self._is_offered:
            raise ValueError("nothing was offered")
        self._expect_silence(Stage.DATA)
        try:
            self._wire.send(END_OF_DATA, seconds=self._timeouts.block)
            reply = self._wire.receive(seconds=self._timeouts.dot)
        except BrokenWire as error:
            self.close()
            raise Unanswered(str(error)) from None
        except BaseException:
            self.close()
            raise
        self._is_offered = self._needs_reset = False
        if reply.code // 100 == 3:
            self.close()
            raise Unanswered(str(reply))
        return self._require(reply, Stage.DOT)

    def ask_about(self, sender: str, recipient: str = "") -> None:
        """Ask whether the server would take a message, and send none.

        Raises:
            Refused: It would not.
            Disconnected: The connection is over.
        """
        self._require_end()
        is_wide = self._refuse_addresses(sender, recipient)
        options = " SMTPUTF8" if is_wide else ""
        questions = [(Stage.MAIL, f"MAIL FROM:<{sender}>{options}")]
        if self._needs_reset:
            questions.insert(0, (Stage.RSET, "RSET"))
        if recipient:
            questions.append((Stage.RCPT, f"RCPT TO:<{recipient}>"))
        self._needs_reset = True
        for stage, line in questions:
            self._require(self._ask(line, stage), stage)

    def is_alive(self) -> bool:
        """Tell, without a word to the server, whether it is still there and waits for a message."""
        with suppress(Disconnected, Refused):
            self._expect_silence(Stage.MAIL)
        return self.is_open

    def quit(self) -> None:
        """Take leave; whatever the server makes of it, all messages are done with."""
        if self.is_open and not self._is_offered:
            with suppress(BrokenWire):
                self._wire.send(b"QUIT\r\n", seconds=self._timeouts.quit)
                self._wire.receive(seconds=self._timeouts.quit)
        self.close()

    def close(self) -> None:
        """End the connection at once; a message without its dot has never been sent."""
        self.is_open = self._is_offered = False
        self._wire.close()

    def _require_end(self) -> None:
        """Make sure that no command becomes part of the message that was offered before."""
        if self._is_offered:
            raise ValueError("the message that was offered has no dot yet")

    def _refuse_unfit(self, envelope: Envelope) -> None:
        """Refuse what the server has said that it cannot take."""
        is_wide = self._refuse_addresses(envelope.sender, envelope.recipient)
        if not envelope.recipient:
            raise Malformed(_("5.1.3 The address cannot be said in SMTP"))
        if has_bare_ends(envelope.data):
            raise Malformed(_("5.6.0 The message has lines that do not end by CRLF"))
        if envelope.needs_smtputf8 and not is_wide and "SMTPUTF8" not in self.capabilities:
            raise NeedsSmtputf8
        if not envelope.data.isascii() and "8BITMIME" not in self.capabilities:
            raise NeedsEightBit
        largest = self.capabilities.largest
        if largest and len(envelope.data) > largest:
            raise TooLarge(len(envelope.data), largest)

    def _refuse_addresses(self, sender: str, recipient: str) -> bool:
        """Refuse addresses that the server cannot take; tell whether they need SMTPUTF8."""
        addresses = sender + recipient
        if not _is_sayable(addresses):
            raise Malformed(_("5.1.3 The address cannot be said in SMTP"))
        is_wide = not addresses.isascii()
        if is_wide and "SMTPUTF8" not in self.capabilities:
            raise NeedsSmtputf8
        return is_wide

    def _commands(self, envelope: Envelope, size: int) -> list[tuple[Stage, str]]:
        """Return what is said before a message, and how each command is called."""
        options = ""
        if "SIZE" in self.capabilities:
            options += f" SIZE={size}"
        if not envelope.data.isascii():
            options += " BODY=8BITMIME"
        if envelope.needs_smtputf8 or not (envelope.sender + envelope.recipient).isascii():
            options += " SMTPUTF8"
        commands = [
            (Stage.MAIL, f"MAIL FROM:<{envelope.sender}>{options}"),
            (Stage.RCPT, f"RCPT TO:<{envelope.recipient}>"),
            (Stage.DATA, "DATA"),
        ]
        return [(Stage.RSET, "RSET"), *commands] if self._needs_reset else commands

    # ------------------------------------------------------------ questions and answers

    def _converse(self, commands: list[tuple[Stage, str]]) -> None:
        """Say everything that comes before a message; all at once, if the server can take it."""
        if "PIPELINING" in self.capabilities:
            self._expect_silence(Stage.MAIL)
            self._send("".join(f"{line}\r\n" for _stage, line in commands).encode(), Stage.MAIL)
            self._hear_out([stage for stage, _line in commands])
            return
        for stage, line in commands:
            reply = self._ask(line, stage)
            if not _is_right(reply, stage):
                raise self._wrong(reply, stage)

    def _hear_out(self, stages: list[Stage]) -> None:
        """Read the answers to a group of commands, and raise the first that says no.

        Source:
            RFC 2920, 3.1: a server may let a message begin that has no recipient; only the end of
            the connection makes sure that it gets none.
        """
        failure: Refused | Disconnected | DeliveryError | None = None
        for stage in stages:
            try:
                reply = self._receive(stage, self._seconds(stage))
            except (Refused, Disconnected) as error:
                raise failure or error from None
            if not _is_right(reply, stage):
                failure = failure or self._wrong(reply, stage)
            elif failure and stage is Stage.DATA:
                self.close()
        if failure:
            raise failure

    def _ask(self, line: str, stage: Stage) -> Reply:
        """Say one line, and return the answer to it."""
        self._expect_silence(stage)
        self._send(f"{line}\r\n".encode(), stage)
        return self._receive(stage, self._seconds(stage))

    def _seconds(self, stage: Stage) -> float:
        return self._timeouts.data if stage is Stage.DATA else self._timeouts.command

    def _send(self, data: bytes, stage: Stage) -> None:
        limits = self._timeouts
        whole = limits.message + len(data) / limits.slowest
        try:
            self._wire.send(data, seconds=limits.block, whole=whole)
        except BrokenWire as error:
            raise self._broken(stage, error) from None
        except BaseException:
            self.close()
            raise

    def _receive(self, stage: Stage, seconds: float) -> Reply:
        try:
            reply = self._wire.receive(seconds=seconds)
        except BrokenWire as error:
            raise self._broken(stage, error) from None
        except BaseException:
            self.close()
            raise
        if reply.is_closing:
            raise self._wrong(reply, stage)
        return reply

    def _require(self, reply: Reply, stage: Stage) -> Reply:
        """Return an answer that says yes; raise any other."""
        if not reply.is_positive:
            raise self._wrong(reply, stage)
        return reply

    def _wrong(self, reply: Reply, stage: Stage) -> Refused | Disconnected | DeliveryError:
        """Return what an answer means that says no, or nothing that makes sense here."""
        if reply.code == USER_WANTED and stage is not Stage.DOT:
            self.close()
            return self._user_error(reply)
        is_no = reply.code // 100 in (4, 5)
        # Who does not want to forget the message before says nothing about this one.
        is_refusal = is_no and (reply.is_closing or stage is not Stage.RSET)
        if reply.is_closing or not is_refusal:
            self.close()
        if is_refusal:
            return Refused(reply, stage)
        return Disconnected(stage, _("the server answered {reply}").format(reply=reply))

    def _user_error(self, reply: Reply) -> DeliveryError:
        if self.server.user:
            remedy = _("Ask who runs the server what {user} may do").format(user=self.server.user)
        else:
            remedy = _("Write the user into its address, as in smtps://user@mail.example.org")
        message = _("The mail server {host} takes nothing from strangers: {reply}")
        return DeliveryError(message.format(host=self.server.host, reply=reply), remedy=remedy)

    def _expect_silence(self, stage: Stage) -> None:
        """Make sure that nothing lies here that would be taken for the answer to what follows."""
        if not self.is_open:
            raise Disconnected(stage, _("the connection is closed"))
        try:
            if not self._wire.has_unasked():
                return
            reply = self._wire.receive(seconds=self._timeouts.quit)
        except BrokenWire as error:
            raise self._broken(stage, error) from None
        self.close()
        if reply.is_closing:
            raise Refused(reply, stage)
        reason = _("the server spoke unasked: {reply}").format(reply=reply)
        raise Disconnected(stage, reason)

    def _broken(self, stage: Stage, error: BrokenWire) -> Disconnected:
        self.close()
        return Disconnected(stage, str(error))


def _is_right(reply: Reply, stage: Stage) -> bool:
    """Tell whether the server wants to hear what comes next."""
    return reply.code == GO_ON if stage is Stage.DATA else reply.is_positive


def _is_sayable(addresses: str) -> bool:
    """Tell whether addresses stand between angle brackets and go no further."""
    return addresses.isprintable() and not {"<", ">"} & set(addresses)


def stuffed(data: bytes) -> bytes:
    """Return what is sent so that no line of a message is its end (RFC 5321, 4.5.2).

    Behind the last dot, where most of a message lies as base64, there is nothing to be searched.
    """
    end = data.rfind(b".") + 1
    if data.startswith(b".") or data.find(b"\n.", 0, end) >= 0:
        text = b"\n" + data[:end]
        data = text.replace(b"\n.", b"\n..")[1:] + data[end:]
    return data if data.endswith(b"\r\n") else data + b"\r\n"


def has_bare_ends(data: bytes) -> bool:
    """Tell whether lines of a message end otherwise than by CRLF, where a dot could end it.

    Servers disagree on what such a line is, and one message could become two.
    """
    end = data.rfind(b".") + 1
    ends = data.count(b"\r\n", 0, end)
    return not data.count(b"\r", 0, end) == data.count(b"\n", 0, end) == ends
