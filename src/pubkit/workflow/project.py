"""A project on disk: its documents, catalogs, labels and names."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import field, replace
from pathlib import Path

from pubkit.config import Config, find_project, read_config
from pubkit.errors import Location, SourceError
from pubkit.formats.concurrency import Stamp, stamp_of
from pubkit.formats.files import read_bytes
from pubkit.formats.markdown import parse_document
from pubkit.localize import locale_name
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Document, Role, Segment, Termbase
from pubkit.names.termbase import make_termbase
from pubkit.rendering.labels import LABEL_LANG
from pubkit.rendering.templating.files import PAGES
from pubkit.rendering.templating.labels import find_labels
from pubkit.translation import make_template
from pubkit.values import dataclass
from pubkit.workflow.documents import choose_documents, has_editions, verify_editions
from pubkit.workflow.saving import read_saved

NAMES = "names"
LABELS = "templates"
RESERVED = (NAMES, LABELS)
ARCHIVED = ".archive"
"""What the name of a document's archive edition has behind it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Texts that have catalogs: a document, or the labels of the templates."""

    name: str
    """That of its catalogs, below the folder of each language."""
    reference: str
    """What the entries of its catalogs refer to."""
    lang: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """A project on disk; what is read is read when it is asked for."""

    config: Config
    _termbases: dict[str, tuple[Stamp, Termbase]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """The agreed names that were read, and the state of the file then."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language of the editions."""
        return self.config.project.languages

    def document(self, path: Path) -> Document:
        """Read one document.

        Raises:
            SourceError: It cannot be read, is malformed, or its name is taken or unusable.
        """
        relative = path.relative_to(self.config.root).as_posix()
        name = self.name_of(path)
        verify_name(name, relative)
        data = read_bytes(path, place=relative, error=SourceError)
        return parse_document(
            data,
            path=relative,
            default_lang=self.config.project.source_language,
            name=name,
            limits=self.config.limits,
        )

    def documents(self, names: Iterable[str] = ()) -> tuple[Document, ...]:
        """Read the documents of these names, or all.

        Raises:
            SourceError: There is none, or none of a name.
        """
        return tuple(self.document(path) for path in self.paths(tuple(names)))

    def reports(self, names: Iterable[str] = ()) -> tuple[Document, ...]:
        """Read those of these documents, or of all, of which editions are made.

        Raises:
            SourceError: There is none, or a document that is named has no editions.
        """
        return tuple(self.each_report(names))

    def each_report(
        self, names: Iterable[str] = (), *, without: Collection[str] = ()
    ) -> Iterator[Document]:
        """Yield those of which editions are made, one by one: there may be thousands.

        Args:
            names: Of documents; all if none is named.
            without: Of documents that have editions, and need not be read.

        Raises:
            SourceError: There is none, or a document that is named has no editions.
        """
        wanted = tuple(names)
        page: Document | None = None
        has_report = bool(without)
        for path in self.paths(wanted):
            if self.name_of(path) in without:
                continue
            document = self.document(path)
            if wanted:
                verify_editions(document)
            if has_editions(document):
                has_report = True
                yield document
            page = page or document
        if page and not has_report:
            verify_editions(page)

    def paths(self, names: tuple[str, ...] = ()) -> list[Path]:
        """Find the files of these documents, or of all; none is read.

        Raises:
            SourceError: There is none, or none of a name.
        """
        return choose_documents(names, self.config)

    def name_of(self, path: Path) -> str:
        """Return the name of a document: its file below the folder of documents, as guide/news."""
        return path.relative_to(self.config.source).with_suffix("").as_posix()

    def document_names(self, names: Iterable[str] = ()) -> list[str]:
        """Return what these documents, or all, are called; none is read.

        Raises:
            SourceError: There is none, or none of a name.
        """
        return [self.name_of(path) for path in self.paths(tuple(names))]

    def labels(self, pages: Iterable[str] = PAGES) -> Source:
        """Return the labels of the templates of these pages, with the publisher's names."""
        publisher = self.config.publisher
        names = (
            Segment(msgid=text, text=text, role=Role.LABEL, comments=(comment,))
            for text, comment in (
                (publisher.name, "The publisher, at the head of every page"),
                (publisher.unit, "The publisher's unit, beside its name"),
            )
            if text
        )
        segments = (*names, *find_labels(self.config.templates, pages=pages))
        return Source(LABELS, "templates/", LABEL_LANG, segments)

    @property
    def publisher_texts(self) -> frozenset[str]:
        """Return the labels that the settings hold, in the project's own language."""
        publisher = self.config.publisher
        return frozenset(filter(None, (publisher.name, publisher.unit)))

    def sources(self, names: Iterable[str] = ()) -> tuple[Source, ...]:
        """Return everything that has catalogs: the labels, and these documents or all."""
        documents = (document for document in self.documents(names) if document.segments)
        return (self.labels(), *map(as_source, documents))

    def template(self, source: Source, *, created: str) -> Catalog:
        """Return the template of a source's catalogs as of today."""
        name = self.config.project.name or self.config.publisher.name or "pubkit"
        return make_template(
            source.segments, reference=source.reference, project=name, created=created
        )

    def template_path(self, name: str) -> Path:
        """Return where the template of a document lies."""
        return self.config.locales / f"{name}.pot"

    def catalog_path(self, name: str, lang: str) -> Path:
        """Return where the catalog of a document in a language lies."""
        return self.config.locales / locale_name(lang) / "LC_MESSAGES" / f"{name}.po"

    def catalog(self, name: str, lang: str) -> Catalog | None:
        """Read the catalog of a document in a language, if there is one.

        One that does not say in which language it is, is in that of its folder.
        """
        found = self.read(self.catalog_path(name, lang))
        return replace(found, lang=found.lang or lang) if found else None

    def read(self, path: Path) -> Catalog | None:
        """Read a catalog or template, if there is one.

        Raises:
            CatalogError: It is malformed or empty, or cannot be read.
        """
        return read_saved(path, self.config.limits)

    def termbase(self, lang: str) -> Termbase:
        """Read the agreed names of a language, once; a missing names.po is an empty one."""
        stamp = stamp_of(self.catalog_path(NAMES, lang))
        known = self._termbases.get(lang)
        if known and known[0] == stamp:
            return known[1]
        catalog = self.catalog(NAMES, lang)
        termbase = make_termbase(catalog) if catalog else Termbase(lang=lang)
        self._termbases[lang] = stamp, termbase
        return termbase


def open_project(folder: Path) -> Project:
    """Open the project in which a folder lies.

    Raises:
        ConfigError: There is none, or its settings are wrong.
    """
    return Project(read_config(find_project(folder.resolve())))


def as_source(document: Document) -> Source:
    """Return what a document has for its catalogs."""
    return Source(document.name, document.path, document.source_lang, document.segments)


def verify_name(name: str, path: str) -> None:
    """Make sure that a document may have a name.

    Raises:
        SourceError: Its catalogs or editions would be mistaken for others.
    """
    if name in RESERVED:
        raise SourceError(
            _("The name “{name}” is taken by a catalog of the project").format(name=name),
            location=Location(path),
            remedy=_("Rename the document"),
        )
    if name.endswith(ARCHIVED):
        raise SourceError(
            _("The name “{name}” is that of an archive edition").format(name=name),
            location=Location(path),
            remedy=_("Rename the document"),
        )
    if any(character.isspace() for character in path):
        raise SourceError(
            _("The document's name has a space, which catalogs cannot refer to"),
            location=Location(path),
            remedy=_("Rename it to {name}.md").format(name="-".join(name.split())),
        )
