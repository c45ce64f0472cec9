"""Are organizations of which nobody has agreed on a rendering in a translation at all?

Only the head words tell: where the source has a hospital, the translation has one. What the rest
of the name should be can be learnt from a document that names it again and again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pubkit.model import Span
from pubkit.names.agreed_forms import near_misses
from pubkit.names.left_forms import ACRONYM, is_in_brackets
from pubkit.names.misspellings import is_misspelt
from pubkit.names.organization_heads import (
    HEAD_HERE,
    head_of,
    heads_in_chinese,
    renderings_of,
    sure_heads,
)
from pubkit.names.organization_phrases import (
    HAN_HEAD,
    Phrase,
    find_han_organizations,
    has_head,
    heads_in_english,
)
from pubkit.names.units import plain_word, read_characters, read_words


class DoubtKind(StrEnum):
    """What seems to be wrong with an organization."""

    MISSING = "missing"
    WRONG = "wrong"
    UNTRANSLATED = "untranslated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An organization that does not seem to be in the translation as it should."""

    kind: DoubtKind
    name: str
    span: Span | None = None
    found: str = ""
    wanted: str = ""
    is_certain: bool = False


# ---------------------------------------------------------------- one text


def doubts_in_chinese(
    english: str, chinese: str, named: Iterable[Phrase], agreed: Sequence[Span]
) -> Iterator[Doubt]:
    """Yield the organizations of an English text that its Chinese translation lacks.

    Args:
        english: The text to translate.
        chinese: The translation.
        named: The organizations that the English text names.
        agreed: Where the source names what the termbase knows.
    """
    if not has_head(english):
        return
    phrases: dict[str, list[Phrase]] = {}
    for phrase in named:
        if any(span.start < phrase.span.end and phrase.span.start < span.end for span in agreed):
            continue
        left = _left_in(chinese, phrase)
        if left:
            yield left
        else:
            phrases.setdefault(phrase.head, []).append(phrase)
    foreign = None if ACRONYM.search(english) else _foreign_head(english, chinese)
    told = False
    for head, named in phrases.items():
        names = _distinct(named)
        lost = len(names) - len(renderings_of(head, chinese))
        if lost > 0 and (lost == len(names) or head not in LOOSE):
            told = True
            yield _doubt(names, foreign, chinese)
    if foreign and not told and not agreed:
        word = _lost_head(english, chinese)
        if word:
            yield _doubt([word], foreign, chinese)


def _lost_head(english: str, chinese: str) -> str:
    """Return a capitalised head of which the Chinese text has nothing."""
    for match in CAPITALISED_WORD.finditer(english):
        if match[0].lower() in sure_heads() and not renderings_of(match[0].lower(), chinese):
            return match[0]
    return ""


CAPITALISED_WORD = re.compile(r"\b[A-Z][a-z]+")

LOOSE = frozenset({"department", "faculty", "school", "college", "center", "centre", "office"})
"""Heads that Chinese names once for several."""


def _distinct(phrases: Iterable[Phrase]) -> list[str]:
    """Return the names, none of which is a part of another."""
    names = list(dict.fromkeys(phrase.text for phrase in phrases))
    return [name for name in names if not any(name in one for one in names if one != name)]


def _doubt(names: Sequence[str], foreign: Span | None, target: str) -> Doubt:
    return Doubt(
        kind=DoubtKind.WRONG if foreign else DoubtKind.MISSING,
        name=" / ".join(names),
        span=foreign,
        found=target[foreign.start : foreign.end] if foreign else "",
    )


_COMPANIES = """
    inc ltd limited co corp corporation plc llc gmbh group holdings holding company securities
    press
"""
COMPANIES = frozenset(_COMPANIES.split())
"""Their names often stay as they are."""


def _left_in(chinese: str, phrase: Phrase) -> Doubt | None:
    """Tell whether a translation has an English name as it is, and does not explain it."""
    for match in re.finditer(rf"(?<![A-Za-z]){re.escape(phrase.text)}(?![A-Za-z])", chinese):
        span = Span(*match.span())
        is_explained = EXPLANATION.match(chinese, span.end)
        if not is_explained and not is_in_brackets(span, chinese):
            return Doubt(
                kind=DoubtKind.UNTRANSLATED,
                name=phrase.text,
                span=span,
                found=phrase.text,
                is_certain=phrase.head not in COMPANIES,
            )
    return None


EXPLANATION = re.compile(r"\s?[（(][^（()）]*[\u3400-\u9fff]|[》”\"]")


def _foreign_head(english: str, chinese: str) -> Span | None:
    """Find a Chinese head that renders no word of the source: 诊所, where it has a hospital."""
    words = set(read_words(english).items)
    for match in HAN_HEAD.finditer(chinese):
        if not heads_in_english()[match[0]] & words:
            return Span(*match.span())
    return None


def doubts_in_english(
    chinese: str, english: str, named: Sequence[Phrase], agreed: Sequence[Span]
) -> Iterator[Doubt]:
    """Yield the organizations of a Chinese text that its English translation lacks."""
    phrases = [
        phrase
        for phrase in find_han_organizations(chinese)
        if not any(s.start < phrase.span.end and phrase.span.start < s.end for s in agreed)
    ]
    told = False
    words = read_words(english).items
    by_head: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_head.setdefault(phrase.head, []).append(phrase)
    for head, (first, *_others) in () if ACRONYM.search(english) else by_head.items():
        if not any(_renders(word, heads_in_english()[head]) for word in words):
            told = True
            yield _doubt([first.text], _foreign_word(chinese, named), english)

    foreign = None if told or agreed else _foreign_word(chinese, named)
    if foreign:
        yield _doubt([], foreign, english)


def _renders(word: str, renderings: Iterable[str]) -> bool:
    return any(word == one or (len(one) > SHORT and word.startswith(one)) for one in renderings)


SHORT = 3


def _foreign_word(chinese: str, named: Iterable[Phrase]) -> Span | None:
    """Find the head of an English name that renders nothing of the source."""
    for phrase in named:
        if not any(head in chinese for head in _hints_of(phrase.head)):
            return phrase.span
    return None


@cache
def _hints_of(head: str) -> tuple[str, ...]:
    """Return what in a Chinese text may be the reason for an English head."""
    return (*heads_in_chinese()[head], *KIN.get(head, ""))


KIN = {
    "university": "校",
    "college": "校院",
    "school": "校院",
    "institute": "校",
    "hospital": "院",
    "clinic": "诊",
    "company": "司企业",
    "corporation": "企",
    "association": "协联",
    "society": "协联",
    "department": "门",
    "ltd": "司企",
    "limited": "司企",
    "co": "司企",
    "group": "司企",
    "committee": "委",
    "team": "人员",
}
"""What is called 该校 in Chinese is “the University”."""


# ---------------------------------------------------------------- a document


@dataclass(frozen=True, slots=True, kw_only=True)
class BilingualText:
    """One text of a document in both languages."""

    english: str
    chinese: str
    named: Sequence[Phrase]
    """The organizations that the English names."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """A rendering that all texts have that name something, but for one."""

    name: str
    acronym: str
    rendering: str
    exception: int
    """The number of the text that does not have it."""


def learn_renderings(texts: Sequence[BilingualText]) -> Iterator[Learnt]:
    """Yield the Chinese renderings of names that all texts of a document but one have."""
    naming = _namings(texts)
    chinese = [text.chinese for text in texts]
    for name, numbers in naming.items():
        if len(numbers) >= OFTEN:
            learnt = _learn(name, sorted(numbers), chinese)
            if learnt:
                yield learnt


OFTEN = 3
MANY = 30
"""Texts that are enough to learn from."""


def _namings(texts: Iterable[BilingualText]) -> dict[tuple[str, str], set[int]]:
    """Return the texts that have each name, in full or by the acronym introduced with it."""
    full: dict[str, set[int]] = {}
    short: dict[str, set[int]] = {}
    together: dict[str, str] = {}
    for number, text in enumerate(texts):
        for phrase in text.named:
            full.setdefault(phrase.text, set()).add(number)
            introduced = INTRODUCED.match(text.english, phrase.span.end)
            if introduced:
                together[phrase.text] = introduced[1]
        for acronym in ACRONYM.findall(text.english) if together else ():
            short.setdefault(acronym, set()).add(number)
    return {
        (name, together.get(name, "")): numbers | short.get(together.get(name, ""), set())
        for name, numbers in full.items()
    }


INTRODUCED = re.compile(r"\s?\(([A-Z][A-Z0-9&]{1,7})\)")


def _learn(name: tuple[str, str], numbers: list[int], chinese: Sequence[str]) -> Learnt | None:
    texts = [chinese[number] for number in numbers]
    rendering = _common(texts[:MANY])
    if not rendering:
        return None
    without = [number for number in numbers if rendering not in chinese[number]]
    if len(without) != 1:
        return None
    apart = [text for number, text in enumerate(chinese[:1000]) if number not in set(numbers)]
    if sum(rendering in text for text in apart) * 20 > len(apart):
        return None
    return Learnt(*name, rendering, without[0])


SHORTEST, LONGEST = 3, 14


def _common(texts: Sequence[str]) -> str:
    """Return the longest Han string that all texts but one at most have."""
    for length in range(LONGEST, SHORTEST - 1, -1):
        seen: set[str] = set()
        for text in sorted(texts, key=len)[:2]:
            for run in HAN_RUNS.findall(text[:LONG_TEXT]):
                seen.update(run[i : i + length] for i in range(len(run) - length + 1))
        for form in sorted(seen):
            if sum(form in text for text in texts) >= len(texts) - 1:
                return form
    return ""


LONG_TEXT = 400
HAN_RUNS = re.compile(r"[\u3400-\u9fff]{3,}")


def slip_in_chinese(learnt: Learnt, chinese: str) -> Doubt | None:
    """Return what stands in a text in the place of what all others have."""
    for form in (learnt.name, learnt.acronym):
        place = chinese.find(form) if form else -1
        if place >= 0 and not is_in_brackets(Span(place, place + len(form)), chinese):
            span = Span(place, place + len(form))
            return _learnt_doubt(DoubtKind.UNTRANSLATED, learnt, span, chinese)
    units = read_characters(chinese)
    for miss in near_misses(learnt.rendering, units, 1):
        shown = units.shown(miss.start, miss.end)
        is_as_long = len(shown) == len(learnt.rendering)
        is_whole = shown[-1:] == learnt.rendering[-1]  # 材料学, of 材料科学, is no slip of 材料院
        if is_as_long and is_whole and HAN_RUN.fullmatch(shown):
            return _learnt_doubt(DoubtKind.WRONG, learnt, units.span(miss.start, miss.end), chinese)
    stem = learnt.rendering[: len(learnt.rendering) - len(head_of(learnt.rendering))]
    for match in re.finditer(re.escape(stem), chinese) if len(stem) > 1 else ():
        head = HEAD_HERE.match(chinese, match.end())
        if head and len(head[0]) > 1 and stem != learnt.rendering:
            return _learnt_doubt(DoubtKind.WRONG, learnt, Span(match.start(), head.end()), chinese)
    return None


def _learnt_doubt(kind: DoubtKind, learnt: Learnt, span: Span, chinese: str) -> Doubt:
    return Doubt(
        kind=kind,
        name=learnt.name,
        span=span,
        found=chinese[span.start : span.end],
        wanted=learnt.rendering,
    )


HAN_RUN = re.compile(r"[\u3400-\u9fff]+")


def slips_in_chinese(texts: Sequence[BilingualText]) -> Iterator[tuple[int, Doubt]]:
    """Yield the number of each Chinese text that calls a name otherwise, and what it calls it."""
    for learnt in learn_renderings(texts):
        doubt = slip_in_chinese(learnt, texts[learnt.exception].chinese)
        if doubt:
            yield learnt.exception, doubt


def slips_in_english(texts: Sequence[BilingualText]) -> Iterator[tuple[int, Doubt]]:
    """Yield the number of each English text with a name that others spell otherwise.

    A name that one text alone has, and that differs from a common one in a word: in its letters
    or, where the Chinese is the same, altogether.
    """
    places: dict[tuple[str, ...], list[tuple[int, Phrase]]] = {}
    for number, text in enumerate(texts):
        for phrase in text.named:
            key = tuple(plain_word(word) for word in phrase.text.split())
            places.setdefault(key, []).append((number, phrase))
    masked: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for key in places:
        for place in range(len(key)):
            masked.setdefault((*key[:place], "", *key[place + 1 :]), []).append(key)
    for mask, keys in masked.items():
        common = [key for key in keys if len({number for number, _phrase in places[key]}) > 1]
        for key in keys if common else ():
            numbers = {number for number, _phrase in places[key]}
            for right in common if len(numbers) == 1 else ():
                at = mask.index("")
                meant = [number for number, _phrase in places[right]]
                if right != key and (
                    is_misspelt(right[at], key[at]) or _is_same_in_chinese(meant, numbers, texts)
                ):
                    number, phrase = places[key][0]
                    yield (
                        number,
                        Doubt(
                            kind=DoubtKind.WRONG,
                            name=places[right][0][1].text,
                            span=phrase.span,
                            found=phrase.text,
                            wanted=places[right][0][1].text,
                        ),
                    )


def _is_same_in_chinese(
    meant: Iterable[int], numbers: Iterable[int], texts: Sequence[BilingualText]
) -> bool:
    """Tell whether the Chinese of some texts has an organization in common."""
    common = _common_names([texts[number].chinese for number in meant])
    return any(name in texts[number].chinese for number in numbers for name in common)


def _common_names(texts: Sequence[str]) -> set[str]:
    names = [
        {phrase.text[-SHORTEST_NAME:] for phrase in find_han_organizations(text)} for text in texts
    ]
    return set.intersection(*names) if names else set()


SHORTEST_NAME = 4
