"""How large a picture is, and what of it the web is shown."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from pubkit.rendering.pictures import (
    THUMBNAIL_WIDTH,
    WEB_WIDTH,
    picture_fault,
    picture_size,
    thumbnail,
    web_picture,
)


def test_picture_that_is_cut_off_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also after the layout engine has told Pillow to show such pictures half grey."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    file = BytesIO()
    Image.effect_noise((300, 200), 90).save(file, "JPEG")
    faults = [
        picture_fault(data, name="a.jpg", most_pixels=100_000)
        for data in (file.getvalue(), file.getvalue()[:5_000])
    ]

    assert faults == [None, "it is damaged"]


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


def small_copy(path: Path) -> bytes | None:
    """Return the thumbnail of a file."""
    return thumbnail(path.read_bytes(), name=path.name)


def test_picture_of_too_many_pixels_has_no_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pillow refuses to open it."""
    Image.new("RGB", (40, 30)).save(tmp_path / "photo.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 40 * 30 // 2 - 1)

    assert picture_size(tmp_path / "photo.png") is None


def test_arithmetic_on_a_damaged_picture_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow divides by what a file says."""
    monkeypatch.setattr(Image, "open", lambda *_file, **_how: 1 // 0)

    assert picture_fault(b"x", name="a.png", most_pixels=9) == "it is damaged"


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK", "P", "RGBA"])
def test_thumbnail_is_a_small_jpeg_of_any_picture(tmp_path: Path, mode: str) -> None:
    """It is as a reader sees the picture; what is transparent lies on paper."""
    name = "photo.tif" if mode == "CMYK" else "photo.png"
    Image.new(mode, (960, 600)).save(tmp_path / name)
    made = small_copy(tmp_path / name)

    assert made
    with Image.open(BytesIO(made)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (480, 300))
        pixel = image.getpixel((9, 9))
    assert (pixel == (255, 255, 255)) == (mode in ("RGBA", "CMYK"))
    assert made == small_copy(tmp_path / name)


def test_thumbnail_of_a_turned_photograph_stands_upright(tmp_path: Path) -> None:
    """Its own file says no more how the camera was held."""
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (4000, 3000)).save(tmp_path / "photo.jpg", exif=exif)
    made = small_copy(tmp_path / "photo.jpg")

    assert made
    with Image.open(BytesIO(made)) as image:
        assert image.size == (480, 640)
        assert 0x0112 not in image.getexif()


def test_small_picture_and_drawing_need_no_thumbnail(tmp_path: Path) -> None:
    """The picture itself is as good; nor is there one of a file that is damaged."""
    Image.new("RGB", (THUMBNAIL_WIDTH, 600)).save(tmp_path / "small.png")
    (tmp_path / "drawing.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "damaged.jpg").write_bytes(b"no picture")

    assert small_copy(tmp_path / "small.png") is None
    assert small_copy(tmp_path / "drawing.svg") is None
    assert small_copy(tmp_path / "damaged.jpg") is None


def web_copy(path: Path) -> bytes | None:
    """Return what the web is shown of a file."""
    return web_picture(path.read_bytes(), name=path.name)


def photograph(path: Path, size: tuple[int, int], *, has_place: bool = False) -> Path:
    """Save a photograph that says by whom, with what and perhaps where it was taken."""
    exif = Image.Exif()
    exif[0x013B], exif[0x8298], exif[0x0110] = "A. Weber", "School", "Camera"
    if has_place:
        exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 35.0, 0.0)})
    Image.new("RGB", size, "#345").save(path, exif=exif)
    return path


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_copy_for_the_web_is_no_wider_than_screens_are(tmp_path: Path, suffix: str) -> None:
    """A photograph of a camera would be loaded in vain; one that fits is left as it is."""
    large = web_copy(photograph(tmp_path / f"large.{suffix}", (4000, 3000)))
    fitting = web_copy(photograph(tmp_path / f"fitting.{suffix}", (WEB_WIDTH, 3000)))

    assert large
    assert Image.open(BytesIO(large)).size == (WEB_WIDTH, WEB_WIDTH * 3 // 4)
    assert fitting is None


def test_copy_for_the_web_does_not_tell_the_place_but_the_author(tmp_path: Path) -> None:
    """Readers shall not learn where somebody's picture was taken; whose it is, they shall."""
    copy = web_copy(photograph(tmp_path / "photo.jpg", (40, 30), has_place=True))

    assert copy
    with Image.open(BytesIO(copy)) as image:
        exif = image.getexif()
        assert dict(exif) == {0x013B: "A. Weber", 0x8298: "School"}
        assert not exif.get_ifd(0x8825)


def test_copy_for_the_web_stands_upright(tmp_path: Path) -> None:
    """What the camera said of its position is carried out, and said no more."""
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (2000, 4000)).save(tmp_path / "photo.jpg", exif=exif)
    copy = web_copy(tmp_path / "photo.jpg")

    assert copy
    with Image.open(BytesIO(copy)) as image:
        assert image.size == (WEB_WIDTH, WEB_WIDTH // 2)
        assert 0x0112 not in image.getexif()


def test_moving_pictures_and_drawings_are_not_copied(tmp_path: Path) -> None:
    """Nothing is done to what would suffer by it."""
    frames = [Image.new("P", (2000, 2), color) for color in range(2)]
    frames[0].save(tmp_path / "moving.gif", save_all=True, append_images=frames[1:])
    (tmp_path / "drawing.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')

    assert web_copy(tmp_path / "moving.gif") is None
    assert web_copy(tmp_path / "drawing.svg") is None
