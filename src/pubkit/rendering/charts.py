"""Charts as plain geometry: where bars and columns stand, in percent of their frame.

Templates draw them as SVG. Lengths in percent, and letters in pixels, let a chart be as wide as a
telephone or a sheet of paper with letters of one size.
"""

from collections.abc import Sequence

from pubkit.values import dataclass

LEAST_WIDTH = 1.0
"""Percent: two in doubt among 100,000 are seen, too."""
MOST_TICKS = 4
FULL = 100.0
SHARE_OF_COLUMN = 0.8
"""What a column takes of its room; the rest is the gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a bar."""

    kind: str
    """Its class in the style sheet."""
    name: str
    """What it shows, with its number."""
    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that stands on the ground."""

    name: str
    x: float
    y: float
    """Of its top, from above."""
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A place on an axis, and what is written there."""

    place: float
    name: str


def bar_parts(
    parts: Sequence[tuple[str, str, int]], *, longest: int | None = None
) -> tuple[Part, ...]:
    """Return the parts of a bar, side by side; those of nothing are left out.

    Args:
        parts: Kind, name and number of each.
        longest: What the full width stands for; without it, the sum of the parts.
    """
    shown = [part for part in parts if part[2]]
    total = sum(number for *_names, number in shown)
    widths = _widths([number for *_names, number in shown], longest or total)
    found: list[Part] = []
    x = 0.0
    for (kind, name, _number), width in zip(shown, widths, strict=True):
        found.append(Part(kind=kind, name=name, x=x, width=width))
        x += width
    return tuple(found)


def _widths(numbers: Sequence[int], whole: int) -> list[float]:
    """Return widths in proportion, none too narrow to be seen; the widest gives way."""
    widths = [max(FULL * number / whole, LEAST_WIDTH) for number in numbers]
    if widths:
        widest = widths.index(max(widths))
        excess = max(sum(widths) - FULL * sum(numbers) / whole, 0)
        widths[widest] -= min(excess, widths[widest] - LEAST_WIDTH)
    return widths


def columns(names: Sequence[str], numbers: Sequence[int], *, top: int) -> tuple[Column, ...]:
    """Return a column for each number.

    Args:
        names: What each shows, with its number.
        numbers: How high they are.
        top: What the full height stands for.
    """
    room = FULL / max(len(numbers), 1)
    heights = [FULL * number / top for number in numbers]
    return tuple(
        Column(
            name=name,
            x=place * room + room * (1 - SHARE_OF_COLUMN) / 2,
            y=FULL - height,
            width=room * SHARE_OF_COLUMN,
            height=height,
        )
        for place, (name, height) in enumerate(zip(names, heights, strict=True))
    )


def round_steps(largest: int) -> tuple[int, ...]:
    """Return the numbers beside an axis: a few, round, from 0 to the first that is no smaller."""
    step = 1
    factors = (2, 2.5, 2)
    place = 0
    while step * MOST_TICKS < largest:
        step = int(step * factors[place % len(factors)])
        place += 1
    count = max(-(-largest // step), 1)
    return tuple(step * number for number in range(count + 1))
