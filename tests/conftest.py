"""What many tests need: the command line, and a project to run it in."""

import fcntl
import importlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from pubkit import caches, messages
from pubkit.cli import main
from pubkit.cli.summaries import summaries
from pubkit.workflow.initialize import initialize
from tests.servers import postgresql as postgresql_servers
from tests.servers.postgresql import PostgreSQL, postgresql_server
from tests.web import start_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).parents[1]

# A test says whether something is right, not how fast: a busy machine must not make it fail.
hypothesis.settings.register_profile("pubkit", deadline=None)
hypothesis.settings.load_profile("pubkit")

# The help of a command is in the language of the process that imports it: here, in English,
# before a test speaks another one.
for command in summaries():
    importlib.import_module(f"pubkit.cli.{command}_command")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person approve how pages look: ``make approve``."""
    parser.addoption("--approve", action="store_true", help="approve the pages as they look now")


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep nothing between tests, and nothing of the tests at the home of who runs them."""
    monkeypatch.setenv("PUBKIT_CACHE", "off")


@pytest.fixture
def with_cache(no_cache: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep what takes time to make, as users do; yields the folder."""
    folder = tmp_path / "caches"
    monkeypatch.setenv("PUBKIT_CACHE", str(folder))
    caches.keep_in(folder)
    yield folder
    caches.keep_in(None)


@pytest.fixture
def approves(request: pytest.FixtureRequest) -> bool:
    """Tell whether pages are approved as they look now."""
    return bool(request.config.getoption("--approve"))


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run pubkit as on a command line, in a folder."""

    def run_pubkit(*arguments: str, cwd: Path, **environment: str) -> Outcome:
        for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.argv", ["pubkit", *arguments])
        monkeypatch.chdir(cwd)
        capfd.readouterr()
        try:
            with pytest.raises(SystemExit) as exited:
                main()
        finally:
            messages.speak(())
        captured = capfd.readouterr()
        return Outcome(int(exited.value.code or 0), captured.out, captured.err)

    return run_pubkit


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the folder of a new project: one document, English and Chinese, all translated."""
    folder = tmp_path / "news"
    for _path in initialize(folder, created="2025-03-14 09:00+0000"):
        pass
    return folder


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Return a copy of this repository's own project."""
    folder = tmp_path / "report"
    folder.mkdir()
    for name in ("pubkit.toml", "source", "locales"):
        (folder / name).symlink_to(REPOSITORY / name)
    return folder


def replace_in(path: Path, old: str, new: str) -> None:
    """Replace a text that a file must have."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def count_calls(function: Callable[[], object]) -> int:
    """Return how many calls a function makes: work that no busy machine makes longer."""
    calls = count()
    sys.setprofile(lambda _frame, _event, _argument: next(calls) and None)
    try:
        function()
    finally:
        sys.setprofile(None)
    return next(calls)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that is costly to fill, and that nobody may change.

    The first of all processes that run tests fills it; the others wait for it.
    """
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, stamp = shared / name, shared / f"{name}.made"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            stamp.touch()
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Start a browser, once in each process that tests pages; see tests/web.py."""
    with start_browser() as started:
        yield started


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """Start PostgreSQL, once in each process whose tests need it."""
    if missing := postgresql_servers.missing():
        pytest.skip(missing)
    with postgresql_server() as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql: PostgreSQL) -> str:
    """Return the SQLAlchemy URL of an empty database of PostgreSQL."""
    return postgresql.new_database()
