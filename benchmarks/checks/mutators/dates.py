"""Faults in dates, times and weekdays."""

import re
from collections.abc import Iterator

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.sites import Site

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS)
FULL_MONTH = "|".join(MONTHS)
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@fault(Group.FACTS, "date", "number", "weekday")
def day_changed(site: Site) -> Iterator[str]:
    """The day of a date is another one."""
    pattern = (
        r"(?<=月)(?P<day>\d{1,2})(?=日)"
        if site.is_chinese
        else rf"\b(?:{MONTH})\.? (?P<day>\d{{1,2}})\b(?!,\d)|\b(?P<first>\d{{1,2}}) (?:{MONTH})\b"
    )
    for match in site.matches(pattern):
        group = "day" if match["day"] else "first"
        for day in site.shuffled(range(13, 29)):
            if not _has_number(day, site):
                yield site.substitute(match, str(day), group)


@fault(Group.FACTS, "date", "number", "weekday")
def month_changed(site: Site) -> Iterator[str]:
    """The month of a date is another one."""
    if site.is_chinese:
        for match in site.matches(r"(?<![\d个])\d{1,2}(?=月)"):
            for month in site.shuffled(range(1, 13)):
                if not _has_number(month, site) and not _has_month(month, site.source):
                    yield site.substitute(match, str(month))
        return
    for match in site.matches(
        rf"\b(?:{'|'.join(MONTHS)})\b(?=,? \d)|(?<=\d )(?:{'|'.join(MONTHS)})\b"
    ):
        for month in site.shuffled(range(1, 13)):
            if f"{month}月" not in site.source and MONTHS[month - 1] not in site.target:
                yield site.substitute(match, MONTHS[month - 1])


@fault(Group.FACTS, "date", "number")
def year_changed(site: Site) -> Iterator[str]:
    """The year of a date is another one."""
    for match in site.matches(
        r"(?<![\d.,])(?:19|20)\d\d(?=年|届)"
        if site.is_chinese
        else r"(?<![\d.,$])(?:19|20)\d\d\b(?![,.]\d)"
    ):
        for step in site.shuffled((-1, 1, 10, -10, 2)):
            year = str(int(match[0]) + step)
            if year not in site.source and year not in site.target and match[0] in site.source:
                yield site.substitute(match, year)


@fault(Group.FACTS, "date", "number", "weekday")
def day_and_month_exchanged(site: Site) -> Iterator[str]:
    """Day and month have changed places: 5月8日 is 8月5日."""
    for match in site.matches(r"(?<!\d)(\d{1,2})月(\d{1,2})日" if site.is_chinese else r"(?!)"):
        month, day = match[1], match[2]
        if month != day and int(day) <= 12 and f"{day}月{month}日" not in site.target:
            yield site.substitute(match, f"{day}月{month}日")


@fault(Group.FACTS, "date", "number")
def date_dropped(site: Site) -> Iterator[str]:
    """A date is left out."""
    pattern = (
        r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
        if site.is_chinese
        else rf"\b(?:[Oo]n )?(?:(?:{FULL_MONTH}) \d+|\d+ (?:{FULL_MONTH}))(?:,? \d{{4}})?\b"
    )
    for match in site.matches(pattern):
        text = re.sub("  +", " ", site.substitute(match, ""))
        if text.strip() and site.target.count(match[0]) == 1:
            yield text


@fault(Group.FACTS, "time", "number")
def time_changed(site: Site) -> Iterator[str]:
    """The time of day is another one."""
    for match in site.matches(r"(?<![\d:：])(\d{1,2})(?P<mark>[:：])(\d{2})(?![\d:：])"):
        minutes = next(
            other
            for other in site.shuffled(("05", "10", "25", "35", "50", "55"))
            if other != match[3]
        )
        yield site.substitute(match, match[1] + match["mark"] + minutes)
    for match in site.matches(r"(?<=[午晚上晨间])(\d{1,2})(?=[时点])"):
        other = str(int(match[1]) % 11 + 1)
        if not _has_number(int(other), site):
            yield site.substitute(match, other)


@fault(Group.FACTS, "time")
def half_of_day_changed(site: Site) -> Iterator[str]:
    """The afternoon has become the morning."""
    if site.is_chinese:
        pairs = {"上午": "下午", "下午": "上午", "晚上": "早上", "凌晨": "下午", "早上": "晚上"}
        evidence = r"\b[ap]\.?m\b|morning|afternoon|evening|noon|night|\d\d:\d\d"
    else:
        pairs = {
            "a.m.": "p.m.",
            "p.m.": "a.m.",
            "morning": "afternoon",
            "afternoon": "morning",
            "evening": "morning",
        }
        evidence = "上午|下午|晚|早|凌晨|中午|时|点"
    for match in site.matches("|".join(map(re.escape, pairs))):
        if re.search(evidence, site.source, re.IGNORECASE):
            yield site.substitute(match, pairs[match[0]])


@fault(Group.FACTS, "weekday", "date")
def weekday_changed(site: Site) -> Iterator[str]:
    """The day of the week is another one."""
    if site.is_chinese:
        for match in site.matches(
            "(?<=星期|礼拜)[一二三四五六日天]|(?<=[（本上下每，、至到于]周)[一二三四五六日]"
        ):
            other = next(day for day in site.shuffled("一二三四五六") if day != match[0])
            yield site.substitute(match, other)
        return
    for match in site.matches(r"\b(?:" + "|".join(WEEKDAYS) + r")\b"):
        yield site.substitute(
            match, next(day for day in site.shuffled(WEEKDAYS) if day not in site.target)
        )


def _has_number(value: int, site: Site) -> bool:
    return bool(re.search(rf"(?<!\d){value}(?!\d)", site.source + " " + site.target))


def _has_month(month: int, text: str) -> bool:
    return MONTHS[month - 1][:3] in text
