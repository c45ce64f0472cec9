"""Learn from a document how a name is rendered: from what its texts have in common."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from pubkit.names.titles.offices import find_han_offices
from pubkit.patterns import pattern

HAN_RUN = pattern(r"[\u3400-\u9fff][\u3400-\u9fff·]*[\u3400-\u9fff]")
LONGEST_FORM = 16
MOST_TEXTS = 50
"""Texts that mention somebody: who is in more of them has been read before."""
MOST_LESSONS = 100
"""Names to learn in a document, so that a long one does not take long."""


class Lessons:
    """The Chinese texts of a document."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._left = MOST_LESSONS

    @cached_property
    def _everything(self) -> str:
        return "\n".join(self._texts)

    def count(self, form: str) -> int:
        """Return how often the document has a form."""
        return self._everything.count(form)

    def learn_form(self, places: Sequence[int]) -> str:
        """Return the longest string that the texts at some places share and no other text has.

        Args:
            places: The texts whose English counterparts name somebody.

        Returns:
            The form; nothing if there is none of two characters, or only one text to learn from.
        """
        if not 2 <= len(places) <= MOST_TEXTS or not self._left:
            return ""
        self._left -= 1
        first, *rest = sorted((_without_offices(self._texts[place]) for place in places), key=len)
        shared = (form for form in _strings(first) if all(form in text for text in rest))
        for form in shared:
            if self._everything.count(form) == sum(text.count(form) for text in (first, *rest)):
                return form
        return ""


def _without_offices(text: str) -> str:
    """Return a text in which no office can be taken for its holder's name."""
    for office in find_han_offices(text):
        start, end = office.span.start, office.span.end
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _strings(text: str) -> Iterator[str]:
    """Yield the Han strings of a text, the longest first."""
    runs = HAN_RUN.findall(text)
    longest = min(LONGEST_FORM, max((len(run) for run in runs), default=0))
    for length in range(longest, 1, -1):
        for run in runs:
            for start in range(len(run) - length + 1):
                yield run[start : start + length]
