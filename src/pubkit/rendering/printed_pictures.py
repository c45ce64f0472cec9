"""Pictures as a PDF has them: no finer than paper can show, and without what a camera noted.

``printed_picture`` is a function of the file and the width alone, so it is the same whether it is
computed for an edition or was kept (``pubkit.caches``) when it was for another one.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from pubkit.patterns import pattern
from pubkit.rendering import pictures
from pubkit.rendering.pictures import FORMATS, truncation_is_damage

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS = (575, 886, 1820)
"""Pixels of a picture in a row of three, in a row of two, and in the whole measure: just below 300
to the inch, so that WeasyPrint, which is told 300, has nothing left to do."""
POINTS_PER_INCH, FINENESS = 72, 290
FINE_ENOUGH = 0.86
"""Of a width: 250 to the inch. JPEG is halved while it is decoded, which costs nothing."""
QUALITY, QUALITY_MADE_SMALLER = 88, 80
"""What was made smaller has no blocks of the first compression left."""

COARSE = 884
"""The sum of the steps for brightness at ``QUALITY``; larger steps lose more."""
ORIENTATION, UPRIGHT = 0x0112, 1
"""A tag of Exif 2.3, and its value for what needs not be turned."""

Ready = Mapping[tuple[str, int], bytes]
"""What was made of pictures: by the digest of the file, and the width; nothing if it stays."""


def printed_picture(data: bytes, *, width: int) -> bytes | None:
    """Return a picture for a place on paper, or nothing if the file serves as it is.

    Photographs become JPEG in any case. What was drawn keeps its sharp edges and stays as it is:
    drawings, screenshots, whatever is transparent.

    Raises:
        DAMAGE: The file is damaged.
    """
    from PIL import Image, ImageOps

    with truncation_is_damage(), Image.open(BytesIO(data), formats=FORMATS) as image:
        size = image.size
        if image.format in ("JPEG", "MPO"):
            image.draft(None, (ceil(FINE_ENOUGH * width), 1))
            image.load()
        elif getattr(image, "n_frames", 1) > 1 or image.mode != "RGB" or not _is_photograph(image):
            return None
        is_smaller = image.size != size
        if not is_smaller and image.width <= width and _is_coarse(image):
            return _as_taken(image)
        ImageOps.exif_transpose(image, in_place=True)
        return _as_jpeg(image, width, is_smaller=is_smaller)


def _is_coarse(image: "Image") -> bool:
    """Tell whether a JPEG that stands upright was stored no better than it would be now."""
    if image.format != "JPEG" or image.getexif().get(ORIENTATION, UPRIGHT) != UPRIGHT:
        return False
    tables: Mapping[int, list[int]] = getattr(image, "quantization", {})
    return sum(tables.get(0, ())) >= COARSE


def _as_taken(image: "Image") -> bytes:
    """Return a JPEG with the tables of its file: finer ones would only make it larger."""
    from PIL.JpegImagePlugin import get_sampling

    file = BytesIO()
    tables, sampling = getattr(image, "quantization", None), get_sampling(image)
    plain = image.copy()
    plain.info = {}
    plain.save(file, "JPEG", qtables=tables, subsampling=sampling, optimize=True)
    return file.getvalue()


def _as_jpeg(image: "Image", width: int, *, is_smaller: bool) -> bytes:
    from PIL import Image

    small = image
    if image.width > width:
        height = max(1, round(image.height * width / image.width))
        small = image.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)
    is_smaller = is_smaller or small is not image
    small.info = {}
    file = BytesIO()
    quality = QUALITY_MADE_SMALLER if is_smaller else QUALITY
    small.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()


FEWEST_COLOURS = 20_000
MOST_EVEN, MOST_SHARP = 0.2, 0.01
"""Of all pixels: those that are like their neighbour, and those that are far from it."""
SHARP = 96


def _is_photograph(image: "Image") -> bool:
    """Tell whether a picture has the many colours, the noise and the soft edges of a photograph.

    When it is not sure, it is none: what was drawn would be spoilt, a photograph is only large.
    """
    from PIL import ImageChops

    if "transparency" in image.info or image.getcolors(FEWEST_COLOURS) is not None:
        return False
    grey = image.convert("L")
    beside = (
        grey.crop((1, 0, grey.width, grey.height)),
        grey.crop((0, 0, grey.width - 1, grey.height)),
    )
    steps = ImageChops.difference(*beside).histogram()
    return steps[0] < MOST_EVEN * sum(steps) and sum(steps[SHARP:]) < MOST_SHARP * sum(steps)


# ---------------------------------------------------------------- which width

WIDTH = pattern(r"(?:^|;)\s*width:\s*([\d.]+)pt")


def printed_widths(root: Element) -> Iterator[tuple[Element, int]]:
    """Yield the pictures of a page whose rows have their shape, each with its width in pixels."""
    widths = {
        picture: float(found[1])
        for figure in root.iter("figure")
        if (found := WIDTH.search(figure.get("style", "")))
        for picture in figure.iter("img")
    }
    for picture in root.iter("img"):
        yield picture, _pixels(widths.get(picture))


def _pixels(points: float | None) -> int:
    """Return the least width that is fine enough; WeasyPrint makes smaller what is far too fine."""
    needed = WIDTHS[-1] if points is None else points * FINENESS / POINTS_PER_INCH
    return next((width for width in WIDTHS if width >= needed), WIDTHS[-1])


# ---------------------------------------------------------------- what is kept


KIND = "pictures"


def picture_key(digest: str, form: int | str) -> str:
    """Return the name under which is kept what was made of a file: a width, or ``web``."""
    return f"{digest}-{form}-{_recipe()}"


@cache
def _recipe() -> str:
    """Return a digest of all that the result depends on besides the file and the width."""
    from PIL import __version__, features

    codecs = [features.version(name) for name in ("jpg", "libjpeg_turbo", "zlib", "webp")]
    code = (Path(__file__), Path(pictures.__file__))
    parts = (__version__, *map(str, codecs), *(path.read_text(encoding="utf-8") for path in code))
    return sha256("\0".join(parts).encode()).hexdigest()[:16]
