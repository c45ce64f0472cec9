"""One name in pinyin that a document writes with other characters: 岚屿航空, 岚峪航空."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pubkit.model import Span
from pubkit.names.organizations.heads import heads_in_chinese
from pubkit.names.organizations.lexicon import places, renderings
from pubkit.names.romanization.readings import simplified
from pubkit.names.romanization.surnames import pinyin_surnames
from pubkit.names.romanization.syllables import characters, segment
from pubkit.names.tables import read_words
from pubkit.names.units import plain_word
from pubkit.names.vocabulary import is_english_word
from pubkit.patterns import pattern

NAME = pattern(r"(?<![\w'’-])(?:([A-Z][\w'’-]+) )?([A-ZÜ][a-zü]+(?:['’][a-z]+)?) ([A-Z][\w'’-]+)")


def other_spellings(
    english: Sequence[str], chinese: Sequence[str]
) -> Iterator[tuple[int, str, Span, str]]:
    """Yield where a document writes a name otherwise than it usually does.

    Args:
        english: The English texts of a document.
        chinese: The Chinese text beside each.

    Yields:
        The number of a text, the name, its place in the Chinese, and the usual characters; where
        as many texts write one as the other, both.
    """
    naming = _naming(english)
    for word in _names(english):
        written = {
            number: spans
            for number in naming.get(word, ())[:MANY]
            if (spans := _spelt(word, simplified(chinese[number])))
        }
        for number, span, usual in _fewer(written, chinese):
            yield number, word, span, usual


MANY = 200
"""Texts that are enough to learn from."""
WORD = pattern(r"[A-ZÜ][a-zü]+(?:['’][a-z]+)?")


def _naming(english: Sequence[str]) -> Mapping[str, list[int]]:
    """Return the texts that have each capitalised word."""
    found: dict[str, list[int]] = {}
    for number, text in enumerate(english):
        for word in set(WORD.findall(text)):
            found.setdefault(word, []).append(number)
    return found


def _names(english: Sequence[str]) -> Iterator[str]:
    """Yield the names in pinyin that organizations begin with, but those of persons."""
    names: dict[str, None] = {}
    persons = set()
    for text in english:
        for match in NAME.finditer(text):
            before, word, behind = match.groups()
            if before and before.lower() in pinyin_surnames():
                persons.add(word)
            elif _is_kind(plain_word(behind)) and _ways(word):
                names[word] = None
    return (name for name in names if name not in persons)


def _is_kind(word: str) -> bool:
    return word in heads_in_chinese() or word in renderings()


@lru_cache(maxsize=4096)
def _ways(word: str) -> tuple[tuple[str, ...], ...]:
    lower = plain_word(word)
    if lower in renderings() or lower in places() or is_english_word(lower):
        return ()
    return tuple(way for way in segment(word) if len(way) > 1)


def _spelt(word: str, chinese: str) -> list[Span]:
    """Return where a text has characters that read as a name."""
    return [
        Span(start, start + len(way))
        for way in _ways(word)
        for start in range(len(chinese) - len(way) + 1)
        if all(
            sign in characters(syllable)
            for sign, syllable in zip(chinese[start:], way, strict=False)
        )
    ]


def _fewer(
    written: Mapping[int, list[Span]], chinese: Sequence[str]
) -> Iterator[tuple[int, Span, str]]:
    """Yield the texts with the rarer form of a name alone, where it stands, and the usual form."""
    places = {
        number: {chinese[number][span.start : span.end]: span for span in spans}
        for number, spans in written.items()
    }
    count = Counter(form for own in places.values() for form in own)
    behind = {
        form: {chinese[number][span.end : span.end + 1] for number, span in _where(form, places)}
        for form in count
    }
    for number, own in places.items():
        form, span = next(iter(own.items()))
        rivals = [one for one in count if one != form and count[one] >= count[form]]
        usual = max(rivals, key=count.__getitem__, default="")
        if len(own) == 1 and usual and form not in read_words("common-words.txt"):
            is_alike = bool(behind[form] & behind[usual] - {""})
            if is_alike or count[usual] >= OFTEN:
                yield number, span, usual


OFTEN = 3


def _where(form: str, places: Mapping[int, Mapping[str, Span]]) -> Iterator[tuple[int, Span]]:
    return ((number, own[form]) for number, own in places.items() if form in own)
