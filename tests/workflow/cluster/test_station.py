"""A worker's station: its benches may end, and its answer comes all the same."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pubkit.rendering.typefaces import stack_families
from pubkit.workflow.cluster.font_files import find_font_files
from pubkit.workflow.cluster.shipment import Blobs, Task, pack, shared_files
from pubkit.workflow.cluster.station import Station
from pubkit.workflow.cluster.wire import Answer, read_answer
from pubkit.workflow.project import open_project
from pubkit.workflow.render import Rendered, render
from pubkit.workflow.wanted import Wanted

WANTED = Wanted(languages=("en", "zh"), formats=("html",))


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    """Return a station; its benches end with the test."""
    opened = Station(tmp_path / "station")
    yield opened
    opened.end()


def supplied(station: Station, project: Path) -> Task:
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


def test_fonts_that_were_sent_set_the_same_page(station: Station, project: Path) -> None:
    """Byte for byte; and no other fonts are there for whoever got them."""
    task = supplied(station, project)
    station.keep(task.blobs)
    printed = replace(task.job, languages=("zh",), formats=("pdf",))
    files = find_font_files(stack_families(["en", "zh"]))
    sent = Blobs.of({path.name: path.read_bytes() for path in files})
    few = Blobs.of({path.name: path.read_bytes() for path in files if "CJK" not in path.name})
    for fonts in (sent, few):
        station.keep({digest: fonts.read(digest) for digest in fonts.data})
    with_all, with_few = (
        read_answer(bytes(station.make(printed, fonts.digest)))  # type: ignore[arg-type]
        for fonts in (sent, few)
    )
    opened = open_project(project)
    list(render(opened, wanted=Wanted(languages=("zh",), formats=("pdf",))))

    path = "build/zh/welcome.pdf"
    assert with_all.files[path] == (opened.config.root / path).read_bytes()
    assert with_few.editions[0].error is not None
    assert "fonts" in with_few.editions[0].error.message


def test_draft_that_is_refused_costs_no_other_language(station: Station, project: Path) -> None:
    """The page of the newsroom that is made is the one that leads to no draft."""
    catalog = project / "locales/zh/LC_MESSAGES/welcome.po"
    catalog.write_text(catalog.read_text("utf-8").replace("#: ", "#, fuzzy\n#: ", 1), "utf-8")
    task = supplied(station, project)
    station.keep(task.blobs)
    strict = replace(task.job, is_strict=True, is_site=True)
    answer = read_answer(bytes(station.make(strict, "")))  # type: ignore[arg-type]
    english, chinese = answer.editions
    opened = open_project(project)
    (local,) = render(opened, wanted=replace(WANTED, languages=("en",), is_site=True))

    assert english.error is None
    assert "The edition in “zh” is a draft: 1 text waits" in str(chinese.error)
    assert isinstance(local, Rendered)
    assert answer.files == {
        path.relative_to(opened.config.root).as_posix(): path.read_bytes()
        for path in opened.config.build.rglob("*")
        if path.is_file()
    }
