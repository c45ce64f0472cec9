"""The persons whom an English text names, looked up by where their names stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from pubkit.names.titles.kinds import Holder


class Holders:
    """Persons in the order in which they are thought of, which need not be that of the text."""

    __slots__ = ("_by_start", "_ends", "_last_before", "_starts", "persons")

    def __init__(self, persons: Sequence[Holder]) -> None:
        self.persons = persons
        named = [(one.english, number) for number, one in enumerate(persons) if one.english]
        by_start = sorted((place.start, number) for place, number in named)
        by_end = sorted((place.end, number) for place, number in named)
        self._starts = [start for start, _number in by_start]
        self._by_start = [number for _start, number in by_start]
        self._ends = [end for end, _number in by_end]
        self._last_before = list(accumulate((number for _end, number in by_end), max))

    def beginning_in(self, start: int, end: int) -> list[int]:
        """Return whose names begin from one place on and before another."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return sorted(self._by_start[first:last])

    def last_before(self, place: int) -> int | None:
        """Return the last person whose name ends before a place, or at it."""
        count = bisect_right(self._ends, place)
        return self._last_before[count - 1] if count else None
