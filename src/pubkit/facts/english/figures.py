"""English figures and what stands around them: scale, unit, per cent, rank."""

import re
from functools import cache

from pubkit.facts.english.bounds import bound
from pubkit.facts.english.counts import mere
from pubkit.facts.english.numbers import DENOMINATORS, INTERVAL, PARTS
from pubkit.facts.english.place import Place, Reader
from pubkit.facts.english.quantities import measured
from pubkit.facts.numerals import AFTER_A, SCALES, WORDS, english_number
from pubkit.facts.units import Measure, english_words, signs, symbols
from pubkit.facts.values import Fact, Kind, Reading, Weight, rounded
from pubkit.patterns import pattern

FORMS = {
    "words": (
        rf"(?<![a-z])(?P<words>{WORDS}|{AFTER_A}|an(?= hour and (?:\d|{WORDS}|a quarter))"
        r"|(?:an?|another)(?= (?:minute|hour|day|year|decade|century|(?:kilo)?met(?:re|er)|mile"
        r"|tonne|ton|lit(?:re|er)) and a half)"
        r"|half an?(?= (?:per|basis|[mbt]illion|thousand"
        r"|year|month|day|hour|minute|century|decade|kilom|mile|met(?:re|er)|ton|lit(?:re|er)"
        r"|acre|hectare|pound)))"
    ),
}
"""What they look like, by the names of their readers."""


PERCENT = pattern(
    r"[\s-]{0,2}(?:"
    r"(?P<point>(?:percentage|percent|per cent|%)[\s-]points?|ppts?(?![a-z])|pp(?![a-z]))"
    r"|(?P<basis>basis[\s-]points?|bps?(?![a-z]))|(?P<mille>‰|per mille)"
    r"|(?P<percent>%|％|per[\s-]?cent(?![a-z])|pct(?![a-z])))"
)


SCALE = pattern(r"[\s-]?(hundred|thousand|million|billion|trillion|mn|bn|tn|dozen)(?![a-z])")


SHORT_SCALE = pattern(r"(k|m|b|t)(?![\w/²³])")


RESOLUTIONS = frozenset((2, 4, 5, 8, 16))
"""``8K`` is how fine a picture is, and no number."""
SHORT_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}


PART = pattern(
    rf"[\s-](?:of an? )?({PARTS})(?:s(?![a-z])|(?![a-z])(?=[\s-]?(?:of|the|majority)))(?! past)"
)


PARTY = pattern(r"[ -]part(?:y|ies)\b")
"""What a third one is, is in Chinese a word: 第三方."""


NTH_SUFFIX = pattern(r"(?:st|nd|rd|th)(?![a-z])")


HALF_TIMES = pattern(r" and a half times(?![a-z])")


TIMES = pattern(r"[\s-]?(?:times(?! (?:square|group))|fold|x)(?![a-z\d])")


SHARE = pattern(
    r"(?: [a-z]+)? (?:in|out of)(?: every)? (?P<whole>two|three|four|five|six|seven|eight|nine|ten"
    r"|twenty|a hundred|one hundred|\d{1,3}(?=[ ,.;]|\Z)(?!,\d))(?![a-z\d]|\.\d)"
)


DIGIT_FRACTION = pattern(r"/(\d+)(?![\d/.])")


HEXADECIMAL = pattern(r"x(?![a-z]{2})")
"""What follows the nought of ``0x%lx``."""


ARGUMENT = pattern(r"%\d\$")
"""The number of an argument: ``%2$s``."""


def _digits(at: Place) -> list[Fact]:
    if at.match["digits"] == "0" and HEXADECIMAL.match(at.lowered, at.match.end()):
        return []
    if ARGUMENT.match(at.lowered, at.match.start() - 1):
        return []
    value = float(at.match["digits"].replace(",", ""))
    return _figure(at, value, Weight.SURE)


FRACTIONS_AND_ONE = {"half a": 0.5, "half an": 0.5, "an": 1.0, "a": 1.0, "another": 1.0}


CENTURY_AND_A_HALF = " century and a half"


def _words(at: Place) -> list[Fact]:
    words = at.match["words"]
    if words == "a" and at.lowered.startswith(CENTURY_AND_A_HALF, at.match.end()):
        end = at.match.end() + len(CENTURY_AND_A_HALF)
        return [at.fact(Kind.UNIT, ("month", 1800.0), hints=(("n", 150.0),), face=1.5, end=end)]
    value = FRACTIONS_AND_ONE.get(words) or float(english_number(words))
    weight = Weight.LOOSE if value < 2 else Weight.SMALL if value < 11 else Weight.SURE
    return _figure(at, value, weight)


def _figure(at: Place, value: float, weight: Weight) -> list[Fact]:
    """Read what stands around a figure: its scale, unit, currency, per cent, rank."""
    lowered, place = at.lowered, at.match.end()
    sign = at.match["sign"] or ""
    after = AFTER_FIGURE.match(lowered, place)
    if not sign and (not after or after[1] not in words_after_figures()):
        share = SHARE.match(lowered, place) if value <= 20 else None
        return (share and _share(at, value, share)) or [mere(at, value, place, weight)]
    scale = 1.0
    while word := SCALE.match(lowered, place):
        scale, place, weight = scale * SCALES[word[1]], word.end(), Weight.SURE
    short = SHORT_SCALE.match(lowered, place)
    if short and not sign and value in RESOLUTIONS and at.text[place] == "K":
        name = ("name", f"{value:.0f}k")
        return [at.fact(Kind.NUMBER, name, ("n", value), weight=Weight.LOOSE, end=short.end())]
    if short and (sign or short[1] == "k"):
        scale, place = scale * SHORT_SCALES[short[1]], short.end()
    if not sign and scale == 1 and AGE_GROUP.match(lowered, place):
        age: tuple[Reading, ...] = (("n", value), ("month", 12 * value))
        group = at.fact(Kind.NUMBER, *age, face=value, weight=weight, end=place + 1)
        return [group._replace(bound=bound(at, place))]
    value = rounded(value * scale)
    facts = [] if sign else _special(at, value, place, weight)
    if not facts:
        found = _currencies_of(sign) if sign else ()
        facts = [measured(at, value, place, weight, found)]
    return [fact._replace(scale=scale) for fact in facts] if scale > 1 else facts


AGE_GROUP = pattern(r"s\b(?<=\d\ds)")
"""``the over-65s`` are people, not seconds."""
AFTER_FIGURE = pattern(r"[\s-]{0,2}([a-z]+|[^\sa-z])")


@cache
def words_after_figures() -> frozenset[str]:
    """Return the words and characters after a figure that change what it says."""
    forms = (*english_words().measures, *(form.lower() for form in symbols().measures))
    first = (match[1] for form in forms if (match := AFTER_FIGURE.match(form)))
    others = (
        "percent percentage per pct pp ppt ppts basis bp bps times fold x st nd rd th and of in out"
        " k m b t extra more additional further full whole consecutive straight working business"
        " calendar solid flight flying teaching class credit man person service volunteer sunshine"
        " point points % ％ ‰ ½ / °"
    )
    parts = (part for name in DENOMINATORS for part in (name, f"{name}s"))
    return frozenset((*first, *SCALES, *parts, *others.split()))


@cache
def _currencies_of(sign: str) -> tuple[Measure, ...]:
    """Return what a sign in lower case may stand for."""
    measures = signs().measures
    return next(measures[form] for form in measures if form.lower() == sign)


def _special(at: Place, value: float, place: int, weight: Weight) -> list[Fact]:
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
        if PARTY.match(lowered, nth.end()) or INTERVAL.search(lowered, 0, at.match.start()):
            weight = Weight.LOOSE
        return [
            at.fact(
                Kind.ORDINAL, ("o", value), hints=hints, face=value, end=nth.end(), weight=weight
            )
        ]
    if half := HALF_TIMES.match(lowered, place):
        more = value + 0.5
        ratios = (("x", more), ("r", rounded(more)), ("n", more))
        return [at.fact(Kind.NUMBER, *ratios, weight=weight, face=more, end=half.end())]
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


def _share(at: Place, value: float, share: re.Match[str]) -> list[Fact]:
    word = share["whole"]
    whole = float(word) if word.isdigit() else float(english_number(word.replace("a ", "one ")))
    if value >= whole:
        return []
    part = at.fact(Kind.NUMBER, ("r", rounded(value / whole)), weight=Weight.SMALL, end=share.end())
    return [
        part._replace(bound=bound(at, share.end())),
        at.fact(Kind.NUMBER, ("n", value), weight=Weight.LOOSE, end=share.end()),
        at.fact(Kind.NUMBER, ("n", whole), weight=Weight.LOOSE, end=share.end()),
    ]


def _digit_fraction(at: Place, value: float, over: re.Match[str]) -> list[Fact]:
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


def _is_unit_after(at: Place, place: int) -> bool:
    return bool(symbols().pattern.match(at.text, place))


def _percent(at: Place, value: float, percent: re.Match[str], weight: Weight) -> Fact:
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
        bound=bound(at, percent.end()),
    )


READERS: dict[str, Reader] = {
    "number": _digits,
    "words": _words,
}
