"""The characters for which an edition's small faces are made.

They are more than the page has: what the layout engine writes by itself, and what stands for a
character when it is shaped. Too many cost nothing; what is missing is seen after the layout.
"""

import html
import unicodedata

from pubkit.patterns import pattern

_ESCAPE = pattern(r"\\([0-9A-Fa-f]{1,6})")
"""A character in a style sheet, by its number."""
_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def _block(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


ALWAYS = frozenset(
    _block(0x20, 0x7E)
    + _block(0xA0, 0xFF)
    # Spaces, hyphens, dashes, quotation marks, ellipses; bullets of lists.
    + _block(0x2000, 0x206F)
    + "•◦‣▪▫■□●○◆◇▶▸▾"
    + _block(0x3000, 0x301F)
    + _block(0xFF01, 0xFF5E)
    # Numbers of lists, and the letter that says in which script a dash is shaped.
    + "〇零一二三四五六七八九十百千万"
    # It shows what a mark without its letter belongs to.
    + "\u25cc"
)
"""What a layout has without being told: counters, quotation marks, hyphens."""


def find_characters(page: str) -> frozenset[str]:
    """Return the characters of a page with its style sheets, and those that may stand for them."""
    text = html.unescape(page)
    numbers = {int(found[1], 16) for found in _ESCAPE.finditer(text)}
    text += "".join(chr(number) for number in numbers if number <= _LAST)
    # A face is asked for the composed sign, or for its parts, as it has them.
    composed, parts = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    signs = ALWAYS.union(text, text.upper(), text.lower(), composed, parts)
    return frozenset(sign for sign in signs if ord(sign) not in _SURROGATES)
