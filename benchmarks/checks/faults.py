"""How a mutator is written.

::

    @fault(Group.NAMES, "missing-name")
    def name_dropped(site: Site) -> Iterator[str]:
        \"\"\"A person is left out.\"\"\"
        yield site.replace_place(place, "")

A mutator yields translations that are wrong by construction, or entries if the fault is not in
the translation; nothing where it does not apply. The ids are those of the checks that would be
right to report it. The function's name is the fault's name.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from types import MappingProxyType

from benchmarks.checks.documents import BilingualDocument
from benchmarks.checks.sites import Site
from pubkit.model import Entry


class Group(StrEnum):
    """What kind of knowledge finds a fault; the targets are set for each."""

    NAMES = "names"
    TITLES = "titles"
    ORGANIZATIONS = "organizations"
    TERMS = "terms"
    STRUCTURE = "structure"
    FACTS = "facts"
    MARKUP = "markup"
    PUNCTUATION = "punctuation"
    CHARACTERS = "characters"
    SOURCE = "source"


Mutator = Callable[[Site], Iterator[str] | Iterator[Entry]]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A kind of fault: how it is made, and which checks would be right to find it."""

    name: str
    group: Group
    checks: frozenset[str]
    mutator: Mutator
    lang: str | None = None
    """The language of the translations in which it is made; None for all."""
    needs_termbase: bool = False
    """Whether nobody can know it without the agreed names."""

    @property
    def summary(self) -> str:
        """The fault in one sentence."""
        return (inspect.getdoc(self.mutator) or "").partition("\n")[0]


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """An entry with one fault."""

    fault: Fault
    domain: str
    original: Entry
    faulty: Entry


FAULTS: dict[str, Fault] = {}


def fault(
    group: Group, *checks: str, lang: str | None = None, needs_termbase: bool = False
) -> Callable[[Mutator], Mutator]:
    """Register a function as the mutator of a fault."""

    def register(mutator: Mutator) -> Mutator:
        name = mutator.__name__.replace("_", "-")
        if name in FAULTS:
            raise ValueError(f"two faults are named {name}")
        FAULTS[name] = Fault(
            name=name,
            group=group,
            checks=frozenset(checks),
            mutator=mutator,
            lang=lang,
            needs_termbase=needs_termbase,
        )
        return mutator

    return register


# ---------------------------------------------------------------- making faults


def make_mutants(
    document: BilingualDocument,
    *,
    seed: int,
    per_fault: int,
    faults: Mapping[str, Fault] = MappingProxyType(FAULTS),
) -> Iterator[Mutant]:
    """Yield faulty entries of a document, up to so many of each fault, the same for each seed."""
    for kind in faults.values():
        if kind.lang in (None, document.lang):
            yield from _mutants_of(kind, document, seed=seed, limit=per_fault)


def _mutants_of(
    kind: Fault, document: BilingualDocument, *, seed: int, limit: int
) -> Iterator[Mutant]:
    chance = _random(f"{seed}/{document.domain}/{kind.name}")
    entries = list(document.entries)
    chance.shuffle(entries)
    made = 0
    for entry in entries:
        mutant = mutate(kind, Site(entry=entry, document=document, random=chance))
        if mutant and made < limit:
            made += 1
            yield mutant
        if made == limit:
            return


def mutate(kind: Fault, site: Site) -> Mutant | None:
    """Return the entry with this fault, or nothing if there is no room for it."""
    for result in kind.mutator(site):
        faulty = replace(site.entry, msgstr=result) if isinstance(result, str) else result
        if faulty == site.entry:
            raise ValueError(f"{kind.name} changed nothing: {faulty.msgstr}")
        return Mutant(fault=kind, domain=site.document.domain, original=site.entry, faulty=faulty)
    return None


def _random(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - chance that can be repeated, not a secret
