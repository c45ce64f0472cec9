"""Starts processes and measures them; a small process of its own.

::

    python -I -S starter.py      one request in JSON a line, one answer in JSON a line

A process that is started inherits, as its largest memory, what its parent had at that moment. So
commands are not started by the benchmark itself, which has loaded much, but from here, where
nothing is loaded but what Python is made of.

Whatever a command leaves behind comes here, too (a subreaper): its time counts, and it is ended.
"""

import ctypes
import json
import os
import select
import signal
import sys
import time
from typing import Any

PR_SET_CHILD_SUBREAPER = 36
PAGE_MEBIBYTES = os.sysconf("SC_PAGE_SIZE") / 2**20
PATIENCE = 5.0
"""Seconds in which what was left behind has to end once it is killed."""


def main() -> None:
    """Answer requests until there are no more."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for line in sys.stdin:
        print(json.dumps(_measured(json.loads(line))), flush=True)  # noqa: T201


def _measured(request: dict[str, Any]) -> dict[str, Any]:
    """Run a command to its end, or until its time is over."""
    begun = time.monotonic()
    process = _start(request)
    is_late, samples = _wait(process, begun, request["seconds"], request["every"])
    wall = time.monotonic() - begun
    if is_late:
        _kill_group(process)
    _process, status, used = os.wait4(process, 0)
    usages = [used, *_end_strays(process)]
    return {
        "code": os.waitstatus_to_exitcode(status),
        "is_late": is_late,
        "wall": wall,
        "cpu": sum(usage.ru_utime + usage.ru_stime for usage in usages),
        "peak": max(usage.ru_maxrss for usage in usages) / 1024,
        "samples": samples,
    }


def _start(request: dict[str, Any]) -> int:
    process = os.fork()
    if process:
        return process
    try:
        os.setsid()
        os.chdir(request["folder"])
        for target, path, flags in (
            (0, os.devnull, os.O_RDONLY),
            (1, request["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            (2, request["errors"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        ):
            os.dup2(os.open(path, flags, 0o600), target)
        os.execvpe(request["command"][0], request["command"], request["environment"])  # noqa: S606
    except OSError as error:
        os.write(2, str(error).encode())
    finally:
        os._exit(127)


def _wait(
    process: int, begun: float, seconds: float, every: float
) -> tuple[bool, list[tuple[float, float, float]]]:
    """Wait for the end; meanwhile look at the memory now and then, if that is wanted."""
    samples: list[tuple[float, float, float]] = []
    descriptor = os.pidfd_open(process)
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        while True:
            left = begun + seconds - time.monotonic()
            if left <= 0:
                return True, samples
            if poll.poll(1000 * (min(every, left) if every else left)):
                return False, samples
            if every:
                sizes = [*_sizes(process)] or [0.0]
                samples.append((time.monotonic() - begun, max(sizes), sum(sizes)))
    finally:
        os.close(descriptor)


def _sizes(process: int) -> list[float]:
    """Return the resident mebibytes of a process and of all that came from it."""
    sizes, waiting = [], [process]
    while waiting:
        number = waiting.pop()
        try:
            with open(f"/proc/{number}/statm", encoding="ascii") as file:  # noqa: PTH123
                sizes.append(int(file.read().split()[1]) * PAGE_MEBIBYTES)
            waiting += _children(number)
        except OSError:
            continue  # it has ended meanwhile
    return sizes


def _children(process: int) -> list[int]:
    path = f"/proc/{process}/task/{process}/children"
    with open(path, encoding="ascii") as file:  # noqa: PTH123
        return [int(number) for number in file.read().split()]


def _kill_group(process: int) -> None:
    try:
        os.killpg(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def _end_strays(process: int) -> list[Any]:
    """End what a command has left running; return what it had used."""
    _kill_group(process)
    usages = []
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            stray, _status, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if stray:
            usages.append(used)
            continue
        for number in _children(os.getpid()):
            os.kill(number, signal.SIGKILL)
        time.sleep(0.01)
    return usages


if __name__ == "__main__":
    main()
