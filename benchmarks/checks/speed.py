"""How long the checks take, whether that grows with the text alone, and what starting costs.

::

    python -m benchmarks.checks.speed

Exit code 1 if twice the text takes much more than twice the time, or if the command to check a
catalog imports what only rendering needs.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks.checks.generation import make_long_text, make_news
from benchmarks.checks.peers import find_program, time_pofilter
from pubkit import check_catalog, write_catalog
from pubkit.model import Catalog, Termbase

SIZES = (5_000, 20_000)
LENGTHS = (20_000, 40_000)
STEEPEST = 1.35
"""How much more than its share a larger text may take; 1 is linear growth."""
STARTS = 5


@dataclass(frozen=True, kw_only=True)
class Timing:
    """How long one catalog took, in seconds of the processor."""

    size: int
    unit: str
    with_termbase: float
    without_termbase: float
    pofilter: float | None
    findings: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = ArgumentParser(prog="python -m benchmarks.checks.speed", description=__doc__)
    parser.add_argument("--no-peers", action="store_true", help="do not run pofilter")
    options = parser.parse_args(arguments)
    program = None if options.no_peers else find_program()
    catalogs = [_time(make_news(size), size, "entries", program) for size in SIZES]
    texts = [_time(make_long_text(size), size, "characters", program) for size in LENGTHS]
    for timing in (*catalogs, *texts):
        _say(_line(timing))
    faults = [*_start_up(program)]
    faults += [fault for pair in (catalogs, texts) for fault in _steep(*pair)]
    for fault in faults:
        _say(f"missed: {fault}")
    return 1 if faults else 0


# ---------------------------------------------------------------- growth


def _time(subject: tuple[Catalog, Termbase], size: int, unit: str, program: str | None) -> Timing:
    catalog, termbase = subject
    check_catalog(make_news(20)[0], termbase)  # the tables are read once
    started = process_time()
    found = check_catalog(catalog, termbase)
    between = process_time()
    check_catalog(catalog)
    return Timing(
        size=size,
        unit=unit,
        with_termbase=between - started,
        without_termbase=process_time() - between,
        pofilter=_time_peer(catalog, program) if program else None,
        findings=len(found),
    )


def _time_peer(catalog: Catalog, program: str) -> float:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "news.po"
        write_catalog(catalog, path)
        return time_pofilter(program, path, "zh")


def _line(timing: Timing) -> str:
    rate = timing.size / timing.with_termbase
    peer = f"{timing.size / timing.pofilter:,.0f}/s" if timing.pofilter else "–"
    return (
        f"{timing.size:>7,} {timing.unit:<10} with termbase {timing.with_termbase:6.2f} s"
        f" ({rate:,.0f}/s), without {timing.without_termbase:6.2f} s,"
        f" pofilter {peer}; {timing.findings} findings"
    )


def _steep(small: Timing, large: Timing) -> list[str]:
    share = large.size / small.size
    growth = {
        "with termbase": large.with_termbase / small.with_termbase / share,
        "without": large.without_termbase / small.without_termbase / share,
    }
    words = ", ".join(f"{value:.2f} {name}" for name, value in growth.items())
    _say(f"growth from {small.size:,} to {large.size:,} {small.unit} (1 is linear): {words}")
    return [
        f"{small.unit} {name} grow by {value:.2f} of their share, at most {STEEPEST}"
        for name, value in growth.items()
        if value > STEEPEST
    ]


# ---------------------------------------------------------------- starting


def _start_up(program: str | None) -> list[str]:
    """Time the command on a small file; return what it should not have imported."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "news.po"
        write_catalog(make_news(5)[0], path)
        command = [sys.executable, "-m", "pubkit", "check", str(path)]
        times = [_wall(command) for _number in range(STARTS)]
        imported = _imports([sys.executable, "-X", "importtime", *command[1:]])
        _say(f"start of `pubkit check`: {min(times) * 1000:.0f} ms, {len(imported)} modules")
        if program:
            peers = [time_pofilter(program, path, "zh") for _number in range(STARTS)]
            _say(f"start of pofilter: {min(peers) * 1000:.0f} ms")
    heavy = sorted({name.partition(".")[0] for name in imported} & {"weasyprint", "fontTools"})
    return [f"`pubkit check` imports {name}" for name in heavy]


def _wall(command: Sequence[str]) -> float:
    """Time a command whose modules are compiled, as they are where it is installed."""
    compiled = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    started = perf_counter()
    subprocess.run(command, capture_output=True, check=False, env=compiled)  # noqa: S603 - our own command
    return perf_counter() - started


def _imports(command: Sequence[str]) -> set[str]:
    done = subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603 - our own command
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
