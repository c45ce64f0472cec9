"""Acronyms whose letters are in disorder: YPG for PYG."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from pubkit.model import Span
from pubkit.names.left_forms import ACRONYM
from pubkit.names.persons.forms import distance

LONG_ENOUGH = 3
LONG_ENOUGH_FOR_OTHER_LETTERS = 4


class Acronyms:
    """The acronyms of a document, and how many of its texts have each."""

    def __init__(
        self, sources: Iterable[str], targets: Iterable[str], agreed: Collection[str]
    ) -> None:
        self._sources = Counter(one for text in sources for one in set(ACRONYM.findall(text)))
        self._targets = Counter(one for text in targets for one in set(ACRONYM.findall(text)))
        self._agreed = {one for form in agreed for one in ACRONYM.findall(form)}

    def misspelt(self, source: str, target: str) -> Iterator[tuple[Span, str]]:
        """Yield the acronyms of a translation that nobody knows, and those that are meant."""
        here = ACRONYM.findall(source)
        for match in ACRONYM.finditer(target):
            acronym = match[0]
            if len(acronym) < LONG_ENOUGH or self._is_known(acronym):
                continue
            meant = self._meant(acronym, here)
            if meant:
                yield Span(*match.span()), meant

    def _is_known(self, acronym: str) -> bool:
        return acronym in self._sources or acronym in self._agreed or self._targets[acronym] > 1

    def _meant(self, acronym: str, here: list[str]) -> str | None:
        for other in here:
            if is_in_disorder(acronym, other):
                return other
        known = (*self._agreed, *(one for one, count in self._targets.items() if count > 1))
        return next((one for one in known if is_transposed(acronym, one)), None)


def is_in_disorder(acronym: str, other: str) -> bool:
    """Tell whether an acronym is another with one slip."""
    if len(other) < LONG_ENOUGH or abs(len(acronym) - len(other)) > 1 or acronym == other:
        return False
    if is_transposed(acronym, other):
        return True
    return len(other) >= LONG_ENOUGH_FOR_OTHER_LETTERS and distance(acronym, other, 1) == 1


def is_transposed(acronym: str, other: str) -> bool:
    """Tell whether two neighbouring letters have changed places."""
    if len(acronym) != len(other) or sorted(acronym) != sorted(other):
        return False
    wrong = [i for i, (one, two) in enumerate(zip(acronym, other, strict=True)) if one != two]
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1
