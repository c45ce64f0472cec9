"""Compare pubkit's reading of catalogs with GNU gettext's, on a million damaged files.

::

    python -m benchmarks.catalogs [--mutants 1000000] [--jobs 1] [--results FILE] [--rounds 5]

Then let pubkit, polib, Babel and msgfmt read a large file in turns.

A run that was interrupted goes on where it was; what was found with another reader is left aside.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.catalogs import speed
from benchmarks.catalogs.fuzz import Tally, reader_version, run


def main() -> int:
    """Run, and print what was found as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, default=Path("build/catalogs-fuzz.jsonl"))
    options = parser.parse_args()
    options.results.parent.mkdir(parents=True, exist_ok=True)
    tally = Tally()
    found = run(options.mutants, options.results, jobs=options.jobs, first_seed=options.seed)
    for tally in found:
        total = tally.verdicts.total() + tally.faults.total()
        line = f"{total} of {options.mutants}, {tally.faults.total()} faults"
        print(line, file=sys.stderr)  # noqa: T201
    print(report(tally))  # noqa: T201
    with TemporaryDirectory() as folder:
        path = Path(folder, "large.po")
        speed.write_large_catalog(path)
        print(speed.report(speed.measure(path, options.rounds)))  # noqa: T201
    return 1 if tally.faults else 0


def report(tally: Tally) -> str:
    """Return the counts as a table, and the first faults."""
    rows = [f"| {kind} | {count:,} |" for kind, count in tally.verdicts.most_common()]
    faults = [f"| **{kind}** | {count:,} |" for kind, count in tally.faults.most_common()]
    examples = ["\n".join(example) for example in tally.examples]
    total = tally.verdicts.total() + tally.faults.total()
    head = [f"{total:,} mutants, reader {reader_version()}", "", "| verdict | mutants |"]
    return "\n".join([*head, "| --- | ---: |", *rows, *faults, "", *examples])


if __name__ == "__main__":
    sys.exit(main())
