"""The faces that fontconfig finds on this machine: their families and their files.

What it says of how faces are drawn or substituted is not asked for.
"""

import ctypes
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pubkit.rendering.places import FONTCONFIG
from pubkit.values import dataclass

_SYSTEM_FONTS = 0
_WHOLE_INDEX = 0xFFFF
"""Above it stands the number of a named instance of a variable face."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a file."""

    families: tuple[str, ...]
    """The names of its family, in all languages."""
    path: Path
    index: int
    """Its number in a collection."""


class _FontSet(ctypes.Structure):
    _fields_ = (
        ("number", ctypes.c_int),
        ("room", ctypes.c_int),
        ("fonts", ctypes.POINTER(ctypes.c_void_p)),
    )


@cache
def installed_faces() -> tuple[Face, ...]:
    """Return all faces, in fontconfig's order; none if there is no fontconfig."""
    try:
        library = _library()
    except OSError:
        return ()
    config = library.FcInitLoadConfigAndFonts()
    try:
        found = library.FcConfigGetFonts(config, _SYSTEM_FONTS)
        fonts = found.contents.fonts[: found.contents.number] if found else ()
        return tuple(_face(library, ctypes.c_void_p(font)) for font in fonts)
    finally:
        library.FcConfigDestroy(ctypes.c_void_p(config))


def faces_of(families: Iterable[str]) -> tuple[Face, ...]:
    """Return the faces of these families, every weight and style, in the order of their files."""
    wanted = frozenset(families)
    found = {face for face in installed_faces() if not wanted.isdisjoint(face.families)}
    return tuple(sorted(found, key=lambda face: (face.path, face.index)))


def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(FONTCONFIG)
    library.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
    library.FcConfigGetFonts.restype = ctypes.POINTER(_FontSet)
    library.FcConfigGetFonts.argtypes = (ctypes.c_void_p, ctypes.c_int)
    return library


def _face(library: ctypes.CDLL, font: ctypes.c_void_p) -> Face:
    index = ctypes.c_int()
    library.FcPatternGetInteger(font, b"index", 0, ctypes.byref(index))
    (path,) = _texts(library, font, b"file")
    return Face(tuple(_texts(library, font, b"family")), Path(path), index.value & _WHOLE_INDEX)


def _texts(library: ctypes.CDLL, font: ctypes.c_void_p, name: bytes) -> Iterator[str]:
    text, number = ctypes.c_char_p(), 0
    while not library.FcPatternGetString(font, name, number, ctypes.byref(text)):
        yield (text.value or b"").decode("utf-8", "surrogateescape")
        number += 1
