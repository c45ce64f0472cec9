"""From a finished edition to the parcel that members get: letters, digest, texts."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from posixpath import basename

from pubkit.distribution.campaign import Parcel
from pubkit.distribution.message.mime import encoded_size
from pubkit.errors import DeliveryError, Location
from pubkit.formats.markdown import segment_text
from pubkit.messages import gettext as _
from pubkit.model import Document, Segment
from pubkit.rendering.letters import Correction, Enclosure, make_letter
from pubkit.rendering.templating.files import LETTER_TEMPLATES
from pubkit.workflow.labels import translated_labels
from pubkit.workflow.project import LABELS, Project
from pubkit.workflow.render import Page


def make_parcel(
    project: Project,
    page: Page,
    *,
    pdf: bytes,
    pdf_path: str,
    faulty: Sequence[Parcel] = (),
    note: str = "",
) -> Parcel:
    """Return an edition as members get it.

    Args:
        project: Whose settings hold.
        page: The translated document and what surrounds it.
        pdf: The edition.
        pdf_path: Where it lies below the project's root.
        faulty: The editions that its readers have now, if this one corrects them.
        note: What the office says of the correction.

    Raises:
        DeliveryError: A text of the letter is not translated, or the PDF is too large to be
            attached and nowhere to be found.
        RenderingError: A template is wrong.
    """
    document = page.document
    setting = replace(page.setting, labels=_labels(project, document.lang))
    enclosure = _enclosure(project, document, pdf, pdf_path)
    texts = document_texts(document)
    correction = _correction(faulty, texts, note)
    named, unnamed = (
        make_letter(
            document,
            setting=setting,
            enclosure=enclosure,
            is_named=is_named,
            correction=correction,
        )
        for is_named in (True, False)
    )
    return Parcel(
        lang=document.lang,
        pdf_path=pdf_path,
        pdf_digest=sha256(pdf).hexdigest(),
        pdf_size=len(pdf),
        attachment=enclosure.name if enclosure.is_attached else "",
        named=named,
        unnamed=unnamed,
        texts=texts,
    )


def document_texts(document: Document) -> tuple[str, ...]:
    """Return all texts of a document without markup, in their order."""
    return tuple(segment_text(segment) for segment in document.segments)


def _labels(project: Project, lang: str) -> dict[str, Segment]:
    labels = translated_labels(project, lang, pages=LETTER_TEMPLATES)
    waiting = [label for label in labels.values() if not label.is_finished]
    if waiting:
        raise DeliveryError(
            _("A text of the letter waits for its translation: {text}").format(
                text=waiting[0].msgid
            ),
            location=Location(str(project.catalog_path(LABELS, lang))),
            remedy=_("Run pubkit extract, and translate it in templates.po"),
        )
    return dict(labels)


def _enclosure(project: Project, document: Document, pdf: bytes, pdf_path: str) -> Enclosure:
    name = f"{basename(document.name)}.{document.lang}.pdf"
    largest = project.config.mail.largest_kilobytes * 1000
    is_attached = encoded_size(len(pdf)) <= largest
    if not is_attached and not project.config.project.base_url:
        raise DeliveryError(
            _(
                "The PDF takes {size} kB in a message; more than {largest} kB are not attached"
            ).format(size=encoded_size(len(pdf)) // 1000, largest=largest // 1000),
            location=Location(pdf_path),
            remedy=_(
                "Set base_url in [project] to where the editions are published, and the letter "
                "has a link; or raise largest_kilobytes in [mail]"
            ),
        )
    return Enclosure(name=name, size=len(pdf), is_attached=is_attached)


def _correction(faulty: Sequence[Parcel], texts: tuple[str, ...], note: str) -> Correction | None:
    """Return what a correction says; of several faulty editions it says not what was in each."""
    if not faulty:
        return None
    if len(faulty) > 1:
        return Correction(changes=(), note=note)
    # Only here: to compare texts takes what a letter without correction need not import.
    from pubkit.distribution.corrections import changes

    return Correction(changes=changes(faulty[0].texts, texts), note=note)
