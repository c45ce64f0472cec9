"""Slips of the source itself."""

import re
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.mutators.names import SUBSTITUTES
from benchmarks.checks.mutators.spellings import STRANGERS, stranger
from benchmarks.checks.sites import Site
from pubkit.model import Entry, TermKind


@fault(Group.SOURCE, "source-name-variant", lang="zh")
def name_misspelt_in_source(site: Site) -> Iterator[Entry]:
    """A name that occurs elsewhere in the source has one other letter here."""
    for place in site.persons:
        name = place.term.source
        if _count(name, site) < 3 or name not in site.source:
            continue
        letters = [
            at for at in range(1, len(name)) if name[at] in SUBSTITUTES and name[at - 1] != " "
        ]
        for at in site.shuffled(letters):
            other = name[:at] + SUBSTITUTES[name[at]] + name[at + 1 :]
            yield _with_source(site, site.source.replace(name, other))


@fault(Group.SOURCE, "source-name-variant", lang="en")
def name_miswritten_in_source(site: Site) -> Iterator[Entry]:
    """A name that occurs elsewhere in the source has one other character here."""
    for place in site.persons:
        name, character = place.term.source, stranger(site, place.form, STRANGERS)
        if len(name) == 3 and character and _count(name, site) >= 3 and name in site.source:
            yield _with_source(site, site.source.replace(name, name[:2] + character))


@fault(Group.SOURCE, "source-acronym-variant")
def acronym_misspelt_in_source(site: Site) -> Iterator[Entry]:
    """An acronym that occurs elsewhere in the source has lost a letter or exchanged two."""
    acronyms = re.findall(r"(?<![A-Za-z0-9@/.-])[A-Z]{3,6}(?![A-Za-z0-9])", site.source)
    for acronym in site.shuffled(dict.fromkeys(acronyms)):
        if _count(acronym, site) < 3 or not _is_organization(acronym, site):
            continue
        for other in (acronym[1:], acronym[0] + acronym[2] + acronym[1] + acronym[3:]):
            if _count(other, site) == 0 and len(other) >= 3:
                yield _with_source(site, site.source.replace(acronym, other))


@fault(Group.SOURCE, "source-case-variant", lang="zh")
def phrase_in_other_case_in_source(site: Site) -> Iterator[Entry]:
    """A capitalised phrase that occurs elsewhere in the source has a small letter here."""
    for kind in (TermKind.TERM, TermKind.EVENT, TermKind.ORGANIZATION):
        for place in site.places(kind):
            phrase = place.source_form
            head, _space, tail = phrase.rpartition(" ")
            if (
                head[:1].isupper()
                and tail[:1].isupper()
                and _count(phrase, site) >= 3
                and phrase in site.source
            ):
                yield _with_source(site, site.source.replace(phrase, f"{head} {tail.lower()}"))


def _with_source(site: Site, text: str) -> Entry:
    return replace(site.entry, msgid=text)


def _count(form: str, site: Site) -> int:
    """Count in how many texts of the source a form stands."""
    pattern = re.compile(rf"(?<![A-Za-z0-9]){re.escape(form)}(?![A-Za-z0-9])")
    return sum(bool(pattern.search(entry.msgid)) for entry in site.document.entries)


def _is_organization(acronym: str, site: Site) -> bool:
    organizations = site.document.terms(TermKind.ORGANIZATION)
    return any(acronym in (term.source, *term.aliases) for term in organizations)
