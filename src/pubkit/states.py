"""Files as the system tells of them: what is in the same state has the same content.

A state is a file's size, number and times. Anybody can choose when a file was written last (mtime);
when it was changed last (ctime) the system alone says. Only a file that changes twice within one
tick of the clock could look the same, so a state counts if it is older than the look at it: it is
*settled* then.

Source:
    Documentation of git, "Use of index and Racy Git problem" (technical/racy-git).
"""

import os
import stat
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = "/"
"""What stands behind a path if all that lies below it is meant."""
EXCEPT = "-"
"""What stands before a folder that is left out where it lies below another one."""
_LEFT_OUT = frozenset(("__pycache__", ".git", ".hg", ".svn", ".pubkit", ".venv"))
# CLOCK_REALTIME_COARSE, whose ticks Linux writes into files; Python has no name for it.
_CLOCK = 5 if sys.platform == "linux" else time.CLOCK_REALTIME
_COARSE_STEP = 2_000_000_000
"""What file systems count in that know no parts of a second, or few: FAT in steps of 2 s."""


class Look:
    """What was seen of some files at one time."""

    __slots__ = ("began", "changed", "states")

    def __init__(self, began: int, states: dict[str, str], changed: int) -> None:
        self.began = began
        """When the look began, by the clock of files."""
        self.states = states
        """The state of each file, by its path; of one that is not there, nothing."""
        self.changed = changed
        """When the last of them was changed."""

    @property
    def is_settled(self) -> bool:
        """Whether any change after the look will be seen."""
        return self.changed < self.began

    def joined(self, other: "Look") -> "Look":
        """Return what was seen in two looks, as one."""
        states, latest = {**self.states, **other.states}, max(self.changed, other.changed)
        return Look(min(self.began, other.began), states, latest)

    @property
    def digest(self) -> str:
        """What is the same if nothing has changed."""
        text = "\0".join(f"{path}\0{state}" for path, state in sorted(self.states.items()))
        return digest_of(text)


def look_at(watched: "Iterable[str]") -> Look:
    """Look at files, and at folders with all that lies below them.

    Args:
        watched: A path; with ``/`` behind it, all that lies below; with ``-`` before it, a folder
            into which nobody looks.
    """
    items = tuple(watched)
    skipped = {item[1:].rstrip("/") for item in items if item.startswith(EXCEPT)}
    look = Look(clock(), {}, 0)
    for item in items:
        if item.endswith(FOLDER):
            _look_below(item.rstrip("/"), look, skipped, set())
        elif not item.startswith(EXCEPT):
            _note(look, item, _status(item))
    return look


def state_of(path: str) -> str:
    """Return the state of a file; of one that is not there, nothing."""
    return _state(_status(path))


def changed(path: str) -> int:
    """Return when a file was changed, at the latest; 0 for one that is not there."""
    return _changed(_status(path))


def clock() -> int:
    """Return the time by the clock that the system writes into files."""
    return time.clock_gettime_ns(_CLOCK)


def digest_of(text: str) -> str:
    """Return the digest of a text, which may hold the names of any files."""
    from hashlib import blake2b

    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=20).hexdigest()


SEAL_BYTES = 20


def sealed(data: bytes, name: str) -> bytes:
    """Return data with a seal behind them, which holds for them under this name alone."""
    return data + _seal(data, name)


def unsealed(kept: bytes, name: str) -> bytes | None:
    """Return data that were sealed under this name; nothing if a disk has damaged them."""
    data, seal = kept[:-SEAL_BYTES], kept[-SEAL_BYTES:]
    return data if seal == _seal(data, name) else None


def _seal(data: bytes, name: str) -> bytes:
    from hashlib import blake2b

    return blake2b(data, digest_size=SEAL_BYTES, key=blake2b(name.encode()).digest()).digest()


def is_private(folder: str | os.PathLike[str]) -> bool:
    """Tell whether a folder is the user's own, and nobody else can write into it."""
    status = os.stat(folder)
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _look_below(folder: str, look: Look, skipped: set[str], above: set[tuple[int, int]]) -> None:
    """Note the files below a folder, symbolic links included, but no folder within itself."""
    status = _status(folder)
    identity = (status.st_dev, status.st_ino) if status else (0, 0)
    if status is None or identity in above:
        return _note(look, folder, None)
    try:
        with os.scandir(folder) as entries:
            found = [(entry.path, entry.name, entry.is_dir()) for entry in entries]
    except OSError:
        # A folder that cannot be read, or a file in its place.
        return _note(look, folder, status)
    for path, name, is_folder in found:
        if not is_folder:
            _note(look, path, _status(path))
        elif name not in _LEFT_OUT and path not in skipped:
            _look_below(path, look, skipped, above | {identity})
    return None


def _note(look: Look, path: str, status: os.stat_result | None) -> None:
    look.states[path] = _state(status)
    look.changed = max(look.changed, _changed(status))


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None


def _state(status: os.stat_result | None) -> str:
    if status is None:
        return ""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def _changed(status: os.stat_result | None) -> int:
    if status is None:
        return 0
    time_of_change = status.st_ctime_ns
    return time_of_change + (0 if time_of_change % 1_000_000 else _COARSE_STEP)
