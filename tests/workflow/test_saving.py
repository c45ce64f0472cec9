"""Catalogs that several programs save at the same time: no translation is lost."""

import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import count
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from pubkit.config.limits import DEFAULT_LIMITS
from pubkit.errors import CatalogError, StaleCatalogError
from pubkit.formats.concurrency import is_being_written
from pubkit.formats.po import parse_catalog, read_catalog
from pubkit.model import Catalog, Entry
from pubkit.workflow.saving import plan_update, update_catalog_file

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
BODY = "".join(f'\n#. Paragraph {i}\nmsgid "text {i}"\nmsgstr ""\n' for i in range(200))

Forker = multiprocessing.get_context("fork")


def with_comment(comment: str, catalog: Catalog | None) -> Catalog:
    """Return the catalog with a comment at its last entry, and a new entry at its end."""
    assert catalog
    *others, last = catalog.entries
    changed = replace(last, extracted_comments=(comment,))
    return replace(catalog, entries=(*others, changed))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a catalog with many entries."""
    path = tmp_path / "locales" / "zh" / "report.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + BODY)
    return path


def test_edit_between_planning_and_saving_is_kept(path: Path, tmp_path: Path) -> None:
    """A change is made again, on top of what a translator has saved meanwhile."""
    backup = tmp_path / ".pubkit" / "backup"
    update = plan_update(
        path, lambda found: with_comment("new", found), backup=backup, limits=DEFAULT_LIMITS
    )
    edited = (HEADER + BODY).replace('"text 7"\nmsgstr ""', '"text 7"\nmsgstr "七"')
    path.write_text(edited)

    assert update.save()

    assert path.read_text() == edited.replace("Paragraph 199", "new")
    (copy,) = (backup / "locales" / "zh").iterdir()
    assert copy.read_text() == edited


def test_malformed_catalog_is_refused_and_left_alone(path: Path) -> None:
    """What stays malformed is an error, and is not written."""
    path.write_text("msgid")

    with pytest.raises(CatalogError, match="Nothing stands after"):
        update_catalog_file(path, lambda found: with_comment("new", found))

    assert path.read_text() == "msgid"


def test_new_catalog_of_two_programs_is_one(path: Path) -> None:
    """Who comes second adds to the file of the first."""
    new = path.with_name("new.po")

    def add(msgid: str, found: Catalog | None) -> Catalog:
        entries = found.entries if found else ()
        return replace(found or Catalog(), entries=(*entries, Entry(msgid=msgid)))

    first, second = (
        plan_update(new, partial(add, msgid), backup=None, limits=DEFAULT_LIMITS)
        for msgid in ("one", "two")
    )

    assert first.save()
    assert second.save()
    assert [entry.msgid for entry in read_catalog(new).entries] == ["one", "two"]


def test_file_that_is_being_written_is_waited_for(path: Path) -> None:
    """While an editor has emptied the file and writes it anew, nobody reads half of it."""
    complete = path.read_text()

    def write_slowly(started: Event) -> None:
        with path.open("w") as file:
            file.write(complete[: len(HEADER)])
            file.flush()
            started.set()
            time.sleep(0.3)
            file.write(complete[len(HEADER) :])

    started = Forker.Event()
    editor = Forker.Process(target=write_slowly, args=(started,))
    editor.start()
    started.wait()

    assert is_being_written(path)
    assert update_catalog_file(path, lambda found: with_comment("new", found))
    editor.join()
    assert path.read_text() == complete.replace("Paragraph 199", "new")
    assert not is_being_written(path)


# ---------------------------------------------------------------- stress


def translated(text: str, number: int, msgstr: str) -> str:
    """Return the text of a catalog with one entry translated."""
    before, keyword, rest = text.partition(f'msgid "text {number}"\nmsgstr "')
    _old, _quote, after = rest.partition('"\n')
    return f'{before}{keyword}{msgstr}"\n{after}'


def save_by_renaming(path: Path, text: str) -> None:
    """Save a file as careful editors do."""
    new = path.with_name("editor-copy")
    new.write_text(text)
    new.replace(path)


def save_in_place(path: Path, text: str) -> None:
    """Save a file as simple editors do."""
    with path.open("w") as file:
        for start in range(0, len(text), 5000):
            file.write(text[start : start + 5000])
            file.flush()


def translate(path: Path, save: Callable[[Path, str], None], ends: float, done: Path) -> None:
    """Translate one text after the other, as a hurried person with an open editor would."""
    number = 0
    while time.monotonic() < ends:
        number += 1
        text = path.read_text()
        save(path, translated(text, number % 200, f"edit {number}"))
        done.write_text(str(number))
        time.sleep(0.03)


def extract_all_the_time(path: Path, backup: Path, name: str, ends: float) -> None:
    """Update the catalog again and again, as `pubkit extract` does."""
    for number in count():
        if time.monotonic() > ends:
            break
        change = partial(with_comment, f"{name} {number}")
        with suppress(StaleCatalogError):  # the editor was too quick, and nothing was written
            update_catalog_file(path, change, backup=backup)


@pytest.mark.parametrize("save", [save_by_renaming, save_in_place])
def test_no_edit_is_lost_beside_two_running_updates(
    path: Path, tmp_path: Path, save: Callable[[Path, str], None]
) -> None:
    """Every edit is in the file or in a backup, and the file is whole at the end."""
    backup, done = tmp_path / ".pubkit" / "backup", tmp_path / "done"
    ends = time.monotonic() + 1.5
    processes = [
        Forker.Process(target=extract_all_the_time, args=(path, backup, name, ends))
        for name in ("first", "second")
    ]
    processes.append(Forker.Process(target=translate, args=(path, save, ends, done)))
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert len(parse_catalog(path.read_bytes()).entries) == 200
    kept = path.read_text() + "".join(copy.read_text() for copy in backup.rglob("*.po"))
    edits = int(done.read_text())
    assert edits > 10
    assert [n for n in range(1, edits + 1) if f'"edit {n}"' not in kept] == []
    assert not list(path.parent.glob(".*.tmp"))
