"""Are the persons of a text in its translation? One pair of texts, compared by a document's cast.

A person who is named is looked for in every form that may stand for the name; what stands in the
place of one who is not found is explained: left in Latin letters, a slip, somebody else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pubkit.model import Span
from pubkit.names.persons.beside import find_slips_beside
from pubkit.names.persons.cast import Cast, Naming
from pubkit.names.persons.exchange import find_exchanged
from pubkit.names.persons.finding.romanized import locate
from pubkit.names.persons.forms import Form
from pubkit.names.persons.kinds import Cause, FaultKind, NamedPerson, Person, PersonFault
from pubkit.names.persons.missing import find_added, find_missing, find_strangers
from pubkit.names.persons.mistaken import find_misplaced, find_mistaken
from pubkit.names.persons.slips import explain_missing, find_variants, is_attributed
from pubkit.names.persons.texts import Compact, Texts, read_texts, short_places
from pubkit.names.persons.unread import find_unread


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What comparing the persons of two texts tells."""

    named: tuple[NamedPerson, ...] = ()
    """The persons of the English text, in its order."""
    faults: tuple[PersonFault, ...] = ()
    """What is wrong, as places of the target's words."""


NOBODY = Comparison()


def compare_persons(
    english: str, compact: Compact, cast: Cast, *, into_chinese: bool
) -> Comparison:
    """Compare the persons of two texts.

    Args:
        english: Prose without markup, in its normal form.
        compact: The same of the Chinese text.
        cast: The persons of the document.
        into_chinese: Which of the two is the translation.
    """
    texts = read_texts(english, compact.text, cast, into_chinese=into_chinese)
    if into_chinese and not texts.english_namings and not texts.chinese_namings:
        return NOBODY
    faults = _all_faults(texts)
    if into_chinese:
        faults = tuple(
            replace(fault, span=compact.span(fault.span)) if fault.span else fault
            for fault in faults
        )
    return Comparison(named=tuple(_named(texts, compact)), faults=faults)


# ---------------------------------------------------------------- who is named


def _named(texts: Texts, compact: Compact) -> Iterator[NamedPerson]:
    """Yield the persons of the English text, the second naming with the second rendering."""
    places: dict[Person, list[Span]] = {}
    for naming in texts.chinese_namings:
        for person in naming.persons:
            places.setdefault(person, []).append(naming.span)
    seen: dict[Person, int] = {}
    for naming in texts.english_namings:
        person = _meant(naming, places, texts)
        spans = places.get(person) or short_places(person, texts) or _read_places(person, texts)
        turn = seen[person] = seen.get(person, -1) + 1
        rendering = spans[min(turn, len(spans) - 1)] if spans else None
        yield NamedPerson(
            name=person.name,
            span=naming.span,
            rendering=compact.span(rendering) if rendering else None,
            term=person.term,
        )


def _read_places(person: Person, texts: Texts) -> list[Span]:
    """Return what may be read as a name of which no form is known."""
    name = person.romanized
    return [] if person.chinese or not name else [one.span for one in locate(name, texts.chinese)]


def _meant(naming: Naming, places: Iterable[Person], texts: Texts) -> Person:
    """Return which of several bearers of a name is meant: one named in the other text."""
    if len(naming.persons) == 1:
        return naming.persons[0]
    in_full = [other.persons for other in texts.english_namings if other.form is not Form.PART]
    there = [person for person in naming.persons if person in places]
    here = [person for person in naming.persons if any(person in group for group in in_full)]
    return (here or there or list(naming.persons))[0]


# ---------------------------------------------------------------- what is wrong


def _all_faults(texts: Texts) -> tuple[PersonFault, ...]:
    """Return the faults; of one who is missing, that another person of the text stands there."""
    faults = (*_faults(texts), *_exchanged(texts), *find_slips_beside(texts))
    if all(fault.kind is FaultKind.MISSING for fault in faults):
        return (*find_mistaken(texts), *find_misplaced(texts)) or faults
    return faults


def _faults(texts: Texts) -> Iterator[PersonFault]:
    if _is_everybody_there(texts):
        if not texts.into_chinese:
            yield from find_unread(texts)
        yield from find_variants(texts, set())
        return
    missing = find_missing(texts)
    strangers = find_strangers(texts)
    for naming in missing:
        fault = explain_missing(naming, texts, strangers)
        if fault.cause is Cause.PRONOUN and is_attributed(texts):
            continue
        if fault.cause is Cause.OTHER:
            strangers = strangers[1:]
        yield fault
        if fault.span:
            texts.take(fault.span)
    yield from find_unread(texts)
    yield from find_variants(texts, {person for naming in missing for person in naming.persons})
    if not missing:
        yield from find_added(texts, strangers)


def _is_everybody_there(texts: Texts) -> bool:
    """Tell at a glance whether both texts name the same persons in full."""
    namings = (*texts.english_namings, *texts.chinese_namings)
    if any(one.form is not Form.FULL or len(one.persons) > 1 for one in namings):
        return False
    here = {one.persons[0] for one in texts.english_namings}
    return here == {one.persons[0] for one in texts.chinese_namings}


# ---------------------------------------------------------------- who changed places


def _exchanged(texts: Texts) -> Iterator[PersonFault]:
    places = (_places(texts.english_namings), _places(texts.chinese_namings))
    terms = (texts.english_read.terms, texts.chinese_read.terms)
    found = find_exchanged(texts.english, texts.chinese, places, terms)
    if found:
        one, other = found
        span = next(naming.span for naming in texts.target_namings if other in naming.persons)
        yield PersonFault(
            kind=FaultKind.SWAPPED,
            cause=Cause.EXCHANGED,
            name=one.name,
            span=span,
            found=texts.target[span.start : span.end],
            wanted=one.forms(in_chinese=texts.into_chinese)[0],
        )


def _places(namings: Iterable[Naming]) -> list[tuple[Person, Span]]:
    """Return the namings of which it is clear who is meant."""
    return [(naming.persons[0], naming.span) for naming in namings if len(naming.persons) == 1]
