"""Find persons' names in Chinese prose, and spell them in pinyin."""

from collections.abc import Collection

from pubkit.names.person_names import HanName
from pubkit.names.syllables import readings


def find_han_names(chinese: str, *, known: Collection[str]) -> list[HanName]:
    """Return the persons named."""
    return []


def romanize(han: str) -> str:
    """Return a Han name in pinyin."""
    syllables = [readings(character)[0] for character in han]
    return f"{syllables[0].capitalize()} {''.join(syllables[1:]).capitalize()}"
