"""What client and worker tell each other: plain data, verified where it arrives.

A message is one line of JSON, and the files that the line names, one after the other.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from pubkit.errors import PubkitError
from pubkit.jail.frames import read_error, write_error
from pubkit.values import dataclass
from pubkit.workflow.cluster.blobs import digest_of

NOTHING: Mapping[str, str] = MappingProxyType({})


class BrokenMessageError(Exception):
    """What came is not what was sent, or is nothing that client and worker say to each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One document to be made in some languages; a worker needs nothing else but the blobs."""

    document: str
    base: str
    """The digest of the list of what all documents of the project share."""
    files: Mapping[str, str]
    """What this document has besides: digests by the path from the folder of the project."""
    languages: Sequence[str]
    formats: Sequence[str]
    is_strict: bool = False
    is_site: bool = False
    existing: Sequence[str] = ()
    """Editions that lie in the client's folder, to which pages of a newsroom lead."""
    speaks: str = "en"
    """The language of the errors."""

    def to_json(self) -> str:
        """Return the job as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Job":
        """Read a job."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeEdition:
    """An edition that a worker has made, or why it could not."""

    lang: str
    waiting: int = 0
    pictures: Sequence[str] = ()
    paths: Sequence[str] = ()
    """The files of the edition, from the folder of the project."""
    error: PubkitError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of a job."""

    editions: Sequence[MadeEdition] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Everything that was written, by the path from the folder of the project."""
    root: str = ""
    """Where the project lay on the worker; errors may name it."""
    lacking: Sequence[str] = ()
    """Blobs without which nothing could be done."""
    crash: str = ""
    """Why the process that did it has ended without an answer."""


def write_answer(answer: Answer) -> bytes:
    """Return an answer as bytes."""
    head = {
        "editions": [_edition_data(edition) for edition in answer.editions],
        "files": [[path, len(data), digest_of(data)] for path, data in answer.files.items()],
        "root": answer.root,
        "lacking": list(answer.lacking),
        "crash": answer.crash,
    }
    return b"".join([json.dumps(head).encode(), b"\n", *answer.files.values()])


def _edition_data(edition: MadeEdition) -> dict[str, Any]:
    error = write_error(edition.error).decode() if edition.error else None
    return {
        "lang": edition.lang,
        "waiting": edition.waiting,
        "pictures": list(edition.pictures),
        "paths": list(edition.paths),
        "error": error,
    }


def read_answer(data: bytes) -> Answer:
    """Read an answer, and compare every file in it with its digest.

    Raises:
        BrokenMessageError: It is none, or a file was damaged on its way.
    """
    line, _, body = data.partition(b"\n")
    try:
        head = json.loads(line)
        return Answer(
            editions=tuple(map(_read_edition, head["editions"])),
            files=_read_files(head["files"], body),
            root=str(head["root"]),
            lacking=tuple(map(str, head["lacking"])),
            crash=str(head["crash"]),
        )
    except BrokenMessageError:
        raise
    except Exception as error:
        raise BrokenMessageError(str(error)) from None


def _read_edition(data: Mapping[str, Any]) -> MadeEdition:
    return MadeEdition(
        lang=str(data["lang"]),
        waiting=int(data["waiting"]),
        pictures=tuple(map(str, data["pictures"])),
        paths=tuple(map(str, data["paths"])),
        error=read_error(data["error"].encode()) if data["error"] else None,
    )


def _read_files(heads: Sequence[Any], body: bytes) -> dict[str, bytes]:
    files, start = {}, 0
    for path, size, digest in heads:
        files[str(path)] = body[start : start + size]
        start += size
        if digest_of(files[str(path)]) != digest:
            raise BrokenMessageError(path)
    if start != len(body):
        raise BrokenMessageError
    return files


def path_below(folder: Path, name: str) -> Path:
    """Return a path below a folder.

    Raises:
        BrokenMessageError: It leads elsewhere, or to the folder itself.
    """
    pure = PurePosixPath(name)
    if pure.is_absolute() or not pure.parts or ".." in pure.parts or "\0" in name:
        raise BrokenMessageError(name)
    return folder / pure
