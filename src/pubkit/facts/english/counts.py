"""English figures without a unit."""

from pubkit.facts.english.bounds import bound
from pubkit.facts.english.place import Place
from pubkit.facts.units import english_words
from pubkit.facts.values import Fact, Kind, Reading, Weight, rounded
from pubkit.patterns import pattern

WORD_WITH_DIGITS = pattern(r"[\w-]+")


WORD_AFTER = pattern(r"[\s-]?[a-z]{2}")


COUNTED = pattern(r"[ -][a-z]")


def mere(at: Place, value: float, place: int, weight: Weight) -> Fact:
    """Return a figure without a unit."""
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
    if DIMENSION.match(at.lowered, place):
        weight = Weight.LOOSE
    more = _prefixed(at, value, place) or _before(at, value) or _points(at, value, place)
    hints: tuple[Reading, ...] = ()
    if value in HOURS and HOUR_BEFORE.search(at.lowered, max(0, start - 8), start):
        hints = (("time", 60 * int(value) % 1440), ("time", (60 * int(value) + 720) % 1440))
    is_year = bool(digits) and place == at.match.end() and len(digits) == 4 and value < 2100
    is_date = is_year and value >= 1500 and _is_year(at, place)
    return Fact(
        kind=Kind.DATE if is_date else Kind.NUMBER,
        start=start,
        end=place,
        readings=(("n", value), ("date", (int(value), None, None)))
        if is_year
        else (("n", value), *more),
        hints=hints,
        face=value,
        weight=weight,
        bound=bound(at, place),
        is_open=bool(WORD_AFTER.match(at.lowered, place)),
    )


HOURS = frozenset(map(float, range(1, 13)))
HOUR_BEFORE = pattern(r"\b(?:at|by|until|till|from|before|after|past|around|since) \Z")
"""What stands before an hour of the day: ``I get up at 4``."""


PREFIX = pattern(r"[\s-](kilo|mega|giga|tera|peta)-?(?=[a-z]{3})")


PREFIXES = {"kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12, "peta": 1e15}


DIMENSION = pattern("[ -]dimension")
POINTS = pattern(r" points?(?![a-z])")


def _points(at: Place, value: float, place: int) -> tuple[Reading, ...]:
    """Return the percentage points that mere points may be: ``four points up on 2019``."""
    return (("p", value),) if POINTS.match(at.lowered, place) else ()


UNIT_BEFORE = pattern(r"(?<![a-z])([a-z]+)[ -]$")


def _prefixed(at: Place, value: float, place: int) -> tuple[Reading, ...]:
    """Return the number of what nobody knows as a unit: 1.6-gigapixel."""
    prefix = PREFIX.match(at.lowered, place)
    return (("n", rounded(value * PREFIXES[prefix[1]])),) if prefix else ()


def _before(at: Place, value: float) -> tuple[Reading, ...]:
    """Return the number with the unit before it: kilometre 19, day 3."""
    start = at.match.start()
    word = UNIT_BEFORE.search(at.lowered, max(0, start - 14), start)
    found = english_words().measures.get(word[1], ()) if word else ()
    return tuple(
        (measure.dimension, rounded(value * measure.factor))
        for measure in found
        if measure.dimension[0] != "$"
    )


BEFORE_YEAR = pattern(
    r"\b(?:in|since|by|until|till|from|of|for|to|before|after|during|late|early|mid|fiscal|year|and"
    r"|spring|summer|autumn|fall|winter|the)[ -]$"
)


def _is_year(at: Place, place: int) -> bool:
    """Whether a figure of four digits is likely to be a year, and counts nothing."""
    before = at.lowered[max(0, at.match.start() - 8) : at.match.start()]
    counts = COUNTED.match(at.lowered, place)
    return not counts or bool(BEFORE_YEAR.search(before))
