"""Are the terms of a text in its translation as agreed? One pair of texts and a termbase.

A term is there if one of its accepted forms is, anywhere: Chinese repeats and regroups as it likes.
What stands in the place of one that is not there is explained: a slip, another head, another term.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from pubkit.model import Mention, Span, Term, Termbase, TermKind
from pubkit.names.agreed_forms import AgreedForms, Form, NearMiss, Place, form_items, near_misses, places_of
from pubkit.names.organization_heads import HEAD_HERE, head_of, heads_in_chinese, sure_heads
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
    is_known: bool = False
    """Whether an earlier text of the document names the term."""
    is_certain: bool = True
    """Whether no free translation can explain it."""


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
    uncovered: str
    """The source without the terms that it names."""
    taken: list[tuple[int, int]] = field(default_factory=list)
    """Places of the target that explain a fault already."""

    def is_explained(self, start: int, end: int) -> bool:
        """Tell whether a run of the target has, in part, a form of what the source names.

        A place or term within an organization's name explains only itself.
        """
        if any(start < stop and begin < end for begin, stop in self.taken):
            return True
        if self.target.items[start:end] in self.named_forms:
            return True
        return any(
            any(id(term) in self.named for term in place.terms)
            and not (
                start <= place.start
                and place.end <= end
                and place.terms[0].kind in (TermKind.PLACE, TermKind.TERM, TermKind.TITLE)
                and place.end - place.start < end - start - 1
            )
            for place in self.places
            if place.overlaps(start, end)
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
            fault = _slip_beside(group, texts) or _slip_of_full_name(group, texts)
            if fault:
                yield fault
        else:
            absent.append(group)
    faults = [_explain(group, texts, is_known=any(map(is_known, group))) for group in absent]
    yield from (fault for fault in faults if fault)
    if not any(faults):
        yield from _added(texts)


def _texts(
    agreement: Agreement, source: str, target: str, mentions: Iterable[Mention]
) -> Texts:
    named: dict[int, tuple[Term, Span]] = {}
    groups = []
    listed = tuple(mentions)
    for mention in listed:
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
        uncovered=_without(source, [mention.span for mention in listed]),
    )


def _without(text: str, spans: Iterable[Span]) -> str:
    for span in spans:
        text = text[: span.start] + "\ufffc" * (span.end - span.start) + text[span.end :]
    return text


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
        if not any(_is_other_name(place, texts) for place in around):
            return True
    return False


def _is_other_name(place: Place, texts: Texts) -> bool:
    return any(
        term.kind is not TermKind.TITLE and id(term) in texts.named for term in place.terms
    )


# ---------------------------------------------------------------- what stands there instead


def _explain(group: tuple[Term, ...], texts: Texts, *, is_known: bool) -> TermFault | None:
    term = group[0]
    span = texts.named[id(term)][1]
    name = texts.source[span.start : span.end]
    run = _slip(group, texts)
    cause = Cause.NEAR
    if run is None and _may_be_left_out(term, texts, is_known=is_known):
        return None
    if run is None:
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


def _may_be_left_out(term: Term, texts: Texts, *, is_known: bool) -> bool:
    """Tell whether less than its name stands for a term, or nothing need."""
    if term.kind is TermKind.PLACE:
        return _is_beside_a_place(term, texts)
    if term.kind is TermKind.TERM or not is_known:
        return False
    if any(_ends_a_place(form, texts) for form, _written in texts.agreement.forms(term)):
        return True
    free = _without_other_names(term, texts)
    return is_referred_to(free, texts.agreement.forms(term))


def _ends_a_place(form: Form, texts: Texts) -> bool:
    """Tell whether a longer name ends in a form: 董事会 is named in 第七届董事会."""
    ends = {start + len(form) for start in places_of(form, texts.target)}
    return any(place.end in ends for place in texts.places)


def _without_other_names(term: Term, texts: Texts) -> Units:
    """Return the target without the names of other terms: they do not refer to this one."""
    taken = {
        place
        for found in texts.places
        if term not in found.terms and found.end - found.start > 1
        for place in range(found.start, found.end)
    }
    if not taken:
        return texts.target
    items = [OTHER if i in taken else item for i, item in enumerate(texts.target.items)]
    kept = "".join(items) if isinstance(texts.target.items, str) else tuple(items)
    return Units(kept, texts.target.starts, texts.target.ends, texts.target.text)


OTHER = "\ufffc"


def _is_beside_a_place(term: Term, texts: Texts) -> bool:
    """Tell whether a place only says where another one is: “Wuxi, China”, 江苏无锡."""
    span = texts.named[id(term)][1]
    others = (
        other_span
        for other, other_span in texts.named.values()
        if other.kind is TermKind.PLACE and other_span != span
    )
    pairs = ((other, span) if texts.agreement.into_chinese else (span, other) for other in others)
    gaps = (texts.source[small.end : large.start] for small, large in pairs)
    return any(gap and len(gap) <= len(", ") and not gap.strip(" ,，、") for gap in gaps)


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
    """Find a name that goes on with another head: 云岚诊所 for 云岚医院."""
    for term in group:
        for form, written in texts.agreement.forms(term):
            size = _head_size(form, written)
            stem = form[: len(form) - size]
            if not size or len(stem) < (2 if texts.agreement.into_chinese else 1):
                continue
            for start in places_of(stem, texts.target):
                end = _end_of_head(start + len(stem), texts)
                if end and end - start != len(form) or (
                    end and texts.target.items[start:end] != form
                ):
                    if not texts.is_explained(start + len(stem), end) and _is_name(
                        stem, texts.target.items[start + len(stem) : end]
                    ):
                        return start, end
    return None


def _is_name(stem: Form, head: Form) -> bool:
    """Tell whether a stem makes a name with a head, and not a phrase: 审计机构."""
    return not isinstance(head, str) or len(stem) > 2 or (len(head) > 1 and head not in PHRASES)


PHRASES = frozenset("机构 组织 会议 大会 论坛 计划 项目 工作室 室 企业 公司 部门 团 仪式 中心 网络".split())

FORM_OF_COMPANY = re.compile(r"(?:股份|有限|责任)*")


def _head_size(form: Form, written: str) -> int:
    if isinstance(form, str):
        return len(head_of(form))
    is_headed = form[-1] in sure_heads() and form[0] not in SMALL_WORDS | sure_heads()
    return 1 if is_headed and written[:1].isupper() else 0


def _end_of_head(place: int, texts: Texts) -> int:
    """Return where a head that begins at a place ends; 0 if none does."""
    items = texts.target.items
    if isinstance(items, str):
        form = FORM_OF_COMPANY.match(items, place)
        match = HEAD_HERE.match(items, form.end() if form else place)
        return match.end() if match else 0
    if place < len(items) and items[place] in sure_heads():
        gap = texts.target.text[texts.target.ends[place - 1] : texts.target.starts[place]]
        return place + 1 if gap == " " and texts.target.text[texts.target.starts[place]].isupper() else 0
    return 0


def _other_term(term: Term, texts: Texts) -> Run | None:
    """Find the form of a term of the same kind that the source does not name."""
    for place in texts.places:
        kinds = {other.kind for other in place.terms}
        if kinds != {term.kind} or not _is_full(place, texts):
            continue
        if any(id(other) in texts.named for other in place.terms):
            continue
        is_meant = any(_is_hinted_at(other, texts) for other in place.terms)
        if not is_meant and not texts.is_explained(place.start, place.end):
            return place.start, place.end
    return None


# ---------------------------------------------------------------- slips beside the right form


def _slip_beside(group: tuple[Term, ...], texts: Texts) -> TermFault | None:
    """Find a form with a slip although the right one stands in the same text, too."""
    for bearer in group:
        for form, _written in texts.agreement.forms(bearer):
            limit = _allowed_beside(form, texts)
            if not limit and _is_only_one_of_its_kind(form, texts):
                limit = 1
            for miss in near_misses(form, texts.target, limit) if limit else ():
                run = (miss.start, miss.end)
                if not texts.is_a_form(*run) and _is_slip(miss, form, texts):
                    return _fault(group[0], Cause.NEAR, run, texts)
    return None


def _slip_of_full_name(group: tuple[Term, ...], texts: Texts) -> TermFault | None:
    """Find a slip in a full name of which only a short form stands right: 芳江书展组委会.

    The short form may be the right part of the wrong name, or stand elsewhere.
    """
    shortest = SHORTEST_FULL_NAME[texts.agreement.into_chinese]
    forms = [form for term in group for form, _written in texts.agreement.forms(term)]
    if not places_of(forms[0], texts.target):
        run = _with_other_head(group, texts)
        if run and not _is_named_apart(group[0], run, texts):
            return replace(_fault(group[0], Cause.HEAD, run, texts), is_certain=False)
    full = [form for form in forms if len(form) >= shortest]
    if any(places_of(form, texts.target) for form in full):
        return None
    for form in full:
        for miss in near_misses(form, texts.target, 1):
            if _is_other_unit(miss, form, texts):
                return _fault(group[0], Cause.NEAR, (miss.start, miss.end), texts)
    return None


def _is_named_apart(term: Term, run: Run, texts: Texts) -> bool:
    """Tell whether a name with another head may be another thing: 北京 goes on in many ways."""
    if texts.agreement.into_chinese:
        first = term.source.split()[0]
        return run[1] - run[0] < SHORTEST_FULL_NAME[True] or first in texts.uncovered
    return texts.is_a_form(run[1] - 1, run[1]) or term.source[:2] in texts.uncovered


SHORTEST_FULL_NAME = {True: 5, False: 3}
"""Units: in Chinese and in English."""


def _wrong_units(miss: NearMiss, form: Form, texts: Texts) -> list[tuple[str, str, int]]:
    """Return what stands where a form has something else, if it is part of no other name."""
    shown = texts.target.shown(miss.start, miss.end)
    if miss.end - miss.start != len(form) or PUNCTUATION.search(shown):
        return []
    run = texts.target.items[miss.start : miss.end]
    pairs = zip(form, run, range(miss.start, miss.end), strict=True)
    wrong = [pair for pair in pairs if pair[0] != pair[1]]
    return [] if any(texts.is_a_form(place, place + 1) for _, _, place in wrong) else wrong


def _is_other_unit(miss: NearMiss, form: Form, texts: Texts) -> bool:
    """Tell whether a run is a form but for one unit."""
    wrong = _wrong_units(miss, form, texts)
    if texts.agreement.into_chinese:
        return bool(wrong) and all(
            HAN.match(found) and not _are_counts(one, found) for one, found, _ in wrong
        )
    starts = texts.target.starts
    return bool(wrong) and all(texts.target.text[starts[at]].isupper() for _, _, at in wrong)


HAN = re.compile(r"[\u3400-\u9fff]")


def _fault(term: Term, cause: Cause, run: Run, texts: Texts) -> TermFault:
    span = texts.named[id(term)][1]
    return TermFault(
        term=term,
        cause=cause,
        name=texts.source[span.start : span.end],
        span=texts.target.span(*run),
        found=texts.target.shown(*run),
    )


def _allowed_beside(form: Form, texts: Texts) -> int:
    if texts.agreement.into_chinese:
        return min(len(form) // 5, 2)
    return 1 if len(form) >= 3 else 0


SHORTEST_WITH_HEAD = 4


def _is_only_one_of_its_kind(form: Form, texts: Texts) -> bool:
    """Tell whether no other organization with the head of a short Chinese name is named."""
    if not isinstance(form, str) or len(form) < SHORTEST_WITH_HEAD or len(head_of(form)) < 2:
        return False
    uncovered = reader(in_words=True)(texts.uncovered).items
    table = heads_in_chinese()
    return not any(head_of(form) in table.get(word, ()) for word in uncovered)


COUNTS = re.compile(r"[\d一二三四五六七八九十百首上下东西南北前后新老大小]")


def _is_slip(miss: NearMiss, form: Form, texts: Texts) -> bool:
    """Tell whether a run is a slip of a form, and no other thing of a similar name."""
    wrong = _wrong_units(miss, form, texts)
    if texts.agreement.into_chinese:
        return bool(wrong) and not any(_are_counts(one, found) for one, found, _ in wrong)
    return bool(wrong) and all(is_misspelt(one, other) for one, other, _ in wrong)


def _are_counts(one: str, other: str) -> bool:
    """Tell whether two characters tell two things of one name apart: 第一, 第二; 东区, 西区."""
    return COUNTS.match(one) is not None and COUNTS.match(other) is not None


# ---------------------------------------------------------------- what is too many


def _added(texts: Texts) -> Iterator[TermFault]:
    """Yield an organization whose full name the translation has, and the source nothing of it."""
    for place in texts.places:
        terms = place.terms
        if terms[0].kind is not TermKind.ORGANIZATION or len(terms) > 1:
            continue
        if place.end - place.start < SHORTEST_ADDED[texts.agreement.into_chinese]:
            continue
        if not _is_full(place, texts) or id(terms[0]) in texts.named or _is_hinted_at(terms[0], texts):
            continue
        yield TermFault(
            term=terms[0],
            cause=Cause.ADDED,
            name="",
            span=texts.target.span(place.start, place.end),
            found=texts.target.shown(place.start, place.end),
            is_certain=False,
        )
        return


def _is_full(place: Place, texts: Texts) -> bool:
    """Tell whether a place has a whole name, not a short form."""
    form, _written = texts.agreement.forms(place.terms[0])[0]
    return place.end - place.start == len(form) > 1


SHORTEST_ADDED = {True: 4, False: 2}
"""Units: in Chinese and in English."""


def _is_hinted_at(term: Term, texts: Texts) -> bool:
    """Tell whether the source may mean an organization by less than its name."""
    if POINTERS_TO_ORGANIZATIONS.search(texts.source):
        return True
    source = reader(in_words=texts.agreement.into_chinese)(texts.uncovered)
    if texts.agreement.into_chinese:
        words = set(reader(in_words=True)(f"{term.source} {' '.join(term.aliases)}").items)
        heads = [word for word in words if word in heads_in_chinese()]
        return any(word in source.places for word in heads or words - SMALL_WORDS)
    return any(
        source.items[i : i + 2] in form
        for form in (term.source, *term.aliases)
        for i in range(len(source.items) - 1)
    )


POINTERS_TO_ORGANIZATIONS = re.compile(
    r"\b(?:we|our|ours|us|here|they|their|it|its)\b|[我本该此贵全两][校院行馆所司社会部局厂台团]|(?<!关于)我们|学校|公司"
)
