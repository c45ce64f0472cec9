"""What a document calls an organization, and the one text that calls it otherwise."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pubkit.model import Span
from pubkit.names.agreed_forms import near_misses
from pubkit.names.left_forms import ACRONYM, introduced_acronyms, is_in_brackets
from pubkit.names.misspellings import is_misspelt
from pubkit.names.organizations.heads import HEAD_HERE, head_of
from pubkit.names.organizations.homophones import other_spellings
from pubkit.names.organizations.phrases import Phrase, find_han_organizations
from pubkit.names.organizations.unagreed import Doubt, DoubtKind
from pubkit.names.units import plain_word, read_characters
from pubkit.patterns import pattern
from pubkit.values import dataclass


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
TWICE = 2
"""Texts that are enough where something else tells, too."""
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


INTRODUCED = pattern(r"\s?\(([A-Z][A-Z0-9&]{1,7})\)")


def _learn(name: tuple[str, str], numbers: list[int], chinese: Sequence[str]) -> Learnt | None:
    texts = [chinese[number] for number in numbers]
    rendering = _up_to_head(_common(texts[:MANY]))
    if len(rendering) <= len(head_of(rendering)) + 1:
        return None
    without = [number for number in numbers if rendering not in chinese[number]]
    if len(without) != 1:
        return None
    naming = set(numbers)
    apart = [text for number, text in enumerate(chinese[:1000]) if number not in naming]
    if sum(rendering in text for text in apart) * 20 > len(apart):
        return None
    return Learnt(*name, rendering, without[0])


def _up_to_head(common: str) -> str:
    """Return what texts have in common without what follows the head of the name."""
    ends = [match.end() for match in HEAD_HERE.finditer(common) if len(match[0]) > 1]
    return common[: ends[-1]] if ends else common


SHORTEST, LONGEST = 3, 14


def _common(texts: Sequence[str]) -> str:
    """Return the longest Han string that all texts but one at most have."""
    runs = [
        run for text in sorted(texts, key=len)[:2] for run in HAN_RUNS.findall(text[:LONG_TEXT])
    ]
    common = {form for form in _forms(runs, SHORTEST) if _is_common(form, texts)}
    best = min(common, default="")
    for length in range(SHORTEST + 1, LONGEST + 1):
        grown = {one for one in _forms(runs, length) if one[:-1] in common and one[1:] in common}
        common = {form for form in grown if _is_common(form, texts)}
        if not common:
            break
        best = min(common)
    return best


def _forms(runs: Iterable[str], length: int) -> set[str]:
    return {run[i : i + length] for run in runs for i in range(len(run) - length + 1)}


def _is_common(form: str, texts: Sequence[str]) -> bool:
    return sum(form in text for text in texts) >= len(texts) - 1


LONG_TEXT = 400
HAN_RUNS = pattern(r"[\u3400-\u9fff]{3,}")


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


HAN_RUN = pattern(r"[\u3400-\u9fff]+")


def slips_in_chinese(texts: Sequence[BilingualText]) -> Iterator[tuple[int, Doubt]]:
    """Yield the number of each Chinese text that calls a name otherwise, and what it calls it."""
    for learnt in learn_renderings(texts):
        doubt = slip_in_chinese(learnt, texts[learnt.exception].chinese)
        if doubt:
            yield learnt.exception, doubt
    yield from _acronyms_left(texts)
    yield from _other_spellings(texts)


def _other_spellings(texts: Sequence[BilingualText]) -> Iterator[tuple[int, Doubt]]:
    """Yield the names in pinyin that a text writes with other characters than the rest."""
    found = other_spellings([text.english for text in texts], [text.chinese for text in texts])
    for number, name, span, usual in found:
        form = texts[number].chinese[span.start : span.end]
        kind = DoubtKind.WRONG
        yield number, Doubt(kind=kind, name=name, span=span, found=form, wanted=usual)


def _acronyms_left(texts: Sequence[BilingualText]) -> Iterator[tuple[int, Doubt]]:
    """Yield the acronyms that one translation alone leaves as they are."""
    meant = {
        found[1]: phrase.text
        for text in texts
        for phrase in text.named
        if (found := INTRODUCED.match(text.english, phrase.span.end))
    }
    for acronym, name in meant.items():
        pattern = re.compile(rf"(?<![A-Za-z0-9]){re.escape(acronym)}(?![A-Za-z0-9])")
        naming = {number for number, text in enumerate(texts) if pattern.search(text.english)}
        places = [
            (number, Span(*match.span()))
            for number in naming
            for match in pattern.finditer(texts[number].chinese)
        ]
        numbers = {number for number, _span in places}
        is_introduced = any(
            acronym in introduced_acronyms(texts[number].chinese) for number in numbers
        )
        if len(naming) >= OFTEN and len(numbers) == 1 and not is_introduced:
            number, span = places[0]
            yield number, Doubt(kind=DoubtKind.UNTRANSLATED, name=name, span=span, found=acronym)


def slips_in_english(texts: Sequence[BilingualText]) -> Iterator[tuple[int, Doubt]]:
    """Yield the number of each English text with a name that others spell otherwise.

    A name that one text alone has, and that differs from a common one in a word: in its letters
    or, where the Chinese is the same, altogether.
    """
    places: dict[Words, list[tuple[int, Phrase]]] = {}
    for number, text in enumerate(texts):
        for phrase in text.named:
            key = tuple(plain_word(word) for word in phrase.text.split())
            places.setdefault(key, []).append((number, phrase))
    for words, right in _neighbours(places):
        number, phrase = places[words][0]
        meant = [other for other, _phrase in places[right]]
        at = next(i for i, word in enumerate(words) if word != right[i])
        is_alike = words[at][:ALIKE] == right[at][:ALIKE] or len(words) > SHORTEST
        if is_misspelt(right[at], words[at]) or (
            is_alike and _is_same_in_chinese(meant, number, texts)
        ):
            name = places[right][0][1].text
            yield (
                number,
                Doubt(
                    kind=DoubtKind.WRONG,
                    name=name,
                    span=phrase.span,
                    found=phrase.text,
                    wanted=name,
                ),
            )


ALIKE = 2
"""Letters: where a name of two words begins otherwise, it is another one."""
Words = tuple[str, ...]


def _neighbours(
    places: Mapping[Words, Sequence[tuple[int, Phrase]]],
) -> Iterator[tuple[Words, Words]]:
    """Yield each name of one text with each name of several that differs from it in one word."""
    texts = {words: {number for number, _phrase in found} for words, found in places.items()}
    masked: dict[Words, list[Words]] = {}
    for words in places:
        for place in range(len(words)):
            masked.setdefault((*words[:place], "", *words[place + 1 :]), []).append(words)
    for alike in masked.values():
        common = [words for words in alike if len(texts[words]) >= TWICE]
        rare = [words for words in alike if len(texts[words]) == 1]
        yield from ((words, right) for words in rare for right in common)


def _is_same_in_chinese(meant: Iterable[int], number: int, texts: Sequence[BilingualText]) -> bool:
    """Tell whether the Chinese of some texts has an organization in common."""
    common = _common_names([texts[number].chinese for number in meant])
    return any(name in texts[number].chinese for name in common)


def _common_names(texts: Sequence[str]) -> set[str]:
    names = [
        {phrase.text[-SHORTEST_NAME:] for phrase in find_han_organizations(text)} for text in texts
    ]
    return set.intersection(*names) if names else set()


SHORTEST_NAME = 4
