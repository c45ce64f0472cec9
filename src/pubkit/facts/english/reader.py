"""The facts that an English text says: figures, amounts, dates, times, telephone numbers.

The text is scanned once from left to right; each place where a fact may begin is given to the
reader of its form. What cannot be known from the words has several readings: ``05/08/2024`` is
two dates, ``at 10:30`` two times, ``pounds`` a weight and a currency.
"""

import re
from functools import cache

from pubkit.facts.distribution import distribute
from pubkit.facts.english import dates, figures, numbers, times
from pubkit.facts.english.patterns import MONTHS, WEEKDAY_NAMES
from pubkit.facts.english.place import Place, Reader
from pubkit.facts.numerals import ORDINALS, SCALES, SMALL
from pubkit.facts.patterns import any_of
from pubkit.facts.units import sign_beginnings, sign_pattern
from pubkit.facts.values import Fact
from pubkit.patterns import pattern

_MODULES = (dates, figures, numbers, times)

_OTHER_FIRST_WORDS = (
    "noon midday midnight morning afternoon evening night tonight dawn daybreak dusk half"
    " halves quarter latter final tens dozens scores hundreds thousands millions billions both"
    " couple pair twin twice doubl tripl quadrupl thrice halv twofold threefold fourfold"
    " fivefold tenfold runner decade century centenary bicentenary centennial fortnight"
)


FIRST_WORDS = (
    *(
        "an hour and",
        "a minute and",
        "a day and",
        "a year and",
        "a decade and",
        "a century and",
        *("another", "a metre and", "a meter and", "a kilomet", "a mile and", "a ton", "a lit"),
    ),
    "every other",
    "turn of the",
    "twenties",
    "thirties",
    "forties",
    "fifties",
    "sixties",
    "seventies",
    "eighties",
    "nineties",
    *SMALL,
    *ORDINALS,
    *MONTHS,
    *WEEKDAY_NAMES,
    *SCALES,
    *_OTHER_FIRST_WORDS.split(),
)
"""The words, or their beginnings, with which a fact may begin."""


@cache
def _beginning() -> re.Pattern[str]:
    """Return a pattern of the places where a fact may begin; most words are passed over."""
    return pattern(
        rf"(?<![a-z])(?:{any_of(FIRST_WORDS)}|{sign_beginnings().lower()}|[a-z]{{1,12}}+-?\d)"
        r"|\d|[$€£¥￥＄￡₩₽₹₱₫฿₺]\s?\d|[+(.]\d|['’]\d0s|[½⅓⅔¼¾⅕⅛]"
    )


@cache
def _core(names: tuple[str, ...]) -> re.Pattern[str]:
    forms = _forms()
    return pattern("|".join(f"(?P<{name.upper()}>{forms[name]})" for name in names))


BEGINNING_WITH_A_FIGURE = (
    "phone",
    "numeric",
    "dmy",
    "decade",
    "quarter",
    "time",
    "number",
    "fraction",
)


BEGINNING_WITH_A_LETTER = (
    *(
        "mdy",
        "decade",
        "quarter",
        "time",
        "weekday",
        "name",
        "number",
        "fraction",
        "words",
        "scale",
    ),
    *("ordinal", "tens", "loose"),
)


@cache
def _forms() -> dict[str, str]:
    """Return the patterns of all forms, those from the tables, too."""
    return {name: form for module in _MODULES for name, form in module.FORMS.items()} | {
        "number": (
            rf"(?:(?P<sign>{sign_pattern().lower()})\s?|(?<!\w)(?:(?<!\.)|(?<=\.\.)))"
            r"(?P<digits>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)"
        ),
    }


BY = pattern(r"(?<=[1-9])x(?=\d)|(?<=\d0)x(?=\d)")
"""What stands between length and width: 6x9."""


def read_english(text: str) -> tuple[Fact, ...]:
    """Return the facts of a text, in order."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    if "x" in lowered:
        lowered = BY.sub("×", lowered)
    facts: list[Fact] = []
    place = 0
    search = _beginning().search
    in_words, in_digits = _core(BEGINNING_WITH_A_LETTER).match, _core(BEGINNING_WITH_A_FIGURE).match
    while beginning := search(lowered, place):
        start = beginning.start()
        match = (in_words if lowered[start].isalpha() else in_digits)(lowered, start)
        if not match:
            place = start + 1
            continue
        found = _READERS[str(match.lastgroup).lower()](Place(text, lowered, match))
        facts.extend(fact for fact in found if fact.readings)
        place = max((fact.end for fact in found), default=match.end())
    return distribute(facts, text)


_READERS: dict[str, Reader] = {
    **dates.READERS,
    **figures.READERS,
    **numbers.READERS,
    **times.READERS,
}
