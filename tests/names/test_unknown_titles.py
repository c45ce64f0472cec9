"""Words beside a name that look like an office, although the lexicon does not know them."""

import pytest

from pubkit.model import Span
from pubkit.names.titles import Holder, compare_titles
from pubkit.names.titles.unknown import may_have_unknown_title, unknown_office_beside


def _place(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


@pytest.mark.parametrize(
    ("chinese", "word"),
    [
        ("公司总安检师周敏发言。", "公司总安检师"),
        ("周敏，飞行部总教习，发言。", "飞行部总教习"),
        ("周敏是磨坊管事。", "磨坊管事"),
        ("周敏发言。", None),
        ("国家周敏", None),
        ("周敏会见了教练员。", None),
        ("院长潘锋和周敏会见教职员。", None),
    ],
)
def test_words_beside_a_name_may_be_offices(chinese: str, word: str | None) -> None:
    """What ends as offices do counts right beside the name, and nowhere else."""
    found = unknown_office_beside(chinese, _place(chinese, "周敏"))

    assert (chinese[found.start : found.end] if found else None) == word


@pytest.mark.parametrize(
    ("english", "is_likely"),
    [
        ("Purser Li Na spoke.", True),
        ("Li Na, the overseer of the mill, spoke.", True),
        ("After Li Na spoke, all sang.", False),
        ("Li Na spoke.", False),
    ],
)
def test_words_beside_an_english_name_may_be_offices(english: str, *, is_likely: bool) -> None:
    """What ends as words for persons do counts beside the name."""
    assert may_have_unknown_title(english, _place(english, "Li Na")) is is_likely


@pytest.mark.parametrize(
    ("english", "chinese", "has_fault"),
    [
        ("Chief Butler Zhou Min spoke.", "总内管家周敏发言。", False),
        ("Vice Dean Zhou Min spoke.", "教务总师周敏发言。", True),
        ("Vice Dean Zhou Min spoke.", "教务副总师周敏发言。", False),
        ("Zhou Min, President of the club, spoke.", "俱乐部主席周敏发言。", False),
        ("Zhou Min, Chair of the choir, spoke.", "合唱团团长周敏发言。", False),
        ("Zhou Min, Vice Chair of the choir, spoke.", "合唱团团长周敏发言。", True),
        ("Dean Zhou Min spoke.", "教练周敏发言。", True),
        ("Dean Zhou Min spoke.", "周敏发言。", True),
    ],
)
def test_unknown_offices_are_judged_by_modifiers(
    english: str, chinese: str, *, has_fault: bool
) -> None:
    """A word that may be an office is right as long as 副 and its like are there."""
    holder = Holder(
        name="Zhou Min", english=_place(english, "Zhou Min"), chinese=_place(chinese, "周敏")
    )

    assert bool(compare_titles(english, chinese, holders=[holder])) is has_fault
