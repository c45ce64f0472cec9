"""Addresses: what is one is kept in one spelling, what is none says why and what is meant."""

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from pubkit.distribution.addresses import needs_smtputf8, parse_address
from pubkit.errors import AddressError

ACCEPTED = {
    "anna@example.org": "anna@example.org",
    "Anna.Weber+news@EXAMPLE.ORG": "Anna.Weber+news@example.org",
    " anna@example.org\u3000": "anna@example.org",
    "o'brien@example.org": "o'brien@example.org",
    "anna@example.test": "anna@example.test",
    "anna@host.localhost": "anna@host.localhost",
    "anna@LOCALHOST": "anna@localhost",
    "anna@mail.local": "anna@mail.local",
    "anna@münchen.example": "anna@xn--mnchen-3ya.example",
    "anna@Faß.de": "anna@xn--fa-hia.de",
    "u\u0308@example.org": "ü@example.org",
    "用户@例子.中国": "用户@xn--fsqu00a.xn--fiqs8s",
}


@pytest.mark.parametrize(("written", "kept"), ACCEPTED.items())
def test_an_address_is_kept_in_one_spelling(written: str, kept: str) -> None:
    """The domain becomes ASCII in small letters; the local part stays."""
    assert parse_address(written) == kept


@pytest.mark.parametrize(
    ("written", "reason", "meant"),
    [
        ("", "empty", ""),
        ("anna", "no @", ""),
        ("anna@", "no domain", ""),
        ("@example.org", "before the @", ""),
        ("anna@gmail", "no dot", ""),
        ("anna@example,org", "comma", "anna@example.org"),
        ("anna @example.org", "blank", "anna@example.org"),
        ("anna＠example．org", "width", "anna@example.org"),
        ("anna@example。org", "width", "anna@example.org"),
        ("ａnna@example.org", "width", "anna@example.org"),
        ("mailto:anna@example.org", "link", "anna@example.org"),
        ("Anna Weber <anna@example.org>", "name beside it", "anna@example.org"),
        ("anna (at) example.org", "no @", "anna@example.org"),
        ("anna@example.org.", "dot", "anna@example.org"),
        ("an..na@example.org", "dot", "an.na@example.org"),
        ("o’brien@example.org", "“’”", "o'brien@example.org"),
        ("anna\u200b@example.org", "U+200B", "anna@example.org"),
        ("anna@example.org; ben@example.org", "more than one", "row of its own"),
        ("anna@example.org、ben@example.org", "more than one", "row of its own"),
        ("anna@ben@example.org", "more than one @", ""),
        ("anna@[192.0.2.1]", "bracketed", ""),
        ("anna@192.0.2.1", "top-level", ""),
        ("anna@exa_mple.org", "_", ""),
        ("anna@ab--cd.org", "dashes", ""),
        ("a" * 65 + "@example.org", "too long", ""),
        ("anna@" + "a" * 64 + ".org", "too", ""),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_is_meant(
    written: str, reason: str, meant: str
) -> None:
    """Who reads it mends the roster without a look into a standard."""
    with pytest.raises(AddressError) as refused:
        parse_address(written)

    assert reason in refused.value.message
    assert meant in (refused.value.remedy or "")


@given(st.text(), st.characters(categories=["Cc", "Cs"]), st.text())
def test_no_address_has_a_control_character(before: str, letter: str, after: str) -> None:
    """What could end a header or steer a program gets no farther."""
    with pytest.raises(AddressError):
        parse_address(f"a{before}{letter}{after}@example.org")


def test_only_a_local_part_beyond_ascii_needs_smtputf8() -> None:
    """A domain is written in ASCII, and then every server takes it."""
    assert needs_smtputf8(parse_address("用户@example.org"))
    assert not needs_smtputf8(parse_address("anna@例子.中国"))


SIGNS = "aZ09.-_+@!x"
NEARLY = st.one_of(
    st.from_regex(r"\A[aB1.+_-]{1,6}@([aX1-]{1,4}\.){1,3}[a-z1-]{1,3}\Z"),
    st.text(SIGNS, min_size=1, max_size=20).map(lambda text: f"a{text}@b{text}.org"),
    st.builds("{}@{}.org".format, st.text("ab", max_size=70), st.text("ab-", max_size=66)),
    st.integers(180, 260).map(lambda size: "a@" + ("b" * 50 + ".") * (size // 51) + "c" * 40),
)


@given(NEARLY)
def test_the_short_way_judges_as_the_library_does(text: str) -> None:
    """Nearly all addresses are plain, and take the short way."""
    try:
        found = validate_email(text, check_deliverability=False, strict=True)
        expected = f"{text.rpartition('@')[0]}@{found.ascii_domain}"
    except EmailNotValidError:
        expected = None
    try:
        parsed = parse_address(text)
    except AddressError:
        parsed = None

    assert parsed == expected


@given(st.one_of(NEARLY, st.sampled_from(sorted(ACCEPTED)), st.emails()))
def test_what_is_kept_is_kept_as_it_is(text: str) -> None:
    """Parsing an address again changes nothing."""
    try:
        once = parse_address(text)
    except AddressError:
        return

    assert parse_address(once) == once
