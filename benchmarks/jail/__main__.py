"""What the jail costs: the report's Chinese edition made with and without it, in turns.

::

    python -m benchmarks.jail [--rounds 9]

Counted is processor time, that of the children included: it does not depend on how busy the
machine is.
"""

import argparse
import resource
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from unittest.mock import patch

from pubkit.jail import Bounds, Cell, run_jailed, standing_walls
from pubkit.rendering.engine import load_engine
from pubkit.workflow import jailed
from pubkit.workflow.project import open_project
from pubkit.workflow.proof import Original
from pubkit.workflow.render import language_setting, original_of, prepare

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Measure, and print the medians."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    load_engine()
    original = report()
    ways = {"without": without_jail, "with": with_jail}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, make in ways.items():
            spent = measured(lambda make=make: make(original))  # type: ignore[misc]
            if number:  # The first round fills caches.
                times[name].append(spent)
    for name in ways:
        say(f"{name:8} {median(times[name]):.3f} s, least {min(times[name]):.3f} s")
    say("walls: " + ", ".join(sorted(wall.value for wall in standing_walls())))
    say(f"a child that does nothing: {least_of_nothing(rounds) * 1000:.0f} ms")


def say(line: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{line}\n")


def report() -> Original:
    """Return what the Chinese edition of the report is made from."""
    project = open_project(ROOT)
    (document,) = project.reports(("report",))
    setting = language_setting(project, "zh")
    return original_of(project, prepare(project, document, setting=setting, lang="zh"))


def with_jail(original: Original) -> None:
    """Make an edition as pubkit does."""
    jailed.make_edition(original, formats=("html", "pdf"))


def without_jail(original: Original) -> None:
    """Make it in this process."""
    with patch.object(jailed, "run_jailed", run_here):
        with_jail(original)


def run_here(work: Callable[[Cell], Iterable[bytes]], _bounds: Bounds) -> tuple[bytes, ...]:
    """Do work without a child."""
    return tuple(work(Cell(lambda _text: None)))


def least_of_nothing(rounds: int) -> float:
    """Return what fork and walls take by themselves."""
    return min(measured(lambda: run_jailed(lambda _cell: [], Bounds())) for _round in range(rounds))


def measured(act: Callable[[], object]) -> float:
    """Return the processor seconds that an act takes here and in its children."""
    before = _spent()
    act()
    return _spent() - before


def _spent() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
