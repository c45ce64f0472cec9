"""Copies of replaced files, which stand in the backup folder as the files do in the project.

``.pubkit/backup/locales/zh/LC_MESSAGES/report.2024-05-01T09.41.07.1f2e3d4c.po`` is what
``locales/zh/LC_MESSAGES/report.po`` was when somebody saved it at that time (UTC).
"""

import os
from datetime import UTC, datetime, timedelta
from glob import escape
from pathlib import Path

from pubkit.formats.files import replace_file

KEPT = 30
"""So many copies of each file are kept, however old they are."""
KEPT_FOR = timedelta(days=30)
"""So long before the newest copy is a copy kept, however many there are."""


def keep_copy(data: bytes, *, target: Path, folder: Path) -> Path:
    """Keep the content of a file that is replaced, the same content once; drop very old copies.

    The folder of the file is locked by then, so no two processes write copies of it.

    Raises:
        OSError: There is no room for it, or no right to write it.
    """
    import hashlib  # which is wanted for saving alone

    digest = hashlib.sha256(data).hexdigest()[:8]
    place = _place(target, folder)
    for copy in place.glob(f"{escape(target.stem)}.*.{digest}{target.suffix}"):
        return copy
    saved = target.stat() if target.exists() else None
    time = datetime.fromtimestamp(saved.st_mtime if saved else 0, UTC)
    copy = place / f"{target.stem}.{time:%Y-%m-%dT%H.%M.%S}.{digest}{target.suffix}"
    place.mkdir(parents=True, exist_ok=True)
    replace_file(copy, data)
    if saved:
        os.utime(copy, ns=(saved.st_atime_ns, saved.st_mtime_ns))
    _prune(target, place)
    return copy


def _place(target: Path, folder: Path) -> Path:
    """Return where the copies of a file stand: as it does in the project of the folder."""
    project = folder.resolve().parent.parent
    if target.is_relative_to(project) and not folder.resolve().is_relative_to(target.parent):
        return folder / target.relative_to(project).parent
    return folder


def _prune(target: Path, place: Path) -> None:
    pattern = f"{escape(target.stem)}.????-??-??T??.??.??.????????{target.suffix}"
    copies = sorted(place.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
    newest = copies[0].stat().st_mtime
    for copy in copies[KEPT:]:
        if copy.stat().st_mtime < newest - KEPT_FOR.total_seconds():
            copy.unlink(missing_ok=True)
