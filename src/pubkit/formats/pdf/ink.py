"""Where a page has ink: it is drawn, and looked at."""

from collections.abc import Iterable
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from pubkit.formats.pdf.characters import Box

if TYPE_CHECKING:
    import pypdfium2

RESOLUTION = 100
"""Pixels per inch of the drawn page: a full stop of the smallest text has one pixel."""
HAIR = 0.02
"""Points: PDFium gives a glyph without an outline a box that is still thinner."""
LEAST_CONTRAST = 8
"""Of 255 shades: paper and ink that differ less are one to the eye."""
REACH = 4.0
"""Points: nothing that is drawn, or looked at, goes so far beyond its box: that is two pixels."""


class Ink:
    """A page as a picture in shades of grey."""

    def __init__(self, page: "pypdfium2.PdfPage") -> None:
        self._drawn = page.render(scale=RESOLUTION / 72, grayscale=True)
        self._shades = bytes(self._drawn.buffer)
        self._size = width, height = self._drawn.width, self._drawn.height
        self._scale = width / page.get_width(), height / page.get_height()

    def are_lacking(self, boxes: Iterable[Box]) -> list[bool]:
        """Tell of the box of each glyph whether nothing is to be seen there."""
        return [not self._has_ink(*box) for box in boxes]

    def _has_ink(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Tell whether a box has ink, or the pixels around it, to which fine strokes are moved."""
        if right - left < HAIR or top - bottom < HAIR:
            return False
        (across, down), (width, height) = self._scale, self._size
        first, last = floor(left * across) - 1, ceil(right * across) + 1
        upper, lower = floor(height - top * down) - 1, ceil(height - bottom * down) + 1
        if first >= 0 and upper >= 0 and last <= width and lower <= height:
            # A line through the middle meets nearly all glyphs.
            start = (upper + lower) // 2 * self._drawn.stride
            line = self._shades[start + first : start + last]
            if max(line) - min(line) > LEAST_CONTRAST:
                return True
        darkest, lightest = self._picture.crop((first, upper, last, lower)).getextrema()
        return bool(lightest - darkest > LEAST_CONTRAST)

    @cached_property
    def _picture(self) -> Any:
        return self._drawn.to_pil()
