"""A fact: what a stretch of text says in figures, whatever its writing.

``US$3.2 million`` and ``320万美元`` are one fact, so are ``the 8th of May`` and ``5月8日``. A fact
has *readings*: every value that it may have. Two facts agree when they share one; a reading is a
pair of its dimension (``n``, ``%``, ``$USD``, ``m``, ``day`` …) and its value there.
"""

import re
from enum import IntEnum, StrEnum
from typing import NamedTuple

Value = float | str | tuple[int | None, int | None, int | None]
Reading = tuple[str, Value]


class Kind(StrEnum):
    """What a fact is; the ids of the checks of facts."""

    NUMBER = "number"
    ORDINAL = "ordinal"
    PERCENT = "percent"
    CURRENCY = "currency"
    UNIT = "unit"
    DATE = "date"
    TIME = "time"
    WEEKDAY = "weekday"
    PHONE = "phone"


class Weight(IntEnum):
    """How much it means that the other text does not say the fact."""

    LOOSE = 1
    """Nothing: ``one``, ``half``, ``first``, numerals in words and names."""
    SMALL = 2
    """Something if the other text says another one in its place: ``three``, ``a third``."""
    SURE = 3
    """A fault: figures in digits, long numerals."""


class Bound(IntEnum):
    """On which side of the figure the fact lies."""

    UNDER = -1
    NONE = 0
    OVER = 1
    ABOUT = 2


class Fact(NamedTuple):
    """A fact and its place; a tuple, for a text has many."""

    kind: Kind
    start: int
    end: int
    readings: tuple[Reading, ...]
    """What it may say: the other text must share one of these …"""
    hints: tuple[Reading, ...] = ()
    """… or one of these must be a reading there: an age agrees with a mere number."""
    face: float | None = None
    """The figure without its unit: 3200000 for ``US$3.2 million``, 38 for ``38%``."""
    scale: float = 1.0
    """The part of the figure that stands beside it as a word: 1000000 for ``3.2 million``."""
    measure: str = ""
    """The unit as it was understood: ``USD``, ``%``, ``km``; empty for a mere number."""
    weight: Weight = Weight.SURE
    bound: Bound = Bound.NONE
    is_open: bool = False
    """Whether a word follows that may be a unit nobody told us about."""


def rounded(value: float) -> float:
    """Return the value without the noise of binary fractions, so that equal facts are equal."""
    if -WHOLE < value < WHOLE and value == int(value):
        return value
    return float(f"{value:.9g}")


WHOLE = 1e12
"""Below, whole numbers have no noise."""


PHONE = (
    r"(?<![A-Za-z0-9_.,])(?:"
    r"\+(?=(?:\d[\s().-]{0,2}){8})\d{1,3}[\s.-]{0,2}(?:\(0?\d{1,4}\)[\s.-]{0,2})?"
    r"|\(0?\d{2,4}\)[\s-]?(?=\d(?:[\s-]?\d){5})"
    r"|0\d{2,3}[\s-](?=\d(?:[\s-]?\d){5})"
    r"|[48]00[\s-]?(?=\d{3}[\s-]?\d{4}(?!\d)|\d{4}[\s-]?\d{3}(?!\d))"
    r"|\d{3}-\d{3}-(?=\d{4}(?!\d))"
    r"|1[3-9]\d[\s-]?\d{4}[\s-]?(?=\d{4}(?!\d))"
    r")\d{2,11}(?:[\s.-]\d{2,8}){0,4}(?!\d)"
)
"""A telephone number; ten digits without any separator are a number."""


def phone(text: str, start: int) -> Fact:
    """Return the fact of a telephone number: its digits, those with a country's code after +."""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    if text.lstrip().startswith("+"):
        digits = f"+{digits}"
    elif digits.startswith("00"):
        digits = f"+{digits[2:]}"
    return Fact(kind=Kind.PHONE, start=start, end=start + len(text), readings=(("phone", digits),))


def are_one_phone(one: str, other: str) -> bool:
    """Whether two numbers are one, with and without China's code or any area's."""
    if one.startswith("+") and other.startswith("+"):
        return one == other
    if one.startswith("+"):
        return are_one_phone(other, one)
    if one.startswith("0") and other.startswith("+"):
        return other == f"+86{one[1:]}"
    return one.endswith(other) or other.endswith(one)


def parts_of(minutes: Value) -> tuple[str, ...]:
    """Return the parts of the day that a time may be said to lie in."""
    hour = minutes / 60 if isinstance(minutes, int | float) else -1
    parts = {
        "dawn": 3 <= hour < 8,
        "am": hour < 12,
        "pm": 12 <= hour < 19,
        "dusk": 16 <= hour < 20,
        "evening": hour >= 17,
        "night": hour >= 18 or hour < 6,
    }
    return tuple(name for name, holds in parts.items() if holds)
