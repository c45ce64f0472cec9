"""Many new files in one go: each is whole or not there, and nobody's file is overwritten."""

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pubkit.errors import CatalogError
from pubkit.formats import creation
from pubkit.formats.creation import create_files
from pubkit.formats.po import parse_catalog
from pubkit.model import Catalog
from pubkit.workflow.saving import update_catalog_file
from tests.workflow.saving_program import add_entry

HEADER = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


@pytest.fixture
def files(tmp_path: Path) -> dict[Path, bytes]:
    """Return what is to be written into two folders that are not there."""
    return {tmp_path / lang / f"{name}.po": HEADER for lang in ("de", "zh") for name in "abc"}


def found(files: dict[Path, bytes]) -> list[str]:
    """Return the names of all that stands in the folders."""
    return sorted(path.name for folder in {path.parent for path in files} for path in _all(folder))


def _all(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.exists() else []


def test_new_files_are_written_and_others_left_alone(files: dict[Path, bytes]) -> None:
    """It is told which ones are new, and nothing else is left in the folders."""
    theirs = min(files)
    theirs.parent.mkdir()
    theirs.write_bytes(b"theirs")

    assert create_files(files, error=CatalogError) == files.keys() - {theirs}
    assert {path: path.read_bytes() for path in files} == files | {theirs: b"theirs"}
    assert len(found(files)) == len(files)


def test_file_that_comes_to_be_meanwhile_is_left_alone(
    files: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody may save between the look and the end."""
    theirs = max(files)
    monkeypatch.setattr(creation, "_write_down", lambda _targets: theirs.write_bytes(b"theirs"))

    assert theirs not in create_files(files, error=CatalogError)
    assert theirs.read_bytes() == b"theirs"
    assert len(found(files)) == len(files)


def test_link_that_leads_nowhere_is_left_alone(files: dict[Path, bytes]) -> None:
    """A link into another folder is followed, one in a file's place is no file that is missing."""
    (first, *_others) = files
    elsewhere = first.parents[1] / "elsewhere"
    elsewhere.mkdir()
    first.parent.symlink_to(elsewhere)
    first.symlink_to("nowhere")

    assert create_files(files, error=CatalogError) == files.keys() - {first}
    assert first.is_symlink()
    assert (elsewhere / "b.po").read_bytes() == HEADER


def test_file_that_cannot_be_written_leaves_nothing(files: dict[Path, bytes]) -> None:
    """The error has its remedy, and no file is there, not even in part."""
    impossible = next(iter(files)).with_name("c" * 300)

    with pytest.raises(CatalogError, match="cannot be written") as refused:
        create_files(files | {impossible: b""}, error=CatalogError)

    assert refused.value.remedy
    assert found(files) == []


def _dying(_targets: object) -> None:
    os._exit(9)


@pytest.mark.parametrize("step", ["_write_down", "_write_down_names"])
def test_killed_run_leaves_whole_files_or_none(
    files: dict[Path, bytes], step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a killed run has left is cleared away by the next save of that file."""
    monkeypatch.setattr(creation, step, _dying)
    child = multiprocessing.get_context("fork").Process(
        target=create_files, args=(files,), kwargs={"error": CatalogError}
    )
    child.start()
    child.join()
    monkeypatch.undo()

    whole = [path for path in files if path.exists()]
    assert whole == ([] if step == "_write_down" else list(files))
    assert create_files(files, error=CatalogError) == set()
    for path in files:
        update_catalog_file(path, lambda found: add_entry(found) if found else _new())
    assert not any(name.startswith(".") for name in found(files))


def _new() -> Catalog:
    return parse_catalog(HEADER)


@pytest.mark.parametrize("can_synchronize", [True, False])
def test_each_file_is_on_the_disk_before_it_has_its_name(
    files: dict[Path, bytes], can_synchronize: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system cannot write down a file system, each file is written down by itself."""
    steps: list[str] = []
    give_name: Callable[..., bool] = creation._give_name
    monkeypatch.setattr(creation, "_synchronize", lambda _folder: can_synchronize)
    monkeypatch.setattr(creation.os, "fsync", lambda _file: steps.append("sync"))
    monkeypatch.setattr(
        creation, "_give_name", lambda *file: steps.append("name") or give_name(*file)
    )
    create_files(files, error=CatalogError)

    assert steps == [*["sync"] * (not can_synchronize) * 6, *["name"] * 6, "sync", "sync"]
