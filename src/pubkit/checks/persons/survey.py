"""The persons of a pair compared with the document's, once for all checks."""

from collections.abc import Iterator, Sequence

from pubkit.checks.pair import Pair, Translation
from pubkit.checks.technical import is_technical
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity, TermKind
from pubkit.names.form_index import normal_form
from pubkit.names.persons.cast import Cast, agreed_persons
from pubkit.names.persons.comparison import NOBODY, Comparison, compare_persons
from pubkit.names.persons.found import FoundPerson, find_persons
from pubkit.names.persons.kinds import Cause, FaultKind, NamedPerson, PersonFault
from pubkit.names.persons.texts import Compact


def named_persons(pair: Pair) -> tuple[NamedPerson, ...]:
    """Return the persons that the English side names, in its order, with their place in Chinese."""
    return comparison_of(pair).named


def comparison_of(pair: Pair) -> Comparison:
    """Return what comparing the persons of a pair tells; nothing of other languages."""
    return pair.once(_comparison)


def _agreed(translation: Translation) -> Cast:
    terms = translation.termbase.terms
    others = (term for term in terms if term.kind is not TermKind.PERSON)
    into_chinese = translation.is_into_chinese
    return Cast(agreed_persons(translation.termbase, into_chinese=into_chinese), others)


def compared_pairs(translation: Translation) -> tuple[Pair, ...]:
    """Return the pairs of an English and a Chinese text."""
    return tuple(pair for pair in translation.pairs if pair.is_english_chinese)


def found_in(translation: Translation) -> list[FoundPerson]:
    """Return the persons whom the documents name besides those of the termbase."""
    texts = [
        (english, compact.text)
        for english, compact in (pair.once(_texts) for pair in translation.once(compared_pairs))
    ]
    agreed = translation.once(_agreed)
    found = find_persons(texts, agreed, into_chinese=translation.is_into_chinese)
    if translation.once(is_technical):
        return [one for one in found if one.person.chinese]
    left = [one for one in found if _is_left(one, texts)]
    if len(left) < FEWEST_LEFT or len(left) * 2 < len(found) + len(agreed.persons):
        return found
    return [one for one in found if one not in left]


FEWEST_LEFT = 3
"""So many persons whose names all their texts keep in Latin letters are the manner of a house."""


def _is_left(found: FoundPerson, texts: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a person's name stands in Latin letters wherever the document has it."""
    english, chinese = found.person.english, found.person.chinese
    return not chinese and all(
        any(form in texts[place][1] for form in english) for place in found.places
    )


def _texts(pair: Pair) -> tuple[str, Compact]:
    return normal_form(pair.english), Compact(normal_form(pair.chinese))


def _cast(translation: Translation) -> Cast:
    found = translation.once(found_in)
    return translation.once(_agreed).joined_by(one.person for one in found)


def _comparison(pair: Pair) -> Comparison:
    if not pair.is_english_chinese:
        return NOBODY
    cast = pair.translation.once(_cast)
    into_chinese = pair.translation.is_into_chinese
    english, compact = pair.once(_texts)
    return compare_persons(english, compact, cast, into_chinese=into_chinese)


def has_faults(pair: Pair) -> bool:
    """Tell whether anything is wrong with the persons of a pair."""
    return bool(comparison_of(pair).faults)


def problems_of(pair: Pair, kind: FaultKind) -> Iterator[Problem]:
    """Yield the faults of one kind."""
    for fault in comparison_of(pair).faults:
        if fault.kind is kind:
            yield Problem(
                message=_message(fault),
                span=pair.target_prose.span(fault.span.start, fault.span.end)
                if fault.span
                else None,
                suggestion=fault.wanted or None,
                severity=None if fault.is_certain else Severity.WARNING,
            )


def _message(fault: PersonFault) -> str:
    """Say what is wrong, and why it is thought so."""
    messages = {
        Cause.ABSENT: _("“{name}” is missing in the translation"),
        Cause.PRONOUN: _("A pronoun stands for “{name}”: is it clear who is meant?"),
        Cause.NEAR: _("“{found}” is not “{name}”: the form is {wanted}"),
        Cause.OTHER: _("“{found}” is another person; the source names “{name}”"),
        Cause.ADDED: _("The source does not name “{found}”"),
        Cause.UNREADABLE: _("“{found}” cannot be read as “{name}”"),
        Cause.VARIANT: _("“{found}” is {wanted} elsewhere"),
        Cause.PINYIN: _("“{found}” is pinyin: how does “{name}” spell the name at home?"),
        Cause.LATIN: _("“{found}” is left untranslated; the form is {wanted}"),
        Cause.EXCHANGED: _("“{found}” has changed places with “{name}”"),
    }
    if fault.cause is Cause.LATIN and not fault.wanted:
        return _("“{form}” is left untranslated").format(form=fault.found)
    return messages[fault.cause].format(name=fault.name, found=fault.found, wanted=fault.wanted)
