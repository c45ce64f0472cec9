"""Files below one folder, and no others: whatever links, pipes or a race put in their place."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NotBelowError(Exception):
    """There is no such file below the folder."""


class TooLargeError(Exception):
    """The file is larger than its reader can bear."""


def read_below(folder: Path, name: str, *, most: int) -> bytes:
    """Return the content of a file below a folder.

    A symbolic link may lead to another place below it. What a link has led to is opened step by
    step without following any, so that none can be put there after the look at it.

    Args:
        folder: The folder.
        name: The path of the file from there.
        most: How many bytes it may have.

    Raises:
        NotBelowError: It is elsewhere, or no ordinary file: a folder, a pipe, a device.
        TooLargeError: It has more bytes.
    """
    with _opened(folder, name) as descriptor:
        if os.fstat(descriptor).st_size > most:
            raise TooLargeError
        with os.fdopen(os.dup(descriptor), "rb") as file:
            data = file.read(most + 1)
    if len(data) > most:
        raise TooLargeError
    return data


@contextmanager
def _opened(folder: Path, name: str) -> Iterator[int]:
    try:
        root = folder.resolve(strict=True)
        steps = (root / name).resolve(strict=True).relative_to(root).parts
        descriptor = _walk(root, steps)
    except (OSError, ValueError, RuntimeError):
        raise NotBelowError from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _walk(root: Path, steps: tuple[str, ...]) -> int:
    """Open a file by its steps from a folder; none of them may be a link."""
    if not steps:
        raise OSError
    place = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    for number, step in enumerate(steps, start=1):
        above = place
        try:
            place = _open_step(step, above, is_last=number == len(steps))
        finally:
            os.close(above)
    return place


def _open_step(step: str, above: int, *, is_last: bool) -> int:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
    if not is_last:
        return os.open(step, flags | os.O_DIRECTORY, dir_fd=above)
    # Merely to open a pipe or a device can do something, or wait for ever.
    _verify_ordinary(os.stat(step, dir_fd=above, follow_symlinks=False))
    descriptor = os.open(step, flags | os.O_NONBLOCK, dir_fd=above)
    try:
        _verify_ordinary(os.fstat(descriptor))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _verify_ordinary(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise OSError
