"""Can a picture file be shown, in browsers and on paper, and how large is it?

The only importer of Pillow, with ``printed_pictures.py``.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pubkit.config.limits import DEFAULT_LIMITS, Limits
from pubkit.messages import gettext as _
from pubkit.rendering import drawings
from pubkit.rendering.drawings import drawing_fault
from pubkit.states import state_of
from pubkit.values import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""What every browser shows, besides SVG, which is text."""


DAMAGE = (ArithmeticError, OSError, SyntaxError, ValueError)
"""What Pillow raises of a damaged file; it divides by what the file says."""


def load_formats() -> None:
    """Import what reads the usual pictures: whoever does so in many processes wants it once."""
    from PIL import Image

    for name in ("PIL.ImageChops", "PIL.ImageFile", "PIL.ImageOps"):
        import_module(name)
    Image.preinit()


@cache
def examiner_version() -> str:
    """Return a digest of all that ``picture_fault`` depends on besides the file.

    It is asked without importing Pillow.
    """
    spec = find_spec("PIL")
    library = Path((spec and spec.origin) or "").parent
    codecs = sorted(f"{path.name} {state_of(str(path))}" for path in library.glob("_imaging.*"))
    here = (Path(__file__), Path(drawings.__file__))
    code = (file.read_text("utf-8") for file in (library / "_version.py", *here))
    return sha256("\0".join((*codecs, *code)).encode()).hexdigest()[:16]


def picture_fault(data: bytes, *, name: str, most_pixels: int) -> str | None:
    """Return why a picture cannot be shown, or nothing; every pixel is looked at."""
    return content_fault(data, name=name, most_pixels=most_pixels, is_whole=True)


@contextmanager
def truncation_is_damage() -> Iterator[None]:
    """Take a picture that is cut off for damaged: WeasyPrint lets its missing half be grey."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def content_fault(
    data: bytes, *, name: str, most_pixels: int, is_whole: bool = False
) -> str | None:
    """Return why a file may not be shown as a picture, or nothing.

    Args:
        data: The file.
        name: What it is called; a drawing ends in ``.svg``.
        most_pixels: A small file may be a large picture.
        is_whole: Whether every pixel is looked at, or only what the file says of itself.
    """
    if name.lower().endswith(".svg"):
        return drawing_fault(data)
    # Only rendering looks into pictures, so the other commands need not wait for Pillow.
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > most_pixels:
                return _("it has too many pixels")
            if is_whole:
                with truncation_is_damage():
                    image.load()
    except Image.DecompressionBombError:
        return _("it has too many pixels")
    except UnidentifiedImageError:
        return _foreign_format(data) or _("it is not a picture")
    except DAMAGE:
        return _("it is damaged")
    return None


def _foreign_format(data: bytes) -> str | None:
    """Return what to say of a picture in a format that browsers do not show."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as image:
            return _("browsers do not show {format}").format(format=image.format)
    except (*DAMAGE, Image.DecompressionBombError):
        return None


ORIENTATION = 0x0112
"""The Exif tag of how a camera was held; from 5 on, width and height are exchanged."""


def picture_size(path: Path) -> tuple[int, int] | None:
    """Return width and height in pixels as a picture is shown.

    There is nothing to tell of a drawing (SVG), and of what has a fault.
    """
    return None if path.suffix.lower() == ".svg" else _size(path)


def _size(file: Path | BytesIO) -> tuple[int, int] | None:
    from PIL import Image

    try:
        with Image.open(file) as image:
            is_turned = image.getexif().get(ORIENTATION, 1) >= 5
            return (image.height, image.width) if is_turned else image.size
    except (*DAMAGE, Image.DecompressionBombError):
        return None


THUMBNAIL_WIDTH = 480
"""Twice what the style sheet of the newsroom gives a picture in a list: screens are fine."""


def thumbnail(data: bytes, *, name: str) -> bytes | None:
    """Return a small JPEG of a picture; nothing for a drawing, and for what is small already."""
    size = None if name.lower().endswith(".svg") else _size(BytesIO(data))
    if size is None or size[0] <= THUMBNAIL_WIDTH:
        return None
    from PIL import Image, ImageOps

    height = max(1, round(size[1] * THUMBNAIL_WIDTH / size[0]))
    with truncation_is_damage(), Image.open(BytesIO(data)) as image:
        image.draft("RGB", (THUMBNAIL_WIDTH, height))
        profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA") else None
        upright = ImageOps.exif_transpose(image).convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        small = Image.alpha_composite(paper, upright).convert("RGB")
        small = small.resize((THUMBNAIL_WIDTH, height), Image.Resampling.LANCZOS)
    file = BytesIO()
    small.save(file, "JPEG", icc_profile=profile, quality=80, optimize=True, progressive=True)
    return file.getvalue()


WEB_WIDTH = 1728
"""Twice the width of a page on a wide screen: the finest screens show no more."""
AUTHORSHIP = (0x013B, 0x8298)
"""The Exif tags of author and copyright; they stay with a picture."""
PLACE = 0x8825
"""The Exif tag of where a picture was taken."""
WAYS_TO_SAVE: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "JPEG": {"quality": 85, "optimize": True, "progressive": True},
        "PNG": {"optimize": True},
        "WEBP": {"quality": 85},
    }
)


COPIED_MODES = frozenset({"L", "LA", "P", "RGB", "RGBA", "CMYK"})


def web_picture(data: bytes, *, name: str) -> bytes | None:
    """Return a copy of a picture for the web; nothing if the file can be shown as it is.

    A copy is no wider than screens can show, and does not tell where it was taken.
    """
    if name.lower().endswith(".svg"):
        return None
    from PIL import Image

    with Image.open(BytesIO(data)) as image:
        is_still = getattr(image, "n_frames", 1) == 1
        can_be_copied = is_still and image.mode in COPIED_MODES and image.format in WAYS_TO_SAVE
        return _copy(image) if can_be_copied and not _may_be_shown(image) else None


def _may_be_shown(image: "Image") -> bool:
    exif = image.getexif()
    width = image.height if exif.get(ORIENTATION, 1) >= 5 else image.width
    tells_place = bool(exif.get_ifd(PLACE)) or b"GPSLatitude" in image.info.get("xmp", b"")
    return width <= WEB_WIDTH and not tells_place


def _copy(image: "Image") -> bytes:
    from PIL import Image, ImageOps

    name, profile = str(image.format), image.info.get("icc_profile")
    kept = Image.Exif()
    kept.update({tag: value for tag, value in image.getexif().items() if tag in AUTHORSHIP})
    image.draft(None, (WEB_WIDTH, WEB_WIDTH))
    upright = ImageOps.exif_transpose(image.convert("RGBA") if image.mode == "P" else image)
    width = min(WEB_WIDTH, upright.width)
    height = max(1, round(upright.height * width / upright.width))
    copy = upright.resize((width, height), Image.Resampling.LANCZOS)
    file = BytesIO()
    copy.save(file, name, exif=kept, icc_profile=profile, **WAYS_TO_SAVE[name])
    return file.getvalue()


# ---------------------------------------------------------------- pictures from manuscripts


class Unshowable(Exception):  # noqa: N818
    """A picture that neither browsers nor Pillow can show; the message says why."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that browsers show."""

    data: bytes
    suffix: str


SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}
SHOWN_SUFFIXES = frozenset({*SUFFIXES.values(), ".svg"})
SVG_START = b"<svg"


def shown_picture(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Shown:
    """Return a picture as browsers show it: as it is, or as PNG if it is of another kind.

    Raises:
        Unshowable: It is damaged, no picture, too large, or a drawing of Windows (EMF, WMF).
    """
    from PIL import Image, UnidentifiedImageError

    if SVG_START in data[:2000]:
        return _shown_drawing(data)
    try:
        with Image.open(BytesIO(data)) as image:
            if image.width * image.height > limits.picture_pixels:
                raise Unshowable(_("it has too many pixels"))
            kind = image.format or ""
            if kind in ("WMF", "EMF"):
                raise Unshowable(_("browsers do not show {format}").format(format=kind))
            with truncation_is_damage():
                image.load()
            return Shown(data, SUFFIXES[kind]) if kind in SUFFIXES else _as_png(image)
    except Image.DecompressionBombError:
        raise Unshowable(_("it has too many pixels")) from None
    except UnidentifiedImageError:
        raise Unshowable(_("it is not a picture")) from None
    except (Unshowable, MemoryError):
        raise
    except Exception:  # what Pillow raises of a damaged file is any error, even of arithmetic
        raise Unshowable(_("it is damaged")) from None


def _as_png(image: "Image") -> Shown:
    mode = "RGBA" if image.has_transparency_data else "RGB"
    file = BytesIO()
    image.convert(mode).save(file, "PNG", optimize=True)
    return Shown(file.getvalue(), ".png")


def _shown_drawing(data: bytes) -> Shown:
    fault = drawing_fault(data)
    if fault:
        raise Unshowable(fault)
    return Shown(data, ".svg")
