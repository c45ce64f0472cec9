"""A save that is killed at any system call or meets a full disk: the old file or the new one."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pubkit.workflow.saving import update_catalog_file
from tests.workflow.saving_program import add_entry

STRACE = shutil.which("strace")
PROGRAM = Path(__file__).with_name("saving_program.py")
BEGIN = "/begin-of-saving"
"""The program looks for this file, which does not exist, right before it saves."""

OLD = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "one"\nmsgstr ""\n'
NEW = OLD + b'\nmsgid "two"\nmsgstr ""\n'
CALLS = (
    *("openat", "read", "write", "fsync", "close", "rename", "renameat2", "link", "linkat"),
    *("unlink", "mkdir", "fchmod", "fchown", "flock", "utimensat", "fcntl", "getdents64"),
)


def can_trace() -> bool:
    """Tell whether strace is there and may trace."""
    return (
        bool(STRACE)
        and not subprocess.run(
            ["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, check=False
        ).returncode
    )


pytestmark = pytest.mark.skipif(not can_trace(), reason="needs strace, and the right to trace")


def save(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Save a catalog in another process under strace."""
    path = folder / "locales" / "report.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(OLD)
    command = ["strace", "-f", "-qq", *options, sys.executable, str(PROGRAM), str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def calls_of_a_save(folder: Path) -> list[tuple[str, int]]:
    """Return each system call of a save: its name, and the how manieth of this name it is."""
    log = folder / "log"
    traced = f"trace={','.join(CALLS)},stat,newfstatat"
    assert save(folder, "-o", str(log), "-e", traced).returncode == 0
    counts = dict.fromkeys(CALLS, 0)
    calls = []
    has_begun = False
    for line in log.read_text(errors="replace").splitlines():
        has_begun |= BEGIN in line
        name = re.match(r"\d+\s+(\w+)\(", line)
        if name and name[1] in counts:
            counts[name[1]] += 1
            if has_begun:
                calls.append((name[1], counts[name[1]]))
    return calls


def check_whole(folder: Path) -> None:
    """Check that a file is the old or the new one, and that the next run leaves nothing behind."""
    path = folder / "locales" / "report.po"
    assert path.read_bytes() in (OLD, NEW)
    update_catalog_file(path, add_entry, backup=folder / ".pubkit" / "backup")
    assert path.read_bytes() == NEW
    assert [name.name for name in path.parent.iterdir()] == ["report.po"]
    for copy in folder.glob(".pubkit/backup/locales/*.po"):
        assert copy.read_bytes() in (OLD, NEW)


def test_save_that_is_killed_at_any_call_leaves_a_whole_file(tmp_path: Path) -> None:
    """Whichever call a process dies in, the catalog is there, and the next run cleans up."""
    calls = [call for call in calls_of_a_save(tmp_path / "trace") if call[0] not in QUIET]

    assert {"write", "fsync", "renameat2", "unlink"} <= {name for name, _number in calls}
    for name, number in calls:
        folder = tmp_path / f"{name}-{number}"
        inject = f"inject={name}:signal=SIGKILL:when={number}"
        done = save(folder, "-o", "/dev/null", "-e", f"trace={name}", "-e", inject)

        assert done.returncode != 0, (name, number)
        check_whole(folder)


QUIET = ("read", "close", "fcntl", "getdents64")
"""Calls that change nothing: between them and the next one nothing happens."""


@pytest.mark.parametrize(
    ("name", "error", "remedy"),
    [
        ("write", "ENOSPC", "Make room on the disk"),
        ("fsync", "EIO", "Check the path"),
        ("renameat2", "EACCES", "Get the right to write"),
    ],
)
def test_full_or_broken_disk_is_an_error_with_remedy(
    tmp_path: Path, name: str, error: str, remedy: str
) -> None:
    """Each call that can fail is told of, and the file is the old or the new one."""
    calls = [call for call in calls_of_a_save(tmp_path / "trace") if call[0] == name]
    assert calls
    for _name, number in calls:
        folder = tmp_path / f"{name}-{number}"
        inject = f"inject={name}:error={error}:when={number}"
        done = save(folder, "-o", "/dev/null", "-e", f"trace={name}", "-e", inject)

        assert remedy in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        check_whole(folder)


def test_system_without_exchange_saves_all_the_same(tmp_path: Path) -> None:
    """Where two files cannot be exchanged, the new one is renamed over the old one."""
    inject = "inject=renameat2:error=ENOSYS"
    done = save(tmp_path, "-o", "/dev/null", "-e", "trace=renameat2", "-e", inject)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "locales" / "report.po").read_bytes() == NEW
    check_whole(tmp_path)
