"""The engine that lays pages out and reads them back, loaded once.

WeasyPrint takes a second to import and needs Pango. Whoever makes many editions loads the engine
before it forks, so that all of its children share it.
"""

from functools import cache
from importlib import import_module

from pubkit.errors import RenderingError
from pubkit.formats.pdf.reader import load_readers
from pubkit.messages import gettext as _
from pubkit.rendering.pictures import load_formats


@cache
def load_engine() -> None:
    """Import all that lays pages out and reads them back, once: it takes a second.

    Raises:
        RenderingError: The machine lacks a library.
    """
    try:
        import_module("pubkit.rendering.composition")
    except OSError as error:
        raise RenderingError(
            _("The layout engine cannot be loaded: {reason}").format(reason=error),
            remedy=_("Run pubkit doctor, which says what is missing"),
        ) from None
    load_formats()
    load_readers()
