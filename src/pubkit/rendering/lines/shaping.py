"""In which script a text is shaped.

Fonts for Chinese have two dashes, two ellipses and two sets of figures, and draw those of the
script in which a text is shaped. Pango gives a sign that belongs to no script the script of the
letter before it. So a dash would be a Western one after a Latin word, and figures at the start of
a line others than they were when the paragraph was measured. Letters that are shaped, but neither
measured nor drawn, say what script is meant.

Source:
    Unicode Standard Annex 24, 5.1 "Handling Characters with the Common Script Property".
"""

import re
from itertools import chain

from pubkit.rendering.lines.signs import is_composed_language
from pubkit.values import dataclass

_HAN_LETTER = "一"
_DASHES = re.compile("[—…⋯]+")


@dataclass(frozen=True, slots=True)
class ShapedText:
    """A text with the letters that stand in it for the sake of its script alone."""

    text: str
    hidden: tuple[tuple[int, int], ...]
    """Of each such letter the place in the bytes of the text, and its own number of bytes."""

    def is_hidden(self, place: int) -> bool:
        """Tell whether a letter that begins at this place is not in the text itself."""
        return any(place == hidden for hidden, _length in self.hidden)

    def original(self, place: int) -> int:
        """Return where in the bytes of the text itself a place is."""
        return place - sum(length for hidden, length in self.hidden if hidden < place)


def shape_in_script(text: str, lang: str, *, before: str = "") -> ShapedText:
    """Return a text as it is to be shaped.

    Args:
        text: The text.
        lang: Its language; in Chinese and Japanese, dashes and ellipses are two squares wide.
        before: A letter of the script to which its first signs belong, or nothing.
    """
    starts = []
    if is_composed_language(lang):
        starts = [found.start() for found in _DASHES.finditer(text)]
    if not starts and not before:
        return ShapedText(text, ())
    letters = [(0, before)] if before else []
    letters += [(start, _HAN_LETTER) for start in starts if start or not before]
    parts, hidden, size, last = [], [], 0, 0
    for place, letter in letters:
        part = text[last:place]
        size += len(part.encode())
        hidden.append((size, len(letter.encode())))
        size += len(letter.encode())
        parts += [part, letter]
        last = place
    return ShapedText("".join([*parts, text[last:]]), tuple(hidden))


def script_letter(text: str, place: int) -> str:
    """Return a letter of the script that the sign at a place of a text has there."""
    if text[place].isalpha() or _DASHES.match(text, place):
        return ""
    for sign in chain(reversed(text[:place]), text[place:]):
        if sign.isalpha() or _DASHES.match(sign):
            return _HAN_LETTER if _DASHES.match(sign) else str(sign)
    return ""
