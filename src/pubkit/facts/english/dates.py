"""English dates, parts of a year, days of the week; telephone numbers."""

import re

from pubkit.facts.english.patterns import DAY, MONTH, MONTHS, ORDINAL, STOP, TO, WEEKDAY_NAMES, YEAR
from pubkit.facts.english.place import Place, Reader
from pubkit.facts.numerals import english_ordinal
from pubkit.facts.values import PHONE, Fact, Kind, Weight, phone

FORMS = {
    "phone": PHONE,
    "numeric": (
        r"(?<![\d./-])(?:(?:1\d|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
        r"|(?:1[5-9]|20)\d\d(?:[-–/][1-9]\d|-0[1-9])(?!\d|[.,]\d|%|[-–/])"
        r"|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2}))(?![\d/]|[.-]\d)"
    ),
    "dmy": (
        rf"(?<![\w.,:/-])(?P<days1>{DAY}(?:{TO}{DAY})*)(?: of)?[ -](?P<month1>{MONTH})"
        rf"(?:,? (?P<year1>{YEAR}))?"
    ),
    "mdy": (
        rf"(?<![a-z])(?P<month2>{MONTH})"
        rf"(?: (?:the )?(?P<days2>{DAY}(?:{TO}{DAY}{STOP})*))?(?:,? (?P<year2>{YEAR}))?"
    ),
    "decade": (
        r"(?<![\w,.])(?P<decade>(?:1\d|20)\d0)['’]?s\b|['’](?P<short>\d0)s\b"
        rf"|(?<![\w,.])(?P<century>{ORDINAL})(?:[- ]centur(?:y|ies)| c\.(?= [a-z]))"
    ),
    "quarter": (
        r"(?<![a-z\d])(?:(?P<nth>first|second|third|fourth|final|[1-4](?:st|nd|rd|th))[- ]"
        r"(?:fiscal )?quarter(?![s-]?final|s?\b ?(?:past|to))|q(?P<q>[1-4])(?![a-z])"
        r"|(?P<half>first|second|latter|1st|2nd)[- ]half\b|h(?P<h>[12])(?=\s?20\d\d|\s?fy))"
    ),
    "weekday": (
        r"(?<![a-z])(?P<day>mon|tues|wednes|thurs|fri|satur|sun)days?(?![a-z])"
        r"|(?<![a-z])(?P<abbreviated>mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?"
        rf"(?=,? \d|\s?[–-]\s?(?:{'|'.join(WEEKDAY_NAMES)})\b|,? (?:{'|'.join(MONTHS)}))"
    ),
}
"""What they look like, by the names of their readers."""


def _phone(at: Place) -> list[Fact]:
    return [phone(at.match["PHONE"], at.match.start())]


def _numeric_date(at: Place) -> list[Fact]:
    parts = [int(part) for part in re.split(r"[-–/.]", at.match["NUMERIC"])]
    if len(parts) == 2:
        return _years(at, *parts)
    if parts[0] > 999:
        dates = [(parts[0], parts[1], parts[2])]
    else:
        year = parts[2] if parts[2] > 99 else 2000 + parts[2]
        dates = [(year, parts[0], parts[1]), (year, parts[1], parts[0])]
    valid = tuple(("date", date) for date in dates if 1 <= date[1] <= 12 and 1 <= date[2] <= 31)
    return [at.fact(Kind.DATE, *valid)] if valid else []


def _years(at: Place, first: int, last: int) -> list[Fact]:
    """Read 2016-03, a month, or 2025–26, whose second may be left out, or be a number."""
    if 1 <= last <= 12 and last <= first % 100 and "-" in at.match["NUMERIC"]:
        return [at.fact(Kind.DATE, ("date", (first, last, None)))]
    second = first - first % 100 + last
    return [
        at.fact(Kind.DATE, ("date", (first, None, None)), hints=(("n", float(first)),)),
        at.fact(
            Kind.DATE,
            ("date", (second, None, None)),
            ("n", float(last)),
            ("n", float(second)),
            weight=Weight.LOOSE,
        ),
    ]


def _month_date(at: Place) -> list[Fact]:
    match = at.match
    which = "1" if match.lastgroup == "DMY" else "2"
    name, days = match[f"month{which}"], match[f"days{which}"]
    if not at.text[match.start(f"month{which}")].isupper():
        return [at.fact(Kind.DATE, weight=Weight.LOOSE, end=match.start() + 1)]
    year = int(match[f"year{which}"]) if match[f"year{which}"] else None
    month = MONTHS.index(name[:3]) + 1
    if not days:
        weight = Weight.SURE if year else Weight.SMALL
        return [at.fact(Kind.DATE, ("date", (year, month, None)), weight=weight)]
    return [
        at.fact(Kind.DATE, ("date", (year, month, int(day)))) for day in re.findall(r"\d+", days)
    ]


def _decade(at: Place) -> list[Fact]:
    if at.match["century"]:
        return [at.fact(Kind.DATE, ("century", _ordinal_value(at.match["century"])))]
    if at.match["short"]:
        return [at.fact(Kind.DATE, ("decade", int(at.match["short"])))]
    decade = int(at.match["decade"])
    return [at.fact(Kind.DATE, ("decade", decade), hints=(("decade", decade % 100),))]


def _ordinal_value(text: str) -> int:
    return int(text[:-2]) if text[0].isdigit() else english_ordinal(text)


NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "latter": 2}


def _quarter(at: Place) -> list[Fact]:
    match = at.match
    if half := match["half"] or match["h"]:
        value = NTH.get(half) or int(half[0])
        return [
            at.fact(Kind.DATE, ("half-year", value), hints=(("o", value),), weight=Weight.SMALL)
        ]
    if match["q"]:
        return [at.fact(Kind.DATE, ("quarter", int(match["q"])))]
    nth = match["nth"]
    kind = Kind.DATE if nth == "final" else Kind.ORDINAL
    value = NTH.get(nth) or int(nth[0])
    return [at.fact(kind, ("quarter", value), hints=(("o", value),))]


WEEKDAYS = {"mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}


def _weekday(at: Place) -> list[Fact]:
    if not at.text[at.match.start()].isupper():
        return []
    name = at.match["day"] or at.match["abbreviated"]
    return [at.fact(Kind.WEEKDAY, ("weekday", WEEKDAYS[name[:2]]))]


READERS: dict[str, Reader] = {
    "phone": _phone,
    "numeric": _numeric_date,
    "dmy": _month_date,
    "mdy": _month_date,
    "decade": _decade,
    "quarter": _quarter,
    "weekday": _weekday,
}
