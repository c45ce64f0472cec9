"""Are the terms of a text in its translation as agreed? One pair of texts and a termbase.

A term is there if one of its accepted forms is, anywhere: Chinese repeats and regroups as it likes.
What stands in the place of one that is not there is explained: a slip, another head, another term.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pubkit.model import Mention, Term, TermKind
from pubkit.names.agreed_forms import Place
from pubkit.names.agreement.heads import SMALL_WORDS, find_other_head
from pubkit.names.agreement.presence import (
    is_doubtful,
    is_pointer,
    is_there,
    may_be_left_out,
)
from pubkit.names.agreement.replacements import (
    find_namesake,
    find_replacement,
    find_wrong_introduction,
)
from pubkit.names.agreement.slips import find_slip, find_slip_beside, find_slip_of_full_name
from pubkit.names.agreement.texts import Agreement, Cause, Run, TermFault, Texts, read_texts
from pubkit.names.organizations.heads import heads_in_chinese
from pubkit.names.units import read_words
from pubkit.patterns import pattern


def compare_terms(
    agreement: Agreement,
    source: str,
    target: str,
    mentions: Iterable[Mention],
    *,
    kinds: frozenset[TermKind],
    is_known: Callable[[Term], bool],
) -> Iterator[TermFault]:
    """Yield the terms of some kinds that a translation does not render as agreed.

    Args:
        agreement: The agreed forms.
        source: The text to translate, prose without markup.
        target: The translation, prose without markup.
        mentions: All terms that the source names, of any kind.
        kinds: Those to be looked for.
        is_known: Tells whether an earlier text of the document names a term.
    """
    texts = read_texts(agreement, source, target, mentions)
    absent = []
    for group in texts.groups:
        if group[0].kind not in kinds:
            continue
        is_new = not any(map(is_known, group))
        if is_there(group, texts, is_new=is_new):
            fault = _beside(group, texts, is_new=is_new)
            if fault:
                yield fault
        else:
            absent.append(group)
    faults = [_explain(group, texts, is_known=any(map(is_known, group))) for group in absent]
    yield from (fault for fault in faults if fault)
    if not any(faults):
        yield from _added(texts)


def _beside(group: tuple[Term, ...], texts: Texts, *, is_new: bool) -> TermFault | None:
    """Return what is wrong where an accepted form stands in the same text."""
    fault = find_slip_beside(group, texts) or find_slip_of_full_name(group, texts)
    if fault:
        return fault
    run = find_wrong_introduction(group, texts)
    if run is None and (is_new or texts.named_as(group[0]) == group[0].source):
        run = find_namesake(group, texts)
    return texts.fault(group[0], Cause.REPLACED, run) if run else None


# ---------------------------------------------------------------- what stands there instead


def _explain(group: tuple[Term, ...], texts: Texts, *, is_known: bool) -> TermFault | None:
    term = group[0]
    run, cause = find_slip(group, texts), Cause.NEAR
    if run is None and (is_pointer(term, texts) or may_be_left_out(term, texts, is_known=is_known)):
        return None
    if run is None:
        run, cause = find_other_head(group, texts), Cause.HEAD
    if run is None:
        run, cause = _other_term(term, texts), Cause.OTHER
    is_certain = not is_known and not is_doubtful(term, texts)
    if run is None:
        run, cause = find_replacement(group, texts), Cause.REPLACED
    if run is None:
        return TermFault(
            term=term,
            cause=Cause.ABSENT,
            name=texts.named_as(term),
            is_certain=is_certain,
        )
    texts.taken.append(run)
    fault = texts.fault(term, cause, run)
    return fault if cause is not Cause.REPLACED else replace(fault, is_certain=is_certain)


def _other_term(term: Term, texts: Texts) -> Run | None:
    """Find the form of a term of the same kind that the source does not name."""
    for place in texts.places:
        kinds = {other.kind for other in place.terms}
        if kinds != {term.kind} or not _is_full(place, texts):
            continue
        if any(id(other) in texts.named for other in place.terms):
            continue
        is_meant = any(_is_hinted_at(other, texts) for other in place.terms)
        if not is_meant and not texts.is_explained(place.start, place.end):
            return place.start, place.end
    return None


# ---------------------------------------------------------------- what is too many


def _added(texts: Texts) -> Iterator[TermFault]:
    """Yield an organization whose full name the translation has, and the source nothing of it."""
    for place in texts.places:
        term, *others = place.terms
        if term.kind is not TermKind.ORGANIZATION or others or id(term) in texts.named:
            continue
        size = place.end - place.start
        if size < SHORTEST_ADDED[texts.agreement.into_chinese] or not _is_full(place, texts):
            continue
        if not _is_hinted_at(term, texts):
            span = texts.target.span(place.start, place.end)
            found = texts.target.shown(place.start, place.end)
            yield TermFault(
                term=term, cause=Cause.ADDED, name="", span=span, found=found, is_certain=False
            )
            return


def _is_full(place: Place, texts: Texts) -> bool:
    """Tell whether a place has a whole name, not a short form."""
    form, _written = texts.agreement.forms(place.terms[0])[0]
    return place.end - place.start == len(form) > 1


SHORTEST_ADDED = {True: 4, False: 2}
"""Units: in Chinese and in English."""


def _is_hinted_at(term: Term, texts: Texts) -> bool:
    """Tell whether the source may mean an organization by less than its name."""
    if POINTERS_TO_ORGANIZATIONS.search(texts.source):
        return True
    if texts.agreement.into_chinese:
        words = set(read_words(f"{term.source} {' '.join(term.aliases)}").items)
        first = read_words(term.source).items[:1]
        heads = [word for word in words if word in heads_in_chinese() or word in first]
        places = read_words(texts.uncovered).places
        return any(word in places for word in heads or words - SMALL_WORDS)
    uncovered = texts.uncovered
    pairs = {form[i : i + 2] for form in (term.source, *term.aliases) for i in range(len(form) - 1)}
    return any(pair in uncovered for pair in pairs)


POINTERS_TO_ORGANIZATIONS = pattern(
    r"\b(?:we|our|ours|us|here|they|their|it|its)\b"
    r"|[我本该此贵全两][校院行馆所司社会部局厂台团]|(?<!关于)我们|学校|公司"
)
