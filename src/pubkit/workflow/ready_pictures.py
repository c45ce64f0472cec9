"""Large pictures are made ready for paper once, and kept for all editions that show them.

Each is converted by a child that is given this picture alone, and what the child says is kept under
the digest of the file: whatever a picture does to the child, it reaches no other picture. A small
picture is converted faster than a child is forked; the edition does it by itself, with the same
result.
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

from pubkit.caches import cache_folder, keep, read_kept
from pubkit.config.limits import Limits
from pubkit.formats.below import NotBelowError, TooLargeError, read_below
from pubkit.formats.markdown import document_pictures
from pubkit.jail import Bounds, Cell, Ended, run_jailed
from pubkit.model import Document
from pubkit.rendering.pictures import DAMAGE, load_formats
from pubkit.rendering.places import places_to_read
from pubkit.rendering.printed_pictures import KIND, WIDTHS, Ready, picture_key, printed_picture

LARGE = 1_000_000
"""Bytes; from here on it is worth a process to keep what was made."""


def ready_pictures(document: Document, source: Path, limits: Limits) -> Ready:
    """Return what is made of a document's large pictures, by digest and width.

    Without a folder to keep it in nothing is made. A picture that has a fault, or that takes its
    child down, is left to the edition, which says so.
    """
    ready: dict[tuple[str, int], bytes] = {}
    if cache_folder(KIND) is not None:
        for data in _large_pictures(document, source, limits):
            digest = sha256(data).hexdigest()
            known = _kept(digest) or _made(digest, data, limits)
            ready |= {(digest, width): made for width, made in zip(WIDTHS, known, strict=False)}
    return ready


def _large_pictures(document: Document, source: Path, limits: Limits) -> Iterator[bytes]:
    for path in dict.fromkeys(picture.path for picture in document_pictures(document)):
        if not path.lower().endswith(".svg"):
            with suppress(NotBelowError, TooLargeError, OSError):
                data = read_below(source, path, most=limits.picture_bytes)
                if len(data) > LARGE:
                    yield data


def _kept(digest: str) -> list[bytes]:
    """Return a picture in each width, or nothing unless all are kept; it may stay as it is."""
    found = [read_kept(KIND, picture_key(digest, width)) for width in WIDTHS]
    known = [data for data in found if data is not None]
    return known if len(known) == len(found) else []


def _made(digest: str, data: bytes, limits: Limits) -> list[bytes]:
    bounds = Bounds(
        seconds=limits.seconds, memory_bytes=limits.memory_bytes, readable=places_to_read()
    )
    load_formats()
    try:
        made = run_jailed(partial(_convert, data), bounds)
    except Ended:
        return []
    if len(made) != len(WIDTHS):
        return []
    for width, picture in zip(WIDTHS, made, strict=True):
        keep(KIND, picture_key(digest, width), picture)
    return list(made)


def _convert(data: bytes, _cell: Cell) -> Iterator[bytes]:
    """Yield a picture in each width, an empty one if it stays as it is; none if it is damaged."""
    with suppress(*DAMAGE):
        yield from [printed_picture(data, width=width) or b"" for width in WIDTHS]
