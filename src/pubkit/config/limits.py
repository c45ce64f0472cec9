"""How much is too much: of a file, a text, a page, and of the machine that makes an edition.

Whoever sends a catalog or a picture may not keep the machine busy; what is far more than a report
needs is refused before it costs anything.
"""

from collections.abc import Mapping
from types import MappingProxyType

from pubkit.messages import gettext as _
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """``[limits]``: sizes in bytes, lengths in characters; what is larger is refused."""

    catalog_bytes: int = 20_000_000
    """A catalog larger than this was not made for one report."""
    catalog_entries: int = 200_000
    """More than in the largest projects; a catalog of one report has some hundred."""
    catalog_text: int = 200_000
    """A single text of a catalog; more is a missing quotation mark, or slows every check down."""
    document_bytes: int = 1_000_000
    """A book of 150,000 words; a press release has 10,000."""
    front_matter: int = 50_000
    """PyYAML takes a second for each 100,000 characters."""
    segments: int = 2_000
    """Texts of one document."""
    segment: int = 20_000
    """One text of a document: ten pages without a break."""
    nesting: int = 20
    """How deep quotations, lists and notes may be nested; each list counts twice."""
    translation_growth: int = 4
    """How many times longer than its source a translation may be; a Han character counts thrice."""
    translation_least: int = 200
    """What any translation may have, however short its source is."""
    picture_bytes: int = 40_000_000
    """Larger files are not pictures for a report, and would fill the memory."""
    picture_pixels: int = 100_000_000
    """A small file may be a large picture; each pixel takes four bytes."""
    logo_bytes: int = 200_000
    """A logo is part of every page."""
    pages: int = 300
    pdf_bytes: int = 50_000_000
    """Twice what most mail servers take; thirty photographs that fill their pages."""
    seconds: int = 60
    """Of the processor, for one edition; a report of four pages takes two. By the clock it may
    take three times as long, for machines that are busy."""
    memory_bytes: int = 1_000_000_000
    """What one edition may take beyond the program itself."""

    def translation(self, source: str) -> int:
        """Return how long a translation may be.

        A Han character says what three Latin letters say: English grows where Chinese shrinks.
        """
        wide = sum(sign >= FIRST_WIDE for sign in source)
        return max(self.translation_least, self.translation_growth * (len(source) + 2 * wide))


FIRST_WIDE = "\u2e80"
"""From here on most characters are East Asian ones, which stand for a syllable or a word."""

DEFAULT_LIMITS = Limits()

MOST = 1_000_000_000_000
"""No limit at all, for whoever insists."""
MOST_OF: Mapping[str, int] = MappingProxyType({"nesting": 40, "picture_pixels": 178_956_970})
"""Limits that libraries have: deeper blocks exhaust the layout engine's stack, and Pillow opens no
picture with more pixels."""


def raised(remedy: str, key: str) -> str:
    """Return a remedy that says which limit can be raised instead."""
    return _("{remedy}, or raise “{key}” in [limits] of pubkit.toml").format(
        remedy=remedy.rstrip(".。"), key=key
    )
