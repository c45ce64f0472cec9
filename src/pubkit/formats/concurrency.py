"""Files that other programs save at the same time: read whole, and replaced without a loss.

Editors take no locks. Some write a new file and give it the old one's name, others empty the old
one and write it anew. Linux tells whether a file is open for writing, and exchanges two files in
one step, so that whatever was replaced is still there to be looked at.
"""

import errno
import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pubkit.formats.files import leftovers, open_folder, temporary_file

PAUSE = 0.02
LOOKS = 100
"""So often is a file looked at that somebody is writing: for two seconds."""


def read_settled(path: Path) -> bytes:
    """Return a file's content when nobody is writing it, or no longer does so.

    Raises:
        OSError: It cannot be read, or is changed all the time.
    """
    for look in range(LOOKS):
        before = stamp_of(path)
        is_open = is_being_written(path)
        data = path.read_bytes()
        is_still = stamp_of(path) == before and len(data) == before[1]
        if is_still and (not is_open or look == LOOKS - 1):
            return data
        time.sleep(PAUSE)
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def settling(path: Path) -> Iterator[None]:
    """Yield at once, and again whenever the file has changed after a short while."""
    for _look in range(LOOKS):
        before = stamp_of(path)
        yield
        time.sleep(5 * PAUSE)
        if stamp_of(path) == before:
            return


Stamp = tuple[int, ...]
"""What changes when a file does."""


def stamp_of(path: Path) -> Stamp:
    """Return the state of a file; a file that is not there has one, too."""
    try:
        status = path.stat()
    except FileNotFoundError:  # some programs remove a file before they write it anew
        return 0, 0, 0, 0
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def is_being_written(path: Path) -> bool:
    """Whether another program has the file open for writing; False if nothing can tell.

    The system grants a read lease only on a file that nobody writes. The lease is given back at
    once; a program that comes meanwhile waits for that.
    """
    with _open(path) as descriptor:
        try:
            # The signal for a program that waits would end this process; this one is ignored.
            fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except (AttributeError, OSError) as cause:
            return getattr(cause, "errno", None) == errno.EAGAIN
    return False


@contextmanager
def _open(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


# ---------------------------------------------------------------- replacing


def clear_leftovers(target: Path, keep: Callable[[bytes], object]) -> None:
    """Remove what killed runs left beside a file in a locked folder; it may be the old file."""
    for path in leftovers(target):
        if left := path.read_bytes():  # an empty one was not written yet
            keep(left)
        path.unlink()


def replace_expected(
    target: Path, data: bytes, expected: bytes | None, keep: Callable[[bytes], object]
) -> bool:
    """Replace a file if it is, at that instant, what is expected; in a folder that is locked.

    Args:
        target: The file.
        data: Its new content.
        expected: Its content; None if there is no file.
        keep: Keeps what somebody saved at the very same moment.

    Returns:
        Whether the file was replaced; if not, it is what somebody else saved.
    """
    with temporary_file(target, data) as temporary:
        if expected is None:
            is_replaced = _create(temporary, target)
        else:
            is_replaced = _replace(temporary, target, data, expected, keep)
        with open_folder(target.parent) as folder:
            os.fsync(folder)
    return is_replaced


def _create(temporary: Path, target: Path) -> bool:
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        temporary.replace(target)
    return True


def _replace(
    temporary: Path, target: Path, data: bytes, expected: bytes, keep: Callable[[bytes], object]
) -> bool:
    if not _exchange(temporary, target):
        if target.read_bytes() != expected:
            return False
        temporary.replace(target)
        return True
    if temporary.read_bytes() == expected and not is_being_written(temporary):
        return True
    replaced = temporary.read_bytes()
    _exchange(temporary, target)
    keep(replaced)
    if temporary.read_bytes() != data:  # yet another one was saved in between
        keep(temporary.read_bytes())
    return False


_FOLDER_OF_PROCESS = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE


def _exchange(first: Path, second: Path) -> bool:
    """Let two files change their names in one step; False if the system cannot do that."""
    import ctypes  # which is wanted for saving alone

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    names = os.fsencode(first), os.fsencode(second)
    if not rename(_FOLDER_OF_PROCESS, names[0], _FOLDER_OF_PROCESS, names[1], _EXCHANGE):
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(code, os.strerror(code), str(second))
