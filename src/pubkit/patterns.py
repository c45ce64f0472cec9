"""Regular expressions that are compiled when they are first used.

The checks have hundreds of patterns, of which one catalog needs few; compiling them all would
take longer than checking it.
"""

import re
from typing import cast

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


class _Pattern:
    """Stands for a compiled pattern until one of its methods is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for method in METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def finish_pattern(thing: object) -> None:
    """Compile a pattern that waits, if it is one: what is forked then has it."""
    if isinstance(thing, _Pattern) and "search" not in vars(thing):
        thing.__getattr__("search")


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what works like ``re.compile(text, flags)``, but waits with the work.

    A mistake in the pattern shows where it is first used: each has its test.
    """
    return cast("re.Pattern[str]", _Pattern(text, flags))
