"""Which editions may be sent: finished, without findings, in their language, as proofread.

Everything here imports what makes pages; a campaign that goes on does without it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from pubkit.config import Config
from pubkit.errors import DeliveryError, Location, PubkitError
from pubkit.formats.files import read_bytes
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.model import Document, Finding, Severity
from pubkit.rendering.newsroom.releases import embargo_end
from pubkit.values import dataclass
from pubkit.workflow.check import check_project
from pubkit.workflow.check_editions import check_editions
from pubkit.workflow.project import Project
from pubkit.workflow.render import (
    Failed,
    Page,
    edition_file,
    language_setting,
    prepare,
    render,
)
from pubkit.workflow.report import Report
from pubkit.workflow.wanted import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedEdition:
    """An edition as it lies in build/, which may be sent."""

    page: Page
    pdf: bytes
    pdf_path: str
    """Below the project's root, POSIX style."""

    @property
    def document(self) -> Document:
        """The document in the language of the edition."""
        return self.page.document


def finished_editions(
    project: Project,
    name: str,
    languages: Iterable[str],
    *,
    announce: Callable[[str], None] = lambda _lang: None,
) -> Mapping[str, FinishedEdition]:
    """Return the editions of a document in these languages; those that are not there are made.

    Raises:
        DeliveryError: One is a draft, has errors, or is not what would be made today.
        PubkitError: Document or catalog are malformed.
    """
    wanted = tuple(languages)
    pages = {lang: _page(project, name, lang) for lang in wanted}
    _refuse_drafts(project, pages)
    _refuse_findings(check_project(project, (name,), languages=wanted), name)
    _make_missing(project, name, wanted, announce)
    _refuse_outdated(check_editions(project, (name,), languages=wanted), name)
    return {lang: _edition(project, page) for lang, page in pages.items()}


def document_embargo(config: Config, name: str) -> datetime | None:
    """Return the time before which nobody may read a document, if there is one."""
    (document,) = Project(config).reports((name,))
    return embargo_end(document)


def contact_address(config: Config, name: str) -> str | None:
    """Return the address of a document's contact, to whom members will answer."""
    (document,) = Project(config).reports((name,))
    return document.details.get("contact.email")


def _page(project: Project, name: str, lang: str) -> Page:
    (source,) = project.reports((name,))
    return prepare(project, source, setting=language_setting(project, lang), lang=lang)


def _refuse_drafts(project: Project, pages: Mapping[str, Page]) -> None:
    for lang, page in pages.items():
        if page.waiting:
            number, name = len(page.waiting), page.document.name
            raise DeliveryError(
                ngettext(
                    "The edition in “{lang}” is a draft: {number} text waits",
                    "The edition in “{lang}” is a draft: {number} texts wait",
                    number,
                ).format(lang=lang, number=number),
                location=Location(str(project.catalog_path(name, lang))),
                remedy=_(
                    "Translate and review them; pubkit check {name} lists them all. "
                    "To send to some languages alone: --lang"
                ).format(name=name),
            )


def _refuse_findings(report: Report, name: str) -> None:
    if report.errors:
        first = _first_error(report)
        raise DeliveryError(
            ngettext(
                "The checks found {number} error: {first}",
                "The checks found {number} errors, the first is: {first}",
                report.errors,
            ).format(number=report.errors, first=first.message),
            location=Location(first.path or name, first.line or None),
            remedy=_("Mend them, or say why not; see: pubkit check {name}").format(name=name),
        )


def _refuse_outdated(report: Report, name: str) -> None:
    if report.errors:
        first = _first_error(report)
        raise DeliveryError(
            _("The edition is not what its texts are today: {first}").format(first=first.message),
            location=Location(first.path or name),
            remedy=_("Make it again, and look at it: pubkit render {name}").format(name=name),
        )


def _first_error(report: Report) -> Finding:
    return next(item for item in report.findings if item.severity is Severity.ERROR)


def _make_missing(
    project: Project, name: str, languages: Iterable[str], announce: Callable[[str], None]
) -> None:
    missing = tuple(
        lang
        for lang in languages
        if not edition_file(project, name, lang=lang, suffix="pdf").is_file()
    )
    if not missing:
        return
    wanted = Wanted(languages=missing, is_site=project.config.render.site)
    editions = render(project, (name,), wanted=wanted, announce=lambda _name, lang: announce(lang))
    errors: list[PubkitError] = [one.error for one in editions if isinstance(one, Failed)]
    if errors:
        raise errors[0]


def _edition(project: Project, page: Page) -> FinishedEdition:
    document = page.document
    path = edition_file(project, document.name, lang=document.lang, suffix="pdf")
    return FinishedEdition(
        page=page,
        pdf=read_bytes(path, error=DeliveryError),
        pdf_path=path.relative_to(project.config.root).as_posix(),
    )
