"""A project as a worker has it: a folder made of blobs, in which one document is made at a time."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pubkit.config import read_config
from pubkit.config.settings import FILE_NAME
from pubkit.values import dataclass
from pubkit.workflow.cluster.blobs import BlobStore
from pubkit.workflow.cluster.wire import BrokenMessageError, Job, path_below
from pubkit.workflow.project import Project


def write_base(files: Mapping[str, str]) -> bytes:
    """Return the list of what all documents share: digests by path; the list is a blob itself."""
    return json.dumps(dict(sorted(files.items()))).encode()


def read_base(store: BlobStore, digest: str) -> dict[str, str]:
    """Read that list.

    Raises:
        WrongBlobError: It is not what its digest says.
        BrokenMessageError: It is no such list.
    """
    try:
        files = json.loads(store.read(digest))
        return {str(path): str(blob) for path, blob in files.items()}
    except (ValueError, AttributeError):
        raise BrokenMessageError(digest) from None


def lacking_blobs(store: BlobStore, job: Job) -> tuple[str, ...]:
    """Return the blobs without which a document cannot be made."""
    if lacking := store.lacking([job.base]):
        return (*lacking, *store.lacking(job.files.values()))
    return store.lacking([*read_base(store, job.base).values(), *job.files.values()])


@dataclass(frozen=True, slots=True)
class Replica:
    """A folder for one state of a project's shared files.

    So whatever a program remembers of a path below it stays right.
    """

    folder: Path

    @classmethod
    def of(cls, store: BlobStore, base: str, folder: Path) -> "Replica":
        """Make one anew."""
        shutil.rmtree(folder, ignore_errors=True)
        for path, digest in read_base(store, base).items():
            store.link(digest, path_below(folder, path))
        return cls(folder)

    @contextmanager
    def holding(self, store: BlobStore, job: Job) -> Iterator[Project]:
        """Put the files of a document into the folder, and take them and all that was made out.

        Raises:
            BrokenMessageError: A path leads out of the folder.
        """
        own = {path_below(self.folder, path): digest for path, digest in job.files.items()}
        marks = [path_below(self.folder, path) for path in job.existing]
        project = Project(read_config(self.folder / FILE_NAME))
        try:
            for path, digest in own.items():
                store.link(digest, path)
            for mark in marks:
                mark.parent.mkdir(parents=True, exist_ok=True)
                mark.touch()
            yield project
        finally:
            for path in own:
                with suppress(OSError):
                    path.unlink()
            for folder in (project.config.build, self.folder / ".pubkit"):
                shutil.rmtree(folder, ignore_errors=True)

    def written(self, project: Project) -> dict[str, bytes]:
        """Return every file that was written, by its path; empty ones only mark a place."""
        config = project.config
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for folder in (config.build, config.refused, config.crashes)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.stat().st_size
        }
