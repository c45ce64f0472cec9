"""A file in the same state has the same content."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubkit.states import clock, look_at, state_of


def test_a_state_tells_changes_that_hide(tmp_path: Path) -> None:
    """The same size and the same time of writing, in place or by another file."""
    path = tmp_path / "file"
    path.write_text("one")
    status, before = path.stat(), state_of(str(path))
    time.sleep(0.02)
    path.write_text("two")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    changed = state_of(str(path))
    other = tmp_path / "other"
    other.write_text("six")
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.rename(path)

    assert len({before, changed, state_of(str(path))}) == 3
    assert state_of(str(path)) == state_of(str(path))
    assert state_of(str(tmp_path / "missing")) == ""


def test_a_look_at_what_has_just_changed_is_not_settled(tmp_path: Path) -> None:
    """The file could change again within the same tick of the clock."""
    path = tmp_path / "file"
    looks = []
    for number in range(20):
        began = clock()
        path.write_text(f"{number}")
        looks.append((look_at([str(path)]), clock() == began))

    assert [look for look, is_within_a_tick in looks if is_within_a_tick and look.is_settled] == []
    time.sleep(0.02)
    assert look_at([str(path)]).is_settled


def test_a_look_below_a_folder_sees_all_that_a_document_may_need(tmp_path: Path) -> None:
    """Links are followed, but not in circles; what is left out and what programs keep is not."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "far.md").write_text("far")
    below = tmp_path / "source"
    for name in ("a", "build", ".git", "__pycache__"):
        (below / name).mkdir(parents=True)
        (below / name / "file").write_text(name)
    (below / "link").symlink_to(tmp_path / "elsewhere")
    (below / "circle").symlink_to(below)
    (below / "broken").symlink_to(tmp_path / "nowhere")
    found = look_at([f"{below}/", f"-{below}/build"]).states

    seen = {os.path.relpath(path, below) for path, state in found.items() if state}
    assert seen == {"a/file", "link/far.md"}
    assert found[f"{below}/broken"] == ""


EDITS = st.lists(
    st.tuples(
        st.sampled_from(("write", "remove", "move", "folder")), st.integers(0, 3), st.integers(0, 3)
    ),
    max_size=6,
)


@settings(max_examples=30)
@given(edits=EDITS)
def test_a_look_changes_exactly_with_the_files(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int, int]]
) -> None:
    """Whatever is done to files below a folder; nothing is done, nothing changes."""
    folder = tmp_path_factory.mktemp("files")
    for action, one, other in edits:
        before, tree = look_at([f"{folder}/"]), _contents(folder)
        path, target = folder / f"{one}", folder / f"{other}"
        if action == "write":
            path.write_text(f"{other}")
        elif action == "remove":
            path.unlink(missing_ok=True)
        elif action == "move" and path.exists():
            path.rename(target)
        after = look_at([f"{folder}/"])
        if _contents(folder) != tree:
            assert after.digest != before.digest or not before.is_settled
        elif action == "folder":
            assert after.digest == before.digest


def _contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}
