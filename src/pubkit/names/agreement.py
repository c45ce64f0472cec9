"""Are the terms of a text in its translation as agreed? One pair of texts and a termbase.

A term is there if one of its accepted forms is, anywhere: Chinese repeats and regroups as it likes.
What stands in the place of one that is not there is explained: a slip, another head, another term.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pubkit.model import Mention, Span, Term, Termbase, TermKind
from pubkit.names.agreed_forms import AgreedForms, Form, NearMiss, Place, form_items, near_misses
from pubkit.names.organization_heads import HEAD_HERE, head_of, heads_in_chinese
from pubkit.names.person_forms import distance
from pubkit.names.short_forms import is_referred_to
from pubkit.names.units import Read, Units, reader


class Cause(StrEnum):
    """Why a term is thought not to be rendered as agreed."""

    ABSENT = "absent"
    NEAR = "near"
    """A form with a few slips stands there."""
    HEAD = "head"
    """The name goes on with another head word: 云岚诊所 for 云岚医院."""
    OTHER = "other"
    """The form of another term stands there."""


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
    is_known: bool = False
    """Whether an earlier text of the document names the term."""


class Agreement:
    """The agreed forms of a termbase, ready to be looked for in translations."""

    def __init__(self, termbase: Termbase, *, into_chinese: bool) -> None:
        self.into_chinese = into_chinese
        self.read: Read = reader(in_words=not into_chinese)
        self._forms: dict[int, tuple[tuple[Form, str], ...]] = {}
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

    def bearers(self, form: str) -> Sequence[Term]:
        """Return all terms that a source form may mean."""
        return self._by_source.get(_normal(form), ())

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
    taken: list[tuple[int, int]] = field(default_factory=list)
    """Places of the target that explain a fault already."""

    def is_explained(self, start: int, end: int) -> bool:
        """Tell whether a run of the target is, in part, a form of what the source names."""
        return any(
            place.overlaps(start, end)
            for place in self.places
            if any(id(term) in self.named for term in place.terms)
        ) or any(start < stop and begin < end for begin, stop in self.taken)

    def is_a_form(self, start: int, end: int) -> bool:
        """Tell whether a run of the target is, in part, a form of any term."""
        return any(place.overlaps(start, end) for place in self.places)


def compare_terms(
    agreement: Agreement,
    source: str,
    target: str,
    mentions: Iterable[Mention],
    *,
    kinds: frozenset[TermKind],
    is_known: Callable[[Term], bool],
) -> Iterator[TermFault]:
    """Yield the terms of some kinds that a translation does not render as agreed.

    Args:
        agreement: The agreed forms.
        source: The text to translate, prose without markup.
        target: The translation, prose without markup.
        mentions: All terms that the source names, of any kind.
        kinds: Those to be looked for.
        is_known: Tells whether an earlier text of the document names a term.
    """
    texts = _texts(agreement, source, target, mentions)
    absent = []
    for group in texts.groups:
        if group[0].kind not in kinds:
            continue
        if _is_there(group, texts):
            yield from _slip_beside(group, texts)
        else:
            absent.append(group)
    for group in absent:
        fault = _explain(group, texts, is_known=any(map(is_known, group)))
        if fault:
            yield fault


def _texts(
    agreement: Agreement, source: str, target: str, mentions: Iterable[Mention]
) -> Texts:
    named: dict[int, tuple[Term, Span]] = {}
    groups = []
    for mention in mentions:
        if id(mention.term) in named:
            continue
        form = source[mention.span.start : mention.span.end]
        group = tuple(dict.fromkeys((mention.term, *agreement.bearers(form))))
        for term in group:
            named.setdefault(id(term), (term, mention.span))
        if mention.term.target:
            groups.append(group)
    units = agreement.read(target)
    return Texts(
        agreement=agreement,
        source=source,
        target=units,
        named=named,
        groups=groups,
        places=agreement.find(units),
    )


# ---------------------------------------------------------------- is it there?


def _is_there(group: tuple[Term, ...], texts: Texts) -> bool:
    ids = {id(term) for term in group}
    if any(id(term) in ids for place in texts.places for term in place.terms):
        return True
    return any(
        _is_within_a_place(form, texts)
        for term in group
        for form, _written in texts.agreement.forms(term)
    )


def _is_within_a_place(form: Form, texts: Texts) -> bool:
    """Tell whether a form stands within a longer one that is no other name of the source.

    北京大学 is not named where 北京大学深圳研究生院 is; but in the title 材料学院院长 the school is.
    """
    items, size = texts.target.items, len(form)
    for start in texts.target.places.get(form[0], ()):
        end = start + size
        if items[start:end] != form or not texts.target.is_whole(start, end):
            continue
        around = [place for place in texts.places if place.overlaps(start, end)]
        if not any(_is_other_organization(place, texts) for place in around):
            return True
    return False


def _is_other_organization(place: Place, texts: Texts) -> bool:
    return any(
        term.kind is TermKind.ORGANIZATION and id(term) in texts.named for term in place.terms
    )


# ---------------------------------------------------------------- what stands there instead


def _explain(group: tuple[Term, ...], texts: Texts, *, is_known: bool) -> TermFault | None:
    term = group[0]
    span = texts.named[id(term)][1]
    name = texts.source[span.start : span.end]
    run = _slip(group, texts)
    cause = Cause.NEAR
    if run is None and is_known and is_referred_to(term, texts.target, texts.agreement.forms(term)):
        return None
    if run is None and texts.agreement.into_chinese:
        run, cause = _with_other_head(group, texts), Cause.HEAD
    if run is None:
        run, cause = _other_term(term, texts), Cause.OTHER
    if run is None:
        return TermFault(term=term, cause=Cause.ABSENT, name=name, is_known=is_known)
    texts.taken.append(run)
    return TermFault(
        term=term,
        cause=cause,
        name=name,
        span=texts.target.span(*run),
        found=texts.target.shown(*run),
        is_known=is_known,
    )


Run = tuple[int, int]


def _slip(group: tuple[Term, ...], texts: Texts) -> Run | None:
    """Find a form with slips, where the right one is nowhere."""
    best: tuple[float, Run] | None = None
    for term in group:
        for form, _written in texts.agreement.forms(term):
            limit = _allowed(form, texts)
            for miss in near_misses(form, texts.target, limit) if limit else ():
                run = (miss.start, miss.end)
                share = miss.slips / len(form)
                if (best is None or share < best[0]) and _can_be_meant(miss, form, texts):
                    best = share, run
    return best[1] if best else _misspelt_word(group, texts)


def _allowed(form: Form, texts: Texts) -> int:
    size = len(form)
    if texts.agreement.into_chinese:
        return 0 if size < 3 else 1 if size < 6 else 2 if size < 9 else 3
    return 0 if size < 2 else 1 if size < 5 else 2


PUNCTUATION = re.compile(r"[，。；：、！？《》\ufffc\n;:!?]|[,.](?=\s)")


def _can_be_meant(miss: NearMiss, form: Form, texts: Texts) -> bool:
    if texts.is_explained(miss.start, miss.end):
        return False
    shown = texts.target.shown(miss.start, miss.end)
    if len(PUNCTUATION.findall(shown)) > len(PUNCTUATION.findall("".join(form))):
        if texts.agreement.into_chinese:
            return False
    return texts.agreement.into_chinese or _shares_a_name(miss, form, texts)


SMALL_WORDS = frozenset("of for and in at on to a an by de von no new first second".split())


def _shares_a_name(miss: NearMiss, form: Form, texts: Texts) -> bool:
    """Tell whether English words share with a form more than a head or a small word."""
    items = texts.target.items[miss.start : miss.end]
    shown = texts.target.shown(miss.start, miss.end)
    shared = [
        word
        for word in form
        if word in items and word not in SMALL_WORDS and word not in heads_in_chinese()
    ]
    return bool(shared) and items[0] not in SMALL_WORDS and ". " not in shown[:-1].replace(
        "Co. ", ""
    )


def _misspelt_word(group: tuple[Term, ...], texts: Texts) -> Run | None:
    """Find a name of one English word with a slip in its letters."""
    if texts.agreement.into_chinese:
        return None
    for term in group:
        for form, _written in texts.agreement.forms(term):
            if len(form) == 1 and len(form[0]) >= LONG_ENOUGH_TO_MISSPELL:
                for place, item in enumerate(texts.target.items):
                    if is_misspelt(form[0], item) and not texts.is_explained(place, place + 1):
                        return place, place + 1
    return None


LONG_ENOUGH_TO_MISSPELL = 5


def is_misspelt(word: str, other: str) -> bool:
    """Tell whether a long word is another with a letter or two wrong."""
    if word == other or abs(len(word) - len(other)) > 2 or len(word) < LONG_ENOUGH_TO_MISSPELL:
        return False
    limit = 1 if len(word) < 8 else 2
    return word[0] == other[0] and distance(word, other, limit) <= limit


def _with_other_head(group: tuple[Term, ...], texts: Texts) -> Run | None:
    """Find a Chinese name that goes on with another head: 云岚诊所 for 云岚医院."""
    items = texts.target.items
    for term in group:
        for form, _written in texts.agreement.forms(term):
            stem = form[: len(form) - len(head_of("".join(form)))]
            if len(stem) < 2 or len(stem) == len(form):
                continue
            for start in texts.target.places.get(stem[0], ()):
                end = start + len(stem)
                if items[start:end] != stem:
                    continue
                match = HEAD_HERE.match("".join(items[end : end + 6]))
                if match and not texts.is_explained(start, end + match.end()):
                    return start, end + match.end()
    return None


def _other_term(term: Term, texts: Texts) -> Run | None:
    """Find the form of a term of the same kind that the source does not name."""
    for place in texts.places:
        kinds = {other.kind for other in place.terms}
        if kinds != {term.kind} or any(id(other) in texts.named for other in place.terms):
            continue
        if not texts.is_explained(place.start, place.end):
            return place.start, place.end
    return None


# ---------------------------------------------------------------- slips beside the right form


def _slip_beside(group: tuple[Term, ...], texts: Texts) -> Iterator[TermFault]:
    """Yield a form with a slip although the right one stands in the same text, too."""
    term = group[0]
    for bearer in group:
        for form, _written in texts.agreement.forms(bearer):
            limit = _allowed_beside(form, texts)
            for miss in near_misses(form, texts.target, limit) if limit else ():
                run = (miss.start, miss.end)
                if not texts.is_a_form(*run) and _is_slip(miss, form, texts):
                    span = texts.named[id(term)][1]
                    yield TermFault(
                        term=term,
                        cause=Cause.NEAR,
                        name=texts.source[span.start : span.end],
                        span=texts.target.span(*run),
                        found=texts.target.shown(*run),
                    )
                    return


def _allowed_beside(form: Form, texts: Texts) -> int:
    if texts.agreement.into_chinese:
        return min(len(form) // 5, 2)
    return 1 if len(form) >= 3 else 0


COUNTS = re.compile(r"[\d一二三四五六七八九十百首上下东西南北前后新老大小]")


def _is_slip(miss: NearMiss, form: Form, texts: Texts) -> bool:
    """Tell whether a run is a slip of a form, and no other thing of a similar name."""
    shown = texts.target.shown(miss.start, miss.end)
    if miss.end - miss.start != len(form) or PUNCTUATION.search(shown):
        return False
    run = texts.target.items[miss.start : miss.end]
    pairs = [(one, other) for one, other in zip(form, run, strict=True) if one != other]
    if texts.agreement.into_chinese:
        return not any(COUNTS.search(one + other) for one, other in pairs)
    return all(is_misspelt(one, other) for one, other in pairs)
