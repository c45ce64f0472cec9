"""A text as words, which is how texts are compared and how their differences are told."""

import re

from pubkit.patterns import pattern

UNSPACED = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Letters of languages that do not part their words: each counts as one."""
WORD = pattern(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+(?:[.,:]\d+)*")
ASCII_WORD = pattern(r"[^\W_]+(?:[.,:]\d+)*", re.ASCII)
"""The same in texts of ASCII alone: found much faster."""
PIECE = pattern(rf"{WORD.pattern}|[^\w\s]|_")
ASCII_PIECE = pattern(rf"{ASCII_WORD.pattern}|[^\w\s\x1c-\x1f]|_", re.ASCII)
DIGIT = pattern("[0-9]")
_SPACED = {sign: " " for sign in range(0x80) if not chr(sign).isalnum()}
"""The signs that stand between words where there are no figures."""


def words(text: str) -> list[str]:
    """Return the words of a text; a Han character is one, and so is ``1,200.5``."""
    if not text.isascii():
        return WORD.findall(text)
    return ASCII_WORD.findall(text) if DIGIT.search(text) else text.translate(_SPACED).split()


def pieces(text: str) -> list[str]:
    """Return the words of a text and the signs between them."""
    return (ASCII_PIECE if text.isascii() else PIECE).findall(text)


def places(text: str) -> list[tuple[int, int]]:
    """Return where each piece of a text begins and ends."""
    return [piece.span() for piece in PIECE.finditer(text)]


def is_unspaced(letter: str) -> bool:
    """Tell whether no space stands between a letter and the next one of its language."""
    return not letter.isascii() and _UNSPACED.match(letter) is not None


_UNSPACED = pattern(rf"[{UNSPACED}\u3000-\u3004\u3008-\u303f\uff00-\uffef]")
