"""The pictures that a document shows."""

from collections.abc import Iterator

from markdown_it.token import Token

from pubkit.errors import Location
from pubkit.formats.markdown.segmentation import parse_body
from pubkit.formats.markdown.structure import picture_path
from pubkit.model import Document
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file as a document names it."""

    path: str
    """Relative to the document, POSIX style."""
    location: Location


def document_pictures(document: Document) -> tuple[Picture, ...]:
    """Return the pictures of a document in order, each once."""
    tokens, _env = parse_body(document)
    found: dict[str, Picture] = {}
    for path, place in _pictures(tokens, document):
        found.setdefault(path, Picture(path, place))
    return tuple(found.values())


def _pictures(tokens: list[Token], document: Document) -> Iterator[tuple[str, Location]]:
    for token in tokens:
        place = Location(document.path, document.body_line + (token.map or [0])[0])
        if token.type == "figure_open":
            yield token.meta["picture"], place
        for child in token.children or ():
            if child.type == "image":
                yield picture_path(child), place
