"""Characters that print nothing and change what is read: controls, turns of direction, piled marks.

Source:
    Unicode in XML (Unicode Technical Report 20), 3; Unicode Standard Annex 9.
"""

import re
import unicodedata
from collections import Counter
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


# ---------------------------------------------------------------- hidden signs

HIDDEN = pattern(
    "[\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0100-\U000e01ef]"
)
"""What takes no room, or looks like a gap and is none."""
JOINED = (
    "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1c4f\ua840-\ua9ff"
    "\uaa00-\uaadf\uabc0-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010d00-\U00011fff\U0001e900-\U0001e95f"
)
"""Scripts whose letters join: Arabic, those of India, Tibetan, Mongolian and others."""
UNSPACED = (
    "\u0e00-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u1b00-\u1b7f\ua980-\ua9df\uaa00-\uaadf"
)
"""Scripts without gaps between words, as Thai, where a sign tells that a line may end."""
IDEOGRAPH = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
EMOJI = "\u203c\u2049\u2139\u3030"
"""Those that are no symbols to Unicode."""
CALLED_FOR = pattern(
    rf"[{JOINED}][\u200c\u200d]+|[\u200c\u200d]+(?=[{JOINED}])"
    rf"|[{UNSPACED}]\u200b+|\u200b+(?=[{UNSPACED}])"
    rf"|[{IDEOGRAPH}][\ufe00-\ufe02\U000e0100-\U000e01ef]|[\u3001\u3002\uff01-\uff60][\ufe00\ufe01]"
    "|[\u1800-\u18af][\u180b-\u180f]+|[\u0590-\u05ff]\u034f"
    "|\u115f(?=[\u1160-\u11a7])|(?<=[\u1100-\u115f])\u1160(?=[\u11a8-\u11ff])|(?<=[\u1100-\u115e])\u1160"
    "|[0-9#*]\ufe0f(?=\u20e3)"
)


def hidden_signs(target: str, known: Counter[str]) -> Iterator[re.Match[str]]:
    """Yield what nobody sees where no script calls for it, as often as they are not known.

    Where soft hyphens are known, each Latin word may have them.
    """
    left = known.copy()
    wanted = {place for match in CALLED_FOR.finditer(target) for place in range(*match.span())}
    for match in HIDDEN.finditer(target):
        if match.start() in wanted or _is_of_emoji(match):
            continue
        left[match[0]] -= 1
        if left[match[0]] < 0 and not (known["\xad"] and _is_within_word(match)):
            yield match


def _is_of_emoji(match: re.Match[str]) -> bool:
    """Tell whether a sign chooses how an emoji looks, or joins two of them."""
    text, start, end = match.string, *match.span()
    before, behind = text[max(start - 1, 0) : start], text[end : end + 1]
    if match[0] in "\ufe00\ufe0e\ufe0f":
        return _is_symbol(before)
    joins = match[0] == "\u200d" and (_is_symbol(before) or before == "\ufe0f")
    return joins and _is_symbol(behind)


def _is_symbol(character: str) -> bool:
    is_blank = not character or HIDDEN.match(character)
    return not is_blank and (unicodedata.category(character)[0] == "S" or character in EMOJI)


WORD = pattern("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def _is_within_word(match: re.Match[str]) -> bool:
    """Tell whether a soft hyphen stands between two Latin letters."""
    around = match.string[max(match.start() - 1, 0) : match.end() + 1].split("\xad")
    return match[0] == "\xad" and all(WORD.fullmatch(letter) for letter in around)


# ---------------------------------------------------------------- nothing at all


VISIBLE = pattern("[!-~\u3400-\u9fff]")
"""What nearly every text has."""


def prints_something(text: str) -> bool:
    """Tell whether a text leaves anything on the page."""
    return VISIBLE.search(text) is not None or any(
        unicodedata.category(character)[0] not in "ZCM" and not HIDDEN.match(character)
        for character in text
    )
