"""A translation as a typesetter sees it, and the characters that the checks of this folder share.

The checks look at the words without their markup, and mend the text with it: what stands in code,
addresses and placeholders is one ``OBJECT`` to them, and nothing of the markup is ever replaced.
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum

from pubkit.checks.pair import Pair, Translation
from pubkit.formats.markdown import Prose, read_markup
from pubkit.localize import language, script
from pubkit.model import Problem, Severity, Span
from pubkit.patterns import pattern
from pubkit.values import dataclass

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""The Chinese characters, for use in a class of a pattern."""
OPENING = "“‘「『（《〈【〔"
CLOSING = "”’」』）》〉】〕"


class Manner(StrEnum):
    """By which rules a text is set."""

    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"
    ENGLISH = "english"
    LATIN = "latin"
    OTHER = "other"


Edit = tuple[int, int, str]
"""A stretch of a line's text, and what should stand there."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The words of a translation, and how they are to be set."""

    pair: Pair
    manner: Manner
    text: str
    """Empty where there is nothing to look at."""
    characters: frozenset[str]
    """What the text is made of: most checks see here that they have nothing to do."""

    @property
    def source(self) -> str:
        """The words of the text to translate."""
        return self.pair.source_prose.text

    @property
    def is_chinese(self) -> bool:
        """Whether the rules of Chinese hold."""
        return self.manner in (Manner.SIMPLIFIED, Manner.TRADITIONAL)

    @property
    def is_latin(self) -> bool:
        """Whether the letters are Latin ones."""
        return self.manner in (Manner.ENGLISH, Manner.LATIN)

    def has(self, marks: frozenset[str]) -> bool:
        """Tell whether one of the marks occurs."""
        return not marks.isdisjoint(self.characters)

    def fault(
        self,
        message: str,
        *edits: Edit,
        is_safe: bool = True,
        severity: Severity | None = None,
        is_around_names: bool = False,
    ) -> Iterator[Problem]:
        """Yield the problem that the edits mend, unless it is part of an agreed name.

        Args:
            message: One sentence for a translator.
            edits: What should stand where.
            is_safe: Whether nobody has to look at the edits.
            severity: Where it is not the check's own.
            is_around_names: Whether the fault is not within the edited characters, but beside.
        """
        prose = self.pair.target_prose
        span = prose.span(min(edit[0] for edit in edits), max(edit[1] for edit in edits))
        if not is_around_names and _is_agreed(self.pair, span):
            return
        suggestion = _mended(prose, span, edits)
        yield Problem(
            message=message,
            span=span,
            suggestion=suggestion,
            is_safe=is_safe
            and suggestion is not None
            and (_is_far_from_markup(prose, edits) or _keeps_markup(prose, span, suggestion)),
            severity=severity,
        )

    def remark(self, message: str, start: int, end: int) -> Iterator[Problem]:
        """Yield a problem that only the translator can mend."""
        span = self.pair.target_prose.span(start, end)
        if not _is_agreed(self.pair, span):
            yield Problem(message=message, span=span)


def read_line(pair: Pair) -> Line:
    """Return the words of a translation with the rules for them.

    A mere copy is one fault, which ``copied-source`` reports; how it is set does not matter.
    """
    manner = pair.translation.once(_manner)
    if not (pair.is_comparable or _is_corrected(pair)):
        return Line(pair, Manner.OTHER, "", frozenset())
    text = pair.target_prose.text
    if manner in CHINESE and (not HAN_CHARACTER.search(text) or _is_literature(text)):
        manner = Manner.OTHER
    return Line(pair, manner, text, frozenset(text))


def having(marks: frozenset[str]) -> Callable[[Pair], bool]:
    """Return what tells whether one of the marks occurs, for ``only_if`` of a check."""

    def has_marks(pair: Pair) -> bool:
        return not marks.isdisjoint(pair.once(read_line).characters)

    return has_marks


def _is_corrected(pair: Pair) -> bool:
    """Tell whether the text is another one in its own language."""
    return pair.is_own_language and pair.is_translated and pair.source != pair.target


def _is_literature(text: str) -> bool:
    """Tell whether half-width marks are right in Chinese, too (GB/T 7714-2015)."""
    return any(hint in text for hint in ("[", "et al", "doi", "DOI")) and bool(
        REFERENCE.search(text)
    )


CHINESE = frozenset({Manner.SIMPLIFIED, Manner.TRADITIONAL})
HAN_CHARACTER = pattern(f"[{HAN}]")
REFERENCE = pattern(r"\[(?:[A-Z]|[A-Z]{2}/[A-Z]{2})\]|\bet al\b|\b(?:doi|DOI)\b")


def _manner(translation: Translation) -> Manner:
    if translation.lang is None:
        return Manner.OTHER
    if language(translation.lang) == "zh":
        is_traditional = script(translation.lang) == "Hant"
        return Manner.TRADITIONAL if is_traditional else Manner.SIMPLIFIED
    if language(translation.lang) == "en":
        return Manner.ENGLISH
    return Manner.LATIN if script(translation.lang) == "Latn" else Manner.OTHER


# ---------------------------------------------------------------- mending


def _mended(prose: Prose, span: Span, edits: tuple[Edit, ...]) -> str | None:
    """Return what should stand in the span; None where a mark is written as an escape."""
    pieces = []
    place = span.start
    for start, end, replacement in sorted(edits):
        raw = prose.span(start, end)
        is_plain = prose.raw[raw.start : raw.end] == prose.text[start:end]
        if not is_plain or prose.raw[max(0, raw.start - 1) : raw.start] == "\\":
            return None
        pieces += [prose.raw[place : raw.start], replacement]
        place = raw.end
    return "".join((*pieces, prose.raw[place : span.end]))


def _is_far_from_markup(prose: Prose, edits: tuple[Edit, ...]) -> bool:
    """Tell whether no mark of Markdown, nor an address, can notice what happens beside it."""
    raw = prose.raw
    if "://" in raw or "@" in raw or "www." in raw:
        return False
    spans = [(prose.span(start, end), replacement) for start, end, replacement in edits]
    return not any(
        MARKUP.search(raw, max(0, span.start - 2), span.end + 2) or MARKUP.search(replacement)
        for span, replacement in spans
    )


LONGEST = 5000
"""A text that is longer is not parsed again for each of its faults."""


def _keeps_markup(prose: Prose, span: Span, suggestion: str) -> bool:
    if len(prose.raw) > LONGEST:
        return False
    after = prose.raw[: span.start] + suggestion + prose.raw[span.end :]
    return markup_of(prose.raw) == markup_of(after)


MARKUP = pattern(r"[\[\]*_~`<&\\\n]")


def markup_of(raw: str) -> tuple[object, ...]:
    """Return the markup of a text without its words, to compare it with another's."""
    markup = read_markup(raw)
    return (markup.links, markup.emphasis, markup.others, markup.footnotes, markup.literal_marks)


# ---------------------------------------------------------------- names


def _is_agreed(pair: Pair, span: Span) -> bool:
    """Tell whether a span stands within an agreed name: ``Yahoo!``, ``A. B. 史密斯``."""
    forms = pair.translation.once(_agreed_forms)
    return forms is not None and any(
        match.start() <= span.start and span.end <= match.end()
        for match in forms.finditer(pair.target, max(0, span.start - FURTHEST), span.end + FURTHEST)
    )


FURTHEST = 100
"""No agreed name is longer."""


def _agreed_forms(translation: Translation) -> re.Pattern[str] | None:
    forms = {
        form
        for term in translation.termbase.terms
        for form in (term.target, *term.renderings)
        if form and not form.isalnum()
    }
    if not forms:
        return None
    return pattern("|".join(map(re.escape, sorted(forms, key=len, reverse=True))))
