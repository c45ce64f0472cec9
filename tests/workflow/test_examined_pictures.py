"""A picture that was found sound is not looked at again; any other one is."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from pubkit.config.limits import DEFAULT_LIMITS
from pubkit.errors import SourceError
from pubkit.jail import Ended, run_jailed
from pubkit.jail.process import Cause
from pubkit.rendering import pictures as showing
from pubkit.workflow import pictures
from pubkit.workflow.pictures import verify_pictures
from tests.workflow.test_ready_pictures import document_with, kept

__all__ = ["kept"]


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each look of a child at a picture."""
    seen: list[object] = []

    def counted(*arguments: object) -> tuple[bytes, ...]:
        seen.append(arguments)
        return run_jailed(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pictures, "run_jailed", counted)
    return seen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a picture and a drawing."""
    Image.effect_noise((40, 20), 60).save(tmp_path / "a.png")
    (tmp_path / "b.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    return tmp_path


@pytest.mark.usefixtures("kept")
def test_sound_picture_is_examined_once(folder: Path, looks: list[object]) -> None:
    """Also under another name, in another document."""
    verify_pictures(document_with("a.png", "b.svg", "a.png"), folder)
    assert len(looks) == 2
    (folder / "a.png").rename(folder / "c.png")
    verify_pictures(document_with("b.svg", "c.png"), folder)
    assert len(looks) == 2


@pytest.fixture(autouse=True)
def _forgetting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each run begins with what was kept, and knows nothing by itself."""
    monkeypatch.setattr(pictures, "_sound", _Nothing())


class _Nothing(set[str]):
    def __contains__(self, _key: object) -> bool:
        return False


def _change_picture(folder: Path) -> None:
    Image.effect_noise((41, 20), 60).save(folder / "a.png")


def _change_kept(folder: Path) -> None:
    for file in (folder / "kept" / "examined").iterdir():
        file.write_bytes(file.read_bytes()[:-1] + b"?")


def _empty_kept(folder: Path) -> None:
    for file in (folder / "kept" / "examined").iterdir():
        file.unlink()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("change", [_change_picture, _change_kept, _empty_kept])
def test_it_is_examined_again_if_anything_is_another(
    folder: Path, looks: list[object], change: Callable[[Path], None]
) -> None:
    """A changed picture, or a disk that fails."""
    verify_pictures(document_with("a.png"), folder)
    change(folder)
    verify_pictures(document_with("a.png"), folder)
    assert len(looks) == 2


@pytest.mark.usefixtures("kept")
def test_other_limits_and_other_programs_examine_again(
    folder: Path, looks: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sound for one may be too large for the other."""
    verify_pictures(document_with("a.png"), folder)
    with pytest.raises(SourceError, match="too many pixels"):
        verify_pictures(document_with("a.png"), folder, replace(DEFAULT_LIMITS, picture_pixels=9))
    monkeypatch.setattr(pictures, "examiner_version", lambda: "another")
    verify_pictures(document_with("a.png"), folder)
    assert len(looks) == 3


@pytest.mark.usefixtures("kept")
def test_nothing_is_kept_of_a_fault(folder: Path, looks: list[object]) -> None:
    """It is said again, until the picture is mended."""
    whole = (folder / "a.png").read_bytes()
    (folder / "a.png").write_bytes(whole[: len(whole) // 2])
    for _time in range(2):
        with pytest.raises(SourceError, match="damaged"):
            verify_pictures(document_with("a.png"), folder)
    (folder / "a.png").write_bytes(whole)
    verify_pictures(document_with("a.png"), folder)
    assert len(looks) == 3


@pytest.mark.usefixtures("kept")
def test_nothing_is_kept_of_a_child_that_does_not_come_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, looks: list[object]
) -> None:
    """Whoever takes its child down is not taken for sound."""

    def ended(*_arguments: object) -> None:
        raise Ended(Cause.CRASH, story="SIGSEGV")

    with monkeypatch.context() as patch:
        patch.setattr(pictures, "run_jailed", ended)
        with pytest.raises(SourceError, match="does not end well"):
            verify_pictures(document_with("a.png"), folder)
    verify_pictures(document_with("a.png"), folder)
    assert len(looks) == 1


def test_process_remembers_where_nothing_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, looks: list[object]
) -> None:
    """A preview is made again and again, by a library that keeps nothing."""
    monkeypatch.setattr(pictures, "_sound", set())
    for _time in range(2):
        verify_pictures(document_with("a.png"), folder)
    assert len(looks) == 1


def test_library_of_pictures_is_named_without_importing_it() -> None:
    """Its version is part of the key."""
    assert showing.examiner_version() == showing.examiner_version.__wrapped__()
    assert len(showing.examiner_version()) == 16
