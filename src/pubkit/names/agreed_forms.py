"""Where a text has the agreed forms of a termbase, however many, and near misses of them."""

from collections.abc import Iterable, Iterator, Sequence

from pubkit.model import Term
from pubkit.names.units import Read, Units
from pubkit.values import dataclass

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
        self._bearers = {items: tuple(terms.values()) for items, terms in bearers.items()}
        sizes: dict[str, set[int]] = {}
        for items in bearers:
            sizes.setdefault(items[0], set()).add(len(items))
        self._sizes = {first: sorted(of_it, reverse=True) for first, of_it in sizes.items()}

    def find(self, units: Units) -> Iterator[Place]:
        """Yield the forms that stand in a text, in order."""
        sizes = self._sizes
        if sizes.keys().isdisjoint(units.items):
            return
        end = 0
        for start in [start for start, item in enumerate(units.items) if item in sizes]:
            place = self._at(start, units) if start >= end else None
            if place:
                end = place.end
                yield place

    def _at(self, start: int, units: Units) -> Place | None:
        """Return the longest form that begins at a place."""
        for size in self._sizes[units.items[start]]:
            terms = self._bearers.get(units.items[start : start + size])  # type: ignore[call-overload]
            end = start + size
            if terms and end <= len(units.items) and units.is_whole(start, end):
                return Place(start, end, terms)
        return None


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


def has_near_misses(form: Form, units: Units) -> bool:
    """Tell quickly whether a text may have a near miss of a form beside the form itself.

    A slip leaves one of the halves whole: without a slip, each half stands as often as the form.
    """
    if isinstance(form, str) and isinstance(units.items, str):
        middle = len(form) // 2
        count = units.items.count(form)
        halves = (units.items.count(form[:middle]), units.items.count(form[middle:]))
        return halves != (count, count)
    places = units.places
    return any(len(places.get(word, ())) > 1 for word in form)


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
    if (
        len(rest) > 1
        and place + 1 < len(items)
        and (items[place + 1], items[place])
        == (
            rest[0],
            rest[1],
        )
    ):
        ends.append(_end(form[at + 2 :], items, place + 2, slips - 1))
    if place < len(items):
        ends.append(_end(form[at + 1 :], items, place + 1, slips - 1))  # another unit
        if at:
            ends.append(_end(form[at:], items, place + 1, slips - 1))  # one too many
    ends.append(_end(form[at + 1 :], items, place, slips - 1))  # one too few
    return next((end for end in ends if end is not None), None)
