"""Days of the week that are not those of the dates beside them."""

import datetime
import re
from collections.abc import Iterator
from functools import cache

from pubkit.facts.english.patterns import MONTHS
from pubkit.patterns import pattern

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
CHINESE_DAYS = "一二三四五六日天"
ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@cache
def _english() -> re.Pattern[str]:
    return pattern(
        rf"\b(?P<day1>{_DAY}),? (?:the )?(?P<date1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?"
        rf" (?P<month1>{_MONTH}),? (?P<year1>\d{{4}})\b"
        rf"|\b(?P<day2>{_DAY}),? (?P<month2>{_MONTH}) (?P<date2>\d{{1,2}}),? (?P<year2>\d{{4}})\b",
        re.IGNORECASE,
    )


@cache
def _chinese() -> re.Pattern[str]:
    return pattern(
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<date>\d{1,2})日\s?[（(，,]?"
        rf"(?:星期|周|礼拜)(?P<day>[{CHINESE_DAYS}])(?![至到、—–～~-])"
    )


def misnamed_days(text: str, *, is_chinese: bool) -> Iterator[tuple[int, int]]:
    """Yield where full dates stand whose day of the week is another one."""
    for match in (_chinese() if is_chinese else _english()).finditer(text):
        year, month, date, day = _chinese_date(match) if is_chinese else _english_date(match)
        if _weekday(year, month, date) not in (day, None):
            yield match.span()


def _chinese_date(match: re.Match[str]) -> tuple[int, int, int, int]:
    year, month, date = (int(part) for part in match.group("year", "month", "date"))
    return year, month, date, min(CHINESE_DAYS.index(match["day"]), 6)


def _english_date(match: re.Match[str]) -> tuple[int, int, int, int]:
    which = "1" if match["year1"] else "2"
    year, month, date, day = match.group(*(f"{part}{which}" for part in PARTS))
    number = MONTHS.index(month[:3].lower()) + 1
    return int(year), number, int(date), ENGLISH_DAYS.index(day[:3].lower())


PARTS = ("year", "month", "date", "day")


def _weekday(year: int, month: int, date: int) -> int | None:
    """Return the day of the week, 0 for Monday; None if there is no such date."""
    try:
        return datetime.date(year, month, date).weekday()
    except ValueError:
        return None
