"""A worker's station: its benches may end, and its answer comes all the same."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from pubkit.workflow.cluster.shipment import Blobs, Task, pack, shared_files
from pubkit.workflow.cluster.station import Station
from pubkit.workflow.cluster.wire import Answer, read_answer
from pubkit.workflow.project import open_project
from pubkit.workflow.render import Wanted, render

WANTED = Wanted(languages=("en", "zh"), formats=("html",))


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    """Return a station; its benches end with the test."""
    opened = Station(tmp_path / "station")
    yield opened
    opened.end()


def supplied(station: Station, project: Path, **changes: bool) -> Task:
    """Give a station all that the new project's document needs."""
    opened = open_project(project)
    shared = shared_files(opened)
    station.keep({digest: shared.read(digest) for digest in shared.data})
    document = opened.document(opened.paths()[0])
    return pack(opened, document, base=shared.digest, wanted=WANTED)


def test_station_asks_for_what_it_lacks(station: Station, project: Path) -> None:
    """It makes nothing of half a document."""
    task = supplied(station, project)
    answer = station.make(task.job, "")
    fonts = Blobs.of({"a.ttf": b"font"})
    station.keep(task.blobs)
    without_fonts = station.make(task.job, fonts.digest)

    assert isinstance(answer, Answer)
    assert set(answer.lacking) == set(task.blobs)
    assert isinstance(without_fonts, Answer)
    assert without_fonts.lacking == (fonts.digest,)


def test_station_makes_what_a_local_run_makes(station: Station, project: Path) -> None:
    """Page for page, and again after its bench was killed."""
    task = supplied(station, project)
    station.keep(task.blobs)
    first = station.make(task.job, "")
    (bench,) = station._idle[""]
    os.kill(bench._process.pid, signal.SIGKILL)
    second = station.make(task.job, "")
    opened = open_project(project)
    list(render(opened, wanted=WANTED))

    assert isinstance(first, bytes)
    assert first == second or read_answer(first).files == read_answer(bytes(second)).files
    for path, data in read_answer(first).files.items():
        assert (opened.config.root / path).read_bytes() == data
    assert {"build/en/welcome.html", "build/zh/welcome.html"} < set(read_answer(first).files)


def test_document_that_ends_two_benches_is_given_up(
    station: Station, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It costs no worker."""
    task = supplied(station, project)
    station.keep(task.blobs)
    monkeypatch.setattr("sys.executable", "/bin/false")
    answer = station.make(task.job, "")

    assert isinstance(answer, Answer)
    assert "1" in answer.crash
