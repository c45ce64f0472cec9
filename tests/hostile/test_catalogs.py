"""Hostile catalogs through the whole line: a clear error, or an edition that says what they say."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pubkit.errors import PubkitError
from pubkit.formats import concurrency
from pubkit.workflow.check import check_project
from pubkit.workflow.extract import extract
from pubkit.workflow.project import Project, open_project
from pubkit.workflow.render import Failed, render
from pubkit.workflow.wanted import Wanted
from tests.conftest import Run
from tests.hostile.catalogs import HostileCatalog, read_catalogs

CATALOGS = read_catalogs()
READ = [catalog for catalog in CATALOGS if catalog.is_read]
REFUSED = [catalog for catalog in CATALOGS if not catalog.is_read]
SOURCE = """---
title: A report
date: 2025-03-14
---

Hello

World

Many words about the programme.
"""
SETTINGS = '[project]\nname = "Hostile"\nsource_language = "en"\nlanguages = ["en", "zh"]\n'


@pytest.fixture(autouse=True)
def _nobody_saves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait whether a bad file is one that somebody is just saving."""
    monkeypatch.setattr(concurrency, "PAUSE", 0)


def put(folder: Path, catalog: HostileCatalog) -> Path:
    """Write a project that has a catalog, and return the catalog's path."""
    path = folder / f"locales/zh/LC_MESSAGES/{catalog.takes_place_of}.po"
    path.parent.mkdir(parents=True)
    (folder / "source").mkdir()
    (folder / "source/report.md").write_text(SOURCE)
    (folder / "pubkit.toml").write_text(SETTINGS)
    path.write_bytes(catalog.data)
    return path


def test_corpus_is_large_and_names_are_unique() -> None:
    """A case that is there twice hides one that is not."""
    assert len(CATALOGS) >= 150
    assert [name for name, n in Counter(case.name for case in CATALOGS).items() if n > 1] == []


def make_page(project: Project) -> None:
    """Make the Chinese page, or raise why it cannot be made."""
    for result in render(project, wanted=Wanted(languages=("zh",), formats=("html",))):
        if isinstance(result, Failed):
            raise result.error


COMMANDS: dict[str, Callable[[Project], object]] = {
    "extract": lambda project: [*extract(project, created="2025-03-14 09:00+0000")],
    "check": check_project,
    "render": make_page,
}


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_catalog_is_refused_and_stays_as_it_is(case: HostileCatalog, tmp_path: Path) -> None:
    """Each command that prints it says where and what to do; nothing is written."""
    path = put(tmp_path, case)
    errors = {name: refusal(tmp_path, command) for name, command in COMMANDS.items()}

    error = errors["render"]
    assert error
    assert error.location
    assert error.location.path in (str(path), path.relative_to(tmp_path).as_posix())
    assert error.remedy
    assert not list(tmp_path.rglob("build/zh/*.html"))
    assert path.read_bytes() == case.data or errors["extract"] is None


def refusal(folder: Path, command: Callable[[Project], object]) -> PubkitError | None:
    """Return the error with which a command refuses a project; anything else is a failure."""
    try:
        command(open_project(folder))
    except PubkitError as error:
        return error
    return None


@pytest.mark.parametrize("case", READ, ids=lambda case: case.name)
def test_catalog_is_read_as_it_says(case: HostileCatalog, tmp_path: Path) -> None:
    """Every command does its work, and the page has what the catalog says."""
    put(tmp_path, case)
    for command in COMMANDS.values():
        command(open_project(tmp_path))

    page = (tmp_path / "build/zh/report.html").read_text("utf-8")
    assert case.shows in page
    assert not case.hides or case.hides not in page


@pytest.mark.parametrize("case", REFUSED[::25], ids=lambda case: case.name)
def test_command_line_says_what_is_wrong(case: HostileCatalog, tmp_path: Path, run: Run) -> None:
    """Without a traceback, with the file, and with exit code 2."""
    put(tmp_path, case)
    found = run("render", "--lang", "zh", cwd=tmp_path)

    assert found.code == 2
    assert found.err.startswith("error: locales/zh/LC_MESSAGES/")
    assert "→" in found.err
    assert "Traceback" not in found.err
