"""Are the persons of a text in its translation? One pair of texts, compared by a document's cast.

A person who is named is looked for in every form that may stand for the name; what stands in the
place of one who is not found is explained: left in Latin letters, a slip, somebody else.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pubkit.model import Span
from pubkit.names.cast import NO_NAMES, Cast, Naming, stands_alone
from pubkit.names.exchange import Sign, find_exchanged
from pubkit.names.form_index import normal_form
from pubkit.names.person_forms import (
    DOT,
    Form,
    chinese_surname,
    letters_of,
    near_in_chinese,
    near_in_english,
)
from pubkit.names.persons import Cause, FaultKind, NamedPerson, Person, PersonFault
from pubkit.names.syllables import readings


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What comparing the persons of two texts tells."""

    named: tuple[NamedPerson, ...] = ()
    """The persons of the English text, in its order."""
    faults: tuple[PersonFault, ...] = ()
    """What is wrong, as places of the target's words."""


NOBODY = Comparison()


@dataclass(kw_only=True)
class Texts:
    """A pair of normalised texts with the persons that each names."""

    english: str
    chinese: str
    into_chinese: bool
    english_namings: list[Naming]
    chinese_namings: list[Naming]
    taken: list[Span] = field(default_factory=list)
    """Places of the target that name somebody or something else for sure."""

    @property
    def source(self) -> str:
        """The text to translate."""
        return self.english if self.into_chinese else self.chinese

    @property
    def target(self) -> str:
        """The translation."""
        return self.chinese if self.into_chinese else self.english

    @property
    def source_namings(self) -> list[Naming]:
        """Who is named in the text to translate."""
        return self.english_namings if self.into_chinese else self.chinese_namings

    @property
    def target_namings(self) -> list[Naming]:
        """Who is named in the translation."""
        return self.chinese_namings if self.into_chinese else self.english_namings


def compare_persons(english: str, chinese: str, cast: Cast, *, into_chinese: bool) -> Comparison:
    """Compare the persons of two texts.

    Args:
        english: Prose without markup.
        chinese: Prose without markup.
        cast: The persons of the document.
        into_chinese: Which of the two is the translation.
    """
    english, compact = normal_form(english), Compact(normal_form(chinese))
    english_namings = list(cast.in_english(english))
    chinese_namings = list(cast.in_chinese(compact.text))
    if not english_namings and not chinese_namings:
        return NOBODY
    texts = Texts(
        english=english,
        chinese=compact.text,
        into_chinese=into_chinese,
        english_namings=english_namings,
        chinese_namings=chinese_namings,
    )
    texts.taken = [span for _term, span in cast.terms_in(texts.target, in_chinese=into_chinese)]
    faults = (*_faults(texts), *_exchanged(texts, cast))
    if into_chinese:
        faults = tuple(compact.spread(fault) for fault in faults)
    return Comparison(named=tuple(_named(texts, compact)), faults=faults)


class Compact:
    """A Chinese text without the spaces that set its names apart (``任  简``)."""

    def __init__(self, text: str) -> None:
        self._places: list[int] | None = None
        self.text = text
        if GAP.search(text):
            gaps = {place for match in GAP.finditer(text) for place in range(*match.span())}
            self._places = [place for place in range(len(text)) if place not in gaps]
            self.text = "".join(text[place] for place in self._places)

    def span(self, span: Span) -> Span:
        """Return where a stretch stands in the text with its spaces."""
        if self._places is None:
            return span
        last = self._places[max(span.start, span.end - 1)]
        return Span(self._places[span.start], last + 1)

    def spread(self, fault: PersonFault) -> PersonFault:
        """Return a fault with its place in the text with its spaces."""
        if self._places is None or fault.span is None:
            return fault
        values = {name: getattr(fault, name) for name in PersonFault.__slots__}
        return PersonFault(**(values | {"span": self.span(fault.span)}))


GAP = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]{1,4}(?=[\u3400-\u9fff])")


# ---------------------------------------------------------------- who is named


def _named(texts: Texts, compact: Compact) -> Iterator[NamedPerson]:
    """Yield the persons of the English text, the second naming with the second rendering."""
    places: dict[Person, list[Span]] = {}
    for naming in texts.chinese_namings:
        for person in naming.persons:
            places.setdefault(person, []).append(naming.span)
    seen: dict[Person, int] = {}
    for naming in texts.english_namings:
        person = _meant(naming, places, texts)
        spans = places.get(person) or _short_places(person, texts)
        turn = seen[person] = seen.get(person, -1) + 1
        rendering = spans[min(turn, len(spans) - 1)] if spans else None
        yield NamedPerson(
            name=person.name,
            span=naming.span,
            rendering=compact.span(rendering) if rendering else None,
            term=person.term,
        )


def _meant(naming: Naming, places: Iterable[Person], texts: Texts) -> Person:
    """Return which of several bearers of a name is meant: one named in the other text."""
    in_full = [other.persons for other in texts.english_namings if other.form is not Form.PART]
    there = [person for person in naming.persons if person in places]
    here = [person for person in naming.persons if any(person in group for group in in_full)]
    return (here or there or list(naming.persons))[0]


def _short_places(person: Person, texts: Texts) -> list[Span]:
    return [
        Span(match.start(), match.start() + len(surname))
        for name in person.chinese
        if (surname := chinese_surname(name))
        for match in re.finditer(re.escape(surname) + ADDRESS, texts.chinese)
    ]


ADDRESS = (
    r"(?=某|总(?![经裁监部书理编统是体共的])|老师|老(?=[，。：；、说])|先生|女士|小姐|太太|夫人"
    r"|同志|书记|[副代]?(?:总[裁监]|教授|博士|院[长士]|校长|主任|主席|部长|局长|处长|科长|所长|馆长"
    r"|会长|市长|省长|县长|镇长|行长|厂长|董事|经理|总理|总统|工程师|工|医生|医师|律师|法官|队长|船长|机长"
    r"|团长|社长|台长|站长|理事|秘书长|司令|将军|上校|大使|参赞|领事|研究员|讲师|师傅|导演|指挥|教练))"
)


# ---------------------------------------------------------------- who is missing


def _faults(texts: Texts) -> Iterator[PersonFault]:
    missing = _missing(texts)
    strangers = _strangers(texts)
    for naming in missing:
        fault = _explain(naming, texts, strangers)
        if fault.cause is Cause.OTHER:
            strangers = strangers[1:]
        yield fault
        if fault.span:
            texts.taken.append(fault.span)
    yield from _variants(texts, {person for naming in missing for person in naming.persons})
    if not missing:
        yield from _added(texts, strangers)


def _missing(texts: Texts) -> list[Naming]:
    """Return the namings of the source, one for each person, that have no counterpart."""
    in_full = _persons_in_full(texts.target_namings)
    in_part = {
        person
        for naming in texts.target_namings
        if naming.form is Form.PART and not _is_spoilt(naming, texts)
        for person in naming.persons
    }
    here = _persons_in_full(texts.source_namings)
    missing: dict[tuple[Person, ...], Naming] = {}
    for naming in texts.source_namings:
        there = in_full | in_part if _may_be_short(naming, texts) else in_full
        if there.intersection(naming.persons) or naming.persons in missing:
            continue
        if naming.form is Form.PART and (not naming.is_sure or here.intersection(naming.persons)):
            continue
        if not any(_is_rendered_briefly(person, naming, texts) for person in naming.persons):
            missing[naming.persons] = naming
    return list(missing.values())


def _may_be_short(naming: Naming, texts: Texts) -> bool:
    """Tell whether a part of the name is enough in the target.

    Half of a name of four characters could be anything: 若安 is no form of 欧阳若安.
    """
    if naming.form is Form.PART or not texts.into_chinese:
        return True
    return any(DOT in form for person in naming.persons for form in person.chinese)


def _is_spoilt(naming: Naming, texts: Texts) -> bool:
    """Tell whether a part of a name stands inside another form of the whole name."""
    if not texts.into_chinese:
        return False
    return any(
        begin <= naming.span.start and naming.span.end <= stop
        for person in naming.persons
        for form in person.chinese[:1]
        for begin, stop in near_in_chinese(form, texts.chinese)
    )


def _persons_in_full(namings: Iterable[Naming]) -> set[Person]:
    return {
        person for naming in namings if naming.form is not Form.PART for person in naming.persons
    }


def _is_rendered_briefly(person: Person, naming: Naming, texts: Texts) -> bool:
    """Tell whether a surname with an office stands for a person: ``田教授``."""
    if not person.forms(in_chinese=texts.into_chinese):
        return True
    if not texts.into_chinese:
        return False
    for span in _short_places(person, texts):
        surname = texts.chinese[span.start : span.end]
        if naming.form is Form.PART or surname not in VERBS:
            return True
    return False


VERBS = frozenset("任于和应由原前从时向对都为与并则及以现经")
"""Surnames that are more often words: ``任教授`` is “served as a professor”."""


def _strangers(texts: Texts) -> list[Naming]:
    """Return the persons named in the target alone."""
    here = {person for naming in texts.source_namings for person in naming.persons}
    return [
        naming
        for naming in texts.target_namings
        if not here.intersection(naming.persons)
        and naming.is_sure
        and not any(_is_hinted_at(person, texts) for person in naming.persons)
    ]


def _is_hinted_at(person: Person, texts: Texts) -> bool:
    """Tell whether the source has the surname of a person, whoever bears it there."""
    if texts.into_chinese:
        words = {word for name in person.english for word in name.split()}
        return any(re.search(rf"\b{re.escape(word)}\b", texts.english) for word in words)
    return bool(_short_places(person, texts))


# ---------------------------------------------------------------- what stands there instead


def _explain(naming: Naming, texts: Texts, strangers: list[Naming]) -> PersonFault:
    left = _left_untranslated(naming, texts)
    if left and left.span:
        before = _before_bracket(left.span, texts)
        beside = [one for one in strangers if one.span.end == before]
        return _near(naming, texts, end=before) or (
            _other(naming, texts, beside[0]) if beside else left
        )
    near = _near(naming, texts)
    if near:
        return near
    return _other(naming, texts, strangers[0]) if strangers else _absent(naming, texts)


def _before_bracket(span: Span, texts: Texts) -> int:
    """Return where a bracket opens for a form: ``潘峰（Pan Feng）`` is a slip, and explained."""
    before = texts.target[: span.start].rstrip()
    return len(before[:-1].rstrip()) if before.endswith(("(", "（")) else -1


def _other(naming: Naming, texts: Texts, stranger: Naming) -> PersonFault:
    span = stranger.span
    return PersonFault(
        kind=FaultKind.WRONG,
        cause=Cause.OTHER,
        name=texts.source[naming.span.start : naming.span.end],
        span=span,
        found=texts.target[span.start : span.end],
        wanted=_wanted(naming, texts),
    )


def _absent(naming: Naming, texts: Texts) -> PersonFault:
    name = texts.source[naming.span.start : naming.span.end]
    has_pronoun = (PRONOUN if texts.into_chinese else ENGLISH_PRONOUN).search(texts.target)
    is_short = naming.form is Form.PART or (texts.into_chinese and " " not in name)
    return PersonFault(
        kind=FaultKind.MISSING,
        cause=Cause.PRONOUN if has_pronoun else Cause.ABSENT,
        name=name,
        wanted=_wanted(naming, texts),
        is_certain=not has_pronoun and not is_short and naming.persons[0].is_sure,
    )


PRONOUN = re.compile(r"[他她]|前者|后者|[两二三四]人")
ENGLISH_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Hh]is|[Hh]er|[Tt]heir|[Bb]oth)\b")


def _wanted(naming: Naming, texts: Texts) -> str:
    forms = naming.persons[0].forms(in_chinese=texts.into_chinese)
    return forms[0] if forms else ""


def _left_untranslated(naming: Naming, texts: Texts) -> PersonFault | None:
    """Find the name in the form of the source."""
    name = texts.source[naming.span.start : naming.span.end]
    for form in (name, *naming.persons[0].forms(in_chinese=not texts.into_chinese)):
        place = texts.target.find(form)
        if place >= 0 and len(form) > 1 and not _is_free(Span(place, place + len(form)), texts):
            continue
        if place >= 0 and len(form) > 1:
            return PersonFault(
                kind=FaultKind.UNTRANSLATED,
                cause=Cause.LATIN,
                name=name,
                span=Span(place, place + len(form)),
                found=form,
                wanted=_wanted(naming, texts),
            )
    return None


def _near(naming: Naming, texts: Texts, end: int = 0) -> PersonFault | None:
    """Find a form that has a slip; one that ends at a certain place, if that is given."""
    for person in naming.persons:
        for form in person.forms(in_chinese=texts.into_chinese):
            spans = (span for span in _near_spans(form, texts) if not end or span.end == end)
            span = next(spans, None)
            if span:
                return _slip(naming, span, form, texts)
    return None


def _slip(naming: Naming, span: Span, form: str, texts: Texts) -> PersonFault:
    found = texts.target[span.start : span.end]
    is_variant = letters_of(found) == letters_of(form)
    return PersonFault(
        kind=FaultKind.INCONSISTENT if is_variant else FaultKind.WRONG,
        cause=Cause.VARIANT if is_variant else Cause.NEAR,
        name=texts.source[naming.span.start : naming.span.end],
        span=span,
        found=found,
        wanted=form,
    )


def _near_spans(form: str, texts: Texts) -> Iterator[Span]:
    if not texts.into_chinese:
        yield from _near_english(form, texts)
        return
    for start, end in near_in_chinese("".join(form.split()), texts.chinese):
        if _is_free(Span(start, end), texts):
            yield Span(start, end)


def _near_english(form: str, texts: Texts) -> Iterator[Span]:
    size = len(form.split())
    for match in CAPITALISED_RUN.finditer(texts.english):
        words = list(WORD.finditer(match[0]))
        for first in range(len(words) - size + 1):
            chosen = words[first : first + size]
            span = Span(match.start() + chosen[0].start(), match.start() + chosen[-1].end())
            text = texts.english[span.start : span.end].removesuffix("'s")
            span = Span(span.start, span.start + len(text))
            if NO_NAMES.isdisjoint(text.split()) and near_in_english(form, text):
                if _is_free(span, texts):
                    yield span


CAPITALISED_RUN = re.compile(
    r"(?<![\w'-])[^\W\d_a-z][\w'-]*(?: (?:(?:van|von|der|den|de|la|bin|al)(?= )|[^\W\d_a-z][\w'-]*))*"
)
WORD = re.compile(r"[\w'-]+")


def _is_free(span: Span, texts: Texts) -> bool:
    """Tell whether a place of the target names nobody else."""
    known = (naming.span for naming in texts.target_namings if naming.form is not Form.PART)
    return not any(
        span.start < other.end and other.start < span.end for other in (*known, *texts.taken)
    )


# ---------------------------------------------------------------- forms that differ


def _variants(texts: Texts, missing: set[Person]) -> Iterator[PersonFault]:
    """Yield the forms in the target that are not the agreed ones of persons who are there."""
    for naming in texts.target_namings:
        person = naming.persons[0]
        if naming.form is Form.VARIANT and person not in missing and not texts.into_chinese:
            yield _variant(person, naming.span, texts)
    here = _persons_in_full(texts.source_namings)
    named = {person for naming in texts.target_namings for person in naming.persons}
    for person in here & named:
        span = _slip_beside(person, texts)
        if span:
            yield _variant(person, span, texts)


def _variant(person: Person, span: Span, texts: Texts) -> PersonFault:
    return PersonFault(
        kind=FaultKind.INCONSISTENT,
        cause=Cause.VARIANT,
        name=person.name,
        span=span,
        found=texts.target[span.start : span.end],
        wanted=person.forms(in_chinese=texts.into_chinese)[0],
    )


def _slip_beside(person: Person, texts: Texts) -> Span | None:
    """Find a slip in a name that stands right elsewhere in the same text."""
    for form in person.forms(in_chinese=texts.into_chinese)[:1]:
        if not texts.into_chinese:
            return next(
                (
                    span
                    for span in _near_english(form, texts)
                    if " " in form and stands_alone(texts.english, span)
                ),
                None,
            )
        for start, end in near_in_chinese(form, texts.chinese):
            window = texts.chinese[start:end]
            is_same_size = len(window) == len(form)
            if is_same_size and _is_slip(form, window) and _is_free(Span(start, end), texts):
                return Span(start, end)
    return None


def _is_slip(form: str, window: str) -> bool:
    """Tell whether one character of a given name is another, which sounds alike or is no word's."""
    wrong = [i for i, (one, other) in enumerate(zip(form, window, strict=True)) if one != other]
    if len(wrong) != 1 or wrong[0] == 0 or DOT in (form[wrong[0]], window[wrong[0]]):
        return False
    if set(readings(form[wrong[0]])) & set(readings(window[wrong[0]])):
        return True
    return len(form) > len("张锦") and wrong[0] < len(form) - 1


# ---------------------------------------------------------------- who changed places


def _exchanged(texts: Texts, cast: Cast) -> Iterator[PersonFault]:
    places = (_places(texts.english_namings), _places(texts.chinese_namings))
    if min(len(places[0]), len(places[1])) < 2:
        return
    signs = (
        [Sign(span, term) for term, span in cast.terms_in(texts.english, in_chinese=False)],
        [Sign(span, term) for term, span in cast.terms_in(texts.chinese, in_chinese=True)],
    )
    found = find_exchanged(texts.english, texts.chinese, places, signs)
    if found:
        one, other = found
        span = next(naming.span for naming in texts.target_namings if other in naming.persons)
        yield PersonFault(
            kind=FaultKind.SWAPPED,
            cause=Cause.EXCHANGED,
            name=one.name,
            span=span,
            found=texts.target[span.start : span.end],
            wanted=one.forms(in_chinese=texts.into_chinese)[0],
        )


def _places(namings: Iterable[Naming]) -> list[tuple[Person, Span]]:
    """Return the namings of which it is clear who is meant."""
    return [(naming.persons[0], naming.span) for naming in namings if len(naming.persons) == 1]


# ---------------------------------------------------------------- who is too many


def _added(texts: Texts, strangers: list[Naming]) -> Iterator[PersonFault]:
    """Yield a person whom the source neither names nor may mean by a pronoun or an office."""
    if not texts.into_chinese or HINT.search(texts.english):
        return
    for naming in strangers[:1]:
        if naming.form is Form.FULL:
            span = naming.span
            yield PersonFault(
                kind=FaultKind.WRONG,
                cause=Cause.ADDED,
                name="",
                span=span,
                found=texts.target[span.start : span.end],
                is_certain=False,
            )


HINT = re.compile(
    r"\b(?:he|she|his|her|hers|him|they|their|them|who|whose|whom|I|my|me|we|our|us|it|its)\b"
    r"|(?i:\b\w*(?:president|director|dean|chair|professor|minister|secretary|manager|officer|head"
    r"|founder|author|artist|winner|speaker|team|family|couple|mayor|governor|captain|coach))",
    re.IGNORECASE,
)
