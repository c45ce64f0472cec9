"""What is put right in a PDF after its pages were laid out.

The bytes depend on nothing but the pages and what is attached: no clock, no random numbers.
"""

import io
from collections.abc import Collection, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from pubkit.errors import Location, RenderingError
from pubkit.formats.pdf.conformance import structure_faults
from pubkit.formats.pdf.hygiene import hygiene_faults
from pubkit.formats.pdf.reading import Reading
from pubkit.formats.pdf.structure import Structure, write_structure
from pubkit.messages import gettext as _

if TYPE_CHECKING:
    import pikepdf


NO_FILES: Mapping[str, bytes] = MappingProxyType({})


def load_finishing() -> None:
    """Import what puts PDFs right: whoever does so in many processes wants it once."""
    for name in ("pikepdf", "lxml.etree"):  # pikepdf reads metadata with it
        import_module(name)


def finish_pdf(data: bytes, structure: Structure, *, colours: bytes) -> bytes:
    """Return a PDF with its structure.

    Args:
        data: The PDF as it was laid out.
        structure: All that is drawn on its pages.
        colours: The ICC profile that says what its red, green and blue are.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        write_structure(pdf, structure)
        pdf.Root.OutputIntents = pikepdf.Array([_output_intent(pdf, colours)])
        return save_pdf(pdf)


def _output_intent(pdf: "pikepdf.Pdf", colours: bytes) -> "pikepdf.Dictionary":
    import pikepdf

    return pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("sRGB"),
        Info=pikepdf.String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_stream(colours, N=3),
    )


def verify_pdf(
    data: bytes,
    *,
    path: str,
    files: Mapping[str, bytes] = NO_FILES,
    private: Collection[str] = (),
) -> None:
    """Make sure that a PDF keeps the rules of its standard, and holds nothing but its pages.

    Args:
        data: The PDF.
        path: What errors call it.
        files: What was put into it on purpose, by name.
        private: Paths of the machine, which may not stand in it.

    Raises:
        RenderingError: It does not; the error names all the rules that it breaks.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        unclean = list(hygiene_faults(pdf, files=files, private=private))
        faults = list(structure_faults(Reading(pdf)))
    if unclean:
        raise RenderingError(
            _("The PDF holds what no edition may hold: {faults}").format(
                faults="; ".join(map(str, unclean))
            ),
            location=Location(path),
            remedy=_("Remove it from the template, the style sheet or the picture"),
        )
    if faults:
        raise RenderingError(
            _("The PDF breaks the rules of its standard: {faults}").format(
                faults="; ".join(map(str, faults))
            ),
            location=Location(path),
            remedy=_("Mend the document, the template or the style sheet"),
        )


def save_pdf(pdf: "pikepdf.Pdf", *, is_plain: bool = False, is_packed: bool = True) -> bytes:
    """Return the bytes of a PDF, the same for the same content.

    Args:
        pdf: The PDF.
        is_plain: Whether every object stands by itself: a larger file, for which less has to be
            understood.
        is_packed: Whether streams are packed; those of a saved file are.
    """
    import pikepdf

    output = io.BytesIO()
    modes, levels = pikepdf.ObjectStreamMode, pikepdf.StreamDecodeLevel
    pdf.remove_unreferenced_resources()
    pdf.save(
        output,
        deterministic_id=True,
        object_stream_mode=modes.disable if is_plain else modes.generate,
        compress_streams=is_packed,
        stream_decode_level=levels.generalized if is_packed else levels.none,
    )
    return output.getvalue()
