"""Faults in the names of persons."""

import re
from collections.abc import Iterator
from itertools import combinations

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.mutators.offices import offices
from benchmarks.checks.mutators.seams import without
from benchmarks.checks.mutators.spellings import (
    STRANGE_SURNAMES,
    STRANGERS,
    homophone,
    homophones,
    stranger,
)
from benchmarks.checks.sites import Place, Site
from pubkit.model import TermKind

DOT = "·"
COMPOUND_SURNAMES = [
    "欧阳",
    "司马",
    "诸葛",
    "上官",
    "尉迟",
    "司徒",
    "皇甫",
    "夏侯",
    "端木",
    "慕容",
    "令狐",
    "公孙",
    "东方",
    "长孙",
    "宇文",
    "轩辕",
]
SUBSTITUTES = {"a": "o", "e": "a", "i": "o", "o": "e", "n": "m", "g": "p", "h": "k", "l": "t"}
"""Letters that are wrong in a romanised name, and never only another spelling of it."""
TOGETHER = ("、", "和", "与", "及", ", ", " and ", ", and ")
"""What stands between two persons of whom the same is said."""
BOUNDARY = re.compile(r"[，。、；：,.;:]|和|与|及| and ")
"""Where what is said of a person ends."""


@fault(Group.NAMES, "missing-name")
def name_dropped(site: Site) -> Iterator[str]:
    """A person is left out of the translation."""
    for place in site.persons:
        text = without(place, site)
        if text and text.strip(" *") and not any(trace in text for trace in _traces(place, site)):
            yield text


@fault(Group.NAMES, "wrong-name", "missing-name", "swapped-names")
def name_of_other_person(site: Site) -> Iterator[str]:
    """Another person of the document stands in the place of the one who is meant."""
    others = [
        term
        for term in site.document.terms(TermKind.PERSON)
        if term not in site.mentioned and term.target not in site.target
    ]
    for place in site.persons:
        for other in site.shuffled(others)[:1]:
            yield site.replace_place(place, other.target)


@fault(Group.NAMES, "wrong-name", "inconsistent-name", lang="zh")
def name_with_wrong_character(site: Site) -> Iterator[str]:
    """One character of a given name is another one, with another sound."""
    for place in filter(_is_han_name, site.persons):
        character = stranger(site, place.form, STRANGERS)
        if character:
            position = site.random.choice(_given(place.form))
            yield site.replace_place(place, _put(place.form, position, character))


@fault(Group.NAMES, "wrong-name", "inconsistent-name", lang="zh")
def transliteration_with_wrong_character(site: Site) -> Iterator[str]:
    """One character of a transliterated name is another one, with another sound."""
    for place in site.persons:
        character = stranger(site, place.form, STRANGERS)
        if character and not _is_han_name(place) and not place.form.isascii():
            positions = [at for at, letter in enumerate(place.form) if letter not in DOT]
            position = site.random.choice(positions)
            yield site.replace_place(place, _put(place.form, position, character))


@fault(Group.NAMES, "wrong-name", "inconsistent-name", lang="en")
def name_with_wrong_letter(site: Site) -> Iterator[str]:
    """One letter of a romanised name is another one."""
    for place in site.persons:
        for misspelt in _misspellings(place.form, site):
            yield site.replace_place(place, misspelt)


@fault(Group.NAMES, "wrong-name", "inconsistent-name", "missing-name", lang="zh")
def name_with_character_dropped(site: Site) -> Iterator[str]:
    """A given name of two characters has lost one."""
    for place in filter(_is_han_name, site.persons):
        if len(_given(place.form)) == 2:
            position = site.random.choice(_given(place.form))
            yield site.replace_place(place, _put(place.form, position, ""))


@fault(Group.NAMES, "wrong-name", "inconsistent-name", lang="zh")
def name_with_characters_exchanged(site: Site) -> Iterator[str]:
    """The two characters of a given name have changed places."""
    for place in filter(_is_han_name, site.persons):
        start, given = _given(place.form)[0], place.form[_given(place.form)[0] :]
        if len(given) == 2 and given[0] != given[1] and given[1] not in homophones(given[0]):
            yield site.replace_place(place, place.form[:start] + given[::-1])


@fault(Group.NAMES, "wrong-name", "inconsistent-name", "missing-name", lang="zh")
def surname_replaced(site: Site) -> Iterator[str]:
    """The surname is another one, with another sound."""
    for place in filter(_is_han_name, site.persons):
        surname = stranger(site, place.form, STRANGE_SURNAMES)
        if surname:
            yield site.replace_place(place, surname + place.form[_given(place.form)[0] :])


@fault(Group.NAMES, "wrong-name", "inconsistent-name", "missing-name", lang="en")
def surname_replaced_in_latin(site: Site) -> Iterator[str]:
    """The surname of a romanised name is another one."""
    for place in site.persons:
        words = place.form.split()
        if len(words) == 2 and place.form.isascii() and len(place.source_form) in (2, 3):
            surnames = site.shuffled(("Peng", "Feng", "Meng", "Ding", "Gong", "Shao"))
            surname = next(name for name in surnames if name not in site.target)
            yield site.replace_place(place, f"{surname} {words[1]}")


@fault(Group.NAMES, "untranslated-name", "source-left-over", "wrong-script")
def name_left_in_source_form(site: Site) -> Iterator[str]:
    """A person stands in the translation as in the source."""
    for place in site.persons:
        if place.source_form not in site.target:
            yield site.replace_place(place, place.source_form)


@fault(Group.NAMES, "swapped-names", "wrong-name", "wrong-title")
def persons_exchanged(site: Site) -> Iterator[str]:
    """Two persons of one text have changed places, so that each has the other's part."""
    persons = [place for place in site.persons if len(place.spans) == 1]
    for one, other in combinations(persons, 2):
        if one.term != other.term and _have_different_parts(one, other, site):
            yield _exchanged(one, other, site)


@fault(Group.NAMES, "inconsistent-name", "wrong-name", lang="zh")
def name_spelled_in_two_ways(site: Site) -> Iterator[str]:
    """A name that occurs elsewhere is once written with a character that only sounds right."""
    for place in site.persons:
        if not _is_han_name(place) or not _occurs_elsewhere(place, site):
            continue
        for position in site.shuffled(_given(place.form)):
            other = homophone(site, place.form[position])
            if other:
                span = place.spans[-1]
                yield site.put(span.start, span.end, _put(place.form, position, other))


@fault(Group.NAMES, "inconsistent-name", "wrong-name", lang="en")
def name_in_two_orders(site: Site) -> Iterator[str]:
    """A Chinese name that occurs elsewhere once has the given name first."""
    for place in site.persons:
        words = place.form.split()
        if len(words) == 2 and len(place.source_form) <= 4 and _occurs_elsewhere(place, site):
            span = place.spans[-1]
            yield site.put(span.start, span.end, f"{words[1]} {words[0]}")


# ---------------------------------------------------------------- parts of a name


def _is_han_name(place: Place) -> bool:
    """Tell whether a name is a surname and a given name, written in two to four characters."""
    is_short = 2 <= len(place.form) <= 4 and DOT not in place.form and not place.form.isascii()
    has_two_parts = len(place.term.source.split()) >= 2 and len(place.source_form.split()) >= 2
    return is_short and has_two_parts and len(place.form) > _surname_length(place.form)


def _surname_length(form: str) -> int:
    return 2 if form.startswith(tuple(COMPOUND_SURNAMES)) else 1


def _given(form: str) -> tuple[int, ...]:
    """Return the positions of the given name."""
    return tuple(range(_surname_length(form), len(form)))


def _put(form: str, position: int, new: str) -> str:
    return form[:position] + new + form[position + 1 :]


def _traces(place: Place, site: Site) -> tuple[str, ...]:
    """Return what would still hint at a person who was taken out."""
    if not site.is_chinese:
        return (*place.form.split(), place.source_form)
    parts = place.form.split(DOT)
    return (*(parts if len(parts) > 1 else (place.form[:1],)), *place.source_form.split())


def _misspellings(form: str, site: Site) -> Iterator[str]:
    inner = [at for at in range(1, len(form)) if form[at] in SUBSTITUTES and form[at - 1].isalpha()]
    for position in site.shuffled(inner)[:1]:
        yield _put(form, position, SUBSTITUTES[form[position]])


def _occurs_elsewhere(place: Place, site: Site) -> bool:
    others = (entry for entry in site.document.entries if entry is not site.entry)
    return len(place.spans) > 1 or any(place.form in entry.msgstr for entry in others)


# ---------------------------------------------------------------- persons in their places


def _have_different_parts(one: Place, other: Place, site: Site) -> bool:
    """Tell whether the text says different things of two persons.

    It does not in a list with one verb or one office: “副馆长A、B和C出席”.
    """
    first, second = sorted(
        (span for place in (one, other) for span in place.spans), key=lambda span: span.start
    )
    if site.target[first.end : second.start] in TOGETHER:
        return False
    held = [
        {office.text for office in offices(site) if office.person == place.form}
        for place in (one, other)
    ]
    said = [_said_after(place, site) for place in (one, other)]
    return held[0] != held[1] or (all(said) and said[0] != said[1])


def _said_after(place: Place, site: Site) -> str:
    after = site.target[place.spans[0].end :]
    return BOUNDARY.split(after, maxsplit=1)[0].strip()


def _exchanged(one: Place, other: Place, site: Site) -> str:
    first, second = sorted((one, other), key=lambda place: place.spans[0].start)
    start, end = first.spans[0], second.spans[0]
    between = site.target[start.end : end.start]
    return site.put(start.start, end.end, second.form + between + first.form)
