"""How a paragraph of Chinese or Japanese is parted into lines, and each line made full.

All ways of breaking a paragraph are compared, and the one is taken whose lines together need the
least change, so a long Latin word does not leave a torn line before it if its neighbours can help.

Knows neither fonts nor WeasyPrint; widths are in any one unit.

Source:
    Requirements for Chinese Text Layout (clreq) 3.5;
    Knuth and Plass, Breaking paragraphs into lines, 1981.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf

from pubkit.rendering.signs import (
    UNBREAKABLE,
    UNWELCOME,
    Kind,
    Profile,
    Signs,
    find_kinds,
    make_glue,
)

# ---------------------------------------------------------------- what a line may be

LOOSE_GAPS = 3.0
"""So many times their growth gaps become wider in a line that is still not full."""
LOOSE_CHARACTERS = 3.0
"""So many times their growth characters then move apart; a looser line is left ragged."""
RAGGEDNESS = 3.0
"""What a line may lack where lines are not made full."""
LAST_LINE = 1.9
"""A last line of a single character looks lost (clreq 3.4.4)."""

SHRINKING = 60.0
"""Lines are rather made narrower than wider (clreq 3.5.2): growing has 100."""
FULLEST = 1 + min(LOOSE_GAPS, LOOSE_CHARACTERS)
"""So many times its growth a line can become wider."""
ROUNDING = 1e-6
MARGIN = 0.01
"""By so much a line that was changed is narrower than its measure: no rounding may break it."""

LOOSE = 1.0e4
"""Demerits of a line that uses all its growth; beyond, they grow less steeply."""
RAGGED = 1.0e6
"""Demerits of a line that cannot be made full."""
EMERGENCY = 1.0e9
"""Demerits of a break within a word that is wider than the line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph: some signs, and how far each of them moves the next one."""

    start: int
    end: int
    """The sign with which the next line begins."""
    visible_end: int
    """The sign behind the last one that is printed: spaces at the end of a line are not."""
    shift: float
    """How far the first sign moves to the left: the blank half of an opening bracket."""
    changes: list[int]
    """What is added to the width of each sign, in thousandths of its em."""
    slack: float
    """What the line still lacks; nothing in a full line."""


# ---------------------------------------------------------------- the best way of breaking


@dataclass(slots=True)
class _Places:
    """Where lines may begin and end, and what a line from one place to another adds up to.

    What belongs to a line's start is counted in ``starts``, what belongs to its end in ``ends``,
    both from the beginning of the paragraph: a line's width is the difference of the two.
    """

    signs: list[int]
    """The sign before which each place is; the last one is the end of the text."""
    demerits: list[float]
    starts: list[float]
    ends: list[float]
    growth_before_start: list[float]
    growth_before_end: list[float]
    shrinkage_before_start: list[float]
    shrinkage_before_end: list[float]


class Paragraph:
    """The signs of a paragraph with their glue, ready to be parted into lines."""

    def __init__(self, signs: Signs, profile: Profile) -> None:
        self.signs = signs
        self.profile = profile
        self.kinds = find_kinds(signs)
        self.glue = make_glue(signs, self.kinds, profile)
        glue = self.glue
        parts = zip(signs.before, signs.widths, glue.fixed, signs.after, strict=True)
        self._widths = _sums(map(sum, parts))
        self._growth = _sums(map(sum, zip(glue.gaps, glue.characters, strict=True)))
        self._shrinkage = _sums(glue.shrinkage)

    def break_into_lines(
        self,
        width: float,
        *,
        start: int = 0,
        stop: int | None = None,
        indent: float = 0.0,
        is_flush: bool = True,
    ) -> list[Line]:
        """Return the lines that together need the least change.

        Args:
            width: The measure.
            start: The first sign.
            stop: The sign behind the last one.
            indent: Of the first line.
            is_flush: Whether every line but the last one is made full.
        """
        stop = len(self.kinds) if stop is None else stop
        if self._fits_one_line(start, stop, width - indent):
            return [self._line(start, stop, width - indent, is_full=False)]
        room = 0.0 if is_flush else RAGGEDNESS * self.signs.sizes[start]
        path: list[int] | None = None
        for breaks in (self.signs.breaks, self._with_emergency_breaks(width)):
            places = self._places(breaks, start, stop, indent)
            least_last = LAST_LINE * self.signs.sizes[start]
            path = _Search(places, width, room, least_last).best_path()
            if path:
                break
        else:
            path = [*range(len(places.signs))]
        signs = [places.signs[place] for place in path]
        measures = [width - indent] + [width] * (len(signs) - 2)
        return [
            self._line(first, end, measure, is_full=is_flush and end < stop)
            for (first, end), measure in zip(pairwise(signs), measures, strict=True)
        ]

    def _fits_one_line(self, start: int, stop: int, width: float) -> bool:
        """Tell whether a text needs one line, if need be without gaps.

        WeasyPrint knows nothing of gaps when it makes a box just wide enough for its text.
        """
        tight = sum(self.signs.widths[start:stop]) + sum(self.signs.before[start:stop])
        return tight + sum(self.signs.after[start:stop]) <= width + ROUNDING

    # ------------------------------------------------------------ places

    def _places(self, breaks: Sequence[float], start: int, stop: int, indent: float) -> _Places:
        inner = [sign for sign in range(start + 1, stop) if breaks[sign] < UNBREAKABLE]
        signs = [start, *inner, stop]
        ends = [self._visible_end(sign, start) for sign in signs]
        places = _Places(
            signs=signs,
            demerits=[0.0, *(breaks[sign] for sign in inner), 0.0],
            starts=[self._widths[sign] + self._start_trim(sign) for sign in signs],
            ends=[self._widths[end] - self._lost_at_end(end - 1) for end in ends],
            growth_before_start=[self._growth[sign] for sign in signs],
            growth_before_end=[self._growth[max(end - 1, 0)] for end in ends],
            shrinkage_before_start=[self._shrinkage[sign] for sign in signs],
            shrinkage_before_end=[self._shrinkage[max(end - 1, 0)] for end in ends],
        )
        places.starts[0] -= indent
        return places

    def _visible_end(self, sign: int, start: int) -> int:
        """Return where a line ends without its last spaces."""
        while sign - 1 > start and self.kinds[sign - 1] is Kind.SPACE:
            sign -= 1
        return sign

    def _start_trim(self, sign: int) -> float:
        """Return what an opening bracket loses at the beginning of a line."""
        is_trimmed = self.profile.trims_start and sign < len(self.kinds)
        if is_trimmed and self.kinds[sign] is Kind.OPENER:
            return self.signs.left_blanks[sign]
        return 0.0

    def _end_trim(self, sign: int) -> float:
        """Return what a mark loses at the end of a line (GB/T 15834, 5.1.10)."""
        is_trimmed = self.kinds[sign] in self.profile.trimmed_at_end
        return self.signs.right_blanks[sign] if is_trimmed else 0.0

    def _lost_at_end(self, sign: int) -> float:
        if sign < 0:
            return 0.0
        return self.glue.fixed[sign] + self.signs.after[sign] + self._end_trim(sign)

    def _with_emergency_breaks(self, width: float) -> list[float]:
        """Return the breaks, and more of them within words that are wider than a line."""
        breaks = list(self.signs.breaks)
        bounds = [sign for sign, value in enumerate(breaks) if value < UNBREAKABLE or sign == 0] + [
            len(breaks)
        ]
        for first, end in pairwise(bounds):
            if self._widths[end] - self._widths[first] > width:
                for sign in range(first + 1, end):
                    breaks[sign] = EMERGENCY
        return breaks

    # ------------------------------------------------------------ a line

    def _line(self, start: int, end: int, measure: float, *, is_full: bool) -> Line:
        visible = self._visible_end(end, start)
        last = visible - 1
        shift, trim = self._start_trim(start), self._end_trim(last)
        natural = self._widths[visible] - self._widths[start] - self._lost_at_end(last) - shift
        slack = measure - natural
        changes = self.glue.fixed[start:last]
        if slack < -ROUNDING:
            slack = self._shrink(changes, start, last, slack - MARGIN)
        elif is_full and slack > MARGIN:
            slack = self._grow(changes, start, last, slack - MARGIN)
        changes.append(-trim)
        changes[0] -= shift
        return Line(start, end, visible, shift, self._in_thousandths(changes, start), slack)

    def _shrink(self, changes: list[float], start: int, last: int, slack: float) -> float:
        """Narrow everything that can be narrower; gaps go if that was not enough."""
        slack += _spread(changes, self.glue.shrinkage[start:last], slack)
        slack += _spread(changes, [max(gap, 0.0) for gap in changes], slack)
        return slack

    def _grow(self, changes: list[float], start: int, last: int, slack: float) -> float:
        """Part words first, then characters, then words once more (clreq 3.5.4)."""
        gaps, characters = self.glue.gaps[start:last], self.glue.characters[start:last]
        slack += _spread(changes, gaps, slack)
        slack += _spread(changes, characters, slack)
        slack += _spread(changes, [LOOSE_GAPS * gap for gap in gaps], slack)
        slack += _spread(changes, [LOOSE_CHARACTERS * growth for growth in characters], slack)
        return slack

    def _in_thousandths(self, changes: Sequence[float], start: int) -> list[int]:
        """Return changes as a PDF can have them, their sum kept."""
        rounded, rest = [], 0.0
        for sign, change in enumerate(changes, start):
            exact = change * 1000 / self.signs.sizes[sign] + rest
            whole = round(exact)
            rest = exact - whole
            rounded.append(whole)
        return rounded


def _spread(changes: list[float], limits: Sequence[float], slack: float) -> float:
    """Change widths in the proportion of their limits; return what that adds to the slack."""
    available = sum(limits)
    if not available:
        return 0.0
    share = max(-1.0, min(slack / available, 1.0))
    for place, limit in enumerate(limits):
        changes[place] += share * limit
    return -share * available


def _sums(values: Iterable[float]) -> list[float]:
    """Return the sum of all values before each place, and of all."""
    return [0.0, *accumulate(values)]


TOLERANCES = (0.6, 1.2, inf)
"""How much of their growth lines may use: a narrow choice first, since it is soon made."""


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for the breaks with the fewest demerits."""

    places: _Places
    width: float
    """The measure."""
    room: float
    """What a line may lack if lines are not made full; 0 if they are."""
    least_last: float
    """The last line is not shorter than this, if it can be helped."""

    def best_path(self) -> list[int] | None:
        """Return the places of the breaks, the text's beginning and end included, or nothing."""
        for tolerance in TOLERANCES:
            previous = self._previous(tolerance)
            if previous:
                path = [len(previous) - 1]
                while path[-1]:
                    path.append(previous[path[-1]])
                return path[::-1]
        return None

    def _previous(self, tolerance: float) -> list[int] | None:
        """Return from which place the best line to each place begins."""
        places, is_patient = self.places, tolerance == inf
        final = len(places.starts) - 1
        totals = [0.0] + [inf] * final
        previous = [0] * (final + 1)
        first = 0
        for place in range(1, final + 1):
            demerits = places.demerits[place]
            if demerits >= UNWELCOME and not is_patient:
                continue
            first = self._first_start(first, place)
            starts = range(first, place)
            if place < final:
                total, start = self._best_full_line(place, starts, totals, tolerance)
            else:
                total, start = self._best_last_line(starts, totals, is_patient=is_patient)
            totals[place], previous[place] = total + demerits, start
        return previous if totals[final] < inf else None

    def _first_start(self, start: int, place: int) -> int:
        """Return the first place from which a line to this one is not too wide."""
        places = self.places
        spare = self.width - places.ends[place] + places.shrinkage_before_end[place] + ROUNDING
        starts, shrinkages = places.starts, places.shrinkage_before_start
        while start < place and spare + starts[start] < shrinkages[start]:
            start += 1
        return start

    def _best_full_line(
        self, place: int, candidates: range, totals: Sequence[float], tolerance: float
    ) -> tuple[float, int]:
        """Return the fewest demerits of all lines to a place, and where the best line begins."""
        places, room = self.places, self.room
        starts, growths = places.starts, places.growth_before_start
        spare, growth_end = self.width - places.ends[place], places.growth_before_end[place]
        best, best_start = inf, 0
        for start in candidates:
            slack = spare + starts[start]
            total = totals[start]
            if slack < 0:
                total += self._narrowing(start, place, slack)
            else:
                growth = room or growth_end - growths[start]
                if slack > tolerance * growth:
                    break  # Every later start makes a shorter line.
                ratio = slack / (growth + ROUNDING)
                cube = ratio * ratio * ratio
                total += (1 + 100 * cube) ** 2 if ratio <= 1 else LOOSE * cube
                if ratio > FULLEST:
                    total += RAGGED
            if total < best:
                best, best_start = total, start
        return best, best_start

    def _best_last_line(
        self, candidates: range, totals: Sequence[float], *, is_patient: bool
    ) -> tuple[float, int]:
        """Return the same for the last line, which may be shorter, but not too short."""
        final = len(self.places.starts) - 1
        best, best_start = inf, 0
        for start in candidates:
            length = self.places.ends[final] - self.places.starts[start]
            total = totals[start]
            if length > self.width:
                total += self._narrowing(start, final, self.width - length)
            elif length < self.least_last and start:
                total += UNWELCOME if is_patient else inf
            if total < best:
                best, best_start = total, start
        return best, best_start

    def _narrowing(self, start: int, place: int, slack: float) -> float:
        """Return the demerits of a line that has to be made narrower."""
        places = self.places
        shrinkage = places.shrinkage_before_end[place] - places.shrinkage_before_start[start]
        ratio = -slack / (shrinkage + ROUNDING)
        return (1 + SHRINKING * ratio * ratio * ratio) ** 2
