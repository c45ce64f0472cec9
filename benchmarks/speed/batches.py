"""Many documents in two languages: by one pubkit, and by a process for each edition."""

from collections.abc import Callable
from dataclasses import replace

from benchmarks.speed.bench import Bench, Section
from benchmarks.speed.competitors import Competition, compete
from benchmarks.speed.options import has_option, without
from benchmarks.speed.projects import write_project, write_release
from benchmarks.speed.rotation import Series, Subject
from benchmarks.speed.staging import Staged

SINGLE = 10
"""Editions that are made in processes of their own; more are extrapolated from them."""
EVERY = 0.5
"""Seconds between two looks at the memory."""
LONG_WORDS, SHORT_WORDS, SHORTEST_WORDS = 1000, 300, 150


def small(bench: Bench) -> Section:
    """Measure 10 documents as long as the report."""
    number = bench.pick(5, 10)
    found = _competition(bench, number, LONG_WORDS)
    subjects = [_singly(found, number), *_together(found, number)]
    series = bench.rotate(subjects, bench.pick(1, 2), warm_up=False)
    return _section(number, LONG_WORDS, series)


def large(bench: Bench) -> Section:
    """Measure 200 shorter documents, and look at the memory meanwhile."""
    number = bench.pick(20, 200)
    found = _competition(bench, number, SHORT_WORDS)
    before, *others = [_singly(found, number), *_together(found, number), _stock_loop(found)]
    after = replace(before, name="after")
    series = bench.rotate([before, *others, after], 1, warm_up=False)
    series[before.name].runs += series.pop("after").runs
    return _section(number, SHORT_WORDS, series)


def huge(bench: Bench) -> Section:
    """Measure 2,000 short documents: minutes, therefore only on request."""
    number = bench.pick(100, 2000)
    found = _competition(bench, number, SHORTEST_WORDS)
    subjects = [_singly(found, number), _with_jobs(found, number, 2)]
    series = bench.rotate(subjects, 1, warm_up=False)
    return _section(number, SHORTEST_WORDS, series)


def _competition(bench: Bench, number: int, words: int) -> Competition:
    folder = bench.place(f"batch-{number}")
    releases = [write_release(one, words=words, pictures=one % 2) for one in range(number)]
    write_project(folder, releases)
    names = tuple(release.name for release in releases)
    staged = Staged(folder=folder, names=names, languages=("en", "zh"))
    return compete(bench, staged, f"batch-{number}")


def _section(number: int, words: int, series: dict[str, Series]) -> Section:
    facts = {"documents": number, "editions": 2 * number, "single": SINGLE, "words": words}
    return Section(series=series, facts=facts)


def _singly(found: Competition, number: int) -> Subject:
    """Return the naive script in a process for each of the first editions."""
    return found.naive_each(f"naive, {SINGLE} processes", found.staged.editions[:SINGLE])


def _together(found: Competition, number: int) -> list[Subject]:
    editions = found.staged.editions
    return [
        _with_jobs(found, number, 1),
        _with_jobs(found, number, 2),
        found.typst_of("Typst, one process", editions),
    ]


def _with_jobs(found: Competition, number: int, jobs: int) -> Subject:
    options = ("--jobs", str(jobs)) if has_option("--jobs") else ()
    subject = found.own(
        f"pubkit, {jobs} job{'s' if jobs > 1 else ''}",
        *options,
        editions=found.staged.editions,
        every=EVERY,
    )
    return subject if jobs == 1 else replace(subject, missing=without("--jobs"))


def _stock_loop(found: Competition) -> Subject:
    """Return the naive script that makes all editions in one process."""
    subject = found.naive("naive, one process", found.staged.editions)
    return replace(subject, every=EVERY)


PARTS: dict[str, Callable[[Bench], Section]] = {"batch": small, "large batch": large}
HUGE_PARTS: dict[str, Callable[[Bench], Section]] = {"huge batch": huge}
