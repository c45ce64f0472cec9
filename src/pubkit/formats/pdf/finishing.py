"""What is put right in a PDF after its pages were laid out, and its archive edition.

The bytes depend on nothing but the pages and what is attached: no clock, no random numbers.
"""

import io
from typing import TYPE_CHECKING

from pubkit.errors import Location, RenderingError
from pubkit.formats.pdf.conformance import structure_faults
from pubkit.formats.pdf.structure import Structure, write_structure
from pubkit.messages import gettext as _

if TYPE_CHECKING:
    import pikepdf


def finish_pdf(data: bytes, structure: Structure) -> bytes:
    """Return a PDF with its structure."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        write_structure(pdf, structure)
        return saved(pdf)


def verify_pdf(data: bytes, *, path: str) -> None:
    """Make sure that a PDF keeps the rules for its structure.

    Raises:
        RenderingError: It does not; the error names all of them that it breaks.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        faults = list(structure_faults(pdf))
    if faults:
        raise RenderingError(
            _("The PDF would not be accessible: {faults}").format(
                faults="; ".join(map(str, faults))
            ),
            location=Location(path),
            remedy=_("Mend the document, the template or the style sheet"),
        )


def saved(pdf: "pikepdf.Pdf") -> bytes:
    """Return the bytes of a PDF, the same for the same content."""
    import pikepdf

    output = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(
        output,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return output.getvalue()
