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
        width, height = page.get_size()
        self._across, self._down = self._drawn.width / width, self._drawn.height / height

    def are_lacking(self, boxes: Iterable[Box]) -> list[bool]:
        """Tell of the box of each glyph whether nothing is to be seen there."""
        return [
            right - left < HAIR
            or top - bottom < HAIR
            or not self._has_ink(*self._pixels(left, bottom, right, top))
            for left, bottom, right, top in boxes
        ]

    def _pixels(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[int, int, int, int]:
        """Return the pixels of a box and those around it, to which fine strokes are moved."""
        across, down, height = self._across, self._down, self._drawn.height
        return (
            floor(left * across) - 1,
            floor(height - top * down) - 1,
            ceil(right * across) + 1,
            ceil(height - bottom * down) + 1,
        )

    def _has_ink(self, left: int, upper: int, right: int, lower: int) -> bool:
        """Look along a line through the middle, which meets nearly all glyphs, then at all."""
        drawn = self._drawn
        if 0 <= left < right <= drawn.width and 0 <= upper < lower <= drawn.height:
            start = (upper + lower) // 2 * drawn.stride
            line = self._shades[start + left : start + right]
            if max(line) - min(line) > LEAST_CONTRAST:
                return True
        darkest, lightest = self._picture.crop((left, upper, right, lower)).getextrema()
        return bool(lightest - darkest > LEAST_CONTRAST)

    @cached_property
    def _picture(self) -> Any:
        return self._drawn.to_pil()
