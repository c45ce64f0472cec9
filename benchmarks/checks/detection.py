"""Run pubkit's checks over clean and faulty documents, and tell what they found."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from time import perf_counter

from benchmarks.checks.documents import BilingualDocument
from benchmarks.checks.faults import Mutant
from pubkit import check_catalog
from pubkit.model import Catalog, Finding, Termbase


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
    started = perf_counter()
    found = check_catalog(document.catalog, document.termbase)
    seconds = perf_counter() - started
    return CleanRun(
        document=document,
        with_termbase=tuple(found),
        without_termbase=tuple(check_catalog(document.catalog)),
        seconds=seconds,
    )


def run_trials(clean: CleanRun, mutants: Iterable[Mutant]) -> Iterator[Trial]:
    """Check each mutant within a copy of its document."""
    document = clean.document
    for mutant in mutants:
        try:
            yield _try(mutant, clean, document.with_entry(mutant.faulty, mutant.original))
        except Exception as error:
            place = f"{document.domain}:{mutant.original.line}"
            error.add_note(f"{mutant.fault.name} in {place}: {mutant.faulty.msgstr}")
            raise


def _try(mutant: Mutant, clean: CleanRun, copy: Catalog) -> Trial:
    return Trial(
        mutant=mutant,
        with_termbase=_verdict(copy, clean.document.termbase, clean.with_termbase, mutant),
        without_termbase=_verdict(copy, None, clean.without_termbase, mutant),
    )


def _verdict(
    copy: Catalog, termbase: Termbase | None, clean: Iterable[Finding], mutant: Mutant
) -> Verdict:
    line = mutant.original.line
    known = Counter((one.check, one.message) for one in clean if one.line == line)
    found = check_catalog(copy, termbase)
    said = Counter((one.check, one.message) for one in found if one.line == line)
    return Verdict(new=tuple(sorted((said - known).elements())))


# ---------------------------------------------------------------- both processors at once

Task = tuple[CleanRun, tuple[Mutant, ...]]


def run_all(tasks: Iterable[Task], *, jobs: int) -> list[Trial]:
    """Run the trials of all documents in several processes; progress on a terminal."""
    parts = [(clean, part) for clean, mutants in tasks for part in _parts(mutants, 40)]
    trials: list[Trial] = []
    with ExitStack() as stack:
        run = stack.enter_context(ProcessPoolExecutor(jobs)).map if jobs > 1 else map
        for done, part in enumerate(run(_run_part, parts), start=1):
            trials += part
            _progress(done, len(parts))
    return trials


def _run_part(task: Task) -> list[Trial]:
    return list(run_trials(*task))


def _parts(mutants: tuple[Mutant, ...], size: int) -> Iterator[tuple[Mutant, ...]]:
    for start in range(0, len(mutants), size):
        yield mutants[start : start + size]


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else "\r"
        sys.stderr.write(f"{done * 100 // total} % of the faulty documents checked{end}")
        sys.stderr.flush()
