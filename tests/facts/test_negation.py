"""Does a translation deny what its source denies?"""

import pytest

from pubkit.facts.negation import is_chinese_denial_lost, is_english_denial_lost


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
