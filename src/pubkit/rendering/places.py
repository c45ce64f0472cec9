"""What laying out a page reads on this machine besides its pictures: the program, the fonts.

Everything else may be closed to the process that does it.
"""

import ctypes
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

FONTCONFIG = "libfontconfig.so.1"
SYSTEM = ("/usr/share", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64")
"""What packages install for all programs; it holds nothing of anybody's."""
FILES = ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts")


@cache
def places_to_read() -> tuple[Path, ...]:
    """Return the folders and files of the program, its libraries, and the fonts."""
    program = Path(__file__).parents[1]
    standard = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib"))
    packages = (path for path in sys.path if Path(path).name in ("site-packages", "dist-packages"))
    fixed = map(Path, (*SYSTEM, *FILES, *standard, *packages))
    return tuple(dict.fromkeys((program, *fixed, *_font_places())))


def _font_places() -> Iterator[Path]:
    """Yield what fontconfig reads: fonts, caches, settings. It is asked as fonts are looked for."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(FONTCONFIG)
        library.FcInitLoadConfig.restype = ctypes.c_void_p
        library.FcStrListNext.restype = ctypes.c_char_p
        config = ctypes.c_void_p(library.FcInitLoadConfig())
        for name in ("FcConfigGetFontDirs", "FcConfigGetCacheDirs", "FcConfigGetConfigDirs"):
            yield from _listed(library, name, config)
        for path in _listed(library, "FcConfigGetConfigFiles", config):
            yield path
            # Files are looked for in folders of settings, but not in somebody's home.
            if path.parent.name in ("conf.d", "fontconfig", "fonts"):
                yield path.parent
        library.FcConfigDestroy(config)


def _listed(library: ctypes.CDLL, name: str, config: ctypes.c_void_p) -> Iterator[Path]:
    function = getattr(library, name)
    function.restype = ctypes.c_void_p
    found = ctypes.c_void_p(function(config))
    while (text := library.FcStrListNext(found)) is not None:
        yield Path(text.decode("utf-8", "surrogateescape"))
    library.FcStrListDone(found)
