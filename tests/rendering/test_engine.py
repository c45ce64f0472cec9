"""The engine, loaded fast and as it is: one and the same."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pubkit.cli.program import choose_engine
from pubkit.rendering import engine
from pubkit.rendering.html import render_html
from tests.conftest import REPOSITORY
from tests.rendering.conftest import Sample, Texts

BODY = "The *first* conference.\n\n> Materials drive society.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"
Told = dict[str, Any]


def load(mode: str, cache: Path, *pages: Path) -> Told:
    """Load the engine in a process, and return what it tells."""
    command = [sys.executable, "-m", "tests.rendering.engine_program", mode, cache, *pages]
    found = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stderr
    told: Told = json.loads(found.stdout)
    return told


@pytest.fixture(scope="module")
def engines(
    make_sample: Callable[..., Sample],
    source_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Told]:
    """What the same pages become: as it is, fast for the first time, and fast again."""
    folder = tmp_path_factory.mktemp("engine")
    pages = [folder / "en.html", folder / "zh.html"]
    for page in pages:
        sample = make_sample(Texts(lang=page.stem, body=BODY))
        page.write_text(render_html(sample.document, setting=sample.setting), "utf-8")
    return {
        name: load(mode, folder / "cache", source_folder, *pages)
        for name, mode in (("stock", "stock"), ("cold", "fast"), ("warm", "fast"))
    }


@pytest.mark.parametrize("name", ["cold", "warm"])
@pytest.mark.parametrize("what", ["pdfs", "sheets", "counters"])
def test_engine_is_the_same_however_it_was_loaded(
    engines: dict[str, Told], name: str, what: str
) -> None:
    """The bytes of PDFs and the rules of WeasyPrint's own sheets; none of them is empty."""
    assert engines["stock"][what]
    assert engines[name][what] == engines["stock"][what]


def test_engine_that_is_kept_reads_nothing(engines: dict[str, Told]) -> None:
    """The second time neither declarations nor forms are read, nor fontTools is imported."""
    assert [engines[name]["declarations read"] for name in engines] == [True, True, False]
    assert [engines[name]["forms waiting"] for name in engines] == [False, True, True]
    assert [engines[name]["font tools at once"] for name in engines] == [True, False, False]


def test_engine_puts_back_what_it_took(engines: dict[str, Told]) -> None:
    """Whoever looks for a library, or reads a style sheet, does so as before."""
    assert [engines[name]["untouched"] for name in engines] == [True, True, True]


@pytest.mark.parametrize("mode", ["changed", "elsewhere", "broken"])
def test_engine_that_is_not_as_expected_is_loaded_as_it_is(mode: str, tmp_path: Path) -> None:
    """Another version or system, or one that turns out to be another when half is loaded."""
    told = load(mode, tmp_path)

    assert told["font tools at once"]
    assert told["declarations read"]
    assert not told["forms waiting"]
    assert told["untouched"]


def test_engine_ignores_what_is_damaged(engines: dict[str, Told], tmp_path: Path) -> None:
    """A file of the cache that is none costs time, and nothing else."""
    load("fast", tmp_path)
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        path.write_bytes(path.read_bytes()[:50])

    assert load("fast", tmp_path)["sheets"] == engines["stock"]["sheets"]


def test_engine_is_chosen_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the word that is documented switches everything off."""
    monkeypatch.setattr(engine, "_is_stock", False)
    choose_engine({"PUBKIT_ENGINE": ""})
    assert not engine.is_stock()

    choose_engine({"PUBKIT_ENGINE": "stock"})
    assert engine.is_stock()
