"""What was measured, kept as JSON, so that the page can be written again without a run."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.speed.bench import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """When and how a part was measured."""

    date: str
    commit: str
    is_busy: bool
    """Whether the machine had other work when it began."""
    is_quick: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All parts that were measured, the newest of each."""

    machine: Mapping[str, str]
    sections: Mapping[str, Section]
    origins: Mapping[str, Origin]

    @property
    def is_busy(self) -> bool:
        """Whether any part was measured on a machine that had other work."""
        return any(origin.is_busy for origin in self.origins.values())


NOTHING = Results(machine={}, sections={}, origins={})


def read_results(path: Path) -> Results:
    """Return what was saved; nothing, if there is nothing."""
    if not path.is_file():
        return NOTHING
    saved = json.loads(path.read_text("utf-8"))
    return Results(
        machine=saved["machine"],
        sections={name: Section.from_json(part) for name, part in saved["parts"].items()},
        origins={name: Origin(**part["origin"]) for name, part in saved["parts"].items()},
    )


def write_results(path: Path, results: Results) -> None:
    """Save what was measured."""
    parts: dict[str, Any] = {
        name: {**section.as_json(), "origin": _as_json(results.origins[name])}
        for name, section in results.sections.items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    saved = {"machine": dict(results.machine), "parts": parts}
    path.write_text(json.dumps(saved, ensure_ascii=False, indent=1) + "\n", "utf-8")


def with_section(
    results: Results, name: str, section: Section, *, origin: Origin, machine: Mapping[str, str]
) -> Results:
    """Return results with a part that was measured just now."""
    return Results(
        machine=machine,
        sections={**results.sections, name: section},
        origins={**results.origins, name: origin},
    )


def _as_json(origin: Origin) -> dict[str, Any]:
    return {name: getattr(origin, name) for name in Origin.__slots__}
