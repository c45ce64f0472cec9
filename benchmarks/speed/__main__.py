"""Measure pubkit and its peers side by side, and write the page that shows it.

::

    python -m benchmarks.speed --quick                 some minutes, into build/
    python -m benchmarks.speed --into docs             a quarter of an hour, on an idle machine
    python -m benchmarks.speed --into docs --huge      and what takes much longer, after it
    python -m benchmarks.speed --only report --only warm
    python -m benchmarks.speed --page --into docs      the page anew from the last results

Results of earlier runs are kept for the parts that are not measured this time.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.speed import batches, catalogs, editions, sameness
from benchmarks.speed.bench import Bench, Section
from benchmarks.speed.drawing import plots
from benchmarks.speed.machine import describe, is_busy
from benchmarks.speed.page import make_page
from benchmarks.speed.results import Origin, Results, read_results, with_section, write_results
from benchmarks.speed.rotation import Starter, starter
from benchmarks.speed.tables import left_out, targets_table

PARTS: Mapping[str, Callable[[Bench], Section]] = {
    **editions.PARTS,
    **batches.PARTS,
    **catalogs.PARTS,
    **sameness.PARTS,
}
HUGE_PARTS: Mapping[str, Callable[[Bench], Section]] = {
    **batches.HUGE_PARTS,
    **catalogs.HUGE_PARTS,
}


def main() -> None:
    """Measure what is wanted, and write it."""
    wanted = _arguments()
    saved = wanted.into / "speed" / "results.json"
    results = read_results(saved)
    if not wanted.page:
        results = _measured(wanted, results, saved)
    _write(wanted.into, results)
    print(targets_table(results.sections))  # noqa: T201
    if faults := left_out(results.sections):
        print(f"\nLeft out:\n{faults}")  # noqa: T201
    print(f"\n{wanted.into / 'speed.md'}")  # noqa: T201


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="few rounds, small projects")
    names = [*PARTS, *HUGE_PARTS]
    parser.add_argument("--only", action="append", default=[], choices=names, metavar="PART")
    parser.add_argument("--huge", action="store_true", help="what takes very long, too")
    parser.add_argument("--rounds", type=int, default=0, help="instead of those of each part")
    parser.add_argument("--page", action="store_true", help="measure nothing, write the page")
    parser.add_argument(
        "--into", type=Path, default=Path("build"), help="where the page is written"
    )
    return parser.parse_args()


def _measured(wanted: argparse.Namespace, results: Results, saved: Path) -> Results:
    """Return results with what was measured; each part is saved as soon as it is done."""
    # Looked at once: later it is the benchmark itself that keeps the machine busy.
    machine, busy = describe(), is_busy()
    names = wanted.only or [*PARTS, *(HUGE_PARTS if wanted.huge else ())]
    with starter() as small:
        for name in names:
            begun = time.monotonic()
            origin = Origin(
                date=f"{datetime.now(UTC):%Y-%m-%d}",
                commit=machine["commit"],
                is_busy=busy,
                is_quick=wanted.quick,
            )
            section = _section(name, wanted, small)
            results = with_section(results, name, section, origin=origin, machine=machine)
            write_results(saved, results)
            _say(f"{name} took {time.monotonic() - begun:.0f} s")
    return results


def _section(name: str, wanted: argparse.Namespace, small: Starter) -> Section:
    """Measure one part in a folder of its own, which is removed."""
    with TemporaryDirectory(prefix="pubkit-speed-") as folder:
        bench = Bench(
            folder=Path(folder).resolve(),
            small=small,
            is_quick=wanted.quick,
            say=_say,
            rounds=wanted.rounds,
        )
        return {**PARTS, **HUGE_PARTS}[name](bench)


def _write(folder: Path, results: Results) -> None:
    drawings = plots(results.sections)
    (folder / "speed").mkdir(parents=True, exist_ok=True)
    for name, drawing in drawings.items():
        (folder / "speed" / name).write_text(drawing, "utf-8")
    (folder / "speed.md").write_text(make_page(results, drawings), "utf-8")


def _say(text: str) -> None:
    """Show what is done, on one line of a terminal and on lines of a file."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)  # noqa: T201
    elif "round" not in text:
        print(text, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
