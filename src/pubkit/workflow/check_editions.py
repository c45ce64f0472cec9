"""``pubkit check --editions``: the finished files in build/, read back and compared."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pubkit.checks.edition import FinishedEdition
from pubkit.checks.proofreading import check_edition
from pubkit.config import FORMATS
from pubkit.errors import Location, RenderingError
from pubkit.formats.markdown import document_pictures
from pubkit.formats.pdf.reader import read_pdf
from pubkit.formats.published import PublishedFile
from pubkit.formats.web import read_page
from pubkit.messages import gettext as _
from pubkit.model import Document
from pubkit.rendering.html import render_html
from pubkit.workflow.archive import archive_path
from pubkit.workflow.labels import packaged_labels
from pubkit.workflow.original import Original
from pubkit.workflow.project import Project
from pubkit.workflow.proof import finished_edition
from pubkit.workflow.render import (
    edition_file,
    language_setting,
    original_of,
    prepare,
    with_alternates,
)
from pubkit.workflow.report import EVERYTHING, Checked, Report, Selection, keep


def check_editions(
    project: Project,
    names: Iterable[str] = (),
    *,
    languages: Sequence[str] = (),
    selection: Selection = EVERYTHING,
) -> Report:
    """Check the finished files of documents against the catalogs of today.

    Raises:
        RenderingError: A file is not there, or cannot be read.
        PubkitError: Document or catalog are such that no edition can be made of them.
    """
    editions = [
        edition
        for document in project.reports(names)
        for lang in languages or project.languages
        for edition in _editions(project, document, lang=lang)
    ]
    return Report(tuple(_checked(path, edition, selection) for path, edition in editions))


def check_finished_files(paths: Iterable[Path], *, selection: Selection = EVERYTHING) -> Report:
    """Check finished files anywhere, by themselves."""
    editions = [(path, _by_itself(_published(path))) for path in paths]
    return Report(tuple(_checked(path, edition, selection) for path, edition in editions))


def _by_itself(file: PublishedFile) -> FinishedEdition:
    return FinishedEdition(file=file, draft_labels=_drafts(file.lang))


def _checked(path: Path, edition: FinishedEdition, selection: Selection) -> Checked:
    return keep(
        Checked(
            path=str(path),
            lang=edition.document.lang if edition.document else edition.file.lang,
            entries=len(edition.document.segments) if edition.document else 1,
            findings=tuple(check_edition(edition, path=str(path))),
        ),
        selection,
    )


# ---------------------------------------------------------------- files


def _paths(project: Project, name: str, *, lang: str) -> list[Path]:
    pdf = edition_file(project, name, lang=lang, suffix="pdf")
    archive = archive_path(project, name, lang=lang)
    paths = [pdf, archive, edition_file(project, name, lang=lang)]
    found = [path for path in paths if path.is_file()]
    if not found:
        raise RenderingError(
            _("There is no edition of {name} in “{lang}”").format(name=name, lang=lang),
            location=Location(str(pdf)),
            remedy=_("Make it: pubkit render {name} --lang {lang}").format(name=name, lang=lang),
        )
    return found


def _published(path: Path) -> PublishedFile:
    try:
        data = path.read_bytes()
        if path.suffix == ".pdf":
            return read_pdf(data, path=str(path))
        return read_page(data.decode(), exists=lambda name: _exists(path.parent, name))
    except (OSError, UnicodeDecodeError) as error:
        raise RenderingError(
            _("The file cannot be read: {reason}").format(reason=error),
            location=Location(str(path)),
            remedy=_("Look at its name and its permissions"),
        ) from None


def _exists(folder: Path, address: str) -> bool:
    return ":" in address or (folder / address.partition("#")[0]).is_file()


# ---------------------------------------------------------------- what should be in them


def _editions(
    project: Project, source: Document, *, lang: str
) -> Iterator[tuple[Path, FinishedEdition]]:
    """Yield the files of a document in a language, each beside what is rendered today."""
    paths = _paths(project, source.name, lang=lang)
    original = _original(project, source, lang=lang)
    page = read_page(render_html(original.document, setting=original.setting))
    pictures = [picture.path for picture in document_pictures(original.document)]
    for path in paths:
        file = _published(path)
        yield path, finished_edition(file, original, page=page, pictures=pictures)


def _original(project: Project, source: Document, *, lang: str) -> Original:
    setting = with_alternates(
        language_setting(project, lang),
        source.name,
        languages=project.languages,
        formats=FORMATS,
    )
    return original_of(project, prepare(project, source, setting=setting, lang=lang))


def _drafts(lang: str | None) -> tuple[str, ...]:
    """Return the words that mark a draft on pubkit's own pages."""
    catalog = packaged_labels(lang) if lang else None
    entries = catalog.live_entries if catalog else ()
    return ("DRAFT", *(entry.msgstr for entry in entries if entry.msgid == "DRAFT"))
