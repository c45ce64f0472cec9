"""Names of an English source that differ in one letter from others."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pubkit.checks.pair import SourceTexts
from pubkit.checks.source.words import SMALL, SourceWords, Variant, Words, read_words, split_words
from pubkit.model import TermKind
from pubkit.names.offices import find_offices
from pubkit.names.romanized import find_names
from pubkit.names.variants import is_one_slip


@dataclass(frozen=True, kw_only=True, eq=False)
class _Names:
    """What a source writes with capitals, and where."""

    read: SourceWords
    places: Mapping[Words, Sequence[int]]
    agreed: frozenset[Words]
    persons: frozenset[Words]

    def texts_of(self, words: Words) -> list[str]:
        """Return the texts that have a name."""
        indexes = dict.fromkeys(map(self.read.index_at, self.places[words]))
        return [self.read.texts[index][1] for index in indexes]


def find_name_variants(source: SourceTexts) -> Iterator[Variant]:
    """Yield the names that stand once, and differ in one letter from a usual one."""
    names = source.once(_names)
    usual = [words for words, places in names.places.items() if len(places) > 1]
    usual += [words for words in names.agreed & names.places.keys() if words not in set(usual)]
    by_gap: defaultdict[Words, list[Words]] = defaultdict(list)
    for words in usual:
        for key in _with_gaps(words):
            by_gap[key].append(words)
    for rare, places in names.places.items():
        if len(places) > 1 or rare in names.agreed:
            continue
        for key in _with_gaps(rare):
            for other in by_gap.get(key, ()):
                if _is_misspelt(rare, other) and _is_slip(rare, other, names):
                    yield Variant(" ".join(rare), " ".join(other), names.read.segment_at(places[0]))


def _with_gaps(words: Words) -> Iterator[Words]:
    """Yield the words without each of them: what they share with words that differ in one."""
    if len(words) == 2:
        yield words[0], ""
        yield "", words[1]
        return
    for place in range(len(words)):
        yield (*words[:place], "", *words[place + 1 :])


LONG_NAME = 4
"""Words: shorter ones are taken for names of persons alone, and only if they are some."""


def _names(source: SourceTexts) -> _Names:
    read = source.once(read_words)
    found: defaultdict[Words, list[int]] = defaultdict(list)
    for run, places in read.capitals.items():
        words = split_words(run)
        for part in (*pairwise(words), *zip(words, words[1:], words[2:], strict=False)):
            if SMALL.isdisjoint(part):
                found[part] += places
        if len(words) >= LONG_NAME:
            found[words] += places
    terms = source.termbase.terms
    return _Names(
        read=read,
        places=found,
        agreed=frozenset(split_words(term.source) for term in terms),
        persons=frozenset(
            split_words(term.source) for term in terms if term.kind is TermKind.PERSON
        ),
    )


LONG_WORD = 6


def _is_misspelt(rare: Words, usual: Words) -> bool:
    """Tell whether one slip in one word makes one name of another."""
    one, other = next(pair for pair in zip(rare, usual, strict=True) if pair[0] != pair[1])
    if one in SMALL or other in SMALL or one.isupper() or other.isupper():
        return False
    if len(rare) >= LONG_NAME and min(len(one), len(other)) < LONG_WORD:
        return False
    return is_one_slip(one.casefold(), other.casefold())


def _is_slip(rare: Words, usual: Words, names: _Names) -> bool:
    """Tell whether a name that occurs once is rather a slip than another name."""
    if len(rare) < LONG_NAME:
        if _are_together(rare, usual, names.texts_of(rare)[0]):
            return False
        if usual in names.persons:
            return True
        if not _is_person(usual, names):
            return False
    return not _has_own_office(rare, usual, names)


def _is_person(words: Words, names: _Names) -> bool:
    found = find_names(names.texts_of(words)[0])
    return any(split_words(name.text) == words for name in found)


def _are_together(rare: Words, usual: Words, text: str) -> bool:
    """Tell whether one sentence names both: they are two persons then."""
    sentences = re.split(r"(?<=[a-z][.!?])[”’\"']?\s+(?=[A-Z“])", text)
    forms = (" ".join(rare), " ".join(usual))
    return any(all(form in sentence for form in forms) for sentence in sentences)


OFFICE_DISTANCE = 60
MOST_TEXTS = 20


def _has_own_office(rare: Words, usual: Words, names: _Names) -> bool:
    """Tell whether the rare name is introduced with an office that the usual one never has."""
    offices = _offices_beside(rare, names.texts_of(rare))
    return bool(offices) and not offices & _offices_beside(usual, names.texts_of(usual))


def _offices_beside(words: Words, texts: Sequence[str]) -> set[str]:
    name = re.compile(r"[ \u00a0]".join(map(re.escape, words)))
    found: set[str] = set()
    for raw in texts[:MOST_TEXTS]:
        text = raw.replace("’", "'")
        for match in name.finditer(text):
            before = text[max(0, match.start() - OFFICE_DISTANCE) : match.start()]
            after = text[match.end() : match.end() + OFFICE_DISTANCE]
            for part in (re.split(r"[,;.] ", before)[-1], re.split(r"[;.] ", after)[0]):
                found.update(office.base for office in find_offices(part))
    return found
