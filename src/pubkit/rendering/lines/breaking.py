"""How a paragraph of Chinese or Japanese is parted into lines, and each line made full.

All ways of breaking a paragraph are compared, and the one is taken whose lines together need the
least change, so a long Latin word does not leave a torn line before it if its neighbours can help.

Knows neither fonts nor WeasyPrint; widths are in any one unit.

Source:
    Requirements for Chinese Text Layout (clreq) 3.5;
    Knuth and Plass, Breaking paragraphs into lines, 1981.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from math import inf
from operator import add, sub

from pubkit.rendering.lines.signs import (
    MARKS,
    UNBREAKABLE,
    UNWELCOME,
    Kind,
    Profile,
    Signs,
    make_glue,
)
from pubkit.rendering.paper.balance import Piece, balanced
from pubkit.values import dataclass

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

_MARK = re.compile("[" + "".join(sorted(MARKS)) + "]")


@dataclass(frozen=True, slots=True)
class _Places:
    """Where lines may begin and end, and what a line from one place to another adds up to.

    What belongs to a line's start is counted in ``starts``, what belongs to its end in ``ends``,
    both from the beginning of the paragraph: a line's width is the difference of the two. So it
    is with what a line can grow and shrink.
    """

    signs: list[int]
    """The sign before which each place is; the last one is the end of the text."""
    demerits: list[float]
    starts: list[float]
    ends: list[float]
    growth_at_start: list[float]
    growth_at_end: list[float]
    shrinkage_at_start: list[float]
    shrinkage_at_end: list[float]


class Paragraph:
    """The signs of a paragraph with their glue, ready to be parted into lines."""

    def __init__(self, signs: Signs, profile: Profile) -> None:
        self.signs = signs
        self.profile = profile
        self.kinds = signs.kinds
        self.glue = make_glue(signs, profile)
        space = map(add, signs.before, signs.after)
        self._tight = _sums(map(add, signs.widths, space))
        self._widths = [*map(add, self._tight, _sums(self.glue.fixed))]
        self._growth = _sums(map(add, self.glue.gaps, self.glue.characters))
        self._shrinkage = _sums(self.glue.shrinkage)
        self._starts, self._ends = self._edges()

    def _edges(self) -> tuple[list[float], list[float]]:
        """Return where a line's width is counted from and to if it begins or ends with a sign.

        What lies behind a line's last sign is lost, and marks at both ends are trimmed.
        """
        starts = self._widths.copy()
        lost = map(add, self.glue.fixed, self.signs.after)
        ends = [*map(sub, self._widths[1:], lost)]
        for found in _MARK.finditer(self.kinds):
            sign = found.start()
            starts[sign] += self._start_trim(sign)
            ends[sign] -= self._end_trim(sign)
        return starts, ends

    def even_ends(self, pieces: Sequence[int], measure: float) -> list[int]:
        """Return the signs before which lines end that are as even as they can be.

        Args:
            pieces: The signs with which phrases begin, which stay together.
            measure: How wide a line can be.
        """
        limits = [0, *pieces, len(self.kinds)]
        phrases = [
            Piece(self.signs.text[start:end], self._widths[end] - self._widths[start])
            for start, end in pairwise(limits)
        ]
        lines = balanced(phrases, measure)
        ends = accumulate(map(len, lines[:-1]))
        return [limits[end] for end in ends]

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
            least_last = LAST_LINE * self.signs.sizes[start] + self._marks_before(stop)
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

    def _marks_before(self, stop: int) -> float:
        """Return the width of the marks that end a text, as they stand at the end of a line."""
        last = len(self.kinds[:stop].rstrip("".join(MARKS)))
        return self._ends[stop - 1] - self._widths[last] if last < stop else 0.0

    def _fits_one_line(self, start: int, stop: int, width: float) -> bool:
        """Tell whether a text needs one line, if need be without gaps.

        WeasyPrint knows nothing of gaps when it makes a box just wide enough for its text.
        """
        return self._tight[stop] - self._tight[start] <= width + ROUNDING

    # ------------------------------------------------------------ places

    def _places(self, breaks: Sequence[float], start: int, stop: int, indent: float) -> _Places:
        inner = [sign for sign in range(start + 1, stop) if breaks[sign] < UNBREAKABLE]
        signs = [start, *inner, stop]
        lasts = [start, *(self._visible_end(sign, start) - 1 for sign in signs[1:])]
        starts = [self._starts[sign] for sign in signs]
        starts[0] -= indent
        return _Places(
            signs=signs,
            demerits=[0.0, *(breaks[sign] for sign in inner), 0.0],
            starts=starts,
            ends=[self._ends[last] for last in lasts],
            growth_at_start=[self._growth[sign] for sign in signs],
            growth_at_end=[self._growth[last] for last in lasts],
            shrinkage_at_start=[self._shrinkage[sign] for sign in signs],
            shrinkage_at_end=[self._shrinkage[last] for last in lasts],
        )

    def _visible_end(self, sign: int, start: int) -> int:
        """Return where a line ends without its last spaces."""
        if self.kinds[sign - 1] != Kind.SPACE:
            return sign
        return max(start + 1, len(self.kinds[:sign].rstrip(Kind.SPACE)))

    def _start_trim(self, sign: int) -> float:
        """Return what an opening bracket loses at the beginning of a line."""
        is_trimmed = self.profile.trims_start and self.kinds[sign] == Kind.OPENER
        return self.signs.left_blanks[sign] if is_trimmed else 0.0

    def _end_trim(self, sign: int) -> float:
        """Return what a mark loses at the end of a line (GB/T 15834, 5.1.10)."""
        is_trimmed = self.kinds[sign] in self.profile.trimmed_at_end
        return self.signs.right_blanks[sign] if is_trimmed else 0.0

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
        slack = measure - (self._ends[last] - self._starts[start])
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
        wider = [LOOSE_GAPS * gap for gap in gaps]
        looser = [LOOSE_CHARACTERS * growth for growth in characters]
        for seam in self.signs.seams:
            if start <= seam < last:
                # Texts that are drawn apart cannot say that the gap between them is no space.
                looser[seam - start] = 0.0
        if sum(wider) + sum(looser) < slack:
            return slack  # A line that will be ragged all the same is not torn as well.
        slack += _spread(changes, wider, slack)
        return slack + _spread(changes, looser, slack)

    def _in_thousandths(self, changes: Sequence[float], start: int) -> list[int]:
        """Return changes as a PDF can have them, their sum kept."""
        if not any(changes):
            return [0] * len(changes)
        sizes = self.signs.sizes[start : start + len(changes)]
        exact = [change * 1000 / size for change, size in zip(changes, sizes, strict=True)]
        sums = [0, *map(round, accumulate(exact))]
        return [*map(sub, sums[1:], sums)]


def _spread(changes: list[float], limits: Sequence[float], slack: float) -> float:
    """Change widths in the proportion of their limits; return what that adds to the slack."""
    available = sum(limits)
    if not available or abs(slack) < ROUNDING:
        return 0.0
    share = max(-1.0, min(slack / available, 1.0))
    changes[:] = [change + share * limit for change, limit in zip(changes, limits, strict=True)]
    return -share * available


def _sums(values: Iterable[float]) -> list[float]:
    """Return the sum of all values before each place, and of all."""
    return [0.0, *accumulate(values)]


TOLERANCES = (0.6, 1.2, inf)
"""How much of their growth lines may use: a narrow choice first, since it is soon made."""


class _Search:
    """Looks for the breaks with the fewest demerits."""

    def __init__(self, places: _Places, width: float, room: float, least_last: float) -> None:
        """Keep what is known of the lines.

        Args:
            places: Where they may begin and end.
            width: The measure.
            room: What a line may lack if lines are not made full; 0 if they are.
            least_last: The last line is not shorter than this, if it can be helped.
        """
        self.places = places
        self.width = width
        self.room = room
        self.least_last = least_last
        self.final = len(places.starts) - 1
        self.narrowest = [*map(sub, places.ends, places.shrinkage_at_end)]

    def best_path(self) -> list[int] | None:
        """Return the places of the breaks, the text's beginning and end included, or nothing."""
        for tolerance in TOLERANCES:
            previous = self._previous(tolerance)
            if previous:
                path = [self.final]
                while path[-1]:
                    path.append(previous[path[-1]])
                return path[::-1]
        return None

    def _previous(self, tolerance: float) -> list[int] | None:
        """Return from which place the best line to each place begins, if the end is reached."""
        totals = [0.0] + [inf] * self.final
        previous = [0] * (self.final + 1)
        widest = self._widest(tolerance)
        for start in range(self.final):
            if totals[start] < inf:
                end = self._first_too_far(start)
                first = self._first_near_enough(start, widest, tolerance)
                self._try_lines(start, first, min(end, self.final), tolerance, totals, previous)
                if end > self.final:
                    self._try_last_line(start, tolerance, totals, previous)
        return previous if totals[self.final] < inf else None

    def _widest(self, tolerance: float) -> list[float]:
        """Return where each line would end if it grew as much as is tolerated."""
        places = self.places
        if tolerance == inf:
            return []
        if self.room:
            return [end + tolerance * self.room for end in places.ends]
        growths = zip(places.ends, places.growth_at_end, strict=True)
        return [end + tolerance * growth for end, growth in growths]

    def _first_too_far(self, start: int) -> int:
        """Return the first place to which a line is too wide, however it shrinks."""
        places = self.places
        limit = self.width + places.starts[start] - places.shrinkage_at_start[start]
        return bisect_right(self.narrowest, limit + ROUNDING, start + 1)

    def _first_near_enough(self, start: int, widest: Sequence[float], tolerance: float) -> int:
        """Return the first place to which a line can be made full as far as is tolerated."""
        if tolerance == inf:
            return start + 1
        grown = 0.0 if self.room else tolerance * self.places.growth_at_start[start]
        return bisect_left(widest, self.width + self.places.starts[start] + grown, start + 1)

    def _try_lines(
        self,
        start: int,
        first: int,
        end: int,
        tolerance: float,
        totals: list[float],
        previous: list[int],
    ) -> None:
        """Try the lines from one place to several others, all of them full ones."""
        places, total = self.places, totals[start]
        spare, growth_at_start = self.width + places.starts[start], places.growth_at_start[start]
        for place in range(first, end):
            demerits = places.demerits[place]
            if demerits >= UNWELCOME and tolerance < inf:
                continue
            slack = spare - places.ends[place]
            if slack < 0:
                demerits += self._narrowing(start, place, slack)
            else:
                growth = self.room or places.growth_at_end[place] - growth_at_start
                demerits += _widening(slack / (growth + ROUNDING))
            if total + demerits < totals[place]:
                totals[place] = total + demerits
                previous[place] = start

    def _try_last_line(
        self, start: int, tolerance: float, totals: list[float], previous: list[int]
    ) -> None:
        """Try the line to the text's end, which may be shorter, but not too short."""
        length = self.places.ends[self.final] - self.places.starts[start]
        total = totals[start]
        if length > self.width:
            total += self._narrowing(start, self.final, self.width - length)
        elif length < self.least_last and start:
            total += UNWELCOME if tolerance == inf else inf
        if total < totals[self.final]:
            totals[self.final] = total
            previous[self.final] = start

    def _narrowing(self, start: int, place: int, slack: float) -> float:
        """Return the demerits of a line that has to be made narrower."""
        places = self.places
        shrinkage = places.shrinkage_at_end[place] - places.shrinkage_at_start[start]
        ratio = -slack / (shrinkage + ROUNDING)
        return (1 + SHRINKING * ratio * ratio * ratio) ** 2


def _widening(ratio: float) -> float:
    """Return the demerits of a line that has to use this part of its growth."""
    cube = ratio * ratio * ratio
    if ratio <= 1:
        return (1 + 100 * cube) ** 2
    return LOOSE * cube if ratio <= FULLEST else LOOSE * cube + RAGGED
