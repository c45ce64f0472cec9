"""What tests of a whole sending need."""

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Outcome, Run, made_once
from tests.mail.office import Office, make_project
from tests.servers.sink import Sink, sink

if importlib.util.find_spec("pubkit.cli.sending.deliver") is None:
    collect_ignore_glob = ["test_*.py"]


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


@pytest.fixture
def office(finished_project: Path, tmp_path: Path, server: Sink, run: Run) -> Office:
    """Return an office with three members, whose mail goes to the server."""
    folder = tmp_path / "office"
    shutil.copytree(finished_project, folder)

    def execute(office: Office, arguments: object) -> Outcome:
        return run(*arguments, cwd=office.folder, **office.own_environment)

    opened = Office(folder=folder, server=server.server, execute=execute)
    opened.enrol(
        [
            "anna@members.example,Anna Smith,en",
            "wang@members.example,王芳,zh",
            "li@members.example,李小龙,zh",
        ]
    )
    return opened
