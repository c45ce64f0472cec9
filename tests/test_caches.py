"""What is kept can be made again: it is whole or missing, private, and bounded."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pubkit import caches
from pubkit.cli.quick import cache_folder


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Keep what is made in a folder of the test."""
    caches.keep_in(tmp_path / "kept")
    yield tmp_path / "kept"
    caches.keep_in(None)


def test_what_is_kept_is_read_back(folder: Path) -> None:
    """Nothing temporary is left beside it."""
    assert caches.read_kept("fonts", "one") is None
    assert caches.keep("fonts", "one", b"data") == folder / "fonts" / "one"
    assert caches.read_kept("fonts", "one") == b"data"
    assert [path.name for path in (folder / "fonts").iterdir()] == ["one"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: bytes(len(data)),
        lambda data: data[: len(data) // 2],
        lambda data: data[:3] + b"x" + data[4:],
        lambda data: data + b"x",
        lambda _data: b"",
    ],
)
def test_what_is_damaged_is_nothing(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    """A disk that fails costs time, and never a page."""
    path = caches.keep("fonts", "one", b"some data")
    assert path
    path.write_bytes(damage(path.read_bytes()))
    assert caches.read_kept("fonts", "one") is None


def test_what_was_kept_under_another_key_is_nothing(folder: Path) -> None:
    """Two files that have changed places would give two wrong pages."""
    one, other = (caches.keep("fonts", key, key.encode()) for key in ("one", "other"))
    assert one
    assert other
    one.write_bytes(other.read_bytes())
    assert caches.read_kept("fonts", "one") is None
    assert caches.read_kept("fonts", "other") == b"other"


def test_without_a_folder_nothing_is_kept() -> None:
    """A library keeps nothing, and works."""
    caches.keep_in(None)
    assert caches.keep("fonts", "one", b"data") is None
    assert caches.read_kept("fonts", "one") is None


def test_only_its_owner_can_read_it(folder: Path) -> None:
    """Editions under embargo leave traces in it."""
    caches.keep("fonts", "one", b"data")
    assert (folder / "fonts").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_can_write_into_is_not_used(folder: Path) -> None:
    """Somebody may have put a wrong font there."""
    caches.keep("fonts", "one", b"data")
    (folder / "fonts").chmod(0o777)
    assert caches.read_kept("fonts", "one") is None
    assert caches.keep("fonts", "two", b"data") is None


def test_what_was_not_used_for_the_longest_time_makes_room(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To be used counts, not to be made."""
    monkeypatch.setattr(caches, "MOST_BYTES", 65)
    for number, key in enumerate(("old", "used", "new")):
        path = caches.keep("fonts", key, bytes(10))
        if key != "new":
            assert path
            os.utime(path, (number, number))
        if key == "used":
            caches.read_kept("fonts", "old")
    assert sorted(path.name for path in (folder / "fonts").iterdir()) == ["new", "old"]


def test_a_place_that_cannot_be_made_costs_nothing(tmp_path: Path) -> None:
    """A home that is read-only is no error."""
    (tmp_path / "file").write_text("")
    caches.keep_in(tmp_path / "file")
    assert caches.keep("fonts", "one", b"data") is None
    caches.keep_in(None)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"HOME": "/home/me"}, "/home/me/.cache/pubkit"),
        ({"HOME": "/home/me", "XDG_CACHE_HOME": "/fast"}, "/fast/pubkit"),
        ({"HOME": "/home/me", "XDG_CACHE_HOME": "relative"}, "/home/me/.cache/pubkit"),
        ({"HOME": "/home/me", "PUBKIT_CACHE": "/mine"}, "/mine"),
        ({"HOME": "/home/me", "PUBKIT_CACHE": "off"}, None),
        ({}, None),
    ],
)
def test_the_folder_is_where_users_expect_it(
    environment: dict[str, str], expected: str | None
) -> None:
    """As the XDG specification says."""
    assert cache_folder(environment) == expected
