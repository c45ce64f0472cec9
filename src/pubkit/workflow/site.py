"""``pubkit render --site``: the newsroom around the editions that lie in build/.

It is made of the documents and catalogs of today, lists what exists, and renders no edition: a
release is added to five hundred others without making those again.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath

from pubkit.errors import Location, RenderingError
from pubkit.formats.below import NotBelowError, TooLargeError, read_below
from pubkit.formats.files import read_bytes, write_bytes, write_changed
from pubkit.formats.markdown import document_blocks
from pubkit.formats.web import read_page
from pubkit.messages import gettext as _
from pubkit.model import Document
from pubkit.rendering.html import render_html
from pubkit.rendering.newsroom.pages import Site, site_files
from pubkit.rendering.newsroom.releases import EVERYWHERE, Release, embargo_end, make_newsroom
from pubkit.rendering.page import Setting, opening
from pubkit.rendering.templating.files import NEWSROOM_TEMPLATES
from pubkit.values import dataclass
from pubkit.workflow.pictures import small_picture
from pubkit.workflow.project import LABELS, Project
from pubkit.workflow.render import (
    Page,
    edition_file,
    in_newsroom,
    language_setting,
    prepare,
    verify_no_document_is_index,
)

THUMBNAILS = "thumbnails"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An edition to which nothing in the newsroom leads."""

    name: str
    lang: str
    until: datetime | None = None
    """When its embargo ends; without one, it is a draft."""
    is_exact: bool = True
    """Whether the embargo says in which zone it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The newsroom that was written, and what its publisher has to know of it."""

    paths: tuple[Path, ...]
    left_out: tuple[LeftOut, ...] = ()
    outdated: tuple[Path, ...] = ()
    """Pages that would be different if they were made today."""
    has_addresses: bool = True
    """Whether there are feeds and a sitemap, which need ``base_url``."""
    waiting: tuple[str, ...] = ()
    """Languages in which the newsroom's own texts are not translated."""


def publish(project: Project, *, now: datetime, is_strict: bool = False) -> Published:
    """Write the newsroom of the editions that exist.

    Files that are right already are not touched. Pages of documents that are there no longer stay
    where they are, but nothing leads to them.

    Args:
        project: Where.
        now: The time, against which embargoes are held; it reaches no page.
        is_strict: Whether texts of the newsroom that wait for a translator are refused.

    Raises:
        PubkitError: Something is malformed; files that were written before are whole.
    """
    verify_no_document_is_index(project)
    settings = {
        lang: language_setting(project, lang, pages=NEWSROOM_TEMPLATES)
        for lang in project.languages
    }
    waiting = tuple(lang for lang, setting in settings.items() if _first_waiting(setting))
    if waiting and is_strict:
        raise _unfinished(project, waiting[0], settings[waiting[0]])
    documents = project.reports()
    editions = tuple(_editions(project, documents, now))
    releases = _releases(project, [edition for edition in editions if not edition.left_out])
    site = _site(
        settings, tuple(releases), day=max(document.publication_date for document in documents)
    )
    return Published(
        paths=tuple(_write(project, site)),
        left_out=tuple(edition.left_out for edition in editions if edition.left_out),
        outdated=tuple(edition.path for edition in editions if edition.is_outdated),
        has_addresses=bool(site.base_url),
        waiting=waiting,
    )


def _first_waiting(setting: Setting) -> str | None:
    return next((text.msgid for text in setting.labels.values() if not text.is_finished), None)


def _unfinished(project: Project, lang: str, setting: Setting) -> RenderingError:
    return RenderingError(
        _("A text of the newsroom in “{lang}” waits for translation or review: {text}").format(
            lang=lang, text=_first_waiting(setting)
        ),
        location=Location(str(project.catalog_path(LABELS, lang))),
        remedy=_("Run pubkit extract, and translate it there"),
    )


# ---------------------------------------------------------------- what exists


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edition:
    """An edition that lies in build/, and whether the newsroom leads to it."""

    document: Document
    path: Path
    picture: str | None
    """The picture that leads it."""
    pdf_size: int | None
    is_outdated: bool
    left_out: LeftOut | None


def _editions(project: Project, documents: Sequence[Document], now: datetime) -> Iterator[_Edition]:
    """Yield every edition of which there is a page."""
    settings = {lang: language_setting(project, lang) for lang in project.languages}
    for source in documents:
        made = [
            prepare(project, source, setting=setting, lang=lang)
            for lang, setting in settings.items()
            if edition_file(project, source.name, lang=lang).is_file()
        ]
        for page in in_newsroom(project, made):
            yield _edition(project, page, now)


def _edition(project: Project, page: Page, now: datetime) -> _Edition:
    document = page.document
    path = edition_file(project, document.name, lang=document.lang)
    pdf = edition_file(project, document.name, lang=document.lang, suffix="pdf")
    made = read_bytes(path, error=RenderingError).decode(errors="replace")
    is_outdated = made != render_html(document, setting=page.setting)
    hero, _lead, _body = opening(document_blocks(document))
    is_draft = bool(page.waiting) or (is_outdated and _is_marked_as_draft(made))
    return _Edition(
        document=document,
        path=path,
        picture=hero.picture if hero else None,
        pdf_size=pdf.stat().st_size if pdf.is_file() else None,
        is_outdated=is_outdated,
        left_out=_reason(document, now, is_draft=is_draft),
    )


def _is_marked_as_draft(html: str) -> bool:
    return read_page(html).is_marked_as_draft


def _reason(document: Document, now: datetime, *, is_draft: bool) -> LeftOut | None:
    """Return why nothing leads to an edition, if nothing may."""
    name, lang, end = document.name, document.lang, embargo_end(document)
    if is_draft:
        return LeftOut(name=name, lang=lang)
    if end and now < end:
        is_exact = end.tzinfo is not EVERYWHERE
        return LeftOut(name=name, lang=lang, until=end, is_exact=is_exact)
    return None


# ---------------------------------------------------------------- what is made of it


def _site(settings: Mapping[str, Setting], releases: Sequence[Release], *, day: date) -> Site:
    return Site(
        newsrooms={
            lang: make_newsroom(lang, [one for one in releases if one.document.lang == lang])
            for lang in settings
        },
        settings=settings,
        day=day,
    )


def _releases(project: Project, editions: Sequence[_Edition]) -> Iterator[Release]:
    languages: dict[str, list[str]] = {}
    for edition in editions:
        languages.setdefault(edition.document.name, []).append(edition.document.lang)
    pictures = {edition.picture for edition in editions}
    thumbnails = {picture: _thumbnail(project, picture) for picture in pictures if picture}
    for edition in editions:
        yield Release(
            document=edition.document,
            languages=tuple(languages[edition.document.name]),
            picture=edition.picture,
            thumbnail=thumbnails[edition.picture] if edition.picture else None,
            pdf_size=edition.pdf_size,
        )


def _thumbnail(project: Project, picture: str) -> str:
    """Return the path of a picture's smaller copy, which is made if it is not there.

    Its name has the digest of the picture: a copy can be kept, and never belongs to another one.
    """
    limits = project.config.limits
    try:
        data = read_below(project.config.source, picture, most=limits.picture_bytes)
    except (NotBelowError, TooLargeError):
        return picture
    path = f"{THUMBNAILS}/{PurePosixPath(picture).stem}-{sha256(data).hexdigest()[:12]}.jpg"
    copy = project.config.build / path
    content = None if copy.is_file() else small_picture(data, picture, limits)
    if content:
        write_bytes(copy, content)
    return path if content or copy.is_file() else picture


def _write(project: Project, site: Site) -> Iterator[Path]:
    """Write the files of the site, those that are new or different, and yield the path of each."""
    for file in site_files(site):
        path = project.config.build / PurePosixPath(file.path)
        write_changed(path, file.text.encode())
        yield path
