"""Names of organizations that begin with a name in pinyin, which the Chinese has to be read as.

Dianchi University is 滇池大学, and never 滇西大学.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

from pubkit.model import Span
from pubkit.names.organizations.exchanges import Exchange
from pubkit.names.organizations.heads import heads_in_chinese
from pubkit.names.organizations.lexicon import meanings, places, renderings, stem, words_of
from pubkit.names.organizations.phrases import Phrase
from pubkit.names.organizations.segments import Segment, segments
from pubkit.names.romanization.readings import simplified
from pubkit.names.romanization.spellings import (
    cantonese_characters,
    local_characters,
    taiwan_characters,
)
from pubkit.names.romanization.syllables import characters, segment
from pubkit.names.romanization.transliteration import SOUND_SIGNS, alike
from pubkit.names.units import plain_word
from pubkit.names.vocabulary import is_english_word
from pubkit.patterns import pattern

CANDIDATE = pattern(
    r"(?<![\w'’-])(?<!\w [A-Z]\. )([A-ZÜ][a-zü]+(?:['’][a-z]+)?)"
    r"(?=((?: (?:and |of )?[A-Z][\w'’-]+)+))"
)


def misread_names(english: str, chinese: str) -> Iterator[Exchange]:
    """Yield the first words of English names, and what stands for them but cannot be read so."""
    text = simplified(chinese)
    for match in CANDIDATE.finditer(english):
        ways = _ways(match[1])
        if not ways or _is_read(match[1], ways, text) or _is_known_place(match[1], text):
            continue
        place = _misread(match[1], ways, _kinds(match[2]), text)
        if place:
            name = Phrase(text=match[1] + match[2], span=Span(match.start(), match.end(2)), head="")
            yield Exchange(phrase=name, english=Span(*match.span(1)), chinese=place)


def _kinds(words: str) -> list[str]:
    """Return the words behind a name, as they are and in the singular: Securities is a head."""
    return [form for word in words.split() for form in {word.lower(), plain_word(word)}]


@lru_cache(maxsize=4096)
def _ways(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to read a word as a name of two or three syllables; none for a word."""
    lower = plain_word(word)
    is_word = (lower in renderings() and lower not in places()) or lower in heads_in_chinese()
    if is_word or is_english_word(word.lower()):
        return ()
    return tuple(way for way in segment(word) if len(way) > 1)


def _is_known_place(word: str, chinese: str) -> bool:
    """Tell whether a text has a place by the name that it has in Chinese: 澳门 for Macao."""
    return any(len(form) > 1 and form in chinese for form in renderings().get(plain_word(word), ()))


def _is_read(word: str, ways: Iterable[Sequence[str]], chinese: str) -> bool:
    """Tell whether a Chinese text has a name, in whatever dialect it may be spelt."""
    is_mandarin = PINYIN.search(word.lower()) and not _is_elsewhere(chinese)
    spelt = characters if is_mandarin else _spelt
    return any(_stands_in(chinese, [spelt(syllable) for syllable in way]) for way in ways)


@lru_cache(maxsize=64)
def _is_elsewhere(chinese: str) -> bool:
    return ELSEWHERE.search(chinese) is not None


def _stands_in(chinese: str, wanted: Sequence[frozenset[str]]) -> bool:
    """Tell whether two or more characters that may be these stand together in a text."""
    here, twos = _signs_and_twos(chinese)
    one, two, *others = (signs & here for signs in wanted)
    beginnings = [first + second for first in one for second in two if first + second in twos]
    return any(
        beginning + "".join(rest) in chinese
        for beginning in beginnings
        for rest in product(*others)
    )


@lru_cache(maxsize=64)
def _signs_and_twos(chinese: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters of a text, and the twos of them that stand together."""
    return frozenset(chinese), frozenset(map("".join, pairwise(chinese)))


ELSEWHERE = pattern("韩国|朝鲜|日本|越南|香港|澳门|台湾|台北|新加坡|马来西亚|[港台韩]")
"""Where names are spelt by other rules."""


@lru_cache(maxsize=1024)
def _spelt(syllable: str) -> frozenset[str]:
    """Return the characters that may be spelt so in any of the dialects."""
    return (
        characters(syllable)
        | taiwan_characters(syllable)
        | cantonese_characters(syllable)
        | local_characters("korean", syllable)
        | local_characters("overseas", syllable)
    )


def _misread(
    word: str, ways: Iterable[Sequence[str]], others: Sequence[str], chinese: str
) -> Span | None:
    """Return what has a syllable of a name, and stands where the name should."""
    heads = {head for other in others for head in heads_in_chinese().get(other, ())}
    stems = {stem(other) for other in others}
    for one in segments(chinese):
        if one.head in heads:
            for way in ways:
                place = _alike(way, one, stems, chinese)
                if place and not _is_imitated(word, chinese[place.start : place.end]):
                    return place
    return None


def _alike(way: Sequence[str], one: Segment, stems: set[str], chinese: str) -> Span | None:
    for start in range(one.start, one.end - len(way) + 1):
        end = start + len(way)
        others = [
            sign
            for sign, syllable in zip(chinese[start:end], way, strict=True)
            if sign not in characters(syllable)
        ]
        if (
            len(others) == 1
            and not LEVELS & set(chinese[start:end])
            and not stems & meanings().get(others[0], frozenset())
            and _is_explained(end, one, stems, chinese)
        ):
            return Span(start, end)
    return None


LEVELS = frozenset("省市县区州镇乡")


def _is_explained(start: int, one: Segment, stems: set[str], chinese: str) -> bool:
    """Tell whether what stands between a place and a head renders words of the name."""
    place = start
    for begin, end in words_of(chinese, start, one.reach):
        form = chinese[begin:end]
        if begin > place or not (form in LEVELS or stems & meanings()[form]):
            return False
        place = end
    return place >= one.end


PINYIN = pattern("q|x|zh|ng|ia[no]|uo|iu|u?ao|uan")
"""What hardly any name has but Chinese ones."""


def _is_imitated(word: str, chinese: str) -> bool:
    """Tell whether a Chinese form may imitate the sound of a foreign name: 迪拜 for Dubai."""
    return (
        not PINYIN.search(word.lower())
        and set(chinese) <= SOUND_SIGNS
        and alike(word, chinese) >= LIKE_ENOUGH
    )


LIKE_ENOUGH = 0.6
