"""What a manuscript holds, whatever program wrote it; flat enough to be compared.

The inline content of a block is a row of pieces. Emphasis is a property of each run of text, not
a tree: a word of which one letter is bold is three runs.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from enum import StrEnum
from types import MappingProxyType

from pubkit.values import dataclass

# ---------------------------------------------------------------- inline content


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Text that looks the same from its first letter to its last."""

    text: str
    is_strong: bool = False
    is_emphasised: bool = False
    is_struck: bool = False
    is_code: bool = False
    link: str | None = None
    """Where a click on it leads."""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break that the author set."""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The place in a text to which a footnote belongs."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture."""

    path: str
    """Its name among the pictures of the manuscript; later, the path in the document."""
    alternative: str = ""
    """What it shows, in words."""


Piece = Run | LineBreak | NoteMark | Image
Content = tuple[Piece, ...]

# ---------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is that of the document."""

    level: int
    content: Content


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, with the name of its style where that says what it is."""

    content: Content
    style: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption."""

    image: Image
    caption: Content


@dataclass(frozen=True, slots=True)
class Quotation:
    """Paragraphs that quote."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; numbered from ``start``, or with bullets if that is None."""

    items: tuple[tuple["Block", ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; all rows are equally long, and the first holds the heads of the columns."""

    rows: tuple[tuple[Content, ...], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines that are printed as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two paragraphs."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What the author of the document has to know; it is never printed."""

    text: str


Block = Heading | Paragraph | Figure | Quotation | ListBlock | Table | Code | Rule | Remark

# ---------------------------------------------------------------- what is not taken over


class LossKind(StrEnum):
    """What a manuscript can have that a source document cannot."""

    TEXT_BOX = "text box"
    COMMENT = "comment"
    DELETION = "tracked deletion"
    INSERTION = "tracked insertion"
    FORMATTING_CHANGE = "tracked change of formatting"
    EQUATION = "equation"
    CHART = "chart"
    DIAGRAM = "diagram"
    DRAWING = "drawing"
    MERGED_CELLS = "merged cells"
    NESTED_TABLE = "nested table"
    CELL_BLOCKS = "paragraphs of a cell"
    TABLE_HEAD = "table without heads"
    HEADER = "page header"
    FOOTER = "page footer"
    EMBEDDED_OBJECT = "embedded object"
    MACRO = "macro"
    FIELD = "field"
    CONTENTS = "table of contents"
    FORM = "form"
    LINK = "link"
    CROSS_REFERENCE = "cross-reference"
    PICTURE = "picture"
    PICTURE_WORDS = "picture without words"
    CAPTION = "caption by rule"
    CAPTION_ALONE = "caption without its picture"
    STYLE = "look of a text"
    SMALL_RAISED = "superscript, subscript"
    EMPHASIS = "emphasis"
    NUMBERING = "numbering"
    LEVEL = "level of headings or lists"
    DEFINITIONS = "list of terms"
    HIDDEN_TEXT = "hidden text"
    CHARACTER = "invisible or private character"
    MEDIA = "sound or film"
    SCRIPT = "script or style sheet"
    NAVIGATION = "part of the page around the article"
    PROPERTY = "document property"
    OTHER_TEXT = "other text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something that was not taken over as it was, and where it stood."""

    kind: LossKind
    place: str = ""
    """The paragraph, by its number and first words, or the part of the file."""
    text: str = ""
    """The text that is not in the source document, whole; or what it is that was changed."""
    is_kept: bool = False
    """Whether the text itself is in the source document, in another form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A document that somebody wrote elsewhere."""

    title: str = ""
    subtitle: str = ""
    kicker: str = ""
    dateline: str = ""
    property_title: str = ""
    """The title that the properties of the file say, for a text that has none."""
    date: str = ""
    """As ``2025-03-14``; empty if nothing says it."""
    lang: str = ""
    """What the properties of the file say."""
    blocks: tuple[Block, ...] = ()
    notes: Mapping[str, tuple[Block, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """The footnotes by label, in the order of their marks."""
    pictures: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    """The picture files that the blocks name."""
    losses: tuple[Loss, ...] = ()
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Of title, date and language: what in the file said so, for the user to judge."""


# ---------------------------------------------------------------- reading the tree


def contents(blocks: tuple[Block, ...]) -> Iterator[Content]:
    """Yield the inline contents of blocks, in the order in which they are read."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.content
            case Figure():
                yield (block.image,)
                yield block.caption
            case Quotation():
                yield from contents(block.blocks)
            case ListBlock():
                for item in block.items:
                    yield from contents(item)
            case Table():
                for row in block.rows:
                    yield from row
            case Code():
                yield (Run(text=block.text, is_code=True),)
            case _:
                pass


def plain_text(content: Content) -> str:
    """Return what is read of a content: its text, a space for each line break."""
    return "".join(
        piece.text if isinstance(piece, Run) else " " * isinstance(piece, LineBreak)
        for piece in content
    )


def with_contents(
    blocks: tuple[Block, ...], change: Callable[[Content], Content]
) -> tuple[Block, ...]:
    """Return blocks whose inline contents are changed, one by one."""
    return with_leaves(blocks, lambda block: _with_contents(block, change))


def with_leaves(blocks: tuple[Block, ...], change: Callable[[Block], Block]) -> tuple[Block, ...]:
    """Return blocks in which those that have no others within are changed, one by one."""
    return tuple(_with_leaves(block, change) for block in blocks)


def _with_leaves(block: Block, change: Callable[[Block], Block]) -> Block:
    match block:
        case Quotation():
            return replace(block, blocks=with_leaves(block.blocks, change))
        case ListBlock():
            return replace(block, items=tuple(with_leaves(item, change) for item in block.items))
        case _:
            return change(block)


def _with_contents(block: Block, change: Callable[[Content], Content]) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, content=change(block.content))
        case Figure():
            return replace(block, caption=change(block.caption))
        case Table():
            return replace(block, rows=tuple(tuple(map(change, row)) for row in block.rows))
        case _:
            return block
