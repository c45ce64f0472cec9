"""The walls around the child, and which of them this machine has."""

from collections.abc import Callable, Iterable
from enum import Enum
from functools import partial
from pathlib import Path

from pubkit.jail.landlock import restrict_files
from pubkit.jail.namespaces import leave_network
from pubkit.jail.rlimits import limit_resources
from pubkit.jail.seccomp import refuse_calls
from pubkit.jail.system import DIES_WITH_PARENT, DUMPABLE, NO_NEW_PRIVILEGES, prctl

SIGKILL = 9


class Wall(Enum):
    """What keeps a child in."""

    LIMITS = "limits"
    """Memory, processor time, open files, the size of files; the clock is the parent's."""
    NETWORK = "network"
    """A network namespace without anybody."""
    FILES = "files"
    """Landlock: a few places to read, one to write."""
    CALLS = "calls"
    """Seccomp: no connections, programs, processes."""


def raise_walls(
    *, seconds: int, memory_bytes: int, readable: Iterable[Path], folder: Path
) -> frozenset[Wall]:
    """Raise every wall that this machine has around this process, and tell which stand."""
    prctl(DIES_WITH_PARENT, SIGKILL)
    prctl(DUMPABLE, 0)
    walls: dict[Wall, Callable[[], bool]] = {
        Wall.NETWORK: leave_network,
        Wall.LIMITS: partial(limit_resources, seconds=seconds, memory_bytes=memory_bytes),
    }
    if prctl(NO_NEW_PRIVILEGES, 1):
        # In this order: the filter refuses what the other walls are made with.
        walls |= {Wall.FILES: partial(restrict_files, readable, folder), Wall.CALLS: refuse_calls}
    return frozenset([wall for wall, stands in walls.items() if stands()])
