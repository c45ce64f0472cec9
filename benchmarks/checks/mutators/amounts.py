"""Faults in money, measures and percentages."""

import re
from collections.abc import Iterator, Mapping

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.mutators.figures import with_other_digit
from benchmarks.checks.sites import Site

CURRENCIES = {
    "美元": "欧元",
    "欧元": "美元",
    "英镑": "美元",
    "港元": "美元",
    "港币": "美元",
    "日元": "韩元",
    "新元": "美元",
    "人民币": "港币",
    "元": "美元",
}
LATIN_CURRENCIES = {
    "RMB": "HK$",
    "CNY": "USD",
    "EUR": "GBP",
    "US$": "HK$",
    "HK$": "US$",
    "yuan": "dollars",
    "US dollars": "euros",
    "euros": "dollars",
    "dollars": "euros",
    "€": "£",
    "£": "€",
}
UNITS = {
    "平方公里": "平方米",
    "平方米": "平方公里",
    "立方米": "立方厘米",
    "公里": "英里",
    "海里": "公里",
    "厘米": "毫米",
    "毫米": "厘米",
    "米": "英尺",
    "公顷": "亩",
    "吨": "公斤",
    "千克": "克",
    "公斤": "克",
    "毫克": "克",
    "微克": "毫克",
    "毫升": "升",
    "小时": "分钟",
    "分钟": "小时",
    "摄氏度": "华氏度",
    "℃": "℉",
    "千瓦": "兆瓦",
    "兆瓦": "千瓦",
    "周": "个月",
    "天": "周",
    "个月": "周",
}
LATIN_UNITS = {
    "kilometers": "miles",
    "kilometres": "miles",
    "km": "miles",
    "square meters": "square feet",
    "square metres": "square feet",
    "cubic meters": "cubic feet",
    "meters": "feet",
    "metres": "feet",
    "hectares": "acres",
    "tonnes": "kilograms",
    "tons": "kilograms",
    "kg": "g",
    "hours": "minutes",
    "minutes": "hours",
    "weeks": "days",
    "days": "weeks",
    "months": "weeks",
    "°C": "°F",
    "mu": "hectares",
    "MW": "kW",
    "kWh": "MWh",
}
PERCENT = "[%％]|个百分点| percentage points?| percent| per cent"
LATIN_MONEY = r"(?:(?<=[$€£])|(?<=RMB )|(?<=EUR )|(?<=HKD ))\d[\d,]*(?:\.\d+)?"
MONEY = r"(?<![\d.,])\d+(?:\.\d+)?(?=[万亿]{0,2}多?余?(?:[美欧港日新]|韩|瑞典)?(?:元|镑|克朗))"


@fault(Group.FACTS, "currency", "number")
def amount_of_money_changed(site: Site) -> Iterator[str]:
    """An amount of money is another one."""
    for match in site.matches(MONEY if site.is_chinese else LATIN_MONEY):
        yield from with_other_digit(match, site)


@fault(Group.FACTS, "currency")
def currency_changed(site: Site) -> Iterator[str]:
    """Dollars have become euros."""
    currencies = CURRENCIES if site.is_chinese else LATIN_CURRENCIES
    before = r"(?<=[\d万亿])" if site.is_chinese else "(?<![A-Za-z])"
    for match in site.matches(rf"{before}(?:{_names(currencies)})(?![A-Za-z])"):
        if currencies[match[0]] not in site.target:
            yield site.substitute(match, currencies[match[0]])


@fault(Group.FACTS, "unit", "number", "time")
def unit_changed(site: Site) -> Iterator[str]:
    """Kilometres have become miles, tonnes kilograms."""
    units = UNITS if site.is_chinese else LATIN_UNITS
    for match in _measured(site):
        if units[match["unit"]] not in site.target:
            yield site.substitute(match, units[match["unit"]], "unit")


@fault(Group.FACTS, "unit", "number")
def unit_dropped(site: Site) -> Iterator[str]:
    """A measured number has lost its unit."""
    for match in _measured(site):
        is_shared = site.target.count(match["unit"]) > 1  # 从55到38分钟
        if not is_shared and match["unit"] not in ("周", "天", "个月", "days", "weeks", "months"):
            yield site.put(match.start(), match.end(), "")


@fault(Group.FACTS, "percent", "number")
def percentage_changed(site: Site) -> Iterator[str]:
    """A percentage is another one."""
    for match in site.matches(rf"(?<![\d.,])\d+(?:\.\d+)?(?={PERCENT})"):
        yield from with_other_digit(match, site)


@fault(Group.FACTS, "percent", "number", "unit")
def percent_sign_dropped(site: Site) -> Iterator[str]:
    """A percentage has become a number."""
    for match in site.matches(rf"(?<=\d)(?:{PERCENT})(?![至到—～~–-]| to| and| or)"):
        yield site.substitute(match, "")


@fault(Group.FACTS, "percent", "number", "unit")
def percent_made_per_mille(site: Site) -> Iterator[str]:
    """A percent sign has become a per mille sign."""
    for match in site.matches(r"(?<=\d)[%％]"):
        yield site.substitute(match, "‰")


def _measured(site: Site) -> list[re.Match[str]]:
    """Return the units that follow a number, in random order."""
    if site.is_chinese:
        return site.matches(rf"(?<=[\d万亿])[多余]?(?P<unit>{_names(UNITS)})(?!汞柱)")
    return site.matches(rf"(?<=\d)[ -]?(?P<unit>{_names(LATIN_UNITS)})(?![A-Za-z])")


def _names(table: Mapping[str, str]) -> str:
    return "|".join(re.escape(name) for name in sorted(table, key=len, reverse=True))
