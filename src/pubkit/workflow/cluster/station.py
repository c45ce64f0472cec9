"""What a worker does: it keeps blobs, says what it is, and lets its benches make editions.

The functions at the end are called by Dask, in threads of the worker; they take and return plain
data.
"""

import json
import os
import subprocess
import sys
from asyncio import to_thread
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from pubkit.workflow.cluster.bench import receive, transmit
from pubkit.workflow.cluster.blobs import BlobStore
from pubkit.workflow.cluster.font_files import write_font_settings
from pubkit.workflow.cluster.replica import lacking_blobs, read_base
from pubkit.workflow.cluster.wire import Answer, Job, path_below, write_answer

ATTEMPTS = 2
"""Whatever ends its bench so often is not tried again."""
MOST_BYTES = 4_000_000_000
"""Of blobs on a worker's disk."""
MOST_DOCUMENTS = 500
"""Then a bench is replaced, whatever its libraries may have forgotten to give back."""


class Bench:
    """The process that makes editions, seen from the worker."""

    def __init__(
        self, store: BlobStore, folder: Path, font_settings: Path | None, *, generation: int
    ) -> None:
        program = (sys.executable, "-m", "pubkit.cli.bench")
        places: tuple[Path, ...] = (
            store.folder,
            folder,
            *([font_settings] if font_settings else []),
        )
        self.generation = generation
        asked, self._writing = _pipe()
        self._reading, answered = _pipe()
        with asked, answered:
            self._process = subprocess.Popen(  # noqa: S603  # pubkit itself
                [*program, *map(str, places)], stdin=asked, stdout=answered
            )
        self._seen: dict[str, str] = {}
        self._documents = 0

    def ask(self, message: bytes) -> bytes | None:
        """Return the answer to a message; None if the process has ended."""
        try:
            transmit(self._writing, message)
            return receive(self._reading)
        except OSError:
            return None

    def takes(self, job: Job) -> bool:
        """Tell whether it may make a document, and note that it does.

        It may remember what it has read under a path, so it sees each path with one content.
        """
        files = {f"{job.base} {path}": digest for path, digest in job.files.items()}
        is_clean = all(self._seen.get(path, digest) == digest for path, digest in files.items())
        self._seen |= files
        self._documents += 1
        return is_clean and self._documents <= MOST_DOCUMENTS

    def end(self) -> str:
        """End the process, and tell how it has ended."""
        for pipe in (self._writing, self._reading):
            with suppress(OSError):
                pipe.close()
        self._process.kill()
        code = self._process.wait()
        return f"signal {-code}" if code < 0 else f"exit code {code}"


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


class Station:
    """All of pubkit on a worker, in a private folder that the worker removes at its end."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self.store = BlobStore(folder / "blobs")
        self._kept_bytes = 0
        self._generation = 0
        self._numbers = count()
        self._idle: dict[str, list[Bench]] = {}
        self._lock = Lock()

    def keep(self, blobs: Mapping[str, bytes]) -> None:
        """Keep blobs; if there are too many, those go that were not used for the longest time."""
        self.store.keep(blobs)
        self._kept_bytes += sum(map(len, blobs.values()))
        if self._kept_bytes > MOST_BYTES:
            with self._lock:
                self._kept_bytes = self.store.make_room(MOST_BYTES // 2)

    def make(self, job: Job, fonts: str) -> Answer | bytes:
        """Make a document; what it makes goes through as it is.

        Args:
            job: The document.
            fonts: The digest of the list of the client's fonts, if they are not this machine's.
        """
        lacking = lacking_blobs(self.store, job) + self._lacking_fonts(fonts)
        if lacking:
            return Answer(lacking=lacking)
        for _attempt in range(ATTEMPTS):
            bench = self._bench_for(job, fonts)
            answer = bench.ask(b"make " + job.to_json().encode())
            if answer is not None:
                self._give_back(bench, fonts)
                return answer
            story = bench.end()
        return Answer(crash=story)

    def describe(self, families: Sequence[str]) -> dict[str, str]:
        """Return what the machine makes editions with."""
        bench = self._bench("")
        answer = bench.ask(b"describe " + json.dumps(list(families)).encode())
        if answer is None:
            raise RuntimeError(bench.end())
        self._give_back(bench, "")
        machine: dict[str, str] = json.loads(answer)
        return machine

    def end(self) -> None:
        """End all benches: at once, or when they have made what they are making."""
        with self._lock:
            self._generation += 1
            idle = [bench for benches in self._idle.values() for bench in benches]
            self._idle.clear()
        for bench in idle:
            bench.end()

    def _bench_for(self, job: Job, fonts: str) -> Bench:
        bench = self._bench(fonts)
        if bench.takes(job):
            return bench
        bench.end()
        bench = self._start(fonts)
        bench.takes(job)
        return bench

    def _bench(self, fonts: str) -> Bench:
        with self._lock:
            benches = self._idle.get(fonts)
            if benches:
                return benches.pop()
        return self._start(fonts)

    def _start(self, fonts: str) -> Bench:
        folder = self.folder / "replicas" / str(next(self._numbers))
        settings = self._font_settings(fonts) if fonts else None
        return Bench(self.store, folder, settings, generation=self._generation)

    def _give_back(self, bench: Bench, fonts: str) -> None:
        with self._lock:
            if bench.generation == self._generation:
                self._idle.setdefault(fonts, []).append(bench)
                return
        bench.end()

    def _lacking_fonts(self, fonts: str) -> tuple[str, ...]:
        if not fonts:
            return ()
        return self.store.lacking([fonts]) or self.store.lacking(
            read_base(self.store, fonts).values()
        )

    def _font_settings(self, fonts: str) -> Path:
        """Return settings of fontconfig with the client's fonts and no others."""
        folder = self.folder / "fonts" / fonts
        with self._lock:
            for name, digest in read_base(self.store, fonts).items():
                path = path_below(folder, f"faces/{name}")
                if not path.exists():
                    self.store.link(digest, path)
            return write_font_settings(folder / "faces", folder)


@cache
def _station(folder: str) -> Station:
    return Station(Path(folder))


def station_of(worker: Any) -> Station:
    """Return the station of a worker of Dask, in whose process this runs."""
    return _station(f"{worker.local_directory}/pubkit")


# ---------------------------------------------------------------- what Dask calls


async def examine_worker(families: Sequence[str], dask_worker: Any) -> dict[str, str]:
    """Return what the worker makes editions with."""
    return await to_thread(station_of(dask_worker).describe, families)


async def held_blobs(dask_worker: Any) -> tuple[str, ...]:
    """Return the blobs that the worker has; of very many, those that were used last."""
    return await to_thread(station_of(dask_worker).store.held)


async def receive_blobs(blobs: Mapping[str, bytes], dask_worker: Any) -> None:
    """Keep blobs."""
    await to_thread(station_of(dask_worker).keep, blobs)


async def end_benches(dask_worker: Any) -> None:
    """Give the memory of the benches back; the blobs stay for the next run."""
    await to_thread(station_of(dask_worker).end)


def make_document(job: str, blobs: Mapping[str, bytes], fonts: str) -> bytes:
    """Make the editions of a document."""
    from distributed import get_worker  # nobody but a worker calls it

    station = station_of(get_worker())
    station.keep(blobs)
    answer = station.make(Job.from_json(job), fonts)
    return write_answer(answer) if isinstance(answer, Answer) else answer
