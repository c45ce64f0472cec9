"""Is everything on the printed page to be seen, and seen well?"""

from collections.abc import Callable, Iterator
from math import ceil

from pubkit.checks.edition import FinishedEdition
from pubkit.checks.registry import check
from pubkit.formats.published import PrintedPage
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity


def _at_fault(
    edition: FinishedEdition, faults: Callable[[PrintedPage], tuple[str, ...]]
) -> Iterator[tuple[int, str]]:
    """Yield each page's number with a text at fault, shortened."""
    for sheet in edition.file.sheets:
        for text in faults(sheet):
            yield sheet.number, text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


LONGEST = 60
"""Characters: enough to find a text on its page."""


@check(FinishedEdition, severity=Severity.ERROR)
def overflow(edition: FinishedEdition) -> Iterator[Problem]:
    """Text runs off the sheet, or out of its area into the margin.

    Why:
        What lies beyond the edge is not printed, and a line in the margin is a fault that every
        reader sees.

    Bad:
        an address of 120 letters in a narrow column → its end is cut off

    Good:
        an address of 120 letters in a narrow column → broken into two lines

    Source:
        House rule: a line is never overfull.
    """
    for number, text in _at_fault(edition, lambda page: page.overflowing):
        yield Problem(
            message=_("“{text}” leaves its place on page {number}").format(text=text, number=number)
        )


@check(FinishedEdition, severity=Severity.ERROR)
def invisible_text(edition: FinishedEdition) -> Iterator[Problem]:
    """Text stands in the PDF and cannot be seen.

    Why:
        Glyphs without an outline, white letters on white paper and what a frame cuts off are
        found by a search, and missed by every reader.

    Bad:
        于璠 in a font whose 璠 is empty → 于 and a gap

    Good:
        于璠 in a font that has both characters → 于璠

    Source:
        WCAG 2.2, 1.4.3 "Contrast"; OpenType 1.9, "glyf": a glyph may have no outline.
    """
    for number, text in _at_fault(edition, lambda page: page.invisible):
        yield Problem(
            message=_("“{text}” cannot be seen on page {number}").format(text=text, number=number)
        )


@check(FinishedEdition, severity=Severity.ERROR)
def overprinted_text(edition: FinishedEdition) -> Iterator[Problem]:
    """Text lies on other text, under a picture, or half on a picture and half beside it.

    Why:
        Neither of the two can be read.

    Bad:
        a caption with a negative margin → printed over the last line of the text

    Good:
        a caption with a margin of 1.6 mm → printed below its picture

    Source:
        House rule.
    """
    for number, text in _at_fault(edition, lambda page: page.overprinted):
        yield Problem(
            message=_("“{text}” is printed over something else on page {number}").format(
                text=text, number=number
            )
        )


LEAST_RESOLUTION = 150
"""Pixels per inch that a picture needs on paper."""


@check(FinishedEdition, severity=Severity.ERROR)
def low_resolution(edition: FinishedEdition) -> Iterator[Problem]:
    """A picture has too few pixels for its size on paper.

    Why:
        On a screen it looks right; in print it is blurred or shows its pixels.

    Bad:
        480 pixels across 155 mm → 78 pixels per inch

    Good:
        1600 pixels across 155 mm → 261 pixels per inch

    Source:
        House rule: 150 pixels per inch; offset printers ask for 300.
    """
    for sheet in edition.file.sheets:
        for image in sheet.images:
            if image.resolution < LEAST_RESOLUTION:
                yield Problem(
                    message=_(
                        "The picture {name} has {resolution} pixels per inch on page {number}; it "
                        "needs {width} pixels in width"
                    ).format(
                        name=edition.picture_name(image),
                        resolution=image.resolution,
                        number=sheet.number,
                        width=ceil(image.width * LEAST_RESOLUTION / image.resolution),
                    )
                )
