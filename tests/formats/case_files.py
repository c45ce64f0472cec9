"""Cases that anyone can write without Python: title ``.`` input ``.`` expected ``.``, in lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One case of a file."""

    title: str
    source: str
    expected: str


def read_cases(name: str) -> list[Case]:
    """Return the cases of a file; a file without cases, or with half of one, is a mistake."""
    cases = list(_cases((CASES / name).read_text("utf-8").split("\n"), name))
    if not cases:
        raise ValueError(f"{name} has no case")
    return cases


def _cases(lines: list[str], name: str) -> Iterator[Case]:
    dots = [number for number, line in enumerate(lines) if line == "."]
    if len(dots) % 3:
        raise ValueError(f"{name} ends within a case")
    for first, second, third in zip(dots[::3], dots[1::3], dots[2::3], strict=True):
        source, expected = lines[first + 1 : second], lines[second + 1 : third]
        yield Case(lines[first - 1], "\n".join(source), "\n".join(expected))


def parametrized(*names: str) -> pytest.MarkDecorator:
    """Run a test with each case of the files."""
    found = [(name, case) for name in names for case in read_cases(name)]
    ids = [f"{name.removesuffix('.md')}: {case.title}" for name, case in found]
    return pytest.mark.parametrize("case", [case for _name, case in found], ids=ids)
