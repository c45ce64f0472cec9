"""Where a translation has the terms of its source in their source form, and may not."""

from collections.abc import Collection, Iterator

from pubkit.model import Mention, Span, Term, Termbase
from pubkit.names.mentions import find_mentions
from pubkit.patterns import pattern


def find_left_forms(text: str, termbase: Termbase, wanted: Collection[Term]) -> Iterator[Mention]:
    """Yield the source forms of some terms that stand in a translation as if they were its own.

    They may stand where the agreed rendering has them, and beside it: in brackets, before a
    bracket that explains them, and an acronym right behind it.
    """
    folded = text.casefold().replace("’", "'")
    if not any(_has_form(term, folded) for term in wanted):
        return
    for mention in find_mentions(text, termbase):
        if mention.term in wanted and not _may_stay(mention, text):
            yield mention


def _has_form(term: Term, folded: str) -> bool:
    """Tell quickly whether a text may have a source form of a term."""
    forms = (form.split()[0] for form in (term.source, *term.aliases) if form.strip())
    return any(form.casefold().replace("’", "'") in folded for form in forms)


def _may_stay(mention: Mention, text: str) -> bool:
    form = text[mention.span.start : mention.span.end]
    agreed = (mention.term.target, *mention.term.renderings)
    if any(form in rendering for rendering in agreed):
        return True
    after = text[mention.span.end :].lstrip().casefold()
    names = [one.casefold() for one in agreed if not one.isupper()]
    if after.startswith(tuple(bracket + one for bracket in "（(" for one in names)):
        return True
    folded = text.casefold()
    if not any(rendering.casefold() in folded for rendering in agreed):
        return False
    if is_in_brackets(mention.span, text):
        return form.isupper() or not SHORT_NAME_FOLLOWS.search(text, 0, mention.span.start)
    return _is_right_behind(mention.span, text, agreed)


SHORT_NAME_FOLLOWS = pattern(r"简称为?[：:]?\s?[“\"「]?\Z")


def is_in_brackets(span: Span, text: str) -> bool:
    """Tell whether a place of a text is enclosed in brackets."""
    opened, closed = (
        max(text.rfind(bracket, 0, span.start) for bracket in pair) for pair in ("（(", "）)")
    )
    return opened > closed and any(bracket in text[span.end :] for bracket in "）)")


def _is_right_behind(span: Span, text: str, agreed: tuple[str, ...]) -> bool:
    if not text[span.start : span.end].isupper():
        return False
    before = text[: span.start].rstrip().casefold()
    return before.endswith(tuple(rendering.casefold() for rendering in agreed))


BRACKETED = pattern(r"[（(][^（()）]{0,99}[）)]")


def introduced_acronyms(text: str) -> Iterator[str]:
    """Yield what a text has in brackets and in capitals: 北京大学深圳研究生院（PKUSZ）."""
    for match in BRACKETED.finditer(text):
        yield from ACRONYM.findall(match[0])


ACRONYM = pattern(r"[A-Z](?<![A-Za-z0-9-].)(?:[A-Z0-9]*(?:&[A-Z])?[A-Z])(?![A-Za-z0-9-])")
"""Two capitals or more, without a hyphen: what is hyphenated is a product or an identifier."""
