"""Where any of many names stands in a text, found in one pass however many there are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from pubkit.model import Span
from pubkit.names.scripts import simplify, traditional_characters

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A form found in a text, and whatever bears it."""

    span: Span
    values: tuple[Value, ...]


class FormIndex(Generic[Value]):
    """Forms of one language, each with its bearers; a longer form wins, none overlaps."""

    def __init__(self, forms: Iterable[tuple[str, Value]], *, in_chinese: bool) -> None:
        self._in_chinese = in_chinese
        self._bearers: dict[str, list[Value]] = {}
        for form, value in forms:
            self._bearers.setdefault(normal_form(form), []).append(value)
        self._by_start: dict[str, list[str]] = {}
        for form in sorted(self._bearers, key=len, reverse=True):
            self._by_start.setdefault(self._start(form), []).append(form)
        self._starts = self._pattern()

    def _start(self, form: str) -> str:
        if self._in_chinese:
            return form[:1]
        match = WORD.match(form)
        return match[0] if match else form

    def _pattern(self) -> re.Pattern[str]:
        if not self._in_chinese:
            return WORD
        return re.compile(f"[{re.escape(''.join(self._by_start))}]") if self._by_start else NOTHING

    def find(self, text: str) -> Iterator[Found[Value]]:
        """Yield the forms in a text that has been normalised."""
        units = text if self._in_chinese else WORD.findall(text)
        if self._by_start.keys().isdisjoint(units):
            return
        end = 0
        for match in self._starts.finditer(text):
            forms = self._by_start.get(match[0])
            if not forms or match.start() < end:
                continue
            for form in forms:
                if text.startswith(form, match.start()) and self._ends(text, match, form):
                    end = match.start() + len(form)
                    yield Found(Span(match.start(), end), tuple(self._bearers[form]))
                    break

    def _ends(self, text: str, match: re.Match[str], form: str) -> bool:
        return self._in_chinese or not WORD_GOES_ON.match(text, match.start() + len(form))


WORD = re.compile(r"[^\W_]+")
WORD_GOES_ON = re.compile(r"[^\W_]|-[^\W\d_]")
NOTHING = re.compile(r"(?!)")

OTHER_CHARACTERS = re.compile("[’‘ʼ\u00a0‐‑•・‧．∙⋅●]")
SAME_CHARACTERS = str.maketrans("’‘ʼ\u00a0‐‑•・‧．∙⋅●", "''' --·······")


def normal_form(text: str) -> str:
    """Return a text with one kind of apostrophe, hyphen, space and dot; nothing moves."""
    if text.isascii():
        return text
    if OTHER_CHARACTERS.search(text):
        text = text.translate(SAME_CHARACTERS)
    return text if _traditional().isdisjoint(text) else simplify(text)


@cache
def _traditional() -> frozenset[str]:
    return frozenset(map(chr, traditional_characters()))
