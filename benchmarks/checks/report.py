"""The results as text and as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from benchmarks.checks.detection import CleanRun
from benchmarks.checks.faults import Mutant
from benchmarks.checks.scores import (
    TARGETS_WITH,
    TARGETS_WITHOUT,
    Score,
    Tried,
    by_fault,
    by_group,
    score,
)

SHOWN = 16
"""How many characters are shown on each side of a change."""
COLUMNS = ("fault", "made", "with", "any", "without", "any", "pofilter")


def lines_of_table(tried: Sequence[Tried]) -> Iterator[str]:
    """Yield the table: recall of each fault, of each group and of all."""
    yield _row(*COLUMNS)
    yield "-" * 92
    for group, members in by_group(tried).items():
        for name, faults in by_fault(members).items():
            yield _score_row(score(f"  {name}", faults))
        yield _score_row(score(group, members), target=str(group))
        yield ""
    yield _score_row(score("all", tried), target="all")


def _score_row(one: Score, *, target: str = "") -> str:
    wanted = (TARGETS_WITH.get(target), TARGETS_WITHOUT.get(target))
    shares = (one.recall_with, one.recall_without)
    marks = [
        "" if goal is None else _verdict(share, goal)
        for share, goal in zip(shares, wanted, strict=True)
    ]
    return _row(
        one.name if not target else target.upper(),
        str(one.made),
        _share(one.found_with, one.made) + marks[0],
        _share(one.noticed_with, one.made),
        _share(one.found_without, one.made_without) + marks[1],
        _share(one.noticed_without, one.made_without),
        "–" if one.pofilter is None else _share(one.pofilter, one.made),
    )


def _verdict(share: float | None, goal: float) -> str:
    return "" if share is None else (" ok" if share >= goal else f" <{goal:.2f}")


def _share(found: int, made: int) -> str:
    return f"{found / made:.3f}" if made else "–"


def _row(*cells: str) -> str:
    name, *rest = cells
    widths = (6, 13, 7, 13, 7, 10)
    return f"{name:36}" + "".join(
        f"{cell:>{width}}" for cell, width in zip(rest, widths, strict=True)
    )


def lines_of_alarms(runs: Sequence[CleanRun], *, termbase: bool) -> Iterator[str]:
    """Yield each false alarm with the text it stands on."""
    for run in runs:
        texts = {entry.line: entry for entry in run.document.catalog.entries}
        for finding in run.false_alarms(termbase=termbase):
            entry = texts.get(finding.line)
            yield f"{run.document.domain}:{finding.line} {finding.check}: {finding.message}"
            if entry:
                yield f"    {entry.msgid}"
                yield f"    {entry.msgstr}"


def lines_of_missed(tried: Iterable[Tried], *, termbase: bool) -> Iterator[str]:
    """Yield each fault that no right check found, with both texts."""
    for one in tried:
        mutant = one.trial.mutant
        if one.is_found_with if termbase else one.is_found_without or mutant.fault.needs_termbase:
            continue
        said = one.trial.with_termbase if termbase else one.trial.without_termbase
        others = ", ".join(sorted(said.checks)) or "nothing"
        yield f"{mutant.domain}:{mutant.original.line} {mutant.fault.name} (found: {others})"
        yield f"    {mutant.original.msgid}"
        yield f"    {mutant.original.msgstr}"
        faulty = mutant.faulty
        yield f"    {faulty.msgstr if faulty.msgid == mutant.original.msgid else faulty.msgid}"


def lines_of_mutants(mutants: Iterable[Mutant]) -> Iterator[str]:
    """Yield for each fault what was changed, within its surroundings."""
    for mutant in mutants:
        one, other = mutant.original, mutant.faulty
        texts = (one.msgstr, other.msgstr) if one.msgid == other.msgid else (one.msgid, other.msgid)
        place = f"{mutant.domain}:{one.line}"
        yield f"{mutant.fault.name:36} {place:20} {_change(*texts)}"


def _change(before: str, after: str) -> str:
    start = _same(before, after)
    ending = _same(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - ending], after[start : len(after) - ending]
    tail = before[len(before) - ending :]
    return f"…{before[max(0, start - SHOWN) : start]}[{old} → {new}]{tail[:SHOWN]}…"


def _same(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def as_json(tried: Sequence[Tried], summary: dict[str, Any]) -> dict[str, Any]:
    """Return everything that was measured, for a program."""
    groups = [score(group, members) for group, members in by_group(tried).items()]
    faults = [score(name, members) for name, members in by_fault(tried).items()]
    return {
        **summary,
        "all": _plain(score("all", tried)),
        "groups": [_plain(one) for one in groups],
        "faults": [_plain(one) for one in faults],
    }


def _plain(one: Score) -> dict[str, Any]:
    return {
        "name": str(one.name),
        "made": one.made,
        "found_with_termbase": one.found_with,
        "noticed_with_termbase": one.noticed_with,
        "made_without_termbase": one.made_without,
        "found_without_termbase": one.found_without,
        "noticed_without_termbase": one.noticed_without,
        "pofilter": one.pofilter,
    }
