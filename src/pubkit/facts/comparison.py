"""Which facts a text and its translation do not share.

The comparison is one of sets: a fact is missing where the other text says its value nowhere, so
that a figure said twice may be said once, and the order is free. What is left over on both sides
is then paired: a figure in another unit, another figure in the same unit, another day. One fault
is one difference; what is paired is changed, what is not is lost or added.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pubkit.facts.chinese.reader import read_chinese
from pubkit.facts.english.reader import read_english
from pubkit.facts.plain.agreement import agree_plainly
from pubkit.facts.relations import contradictions
from pubkit.facts.values import Bound, Fact, Kind, Reading, Value, Weight, are_one_phone
from pubkit.patterns import pattern


class Cause(StrEnum):
    """What happened to a fact."""

    CHANGED = "changed"
    LOST = "lost"
    ADDED = "added"
    UNIT_CHANGED = "unit changed"
    UNIT_LOST = "unit lost"
    UNIT_ADDED = "unit added"
    COMPLETED = "completed"
    """A year or a month that the source leaves out."""
    REVERSED = "reversed"
    """More than it became less than it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A fact that only one text says, or both say differently."""

    kind: Kind
    """Which check it belongs to."""
    cause: Cause
    source: Fact | None = None
    target: Fact | None = None
    is_certain: bool = True
    """Whether no good translation can have it."""


FIGURES = frozenset({Kind.NUMBER, Kind.ORDINAL, Kind.PERCENT, Kind.CURRENCY, Kind.UNIT})
MEASURED = frozenset({Kind.PERCENT, Kind.CURRENCY, Kind.UNIT})
DATED = frozenset({Kind.DATE, Kind.NUMBER})
"""Facts that may be a day or a year."""
Date = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text and the index of its facts."""

    text: str
    facts: tuple[Fact, ...]
    is_chinese: bool
    readings: dict[Reading, list[Fact]]
    hints: set[Reading]
    sure_readings: set[Reading]
    """The readings of all facts but the loose ones."""
    dates: dict[tuple[str, int], set[Date]]
    """The dates by each of their parts."""
    faces: dict[float, list[Fact]]

    def says(self, fact: Fact) -> bool:
        """Whether the text has a fact that agrees with one of the other text."""
        return (
            fact.readings[0] in self.readings
            or any(reading in self.readings or reading in self.hints for reading in fact.readings)
            or any(hint in self.sure_readings for hint in fact.hints if hint[0] != "part")
            or (fact.kind in DATED and any(self._has_date(date) for date in _dates((fact,))))
            or (fact.kind is Kind.PHONE and self._has_phone(fact.readings[0][1]))
        )

    def _has_date(self, date: Date) -> bool:
        year, month, day = date
        if day is not None:
            near = self.dates.get(("day", day), ())
        elif month is not None:
            near = self.dates.get(("month", month), ())
        else:
            return ("year", year or 0) in self.dates
        return any(_are_compatible(date, other) for other in near)

    def _has_phone(self, number: Value) -> bool:
        """Whether a number stands here with its area code, or without."""
        return any(
            isinstance(value, str) and isinstance(number, str) and are_one_phone(value, number)
            for name, value in self.readings
            if name == "phone"
        )


def _read(text: str, *, is_chinese: bool) -> _Text:
    facts = read_chinese(text) if is_chinese else read_english(text)
    index = _Text(text, facts, is_chinese, {}, set(), set(), {}, {})
    for fact in facts:
        for reading in fact.readings:
            index.readings.setdefault(reading, []).append(fact)
            if type(reading[1]) is tuple:
                _add_date(index, reading[1])
        if fact.weight is not Weight.LOOSE:
            index.hints.update(fact.hints)
            index.sure_readings.update(fact.readings)
        if fact.face is not None and fact.kind in FIGURES:
            index.faces.setdefault(fact.face, []).append(fact)
    return index


def _add_date(index: _Text, date: Date) -> None:
    for name, part in zip(("year", "month", "day"), date, strict=True):
        if part is not None:
            index.dates.setdefault((name, part), set()).add(date)


def _dates(facts: Iterable[Fact]) -> Iterator[Date]:
    for fact in facts:
        for _name, value in fact.readings:
            if isinstance(value, tuple):
                yield value


def _are_compatible(one: Date, other: Date) -> bool:
    return all(
        here is None or there is None or here == there
        for here, there in zip(one, other, strict=True)
    )


def compare(source: str, target: str, *, is_into_chinese: bool) -> tuple[Difference, ...]:
    """Return where the facts of a text and its translation differ, in order.

    Args:
        source: The text to translate, without markup.
        target: Its translation, without markup.
        is_into_chinese: Whether the translation is the Chinese one; the other is English.
    """
    english, chinese = (source, target) if is_into_chinese else (target, source)
    said = tuple(_contradicted(english, chinese, is_into_chinese=is_into_chinese))
    if agree_plainly(english, chinese, is_into_chinese=is_into_chinese):
        return said
    found = compare_carefully(source, target, is_into_chinese=is_into_chinese)
    names = found and _identifiers(source) & _identifiers(target)
    if names:
        texts = (_without(names, text) for text in (source, target))
        found = compare_carefully(*texts, is_into_chinese=is_into_chinese)
    return (*found, *said)


IDENTIFIER = pattern(
    r"(?<![A-Za-z0-9_.,$+~/:-])[~/]{0,2}(?=[A-Za-z0-9_.+~/:-]*\d)[A-Za-z0-9_][A-Za-z0-9_.+~/:-]*[A-Za-z0-9_]"
    r"(?![A-Za-z0-9_%％‰]|,\d| ?[十百千万亿]| ?(?:hundred|thousand|million|billion|trillion|per) )"
)
"""A version, an address, the name of a file: one word that is no figure."""
NO_FIGURE = pattern(r"\d[./:]\d+[./:]\d|[A-Za-z][^ ]*[._/:~-][^ ]*\d|\d[._/:~][^ ]*[A-Za-z]")


def _identifiers(text: str) -> set[str]:
    return {name for name in IDENTIFIER.findall(text) if NO_FIGURE.search(name)}


def _without(names: set[str], text: str) -> str:
    """Return a text without the identifiers, which stand in the other letter by letter."""
    return IDENTIFIER.sub(
        lambda match: "\ufffc" * len(match[0]) if match[0] in names else match[0], text
    )


def _contradicted(english: str, chinese: str, *, is_into_chinese: bool) -> Iterator[Difference]:
    """Yield what the texts say about their figures that contradicts, as differences of facts."""
    for found in contradictions(english, chinese):
        here, there = (
            Fact(found.kind, span.start, span.end, (("said", str(span)),)) if span else None
            for span in (found.english, found.chinese)
        )
        source, target = (here, there) if is_into_chinese else (there, here)
        cause = Cause.CHANGED if source and target else Cause.LOST if source else Cause.ADDED
        yield Difference(kind=found.kind, cause=cause, source=source, target=target)


def compare_carefully(source: str, target: str, *, is_into_chinese: bool) -> tuple[Difference, ...]:
    """Return the same as ``compare``, all facts read in all their forms."""
    texts = (
        _read(source, is_chinese=not is_into_chinese),
        _read(target, is_chinese=is_into_chinese),
    )
    found = tuple(_differences(*texts))
    return tuple(sorted(found, key=_place)) if len(found) > 1 else found


def _place(difference: Difference) -> int:
    fact = difference.target or difference.source
    return fact.start if fact else 0


def _differences(source: _Text, target: _Text) -> Iterator[Difference]:
    missing = [fact for fact in source.facts if not target.says(fact)]
    extra = [fact for fact in target.facts if not source.says(fact)]
    has_other_dates = any(fact.kind is Kind.DATE for fact in (*missing, *extra))
    if missing or extra:
        missing, extra = _without_conversions(missing, extra, source, target)
        missing, extra = _without_rewordings(missing, extra, source, target)
        yield from _changed_names(missing, extra)
        missing = [fact for fact in missing if fact.weight > Weight.LOOSE]
        extra = [fact for fact in extra if fact.weight > Weight.LOOSE]
        for fact, other, found in _changes(missing, extra, source, target):
            yield from found
            missing = [one for one in missing if one is not fact]
            extra = [one for one in extra if one is not other]
        yield from _losses(missing, source, target)
        yield from _additions(extra, source, target)
    if not has_other_dates:
        yield from _parts_of_dates(source, target)
    yield from _reversals(source, target)
    yield from _shared_percents(source, target)


# ---------------------------------------------------------------- what changed


def _without_conversions(
    missing: list[Fact], extra: list[Fact], source: _Text, target: _Text
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
            if fact.measure in new or not any(_is_conversion(fact, other) for other in said)
        ],
        [
            fact
            for fact in extra
            if fact.measure in lost or not any(_is_conversion(fact, other) for other in said)
        ],
    )


def _without_rewordings(
    missing: list[Fact], extra: list[Fact], source: _Text, target: _Text
) -> tuple[list[Fact], list[Fact]]:
    """Leave out what the translation says in another way: 不足四成 is more than 60 % idle."""
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


def _is_same_amount(one: Fact, other: Fact) -> bool:
    """Whether an amount is the same in another unit; degrees have to be converted, too."""
    if not _is_conversion(one, other):
        return False
    (name, value), (other_name, other_value) = one.readings[0], other.readings[0]
    if name == other_name or not (isinstance(value, float) and isinstance(other_value, float)):
        return name == other_name
    celsius, fahrenheit = (value, other_value) if name == "degC" else (other_value, value)
    return abs(celsius * 9 / 5 + 32 - fahrenheit) <= 1


def _is_part_in_another_unit(measured: Fact, mere: Fact, text: _Text) -> bool:
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


def _is_half(fact: Fact, text: _Text) -> bool:
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


def _is_over(exact: Fact, rounded: Fact, target: _Text) -> bool:
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


def _is_conversion(one: Fact, other: Fact) -> bool:
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


def _changed_names(missing: Sequence[Fact], extra: Sequence[Fact]) -> Iterator[Difference]:
    """Yield names whose figures changed: KY-9 became KY-8."""
    names = {_letters(fact): fact for fact in extra if fact.readings[0][0] == "name"}
    for fact in missing:
        if fact.readings[0][0] == "name" and (other := names.get(_letters(fact))):
            yield Difference(kind=Kind.NUMBER, cause=Cause.CHANGED, source=fact, target=other)


def _letters(fact: Fact) -> str:
    return re.sub(r"\d+", "0", str(fact.readings[0][1]))


def _changes(
    missing: Sequence[Fact], extra: Sequence[Fact], source: _Text, target: _Text
) -> Iterator[tuple[Fact, Fact, tuple[Difference, ...]]]:
    """Yield facts that stand for one another, and what is wrong with that, if anything is."""
    left = list(extra)
    rest = []
    for fact in missing:
        if other := _in_another_unit(fact, left, target):
            left = [one for one in left if one is not other]
            yield fact, other, tuple(_unit_differences(fact, other, source, target))
        else:
            rest.append(fact)
    for other in [one for one in left if one.kind in MEASURED]:
        # The source says the figure without the unit, or with another one, more than once.
        same = next(iter(source.faces.get(other.face or 0.0, ())), None)
        if same and (same.kind in MEASURED or other.weight is Weight.SURE):
            left.remove(other)
            yield same, other, tuple(_unit_differences(same, other, source, target))
    for fact in rest:
        candidates = [other for other in left if _may_replace(fact, other)]
        if candidates:
            other = min(candidates, key=lambda one: _distance(fact, one, source, target))
            left = [one for one in left if one is not other]
            yield fact, other, (_change(fact, other),)


def _in_another_unit(fact: Fact, extra: Sequence[Fact], target: _Text) -> Fact | None:
    """Return the same figure with another unit, or with none."""
    if fact.kind not in FIGURES or fact.face is None:
        return None
    same = [other for other in extra if other.face == fact.face and other.kind in FIGURES]
    if not same and fact.kind in MEASURED:
        same = [other for other in target.faces.get(fact.face, ()) if other.weight is Weight.SURE]
    for other in same:
        is_sure = Weight.SURE in (fact.weight, other.weight)
        if is_sure and (fact.kind in MEASURED or other.kind in MEASURED):
            return other
    return None


def _unit_differences(
    fact: Fact, other: Fact, source: _Text, target: _Text
) -> Iterator[Difference]:
    """Yield a figure with another unit, unless the unit stands at a figure beside it."""
    kinds = (fact.kind, other.kind)
    kind = next(kind for kind in (Kind.PERCENT, Kind.CURRENCY, Kind.UNIT) if kind in kinds)
    if (fact.kind in MEASURED and other.kind in MEASURED) or _is_of_another_unit(fact, other):
        yield Difference(kind=kind, cause=Cause.UNIT_CHANGED, source=fact, target=other)
    elif fact.kind in MEASURED:
        is_open = kind is Kind.UNIT and other.is_open
        if not _is_elliptic(other, fact, target):
            yield Difference(
                kind=kind, cause=Cause.UNIT_LOST, source=fact, target=other, is_certain=not is_open
            )
    elif (kind is Kind.PERCENT or (kind is Kind.CURRENCY and fact.is_open)) and not (
        kind is Kind.CURRENCY and FURTHER.search(source.text, 0, fact.start)
    ):
        yield Difference(kind=kind, cause=Cause.UNIT_ADDED, source=fact, target=other)


FURTHER = pattern(r"\b(?:another|further|additional|extra) \Z")
"""What follows shares the unit of what went before: ``another 30,000 each``."""


def _is_of_another_unit(fact: Fact, other: Fact) -> bool:
    """Whether a figure of a series has another unit than the series: ``RMB 80 to 680``."""
    here, there = (
        {"$" if name[0] == "$" else name for name, _value in one.readings if name != "n"}
        for one in (fact, other)
    )
    return not here.isdisjoint(there)


JOINED = pattern(r"(?:\b(?:from|to|and|or|by|against|versus|vs\.?|than)|[-–—])\s?$")
PART_OF_IT = pattern(r" of (?:it|that|this|which|them|these)\b")


def _is_elliptic(mere: Fact, measured: Fact, text: _Text) -> bool:
    """Whether a figure shares the unit of another: ``4 kg, down from 11``, ``2 of them``."""
    if text.is_chinese or measured.kind not in (Kind.UNIT, Kind.CURRENCY):
        return False
    is_joined = JOINED.search(text.text[max(0, mere.start - 8) : mere.start])
    is_part = PART_OF_IT.match(text.text, mere.end)
    return bool(is_joined or is_part) and any(
        fact.kind is measured.kind and fact.readings[0][0] == measured.readings[0][0]
        for fact in text.facts
    )


def _may_replace(fact: Fact, other: Fact) -> bool:
    if fact.kind in FIGURES and other.kind in FIGURES:
        is_small = Weight.SMALL in (fact.weight, other.weight)
        if is_small and not (_classes(fact) & _classes(other)):
            return False
        return _is_period(fact) == _is_period(other)
    if fact.kind is other.kind is Kind.TIME:
        return fact.readings[0][0] == other.readings[0][0]
    if Kind.DATE in (fact.kind, other.kind) and {fact.kind, other.kind} <= {*FIGURES, Kind.DATE}:
        if _is_period(fact) or _is_period(other):
            return fact.readings[0][0] == other.readings[0][0]
        mere = fact if other.kind is Kind.DATE else other
        return fact.kind is other.kind or (mere.kind is Kind.NUMBER and _is_year(other, fact))
    return fact.kind is other.kind


def _is_year(*facts: Fact) -> bool:
    return any(date[1:] == (None, None) for date in _dates(facts))


def _classes(fact: Fact) -> set[str]:
    """Return what kinds of figure a small number may be exchanged with."""
    if fact.kind is Kind.ORDINAL and (fact.face or 0) < 3:
        return {"rank"}
    names = {name for name, _value in (*fact.readings, *fact.hints)}
    classes = {"ratio"} if names & {"r", "p"} else set()
    if "x" in names:
        classes |= {"ratio", "count"}
    if fact.kind is Kind.ORDINAL:
        classes |= {"rank", "count"}
    return classes or {"count"}


def _is_period(fact: Fact) -> bool:
    return fact.readings[0][0] in ("quarter", "half-year", "decade", "century")


def _distance(fact: Fact, other: Fact, source: _Text, target: _Text) -> tuple[float, ...]:
    """Return how unlike two facts are: in kind, in unit, in figures, in place."""
    place = fact.start / (len(source.text) or 1) - other.start / (len(target.text) or 1)
    names = {name for name, _value in fact.readings} & {name for name, _value in other.readings}
    parts = max(
        (
            sum(here == there is not None for here, there in zip(one, two, strict=True))
            for one in _dates((fact,))
            for two in _dates((other,))
        ),
        default=0,
    )
    return (not names, fact.kind is not other.kind, -parts, not _is_alike(fact, other), abs(place))


def _is_alike(fact: Fact, other: Fact) -> bool:
    """Whether one figure has digits of the other."""
    here, there = (f"{one.face or 0:.9g}".replace(".", "").rstrip("0") for one in (fact, other))
    return bool(set(here) & set(there)) and abs(len(here) - len(there)) < 2


def _change(fact: Fact, other: Fact) -> Difference:
    kind = other.kind
    is_converted = fact.kind is other.kind is Kind.UNIT and _is_conversion(fact, other)
    if kind in MEASURED and not is_converted and not kind is fact.kind is Kind.PERCENT:
        kind = Kind.NUMBER
    if kind is Kind.NUMBER and fact.kind is Kind.DATE and _is_year(fact):
        kind = Kind.DATE
    cause = Cause.UNIT_CHANGED if is_converted else Cause.CHANGED
    return Difference(
        kind=kind, cause=cause, source=fact, target=other, is_certain=not is_converted
    )


# ---------------------------------------------------------------- what is lost or added

RELATIVE_DAY = pattern(
    "今日|昨日|明日|今天|昨天|明天|当日|当天|同日|次日|翌日|近日|(?<![0-9一二三四五六七八九十])日前|即日"
    r"|\b(?:today|yesterday|tomorrow|(?:same|next|following|previous|that) day|day (?:before|after)"
    r"|days? (?:earlier|later))\b",
    re.IGNORECASE,
)
RELATIVE_YEAR = pattern(
    "去年|今年|明年|上年|前年|当年|同年|次年|翌年|后年|本年|年内|同期"
    r"|\b(?:(?:last|this|next|previous|same|that|following) (?:year|month|spring|summer|autumn|fall"
    r"|winter|january|february|march|april|may|june|july|august|september|october|november"
    r"|december)|years? (?:earlier|before|ago|later)|(?:a|per|the|prior|past|current|of the) year"
    r"|year[- ]on[- ]year)\b",
    re.IGNORECASE,
)


def _is_relative(fact: Fact, text: str, other: str) -> bool:
    """Whether a text may say a date of the other by its distance: yesterday, 去年."""
    days = any(date[2] is not None for date in _dates((fact,)))
    if RELATIVE_DAY.search(text) and not RELATIVE_DAY.search(other):
        return True
    return not days and bool(RELATIVE_YEAR.search(text))


WEEKDAY = pattern(
    r"周[一二三四五六日末]|星期|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|week)",
    re.IGNORECASE,
)


def _losses(missing: Sequence[Fact], source: _Text, target: _Text) -> Iterator[Difference]:
    for fact in missing:
        if fact.weight is Weight.SMALL and not _is_heavy(fact):
            continue
        if fact.kind is Kind.DATE and _is_relative(fact, target.text, source.text):
            continue
        if fact.kind is Kind.WEEKDAY and _is_said_otherwise(target.text, source.text):
            continue
        if fact.readings[0] == YEAR and RELATIVE_YEAR.search(target.text):
            continue
        if fact.readings[0] == JIN and "斤" in target.text:
            continue
        yield Difference(
            kind=_kind(fact),
            cause=Cause.LOST,
            source=fact,
            is_certain=fact.weight is Weight.SURE and fact.kind is not Kind.WEEKDAY,
        )


YEAR = ("month", 12.0)
"""``twelve months earlier`` is 上年末."""
JIN = ("kg", 0.5)
"""``per 500 grams`` is 每斤."""


def _is_said_otherwise(text: str, other: str) -> bool:
    """Whether a text says a day of the week as a date or as today."""
    return bool(WEEKEND.search(text)) or (
        bool(DAY_OF_MONTH.search(text) or RELATIVE_DAY.search(text))
        and not RELATIVE_DAY.search(other)
        and not DAY_OF_MONTH.search(other)
    )


WEEKEND = pattern("周末|工作日|双休|weekend|weekday")
DAY_OF_MONTH = pattern(r"(?<![月\d])\d{1,2}日|今[天日晨早晚]|当[天日]")


def _is_heavy(fact: Fact) -> bool:
    """Whether a small number is seldom left out."""
    if fact.kind is Kind.TIME:
        return fact.readings[0][0] == "time"
    return fact.kind in MEASURED or (fact.kind is Kind.ORDINAL and (fact.face or 0) > 2)


def _additions(extra: Sequence[Fact], source: _Text, target: _Text) -> Iterator[Difference]:
    for fact in extra:
        if fact.weight is not Weight.SURE or fact.kind is Kind.WEEKDAY:
            continue
        if fact.kind is Kind.DATE and (
            _is_relative(fact, source.text, target.text) or WEEKDAY.search(source.text)
        ):
            continue
        yield Difference(kind=_kind(fact), cause=Cause.ADDED, target=fact)


def _parts_of_dates(source: _Text, target: _Text) -> Iterator[Difference]:
    """Yield dates whose year or month the other text does not say at all."""
    if not source.dates or not target.dates:
        return
    for name, place in (("year", 0), ("month", 1)):
        lost = _with_unsaid_part(name, place, source, target)
        new = _with_unsaid_part(name, place, target, source)
        if lost and new:
            yield Difference(kind=Kind.DATE, cause=Cause.CHANGED, source=lost[0], target=new[0])
        elif new and not RELATIVE_YEAR.search(source.text):
            yield Difference(kind=Kind.DATE, cause=Cause.COMPLETED, target=new[0])
        elif lost and name == "year" and not RELATIVE_YEAR.search(target.text):
            yield Difference(kind=Kind.DATE, cause=Cause.LOST, source=lost[0], is_certain=False)


def _with_unsaid_part(name: str, place: int, text: _Text, other: _Text) -> list[Fact]:
    return [
        fact
        for fact in text.facts
        if fact.weight is Weight.SURE
        and (dates := tuple(_dates((fact,))))
        and all(
            date[place] is not None
            and date != (date[0], None, None)
            and (name, date[place]) not in other.dates
            and ("n", float(date[place] or 0)) not in other.readings
            for date in dates
        )
    ]


def _kind(fact: Fact) -> Kind:
    return Kind.NUMBER if fact.kind in MEASURED else fact.kind


def _reversals(source: _Text, target: _Text) -> Iterator[Difference]:
    """Yield figures that are a lower bound here and an upper one there."""
    for fact in source.facts:
        if fact.bound not in (Bound.OVER, Bound.UNDER):
            continue
        same = [other for reading in fact.readings for other in target.readings.get(reading, ())]
        opposite = Bound.UNDER if fact.bound is Bound.OVER else Bound.OVER
        if same and all(other.bound is opposite for other in same):
            yield Difference(kind=Kind.NUMBER, cause=Cause.REVERSED, source=fact, target=same[0])


SIGNED = pattern(r"\s(?:to|and)\s\d+(?:\.\d+)?%")
BETWEEN = pattern(r"\b(?:from|between)\s$", re.IGNORECASE)


def _shared_percents(source: _Text, target: _Text) -> Iterator[Difference]:
    """Yield percentages without their sign at the beginning of a range: 15至18%, from 15 to 18%.

    Source:
        GB/T 15835-2011, 5.1.3: the sign is left out only where that is not ambiguous.
    """
    for fact in target.facts:
        shares = [reading for reading in fact.readings if reading[0] == "r"]
        if fact.kind is Kind.NUMBER and fact.readings[0][0] == "n" and shares:
            if not target.is_chinese and not _is_half_signed(fact, target.text):
                continue
            same = [one for share in shares for one in source.readings.get(share, ())]
            if same:
                yield Difference(
                    kind=Kind.PERCENT,
                    cause=Cause.UNIT_LOST,
                    source=same[0],
                    target=fact,
                    is_certain=False,
                )


def _is_half_signed(fact: Fact, text: str) -> bool:
    """Whether an English range has the sign at its end only; with the word it is right."""
    is_range = BETWEEN.search(text, 0, fact.start)
    return bool(is_range) and bool(SIGNED.match(text, fact.end))
