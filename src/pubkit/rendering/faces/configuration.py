"""WeasyPrint's configuration of fonts with the faces of one edition, and nothing else.

Stock WeasyPrint loads the fontconfig of the machine and of the user: every font that is
installed, and rules that substitute, embolden or slant. This one starts with an empty fontconfig,
which takes a fifth of the time. The constructor that it replaces is looked at before.
"""

import ctypes
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from xml.sax.saxutils import escape

import weasyprint
from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.text.fonts import FontConfiguration

from pubkit.rendering.faces.fontset import FontSet
from pubkit.rendering.places import FONTCONFIG
from pubkit.rendering.resources import FONT_HOST
from pubkit.rendering.typefaces import BUNDLED_FACES, FOLDER, BundledFace, face_rules

MAJOR_VERSION = "70"
_CONSTRUCTOR = (
    "fontconfig", "FcInitLoadConfigAndFonts", "_config", "ffi", "gc", "pangoft2",
    "pango_ft2_font_map_new", "gobject", "g_object_unref", "font_map",
    "pango_fc_font_map_set_config", "cast", "FcConfigDestroy", "_folder", "strut_layouts",
    "font_features",
)  # fmt: skip
"""What the constructor of WeasyPrint's configuration names, in this order."""


def configure_fonts(fonts: FontSet) -> tuple[FontConfiguration, str]:
    """Return a configuration with these fonts, and the style sheet that it needs.

    If WeasyPrint or fontconfig is not as it was when this was written, it is WeasyPrint's own.
    """
    if _is_as_known():
        return PrivateFonts(fonts), ""
    return FontConfiguration(), face_rules(FONT_HOST)


@cache
def _is_as_known() -> bool:
    is_known = weasyprint.VERSION.split(".")[0] == MAJOR_VERSION
    names = FontConfiguration.__init__.__code__.co_names
    return is_known and names == _CONSTRUCTOR and hasattr(_fontconfig(), "FcConfigCreate")


class PrivateFonts(FontConfiguration):  # type: ignore[misc]
    """The faces of an edition; files that are made for them live as long as it."""

    def __init__(self, fonts: FontSet) -> None:
        """Do what WeasyPrint does, with other faces."""
        create = _fontconfig().FcConfigCreate
        create.restype = ctypes.c_void_p
        self._config = ffi.cast("FcConfig *", create())
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        self._fc_map = ffi.cast("PangoFcFontMap *", self.font_map)
        pangoft2.pango_fc_font_map_set_config(self._fc_map, self._config)
        fontconfig.FcConfigDestroy(self._config)
        self._folder = Path(mkdtemp(prefix="pubkit-"))
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}
        self._add(fonts)

    def _add(self, fonts: FontSet) -> None:
        rules = _rules(BUNDLED_FACES).encode()
        fontconfig.FcConfigParseAndLoadFromMemory(self._config, rules, True)
        bundled = (FOLDER / face.file for face in BUNDLED_FACES)
        for path in (*bundled, *fonts.files, *self._written(fonts.small)):
            fontconfig.FcConfigAppFontAddFile(self._config, str(path).encode())
        pangoft2.pango_fc_font_map_config_changed(self._fc_map)

    def _written(self, faces: Iterable[bytes]) -> Iterable[Path]:
        for number, data in enumerate(faces):
            path = self._folder / f"{number}.otf"
            path.write_bytes(data)
            yield path


@cache
def _fontconfig() -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(FONTCONFIG)
    except OSError:
        return None


def _rules(faces: Iterable[BundledFace]) -> str:
    """Return what gives bundled faces their private names, as ``@font-face`` does."""
    return f"<fontconfig>{''.join(map(_rule, faces))}</fontconfig>"


def _rule(face: BundledFace) -> str:
    weight = "bold" if face.weight >= 700 else "regular"  # noqa: PLR2004
    slant = "italic" if face.style == "italic" else "roman"
    return (
        '<match target="scan"><test name="file" compare="eq">'
        f"<string>{escape(str(FOLDER / face.file))}</string></test>"
        # Prepended: Pango does not bear a family that is replaced.
        f'<edit name="family" mode="prepend"><string>{escape(face.family)}</string></edit>'
        f'<edit name="slant" mode="assign"><const>{slant}</const></edit>'
        f'<edit name="weight" mode="assign"><const>{weight}</const></edit></match>'
    )
