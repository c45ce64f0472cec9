"""Japanese names: whether a word is spelt as one, and how its surname is written."""

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from pubkit.names.romanization.person_names import Style
from pubkit.names.romanization.surnames import foreign_surnames
from pubkit.names.tables import read_table
from pubkit.patterns import pattern

MORAE = pattern(
    r"(?:(?:[kgsztdnhbpmyrwj]|[kgnhbpmr]y|sh|ch|ts|f)?[aiueo]{1,2}|n(?![aiueoy])|([kstp])(?=\1))+"
)
MOST_ELEMENTS = 3
SHORTEST = 4
MACRONS = str.maketrans("āīūēō", "aiueo")


def is_japanese(lower: str) -> bool:
    """Tell whether a word consists of Japanese syllables."""
    return bool(MORAE.fullmatch(lower.translate(MACRONS)))


@lru_cache(maxsize=8192)
def japanese_surnames(lower: str) -> frozenset[str]:
    """Return how a surname may be written: by the list, else by what it is made of."""
    spelt = lower.translate(MACRONS)
    listed = foreign_surnames().get((Style.JAPANESE, spelt), frozenset())
    made = _made_of(spelt, MOST_ELEMENTS) if len(spelt) >= SHORTEST else frozenset()
    return listed | frozenset(one for one in made if len(one) > 1)


@cache
def japanese_surname_forms() -> frozenset[str]:
    """Return how listed surnames, and what pairs of their elements make, are written."""
    rows = foreign_surnames().items()
    listed = {form for (style, _spelt), forms in rows if style is Style.JAPANESE for form in forms}
    signs = {sign for signs in _elements().values() for sign in signs if len(sign) == 1}
    return frozenset(listed | {one + other for one in signs for other in signs})


def _made_of(rest: str, most: int) -> frozenset[str]:
    if not rest:
        return frozenset([""])
    if not most:
        return frozenset()
    elements = _elements()
    found: set[str] = set()
    for end in range(1, len(rest) + 1):
        signs = elements.get(rest[:end])
        if signs:
            ends = _made_of(rest[end:], most - 1)
            found.update(sign + tail for sign in signs for tail in ends)
    return frozenset(found)


@cache
def _elements() -> Mapping[str, tuple[str, ...]]:
    whole = {"hase", "uno", "ota", "kubo", "iba", "ide"}
    rows = read_table("japanese-elements.tsv")
    return MappingProxyType(
        {
            spelt: (signs,) if spelt in whole and len(signs) > 1 else tuple(signs)
            for spelt, signs in rows
        }
    )
