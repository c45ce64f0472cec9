"""The process on a worker that makes editions: ``python -m pubkit.cli.bench``.

A worker of Dask has many threads, and a process with threads must not be forked: a lock that one
of them holds stays closed in the child for ever. So each thread of a worker has a bench, which is
a program of its own with one thread, and forks its jailed children as a local run does. It ends
when its input ends, and when it was idle for a while; what kills it costs one document.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from select import select
from typing import BinaryIO

from pubkit import caches, messages
from pubkit.errors import PubkitError
from pubkit.workflow.cluster.blobs import BlobStore
from pubkit.workflow.cluster.machine import describe_machine
from pubkit.workflow.cluster.replica import Replica
from pubkit.workflow.cluster.wire import Answer, Job, MadeEdition, write_answer
from pubkit.workflow.project import Project
from pubkit.workflow.render import Failed, Rendered, edition_file, render
from pubkit.workflow.wanted import Wanted

SIZE = 8
"""Bytes that say how long a message is."""
LONGEST_IDLENESS = 300
"""Seconds; a bench that nobody needs gives its memory back."""


def serve(store: Path, folder: Path, reading: BinaryIO, writing: BinaryIO) -> None:
    """Answer messages until there are no more.

    Args:
        store: The folder of the blobs.
        folder: Where projects are rebuilt.
        reading: Where messages come from.
        writing: Where answers go.
    """
    caches.keep_in(store.parent / "caches")
    workbench = Workbench(BlobStore(store), folder)
    while (message := receive(reading, patience=LONGEST_IDLENESS)) is not None:
        kind, _, text = message.partition(b" ")
        transmit(writing, ACTIONS[kind](workbench, text.decode()))


def receive(pipe: BinaryIO, *, patience: float | None = None) -> bytes | None:
    """Return the next message; None if there will be none, or none has come for too long."""
    if patience is not None and not select([pipe], [], [], patience)[0]:
        return None
    head = _read(pipe, SIZE)
    return _read(pipe, int.from_bytes(head, "big")) if head else None


def _read(pipe: BinaryIO, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        piece = pipe.read(size - len(data))
        if not piece:
            return None
        data += piece
    return bytes(data)


def transmit(pipe: BinaryIO, data: bytes) -> None:
    """Send a message."""
    pipe.write(len(data).to_bytes(SIZE, "big"))
    pipe.write(data)
    pipe.flush()


class Workbench:
    """Makes documents in folders that stay as long as the files that they share."""

    def __init__(self, store: BlobStore, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self.replicas: dict[str, Replica] = {}

    def replica(self, base: str) -> Replica:
        """Return the folder for a state of the shared files."""
        if base not in self.replicas:
            self.replicas[base] = Replica.of(self.store, base, self.folder / base)
        return self.replicas[base]


def make(workbench: Workbench, text: str) -> bytes:
    """Make the editions of a document."""
    job = Job.from_json(text)
    messages.speak([job.speaks])
    replica = workbench.replica(job.base)
    with replica.holding(workbench.store, job) as project:
        editions = tuple(_make_all(project, job))
        files = replica.written(project)
    return write_answer(Answer(editions=editions, files=files, root=str(replica.folder)))


def _make_all(project: Project, job: Job) -> Iterator[MadeEdition]:
    """Make the editions of a document; what costs all of them together is tried one by one.

    A local run refuses everything for the sake of one file, before anything is made. Here each
    document is read where it is made, and others are made already.
    """
    try:
        yield from _make_editions(project, job)
    except PubkitError as error:
        if len(job.languages) == 1:
            yield MadeEdition(lang=job.languages[0], error=error)
            return
        _mark_others(project, job)
        for lang in job.languages:
            yield from _make_all(project, replace(job, languages=(lang,)))


def _mark_others(project: Project, job: Job) -> None:
    """Let each page of a newsroom lead to the others, as if all were made together."""
    if job.is_site:
        for lang in job.languages:
            for suffix in job.formats:
                path = edition_file(project, job.document, lang=lang, suffix=suffix)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch()


def _make_editions(project: Project, job: Job) -> list[MadeEdition]:
    wanted = Wanted(
        languages=tuple(job.languages),
        formats=tuple(job.formats),
        is_strict=job.is_strict,
        is_site=job.is_site,
    )
    return [_told(project, result) for result in render(project, [job.document], wanted=wanted)]


def _told(project: Project, result: Rendered | Failed) -> MadeEdition:
    """Return what became of an edition, without what can be read from its files."""
    if isinstance(result, Failed):
        return MadeEdition(lang=result.document.lang, error=result.error)
    root = project.config.root
    return MadeEdition(
        lang=result.edition.document.lang,
        waiting=result.waiting,
        pictures=result.edition.pictures,
        paths=tuple(path.relative_to(root).as_posix() for path in result.paths),
    )


def describe(_workbench: Workbench, text: str) -> bytes:
    """Say what this machine makes editions with; the text names the families of the fonts."""
    return json.dumps(describe_machine(json.loads(text))).encode()


ACTIONS: dict[bytes, Callable[[Workbench, str], bytes]] = {b"make": make, b"describe": describe}
