"""Is the translation written in the characters of its language?"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from pubkit.checks.pair import Pair, Translation
from pubkit.checks.registry import check
from pubkit.localize import language, script
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity
from pubkit.names.scripts import simplified_characters, traditional_characters
from pubkit.patterns import pattern


@check(Pair, severity=Severity.ERROR)
def wrong_script(pair: Pair) -> Iterator[Problem]:
    """Characters of another script stand in the translation.

    Why:
        A text from the edition for another market, or a slip of the input method, is plain to
        every reader of this one.

    Bad:
        The guests visited the campus. → 來賓參觀了校园。

    Good:
        The guests visited the campus. → 来宾参观了校园。

    Source:
        General Standard Chinese Characters (2013); OpenCC's tables of characters that belong to
        one script alone.
    """
    if pair.target.isascii() or not pair.is_comparable:
        return
    if not pair.translation.once(_suspicious_characters).search(pair.target):
        return
    yield from _foreign(pair)
    if pair.translation.is_into_chinese:
        yield from _other_chinese(pair)


def _suspicious_characters(translation: Translation) -> re.Pattern[str]:
    """Return the characters without which no text of the translation has anything wrong."""
    ranges = _ranges(language(translation.lang or "zh"))
    if translation.is_into_chinese:
        ranges += "".join(sorted(_characters_of_the_other_script(_is_traditional(translation))))
    return pattern(f"[{ranges}]" if ranges else NOTHING)


NOTHING = r"(?!)"


# ---------------------------------------------------------------- Traditional and Simplified

IN_NAMES = frozenset("昇陞甦甯鉅鎔菴珮峯龢祕勳崑崙喆淼堃犇")
"""Names may keep these in simplified texts."""
SHOWN = pattern("[“‘「『《〈（(]")


def _other_chinese(pair: Pair) -> Iterator[Problem]:
    target = pair.target_prose.text
    is_traditional = _is_traditional(pair.translation)
    others = _characters_of_the_other_script(is_traditional)
    places = [at for at, one in enumerate(target) if one in others and not _is_apart(at, pair)]
    if not places:
        return
    start, end = places[0], places[-1] + 1
    found = "".join(dict.fromkeys(target[at] for at in places))
    mended = target[start:end].translate(_table(is_traditional))
    yield Problem(
        message=(
            _("“{characters}”: simplified characters in a traditional text")
            if is_traditional
            else _("“{characters}”: traditional characters in a simplified text")
        ).format(characters=found),
        span=pair.target_prose.span(start, end),
        suggestion=mended if target[start:end] in pair.target else None,
    )


def _is_traditional(translation: Translation) -> bool:
    return script(translation.lang or "zh") == "Hant"


def _table(is_traditional: bool) -> Mapping[int, str]:
    return simplified_characters() if is_traditional else traditional_characters()


@cache
def _characters_of_the_other_script(is_traditional: bool) -> frozenset[str]:
    """Return the characters that no text of a script has, but for names."""
    characters = frozenset(map(chr, _table(is_traditional)))
    return characters if is_traditional else characters - IN_NAMES


def _is_apart(at: int, pair: Pair) -> bool:
    """Tell whether a character is in the source, in an agreed name, or is what is talked about."""
    target = pair.target_prose.text
    if target[at] in pair.source:
        return True
    if SHOWN.match(target[at - 1 : at]) and target[at + 1 : at + 2] in tuple("”’」』》〉）)"):
        return True
    forms = (form for form in pair.translation.once(_agreed_forms) if target[at] in form)
    return any(target.find(form, max(0, at - len(form) + 1), at + len(form)) >= 0 for form in forms)


def _agreed_forms(translation: Translation) -> tuple[str, ...]:
    """Return the agreed forms that have characters of the other script."""
    others = _characters_of_the_other_script(_is_traditional(translation))
    terms = translation.termbase.terms
    forms = (form for term in terms for form in (term.target, *term.renderings))
    return tuple(form for form in forms if not others.isdisjoint(form))


# ---------------------------------------------------------------- other scripts

SCRIPTS = {
    "kana": "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff9d",
    "hangul": "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3",
    "cyrillic": "\u0400-\u052f",
    "arabic": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "hebrew": "\u0590-\u05ff",
    "indic": "\u0900-\u0dff",
    "thai": "\u0e00-\u0eff",
    "tibetan": "\u0f00-\u0fff",
    "mongolian": "\u1820-\u18aa",
    "bopomofo": "\u3105-\u312f",
}
WRITTEN_IN = {
    "ja": ("kana",),
    "ko": ("hangul",),
    **dict.fromkeys(("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "tg"), ("cyrillic",)),
    "mn": ("cyrillic", "mongolian"),
    **dict.fromkeys(("ar", "fa", "ur", "ug", "ps", "ckb", "sd"), ("arabic",)),
    **dict.fromkeys(("he", "yi"), ("hebrew",)),
    **dict.fromkeys(("hi", "bn", "ta", "te", "ml", "kn", "mr", "ne", "gu", "pa", "si"), ("indic",)),
    **dict.fromkeys(("th", "lo"), ("thai",)),
    **dict.fromkeys(("bo", "dz"), ("tibetan",)),
}
"""Scripts of languages; of all others, each of these is foreign."""
_LATIN_OR_CHINESE = """
    ca cs da de en es et eu fi fr hr hu id is it lt lv ms nb nl no pl pt ro sk sl sv tr vi zh
"""
LATIN_OR_CHINESE = frozenset(_LATIN_OR_CHINESE.split())


def _foreign(pair: Pair) -> Iterator[Problem]:
    lang = language(pair.lang or "zh")
    for match in _foreign_letters(lang).finditer(pair.target_prose.text):
        if _is_new(match, pair):
            yield Problem(
                message=_("“{letters}” is written in another script").format(letters=match[0]),
                span=pair.target_prose.span(*match.span()),
            )


def _ranges(lang: str) -> str:
    """Return the letters that no text of a language has; none if nothing is known of it."""
    if lang not in LATIN_OR_CHINESE and lang not in WRITTEN_IN:
        return ""
    own = WRITTEN_IN.get(lang, ())
    return "".join(letters for name, letters in SCRIPTS.items() if name not in own)


@cache
def _foreign_letters(lang: str) -> re.Pattern[str]:
    """Return what finds the words of other scripts in a language."""
    ranges = _ranges(lang)
    return pattern(f"[{ranges}]+(?:[ \u30fb\u30fc-]*[{ranges}]+)*" if ranges else NOTHING)


def _is_new(match: re.Match[str], pair: Pair) -> bool:
    """Tell whether letters are neither the source's own quotation, nor agreed, nor a gloss."""
    is_foreign_there = _foreign_letters(language(pair.source_lang))
    if match[0] in pair.source and is_foreign_there.search(match[0]):
        return False
    before, after = match.string[: match.start()], match.string[match.end() :]
    if before.rstrip()[-1:] in tuple("（(《“") and after.lstrip()[:1] in tuple("）)》”，,、"):
        return False
    terms = pair.termbase.terms
    return not any(match[0] in form for term in terms for form in (term.target, *term.renderings))
