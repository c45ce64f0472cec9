"""How large a picture is."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pubkit.rendering.pictures import THUMBNAIL_WIDTH, picture_size, thumbnail


@pytest.mark.parametrize(("orientation", "size"), [(1, (40, 30)), (3, (40, 30)), (6, (30, 40))])
def test_size_of_a_picture_is_that_of_what_is_shown(
    tmp_path: Path, orientation: int, size: tuple[int, int]
) -> None:
    """A camera that was held upright says so, and browsers turn the picture."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", (40, 30)).save(tmp_path / "photo.jpg", exif=exif)

    assert picture_size(tmp_path / "photo.jpg") == size


def test_drawing_has_no_size_in_pixels(tmp_path: Path) -> None:
    """Its page gives it the width of the text."""
    (tmp_path / "drawing.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')

    assert picture_size(tmp_path / "drawing.svg") is None


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK", "P", "RGBA"])
def test_thumbnail_is_a_small_jpeg_of_any_picture(tmp_path: Path, mode: str) -> None:
    """It is as a reader sees the picture; what is transparent lies on paper."""
    name = "photo.tif" if mode == "CMYK" else "photo.png"
    Image.new(mode, (960, 600)).save(tmp_path / name)
    made = thumbnail(tmp_path / name)

    assert made
    with Image.open(BytesIO(made)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (480, 300))
        pixel = image.getpixel((9, 9))
    assert (pixel == (255, 255, 255)) == (mode in ("RGBA", "CMYK"))
    assert made == thumbnail(tmp_path / name)


def test_thumbnail_of_a_turned_photograph_stands_upright(tmp_path: Path) -> None:
    """Its own file says no more how the camera was held."""
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (4000, 3000)).save(tmp_path / "photo.jpg", exif=exif)
    made = thumbnail(tmp_path / "photo.jpg")

    assert made
    with Image.open(BytesIO(made)) as image:
        assert image.size == (480, 640)
        assert 0x0112 not in image.getexif()


def test_small_picture_and_drawing_need_no_thumbnail(tmp_path: Path) -> None:
    """The picture itself is as good; nor is there one of a file that is damaged."""
    Image.new("RGB", (THUMBNAIL_WIDTH, 600)).save(tmp_path / "small.png")
    (tmp_path / "drawing.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "damaged.jpg").write_bytes(b"no picture")

    assert thumbnail(tmp_path / "small.png") is None
    assert thumbnail(tmp_path / "drawing.svg") is None
    assert thumbnail(tmp_path / "damaged.jpg") is None
