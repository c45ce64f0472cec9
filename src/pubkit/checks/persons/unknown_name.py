"""Is everybody in the termbase?"""

from collections.abc import Iterator

from pubkit.checks.pair import Pair, Translation
from pubkit.checks.persons.survey import compared_pairs, found_in
from pubkit.checks.registry import check
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity, TermKind
from pubkit.names.persons.forms import DOT, near_in_english
from pubkit.names.persons.found import FoundPerson
from pubkit.names.persons.survey import Proposal, proposal_of


@check(Translation, severity=Severity.WARNING)
def unknown_name(translation: Translation) -> Iterator[Problem]:
    """A person is named whom the termbase does not have.

    Why:
        Only a name that is agreed on can be compared with its characters everywhere.

    Bad:
        Pan Feng and Tian Yonghong met. → 潘锋与田永鸿会面。

    Good:
        Pan Feng met them. → 潘锋与他们会面。

    Source:
        House rule; the suggestion is an entry for names.po, with the rendering that is used.
    """
    if not any(term.kind is TermKind.PERSON and term.target for term in translation.termbase.terms):
        return
    pairs = translation.once(compared_pairs)
    agreed = _agreed_forms(translation)
    for found in translation.once(found_in):
        if _is_a_person(found) and not _is_a_slip(found, agreed):
            yield _problem(found, pairs[found.places[0]], translation)


def _is_a_person(found: FoundPerson) -> bool:
    """Tell whether both languages agree that it is one."""
    forms = found.person.chinese
    is_transliterated = bool(forms) and DOT in forms[0]
    return bool(forms) and (found.is_read or is_transliterated) and not found.person.disputed


def _agreed_forms(translation: Translation) -> list[str]:
    """Return the English forms of the persons of the termbase."""
    forms = (
        form
        for term in translation.termbase.terms
        if term.kind is TermKind.PERSON
        for form in (term.source, term.target, *term.aliases, *term.renderings)
    )
    return [form for form in forms if form.isascii()]


def _is_a_slip(found: FoundPerson, agreed: list[str]) -> bool:
    """Tell whether it is the name of somebody of the termbase, misspelt."""
    return any(near_in_english(form, found.person.name) for form in agreed)


def _problem(found: FoundPerson, pair: Pair, translation: Translation) -> Problem:
    proposal = proposal_of(found, into_chinese=translation.is_into_chinese)
    return Problem(
        message=_("The termbase does not have “{name}”; here it is {rendering}").format(
            name=proposal.name, rendering=proposal.rendering
        ),
        suggestion=_entry(proposal),
        at=pair.entry,
    )


def _entry(proposal: Proposal) -> str:
    """Return an entry for names.po."""
    name, rendering = (
        text.replace("\\", "\\\\").replace('"', '\\"')
        for text in (proposal.name, proposal.rendering)
    )
    return f'msgctxt "{proposal.kind}"\nmsgid "{name}"\nmsgstr "{rendering}"'
