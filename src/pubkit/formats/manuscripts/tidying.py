"""The one form of a content: spaces where they mean something, each run as long as it can be."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from pubkit.formats.manuscripts.model import Content, LineBreak, Piece, Run
from pubkit.patterns import pattern

SPACES = pattern(r"[ \t\n\r\f\v]+")
"""White space that any number of means one space; a no-break space is what it is."""


def tidy(pieces: Iterable[Piece]) -> Content:
    """Return the pieces of a content in the form in which contents are compared.

    Spaces are single, are neither emphasised nor linked at the ends of a run, and neither begin
    nor end a line. Neighbours that look the same are one run.
    """
    row = _merged(_with_single_spaces(piece) for piece in pieces)
    row = _merged(part for piece in row for part in _without_outer_spaces(piece))
    return tuple(_merged(_trimmed([*row])))


def _with_single_spaces(piece: Piece) -> Piece:
    return replace(piece, text=SPACES.sub(" ", piece.text)) if isinstance(piece, Run) else piece


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for look, group in groupby(pieces, key=_look):
        if look is None:
            yield from group
            continue
        text = "".join(piece.text for piece in group if isinstance(piece, Run))
        if text:
            yield replace(look, text=SPACES.sub(" ", text))


def _look(piece: Piece) -> Run | None:
    return replace(piece, text="") if isinstance(piece, Run) else None


def _without_outer_spaces(piece: Piece) -> Iterator[Piece]:
    """Take the spaces at the ends of a run out of what makes it look different."""
    if not isinstance(piece, Run):
        yield piece
        return
    inner = piece.text.lstrip()
    yield Run(text=piece.text[: len(piece.text) - len(inner)])
    yield replace(piece, text=inner.rstrip())
    yield Run(text=inner[len(inner.rstrip()) :])


def _trimmed(row: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces without the spaces and line breaks at the ends of lines and of the row."""
    while row and _is_empty_end(row[-1]):
        row.pop()
    begins_line = True
    for number, piece in enumerate(row):
        ends_line = number + 1 == len(row) or isinstance(row[number + 1], LineBreak)
        if isinstance(piece, Run):
            text = piece.text.lstrip() if begins_line else piece.text
            piece = replace(piece, text=text.rstrip() if ends_line else text)
            begins_line = begins_line and not piece.text
            yield piece
        elif isinstance(piece, LineBreak):
            if not begins_line:
                yield piece
            begins_line = True
        else:
            begins_line = False
            yield piece


def _is_empty_end(piece: Piece) -> bool:
    return isinstance(piece, LineBreak) or (isinstance(piece, Run) and not piece.text.strip())
