"""The titles, organizations and other names of a document, besides its persons."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from pubkit.model import Term, Termbase, TermKind
from pubkit.names.learning import Lessons
from pubkit.names.mentions import find_mentions
from pubkit.names.organizations.phrases import find_han_organizations, find_organizations
from pubkit.names.persons.survey import Proposal
from pubkit.names.titles.offices import Office, find_han_offices, find_offices, is_rendering

Texts = Sequence[tuple[str, str]]
"""Source texts with their translations, which may be empty; prose without markup."""


def survey_phrases(texts: Texts, termbase: Termbase, *, into_chinese: bool) -> list[Proposal]:
    """Return the titles, organizations, places, events and terms of a document.

    What the termbase has is found in any language, titles and organizations also by rule.
    """
    agreed = list(_agreed(texts, termbase))
    by_rule = (
        *_by_rule(TermKind.TITLE, texts, _english_titles if into_chinese else _chinese_titles),
        *_by_rule(
            TermKind.ORGANIZATION,
            texts,
            _english_organizations if into_chinese else _chinese_organizations,
        ),
    )
    new = (one for one in by_rule if not _is_known(one, agreed))
    return sorted((*agreed, *new), key=lambda proposal: proposal.places[0])


def _is_known(proposal: Proposal, agreed: Iterable[Proposal]) -> bool:
    """Tell whether a phrase is part of an agreed one, or an organization made of agreed ones."""
    name = proposal.name.casefold()
    others = [other.name.casefold() for other in agreed if other.kind is proposal.kind]
    is_organization = proposal.kind is TermKind.ORGANIZATION
    return any(name in other or (is_organization and other in name) for other in others)


def _agreed(texts: Texts, termbase: Termbase) -> Iterator[Proposal]:
    places: dict[Term, list[int]] = {}
    for place, (source, _target) in enumerate(texts):
        for mention in find_mentions(source, termbase):
            if mention.term.kind is not TermKind.PERSON:
                places.setdefault(mention.term, []).append(place)
    for term, found in places.items():
        yield Proposal(
            kind=term.kind,
            name=term.source,
            rendering=term.target,
            mentions=len(found),
            places=tuple(dict.fromkeys(found)),
            term=term,
        )


# ---------------------------------------------------------------- by rule


def _by_rule(
    kind: TermKind, texts: Texts, find: Callable[[str], Iterable[str]]
) -> Iterator[Proposal]:
    lessons = Lessons([target for _source, target in texts])
    places: dict[str, list[int]] = {}
    for place, (source, _target) in enumerate(texts):
        for name in find(source):
            places.setdefault(name, []).append(place)
    for name, found in places.items():
        yield Proposal(
            kind=kind,
            name=name,
            rendering=_title(name, [texts[place][1] for place in found])
            if kind is TermKind.TITLE
            else lessons.learn_form(list(dict.fromkeys(found))),
            mentions=len(found),
            places=tuple(dict.fromkeys(found)),
            is_sure=False,
        )


def _english_titles(text: str) -> Iterator[str]:
    return (office.text for office in find_offices(text) if _is_title(office))


def _is_title(office: Office) -> bool:
    return office.is_capitalized and not office.is_plural and not office.text.isupper()


def _chinese_titles(text: str) -> Iterator[str]:
    return (
        office.text for office in find_han_offices(text) if not (office.is_body or office.is_common)
    )


def _english_organizations(text: str) -> Iterator[str]:
    return (phrase.text for phrase in find_organizations(text))


def _chinese_organizations(text: str) -> Iterator[str]:
    return (phrase.text for phrase in find_han_organizations(text))


# ---------------------------------------------------------------- what the translations tell


def _title(name: str, targets: Iterable[str]) -> str:
    """Return the one Chinese office of the translations that can be the English one."""
    offices = find_offices(name)
    found = {
        han.text
        for target in targets
        for han in find_han_offices(target)
        for office in offices
        if is_rendering(office, han)
    }
    return found.pop() if len(found) == 1 else ""
