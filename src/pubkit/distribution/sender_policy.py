"""Which machines may send in the name of a domain: SPF, as receivers evaluate it.

What depends on a single message (macros, ``ptr``) is not known here; nothing is guessed.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import field
from enum import StrEnum

from pubkit.distribution.domain_records import DomainRecords
from pubkit.messages import gettext as _
from pubkit.patterns import pattern
from pubkit.values import dataclass

MOST_LOOKUPS = 10
"""Receivers take a policy for broken that makes them ask more often (RFC 7208, 4.6.4)."""
STRANGER = "192.0.2.255"
"""A machine that nobody has: what a policy says of it, it says of everybody else."""


class Verdict(StrEnum):
    """What a policy says of a machine (RFC 7208, 2.6)."""

    PASS = "+"  # noqa: S105  # a verdict, not a password
    FAIL = "-"
    SOFTFAIL = "~"
    NEUTRAL = "?"
    NONE = ""
    """There is no policy."""
    UNKNOWN = "unknown"
    """DNS did not answer, or it depends on the message."""


class BrokenPolicy(Exception):  # noqa: N818  # as a condition it gets its place elsewhere
    """Receivers cannot evaluate it, and take it for none or worse."""


@dataclass(slots=True)
class PolicyReader:
    """Evaluates the policies of domains."""

    records: DomainRecords
    _lookups: int = field(default=0, init=False)

    def policy(self, domain: str) -> str | None:
        """Return the policy of a domain: nothing if nobody knows it, empty if it has none.

        Raises:
            BrokenPolicy: It has several, so that none counts (RFC 7208, 4.5).
        """
        texts = self.records.texts(domain)
        if texts is None:
            return None
        found = [text for text in texts if f"{text} ".lower().startswith("v=spf1 ")]
        if len(found) > 1:
            raise BrokenPolicy(
                _("{domain} has {number} SPF records, so none counts").format(
                    domain=domain, number=len(found)
                )
            )
        return found[0] if found else ""

    def judge(self, address: str, domain: str) -> Verdict:
        """Return what the policy of a domain says of an IP address.

        Raises:
            BrokenPolicy: Receivers cannot evaluate it.
        """
        self._lookups = 0
        return self._judge(address, domain)

    def _judge(self, address: str, domain: str) -> Verdict:
        policy = self.policy(domain)
        if not policy:
            return Verdict.UNKNOWN if policy is None else Verdict.NONE
        elsewhere = ""
        for term in map(_parse_term, policy.split()[1:]):
            if term.is_modifier:
                elsewhere = term.value if term.name == "redirect" else elsewhere
                continue
            matches = self._matches(term, address, domain)
            if matches is None:
                return Verdict.UNKNOWN
            if matches:
                return term.verdict
        return self._redirect(address, elsewhere) if elsewhere else Verdict.NEUTRAL

    def _redirect(self, address: str, domain: str) -> Verdict:
        self._count()
        if "%" in domain:
            return Verdict.UNKNOWN
        return self._required(self._judge(address, domain), domain)

    def _matches(self, term: "_Term", address: str, domain: str) -> bool | None:
        """Tell whether a machine is meant; nothing if that is not known."""
        if term.name == "all":
            return True
        if term.name in ("ip4", "ip6"):
            return _is_within(address, [term.value])
        self._count()
        target = term.value or domain
        if "%" in target or term.name in ("exists", "ptr"):
            return None
        if term.name == "include":
            return self._includes(address, target)
        return self._is_host(term, address, target)

    def _includes(self, address: str, domain: str) -> bool | None:
        verdict = self._required(self._judge(address, domain), domain)
        return None if verdict is Verdict.UNKNOWN else verdict is Verdict.PASS

    def _required(self, verdict: Verdict, domain: str) -> Verdict:
        if verdict is Verdict.NONE:
            message = _("it refers to {domain}, which has no SPF record")
            raise BrokenPolicy(message.format(domain=domain))
        return verdict

    def _is_host(self, term: "_Term", address: str, target: str) -> bool | None:
        hosts: Sequence[str] | None = [target]
        if term.name == "mx":
            exchanges = self.records.exchanges(target)
            hosts = None if exchanges is None else [item.host for item in exchanges if item.host]
        found = None if hosts is None else [self.records.addresses(host) for host in hosts]
        if found is None or None in found:
            return None
        networks = [f"{item}{term.prefix(item)}" for items in found for item in items or ()]
        return _is_within(address, networks)

    def _count(self) -> None:
        self._lookups += 1
        if self._lookups > MOST_LOOKUPS:
            message = _("it makes receivers ask DNS more than {most} times")
            raise BrokenPolicy(message.format(most=MOST_LOOKUPS))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    verdict: Verdict
    name: str
    value: str
    is_modifier: bool
    prefix4: str = ""
    prefix6: str = ""

    def prefix(self, address: str) -> str:
        """Return how much of an address counts."""
        return self.prefix6 if ":" in address else self.prefix4


TERM = pattern(
    r"(?P<sign>[-+~?]?)(?P<name>[A-Za-z][A-Za-z0-9._-]*)"
    r"(?:(?P<mark>[:=])(?P<value>[^/\s]*(?:/[^\s]*)?)|(?P<bare>/[\d/]+))?"
)
PREFIXES = pattern(r"(?P<rest>.*?)(?P<four>/\d+)?(?:/(?P<six>/\d+))?")
MECHANISMS = ("all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists")


def _parse_term(text: str) -> _Term:
    """Read one term of a policy.

    Raises:
        BrokenPolicy: It is none.

    Source:
        RFC 7208, 4.6.1 and 12.
    """
    found = TERM.fullmatch(text)
    name = found["name"].lower() if found else ""
    is_modifier = bool(found and found["mark"] == "=")
    if not found or (name not in MECHANISMS and not is_modifier):
        raise BrokenPolicy(_("it has “{term}”, which is no term of SPF").format(term=text))
    value = found["value"] or found["bare"] or ""
    prefixes = PREFIXES.fullmatch(value) if name in ("a", "mx") else None
    return _Term(
        verdict=Verdict(found["sign"] or "+"),
        name=name,
        value=prefixes["rest"] if prefixes else value,
        is_modifier=is_modifier,
        prefix4=(prefixes["four"] or "") if prefixes else "",
        prefix6=(prefixes["six"] or "") if prefixes else "",
    )


def _is_within(address: str, networks: Sequence[str]) -> bool:
    """Tell whether an address is in one of these networks.

    Raises:
        BrokenPolicy: One of them is none.
    """
    own = ipaddress.ip_address(address)
    try:
        return any(own in ipaddress.ip_network(network, strict=False) for network in networks)
    except ValueError as error:
        raise BrokenPolicy(str(error)) from None


def with_term(policy: str, term: str) -> str:
    """Return a policy that lets other machines send, too: the last term is about everybody else."""
    terms = policy.split()
    names = [item.lstrip("+-~?").lower() for item in terms]
    end = next(
        (
            place
            for place, name in enumerate(names)
            if name == "all" or name.startswith("redirect=")
        ),
        len(terms),
    )
    return " ".join(filter(None, [*terms[:end], term, *terms[end:]]))
