"""How a message can fail on its way to the mail server; light, so that all may know it.

::

    DeliveryError      (pubkit.errors) the connection itself may not be used: TLS, password
    SmtpFailure
    ├── Refused        the server said no, for now or for good
    │   ├── TooLarge, NeedsSmtputf8, NeedsEightBit    it would: it said so beforehand
    │   └── Malformed  no server can take it
    ├── Disconnected   the connection ended before the last dot: the server does not have it
    └── Unanswered     it ended after the last dot: nobody knows
"""

from enum import StrEnum

from pubkit.distribution.smtp.replies import Reply
from pubkit.messages import gettext as _


class Stage(StrEnum):
    """How far a conversation was."""

    CONNECT = "connect"
    EHLO = "EHLO"
    STARTTLS = "STARTTLS"
    AUTH = "AUTH"
    RSET = "RSET"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    DOT = "dot"


class SmtpFailure(Exception):  # noqa: N818  # names what happened, as in "except Refused"
    """A message did not go through, or may not have."""


class Refused(SmtpFailure):
    """The server did not take the message; it does not have it.

    Args:
        reply: What it said.
        stage: To what.
    """

    def __init__(self, reply: Reply, stage: Stage) -> None:
        super().__init__(reply, stage)
        self.reply = reply
        self.stage = stage

    def __str__(self) -> str:
        return str(self.reply)

    @property
    def is_permanent(self) -> bool:
        """Whether trying again is useless."""
        return self.reply.is_permanent


class TooLarge(Refused):
    """The server takes no message of this size (RFC 1870)."""

    def __init__(self, size: int, largest: int) -> None:
        text = _("5.3.4 The message has {size} bytes, and the server takes {largest}")
        line = text.format(size=size, largest=largest)
        super().__init__(Reply(code=552, lines=(line,)), Stage.MAIL)


class NeedsSmtputf8(Refused):
    """The server takes no addresses outside of ASCII (RFC 6531)."""

    def __init__(self) -> None:
        line = _("5.6.7 The address needs SMTPUTF8, which the server does not offer")
        super().__init__(Reply(code=550, lines=(line,)), Stage.MAIL)


class NeedsEightBit(Refused):
    """The server takes no message with bytes outside of ASCII (RFC 6152)."""

    def __init__(self) -> None:
        line = _("5.6.3 The message needs 8BITMIME, which the server does not offer")
        super().__init__(Reply(code=554, lines=(line,)), Stage.MAIL)


class Malformed(Refused):
    """The message cannot be said in SMTP: it would be read as something else.

    Args:
        line: The enhanced status, and what is wrong.
    """

    def __init__(self, line: str) -> None:
        super().__init__(Reply(code=553, lines=(line,)), Stage.MAIL)


class Disconnected(SmtpFailure):
    """The connection ended before the last dot went out: the server does not have the message.

    Args:
        stage: How far the conversation was.
        reason: What ended it.
    """

    def __init__(self, stage: Stage, reason: str) -> None:
        super().__init__(stage, reason)
        self.stage = stage
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.stage}: {self.reason}"


class Unanswered(SmtpFailure):
    """The last dot went out, and no answer came: the server may have the message or not.

    Args:
        reason: What came instead.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return self.reason
