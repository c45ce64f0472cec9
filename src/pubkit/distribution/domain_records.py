"""What DNS says of a domain, or that it is not known: the home of dnspython."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from pubkit.values import dataclass

if TYPE_CHECKING:
    from dns.resolver import Resolver

MOST_FAILURES = 2
"""After so many questions without an answer no more are asked: each takes its time."""
DNS_PORT = 53


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A server that takes the mail of a domain."""

    preference: int
    host: str
    """Empty where the domain takes no mail (RFC 7505)."""


@dataclass(slots=True, kw_only=True)
class DomainRecords:
    """Asks DNS; each answer is nothing, if nobody knows it, and empty, if there is none."""

    nameservers: Sequence[str] = ()
    """IP addresses; without them, those of the system."""
    port: int = DNS_PORT
    seconds: float = 4
    """For how long an answer is waited for."""
    _failures: int = 0
    _is_worldly: bool | None = None
    _known: dict[tuple[str, str], tuple[Any, ...] | None] = field(default_factory=dict)

    def texts(self, name: str) -> tuple[str, ...] | None:
        """Return the texts of a name, each with its pieces put together (RFC 7208, 3.3)."""
        found = self._ask(name, "TXT")
        return None if found is None else tuple(_text(record.strings) for record in found)

    def exchanges(self, name: str) -> tuple[Exchange, ...] | None:
        """Return the servers that take the mail of a domain, the preferred one first."""
        found = self._ask(name, "MX")
        if found is None:
            return None
        servers = (
            Exchange(preference=item.preference, host=item.exchange.to_text(omit_final_dot=True))
            for item in found
        )
        cleaned = (server if server.host != "." else _nowhere(server) for server in servers)
        return tuple(sorted(cleaned, key=lambda server: (server.preference, server.host)))

    def addresses(self, name: str) -> tuple[str, ...] | None:
        """Return the IP addresses of a host."""
        answers = [self._ask(name, kind) for kind in ("A", "AAAA")]
        known = [answer for answer in answers if answer is not None]
        return tuple(item.address for answer in known for item in answer) if known else None

    def _ask(self, name: str, kind: str) -> tuple[Any, ...] | None:
        if (name, kind) not in self._known:
            self._known[name, kind] = self._resolve(name, kind)
        return self._known[name, kind]

    def _resolve(self, name: str, kind: str) -> tuple[Any, ...] | None:
        import dns.exception
        import dns.resolver

        if self._failures >= MOST_FAILURES:
            return None
        try:
            answer = self._resolver().resolve(f"{name}.", kind, raise_on_no_answer=False)
        except dns.resolver.NXDOMAIN:
            return () if self._knows_the_world() else None
        except (dns.exception.DNSException, OSError, UnicodeError):
            self._failures += 1
            return None
        return tuple(answer.rrset or ())

    def _knows_the_world(self) -> bool:
        """Tell whether who is asked knows the root of all names.

        Name servers of closed networks say of every name but their own that there is none.
        """
        if self._is_worldly is None:
            self._is_worldly = True  # while it is asked
            self._is_worldly = bool(self._resolve("", "NS"))
        return self._is_worldly

    def _resolver(self) -> "Resolver":
        import dns.resolver

        resolver = dns.resolver.Resolver(configure=not self.nameservers)
        if self.nameservers:
            resolver.nameservers = list(self.nameservers)
            resolver.port = self.port
        resolver.lifetime = self.seconds
        return resolver


def _text(pieces: Sequence[bytes]) -> str:
    return b"".join(pieces).decode("ascii", "backslashreplace")


def _nowhere(server: Exchange) -> Exchange:
    return Exchange(preference=server.preference, host="")


def parents(domain: str) -> Iterator[str]:
    """Yield the domain, and those above it that may belong to the same organization."""
    labels = domain.split(".")
    for start in range(max(1, len(labels) - 1)):
        yield ".".join(labels[start:])
