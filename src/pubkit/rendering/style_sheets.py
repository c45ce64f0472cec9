"""The style sheets of a page, parsed once and not for each of its layouts.

WeasyPrint reads the ``<style>`` elements of a page whenever it lays the page out; a third of the
time of a layout went into it. What is parsed is kept with the fonts of the page, so that it says
everything to the page that it would say when parsed again. Sheets that many editions have in
common can be parsed ahead, before children are forked; of them, one that depends on more than its
text, or of which WeasyPrint complains, is left to each page.

One name of WeasyPrint is extended, as ``composition.py`` does: not before a look whether it is as
it was when this was written. If not, sheets are parsed for each layout.
"""

import inspect
import logging
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint import css

from pubkit.patterns import pattern
from pubkit.rendering.engine import is_stock
from pubkit.rendering.resources import lone_style_sheet

TEMPLATES = Path(__file__).parent / "templates"
PACKAGED = ("tokens.css", "print.css")
MAJOR_VERSION = "70"
PARAMETERS = (
    "guess", "filename", "url", "file_obj", "string", "encoding", "base_url", "url_fetcher",
    "_check_mime_type", "media_type", "font_config", "counter_style", "color_profiles", "matcher",
    "page_rules", "layers", "layer",
)  # fmt: skip
DEPENDENT = pattern(r"(?i)@(?!(?:page|media|supports|(?:top|right|bottom|left)-[a-z]+)\b)|\\|url\(")
"""Fonts, counters, layers, other sheets and files; a backslash could hide one of them."""
LAYERED = pattern(r"(?i)@(?:layer|import|counter-style|color-profile)|@[a-z-]*\\")
"""What a sheet says to the layout for which it is parsed."""

_ahead: dict[tuple[str, str], Any] = {}


@cache
def share_style_sheets() -> bool:
    """Let the pages of this process keep their style sheets; tell whether that can be done."""
    original = getattr(css, "CSS", None)
    is_known = getattr(original, "__module__", "") == weasyprint.__name__
    if is_stock() or not is_known or weasyprint.VERSION.split(".")[0] != MAJOR_VERSION:
        return False
    if original is None or tuple(inspect.signature(original).parameters) != PARAMETERS:
        return False
    css.CSS = _sharing(original)
    return True


def keep_style_sheets(fonts: Any) -> None:
    """Keep the style sheets of pages that are laid out with these fonts."""
    fonts.style_sheets = {} if share_style_sheets() else None


def parse_packaged() -> None:
    """Parse the sheets that every page has, for all children of this process."""
    if share_style_sheets():
        parse_ahead((TEMPLATES / name).read_text(encoding="utf-8") for name in PACKAGED)


def parse_ahead(texts: Iterable[str], *, media: str = "print") -> None:
    """Parse style sheets for all pages that will be made by children of this process."""
    for text in texts:
        key = media, text.strip()
        if key not in _ahead and not DEPENDENT.search(text):
            sheet = _parse_silently(text, media)
            if sheet is not None:
                _ahead[key] = sheet


def _parse_silently(text: str, media: str) -> Any:
    """Return a sheet, unless there is something to say of it that each page has to hear."""
    listener = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        sheet = lone_style_sheet(text, media=media)
    finally:
        logger.removeHandler(listener)
    return None if listener.has_heard else sheet


class _Listener(logging.Handler):
    """Tells whether anything was logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.has_heard = False

    def emit(self, record: logging.LogRecord) -> None:
        """Take note."""
        self.has_heard = True


def _sharing(original: Callable[..., Any]) -> Callable[..., Any]:
    def make_sheet(guess: Any = None, **options: Any) -> Any:
        """Return a style sheet of a page, as it was parsed for the layout before."""
        text = options.get("string")
        known = getattr(options.get("font_config"), "style_sheets", None)
        if text is None or known is None:
            return original(guess, **options)
        key = options["media_type"], text.strip()
        # Each has its own rules for pages: they are applied in the same order.
        if LAYERED.search(text):
            return original(**{**options, "page_rules": []})
        if key not in known:
            known[key] = _ahead.get(key) or original(**{**options, "page_rules": [], "layers": []})
        return known[key]

    return make_sheet
