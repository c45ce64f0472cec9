"""What the standard library has no words for: calls of the Linux kernel.

Source:
    Linux manual, prctl(2), syscall(2).
"""

import ctypes
import sys
from functools import cache

NO_NEW_PRIVILEGES = 38
DIES_WITH_PARENT = 1
DUMPABLE = 4


@cache
def libc() -> ctypes.CDLL:
    """Return the C library that runs this process."""
    return ctypes.CDLL(None, use_errno=True)


def is_linux() -> bool:
    """Tell whether there is such a kernel."""
    return sys.platform == "linux"


def prctl(option: int, *values: int) -> bool:
    """Change a property of this process; tell whether it could be done."""
    arguments = (*values, 0, 0, 0, 0)[:4]
    return is_linux() and libc().prctl(option, *map(ctypes.c_ulong, arguments)) == 0


def syscall(number: int, *arguments: object) -> int:
    """Call the kernel; a negative result is a refusal."""
    wide = (ctypes.c_long(item) if isinstance(item, int) else item for item in arguments)
    return int(libc().syscall(ctypes.c_long(number), *wide)) if is_linux() else -1
