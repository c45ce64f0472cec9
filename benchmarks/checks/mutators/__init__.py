"""The mutators, one theme per module; importing them registers all faults."""

from benchmarks.checks.mutators import (
    amounts,
    characters,
    completeness,
    dates,
    markup,
    names,
    negation,
    numbers,
    omissions,
    organizations,
    punctuation,
    scripts,
    sources,
    terms,
    titles,
)

__all__ = [
    "amounts",
    "characters",
    "completeness",
    "dates",
    "markup",
    "names",
    "negation",
    "numbers",
    "omissions",
    "organizations",
    "punctuation",
    "scripts",
    "sources",
    "terms",
    "titles",
]
