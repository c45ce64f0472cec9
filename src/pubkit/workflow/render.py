"""``pubkit render``: a document and its catalogs become editions, HTML and PDF."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from pubkit.config import Config
from pubkit.errors import (
    Location,
    PubkitError,
    RefusedTranslationError,
    RenderingError,
    SourceError,
)
from pubkit.formats.files import write_bytes
from pubkit.formats.markdown import document_pictures
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.model import Document, Edition, Segment, Termbase
from pubkit.names.mentions import find_mentions
from pubkit.rendering.newsroom.releases import FEED, INDEX
from pubkit.rendering.page import Alternate, Setting, edition_path, waiting_segments
from pubkit.rendering.templating.files import TEMPLATE
from pubkit.rendering.typefaces import Typeface, typeface_for
from pubkit.translation import translate_document, verify_lengths
from pubkit.values import dataclass
from pubkit.workflow.documents import find_documents
from pubkit.workflow.labels import translated_labels
from pubkit.workflow.orders import EditionEndedError, Order, Proven, order_edition
from pubkit.workflow.original import Original
from pubkit.workflow.pictures import copy_pictures, picture_sizes, verify_pictures
from pubkit.workflow.press import Here, Makers
from pubkit.workflow.project import Project
from pubkit.workflow.refusal import refusal
from pubkit.workflow.spool import Spool
from pubkit.workflow.theme import chosen_theme
from pubkit.workflow.wanted import Wanted

PICTURES = "../"
"""Where a page in ``build/<lang>/`` finds the pictures, which all languages share."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """An edition that was written."""

    edition: Edition
    paths: tuple[Path, ...]
    waiting: int
    """How many texts are not translated or not reviewed: more than none makes a draft."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An edition that could not be made; what was there of it before is untouched."""

    document: Document
    error: PubkitError


def render(
    project: Project,
    names: Iterable[str] = (),
    *,
    wanted: Wanted,
    makers: Makers | None = None,
    announce: Callable[[str, str], None] = lambda _name, _lang: None,
) -> Iterator[Rendered | Failed]:
    """Make and write editions; each is written whole or not at all.

    An edition that cannot be made or written, fails its proof, or has a translation that may not
    be printed, costs none of the others. All documents and catalogs are read before: a malformed
    one is said before anything is made.

    Args:
        project: Where.
        names: The documents; all if none is named.
        wanted: Languages and formats.
        makers: Who makes them; without any, this process, one after the other.
        announce: Is told document and language of each edition when it is there or has failed.

    Yields:
        The editions in the order of documents and languages.

    Raises:
        PubkitError: A document or catalog is malformed.
    """
    pages = prepare_pages(project, names, wanted=wanted)
    for result in make_pages(project, pages, wanted=wanted, makers=makers or Here()):
        document = result.edition.document if isinstance(result, Rendered) else result.document
        announce(document.name, document.lang)
        yield result


def prepare_pages(
    project: Project,
    names: Iterable[str] = (),
    *,
    wanted: Wanted,
    without: Collection[tuple[str, str]] = (),
) -> Spool["Page | Failed"]:
    """Read and translate all documents that editions are made of; nothing is made yet.

    Args:
        project: Where.
        names: The documents; all if none is named.
        wanted: Languages and formats.
        without: Document and language of each edition that is there and need not be made.

    Raises:
        PubkitError: A document or catalog is malformed.
    """
    if wanted.is_site:
        verify_no_document_is_index(project)
    languages = project.languages if wanted.is_site else wanted.languages
    settings = {lang: _setting_or_refusal(project, lang) for lang in languages}
    pages: Spool[Page | Failed] = Spool()
    for document in project.each_report(names, without=_complete(without, wanted)):
        verify_pictures(document, project.config.source, project.config.limits)
        for page in _pages(project, document, wanted=wanted, settings=settings):
            if (document.name, page.document.lang) not in without:
                pages.add(page)
    return pages


def _complete(editions: Iterable[tuple[str, str]], wanted: Wanted) -> list[str]:
    """Return the documents of which all editions that are wanted are among these."""
    numbers = Counter(name for name, _lang in editions)
    return [name for name, number in numbers.items() if number == len(wanted.languages)]


def make_pages(
    project: Project, pages: "Iterable[Page | Failed]", *, wanted: Wanted, makers: Makers
) -> Iterator[Rendered | Failed]:
    """Make editions of pages, and write them as they are there."""
    orders = ((page, _order(project, page, wanted)) for page in pages)
    for page, made in makers.make_all(orders):
        yield page if isinstance(page, Failed) else _finish(project, page, made, wanted)


@dataclass(frozen=True, slots=True)
class Page:
    """A translated document and what surrounds it: all that an edition is made of."""

    document: Document
    setting: Setting
    waiting: tuple[Segment, ...]


Settings = Mapping[str, Setting | RefusedTranslationError]
"""What surrounds the pages of each language, or why nothing can."""


def _setting_or_refusal(project: Project, lang: str) -> Setting | RefusedTranslationError:
    try:
        return language_setting(project, lang)
    except RefusedTranslationError as error:
        return error


def _pages(
    project: Project, source: Document, *, wanted: Wanted, settings: Settings
) -> Iterator[Page | Failed]:
    """Yield the pages of a document that are wanted.

    All are read and translated, so that nothing is written before all input is known to be good.
    """
    for page in _linked_pages(project, source, wanted=wanted, settings=settings):
        if page.document.lang in wanted.languages:
            if isinstance(page, Page) and page.waiting and wanted.is_strict:
                raise _draft_refused(project, page)
            yield page


def _linked_pages(
    project: Project, source: Document, *, wanted: Wanted, settings: Settings
) -> Iterator[Page | Failed]:
    """Yield the pages of a document, and those that are refused, in the order of languages."""
    made = [
        lang
        for lang in (settings if wanted.is_site else wanted.languages)
        if lang in wanted.languages or edition_file(project, source.name, lang=lang).is_file()
    ]
    results = [_page_or_refusal(project, source, settings[lang], lang) for lang in made]
    pages = [page for page in results if isinstance(page, Page)]
    linked = iter(_with_links(project, pages, wanted))
    yield from (next(linked) if isinstance(page, Page) else page for page in results)


def _with_links(project: Project, pages: Sequence[Page], wanted: Wanted) -> Iterable[Page]:
    """Return the pages with links to the other languages."""
    if wanted.is_site:
        return in_newsroom(project, pages, wanted=wanted)
    return (_with_all_languages(project, page, wanted) for page in pages)


def _with_all_languages(project: Project, page: Page, wanted: Wanted) -> Page:
    name, languages = page.document.name, project.languages
    setting = with_alternates(page.setting, name, languages=languages, formats=wanted.formats)
    return replace(page, setting=setting)


def _page_or_refusal(
    project: Project, source: Document, setting: Setting | RefusedTranslationError, lang: str
) -> Page | Failed:
    """Prepare a page; a translation that may not be printed leaves the others alone."""
    try:
        if isinstance(setting, RefusedTranslationError):
            raise setting
        return prepare(project, source, setting=setting, lang=lang)
    except RefusedTranslationError as error:
        return Failed(replace(source, lang=lang), error)


def prepare(project: Project, source: Document, *, setting: Setting, lang: str) -> Page:
    """Translate a document, and surround it with what all pages of the language have.

    Raises:
        RefusedTranslationError: A translation may not be printed.
        CatalogError: The catalog is malformed or misplaced.
    """
    catalog = project.catalog(source.name, lang)
    document = translate_document(source, catalog, lang=lang)
    verify_lengths(document, catalog, project.config.limits)
    _verify_no_foreign_picture(project, source, document)
    sizes = picture_sizes(document, project.config.source)
    waiting = waiting_segments(document, setting=setting)
    return Page(document, replace(setting, picture_sizes=sizes), waiting)


def _order(project: Project, page: Page | Failed, wanted: Wanted) -> Order | PubkitError:
    """Return what is to be made of a page, or why nothing can."""
    if isinstance(page, Failed):
        return page.error
    limits = project.config.limits
    try:
        return order_edition(original_of(project, page), formats=wanted.formats, limits=limits)
    except RenderingError as error:
        return error


def _finish(
    project: Project, page: Page, made: Proven | PubkitError, wanted: Wanted
) -> Rendered | Failed:
    """Write an edition that was made and proved; one that was not leaves the others alone."""
    try:
        if isinstance(made, PubkitError):
            raise made
        if made.faults:
            return Failed(page.document, _refused(project, page, made, wanted))
        return _written(project, page, made.edition, wanted)
    except RenderingError as error:
        return Failed(page.document, _with_story(project, page.document, error))


def _refused(project: Project, page: Page, made: Proven, wanted: Wanted) -> RenderingError:
    """Keep an edition with faults where it can be looked at, and is not taken for an edition."""
    paths = _write(made.edition, project.config.refused, wanted.formats)
    refused = {path.name: path for path in paths}
    path = refused.get(made.faults[0].path or "", next(iter(refused.values())))
    return refusal(page.document, made.faults, path=str(path))


def _written(project: Project, page: Page, edition: Edition, wanted: Wanted) -> Rendered:
    config = project.config
    # A page without its pictures would be half an edition; pictures without a page harm nobody.
    copy_pictures(edition, config)
    paths = _write(edition, config.build, wanted.formats)
    for path in paths:
        (config.refused / path.relative_to(config.build)).unlink(missing_ok=True)
    return Rendered(edition, paths, len(page.waiting))


def _with_story(project: Project, document: Document, error: RenderingError) -> RenderingError:
    """Keep the story of a fault of pubkit in a file, for those who mend it."""
    if isinstance(error, EditionEndedError) and error.story:
        path = project.config.crashes / edition_path(document.name, document.lang, suffix="txt")
        write_bytes(path, error.story.encode())
        error.remedy = _("{remedy}, with {path}").format(remedy=error.remedy, path=path)
    return error


def original_of(project: Project, page: Page) -> Original:
    """Return what the edition of a translated document has to agree with."""
    return Original(
        document=page.document,
        setting=page.setting,
        source=project.config.source,
        names=tuple(_names(page.document, project.termbase(page.document.lang))),
        ignored=project.config.checks.ignore,
    )


def _names(document: Document, termbase: Termbase) -> Iterator[str]:
    """Yield the agreed forms that the document's texts have."""
    texts = [segment for segment in document.segments if segment.is_finished]
    mentions = {m.term for segment in texts for m in find_mentions(segment.msgid, termbase)}
    for term in mentions:
        if term.target and any(term.target in segment.text for segment in texts):
            yield term.target


def _draft_refused(project: Project, page: Page) -> RenderingError:
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
            raise RefusedTranslationError(
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


def language_setting(project: Project, lang: str, *, pages: Iterable[str] = (TEMPLATE,)) -> Setting:
    """Return what surrounds all pages of a language; the pages are named by their templates."""
    config = project.config
    return Setting(
        labels=translated_labels(project, lang, pages=pages),
        publisher=config.publisher.name,
        unit=config.publisher.unit,
        publisher_lang=config.project.source_language,
        publisher_url=config.publisher.url or None,
        base_url=config.project.base_url or None,
        pictures=PICTURES,
        templates=config.templates if config.templates.is_dir() else None,
        typefaces=chosen_typefaces(config),
        names=_agreed_names(project, lang),
        theme=chosen_theme(config, lang),
    )


def _agreed_names(project: Project, lang: str) -> frozenset[str]:
    """Return what the termbase of a language agrees on, in that language."""
    terms = project.termbase(lang).terms
    return frozenset(form for term in terms for form in (term.target, *term.renderings) if form)


def with_alternates(
    setting: Setting, name: str, *, languages: Iterable[str], formats: Sequence[str]
) -> Setting:
    """Return a setting with links to a document in these languages."""
    alternates = (_alternate(name, lang, has_pdf="pdf" in formats) for lang in languages)
    return replace(setting, alternates=tuple(alternates))


def _alternate(name: str, lang: str, *, has_pdf: bool) -> Alternate:
    page = f"../{quote(edition_path(name, lang))}"
    pdf = f"../{quote(edition_path(name, lang, suffix='pdf'))}"
    return Alternate(lang=lang, href=page, pdf_href=pdf if has_pdf else None)


def in_newsroom(
    project: Project, pages: Sequence[Page], *, wanted: Wanted | None = None
) -> Iterator[Page]:
    """Yield a document in the languages in which it exists, linked as a newsroom wants it.

    Each page leads to the index of its language, and to its other languages and PDFs if they are
    there. No finished page leads to a draft.

    Args:
        project: Where.
        pages: The document in each language of which there is an edition.
        wanted: What is about to be made, if anything is, besides what lies in the folder of the
            editions.
    """
    finished = {page.document.lang for page in pages if not page.waiting}
    for page in pages:
        own = page.document.lang
        alternates = (
            _alternate(page.document.name, lang, has_pdf=_has_pdf(project, other, wanted))
            for other in pages
            if (lang := other.document.lang) in {own, *finished}
        )
        feed = FEED if page.setting.base_url else None
        setting = replace(page.setting, alternates=tuple(alternates), index=INDEX, feed=feed)
        yield replace(page, setting=setting)


def _has_pdf(project: Project, page: Page, wanted: Wanted | None) -> bool:
    document = page.document
    is_wanted = wanted and "pdf" in wanted.formats and document.lang in wanted.languages
    path = edition_file(project, document.name, lang=document.lang, suffix="pdf")
    return bool(is_wanted) or path.is_file()


def edition_file(project: Project, name: str, *, lang: str, suffix: str = "html") -> Path:
    """Return the file of an edition."""
    return project.config.build / edition_path(name, lang, suffix=suffix)


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


def verify_no_document_is_index(project: Project) -> None:
    """Make sure that no document takes the place of an index.

    Raises:
        SourceError: One does.
    """
    for name, path in find_documents(project.config).items():
        if f"{name}.html".casefold() == INDEX:
            raise SourceError(
                _("The newsroom’s list of all releases takes the name “{name}”").format(name=name),
                location=Location(path.relative_to(project.config.root).as_posix()),
                remedy=_("Rename the document, or render without --site"),
            )


def _write(edition: Edition, build: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    document = edition.document
    data = {"html": edition.html.encode(), "pdf": edition.pdf}
    paths = []
    for suffix in formats:
        content = data[suffix]
        if content is not None:
            path = build / edition_path(document.name, document.lang, suffix=suffix)
            write_bytes(path, content, error=RenderingError)
            paths.append(path)
    return tuple(paths)
