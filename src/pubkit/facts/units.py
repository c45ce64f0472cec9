"""Units of measure and currencies, and how English and Chinese write them.

The tables are ``data/units.tsv`` and ``data/currencies.tsv``; they are read when the first text
with a figure is.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pubkit.facts.patterns import any_of
from pubkit.patterns import pattern
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """What may stand for a unit or a currency."""

    dimension: str
    """``m`` for lengths, ``$USD`` for dollars."""
    factor: float
    """How many of the dimension's unit it is."""
    name: str
    """Its first form."""


@dataclass(frozen=True, slots=True)
class Forms:
    """One pattern of all forms after a figure, and what each form stands for."""

    pattern: re.Pattern[str]
    measures: dict[str, tuple[Measure, ...]]


def _rows(name: str) -> Iterator[list[str]]:
    text = files("pubkit.facts").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _list(column: str) -> list[str]:
    return [form for form in (part.strip() for part in column.split(",")) if form]


@cache
def _table() -> tuple[tuple[Measure, list[str], list[str], list[str]], ...]:
    """Return each unit with its English words, its symbols and its Chinese forms."""
    return tuple(
        (
            Measure(dimension, float(factor), _list(f"{symbols}, {words}, {chinese}")[0]),
            _list(words),
            _list(symbols),
            _list(chinese),
        )
        for dimension, factor, words, symbols, chinese in (
            [*row, "", "", ""][:5] for row in _rows("units.tsv")
        )
    )


@cache
def _currencies() -> tuple[tuple[Measure, list[str], list[str], list[str], list[str]], ...]:
    """Return each currency with its English words, signs, and Chinese forms after and before."""
    return tuple(
        (Measure(f"${code}", 1, code), _list(words), _list(signs), _list(after), _list(before))
        for code, words, signs, after, before in (
            [*row, "", "", ""][:5] for row in _rows("currencies.tsv")
        )
    )


def _forms(pairs: Iterator[tuple[str, Measure]], written: str) -> Forms:
    measures: dict[str, tuple[Measure, ...]] = {}
    for form, measure in pairs:
        measures[form] = (*measures.get(form, ()), measure)
    return Forms(pattern(written.format(any_of(measures))), measures)


def _plurals(words: list[str]) -> Iterator[str]:
    for word in words:
        yield word
        if not word.endswith(("s", "feet", "inches", "kronor", "kroner")):
            yield f"{word}s"


@cache
def english_words() -> Forms:
    """Return the units and currencies in English words, lower case."""
    pairs = (
        (form, measure)
        for table in (_table(), _currencies())
        for measure, words, *_rest in table
        for form in _plurals(words)
    )
    return _forms(
        pairs,
        r"[\s-]{{0,2}}(?:(?:extra|more|additional|further|full|whole|consecutive|straight|working"
        r"|business|calendar|solid|flight|flying|teaching|class|credit|man|person|service|volunteer"
        r"|sunshine) )?({})(?![a-z])",
    )


@cache
def symbols() -> Forms:
    """Return the symbols of units, whose letters' case counts."""
    pairs = ((form, measure) for measure, _words, signs, _chinese in _table() for form in signs)
    return _forms(pairs, r"[\s\u2009-]?({})(?![A-Za-z0-9²³])")


@cache
def chinese_words() -> Forms:
    """Return the Chinese units and currencies after a figure."""
    units = ((form, measure) for measure, _words, _signs, after in _table() for form in after)
    money = ((form, measure) for measure, _w, _s, after, _b in _currencies() for form in after)
    return _forms((pair for pairs in (units, money) for pair in pairs), r"\s?({})")


@cache
def signs() -> Forms:
    """Return the signs of currencies before an amount, in either language."""
    pairs = (
        (form, measure)
        for measure, _words, marks, _after, before in _currencies()
        for form in (*marks, *before)
    )
    return _forms(pairs, r"({})\s?$")


@cache
def sign_pattern() -> str:
    """Return a pattern of a currency's sign before an amount."""
    return rf"(?<![A-Za-z$]){any_of(signs().measures)}"


@cache
def sign_beginnings() -> str:
    """Return a pattern of the signs that are words, with the figure that follows."""
    return any_of(form for form in signs().measures if form[0].isalpha()) + r"\s?\d"
