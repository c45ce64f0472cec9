"""What comes back from the workers: verified, and written as a local run writes it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pubkit.config import Config
from pubkit.errors import Location, PubkitError, RenderingError
from pubkit.formats.files import write_bytes, write_changed
from pubkit.model import Document, Edition
from pubkit.rendering.page import edition_path
from pubkit.values import dataclass
from pubkit.workflow.cluster.shipment import Task
from pubkit.workflow.cluster.wire import Answer, BrokenMessageError, MadeEdition
from pubkit.workflow.project import Project
from pubkit.workflow.render import Failed, Rendered


def write_arrivals(project: Project, task: Task, answer: Answer) -> Iterator[Rendered | Failed]:
    """Write what a worker has made of a document, and yield its editions.

    Pictures first, as in a local run: without them a page would be half an edition.

    Raises:
        BrokenMessageError: It is no answer to the task: an edition is missing, or a file belongs
            to another document or lies elsewhere. Nothing is written then.
    """
    places = Places.of(project, task)
    places.verify(answer)
    for made in answer.editions:
        document = replace(task.document, lang=made.lang)
        try:
            yield _arrived(document, made, answer, places)
        except RenderingError as error:
            yield Failed(document, error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the files of one document may lie: nothing else is written, whatever comes."""

    config: Config
    languages: tuple[str, ...]
    editions: frozenset[str]
    aside: frozenset[str]
    """Those of refused editions, and of the stories of pubkit's own faults."""
    pictures: frozenset[str]

    @classmethod
    def of(cls, project: Project, task: Task) -> "Places":
        """Return the places of a task."""
        config, job = project.config, task.job
        build, refused, crashes, source = (
            PurePosixPath(folder.relative_to(config.root).as_posix())
            for folder in (config.build, config.refused, config.crashes, config.source)
        )
        names = [
            edition_path(job.document, lang, suffix=suffix)
            for lang in job.languages
            for suffix in job.formats
        ]
        stories = [edition_path(job.document, lang, suffix="txt") for lang in job.languages]
        shipped = map(PurePosixPath, job.files)
        below = (path.relative_to(source) for path in shipped if path.is_relative_to(source))
        return cls(
            config=config,
            languages=tuple(job.languages),
            editions=frozenset(str(build / name) for name in names),
            aside=frozenset(
                [*(str(refused / name) for name in names), *(str(crashes / n) for n in stories)]
            ),
            pictures=frozenset(str(build / path) for path in below if path.suffix != ".md"),
        )

    def refused(self, path: str) -> Path:
        """Return where an edition would lie, had it failed its proof."""
        return self.config.refused / (self.config.root / path).relative_to(self.config.build)

    def verify(self, answer: Answer) -> None:
        """Make sure that an answer has each edition once, and no file but those of the document."""
        if tuple(made.lang for made in answer.editions) != self.languages:
            raise BrokenMessageError("editions")
        if strange := set(answer.files) - self.editions - self.aside - self.pictures:
            raise BrokenMessageError(min(strange))
        claimed = {path for made in answer.editions for path in made.paths}
        if not claimed <= self.editions & set(answer.files):
            raise BrokenMessageError("paths")


def _arrived(
    document: Document, made: MadeEdition, answer: Answer, places: Places
) -> Rendered | Failed:
    own = {path: answer.files[path] for path in sorted(places.aside & set(answer.files))}
    if made.error:
        for path, data in own.items():
            if PurePosixPath(path).parent.name == made.lang:
                write_bytes(places.config.root / path, data, error=RenderingError)
        return Failed(document, _as_here(made.error, answer.root, str(places.config.root)))
    for path in sorted(places.pictures & set(answer.files)):
        write_changed(places.config.root / path, answer.files[path], error=RenderingError)
    for path in made.paths:
        write_bytes(places.config.root / path, answer.files[path], error=RenderingError)
    return _rendered(document, made, answer, places)


def _rendered(document: Document, made: MadeEdition, answer: Answer, places: Places) -> Rendered:
    contents = {PurePosixPath(path).suffix: answer.files[path] for path in made.paths}
    for path in made.paths:
        places.refused(path).unlink(missing_ok=True)
    edition = Edition(
        document=document,
        html=contents.get(".html", b"").decode(),
        pictures=tuple(made.pictures),
        pdf=contents.get(".pdf"),
    )
    return Rendered(edition, tuple(places.config.root / path for path in made.paths), made.waiting)


def _as_here(error: PubkitError, there: str, here: str) -> PubkitError:
    """Return an error that speaks of the project's own folder, not of the worker's."""
    place = error.location
    return type(error)(
        error.message.replace(there, here),
        location=place and Location(place.path.replace(there, here), place.line, place.column),
        remedy=error.remedy and error.remedy.replace(there, here),
    )
