"""Chinese dates, parts of a year, days of the week; telephone numbers."""

import re

from pubkit.facts.chinese.patterns import ALONE, DAY, DIGIT, HAN, MONTH, YEAR
from pubkit.facts.chinese.place import Place, Reader
from pubkit.facts.chinese.values import integer
from pubkit.facts.values import PHONE, Fact, Kind, Weight, phone

FORMS = {
    "phone": PHONE,
    "numeric": (
        r"(?<![\d./-])(?:1\d|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?![\d/]|[.-]\d)"
        r"|(?<![\d./-])(?:1[5-9]|20)\d\d[-/–～][1-9]\d(?=年|财|赛季|演出季|学年|年度)"
    ),
    "decade": (
        rf"(?:(?P<base>(?:\d{{1,2}}|[{HAN}]+)世纪|上(?:个)?世纪)?的?(?P<tens>\d{{2}}|[二三四五六七八九]十)"
        rf"年代)|(?P<whole>\d{{3}}0|[一二]{DIGIT}{{3}})年代|(?P<century>\d{{1,2}}|[{HAN}]+)世纪"
    ),
    "quarter": (
        r"第?(?P<q>[1-4一二三四首])季度?(?![节度]?[赛稻])|(?P<half>上|下|前|后)半年|[qQ](?P<qn>[1-4])(?!\d)"
    ),
    "date": (
        rf"{ALONE}(?:(?P<year>{YEAR})(?:年|[-/.](?=\d{{1,2}}月)))?"
        rf"(?P<month>{MONTH})份?(?P<days>{DAY}(?:(?:[日号])?[-—–~～至到和、及与]{DAY})*[日号])?"
        rf"|{ALONE}(?P<first_month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})[-—–~～至到](?={MONTH})"
        rf"|{ALONE}(?P<only_year>{YEAR})年(?!代)"
        rf"|{ALONE}(?P<only_days>{DAY}(?:[-—–~～至到、]{DAY})*日)(?![元本圆均落])"
    ),
    "weekday": (
        rf"(?:(?<![{HAN}几多\d个])|(?<=第[{HAN}\d]个)|(?<=[每上下这那该后整]个))(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?![次个场年期名位届份本篇趟])"
        r"(?P<more>[、至到和及][一二三四五六日](?![\u4e00-\u9fff]|\d))?"
    ),
}
"""What they look like, by the names of their readers."""


def _phone(at: Place) -> list[Fact]:
    return [phone(at.match["PHONE"], at.match.start())]


def _numeric_date(at: Place) -> list[Fact]:
    parts = [int(part) for part in re.split(r"[-/.–～]", at.match["NUMERIC"])]
    if len(parts) == 2:
        first, second = parts[0], parts[0] - parts[0] % 100 + parts[1]
        return [
            at.fact(Kind.DATE, ("date", (first, None, None)), hints=(("n", float(first)),)),
            at.fact(Kind.DATE, ("date", (second, None, None)), weight=Weight.LOOSE),
        ]
    year, month, day = parts
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return []
    return [at.fact(Kind.DATE, ("date", (year, month, day)))]


def _decade(at: Place) -> list[Fact]:
    match = at.match
    if match["century"]:
        return [at.fact(Kind.DATE, ("century", integer(match["century"])))]
    if match["whole"]:
        decade = integer(match["whole"])
        return [at.fact(Kind.DATE, ("decade", decade), hints=(("decade", decade % 100),))]
    decade = integer(match["tens"])
    base = match["base"]
    if not base:
        return [at.fact(Kind.DATE, ("decade", decade), ("decade", 1900 + decade))]
    century = 20 if base.startswith("上") else integer(base[:-2])
    whole = 100 * (century - 1) + decade
    return [at.fact(Kind.DATE, ("decade", whole), hints=(("decade", decade),))]


def _quarter(at: Place) -> list[Fact]:
    match = at.match
    if match["half"]:
        value = 1 if match["half"] in "上前" else 2
        return [
            at.fact(Kind.DATE, ("half-year", value), hints=(("o", value),), weight=Weight.SMALL)
        ]
    name = match["q"] or match["qn"]
    value = 1 if name == "首" else integer(name)
    is_nth = match[0].startswith("第")
    if name not in ("首", "4", "四") and at.text[match.start() - 1 : match.start()] == "前":
        return [at.fact(Kind.DATE, ("month", 3.0 * value), weight=Weight.SMALL)]
    weight = Weight.SURE if is_nth or match[0].endswith("度") or match["qn"] else Weight.LOOSE
    kind = Kind.ORDINAL if is_nth else Kind.DATE
    return [at.fact(kind, ("quarter", value), hints=(("o", value),), weight=weight)]


def _date(at: Place) -> list[Fact]:
    match = at.match
    if match["only_year"]:
        year = integer(match["only_year"])
        hints = (("n", float(year)), ("month", 12.0 * year))
        return [at.fact(Kind.DATE, ("date", (year, None, None)), hints=hints)]
    if match["only_days"]:
        return _days(at, match["only_days"], None, None)
    if match["first_month"]:
        first = integer(match["first_month"])
        return [at.fact(Kind.DATE, ("date", (None, first, None)), weight=Weight.SMALL)]
    year_name = match["year"]
    year_value = integer(year_name) if year_name else None
    month = integer(match["month"].rstrip("份")[:-1])
    if match["days"]:
        return _days(at, match["days"], year_value, month)
    is_weighty = year_value or match["month"][0].isdigit()
    weight = Weight.SURE if year_value else Weight.SMALL if is_weighty else Weight.LOOSE
    return [at.fact(Kind.DATE, ("date", (year_value, month, None)), weight=weight)]


def _days(at: Place, days: str, year: int | None, month: int | None) -> list[Fact]:
    found = [integer(day) for day in re.findall(rf"\d+|[{HAN}]+", days)]
    is_sure = month is not None or days[0].isdigit()
    return [
        at.fact(
            Kind.DATE,
            ("date", (year, month, day)),
            hints=() if month else (("s", 86400.0 * day), ("n", float(day)), ("o", float(day))),
            weight=Weight.SURE if is_sure else Weight.SMALL,
        )
        for day in found
    ]


WEEKDAYS = "一二三四五六日天"


def _weekday(at: Place) -> list[Fact]:
    names = [at.match["day"], *(at.match["more"] or "")[1:]]
    return [at.fact(Kind.WEEKDAY, ("weekday", min(WEEKDAYS.index(name), 6))) for name in names]


READERS: dict[str, Reader] = {
    "PHONE": _phone,
    "NUMERIC": _numeric_date,
    "DECADE": _decade,
    "QUARTER": _quarter,
    "DATE": _date,
    "WEEKDAY": _weekday,
}
