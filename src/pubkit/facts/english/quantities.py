"""English figures with a unit or a currency."""

import re

from pubkit.facts.english.bounds import bound
from pubkit.facts.english.counts import mere
from pubkit.facts.english.place import Place
from pubkit.facts.numerals import WORDS, english_number
from pubkit.facts.units import Measure, english_words, symbols
from pubkit.facts.values import Fact, Kind, Reading, Weight, rounded
from pubkit.patterns import pattern

AND_A_HALF = pattern(r"(?: and a half|½)(?:[\s-])?")


LENIENT = frozenset({"month", "TEU"})
"""Units that a text may leave out: an age, a number of boxes."""


def measured(
    at: Place, value: float, place: int, weight: Weight, found: tuple[Measure, ...]
) -> Fact:
    """Return a figure with its unit or currency, or a mere number."""
    lowered = at.lowered
    if half := AND_A_HALF.match(lowered, place):
        value, place = value + 0.5, half.end() - 1
    if not found:
        word = english_words().pattern.match(lowered, place)
        if word and _is_unit(word[0], value):
            found, place = english_words().measures[word[1]], word.end()
        elif symbol := symbols().pattern.match(at.text, place):
            found, place = symbols().measures[symbol[1]], symbol.end()
    if found:
        return _quantity(at, value, place, weight, found)
    return mere(at, value, place, weight)


def _is_unit(word: str, value: float) -> bool:
    """Tell a unit from an ordinal number and a verb: the two second prizes, 12 won medals."""
    if word.endswith(" won"):
        return value >= FEWEST_WON
    return value == 1 or not word.endswith((" second", " minute"))


FEWEST_WON = 1000
MORE_TIME = pattern(
    rf",?(?: and)? (?P<more>\d+(?:\.\d+)?|{WORDS}) (?P<unit>minutes?|mins?|seconds?|secs?)(?![a-z])"
)


HOUR = 3600.0
A_QUARTER = pattern(r" and a quarter(?![a-z])")
HALF_AFTER = pattern(r" and a half(?![a-z])")
MORE_MONTHS = pattern(rf",?(?: and)? (?P<more>\d{{1,2}}|{WORDS}) months?(?![a-z])")


def _duration(at: Place, value: float, place: int, factor: float) -> tuple[float, int]:
    """Return the seconds of 2 hours, 9 minutes and 15 seconds, and where they end."""
    seconds = value * factor
    if factor == HOUR and (quarter := A_QUARTER.match(at.lowered, place)):
        return seconds + 900, quarter.end()
    while more := MORE_TIME.match(at.lowered, place):
        size = 60.0 if more["unit"][0] == "m" else 1.0
        if size >= factor:
            break
        figure = more["more"]
        seconds += size * (float(figure) if figure[0].isdigit() else english_number(figure))
        place, factor = more.end(), size
    return seconds, place


def _quantity(
    at: Place, value: float, place: int, weight: Weight, found: tuple[Measure, ...]
) -> Fact:
    if found[0].dimension == "s" and 1 < found[0].factor < 4000:
        seconds, end = _duration(at, value, place, found[0].factor)
        if end > place:
            hints = (("s", rounded(value * found[0].factor)),)
            return at.fact(Kind.UNIT, ("s", rounded(seconds)), hints=hints, face=value, end=end)
    if found[0].name == "yr" and (more := MORE_MONTHS.match(at.lowered, place)):
        figure = more["more"]
        months = float(figure) if figure.isdigit() else english_number(figure)
        whole = ("month", rounded(12 * value + months))
        return at.fact(Kind.UNIT, whole, face=value, end=more.end())
    if half := HALF_AFTER.match(at.lowered, place):
        value, place, weight = value + 0.5, half.end(), Weight.SURE
    is_negative = found[0].dimension.startswith("deg") and _is_negative(at)
    value = -value if is_negative else value
    if found[0].dimension == "deg":
        readings: tuple[Reading, ...] = (("degC", value), ("degF", value), ("deg", value))
        return at.fact(Kind.UNIT, *readings, hints=(("n", value),), face=value, end=place)
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
        bound=bound(at, place),
    )


def _is_negative(at: Place) -> bool:
    return bool(re.search(r"(?:^|[\s(（])[-−–]\s?$|minus\s$", at.lowered[: at.match.start()][-8:]))
