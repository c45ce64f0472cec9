"""The proof: a made edition is read back and compared with its document before it is written.

The checks of finished editions do it, those of ``pubkit check --editions``; so whatever they
learn to see, no edition is written with it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pubkit.checks.edition import FinishedEdition
from pubkit.checks.proofreading import check_edition
from pubkit.checks.registry import ALWAYS
from pubkit.formats.published import PublishedFile
from pubkit.formats.web import read_page
from pubkit.model import Document, Edition, Finding, Severity
from pubkit.rendering.page import Setting, waiting_segments
from pubkit.rendering.typefaces import stack_families
from pubkit.workflow.original import Original

NO_FAULT = frozenset({"draft"})
"""A draft is marked on every page and may be made; it is refused where it would be sent."""


def find_faults(edition: Edition, original: Original) -> tuple[Finding, ...]:
    """Return what is wrong with an edition that was made and not yet written."""
    page = read_page(edition.html)
    finished = finished_edition(page, original, page=page, pictures=edition.pictures)
    files = [(finished, f"{edition.document.name}.html")]
    if edition.pdf is not None:
        from pubkit.formats.pdf.reader import read_pdf  # a page by itself needs no reader of PDFs

        name = f"{edition.document.name}.pdf"
        files.insert(0, (replace(finished, file=read_pdf(edition.pdf, path=name)), name))
    return tuple(
        finding
        for file, name in files
        for finding in check_edition(file, path=name)
        if finding.severity is Severity.ERROR
        and finding.check not in NO_FAULT
        and (finding.check in ALWAYS or finding.check not in original.ignored)
    )


# ---------------------------------------------------------------- what should be in it


def finished_edition(
    file: PublishedFile, original: Original, *, page: PublishedFile, pictures: Iterable[str]
) -> FinishedEdition:
    """Return a finished file beside what it has to agree with.

    Args:
        file: The file, read back.
        original: What it was made from.
        page: The page for the web of today.
        pictures: The paths of the document's pictures below the source folder.
    """
    document, setting = original.document, original.setting
    langs = {document.lang, document.source_lang, *(item.lang for item in setting.alternates)}
    draft = setting.labels.get("DRAFT")
    return FinishedEdition(
        file=file,
        document=document,
        is_draft=bool(waiting_segments(document, setting=setting)),
        draft_labels=(draft.text,) if draft else ("DRAFT",),
        families=stack_families(langs, setting.typefaces),
        names=original.names,
        links=frozenset(_links(document, setting)),
        page=page,
        drawn=tuple(_drawn_texts(pictures, original.source)),
        picture_names={size: name for name, size in setting.picture_sizes.items()},
    )


def _links(document: Document, setting: Setting) -> Iterator[str]:
    """Yield what a page links to besides the document's own targets."""
    yield from document.details.values()
    yield from filter(None, (setting.publisher_url, setting.base_url))


def _drawn_texts(pictures: Iterable[str], folder: Path) -> Iterator[str]:
    """Yield the texts of drawings, which are letters in a PDF."""
    for picture in pictures:
        if picture.lower().endswith(".svg"):
            drawing = (folder / picture).read_text("utf-8", errors="replace")
            yield from re.split(r"<[^>]*>", drawing)
