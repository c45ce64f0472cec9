"""Files by their content: what is sent once to each worker, and verified where it arrives."""

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from pubkit.values import dataclass

DIGEST = re.compile(r"[0-9a-f]{64}")
_PRIVATE = 0o700


class WrongBlobError(Exception):
    """The bytes are not those that their digest names, or the digest is none."""


def digest_of(data: bytes) -> str:
    """Return the name of a content."""
    return sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class BlobStore:
    """A private folder of files that are named by the digest of what they hold."""

    folder: Path

    def keep(self, blobs: Mapping[str, bytes]) -> None:
        """Keep blobs, each whole or not at all.

        Raises:
            WrongBlobError: One is not what its name says; it is not kept.
        """
        self.folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        for digest, data in blobs.items():
            if digest_of(data) != digest:
                raise WrongBlobError(digest)
            if not self.path(digest).exists():
                self._write(digest, data)

    def _write(self, digest: str, data: bytes) -> None:
        with NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as file:
            temporary = Path(file.name)
            try:
                file.write(data)
            except OSError:
                temporary.unlink()
                raise
        temporary.chmod(0o400)
        temporary.replace(self.path(digest))

    def lacking(self, digests: Iterable[str]) -> tuple[str, ...]:
        """Return those of these blobs that are not here, and note that the others are used."""
        return tuple(digest for digest in dict.fromkeys(digests) if not self._is_here(digest))

    def _is_here(self, digest: str) -> bool:
        try:
            os.utime(self.path(digest))
        except OSError:
            return False
        return True

    def held(self, most: int = 10_000) -> tuple[str, ...]:
        """Return the digests of the blobs that were used last."""
        return tuple(path.name for _status, path in self._by_use()[-most:])

    def make_room(self, most: int) -> int:
        """Remove blobs that were not used for the longest time; returns the bytes that are left.

        Who has linked one into a project has it still.
        """
        files = self._by_use()
        left = sum(status.st_size for status, _path in files)
        for status, path in files:
            if left <= most:
                break
            path.unlink(missing_ok=True)
            left -= status.st_size
        return left

    def _by_use(self) -> list[tuple[os.stat_result, Path]]:
        paths = self.folder.iterdir() if self.folder.is_dir() else ()
        files = [(path.stat(), path) for path in paths if DIGEST.fullmatch(path.name)]
        return sorted(files, key=lambda file: file[0].st_mtime_ns)

    def read(self, digest: str) -> bytes:
        """Return a blob.

        Raises:
            WrongBlobError: The file was changed since it was kept.
        """
        data = self.path(digest).read_bytes()
        if digest_of(data) != digest:
            raise WrongBlobError(digest)
        return data

    def link(self, digest: str, path: Path) -> None:
        """Put a blob where a project has it; it costs no room if the folders share a disk."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            os.link(self.path(digest), path)
            return
        path.write_bytes(self.read(digest))

    def path(self, digest: str) -> Path:
        """Return where a blob lies, or would lie.

        Raises:
            WrongBlobError: It is no digest, and might lead elsewhere.
        """
        if not DIGEST.fullmatch(digest):
            raise WrongBlobError(digest)
        return self.folder / digest
