"""The engine that lays pages out, loaded once.

WeasyPrint takes half a second to import and needs Pango. What is slow about it is avoided by
``loading/``; if anything there is not as expected, WeasyPrint is imported as it is. Whoever makes
many editions loads the engine before it forks, so that all of its children share it.
"""

import sys
from contextlib import redirect_stdout
from functools import cache
from importlib import import_module
from io import StringIO

from pubkit.errors import RenderingError
from pubkit.messages import gettext as _
from pubkit.rendering.loading.bindings import keep_bindings, kept_bindings
from pubkit.rendering.loading.default_sheets import load_default_sheets, no_default_sheets
from pubkit.rendering.loading.shims import no_font_tools, no_library_lookup
from pubkit.rendering.loading.version import known_version

_is_stock = False


def be_stock() -> None:
    """Import and use WeasyPrint as it is, however slow that is."""
    global _is_stock
    _is_stock = True


def is_stock() -> bool:
    """Tell whether nothing may be done that goes deeper than WeasyPrint's public interface."""
    return _is_stock


@cache
def load_engine() -> None:
    """Import all that lays pages out, once; what reads them back is another's (``load_readers``).

    Raises:
        RenderingError: The machine lacks a library.
    """
    from pubkit.formats.pdf.finishing import load_finishing
    from pubkit.rendering.pictures import load_formats

    try:
        load_weasyprint()
        for name in ("composition", "pagination", "repetition", "faces.configuration"):
            import_module(f"pubkit.rendering.{name}")
    except OSError as error:
        raise RenderingError(
            _("The layout engine cannot be loaded: {reason}").format(reason=error),
            remedy=_("Run pubkit doctor, which says what is missing"),
        ) from None
    load_formats()
    load_finishing()
    import_module("pubkit.rendering.style_sheets").parse_packaged()
    import_module("pubkit.rendering.faces.configuration").prepare_configuration()


def load_weasyprint() -> None:
    """Import WeasyPrint: fast if everything is as expected, otherwise as it is.

    Raises:
        OSError: The machine lacks a library.
    """
    if "weasyprint" in sys.modules:
        return
    # It prints where it is explained how libraries are installed; doctor says it.
    with redirect_stdout(StringIO()):
        if _is_stock or not _load_fast():
            import_module("weasyprint")


def _load_fast() -> bool:
    try:
        key = known_version()
        with no_library_lookup(), no_font_tools(), no_default_sheets(), kept_bindings(key):
            bindings = import_module("weasyprint.text.ffi")
        keep_bindings(key, bindings.ffi)
        load_default_sheets(key)
    # Whatever it is, WeasyPrint by itself may have no trouble with it, or says it in its own way.
    except Exception:
        for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
            del sys.modules[name]
        return False
    return True
