"""``pubkit render``: a document and its catalogs become editions, HTML and PDF."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pubkit.config import Config
from pubkit.errors import CatalogError, Location, RenderingError, SourceError
from pubkit.formats.files import write_bytes
from pubkit.formats.markdown import Picture, document_pictures
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.model import Document, Edition, Segment, Termbase
from pubkit.names.mentions import find_mentions
from pubkit.rendering.html import render_html
from pubkit.rendering.page import Alternate, Setting, waiting_segments
from pubkit.rendering.pdf import render_pdf
from pubkit.rendering.pictures import picture_fault, picture_size
from pubkit.rendering.typefaces import Typeface, typeface_for
from pubkit.translation import translate_document
from pubkit.workflow.labels import translated_labels
from pubkit.workflow.project import Project
from pubkit.workflow.proof import Original, find_faults, refusal

PICTURES = "../"
"""Where a page in ``build/<lang>/`` finds the pictures, which all languages share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which editions are made."""

    languages: tuple[str, ...]
    formats: tuple[str, ...] = ("html", "pdf")
    is_strict: bool = False
    """Whether a draft is refused."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """An edition that was written."""

    edition: Edition
    paths: tuple[Path, ...]
    waiting: int
    """How many texts are not translated or not reviewed: more than none makes a draft."""


def render(
    project: Project,
    names: Iterable[str] = (),
    *,
    wanted: Wanted,
    announce: Callable[[str, str], None] = lambda _name, _lang: None,
) -> Iterator[Rendered]:
    """Make and write editions, one after the other; each is written whole or not at all.

    Args:
        project: Where.
        names: The documents; all if none is named.
        wanted: Languages and formats.
        announce: Is told document and language before each edition.

    Raises:
        PubkitError: An edition cannot be made; the files of the others are whole.
    """
    documents = project.documents(names)
    for document in documents:
        verify_pictures(document, project.config.source)
    pages = [
        _prepare(project, document, lang, wanted)
        for document in documents
        for lang in wanted.languages
    ]
    for page in pages:
        announce(page.document.name, page.document.lang)
        yield _render_edition(project, page, wanted)


@dataclass(frozen=True, slots=True)
class _Page:
    """A translated document and what surrounds it: all that an edition is made of."""

    document: Document
    setting: Setting
    waiting: tuple[Segment, ...]


def _prepare(project: Project, source: Document, lang: str, wanted: Wanted) -> _Page:
    """Read and translate, so that nothing is written before all input is known to be good."""
    catalog = project.catalog(source.name, lang)
    document = translate_document(source, catalog, lang=lang)
    _verify_no_foreign_picture(project, source, document)
    setting = replace(
        page_setting(project, document, lang, wanted.formats),
        picture_sizes=picture_sizes(document, project.config.source),
    )
    page = _Page(document, setting, waiting_segments(document, setting=setting))
    if page.waiting and wanted.is_strict:
        raise _draft_refused(project, page)
    return page


def _render_edition(project: Project, page: _Page, wanted: Wanted) -> Rendered:
    config = project.config
    edition = make_edition(page.document, setting=page.setting, source=config.source, wanted=wanted)
    faults = find_faults(edition, original_of(project, page.document, page.setting))
    if faults:
        # Where it can be looked at, and is not taken for an edition.
        paths = _write(edition, config.refused, wanted.formats)
        raise refusal(page.document, faults, path=str(paths[-1]))
    paths = _write(edition, config.build, wanted.formats)
    _copy_pictures(edition, config)
    return Rendered(edition, paths, len(page.waiting))


def original_of(project: Project, document: Document, setting: Setting) -> Original:
    """Return what the edition of a translated document has to agree with."""
    return Original(
        document=document,
        setting=setting,
        source=project.config.source,
        names=tuple(_names(document, project.termbase(document.lang))),
        ignored=project.config.checks.ignore,
    )


def _names(document: Document, termbase: Termbase) -> Iterator[str]:
    """Yield the agreed forms that the document's texts have."""
    texts = [segment for segment in document.segments if segment.is_finished]
    mentions = {m.term for segment in texts for m in find_mentions(segment.msgid, termbase)}
    for term in mentions:
        if term.target and any(term.target in segment.text for segment in texts):
            yield term.target


def make_edition(document: Document, *, setting: Setting, source: Path, wanted: Wanted) -> Edition:
    """Return the edition of a translated document; nothing is written."""
    html = render_html(document, setting=setting)
    pdf = None
    if "pdf" in wanted.formats:
        pdf = render_pdf(html, document=document, pictures=source, typefaces=setting.typefaces)
    pictures = tuple(picture.path for picture in document_pictures(document))
    return Edition(document=document, html=html, pdf=pdf, pictures=pictures)


def _draft_refused(project: Project, page: _Page) -> RenderingError:
    number = len(page.waiting)
    name, lang = page.document.name, page.document.lang
    return RenderingError(
        ngettext(
            "The edition in “{lang}” is a draft: {number} text waits: {first}",
            "The edition in “{lang}” is a draft: {number} texts wait, the first is: {first}",
            number,
        ).format(lang=lang, number=number, first=_shortened(page.waiting[0].msgid)),
        location=Location(str(project.catalog_path(name, lang))),
        remedy=_("Translate and review them; pubkit check {name} lists them all").format(name=name),
    )


def _verify_no_foreign_picture(project: Project, source: Document, document: Document) -> None:
    known = {picture.path for picture in document_pictures(source)}
    for picture in document_pictures(document):
        if picture.path not in known:
            raise CatalogError(
                _("A translation shows a picture that its source lacks: {picture}").format(
                    picture=picture.path
                ),
                location=Location(str(project.catalog_path(document.name, document.lang))),
                remedy=_("Remove it; pubkit check {name} names the entry").format(
                    name=document.name
                ),
            )


def _shortened(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


# ---------------------------------------------------------------- what surrounds a document


def page_setting(
    project: Project, document: Document, lang: str, formats: Sequence[str]
) -> Setting:
    """Return what surrounds a document on its page."""
    config = project.config
    return Setting(
        labels=translated_labels(project, lang),
        publisher=config.publisher.name,
        unit=config.publisher.unit,
        publisher_url=config.publisher.url or None,
        base_url=config.project.base_url or None,
        alternates=tuple(
            _alternate(document.name, other, formats) for other in config.project.languages
        ),
        pictures=PICTURES,
        templates=config.templates if config.templates.is_dir() else None,
        typefaces=chosen_typefaces(config),
        names=_agreed_names(project, lang),
    )


def _agreed_names(project: Project, lang: str) -> frozenset[str]:
    """Return what the termbase of a language agrees on, in that language."""
    terms = project.termbase(lang).terms
    return frozenset(form for term in terms for form in (term.target, *term.renderings) if form)


def _alternate(name: str, lang: str, formats: Sequence[str]) -> Alternate:
    pdf = f"../{lang}/{name}.pdf" if "pdf" in formats else None
    return Alternate(lang=lang, href=f"../{lang}/{name}.html", pdf_href=pdf)


def chosen_typefaces(config: Config) -> Mapping[str, Typeface]:
    """Return the families that the settings choose, each missing one filled in by pubkit."""
    chosen = {}
    for lang, settings in config.typefaces.items():
        families = {"serif": settings.serif, "sans": settings.sans}
        named = {kind: family for kind, family in families.items() if family}
        if len(named) == len(families):
            chosen[lang] = Typeface(**named)
        else:
            chosen[lang] = replace(typeface_for(lang), **named)
    return chosen


# ---------------------------------------------------------------- files


def verify_pictures(document: Document, folder: Path) -> None:
    """Make sure that every picture of a document is a file below a folder.

    Raises:
        SourceError: One is not; the error names the line.
    """
    for picture in document_pictures(document):
        path = picture_file(picture, folder)
        if not path.is_file():
            raise SourceError(
                _("The picture {picture} is not there").format(picture=picture.path),
                location=picture.location,
                remedy=_("Put it at {path}, or mend the name").format(path=path),
            )
        fault = picture_fault(path)
        if fault:
            raise SourceError(
                _("The picture {picture} cannot be shown: {fault}").format(
                    picture=picture.path, fault=fault
                ),
                location=picture.location,
                remedy=_("Save it again as JPEG or PNG, with 6000 pixels in width or less"),
            )


def picture_sizes(document: Document, folder: Path) -> dict[str, tuple[int, int]]:
    """Return width and height of every picture of a document that has them."""
    sizes = {
        picture.path: picture_size(picture_file(picture, folder))
        for picture in document_pictures(document)
    }
    return {path: size for path, size in sizes.items() if size}


def picture_file(picture: Picture, folder: Path) -> Path:
    """Return the file of a picture.

    Raises:
        SourceError: It is on the web or outside the folder of the documents.
    """
    is_local = ":" not in picture.path and not picture.path.startswith(("/", "\\", "#"))
    path = (folder / PurePosixPath(picture.path)).resolve()
    if not is_local or not path.is_relative_to(folder.resolve()):
        raise SourceError(
            _("The picture {picture} is not a file beside the document").format(
                picture=picture.path
            ),
            location=picture.location,
            remedy=_("Save it in source/pictures/ and write ![…](pictures/name.jpg)"),
        )
    return path


def _write(edition: Edition, build: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    stem = build / edition.document.lang / edition.document.name
    data = {"html": edition.html.encode(), "pdf": edition.pdf}
    paths = []
    for suffix in formats:
        content = data[suffix]
        if content is not None:
            path = stem.with_name(f"{stem.name}.{suffix}")
            write_bytes(path, content)
            paths.append(path)
    return tuple(paths)


def _copy_pictures(edition: Edition, config: Config) -> None:
    for picture in edition.pictures:
        content = (config.source / picture).read_bytes()
        copy = config.build / picture
        if not copy.is_file() or copy.read_bytes() != content:
            write_bytes(copy, content)
