"""Names of messages and tokens of members: the same on every attempt, and nobody makes one up."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.distribution.identity import Identity
from pubkit.errors import DeliveryError

IDENTITY = Identity(b"a secret")
DELIVERIES = st.integers(0, 2**48 - 1)
BASE = "bounces@example.org"


def message_id(document: str = "report", number: int = 1, key: str = "li@example.org") -> str:
    """Return the name of a message."""
    return IDENTITY.message_id(document, number, key, domain="example.org")


def test_message_id_is_equal_on_every_attempt() -> None:
    """A server that gets a message twice can tell."""
    assert message_id() == message_id()
    assert re.fullmatch(r"<[a-z2-7]{32}@example\.org>", message_id())


@pytest.mark.parametrize(
    "other",
    [
        message_id(document="report1", number=1),
        message_id(number=2),
        message_id(key="liu@example.org"),
        message_id(document="report:1", key="i@example.org"),
        Identity(b"another").message_id("report", 1, "li@example.org", domain="example.org"),
    ],
)
def test_message_id_differs_by_document_campaign_member_and_ledger(other: str) -> None:
    """Two messages never share a name."""
    assert message_id() != other


@given(DELIVERIES)
def test_token_is_read_back_as_its_delivery(delivery: int) -> None:
    """In a link, in the address for bounces and in the one for leaving, in any case of letters."""
    token = IDENTITY.unsubscribe_token(delivery)
    bounces = IDENTITY.return_address(BASE, delivery)
    leaving = IDENTITY.unsubscribe_address(BASE, delivery)

    assert IDENTITY.read_unsubscribe_token(token) == delivery
    assert IDENTITY.read_unsubscribe_token(token.upper()) == delivery
    assert IDENTITY.read_return_address(bounces) == delivery
    assert IDENTITY.read_return_address(f"<{bounces.upper()}>") == delivery
    assert IDENTITY.read_unsubscribe_address(leaving.title()) == delivery


@given(DELIVERIES, st.integers(0, 23), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_token_with_another_letter_is_none_of_ours(delivery: int, at: int, letter: str) -> None:
    """A changed token names nobody, least of all another member."""
    token = IDENTITY.unsubscribe_token(delivery)
    changed = token[:at] + letter + token[at + 1 :]

    assert IDENTITY.read_unsubscribe_token(changed) == (delivery if changed == token else None)


def test_token_serves_one_purpose() -> None:
    """Whoever sees the return address of a message cannot unsubscribe its member."""
    token = IDENTITY.return_address(BASE, 7).partition("+b-")[2].partition("@")[0]

    assert IDENTITY.read_unsubscribe_token(token) is None
    assert IDENTITY.read_return_address(f"bounces+u-{token}@example.org") is None


def test_token_of_another_ledger_is_none_of_ours() -> None:
    """A ledger that was started anew does not take old bounces for its own."""
    assert Identity(b"another").read_unsubscribe_token(IDENTITY.unsubscribe_token(7)) is None


@pytest.mark.parametrize(
    "text", ["", "7", "bounces@example.org", "b+b-@x", "+b-" + "a" * 24 + "@x", "ł" * 24, "a" * 24]
)
def test_strange_text_is_no_token(text: str) -> None:
    """What comes back by mail was written by anyone."""
    assert IDENTITY.read_unsubscribe_token(text) is None
    assert IDENTITY.read_return_address(text) is None
    assert IDENTITY.read_unsubscribe_address(text) is None


def test_token_hides_the_number_of_its_delivery() -> None:
    """Neighbours in the ledger share nothing that is seen."""
    first, second = (IDENTITY.unsubscribe_token(number) for number in (1, 2))

    assert sum(a == b for a, b in zip(first, second, strict=True)) < 8


def test_return_address_keeps_to_the_longest_local_part() -> None:
    """A base that fits is extended; a longer one is refused, with what to do."""
    longest = f"{'a' * 37}@example.org"

    assert len(IDENTITY.return_address(longest, 1).partition("@")[0]) == 64
    with pytest.raises(DeliveryError) as refused:
        IDENTITY.return_address(f"a{longest}", 1)
    assert "37" in (refused.value.remedy or "")


def test_secret_is_not_shown() -> None:
    """A traceback or a log never has it."""
    assert "secret" not in repr(IDENTITY)
    with pytest.raises(ValueError, match="empty"):
        Identity(b"")
