"""The archive edition of a PDF: PDF/A-3a, with the files from which it was made.

It is PDF/UA-1 as well: the two ask for nothing that the other forbids, once the archive says what
the mark of PDF/UA in its metadata means.

Source:
    ISO 19005-3 (PDF/A-3), 6.2.2 (output intent), 6.3.2 (annotations), 6.6.2 (metadata, extension
    schemas), 6.8 (embedded files); XMP Specification, part 1.
"""

import io
from base64 import a85encode
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from pubkit.formats.pdf.conformance import PRINTED
from pubkit.formats.pdf.finishing import save_pdf
from pubkit.values import dataclass

if TYPE_CHECKING:
    import pikepdf

END_OF_METADATA = b"</rdf:RDF>"
ARCHIVE_METADATA = b"""<rdf:Description rdf:about=""
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3" pdfaid:conformance="A"/>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA Universal Accessibility Schema\
</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms\
</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>
</pdfaExtension:schemas></rdf:Description>
"""
"""What the file is, and what the mark of PDF/UA means, which PDF/A does not know by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside an archive edition."""

    name: str
    data: bytes
    media_type: str
    relationship: str
    """What it is to the edition: ``Source``, ``Supplement`` or ``Alternative``."""
    description: str


def make_archive(data: bytes, attachments: Iterable[Attachment], *, dated: date) -> bytes:
    """Return the archive edition of a PDF.

    Args:
        data: The finished PDF; its pages stay as they are.
        attachments: What is put into it.
        dated: The day of the document, which becomes that of its files: their own days differ
            from machine to machine.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        _mark_as_archive(pdf)
        for item in pdf.objects:
            _settle(item)
        files = [_attached(pdf, attachment, dated) for attachment in attachments]
        pdf.Root.AF = pdf.make_indirect(pikepdf.Array(files))
        archive = save_pdf(pdf, is_plain=True)
    return _with_certain_lengths(archive)


def _with_certain_lengths(data: bytes) -> bytes:
    """Return a PDF without streams that end with a carriage return.

    The line feed behind it is taken for its other half, and the stream for one byte shorter than
    it says. One stream in 256 ends so, by chance.

    Source:
        ISO 19005-3, 6.1.7.1 "Stream objects: general".
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        uncertain = [stream for stream in streams if stream.read_raw_bytes().endswith(b"\r")]
        for stream in uncertain:
            _write_in_letters(stream)
        return save_pdf(pdf, is_plain=True, is_packed=False) if uncertain else data


def _write_in_letters(stream: Any) -> None:
    import pikepdf

    filters, parameters = (_as_list(stream.get(key)) for key in ("/Filter", "/DecodeParms"))
    letters = a85encode(stream.read_raw_bytes()) + b"~>"
    stream.write(
        letters,
        filter=pikepdf.Array([pikepdf.Name.ASCII85Decode, *filters]),
        decode_parms=pikepdf.Array([None, *parameters]) if parameters else None,
    )


def _as_list(value: Any) -> list[Any]:
    import pikepdf

    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _mark_as_archive(pdf: "pikepdf.Pdf") -> None:
    metadata = pdf.Root.Metadata.read_bytes()
    before, end, after = metadata.rpartition(END_OF_METADATA)
    assert end, "the metadata has no end"  # noqa: S101
    # Archives search for metadata without unpacking anything.
    stream = pdf.make_stream(before + ARCHIVE_METADATA + end + after)
    stream.Type, stream.Subtype = pdf.Root.Metadata.Type, pdf.Root.Metadata.Subtype
    pdf.Root.Metadata = stream


def _settle(item: Any) -> None:
    """Leave nothing to the viewer: whether a link is printed, how a picture is enlarged."""
    import pikepdf

    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return
    if item.get("/Subtype") == "/Link" and "/Rect" in item:
        item.F = PRINTED
    elif item.get("/Subtype") == "/Image" and "/Interpolate" in item:
        del item.Interpolate


def _attached(pdf: "pikepdf.Pdf", attachment: Attachment, dated: date) -> Any:
    import pikepdf

    day = f"D:{dated:%Y%m%d}"
    specification = pikepdf.AttachedFileSpec(
        pdf,
        attachment.data,
        filename=attachment.name,
        mime_type=attachment.media_type,
        description=attachment.description,
        creation_date=day,
        mod_date=day,
    )
    pdf.attachments[attachment.name] = specification
    written: Any = pdf.attachments[attachment.name].obj
    written.AFRelationship = pikepdf.Name(f"/{attachment.relationship}")
    return written
