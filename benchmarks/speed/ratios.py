"""Ratios of two series of one rotation, with their spread."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Literal

from benchmarks.speed.rotation import Series

Measure = Literal["wall", "cpu", "peak"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A median, and between what half of all values lie."""

    middle: float
    low: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    """Return the median and the quartiles; of fewer than four values, the least and the most.

    Raises:
        StatisticsError: There is no value.
    """
    middle = median(values)
    if len(values) < 4:
        return Spread(middle=middle, low=min(values), high=max(values))
    low, _middle, high = quantiles(values, n=4, method="inclusive")
    return Spread(middle=middle, low=low, high=high)


def of_series(series: Series, measure: Measure) -> Spread | None:
    """Return how large a measure is in a series; None if there is no run."""
    values = [getattr(run, measure) for run in series.runs]
    return spread(values) if values else None


def ratio(series: Series, reference: Series, measure: Measure = "wall") -> Spread | None:
    """Return the spread of the ratios within each round; None if a side has no run.

    A command that was left out half-way has fewer runs: its rounds are compared.
    """
    pairs = zip(series.runs, reference.runs, strict=False)
    values = [getattr(run, measure) / getattr(other, measure) for run, other in pairs]
    return spread(values) if values else None
