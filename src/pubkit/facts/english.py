"""The facts that an English text says: figures, amounts, dates, times, telephone numbers.

The text is scanned once from left to right; each place where a fact may begin is given to the
reader of its form. What cannot be known from the words has several readings: ``05/08/2024`` is
two dates, ``at 10:30`` two times, ``pounds`` a weight and a currency.
"""

import re
from collections.abc import Callable
from functools import cache
from math import prod
from typing import NamedTuple

from pubkit.facts.distribution import distribute
from pubkit.facts.numerals import (
    AFTER_A,
    ORDINAL_WORDS,
    ORDINALS,
    SCALES,
    SMALL,
    WORDS,
    english_number,
    english_ordinal,
)
from pubkit.facts.patterns import any_of
from pubkit.facts.units import (
    Measure,
    english_words,
    sign_beginnings,
    sign_pattern,
    signs,
    symbols,
)
from pubkit.facts.values import (
    PHONE,
    Bound,
    Fact,
    Kind,
    Reading,
    Weight,
    parts_of,
    phone,
    rounded,
)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?:\.|(?=\s\d)))(?![a-z])"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?![\da-z]|[.:,]\d)"
_TO = r"\s?(?:[-–—~/&]|to|and|through|until|or)\s?(?:the )?"
_STOP = (
    r"(?=\s*(?:[,.;:)\]–—|]|$|\n|(?:at|in|on|and|to|for|with|the|from|by|as|of|when|where|a|an|is|are"
    r"|was|were|will|has|have|had|before|after|until|this|last|next|each|every|he|she|they|we|it|which"
    r"|that)\b))"
)
_YEAR = r"(?:1\d|20|21)\d\d(?![\d,]\d|\d|%)"
_AP = r"\s?(?P<{}>a\.?m\b\.?|p\.?m\b\.?)"
_CLOCK = r"\d{1,2}(?:[:.][0-5]\d)?(?![\d:])"
_ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{ORDINAL_WORDS})"
_PARTS = (
    "half|halves|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    "|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
    "|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth|hundredth|thousandth"
    "|millionth"
)


_OTHER_FIRST_WORDS = (
    "noon midday midnight morning afternoon evening night tonight dawn daybreak dusk half"
    " halves quarter latter final tens dozens scores hundreds thousands millions billions both"
    " couple pair twin twice doubl tripl quadrupl thrice halv twofold threefold fourfold"
    " fivefold tenfold runner decade century centenary bicentenary centennial fortnight"
)
FIRST_WORDS = (
    *SMALL,
    *ORDINALS,
    *MONTHS,
    *WEEKDAY_NAMES,
    *SCALES,
    *_OTHER_FIRST_WORDS.split(),
)
"""The words, or their beginnings, with which a fact may begin."""


@cache
def _beginning() -> re.Pattern[str]:
    """Return a pattern of the places where a fact may begin; most words are passed over."""
    return re.compile(
        rf"(?<![a-z])(?:{any_of(FIRST_WORDS)}|{sign_beginnings().lower()}|[a-z]{{1,12}}-?\d)"
        r"|\d|[$€£¥￥＄￡₩₽₹₱₫฿₺]\s?\d|[+(.]\d|['’]\d0s|[½⅓⅔¼¾⅕⅛]"
    )


@cache
def _core(names: tuple[str, ...]) -> re.Pattern[str]:
    forms = _forms()
    return re.compile("|".join(f"(?P<{name.upper()}>{forms[name]})" for name in names))


BEGINNING_WITH_A_FIGURE = (
    "phone",
    "numeric",
    "dmy",
    "decade",
    "quarter",
    "time",
    "number",
    "fraction",
)
BEGINNING_WITH_A_LETTER = (
    *(
        "mdy",
        "decade",
        "quarter",
        "time",
        "weekday",
        "name",
        "number",
        "fraction",
        "words",
        "scale",
    ),
    *("ordinal", "loose"),
)


FORMS = {
    "phone": PHONE,
    "numeric": (
        r"(?<![\d./-])(?:(?:1\d|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
        r"|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2}))(?![\d/]|[.-]\d)"
    ),
    "dmy": (
        rf"(?<![\w.,:/-])(?P<days1>{_DAY}(?:{_TO}{_DAY})*)(?: of)?[ -](?P<month1>{_MONTH})"
        rf"(?:,? (?P<year1>{_YEAR}))?"
    ),
    "mdy": (
        rf"(?<![a-z])(?P<month2>{_MONTH})"
        rf"(?: (?:the )?(?P<days2>{_DAY}(?:{_TO}{_DAY}{_STOP})*))?(?:,? (?P<year2>{_YEAR}))?"
    ),
    "decade": (
        r"(?<![\w,.])(?P<decade>(?:1\d|20)\d0)['’]?s\b|['’](?P<short>\d0)s\b"
        rf"|(?<![\w,.])(?P<century>{_ORDINAL})[- ]centur(?:y|ies)"
    ),
    "quarter": (
        r"(?<![a-z\d])(?:(?P<nth>first|second|third|fourth|final|[1-4](?:st|nd|rd|th))[- ]"
        r"(?:fiscal )?quarter(?![s-]?final|s?\b ?(?:past|to))|q(?P<q>[1-4])(?![a-z])"
        r"|(?P<half>first|second|latter|1st|2nd)[- ]half\b|h(?P<h>[12])(?=\s?20\d\d|\s?fy))"
    ),
    "time": (
        rf"(?<![\w.,:$€£¥-])(?:(?P<from>{_CLOCK})\s?(?:[-–—]|to|until)\s?)?(?P<clock>{_CLOCK})"
        rf"{_AP.format('ap')}"
        r"|(?<![\w.,:])12[ -](?P<twelve>noon|midnight)"
        r"|(?<![\d:.])(?P<digital>\d{1,2}:[0-5]\d)(?P<rest>:[0-5]\d)?(?P<parts>\.\d{1,3})?(?![\d:])"
        rf"|(?<![a-z\d.])(?P<oclock>\d{{1,2}}|{WORDS}) o['’]clock"
        r"|(?<![a-z])(?P<past>half|(?:a )?quarter|twenty-five|five|ten|twenty) "
        rf"(?P<side>past|to) (?P<hour>{WORDS})(?=[,.;!?”’)]|$| (?:in the|on|at|when|and)\b)"
        r"|(?<![a-z])(?P<named>noon|midday|midnight)(?![a-z])"
        r"|(?<![a-z])(?P<daypart>mornings?|afternoons?|evenings?|nights?|tonight|dawn|daybreak"
        r"|dusk)(?![a-z])"
    ),
    "weekday": (
        r"(?<![a-z])(?P<day>mon|tues|wednes|thurs|fri|satur|sun)days?(?![a-z])"
        r"|(?<![a-z])(?P<abbreviated>mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?"
        rf"(?=,? \d|\s?[–-]\s?(?:{'|'.join(WEEKDAY_NAMES)})\b|,? (?:{'|'.join(MONTHS)}))"
    ),
    "name": (
        r"(?<![\w$])(?!(?:mid|pre|post|late|early|top|sub|under|over|non|u|rmb|cny|usd|eur|gbp"
        r"|jpy|hkd|sgd|sek|aud|cad|chf|nok|dkk|rs|rm|rp|no|fy|c|ca)[-.]?\d)"
        r"[a-z]{1,12}(?:-?\d+)+(?:[a-z\d-]*[a-z\d])?(?![a-z\d])(?!\.\d)"
    ),
    "fraction": (
        rf"(?:(?<![a-z])one[- ]|(?<=\ba[ -])|(?<=\ban[ -]))(?P<part>{_PARTS})(?![a-z-])"
        r"|(?P<vulgar>[½⅓⅔¼¾⅕⅛])"
    ),
    "words": (
        rf"(?<![a-z])(?P<words>{WORDS}|{AFTER_A}|half an?(?= (?:per|basis|[mbt]illion|thousand"
        r"|year|month|day|hour|minute|century|decade|kilom|mile|met(?:re|er)|ton|lit(?:re|er))))"
    ),
    "scale": (
        r"(?<![a-z])(?P<bare>(?:tens|dozens|scores|hundreds|thousands|millions|billions)"
        r"(?: (?:of|and|upon) (?:tens of )?(?:hundreds|thousands|millions|billions))*"
        r"|(?:(?:half )?a |per |every |each |several |many |few |the )?"
        r"(?:dozen|hundred|thousand|million|billion|trillion))(?![a-z])"
    ),
    "ordinal": rf"(?<![a-z-])(?P<ordinal>{ORDINAL_WORDS})",
    "loose": (
        r"(?<![a-z])(?P<loose>both|couple|pairs?|twins?|twice|doubl(?:e[sd]?|ing)|tripl(?:e[sd]?"
        r"|ing)|quadrupl(?:e[sd]?|ing)|thrice|half|halv(?:e[sd]?|ing)|twofold|threefold|fourfold"
        r"|fivefold|tenfold|runners?-up|quarter|decades?|century|centenary|bicentenary"
        r"|centennial|fortnight)(?![a-z])"
    ),
}
"""What a fact looks like, by the reader of its form; figures with signs are made later."""


@cache
def _forms() -> dict[str, str]:
    """Return the patterns of all forms, those from the tables, too."""
    return FORMS | {
        "number": (
            rf"(?:(?P<sign>{sign_pattern().lower()})\s?|(?<![\w.]))"
            r"(?P<digits>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)"
        ),
    }


class _Place(NamedTuple):
    """Where a fact was found."""

    text: str
    lowered: str
    match: re.Match[str]

    def fact(
        self,
        kind: Kind,
        *readings: Reading,
        hints: tuple[Reading, ...] = (),
        weight: Weight = Weight.SURE,
        face: float | None = None,
        end: int | None = None,
    ) -> Fact:
        """Return a fact that begins here."""
        return Fact(
            kind=kind,
            start=self.match.start(),
            end=end or self.match.end(),
            readings=readings,
            hints=hints,
            weight=weight,
            face=face,
        )


def read_english(text: str) -> tuple[Fact, ...]:
    """Return the facts of a text, in order."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    facts: list[Fact] = []
    place = 0
    search = _beginning().search
    words, figures = _core(BEGINNING_WITH_A_LETTER).match, _core(BEGINNING_WITH_A_FIGURE).match
    while beginning := search(lowered, place):
        start = beginning.start()
        match = (words if lowered[start].isalpha() else figures)(lowered, start)
        if not match:
            place = start + 1
            continue
        found = _READERS[str(match.lastgroup).lower()](_Place(text, lowered, match))
        facts.extend(fact for fact in found if fact.readings)
        place = max((fact.end for fact in found), default=match.end())
    return distribute(facts, text)


# ---------------------------------------------------------------- dates and times


def _phone(at: _Place) -> list[Fact]:
    return [phone(at.match["PHONE"], at.match.start())]


def _numeric_date(at: _Place) -> list[Fact]:
    parts = [int(part) for part in re.split(r"[-/.]", at.match["NUMERIC"])]
    if parts[0] > 999:
        dates = [(parts[0], parts[1], parts[2])]
    else:
        year = parts[2] if parts[2] > 99 else 2000 + parts[2]
        dates = [(year, parts[0], parts[1]), (year, parts[1], parts[0])]
    valid = tuple(("date", date) for date in dates if 1 <= date[1] <= 12 and 1 <= date[2] <= 31)
    return [at.fact(Kind.DATE, *valid)] if valid else []


def _month_date(at: _Place) -> list[Fact]:
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


def _decade(at: _Place) -> list[Fact]:
    if at.match["century"]:
        return [at.fact(Kind.DATE, ("century", _ordinal_value(at.match["century"])))]
    if at.match["short"]:
        return [at.fact(Kind.DATE, ("decade", int(at.match["short"])))]
    decade = int(at.match["decade"])
    return [at.fact(Kind.DATE, ("decade", decade), hints=(("decade", decade % 100),))]


def _ordinal_value(text: str) -> int:
    return int(text[:-2]) if text[0].isdigit() else english_ordinal(text)


NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "latter": 2}


def _quarter(at: _Place) -> list[Fact]:
    match = at.match
    if half := match["half"] or match["h"]:
        value = NTH.get(half) or int(half[0])
        return [
            at.fact(Kind.DATE, ("half-year", value), hints=(("o", value),), weight=Weight.LOOSE)
        ]
    if match["q"]:
        return [at.fact(Kind.DATE, ("quarter", int(match["q"])))]
    nth = match["nth"]
    kind = Kind.DATE if nth == "final" else Kind.ORDINAL
    value = NTH.get(nth) or int(nth[0])
    return [at.fact(kind, ("quarter", value), hints=(("o", value),))]


def _minutes(clock: str) -> int:
    hours, _colon, minutes = clock.replace(".", ":").partition(":")
    return int(hours) * 60 + int(minutes or 0)


def _half_days(minutes: int) -> tuple[Reading, ...]:
    """Return both times that a clock of twelve hours may mean."""
    if not 60 <= minutes < 780:
        return (("time", minutes % 1440),)
    return (("time", minutes), ("time", (minutes + 720) % 1440))


def _at_half_day(minutes: int, half_day: str) -> int:
    return minutes % 720 + (720 if half_day == "p" else 0)


def _time(at: _Place) -> list[Fact]:
    match = at.match
    if match["ap"]:
        return _time_range(at)
    if match["digital"]:
        return [_digital(at)]
    if match["daypart"]:
        parts = tuple(("part", part) for part in PARTS[match["daypart"].rstrip("s")])
        return [at.fact(Kind.TIME, *parts, weight=Weight.SMALL)]
    if named := match["named"] or match["twelve"]:
        minutes = 0 if named == "midnight" else 720
        return [at.fact(Kind.TIME, ("time", minutes), weight=Weight.SMALL)]
    if match["oclock"]:
        hour = match["oclock"]
        value = int(hour) if hour.isdigit() else english_number(hour)
        return [_clock(at, _half_days(60 * value))] if value <= 24 else []
    past = match["past"]
    offset = 30 if past == "half" else 15 if past.endswith("quarter") else english_number(past)
    hour = 60 * english_number(match["hour"])
    if not 60 <= hour <= 720 or offset > 30:
        return [at.fact(Kind.TIME, weight=Weight.LOOSE, end=match.start() + 1)]
    return [
        at.fact(Kind.TIME, *_half_days(hour + (offset if match["side"] == "past" else -offset)))
    ]


def _digital(at: _Place) -> Fact:
    """Read a time of the day, which may be a duration: 2:09:15, 1:02.35."""
    match = at.match
    first = _minutes(match["digital"])
    if match["parts"] and not match["rest"]:
        return at.fact(Kind.UNIT, ("s", rounded(first + float(match["parts"]))))
    if match["rest"]:
        seconds = 60 * first + int(match["rest"][1:]) + float(match["parts"] or 0)
        return at.fact(Kind.TIME, ("time", first), ("s", rounded(float(seconds))))
    clock = _clock(at, _half_days(first) if first <= 1440 else (("time", first),))
    return clock._replace(hints=(*clock.hints, ("s", float(first)), ("s", 60.0 * first)))


PARTS = {
    "morning": ("am",),
    "dawn": ("dawn",),
    "daybreak": ("dawn",),
    "afternoon": ("pm",),
    "evening": ("evening",),
    "dusk": ("dusk",),
    "night": ("night", "evening"),
    "tonight": ("night", "evening"),
}
PART_OF_DAY = re.compile(
    r"(?: (?:in|on|the|every|each|that|this|next|following|same|[a-z]+day)){0,3} "
    r"(morning|afternoon|evening|night)"
)


def _clock(at: _Place, times: tuple[Reading, ...]) -> Fact:
    """Return a time, of the half of the day that is named after it."""
    part = PART_OF_DAY.match(at.lowered, at.match.end())
    if part:
        half = 0 if part[1] == "morning" else 720
        times = (
            tuple(
                (name, value)
                for name, value in times
                if isinstance(value, int) and value - value % 720 == half
            )
            or times
        )
    hints = tuple(("part", name) for _time, value in times for name in parts_of(value))
    return at.fact(Kind.TIME, *times, hints=hints)


def _time_range(at: _Place) -> list[Fact]:
    match = at.match
    half_day = match["ap"][0]
    end = _at_half_day(_minutes(match["clock"]), half_day)
    facts = [_clock(at, (("time", end % 1440),))]
    if match["from"]:
        start = _at_half_day(_minutes(match["from"]), half_day)
        if start > end:
            start -= 720
        facts.insert(0, _clock(at, (("time", start % 1440),)))
    return facts


WEEKDAYS = {"mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}


def _weekday(at: _Place) -> list[Fact]:
    if not at.text[at.match.start()].isupper():
        return []
    name = at.match["day"] or at.match["abbreviated"]
    return [at.fact(Kind.WEEKDAY, ("weekday", WEEKDAYS[name[:2]]))]


# ---------------------------------------------------------------- figures


def _name(at: _Place) -> list[Fact]:
    """Read a name with figures, such as G20 or COVID-19."""
    digits = re.findall(r"\d+", at.match["NAME"])
    numbers = tuple(("n", float(number)) for number in digits if len(number) < 5)
    name = at.match["NAME"].replace("-", "")
    return [at.fact(Kind.NUMBER, ("name", name), *numbers, weight=Weight.LOOSE)]


VULGAR = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅛": 1 / 8}
DENOMINATORS = {part: value for part, value in ORDINALS.items() if value > 2} | {
    "half": 2,
    "halves": 2,
    "quarter": 4,
}
AFTER_FRACTION = re.compile(
    r"\s*(?:$|[,.;:)!?”’—–]|\s(?:of|the|more|less|fewer|as|from|to|in|on|lower|higher|over|by|and"
    r"|during|than|faster|cheaper|while|since|for|are|were|was|is|come|came)\b)"
)


def _fraction(at: _Place) -> list[Fact]:
    match = at.match
    if match["vulgar"]:
        return [at.fact(Kind.NUMBER, ("r", rounded(VULGAR[match["vulgar"]])), weight=Weight.SMALL)]
    part = match["part"]
    denominator = DENOMINATORS[part]
    ratio = ("r", rounded(1 / denominator))
    weight = Weight.SMALL
    if denominator < 3 or part == "quarter" or AFTER_FRACTION.match(at.lowered, match.end()):
        return [at.fact(Kind.NUMBER, ratio, weight=weight)]
    nth: Reading = ("o", denominator)
    hint: Reading = ("n", float(denominator))
    return [at.fact(Kind.ORDINAL, nth, ratio, hints=(hint,), weight=weight, face=denominator)]


def _ordinal(at: _Place) -> list[Fact]:
    value = english_ordinal(at.match["ordinal"])
    weight = Weight.SMALL if value < 11 else Weight.SURE
    return [
        at.fact(Kind.ORDINAL, ("o", value), hints=(("n", float(value)),), weight=weight, face=value)
    ]


MAGNITUDES = {
    "tens": 10,
    "dozens": 10,
    "scores": 10,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
    "billions": 10**9,
}


def _scale(at: _Place) -> list[Fact]:
    words = at.match["bare"].split()
    if words[0] in MAGNITUDES:
        sizes = [float(MAGNITUDES[word]) for word in words if word in MAGNITUDES]
        if "of" in words:
            sizes = [prod(sizes)]
        readings = tuple(("magnitude", size) for size in sizes)
        return [at.fact(Kind.NUMBER, *readings, weight=Weight.LOOSE)]
    value = SCALES[words[-1]] / (2 if words[0] == "half" else 1)
    readings = (("n", float(value)), ("magnitude", float(10 if value < 13 else value)))
    return [at.fact(Kind.NUMBER, *readings, weight=Weight.LOOSE, face=float(value))]


LOOSE: dict[str, tuple[Reading, ...]] = {
    "both": (("n", 2.0),),
    "coup": (("n", 2.0),),
    "pair": (("n", 2.0),),
    "twin": (("n", 2.0),),
    "twic": (("n", 2.0), ("x", 2.0), ("x", 1.0), ("r", 1.0)),
    "doub": (("n", 2.0), ("x", 2.0), ("x", 1.0), ("r", 1.0)),
    "twof": (("n", 2.0), ("x", 2.0), ("x", 1.0), ("r", 1.0)),
    "trip": (("n", 3.0), ("x", 3.0), ("x", 2.0), ("r", 2.0)),
    "thre": (("n", 3.0), ("x", 3.0), ("x", 2.0), ("r", 2.0)),
    "thri": (("n", 3.0), ("x", 3.0)),
    "quad": (("n", 4.0), ("x", 4.0), ("x", 3.0), ("r", 3.0)),
    "four": (("x", 4.0), ("x", 3.0)),
    "five": (("x", 5.0), ("x", 4.0)),
    "tenf": (("x", 10.0), ("x", 9.0)),
    "half": (("r", 0.5), ("n", 0.5), ("month", 6.0)),
    "halv": (("r", 0.5), ("n", 2.0)),
    "runn": (("o", 2), ("n", 2.0)),
    "quar": (("r", 0.25), ("quarter", 1), ("month", 3.0)),
    "deca": (("month", 120.0), ("n", 10.0)),
    "cent": (("month", 1200.0), ("n", 100.0), ("o", 100)),
    "bice": (("month", 2400.0), ("n", 200.0), ("o", 200)),
    "fort": (("s", 1209600.0), ("n", 14.0)),
}


def _loose(at: _Place) -> list[Fact]:
    word = at.match["loose"]
    weight = Weight.SMALL if word == "half" else Weight.LOOSE
    return [at.fact(Kind.NUMBER, *LOOSE[word[:4]], weight=weight)]


PERCENT = re.compile(
    r"[\s-]{0,2}(?:"
    r"(?P<point>(?:percentage|percent|per cent|%)[\s-]points?|ppts?(?![a-z])|pp(?![a-z]))"
    r"|(?P<basis>basis[\s-]points?|bps?(?![a-z]))|(?P<mille>‰|per mille)"
    r"|(?P<percent>%|％|per[\s-]?cent(?![a-z])|pct(?![a-z])))"
)
SCALE = re.compile(r"[\s-]?(hundred|thousand|million|billion|trillion|mn|bn|tn|dozen)(?![a-z])")
SHORT_SCALE = re.compile(r"(k|m|b|t)(?![\w/²³])")
SHORT_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
PART = re.compile(
    rf"[\s-](?:of an? )?({_PARTS})(?:s(?![a-z])|(?![a-z])(?=[\s-]?(?:of|the|majority)))(?! past)"
)
NTH_SUFFIX = re.compile(r"(?:st|nd|rd|th)(?![a-z])")
TIMES = re.compile(r"[\s-]?(?:times(?! (?:square|group))|fold|x)(?![a-z\d])")
AND_A_HALF = re.compile(r"(?: and a half|½)(?:[\s-])?")
SHARE = re.compile(
    r"(?: [a-z]+)? (?:in|out of)(?: every)? (?P<whole>two|three|four|five|six|seven|eight|nine|ten"
    r"|twenty|a hundred|one hundred|100|20|10|5|4|3)(?![a-z\d.,])"
)
DIGIT_FRACTION = re.compile(r"/(\d+)(?![\d/.])")
LENIENT = frozenset({"month", "TEU"})
"""Units that a text may leave out: an age, a number of boxes."""


def _digits(at: _Place) -> list[Fact]:
    value = float(at.match["digits"].replace(",", ""))
    return _figure(at, value, Weight.SURE)


def _words(at: _Place) -> list[Fact]:
    words = at.match["words"]
    value = 0.5 if words.startswith("half") else float(english_number(words))
    weight = Weight.LOOSE if value < 2 else Weight.SMALL if value < 11 else Weight.SURE
    return _figure(at, value, weight)


def _figure(at: _Place, value: float, weight: Weight) -> list[Fact]:
    """Read what stands around a figure: its scale, unit, currency, per cent, rank."""
    lowered, place = at.lowered, at.match.end()
    sign = at.match["sign"] or ""
    after = AFTER_FIGURE.match(lowered, place)
    if not sign and (not after or after[1] not in words_after_figures()):
        share = SHARE.match(lowered, place) if value <= 20 else None
        return (share and _share(at, value, share)) or [_mere(at, value, place, weight)]
    scale = 1.0
    while word := SCALE.match(lowered, place):
        scale, place, weight = scale * SCALES[word[1]], word.end(), Weight.SURE
    short = SHORT_SCALE.match(lowered, place)
    if short and (sign or short[1] == "k"):
        scale, place = scale * SHORT_SCALES[short[1]], short.end()
    value = rounded(value * scale)
    facts = [] if sign else _special(at, value, place, weight)
    if not facts:
        found = _currencies_of(sign) if sign else ()
        facts = [_measured(at, value, place, weight, found)]
    return [fact._replace(scale=scale) for fact in facts] if scale > 1 else facts


AFTER_FIGURE = re.compile(r"[\s-]{0,2}([a-z]+|[^\sa-z])")


@cache
def words_after_figures() -> frozenset[str]:
    """Return the words and characters after a figure that change what it says."""
    forms = (*english_words().measures, *(form.lower() for form in symbols().measures))
    first = (match[1] for form in forms if (match := AFTER_FIGURE.match(form)))
    others = (
        "percent percentage per pct pp ppt ppts basis bp bps times fold x st nd rd th and of in out"
        " k m b t extra more additional further full whole consecutive straight working business"
        " calendar solid % ％ ‰ ½ / °"
    )
    parts = (part for name in DENOMINATORS for part in (name, f"{name}s"))
    return frozenset((*first, *SCALES, *parts, *others.split()))


@cache
def _currencies_of(sign: str) -> tuple[Measure, ...]:
    """Return what a sign in lower case may stand for."""
    measures = signs().measures
    return next(measures[form] for form in measures if form.lower() == sign)


def _special(at: _Place, value: float, place: int, weight: Weight) -> list[Fact]:
    lowered = at.lowered
    if percent := PERCENT.match(lowered, place):
        return [_percent(at, value, percent, weight)]
    if part := PART.match(lowered, place):
        ratio = value / DENOMINATORS[part[1]]
        small = min(weight, Weight.SMALL)
        months: tuple[Reading, ...] = (("month", 3 * value),) if part[1] == "quarter" else ()
        return [at.fact(Kind.NUMBER, ("r", rounded(ratio)), *months, weight=small, end=part.end())]
    if nth := NTH_SUFFIX.match(lowered, place):
        hints = (("n", value), ("day", value))
        return [
            at.fact(
                Kind.ORDINAL, ("o", value), hints=hints, face=value, end=nth.end(), weight=weight
            )
        ]
    if times := TIMES.match(lowered, place):
        return [
            at.fact(
                Kind.NUMBER,
                *(("x", value), ("r", rounded(value))),
                hints=(("n", value),),
                weight=weight,
                face=value,
                end=times.end(),
            )
        ]
    if share := SHARE.match(lowered, place):
        return _share(at, value, share)
    if at.match.lastgroup == "NUMBER" and (over := DIGIT_FRACTION.match(lowered, place)):
        return _digit_fraction(at, value, over)
    return []


def _share(at: _Place, value: float, share: re.Match[str]) -> list[Fact]:
    word = share["whole"]
    whole = float(word) if word.isdigit() else float(english_number(word.replace("a ", "one ")))
    if value >= whole:
        return []
    return [
        at.fact(Kind.NUMBER, ("r", rounded(value / whole)), weight=Weight.SMALL, end=share.end()),
        at.fact(Kind.NUMBER, ("n", value), weight=Weight.LOOSE, end=share.end()),
        at.fact(Kind.NUMBER, ("n", whole), weight=Weight.LOOSE, end=share.end()),
    ]


def _digit_fraction(at: _Place, value: float, over: re.Match[str]) -> list[Fact]:
    whole = float(over[1])
    numbers = [
        at.fact(Kind.NUMBER, ("n", value), face=value),
        Fact(
            kind=Kind.NUMBER,
            start=over.start(1),
            end=over.end(),
            readings=(("n", whole),),
            face=whole,
        ),
    ]
    if value < whole <= 12:
        ratio = ("r", rounded(value / whole))
        return [at.fact(Kind.NUMBER, ratio, weight=Weight.SMALL, end=over.end())]
    return numbers if not _is_unit_after(at, over.end()) else []


def _is_unit_after(at: _Place, place: int) -> bool:
    return bool(symbols().pattern.match(at.text, place))


def _percent(at: _Place, value: float, percent: re.Match[str], weight: Weight) -> Fact:
    which = str(percent.lastgroup)
    dimension, factor = {
        "point": ("p", 1.0),
        "basis": ("p", 0.01),
        "mille": ("r", 0.001),
        "percent": ("r", 0.01),
    }[which]
    return Fact(
        kind=Kind.PERCENT,
        start=at.match.start(),
        end=percent.end(),
        readings=((dimension, rounded(value * factor)),),
        face=value,
        measure={"point": "pp", "basis": "bp", "mille": "‰", "percent": "%"}[which],
        weight=max(weight, Weight.SMALL),
        bound=_bound(at, percent.end()),
    )


def _measured(
    at: _Place, value: float, place: int, weight: Weight, found: tuple[Measure, ...]
) -> Fact:
    """Return a figure with its unit or currency, or a mere number."""
    lowered = at.lowered
    if half := AND_A_HALF.match(lowered, place):
        value, place = value + 0.5, half.end() - 1
    if not found:
        word = english_words().pattern.match(lowered, place)
        if word and (value == 1 or not word[0].endswith((" second", " minute"))):
            found, place = english_words().measures[word[1]], word.end()
        elif symbol := symbols().pattern.match(at.text, place):
            found, place = symbols().measures[symbol[1]], symbol.end()
    if found:
        return _quantity(at, value, place, weight, found)
    return _mere(at, value, place, weight)


MORE_TIME = re.compile(
    rf",?(?: and)? (?P<more>\d+(?:\.\d+)?|{WORDS}) (?P<unit>minutes?|mins?|seconds?|secs?)(?![a-z])"
)


def _duration(at: _Place, value: float, place: int, factor: float) -> tuple[float, int]:
    """Return the seconds of 2 hours, 9 minutes and 15 seconds, and where they end."""
    seconds = value * factor
    while more := MORE_TIME.match(at.lowered, place):
        size = 60.0 if more["unit"][0] == "m" else 1.0
        if size >= factor:
            break
        figure = more["more"]
        seconds += size * (float(figure) if figure[0].isdigit() else english_number(figure))
        place, factor = more.end(), size
    return seconds, place


def _quantity(
    at: _Place, value: float, place: int, weight: Weight, found: tuple[Measure, ...]
) -> Fact:
    if found[0].dimension == "s" and 1 < found[0].factor < 4000:
        seconds, end = _duration(at, value, place, found[0].factor)
        if end > place:
            hints = (("s", rounded(value * found[0].factor)),)
            return at.fact(Kind.UNIT, ("s", rounded(seconds)), hints=hints, face=value, end=end)
    is_negative = found[0].dimension.startswith("deg") and _is_negative(at)
    value = -value if is_negative else value
    is_lenient = any(measure.dimension in LENIENT for measure in found)
    is_money = all(measure.dimension.startswith("$") for measure in found)
    return Fact(
        kind=Kind.CURRENCY if is_money else Kind.UNIT,
        start=at.match.start(),
        end=place,
        readings=tuple((measure.dimension, rounded(value * measure.factor)) for measure in found),
        hints=(("n", value),) if is_lenient else (),
        face=value,
        measure=found[0].name,
        weight=weight,
        bound=_bound(at, place),
    )


WORD_WITH_DIGITS = re.compile(r"[\w-]+")
WORD_AFTER = re.compile(r"[\s-]?[a-z]{2}")
COUNTED = re.compile(r"[ -][a-z]")


def _mere(at: _Place, value: float, place: int, weight: Weight) -> Fact:
    start, digits = at.match.start(), at.match["digits"]
    if digits and at.lowered[place : place + 1].isalpha():
        end = WORD_WITH_DIGITS.match(at.lowered, place)
        return at.fact(
            Kind.NUMBER,
            ("name", at.lowered[start : end.end() if end else place].strip()),
            ("n", value),
            weight=Weight.LOOSE,
            end=end.end() if end else place,
        )
    more = _prefixed(at, value, place) or _before(at, value)
    is_year = bool(digits) and place == at.match.end() and len(digits) == 4 and value < 2100
    is_date = is_year and value >= 1500 and _is_year(at, place)
    return Fact(
        kind=Kind.DATE if is_date else Kind.NUMBER,
        start=start,
        end=place,
        readings=(("n", value), ("date", (int(value), None, None)))
        if is_year
        else (("n", value), *more),
        face=value,
        weight=weight,
        bound=_bound(at, place),
        is_open=bool(WORD_AFTER.match(at.lowered, place)),
    )


PREFIX = re.compile(r"[\s-](kilo|mega|giga|tera|peta)-?(?=[a-z]{3})")
PREFIXES = {"kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12, "peta": 1e15}
UNIT_BEFORE = re.compile(r"(?<![a-z])([a-z]+)[ -]$")


def _prefixed(at: _Place, value: float, place: int) -> tuple[Reading, ...]:
    """Return the number of what nobody knows as a unit: 1.6-gigapixel."""
    prefix = PREFIX.match(at.lowered, place)
    return (("n", rounded(value * PREFIXES[prefix[1]])),) if prefix else ()


def _before(at: _Place, value: float) -> tuple[Reading, ...]:
    """Return the number with the unit before it: kilometre 19, day 3."""
    start = at.match.start()
    word = UNIT_BEFORE.search(at.lowered, max(0, start - 14), start)
    found = english_words().measures.get(word[1], ()) if word else ()
    return tuple(
        (measure.dimension, rounded(value * measure.factor))
        for measure in found
        if measure.dimension[0] != "$"
    )


BEFORE_YEAR = re.compile(
    r"\b(?:in|since|by|until|till|from|of|for|to|before|after|during|late|early|mid|fiscal|year|and"
    r"|spring|summer|autumn|fall|winter|the)[ -]$"
)


def _is_year(at: _Place, place: int) -> bool:
    """Whether a figure of four digits is likely to be a year, and counts nothing."""
    before = at.lowered[max(0, at.match.start() - 8) : at.match.start()]
    counts = COUNTED.match(at.lowered, place)
    return not counts or bool(BEFORE_YEAR.search(before))


def _is_negative(at: _Place) -> bool:
    return bool(re.search(r"(?:^|[\s(（])[-−–]\s?$|minus\s$", at.lowered[: at.match.start()][-8:]))


BOUNDS = {
    phrase: bound
    for bound, phrases in {
        Bound.NONE: "no more than, not more than, no later than, not exceed, not exceeding"
        ", not over, up to, at most, within",
        Bound.OVER: "no less than, not less than, no fewer than, not fewer than, not lower than"
        ", over, more than, above, exceed, exceeds, exceeded, exceeding, at least"
        ", upwards of, upward of, in excess of, surpass, surpasses, surpassed"
        ", surpassing, top, tops, topped, topping"
        ", beyond, pass, passes, passed, passing, greater than, higher than, longer than",
        Bound.UNDER: "under, nearly, almost, close to, approaching, less than, fewer than, below"
        ", lower than, short of, shy of",
        Bound.ABOUT: "about, around, some, roughly, approximately, circa, estimated, approx.",
    }.items()
    for phrase in phrases.split(", ")
}
LAST_WORDS = frozenset(phrase.split()[-1] for phrase in BOUNDS)
ARTICLES = frozenset(("a", "an", "the"))
BOUND_AFTER = re.compile(
    r"\s?(?:(?P<over>\+|-plus|or more|and more|plus\b|-?odd\b)|(?P<about>or so))"
)


def _bound(at: _Place, end: int) -> Bound:
    start = at.match.start()
    words = at.lowered[max(0, start - 28) : start].split()
    if words and words[-1] in ARTICLES:
        words.pop()
    if words and words[-1].lstrip("(“") in LAST_WORDS:
        phrases = (" ".join(words[-count:]).lstrip("(“") for count in (3, 2, 1))
        return next((BOUNDS[phrase] for phrase in phrases if phrase in BOUNDS), Bound.NONE)
    after = BOUND_AFTER.match(at.lowered, end)
    if after:
        return Bound.OVER if after["over"] else Bound.ABOUT
    return Bound.NONE


_READERS: dict[str, Callable[[_Place], list[Fact]]] = {
    "phone": _phone,
    "numeric": _numeric_date,
    "dmy": _month_date,
    "mdy": _month_date,
    "decade": _decade,
    "quarter": _quarter,
    "time": _time,
    "weekday": _weekday,
    "name": _name,
    "number": _digits,
    "fraction": _fraction,
    "words": _words,
    "scale": _scale,
    "ordinal": _ordinal,
    "loose": _loose,
}
