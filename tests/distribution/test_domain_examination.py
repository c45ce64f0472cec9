"""What DNS says for and against mail of a sender, asked of a name server on loopback."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pubkit.distribution.domain_examination import (
    Sending,
    examine_alignment,
    examine_domain,
    examine_exchanges,
    examine_keys,
    examine_policy,
)
from pubkit.distribution.domain_records import DomainRecords
from pubkit.distribution.sender_policy import BrokenPolicy, PolicyReader, Verdict, with_term
from pubkit.distribution.smtp.server import Security, Server
from pubkit.model import Condition
from tests.distribution.name_server import Zone, serve_names

DOMAIN = "example.org"
SERVER = Server(security=Security.TLS, host="mail.example.net", port=465)
LOCAL = Server(security=Security.PLAIN, host="localhost", port=25)
SENDING = Sending(sender=f"office@{DOMAIN}", bounces=f"bounces@{DOMAIN}", server=SERVER)
SOUND: Zone = {
    (DOMAIN, "MX"): ("20 backup.example.org.", "10 mx.example.org."),
    (DOMAIN, "TXT"): ('"some=verification"', '"v=spf1 include:spf.example.net" " -all"'),
    ("spf.example.net", "TXT"): ('"v=spf1 a:mail.example.net ?all"',),
    ("mail.example.net", "A"): ("198.51.100.7",),
    ("mail.example.net", "AAAA"): ("2001:db8::7",),
    ("s1._domainkey.example.org", "TXT"): ('"v=DKIM1; k=rsa; p=MIIB"',),
    ("_dmarc.example.org", "TXT"): ('"v=DMARC1; p=quarantine; rua=mailto:d@example.org"',),
}
"""A domain with which nothing is wrong."""


def spf(text: str, **others: str) -> Zone:
    """Return a zone with a policy, and those of other domains."""
    zone = {(DOMAIN, "TXT"): (f'"{text}"',)}
    return zone | {(f"{name}.{DOMAIN}", "TXT"): (f'"{other}"',) for name, other in others.items()}


def summary(conditions: Iterator[Condition]) -> list[str]:
    """Return how each condition is."""
    return [
        "ok"
        if item.is_met
        else "unknown"
        if not item.is_known
        else "faulty"
        if item.is_needed
        else "without"
        for item in conditions
    ]


def test_a_sound_domain_has_nothing_to_mend() -> None:
    """Each record is found, whatever else is beside it."""
    with serve_names(SOUND) as records:
        conditions = list(examine_domain(records, SENDING))

    assert summary(iter(conditions)) == ["ok"] * 7
    shown = "\n".join(item.name for item in conditions)
    assert "mx.example.org, backup.example.org" in shown
    assert "v=spf1 include:spf.example.net -all" in shown
    assert "s1" in shown
    assert "p=quarantine" in shown


def test_a_domain_without_records_gets_those_that_it_lacks() -> None:
    """Each remedy is a record that can be published as it is."""
    with serve_names({}) as records:
        conditions = list(examine_domain(records, SENDING))

    assert summary(iter(conditions)) == ["faulty", "faulty", "unknown", "without"]
    remedies = [item.remedy for item in conditions]
    assert "example.org. MX 10 mail.example.org." in remedies[0]
    assert 'example.org. TXT "v=spf1 mx a:mail.example.net ~all"' in remedies[1]
    assert "dkim_selector" in remedies[2]
    assert '_dmarc.example.org. TXT "v=DMARC1; p=none; rua=mailto:' in remedies[3]


def test_where_dns_does_not_answer_nothing_is_faulty() -> None:
    """What is not known is said so, after little waiting."""
    fails: Zone = {(name, "FAIL"): () for name in (DOMAIN, "mail.example.net")}
    with serve_names(fails) as records:
        conditions = list(examine_domain(records, SENDING))

    assert set(summary(iter(conditions))) == {"unknown"}
    with serve_names({}, is_worldly=False) as records:  # a closed network: it says no to everything
        assert set(summary(examine_domain(records, SENDING))) == {"unknown"}
    silent = DomainRecords(nameservers=("127.0.0.1",), port=9, seconds=0.2)
    assert silent.texts(DOMAIN) is None


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ({(DOMAIN, "MX"): ("0 .",)}, "faulty"),
        ({(DOMAIN, "MX"): ("10 mx.example.org.",)}, "ok"),
        ({(DOMAIN, "A"): ("198.51.100.1",)}, "ok"),
        ({(DOMAIN, "TXT"): ('"nothing"',)}, "faulty"),
    ],
)
def test_a_sender_takes_mail(zone: Zone, expected: str) -> None:
    """A null MX says no (RFC 7505); an address alone will do (RFC 5321, 5.1)."""
    with serve_names(zone) as records:
        assert summary(iter([examine_exchanges(records, DOMAIN)])) == [expected]


# ---------------------------------------------------------------- SPF


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (spf("v=spf1 ip4:198.51.100.7 -all"), Verdict.PASS),
        (spf("v=spf1 ip4:198.51.100.0/24 -all"), Verdict.PASS),
        (spf("V=SPF1 IP4:198.51.100.7 -ALL"), Verdict.PASS),
        (spf("v=spf1 ip4:198.51.100.8 -all"), Verdict.FAIL),
        (spf("v=spf1 ~all"), Verdict.SOFTFAIL),
        (spf("v=spf1"), Verdict.NEUTRAL),
        (spf("v=spf1 -ip4:198.51.100.7 +all"), Verdict.FAIL),
        (spf("v=spf1 exp=why.example.org ?all"), Verdict.NEUTRAL),
        (spf("v=spf10 -all"), Verdict.NONE),
        (spf("v=spf1 ip6:2001:db8::/32 -all"), Verdict.FAIL),
        (spf("v=spf1 include:a.example.org -all", a="v=spf1 ip4:198.51.100.7 -all"), Verdict.PASS),
        (spf("v=spf1 include:a.example.org ~all", a="v=spf1 -all"), Verdict.SOFTFAIL),
        (spf("v=spf1 redirect=a.example.org", a="v=spf1 ip4:198.51.100.7 -all"), Verdict.PASS),
        (spf("v=spf1 redirect=a.example.org ~all", a="v=spf1 +all"), Verdict.SOFTFAIL),
        (spf("v=spf1 exists:%{i}.example.org -all"), Verdict.UNKNOWN),
        (spf("v=spf1 ptr -all"), Verdict.UNKNOWN),
        (spf("v=spf1 a -all") | {(DOMAIN, "A"): ("198.51.100.7",)}, Verdict.PASS),
        (spf("v=spf1 a/24 -all") | {(DOMAIN, "A"): ("198.51.100.9",)}, Verdict.PASS),
        (spf("v=spf1 a//64 -all") | {(DOMAIN, "A"): ("198.51.100.9",)}, Verdict.FAIL),
        (
            spf("v=spf1 mx:example.org/28 -all")
            | {
                (DOMAIN, "MX"): ("10 mx.example.org.",),
                ("mx.example.org", "A"): ("198.51.100.1",),
            },
            Verdict.PASS,
        ),
        (
            spf("v=spf1 a:gone.example.org -all") | {("gone.example.org", "FAIL"): ()},
            Verdict.UNKNOWN,
        ),
    ],
)
def test_policies_are_evaluated_as_receivers_do(zone: Zone, expected: Verdict) -> None:
    """The rules of RFC 7208."""
    with serve_names(zone) as records:
        assert PolicyReader(records).judge("198.51.100.7", DOMAIN) is expected


@pytest.mark.parametrize(
    "zone",
    [
        {(DOMAIN, "TXT"): ('"v=spf1 -all"', '"v=spf1 mx -all"')},
        spf("v=spf1 ipv4:198.51.100.7 -all"),
        spf("v=spf1 ip4:198.51.100.777 -all"),
        spf("v=spf1 include:none.example.org -all"),
        spf("v=spf1 include:a.example.org -all", a="v=spf1 include:example.org -all"),
        spf("v=spf1 " + " ".join(f"a:h{number}.example.org" for number in range(11)) + " -all"),
    ],
)
def test_broken_policies_are_faulty(zone: Zone) -> None:
    """Two records, unknown terms, references to nothing, circles, too many questions."""
    with serve_names(zone) as records:
        with pytest.raises(BrokenPolicy):
            PolicyReader(records).judge("198.51.100.7", DOMAIN)
        conditions = list(examine_policy(records, SENDING, has_key=True))

    assert summary(iter(conditions)) == ["faulty"]


@pytest.mark.parametrize(
    ("text", "expected", "remedy"),
    [
        ("v=spf1 ip4:198.51.100.7 ip6:2001:db8::7 ~all", ["ok", "ok", "ok"], ""),
        ("v=spf1 mx -all", ["ok", "ok", "without"], '"v=spf1 mx a:mail.example.net -all"'),
        ("v=spf1 ip4:198.51.100.7 -all", ["ok", "ok", "without"], "a:mail.example.net -all"),
        ("v=spf1 mx ?all", ["ok", "without", "without"], '"v=spf1 mx ~all"'),
        ("v=spf1 +all", ["ok", "without", "ok"], '"v=spf1 ~all"'),
    ],
)
def test_a_policy_names_the_server_and_nobody_else(
    text: str, expected: list[str], remedy: str
) -> None:
    """All addresses of the server, and no stranger's; the remedy is the record to publish."""
    with serve_names({**SOUND, **spf(text), (DOMAIN, "MX"): ("0 .",)}) as records:
        conditions = list(examine_policy(records, SENDING, has_key=True))

    assert summary(iter(conditions)) == expected
    assert remedy in "".join(item.remedy for item in conditions if not item.is_met)


def test_from_where_a_local_server_sends_is_not_known() -> None:
    """It is on this machine, or hands on to another."""
    with serve_names(SOUND) as records:
        found = list(examine_policy(records, replace(SENDING, server=LOCAL), has_key=True))

    assert summary(iter(found)) == ["ok", "ok", "unknown"]


def test_a_missing_policy_matters_where_nothing_else_vouches() -> None:
    """Large receivers want SPF or a signature."""
    with serve_names({}) as records:
        signed = examine_policy(records, SENDING, has_key=True)
        bare = examine_policy(records, SENDING, has_key=False)

        assert (summary(signed), summary(bare)) == (["without"], ["faulty"])


def test_terms_are_put_before_the_last() -> None:
    """What stands behind "all" is never read."""
    assert with_term("v=spf1 mx -all", "a:x") == "v=spf1 mx a:x -all"
    assert with_term("v=spf1 redirect=y", "a:x") == "v=spf1 a:x redirect=y"
    assert with_term("v=spf1", "a:x") == "v=spf1 a:x"
    assert with_term("v=spf1 mx ~all", "") == "v=spf1 mx ~all"


# ---------------------------------------------------------------- DKIM and DMARC


@pytest.mark.parametrize(
    ("selector", "record", "expected"),
    [
        ("own", "v=DKIM1; p=MIIB", "ok"),
        ("own", "p=MIIB", "ok"),
        ("own", "v=DKIM1; p=", "faulty"),
        ("own", "", "faulty"),
        ("", "v=DKIM1; p=MIIB", "unknown"),
    ],
)
def test_a_key_that_is_named_must_be_there(selector: str, record: str, expected: str) -> None:
    """A withdrawn key is none; without a name, it cannot be known that there is none."""
    zone = {("own._domainkey.example.org", "TXT"): (f'"{record}"',)} if record else {}
    with serve_names(zone) as records:
        condition = examine_keys(records, replace(SENDING, selector=selector))

    assert summary(iter([condition])) == [expected]


@pytest.mark.parametrize(
    ("sender", "bounces", "zone", "expected"),
    [
        (DOMAIN, DOMAIN, {("_dmarc.example.org", "TXT"): ('"v=DMARC1; p=none"',)}, ["ok", "ok"]),
        ("news.example.org", "b.example.org", SOUND, ["ok", "ok"]),
        (DOMAIN, "example.com", SOUND, ["ok", "without"]),
        (
            DOMAIN,
            "b.example.org",
            {("_dmarc.example.org", "TXT"): ('"v=DMARC1;p=none;aspf=s"',)},
            ["ok", "without"],
        ),
        (
            DOMAIN,
            DOMAIN,
            {("_dmarc.example.org", "TXT"): ('"v=DMARC1; rua=mailto:x"',)},
            ["faulty", "ok"],
        ),
        (
            DOMAIN,
            DOMAIN,
            {("_dmarc.example.org", "TXT"): ('"v=DMARC1; p=none"', '"v=DMARC1; p=reject"')},
            ["faulty"],
        ),
        (DOMAIN, DOMAIN, {("_dmarc.example.org", "TXT"): ('"something"',)}, ["without"]),
        (DOMAIN, DOMAIN, {("_dmarc.example.org", "FAIL"): ()}, ["unknown"]),
    ],
)
def test_forgeries_are_told_from_mail_of_the_domain(
    sender: str, bounces: str, zone: Zone, expected: list[str]
) -> None:
    """One record with a policy, of the domain or the one above it; bounces to the same domain."""
    sending = Sending(sender=f"office@{sender}", bounces=f"bounces@{bounces}")
    with serve_names(zone) as records:
        assert summary(examine_alignment(records, sending)) == expected
