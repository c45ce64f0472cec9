"""Is everything translated, and is it really a translation?"""

from collections.abc import Iterator

from pubkit.checks.pair import Pair
from pubkit.checks.registry import check
from pubkit.messages import gettext as _
from pubkit.model import Problem, Role, Severity, Span
from pubkit.patterns import pattern

HEADINGS = frozenset({Role.TITLE, Role.SUBTITLE, Role.KICKER, Role.HEADING, Role.CAPTION})


@check(Pair, severity=Severity.ERROR)
def missing_translation(pair: Pair) -> Iterator[Problem]:
    """A text has no translation yet.

    Why:
        The edition would show the source text; it stays a draft.

    Bad:
        Group Photo → (empty)

    Good:
        Group Photo → 与会人员合影

    Source:
        GNU gettext manual, 3.6 "The Format of PO Files": an empty msgstr is untranslated.
    """
    forms = pair.entry.msgstr_plural or (pair.target,)
    if not pair.is_own_language and not all(form.strip() for form in forms):
        yield Problem(message=_("This text is not translated yet"))


def _is_fuzzy(pair: Pair) -> bool:
    return pair.entry.is_fuzzy


@check(Pair, severity=Severity.ERROR, only_if=_is_fuzzy)
def fuzzy(_pair: Pair) -> Iterator[Problem]:
    """A translation waits for review, because its source changed or a program proposed it.

    Why:
        Nobody has said that it is right; the edition would show the source text.

    Bad:
        #, fuzzy — Pan Feng → 潘峰

    Good:
        Pan Feng → 潘锋 (reviewed, the flag removed)

    Source:
        GNU gettext manual, 8.3.5 "Fuzzy Entries".
    """
    yield Problem(message=_("This translation waits for review: mend it, then remove “fuzzy”"))


CITATION = pattern(
    r"\bet al\b|\bdoi\b|\b\d+(?:\(\d+\))?[,:] ?[A-Z]?\d+[-–]\d+[^.]{0,3}\(?(?:19|20)\d\d\)?"
    r"|\(?(?:19|20)\d\d\)?[;,:] ?\d+(?:\(\d+\))?[,:] ?\d+[-–]\d+"
)
"""A reference to a journal, which is copied so that readers find it."""


def is_citation(pair: Pair) -> bool:
    """Tell whether a text is a reference that the translation has as it is."""
    return pair.is_copy and CITATION.search(pair.source) is not None


def _is_copied(pair: Pair) -> bool:
    if pair.is_own_language or not pair.is_translated or not pair.is_copy:
        return False
    if is_citation(pair):
        return False
    words = _words_to_translate(pair)
    if not pair.is_same_script:
        return bool(words)
    # Languages of one script share names and words ("Photo", "Universidad Politécnica de Madrid"),
    # but no sentences.
    common = [word for word in words if word.islower() and len(word) > 2]
    return len(words) > 2 and len(common) > 1


@check(Pair, severity=Severity.ERROR, only_if=_is_copied)
def copied_source(pair: Pair) -> Iterator[Problem]:
    """A translation is its source text, which has words to translate.

    Why:
        A copy looks finished to every tool, and reaches the reader untranslated.

    Bad:
        The guests visited the campus. → The guests visited the campus.

    Good:
        MindSpore AI4Sci → MindSpore AI4Sci

    Source:
        translate-toolkit and Weblate know the fault as "unchanged translation".
    """
    if not pair.roles & HEADINGS:
        yield _copied(pair, _("The translation is a copy of the source text"))


@check(Pair, severity=Severity.ERROR, only_if=_is_copied)
def untranslated_heading(pair: Pair) -> Iterator[Problem]:
    """A title, heading or caption is left in the source language.

    Why:
        It is what readers see first, and what reviewers skip.

    Bad:
        Group Photo → Group Photo

    Good:
        Group Photo → 与会人员合影

    Source:
        House rule; a heading has words to translate unless it is a name that stays.
    """
    if pair.roles & HEADINGS:
        yield _copied(pair, _("This heading or caption is left untranslated"))


def _copied(pair: Pair, message: str) -> Problem:
    return Problem(message=message, span=Span(0, len(pair.target)))


NOT_WORDS = pattern(
    r"`[^`]*`"  # code
    r"|\]\([^()\s]*"  # link targets
    r"|https?://\S+|[\w.+-]{1,64}@[\w.-]+|\bdoi:\S+"  # addresses
    r"|(?<!\w)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b"  # … without their beginning, and files
    r"|\{[^{}]*\}|%\([^()]*\)s|%[sd]"  # placeholders
    r"|&#?\w+;"  # characters by their names
    r"|(?<![A-Za-z\d])[A-Za-z]+\d[A-Za-z\d]*"  # AI4Sci, LiFePO4, A1
    r"|\d\s?(?:[fpnµμmcdhkMGT]?(?:g|m|s|l|L|A|V|W|J|N|Pa|Hz|eV|Wh|mol|bar|bit|B|b|t|K|M|U)"
    r"|min|h|d|a|ha|wt|vol|rpm|dB|TEU|USD|EUR|CNY|RMB)(?:[/·²³⁻¹\d^-]+[µμmkcd]?[A-Za-z]{1,3})*"
    r"(?![^\W_])",  # numbers with units
)
WORD = pattern(r"[^\W\d_]{2,}")
ACRONYM_OR_PRODUCT = pattern(r"[A-Z]{2,}s?|[^\W\d_]*[a-z][A-Z][^\W\d_]*")


def _words_to_translate(pair: Pair) -> list[str]:
    """Return the ordinary words of the source: no code, addresses, acronyms, products, names."""
    text = NOT_WORDS.sub(" ", _without_kept_names(pair))
    return [word for word in WORD.findall(text) if not ACRONYM_OR_PRODUCT.fullmatch(word)]


def _without_kept_names(pair: Pair) -> str:
    """Return the source without the names whose agreed form is that of the source."""
    text = pair.source_prose.text
    for mention in reversed(pair.mentions):
        start, end = mention.span.start, mention.span.end
        if text[start:end] in (mention.term.target, *mention.term.renderings):
            text = f"{text[:start]} {text[end:]}"
    return text
