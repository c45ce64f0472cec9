"""Replacing files: whole or not at all."""

import os
import resource
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pubkit.errors import PubkitError, RenderingError, SourceError
from pubkit.formats.files import locked_folder, read_bytes, write_bytes, write_changed


def names_in(folder: Path) -> set[str]:
    """Return the names of all files in a folder, hidden ones too."""
    return {path.name for path in folder.iterdir()}


def test_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    """The new bytes are the file; no temporary or lock file stays."""
    path = tmp_path / "a.html"
    path.write_bytes(b"old and longer")

    write_bytes(path, b"new")

    assert path.read_bytes() == b"new"
    assert names_in(tmp_path) == {"a.html"}


def test_missing_folders_are_made(tmp_path: Path) -> None:
    """A new edition finds its folder."""
    write_bytes(tmp_path / "build" / "zh" / "a.pdf", b"%PDF")

    assert (tmp_path / "build" / "zh" / "a.pdf").read_bytes() == b"%PDF"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o444])
def test_mode_bits_are_kept(tmp_path: Path, mode: int) -> None:
    """A file that others may or may not read stays so."""
    path = tmp_path / "a.po"
    path.write_bytes(b"old")
    path.chmod(mode)

    write_bytes(path, b"new")

    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_new_file_obeys_the_umask(tmp_path: Path) -> None:
    """A new file has the mode of any other new file."""
    write_bytes(tmp_path / "a.po", b"new")
    (tmp_path / "b.po").write_bytes(b"new")

    assert (tmp_path / "a.po").stat().st_mode == (tmp_path / "b.po").stat().st_mode


def test_symbolic_link_stays_a_link(tmp_path: Path) -> None:
    """The file behind a link is replaced, in its own folder."""
    target = tmp_path / "real" / "a.po"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link = tmp_path / "link.po"
    link.symlink_to(target)

    write_bytes(link, b"new")

    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert names_in(target.parent) == {"a.po"}


def test_leftovers_of_a_killed_run_are_removed(tmp_path: Path) -> None:
    """Temporary files of this target go, those of another and the user's own stay."""
    names = {".a.po.123.tmp", ".b.po.123.tmp", ".a.po.mine.tmp", "a.po.1.tmp"}
    for name in names:
        (tmp_path / name).write_bytes(b"half")

    write_bytes(tmp_path / "a.po", b"new")

    assert names_in(tmp_path) == names - {".a.po.123.tmp"} | {"a.po"}


def test_folder_in_the_way_is_an_error_with_remedy(tmp_path: Path) -> None:
    """What the system says is passed on as the error that the caller chose."""
    (tmp_path / "a.pdf").mkdir()

    with pytest.raises(RenderingError, match="cannot be written") as caught:
        write_bytes(tmp_path / "a.pdf", b"new", error=RenderingError)

    assert caught.value.remedy
    assert names_in(tmp_path) == {"a.pdf"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_the_right_to_write_is_an_error(tmp_path: Path) -> None:
    """A folder that one may not write into is named, and the file is as it was."""
    path = tmp_path / "a.po"
    path.write_bytes(b"old")
    tmp_path.chmod(0o555)

    with pytest.raises(PubkitError, match="cannot be written"):
        write_bytes(path, b"new")

    tmp_path.chmod(0o755)
    assert path.read_bytes() == b"old"


def test_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """When the new bytes do not fit, the old ones stay and the error says so."""
    path = tmp_path / "a.po"
    path.write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(PubkitError, match="cannot be written") as caught:
            write_bytes(path, b"n" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert "disk" in (caught.value.remedy or "")
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == {"a.po"}


WRITER = """
import sys
from pathlib import Path
from pubkit.formats.files import write_bytes
path = Path(sys.argv[1])
print("ready", flush=True)
while True:
    for letter in b"ab":
        write_bytes(path, bytes([letter]) * 300_000)
"""


def test_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    """However often a writer is killed, the file is one of those that it wrote."""
    path = tmp_path / "a.po"
    whole = {bytes([letter]) * 300_000 for letter in b"ab"}
    for delay in (0.0, 0.003, 0.007, 0.012, 0.02):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE
        ) as child:
            assert child.stdout
            child.stdout.readline()
            threading.Event().wait(delay)
            child.kill()
        assert not path.exists() or path.read_bytes() in whole

    write_bytes(path, b"end")
    assert names_in(tmp_path) == {"a.po"}


def test_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    """While a folder is locked, another writer waits; then it writes."""
    writer = threading.Thread(target=write_bytes, args=(tmp_path / "a.po", b"second"))
    with locked_folder(tmp_path):
        writer.start()
        writer.join(0.2)
        assert writer.is_alive()
        assert not (tmp_path / "a.po").exists()
    writer.join(10)

    assert (tmp_path / "a.po").read_bytes() == b"second"


@pytest.mark.parametrize(("data", "is_touched"), [(b"as it was", False), (b"as it is", True)])
def test_file_is_written_if_it_differs(tmp_path: Path, data: bytes, is_touched: bool) -> None:
    """One that has the content already stays the same file."""
    path = tmp_path / "index.html"
    path.write_bytes(b"as it was")
    before = path.stat().st_ino, path.stat().st_mtime_ns

    write_changed(path, data)

    assert path.read_bytes() == data
    assert is_touched == ((path.stat().st_ino, path.stat().st_mtime_ns) != before)


def test_file_that_is_missing_differs(tmp_path: Path) -> None:
    """Its folders are made; what cannot be a file is an error."""
    write_changed(tmp_path / "zh" / "index.html", b"new")

    assert (tmp_path / "zh" / "index.html").read_bytes() == b"new"
    with pytest.raises(PubkitError, match="cannot be written"):
        write_changed(tmp_path / "zh", b"new")


def test_file_that_cannot_be_read_is_an_error_with_its_place(tmp_path: Path) -> None:
    """The caller says which error it is, and how the place is called."""
    (tmp_path / "a.md").write_bytes(b"text")

    assert read_bytes(tmp_path / "a.md") == b"text"
    with pytest.raises(SourceError, match="No such file") as missing:
        read_bytes(tmp_path / "b.md", place="source/b.md", error=SourceError)
    assert missing.value.location
    assert missing.value.location.path == "source/b.md"
    with pytest.raises(PubkitError, match="Is a directory") as folder:
        read_bytes(tmp_path)
    assert folder.value.location
    assert folder.value.location.path == str(tmp_path)
