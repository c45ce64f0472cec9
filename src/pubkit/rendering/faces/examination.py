"""Faces that some programs show wrongly: what ``pubkit doctor`` says of chosen families."""

import mmap
from collections.abc import Iterable
from pathlib import Path

from pubkit.rendering.faces.cff import CffError, has_identity_charset
from pubkit.rendering.faces.installed import Face, faces_of


def misnumbered_files(families: Iterable[str]) -> tuple[Path, ...]:
    """Return the files of families in which a glyph has another number than its place."""
    return tuple(dict.fromkeys(face.path for face in faces_of(families) if _is_misnumbered(face)))


def _is_misnumbered(face: Face) -> bool:
    try:
        with (
            face.path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
        ):
            return not has_identity_charset(data, index=face.index)
    except (OSError, ValueError, CffError):
        return False
