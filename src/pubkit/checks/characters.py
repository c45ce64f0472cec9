"""Are there characters that no edition can print, or that nobody can see?

One search tells whether a translation has any suspicious character at all; nearly none has. A
character of the source is the translator's to keep, unless it makes the reader read something
else than what stands there.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pubkit.checks.pair import Pair
from pubkit.checks.registry import check
from pubkit.formats.markdown import InlineMarkup, read_markup
from pubkit.formats.markdown.hidden import (
    BIDI,
    COMBINING,
    CONTROL,
    direction_changes,
    is_tag_of_flag,
)
from pubkit.localize import script
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity, Span
from pubkit.patterns import pattern

SUSPICIOUS = pattern(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\xa0\xad"  # controls, no-break space, soft hyphen
    "\u00c2-\u00ef\u0152-\u017e\u02c6\u02dc"  # what mojibake is made of
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # combining
    "\u061c\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2e80-\u2fd5\u3164\u3300-\u33a0\u33a2-\u33a4\u33a6-\u33ff"  # radicals, a blank, squared words
    "\ue000-\ufaff\ufb00-\ufb06\ufe00-\ufe0f\ufeff\uff61-\uff9f\uffa0\ufff0-\uffff"
    "\U0002f800-\U0002fa1f\U000e0000-\U0010ffff"
    "\u951f\u65a4\u70eb\u5c6f\u9225\u9239\u951b\u9286\u20ac\u25a1\u25af\u2753"
    "]|\\?\\?"
)
"""One of these, and the checks of this page look closer."""


def _is_suspicious(pair: Pair) -> bool:
    return bool(SUSPICIOUS.search(pair.target)) and pair.is_translated


def _found(pattern: re.Pattern[str], pair: Pair) -> Iterator[re.Match[str]]:
    """Yield the places of a pattern that the source does not have as often."""
    known = Counter(pattern.findall(pair.source))
    for match in pattern.finditer(pair.target):
        known[match[0]] -= 1
        if known[match[0]] < 0:
            yield match


def _problem(
    match: re.Match[str], message: str, suggestion: str | None = None, *, is_safe: bool = False
) -> Problem:
    return Problem(
        message=message, span=Span(*match.span()), suggestion=suggestion, is_safe=is_safe
    )


def _invisible(match: re.Match[str], message: str, pair: Pair) -> Problem:
    """Return the problem of a character that nobody sees, and nobody will miss."""
    return _problem(match, message, "", is_safe=pair.once(_is_deletable))


def _is_deletable(pair: Pair) -> bool:
    """Tell whether no markup comes to life, or dies, without the invisible characters."""
    return _markup_of(pair.target) == _markup_of(INVISIBLE.sub("", pair.target))


def _markup_of(text: str) -> InlineMarkup:
    return replace(read_markup(text), words="")


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


REPLACEMENT = pattern(
    r"[\ufffd\u25af]|(?<![\w?!？！\"“”'‘’(（<《])\?\?+(?![\w?!])|(?<=[\u4e00-\u9fff])\?{2,}"
    r"|\?{4,}|\?{3}(?=[\w\u3000-\u303f\uff01-\uff5e])|(?<=[\u4e00-\u9fff])\u25a1+(?=[\u4e00-\u9fff，。、；：])|\u25a1{2,}"
)


@check(Pair, severity=Severity.ERROR, only_if=_is_suspicious)
def replacement_character(pair: Pair) -> Iterator[Problem]:
    r"""A character was lost on the way, and a question mark or box stands in its place.

    Why:
        A program that could not read the text wrote a substitute; what stood there is gone.

    Bad:
        The guests visited the campus. → 来宾参观了校\ufffd。

    Good:
        The guests visited the campus. → 来宾参观了校园。

    Source:
        The Unicode Standard 16.0, 23.8: U+FFFD replaces what cannot be represented.
    """
    for match in _found(REPLACEMENT, pair):
        if "?" in match[0] and match[0] in pair.source:
            continue
        yield _problem(match, _("“{item}” stands for a lost character").format(item=match[0]))


PRIVATE = pattern("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


@check(Pair, severity=Severity.ERROR, only_if=_is_suspicious)
def private_use(pair: Pair) -> Iterator[Problem]:
    r"""A character of the private use area, which only one font of one machine can draw.

    Why:
        On every other machine readers see an empty box, or something else.

    Bad:
        The guests visited the campus. → 来宾参观了校园\ue5d2。

    Good:
        The guests visited the campus. → 来宾参观了校园。

    Source:
        The Unicode Standard 16.0, 23.5 "Private-Use Characters".
    """
    for match in PRIVATE.finditer(pair.target):
        yield _problem(
            match, _("{code} has no meaning outside one font").format(code=_code(match[0]))
        )


@check(Pair, severity=Severity.ERROR, only_if=_is_suspicious)
def control_character(pair: Pair) -> Iterator[Problem]:
    r"""A control character stands in the translation.

    Why:
        It prints nothing or a box, and breaks search, feeds and mail.

    Bad:
        The guests visited the campus. → 来宾\x07参观了校园。

    Good:
        The guests visited the campus. → 来宾参观了校园。

    Source:
        Unicode in XML (Unicode Technical Report 20), 3: characters not suitable for markup.
    """
    for match in CONTROL.finditer(pair.target):
        if is_tag_of_flag(match):
            continue
        message = _("{code} is a control character; delete it").format(code=_code(match[0]))
        yield _invisible(match, message, pair)


ZERO_WIDTH = pattern("[\xad\u200b-\u200d\u2060-\u2064\ufeff\u180e\u034f\u115f\u1160\u3164\uffa0]")
JOINING_SCRIPTS = """
    Arab Syrc Mong Nkoo Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Thai Laoo Tibt
"""
EMOJI = pattern("[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]")


@check(Pair, severity=Severity.ERROR, only_if=_is_suspicious)
def zero_width(pair: Pair) -> Iterator[Problem]:
    r"""An invisible character stands between the visible ones.

    Why:
        A name with one inside is not found by any search, and breaks at the wrong place.

    Bad:
        The guests visited the campus. → 来宾\u200b参观了校园。

    Good:
        The guests visited the campus. → 来宾参观了校园。

    Source:
        The Unicode Standard 16.0, 23.2 "Layout Controls"; joiners belong to Arabic, Indic scripts
        and emoji.
    """
    if pair.lang and script(pair.lang) in JOINING_SCRIPTS:
        return
    for match in ZERO_WIDTH.finditer(pair.target):
        around = pair.target[max(0, match.start() - 2) : match.end() + 1]
        if not (match[0] == "\u200d" and EMOJI.search(around)):
            message = _("{code} is invisible; delete it").format(code=_code(match[0]))
            yield _invisible(match, message, pair)


@check(Pair, severity=Severity.ERROR, only_if=_is_suspicious)
def bidi_control(pair: Pair) -> Iterator[Problem]:
    r"""A character that turns the writing direction, where no right-to-left text needs it.

    Why:
        It can show a name or an amount backwards, and nobody sees why.

    Bad:
        The guests visited the campus. → 来宾\u202e参观了校园。

    Good:
        The guests visited the campus. → 来宾参观了校园。

    Source:
        Unicode Standard Annex 9; Unicode Technical Report 36, 2.6 "Bidirectional Text Spoofing".
    """
    for match in direction_changes(pair.target, pair.lang):
        message = _("{code} turns the writing direction; delete it").format(code=_code(match[0]))
        yield _invisible(match, message, pair)


INVISIBLE = pattern("|".join(pattern.pattern for pattern in (CONTROL, ZERO_WIDTH, BIDI)))


MOJIBAKE = pattern(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,2}"
    "|\u00e2\u20ac.?|\u00ef\u00bb\u00bf"  # UTF-8 read as Windows-1252
    "|[\u00a1-\u00bf\u00c0-\u00ff]{4,}"  # GBK read as Latin-1
    "|\u951f\u65a4\u62f7|(?:\u70eb){3,}|(?:\u5c6f){3,}"  # famous wrecks of GBK
    "|\u9225|\u9286|\u9239|\u951b(?![\u5b50\u51ff\u65a7\u5228\u6728\u5177])"  # not: an adze
)
LATIN_WORD = pattern("[A-Za-z\u00c0-\u017f]")


@check(Pair, severity=Severity.ERROR, only_if=_is_suspicious)
def mojibake(pair: Pair) -> Iterator[Problem]:
    """Text that was read in the wrong encoding.

    Why:
        What was written cannot be read any more.

    Bad:
        The guests visited the campus. → 来宾参观了â€œ校园â€。

    Good:
        The guests visited the campus. → 来宾参观了“校园”。

    Source:
        The traces of UTF-8 read as Windows-1252, and of GBK and UTF-8 taken for one another.
    """
    for match in _found(MOJIBAKE, pair):
        if not _is_word(match, pair.target):
            yield _problem(
                match,
                _("“{item}” was read in a wrong encoding").format(item=match[0]),
            )


def _is_word(match: re.Match[str], text: str) -> bool:
    """Tell whether an accented letter ends a word before a mark: ``São“``, ``Perú—``."""
    is_accent_and_mark = len(match[0]) == 2 and unicodedata.category(match[0][1])[0] == "P"
    before = text[max(0, match.start() - 1) : match.start()]
    return is_accent_and_mark and match[0][1] not in "\u00bf" and bool(LATIN_WORD.match(before))


COMBINING_RUN = pattern(rf"[{COMBINING}]{{3,}}|(?<=[\u3400-\u9fff\u3000-\u303f])[{COMBINING}]+")


@check(Pair, severity=Severity.ERROR, only_if=_is_suspicious)
def combining_run(pair: Pair) -> Iterator[Problem]:
    r"""Accents are piled on one another, or stand on a Chinese character.

    Why:
        They smear over the lines around; no language writes so.

    Bad:
        The guests visited the campus. → 来宾参观了校\u0301\u0301\u0301园。

    Good:
        The guests visited the campus. → 来宾参观了校园。

    Source:
        Unicode Standard Annex 15, 13 (stream-safe text); no orthography needs three on a letter.
    """
    for match in _found(COMBINING_RUN, pair):
        # On a Latin letter, one of them may be the word's own.
        is_on_han = pair.target[max(0, match.start() - 1) : match.start()] >= "\u3000"
        yield _problem(match, _("Accents are piled up here; delete them"), "", is_safe=is_on_han)


COMPATIBILITY = pattern(
    "[\u2e80-\u2fd5\u3300-\u33a0\u33a2-\u33a4\u33a6-\u33ff\uf900-\ufaff\ufb00-\ufb06\uff61-\uff9f"
    "\U0002f800-\U0002fa1f]"
)
"""The squared units ㎡ and ㎥ are left out: they are usual in print."""
ONLY_FORM = frozenset("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩")
"""Twelve characters that stand among the compatibility ideographs, but are ordinary ones."""


@check(Pair, severity=Severity.ERROR, only_if=_is_suspicious)
def compatibility_form(pair: Pair) -> Iterator[Problem]:
    """A look-alike of a character, which computers take for another one.

    Why:
        A name written with it is not found, sorted or spoken; fonts often lack it.

    Bad:
        Two people visited the campus. → 两⼈参观了校园。

    Good:
        Two people visited the campus. → 两人参观了校园。

    Source:
        The Unicode Standard 16.0, 18.1 "CJK Compatibility Ideographs" and 18.2 "Radicals".
    """
    for match in COMPATIBILITY.finditer(pair.target):
        usual = unicodedata.normalize("NFKC", match[0])
        if match[0] not in ONLY_FORM and usual != match[0]:
            yield _problem(
                match,
                _("{code} only looks like {usual}").format(code=_code(match[0]), usual=usual),
                usual,
            )
