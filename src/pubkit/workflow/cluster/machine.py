"""What a machine makes editions with: another version of any of it may give other bytes."""

import ctypes
import platform
import zlib
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import pubkit
from pubkit.workflow.cluster.font_files import find_font_files, font_digests

PACKAGE = Path(pubkit.__file__).parent
LIBRARIES = (
    *("babel", "brotli", "budoux", "cssselect2", "fonttools", "jinja2", "lxml", "markdown-it-py"),
    *("markupsafe", "mdit-py-plugins", "nh3", "pikepdf", "pillow", "pydyf", "pypdfium2", "pyphen"),
    *("pyyaml", "segno", "tinycss2", "tinyhtml5", "uharfbuzz", "weasyprint", "zopfli"),
)
"""Those that a page goes through on its way to the file, and to its proof."""
INDIFFERENT = frozenset(
    {
        *("click", "dnspython", "email-validator", "flufl-bounce", "openpyxl", "pypandoc-binary"),
        *("rapidfuzz", "rich", "sqlalchemy"),
    }
)
"""Those that no edition goes through; every library of pubkit is in one of the two lists."""
FONT = "font "
"""What the name of a font file has before it: fonts can be sent, everything else cannot."""
MISSING = "–"


def describe_machine(families: Collection[str]) -> dict[str, str]:
    """Return the versions of this machine, and its files of these families of fonts."""
    return {
        "pubkit": f"{_version('pubkit')} ({_package_digest()[:12]})",
        "Python": platform.python_version(),
        "processor": platform.machine(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name: _version(name) for name in LIBRARIES},
        **_native_versions(),
        **{FONT + name: digest for name, digest in font_digests(find_font_files(families)).items()},
    }


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return MISSING


def _package_digest() -> str:
    """Return a digest of pubkit itself: between two releases, versions say little."""
    digest = sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and path.suffix not in (".pyc", ".mo"):
            digest.update(f"{path.relative_to(PACKAGE)}\0".encode())
            digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _native_versions() -> dict[str, str]:
    """Return the versions of the libraries that are no packages of Python."""
    versions = {}
    for name, (file, ask) in NATIVE.items():
        versions[name] = MISSING
        with suppress(OSError, AttributeError):
            versions[name] = ask(ctypes.CDLL(file))
    return versions


def _text(function: str) -> Callable[[ctypes.CDLL], str]:
    def ask(library: ctypes.CDLL) -> str:
        asked = getattr(library, function)
        asked.restype = ctypes.c_char_p
        return (asked() or b"").decode()

    return ask


def _freetype_version(library: ctypes.CDLL) -> str:
    handle, numbers = ctypes.c_void_p(), [ctypes.c_int() for _number in range(3)]
    library.FT_Init_FreeType(ctypes.byref(handle))
    library.FT_Library_Version(handle, *map(ctypes.byref, numbers))
    library.FT_Done_FreeType(handle)
    return ".".join(str(number.value) for number in numbers)


NATIVE: Mapping[str, tuple[str, Callable[[ctypes.CDLL], str]]] = {
    "Pango": ("libpango-1.0.so.0", _text("pango_version_string")),
    "HarfBuzz": ("libharfbuzz.so.0", _text("hb_version_string")),
    "HarfBuzz subset": ("libharfbuzz-subset.so.0", _text("hb_version_string")),
    "fontconfig": ("libfontconfig.so.1", lambda library: str(library.FcGetVersion())),
    "FreeType": ("libfreetype.so.6", _freetype_version),
}


def differences(
    own: Mapping[str, str], other: Mapping[str, str]
) -> tuple[tuple[str, str, str], ...]:
    """Return what differs besides fonts: what it is, its version here, and its version there."""
    names = (name for name in dict.fromkeys([*own, *other]) if not name.startswith(FONT))
    pairs = ((name, own.get(name, MISSING), other.get(name, MISSING)) for name in names)
    return tuple((name, here, there) for name, here, there in pairs if here != there)


def has_other_fonts(own: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Tell whether two machines have other files of the families, more of them, or fewer."""
    return _fonts(own) != _fonts(other)


def _fonts(machine: Mapping[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in machine.items() if name.startswith(FONT)}
