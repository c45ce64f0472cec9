"""Faults in the names of persons."""

from collections.abc import Iterator
from itertools import pairwise

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.mutators.spellings import (
    HOMOPHONES,
    STRANGE_SURNAMES,
    STRANGERS,
    homophone,
    stranger,
)
from benchmarks.checks.sites import Place, Site
from pubkit.model import TermKind

DOT = "·"
COMPOUND_SURNAMES = ("欧阳", "司马", "诸葛", "上官", "尉迟", "司徒", "皇甫", "夏侯", "端木", "慕容")


@fault(Group.NAMES, "missing-name")
def name_dropped(site: Site) -> Iterator[str]:
    """A person is left out of the translation."""
    for place in site.persons:
        text = site.replace_place(place, "")
        if text.strip() and not any(trace in text for trace in _traces(place, site)):
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
    for place in site.persons:
        position = site.random.choice(_given(place.form)) if _given(place.form) else None
        character = stranger(site, place.form, STRANGERS)
        if position is not None and character:
            yield site.replace_place(place, _put(place.form, position, character))


@fault(Group.NAMES, "wrong-name", "inconsistent-name", lang="en")
def name_with_wrong_letter(site: Site) -> Iterator[str]:
    """One letter of a romanised name is another one."""
    for place in site.persons:
        for misspelt in _misspellings(place, site):
            yield site.replace_place(place, misspelt)


@fault(Group.NAMES, "wrong-name", "inconsistent-name", "missing-name", lang="zh")
def name_with_character_dropped(site: Site) -> Iterator[str]:
    """A given name of two characters has lost one."""
    for place in site.persons:
        if DOT not in place.form and len(_given(place.form)) == 2:
            yield site.replace_place(place, _put(place.form, _given(place.form)[0], ""))


@fault(Group.NAMES, "wrong-name", "inconsistent-name", lang="zh")
def name_with_characters_exchanged(site: Site) -> Iterator[str]:
    """The two characters of a given name have changed places."""
    for place in site.persons:
        given = _given(place.form)
        if DOT not in place.form and len(given) == 2:
            one, other = (place.form[position] for position in given)
            if one != other and homophone_free(one, other):
                yield site.replace_place(place, place.form[: given[0]] + other + one)


@fault(Group.NAMES, "wrong-name", "inconsistent-name", "missing-name", lang="zh")
def surname_replaced(site: Site) -> Iterator[str]:
    """The surname is another one, with another sound."""
    for place in site.persons:
        surname = stranger(site, place.form, STRANGE_SURNAMES)
        if surname and DOT not in place.form and len(place.form) in (2, 3):
            yield site.replace_place(place, surname + place.form[1:])


@fault(Group.NAMES, "wrong-name", "inconsistent-name", "missing-name", lang="en")
def surname_replaced_in_latin(site: Site) -> Iterator[str]:
    """The surname of a romanised name is another one."""
    for place in site.persons:
        names = place.form.split()
        surname = next(
            name
            for name in site.shuffled(("Peng", "Feng", "Meng", "Xie", "Ding", "Gong"))
            if name not in place.form
        )
        if len(names) == 2 and place.form.isascii() and len(place.source_form) in (2, 3):
            yield site.replace_place(place, f"{surname} {names[1]}")


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
    for one, other in pairwise(persons):
        if _part(one, site) != _part(other, site):
            yield _exchange(one, other, site)


@fault(Group.NAMES, "inconsistent-name", "wrong-name", lang="zh")
def name_spelled_in_two_ways(site: Site) -> Iterator[str]:
    """A name that occurs elsewhere is once written with a character that only sounds right."""
    for place in site.persons:
        if not _occurs_elsewhere(place, site):
            continue
        for position in site.shuffled(_given(place.form)):
            other = homophone(site, place.form[position])
            if other:
                span = place.spans[-1]
                yield site.put(span.start, span.end, _put(place.form, position, other))


@fault(Group.NAMES, "inconsistent-name", "wrong-name", lang="en")
def name_spelled_in_two_ways_in_latin(site: Site) -> Iterator[str]:
    """A name that occurs elsewhere is once written with the given name first or in one more way."""
    for place in site.persons:
        names = place.form.split()
        if len(names) == 2 and _occurs_elsewhere(place, site) and len(place.source_form) < 5:
            span = place.spans[-1]
            yield site.put(span.start, span.end, f"{names[1]} {names[0]}")


# ---------------------------------------------------------------- parts of a name


def homophone_free(one: str, other: str) -> bool:
    """Tell whether two characters are not known to sound alike."""
    return not any(one in group and other in group for group in HOMOPHONES)


def _given(form: str) -> tuple[int, ...]:
    """Return the positions of the given name; of a dotted name, all but the dot and the first."""
    if not form or form[0].isascii():
        return ()
    start = 2 if form.startswith(COMPOUND_SURNAMES) else 1
    return tuple(place for place in range(start, len(form)) if form[place] != DOT)


def _put(form: str, position: int, new: str) -> str:
    return form[:position] + new + form[position + 1 :]


def _traces(place: Place, site: Site) -> tuple[str, ...]:
    """Return what would still hint at a person who was taken out."""
    if not site.is_chinese:
        return (*place.form.split(), place.source_form)
    parts = place.form.split(DOT)
    return (*(parts if len(parts) > 1 else (place.form[:1],)), place.source_form)


def _misspellings(place: Place, site: Site) -> Iterator[str]:
    letters = [
        position
        for position in range(1, len(place.form))
        if place.form[position] in SUBSTITUTES and place.form[position - 1].isalpha()
    ]
    for position in site.shuffled(letters)[:1]:
        yield _put(place.form, position, SUBSTITUTES[place.form[position]])


SUBSTITUTES = {"a": "o", "e": "a", "i": "o", "o": "e", "n": "m", "g": "p", "h": "k", "l": "t"}


def _occurs_elsewhere(place: Place, site: Site) -> bool:
    others = (entry for entry in site.document.entries if entry is not site.entry)
    count = sum(place.form in entry.msgstr for entry in others)
    return count + len(place.spans) - 1 >= 1


# ---------------------------------------------------------------- persons in their places


def _part(place: Place, site: Site) -> tuple[str, str]:
    """Return what the sentence says right beside a person."""
    before = site.target[: place.spans[0].start]
    after = site.target[place.spans[0].end :]
    marks = "，。、；：,.;:（）()和与及"
    start = max((before.rfind(mark) for mark in marks), default=-1)
    ends = [found for mark in marks if (found := after.find(mark)) >= 0]
    return before[start + 1 :].strip(), after[: min(ends, default=len(after))].strip()


def _exchange(one: Place, other: Place, site: Site) -> str:
    first, second = sorted((one, other), key=lambda place: place.spans[0].start)
    start, end = first.spans[0], second.spans[0]
    between = site.target[start.end : end.start]
    return site.put(start.start, end.end, second.form + between + first.form)
