"""Catalogs on the disk: nobody's work is overwritten, nothing unreadable is saved."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pubkit.errors import CatalogError
from pubkit.formats.po import parse_catalog, read_catalog, write_catalog
from pubkit.model import Catalog, Entry

DATA = (
    'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    '#. Title\nmsgid  "Hello"\nmsgstr "你好"\n'
).encode()


def names_in(folder: Path) -> set[str]:
    """Return the names of all files in a folder, hidden ones too."""
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a small catalog."""
    path = tmp_path / "report.po"
    path.write_bytes(DATA)
    return path


def with_entry(catalog: Catalog, msgid: str, msgstr: str = "") -> Catalog:
    """Return the catalog with one entry more."""
    return replace(catalog, entries=(*catalog.entries, Entry(msgid=msgid, msgstr=msgstr)))


def test_catalog_knows_where_it_was_read(path: Path) -> None:
    """A catalog from the disk has a path and a digest; its errors name the path."""
    catalog = read_catalog(path)

    assert catalog.path == path.as_posix()
    assert catalog.lang == "zh-CN"
    assert len(catalog.digest or "") == 64


@pytest.mark.parametrize("name", ["missing.po", ".", "no/such/folder.po", "report.po/x.po"])
def test_what_cannot_be_read_is_an_error_with_remedy(path: Path, name: str) -> None:
    """A missing file, a folder and a wrong path are named."""
    with pytest.raises(CatalogError, match="cannot be read") as caught:
        read_catalog(path.parent / name)

    assert caught.value.location
    assert caught.value.remedy


def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Something else than a file is refused before it is opened."""
    os.mkfifo(tmp_path / "pipe.po")

    with pytest.raises(CatalogError, match="not a file"):
        read_catalog(tmp_path / "pipe.po")


def test_giant_file_is_refused_unread(tmp_path: Path) -> None:
    """A file that is too large is not read into memory."""
    with (tmp_path / "giant.po").open("wb") as file:
        file.truncate(10**12)

    with pytest.raises(CatalogError, match="are allowed"):
        read_catalog(tmp_path / "giant.po")


def test_malformed_file_is_named_with_its_place(tmp_path: Path) -> None:
    """An error in a file on the disk carries path, line and column."""
    (tmp_path / "bad.po").write_bytes(b'msgid "a"\nmsgstr "b\n')

    with pytest.raises(CatalogError) as caught:
        read_catalog(tmp_path / "bad.po")

    assert str(caught.value.location) == f"{tmp_path / 'bad.po'}:2:8"


def test_unchanged_catalog_is_not_written(path: Path, tmp_path: Path) -> None:
    """Saving what is already there leaves the file and the folder alone."""
    before = path.stat()

    assert not write_catalog(read_catalog(path), path, backup=tmp_path / "backup")

    assert path.stat() == before
    assert names_in(tmp_path) == {"report.po"}


def test_changed_catalog_is_written_and_the_old_bytes_are_kept(path: Path, tmp_path: Path) -> None:
    """The new file stands in place, the replaced one in the backup folder."""
    changed = with_entry(read_catalog(path), "World", "世界")

    assert write_catalog(changed, path, backup=tmp_path / ".pubkit" / "backup")

    assert path.read_bytes() == DATA + '\nmsgid "World"\nmsgstr "世界"\n'.encode()
    (kept,) = (tmp_path / ".pubkit" / "backup").iterdir()
    assert kept.read_bytes() == DATA
    assert kept.suffix == ".po"


def test_same_bytes_are_kept_once(path: Path, tmp_path: Path) -> None:
    """Replaced bytes are named after their content, not after the time."""
    for msgid in ("one", "two"):
        write_catalog(with_entry(read_catalog(path), msgid), path, backup=tmp_path / "backup")
        path.write_bytes(DATA)

    assert len(names_in(tmp_path / "backup")) == 1


def test_backup_folder_may_be_the_catalogs_own(path: Path, tmp_path: Path) -> None:
    """Keeping the old bytes beside the file does not wait for its own lock."""
    assert write_catalog(with_entry(read_catalog(path), "one"), path, backup=tmp_path)

    assert len(names_in(tmp_path)) == 2


def test_file_changed_by_a_translator_is_not_overwritten(path: Path, tmp_path: Path) -> None:
    """If the file has changed since it was read, nothing is written at all."""
    catalog = with_entry(read_catalog(path), "World")
    edited = DATA.replace("你好".encode(), "您好".encode())
    path.write_bytes(edited)

    with pytest.raises(CatalogError, match="changed since it was read") as caught:
        write_catalog(catalog, path, backup=tmp_path / "backup")

    assert caught.value.remedy
    assert path.read_bytes() == edited
    assert names_in(tmp_path) == {"report.po"}


def test_new_catalog_does_not_overwrite_a_file(path: Path) -> None:
    """A catalog that was not read from the disk needs a free name."""
    with pytest.raises(CatalogError, match="exists already"):
        write_catalog(Catalog(entries=(Entry(msgid="a"),)), path)

    assert path.read_bytes() == DATA


def test_new_catalog_is_written_into_a_new_folder(tmp_path: Path) -> None:
    """The catalog of a new language finds its folders."""
    path = tmp_path / "locales" / "zh" / "LC_MESSAGES" / "report.po"

    assert write_catalog(Catalog(entries=(Entry(msgid="a"),)), path)

    assert path.read_bytes() == b'msgid "a"\nmsgstr ""\n'


def test_catalog_is_written_under_another_name(path: Path, tmp_path: Path) -> None:
    """A catalog can be saved as a copy where no file is."""
    assert write_catalog(read_catalog(path), tmp_path / "copy.po")

    assert (tmp_path / "copy.po").read_bytes() == DATA


def test_byte_order_mark_is_dropped_on_saving(path: Path) -> None:
    """A file from Notepad loses its mark, and nothing else."""
    path.write_bytes(b"\xef\xbb\xbf" + DATA)

    assert write_catalog(read_catalog(path), path)

    assert path.read_bytes() == DATA


def test_link_and_mode_are_kept(path: Path, tmp_path: Path) -> None:
    """A catalog behind a symbolic link is replaced with its mode, the link stays."""
    path.chmod(0o640)
    link = tmp_path / "link.po"
    link.symlink_to(path.name)

    assert write_catalog(with_entry(read_catalog(link), "World"), link)

    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert len(read_catalog(path).entries) == 2


@pytest.mark.parametrize(
    "entry",
    [
        Entry(msgid="Hello"),  # twice
        Entry(msgid="a", translator_comments=("one\ntwo",)),
        Entry(msgid="a", extracted_comments=("ends with \\",)),
        Entry(msgid="a", references=("a file.md",)),
        Entry(msgid="a", flags=("fuzzy, no-wrap",)),
        Entry(msgid="a\0b"),
        Entry(msgid="a\n", msgstr="b"),
        Entry(msgid="a", msgid_plural="b", msgstr_plural=("c",)),
        Entry(msgid="a", previous_msgctxt="b"),
        Entry(msgid="a", msgstr="b" * 200_001),
        Entry(msgid=""),
    ],
    ids=lambda entry: repr(entry)[:40],
)
def test_what_would_not_be_read_back_is_not_saved(path: Path, entry: Entry) -> None:
    """A catalog that would be read differently, or not at all, never reaches the disk."""
    catalog = read_catalog(path)

    with pytest.raises(CatalogError, match="would not be read back"):
        write_catalog(replace(catalog, entries=(*catalog.entries, entry)), path)

    assert path.read_bytes() == DATA


def test_entries_are_not_lost_by_a_wrong_block(path: Path) -> None:
    """Even a wrong text for an entry is noticed before it is saved."""
    catalog = read_catalog(path)
    (entry,) = catalog.entries
    wrong = replace(catalog, blocks={**catalog.blocks, entry: 'msgid "Hello"\nmsgstr "再见"\n'})

    with pytest.raises(CatalogError, match="would not be read back"):
        write_catalog(wrong, path)


def test_saved_catalog_is_the_parsed_one(path: Path) -> None:
    """What stands on the disk is what was meant, not only its msgids."""
    catalog = with_entry(read_catalog(path), "World", "世界")
    write_catalog(catalog, path)

    assert parse_catalog(path.read_bytes()) == replace(catalog, path=None)
