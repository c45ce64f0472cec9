"""Mandarin syllables: which characters read so, and how a word is cut into them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

COMMENT = "#"


def read_table(name: str) -> list[list[str]]:
    """Return the rows of a data file: columns between tabs, comments left out."""
    text = (files("pubkit.names") / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and line[0] != COMMENT]


@cache
def _rows() -> Mapping[str, tuple[str, str]]:
    rows = {syllable: (first, others) for syllable, first, others in read_table("pinyin.tsv")}
    return MappingProxyType(rows)


@cache
def characters(syllable: str) -> frozenset[str]:
    """Return the characters that have a syllable among their readings; ü is written v."""
    return frozenset("".join(_rows().get(syllable, ())))


@cache
def readings(character: str) -> tuple[str, ...]:
    """Return the syllables that a character can be read as, the usual one first."""
    rows = _rows().items()
    usual = [syllable for syllable, (first, _others) in rows if character in first]
    return (*usual, *(syllable for syllable, (_first, others) in rows if character in others))
