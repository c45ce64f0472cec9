"""The pages of a PDF as they are seen: text in its place, ink, pictures.

What stands in the file and what a reader sees are not the same: a glyph may be empty, a text may
be cut off, white on white, or lie under another one. So each page is also drawn, and looked at.

Knows PDFium, the engine of the browser that most readers open a PDF with.
"""

import ctypes
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pubkit.formats.pdf.characters import Box, address_of, read_characters
from pubkit.formats.pdf.ink import REACH, Ink
from pubkit.formats.published import PlacedImage, PrintedPage
from pubkit.values import dataclass

if TYPE_CHECKING:
    import pypdfium2

EDGE = 4.0
"""Points: ink nearer to the edge of the sheet was not put there on purpose."""
OVERHANG = 1.5
"""Points: slanted and round letters may lean so far out of their measure."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Characters that are drawn together: a line of a text, or what of it has one font."""

    places: Sequence[int]
    """Those of its visible glyphs among the characters of the page."""
    boxes: Sequence[Box]
    """Of the outlines of these glyphs; one of all, if the file says what they stand for together:
    then nobody knows which of them stands for which of the characters."""
    box: Box
    order: int
    """Its place among all that is drawn on the page: what comes later lies above."""
    is_furniture: bool
    """Whether it stands in the margin on purpose, as the number of the page does."""

    def stretches(self, are_at_fault: Iterable[bool]) -> Iterator[tuple[int, int]]:
        """Yield the first and the last place of the stretches at which something is wrong."""
        for is_wrong, group in groupby(enumerate(are_at_fault), itemgetter(1)):
            numbers = [number for number, _wrong in group]
            if is_wrong and len(self.boxes) == len(self.places):
                yield self.places[numbers[0]], self.places[numbers[-1]]
            elif is_wrong:
                yield self.places[0], self.places[-1]


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
        orders = {address_of(item.raw): order for order, item in enumerate(self._objects)}
        characters = read_characters(self._text)
        codes, boxes = characters.codes, characters.boxes
        visible = {code for code in set(codes) if _is_visible(chr(code))}
        for drawer, group in groupby(range(len(codes)), characters.drawers.__getitem__):
            places = [place for place in group if codes[place] in visible]
            if drawer and places:
                yield self._run(places, [boxes[place] for place in places], orders.get(drawer))

    def _run(self, places: list[int], boxes: list[Box], order: int | None) -> _Run:
        """Return characters that are drawn by the object with this place, if it is on the page."""
        marks = [] if order is None else list(_marks(self._objects[order]))
        box = _box_of(boxes)
        return _Run(
            places=places,
            boxes=[box] if REPLACED in marks else boxes,
            box=box,
            order=order or 0,
            is_furniture="Artifact" in marks,
        )

    def _written(self, first: int, last: int) -> str:
        """Return the text from the first character to the last."""
        return " ".join(self._text.get_text_range(first, last - first + 1).split())

    def _written_by(self, run: _Run) -> str:
        return self._written(run.places[0], run.places[-1])

    # ------------------------------------------------------------ what leaves its place

    def _overflowing(self) -> Iterator[str]:
        width, height = self._size
        sheet = (EDGE, EDGE, width - EDGE, height - EDGE)
        for run in self._runs:
            if not _contains(sheet, run.box):
                outside = run.stretches(not _contains(sheet, box) for box in run.boxes)
                yield from (self._written(*stretch) for stretch in outside)
            elif not run.is_furniture and not _contains(self._area, run.box):
                yield self._written_by(run)

    @cached_property
    def _area(self) -> Box:
        """Where the text of the page belongs; the whole sheet if the file does not say."""
        area: Box | None = self._page.get_artbox(fallback_ok=False)
        left, bottom, right, top = area or (0.0, 0.0, *self._size)
        return left - OVERHANG, bottom - OVERHANG, right + OVERHANG, top + OVERHANG

    # ------------------------------------------------------------ what leaves no ink

    def _invisible(self) -> Iterator[str]:
        for run in self._runs:
            are_lacking = self._ink.are_lacking(run.boxes)
            if any(are_lacking):
                yield from (self._written(*stretch) for stretch in run.stretches(are_lacking))

    @cached_property
    def _ink(self) -> Ink:
        """The page as it is drawn, without pictures at which nobody looks.

        A picture takes longer than all the text of its page, and leaves no ink beyond its box.
        Where what a form draws lies is not known, so that stays.
        """
        import pypdfium2.raw as pdfium

        for image in self._placed_images:
            item = self._objects[image.order]
            area = _grown(item.get_bounds(), REACH)
            if item.level == 0 and not any(_shared(area, run.box) for run in self._runs):
                pdfium.FPDFPageObj_SetIsActive(item.raw, False)
        return Ink(self._page)

    # ------------------------------------------------------------ what lies on what

    def _overprinted(self) -> Iterator[str]:
        for first, second in _meeting(self._runs):
            if _collide(first, second):
                yield f"{self._written_by(first)} / {self._written_by(second)}"
        for run in self._runs:
            if any(self._is_spoilt(run, image) for image in self._placed_images):
                yield self._written_by(run)

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


# ---------------------------------------------------------------- characters and boxes


INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffe\uffff")
"""Letters and signs that are empty by intention."""


def _is_visible(text: str) -> bool:
    return unicodedata.category(text)[0] in "LNPS" and text not in INVISIBLE


def _box_of(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _grown(box: Box, margin: float) -> Box:
    return box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin


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


def _meeting(runs: Sequence[_Run]) -> Iterator[tuple[_Run, _Run]]:
    """Yield the pairs of runs whose boxes have an area in common, in order of the page.

    From the foot of the page upwards a run is compared with those alone that begin below its top.
    """
    upwards = sorted(enumerate(runs), key=lambda item: item[1].box[1])
    pairs = []
    for place, (number, run) in enumerate(upwards, start=1):
        for other_number, other in islice(upwards, place, None):
            if other.box[1] >= run.box[3]:
                break
            if _shared(run.box, other.box):
                pairs.append(sorted((number, other_number)))
    for first, second in sorted(pairs):
        yield runs[first], runs[second]


def _collide(first: _Run, second: _Run) -> bool:
    """Tell whether glyphs of two runs lie on one another."""
    near = [box for box in second.boxes if _shared(box, first.box)]
    return any(
        _shared(box, other) > COVERED * min(_area(box), _area(other))
        for box in first.boxes
        for other in near
    )


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
