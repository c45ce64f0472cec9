"""The language between child and parent: bytes with their length, and nothing that can act.

A frame is a letter, eight digits of length in bytes, and so many bytes. The parent believes
nothing: what is too long, unknown or broken is an end of the child like any other.
"""

import json
import os
import struct
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from pubkit.errors import (
    CatalogError,
    ConfigError,
    Location,
    PubkitError,
    RenderingError,
    SourceError,
    TermbaseError,
)
from pubkit.patterns import pattern

HEAD = struct.Struct(">cQ")


class Kind(Enum):
    """What a frame is."""

    PART = b"p"
    """A part of the result."""
    REFUSAL = b"r"
    """An error that the user can mend, as JSON."""
    FAULT = b"f"
    """Why the child could not go on: a word, and the story of it."""
    DONE = b"d"
    """Nothing is missing."""


class BrokenFrameError(Exception):
    """The bytes are no frames."""


def send(pipe: int, kind: Kind, data: bytes) -> None:
    """Write a frame, whole."""
    rest = memoryview(HEAD.pack(kind.value, len(data)) + data)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def read_frames(data: bytes) -> Iterator[tuple[Kind, bytes]]:
    """Yield the frames that a child has sent.

    Raises:
        BrokenFrameError: Something else was sent.
    """
    start = 0
    while start < len(data):
        try:
            letter, size = HEAD.unpack_from(data, start)
            kind = Kind(letter)
        except (struct.error, ValueError):
            raise BrokenFrameError from None
        start += HEAD.size
        if size > len(data) - start:
            raise BrokenFrameError
        yield kind, data[start : start + size]
        start += size


# ---------------------------------------------------------------- errors

ERRORS: Mapping[str, type[PubkitError]] = {
    kind.__name__: kind
    for kind in (CatalogError, ConfigError, RenderingError, SourceError, TermbaseError)
}
LONGEST = 10_000
"""Characters of a text that a child may say."""
UNPRINTABLE = pattern("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""A terminal obeys some characters; a child shall have no word in it."""


def write_error(error: PubkitError) -> bytes:
    """Return an error as JSON."""
    place = error.location
    return json.dumps(
        {
            "error": type(error).__name__,
            "message": error.message,
            "remedy": error.remedy,
            "place": [place.path, place.line, place.column] if place else None,
        }
    ).encode()


def read_error(data: bytes) -> PubkitError:
    """Return the error that a child has sent.

    Raises:
        BrokenFrameError: It is none.
    """
    try:
        said = json.loads(data)
        kind = ERRORS.get(said["error"], RenderingError)
        place = said["place"]
        return kind(
            printable(said["message"]),
            location=_location(place) if place else None,
            remedy=printable(said["remedy"]) if said["remedy"] else None,
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        raise BrokenFrameError from None


def _location(place: Sequence[object]) -> Location:
    path, line, column = place
    numbers = [number if isinstance(number, int) else None for number in (line, column)]
    return Location(printable(str(path)), *numbers)


def printable(text: object) -> str:
    """Return a text that can be shown to people."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", str(text)[:LONGEST])
