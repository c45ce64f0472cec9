"""Figures that share a unit: ``5 to 8 percent``, ``RMB 80 to 680``, ``3至5万元``."""

from collections.abc import Sequence

from pubkit.facts.values import Fact, Kind, Reading, rounded
from pubkit.patterns import pattern

BETWEEN = pattern(
    r"\s?(?:[-–—~～/／、,，&至到和或与及×]|to|and|or|by|x|and from|and between|, (?:and|or))\s?"
    r"(?:as (?:many|much) as |about |around |nearly |almost |over |some )?"
)


def distribute(facts: Sequence[Fact], text: str) -> tuple[Fact, ...]:
    """Return the facts, mere numbers of a series with the units of their neighbours, too."""
    shared = list(facts)
    for index in range(len(shared) - 2, -1, -1):
        shared[index] = _sharing(shared[index], shared[index + 1], text)
    for index in range(1, len(shared)):
        shared[index] = _following(shared[index - 1], shared[index], text)
    return tuple(shared)


def _is_series(first: Fact, second: Fact, text: str) -> bool:
    return second.start - first.end < 20 and bool(
        first.end <= second.start and BETWEEN.fullmatch(text, first.end, second.start)
    )


def _is_mere(fact: Fact) -> bool:
    return fact.kind in (Kind.NUMBER, Kind.DATE) and fact.readings[:1] == (("n", fact.face),)


def _sharing(first: Fact, second: Fact, text: str) -> Fact:
    """Give a mere number the unit of what follows it: ``5 to 8 percent``."""
    if (
        not _is_mere(first)
        or (first.scale > 1 and not second.measure)
        or not _is_model(second)
        or not _is_series(first, second, text)
    ):
        return first
    return first._replace(readings=(*first.readings, *_scaled(first, second)))


def _following(first: Fact, second: Fact, text: str) -> Fact:
    """Give a mere number the currency before it: ``RMB 80 to 680``."""
    is_money = first.kind is Kind.CURRENCY and _is_model(first) and _is_mere(second)
    if (
        not is_money
        or text[first.start].isdigit()
        or text[first.end] in ",，"
        or not _is_series(first, second, text)
    ):
        return second
    return second._replace(readings=(*second.readings, *_scaled(second, first)))


def _is_model(fact: Fact) -> bool:
    return bool(fact.face) and bool(fact.measure or fact.scale > 1 or len(fact.readings) > 1)


def _scaled(number: Fact, model: Fact) -> tuple[Reading, ...]:
    """Return the number in the other's units, with the other's scale and without."""
    scales = (1.0, model.scale) if model.scale > 1 == number.scale else (1.0,)
    return tuple(
        (dimension, rounded(float(value) / (model.face or 1) * (number.face or 0) * scale))
        for scale in scales
        for dimension, value in model.readings
        if isinstance(value, float)
    )
