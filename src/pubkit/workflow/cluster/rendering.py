"""``pubkit render --cluster``: the editions of a project, made by the workers of a cluster."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path

from pubkit.errors import Location, PubkitError, RefusedTranslationError, RenderingError
from pubkit.messages import gettext as _
from pubkit.model import Document
from pubkit.rendering.typefaces import stack_families
from pubkit.values import dataclass
from pubkit.workflow.cluster.arrivals import write_arrivals
from pubkit.workflow.cluster.connection import connected
from pubkit.workflow.cluster.crew import Arrived, Crew, Lost, Supplies
from pubkit.workflow.cluster.font_files import find_font_files, font_digests
from pubkit.workflow.cluster.machine import describe_machine
from pubkit.workflow.cluster.shipment import Blobs, Task, pack, shared_files
from pubkit.workflow.cluster.wire import BrokenMessageError
from pubkit.workflow.documents import has_editions, verify_editions
from pubkit.workflow.project import Project
from pubkit.workflow.render import (
    Failed,
    Rendered,
    chosen_typefaces,
    language_setting,
    verify_no_document_is_index,
)
from pubkit.workflow.wanted import Wanted


def render_on_cluster(
    project: Project,
    names: Iterable[str] = (),
    *,
    wanted: Wanted,
    address: str,
    announce: Callable[[str, str], None] = lambda _name, _lang: None,
    remark: Callable[[str], None] = lambda _text: None,
) -> Iterator[Rendered | Failed]:
    """Make editions on a cluster of Dask and write them here; the bytes are those of a local run.

    Documents come back in any order. Each is read when its turn comes, so a malformed one costs
    its own editions and no others.

    Args:
        project: Where.
        names: The documents; all if none is named.
        wanted: Languages and formats.
        address: Of the scheduler, as in ``tcp://scheduler:8786``.
        announce: Is told document and language of each edition that has come back.
        remark: Is told what happens to the cluster.

    Raises:
        ClusterError: It cannot be reached, would make other bytes, or has lost its workers.
        PubkitError: What all documents share is malformed.
    """
    queue = Queue(project=project, names=tuple(names), wanted=wanted)
    supplies = _supplies(project, wanted)
    queue.base = supplies.shared.digest
    with connected(address) as client:
        crew = Crew(client, supplies, remark=remark)
        for outcome in crew.make_all(iter(queue)):
            yield from _announced(queue.taken_failures(), announce)
            yield from _announced(_written(project, outcome), announce)
    yield from _announced(queue.taken_failures(), announce)
    queue.verify_not_empty()


def _announced(
    results: Iterable[Rendered | Failed], announce: Callable[[str, str], None]
) -> Iterator[Rendered | Failed]:
    for result in results:
        document = result.document if isinstance(result, Failed) else result.edition.document
        announce(document.name, document.lang)
        yield result


def _supplies(project: Project, wanted: Wanted) -> Supplies:
    """Return what every worker needs; what all documents share is read, to be refused at once."""
    if wanted.is_site:
        verify_no_document_is_index(project)
    for lang in project.languages if wanted.is_site else wanted.languages:
        with suppress(RefusedTranslationError):  # It costs the editions of that language.
            language_setting(project, lang)
    chosen = chosen_typefaces(project.config)
    families = stack_families(project.languages, chosen)
    files = find_font_files(families)
    return Supplies(
        machine=describe_machine(families),
        families=tuple(sorted(families)),
        shared=shared_files(project),
        fonts=Blobs.of_digests(font_digests(files), {path.name: path for path in files}),
    )


def _written(project: Project, outcome: Arrived | Lost) -> Iterator[Rendered | Failed]:
    task = outcome.task
    if isinstance(outcome, Lost):
        yield from _failures(task.document, task.job.languages, _lost(task, outcome.reason))
        return
    try:
        yield from write_arrivals(project, task, outcome.answer)
    except BrokenMessageError:
        error = _lost(task, _("what came back is not what was asked for"))
        yield from _failures(task.document, task.job.languages, error)


def _lost(task: Task, reason: str) -> RenderingError:
    return RenderingError(
        _("The editions of {name} could not be made on the cluster: {reason}").format(
            name=task.document.name, reason=reason
        ),
        location=Location(task.document.path),
        remedy=_("Make it without --cluster, which says more: pubkit render {name}").format(
            name=task.document.name
        ),
    )


def _failures(document: Document, languages: Iterable[str], error: PubkitError) -> Iterator[Failed]:
    return (Failed(replace(document, lang=lang), error) for lang in languages)


@dataclass(slots=True, kw_only=True)
class Queue:
    """The documents of a run, each read when it is wanted: a project may have very many."""

    project: Project
    names: tuple[str, ...]
    wanted: Wanted
    base: str = ""
    failures: deque[Failed] = field(default_factory=deque)
    passed_over: Document | None = None
    is_empty: bool = True

    def __iter__(self) -> Iterator[Task]:
        """Yield what can be made; what cannot is kept with the reason."""
        for path in self.project.paths(self.names):
            try:
                task = self._task(path)
            except PubkitError as error:
                self._fail(path, error)
            else:
                if task:
                    self.is_empty = False
                    yield task

    def _task(self, path: Path) -> Task | None:
        document = self.project.document(path)
        if self.names:
            verify_editions(document)
        elif not has_editions(document):
            self.passed_over = document
            return None
        return pack(self.project, document, base=self.base, wanted=self.wanted)

    def _fail(self, path: Path, error: PubkitError) -> None:
        self.is_empty = False
        config = self.project.config
        unread = Document(
            name=self.project.name_of(path),
            path=path.relative_to(config.root).as_posix(),
            lang=config.project.source_language,
            source_lang=config.project.source_language,
            date=None,
        )
        self.failures.extend(_failures(unread, self.wanted.languages, error))

    def taken_failures(self) -> Iterator[Failed]:
        """Yield the documents that could not be sent since the last time."""
        while self.failures:
            yield self.failures.popleft()

    def verify_not_empty(self) -> None:
        """Make sure that there was something to be made.

        Raises:
            SourceError: There are documents, but all are pages of a book.
        """
        if self.is_empty and self.passed_over:
            verify_editions(self.passed_over)
