"""Whom does a document name, how often, and how are they rendered? What ``pubkit names`` tells."""

from collections.abc import Iterable, Iterator, Sequence

from pubkit.model import Term, Termbase, TermKind
from pubkit.names.form_index import normal_form
from pubkit.names.persons.cast import Cast, agreed_persons
from pubkit.names.persons.finding.romanized import find_han_names, romanize
from pubkit.names.persons.found import FoundPerson, find_persons
from pubkit.names.persons.texts import Compact
from pubkit.values import dataclass

LIKELY = 1.1
"""The score from which a Chinese name without an English one is proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A name of a document, as an entry of names.po could have it."""

    kind: TermKind
    name: str
    """The form of the source language."""
    rendering: str
    """The form that the translations have or should have; empty if they do not tell."""
    mentions: int
    places: tuple[int, ...]
    """Which of the texts mention it: the evidence."""
    term: Term | None = None
    """The entry that the termbase has already."""
    is_sure: bool = True
    """Whether it is a name for sure."""

    @property
    def in_termbase(self) -> bool:
        """Whether nothing has to be added."""
        return self.term is not None


def survey_names(
    texts: Iterable[tuple[str, str]], termbase: Termbase, *, into_chinese: bool
) -> list[Proposal]:
    """Return the names of a document in the order in which they first occur.

    Args:
        texts: Source texts with their translations, which may be empty; prose without markup.
        termbase: The names that are agreed on.
        into_chinese: Whether the source is English and the translation Chinese, or the reverse.
    """
    read = [_read(*pair, into_chinese=into_chinese) for pair in texts]
    others = (term for term in termbase.terms if term.kind is not TermKind.PERSON)
    agreed = Cast(agreed_persons(termbase, into_chinese=into_chinese), others)
    found = find_persons(read, agreed, into_chinese=into_chinese)
    cast = agreed.joined_by(one.person for one in found)
    proposals = [
        *_agreed(read, agreed, into_chinese=into_chinese),
        *(proposal_of(one, into_chinese=into_chinese) for one in found),
        *(() if into_chinese else _chinese_alone(read, cast)),
    ]
    return sorted(proposals, key=lambda proposal: proposal.places[0])


def _read(source: str, target: str, *, into_chinese: bool) -> tuple[str, str]:
    english, chinese = (source, target) if into_chinese else (target, source)
    return normal_form(english), Compact(normal_form(chinese)).text


def proposal_of(found: FoundPerson, *, into_chinese: bool) -> Proposal:
    """Return what can be agreed on about a person found by rule."""
    person = found.person
    english, chinese = person.name, person.chinese[0] if person.chinese else ""
    return Proposal(
        kind=TermKind.PERSON,
        name=english if into_chinese else chinese or english,
        rendering=chinese if into_chinese else english,
        mentions=found.mentions,
        places=found.places,
        is_sure=found.is_read,
    )


def _agreed(
    texts: Sequence[tuple[str, str]], cast: Cast, *, into_chinese: bool
) -> Iterator[Proposal]:
    """Yield the persons of the termbase whom the texts name."""
    places: dict[Term, list[int]] = {}
    for place, (english, chinese) in enumerate(texts):
        read = cast.read_english(english) if into_chinese else cast.read_chinese(chinese)
        for naming in read.namings:
            term = naming.persons[0].term
            if term:
                places.setdefault(term, []).append(place)
    for term, found in places.items():
        yield Proposal(
            kind=term.kind,
            name=term.source,
            rendering=term.target,
            mentions=len(found),
            places=tuple(dict.fromkeys(found)),
            term=term,
        )


def _chinese_alone(texts: Sequence[tuple[str, str]], cast: Cast) -> Iterator[Proposal]:
    """Yield the persons of Chinese texts who have no counterpart yet."""
    places: dict[str, list[int]] = {}
    for place, (_english, chinese) in enumerate(texts):
        taken = [naming.span for naming in cast.read_chinese(chinese).namings]
        for name in find_han_names(chinese):
            is_taken = any(name.span.start < one.end and one.start < name.span.end for one in taken)
            if name.score >= LIKELY and not is_taken:
                places.setdefault(name.text, []).append(place)
    for text, found in places.items():
        yield Proposal(
            kind=TermKind.PERSON,
            name=text,
            rendering=romanize(text),
            mentions=len(found),
            places=tuple(dict.fromkeys(found)),
            is_sure=False,
        )
