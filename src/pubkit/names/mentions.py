"""Find the termbase's terms in a text of the source language."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pubkit.model import Mention, Span, Term, Termbase, TermKind

LONG_ENOUGH_TO_IGNORE_CASE = 7
"""Letters: shorter organizations and events are acronyms, whose case tells them from words."""


WORD = r"[^\W\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
"""A character of a word of a language that separates its words: no Han, kana or hangul."""


def find_mentions(text: str, termbase: Termbase) -> tuple[Mention, ...]:
    """Return the terms that a text mentions, in order; the longest wins, none overlaps.

    A form matches whole words, with or without a possessive or plural s, either apostrophe.
    """
    if not termbase.terms:
        return ()
    pattern, terms = _compiled(termbase.terms)
    return tuple(
        Mention(term=terms[_normal(match["form"])], span=Span(*match.span("form")))
        for match in pattern.finditer(text)
    )


def term_hints(text: str, termbase: Termbase) -> tuple[str, ...]:
    """Return what a translator shall know of the names in a text: ``Name: Pan Feng = 潘锋``."""
    terms = dict.fromkeys(mention.term for mention in find_mentions(text, termbase))
    return tuple(_hint(term) for term in terms if term.target)


def _hint(term: Term) -> str:
    label = "Name" if term.kind is TermKind.PERSON else str(term.kind).capitalize()
    return f"{label}: {term.source} = {term.target}"


@lru_cache(maxsize=8)
def _compiled(terms: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, Term]]:
    """Return one alternation of all forms, longest first, and the term of each form."""
    forms = {form: term for term in reversed(terms) for form in _forms(term)}
    longest_first = sorted(forms, key=len, reverse=True)
    pattern = "|".join(_form_pattern(form, forms[form]) for form in longest_first)
    index = {_normal(form): term for form, term in forms.items()}
    return re.compile(rf"(?<!{WORD})(?P<form>{pattern})(?:e?s)?(?!{WORD})"), index


def _forms(term: Term) -> Iterator[str]:
    yield from (term.source, *term.aliases)


def _form_pattern(form: str, term: Term) -> str:
    pattern = re.escape(form).replace("'", "['’]").replace("’", "['’]")
    ignores_case = term.kind in (TermKind.ORGANIZATION, TermKind.EVENT)
    if ignores_case and len(form) >= LONG_ENOUGH_TO_IGNORE_CASE:
        return f"(?i:{pattern})"
    return pattern


def _normal(form: str) -> str:
    return form.replace("’", "'").casefold()
