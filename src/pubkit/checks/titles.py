"""Has every person the right title and office in the translation?"""

from collections.abc import Iterable, Iterator

from pubkit.checks.pair import Pair
from pubkit.checks.persons.survey import comparison_of, named_persons
from pubkit.checks.registry import check
from pubkit.checks.technical import is_technical
from pubkit.formats.markdown import Prose
from pubkit.messages import gettext as _
from pubkit.model import Problem, Role, Severity, Span, TermKind
from pubkit.names.persons.kinds import FaultKind
from pubkit.names.titles import (
    AgreedTitle,
    Holder,
    TitleFault,
    TitleFaultKind,
    compare_titles,
    find_untranslated,
    may_have_titles,
)
from pubkit.names.titles.honorifics import (
    Contradiction,
    find_contradiction_beside,
    find_contradictions,
    may_contradict,
)


def _has_faults(pair: Pair) -> bool:
    return bool(pair.once(_faults))


def _may_be_wrong(pair: Pair) -> bool:
    return _has_faults(pair) or may_contradict(pair.chinese)


def _has_untranslated(pair: Pair) -> bool:
    return bool(pair.once(_untranslated))


@check(Pair, severity=Severity.ERROR, only_if=_has_faults)
def missing_title(pair: Pair) -> Iterator[Problem]:
    """A person's title or office is left out.

    Why:
        To leave out an office is a slight, and the reader no longer knows who speaks.

    Bad:
        Associate Dean Pan Feng spoke at the ceremony. → 潘锋在仪式上致辞。

    Good:
        Associate Dean Pan Feng spoke at the ceremony. → 副院长潘锋在仪式上致辞。

    Source:
        House rule. Captions and headings may do without, and several persons may share an
        office: 潘锋、刘敏两位副院长.
    """
    for fault in pair.once(_faults):
        if fault.kind is TitleFaultKind.LOST:
            yield _problem(pair, fault, _("“{title}”{holder} is left out"))


@check(Pair, severity=Severity.ERROR, only_if=_may_be_wrong)
def wrong_title(pair: Pair) -> Iterator[Problem]:
    """A person's title or office is another one than in the source.

    Why:
        An associate dean made dean is a false statement about two persons.

    Bad:
        Associate Dean Pan Feng spoke at the ceremony. → 院长潘锋在仪式上致辞。

    Good:
        Associate Dean Pan Feng spoke at the ceremony. → 副院长潘锋在仪式上致辞。

    Source:
        House rule: the modifiers of an office (副, 原, 名誉, 代理) have to be the same; its base is
        that of names.po, or else one that the English office can be.
    """
    for fault in pair.once(_faults):
        if fault.kind is not TitleFaultKind.LOST:
            yield _problem(pair, fault, _("“{title}”{holder} is not “{rendering}”"))
    if pair.is_english_chinese:
        for contradiction in _contradictions(pair):
            yield _wrong_gender(pair, contradiction)


@check(Pair, severity=Severity.ERROR, only_if=_has_untranslated)
def untranslated_title(pair: Pair) -> Iterator[Problem]:
    """A title or office stands in the translation as in the source.

    Why:
        A translated edition has translated titles; only acronyms such as CEO may stay.

    Bad:
        Associate Dean Pan Feng spoke at the ceremony. → Associate Dean潘锋在仪式上致辞。

    Good:
        Associate Dean Pan Feng spoke at the ceremony. → 副院长潘锋在仪式上致辞。

    Source:
        House rule. In brackets behind its translation a title may stay.
    """
    for here, there in pair.once(_untranslated):
        span = pair.target_prose.span(here.start, here.end)
        form = pair.target_prose.text[here.start : here.end]
        agreed = next((title.forms[0] for title in pair.once(_agreed) if title.span == there), None)
        yield Problem(
            message=_("The title “{form}” is left untranslated").format(form=form),
            span=span,
            suggestion=agreed,
        )


# ---------------------------------------------------------------- what the texts have


MAY_DROP = frozenset({Role.CAPTION, Role.TITLE, Role.SUBTITLE, Role.KICKER, Role.HEADING})


def _faults(pair: Pair) -> tuple[TitleFault, ...]:
    """Return the titles that the two texts do not have alike."""
    if not pair.is_english_chinese:
        return ()
    is_into_chinese = pair.translation.is_into_chinese
    english, chinese, agreed = pair.english, pair.chinese, pair.once(_agreed)
    if not may_have_titles(english, chinese, agreed, is_into_chinese=is_into_chinese):
        return ()
    if not agreed and pair.translation.once(is_technical) and not pair.once(_holders):
        return ()
    faults = compare_titles(
        english,
        chinese,
        holders=pair.once(_holders),
        agreed=agreed,
        is_into_chinese=is_into_chinese,
        may_drop=bool(pair.roles & MAY_DROP),
    )
    if not faults:
        return ()
    left = [there for _here, there in pair.once(_untranslated)]
    are_swapped = any(fault.kind is FaultKind.SWAPPED for fault in comparison_of(pair).faults)
    return tuple(
        fault
        for fault in faults
        if not _is_among(fault.english if is_into_chinese else fault.chinese, left)
        and not (are_swapped and fault.kind is TitleFaultKind.CHANGED and fault.is_elsewhere)
    )


def _holders(pair: Pair) -> tuple[Holder, ...]:
    return tuple(
        Holder(name=person.name, english=person.span, chinese=person.rendering)
        for person in named_persons(pair)
    )


def _agreed(pair: Pair) -> tuple[AgreedTitle, ...]:
    """Return the titles of the termbase in the source."""
    text = pair.source_prose.text
    return tuple(
        AgreedTitle(
            span=mention.span,
            text=text[mention.span.start : mention.span.end],
            forms=(mention.term.target, *mention.term.renderings),
        )
        for mention in pair.mentions
        if mention.term.kind is TermKind.TITLE and mention.term.target
    )


def _untranslated(pair: Pair) -> tuple[tuple[Span, Span], ...]:
    """Return the titles left in the source language: where, and where the source has them."""
    if not pair.is_comparable:
        return ()
    languages = None
    if pair.is_english_chinese and not pair.translation.once(is_technical):
        languages = ("en", "zh") if pair.translation.is_into_chinese else ("zh", "en")
    return tuple(
        find_untranslated(
            pair.source_prose.text,
            pair.target_prose.text,
            agreed=pair.once(_agreed),
            languages=languages,
        )
    )


def _is_among(span: Span | None, spans: Iterable[Span]) -> bool:
    return span is not None and any(
        other.start < span.end and span.start < other.end for other in spans
    )


def _problem(pair: Pair, fault: TitleFault, message: str) -> Problem:
    here, there = fault.english, fault.chinese
    if pair.translation.is_into_chinese:
        here, there = there, here
    return Problem(
        message=message.format(
            title=_text(pair.source_prose, there),
            rendering=_text(pair.target_prose, here),
            holder=_(" ({name})").format(name=fault.holder) if fault.holder else "",
        ),
        span=pair.target_prose.span(here.start, here.end) if here else None,
        suggestion=fault.forms[0] if here and fault.forms and _is_whole(fault, pair) else None,
        severity=None if fault.is_certain else Severity.WARNING,
    )


def _is_whole(fault: TitleFault, pair: Pair) -> bool:
    """Tell whether what is to stand there is all that stands there: into English, without the."""
    return pair.translation.is_into_chinese or fault.kind is TitleFaultKind.NOT_AS_AGREED


def _text(prose: Prose, span: Span | None) -> str:
    return " ".join(prose.text[span.start : span.end].split()) if span else ""


# ---------------------------------------------------------------- men and women


def _contradictions(pair: Pair) -> Iterator[Contradiction]:
    found = find_contradictions(pair.english, pair.chinese)
    yield from found
    if not found and ("先生" in pair.chinese or "女士" in pair.chinese):
        for holder in pair.once(_holders):
            if holder.english and holder.chinese:
                places = (holder.english, holder.chinese)
                beside = find_contradiction_beside(pair.english, pair.chinese, places)
                if beside:
                    yield beside


def _wrong_gender(pair: Pair, found: Contradiction) -> Problem:
    is_into_chinese = pair.translation.is_into_chinese
    here = found.chinese if is_into_chinese else found.english
    there = found.english if is_into_chinese else found.chinese
    return Problem(
        message=_("“{form}” does not agree with “{source}”").format(
            form=_text(pair.target_prose, here), source=_text(pair.source_prose, there)
        ),
        span=pair.target_prose.span(here.start, here.end),
        severity=Severity.WARNING,
    )
