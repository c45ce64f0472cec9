"""Where things stand in a text, asked at once whether any of them touches a place."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from pubkit.model import Span


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two places have a character in common."""
    return one.start < other.end and other.start < one.end


class Places:
    """Stretches of a text: each question costs a search, however many they are."""

    __slots__ = ("_reaches", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted((span.start, span.end) for span in spans)
        self._starts = [start for start, _end in ordered]
        self._reaches = list(accumulate((end for _start, end in ordered), max))

    def touch(self, start: int, end: int) -> bool:
        """Tell whether one of them and this stretch overlap."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reaches[before - 1] > start
