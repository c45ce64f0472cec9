"""Count what was found, per fault and per group, and compare with the targets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from benchmarks.checks.detection import Trial
from benchmarks.checks.faults import Group

SAME: Mapping[str, float] = MappingProxyType(
    dict.fromkeys(
        (Group.FACTS, Group.MARKUP, Group.STRUCTURE, Group.CHARACTERS, Group.PUNCTUATION), 0.98
    )
)
TARGETS_WITH: Mapping[str, float] = {
    "all": 0.97,
    Group.NAMES: 0.98,
    Group.TITLES: 0.97,
    Group.ORGANIZATIONS: 0.97,
    **SAME,
}
TARGETS_WITHOUT: Mapping[str, float] = {
    "all": 0.88,
    Group.NAMES: 0.90,
    Group.TITLES: 0.95,
    Group.ORGANIZATIONS: 0.50,
    **SAME,
}
ALARMS_WITH, ALARMS_WITHOUT = 1.0, 2.0
"""False alarms per 100 clean segments."""


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A trial with the peer's answer."""

    trial: Trial
    pofilter: frozenset[str] | None
    """The peer's new findings; None if it was not run."""

    @property
    def is_found_with(self) -> bool:
        """Whether a right check found it, knowing the names."""
        return bool(self.trial.with_termbase.checks & self.trial.mutant.fault.checks)

    @property
    def is_found_without(self) -> bool:
        """Whether a right check found it, not knowing the names."""
        return bool(self.trial.without_termbase.checks & self.trial.mutant.fault.checks)

    @property
    def is_noticed_with(self) -> bool:
        """Whether any check said something new, knowing the names."""
        return bool(self.trial.with_termbase.checks)

    @property
    def is_noticed_without(self) -> bool:
        """Whether any check said something new, not knowing the names."""
        return bool(self.trial.without_termbase.checks)


@dataclass(frozen=True, kw_only=True)
class Score:
    """How many faults of one sort were found."""

    name: str
    made: int
    found_with: int
    noticed_with: int
    made_without: int
    """Those that can be known without the agreed names."""
    found_without: int
    noticed_without: int
    pofilter: int | None

    @property
    def recall_with(self) -> float:
        """The share found by a right check, knowing the names."""
        return self.found_with / self.made

    @property
    def recall_without(self) -> float | None:
        """The share found by a right check, not knowing the names."""
        return self.found_without / self.made_without if self.made_without else None


def score(name: str, tried: Sequence[Tried]) -> Score:
    """Count what was found of these faults."""
    knowable = [one for one in tried if not one.trial.mutant.fault.needs_termbase]
    has_peer = all(one.pofilter is not None for one in tried)
    return Score(
        name=name,
        made=len(tried),
        found_with=sum(one.is_found_with for one in tried),
        noticed_with=sum(one.is_noticed_with for one in tried),
        made_without=len(knowable),
        found_without=sum(one.is_found_without for one in knowable),
        noticed_without=sum(one.is_noticed_without for one in knowable),
        pofilter=sum(bool(one.pofilter) for one in tried) if has_peer else None,
    )


def by_group(tried: Iterable[Tried]) -> dict[Group, list[Tried]]:
    """Sort the faults by group, in the order of the groups."""
    groups: dict[Group, list[Tried]] = {group: [] for group in Group}
    for one in tried:
        groups[one.trial.mutant.fault.group].append(one)
    return {group: members for group, members in groups.items() if members}


def by_fault(tried: Iterable[Tried]) -> dict[str, list[Tried]]:
    """Sort the faults by name."""
    faults: dict[str, list[Tried]] = {}
    for one in tried:
        faults.setdefault(one.trial.mutant.fault.name, []).append(one)
    return faults


def missed_targets(tried: Sequence[Tried], alarms_with: float, alarms_without: float) -> list[str]:
    """Return each target that is not reached, in words."""
    scores = {"all": score("all", tried)}
    scores |= {str(group): score(group, members) for group, members in by_group(tried).items()}
    missed = []
    for name, one in scores.items():
        missed += _missed(name, "with", one.recall_with, TARGETS_WITH.get(name))
        missed += _missed(name, "without", one.recall_without, TARGETS_WITHOUT.get(name))
    for word, alarms, limit in (
        ("with", alarms_with, ALARMS_WITH),
        ("without", alarms_without, ALARMS_WITHOUT),
    ):
        if alarms > limit:
            missed.append(f"false alarms {word} termbase: {alarms:.2f} per 100, at most {limit:g}")
    return missed


def _missed(name: str, word: str, recall: float | None, target: float | None) -> list[str]:
    if recall is None or target is None or recall >= target:
        return []
    return [f"{name} {word} termbase: {recall:.3f}, at least {target:.2f}"]
