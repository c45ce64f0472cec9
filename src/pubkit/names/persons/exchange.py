"""Have two persons of a text changed places?

What stands beside each name, its office, organization, place or action, is collected for both
texts. If it fits crosswise better than straight, the names were exchanged.
"""

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache
from itertools import combinations
from typing import TypeVar

from pubkit.model import Span, Term
from pubkit.names.form_index import FormIndex
from pubkit.names.persons.landmarks import find_landmarks
from pubkit.names.tables import read_table
from pubkit.names.titles.offices import (
    HanOffice,
    Office,
    find_han_offices,
    find_offices,
    is_rendering,
)
from pubkit.patterns import pattern
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """A word that says something of a person beside it."""

    span: Span
    key: Hashable
    """The same in both languages; an office is compared by ``is_rendering``."""
    is_action: bool = False


@dataclass(slots=True)
class Part:
    """What a text says of one person."""

    keys: set[Hashable] = field(default_factory=set)
    close: set[Hashable] = field(default_factory=set)
    """Those of the keys that stand right beside the name."""


Who = TypeVar("Who", bound=Hashable)
Place = tuple[Who, Span]
"""Where a text names a person."""

Agreed = tuple[Term, Span]
"""Where a text has a term of the termbase that is no person."""
MOST_PERSONS = 40


def find_exchanged(
    english: str,
    chinese: str,
    places: tuple[Sequence[Place[Who]], Sequence[Place[Who]]],
    agreed: tuple[Sequence[Agreed], Sequence[Agreed]],
) -> tuple[Who, Who] | None:
    """Return two persons who have changed places.

    Whoever exchanges two names changes their order. Where it is that of the source, only the
    agreed terms beside the names are compared: offices are looked at by the checks of titles.

    Args:
        english: A text.
        chinese: Its counterpart.
        places: Where the English and where the Chinese text names persons, in order.
        agreed: Terms of the termbase in the English and in the Chinese text.
    """
    both = _persons_of_both(*places)
    if not 2 <= len(both) <= MOST_PERSONS:
        return None
    ordered = _in_other_order(english, chinese, places, both)
    if ordered:
        return ordered
    is_in_order = both == _persons_of_both(places[1], places[0])
    if is_in_order and not _may_be_crosswise((english, chinese), places, agreed):
        return None
    # A term is its own key by its identity, which is sooner compared than all that it says.
    signs = tuple([Sign(span, id(term)) for term, span in side] for side in agreed)
    if not is_in_order:
        signs[0].extend(_english_signs(english))
        signs[1].extend(_chinese_signs(chinese))
        for sides in _landmarks(english, chinese, places):
            signs[0].extend(sides[0])
            signs[1].extend(sides[1])
    if not signs[0] or not signs[1]:
        return None
    parts = (
        _parts(english, places[0], signs[0], ENGLISH),
        _parts(chinese, places[1], signs[1], CHINESE),
    )
    straight = {one: _likeness(parts[0][one], parts[1][one]) for one in both}
    explained = {one for one in both if straight[one] == len(parts[0][one].keys)}
    pairs = (pair for pair in combinations(both, 2) if not explained.issuperset(pair))
    return next((pair for pair in pairs if _fit_crosswise(pair, straight, parts)), None)


def _may_be_crosswise(
    texts: tuple[str, str],
    places: tuple[Sequence[Place[Who]], Sequence[Place[Who]]],
    agreed: tuple[Sequence[Agreed], Sequence[Agreed]],
) -> bool:
    """Tell quickly whether a term may be said of one person here, and of another there.

    What is said of a person stands in the same sentence.
    """
    here, there = map(_near_terms, texts, places, agreed, (SENTENCE, SENTENCE_IN_CHINESE))
    return any(
        here[key] and there[key] and len(here[key] | there[key]) > 1
        for key in here.keys() & there.keys()
    )


SENTENCE = pattern(r"\.(?=\s)|[!?]")
SENTENCE_IN_CHINESE = pattern("[。！？]")


def _near_terms(
    text: str, places: Sequence[Place[Who]], agreed: Sequence[Agreed], stop: re.Pattern[str]
) -> dict[int, set[Who]]:
    """Return for each term, by its identity, the persons in whose sentences it stands."""
    spans = [span for _one, span in (*places, *agreed)]
    ends = [
        end
        for end in map(re.Match.end, stop.finditer(text))
        if not any(span.start < end <= span.end for span in spans)  # Dr. Pan
    ]
    persons: dict[int, set[Who]] = {}
    for person, span in places:
        persons.setdefault(bisect_left(ends, span.end), set()).add(person)
    terms: dict[int, set[Who]] = {}
    for term, span in agreed:
        terms.setdefault(id(term), set()).update(persons.get(bisect_left(ends, span.end), ()))
    return terms


def _persons_of_both(english: Sequence[Place[Who]], chinese: Sequence[Place[Who]]) -> list[Who]:
    there = {person for person, _span in chinese}
    return [person for person in dict.fromkeys(one for one, _span in english) if person in there]


# ---------------------------------------------------------------- persons in a picture

FROM_LEFT = pattern(r"\b[Ff]rom (?:the )?left\b|\b[Ll]eft to right\b|\bL[-–]R\b|\b[Ff]rom L to R\b")
FROM_LEFT_IN_CHINESE = pattern("左起|[从自由]左[至到往向]右|[从自]左起")


def _in_other_order(
    english: str,
    chinese: str,
    places: tuple[Sequence[Place[Who]], Sequence[Place[Who]]],
    both: Sequence[Who],
) -> tuple[Who, Who] | None:
    starts = FROM_LEFT.search(english), FROM_LEFT_IN_CHINESE.search(chinese)
    if not starts[0] or not starts[1]:
        return None
    if SECOND.search(english):
        return None
    orders = [
        [
            one
            for one in dict.fromkeys(
                person for person, span in side if span.start >= start.start() - LEAD
            )
            if one in both
        ]
        for side, start in zip(places, (starts[0], starts[1]), strict=True)
    ]
    if set(orders[0]) != set(orders[1]):
        return None
    differing = [one for one, other in zip(*orders, strict=True) if one != other]
    return (differing[0], differing[1]) if len(differing) > 1 else None


SECOND = pattern(r"\b(?:first|second|third|fourth|fifth|sixth)[ -](?:from )?(?:the )?left", re.I)
LEAD = 60
"""``A, B and C (from left)``: the names may come first."""


# ---------------------------------------------------------------- signs


@cache
def _cues() -> tuple[FormIndex[tuple[int, bool]], FormIndex[tuple[int, bool]]]:
    rows = list(read_table("cues.tsv"))
    english, chinese = (
        [
            (form, (number, kind == "verb"))
            for number, (kind, *columns) in enumerate(rows)
            for form in columns[column].split(";")
        ]
        for column in (0, 1)
    )
    return FormIndex(english, in_chinese=False), FormIndex(chinese, in_chinese=True)


def _landmarks(
    english: str, chinese: str, places: tuple[Sequence[Place[Who]], Sequence[Place[Who]]]
) -> Iterator[tuple[list[Sign], list[Sign]]]:
    taken = tuple(
        {place for _who, span in side for place in range(span.start, span.end)} for side in places
    )
    for word, here, there in find_landmarks(english, chinese, (taken[0], taken[1])):
        yield [Sign(span, word) for span in here], [Sign(span, word) for span in there]


def _english_signs(text: str) -> Iterator[Sign]:
    seen: dict[str, Office] = {}
    for office in find_offices(text):
        yield Sign(office.span, seen.setdefault(office.text, office))
    lower = text.lower()
    if len(lower) == len(text):
        yield from _cue_signs(_cues()[0], lower)


def _chinese_signs(text: str) -> Iterator[Sign]:
    seen: dict[str, HanOffice] = {}
    for office in find_han_offices(text):
        if not office.is_body:
            yield Sign(office.span, seen.setdefault(office.text, office))
    yield from _cue_signs(_cues()[1], text)


def _cue_signs(index: FormIndex[tuple[int, bool]], text: str) -> Iterator[Sign]:
    for found in index.find(text):
        for number, is_action in found.values:
            yield Sign(found.span, number, is_action)


# ---------------------------------------------------------------- whose sign it is


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language tells where what is said of a person begins and ends."""

    list_gap: re.Pattern[str]
    """Between two persons of whom the same may be said."""
    apart: re.Pattern[str]
    """Not between a title and the name behind it."""
    stop: re.Pattern[str]
    """Not between a name and what is said behind it."""
    close_after: re.Pattern[str]
    """Between a name and what is said of it right behind."""
    close_before: re.Pattern[str]
    """Between what is said of a person and the name right behind it."""
    several: re.Pattern[str] | None
    """Between several names and the office of them all."""
    toward: re.Pattern[str] | None
    """Between two names of which the second is what the first acts on, before the verb."""


ENGLISH = Grammar(
    list_gap=pattern(r"\s*(?:,|;)?\s*(?:and|&|with|as well as)?\s*"),
    apart=pattern(r"[,;:.()!?“”\u2014]|\band\b|\bwith\b"),
    stop=pattern(r"[;:!?“”]|\.(?=\s|$)"),
    close_after=pattern(
        r"(?:'s)?,? \(?(?:of |from )?(?:at present |currently |now |then |previously |formerly )?"
        r"(?:the |an? |its |his |her |their )?(?:current |present |former |new )?"
    ),
    close_before=pattern(r"\s*"),
    several=None,
    toward=None,
)
CHINESE = Grammar(
    list_gap=pattern(r"\s*[、，]?\s*[和与及同跟]?\s*"),
    apart=pattern(r"[，。；：、（）！？“”\u2014]|[与和及由]"),
    stop=pattern(r"[。；！？”]"),
    close_after=pattern(r"[ （]{0,2}"),
    close_before=pattern(r"\s*(?:的|选手|运动员|球员|代表|学者|作家|画家|歌手|艺术家)?"),
    several=pattern(r"等?[\d两二三四五六七八九十]+[位名人]"),
    toward=pattern("[向给]"),
)


@dataclass(frozen=True, slots=True)
class Owned:
    """A sign and the place of the person whom it is said of."""

    sign: Sign
    place: int
    is_close: bool
    is_behind: bool
    """Whether the sign stands behind the name."""


def _parts(
    text: str, places: Sequence[Place[Who]], signs: Iterable[Sign], grammar: Grammar
) -> dict[Who, Part]:
    parts: dict[Who, Part] = {person: Part() for person, _span in places}
    owned = list(_owned(text, places, signs, grammar))
    own = {one.place for one in owned if one.is_behind and one.is_close}
    groups = _groups(text, places, grammar)
    narrow = -1
    for one in owned:
        narrow = one.place if _is_for_one(one) else narrow if narrow == one.place else -1
        shares = _sharers(one, text, places, groups[one.place], grammar, narrow >= 0)
        for index in shares:
            if index == one.place or index not in own:
                parts[places[index][0]].keys.add(one.sign.key)
        if one.is_close:
            parts[places[one.place][0]].close.add(one.sign.key)
    return parts


def _owned(
    text: str, places: Sequence[Place[Who]], signs: Iterable[Sign], grammar: Grammar
) -> Iterator[Owned]:
    after = 0
    for sign in sorted(signs, key=lambda sign: sign.span.start):
        while after < len(places) and places[after][1].start < sign.span.end:
            after += 1
        if after and sign.span.start < places[after - 1][1].end:
            continue
        owner = _owner(text, places, after, sign, grammar)
        if owner:
            yield owner


def _is_for_one(owned: Owned) -> bool:
    """Tell whether an English office is in the singular."""
    return isinstance(owned.sign.key, Office) and not owned.sign.key.is_plural


def _sharers(
    one: Owned,
    text: str,
    places: Sequence[Place[Who]],
    group: range,
    grammar: Grammar,
    is_narrow: bool,
) -> Iterable[int]:
    """Return the places of all persons whom a sign is said of."""
    if one.sign.is_action:
        return _doers(one, text, places, grammar)
    if grammar.several is None:
        return (one.place,) if is_narrow else group
    if one.is_behind and one.is_close and isinstance(one.sign.key, HanOffice):
        return (one.place,)
    return group


def _doers(one: Owned, text: str, places: Sequence[Place[Who]], grammar: Grammar) -> Iterable[int]:
    """Return the persons who do something together: all before it in the sentence."""
    first = one.place
    while one.is_behind and first and one.place - first < MOST_DOERS:
        if grammar.stop.search(text, places[first - 1][1].end, places[first][1].start):
            break
        first -= 1
    return range(first, one.place + 1)


MOST_DOERS = 12


def _groups(text: str, places: Sequence[Place[Who]], grammar: Grammar) -> list[range]:
    """Return for each place those of the persons with whom it stands in a bare list."""
    groups: list[range] = []
    start = 0
    for index in range(len(places)):
        is_last = index + 1 == len(places)
        gap = "" if is_last else text[places[index][1].end : places[index + 1][1].start]
        if is_last or not grammar.list_gap.fullmatch(gap):
            groups += [range(start, index + 1)] * (index + 1 - start)
            start = index + 1
    return groups


def _owner(
    text: str, places: Sequence[Place[Who]], after: int, sign: Sign, grammar: Grammar
) -> Owned | None:
    """Return whom a sign is said of.

    Args:
        text: Where all this stands.
        places: The persons.
        after: The first place behind the sign.
        sign: What is said.
        grammar: How the language orders it.
    """
    ahead = text[sign.span.end : places[after][1].start] if after < len(places) else None
    if ahead is not None and not sign.is_action and grammar.close_before.fullmatch(ahead):
        return Owned(sign, after, is_close=True, is_behind=False)
    behind = text[places[after - 1][1].end : sign.span.start] if after else None
    may_be_behind = behind is not None and not grammar.stop.search(behind)
    if sign.is_action and may_be_behind and after > 1:
        gap = text[places[after - 2][1].end : places[after - 1][1].start]
        if grammar.toward and grammar.toward.search(gap) and not grammar.stop.search(gap):
            return Owned(sign, after - 2, is_close=True, is_behind=True)
    if behind is not None and may_be_behind and grammar.close_after.fullmatch(behind):
        return Owned(sign, after - 1, is_close=True, is_behind=True)
    is_ahead = ahead is not None and not grammar.apart.search(_behind_link(text, sign, ahead))
    if is_ahead and (not sign.is_action or not may_be_behind or PASSIVE.search(ahead or "")):
        return Owned(sign, after, is_close=False, is_behind=False)
    return Owned(sign, after - 1, is_close=False, is_behind=True) if may_be_behind else None


def _behind_link(text: str, sign: Sign, ahead: str) -> str:
    """Return what stands between a sign and a name, without the links within a body's name.

    ``与北海市海洋与渔业局副局长``: the first 与 has parted two persons already.
    """
    before = text[max(0, sign.span.start - 1) : sign.span.start]
    return LINKS.sub("", ahead) if before and before in "与和及、，；同" else ahead


LINKS = pattern("[与和及]")
PASSIVE = pattern(r"^ by ")


# ---------------------------------------------------------------- straight or crosswise


def _fit_crosswise(
    pair: tuple[Who, Who],
    straight: Mapping[Who, int],
    parts: tuple[Mapping[Who, Part], Mapping[Who, Part]],
) -> bool:
    (one, other), (english, chinese) = pair, parts
    first = _likeness(english[one], chinese[other])
    second = _likeness(english[other], chinese[one])
    if first + second <= straight[one] + straight[other]:
        return False
    if first and second:
        return True
    return not (straight[one] or straight[other]) and (
        _is_close(english[one], chinese[other]) or _is_close(english[other], chinese[one])
    )


def _likeness(english: Part, chinese: Part) -> int:
    return _matches(english.keys, chinese.keys)


def _is_close(english: Part, chinese: Part) -> bool:
    return _matches(english.close, chinese.close) > 0


def _matches(english: set[Hashable], chinese: set[Hashable]) -> int:
    """Return how many of the things said of one person are said of the other as well."""
    same = sum(key in chinese for key in english if not isinstance(key, Office))
    offices = [key for key in chinese if isinstance(key, HanOffice)]
    fitting = sum(
        any(is_rendering(key, office) for office in offices)
        for key in english
        if isinstance(key, Office)
    )
    return same + fitting
