"""The command: make faults, look for them, print what was found.

Exit code 0 if all targets are reached, 1 if one is missed, 2 if the command was misused.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import benchmarks.checks.mutators  # noqa: F401 - registers the faults
from benchmarks.checks.detection import (
    CleanRun,
    Trial,
    one_by_one,
    one_of_each_group,
    run_all,
    run_clean,
)
from benchmarks.checks.documents import BilingualDocument, read_documents
from benchmarks.checks.faults import FAULTS, Fault, Mutant, make_mutants
from benchmarks.checks.peers import false_alarms_of_pofilter, find_program, found_by_pofilter
from benchmarks.checks.report import (
    as_json,
    lines_of_alarms,
    lines_of_missed,
    lines_of_mutants,
    lines_of_table,
)
from benchmarks.checks.scores import Tried, missed_targets


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """Everything that was measured."""

    runs: tuple[CleanRun, ...]
    tried: tuple[Tried, ...]
    pofilter_alarms: int | None

    @property
    def segments(self) -> int:
        """How many clean texts there are."""
        return sum(len(run.document.entries) for run in self.runs)

    def alarms(self, *, termbase: bool) -> float:
        """Return the false alarms per 100 clean texts."""
        found = sum(len(run.false_alarms(termbase=termbase)) for run in self.runs)
        return 100 * found / self.segments

    @property
    def entries_per_second(self) -> float:
        """How fast the checks are, on one processor."""
        return self.segments / sum(run.seconds for run in self.runs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    options = _parser().parse_args(arguments)
    try:
        documents = tuple(read_documents(tuple(options.domain)))
        faults = _chosen_faults(options.fault)
    except LookupError as error:
        sys.stderr.write(f"{error.args[0]}\n")
        return 2
    if options.show:
        tasks = _mutants(documents, faults, options)
        lines = (line for mutants in tasks for line in lines_of_mutants(mutants))
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return 0
    measurement = measure(documents, faults, options)
    missed = missed_targets(
        measurement.tried,
        measurement.alarms(termbase=True),
        measurement.alarms(termbase=False),
    )
    _print(measurement, missed, options)
    if options.json:
        result = as_json(measurement.tried, _summary(measurement, missed, options))
        Path(options.json).write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    return 1 if missed else 0


def measure(
    documents: tuple[BilingualDocument, ...], faults: dict[str, Fault], options: Namespace
) -> Measurement:
    """Make the faults of all documents and look for them."""
    runs = tuple(run_clean(document) for document in documents)
    share = one_of_each_group if options.quick else one_by_one
    tasks = [
        (run, copy)
        for run, mutants in zip(runs, _mutants(documents, faults, options), strict=True)
        for copy in share(mutants)
    ]
    trials = run_all(tasks, jobs=options.jobs)
    program = None if options.no_peers else find_program()
    if not program and not options.no_peers:
        sys.stderr.write("pofilter is not installed: pip install translate-toolkit\n")
    return Measurement(
        runs=runs,
        tried=tuple(_with_peer(trials, documents, program)),
        pofilter_alarms=_peer_alarms(documents, program),
    )


def _mutants(
    documents: Sequence[BilingualDocument], faults: dict[str, Fault], options: Namespace
) -> list[tuple[Mutant, ...]]:
    return [
        tuple(make_mutants(one, seed=options.seed, per_fault=options.per_class, faults=faults))
        for one in documents
    ]


def _with_peer(
    trials: list[Trial], documents: Sequence[BilingualDocument], program: str | None
) -> list[Tried]:
    langs = {document.domain: document.lang for document in documents}
    tried = []
    for lang in sorted(set(langs.values())):
        own = [trial for trial in trials if langs[trial.mutant.domain] == lang]
        mutants = [trial.mutant for trial in own]
        answers = found_by_pofilter(program, mutants, lang) if program else [None] * len(own)
        tried += [
            Tried(trial=trial, pofilter=answer) for trial, answer in zip(own, answers, strict=True)
        ]
    order = {name: place for place, name in enumerate(FAULTS)}
    return sorted(tried, key=lambda one: order[one.trial.mutant.fault.name])


def _peer_alarms(documents: Sequence[BilingualDocument], program: str | None) -> int | None:
    if program is None:
        return None
    said = (false_alarms_of_pofilter(program, document) for document in documents)
    return sum(len(checks) for entries in said for checks in entries)


def _chosen_faults(names: Sequence[str]) -> dict[str, Fault]:
    chosen = {
        name: kind for name, kind in FAULTS.items() if not names or {name, kind.group} & set(names)
    }
    if not chosen:
        raise LookupError(f"no such fault or group: {', '.join(names)}")
    return chosen


# ---------------------------------------------------------------- what is printed


def _print(measurement: Measurement, missed: Sequence[str], options: Namespace) -> None:
    lines: list[str] = []
    if options.missed:
        lines += ["Missed with termbase:", *lines_of_missed(measurement.tried, termbase=True), ""]
        lines += ["Missed without termbase:"]
        lines += [*lines_of_missed(measurement.tried, termbase=False), ""]
    if options.false_alarms:
        lines += ["False alarms with termbase:", *lines_of_alarms(measurement.runs, termbase=True)]
        lines += ["", "False alarms without termbase:"]
        lines += [*lines_of_alarms(measurement.runs, termbase=False), ""]
    lines += lines_of_table(measurement.tried)
    lines += ["", *_lines_of_summary(measurement)]
    lines += ["", *(f"missed target: {target}" for target in missed)]
    sys.stdout.write("\n".join(lines).rstrip() + "\n")


def _lines_of_summary(measurement: Measurement) -> list[str]:
    peer = measurement.pofilter_alarms
    peer_alarms = "–" if peer is None else f"{100 * peer / measurement.segments:.1f}"
    return [
        f"clean segments: {measurement.segments} in {len(measurement.runs)} documents",
        f"false alarms per 100 clean segments: {measurement.alarms(termbase=True):.2f} with "
        f"termbase, {measurement.alarms(termbase=False):.2f} without, pofilter {peer_alarms}",
        f"speed: {measurement.entries_per_second:.0f} entries/s with termbase, one processor",
    ]


def _summary(measurement: Measurement, missed: Sequence[str], options: Namespace) -> dict[str, Any]:
    return {
        "seed": options.seed,
        "per_class": options.per_class,
        "domains": [run.document.domain for run in measurement.runs],
        "segments": measurement.segments,
        "false_alarms_per_100_with_termbase": measurement.alarms(termbase=True),
        "false_alarms_per_100_without_termbase": measurement.alarms(termbase=False),
        "pofilter_false_alarms": measurement.pofilter_alarms,
        "entries_per_second": measurement.entries_per_second,
        "missed_targets": list(missed),
    }


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m benchmarks.checks", description=__doc__)
    add = parser.add_argument
    add("--domain", action="append", default=[], help="only this document (repeatable)")
    add("--fault", action="append", default=[], help="only this fault or group (repeatable)")
    add("--seed", type=int, default=1, help="another seed makes other faults (default 1)")
    add("--per-class", type=int, default=4, help="faults of one kind in a document (default 4)")
    add("--show", action="store_true", help="only list the faults that would be made")
    add("--quick", action="store_true", help="faults of different groups share a copy")
    add("--missed", action="store_true", help="list the faults that were not found")
    add("--false-alarms", action="store_true", help="list the findings in clean documents")
    add("--json", metavar="FILE", help="write the results to a file, too")
    add("--jobs", type=int, default=2, help="processes (default 2)")
    add("--no-peers", action="store_true", help="do not run pofilter")
    return parser
