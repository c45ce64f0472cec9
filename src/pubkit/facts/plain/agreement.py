"""Whether an English and a Chinese text have the same plain values."""

import re

from pubkit.facts.plain.chinese import read_plain_chinese
from pubkit.facts.plain.english import read_plain_english
from pubkit.facts.plain.said import Said, UnusualError
from pubkit.patterns import pattern

UNDER = pattern(
    r"\b(?:under|nearly|almost|close to|approaching|less than|fewer than|below|lower than|short of"
    r"|shy of)\b",
    re.IGNORECASE,
)
"""What may say that a figure is an upper bound."""
OVER = pattern(
    r"\b(?:over|(?:more|greater|higher|longer) than|(?:no|not) (?:less|fewer|lower) than|above"
    r"|at least"
    r"|exceed\w*|upwards? of|in excess of|surpass\w*|beyond|pass(?:e[sd]|ing)?|top(?:s|ped|ping)?) "
    r"|\d(?:\+|-plus|-odd)|\bor more\b|\band more\b|\bplus\b",
    re.IGNORECASE,
)
"""What may say that a figure is a lower bound."""


def agree_plainly(english: str, chinese: str, *, is_into_chinese: bool) -> bool:
    """Return whether both texts say the same in usual forms, or nothing; False if unknown."""
    try:
        here, there = read_plain_english(english), read_plain_chinese(chinese)
    except UnusualError:
        return False
    if (here.sure != there.sure or here.small != there.small) and not _agree(
        here, there, is_into_chinese
    ):
        return False
    return not (
        (there.is_over and UNDER.search(english)) or (there.is_under and OVER.search(english))
    )


def _agree(here: Said, there: Said, is_into_chinese: bool) -> bool:
    """Return whether no value differs; a small one may be left out on one side."""
    if is_into_chinese:
        _name_months(here, there)
    all_here, all_there = (one.sure | one.small | one.vague for one in (here, there))
    return (
        here.sure <= all_there
        and there.sure <= all_here
        and (here.small <= all_there or there.small <= all_here)
    )


def _name_months(here: Said, there: Said) -> None:
    """Give the days of a Chinese text the months that the English dates have: 27日."""
    for bare in [value for value in there.sure if value[0] == "day"]:
        dates = [one for one in here.sure if isinstance(one[1], tuple) and one[1][2] == bare[1]]
        if dates:
            there.sure.remove(bare)
            there.sure.update(dates)
