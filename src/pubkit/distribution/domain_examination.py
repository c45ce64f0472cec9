"""Whether receivers believe that mail is from the domain that it names: MX, SPF, DKIM, DMARC.

Each condition that is not met comes with the record that would meet it. Where DNS does not answer,
a condition is not known, which is nobody's fault.
"""

import ipaddress
from collections.abc import Iterator

from pubkit.distribution.domain_records import DomainRecords, parents
from pubkit.distribution.sender_policy import (
    STRANGER,
    BrokenPolicy,
    PolicyReader,
    Verdict,
    with_term,
)
from pubkit.distribution.smtp.server import Server
from pubkit.messages import gettext as _
from pubkit.model import Condition
from pubkit.values import dataclass

USUAL_SELECTORS = (
    *("default", "mail", "dkim", "selector1", "selector2", "google"),
    *("s1", "s2", "k1", "key1", "smtp", "20240101"),
)
"""Names of keys that programs and providers choose; RFC 6376 has no way to ask for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """In whose name mail is sent, and from where."""

    sender: str
    """The address in ``From``."""
    bounces: str
    """The address to which mail returns that cannot be delivered."""
    server: Server | None = None
    selector: str = ""
    """The name of the key with which the server signs."""

    @property
    def domain(self) -> str:
        """That of the sender, which readers see."""
        return self.sender.rpartition("@")[2].lower()

    @property
    def return_domain(self) -> str:
        """That of bounces, which receivers look at for SPF."""
        return self.bounces.rpartition("@")[2].lower()


def examine_domain(records: DomainRecords, sending: Sending) -> Iterator[Condition]:
    """Yield what DNS says for and against mail of this sender."""
    for domain in dict.fromkeys((sending.return_domain, sending.domain)):
        yield examine_exchanges(records, domain)
    keys = examine_keys(records, sending)
    yield from examine_policy(records, sending, has_key=keys.is_met)
    yield keys
    yield from examine_alignment(records, sending)


def examine_exchanges(records: DomainRecords, domain: str) -> Condition:
    """Return whether a domain takes mail: replies, and what could not be delivered."""
    exchanges = records.exchanges(domain)
    name = _("{domain} takes mail (MX)").format(domain=domain)
    if exchanges is None:
        return unknown(name)
    hosts = [exchange.host for exchange in exchanges if exchange.host]
    if hosts:
        return Condition(name=f"{name}: {', '.join(hosts[:3])}", is_met=True)
    if exchanges:
        return Condition(
            name=name,
            is_met=False,
            reason=_("its MX record says that it takes none; many servers refuse such a sender"),
            remedy=_("Name a server that takes it, as in: {record}").format(
                record=f"{domain}. MX 10 mail.{domain}."
            ),
        )
    addresses = records.addresses(domain)
    if addresses is None:
        return unknown(name)
    return Condition(
        name=name,
        is_met=bool(addresses),
        reason=_("it has neither an MX record nor an address: bounces and replies are lost"),
        remedy=_("Publish a record as in: {record}").format(
            record=f"{domain}. MX 10 mail.{domain}."
        ),
    )


def unknown(name: str) -> Condition:
    """Return a condition of which DNS says nothing."""
    return Condition(
        name=name, is_met=False, is_known=False, is_needed=False, reason=_("DNS does not answer")
    )


# ---------------------------------------------------------------- SPF


def examine_policy(
    records: DomainRecords, sending: Sending, *, has_key: bool
) -> Iterator[Condition]:
    """Yield whether a domain says who may send in its name, and whether the server is among them.

    Args:
        records: What DNS says.
        sending: In whose name.
        has_key: Whether signatures vouch for the messages; receivers want one or the other.
    """
    reader = PolicyReader(records)
    domain = sending.return_domain
    name = _("{domain} says who may send in its name (SPF)").format(domain=domain)
    try:
        policy = reader.policy(domain)
        verdict = reader.judge(STRANGER, domain)
    except BrokenPolicy as error:
        remedy = _("Leave one TXT record that begins with v=spf1, and mend it")
        yield Condition(name=name, is_met=False, reason=str(error), remedy=remedy)
        return
    if policy is None:
        yield unknown(name)
    elif not policy:
        yield _no_policy(name, sending, is_needed=not has_key)
    else:
        yield Condition(name=f"{name}: {policy}", is_met=True)
        yield _strictness(verdict, policy, domain)
        yield _is_allowed(reader, sending, policy)


def _no_policy(name: str, sending: Sending, *, is_needed: bool) -> Condition:
    policy = with_term("v=spf1 mx ~all", _server_term(sending.server))
    return Condition(
        name=name,
        is_met=False,
        is_needed=is_needed,
        reason=_("it has no SPF record; large receivers refuse mail or take it for spam"),
        remedy=_txt(sending.return_domain, policy),
    )


def _txt(name: str, text: str) -> str:
    return _("Publish the record: {record}").format(record=f'{name}. TXT "{text}"')


def _server_term(server: Server | None) -> str:
    """Return what lets a server send; empty if its address is not known."""
    if server is None or server.is_local:
        return ""
    try:
        return f"ip{ipaddress.ip_address(server.host).version}:{server.host}"
    except ValueError:
        return f"a:{server.host}"


def _strictness(verdict: Verdict, policy: str, domain: str) -> Condition:
    name = _("SPF of {domain} tells others from those who may").format(domain=domain)
    if verdict is Verdict.UNKNOWN:
        return unknown(name)
    terms = policy.split()
    rest = [term for term in terms if term.lower() not in ("all", "+all", "?all")]
    return Condition(
        name=name,
        is_met=verdict in (Verdict.FAIL, Verdict.SOFTFAIL),
        is_needed=False,
        reason=_("everybody may send in its name, so the record says nothing"),
        remedy=_txt(domain, " ".join([*rest, "~all"])),
    )


def _is_allowed(reader: PolicyReader, sending: Sending, policy: str) -> Condition:
    """Return whether the policy lets the mail server send."""
    server, domain = sending.server, sending.return_domain
    host = server.host if server else "?"
    name = _("SPF of {domain} lets {host} send").format(domain=domain, host=host)
    if server is None or server.is_local:
        return Condition(
            name=_("SPF of {domain} lets the mail server send").format(domain=domain),
            is_met=False,
            is_known=False,
            is_needed=False,
            reason=_("from which address it sends is not known here"),
        )
    verdict = _verdict(reader, server, domain)
    if verdict is Verdict.UNKNOWN:
        return unknown(name)
    return Condition(
        name=name,
        is_met=verdict is Verdict.PASS,
        is_needed=False,
        reason=_("unless it hands mail on to another that may, messages are refused or are spam"),
        remedy=_txt(domain, with_term(policy, _server_term(server))),
    )


def _verdict(reader: PolicyReader, server: Server, domain: str) -> Verdict:
    """Return what a policy says of all addresses of a server: the least that it says of one."""
    try:
        addresses: tuple[str, ...] | None = (str(ipaddress.ip_address(server.host)),)
    except ValueError:
        addresses = reader.records.addresses(server.host)
    try:
        verdicts = [reader.judge(address, domain) for address in addresses or ()]
    except BrokenPolicy:
        return Verdict.UNKNOWN
    others = [verdict for verdict in verdicts if verdict is not Verdict.PASS]
    return (others or verdicts or [Verdict.UNKNOWN])[0]


# ---------------------------------------------------------------- DKIM


def examine_keys(records: DomainRecords, sending: Sending) -> Condition:
    """Return whether there is a key with which receivers can verify signatures."""
    domain = sending.domain
    name = _("{domain} has a key for signatures (DKIM)").format(domain=domain)
    selectors = (sending.selector,) if sending.selector else USUAL_SELECTORS
    answers = {item: records.texts(f"{item}._domainkey.{domain}") for item in selectors}
    found = [item for item, texts in answers.items() if any(map(_is_key, texts or ()))]
    if found:
        return Condition(name=f"{name}: {', '.join(found)}", is_met=True)
    if None in answers.values():
        return unknown(name)
    if sending.selector:
        place = f"{sending.selector}._domainkey.{domain}"
        return Condition(
            name=name,
            is_met=False,
            reason=_("nothing valid is published at {place}").format(place=place),
            remedy=_("Publish the key of your mail server: {record}").format(
                record=f'{place}. TXT "v=DKIM1; k=rsa; p=…"'
            ),
        )
    return Condition(
        name=name,
        is_met=False,
        is_known=False,
        is_needed=False,
        reason=_("not found among {selectors}").format(selectors=", ".join(selectors)),
        remedy=_(
            "Ask who runs the mail server for the selector of its key, and write "
            '“dkim_selector = "…"” below [mail]'
        ),
    )


def _is_key(text: str) -> bool:
    """Tell whether a record has a key that was not withdrawn (RFC 6376, 3.6.1)."""
    tags = _tags(text)
    return tags.get("v", "DKIM1") == "DKIM1" and bool(tags.get("p"))


def _tags(text: str) -> dict[str, str]:
    """Return the tags of a record as DKIM and DMARC write them."""
    pairs = (item.partition("=") for item in text.split(";"))
    return {name.strip().lower(): value.strip() for name, mark, value in pairs if mark}


# ---------------------------------------------------------------- DMARC


def examine_alignment(records: DomainRecords, sending: Sending) -> Iterator[Condition]:
    """Yield what receivers shall do with mail that is not from the domain it names."""
    name = _("{domain} says what to do with forgeries (DMARC)").format(domain=sending.domain)
    for domain in parents(sending.domain):
        texts = records.texts(f"_dmarc.{domain}")
        if texts is None:
            yield unknown(name)
            return
        policies = [text for text in texts if _tags(text).get("v") == "DMARC1"]
        if policies:
            yield _dmarc(name, domain, policies)
            if len(policies) == 1:
                yield _alignment(sending, domain, _tags(policies[0]))
            return
    yield Condition(
        name=name,
        is_met=False,
        is_needed=False,
        reason=_("there is no record; large receivers want one from whoever sends much"),
        remedy=_txt(
            f"_dmarc.{sending.domain}", f"v=DMARC1; p=none; rua=mailto:postmaster@{sending.domain}"
        ),
    )


POLICIES = ("none", "quarantine", "reject")


def _dmarc(name: str, domain: str, policies: list[str]) -> Condition:
    is_one = len(policies) == 1
    is_right = is_one and _tags(policies[0]).get("p", "").lower() in POLICIES
    return Condition(
        name=f"{name}: {policies[0]}" if is_right else name,
        is_met=is_right,
        reason=_("its record has no policy (p=)")
        if is_one
        else _("of several records none counts"),
        remedy=_txt(f"_dmarc.{domain}", f"v=DMARC1; p=none; rua=mailto:postmaster@{domain}"),
    )


def _alignment(sending: Sending, policy_domain: str, tags: dict[str, str]) -> Condition:
    """Return whether SPF vouches for the domain that readers see, too.

    Source:
        RFC 7489, 3.1.2: relaxed alignment wants the same organization, strict the same domain.
    """
    own, other = sending.domain, sending.return_domain
    is_related = _is_below(other, policy_domain) or _is_below(own, other)
    is_strict = tags.get("aspf", "r").lower() == "s"
    return Condition(
        name=_("Bounces go to the domain of the sender, as DMARC wants it"),
        is_met=own == other or (is_related and not is_strict),
        is_needed=False,
        reason=_("{other} vouches for nothing that comes from {own}; signatures alone do").format(
            other=other, own=own
        ),
        remedy=_("Let “bounces” in [mail] be an address of {domain}").format(domain=own),
    )


def _is_below(domain: str, other: str) -> bool:
    return f".{domain}".endswith(f".{other}")
