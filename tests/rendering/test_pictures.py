"""How large a picture is."""

from pathlib import Path

import pytest
from PIL import Image

from pubkit.rendering.pictures import picture_size


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
