"""Marks that come in twos: which ones belong together, and which stand alone."""

import re
from collections.abc import Callable, Mapping

from pubkit.patterns import pattern
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Couple:
    """Two marks that belong together."""

    opening: int
    closing: int
    depth: int
    """0 if no other couple is around it."""


@dataclass(frozen=True, slots=True)
class Partners:
    """The couples of a text in their order, and the places of the marks without a partner."""

    couples: tuple[Couple, ...]
    single: tuple[int, ...]


class Marks:
    """The marks that come in twos, and which belong together."""

    def __init__(self, closing: Mapping[str, str]) -> None:
        """Name for each closing mark the opening ones that it can close."""
        self.closing = closing
        every = "".join(sorted({*closing, *"".join(closing.values())}))
        self.pattern = pattern(f"[{re.escape(every)}]")


def find_partners(
    text: str,
    marks: Marks,
    is_other: Callable[[str, int], bool] = lambda _text, _place: False,
) -> Partners:
    """Pair the marks of a text.

    Args:
        text: The words.
        marks: Which marks there are, and which belong together.
        is_other: Tells whether the mark at a place, if it has no partner, is none of these marks
            at all: an apostrophe, the bracket of ``1)``.
    """
    closing = marks.closing
    couples: list[Couple] = []
    single: list[int] = []
    stack: list[int] = []
    for match in marks.pattern.finditer(text):
        place, mark = match.start(), match[0]
        if mark not in closing:
            stack.append(place)
            continue
        nearest = _nearest(text, stack, closing[mark])
        if nearest is None or (nearest != len(stack) - 1 and is_other(text, place)):
            single.append(place)
            continue
        single += stack[nearest + 1 :]
        couples.append(Couple(stack[nearest], place, nearest))
        del stack[nearest:]
    alone = (place for place in sorted((*single, *stack)) if not is_other(text, place))
    return Partners(tuple(sorted(couples, key=lambda couple: couple.opening)), tuple(alone))


DEEPEST = 4
"""How many marks back a partner is looked for: none is opened within so many others."""


def _nearest(text: str, stack: list[int], opening: str) -> int | None:
    """Return the place in the stack of the last mark that may be the partner."""
    for index in range(len(stack) - 1, max(-1, len(stack) - 1 - DEEPEST), -1):
        if text[stack[index]] in opening:
            return index
    return None
