"""The usual forms of English figures, dates and times."""

import re
from functools import cache

from pubkit.facts.english.figures import SHARE, words_after_figures
from pubkit.facts.english.patterns import MONTHS
from pubkit.facts.numerals import ORDINALS, SCALES, SMALL
from pubkit.facts.patterns import any_of
from pubkit.facts.plain.said import (
    Plain,
    Reader,
    Said,
    UnusualError,
    forms,
    phone_of,
    read_plain,
    unusual,
)
from pubkit.facts.units import Measure, english_words, signs, symbols
from pubkit.facts.values import rounded
from pubkit.patterns import pattern

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
_DAY = r"\d{1,2}(?![\da-z]|[.:,]\d)"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\d%:a-z]|[,.]\d)"
WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
PARTS = {
    word: part
    for part, words in {
        "am": "morning mornings",
        "pm": "afternoon afternoons",
        "night": "evening evenings night nights tonight",
    }.items()
    for word in words.split()
}
VAGUE = {"one": 1.0, "first": 1.0, "both": 2.0, "pair": 2.0, "pairs": 2.0, "twice": 2.0}
NTHS = {word: float(value) for word, value in ORDINALS.items() if 1 < value < 21}
UNUSUAL = (
    "dawn daybreak dusk halves quarters hundred thousand million billion trillion minus zero"
    " thirds fourths fifths sixths sevenths eighths ninths tenths"
    " thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth thousandth"
    " millionth"
)
NOONS = {"noon": 720, "midday": 720, "midnight": 0}
PARTS_OF_ONE = {
    word: 1 / value
    for value, word in enumerate(
        ("half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
        start=2,
    )
} | {"fourth": 0.25}
_TENS = tuple(word for word, value in SMALL.items() if value > 19)
_ONES = tuple(word for word, value in SMALL.items() if 0 < value < 10)
NUMBERS = {word: float(value) for word, value in SMALL.items() if value > 1} | {
    f"{ten}-{one}": float(SMALL[ten] + SMALL[one]) for ten in _TENS for one in _ONES
}


FIGURES = {
    "dmy": (
        r"(?<![–-])(?P<d1>\d{1,2})(?:st|nd|rd|th)?(?: of)?"
        rf" (?P<m1>{_MONTH})(?:,? (?P<y1>{_YEAR}))?"
    ),
    "clock": r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])(?:m\b|\.m\.?)",
    "digital": r"\d{1,2}:[0-5]\d(?![\d:]|\.\d)",
    "nth": r"(?<![–-])\d+(?:,\d{3})*(?:st|nd|rd|th)(?![a-z-])",
    "phone": r"0\d{2,3}[ -]\d{3,4}[ -]?\d{4}(?!\d)|400-\d{3}-\d{4}(?!\d)",
}
"""What may begin with a digit, beside an amount."""
RATIO = (
    r"(?P<ratio>(?P<some>one|two|three|four|five|six|seven|eight|nine)"
    r"(?: (?:in|out of)(?: every)? (?P<whole>two|three|four|five|six|seven|eight|nine|ten)"
    r"|[ -](?P<parts>thirds|quarters|fourths|fifths|sixths|sevenths|eighths|ninths|tenths))"
    r"(?![a-z-]))"
)
AMOUNTS = {
    "called": r"\+\d[\d ()-]{7,}\d",
    "amount": (
        r"(?:(?<![a-z$])(?P<sign><signs>)\s?|(?<![.,:/+−–-]))"
        r"(?P<figure>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|<numbers>(?![a-z]))"
        r"(?:(?P<share>\s?(?:%| per ?cent(?![a-z]))(?![ -]points?))"
        r"|(?P<points> percentage points?(?![a-z]))|(?P<basis> basis points?(?![a-z]))"
        r"|(?P<times> times(?! square| group|[a-z]))"
        r"|(?: (?P<scale>million|billion|trillion|thousand|hundred|bn)(?![a-z]))?"
        r"(?:[ -]?(?P<unit><units>)(?![a-z\d/²³^]))?(?P<old>[ -]old(?![a-z]))?)"
        r"(?P<end>[.,;:!?)”’\"—]*(?: (?P<next>[a-z]+)?|$|\n|(?<=—)|(?=['’]s)))?"
    ),
}
WORDS = {
    "mdy": (
        rf"(?P<m2>{_MONTH})\.?(?:(?: the)? (?P<d2>{_DAY})(?:(?: to | and |[-–]| – )"
        rf"(?P<d3>{_DAY}))?)?(?:,? (?P<y2>{_YEAR}))?"
    ),
    "weekday": r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?![a-z])",
    "part": rf"{any_of(PARTS)}(?![a-z])",
    "fraction": (
        r"(?:one|(?<! and )an?)[ -](?P<of_one>half|third|quarter|fourth|fifth|sixth|seventh|eighth"
        r"|ninth|tenth)(?![a-z-])"
    ),
    "quarter": r"(?P<which>first|second|third|fourth) quarter(?![a-z-])",
    "half_year": r"(?:first|second|latter) half(?![a-z])",
    "noon": r"(?:noon|midday|midnight)(?![a-z])",
    "half_of": r"(?<! and a )half(?![a-z-])",
    "rare": (
        r"twenty-first(?![a-z])|(?<= and a )(?:half|quarter)(?![a-z])"
        rf"|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?=\.|,? \d|\s?[–-]|,? {_MONTH})"
        rf"|{any_of(UNUSUAL.split())}(?![a-z])"
    ),
    "word": rf"{any_of((*VAGUE, *NTHS))}(?![a-z])",
}
BEGINNINGS = (
    *(*NUMBERS, *MONTHS, *PARTS, *VAGUE, *NTHS, *NOONS, *UNUSUAL.split(), *WEEKDAYS),
    *("half", "quarter", "an", "a"),
)
"""The words, or their beginnings, with which a fact may begin."""


@cache
def _pattern() -> re.Pattern[str]:
    """Return all forms, each a group; what else may be a fact is ``unusual``."""
    sign = [form.lower() for form in signs().measures]
    units = (*english_words().measures, *(form.lower() for form in symbols().measures))
    amounts = forms(AMOUNTS).replace("<signs>", any_of(sign)).replace("<units>", any_of(units))
    first_signs = "".join(sorted({form[0] for form in sign if not form[0].isalpha()}))
    words = any_of((*BEGINNINGS, *(form for form in sign if form[0].isalpha())))
    return pattern(
        r"(?=[\d-])(?P<name>(?<=[a-z])-?\d(?:[a-z\d-]*[a-z\d])?(?!\.\d))"
        rf"|(?<![a-z\d])(?=[\d{first_signs}(+½⅓⅔¼¾⅕⅛]|{words})(?:"
        rf"(?=\d)(?<![.,:/+−])(?:{forms(FIGURES)})"
        rf"|(?=[a-z]){RATIO}"
        rf"|{amounts.replace('<numbers>', any_of(NUMBERS))}"
        rf"|(?=[a-z])(?:{forms(WORDS)})"
        r"|(?P<unusual>\d|\+\d|\(0?\d{2,4}\)[ -]?\d|[½⅓⅔¼¾⅕⅛]))"
    )


def read_plain_english(text: str) -> Said:
    """Return the values of a text in usual forms.

    Raises:
        UnusualError: The text has another form.
    """
    return read_plain(text.lower(), text, _pattern(), _READERS)


def _add_date(said: Said, match: re.Match[str], year: str, month: str, *days: str) -> None:
    name = match[month]
    if not said.text[match.start(month)].isupper():
        if match[days[0]]:
            raise UnusualError
        return
    number = MONTHS.index(name[:3]) + 1
    which = int(match[year]) if match[year] else None
    for day in days:
        if match[day] or day == days[0]:
            said.sure.add(("date", (which, number, int(match[day]) if match[day] else None)))


def _dmy(match: re.Match[str], said: Said) -> None:
    _add_date(said, match, "y1", "m1", "d1")


def _mdy(match: re.Match[str], said: Said) -> None:
    _add_date(said, match, "y2", "m2", "d2", "d3")


def _clock(match: re.Match[str], said: Said) -> None:
    hour = int(match["hour"]) % 12 + (12 if match["half"] == "p" else 0)
    said.sure.add(("time", hour * 60 + int(match["minute"] or 0)))


def _digital(match: re.Match[str], said: Said) -> None:
    hour, minute = match["digital"].split(":")
    said.sure.add(("time", int(hour) * 60 + int(minute)))


def _nth(match: re.Match[str], said: Said) -> None:
    said.sure.add(("n", float(match["nth"][:-2].replace(",", ""))))


def _weekday(match: re.Match[str], said: Said) -> None:
    if said.text[match.start()].isupper():
        said.sure.add(("weekday", WEEKDAYS[match["weekday"][:3]]))


def _part(match: re.Match[str], said: Said) -> None:
    said.small.add(("part", PARTS[match["part"]]))


def _word(match: re.Match[str], said: Said) -> None:
    word = match["word"]
    if word in NTHS:
        said.sure.add(("n", NTHS[word]))
    else:
        said.vague.add(("n", VAGUE[word]))


def _fraction(match: re.Match[str], said: Said) -> None:
    part = match["of_one"]
    (said.vague if part == "half" else said.sure).add(("r", rounded(PARTS_OF_ONE[part])))


def _ratio_of(match: re.Match[str], said: Said) -> None:
    some = NUMBERS.get(match["some"], 1.0)
    if match["whole"]:
        said.sure.add(("r", rounded(some / NUMBERS[match["whole"]])))
    else:
        said.sure.add(("r", rounded(some * PARTS_OF_ONE[match["parts"][:-1]])))


def _half(_match: re.Match[str], said: Said) -> None:
    said.vague.add(("r", 0.5))


def _quarter(match: re.Match[str], said: Said) -> None:
    which = match["which"]
    said.sure.add(("quarter", 1 if which == "first" else int(NTHS[which])))


def _noon(match: re.Match[str], said: Said) -> None:
    said.sure.add(("time", NOONS[match["noon"]]))


def _phone(match: re.Match[str], said: Said) -> None:
    said.sure.add(phone_of(match))


def _name(match: re.Match[str], said: Said) -> None:
    start = match.start()
    while match.string[start - 1 : start].isalpha():
        start -= 1
    said.sure.add(("name", match.string[start : match.end()].replace("-", "")))


def _amount(match: re.Match[str], said: Said) -> None:
    figure, sign, scale, unit, after = match.group("figure", "sign", "scale", "unit", "next")
    if match["end"] is None or (figure[0] == "0" and figure[1:2].isdigit()):
        raise UnusualError
    value = NUMBERS.get(figure) or float(figure.replace(",", ""))
    if match["share"] or match["points"] or match["basis"] or match["times"]:
        if sign:
            raise UnusualError
        said.sure.add(_ratio(match, value))
        return
    if scale:
        value *= SCALES[scale]
    if sign or unit:
        if (sign and unit) or match["old"]:
            raise UnusualError
        measure = _sign(sign) if sign else _measure(unit, said.text, match.start("unit"))
        said.sure.add((measure.dimension, rounded(value * measure.factor)))
        return
    if after and match["end"][0] == " " and _is_unusual(match, after, bool(scale)):
        raise UnusualError
    is_small = value < 11 and figure in NUMBERS and not scale
    (said.small if is_small else said.sure).add(("n", rounded(value)))


def _ratio(match: re.Match[str], value: float) -> Plain:
    if match["times"]:
        return ("x", value)
    if match["share"]:
        return ("r", rounded(value / 100))
    return ("p", rounded(value / 100) if match["basis"] else value)


def _is_unusual(match: re.Match[str], after: str, is_scaled: bool) -> bool:
    if after in _unusual_words():
        return True
    if after == "in" or after == "new":
        return bool(SHARE.match(match.string, match.start("end")))
    return is_scaled and (after == "and" or after in NUMBERS)


@cache
def _unusual_words() -> frozenset[str]:
    return words_after_figures() - {"and", "of", "in"} | {"half", "out"}


@cache
def _sign(form: str) -> Measure:
    measures = signs().measures
    return next(measures[name][0] for name in measures if name.lower() == form)


def _measure(form: str, text: str, start: int) -> Measure:
    found = english_words().measures.get(form) or symbols().measures.get(
        text[start : start + len(form)]
    )
    if not found or (len(found) > 1 and found[0].dimension[0] != "$"):
        raise UnusualError
    return found[0]


_READERS: dict[str | None, Reader] = {
    "dmy": _dmy,
    "mdy": _mdy,
    "clock": _clock,
    "digital": _digital,
    "nth": _nth,
    "amount": _amount,
    "weekday": _weekday,
    "part": _part,
    "word": _word,
    "name": _name,
    "rare": unusual,
    "fraction": _fraction,
    "ratio": _ratio_of,
    "half_of": _half,
    "half_year": unusual,
    "quarter": _quarter,
    "noon": _noon,
    "phone": _phone,
    "called": _phone,
    "unusual": unusual,
}
