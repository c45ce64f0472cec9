"""Large pictures are converted once; the edition is the same as without."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from pubkit import caches
from pubkit.config.limits import DEFAULT_LIMITS
from pubkit.formats.markdown import parse_document
from pubkit.model import Document
from pubkit.rendering.printed_pictures import WIDTHS, printed_picture
from pubkit.workflow import pictures
from pubkit.workflow import ready_pictures as readying
from pubkit.workflow.ready_pictures import ready_pictures


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    """A folder in which pubkit keeps what it makes; switched off again after the test."""
    caches.keep_in(tmp_path / "kept")
    yield tmp_path / "kept"
    caches.keep_in(None)


def document_with(*names: str) -> Document:
    """Return a document with pictures."""
    figures = "\n\n".join(f"![One]({name})\nCaption" for name in names)
    text = f"---\ntitle: T\ndate: 2024-01-01\n---\n\n{figures}\n"
    return parse_document(text.encode(), path="source/a.md", default_lang="en")


def photograph(path: Path, *, size: tuple[int, int] = (900, 600)) -> bytes:
    """Save a picture with noise, of which a megabyte is soon full."""
    Image.merge("RGB", [Image.effect_noise(size, 60) for _ in "RGB"]).save(path, "PNG")
    return path.read_bytes()


def test_large_picture_is_converted_once(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small one is left to its edition."""
    large = photograph(tmp_path / "large.png")
    photograph(tmp_path / "small.png", size=(90, 60))
    document = document_with("large.png", "small.png")
    first = ready_pictures(document, tmp_path, DEFAULT_LIMITS)
    monkeypatch.setattr(readying, "run_jailed", None)

    assert first == ready_pictures(document, tmp_path, DEFAULT_LIMITS)
    assert [*first.values()] == [printed_picture(large, width=width) or b"" for width in WIDTHS]
    assert len([*(kept / "pictures").iterdir()]) == len(WIDTHS)


def test_nothing_is_made_without_a_folder_to_keep_it_in(tmp_path: Path) -> None:
    """The edition makes it by itself."""
    photograph(tmp_path / "large.png")

    assert ready_pictures(document_with("large.png"), tmp_path, DEFAULT_LIMITS) == {}


@pytest.mark.parametrize("content", ["missing", "damaged", "no picture"])
def test_faulty_picture_is_left_to_its_edition(kept: Path, tmp_path: Path, content: str) -> None:
    """Nothing is kept of it, and the others have what they need."""
    good = photograph(tmp_path / "good.png")
    if content == "damaged":
        (tmp_path / "bad.png").write_bytes(good[:1_200_000])
    elif content == "no picture":
        (tmp_path / "bad.png").write_bytes(b"?" * 2_000_000)
    ready = ready_pictures(document_with("bad.png", "good.png"), tmp_path, DEFAULT_LIMITS)

    assert len(ready) == len(WIDTHS)
    assert len([*(kept / "pictures").iterdir()]) == len(WIDTHS)


@pytest.mark.parametrize(("width", "is_copied"), [(2000, True), (300, False)])
def test_copy_for_the_web_is_made_once(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int, is_copied: bool
) -> None:
    """And it is remembered of a picture that needs none."""
    Image.effect_noise((width, 200), 60).save(tmp_path / "a.jpg")
    data = (tmp_path / "a.jpg").read_bytes()
    made = pictures._for_the_web.__wrapped__(data, "a.jpg", DEFAULT_LIMITS)
    monkeypatch.setattr(pictures, "run_jailed", None)

    assert (made != data) == is_copied
    assert made == pictures._for_the_web.__wrapped__(data, "a.jpg", DEFAULT_LIMITS)
    assert len([*(kept / "pictures").iterdir()]) == 1
