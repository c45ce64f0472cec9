"""Where a text has the agreed forms of a termbase, however many they are, and near misses of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pubkit.model import Term
from pubkit.names.units import Read, Units

Form = tuple[str, ...] | str
"""The units of a form."""


@dataclass(frozen=True, slots=True)
class Place:
    """A run of units that is a form of some terms."""

    start: int
    end: int
    terms: tuple[Term, ...]

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether a run has units in common with this one."""
        return self.start < end and start < self.end


class AgreedForms:
    """Forms of terms in one language; the longest wins, none overlaps."""

    def __init__(self, forms: Iterable[tuple[str, Term]], read: Read) -> None:
        bearers: dict[Form, dict[int, Term]] = {}
        for form, term in forms:
            items = form_items(form, read)
            if items:
                bearers.setdefault(items, {})[id(term)] = term
        self._by_first: dict[str, list[tuple[Form, tuple[Term, ...]]]] = {}
        for items in sorted(bearers, key=len, reverse=True):
            entry = (items, tuple(bearers[items].values()))
            self._by_first.setdefault(items[0], []).append(entry)

    def find(self, units: Units) -> Iterator[Place]:
        """Yield the forms that stand in a text, in order."""
        items, by_first = units.items, self._by_first
        start, size = 0, len(items)
        while start < size:
            candidates = by_first.get(items[start])
            end = 0
            for form, terms in candidates or ():
                if items[start : start + len(form)] == form:
                    end = start + len(form)
                    if units.is_whole(start, end):
                        yield Place(start, end, terms)
                        break
                    end = 0
            start = end or start + 1


def form_items(form: str, read: Read) -> Form:
    """Return the units of a form, as those of a text can be compared with them."""
    return read(form.strip()).items  # type: ignore[return-value]


def places_of(form: Form, units: Units) -> list[int]:
    """Return where a form begins in a text, its words whole."""
    size = len(form)
    return [
        start
        for start in units.places.get(form[0], ())
        if units.items[start : start + size] == form and units.is_whole(start, start + size)
    ]


# ---------------------------------------------------------------- near misses


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A run of units that is nearly a form."""

    start: int
    end: int
    slips: int
    """How many units are other, missing, too many or exchanged."""


def near_misses(form: Form, units: Units, limit: int) -> list[NearMiss]:
    """Return the runs that a few slips make of a form, the nearest first; not the form itself."""
    starts = _likely_starts(form, units, limit)
    found: dict[int, NearMiss] = {}
    for start in starts:
        for slips in range(1, limit + 1):
            end = _end(form, units.items, start, slips)
            if end is not None and end > start:
                found.setdefault(start, NearMiss(start, end, slips))
                break
    size = len(form)
    return sorted(found.values(), key=lambda miss: (miss.slips, abs(miss.end - miss.start - size)))


def _likely_starts(form: Form, units: Units, limit: int) -> list[int]:
    """Return where enough units stand in the right order: each slip breaks two runs at most."""
    diagonals: dict[int, int] = {}
    places = units.places
    for offset, item in enumerate(form):
        for place in places.get(item, ()):
            diagonals[place - offset] = diagonals.get(place - offset, 0) + 1
    wanted = max(1, len(form) - 2 * limit)
    likely = set()
    for start, count in diagonals.items():
        beside = max(diagonals.get(start - 1, 0), diagonals.get(start + 1, 0))
        if count + beside >= wanted and start >= 0:
            likely.add(start)
    return sorted(likely)


def _end(form: Form, items: Sequence[str], start: int, slips: int) -> int | None:
    """Return where a run that begins at a place and has this many slips ends."""
    at, place, size = 0, start, len(form)
    while at < size and place < len(items) and items[place] == form[at]:
        at, place = at + 1, place + 1
    if at == size:
        return place if slips == 0 else None
    if slips == 0:
        return None
    rest = form[at:]
    ends = []
    if len(rest) > 1 and place + 1 < len(items) and (items[place + 1], items[place]) == (
        rest[0],
        rest[1],
    ):
        ends.append(_end(form[at + 2 :], items, place + 2, slips - 1))
    if place < len(items):
        ends.append(_end(form[at + 1 :], items, place + 1, slips - 1))  # another unit
        if at:
            ends.append(_end(form[at:], items, place + 1, slips - 1))  # one too many
    ends.append(_end(form[at + 1 :], items, place, slips - 1))  # one too few
    return next((end for end in ends if end is not None), None)
