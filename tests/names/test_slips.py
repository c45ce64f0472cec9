"""Slips of single letters, and ordinary words."""

import pytest

from pubkit.names.variants import is_one_slip
from pubkit.names.vocabulary import is_english_word


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Pan", "Fan", True),
        ("SMSE", "MSE", True),
        ("YMSA", "YSMA", True),
        ("Yuan", "Yua", True),
        ("Pan", "Pan", False),
        ("Pan", "Feng", False),
        ("Chen", "Zhang", False),
        ("PKU", "PKUSZ", False),
    ],
)
def test_slip_is_one_letter_or_two_in_the_wrong_order(one: str, other: str, expected: bool) -> None:
    """Exchanged, lost, added, swapped; two such slips are another word."""
    assert is_one_slip(one, other) is expected
    assert is_one_slip(other, one) is expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("meeting", True),
        ("materials", True),
        ("studied", True),
        ("biomimetic", True),
        ("cross-scale", True),
        ("centre", True),
        ("lorvaxaban", False),
        ("npm", False),
        ("app", False),
    ],
)
def test_ordinary_words_are_known_in_every_form(word: str, expected: bool) -> None:
    """Names of drugs and programs are no words, and loanwords are no foreign ones."""
    assert is_english_word(word) is expected
