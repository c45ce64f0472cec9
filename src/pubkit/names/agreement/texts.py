"""A pair of texts and the agreed forms of a termbase, as the comparison of terms sees them."""

from collections.abc import Iterable, Sequence
from dataclasses import field
from enum import StrEnum
from functools import cached_property

from pubkit.model import Mention, Span, Term, Termbase, TermKind
from pubkit.names.agreed_forms import AgreedForms, Form, Place, form_items
from pubkit.names.units import Read, Units, reader
from pubkit.values import dataclass

Run = tuple[int, int]
"""Where a stretch of units begins and ends."""


class Cause(StrEnum):
    """Why a term is thought not to be rendered as agreed."""

    ABSENT = "absent"
    NEAR = "near"
    """A form with a few slips stands there."""
    HEAD = "head"
    """The name goes on with another head word: 云岚诊所 for 云岚医院."""
    OTHER = "other"
    """The form of another term stands there."""
    REPLACED = "replaced"
    """The name of an organization on which nobody has agreed stands there."""
    ADDED = "added"
    """The form of an organization that the source does not name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFault:
    """A term that is not rendered as agreed."""

    term: Term
    cause: Cause
    name: str
    """The term as the source has it."""
    span: Span | None = None
    """The characters at fault in the translation's words; None if there are none."""
    found: str = ""
    """What stands there."""
    is_certain: bool = True
    """Whether no free translation can explain it."""


class Agreement:
    """The agreed forms of a termbase, ready to be looked for in translations."""

    def __init__(self, termbase: Termbase, *, into_chinese: bool) -> None:
        self.into_chinese = into_chinese
        self.read: Read = reader(in_words=not into_chinese)
        self._forms: dict[int, tuple[tuple[Form, str], ...]] = {}
        self._groups: dict[tuple[int, str], tuple[Term, ...]] = {}
        self._by_source: dict[str, list[Term]] = {}
        agreed = [term for term in termbase.terms if term.target]
        for term in agreed:
            for form in (term.source, *term.aliases):
                self._by_source.setdefault(_normal(form), []).append(term)
        forms = ((form, term) for term in agreed for form in (term.target, *term.renderings))
        self._table = AgreedForms(forms, self.read)

    def forms(self, term: Term) -> tuple[tuple[Form, str], ...]:
        """Return the accepted forms of a term, the agreed one first: as units and as written."""
        kept = self._forms.get(id(term))
        if kept is None:
            written = dict.fromkeys((term.target, *term.renderings))
            pairs = ((form_items(form, self.read), form) for form in written)
            kept = self._forms[id(term)] = tuple(pair for pair in pairs if pair[0])
        return kept

    def group(self, term: Term, form: str) -> tuple[Term, ...]:
        """Return a term and all others that its form in a source may mean."""
        key = id(term), form
        group = self._groups.get(key)
        if group is None:
            others = self._by_source.get(_normal(form), ())
            group = self._groups[key] = tuple(dict.fromkeys((term, *others)))
        return group

    def find(self, units: Units) -> list[Place]:
        """Return where a translation has agreed forms."""
        return list(self._table.find(units))


def _normal(form: str) -> str:
    return " ".join(form.replace("’", "'").casefold().split())


@dataclass(kw_only=True)
class Texts:
    """A pair of texts, with what is known of both."""

    agreement: Agreement
    source: str
    target: Units
    named: dict[int, tuple[Term, Span]]
    """The terms that the source names, and where first; several of one name are all there."""
    groups: list[tuple[Term, ...]]
    """The terms that the source names, those of one name together."""
    places: list[Place]
    covered: tuple[Span, ...]
    """Where the source names terms."""
    taken: list[Run] = field(default_factory=list)
    """Places of the target that explain a fault already."""

    def is_explained(self, start: int, end: int, *, but: tuple[Term, ...] = ()) -> bool:
        """Tell whether a run of the target has, in part, a form of what the source names.

        A place or term within an organization's name explains only itself, and so does the short
        form of a term (``but``) within what may be a slip of its full name.
        """
        if any(start < stop and begin < end for begin, stop in self.taken):
            return True
        if self.target.items[start:end] in self.named_forms:
            return True
        return any(
            any(id(term) in self.named for term in place.terms)
            and not (
                start < place.start
                and place.end <= end
                and all(any(term is own for own in but) for term in place.terms)
            )
            and not (
                start <= place.start
                and place.end <= end
                and place.terms[0].kind in (TermKind.PLACE, TermKind.TERM, TermKind.TITLE)
                and place.end - place.start < end - start - 1
            )
            for place in self.places
            if place.overlaps(start, end)
        )

    def places_of(self, term: Term) -> Sequence[Place]:
        """Return where the target has forms of a term."""
        return self._by_term.get(id(term), ())

    @cached_property
    def _by_term(self) -> dict[int, list[Place]]:
        found: dict[int, list[Place]] = {}
        for place in self.places:
            for term in place.terms:
                found.setdefault(id(term), []).append(place)
        return found

    def has_form(self, form: Form, terms: Iterable[Term]) -> bool:
        """Tell whether the target has a form of some terms, not within a longer one."""
        size, items = len(form), self.target.items
        return any(
            place.end - place.start == size and items[place.start : place.end] == form
            for term in terms
            for place in self.places_of(term)
        )

    @cached_property
    def named_forms(self) -> frozenset[Form]:
        """The forms of what the source names."""
        return frozenset(
            form
            for term, _span in self.named.values()
            if term.target
            for form, _written in self.agreement.forms(term)
        )

    def is_a_form(self, start: int, end: int) -> bool:
        """Tell whether a run of the target is, in part, a form of any term."""
        return any(place.overlaps(start, end) for place in self.places)

    @cached_property
    def uncovered(self) -> str:
        """The source without the terms that it names."""
        text = self.source
        for span in self.covered:
            text = text[: span.start] + "\ufffc" * (span.end - span.start) + text[span.end :]
        return text

    def named_as(self, term: Term) -> str:
        """Return a term as the source has it."""
        span = self.named[id(term)][1]
        return self.source[span.start : span.end]

    def fault(self, term: Term, cause: Cause, run: Run) -> TermFault:
        """Return a fault with what stands at its place."""
        return TermFault(
            term=term,
            cause=cause,
            name=self.named_as(term),
            span=self.target.span(*run),
            found=self.target.shown(*run),
        )


def read_texts(
    agreement: Agreement, source: str, target: str, mentions: Iterable[Mention]
) -> Texts:
    """Find the agreed forms in a translation whose source names some terms."""
    named: dict[int, tuple[Term, Span]] = {}
    groups = []
    listed = tuple(mentions)
    for mention in listed:
        term, span = mention.term, mention.span
        if id(term) in named:
            continue
        group = agreement.group(term, source[span.start : span.end])
        for one in group:
            named.setdefault(id(one), (one, span))
        if term.target:
            groups.append(group)
    units = agreement.read(target)
    return Texts(
        agreement=agreement,
        source=source,
        target=units,
        named=named,
        groups=groups,
        places=agreement.find(units),
        covered=tuple([mention.span for mention in listed]),
    )
