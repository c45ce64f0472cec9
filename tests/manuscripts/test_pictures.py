"""Pictures of manuscripts: shown as they are, converted, or refused with a reason."""

import os
import signal
import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image

from pubkit.config.limits import Limits
from pubkit.rendering.pictures import Shown, Unshowable, shown_picture
from pubkit.workflow import manuscript_pictures
from pubkit.workflow.manuscript_pictures import look_at_picture


def picture(kind: str, mode: str = "RGB") -> bytes:
    """Return a small picture of a kind."""
    file = BytesIO()
    Image.new(mode, (4, 3), "white").save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "suffix"), [("JPEG", ".jpg"), ("PNG", ".png"), ("GIF", ".gif"), ("WEBP", ".webp")]
)
def test_picture_for_browsers_stays_as_it_is(kind: str, suffix: str) -> None:
    """Byte for byte, under the suffix of what it is, whatever its name said."""
    data = picture(kind)

    assert (shown_picture(data).data, shown_picture(data).suffix) == (data, suffix)


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "ICO"])
def test_other_picture_is_saved_anew(kind: str) -> None:
    """As PNG, which loses nothing."""
    shown = shown_picture(picture(kind))

    assert shown.suffix == ".png"
    assert Image.open(BytesIO(shown.data)).getpixel((1, 1))[:3] == (255, 255, 255)  # type: ignore[index]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd7\xcd\xc6\x9a" + b"\0" * 60, "not a picture|do not show|damaged"),
        (b"\x01\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 60, "not a picture|do not show|damaged"),
        (b"text", "not a picture"),
        (picture("PNG")[:40], "damaged|not a picture"),
        (b"<svg><script>x</script></svg>", "script"),
    ],
)
def test_what_cannot_be_shown_is_refused(data: bytes, reason: str) -> None:
    """Drawings of Windows, damaged files, scripts."""
    with pytest.raises(Unshowable, match=reason):
        shown_picture(data)


# ---------------------------------------------------------------- behind walls


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "ICO"])
def test_child_finds_what_its_parent_would_find(kind: str) -> None:
    """All formats can be read behind the walls."""
    assert look_at_picture(picture(kind)) == shown_picture(picture(kind))


def test_compressed_tiff_is_read_behind_the_walls() -> None:
    """Which another library decodes."""
    file = BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "TIFF", compression="tiff_lzw")

    assert look_at_picture(file.getvalue()).suffix == ".png"


def test_limits_of_the_project_hold() -> None:
    """Twelve pixels are enough for one project, and too many for another."""
    data = picture("PNG")

    assert look_at_picture(data, Limits(picture_pixels=12)).suffix == ".png"
    with pytest.raises(Unshowable, match="too many pixels"):
        look_at_picture(data, Limits(picture_pixels=11))


def test_picture_that_needs_too_much_memory_is_told_so() -> None:
    """It is not damaged. In a process of its own: an old one has memory left over."""
    program = """if True:
        from io import BytesIO
        from PIL import Image
        from pubkit.config.limits import Limits
        from pubkit.workflow.manuscript_pictures import Unshowable, look_at_picture

        file = BytesIO()
        Image.new("L", (9000, 9000)).save(file, "PNG")
        try:
            look_at_picture(file.getvalue(), Limits(memory_bytes=1_000_000))
        except Unshowable as reason:
            print(reason)
    """
    command = (sys.executable, "-c", program)
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert "MB of memory" in done.stdout


def test_reason_comes_back() -> None:
    """Whatever it is."""
    with pytest.raises(Unshowable, match="not a picture"):
        look_at_picture(b"text")


def test_picture_that_takes_its_reader_down_takes_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fault of a decoder costs the picture."""
    monkeypatch.setattr(manuscript_pictures, "shown_picture", _die)
    with pytest.raises(Unshowable, match="does not end well"):
        look_at_picture(picture("PNG"))


def _die(_data: bytes, *, limits: Limits) -> Shown:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError(limits)


def test_suffix_is_one_that_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that was taken over cannot choose where a file lies."""
    monkeypatch.setattr(
        manuscript_pictures, "shown_picture", lambda data, limits: Shown(data, "/../../x.html")
    )
    with pytest.raises(Unshowable, match="does not end well"):
        look_at_picture(picture("PNG"))
