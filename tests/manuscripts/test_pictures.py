"""Pictures of manuscripts: shown as they are, converted, or refused with a reason."""

from io import BytesIO

import pytest
from PIL import Image

from pubkit.rendering.pictures import Unshowable, shown_picture


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
