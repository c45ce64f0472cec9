"""The clean documents: translated catalogs, each with its termbase.

A folder of ``corpus/`` is a domain; its name ends in the source language if that is not English.
The domain ``materials`` is the project's own report, read where translators work on it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from pubkit import read_catalog, read_termbase
from pubkit.model import Catalog, Entry, Term, Termbase, TermKind

CORPUS = Path(__file__).parent / "corpus"
OWN_REPORT = Path(__file__).parents[2] / "locales" / "zh" / "LC_MESSAGES"
OWN_DOMAIN = "materials"

SLIPS_OF_THE_SOURCE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        OWN_DOMAIN: frozenset(
            {"source-name-variant", "source-acronym-variant", "source-case-variant"}
        )
    }
)
"""What is really wrong in a clean document, so that a finding of it is no false alarm."""


@dataclass(frozen=True, kw_only=True)
class BilingualDocument:
    """A translated catalog without a fault, and its agreed names."""

    domain: str
    catalog: Catalog
    termbase: Termbase

    @cached_property
    def lang(self) -> str:
        """The language of the translation: ``zh`` or ``en``."""
        return "en" if (self.catalog.lang or "").startswith("en") else "zh"

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries in which a fault can be made."""
        return tuple(entry for entry in self.catalog.live_entries if entry.is_translated)

    def terms(self, kind: TermKind) -> tuple[Term, ...]:
        """Return the agreed terms of one kind."""
        return tuple(term for term in self.termbase.terms if term.kind is kind and term.target)

    def with_faults(self, faulty: Mapping[Entry, Entry]) -> Catalog:
        """Return a copy of the catalog with some entries exchanged."""
        entries = tuple(faulty.get(entry, entry) for entry in self.catalog.entries)
        return replace(self.catalog, entries=entries)

    def is_known_slip(self, check: str) -> bool:
        """Tell whether a finding in the clean document is true."""
        return check in SLIPS_OF_THE_SOURCE.get(self.domain, ())


def read_documents(
    domains: tuple[str, ...] = (), *, folder: Path = CORPUS
) -> Iterator[BilingualDocument]:
    """Read the clean documents, all or those of some domains."""
    folders = {path.parent.name: path.parent for path in sorted(folder.glob("*/report.po"))}
    if folder == CORPUS:
        folders[OWN_DOMAIN] = OWN_REPORT
    for domain in domains or sorted(folders):
        if domain not in folders:
            raise LookupError(f"no domain {domain}; there are: {', '.join(sorted(folders))}")
        yield read_document(folders[domain], domain)


def read_document(folder: Path, domain: str) -> BilingualDocument:
    """Read a clean document from its folder."""
    catalog = read_catalog(folder / "report.po")
    return BilingualDocument(
        domain=domain,
        catalog=replace(catalog, blocks={}),  # a copy of it is never saved
        termbase=read_termbase(folder / "names.po"),
    )
