"""A text as the units that its names are made of: words, or characters where words have no spaces.

Names are the same whatever stands between their units: ``Co., Ltd.`` is ``Co. Ltd``, ``the Bank’s``
is ``Bank``, ``华为 MindSpore`` is ``华为MindSpore``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pubkit.model import Span
from pubkit.names.scripts import simplify
from pubkit.patterns import pattern


@dataclass(frozen=True, eq=False)
class Units:
    """The units of a text, and where each of them stands."""

    items: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    text: str
    """The text as it was read."""

    def span(self, start: int, end: int) -> Span:
        """Return where a run of units stands in the text."""
        return Span(self.starts[start], self.ends[end - 1])

    def shown(self, start: int, end: int) -> str:
        """Return a run of units as the text has it."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each unit stands."""
        places: dict[str, list[int]] = {}
        for place, item in enumerate(self.items):
            places.setdefault(item, []).append(place)
        return places

    def is_whole(self, start: int, end: int) -> bool:
        """Tell whether a run neither begins nor ends within a word of Latin letters."""
        items = self.items
        if not isinstance(items, str):
            return True
        if start and _is_joined(items[start - 1], items[start]):
            return False
        return end == len(items) or not _is_joined(items[end - 1], items[end])


Read = Callable[[str], Units]


def _is_joined(one: str, other: str) -> bool:
    return (
        len(one) == len(other) == 1
        and one.isascii()
        and (one + other).isalnum()
        and (other.isascii())
    )


def reader(*, in_words: bool) -> Read:
    """Return how a language is read."""
    return read_words if in_words else read_characters


# ---------------------------------------------------------------- characters

SAME = tuple(zip("“”„‟「」『』‘’ʼ（），．：；！？＆", '""""""""\'\'\'(),.:;!?&', strict=True))
GAPS = pattern(r"(?<=[\u3400-\u9fff])[ \u00a0\u3000]+|[ \u00a0\u3000]+(?=[\u3400-\u9fff])|\u200b")


@lru_cache(maxsize=256)
def read_characters(text: str) -> Units:
    """Read a text whose words have no spaces: one unit for each character."""
    same = text
    for mark, other in SAME:  # which is sooner done than by translating every character
        same = same.replace(mark, other)
    same = _lower(simplify(same))
    if not GAPS.search(same):
        return Units(same, range(len(same)), range(1, len(same) + 1), text)
    gaps = {place for match in GAPS.finditer(same) for place in range(*match.span())}
    kept = [place for place in range(len(same)) if place not in gaps]
    return Units("".join(same[place] for place in kept), kept, [place + 1 for place in kept], text)


def _lower(text: str) -> str:
    lower = text.lower()
    return lower if len(lower) == len(text) else text


# ---------------------------------------------------------------- words

WORD = pattern(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)*|&|(?<=\w)['’]s\b")
LEFT_OUT = frozenset({"the", "'s", "’s"})


@lru_cache(maxsize=256)
def read_words(text: str) -> Units:
    """Read a text whose words are set apart: one unit for each, in the singular."""
    items, starts, ends = [], [], []
    for match in WORD.finditer(text):
        word = plain_word(match[0])
        if word not in LEFT_OUT:
            items.append(word)
            starts.append(match.start())
            ends.append(match.end())
    return Units(tuple(items), starts, ends, text)


def plain_words(text: str) -> frozenset[str]:
    """Return the words of a text whose words are set apart, wherever they stand."""
    return frozenset(map(plain_word, WORD.findall(text)))


SPELLINGS = {
    "&": "and",
    "centre": "center",
    "centres": "center",
    "theatre": "theater",
    "theatres": "theater",
    "programme": "program",
    "programmes": "program",
    "harbour": "harbor",
    "harbours": "harbor",
    "labour": "labor",
    "defence": "defense",
}


@lru_cache(maxsize=8192)
def plain_word(word: str) -> str:
    """Return a word in small letters, in the singular, in one of its spellings."""
    lower = word.lower().replace("’", "'")
    if lower in SPELLINGS:
        return SPELLINGS[lower]
    lower = lower.replace("isation", "ization")
    if len(lower) > 4 and lower.endswith("ies"):
        return lower[:-3] + "y"
    if len(lower) > 3 and lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        return lower[:-2] if lower.endswith(("sses", "ches", "shes", "xes")) else lower[:-1]
    return lower
