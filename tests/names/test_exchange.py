"""Do two persons of a text have each other's part?"""

import pytest

from pubkit.model import Span
from pubkit.names.persons.exchange import Place, find_exchanged

NAMES = {"Ann": "安妮", "Bob": "鲍勃", "Eve": "伊娃"}


def places(text: str, forms: dict[str, str]) -> list[Place[str]]:
    """Return where a text names the persons, in order."""
    found = [
        (name, Span(text.find(form), text.find(form) + len(form)))
        for name, form in forms.items()
        if form in text
    ]
    return sorted(found, key=lambda place: place[1].start)


def exchanged(english: str, chinese: str) -> tuple[str, str] | None:
    """Return which of the persons changed places."""
    both = places(english, {name: name for name in NAMES}), places(chinese, NAMES)
    return find_exchanged(english, chinese, both, ((), ()))


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Dean Ann and Captain Bob met.", "院长安妮与队长鲍勃会面。"),
        ("Dean Ann and Captain Bob met.", "队长鲍勃与院长安妮会面。"),
        ("Ann, Dean, and Bob, Captain, met.", "安妮院长与鲍勃队长会面。"),
        ("Ann moderated; Bob sang.", "鲍勃演唱，安妮主持。"),
        ("Deans Ann and Bob met.", "鲍勃、安妮两位院长会面。"),
        ("Ann and Bob signed the contract.", "鲍勃与安妮签署合同。"),
        ("Ann (left) and Bob", "鲍勃与安妮（左）"),
        ("From left: Ann, Bob and Eve", "左起：安妮、鲍勃、伊娃"),
        ("Ann, Bob and Eve came.", "伊娃、鲍勃、安妮都来了。"),
    ],
)
def test_free_translations_are_no_exchange(english: str, chinese: str) -> None:
    """Chinese has another order of words, and persons may be told in another order."""
    assert exchanged(english, chinese) is None


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Dean Ann and Captain Bob met.", "院长鲍勃与队长安妮会面。"),
        ("Ann, Dean, and Bob, Captain, met.", "鲍勃院长与安妮队长会面。"),
        ("Ann moderated; Bob sang.", "鲍勃主持，安妮演唱。"),
        ("Ann (left) and Bob", "鲍勃（左）与安妮"),
        ("From left: Ann, Bob and Eve", "左起：鲍勃、安妮、伊娃"),
    ],
)
def test_exchanged_persons_are_found(english: str, chinese: str) -> None:
    """Each has the other's office, action or place."""
    assert exchanged(english, chinese) == ("Ann", "Bob")


def test_long_lists_are_not_compared() -> None:
    """Who stands alone, or beside too many, has nobody to change places with."""
    assert exchanged("Dean Ann came.", "院长安妮来了。") is None
