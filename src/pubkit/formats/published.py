"""What can be read back from a finished file, be it a PDF or a page for the web."""

from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPicture:
    """A picture of a finished file."""

    name: str
    """The file that the page shows; of a PDF, the picture's place in reading order."""
    alternative: str | None
    """What is read to those who cannot see it; None if nothing is."""
    is_there: bool = True
    """Whether the file exists; a PDF holds its pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedImage:
    """A picture made of pixels, as it is printed."""

    width: int
    """Pixels."""
    height: int
    resolution: int
    """Pixels per inch of paper, in the direction that has fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    """A page of a PDF as it is seen."""

    number: int
    text: str
    """As it is copied and searched, in lines."""
    overflowing: tuple[str, ...] = ()
    """Runs of text that leave the sheet, or the area of the page's text."""
    invisible: tuple[str, ...] = ()
    """Runs of text that leave no ink: empty glyphs, white on white, cut off."""
    overprinted: tuple[str, ...] = ()
    """Runs of text that lie on another one, or under a picture, or half on it."""
    images: tuple[PlacedImage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureFault:
    """A rule for the structure of PDFs that a file breaks."""

    rule: str
    """Its short name: ``unmarked``, ``heading-order``."""
    message: str
    places: tuple[str, ...] = ()
    """Pages, or names of fonts and files."""

    def __str__(self) -> str:
        places = ", ".join(self.places[:SHOWN_PLACES])
        more = " …" if len(self.places) > SHOWN_PLACES else ""
        return f"{self.message}: {places}{more}" if places else self.message


SHOWN_PLACES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """A finished file as a reader's programs see it."""

    kind: str
    """``pdf`` or ``html``."""
    lang: str | None
    title: str
    created: str = ""
    """The day, as ``2023-07-10``; empty if the file does not say."""
    pages: tuple[str, ...]
    """The text of each page; of a web page, one."""
    links: frozenset[str] = frozenset()
    """Targets outside the file."""
    pictures: tuple[PublishedPicture, ...] = ()
    is_marked_as_draft: bool = False
    """Whether a web page carries the mark of a draft; a PDF says it in its text."""

    generated: tuple[str, ...] = ()
    """Texts that the style sheets of a web page add, on screen or on paper."""

    # ------------------------------------------------------------ of a PDF only

    families: frozenset[str] = frozenset()
    """Names of the embedded fonts without their subset tags: ``Noto-Serif-CJK-SC-Bold``."""
    missing_glyphs: int = 0
    """How many characters are drawn as the font's sign for “no such character”."""
    bookmarks: tuple[str, ...] = ()
    """What its outline lists."""
    sheets: tuple[PrintedPage, ...] = ()
    """Its pages as they are seen."""
    structure_faults: tuple[StructureFault, ...] = ()
    """What PDF/UA, and of archive editions PDF/A, ask for and the file lacks."""
    hygiene_faults: tuple[StructureFault, ...] = ()
    """What it holds besides pages: programs, files, addresses of forbidden kinds."""
