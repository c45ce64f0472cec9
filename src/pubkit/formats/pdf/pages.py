"""The pages of a PDF as they are seen: text in its place, ink, pictures.

What stands in the file and what a reader sees are not the same: a glyph may be empty, a text may
be cut off, white on white, or lie under another one. So each page is also drawn, and looked at.

Knows PDFium, the engine of the browser that most readers open a PDF with.
"""

import ctypes
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, groupby
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from pubkit.formats.published import PlacedImage, PrintedPage
from pubkit.values import dataclass

if TYPE_CHECKING:
    import pypdfium2

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points, from the lower left corner of the sheet."""

EDGE = 4.0
"""Points: ink nearer to the edge of the sheet was not put there on purpose."""
OVERHANG = 1.5
"""Points: slanted and round letters may lean so far out of their measure."""
RESOLUTION = 100
"""Pixels per inch of the drawn page: a full stop of the smallest text has one pixel."""
HAIR = 0.02
"""Points: PDFium gives a glyph without an outline a box that is still thinner."""
LEAST_CONTRAST = 8
"""Of 255 shades: paper and ink that differ less are one to the eye."""
COVERED = 0.3
"""The part of a glyph that another one has to cover; a heavy kern never covers as much."""


def read_pages(document: "pypdfium2.PdfDocument") -> Iterator[PrintedPage]:
    """Yield what is seen of each page."""
    for number, page in enumerate(document, start=1):
        yield _Sheet(page).printed(number)


def read_bookmarks(document: "pypdfium2.PdfDocument") -> Iterator[str]:
    """Yield the titles of the outline."""
    for bookmark in document.get_toc():
        yield bookmark.get_title()


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A visible character and the box of its outline."""

    first: int
    """Its place among the characters of its page."""
    last: int
    """The same, unless the file says what several glyphs stand for: they have one box, then."""
    box: Box


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters that are drawn together: a line of a text, or what of it has one font."""

    glyphs: Sequence[_Glyph]
    box: Box
    order: int
    """Its place among all that is drawn on the page: what comes later lies above."""
    is_furniture: bool
    """Whether it stands in the margin on purpose, as the number of the page does."""


class _Sheet:
    """One page, laid open."""

    def __init__(self, page: "pypdfium2.PdfPage") -> None:
        self._page = page
        self._text = page.get_textpage()
        self._size: tuple[float, float] = page.get_size()
        self._objects = list(page.get_objects(max_depth=8))
        self._runs = list(self._read_runs())

    def printed(self, number: int) -> PrintedPage:
        return PrintedPage(
            number=number,
            text=self._text.get_text_range(),
            overflowing=tuple(self._overflowing()),
            invisible=tuple(self._invisible()),
            overprinted=tuple(self._overprinted()),
            images=tuple(self._images()),
        )

    # ------------------------------------------------------------ text

    def _read_runs(self) -> Iterator[_Run]:
        orders = {_address(item.raw): order for order, item in enumerate(self._objects)}
        places = range(self._text.count_chars())
        for address, group in groupby(places, self._drawn_by):
            glyphs = [glyph for place in group if (glyph := self._glyph(place))]
            if address and glyphs:
                yield self._run(glyphs, orders.get(address))

    def _run(self, glyphs: list[_Glyph], order: int | None) -> _Run:
        """Return characters that are drawn by the object with this place, if it is on the page."""
        box = _box_of(glyphs)
        marks = [] if order is None else list(_marks(self._objects[order]))
        if REPLACED in marks:
            # Nobody knows which of the glyphs stands for which of the characters.
            glyphs = [_Glyph(glyphs[0].first, glyphs[-1].last, box)]
        return _Run(glyphs, box, order or 0, "Artifact" in marks)

    def _drawn_by(self, place: int) -> int:
        """Return what draws a character; 0 for white space that is only concluded from a gap."""
        import pypdfium2.raw as pdfium

        return _address(pdfium.FPDFText_GetTextObject(self._text, place))

    def _glyph(self, place: int) -> _Glyph | None:
        import pypdfium2.raw as pdfium

        if not _is_visible(chr(pdfium.FPDFText_GetUnicode(self._text, place))):
            return None
        return _Glyph(place, place, self._text.get_charbox(place))

    def _written(self, glyphs: Sequence[_Glyph]) -> str:
        """Return the text from the first glyph to the last, with what stands between them."""
        first, last = glyphs[0].first, glyphs[-1].last
        return " ".join(self._text.get_text_range(first, last - first + 1).split())

    def _stretches(self, run: _Run, is_at_fault: Callable[[_Glyph], bool]) -> Iterator[str]:
        """Yield the texts of the stretches of a run at which something is wrong."""
        for is_wrong, glyphs in groupby(run.glyphs, is_at_fault):
            if is_wrong:
                yield self._written(list(glyphs))

    # ------------------------------------------------------------ what leaves its place

    def _overflowing(self) -> Iterator[str]:
        width, height = self._size
        sheet = (EDGE, EDGE, width - EDGE, height - EDGE)
        for run in self._runs:
            outside = list(self._stretches(run, lambda glyph: not _contains(sheet, glyph.box)))
            is_beside = not run.is_furniture and not _contains(self._area, run.box)
            yield from outside or ([self._written(run.glyphs)] if is_beside else [])

    @cached_property
    def _area(self) -> Box:
        """Where the text of the page belongs; the whole sheet if the file does not say."""
        area: Box | None = self._page.get_artbox(fallback_ok=False)
        left, bottom, right, top = area or (0.0, 0.0, *self._size)
        return left - OVERHANG, bottom - OVERHANG, right + OVERHANG, top + OVERHANG

    # ------------------------------------------------------------ what leaves no ink

    def _invisible(self) -> Iterator[str]:
        for run in self._runs:
            yield from self._stretches(run, lambda glyph: not self._has_ink(glyph))

    @cached_property
    def _drawn(self) -> Any:
        """The page as a picture in shades of grey."""
        return self._page.render(scale=RESOLUTION / 72, grayscale=True).to_pil()

    @cached_property
    def _shades(self) -> bytes:
        """The shades of the drawn page, line by line."""
        shades: bytes = self._drawn.tobytes()
        return shades

    @cached_property
    def _drawn_size(self) -> tuple[int, int]:
        size: tuple[int, int] = self._drawn.size
        return size

    def _has_ink(self, glyph: _Glyph) -> bool:
        left, bottom, right, top = glyph.box
        if min(right - left, top - bottom) < HAIR:
            return False
        pixels = self._pixels(glyph.box)
        if self._has_ink_across(pixels):
            return True
        darkest, lightest = self._drawn.crop(pixels).getextrema()
        return bool(lightest - darkest > LEAST_CONTRAST)

    def _has_ink_across(self, pixels: tuple[int, int, int, int]) -> bool:
        """Tell whether a line through the middle has ink, as it has through nearly all glyphs."""
        left, upper, right, lower = pixels
        width, height = self._drawn_size
        if not 0 <= left < right <= width or not 0 <= upper < lower <= height:
            return False
        start = (upper + lower) // 2 * width
        line = self._shades[start + left : start + right]
        return max(line) - min(line) > LEAST_CONTRAST

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        """Return the pixels of a box and those around it, to which fine strokes are moved."""
        left, bottom, right, top = box
        width, height = self._drawn_size
        across, down = width / self._size[0], height / self._size[1]
        return (
            floor(left * across) - 1,
            floor(height - top * down) - 1,
            ceil(right * across) + 1,
            ceil(height - bottom * down) + 1,
        )

    # ------------------------------------------------------------ what lies on what

    def _overprinted(self) -> Iterator[str]:
        for first, second in combinations(self._runs, 2):
            if _shared(first.box, second.box) and _collide(first, second):
                yield f"{self._written(first.glyphs)} / {self._written(second.glyphs)}"
        for run in self._runs:
            if any(self._is_spoilt(run, image) for image in self._placed_images):
                yield self._written(run.glyphs)

    def _is_spoilt(self, run: _Run, image: "_PlacedBox") -> bool:
        """Tell whether a text lies under a picture, or half on it and half beside it."""
        left, bottom, right, top = run.box
        shared = _shared(run.box, image.box) / ((right - left) * (top - bottom) or 1)
        return shared > COVERED and (run.order < image.order or shared < 1 - COVERED)

    # ------------------------------------------------------------ pictures

    @cached_property
    def _placed_images(self) -> list["_PlacedBox"]:
        import pypdfium2.raw as pdfium

        return [
            _PlacedBox(_visible_box(item), order)
            for order, item in enumerate(self._objects)
            if item.type == pdfium.FPDF_PAGEOBJ_IMAGE
        ]

    def _images(self) -> Iterator[PlacedImage]:
        for image in self._placed_images:
            data = self._objects[image.order].get_metadata()
            resolution = min(data.horizontal_dpi, data.vertical_dpi)
            yield PlacedImage(
                width=data.width, height=data.height, resolution=max(1, round(resolution))
            )


@dataclass(frozen=True, slots=True)
class _PlacedBox:
    box: Box
    order: int


def _visible_box(item: Any) -> Box:
    """Return the box of a picture as far as it is not cut off."""
    import pypdfium2.raw as pdfium

    clip = pdfium.FPDFPageObj_GetClipPath(item.raw)
    box: Box = item.get_bounds()
    for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip))):
        count = pdfium.FPDFClipPath_CountPathSegments(clip, path)
        points = [_point(pdfium.FPDFClipPath_GetPathSegment(clip, path, n)) for n in range(count)]
        if points:
            across, up = zip(*points, strict=True)
            left, bottom, right, top = box
            box = (
                max(left, min(across)),
                max(bottom, min(up)),
                min(right, max(across)),
                min(top, max(up)),
            )
    return box


def _point(segment: Any) -> tuple[float, float]:
    import pypdfium2.raw as pdfium

    across, up = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, across, up)
    return across.value, up.value


def _marks(item: Any) -> Iterator[str]:
    """Yield the names of the marks between which an object is drawn, and what they carry."""
    import pypdfium2.raw as pdfium

    for number in range(pdfium.FPDFPageObj_CountMarks(item.raw)):
        mark = pdfium.FPDFPageObj_GetMark(item.raw, number)
        name, length = (ctypes.c_ushort * LONGEST_NAME)(), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, name, 2 * LONGEST_NAME, length)
        yield bytes(name)[: length.value].decode("utf-16-le").rstrip("\0")
        if pdfium.FPDFPageObjMark_GetParamValueType(mark, REPLACED.encode()):
            yield REPLACED


LONGEST_NAME = 64
REPLACED = "ActualText"
"""ISO 32000-2, 14.9.4: the characters for which glyphs stand that cannot say so themselves."""


def _address(item: Any) -> int:
    """Return what tells two objects of PDFium apart."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


# ---------------------------------------------------------------- characters and boxes


INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffe\uffff")
"""Letters and signs that are empty by intention."""


def _is_visible(text: str) -> bool:
    return unicodedata.category(text)[0] in "LNPS" and text not in INVISIBLE


def _box_of(glyphs: Sequence[_Glyph]) -> Box:
    lefts, bottoms, rights, tops = zip(*(glyph.box for glyph in glyphs), strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _contains(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def _shared(one: Box, other: Box) -> float:
    """Return the area that two boxes have in common."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def _collide(first: _Run, second: _Run) -> bool:
    """Tell whether glyphs of two runs lie on one another."""
    near = [glyph for glyph in second.glyphs if _shared(glyph.box, first.box)]
    return any(
        _shared(glyph.box, other.box) > COVERED * min(_area(glyph.box), _area(other.box))
        for glyph in first.glyphs
        for other in near
    )


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
