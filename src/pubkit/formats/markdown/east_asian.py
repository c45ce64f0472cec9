"""Which characters belong to Chinese, Japanese or Korean text."""

import unicodedata

from pubkit.patterns import pattern

MAY_BE_WIDE = pattern("[\u1100-\u1fff\u2e80-\U0010ffff]")
"""A character outside it is not East Asian."""


def is_east_asian(character: str) -> bool:
    """Tell whether the character belongs to Chinese, Japanese or Korean text.

    Source:
        Unicode Standard Annex 11 "East Asian Width": wide, full-width and half-width characters;
        those among the symbols and beyond U+1F000 are emoji, which any text may have.
    """
    if unicodedata.east_asian_width(character) not in ("W", "F", "H"):
        return False
    return not ("\u2000" <= character < "\u2e80" or "\U0001f000" <= character < "\U00020000")


def is_full_width_punctuation(character: str) -> bool:
    """Tell whether the character is a mark that brings its own space, such as ``，``."""
    return is_east_asian(character) and is_punctuation(character)


def is_punctuation(character: str) -> bool:
    """Tell whether the character is punctuation or a symbol."""
    return unicodedata.category(character)[0] in "PS"
