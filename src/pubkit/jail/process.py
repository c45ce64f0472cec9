"""Fork, wait, read: the parent's side of a jail, and the child's.

The child is forked, so it has everything that the parent has read and imported, and starts in
milliseconds. It must be the only thread that matters: pubkit's commands have one. Should a child
ever wait for a lock that a thread of another program held, the clock ends it.
"""

import errno
import gc
import mmap
import os
import signal
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from select import poll
from time import monotonic, sleep
from typing import NoReturn

from pubkit.errors import PubkitError
from pubkit.jail.frames import (
    BrokenFrameError,
    Kind,
    printable,
    read_error,
    read_frames,
    send,
    write_error,
)
from pubkit.jail.rlimits import open_reserve
from pubkit.jail.walls import Wall, raise_walls
from pubkit.values import dataclass

PATIENCE = 3
COLLECTED_RARELY = (50_000, 20, 100)
"""A child lives for seconds. Looking for its garbage at the usual pace takes a sixth of its time;
so it keeps 10 MB more of a document of 66 pages."""
LONGEST_WAIT = 3_600_000
"""Milliseconds; the system cannot wait for more than 24 days at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a child may use."""

    seconds: int = 60
    """Of the processor; by the clock ``PATIENCE`` times as many, for machines that are busy."""
    memory_bytes: int = 1_000_000_000
    """Beyond what its parent has."""
    result_bytes: int = 100_000_000
    readable: tuple[Path, ...] = ()
    """Files and folders; on machines that can keep it from all others."""


class Cause(StrEnum):
    """Why a child ended without a result."""

    TIME = "time"
    """Of the processor."""
    CLOCK = "clock"
    """It has used little of the processor, but did not end."""
    MEMORY = "memory"
    DEPTH = "depth"
    """Its stack was too small: something is nested too deep."""
    DISK = "disk"
    """There was no room for what it writes down while it works."""
    CRASH = "crash"
    """A library has failed, or the system has ended it."""
    BUG = "bug"
    """An exception that nobody expected."""
    ANSWER = "answer"
    """What it sent is too much, or no answer."""


class Ended(Exception):  # noqa: N818  # it is the child that ended, not its parent
    """A child ended without a result.

    Args:
        cause: Why.
        stage: What it was doing last.
        story: The traceback of a bug, the name of a signal.
    """

    def __init__(self, cause: Cause, *, stage: str = "", story: str = "") -> None:
        super().__init__(f"{cause} ({stage}) {story}")
        self.cause = cause
        self.stage = stage
        self.story = story


@dataclass(frozen=True, slots=True)
class Cell:
    """Where work is done: what it can tell its parent besides its result."""

    note: Callable[[str], None]
    """Is told what is about to be done, for the case that the child does not come back."""
    walls: frozenset[Wall] = frozenset()
    """Those that stand around it."""


Work = Callable[[Cell], Iterable[bytes]]


def run_jailed(
    work: Work, bounds: Bounds, *, meanwhile: Callable[[], None] = lambda: None
) -> tuple[bytes, ...]:
    """Do work in a child, and return the bytes that it yields.

    Args:
        work: Runs in the child; whatever it changes is changed there alone.
        bounds: What it may use.
        meanwhile: Runs in this process, while the child works.

    Raises:
        PubkitError: The work has raised it.
        Ended: The child has ended without a result.
    """
    with _Slate() as slate, tempfile.TemporaryDirectory(prefix="pubkit-") as folder:
        reading, writing = os.pipe()
        child = _fork(work, bounds, slate, (reading, writing), Path(folder))
        try:
            os.close(writing)
            meanwhile()
            ending = _Ending(child, monotonic() + PATIENCE * bounds.seconds, slate)
            return ending.result(ending.answer(reading, bounds.result_bytes))
        finally:
            os.close(reading)
            _end(child)


def standing_walls() -> frozenset[Wall]:
    """Return the walls that this machine has, as a child finds them."""
    names = run_jailed(lambda cell: [wall.value.encode() for wall in cell.walls], Bounds())
    return frozenset(Wall(name.decode()) for name in names)


# ---------------------------------------------------------------- the parent's side


class _Slate:
    """A page of memory that parent and child share: what the child is doing."""

    SIZE = 4096
    HEAD = 2

    def __init__(self) -> None:
        self.page = mmap.mmap(-1, self.SIZE)

    def __enter__(self) -> "_Slate":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.page.close()

    def write(self, text: str) -> None:
        """Note a text; what is too long is cut."""
        data = text.encode("utf-8", "replace")[: self.SIZE - self.HEAD]
        self.page[: self.HEAD + len(data)] = len(data).to_bytes(self.HEAD, "big") + data

    def read(self) -> str:
        """Return what was noted last, by whomever: it is not to be believed."""
        size = int.from_bytes(self.page[: self.HEAD], "big")
        return printable(self.page[self.HEAD :][:size].decode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class _Ending:
    """Waits for the end of a child, and tells what it was."""

    child: int
    deadline: float
    slate: _Slate

    def answer(self, pipe: int, most: int) -> bytes:
        """Read all that the child sends before it closes the pipe."""
        data = bytearray()
        ready = poll()
        ready.register(pipe)
        while self._waits_for(ready):
            piece = os.read(pipe, 1 << 20)
            if not piece:
                return bytes(data)
            data += piece
            if len(data) > most:
                raise self.ended(Cause.ANSWER)
        raise self.ended(Cause.CLOCK)

    def _waits_for(self, ready: poll) -> bool:
        """Wait until there is something to read; tell whether there is before the time is over."""
        while True:
            left = max(0, int((self.deadline - monotonic()) * 1000))
            if ready.poll(min(left, LONGEST_WAIT)):
                return True
            if not left:
                return False

    def result(self, data: bytes) -> tuple[bytes, ...]:
        """Return what the child has made, or raise what has happened to it."""
        try:
            frames = list(read_frames(data))
            if frames and frames[-1][0] is Kind.DONE:
                return tuple(part for kind, part in frames if kind is Kind.PART)
            for kind, said in frames:
                if kind is Kind.REFUSAL:
                    raise read_error(said)
                if kind is Kind.FAULT:
                    raise self._fault(said)
        except BrokenFrameError:
            raise self._without_answer() from None
        raise self._without_answer()

    def ended(self, cause: Cause, story: str = "") -> Ended:
        """Return the exception for an end."""
        return Ended(cause, stage=self.slate.read(), story=story)

    def _fault(self, said: bytes) -> Ended:
        word, _, story = said.decode("utf-8", "replace").partition("\n")
        return self.ended(Cause(word) if word in set(Cause) else Cause.ANSWER, printable(story))

    def _without_answer(self) -> Ended:
        """Wait until the child has ended, and tell by which signal: that of time, or another."""
        try:
            number = self._signal()
        except TimeoutError:
            return self.ended(Cause.CLOCK)
        if number is None:
            return self.ended(Cause.ANSWER)
        if number == signal.SIGXCPU:
            return self.ended(Cause.TIME)
        return self.ended(Cause.CRASH, signal.Signals(number).name)

    def _signal(self) -> int | None:
        """Wait for the signal that ends the child; its number stays its own until it is killed.

        Raises:
            TimeoutError: It does not end.
        """
        while True:
            end = os.waitid(os.P_PID, self.child, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if end:
                return None if end.si_code == os.CLD_EXITED else end.si_status
            if monotonic() > self.deadline:
                raise TimeoutError
            sleep(0.002)


def _end(child: int) -> None:
    """Kill a child, and what it may have started; nothing of it is left."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(child, 0)


# ---------------------------------------------------------------- the child's side


def _fork(work: Work, bounds: Bounds, slate: _Slate, pipe: tuple[int, int], folder: Path) -> int:
    with warnings.catch_warnings():
        # Other threads are no danger here: see above.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _live(work, bounds, slate, pipe[1], folder)
    return child


def _live(work: Work, bounds: Bounds, slate: _Slate, pipe: int, folder: Path) -> NoReturn:
    """Work behind walls, say how it went, and end without touching what is the parent's."""
    try:
        _let_go(pipe)
        tempfile.tempdir = str(folder)
        gc.freeze()
        gc.set_threshold(*COLLECTED_RARELY)
        with _telling(pipe):
            walls = raise_walls(
                seconds=bounds.seconds,
                memory_bytes=bounds.memory_bytes,
                readable=bounds.readable,
                folder=folder,
            )
            for part in work(Cell(slate.write, walls)):
                send(pipe, Kind.PART, part)
            send(pipe, Kind.DONE, b"")
    finally:
        os._exit(0)


@contextmanager
def _telling(pipe: int) -> Iterator[None]:
    """Tell the parent of every exception."""
    try:
        yield
    except PubkitError as error:
        send(pipe, Kind.REFUSAL, write_error(error))
    except MemoryError:
        open_reserve()
        send(pipe, Kind.FAULT, Cause.MEMORY.encode())
    except RecursionError:
        send(pipe, Kind.FAULT, Cause.DEPTH.encode())
    except BaseException as fault:
        cause = Cause.DISK if _is_for_want_of_room(fault) else Cause.BUG
        send(pipe, Kind.FAULT, f"{cause}\n{traceback.format_exc()}".encode("utf-8", "replace"))


def _is_for_want_of_room(fault: BaseException) -> bool:
    return isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT)


MOST_FILES = 1 << 16
"""Older kernels close one after the other, and some systems allow a thousand million."""


def _let_go(pipe: int) -> None:
    """Leave the parent's terminal, signals and files."""
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    silence = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(silence, standard)
    os.closerange(3, pipe)
    most = os.sysconf("SC_OPEN_MAX")
    # Without a limit it is -1.
    os.closerange(pipe + 1, min(most, MOST_FILES) if most > 0 else MOST_FILES)
