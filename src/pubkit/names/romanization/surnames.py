"""Surnames: how they are spelt in Latin letters, and which characters a spelling stands for."""

from collections.abc import Container, Mapping
from functools import cache
from types import MappingProxyType

from pubkit.names.romanization.person_names import Style
from pubkit.names.romanization.spellings import cantonese_characters, taiwan_characters
from pubkit.names.romanization.syllables import readings
from pubkit.names.tables import read_table
from pubkit.values import dataclass

WEIGHT_OF_COMPOUND = 1.0
WEIGHT_OF_VARIANT = 0.8


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a spelling can stand for."""

    weight: float
    """How much of a sign of a name it is, up to 1.0."""
    surnames: frozenset[str]
    """In simplified characters, one or two."""


@cache
def surname_readings(surname: str) -> tuple[str, ...]:
    """Return how a surname is read: ``单`` is Shan; of a compound one, both syllables joined."""
    special = _special().get(surname)
    if special:
        return special
    return readings(surname)[:1] if len(surname) == 1 else ()


def special_readings(surname: str) -> tuple[str, ...]:
    """Return how a surname is read that is read otherwise than its characters are elsewhere."""
    return _special().get(surname, ())


def is_compound(name: str) -> bool:
    """Tell whether a name begins with a surname of two characters."""
    return len(name) > 2 and name[:2] in _special()


@cache
def _special() -> Mapping[str, tuple[str, ...]]:
    rows = read_table("surname-readings.tsv")
    return MappingProxyType({surname: tuple(told.split()) for surname, told in rows})


@cache
def surname_weights() -> Mapping[str, float]:
    """Return how common each Chinese surname is, compound ones included, up to 1.0."""
    weights = {
        surname: float(weight)
        for weight, surnames in reversed(read_table("surnames.tsv"))
        for surname in surnames
    }
    compound = {surname: WEIGHT_OF_COMPOUND for surname in _special() if len(surname) > 1}
    special = {surname: 0.45 for surname in _special() if len(surname) == 1}
    return MappingProxyType({**special, **weights, **compound})


@cache
def pinyin_surnames() -> Mapping[str, Spelling]:
    """Return the surnames of each spelling in pinyin, ü as v."""
    found: dict[str, tuple[float, set[str]]] = {}
    weights = surname_weights()
    told = {**_usual_readings(weights), **_special()}
    for surname, weight in weights.items():
        for spelling in told.get(surname, ()):
            for form in _forms(spelling):
                known, surnames = found.get(form, (0.0, set()))
                found[form] = max(known, weight), surnames | {surname}
    for surname in _special():
        for reading in readings(surname)[:1] if len(surname) == 1 else ():
            found.setdefault(reading, (WEIGHT_OF_MISREADING, {surname}))
    return MappingProxyType({form: Spelling(w, frozenset(s)) for form, (w, s) in found.items()})


WEIGHT_OF_MISREADING = 0.5
"""How much of a sign of a name it is that a surname may be misread so: ``Ceng`` for 曾."""
FORMS = {"lv": ("lv", "lyu", "lu"), "lvqiu": ("lvqiu", "lyuqiu"), "yelv": ("yelv", "yelyu")}


def _forms(spelling: str) -> tuple[str, ...]:
    return FORMS.get(spelling, (spelling,))


def _usual_readings(wanted: Container[str]) -> dict[str, tuple[str, ...]]:
    """Return the first readings of characters, faster than by asking for each."""
    rows = read_table("pinyin.tsv")
    return {
        sign: (syllable,) for syllable, first, _others in rows for sign in first if sign in wanted
    }


@cache
def variant_surnames() -> Mapping[str, Spelling]:
    """Return the surnames of each spelling of Hong Kong, Taiwan and overseas Chinese."""
    return MappingProxyType(
        {
            spelling: Spelling(WEIGHT_OF_VARIANT, _split(surnames))
            for spelling, surnames in read_table("surname-variants.tsv")
        }
    )


COMPOUND = ("欧阳", "司徒")


def _split(surnames: str) -> frozenset[str]:
    return frozenset([surnames] if surnames in COMPOUND else surnames)


@cache
def foreign_surnames() -> Mapping[tuple[Style, str], frozenset[str]]:
    """Return the surnames of Korea, Vietnam and Japan by style and spelling."""
    found: dict[tuple[Style, str], frozenset[str]] = {}
    for style, spellings, surnames in read_table("foreign-surnames.tsv"):
        for spelling in spellings.split():
            key = Style(style), spelling
            found[key] = found.get(key, frozenset()) | frozenset(surnames.split())
    return MappingProxyType(found)


@cache
def sinitic_surnames(spelling: str) -> frozenset[str]:
    """Return all surnames that a spelling outside the mainland may stand for."""
    variants = variant_surnames().get(spelling)
    pinyin = pinyin_surnames().get(spelling)
    listed = (variants.surnames if variants else frozenset()) | (
        pinyin.surnames if pinyin else frozenset()
    )
    by_rule = taiwan_characters(spelling) | cantonese_characters(spelling)
    return listed | (by_rule & surname_weights().keys())
