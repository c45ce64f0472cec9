"""Many new files, written together: each is whole or not there, and the disk is waited for once."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pubkit.errors import PubkitError
from pubkit.formats.files import (
    explained,
    leftovers,
    locked_folder,
    open_folder,
    real_path,
    temporary_name,
)


def create_files(files: Mapping[Path, bytes], *, error: type[PubkitError]) -> set[Path]:
    """Write files that are not there yet.

    All of them are on the disk before the first gets its name. What is there already, or comes to
    be meanwhile, is left alone, and so is what a killed run has left something of.

    Args:
        files: The content of each; symbolic links among their folders are followed.
        error: What to raise if one cannot be written.

    Returns:
        Those that were created.

    Raises:
        PubkitError: One cannot be written; then none is.
    """
    places = _places(files, error)
    with ExitStack() as locks:
        # Everybody locks in this order, so nobody waits for somebody who waits.
        for folder in sorted({target.parent for target in places.values()}):
            locks.enter_context(locked_folder(folder))
        new = {path: place for path, place in places.items() if not leftovers(place)}
        with _temporaries({place: files[path] for path, place in new.items()}, error):
            _write_down(new.values())
            created = {path for path, place in new.items() if _give_name(place, error)}
        _write_down_names(new.values())
    return created


def _places(files: Iterable[Path], error: type[PubkitError]) -> dict[Path, Path]:
    """Return where the files are to be written that are not there, in folders that are made."""
    folders: dict[Path, Path] = {}
    for folder in dict.fromkeys(path.parent for path in files):
        with explained(folder, error):
            folder.mkdir(parents=True, exist_ok=True)
            folders[folder] = real_path(folder)
    new = (path for path in files if not os.path.lexists(path))
    return {path: folders[path.parent] / path.name for path in new}


@contextmanager
def _temporaries(files: Mapping[Path, bytes], error: type[PubkitError]) -> Iterator[None]:
    """Write each file under another name; remove what still has that in the end."""
    begun: list[Path] = []
    try:
        for target, data in files.items():
            begun.append(temporary_name(target))
            with explained(target, error), begun[-1].open("xb") as file:
                file.write(data)
        yield
    finally:
        for temporary in begun:
            with suppress(OSError):
                temporary.unlink()


def _give_name(target: Path, error: type[PubkitError]) -> bool:
    with explained(target, error):
        try:
            target.hardlink_to(temporary_name(target))
        except FileExistsError:
            return False
        except OSError:  # a file system without hard links
            temporary_name(target).replace(target)
    return True


# ---------------------------------------------------------------- durably


def _write_down(targets: Iterable[Path]) -> None:
    """Wait until the temporary files are on the disk: once for each file system, if possible."""
    paths = list(targets)
    for folder in _one_of_each_file_system(paths):
        if not _synchronize(folder):
            for target in paths:
                with temporary_name(target).open("rb") as file:
                    os.fsync(file.fileno())
            return


def _one_of_each_file_system(paths: Iterable[Path]) -> Iterable[Path]:
    folders = dict.fromkeys(path.parent for path in paths)
    return {folder.stat().st_dev: folder for folder in folders}.values()


def _synchronize(folder: Path) -> bool:
    """Let the system write down all of a file system; tell whether it has."""
    from pubkit.jail.system import is_linux, libc

    with open_folder(folder) as descriptor:
        return is_linux() and libc().syncfs(descriptor) == 0


def _write_down_names(targets: Iterable[Path]) -> None:
    for folder in dict.fromkeys(target.parent for target in targets):
        with open_folder(folder) as descriptor:
            os.fsync(descriptor)
