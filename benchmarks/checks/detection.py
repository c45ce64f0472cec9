"""Run pubkit's checks over clean and faulty documents, and tell what they found."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from time import process_time

from benchmarks.checks.documents import BilingualDocument
from benchmarks.checks.faults import Mutant
from pubkit import check_catalog
from pubkit.model import Finding


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a checker said of a faulty entry."""

    new: tuple[tuple[str, str], ...]
    """Check and message of each finding that the clean entry does not have."""

    @property
    def checks(self) -> frozenset[str]:
        """The ids of the checks that found something."""
        return frozenset(check for check, _message in self.new)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A mutant, and what was said of it with and without the agreed names."""

    mutant: Mutant
    with_termbase: Verdict
    without_termbase: Verdict


@dataclass(frozen=True, kw_only=True)
class CleanRun:
    """What the checks say of a clean document."""

    document: BilingualDocument
    with_termbase: tuple[Finding, ...]
    without_termbase: tuple[Finding, ...]
    seconds: float
    """How long one run with the termbase took."""

    def false_alarms(self, *, termbase: bool) -> tuple[Finding, ...]:
        """Return the findings that are not true."""
        found = self.with_termbase if termbase else self.without_termbase
        return tuple(one for one in found if not self.document.is_known_slip(one.check))


def run_clean(document: BilingualDocument) -> CleanRun:
    """Check a clean document with and without its agreed names."""
    check_catalog(document.catalog, document.termbase)  # the tables are read once
    started = process_time()
    found = check_catalog(document.catalog, document.termbase)
    seconds = process_time() - started
    return CleanRun(
        document=document,
        with_termbase=tuple(found),
        without_termbase=tuple(check_catalog(document.catalog)),
        seconds=seconds,
    )


def run_trials(clean: CleanRun, mutants: Sequence[Mutant]) -> Iterator[Trial]:
    """Check one copy of the document with all these faults in it."""
    document = clean.document
    copy = document.with_faults({mutant.original: mutant.faulty for mutant in mutants})
    try:
        found = check_catalog(copy, document.termbase)
        found_without = check_catalog(copy)
    except Exception as error:
        for mutant in mutants:
            place = f"{document.domain}:{mutant.original.line}"
            error.add_note(f"{mutant.fault.name} in {place}: {mutant.faulty.msgstr}")
        raise
    for mutant in mutants:
        yield Trial(
            mutant=mutant,
            with_termbase=_verdict(mutant, found, clean.with_termbase),
            without_termbase=_verdict(mutant, found_without, clean.without_termbase),
        )


def _verdict(mutant: Mutant, found: Iterable[Finding], clean: Iterable[Finding]) -> Verdict:
    line = mutant.original.line
    said, known = (
        Counter((one.check, one.message) for one in findings if one.line == line)
        for findings in (found, clean)
    )
    return Verdict(new=tuple(sorted((said - known).elements())))


# ---------------------------------------------------------------- how many faults in one copy


def one_by_one(mutants: Iterable[Mutant]) -> Iterator[tuple[Mutant, ...]]:
    """Put each fault into a copy of its own."""
    return ((mutant,) for mutant in mutants)


def one_of_each_group(mutants: Iterable[Mutant]) -> Iterator[tuple[Mutant, ...]]:
    """Put faults of different groups into one copy, each in another entry."""
    copies: list[list[Mutant]] = []
    for mutant in mutants:
        free = (copy for copy in copies if not any(_collide(mutant, other) for other in copy))
        copy = next(free, None)
        if copy is None:
            copies.append([mutant])
        else:
            copy.append(mutant)
    return (tuple(copy) for copy in copies)


def _collide(one: Mutant, other: Mutant) -> bool:
    return one.original is other.original or one.fault.group is other.fault.group


# ---------------------------------------------------------------- both processors at once

Task = tuple[CleanRun, tuple[Mutant, ...]]


def run_all(tasks: Iterable[Task], *, jobs: int) -> list[Trial]:
    """Check each copy in one of several processes; progress on a terminal."""
    copies = list(tasks)
    trials: list[Trial] = []
    with ExitStack() as stack:
        pool = stack.enter_context(ProcessPoolExecutor(jobs)) if jobs > 1 else None
        results = pool.map(_run, copies, chunksize=8) if pool else map(_run, copies)
        for done, result in enumerate(results, start=1):
            trials += result
            _progress(done, len(copies))
    return trials


def _run(task: Task) -> list[Trial]:
    return list(run_trials(*task))


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else "\r"
        sys.stderr.write(f"{done * 100 // total} % of the faulty documents checked{end}")
        sys.stderr.flush()
