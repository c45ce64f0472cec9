"""What a good translator says in another way: in another unit, rounded off, as the rest of it."""

import re

from pubkit.facts.indexed import Text
from pubkit.facts.values import Bound, Fact, Kind
from pubkit.patterns import pattern

AS_MANY = pattern(r"\bas many (?:years?|months?|weeks?|days?|hours?|minutes?)\b")
PART_OF_IT = pattern(r" of (?:it|that|this|which|them|these)\b")


def _without_conversions(
    missing: list[Fact], extra: list[Fact], source: Text
) -> tuple[list[Fact], list[Fact]]:
    """Leave out amounts that stand beside the same amount in another unit."""
    kept = [fact for fact in source.facts if fact not in missing]
    if not any(fact.kind is Kind.UNIT for fact in (*missing, *extra)):
        return missing, extra
    said = [fact for fact in kept if fact.kind is Kind.UNIT]
    lost, new = ({fact.measure for fact in facts} for facts in (missing, extra))
    return (
        [
            fact
            for fact in missing
            if fact.measure in new or not any(is_conversion(fact, other) for other in said)
        ],
        [
            fact
            for fact in extra
            if fact.measure in lost or not any(is_conversion(fact, other) for other in said)
        ],
    )


def without_rewordings(
    missing: list[Fact], extra: list[Fact], source: Text, target: Text
) -> tuple[list[Fact], list[Fact]]:
    """Leave out what the translation says in another way: 不足四成 is more than 60 % idle."""
    missing, extra = _without_conversions(missing, extra, source)
    pairs = [
        (one, other)
        for one in missing
        for other in extra
        if _is_same_amount(one, other)
        or _is_complement(one, other)
        or _is_over(one, other, target)
        or _is_part_in_another_unit(one, other, target)
    ]
    half = HALF_PRICE.search(target.text)
    missing, extra = (_without_as_many(facts, source, target) for facts in (missing, extra))
    return (
        [
            fact
            for fact in missing
            if not any(fact is one for one, _other in pairs)
            and not (half and _is_half(fact, source))
        ],
        [
            fact
            for fact in extra
            if not any(fact is other for _one, other in pairs) and not _is_gloss(fact, target.text)
        ],
    )


def _without_as_many(facts: list[Fact], source: Text, target: Text) -> list[Fact]:
    """Leave out what is as long as another number says: ``the third title in as many years``."""
    english = source if target.is_chinese else target
    if not facts or not AS_MANY.search(english.text):
        return facts
    return [fact for fact in facts if fact.kind is not Kind.UNIT or fact.face not in english.faces]


def _is_same_amount(one: Fact, other: Fact) -> bool:
    """Whether an amount is the same in another unit; degrees have to be converted, too."""
    if not is_conversion(one, other):
        return False
    (name, value), (other_name, other_value) = one.readings[0], other.readings[0]
    if name == other_name or not (isinstance(value, float) and isinstance(other_value, float)):
        return name == other_name
    celsius, fahrenheit = (value, other_value) if name == "degC" else (other_value, value)
    return abs(celsius * 9 / 5 + 32 - fahrenheit) <= 1


def _is_part_in_another_unit(measured: Fact, mere: Fact, text: Text) -> bool:
    """Whether a mere number is the same amount in the unit of its text: ``2,000 of them``."""
    if measured.kind is not Kind.UNIT or mere.kind is not Kind.NUMBER or not mere.face:
        return False
    name, value = measured.readings[0]
    return bool(PART_OF_IT.match(text.text, mere.end)) and any(
        isinstance(value, float)
        and isinstance(whole, float)
        and other_name == name
        and other.face
        and 0.96 < mere.face * whole / other.face / value < 1.04
        for other in text.facts
        if other.kind is Kind.UNIT
        for other_name, whole in other.readings[:1]
    )


HALF_PRICE = pattern("半价|减半|五折|\\bhalf[- ]price")


def _is_half(fact: Fact, text: Text) -> bool:
    """Whether a price is half of another one of its text."""
    return fact.kind is Kind.CURRENCY and any(
        other.kind is Kind.CURRENCY and other.face == 2 * (fact.face or 0) for other in text.facts
    )


def _is_complement(one: Fact, other: Fact) -> bool:
    """Whether less than one share is more than the rest."""
    if not (one.kind is other.kind is Kind.PERCENT) or {one.bound, other.bound} != {
        Bound.OVER,
        Bound.UNDER,
    }:
        return False
    (name, value), (other_name, other_value) = one.readings[0], other.readings[0]
    return (
        name == other_name == "r"
        and isinstance(value, float)
        and isinstance(other_value, float)
        and abs(value + other_value - 1) < SMALLEST_SHARE
    )


SMALLEST_SHARE = 1e-6


def _is_over(exact: Fact, rounded: Fact, target: Text) -> bool:
    """Whether Chinese rounds a figure off: 二十多 of two dozen, 年逾七旬 of an age of 72."""
    if not target.is_chinese or exact.bound in (Bound.OVER, Bound.UNDER):
        return False
    floor, value = rounded.face or 0.0, exact.face or 0.0
    if floor < SMALLEST_ROUND or floor % SMALLEST_ROUND or not floor < value:
        return False
    digits = f"{floor:.0f}"
    step = 10 ** (len(digits) - len(digits.rstrip("0")))
    names = {name for name, _value in (*exact.readings, *exact.hints)}
    is_same = names & {name for name, _value in rounded.readings}
    return bool(is_same) and rounded.bound is Bound.OVER and value < floor + step


SMALLEST_ROUND = 10
GLOSS = pattern(
    r"[(（](?:about|approximately|approx\.?|around|some|roughly|or|equivalent to|equal to"
    r"|约合?|折合?|合|相当于)"
    r"(?:人民币|港币)?\s?\Z"
)


def _is_gloss(fact: Fact, text: str) -> bool:
    """Whether the translator says an amount in brackets in the reader's own currency or unit."""
    if fact.kind is Kind.DATE:
        return re.match(r"[(（]", text[max(0, fact.start - 1) :]) is not None and bool(
            re.match(r"[)）]", text[fact.end :])
        )
    is_amount = fact.kind in (Kind.CURRENCY, Kind.UNIT)
    return is_amount and GLOSS.search(text, max(0, fact.start - 20), fact.start) is not None


def is_conversion(one: Fact, other: Fact) -> bool:
    """Tell whether an amount is nearly the other in another unit; degrees are not converted."""
    if one.kind is not Kind.UNIT or one.measure == other.measure:
        return False
    (name, value), (other_name, other_value) = one.readings[0], other.readings[0]
    if {name, other_name} == {"degC", "degF"}:
        return True
    return (
        name == other_name
        and isinstance(value, float)
        and isinstance(other_value, float)
        and value * other_value > 0
        and 0.96 < value / other_value < 1.04
    )
