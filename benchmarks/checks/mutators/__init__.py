"""The mutators, one theme per module; importing them registers all faults."""

from benchmarks.checks.mutators import (
    characters,
    completeness,
    dates,
    facts,
    markup,
    names,
    organizations,
    punctuation,
    sources,
    terms,
    titles,
)

__all__ = [
    "characters",
    "completeness",
    "dates",
    "facts",
    "markup",
    "names",
    "organizations",
    "punctuation",
    "sources",
    "terms",
    "titles",
]
