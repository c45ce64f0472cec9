"""What a mail server can do: its answer to EHLO, and how long it is waited for."""

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from pubkit.distribution.smtp.replies import Reply
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """The extensions that a server offers (RFC 5321, 4.1.1.1)."""

    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What stands behind each keyword, by keyword in capitals."""

    def __contains__(self, keyword: str) -> bool:
        return keyword in self.parameters

    @property
    def largest(self) -> int:
        """The bytes that a message may have; 0 where the server names no limit (RFC 1870)."""
        size = self.parameters.get("SIZE", "")
        return int(size) if size.isascii() and size.isdigit() else 0

    @property
    def mechanisms(self) -> tuple[str, ...]:
        """The ways of authentication (RFC 4954)."""
        return tuple(self.parameters.get("AUTH", "").upper().split())


def read_capabilities(reply: Reply) -> Capabilities:
    """Return what the answer to EHLO offers; its first line is the server's name."""
    parameters: dict[str, str] = {}
    for line in reply.lines[1:]:
        # Servers of the last century write AUTH=LOGIN, some of them beside AUTH LOGIN.
        keyword, _blank, rest = line.replace("AUTH=", "AUTH ", 1).partition(" ")
        before = parameters.get(keyword.upper(), "")
        parameters[keyword.upper()] = f"{before} {rest}".strip()
    return Capabilities(parameters=MappingProxyType(parameters))


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """For how many seconds the server is waited for.

    Source:
        RFC 5321, 4.5.3.2; what is sent again while the server still works on it comes twice.
    """

    connect: float = 30
    """Until the machine answers, and until TLS is agreed on."""
    greeting: float = 300
    command: float = 300
    data: float = 120
    """Until the server lets the message begin."""
    block: float = 180
    """Until it has taken a piece of the message."""
    message: float = 600
    """Until it has taken all of a message, and a second more for each ``slowest`` bytes."""
    slowest: float = 10_000
    dot: float = 600
    """Until it says whether it has the message."""
    quit: float = 5
    """Until it says good-bye; nothing depends on it."""
