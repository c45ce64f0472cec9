"""Does a name stand in the translation as in the source?"""

from collections.abc import Iterator

from pubkit.checks.completeness import is_citation
from pubkit.checks.pair import Pair
from pubkit.checks.persons.survey import comparison_of, problems_of
from pubkit.checks.registry import check
from pubkit.messages import gettext as _
from pubkit.model import Mention, Problem, Severity, TermKind
from pubkit.names.left_forms import is_in_brackets
from pubkit.names.mentions import find_mentions
from pubkit.names.persons.kinds import FaultKind
from pubkit.patterns import pattern


@check(Pair, severity=Severity.ERROR)
def untranslated_name(pair: Pair) -> Iterator[Problem]:
    """A person's name, a place, an event or a term stands in the translation in its source form.

    Why:
        Under the publisher's name, readers take it for carelessness towards the person.

    Bad:
        Pan Feng is making his report. → Pan Feng作报告

    Good:
        Pan Feng is making his report. → 潘锋作报告

        Pan Feng (PKUSZ) → 潘锋（Pan Feng，北京大学深圳研究生院）

    Source:
        names.po is the agreement; an acronym, or a form in brackets, may stay beside the agreed
        rendering.
    """
    if pair.is_own_language or not pair.is_translated or is_citation(pair):
        return
    seen = []
    for mention in _left(pair):
        seen.append(pair.target_prose.span(mention.span.start, mention.span.end))
        yield _problem(mention, pair)
    for problem in problems_of(pair, FaultKind.UNTRANSLATED):
        span = problem.span
        if span and not any(span.start < one.end and one.start < span.end for one in seen):
            yield problem


OF_OTHER_CHECKS = frozenset({TermKind.TITLE, TermKind.ORGANIZATION})


def _left(pair: Pair) -> Iterator[Mention]:
    """Yield the terms of the source that the translation has in their source form."""
    text = pair.target_prose.text
    if not _may_have_source_words(text, pair):
        return
    wanted = {
        mention.term
        for mention in pair.mentions
        if mention.term.target and mention.term.kind not in OF_OTHER_CHECKS
    }
    if not wanted:
        return
    for mention in find_mentions(text, pair.termbase):
        is_left = mention.term in wanted and not _may_stay(mention, text)
        if is_left and not _explains_a_wrong_name(mention, pair):
            yield mention


LATIN = pattern("[A-Za-z]")


def _may_have_source_words(text: str, pair: Pair) -> bool:
    if pair.translation.is_into_chinese:
        return LATIN.search(text) is not None
    return not (pair.translation.is_english_chinese and text.isascii())


def _problem(mention: Mention, pair: Pair) -> Problem:
    span = pair.target_prose.span(mention.span.start, mention.span.end)
    return Problem(
        message=_("“{form}” is left untranslated; the agreed form is {target}").format(
            form=pair.target_prose.text[mention.span.start : mention.span.end],
            target=mention.term.target,
        ),
        span=span,
        suggestion=mention.term.target,
    )


def _may_stay(mention: Mention, target: str) -> bool:
    form = target[mention.span.start : mention.span.end]
    agreed = (mention.term.target, *mention.term.renderings)
    if any(form in rendering for rendering in agreed):
        return True
    if not any(rendering.casefold() in target.casefold() for rendering in agreed):
        return False
    is_explained = (
        target[mention.span.end :]
        .lstrip()
        .startswith(tuple(bracket + rendering for bracket in "（(" for rendering in agreed))
    )
    return form.isupper() or is_explained or is_in_brackets(mention.span, target)


def _explains_a_wrong_name(mention: Mention, pair: Pair) -> bool:
    """Tell whether the name stands in brackets behind a wrong one, which has its own finding."""
    wrong = (fault.span for fault in comparison_of(pair).faults if fault.kind is FaultKind.WRONG)
    between = (pair.target_prose.text[span.end : mention.span.start] for span in wrong if span)
    return any(text.strip() in ("(", "（") for text in between)
