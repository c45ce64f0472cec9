"""The characters of a page, as PDFium has them.

A page has thousands, and PDFium tells of one at a time. So they are asked for in loops that run in
C, and with bare numbers: what makes a call into a library slow is wrapping what goes in and out.
"""

import ctypes
from collections.abc import Callable
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

from pubkit.values import dataclass

if TYPE_CHECKING:
    import pypdfium2

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points, from the lower left corner of the sheet."""
BYTES_OF_BOX = 4 * ctypes.sizeof(ctypes.c_double)


@dataclass(frozen=True, slots=True, kw_only=True)
class Characters:
    """All characters of a page, also those that are only concluded; each list has one of each."""

    codes: list[int]
    """Of Unicode."""
    drawers: list[int]
    """The address of what draws it; 0 for white space that is only concluded from a gap."""
    boxes: list[Box]
    """Of the outlines."""


def read_characters(text: "pypdfium2.PdfTextPage") -> Characters:
    """Return the characters of a page."""
    import pypdfium2

    calls, page, number = _calls(), address_of(text.raw), text.count_chars()
    numbers = (ctypes.c_double * (4 * number))()
    first = ctypes.addressof(numbers)
    starts = [first + ctypes.sizeof(ctypes.c_double) * place for place in (0, 2, 1, 3)]
    places = (range(start, start + number * BYTES_OF_BOX, BYTES_OF_BOX) for start in starts)
    if not all(map(calls.box, repeat(page), range(number), *places)):
        raise pypdfium2.PdfiumError("A character has no place")
    edges = numbers[:]
    return Characters(
        codes=list(map(calls.code, repeat(page), range(number))),
        drawers=[drawer or 0 for drawer in map(calls.drawer, repeat(page), range(number))],
        boxes=list(zip(edges[::4], edges[1::4], edges[2::4], edges[3::4], strict=True)),
    )


def address_of(item: Any) -> int:
    """Return what tells two objects of PDFium apart."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calls:
    """Functions of PDFium that take a page's text and the place of a character, as numbers."""

    code: Callable[..., int]
    drawer: Callable[..., int | None]
    box: Callable[..., int]
    """Takes besides where it shall put left, right, bottom and top."""


@cache
def _calls() -> _Calls:
    import pypdfium2.raw as pdfium

    page, place, edges = ctypes.c_void_p, ctypes.c_int, [ctypes.c_void_p] * 4
    return _Calls(
        code=_bare(pdfium.FPDFText_GetUnicode, ctypes.c_uint, page, place),
        drawer=_bare(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, page, place),
        box=_bare(pdfium.FPDFText_GetCharBox, ctypes.c_int, page, place, *edges),
    )


def _bare(function: Any, *types: Any) -> Callable[..., Any]:
    """Return a function that takes and gives numbers where another one has pointers."""
    return ctypes.CFUNCTYPE(*types)(address_of(function))
