"""Slips of single letters, denials, and ordinary words."""

import pytest

from pubkit.names.negation import is_chinese_denial_lost, is_english_denial_lost
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


@pytest.mark.parametrize(
    ("english", "chinese", "expected"),
    [
        ("The hall is not open.", "展厅开放。", True),
        ("The hall is not open.", "展厅关闭。", False),
        ("The hall is not open.", "展厅无锡开放。", True),
        ("It is not only a hall.", "这既是展厅。", False),
        ("Reply no later than noon.", "请于中午前回复。", False),
        ("The hall is open.", "展厅开放。", False),
    ],
)
def test_english_denial_needs_an_answer(english: str, chinese: str, expected: bool) -> None:
    """A positive word may answer; a name with 无 in it does not."""
    assert is_english_denial_lost(english, chinese) is expected


@pytest.mark.parametrize(
    ("chinese", "english", "expected"),
    [
        ("展厅不开放。", "The hall is open.", True),
        ("展厅不开放。", "The hall is closed.", False),
        ("展厅不断开放。", "The hall is open.", False),
        ("他不得不离开。", "He had to leave.", False),
        ("该船没有到达。", "The ship arrived.", True),
        ("难道没有到达？", "The ship arrived.", False),
    ],
)
def test_chinese_denial_needs_an_answer(chinese: str, english: str, expected: bool) -> None:
    """Words that only look like a denial, and two denials in one, need none."""
    assert is_chinese_denial_lost(chinese, english) is expected
