"""How long a line is, how it ends, and how many sentences it has: all that the rules ask."""

import unicodedata

from pubkit.patterns import pattern

SHORT_LINE = 120
"""Columns that a heading or a caption has at most, as a rule."""
END = pattern(r"[.!?。！？；;:：,，、…]+[”’\"')）」』\]]*\Z")
SENTENCE = pattern(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bProf)(?<!\bSt)(?<!\b[A-Z])"
    r"[.!?…]+[”’\"')\]]*\s+(?=[“‘\"'(\[]*[A-Z])|[。！？]+[”’」』）]*(?=\S)"
)


def width(text: str) -> int:
    """Return how many columns a text takes on a terminal: Han characters take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def is_short(text: str) -> bool:
    """Tell whether a text can be a heading or a caption."""
    return width(text) <= SHORT_LINE


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as sentences do, or goes on."""
    return bool(END.search(text.strip()))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [part for part in SENTENCE.split(text) if part.strip()]
