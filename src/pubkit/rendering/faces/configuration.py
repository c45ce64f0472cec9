"""WeasyPrint's configuration of fonts with the faces of one edition, and nothing else.

Stock WeasyPrint loads the fontconfig of the machine and of the user: every font that is
installed, and rules that substitute, embolden or slant. This one starts with an empty fontconfig,
which takes a fifth of the time. The constructor that it replaces is looked at before.

Without rules, fontconfig would answer for a family that it does not have with any other. Here the
last family of all is "Pubkit Nowhere" (``nowhere.ttf``): it claims every character, has none, and
what is set in it is a fault that ``pdf.py`` reports.
"""

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import weasyprint
from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.text.fonts import FontConfiguration

from pubkit.errors import RenderingError
from pubkit.messages import gettext as _
from pubkit.rendering.engine import is_stock
from pubkit.rendering.faces.fontset import FontSet
from pubkit.rendering.places import FONTCONFIG
from pubkit.rendering.resources import FONT_HOST
from pubkit.rendering.typefaces import BUNDLED_FACES, FILES, FOLDER, BundledFace, face_rules

MAJOR_VERSION = "70"
NOWHERE = Path(__file__).with_name("nowhere.ttf")
NOWHERE_FAMILY = "Pubkit Nowhere"
_MARK = "desktop"
_WEIGHTS = {400: "regular", 700: "bold"}
_CONSTRUCTOR = (
    "fontconfig", "FcInitLoadConfigAndFonts", "_config", "ffi", "gc", "pangoft2",
    "pango_ft2_font_map_new", "gobject", "g_object_unref", "font_map",
    "pango_fc_font_map_set_config", "cast", "FcConfigDestroy", "_folder", "strut_layouts",
    "font_features",
)  # fmt: skip
"""What the constructor of WeasyPrint's configuration names, in this order."""


@contextmanager
def configured_fonts(fonts: FontSet | None) -> Iterator[tuple[FontConfiguration, str]]:
    """Return a configuration with these fonts, and the style sheet that it needs.

    It lasts as long as the layout and the drawing need it, and is that of the whole process:
    Pango asks the process and not the configuration what to put in the place of a family.

    Args:
        fonts: Of the edition; without any, the configuration is WeasyPrint's own.
    """
    if fonts is None:
        yield FontConfiguration(), face_rules(FONT_HOST)
        return
    config = PrivateFonts(fonts)
    try:
        yield config, ""
    finally:
        # Whoever asks next gets the machine's again.
        _fontconfig().FcConfigSetCurrent(None)


def can_be_private() -> bool:
    """Tell whether WeasyPrint and fontconfig are as they were when this was written."""
    return not is_stock() and _is_as_known()


@cache
def _is_as_known() -> bool:
    is_known = weasyprint.VERSION.split(".")[0] == MAJOR_VERSION
    names = FontConfiguration.__init__.__code__.co_names
    try:
        return is_known and names == _CONSTRUCTOR and bool(_fontconfig())
    except (OSError, AttributeError):
        return False


class PrivateFonts(FontConfiguration):  # type: ignore[misc]
    """The faces of an edition; files that are made for them live as long as it."""

    def __init__(self, fonts: FontSet) -> None:
        """Do what WeasyPrint does, with other faces."""
        config = _prepared.pop() if _prepared else _new_configuration()
        _fontconfig().FcConfigSetCurrent(config)
        self._config = ffi.cast("FcConfig *", config)
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        self._fc_map = ffi.cast("PangoFcFontMap *", self.font_map)
        pangoft2.pango_fc_font_map_set_config(self._fc_map, self._config)
        fontconfig.FcConfigDestroy(self._config)
        self._folder = Path(mkdtemp(prefix="pubkit-"))
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}
        self._add(fonts)

    def _add(self, fonts: FontSet) -> None:
        _obey(self._config, _family_rules(fonts.families))
        bundled = (FOLDER / face.file for face in BUNDLED_FACES)
        for path in (*bundled, *fonts.files, *self._written(fonts.small), NOWHERE):
            if not fontconfig.FcConfigAppFontAddFile(self._config, bytes(path)):
                raise RenderingError(
                    _("The font {path} cannot be read").format(path=path.name),
                    remedy=_("Install it again; pubkit doctor says which fonts are needed"),
                )
        pangoft2.pango_fc_font_map_config_changed(self._fc_map)

    def _written(self, faces: Iterable[bytes]) -> Iterable[Path]:
        for number, data in enumerate(faces):
            path = self._folder / f"{number}.otf"
            path.write_bytes(data)
            yield path


_prepared: list[int] = []
"""The configuration for the next edition, without its faces: nobody has used it."""


def prepare_configuration() -> None:
    """Make the configuration of an edition ready: each child that is forked has it for its own."""
    if can_be_private() and not _prepared:
        _prepared.append(_new_configuration())


def _new_configuration() -> int:
    """Return an empty configuration that knows how the faces of all editions are read."""
    config = int(_fontconfig().FcConfigCreate())
    _obey(ffi.cast("FcConfig *", config), _scan_rules())
    return config


def _obey(config: Any, rules: str) -> None:
    document = f"<fontconfig>{rules}</fontconfig>".encode()
    fontconfig.FcConfigParseAndLoadFromMemory(config, document, True)


@cache
def _fontconfig() -> ctypes.CDLL:
    library = ctypes.CDLL(FONTCONFIG)
    library.FcConfigCreate.restype = ctypes.c_void_p
    library.FcConfigSetCurrent.argtypes = (ctypes.c_void_p,)
    return library


# ---------------------------------------------------------------- rules of this fontconfig


def _scan_rules() -> str:
    """Return the private names of bundled faces, and what the last family claims to have."""
    return (
        f"{''.join(map(_bundled_rule, BUNDLED_FACES))}"
        f'<match target="scan"><test name="file" compare="eq">{_strings([str(NOWHERE)])}</test>'
        '<edit name="charset" mode="assign"><charset><range><int>0x21</int><int>0x10FFFF</int>'
        "</range></charset></edit></match>"
    )


def _family_rules(families: Iterable[str]) -> str:
    """Return in which family is what a stack lacks."""
    known = sorted({*families, *FILES})
    return (
        # Whoever asks for one of these families accepts the others; who asks for none, nothing.
        f"{''.join(map(_mark, known))}{_append(known, if_marked=True)}{_append([NOWHERE_FAMILY])}"
    )


def _mark(family: str) -> str:
    """Mark a pattern with a family, in a property that nobody else uses."""
    return (
        f'<match target="pattern"><test name="family" compare="eq">{_strings([family])}</test>'
        f'<edit name="{_MARK}" mode="assign"><string>known</string></edit></match>'
    )


def _append(families: Iterable[str], *, if_marked: bool = False) -> str:
    test = f'<test name="{_MARK}" compare="eq"><string>known</string></test>' if if_marked else ""
    return (
        f'<match target="pattern">{test}<edit name="family" mode="append_last" binding="strong">'
        f"{_strings(families)}</edit></match>"
    )


def _bundled_rule(face: BundledFace) -> str:
    slant = "italic" if face.style == "italic" else "roman"
    return (
        f'<match target="scan"><test name="file" compare="eq">{_strings([str(FOLDER / face.file)])}'
        # Prepended: Pango does not bear a family that is replaced.
        f'</test><edit name="family" mode="prepend">{_strings([face.family])}</edit>'
        f'<edit name="slant" mode="assign"><const>{slant}</const></edit>'
        f'<edit name="weight" mode="assign"><const>{_WEIGHTS[face.weight]}</const></edit></match>'
    )


def _strings(texts: Iterable[str]) -> str:
    return "".join(f"<string>{escape(text, quote=False)}</string>" for text in texts)
