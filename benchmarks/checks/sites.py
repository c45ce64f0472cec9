"""A clean entry as a mutator sees it: its texts, and where the agreed names stand in them.

Names are found here by plain comparison with the termbase, not by the code that is measured.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import TypeVar

from benchmarks.checks.documents import BilingualDocument
from pubkit.model import Entry, Role, Span, Term, TermKind

PROTECTED = re.compile(
    r"`[^`]*`|\]\([^()]*\)|<[^<>\s]+>|https?://[^\s，。）]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\[\^[^\]]+\]|\{[^{}]*\}|www\.[\w./-]+",
    re.ASCII,
)
"""Code, link targets, addresses, footnotes, placeholders: a slip in prose is made elsewhere."""

Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class Place:
    """An agreed term that stands in both texts of an entry."""

    term: Term
    source_form: str
    """How the source writes it."""
    form: str
    """How the translation writes it."""
    spans: tuple[Span, ...]
    """Where it stands in the translation, each occurrence of this form."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """An entry of a clean document, in which a fault can be made."""

    entry: Entry
    document: BilingualDocument
    random: Random

    @property
    def source(self) -> str:
        """The text to translate."""
        return self.entry.msgid

    @property
    def target(self) -> str:
        """The translation."""
        return self.entry.msgstr

    @property
    def is_chinese(self) -> bool:
        """Whether the translation is Chinese; English otherwise."""
        return self.document.lang == "zh"

    @cached_property
    def roles(self) -> frozenset[str]:
        """What the entry is in its document."""
        first = next(iter(self.entry.extracted_comments), "")
        return frozenset(first.split(", ")) & frozenset(Role)

    # ------------------------------------------------------------ chance

    def shuffled(self, items: Iterable[Item]) -> list[Item]:
        """Return the items in an order that depends on the seed alone."""
        listed = list(items)
        self.random.shuffle(listed)
        return listed

    # ------------------------------------------------------------ the text

    def matches(self, pattern: str | re.Pattern[str]) -> list[re.Match[str]]:
        """Return where a pattern stands in the prose of the translation, in random order."""
        found = re.finditer(pattern, self.target)
        return self.shuffled(match for match in found if self.is_prose(match.start(), match.end()))

    def is_prose(self, start: int, end: int) -> bool:
        """Tell whether a stretch of the translation lies outside code, links and the like."""
        return not any(start < stop and end > begin for begin, stop in self._protected)

    @cached_property
    def _protected(self) -> tuple[tuple[int, int], ...]:
        return tuple(match.span() for match in PROTECTED.finditer(self.target))

    def is_between_names(self, start: int, end: int) -> bool:
        """Tell whether a stretch of the translation touches no agreed term."""
        spans = (span for place in self._places for span in place.spans)
        return not any(start < span.end and end > span.start for span in spans)

    def put(self, start: int, end: int, new: str) -> str:
        """Return the translation with one stretch replaced."""
        return self.target[:start] + new + self.target[end:]

    def substitute(self, match: re.Match[str], new: str, group: int | str = 0) -> str:
        """Return the translation with what a pattern found replaced."""
        return self.put(match.start(group), match.end(group), new)

    # ------------------------------------------------------------ agreed terms

    def places(self, kind: TermKind) -> list[Place]:
        """Return the terms of a kind that stand in both texts, in random order."""
        return self.shuffled(place for place in self._places if place.term.kind is kind)

    @property
    def persons(self) -> list[Place]:
        """The persons of the entry, in random order."""
        return self.places(TermKind.PERSON)

    @property
    def titles(self) -> list[Place]:
        """The titles of the entry, in random order."""
        return self.places(TermKind.TITLE)

    @property
    def organizations(self) -> list[Place]:
        """The organizations of the entry, in random order."""
        return self.places(TermKind.ORGANIZATION)

    @cached_property
    def mentioned(self) -> frozenset[Term]:
        """All terms that the source names."""
        return frozenset(term for term, _form in self._in_source)

    def replace_place(self, place: Place, new: str) -> str:
        """Return the translation with every occurrence of a term replaced."""
        text = self.target
        for span in sorted(place.spans, key=lambda span: -span.start):
            text = text[: span.start] + new + text[span.end :]
        return text

    @cached_property
    def _in_source(self) -> tuple[tuple[Term, str], ...]:
        forms = [(form, term) for term in self._terms for form in (term.source, *term.aliases)]
        found = find_forms(self.source, (form for form, _term in forms))
        return tuple((term, form) for form, term in forms if form in found)

    @cached_property
    def _places(self) -> tuple[Place, ...]:
        forms = {form for term in self._terms for form in (term.target, *term.renderings)}
        found = find_forms(self.target, forms)
        return tuple(
            Place(term=term, source_form=source_form, form=form, spans=found[form])
            for term, source_form in self._in_source
            for form in (term.target, *term.renderings)
            if form in found and form != source_form
        )

    @property
    def _terms(self) -> tuple[Term, ...]:
        return tuple(term for term in self.document.termbase.terms if term.target)


def find_forms(text: str, forms: Iterable[str]) -> dict[str, tuple[Span, ...]]:
    """Find where the forms stand in a text; the longest wins, none overlaps."""
    taken = [match.span() for match in PROTECTED.finditer(text)]
    found: dict[str, tuple[Span, ...]] = {}
    for form in sorted(set(forms), key=lambda form: (-len(form), form)):
        spans = tuple(span for span in spans_of(form, text) if not _overlaps(span, taken))
        if spans:
            found[form] = spans
            taken += [(span.start, span.end) for span in spans]
    return found


def spans_of(form: str, text: str) -> Iterator[Span]:
    """Yield where a form stands in a text as a whole word."""
    before = r"(?<![A-Za-z0-9])" if form[:1].isascii() else ""
    after = r"(?![A-Za-z0-9])" if form[-1:].isascii() and form[-1:].isalnum() else ""
    for match in re.finditer(before + re.escape(form) + after, text):
        yield Span(*match.span())


def _overlaps(span: Span, taken: Iterable[tuple[int, int]]) -> bool:
    return any(span.start < end and span.end > start for start, end in taken)
