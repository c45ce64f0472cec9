"""Files: read, or refused with a remedy; replaced whole or not at all, whatever interrupts."""

import errno
import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path

from pubkit.errors import Location, PubkitError
from pubkit.messages import gettext as _


def write_bytes(
    path: Path,
    data: bytes,
    *,
    error: type[PubkitError] = PubkitError,
    is_private: bool = False,
) -> None:
    """Replace a file's content, or leave the file as it was.

    A reader, a crash or a full disk meets either the old file or the new one. The mode bits and
    symbolic links are kept.

    Args:
        path: The file; folders that are missing are made.
        data: Its new content.
        error: What to raise if the file cannot be written.
        is_private: Whether nobody but its owner may read the new one.

    Raises:
        PubkitError: The file cannot be written; it is as it was.
    """
    target = real_path(path)
    with explained(path, error), locked_folder(target.parent):
        replace_file(target, data, is_private=is_private)


def write_changed(path: Path, data: bytes, *, error: type[PubkitError] = PubkitError) -> None:
    """Replace a file's content as ``write_bytes`` does, if the file has another one or is missing.

    Servers and copying programs take a file that was written for a new one.

    Args:
        path: The file; folders that are missing are made.
        data: Its new content.
        error: What to raise if the file cannot be written.

    Raises:
        PubkitError: The file cannot be written; it is as it was.
    """
    with suppress(OSError):
        if path.read_bytes() == data:
            return
    write_bytes(path, data, error=error)


def read_bytes(
    path: Path, *, place: str | None = None, error: type[PubkitError] = PubkitError
) -> bytes:
    """Return a file's content.

    Args:
        path: The file.
        place: How an error names it; without one, by its path.
        error: What to raise if the file cannot be read.

    Raises:
        PubkitError: The file cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as cause:
        raise error(
            _("The file cannot be read: {reason}").format(reason=cause.strerror or cause),
            location=Location(place or str(path)),
            remedy=_("Look at its name and its permissions"),
        ) from None


def real_path(path: Path) -> Path:
    """Return the file behind symbolic links: it is replaced, and the link stays."""
    return Path(os.path.realpath(path))


@contextmanager
def explained(path: Path, error: type[PubkitError]) -> Iterator[None]:
    """Turn what the system says of a file that cannot be written into an error with a remedy."""
    try:
        yield
    except OSError as cause:
        raise error(
            _("The file cannot be written: {reason}.").format(reason=cause.strerror or cause),
            location=Location(str(path)),
            remedy=_remedy(cause),
        ) from cause


def _remedy(cause: OSError) -> str:
    if cause.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _("Make room on the disk and try again; the old file was not touched.")
    if cause.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("Get the right to write into the folder and try again.")
    return _("Check the path and try again; the old file was not touched.")


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Keep other pubkit processes from writing into a folder; make it if it is missing.

    The folder itself is locked, so no lock file is left behind. Who has locked it already goes on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if folder in _LOCKED.get():
        yield
        return
    with open_folder(folder) as descriptor:
        _lock(descriptor)
        token = _LOCKED.set(_LOCKED.get() | {folder})
        try:
            yield
        finally:
            _LOCKED.reset(token)


_LOCKED: ContextVar[frozenset[Path]] = ContextVar("_LOCKED", default=frozenset())
"""The folders that this thread has locked."""


@contextmanager
def open_folder(folder: Path) -> Iterator[int]:
    """Open a folder itself, to lock it or to write it down durably."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


# Some network file systems cannot lock a folder; there only the comparison of the bytes guards.
_UNLOCKABLE = (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOTSUP)


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError as cause:
        if cause.errno not in _UNLOCKABLE:
            raise


def replace_file(target: Path, data: bytes, *, is_private: bool = False) -> None:
    """Write a temporary file and give it the target's name, in a folder that is locked."""
    for name in _found_leftovers(target.parent):
        if _is_leftover(name, target):
            target.with_name(name).unlink(missing_ok=True)
    with temporary_file(target, data, is_private=is_private) as temporary:
        temporary.replace(target)
    with open_folder(target.parent) as folder:
        os.fsync(folder)


@contextmanager
def temporary_file(target: Path, data: bytes, *, is_private: bool = False) -> Iterator[Path]:
    """Write a file beside the target that can take its place; remove what stands there then."""
    temporary = temporary_name(target)
    try:
        _write_durably(temporary, data, target, is_private=is_private)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def temporary_name(target: Path) -> Path:
    """Return under which name this process writes what shall take a file's place."""
    return target.with_name(f".{target.name}.{os.getpid()}.tmp")


def leftovers(target: Path) -> list[Path]:
    """Find what killed runs left; under the lock no living run of ours owns it."""
    folder = target.parent
    hidden = _hidden_names(folder, folder.stat().st_mtime_ns)
    return [folder / name for name in hidden if _is_leftover(name, target)]


@lru_cache(maxsize=16)
def _hidden_names(folder: Path, _changed: int) -> tuple[str, ...]:
    """List a folder once for all its files, and again when it was changed."""
    with os.scandir(folder) as entries:
        return tuple(entry.name for entry in entries if entry.name.startswith("."))


def _is_leftover(name: str, target: Path) -> bool:
    beginning = f".{target.name}."
    return name.startswith(beginning) and bool(_NUMBER.fullmatch(name, len(beginning)))


_NUMBER = re.compile(r"[0-9]+\.tmp")


@cache
def _found_leftovers(folder: Path) -> tuple[str, ...]:
    """Return what killed runs left in a folder, when this program writes into it first.

    To list a folder of a hundred thousand editions for each of them takes longer than to write
    them; what another run leaves meanwhile, the next one removes.
    """
    with os.scandir(folder) as entries:
        return tuple(entry.name for entry in entries if _LEFT.fullmatch(entry.name))


_LEFT = re.compile(r"\..+\.[0-9]+\.tmp", re.DOTALL)


def _write_durably(temporary: Path, data: bytes, target: Path, *, is_private: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(temporary, flags, 0o600 if is_private else 0o666), "wb") as file:
        if not is_private:
            _copy_mode(target, file.fileno())
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _copy_mode(target: Path, descriptor: int) -> None:
    """Give the new file the old one's mode and, for root, its owner; a new one obeys the umask."""
    with suppress(FileNotFoundError):
        old = target.stat()
        if os.geteuid() == 0:
            os.fchown(descriptor, old.st_uid, old.st_gid)
        os.fchmod(descriptor, old.st_mode & 0o7777)
