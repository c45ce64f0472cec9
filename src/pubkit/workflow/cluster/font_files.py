"""The font files of a machine: which families are in which file, and where a bench finds its own.

A worker whose files are others gets those of the client, and its benches see no other fonts.
"""

import ctypes
from collections.abc import Collection, Iterable, Iterator
from hashlib import file_digest
from pathlib import Path
from xml.sax.saxutils import escape

from pubkit.rendering.places import FONTCONFIG

SYSTEM_FONTS = 0
MATCH = 0


class _Fonts(ctypes.Structure):
    _fields_ = (
        ("number", ctypes.c_int),
        ("size", ctypes.c_int),
        ("fonts", ctypes.POINTER(ctypes.c_void_p)),
    )


def find_font_files(families: Collection[str]) -> tuple[Path, ...]:
    """Return the files that have faces of these families; none where there is no fontconfig."""
    found = (path for path, names in _installed_faces() if not names.isdisjoint(families))
    return tuple(sorted(set(found)))


def _installed_faces() -> Iterator[tuple[Path, set[str]]]:
    """Yield each face that fontconfig finds: its file, and what it is called."""
    try:
        library = ctypes.CDLL(FONTCONFIG)
    except OSError:
        return
    library.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
    library.FcConfigGetFonts.restype = ctypes.POINTER(_Fonts)
    config = ctypes.c_void_p(library.FcInitLoadConfigAndFonts())
    found = library.FcConfigGetFonts(config, SYSTEM_FONTS)
    if found:
        for number in range(found.contents.number):
            face = ctypes.c_void_p(found.contents.fonts[number])
            for file in _texts(library, face, b"file"):
                yield Path(file), set(_texts(library, face, b"family"))
    library.FcConfigDestroy(config)


def _texts(library: ctypes.CDLL, face: ctypes.c_void_p, name: bytes) -> Iterator[str]:
    value, number = ctypes.c_char_p(), 0
    while library.FcPatternGetString(face, name, number, ctypes.byref(value)) == MATCH:
        yield (value.value or b"").decode("utf-8", "surrogateescape")
        number += 1


def font_digests(files: Iterable[Path]) -> dict[str, str]:
    """Return the digests of font files by their names."""
    return {path.name: _digest(path) for path in files}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def write_font_settings(fonts: Path, folder: Path) -> Path:
    """Write settings of fontconfig that know the fonts of one folder alone.

    The rules of the machine stay; what is looked for by its family, as pubkit does, needs none.
    """
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?>\n<fontconfig>\n'
        f"<dir>{escape(str(fonts))}</dir>\n"
        f"<cachedir>{escape(str(folder / 'fontconfig'))}</cachedir>\n"
        '<include ignore_missing="yes">/etc/fonts/conf.d</include>\n</fontconfig>\n'
    )
    return path
