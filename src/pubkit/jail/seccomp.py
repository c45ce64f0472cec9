"""What the child may not ask the kernel for: connections, programs, other processes.

The filter is a small program that the kernel runs before each call. It lets through what it does
not know: the walls of files and limits stand behind it.

Source:
    Linux kernel documentation, userspace-api/seccomp_filter; the numbers of the calls are those of
    asm/unistd_64.h and asm-generic/unistd.h.
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from pubkit.jail.system import is_linux, prctl
from pubkit.values import dataclass

SET_SECCOMP, FILTER_MODE = 22, 2

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
"""Where in the description of a call these stand."""
ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
FOREIGN_TABLE = 0x40000000
"""From here on are the calls of a second table, by which a filter could be passed by."""
THREAD = 0x00010000
"""The flag of a clone that is a thread of this process."""

EVERYWHERE = (
    # io_uring does what other calls do, behind the back of a filter.
    *(424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 438, 442),
)
"""Newer calls have the same numbers on all machines: of processes, io_uring, mounts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """The numbers of the calls of one kind of machine."""

    architecture: int
    refused: tuple[int, ...]
    of_itself: tuple[int, ...]
    """Those that are allowed if they are about this process."""
    clone: int
    clone3: int = 435


MACHINES: Mapping[str, Calls] = MappingProxyType(
    {
        "x86_64": Calls(
            architecture=0xC000003E,
            refused=(
                *(41, 42, 43, 44, 46, 49, 50, 53, 288, 307),  # sockets
                *(57, 58, 59, 322),  # fork, vfork, execve, execveat
                *(101, 310, 311, 312),  # ptrace and its kin
                *(200, 129, 297),  # signals
                *(29, 30, 64, 68, 240),  # shared memory, messages
                *(155, 161, 165, 166, 272, 308),  # mounts, namespaces
                *(248, 249, 250, 298, 303, 304, 321, 323),  # keys, handles, bpf, faults
                *(103, 135, 153, 163, 167, 168, 169, 170, 171, 172, 173, 175, 176, 179, 246),
                *(159, 164, 227, 305, 313, 320),  # clocks, modules
            ),
            of_itself=(62, 234, 302),  # kill, tgkill, prlimit64
            clone=56,
        ),
        "aarch64": Calls(
            architecture=0xC00000B7,
            refused=(
                *(198, 199, 200, 201, 202, 203, 206, 211, 242, 269),  # sockets
                *(221, 281),  # execve, execveat
                *(117, 270, 271, 272),  # ptrace and its kin
                *(130, 138, 240),  # signals
                *(180, 186, 190, 194, 196),  # shared memory, messages
                *(39, 40, 41, 51, 97, 268),  # mounts, namespaces
                *(217, 218, 219, 241, 264, 265, 280, 282),  # keys, handles, bpf, faults
                *(58, 60, 89, 92, 104, 105, 106, 116, 142, 161, 162, 224, 225),
                *(112, 170, 171, 266, 273, 294),  # clocks, modules
            ),
            of_itself=(129, 131, 261),  # kill, tgkill, prlimit64
            clone=220,
        ),
    }
)


def refuse_calls() -> bool:
    """Install the filter; tell whether it could be done. It needs ``NO_NEW_PRIVILEGES``."""
    calls = MACHINES.get(platform.machine())
    if calls is None or not is_linux():
        return False
    steps = tuple(_program(calls, os.getpid()))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    return prctl(SET_SECCOMP, FILTER_MODE, ctypes.addressof(program))


Step = tuple[int, int, int, int]
"""What is done; how many steps are left out if it is so, and if not; with which number."""


def _program(calls: Calls, process: int) -> Iterator[Step]:
    refusal = REFUSE | errno.EPERM
    yield from [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, calls.architecture), _end(KILL)]
    yield (LOAD, 0, 0, NUMBER)
    yield from [(AT_LEAST, 0, 1, FOREIGN_TABLE), _end(refusal)]
    for number in (*calls.refused, *EVERYWHERE):
        yield from [(EQUAL, 0, 1, number), _end(refusal)]
    # The C library then takes the older call, whose flags can be seen.
    yield from [(EQUAL, 0, 1, calls.clone3), _end(REFUSE | errno.ENOSYS)]
    yield from _about(calls.clone, ((ANY_BIT, 1, 0, THREAD),))
    for number in calls.of_itself:
        yield from _about(number, ((EQUAL, 2, 0, process), (EQUAL, 1, 0, 0)))
    yield _end(ALLOW)


def _about(number: int, conditions: Sequence[Step]) -> Iterator[Step]:
    """Yield the steps that allow a call only if its first argument meets a condition."""
    yield (EQUAL, 0, len(conditions) + 3, number)
    yield (LOAD, 0, 0, FIRST_ARGUMENT)
    yield from conditions
    yield _end(REFUSE | errno.EPERM)
    yield _end(ALLOW)


def _end(answer: int) -> Step:
    return (RETURN, 0, 0, answer)
