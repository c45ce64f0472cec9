"""How a page looks, compared with how it was approved to look.

Two drawings of one page are never trusted to have equal pixels: smoothing differs between
versions of a drawing engine, and approved pages are kept in few colours. So each page is drawn
three times as fine, made small again, and looked at twice, as the eye would: closely, where
shades that smoothing gives are no difference (a stop is lost, a line has moved), and from afar,
where single pixels are no longer seen (a heading has another colour).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops
from pixelmatch.contrib.PIL import pixelmatch

from tests.conftest import REPOSITORY

RESOLUTION = 72
"""Pixels per inch: the smallest text has letters of four or five pixels."""
FINENESS = 3
COLOURS = 64

SMOOTHING = 0.2
"""Of the greatest distance of two colours, as the eye measures it in brightness and hue."""
NEVER_SEEN = 40
"""Of 255 shades, in each colour: certainly less than that distance."""
TOLERATED_PIXELS = 4
"""Of a page; a full stop of the text has seven."""
DISTANCE = 8
"""Pixels across that are one from afar."""
TOLERATED_SHADES = 20
"""Of 255, from afar: few colours spoil a photograph by 17."""


@dataclass(frozen=True)
class Difference:
    """What distinguishes two drawings of a page."""

    pixels: int
    """How many differ when seen closely."""
    shades: int
    """By how much a place differs, at most, when seen from afar."""
    picture: Image.Image
    """The page, pale, and in it the part with the difference, all that differs in red."""

    @property
    def is_seen(self) -> bool:
        """Whether a reader sees it."""
        return self.pixels > TOLERATED_PIXELS or self.shades > TOLERATED_SHADES


def draw_pages(pdf: bytes) -> Iterator[Image.Image]:
    """Yield a small picture of each page."""
    for page in pypdfium2.PdfDocument(pdf):
        fine = page.render(scale=FINENESS * RESOLUTION / 72).to_pil().convert("RGB")
        yield fine.reduce(FINENESS)


def in_few_colours(page: Image.Image) -> Image.Image:
    """Return a page as it is kept: in forty kilobytes."""
    return page.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def compare_pages(page: Image.Image, approved: Image.Image) -> Difference:
    """Return how a page differs from the one that was approved."""
    size = max(page.width, approved.width), max(page.height, approved.height)
    new, old = (_on_paper(picture, size) for picture in (page, approved))
    picture = Image.blend(new, Image.new("RGB", size, "white"), 0.8)
    surplus = abs(page.width * page.height - approved.width * approved.height)
    return Difference(surplus + _compare_closely(new, old, picture), _from_afar(new, old), picture)


def _on_paper(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    paper = Image.new("RGB", size, "white")
    paper.paste(picture.convert("RGB"))
    return paper


def _compare_closely(new: Image.Image, old: Image.Image, picture: Image.Image) -> int:
    """Return how many pixels differ, and mark them in a picture of the page."""
    red, green, blue = ImageChops.difference(new, old).split()
    greatest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    place = greatest.point([0] * NEVER_SEEN + [255] * (256 - NEVER_SEEN)).getbbox()
    if place is None:
        return 0
    parts = [whole.crop(place).convert("RGBA") for whole in (new, old)]
    shown = Image.new("RGBA", parts[0].size)
    pixels = pixelmatch(*parts, shown, threshold=SMOOTHING, includeAA=True)
    picture.paste(shown.convert("RGB"), place)
    return int(pixels)


def _from_afar(new: Image.Image, old: Image.Image) -> int:
    shades = ImageChops.difference(new.reduce(DISTANCE), old.reduce(DISTANCE)).getextrema()
    return max(greatest for _least, greatest in shades)


# ---------------------------------------------------------------- approved pages

APPROVED = Path(__file__).parent / "approved"
SEEN = REPOSITORY / "build/looks"
"""Where a page that looks otherwise, and its difference, are put."""


def verify_looks(name: str, pdf: bytes, *, approves: bool) -> None:
    """Compare the pages of a PDF with the approved ones, or approve them."""
    pages = list(draw_pages(pdf))
    if approves:
        for path in APPROVED.glob(f"{name}-[0-9]*.png"):
            path.unlink()
        for number, page in enumerate(pages, start=1):
            in_few_colours(page).save(APPROVED / f"{name}-{number}.png", optimize=True)
    count = len(list(APPROVED.glob(f"{name}-[0-9]*.png")))
    assert count, f"nobody has approved {name} yet: make approve"
    changed = [
        number
        for number, page in enumerate(pages, start=1)
        if _is_changed(page, f"{name}-{number}")
    ]
    assert (len(pages), changed) == (count, []), (
        f"{name} looks otherwise than approved, on pages {changed} of {len(pages)}: look at "
        f"{SEEN}/{name}-*.png; if it shall look so: make approve"
    )


def _is_changed(page: Image.Image, name: str) -> bool:
    """Tell whether a reader sees a change of a page, and leave pictures of it."""
    path = APPROVED / f"{name}.png"
    if path.exists():
        with Image.open(path) as approved:
            difference = compare_pages(page, approved)
    else:
        difference = compare_pages(page, Image.new("RGB", (1, 1)))
    if difference.is_seen:
        SEEN.mkdir(parents=True, exist_ok=True)
        page.save(SEEN / f"{name}.png")
        difference.picture.save(SEEN / f"{name}-difference.png")
    return difference.is_seen
