"""How a translation renders the terms of its termbase, found out once for all checks."""

from pubkit.checks.pair import Pair, Translation
from pubkit.localize import script
from pubkit.model import Span, Term, TermKind
from pubkit.names.agreement import Agreement, TermFault, compare_terms
from pubkit.names.forbidden_forms import ForbiddenForms

KINDS = frozenset({TermKind.ORGANIZATION, TermKind.EVENT, TermKind.PLACE, TermKind.TERM})


def term_faults(pair: Pair) -> tuple[TermFault, ...]:
    """Return the terms that a translation does not render as agreed."""
    return pair.once(_faults)


def _faults(pair: Pair) -> tuple[TermFault, ...]:
    if not pair.is_english_chinese or not any(
        mention.term.kind in KINDS for mention in pair.mentions
    ):
        return ()
    first = pair.translation.once(_first_named)

    def is_known(term: Term) -> bool:
        return first.get(id(term), pair.index) < pair.index

    return tuple(
        compare_terms(
            pair.translation.once(_agreement),
            pair.source_prose.text,
            pair.target_prose.text,
            pair.mentions,
            kinds=KINDS,
            is_known=is_known,
        )
    )


def _agreement(translation: Translation) -> Agreement:
    return Agreement(translation.termbase, into_chinese=translation.is_into_chinese)


def _first_named(translation: Translation) -> dict[int, int]:
    """Return which text of the document is the first to name each term."""
    first: dict[int, int] = {}
    for pair in translation.pairs:
        for mention in pair.mentions:
            first.setdefault(id(mention.term), pair.index)
    return first


# ---------------------------------------------------------------- forbidden forms


def forbidden_places(pair: Pair) -> tuple[tuple[Term, Span], ...]:
    """Return where a translation has forms that the termbase forbids, and of which terms."""
    return pair.once(_forbidden)


def _forbidden(pair: Pair) -> tuple[tuple[Term, Span], ...]:
    if pair.is_own_language or not pair.is_translated:
        return ()
    forms = pair.translation.once(_forbidden_forms)
    return tuple(forms.find(pair.target_prose.text)) if forms.is_needed else ()


def _forbidden_forms(translation: Translation) -> ForbiddenForms:
    is_in_words = script(translation.lang or "en") not in UNSPACED
    return ForbiddenForms(translation.termbase, is_in_words=is_in_words)


UNSPACED = frozenset({"Hans", "Hant", "Jpan", "Thai"})
