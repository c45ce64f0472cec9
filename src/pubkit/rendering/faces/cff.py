"""The charset of a CFF face: which number (CID) each of its glyphs has.

WeasyPrint writes the places of glyphs into a PDF as if they were their numbers. In a face with
other numbers MuPDF looks for glyphs by these, and shows wrong ones; Poppler and PDFium do not.

Source:
    Adobe Technical Note 5176, "The Compact Font Format Specification", 4 "DICT Data",
    5 "INDEX Data", 13 "Charsets", 18 "CID-keyed Fonts"; ISO 32000-2, 9.7.4.2.
"""

import mmap
import struct
from collections.abc import Iterator

from pubkit.values import dataclass

Font = bytes | mmap.mmap
_CHARSET, _CHARSTRINGS, _ROS = (15,), (17,), (12, 30)
"""Operators of a DICT, in bytes."""
_LAST_OPERATOR = 21
_PREDEFINED = 2
"""Up to this one, an offset stands for a charset that everybody knows."""
_RANGES = {0: struct.Struct(">H"), 1: struct.Struct(">HB"), 2: struct.Struct(">HH")}
"""Parts of a charset by its format: a number, and how many follow it."""


class CffError(ValueError):
    """A face is not what its tables say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Charset:
    """Where a CID-keyed face has its numbers."""

    table: Font

    start: int
    """Where in the table it begins."""
    glyphs: int


def has_identity_charset(font: Font, *, index: int = 0) -> bool:
    """Tell whether the number of each glyph is its place; a face without numbers has no others.

    Args:
        font: The file.
        index: The number of the face in a collection.

    Raises:
        CffError: The face is damaged.
    """
    try:
        charset = _find_charset(font, index)
        return charset is None or all(first == place for place, first in _runs(charset))
    except (struct.error, IndexError, KeyError, ValueError, OverflowError):
        raise CffError from None


def _find_charset(font: Font, index: int) -> _Charset | None:
    """Find the charset of a CID-keyed face; other faces have none."""
    record = next((r for r in _records(font, index) if bytes(font[r : r + 4]) == b"CFF "), None)
    if record is None:
        return None
    start, size = struct.unpack_from(">II", font, record + 8)
    table = font[start : start + size]
    names = _index(table, table[2])
    first, end = _index(table, names[-1])[:2]
    facts = dict(_dict(table[first:end]))
    offset = facts[_CHARSET][-1] if _CHARSET in facts else 0
    if _ROS not in facts or offset <= _PREDEFINED:
        return None
    (glyphs,) = struct.unpack_from(">H", table, facts[_CHARSTRINGS][-1])
    return _Charset(table=table, start=offset, glyphs=glyphs)


def _runs(charset: _Charset) -> Iterator[tuple[int, int]]:
    """Yield the places at which a part of the charset begins, each with the number it has there."""
    part, start, place = _RANGES[charset.table[charset.start]], charset.start + 1, 1
    while place < charset.glyphs:
        number, *following = part.unpack_from(charset.table, start)
        yield place, number
        start, place = start + part.size, place + 1 + sum(following)


def _records(font: Font, index: int) -> range:
    """Return where the directory of a face speaks of its tables."""
    is_collection = bytes(font[:4]) == b"ttcf"
    start = struct.unpack_from(">I", font, 12 + 4 * index)[0] if is_collection else 0
    (number,) = struct.unpack_from(">H", font, start + 4)
    return range(start + 12, start + 12 + 16 * number, 16)


def _index(table: Font, start: int) -> list[int]:
    """Return where the objects of an INDEX begin, and the end of the last."""
    (number,) = struct.unpack_from(">H", table, start)
    if not number:
        return [start + 2]
    size, first = table[start + 2], start + 3
    data = first + (number + 1) * size - 1
    places = range(first, data + 1, size)
    return [data + int.from_bytes(table[place : place + size], "big") for place in places]


def _dict(data: Font) -> Iterator[tuple[tuple[int, ...], list[int]]]:
    """Yield the operators of a DICT with their operands."""
    place, operands = 0, list[int]()
    while place < len(data):
        if data[place] > _LAST_OPERATOR:
            operand, place = _operand(data, place)
            operands.append(operand)
            continue
        end = place + (2 if data[place] == _ROS[0] else 1)
        yield tuple(data[place:end]), operands
        place, operands = end, []


def _operand(data: Font, place: int) -> tuple[int, int]:
    """Read a number, and where it ends; a real one counts as nothing, for it is no offset."""
    code = data[place]
    match code:
        case 28:
            return struct.unpack_from(">h", data, place + 1)[0], place + 3
        case 29:
            return struct.unpack_from(">i", data, place + 1)[0], place + 5
        case 30:
            end = place + 1
            while 0xF not in divmod(data[end], 16):
                end += 1
            return 0, end + 1
        case _ if code <= 246:
            return code - 139, place + 1
        case _ if code <= 250:
            return (code - 247) * 256 + data[place + 1] + 108, place + 2
        case _:
            return -(code - 251) * 256 - data[place + 1] - 108, place + 2
