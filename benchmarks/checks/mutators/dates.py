"""Faults in dates, times and weekdays."""

import re
from collections.abc import Iterator

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.mutators.figures import MONTH, MONTHS
from benchmarks.checks.sites import Site

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
CHINESE_WEEKDAY = "(?<=星期|礼拜)[一二三四五六日天]|(?<=[（本上下每，、至到于]周)[一二三四五六日]"
LATIN_DATE = rf"\b(?:[Oo]n )?(?:(?:{MONTH}) \d+|\d+ (?:{MONTH}))(?:,? \d{{4}})?\b"


@fault(Group.FACTS, "date", "number", "weekday")
def day_changed(site: Site) -> Iterator[str]:
    """The day of a date is another one."""
    latin = rf"\b(?:{MONTH}) (?P<day>\d{{1,2}})\b"
    for match in site.matches(r"(?<=月)(?P<day>\d{1,2})(?=日)" if site.is_chinese else latin):
        for day in site.shuffled(range(13, 29)):
            if not _has_number(day, site):
                yield site.substitute(match, str(day), "day")


@fault(Group.FACTS, "date", "number", "weekday", lang="zh")
def month_changed(site: Site) -> Iterator[str]:
    """The month of a date is another one."""
    for match in site.matches(r"(?<![\d个])\d{1,2}(?=月)"):
        for month in site.shuffled(range(1, 13)):
            if not _has_number(month, site) and MONTHS[month - 1][:3] not in site.source:
                yield site.substitute(match, str(month))


@fault(Group.FACTS, "date", "number", "weekday", lang="en")
def month_changed_in_latin(site: Site) -> Iterator[str]:
    """The month of a date is another one."""
    for match in site.matches(rf"\b(?:{MONTH})\b(?=,? \d)|(?<=\d )(?:{MONTH})\b"):
        for month in site.shuffled(range(1, 13)):
            if f"{month}月" not in site.source and MONTHS[month - 1] not in site.target:
                yield site.substitute(match, MONTHS[month - 1])


@fault(Group.FACTS, "date", "number")
def year_changed(site: Site) -> Iterator[str]:
    """The year of a date is another one."""
    after = "(?=年|届)" if site.is_chinese else r"\b(?![,.]\d)"
    for match in site.matches(rf"(?<![\d.,$])(?:19|20)\d\d{after}"):
        for step in site.shuffled((-1, 1, 10, -10, 2)):
            year = str(int(match[0]) + step)
            if year not in site.source + site.target and match[0] in site.source:
                yield site.substitute(match, year)


@fault(Group.FACTS, "date", "number", "weekday", lang="zh")
def day_and_month_exchanged(site: Site) -> Iterator[str]:
    """Day and month have changed places: 5月8日 is 8月5日."""
    for match in site.matches(r"(?<!\d)(\d{1,2})月(\d{1,2})日"):
        month, day = match[1], match[2]
        if month != day and int(day) <= 12 and f"{day}月{month}日" not in site.target:
            yield site.substitute(match, f"{day}月{month}日")


@fault(Group.FACTS, "date", "number")
def date_dropped(site: Site) -> Iterator[str]:
    """A date is left out."""
    pattern = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日" if site.is_chinese else LATIN_DATE
    for match in site.matches(pattern):
        if site.target.strip() != match[0] and site.target.count(match[0]) == 1:
            yield re.sub("(?<=[a-z,])  +", " ", site.substitute(match, "")).strip()


@fault(Group.FACTS, "time", "number")
def time_changed(site: Site) -> Iterator[str]:
    """The time of day is another one."""
    for match in site.matches(r"(?<![\d:：])\d{1,2}[:：](?P<minutes>\d{2})(?![\d:：])"):
        others = ("05", "10", "25", "35", "50", "55")
        minutes = next(one for one in site.shuffled(others) if one not in site.target)
        yield site.substitute(match, minutes, "minutes")
    for match in site.matches(r"(?<=[午晚上晨间])(\d{1,2})(?=[时点])"):
        hour = str(int(match[1]) % 11 + 1)
        if not _has_number(int(hour), site):
            yield site.substitute(match, hour)


@fault(Group.FACTS, "time", lang="zh")
def half_of_day_changed(site: Site) -> Iterator[str]:
    """The afternoon has become the morning."""
    others = {"上午": "下午", "下午": "上午", "晚上": "早上", "凌晨": "下午", "早上": "晚上"}
    evidence = r"\b[ap]\.?m\b|morning|afternoon|evening|noon|night|\d\d:\d\d"
    for match in site.matches("|".join(others)):
        if re.search(evidence, site.source, re.IGNORECASE):
            yield site.substitute(match, others[match[0]])


@fault(Group.FACTS, "time", lang="en")
def half_of_day_changed_in_latin(site: Site) -> Iterator[str]:
    """The afternoon has become the morning."""
    others = {"a.m.": "p.m.", "p.m.": "a.m.", "morning": "afternoon", "afternoon": "morning"}
    for match in site.matches("|".join(map(re.escape, others))):
        if re.search(r"[上下]午|晚|早|晨|中午|[\d一二三四五六七八九十][时点:：]", site.source):
            yield site.substitute(match, others[match[0]])


@fault(Group.FACTS, "weekday", "date")
def weekday_changed(site: Site) -> Iterator[str]:
    """The day of the week is another one."""
    days = "一二三四五六" if site.is_chinese else WEEKDAYS
    pattern = CHINESE_WEEKDAY if site.is_chinese else rf"\b(?:{'|'.join(WEEKDAYS)})\b"
    for match in site.matches(pattern):
        for day in site.shuffled(days):
            if (
                f"周{day}" not in site.target
                and f"星期{day}" not in site.target
                and day != match[0]
            ):
                yield site.substitute(match, day)


def _has_number(value: int, site: Site) -> bool:
    return bool(re.search(rf"(?<!\d){value}(?!\d)", site.source + " " + site.target))
