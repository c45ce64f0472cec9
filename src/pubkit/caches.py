"""What pubkit can make again and keeps, since making it takes time: small fonts, pictures, tables.

It lies in a folder of the user that nobody else can write into, never in a project: whoever sends
a project could send a wrong cache with it. Every key names all that its content depends on, so
nothing in it grows old; without a folder nothing is kept, and everything works.

A program names the folder once, at its start; a library keeps nothing.
"""

import os
from contextlib import suppress
from pathlib import Path

from pubkit.states import is_private, sealed, unsealed

MOST_BYTES = 200_000_000
"""Of one kind; the files that were not used for the longest time go first."""
_PRIVATE = 0o700

_folder: Path | None = None


def keep_in(folder: Path | None) -> None:
    """Keep what is made in a folder, or, without one, nothing."""
    global _folder
    _folder = folder


def cache_folder(kind: str) -> Path | None:
    """Return the folder of one kind of things, made if it is missing; None if nothing is kept.

    A folder that others can write into, or that cannot be made, is not used.
    """
    if _folder is None:
        return None
    folder = _folder / kind
    try:
        folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        return folder if is_private(_folder) and is_private(folder) else None
    except OSError:
        return None


def read_kept(kind: str, key: str) -> bytes | None:
    """Return what is kept under a key, if anything is, and note that it was used.

    What is not exactly as it was kept, on a disk that fails, is nothing.
    """
    folder = cache_folder(kind)
    if folder is None:
        return None
    try:
        data = unsealed((folder / key).read_bytes(), key)
    except OSError:
        return None
    with suppress(OSError):
        os.utime(folder / key)
    return data


def keep(kind: str, key: str, data: bytes) -> Path | None:
    """Keep data under a key, whole or not at all; a full disk costs time later, and nothing else.

    Args:
        kind: The folder, such as ``fonts``.
        key: A file name that says what the data are made from, by a digest.
        data: What took time.

    Returns:
        The file; None if nothing is kept.
    """
    folder = cache_folder(kind)
    if folder is None:
        return None
    # Every command looks for something that is kept, few keep something.
    from tempfile import NamedTemporaryFile

    try:
        with NamedTemporaryFile(dir=folder, prefix=".", delete=False) as file:
            temporary = Path(file.name)
            file.write(sealed(data, key))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / key)
    except OSError:
        with suppress(OSError, UnboundLocalError):
            temporary.unlink()
        return None
    _make_room(folder)
    return folder / key


def _make_room(folder: Path) -> None:
    with suppress(OSError):
        files = [(file.stat(), file) for file in folder.iterdir()]
        excess = sum(status.st_size for status, _file in files) - MOST_BYTES
        for status, file in sorted(files, key=lambda item: item[0].st_mtime):
            if excess <= 0:
                return
            file.unlink(missing_ok=True)
            excess -= status.st_size
