"""Pictures in a PDF: as fine as paper can show, and nothing sharp is spoilt."""

from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from PIL import Image, ImageChops, ImageDraw

from pubkit.rendering.paper.rows import shape_rows
from pubkit.rendering.printed_pictures import printed_picture, printed_widths


def photograph(size: tuple[int, int] = (1000, 700)) -> Image.Image:
    """Return soft shapes of many colours with the noise of a camera."""
    bands = [Image.effect_noise((size[0] // 20, size[1] // 20), 90).resize(size) for _ in "RGB"]
    noise = [Image.effect_noise(size, 8) for _ in "RGB"]
    return ImageChops.blend(Image.merge("RGB", bands), Image.merge("RGB", noise), 0.3)


def screenshot() -> Image.Image:
    """Return text beside a photograph: most of it is even."""
    picture = Image.new("RGB", (1000, 700), "white")
    picture.paste(photograph((300, 300)), (650, 200))
    for line in range(30):
        ImageDraw.Draw(picture).text((20, 20 + 20 * line), "Some words of a program" * 3, "black")
    return picture


def scanned_text() -> Image.Image:
    """Return letters on paper with noise."""
    picture = photograph().point(lambda value: 200 + value // 5)
    for line in range(60):
        ImageDraw.Draw(picture).text((5, 11 * line), "Typewritten text " * 10, "black")
    return picture


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Return a file."""
    picture.save(file := BytesIO(), kind, **options)
    return file.getvalue()


def opened(data: bytes | None) -> Image.Image:
    """Return what is in a file that was made."""
    assert data is not None
    return Image.open(BytesIO(data))


TRANSPARENT = photograph()
TRANSPARENT.putalpha(Image.linear_gradient("L").resize(TRANSPARENT.size))


@pytest.mark.parametrize(
    ("picture", "is_one"),
    [
        (photograph(), True),
        (screenshot(), False),
        (scanned_text(), False),
        (TRANSPARENT, False),
        (Image.radial_gradient("L").resize((900, 900)).convert("RGB"), False),
        (photograph().convert("P"), False),
    ],
    ids=["photograph", "screenshot", "scan", "transparent", "gradient", "few colours"],
)
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_photograph_becomes_jpeg_and_nothing_else(
    picture: Image.Image, is_one: bool, kind: str
) -> None:
    """It is only large; what was drawn would be spoilt."""
    options = {"lossless": True} if kind == "WEBP" else {}
    made = printed_picture(encoded(picture, kind, **options), width=575)

    assert (made is not None) == is_one
    if is_one:
        assert (opened(made).format, opened(made).size) == ("JPEG", (575, 402))


@pytest.mark.parametrize(
    ("width", "expected"), [(575, (575, 288)), (886, (800, 400)), (1820, (1600, 800))]
)
def test_jpeg_is_no_finer_than_its_place(width: int, expected: tuple[int, int]) -> None:
    """And as fine as 250 pixels to the inch, if it is as fine."""
    assert opened(printed_picture(encoded(photograph((1600, 800)), "JPEG"), width=width)).size == (
        expected
    )


def test_picture_is_upright_and_says_nothing_of_its_camera() -> None:
    """Nor has it the colours' profile, which no PDF had."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Secret Camera"
    file = encoded(photograph((600, 300)), "JPEG", exif=exif, icc_profile=b"profile", comment=b"c")
    made = printed_picture(file, width=1820)

    assert opened(made).size == (300, 600)
    assert b"Secret" not in (made or b"")
    assert {*opened(made).info} <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_same_file_gives_the_same_bytes(kind: str) -> None:
    """Whether it was kept or is made."""
    file = encoded(photograph(), kind)

    assert printed_picture(file, width=886) == printed_picture(file, width=886)


@pytest.mark.parametrize("quality", [60, 80, 97])
def test_jpeg_never_grows(quality: int) -> None:
    """One that was stored coarsely keeps its steps; finer ones would show nothing more."""
    data = encoded(photograph(), "JPEG", quality=quality)
    made = printed_picture(data, width=1820)
    assert made is not None
    assert len(made) <= 1.01 * len(data)
    changes = ImageChops.difference(opened(made), opened(data)).convert("L")
    assert sum(changes.histogram()[4:]) < 0.05 * changes.width * changes.height


def test_damaged_picture_is_damaged() -> None:
    """Half of it would be grey."""
    file = encoded(photograph(), "JPEG")
    with pytest.raises(OSError, match="truncated"):
        printed_picture(file[: len(file) // 2], width=575)


def test_width_is_that_of_the_row(tmp_path: Path) -> None:
    """Rows of one to three, and a picture whose place nobody knows."""
    rows = "".join(
        f'<div class="figures of-{count}">'
        + '<figure style="--ratio: 1.5"><img /></figure>' * count
        + "</div>"
        for count in (1, 2, 3)
    )
    page = fromstring(f"<body>{rows}<p><img /></p></body>")  # noqa: S314
    shape_rows(page)

    assert [width for _, width in printed_widths(page)] == [1820, 886, 886, 575, 575, 575, 1820]
