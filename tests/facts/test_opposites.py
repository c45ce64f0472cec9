"""Translations that say the opposite without a word of denial."""

import pytest

from pubkit.facts.opposites import opposite

PAIRS = [
    ("We stopped buying tablets.", "我们不再采购平板电脑。", "我们继续采购平板电脑。"),
    ("Work continues all summer.", "整个夏天施工照常进行。", "整个夏天施工停止。"),
    ("The council rejected the plan.", "市议会否决了计划。", "市议会批准了计划。"),
    ("The council approved the plan.", "市议会通过了计划。", "市议会否决了计划。"),
    ("He was not convinced.", "他不以为然。", "他深以为然。"),
    ("Dogs are banned.", "禁止携犬。", "允许携犬。"),
    ("The road is closed.", "道路封闭。", "道路恢复开放。"),
    ("Growth slowed.", "增速放缓。", "增速加快。"),
    ("Imports fell.", "进口下降。", "出口下降。"),
    ("The group sold the hotel.", "集团出售了酒店。", "集团收购了酒店。"),
    ("The women finished third.", "女子队获得第三名。", "男子队获得第三名。"),
    ("at least 40 hours", "至少40小时", "不超过40小时"),
]


@pytest.mark.parametrize(("english", "good", "bad"), PAIRS)
def test_opposite_is_found_and_its_neighbour_is_not(english: str, good: str, bad: str) -> None:
    """One word decides what a sentence says."""
    assert opposite(english, good) is None
    assert opposite(english, bad) is not None


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The plan was rejected, the budget approved.", "计划未获批准，预算通过。"),
        ("He agreed to stop work.", "他同意继续停工。"),
        ("They sold the site to a buyer in Oslo.", "奥斯陆的一位买家购得该地块。"),
        ("The hall stays closed until May.", "展厅5月前不对外开放。"),
    ],
)
def test_text_that_knows_both_sides_is_silent(english: str, chinese: str) -> None:
    """What is denied, or said of another thing, is no opposite."""
    assert opposite(english, chinese) is None
