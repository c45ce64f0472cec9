"""Which facts a text and its translation do not share.

The comparison is one of sets: a fact is missing where the other text says its value nowhere, so
that a figure said twice may be said once, and the order is free. What is left over on both sides
is then paired: a figure in another unit, another figure in the same unit, another day. One fault
is one difference; what is paired is changed, what is not is lost or added.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from pubkit.facts.approximations import lost_bounds
from pubkit.facts.indexed import FIGURES, Text, dates_of, read_text
from pubkit.facts.plain.agreement import agree_plainly
from pubkit.facts.relations import contradictions
from pubkit.facts.rewordings import PART_OF_IT, is_conversion, without_rewordings
from pubkit.facts.values import Bound, Fact, Kind, Weight
from pubkit.patterns import pattern
from pubkit.values import dataclass


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
    MADE_EXACT = "made exact"
    """About it became it."""


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


MEASURED = frozenset({Kind.PERCENT, Kind.CURRENCY, Kind.UNIT})


def compare(source: str, target: str, *, is_into_chinese: bool) -> tuple[Difference, ...]:
    """Return where the facts of a text and its translation differ, in order.

    Args:
        source: The text to translate, without markup.
        target: Its translation, without markup.
        is_into_chinese: Whether the translation is the Chinese one; the other is English.
    """
    english, chinese = (source, target) if is_into_chinese else (target, source)
    said = (
        *_contradicted(english, chinese, is_into_chinese=is_into_chinese),
        *_made_exact(source, target, is_into_chinese=is_into_chinese),
    )
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


def _made_exact(source: str, target: str, *, is_into_chinese: bool) -> Iterator[Difference]:
    for fact, other in lost_bounds(source, target, is_into_chinese=is_into_chinese):
        yield Difference(
            kind=Kind.NUMBER, cause=Cause.MADE_EXACT, source=fact, target=other, is_certain=False
        )


def compare_carefully(source: str, target: str, *, is_into_chinese: bool) -> tuple[Difference, ...]:
    """Return the same as ``compare``, all facts read in all their forms."""
    texts = (
        read_text(source, is_chinese=not is_into_chinese),
        read_text(target, is_chinese=is_into_chinese),
    )
    found = tuple(_differences(*texts))
    return tuple(sorted(found, key=_place)) if len(found) > 1 else found


def _place(difference: Difference) -> int:
    fact = difference.target or difference.source
    return fact.start if fact else 0


def _differences(source: Text, target: Text) -> Iterator[Difference]:
    missing = [fact for fact in source.facts if not target.says(fact)]
    extra = [fact for fact in target.facts if not source.says(fact)]
    has_other_dates = any(fact.kind is Kind.DATE for fact in (*missing, *extra))
    if missing or extra:
        missing, extra = without_rewordings(missing, extra, source, target)
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


def _changed_names(missing: Sequence[Fact], extra: Sequence[Fact]) -> Iterator[Difference]:
    """Yield names whose figures changed: KY-9 became KY-8."""
    names = {_letters(fact): fact for fact in extra if fact.readings[0][0] == "name"}
    for fact in missing:
        if fact.readings[0][0] == "name" and (other := names.get(_letters(fact))):
            yield Difference(kind=Kind.NUMBER, cause=Cause.CHANGED, source=fact, target=other)


def _letters(fact: Fact) -> str:
    return re.sub(r"\d+", "0", str(fact.readings[0][1]))


def _changes(
    missing: Sequence[Fact], extra: Sequence[Fact], source: Text, target: Text
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


def _in_another_unit(fact: Fact, extra: Sequence[Fact], target: Text) -> Fact | None:
    """Return the same figure with another unit, or with none."""
    if fact.kind not in FIGURES or fact.face is None:
        return None
    same = [other for other in extra if other.face == fact.face and other.kind in FIGURES]
    if not same and fact.kind in MEASURED:
        same = [other for other in target.faces.get(fact.face, ()) if other.weight is Weight.SURE]
    for other in same:
        is_sure = Weight.SURE in (fact.weight, other.weight) or fact.face % 1
        if is_sure and (fact.kind in MEASURED or other.kind in MEASURED):
            return other
    return None


def _unit_differences(fact: Fact, other: Fact, source: Text, target: Text) -> Iterator[Difference]:
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
    elif PART_OF_IT.match(source.text, fact.end):
        return
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


def _is_elliptic(mere: Fact, measured: Fact, text: Text) -> bool:
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
    return any(date[1:] == (None, None) for date in dates_of(facts))


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


def _distance(fact: Fact, other: Fact, source: Text, target: Text) -> tuple[float, ...]:
    """Return how unlike two facts are: in kind, in unit, in figures, in place."""
    place = fact.start / (len(source.text) or 1) - other.start / (len(target.text) or 1)
    names = {name for name, _value in fact.readings} & {name for name, _value in other.readings}
    parts = max(
        (
            sum(here == there is not None for here, there in zip(one, two, strict=True))
            for one in dates_of((fact,))
            for two in dates_of((other,))
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
    is_converted = fact.kind is other.kind is Kind.UNIT and is_conversion(fact, other)
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
    days = any(date[2] is not None for date in dates_of((fact,)))
    if RELATIVE_DAY.search(text) and not RELATIVE_DAY.search(other):
        return True
    return not days and bool(RELATIVE_YEAR.search(text))


WEEKDAY = pattern(
    r"周[一二三四五六日末]|星期|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|week)",
    re.IGNORECASE,
)


def _losses(missing: Sequence[Fact], source: Text, target: Text) -> Iterator[Difference]:
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


def _additions(extra: Sequence[Fact], source: Text, target: Text) -> Iterator[Difference]:
    for fact in extra:
        if fact.weight is not Weight.SURE or fact.kind is Kind.WEEKDAY:
            continue
        if fact.kind is Kind.DATE and (
            _is_relative(fact, source.text, target.text) or WEEKDAY.search(source.text)
        ):
            continue
        yield Difference(kind=_kind(fact), cause=Cause.ADDED, target=fact)


def _parts_of_dates(source: Text, target: Text) -> Iterator[Difference]:
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


def _with_unsaid_part(name: str, place: int, text: Text, other: Text) -> list[Fact]:
    return [
        fact
        for fact in text.facts
        if fact.weight is Weight.SURE
        and (dates := tuple(dates_of((fact,))))
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


def _reversals(source: Text, target: Text) -> Iterator[Difference]:
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


def _shared_percents(source: Text, target: Text) -> Iterator[Difference]:
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
