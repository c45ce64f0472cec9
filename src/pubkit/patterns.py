"""Regular expressions that are compiled when they are first used, and once for many runs.

The checks have hundreds of patterns, of which one catalog needs few; compiling them all would
take longer than checking it.

The standard library compiles in two steps: a pattern to a program, which is a list of numbers and
takes long, and the program to what searches. The programs are kept (``pubkit.caches``), each under
the whole text of its pattern. A program is kept only if what is made of it equals what the
standard library has compiled; without a program, or where it is not taken, the library compiles.
"""

import marshal
import re
import sys
from array import array
from collections.abc import Iterable
from hashlib import sha256
from importlib import import_module
from typing import Any, NamedTuple, cast

from pubkit import caches

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


class _Pattern:
    """Stands for a compiled pattern until one of its methods is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = PROGRAMS.compile(self.pattern, self.flags)
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


# ---------------------------------------------------------------- programs

KIND = "patterns"
CODE = array("I")
"""How a program is kept: numbers as the library's machine takes them."""
LONGEST = 4_000_000
"""Bytes of all programs; beyond, those that a run did not use make room."""
WORTH_KEEPING = 1_000
"""Characters of new patterns; fewer are not worth writing all programs."""


class Program(NamedTuple):
    """What a pattern was compiled to."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]


class Programs:
    """The programs of patterns: those that were kept, and those that a run has made."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], Program] | None = None
        self._used: set[tuple[str, int]] = set()
        self._new: dict[tuple[str, int], re.Pattern[str]] = {}

    def compile(self, text: str, flags: int) -> re.Pattern[str]:
        """Return ``re.compile(text, flags)``."""
        key = text, int(flags)
        program = self._read().get(key)
        compiled = _made_of(program, text) if program else None
        if compiled:
            self._used.add(key)
            return compiled
        self._new[key] = re.compile(text, flags)
        return self._new[key]

    def keep(self) -> None:
        """Keep what was compiled for the next run, if it is worth it."""
        length = sum(len(text) for text, _flags in self._new)
        if length < WORTH_KEEPING or not caches.cache_folder(KIND):
            return
        made = ((key, _program_of(compiled, key)) for key, compiled in self._new.items())
        programs = {**self._read(), **{key: program for key, program in made if program}}
        if sum(len(program.code) for program in programs.values()) > LONGEST:
            used = self._used | self._new.keys()
            programs = {key: program for key, program in programs.items() if key in used}
        caches.keep(KIND, _key(), marshal.dumps({key: tuple(programs[key]) for key in programs}))
        self._new.clear()

    def _read(self) -> dict[tuple[str, int], Program]:
        if self._kept is None:
            data = caches.read_kept(KIND, _key())
            if data is None:
                return {}
            values = marshal.loads(data)  # noqa: S302 - sealed, in the user's own folder
            self._kept = {key: Program(*program) for key, program in values.items()}
        return self._kept


PROGRAMS = Programs()


def _key() -> str:
    """Return what programs depend on besides their patterns: the very Python that runs them."""
    machine = f"{sys.version} {CODE.itemsize} {sys.byteorder}"
    return sha256(machine.encode()).hexdigest()[:40]


def _made_of(program: Program, text: str) -> re.Pattern[str] | None:
    """Return the pattern of a program; None where Python does not take it."""
    code = CODE[:]
    code.frombytes(program.code)
    index: list[str | None] = [None] * (program.groups + 1)
    for name, number in program.names.items():
        index[number] = name
    values = program.flags, code.tolist(), program.groups, program.names, tuple(index)
    try:
        return cast("re.Pattern[str]", _machine().compile(text, *values))
    except Exception:  # whatever an unknown Python may say
        return None


def _program_of(compiled: re.Pattern[str], key: tuple[str, int]) -> Program | None:
    """Return the program of a compiled pattern; None unless the same pattern is made of it."""
    text, flags = key
    try:
        parsed: Any = import_module("re._parser").parse(text, flags)
        code: Iterable[int] = import_module("re._compiler")._code(parsed, flags)
        program = Program(
            flags=compiled.flags,
            code=array("I", code).tobytes(),
            groups=compiled.groups,
            names=dict(compiled.groupindex),
        )
    except Exception:  # whatever an unknown Python may say
        return None
    return program if _made_of(program, text) == compiled else None


def _machine() -> Any:
    return import_module("_sre")
