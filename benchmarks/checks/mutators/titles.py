"""Faults in titles and offices."""

import re
from collections.abc import Iterator
from itertools import combinations

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.mutators.offices import (
    ENGLISH_OFFICE,
    LATIN_MODIFIER,
    LATIN_MODIFIERS,
    MODIFIER,
    MODIFIERS,
    OFFICE,
    bare_offices,
    impossible_offices,
    offices,
)
from benchmarks.checks.mutators.seams import closed
from benchmarks.checks.sites import Site


@fault(Group.TITLES, "wrong-title", "missing-title", lang="zh")
def title_modifier_dropped(site: Site) -> Iterator[str]:
    """A vice president has become the president, a former dean the dean."""
    for match in site.matches(rf"({MODIFIER})(?=(?:{MODIFIER})*(?:{OFFICE}))"):
        if re.search(rf"\b(?:{MODIFIERS[match[1]]})", site.source, re.IGNORECASE):
            yield site.substitute(match, "")


@fault(Group.TITLES, "wrong-title", "missing-title", lang="en")
def title_modifier_dropped_in_latin(site: Site) -> Iterator[str]:
    """A vice president has become the president, a former dean the dean."""
    for match in site.matches(rf"\b({LATIN_MODIFIER})[ -](?={ENGLISH_OFFICE})"):
        if re.search(LATIN_MODIFIERS[match[1]], site.source):
            yield site.substitute(match, "")


@fault(Group.TITLES, "wrong-title")
def title_made_vice(site: Site) -> Iterator[str]:
    """A dean has become a vice dean."""
    yield from _modified(site, "副", "Vice")


@fault(Group.TITLES, "wrong-title")
def title_made_former(site: Site) -> Iterator[str]:
    """A dean has become a former dean."""
    yield from _modified(site, "原", "Former")


@fault(Group.TITLES, "wrong-title")
def title_made_honorary(site: Site) -> Iterator[str]:
    """A dean has become an honorary dean."""
    yield from _modified(site, "名誉", "Honorary")


@fault(Group.TITLES, "wrong-title", "missing-title")
def title_with_other_base(site: Site) -> Iterator[str]:
    """A professor has become a lecturer, a dean a mayor."""
    for office in bare_offices(site):
        for other in impossible_offices(site):
            if other not in site.target:
                yield site.put(office.start, office.end, other)


@fault(Group.TITLES, "swapped-names", "wrong-title", "missing-title")
def titles_exchanged(site: Site) -> Iterator[str]:
    """Two persons of one text have each other's office."""
    for one, other in combinations(sorted(offices(site)), 2):
        is_apart = one.end <= other.start and one.person != other.person
        if is_apart and one.text not in other.text and other.text not in one.text:
            between = site.target[one.end : other.start]
            yield site.put(one.start, other.end, other.text + between + one.text)


@fault(Group.TITLES, "untranslated-title", "untranslated-name", "source-left-over", "wrong-script")
def title_left_in_source_form(site: Site) -> Iterator[str]:
    """An office stands in the translation as in the source."""
    for place in site.titles:
        is_capital = place.source_form[0].isupper() or not place.source_form.isascii()
        if is_capital and place.source_form not in site.target:
            yield site.put(place.spans[0].start, place.spans[0].end, place.source_form)


@fault(Group.TITLES, "missing-title", "wrong-title")
def title_dropped(site: Site) -> Iterator[str]:
    """A person has lost the office."""
    for office in offices(site):
        if site.target.count(office.text) == 1 and site.target.strip() != office.text:
            yield closed(site.put(office.start, office.end, ""), site)


@fault(Group.TITLES, "wrong-title")
def honorific_changed(site: Site) -> Iterator[str]:
    """A lady is called a gentleman, or the reverse."""
    pairs = {"女士": "先生", "先生": "女士"} if site.is_chinese else {"Mr.": "Ms.", "Ms.": "Mr."}
    meant = {"女士": r"\b(?:Ms|Mrs|Miss)\b", "先生": r"\bMr\b", "Mr.": "先生", "Ms.": "女士"}
    for match in site.matches("|".join(map(re.escape, pairs))):
        if re.search(meant[match[0]], site.source):
            yield site.substitute(match, pairs[match[0]])


@fault(Group.TITLES, "wrong-title")
def pronoun_changed(site: Site) -> Iterator[str]:
    """A woman of whom alone a text speaks is called he, or a man she."""
    he, she = (r"\b(?:he|his|him)\b", r"\b(?:she|her|hers)\b") if site.is_chinese else ("他", "她")
    has_he, has_she = (re.search(word, site.source, re.IGNORECASE) for word in (he, she))
    if bool(has_he) == bool(has_she):
        return
    wrong = {"他": "她", "她": "他"} if site.is_chinese else {"he": "she", "she": "he"}
    for match in site.matches(r"[他她](?!们)" if site.is_chinese else r"\b(?:he|she)\b"):
        if (match[0] in ("他", "he")) == bool(has_he):
            yield site.substitute(match, wrong[match[0]])


def _modified(site: Site, chinese: str, latin: str) -> Iterator[str]:
    """Yield texts in which a person's office has a modifier that the source does not know."""
    meant = rf"\b(?:{MODIFIERS[chinese]})" if site.is_chinese else LATIN_MODIFIERS[latin]
    if re.search(meant, site.source, re.IGNORECASE):
        return
    for office in bare_offices(site):
        if not office.is_degree:
            yield site.put(office.start, office.start, chinese if site.is_chinese else f"{latin} ")
