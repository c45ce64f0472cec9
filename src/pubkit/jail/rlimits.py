"""How much the child may use: memory, processor time, files.

Source:
    POSIX.1-2017, getrlimit; Linux manual, getrlimit(2).
"""

import resource
from contextlib import suppress
from pathlib import Path

RESERVE = 64_000_000
"""Bytes that the child has left to say that it has no memory left."""
OPEN_FILES = 256
LARGEST_FILE = 100_000_000
"""Bytes: fonts of a page are written down before fontconfig reads them."""


def limit_resources(*, seconds: int, memory_bytes: int) -> bool:
    """Bind the process; tell whether memory is bound, too: some systems only pretend.

    The memory of the program itself is not counted: the child has it from its parent.
    """
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    _limit(resource.RLIMIT_FSIZE, LARGEST_FILE)
    _limit(resource.RLIMIT_CPU, seconds, seconds + 1)
    memory = _size() + memory_bytes
    return _limit(resource.RLIMIT_AS, memory, memory + RESERVE)


def open_reserve() -> None:
    """Give the child the memory that it needs for its last words."""
    with suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _limit(kind: int, soft: int, hard: int | None = None) -> bool:
    """Lower a limit; what is lower already stays."""
    present = resource.getrlimit(kind)[1]
    bounded = [_lower(value, present) for value in (soft, soft if hard is None else hard)]
    try:
        resource.setrlimit(kind, (bounded[0], bounded[1]))
    except (ValueError, OSError, OverflowError):
        return False
    return True


def _lower(value: int, present: int) -> int:
    return value if present == resource.RLIM_INFINITY else min(value, present)


def _size() -> int:
    """Return the bytes of address space that the process has; nothing if it cannot be known."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()
