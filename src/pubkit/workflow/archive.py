"""``pubkit render --archive``: editions that hold what they were made from, to be kept."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from pubkit.formats.files import write_bytes
from pubkit.formats.pdf.archive import Attachment, make_archive
from pubkit.formats.pdf.finishing import verify_pdf
from pubkit.jail import Cell
from pubkit.localize import html_tag
from pubkit.messages import gettext as _
from pubkit.model import Document, Edition
from pubkit.workflow.project import ARCHIVED, Project
from pubkit.workflow.render import edition_file
from pubkit.workflow.workshop import Workshop


def write_archives(project: Project, editions: Sequence[Edition]) -> Iterator[Path]:
    """Make and write the archive edition of each edition, and yield its path.

    Every archive edition holds the ordinary editions of its document in the other languages; they
    hold nothing themselves, so no archive depends on another.

    Args:
        project: Where.
        editions: The finished editions that were made together; those without a PDF have none.

    Raises:
        RenderingError: One would not keep the rules of PDF/A.
        OutputError: It cannot be written.
    """
    for edition in editions:
        if edition.pdf is not None:
            path = archive_path(project, edition.document.name, lang=edition.document.lang)
            files = tuple(_attachments(project, edition, editions))
            write_bytes(path, _make_jailed(project, edition, files, path))
            yield path


def _make_jailed(
    project: Project, edition: Edition, files: Sequence[Attachment], path: Path
) -> bytes:
    """Return the archive edition; its attachments were measured when they were read."""
    limits = project.config.limits
    attached = sum(len(file.data) for file in files)
    workshop = Workshop.of(
        edition.document,
        pictures=project.config.source,
        limits=replace(limits, pdf_bytes=limits.pdf_bytes + attached),
    )
    (data,) = workshop.do(partial(_make, edition, files, path))
    return data


def _make(edition: Edition, files: Sequence[Attachment], path: Path, cell: Cell) -> Iterator[bytes]:
    cell.note(_("making the archive edition"))
    data = make_archive(edition.pdf or b"", files, dated=edition.document.publication_date)
    verify_pdf(data, path=str(path), files={file.name: file.data for file in files})
    yield data


def archive_path(project: Project, name: str, *, lang: str) -> Path:
    """Return where the archive edition of a document stands."""
    return edition_file(project, f"{name}{ARCHIVED}", lang=lang, suffix="pdf")


def _attachments(
    project: Project, edition: Edition, editions: Sequence[Edition]
) -> Iterator[Attachment]:
    """Yield the source, the catalogs, and the editions in other languages.

    Their descriptions are in English in every edition: whoever opens the archive in fifty years
    should find the same words in each.
    """
    document = edition.document
    yield Attachment(
        name=Path(document.path).name,
        data=(project.config.root / document.path).read_bytes(),
        media_type="text/markdown",
        relationship="Source",
        description="Source document in Markdown",
    )
    together = [other for other in editions if other.document.name == document.name]
    for other in together:
        yield from _catalog(project, other.document)
    for other in together:
        if other is not edition and other.pdf is not None:
            yield Attachment(
                name=f"{document.name}.{other.document.lang}.pdf",
                data=other.pdf,
                media_type="application/pdf",
                relationship="Alternative",
                description=f"Edition in {html_tag(other.document.lang)}",
            )


def _catalog(project: Project, document: Document) -> Iterator[Attachment]:
    path = project.catalog_path(document.name, document.lang)
    if path.is_file():
        yield Attachment(
            name=f"{document.name}.{document.lang}.po",
            data=path.read_bytes(),
            media_type="text/x-gettext-translation",
            relationship="Supplement",
            description=f"Translations into {html_tag(document.lang)}, a gettext catalog",
        )
