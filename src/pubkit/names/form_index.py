"""Where any of many names stands in a text, found in one pass however many there are."""

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from pubkit.model import Span
from pubkit.names.scripts import simplify
from pubkit.patterns import pattern

Value = TypeVar("Value")


class Found(NamedTuple, Generic[Value]):
    """A form found in a text, and whatever bears it: a tuple, for there are very many."""

    start: int
    end: int
    values: tuple[Value, ...]

    @property
    def span(self) -> Span:
        """Where the form stands."""
        return Span(self.start, self.end)


class FormIndex(Generic[Value]):
    """Forms of one language, each with its bearers; a longer form wins, none overlaps."""

    def __init__(self, forms: Iterable[tuple[str, Value]], *, in_chinese: bool) -> None:
        self._in_chinese = in_chinese
        bearers: dict[str, list[Value]] = {}
        for form, value in forms:
            bearers.setdefault(normal_form(form), []).append(value)
        self._values = {form: tuple(found) for form, found in bearers.items()}
        lengths: dict[str, set[int]] = {}
        for form in bearers:
            lengths.setdefault(self._start(form), set()).add(len(form))
        self._lengths = {
            start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()
        }
        self._starts = self._pattern()

    def _start(self, form: str) -> str:
        if self._in_chinese:
            return form[:1]
        match = WORD.match(form)
        return match[0] if match else ""

    def _pattern(self) -> re.Pattern[str]:
        """Return what finds where a form may start, ruling out most words by their first letter."""
        firsts = re.escape("".join(sorted({start[:1] for start in self._lengths if start})))
        if not firsts:
            return NOTHING
        # Begins with a set of letters, which is fast to look for.
        return re.compile(f"[{firsts}]" if self._in_chinese else rf"[{firsts}](?<![^\W_].)[^\W_]*")

    def find(self, text: str) -> list[Found[Value]]:
        """Return the forms in a text that has been normalised."""
        found: list[Found[Value]] = []
        if self._in_chinese and self._lengths.keys().isdisjoint(text):
            return found
        end = 0
        for match in self._starts.finditer(text):
            lengths = self._lengths.get(match[0])
            if not lengths or (start := match.start()) < end:
                continue
            for length in lengths:
                form = text[start : start + length]
                values = self._values.get(form)
                if values and self._ends(text, start + len(form)):
                    end = start + len(form)
                    found.append(Found(start, end, values))
                    break
        return found

    def _ends(self, text: str, end: int) -> bool:
        return self._in_chinese or not WORD_GOES_ON.match(text, end)


WORD = pattern(r"[^\W_]+")
WORD_GOES_ON = pattern(r"[^\W_]|-[^\W\d_]")
NOTHING = pattern(r"(?!)")

OTHER_CHARACTERS = pattern("[’‘ʼ\u00a0‐‑•・‧．∙⋅●]")
SAME_CHARACTERS = str.maketrans("’‘ʼ\u00a0‐‑•・‧．∙⋅●", "''' --·······")


def normal_form(text: str) -> str:
    """Return a text with one kind of apostrophe, hyphen, space and dot; nothing moves."""
    if text.isascii():
        return text
    if OTHER_CHARACTERS.search(text):
        text = text.translate(SAME_CHARACTERS)
    return simplify(text)
