"""Places and bodies that two texts have beside persons: told by their sound, without a list.

``Carrowmere`` is 卡罗米尔, ``Beihai`` 北海: whatever such a word says of a person in one text, it
says in the other.
"""

from collections.abc import Collection, Iterator

from pubkit.model import Span
from pubkit.names.romanization.likeness import fit
from pubkit.names.romanization.syllables import characters, segment
from pubkit.names.romanization.transliteration import find_bare
from pubkit.names.vocabulary import is_english_word
from pubkit.patterns import pattern

CAPITALISED = pattern(r"(?<![\w'-])[^\W\d_a-z][a-zÀ-ž]{3,}(?![\w'-])")
MOST_WORDS = 24
WELL_HEARD = 0.75
"""How badly a place may fit its characters."""
SYLLABLES_OF_A_PLACE = 2


def find_landmarks(
    english: str, chinese: str, taken: tuple[Collection[int], Collection[int]]
) -> Iterator[tuple[str, list[Span], list[Span]]]:
    """Yield words with their places in both texts.

    Args:
        english: A text.
        chinese: Its counterpart.
        taken: The characters of the English and of the Chinese text that name persons.
    """
    words: dict[str, list[Span]] = {}
    for match in CAPITALISED.finditer(english):
        if match.start() not in taken[0] and not is_english_word(match[0].lower()):
            words.setdefault(match[0], []).append(Span(*match.span()))
    for word, spans in list(words.items())[:MOST_WORDS]:
        found = [*_read(word, chinese)] or [*_heard(word, chinese)]
        there = [span for span in found if span.start not in taken[1]]
        if there:
            yield word, spans, there


def _read(word: str, chinese: str) -> Iterator[Span]:
    """Yield where the characters of a Chinese place read so."""
    for way in segment(word):
        if len(way) != SYLLABLES_OF_A_PLACE:
            continue
        first, second = map(characters, way)
        for place in range(len(chinese) - 1):
            if chinese[place] in first and chinese[place + 1] in second:
                yield Span(place, place + SYLLABLES_OF_A_PLACE)


def _heard(word: str, chinese: str) -> Iterator[Span]:
    """Yield where the characters of a foreign place sound so."""
    for likeness in find_bare(word, chinese):
        heard = fit(word, chinese, Span(likeness.start, likeness.end))
        if heard.worst <= WELL_HEARD:
            yield heard.span
