"""Patterns that are compiled when they are first used."""

import pkgutil
import re
from importlib import import_module
from types import ModuleType

import pubkit
from pubkit import patterns
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
