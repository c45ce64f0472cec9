"""Which of many texts is most like a given one.

Comparing every text with every other takes minutes for a large project. So an index of words
finds the few texts that share the rare words of the one sought, and only these are compared by
their characters.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from pubkit.localize import language
from pubkit.translation.words import words

THRESHOLDS: Mapping[str, int] = {"ja": 60, "ko": 60, "zh": 55}
"""In percent of the characters, by the language of the texts: a Chinese sentence has a third of
the letters of an English one, and those that two unrelated sentences share are few."""
USUAL_THRESHOLD = 70
"""Below it, an old translation hinders more than it helps."""

RARE_WORDS = 10
"""By how many of its rarest words a text is sought; an edit seldom touches all of them."""
COMPARED = 16
"""How many texts, those with most of these words, are compared by their characters."""
FEW_WORDS = 4
"""A text of no more words is sought by its groups of three letters as well."""


def threshold(lang: str) -> int:
    """Return the similarity from which on an old translation helps with another text."""
    return THRESHOLDS.get(language(lang), USUAL_THRESHOLD)


class TextIndex:
    """Texts that can be found by what is like them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def nearest(self, text: str, *, least: int, limit: int = 4) -> list[tuple[float, int]]:
        """Return the texts most like this one, the best first, and the earlier of equals.

        Args:
            text: The text sought.
            least: The similarity in percent that a text must have.
            limit: How many to return at most.

        Returns:
            Pairs of a similarity and the number of a text.
        """
        from rapidfuzz import fuzz, process  # only a changed source needs it

        numbers = self.sharing(text)
        found = process.extract(
            text,
            [self._texts[number] for number in numbers],
            scorer=fuzz.ratio,
            score_cutoff=least,
            limit=limit,
        )
        ranked = ((score, numbers[place]) for _text, score, place in found)
        return sorted(ranked, key=lambda pair: (-pair[0], pair[1]))

    def sharing(self, text: str) -> list[int]:
        """Return the numbers of the texts that share most of the rarest words of this one."""
        if len(self._texts) <= COMPARED:
            return list(range(len(self._texts)))
        places = self._places
        known = sorted((len(places[key]), key) for key in _keys(text) if key in places)
        shared: Counter[int] = Counter()
        for _frequency, key in known[:RARE_WORDS]:
            shared.update(places[key])
        least = 1 if len(known) <= FEW_WORDS else 2  # one word is shared by accident
        best = shared.most_common(COMPARED)
        return sorted(number for number, count in best if count >= least)

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        """Where each word stands."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(self._texts):
            for key in _keys(text):
                places[key].append(number)
        return places


def _keys(text: str) -> set[str]:
    """Return by what a text is found: its words, and the letters of a short one."""
    found = words(text.casefold())
    if len(found) > FEW_WORDS:
        return set(found)
    whole = " ".join(found)
    return {*found, *(f"…{whole[start : start + 3]}" for start in range(len(whole) - 2))}
