"""Patterns that are compiled when they are first used."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import pubkit
from pubkit import caches, patterns
from pubkit.patterns import pattern


def modules() -> list[ModuleType]:
    """Return all modules of pubkit."""
    found = pkgutil.walk_packages(pubkit.__path__, "pubkit.")
    return [import_module(module.name) for module in found if "__main__" not in module.name]


def test_every_pattern_is_a_regular_expression() -> None:
    """A mistake would show in the run that first needs the pattern: here it shows at once."""
    found = 0
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, patterns._Pattern):
                found += 1
                try:
                    re.compile(value.pattern, value.flags)
                except re.error as error:
                    raise AssertionError(f"{module.__name__}.{name}") from error
    assert found > 100


def test_pattern_works_like_a_compiled_one() -> None:
    """All methods, flags and groups are those of the standard library."""
    late, early = pattern(r"(?P<word>[a-z]+)", re.IGNORECASE), re.compile(r"[a-z]+", re.IGNORECASE)
    text = "One two"

    assert [match["word"] for match in late.finditer(text)] == early.findall(text)
    assert late.sub("-", text) == early.sub("-", text)
    assert late.groups == 1
    assert late.pattern == r"(?P<word>[a-z]+)"


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[type[patterns.Programs]]:
    """Keep programs in a folder of the test."""
    caches.keep_in(tmp_path / "kept")
    yield patterns.Programs
    caches.keep_in(None)


TEXTS = [
    (r"(?P<word>[a-z]+)(?P<number>\d)?", re.IGNORECASE),
    (r"(?i:[\u4e00-\u9fff]{2,}+)|(?<!\d)(a|b)\1", 0),
    ("|".join(f"word{number}" for number in range(200)), 0),
]


def test_kept_programs_make_the_same_patterns(programs: type[patterns.Programs]) -> None:
    """Another run compiles nothing, and has what the standard library would have."""
    first, second = programs(), programs()
    for text, flags in TEXTS:
        first.compile(text, flags)
    first.keep()
    made = [second.compile(text, flags) for text, flags in TEXTS]

    assert not second._new
    assert made == [re.compile(text, flags) for text, flags in TEXTS]
    assert made[0].groupindex == {"word": 1, "number": 2}
    assert [match.lastgroup for match in made[0].finditer("One1 two")] == ["number", "word"]


def test_few_new_programs_are_not_kept(programs: type[patterns.Programs]) -> None:
    """What is compiled at once is not worth a file."""
    first, second = programs(), programs()
    first.compile("[a-z]", 0)
    first.keep()
    second.compile("[a-z]", 0)

    assert len(second._new) == 1


@pytest.mark.parametrize("code", [b"", b"\xff" * 40])
def test_what_is_no_program_is_compiled_anew(
    programs: type[patterns.Programs], code: bytes
) -> None:
    """Whatever was kept, the pattern is the one that is asked for."""
    run = programs()
    run._kept = {("[a-z]+", 0): patterns.Program(32, code, 0, {})}

    assert run.compile("[a-z]+", 0) == re.compile("[a-z]+")
