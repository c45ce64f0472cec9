"""Names of an English source that differ in one letter from others."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from pubkit.checks.pair import SourceTexts
from pubkit.checks.source.words import (
    RUN,
    SMALL,
    SourceWords,
    Variant,
    pattern_of,
    read_words,
    split_words,
)
from pubkit.model import Role, Segment, TermKind
from pubkit.names.persons.finding.romanized import find_names
from pubkit.names.titles.offices import find_offices
from pubkit.names.variants import is_one_slip


@dataclass(frozen=True, kw_only=True, eq=False)
class _Names:
    """What a source writes with capitals, each word but one space from the next."""

    read: SourceWords
    numbers: Mapping[str, int]
    """How often each stands there."""
    agreed: frozenset[str]
    persons: frozenset[str]

    def texts_of(self, name: str) -> Iterator[str]:
        """Yield the texts that have a name."""
        return (text for _segment, text in self.read.texts_with(name))

    def segment_of(self, name: str) -> Segment:
        """Return the first segment that has a name."""
        return next(self.read.texts_with(name))[0]


def find_name_variants(source: SourceTexts) -> Iterator[Variant]:
    """Yield the names that stand once, and differ in one letter from a usual one."""
    names = _read_names(source)
    usual = {name for name, number in names.numbers.items() if number > 1}
    usual.update(names.agreed & names.numbers.keys())
    by_gap: defaultdict[str, list[str]] = defaultdict(list)
    for name in usual:
        for key in _with_gaps(name):
            by_gap[key].append(name)
    yield from _slips_of_usual_names(by_gap, names, usual)
    yield from _slips_of_captions(names)


def _slips_of_usual_names(
    by_gap: Mapping[str, Sequence[str]], names: _Names, usual: Collection[str]
) -> Iterator[Variant]:
    for rare in names.numbers.keys() - usual:
        for key in _with_gaps(rare):
            for other in by_gap.get(key, ()):
                if _is_misspelt(rare, other) and _is_slip(rare, other, names):
                    yield Variant(rare, other, names.segment_of(rare))


def _slips_of_captions(names: _Names) -> Iterator[Variant]:
    """Yield the names of captions that differ in one letter from one introduced in the text.

    Both may stand once only: who is shown is spoken of.
    """
    shown = [text for segment, text in names.read.texts if segment.role is Role.CAPTION]
    rare = [
        name
        for run in dict.fromkeys(RUN.findall("\n".join(shown)))
        for name in _names_in(split_words(run))
        if name not in names.agreed
        and names.numbers.get(name) == 1
        and name.count(" ") < LONG_NAME - 1
    ]
    if not rare:
        return
    by_gap: defaultdict[str, list[str]] = defaultdict(list)
    for name, number in names.numbers.items():
        if number == 1 and name.count(" ") == 1:
            for key in _with_gaps(name):
                by_gap[key].append(name)
    for name in rare:
        for key in _with_gaps(name):
            for other in by_gap.get(key, ()):
                if (
                    other != name
                    and _is_misspelt(name, other)
                    and _is_introduced(other, name, names)
                ):
                    yield Variant(name, other, names.segment_of(name))


def _is_introduced(name: str, shown: str, names: _Names) -> bool:
    """Tell whether a person has an office in the text, and the one that is shown has none."""
    if _are_together(shown, name, names.texts_of(shown)) or not _is_person(name, names):
        return False
    return bool(_offices_beside(name, names)) and not _offices_beside(shown, names)


def _with_gaps(name: str) -> Sequence[str]:
    """Return a name without each of its words: what it shares with names that differ in one."""
    words = name.split(" ")
    if len(words) == SHORTEST_NAME:
        return f"{words[0]} ", f" {words[1]}"
    return [" ".join((*words[:at], "", *words[at + 1 :])) for at in range(len(words))]


SHORTEST_NAME = 2
LONG_NAME = 4
"""Words: shorter ones are taken for names of persons alone, and only if they are some."""


def _read_names(source: SourceTexts) -> _Names:
    read = source.once(read_words)
    numbers: defaultdict[str, int] = defaultdict(int)
    for run, number in read.capitals.items():
        for name in _names_in(split_words(run)):
            numbers[name] += number
    agreed = {" ".join(split_words(term.source)): term.kind for term in source.termbase.terms}
    persons = (name for name, kind in agreed.items() if kind is TermKind.PERSON)
    return _Names(read=read, numbers=numbers, agreed=frozenset(agreed), persons=frozenset(persons))


def _names_in(words: Sequence[str]) -> Iterator[str]:
    """Yield the parts of a run of capitals that may be persons' names, and a long one itself."""
    for one, other in pairwise(words):
        if one not in SMALL and other not in SMALL:
            yield f"{one} {other}"
    if len(words) > SHORTEST_NAME:
        for part in zip(words, words[1:], words[2:], strict=False):
            if SMALL.isdisjoint(part):
                yield " ".join(part)
    if len(words) >= LONG_NAME:
        yield " ".join(words)


LONG_WORD = 6


def _is_misspelt(rare: str, usual: str) -> bool:
    """Tell whether one slip in one word makes one name of another."""
    words = rare.split(" ")
    pairs = zip(words, usual.split(" "), strict=True)
    one, other = next(pair for pair in pairs if pair[0] != pair[1])
    if one in SMALL or other in SMALL or one.isupper() or other.isupper():
        return False
    if f"{one}s" == other or f"{other}s" == one:
        return False
    if len(words) >= LONG_NAME and min(len(one), len(other)) < LONG_WORD:
        return False
    return is_one_slip(one.casefold(), other.casefold())


def _is_slip(rare: str, usual: str, names: _Names) -> bool:
    """Tell whether a name that occurs once is rather a slip than another name."""
    if len(rare.split(" ")) < LONG_NAME:
        if _are_together(rare, usual, names.texts_of(rare)):
            return False
        if usual in names.persons:
            return True
        if not _is_person(usual, names):
            return False
    return not _has_own_office(rare, usual, names)


def _is_person(name: str, names: _Names) -> bool:
    text = next(names.texts_of(name), "")
    return any(" ".join(split_words(found.text)) == name for found in find_names(text))


def _are_together(rare: str, usual: str, texts: Iterable[str]) -> bool:
    """Tell whether one sentence names both: they are two persons then."""
    forms = pattern_of(rare), pattern_of(usual)
    return any(
        all(form.search(sentence) for form in forms)
        for text in texts
        for sentence in re.split(r"(?<=[a-z][.!?])[”’\"']?\s+(?=[A-Z“])", text)
    )


OFFICE_DISTANCE = 60
MOST_TEXTS = 20


def _has_own_office(rare: str, usual: str, names: _Names) -> bool:
    """Tell whether the rare name is introduced with an office that the usual one never has."""
    offices = _offices_beside(rare, names)
    return bool(offices) and not offices & _offices_beside(usual, names)


def _offices_beside(name: str, names: _Names) -> set[str]:
    found: set[str] = set()
    for text in islice(names.texts_of(name), MOST_TEXTS):
        for match in pattern_of(name).finditer(text):
            before = text[max(0, match.start() - OFFICE_DISTANCE) : match.start()]
            after = text[match.end() : match.end() + OFFICE_DISTANCE]
            for part in (re.split(r"[,;.] ", before)[-1], re.split(r"[;.] ", after)[0]):
                found.update(office.base for office in find_offices(part))
    return found
