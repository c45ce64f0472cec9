"""What laying out a page reads on this machine besides its pictures: the program, the fonts.

Everything else may be closed to the process that does it.
"""

import ctypes
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

from pubkit.states import FOLDER
from pubkit.values import dataclass

FONTCONFIG = "libfontconfig.so.1"
SYSTEM = ("/usr/share", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64")
"""What packages install for all programs; it holds nothing of anybody's."""
LIBRARIES = (
    *("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0"),
    *(FONTCONFIG, "libfreetype.so.6", "libfribidi.so.0", "libglib-2.0.so.0"),
)
"""The libraries that set a page, besides those of Python."""
LINKER = "/etc/ld.so.cache"
"""What tells where libraries are; it is written again when one is installed."""
MAPS = Path("/proc/self/maps")
FILES = ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts")


@cache
def places_to_read() -> tuple[Path, ...]:
    """Return the folders and files of the program, its libraries, and the fonts."""
    program = Path(__file__).parents[1]
    standard = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib"))
    packages = (path for path in sys.path if Path(path).name in ("site-packages", "dist-packages"))
    fixed = map(Path, (*SYSTEM, *FILES, *standard, *packages))
    found = _font_places()
    fonts = (*found.fonts, *found.caches, *found.settings_folders, *found.settings)
    return tuple(dict.fromkeys((program, *fixed, *fonts)))


def engine_files() -> Iterator[str]:
    """Yield the files and folders that decide how a page looks: libraries, fonts, their settings.

    They are written as ``states.look_at`` takes them; what is only missing today is among them.
    """
    found = _font_places()
    yield from (f"{folder}{FOLDER}" for folder in (*found.fonts, *found.settings_folders))
    yield from map(str, found.settings)
    yield LINKER
    yield from _library_files()


def _library_files() -> Iterator[str]:
    """Yield the files of the libraries that the linker finds today."""
    for name in LIBRARIES:
        with suppress(OSError):
            ctypes.CDLL(name)
    beginnings = tuple(name.partition(".so")[0] for name in LIBRARIES)
    with suppress(OSError):
        lines = MAPS.read_text("utf-8", errors="replace").splitlines()
        loaded = (line.split(maxsplit=5)[-1].strip() for line in lines)
        yield from sorted({path for path in loaded if Path(path).name.startswith(beginnings)})


@dataclass(frozen=True, slots=True, kw_only=True)
class _FontPlaces:
    """What fontconfig reads."""

    fonts: tuple[Path, ...] = ()
    caches: tuple[Path, ...] = ()
    settings: tuple[Path, ...] = ()
    settings_folders: tuple[Path, ...] = ()


@cache
def _font_places() -> _FontPlaces:
    """Ask fontconfig what it reads; it is asked as fonts are looked for."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(FONTCONFIG)
        library.FcInitLoadConfig.restype = ctypes.c_void_p
        library.FcStrListNext.restype = ctypes.c_char_p
        config = ctypes.c_void_p(library.FcInitLoadConfig())
        listed = partial(_listed, library, config=config)
        settings = tuple(listed("FcConfigGetConfigFiles"))
        # Files are looked for in folders of settings, but not in somebody's home.
        names = ("conf.d", "fontconfig", "fonts")
        folders = [path.parent for path in settings if path.parent.name in names]
        found = _FontPlaces(
            fonts=tuple(listed("FcConfigGetFontDirs")),
            caches=tuple(listed("FcConfigGetCacheDirs")),
            settings=settings,
            settings_folders=tuple(dict.fromkeys((*listed("FcConfigGetConfigDirs"), *folders))),
        )
        library.FcConfigDestroy(config)
        return found
    return _FontPlaces()


def _listed(library: ctypes.CDLL, name: str, *, config: ctypes.c_void_p) -> Iterator[Path]:
    function = getattr(library, name)
    function.restype = ctypes.c_void_p
    found = ctypes.c_void_p(function(config))
    while (text := library.FcStrListNext(found)) is not None:
        yield Path(text.decode("utf-8", "surrogateescape"))
    library.FcStrListDone(found)
