"""What goes to the workers: the files that all documents share, and those of one document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from os.path import normpath
from pathlib import Path

from pubkit.config.settings import FILE_NAME
from pubkit.formats.below import NotBelowError, TooLargeError, read_below
from pubkit.formats.files import read_bytes
from pubkit.formats.markdown import document_pictures
from pubkit.messages import spoken_language
from pubkit.model import Document
from pubkit.rendering.page import edition_path
from pubkit.values import dataclass
from pubkit.workflow.cluster.blobs import digest_of
from pubkit.workflow.cluster.replica import write_base
from pubkit.workflow.cluster.wire import Job
from pubkit.workflow.pictures import verify_pictures
from pubkit.workflow.project import LABELS, NAMES, Project
from pubkit.workflow.wanted import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Blobs:
    """Files by their digests, and the list of them, which is a blob, too."""

    digest: str
    """Of the list."""
    data: Mapping[str, bytes | Path]
    """A large file is read when it is sent."""

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> "Blobs":
        """Return blobs for files by their paths."""
        named = {path: digest_of(data) for path, data in files.items()}
        listed = write_base(named)
        contents = {named[path]: data for path, data in files.items()}
        return cls(digest=digest_of(listed), data={digest_of(listed): listed, **contents})

    @classmethod
    def of_digests(cls, named: Mapping[str, str], places: Mapping[str, Path]) -> "Blobs":
        """Return blobs for files that are read when they are sent."""
        listed = write_base(named)
        contents = {named[name]: places[name] for name in named}
        return cls(digest=digest_of(listed), data={digest_of(listed): listed, **contents})

    def read(self, digest: str) -> bytes:
        """Return one of them."""
        data = self.data[digest]
        return data.read_bytes() if isinstance(data, Path) else data


def shared_files(project: Project) -> Blobs:
    """Return what every document of a project is made with: settings, templates, labels, names."""
    config = project.config
    files = [config.root / FILE_NAME, *_templates(config.templates)]
    files += (project.catalog_path(name, lang) for name, lang in _shared_catalogs(project))
    files += _pictures_of_templates(project)
    present = [path for path in dict.fromkeys(files) if path.is_file()]
    names = [path.relative_to(config.root).as_posix() for path in present]
    return Blobs.of(dict(zip(names, map(read_bytes, present), strict=True)))


def _templates(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*")) if folder.is_dir() else []


def _shared_catalogs(project: Project) -> Iterator[tuple[str, str]]:
    for lang in project.languages:
        yield from ((LABELS, lang), (NAMES, lang))


def _pictures_of_templates(project: Project) -> Iterator[Path]:
    """Yield the files beside the documents that a publisher's templates speak of."""
    paths = [path for path in _templates(project.config.templates) if path.is_file()]
    texts = [read_bytes(path).decode("utf-8", "replace") for path in paths]
    for path in sorted(project.config.source.rglob("*")) if texts else ():
        if path.suffix != ".md" and path.is_file() and any(path.name in text for text in texts):
            yield path


# ---------------------------------------------------------------- one document


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A document on its way to becoming editions."""

    document: Document
    job: Job
    blobs: Mapping[str, bytes] = field(repr=False)
    deaths: int = 0
    """How many workers have ended while they had it."""
    failures: int = 0
    """How often it came back without having been made."""

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return sum(map(len, self.blobs.values()))

    def after_death(self) -> "Task":
        """Return it as it is after the end of a worker that had it."""
        return replace(self, deaths=self.deaths + 1)

    def after_failure(self) -> "Task":
        """Return it as it is after an attempt that came to nothing."""
        return replace(self, failures=self.failures + 1)


def pack(project: Project, document: Document, *, base: str, wanted: Wanted) -> Task:
    """Return a document with everything that it alone needs.

    Raises:
        SourceError: A picture of it cannot be shown.
        PubkitError: A file cannot be read.
    """
    languages = project.languages if wanted.is_site else wanted.languages
    root = project.config.root
    files = {document.path: read_bytes(root / document.path)}
    for path in (project.catalog_path(document.name, lang) for lang in languages):
        if path.is_file():
            files[path.relative_to(root).as_posix()] = read_bytes(path)
    files |= _pictures(project, document)
    named = {path: digest_of(data) for path, data in files.items()}
    job = Job(
        document=document.name,
        base=base,
        files=named,
        languages=wanted.languages,
        formats=wanted.formats,
        is_strict=wanted.is_strict,
        is_site=wanted.is_site,
        existing=tuple(_existing(project, document.name, wanted)),
        speaks=spoken_language().replace("-", "_"),
    )
    return Task(
        document=document, job=job, blobs={named[path]: data for path, data in files.items()}
    )


def _pictures(project: Project, document: Document) -> dict[str, bytes]:
    config, files = project.config, {}
    folder = config.source.relative_to(config.root)
    for picture in document_pictures(document):
        try:
            data = read_below(config.source, picture.path, most=config.limits.picture_bytes)
        except (NotBelowError, TooLargeError):
            verify_pictures(document, config.source, config.limits)
            raise
        files[normpath((folder / picture.path).as_posix())] = data
    return files


def _existing(project: Project, name: str, wanted: Wanted) -> Sequence[str]:
    """Return the editions of a document that are there: pages of a newsroom lead to them."""
    config = project.config
    if not wanted.is_site:
        return ()
    paths = [
        config.build / edition_path(name, lang, suffix=suffix)
        for lang in project.languages
        for suffix in ("html", "pdf")
    ]
    return [path.relative_to(config.root).as_posix() for path in paths if path.is_file()]
