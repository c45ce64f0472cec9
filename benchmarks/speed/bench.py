"""What all parts of the benchmark share: where they work, how often, and what they found."""

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.speed.rotation import Run, Series, Starter, Subject, rotate


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A run of the benchmark."""

    folder: Path
    """Where everything is made; it is removed at the end."""
    small: Starter
    is_quick: bool
    """Whether a few minutes have to do."""
    say: Callable[[str], None]
    rounds: int = 0
    """How often each command is measured; 0 for what each part thinks right."""

    def place(self, name: str) -> Path:
        """Return a folder of this name that does not exist yet."""
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        return path

    def pick(self, quick: int, full: int) -> int:
        """Return a number by how long the benchmark may take."""
        return quick if self.is_quick else full

    def rotate(
        self, subjects: Sequence[Subject], rounds: int, *, warm_up: bool = True
    ) -> dict[str, Series]:
        """Measure commands in rotation, as often as is wanted or as the part thinks right."""
        rounds = self.rounds or rounds
        return rotate(subjects, rounds, self.small, say=self.say, warm_up=warm_up)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What one part has found."""

    series: Mapping[str, Series] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What is no series of runs: sizes, digests, counts; only what JSON knows."""

    def as_json(self) -> dict[str, Any]:
        """Return what is saved."""
        series = {
            name: {
                "fault": one.fault,
                "runs": [[run.wall, run.cpu, run.peak, run.samples] for run in one.runs],
            }
            for name, one in self.series.items()
        }
        return {"series": series, "facts": dict(self.facts)}

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> "Section":
        """Return what was saved."""
        series = {
            name: Series(
                fault=one["fault"],
                runs=[
                    Run(wall=wall, cpu=cpu, peak=peak, samples=tuple(map(tuple, samples)))
                    for wall, cpu, peak, samples in one["runs"]
                ],
            )
            for name, one in saved["series"].items()
        }
        return cls(series=series, facts=saved["facts"])


def python(*words: object) -> tuple[str, ...]:
    """Return a command of the interpreter that runs this."""
    return (sys.executable, *map(str, words))


def removing(*paths: Path) -> Callable[[], None]:
    """Return what removes files and folders."""

    def remove() -> None:
        for path in paths:
            if path.is_dir():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)

    return remove
