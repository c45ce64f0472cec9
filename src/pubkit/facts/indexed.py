"""A text with the index of its facts: does it say what the other text says?"""

from collections.abc import Iterable, Iterator

from pubkit.facts.chinese.reader import read_chinese
from pubkit.facts.english.reader import read_english
from pubkit.facts.values import Fact, Kind, Reading, Value, Weight, are_one_phone
from pubkit.values import dataclass

FIGURES = frozenset({Kind.NUMBER, Kind.ORDINAL, Kind.PERCENT, Kind.CURRENCY, Kind.UNIT})
DATED = frozenset({Kind.DATE, Kind.NUMBER})
"""Facts that may be a day or a year."""
Date = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Text:
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
            or (fact.kind in DATED and any(self._has_date(date) for date in dates_of((fact,))))
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
        return any(are_compatible(date, other) for other in near)

    def _has_phone(self, number: Value) -> bool:
        """Whether a number stands here with its area code, or without."""
        return any(
            isinstance(value, str) and isinstance(number, str) and are_one_phone(value, number)
            for name, value in self.readings
            if name == "phone"
        )


def read_text(text: str, *, is_chinese: bool) -> Text:
    """Return a text with its facts."""
    facts = read_chinese(text) if is_chinese else read_english(text)
    index = Text(text, facts, is_chinese, {}, set(), set(), {}, {})
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


def _add_date(index: Text, date: Date) -> None:
    for name, part in zip(("year", "month", "day"), date, strict=True):
        if part is not None:
            index.dates.setdefault((name, part), set()).add(date)


def dates_of(facts: Iterable[Fact]) -> Iterator[Date]:
    """Yield the dates that some facts may be."""
    for fact in facts:
        for _name, value in fact.readings:
            if isinstance(value, tuple):
                yield value


def are_compatible(one: Date, other: Date) -> bool:
    """Tell whether two dates may be one: what one leaves out, the other may say."""
    return all(
        here is None or there is None or here == there
        for here, there in zip(one, other, strict=True)
    )
