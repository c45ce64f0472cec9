"""Characters that print nothing and change what is read: controls, turns of direction, piled marks.

Source:
    Unicode in XML (Unicode Technical Report 20), 3; Unicode Standard Annex 9.
"""

import re
import unicodedata
from collections.abc import Iterator

from pubkit.localize import script
from pubkit.patterns import pattern

CONTROL = pattern(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u206a-\u206f\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e00ff]"
)
COMBINING = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Ranges of marks that stand on the letter before them."""

FLAG = pattern("\U0001f3f4[\U000e0020-\U000e007f]*\\Z")


def is_tag_of_flag(match: re.Match[str]) -> bool:
    """Tell whether a control is one of those with which an emoji spells a flag."""
    return match[0] >= "\U000e0020" and FLAG.search(match.string, 0, match.end()) is not None


# ---------------------------------------------------------------- direction

BIDI = pattern("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Mand", "Samr"})
OVERRIDES = "\u202d\u202e"
CLOSING = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
"""Which character ends what each of these begins."""


def direction_changes(text: str, lang: str | None) -> Iterator[re.Match[str]]:
    """Yield the characters that turn the writing direction where nothing calls for it.

    Text from right to left may have them, but for overrides, if what they begin is ended.
    """
    found = list(BIDI.finditer(text))
    if not found:
        return
    may_stand = bool(lang) and script(lang or "") in RIGHT_TO_LEFT
    is_balanced = may_stand and _is_balanced(match[0] for match in found)
    for match in found:
        if match[0] in OVERRIDES or not is_balanced:
            yield match


def _is_balanced(marks: Iterator[str]) -> bool:
    """Tell whether all that is begun is ended, innermost first."""
    waiting: list[str] = []
    for mark in marks:
        if mark in CLOSING:
            waiting.append(CLOSING[mark])
        elif mark in CLOSING.values() and (not waiting or waiting.pop() != mark):
            return False
    return not waiting


# ---------------------------------------------------------------- nothing at all


def prints_something(text: str) -> bool:
    """Tell whether a text leaves anything on the page."""
    return any(unicodedata.category(character)[0] not in "ZCM" for character in text)
