"""Read a finished PDF back, as viewers, screen readers and search engines will.

Source:
    ISO 32000-2 (PDF 2.0); ISO 14289-1 (PDF/UA-1).
"""

import io
import re
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pubkit.errors import Location, RenderingError
from pubkit.formats.pdf.conformance import structure_faults
from pubkit.formats.pdf.hygiene import hygiene_faults
from pubkit.formats.pdf.pages import read_bookmarks, read_pages
from pubkit.formats.pdf.reading import Reading
from pubkit.formats.published import PublishedFile, PublishedPicture
from pubkit.messages import gettext as _
from pubkit.patterns import pattern

if TYPE_CHECKING:
    import pikepdf
    import pypdfium2

WRONG_TYPES = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)
"""What a damaged file leads to: a number where a dictionary should be, a list without its end."""
ZERO_CODE = re.compile(rb"<(?:[0-9A-Fa-f]{4})*?000(?:0|>)|<[0-9A-Fa-f]*\s[0-9A-Fa-f\s]*>|\((?!\))")
"""How a content has to be written that draws a code of two zeros: in digits, the last of which may
be left out, in digits with breaks, or as letters."""
SUBSET_TAG = pattern(r"\A[A-Z]{6}\+")


def load_readers() -> None:
    """Import what reads PDFs: whoever does so in many processes wants it once."""
    for name in ("pikepdf", "pypdfium2", "pypdfium2.raw"):
        import_module(name)


def read_pdf(data: bytes, *, path: str) -> PublishedFile:
    """Return what a reader's programs see of a PDF.

    Raises:
        RenderingError: The file is damaged, encrypted or no PDF.
    """
    # Only here: no other command opens finished PDFs.
    import pikepdf
    import pypdfium2

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf, pypdfium2.PdfDocument(data) as document:
            return _published(pdf, document)
    except (pikepdf.PdfError, pypdfium2.PdfiumError, *WRONG_TYPES) as error:
        raise RenderingError(
            _("The PDF cannot be read: {reason}").format(reason=error),
            location=Location(path),
            remedy=_("Make it again: pubkit render"),
        ) from None


def _published(pdf: "pikepdf.Pdf", document: "pypdfium2.PdfDocument") -> PublishedFile:
    pages = tuple(read_pages(document))
    reading = Reading(pdf)
    info: Any = pdf.docinfo if "/Info" in pdf.trailer else {}
    figures = [item for item in reading.structure.elements if item.role == "Figure"]
    return PublishedFile(
        kind="pdf",
        lang=_text(pdf.Root.get("/Lang")) or None,
        title=_text(info.get("/Title")),
        created=_day(_text(info.get("/CreationDate"))),
        pages=tuple(page.text for page in pages),
        links=frozenset(_links(pdf)),
        pictures=tuple(
            PublishedPicture(name=str(number), alternative=figure.alternative or None)
            for number, figure in enumerate(figures, start=1)
        ),
        families=frozenset(_families(pdf)),
        missing_glyphs=sum(_missing_glyphs(reading, page) for page in pdf.pages),
        bookmarks=tuple(read_bookmarks(document)),
        sheets=pages,
        structure_faults=tuple(structure_faults(reading)),
        hygiene_faults=tuple(hygiene_faults(pdf)),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _day(date: str) -> str:
    """Return a PDF's date as ISO 8601 writes the day."""
    found = re.match(r"D:(\d{4})(\d\d)(\d\d)", date)
    return "-".join(found.groups()) if found else ""


# ---------------------------------------------------------------- links


def _links(pdf: "pikepdf.Pdf") -> Iterator[str]:
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            action = annotation.get("/A")
            if action is not None and action.get("/S") == "/URI":
                yield _text(action.get("/URI"))
            elif action is not None and action.get("/S") != "/GoTo":
                # Opens a file, runs a program: nothing that a document can ask for.
                yield f"action:{_text(action.get('/S'))}"


# ---------------------------------------------------------------- fonts


def _fonts(page: Any) -> dict[str, Any]:
    return dict(page.get("/Resources", {}).get("/Font", {}))


def _families(pdf: "pikepdf.Pdf") -> Iterator[str]:
    for page in pdf.pages:
        for font in _fonts(page).values():
            yield SUBSET_TAG.sub("", _text(font.get("/BaseFont")).removeprefix("/"))


def _missing_glyphs(reading: Reading, page: Any) -> int:
    """Count the codes of two bytes that draw glyph 0, a font's sign for what it lacks."""
    two_bytes = {name for name, font in _fonts(page).items() if font.get("/Subtype") == "/Type0"}
    if not two_bytes or not ZERO_CODE.search(_content(page)):
        return 0
    number, is_wide = 0, False
    for operator, operands in reading.instructions(page.obj):
        if operator == "Tf":
            is_wide = str(operands[0]) in two_bytes
        elif is_wide and operator in ("Tj", "TJ"):
            number += sum(map(_zeros, _strings(operands)))
    return number


def _content(page: Any) -> bytes:
    """Return what a page draws, as it is written."""
    import pikepdf

    content = page.Contents if "/Contents" in page else []
    streams = [content] if isinstance(content, pikepdf.Stream) else content
    return b"\n".join(stream.read_bytes() for stream in streams)


def _strings(operands: Any) -> Iterator[bytes]:
    import pikepdf

    for operand in operands:
        if isinstance(operand, pikepdf.Array):
            yield from _strings(operand)
        elif isinstance(operand, pikepdf.String):
            yield bytes(operand)


def _zeros(codes: bytes) -> int:
    if b"\0\0" not in codes:
        return 0
    return sum(codes[place : place + 2] == b"\0\0" for place in range(0, len(codes) - 1, 2))
