"""Do words of the source stand in the translation?"""

import re
from collections.abc import Iterator

from pubkit.checks.completeness import HEADINGS
from pubkit.checks.pair import Pair, Translation
from pubkit.checks.registry import check
from pubkit.checks.technical import WORD, is_technical, kept_words
from pubkit.formats.markdown import OBJECT
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity
from pubkit.names.titles.offices import find_offices
from pubkit.names.vocabulary import FUNCTION_WORDS, is_english_word
from pubkit.patterns import pattern
from pubkit.values import dataclass


@check(Pair, severity=Severity.ERROR)
def source_left_over(pair: Pair) -> Iterator[Problem]:
    """Words of the source language stand in the translation.

    Why:
        A phrase that was skipped looks like a word that stays, to tools and to tired eyes.

    Bad:
        The guests visited the campus. → 来宾visited the campus。

    Good:
        The guests visited the campus of MIT. → 来宾参观了MIT校园。

        She spoke on “AI for Science”. → 她以“AI for Science”为题发言。

    Source:
        House rule; names, products, acronyms, quoted titles and forms in brackets may stay.
    """
    if not pair.is_english_chinese:
        return
    if pair.translation.is_into_chinese:
        yield from _english_left(pair)
    else:
        yield from _chinese_left(pair)


# ---------------------------------------------------------------- English in Chinese

SMALL_LETTER = pattern("[a-z]")
"""What most Chinese texts do not have, found out fast."""
ENGLISH = pattern(r"(?<![A-Za-z])[a-z]{2}|[A-Z][a-z]+[ \u00a0-][A-Za-z]|[A-Z][a-z]{2}")
LETTER = r"[A-Za-z0-9_À-ÖØ-öø-ɏ]"
TOKEN = rf"{LETTER}+(?:['’.@_/:+\\=-]+{LETTER}+)*"
RUN = pattern(rf"{TOKEN}(?:(?:[ \u00a0\n]+|,[ \u00a0]|[ ]?&[ ]?){TOKEN})*")
PIECE = pattern(TOKEN)
HAN = pattern("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Latin words that stand together in a Chinese text."""

    text: str
    start: int
    end: int
    words: tuple[str, ...]
    """Its ordinary words and capitalised ones: no product, acronym, code."""
    has_product: bool


def _english_left(pair: Pair) -> Iterator[Problem]:
    target = pair.target_prose.text
    if not SMALL_LETTER.search(target) or not ENGLISH.search(target):
        return
    yield from _glued_to_figures(pair)
    for match in RUN.finditer(target):
        run = _read_run(match)
        severity = _severity(run, pair) if run.words else None
        if severity and not _may_stay(run, pair) and not _is_marked(run, pair):
            span = pair.target_prose.span(run.start, run.end)
            message = _("“{words}” is left in the source language").format(words=run.text)
            yield Problem(message=message, span=span, severity=severity)


GLUED = pattern(
    r"(?<![A-Za-z0-9_.@/:-])\d[\d.,]*(?P<after>[a-z]{4,})(?![A-Za-z0-9_@/:-])"
    r"|(?<![A-Za-z0-9_.@/:-])(?P<before>[a-z]{4,})\d[\d.,]*(?![A-Za-z0-9_@/:-])"
)


def _glued_to_figures(pair: Pair) -> Iterator[Problem]:
    """Yield words of the source that stand for Chinese ones beside figures: ``460million``."""
    for match in GLUED.finditer(pair.target_prose.text):
        group = match.lastgroup or 0
        word = match[group]
        is_in_source = word in pair.once(_source_words) and match[0] not in pair.source
        if is_in_source and is_english_word(word):
            yield Problem(
                message=_("“{words}” is left in the source language").format(words=word),
                span=pair.target_prose.span(*match.span(group)),
            )


def _read_run(match: re.Match[str]) -> _Run:
    tokens = PIECE.findall(match[0])
    words = [token for token in tokens if WORD.fullmatch(token) and len(token) > 1]
    words = [word for word in words if word[1:].islower() or "-" in word]
    return _Run(
        text=match[0],
        start=match.start(),
        end=match.end(),
        words=tuple(words),
        has_product=any(IS_PRODUCT.search(token) for token in tokens),
    )


IS_PRODUCT = pattern(r"[a-z][A-Z]|[A-Za-z]\d|\d[A-Za-z]|[_/@=:\\]|[A-Za-z]\.[A-Za-z]")
"""``MindSpore``, ``AI4Sci``, ``debian/control``."""


def _severity(run: _Run, pair: Pair) -> Severity | None:
    """Return how sure it is that a run of words should have been translated."""
    source = pair.once(_source_words)
    small = [word for word in run.words if word[0].islower()]
    contents = [word for word in small if word not in FUNCTION_WORDS]
    ordinary = [word for word in contents if is_english_word(word)]
    if ordinary:
        kept = pair.translation.once(kept_words)
        ordinary = [word for word in ordinary if word not in kept]
        if len(ordinary) <= MOST_NAMING and pair.translation.once(is_technical):
            return None
    if any(word in source or f"{word}s" in source for word in ordinary):
        return Severity.ERROR
    if len(ordinary) > 1:
        return Severity.ERROR
    if small and len(small) == len(run.words) and not contents:
        return Severity.ERROR if all(word in source for word in small) else None
    if all(word.lower() in FUNCTION_WORDS and word.lower() in source for word in run.words):
        return Severity.ERROR
    return Severity.WARNING if _is_headline(run, pair) else None


def _is_marked(run: _Run, pair: Pair) -> bool:
    """Tell whether a manual sets off the words, a setting or a command, as its source does."""
    if not pair.translation.once(is_technical):
        return False
    marked = re.compile(
        rf"[*`\"“][^*`\"“”\n]{{0,40}}{re.escape(run.text)}[^*`\"“”\n]{{0,40}}[*`\"”]"
    )
    found = marked.search(pair.target)
    return found is not None and found[0].strip('*`"“”') in pair.source


MOST_NAMING = 2
"""Words that may name a command or an option, where many do."""


def _source_words(pair: Pair) -> frozenset[str]:
    """Return the words of the source in small letters."""
    return frozenset(WORD.findall(pair.source_prose.text.lower()))


def _is_headline(run: _Run, pair: Pair) -> bool:
    """Tell whether capitalised words are ordinary ones, which only the source's headline raises."""
    if not pair.roles & HEADINGS or run.text not in pair.source_prose.text:
        return False
    contents = [word.lower() for word in run.words if word.lower() not in FUNCTION_WORDS]
    known = pair.translation.once(_small_words)
    return (
        bool(contents)
        and all(word in known and is_english_word(word) for word in contents)
        and not find_offices(run.text)
    )


def _small_words(translation: Translation) -> frozenset[str]:
    """Return the words that the source of the whole catalog writes in small letters."""
    texts = (pair.source_prose.text for pair in translation.pairs)
    return frozenset(word for text in texts for word in WORD.findall(text) if word.islower())


# ---------------------------------------------------------------- what may stay

OPENING, CLOSING = "“‘\"'「『《〈＂＇", "”’\"'」』》〉＂＇"
BEFORE_CODE = "-$%@#\\/_=.<{[~`|&*+"
AFTER_CODE = "=(_/\\:{<>[]~`|*@"


def _may_stay(run: _Run, pair: Pair) -> bool:
    text = pair.target_prose.text
    before, after = text[run.start - 1 : run.start], text[run.end : run.end + 1]
    if (before and before in BEFORE_CODE) or (after and after in AFTER_CODE):
        return True
    if before == after == OBJECT or text[run.start - 2 : run.start] == "%(":
        return True
    if before in tuple("'\"") or text[run.end :].lstrip()[:1] in tuple("-<[|"):
        return True
    if run.has_product and sum(word.islower() for word in run.words) < 2:
        return True
    return _is_agreed(run, pair) or _is_quoted(run, text, pair) or _is_gloss(run, text)


def _is_agreed(run: _Run, pair: Pair) -> bool:
    """Tell whether the run is part of a form of the termbase, or itself a term's source form."""
    text = pair.target_prose.text
    for form in pair.translation.once(_latin_forms):
        start = text.find(form, max(0, run.start - len(form)), run.end + len(form))
        if start >= 0 and start < run.end and run.start < start + len(form):
            return True
    return False


def _latin_forms(translation: Translation) -> tuple[str, ...]:
    """Return the agreed forms with Latin words, and the sources that other checks look for."""
    terms = translation.termbase.terms
    agreed = (form for term in terms for form in (term.target, *term.renderings))
    sources = (form for term in terms for form in (term.source, *term.aliases))
    forms = dict.fromkeys([*(form for form in agreed if ENGLISH.search(form)), *sources])
    return tuple(forms)


def _is_quoted(run: _Run, text: str, pair: Pair) -> bool:
    """Tell whether the run is the title, slogan or label that quotation marks hold."""
    before, after = text[: run.start].rstrip()[-1:], text[run.end :].lstrip(" .!?！？。，,")[:1]
    if not (before and after and before in OPENING and after in CLOSING):
        return False
    if any(word[0].isupper() for word in run.words) or before in "'‘《〈":
        return True
    quoted = re.compile(rf"[“‘\"'][^“”‘’\"]{{0,40}}{re.escape(run.text)}")
    return len(run.words) < 3 and (
        run.text not in pair.source_prose.text or bool(quoted.search(pair.source_prose.text))
    )


AFTER_FIGURES = pattern(r"[\d年月日号時时分元%％]\s?\Z")


def _is_gloss(run: _Run, text: str) -> bool:
    """Tell whether the run stands in brackets, beside the Chinese form that it explains."""
    opened = max(text.rfind(bracket, 0, run.start) for bracket in "（([［")
    closed = max(text.rfind(bracket, 0, run.start) for bracket in "）)]］")
    ends = [end for bracket in "）)]］" if (end := text.find(bracket, run.end)) >= 0]
    if opened <= closed or not ends:
        return False
    content = text[opened + 1 : min(ends)]
    if not HAN.search(content):
        return not AFTER_FIGURES.search(text, 0, opened)
    before, after = text[: run.start].rstrip()[-1:], text[run.end :].lstrip()[:1]
    is_apart = before in "（(，,；;：:、/“" and after in "）)，,；;、/”"
    return is_apart and (len(run.words) < 3 or any(word[0].isupper() for word in run.words))


# ---------------------------------------------------------------- Chinese in English

HAN_RUN = pattern("[\u3400-\u4dbf\u4e00-\u9fff](?:[^!-~]*[\u3400-\u4dbf\u4e00-\u9fff])?")


def _chinese_left(pair: Pair) -> Iterator[Problem]:
    target = pair.target_prose.text
    if target.isascii():
        return
    for match in HAN_RUN.finditer(target):
        is_shown = _is_shown(match) and not _is_short_name(match[0], pair)
        if not is_shown and not _is_agreed_in_english(match[0], pair):
            yield Problem(
                message=_("“{words}” is left in the source language").format(words=match[0]),
                span=pair.target_prose.span(*match.span()),
            )


QUOTED = pattern(r"[“‘\"'「《(（]\Z")
TALKED_ABOUT = pattern(r"(?i)\b(?:characters?|words?|written|reads?|ideographs?|names?)\b.{0,20}\Z")


def _is_short_name(words: str, pair: Pair) -> bool:
    """Tell whether the source introduces the words as a short name, which needs a rendering."""
    return re.search(rf"简称为?[：:]?\s?[“‘「\"]?{re.escape(words)}", pair.source) is not None


def _is_shown(match: re.Match[str]) -> bool:
    """Tell whether Chinese characters are a gloss in brackets, or have one themselves."""
    text = match.string
    before, after = text[: match.start()], text[match.end() :]
    opened = max(before.rfind("("), before.rfind("（"))
    closed = max(before.rfind(")"), before.rfind("）"))
    is_in_brackets = opened > closed and re.search(r"[)）]", after) is not None
    is_explained = (
        re.match(r"[”’\"'」》]?[ \u00a0]?[(（][^()（）\d]*[A-Za-z][^()（）\d]*[)）]", after)
        is not None
    )
    is_subject = bool(TALKED_ABOUT.search(before[-40:])) and bool(QUOTED.search(before[-1:]))
    return is_in_brackets or is_explained or is_subject


def _is_agreed_in_english(words: str, pair: Pair) -> bool:
    return any(
        words in form for term in pair.termbase.terms for form in (term.target, *term.renderings)
    )
