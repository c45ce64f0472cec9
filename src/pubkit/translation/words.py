"""A text as words, which is how texts are compared and how their differences are told."""

from pubkit.patterns import pattern

UNSPACED = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Letters of languages that do not part their words: each counts as one."""
WORD = pattern(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+(?:[.,:]\d+)*")
PIECE = pattern(rf"{WORD.pattern}|[^\w\s]|_")


def words(text: str) -> list[str]:
    """Return the words of a text; a Han character is one, and so is ``1,200.5``."""
    return WORD.findall(text)


def pieces(text: str) -> list[str]:
    """Return the words of a text and the signs between them."""
    return PIECE.findall(text)


def places(text: str) -> list[tuple[int, int]]:
    """Return where each piece of a text begins and ends."""
    return [piece.span() for piece in PIECE.finditer(text)]


def is_unspaced(letter: str) -> bool:
    """Tell whether no space stands between a letter and the next one of its language."""
    return _UNSPACED.match(letter) is not None


_UNSPACED = pattern(rf"[{UNSPACED}\u3000-\u3004\u3008-\u303f\uff00-\uffef]")
