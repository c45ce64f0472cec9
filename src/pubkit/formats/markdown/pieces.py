"""A text of inline Markdown in pieces: runs of words, and the markup between them.

Most markup has a few common shapes, which one pattern reads as the parser would, far sooner. The
parser reads all else; it takes longer to import than most catalogs take to check.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pubkit.patterns import pattern

if TYPE_CHECKING:
    from markdown_it.token import Token


class Piece(NamedTuple):
    """A run of words, or the begin or end of markup, as the parser names it."""

    type: str
    content: str = ""
    nesting: int = 0
    tag: str = ""
    attrs: Mapping[str, str | int | float] = {}


@lru_cache(maxsize=64)
def read_pieces(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a text, read once for all who ask about it one after the other."""
    return _read_simple(text) or tuple(_parse(text))


MARKUP = pattern(
    r"[\[\]*_~`\\\n\r\0]|<(?![ \d=]|\Z)|<\d[^\s<>]*@|&(?=#|[A-Za-z][A-Za-z0-9]{0,40};)"
)
"""Without these there is nothing to parse, which is so in most texts."""

FOOTNOTE = pattern(r"\[\^([^\]\s]{1,100})\]")
"""A reference to a footnote; its label is short, so that hostile text is read in linear time."""


# ---------------------------------------------------------------- common shapes

SIGNS = r"\[\]*_~`<&\\\n\r\0"
EAST_ASIAN = "\u3001\u3002\u3008-\u3011\u4e00-\u9fff！（），：；？"
SIMPLE = pattern(
    r"(?<!\*)(?P<marks>\*\*?)"
    rf"(?:(?=[^\W_]|[{EAST_ASIAN}])"
    rf"|(?:(?<=\A\*)|(?<=\A\*\*)|(?<=[ {EAST_ASIAN}]\*)|(?<=[ {EAST_ASIAN}]\*\*))(?!\s))"
    rf"(?P<emphasised>[^{SIGNS}]+)"
    rf"(?:(?<=[^\W_{SIGNS}])(?P=marks)|(?<!\s)(?P=marks)(?=[ ,.;:){EAST_ASIAN}]|\Z)"
    rf"|(?<=[{EAST_ASIAN}])(?P=marks))(?!\*)"
    rf"|(?<!!)\[(?P<label>[^{SIGNS}^][^{SIGNS}]*)\]"
    r"\((?P<target>https?://(?:[a-z0-9]+[.-])*[a-z][a-z0-9]*(?:/[A-Za-z0-9./=#-]*)?"
    r"|mailto:[a-z0-9.-]+@[a-z0-9]+(?:[.-][a-z0-9]+)*)\)"
    r"|\[\^(?P<note>[A-Za-z0-9]{1,20})\](?![(\[:])"
)
"""Emphasis, links and notes that work wherever they stand, and have no markup within.

Emphasis is flanked as CommonMark demands, or has East Asian text beside its marks; each closes
before the next one opens, so that none can take another's asterisks. A host that ends in a number
is left to the parser: browsers read it as an address of four bytes, or refuse it.
"""


EMPHASIS = {
    marks: (Piece(f"{tag}_open", nesting=1, tag=tag), Piece(f"{tag}_close", nesting=-1, tag=tag))
    for marks, tag in (("*", "em"), ("**", "strong"))
}
LINK_END = Piece("link_close", nesting=-1, tag="a")


def _read_simple(text: str) -> tuple[Piece, ...] | None:
    """Return the pieces of a text that has common shapes alone; None of another text."""
    pieces: list[Piece] = []
    run = end = 0
    for match in SIMPLE.finditer(text):
        if MARKUP.search(text, end, match.start()):
            return None
        end = match.end()
        if not match["note"]:  # which stays a part of the run of text around it
            pieces += (Piece("text", text[run : match.start()]), *_marked(match))
            run = end
    if MARKUP.search(text, end):
        return None
    return (*pieces, Piece("text", text[run:]))


def _marked(match: re.Match[str]) -> tuple[Piece, Piece, Piece]:
    if match["target"]:
        opening = Piece("link_open", nesting=1, tag="a", attrs={"href": match["target"]})
        return opening, Piece("text", match["label"]), LINK_END
    opening, closing = EMPHASIS[match["marks"]]
    return opening, Piece("text", match["emphasised"]), closing


# ---------------------------------------------------------------- everything else


def _parse(text: str) -> Iterator[Piece]:
    from pubkit.formats.markdown.segmentation import parse_inline

    for block in parse_inline(text):
        yield from _flat(block.children or ())


def _flat(tokens: Iterable["Token"]) -> Iterator[Piece]:
    for token in tokens:
        yield Piece(token.type, token.content, token.nesting, token.tag, token.attrs)
        yield from _flat(token.children or ())
