"""Plots as SVG: lines on logarithmic axes, bars of ratios, a curve of memory.

Legible on light and on dark ground: letters and lines take the reader's colours, and each line
has its name beside its end, so that nobody needs to tell colours apart.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

WIDTH, HEIGHT = 760, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 190, 44, 48
LINE_HEIGHT = 15
STYLE = """\
<style>
text { font: 12px "Source Sans 3", "Noto Sans", "Helvetica Neue", Arial, sans-serif; fill: #24282d }
.title { font-size: 14px; font-weight: 700 }
.grid { stroke: #d5d9de; stroke-width: 1 }
.line { fill: none; stroke-width: 2.25 }
.c0 { --c: #b3262e } .c1 { --c: #1f6fb4 } .c2 { --c: #2d7d46 } .c3 { --c: #8a5a00 }
.c4 { --c: #6b4fa0 } .c5 { --c: #4b5563 }
.line { stroke: var(--c) } .dot, .bar, .name { fill: var(--c) }
.range { stroke: #24282d; stroke-width: 1.5 }
@media (prefers-color-scheme: dark) {
  text { fill: #e4e7eb } .grid { stroke: #3a4047 } .range { stroke: #e4e7eb }
  .c0 { --c: #ff8a8f } .c1 { --c: #7cc0ff } .c2 { --c: #7ddb9a } .c3 { --c: #f0c060 }
  .c4 { --c: #c3a9ff } .c5 { --c: #b6bec8 }
  .name { fill: var(--c) }
}
</style>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a plot."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of a plot, with the range of what it stands for."""

    name: str
    value: float
    low: float
    high: float
    colour: int = 0


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps numbers to places; logarithmic, or from nothing."""

    low: float
    high: float
    start: float
    end: float
    is_logarithmic: bool = True

    def __call__(self, value: float) -> float:
        """Return the place of a number."""
        low, high, value = (
            (math.log10(number) if self.is_logarithmic else number)
            for number in (self.low, self.high, value)
        )
        return self.start + (self.end - self.start) * (value - low) / ((high - low) or 1)

    def ticks(self) -> list[float]:
        """Return round numbers: 1, 2 and 5 of each power, or only powers if there are many."""
        if not self.is_logarithmic:
            step = 10 ** math.floor(math.log10(self.high / 2))
            step *= next(factor for factor in (1, 2, 5, 10) if self.high / (step * factor) <= 6)
            return [step * number for number in range(int(self.high / step) + 1)]
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        digits = (1, 2, 5) if last - first <= 2 else (1,)
        found = (digit * 10.0**power for power in range(first, last + 1) for digit in digits)
        return [tick for tick in found if self.low <= tick <= self.high * 1.0001]


def line_plot(
    title: str, lines: Sequence[Line], *, x_name: str, y_name: str, is_logarithmic: bool = True
) -> str:
    """Return a plot of lines; both axes are logarithmic, or both begin with nothing.

    Args:
        title: Above it.
        lines: What it shows, each with a point or more.
        x_name: Below the axis.
        y_name: Above the axis.
        is_logarithmic: Whether equal distances stand for equal ratios.
    """
    points = [point for line in lines for point in line.points]
    x_scale = _scale([x for x, _y in points], LEFT, WIDTH - RIGHT, is_logarithmic)
    y_scale = _scale([y for _x, y in points], HEIGHT - BOTTOM, TOP, is_logarithmic)
    parts = [*_frame(title, x_scale, y_scale, x_name, y_name)]
    parts += [
        part for place, line in enumerate(lines) for part in _curve(place, line, x_scale, y_scale)
    ]
    ends = [y_scale(line.points[-1][1]) for line in lines]
    for place, (line, y) in enumerate(zip(lines, apart(ends), strict=True)):
        x = x_scale(line.points[-1][0]) + 9
        parts.append(
            f'<text class="name c{place}" x="{x:.1f}" y="{y + 4:.1f}">{escape(line.name)}</text>'
        )
    return _drawing(parts, HEIGHT)


def _scale(values: Sequence[float], start: float, end: float, is_logarithmic: bool) -> Scale:
    if not is_logarithmic:
        return Scale(0, max(values) * 1.05, start, end, is_logarithmic)
    low, high = min(values), max(values)
    margin = (high / low) ** 0.04 if high > low else 2
    return Scale(low / margin, high * margin, start, end)


def apart(places: Sequence[float], least: float = LINE_HEIGHT) -> list[float]:
    """Return places moved so far that none is closer to the next than a line of text."""
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = list(places)
    for _attempt in range(60):
        for upper, lower in pairwise(order):
            lack = least - (moved[lower] - moved[upper])
            if lack > 0:
                moved[upper] -= lack / 2
                moved[lower] += lack / 2
    return moved


def _frame(title: str, x_scale: Scale, y_scale: Scale, x_name: str, y_name: str) -> Iterator[str]:
    yield f'<text class="title" x="8" y="18">{escape(title)}</text>'
    yield f'<text x="8" y="35">{escape(y_name)}</text>'
    right, ground = WIDTH - RIGHT, HEIGHT - BOTTOM
    for tick in y_scale.ticks():
        y = y_scale(tick)
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{right}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{short(tick)}</text>'
    for tick in x_scale.ticks():
        x = x_scale(tick)
        yield f'<path class="grid" d="M{x:.1f} {TOP}V{ground}"/>'
        yield f'<text x="{x:.1f}" y="{ground + 18}" text-anchor="middle">{short(tick)}</text>'
    middle = (LEFT + right) / 2
    yield f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">{escape(x_name)}</text>'


def _curve(place: int, line: Line, x_scale: Scale, y_scale: Scale) -> Iterator[str]:
    places = [(x_scale(x), y_scale(y)) for x, y in line.points]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    yield f'<path class="line c{place}" d="M{path}"/>'
    if len(places) <= 12:
        for x, y in places:
            yield f'<circle class="dot c{place}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'


def bar_plot(title: str, bars: Sequence[Bar], *, x_name: str) -> str:
    """Return a plot of bars that lie, each with its value and the range of the middle half."""
    left, row = 210, 26
    height = TOP + row * len(bars) + BOTTOM
    scale = Scale(0, max(bar.high for bar in bars) * 1.02, left, WIDTH - 70, False)
    parts = [f'<text class="title" x="8" y="18">{escape(title)}</text>']
    ground = height - BOTTOM
    for tick in scale.ticks():
        x = scale(tick)
        parts.append(f'<path class="grid" d="M{x:.1f} {TOP - 8}V{ground}"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{ground + 18}" text-anchor="middle">{short(tick)}</text>'
        )
    for place, bar in enumerate(bars):
        parts += _bar(bar, TOP + row * place, left, scale)
    middle = (left + WIDTH - 70) / 2
    parts.append(
        f'<text x="{middle}" y="{height - 10}" text-anchor="middle">{escape(x_name)}</text>'
    )
    return _drawing(parts, height)


def _bar(bar: Bar, y: float, left: float, scale: Scale) -> Iterator[str]:
    x = scale(bar.value)
    yield f'<text x="{left - 8}" y="{y + 13}" text-anchor="end">{escape(bar.name)}</text>'
    yield f'<rect class="bar c{bar.colour}" x="{left}" y="{y}" width="{x - left:.1f}" height="17"/>'
    yield f'<path class="range" d="M{scale(bar.low):.1f} {y + 8.5}H{scale(bar.high):.1f}"/>'
    yield f'<text x="{scale(bar.high) + 7:.1f}" y="{y + 13}">{bar.value:.2f}</text>'


def short(number: float) -> str:
    """Return a number beside an axis."""
    return f"{number:,.0f}" if number >= 10 or number == int(number) else f"{number:g}"


def _drawing(parts: Sequence[str], height: float) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">'
    return "\n".join([head, STYLE.rstrip(), *parts, "</svg>", ""])
