"""What tests of a whole sending need."""

import shutil
import signal
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import Outcome, Run, made_once
from tests.mail.killing import kill_at
from tests.mail.office import Office, make_project
from tests.servers.sink import Sink, sink

THREE = (
    "anna@members.example,Anna Smith,en",
    "wang@members.example,王芳,zh",
    "li@members.example,李小龙,zh",
)


@pytest.fixture(scope="session")
def finished_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with finished editions; it must not be changed."""
    made = made_once(tmp_path_factory, "finished", lambda folder: make_project(folder / "news"))
    return made / "news"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Sink]:
    """Start a mail server that takes everything."""
    with sink(tmp_path / "sink", keeps=True) as started:
        yield started


@pytest.fixture(scope="session")
def begun_campaign(tmp_path_factory: pytest.TempPathFactory, finished_project: Path) -> Path:
    """Return a project whose campaign is written down, and nothing of it sent."""

    def begin(folder: Path) -> None:
        shutil.copytree(finished_project, folder / "news")
        office = Office(folder=folder / "news", server="smtp+plain://127.0.0.1:9")
        office.enrol(THREE)
        assert kill_at("taken", office) == -signal.SIGKILL

    return made_once(tmp_path_factory, "begun", begin) / "news"


@pytest.fixture
def new_office(finished_project: Path, tmp_path: Path, server: Sink, run: Run) -> Office:
    """Return an office with three members, whose mail goes to the server."""
    return open_office(finished_project, tmp_path / "office", server, run)


@pytest.fixture
def office(begun_campaign: Path, tmp_path: Path, server: Sink, run: Run) -> Office:
    """Return the same, where the campaign has begun: what takes a second is done."""
    return open_office(begun_campaign, tmp_path / "office", server, run)


def open_office(template: Path, folder: Path, server: Sink, run: Run) -> Office:
    """Return an office in a copy of a folder; its commands run in this process."""
    shutil.copytree(template, folder)

    def execute(office: Office, arguments: Sequence[str]) -> Outcome:
        return run(*arguments, cwd=office.folder, **office.own_environment)

    office = Office(folder=folder, server=server.server, execute=execute)
    office.enrol(THREE)
    return office


@pytest.fixture
def quick_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let waiting take no time: the clocks go forward instead."""
    from pubkit.cli.sending.clock import SystemClock

    waited = [0.0]
    now, monotonic = SystemClock.now, SystemClock.monotonic

    def sleep(_self: SystemClock, seconds: float) -> None:
        waited[0] += seconds

    monkeypatch.setattr(SystemClock, "sleep", sleep)
    monkeypatch.setattr(SystemClock, "now", lambda self: now(self) + timedelta(seconds=waited[0]))
    monkeypatch.setattr(SystemClock, "monotonic", lambda self: monotonic(self) + waited[0])
