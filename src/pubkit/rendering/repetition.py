"""What WeasyPrint works out again and again, worked out once for a page.

A page is laid out several times, and a text is measured several times in each layout: for the
width of a table's column, for the height of a picture's caption, to see where it breaks, and once
more to fill its line. The result depends on little, so it is kept beside what it depends on:

* the lines of a text, with the text, the style of its letters and the room that there is;
* the lengths of a box, with its style and the size of the box around it;
* the height of a line, with its style;
* values that a style merely inherits, or has because nobody has said anything, come without the
  search for what could have been said.

Several of WeasyPrint's functions are extended at run time, as ``composition.py`` does, for pages
whose fonts were given to ``remember_for`` alone. What a result depends on was read in one version
of WeasyPrint; in any other, everything is worked out each time, and the PDF is the same.
"""

import sys
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

import weasyprint
from weasyprint import css
from weasyprint.css import ComputedStyle
from weasyprint.css.functions import check_math
from weasyprint.formatting_structure.boxes import Box, PageBox
from weasyprint.layout import percent
from weasyprint.text import line_break

from pubkit.rendering.engine import is_stock

KNOWN_VERSION = "70.0"
LETTER_STYLE = (
    "font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning",
    "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
    "font_variation_settings", "font_language_override", "lang", "direction", "white_space",
    "letter_spacing", "word_spacing", "overflow_wrap", "word_break", "hyphens",
    "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone",
    "text_decoration_line", "tab_size",
)  # fmt: skip
"""All that ``split_first_line`` and what it calls ask of a style."""
LENGTHS = (
    "margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right",
    "padding_top", "padding_bottom", "width", "min_width", "max_width", "height", "min_height",
    "max_height", "border_top_width", "border_right_width", "border_bottom_width",
    "border_left_width",
)  # fmt: skip
"""All that ``resolve_percentages`` sets of a box."""
_ALL_LENGTHS = frozenset(LENGTHS)
PECULIAR = frozenset({"position", "float", "display", "page"})
"""Properties whose values depend on one another, or are kept in another place, too."""


def remember_for(fonts: Any) -> None:
    """Let the page that is laid out with these fonts remember what was worked out for it.

    Args:
        fonts: A ``FontConfiguration`` of WeasyPrint. What it remembers of another page is lost.
    """
    fonts.known_lines = {} if _install() else None


@cache
def _install() -> bool:
    """Extend WeasyPrint, once; tell whether that can be done."""
    if is_stock() or weasyprint.VERSION != KNOWN_VERSION:
        return False
    _replace(line_break.split_first_line, _remembering_lines)
    _replace(line_break.strut, _remembering_struts)
    _replace(percent.resolve_percentages, _remembering_lengths)
    ComputedStyle.__missing__ = without_search(ComputedStyle.__missing__)
    return True


def _replace(original: Callable[..., Any], extend: Callable[..., Any]) -> None:
    """Extend a function in all modules of WeasyPrint that have it by its name."""
    name, extended = original.__name__, extend(original)
    for module_name, module in list(sys.modules.items()):
        is_ours = module_name.startswith("weasyprint.")
        if is_ours and getattr(module, name, None) is original:
            setattr(module, name, extended)


def _remembering_lines(original: Callable[..., Any]) -> Callable[..., Any]:
    def split_first_line(
        text: str, style: Any, context: Any, max_width: Any, justification_spacing: float,
        is_line_start: bool = True, minimum: bool = False,
    ) -> Any:  # fmt: skip
        """Return the first line of a text, as it was for the same letters and room."""
        known = getattr(style.font_config, "known_lines", None)
        room = max_width, justification_spacing, is_line_start, minimum
        if known is None:
            return original(text, style, context, *room)
        key = text, _letters_of(style), room
        if key not in known:
            known[key] = original(text, style, context, *room)
        layout, *measures = known[key]
        return _copied(layout), *measures

    return split_first_line


def _letters_of(style: Any) -> str:
    """Return all that the letters of a text depend on, and its language."""
    try:
        letters: str = style.letters
    except AttributeError:
        letters = style.letters = repr([style[name] for name in LETTER_STYLE])
    return letters


def _copied(layout: Any) -> Any:
    """Return a layout of a text that is as good as the one that is kept, and may be changed."""
    copy = object.__new__(type(layout))
    copy.__dict__.update(layout.__dict__)
    return copy


def _remembering_struts(original: Callable[..., Any]) -> Callable[..., Any]:
    def strut(style: Any) -> Any:
        """Return the height of a line and its baseline, as they were for the style."""
        if getattr(style.font_config, "known_lines", None) is None:
            return original(style)
        try:
            return style.strut
        except AttributeError:
            style.strut = original(style)
            return style.strut

    return strut


def _remembering_lengths(original: Callable[..., Any]) -> Callable[..., Any]:
    def resolve_percentages(box: Any, containing_block: Any) -> None:
        """Set the lengths of a box, as they were for its style within a box of the same size."""
        style = box.style
        is_known = getattr(style.font_config, "known_lines", None) is not None
        # Borders that collapse depend on the cells around; heights of pages on other sizes.
        if not is_known or style["border_collapse"] == "collapse" or isinstance(box, PageBox):
            original(box, containing_block)
            return
        is_box = isinstance(containing_block, Box)
        size = (
            (containing_block.width, containing_block.height) if is_box else tuple(containing_block)
        )
        known = style.__dict__.setdefault("lengths", {})
        if size in known:
            box.__dict__.update(known[size])
            return
        original(box, containing_block)
        lengths = box.__dict__
        if lengths.keys() >= _ALL_LENGTHS:
            known[size] = {name: lengths[name] for name in LENGTHS}

    return resolve_percentages


def without_search(original: Callable[..., Any]) -> Callable[..., Any]:
    """Extend the function that finds a value of a style which was not asked for before."""
    inherited, initial = _plain_properties()

    @wraps(original)
    def missing(style: Any, key: str) -> Any:
        """Return a value that a style has not got yet."""
        if key not in style.cascaded:
            if key in initial:
                value = style[key] = initial[key]
                return value
            if key in inherited and style.parent_style is not None:
                value = style.parent_style[key]
                if not check_math(value):
                    style[key] = value
                    return value
        return original(style, key)

    return missing


def _plain_properties() -> tuple[frozenset[str], dict[str, Any]]:
    """Return properties that are inherited as they are, and those that have a value by themselves.

    None of them has another name that could have been said, such as ``margin_inline_start``.
    """
    plain = {
        name: value
        for name, value in css.INITIAL_VALUES.items()
        if name not in PECULIAR and not name.startswith("text_decoration_")
    }
    plain = {name: plain[name] for name in plain.keys() - css.PHYSICAL_FUNCTIONS.keys()}
    inherited = frozenset(plain.keys() & css.INHERITED)
    own = plain.keys() - css.INHERITED - css.INITIAL_NOT_COMPUTED
    initial = {
        name: plain[name]
        for name in own
        if plain[name] != "inherit" and not check_math(plain[name])
    }
    return inherited, initial
