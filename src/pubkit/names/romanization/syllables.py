"""Mandarin syllables: which characters read so, and how a word is cut into them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from pubkit.names.tables import read_table
from pubkit.patterns import pattern

SPELLING = {"lyu": "lv", "nyu": "nv", "lyue": "lve", "nyue": "nve", "lue": "lve", "nue": "nve"}
"""How passports spell ü, and how it is spelt where there is no other reading."""
WITHOUT_DOTS = {"lu": ("lu", "lv"), "nu": ("nu", "nv")}
LONGEST_SYLLABLE = 6
NO_SYLLABLES = frozenset(
    re.findall(
        "[a-z]+", "chua den dia ei eng fiao hm hng kei lo m n ng nia nou o rua sei tei wong yo zhei"
    )
)
"""Readings of interjections and dialects, which are not in names."""


@cache
def _rows() -> Mapping[str, tuple[str, str]]:
    rows = {syllable: (first, others) for syllable, first, others in read_table("pinyin.tsv")}
    return MappingProxyType(rows)


@cache
def _is_syllable(letters: str) -> bool:
    return letters in SPELLING or (letters in _rows() and letters not in NO_SYLLABLES)


@cache
def characters(syllable: str) -> frozenset[str]:
    """Return the characters that have a syllable among their readings, whatever its ü."""
    spelt = SPELLING.get(syllable, syllable)
    spellings = WITHOUT_DOTS.get(spelt, (spelt,))
    return frozenset("".join(half for one in spellings for half in _rows().get(one, ())))


@cache
def readings(character: str) -> tuple[str, ...]:
    """Return the syllables that a character can be read as, the usual one first."""
    rows = _rows().items()
    usual = [syllable for syllable, (first, _others) in rows if character in first]
    return (*usual, *(syllable for syllable, (_first, others) in rows if character in others))


JOINT = pattern("['’‘ʼ\\-‐‑]")
UMLAUT_AS_U = pattern("(?<=[jqxy])v")


def plain_letters(word: str) -> str:
    """Return a word in lower case with ü as v, as the tables have it."""
    lower = word.lower()
    if not lower.isascii():
        lower = lower.translate(ACCENTS).replace("u\u0308", "v")
    return UMLAUT_AS_U.sub("u", lower) if "v" in lower else lower


ACCENTS = str.maketrans("üǖǘǚǜāáǎàēéěèīíǐìōóǒòūúǔùŏŭ", "vvvvvaaaaeeeeiiiioooouuuuou")


@lru_cache(maxsize=16384)
def segment(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to cut a word into one to three syllables, the likeliest first.

    Apostrophes and hyphens are cuts. ``Xian`` is one syllable or two, ``Xi'an`` is two.
    """
    parts = [_cuts(part) for part in JOINT.split(plain_letters(word))]
    ways: list[tuple[str, ...]] = [()]
    for cuts in parts:
        ways = [(*way, *cut) for way in ways for cut in cuts]
    return tuple(sorted((way for way in ways if len(way) <= MOST_SYLLABLES), key=_likelihood))


MOST_SYLLABLES = 3
VOWELS = frozenset("aeo")


def _likelihood(way: tuple[str, ...]) -> tuple[int, int]:
    """Sort by the number of syllables; one that begins with a vowel has an apostrophe before."""
    return len(way), sum(syllable[0] in VOWELS for syllable in way[1:])


SHAPE = pattern(r"(?:(?:[zcs]h|[ln]y|[bpmfdtnlgkhjqxrzcsyw])?[aeiouv]+(?:ng|n|r)?){1,3}", re.ASCII)
"""What syllables look like, which rules out most words of other languages at once."""


@lru_cache(maxsize=16384)
def _cuts(letters: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to cut plain letters."""
    return tuple(_each_cut(letters, MOST_SYLLABLES)) if SHAPE.fullmatch(letters) else ()


def _each_cut(letters: str, most: int) -> Iterator[tuple[str, ...]]:
    if not letters or not most or len(letters) > most * LONGEST_SYLLABLE:
        return
    if _is_syllable(letters):
        yield (letters,)
    for end in range(1, min(LONGEST_SYLLABLE + 1, len(letters))):
        if _is_syllable(letters[:end]):
            yield from ((letters[:end], *rest) for rest in _each_cut(letters[end:], most - 1))
