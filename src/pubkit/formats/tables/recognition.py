"""In which encoding a table is that does not say so: recognised where only one makes sense of it.

Excel saves plain CSV in the charset of Windows, which in China is GBK. GB18030 decodes almost any
bytes, so that it does is no evidence. What tells is whether common characters come out, or
headings that are known. Whatever more than one encoding makes sense of, a person has to decide.
"""

import codecs
from collections.abc import Callable, Mapping
from typing import NamedTuple

from pubkit.errors import CatalogError, PubkitError
from pubkit.formats.encodings import (
    ENCODINGS,
    decode_as,
    marked_encoding,
    not_utf8,
    preview,
    wide_encodings,
)
from pubkit.patterns import pattern

SAMPLE = 200_000
"""Bytes that are looked at; the whole file is decoded in what is found."""
COMMON = 0.85
"""The share of common characters in names, at least; what is misread has about half of them."""
FREQUENT = 0.6
"""The share of frequent ones; Cyrillic or Greek bytes are rare Chinese characters."""
ENOUGH = 12
"""So many characters tell encodings apart; fewer may be common in another one by chance."""
IMPLAUSIBLE = 0.5
"""With fewer common characters in any other encoding, a handful is enough."""
LEAST = 2
NAMES = {
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "shift_jis": "Shift_JIS",
    "euc_kr": "EUC-KR",
}
CountHeadings = Callable[[str], int]
"""Tells how many columns are known of a text that is a table."""


class Decoded(NamedTuple):
    """The text of a file."""

    text: str
    recognised: str = ""
    """The encoding, where neither the file nor the user says it."""


def decode_table(
    data: bytes,
    *,
    path: str,
    command: str,
    count_headings: CountHeadings,
    encoding: str | None = None,
    error: type[PubkitError] = CatalogError,
) -> Decoded:
    """Return the text of a table.

    Args:
        data: Its bytes.
        path: How errors name it.
        command: To what a remedy adds an encoding.
        count_headings: What tells a table that is decoded rightly.
        encoding: What the user says.
        error: What to raise.

    Raises:
        PubkitError: More than one encoding makes sense of it, or none.
    """
    said = encoding or marked_encoding(data)
    if said:
        return Decoded(decode_as(said, data, path=path, command=command, error=error))
    wide = wide_encodings(data)
    if not wide:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            found = recognise(data, count_headings)
        else:
            if not _may_be_chinese(data, text, count_headings):
                return Decoded(text)
            likely = ["gb18030", "utf-8"]
            raise not_utf8(data, likely, path=path, command=command, error=error)
    if wide or found is None:
        likely = wide or [name for name in ENCODINGS if preview(data, name)]
        raise not_utf8(data, likely, path=path, command=command, error=error)
    return Decoded(decode_as(found, data, path=path, command=command, error=error), NAMES[found])


def recognise(data: bytes, count_headings: CountHeadings) -> str | None:
    """Return the only encoding in which bytes are a table of names, if it is certain."""
    readings = {name: text for name in ENCODINGS if (text := _read(data, name)) is not None}
    headings = {name: count_headings(text) for name, text in readings.items()}
    most = max(headings.values(), default=0)
    best = [name for name, number in headings.items() if number == most]
    if len(best) == 1 and most and best[0] in NAMES and _share(readings[best[0]], best[0]) > 0.5:
        return best[0]
    return "gb18030" if "gb18030" in best and _is_chinese(readings) else None


def _is_chinese(readings: Mapping[str, str]) -> bool:
    """Tell whether a text makes sense in GB18030, and in nothing else."""
    text = readings["gb18030"]
    foreign = [place for place, letter in enumerate(text) if not letter.isascii()]
    frequent = sum(_is_frequent(text, place) for place in foreign)
    if len(foreign) < LEAST or frequent < FREQUENT * len(foreign):
        return False
    shares = {name: _share(reading, name) for name, reading in readings.items()}
    most = COMMON if len(foreign) >= ENOUGH else IMPLAUSIBLE
    return shares.pop("gb18030") >= COMMON and all(share < most for share in shares.values())


def _may_be_chinese(data: bytes, text: str, count_headings: CountHeadings) -> bool:
    """Tell whether a few names in GBK have bytes that are letters in UTF-8, too.

    Two bytes of UTF-8 are a letter of an alphabet; a Chinese character has three.
    """
    foreign = [letter for letter in text if not letter.isascii()]
    if not foreign or max(foreign) > LAST_OF_TWO_BYTES or data.startswith(codecs.BOM_UTF8):
        return False
    reading = _read(data, "gb18030")
    if reading is None or count_headings(text) > count_headings(reading):
        return False
    beside_letters = _BESIDE_LETTERS.search(reading)
    return beside_letters is None and _is_chinese({"gb18030": reading})


LAST_OF_TWO_BYTES = "\u07ff"
_BESIDE_LETTERS = pattern(r"[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]")


def _read(data: bytes, encoding: str) -> str | None:
    """Return the beginning of a file, up to the end of a line, if it can be in an encoding."""
    end = data.rfind(b"\n", 0, SAMPLE) + 1 if len(data) > SAMPLE else len(data)
    try:
        text = data[: end or len(data)].decode(encoding)
    except UnicodeDecodeError:
        return None
    has_controls = any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text)
    return None if has_controls else text


def _share(text: str, encoding: str) -> float:
    """Return the share of characters beyond ASCII that are common in names and headings."""
    foreign = [place for place, letter in enumerate(text) if not letter.isascii()]
    is_common = _is_accented if encoding == "cp1252" else _JUDGES[encoding]
    common = sum(is_common(text, place) for place in foreign)
    return common / len(foreign) if foreign else 0.0


def _is_accented(text: str, place: int) -> bool:
    """Tell whether a letter stands beside ASCII letters, as accented ones do."""
    beside = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return text[place].isalpha() and any(one.isascii() and one.isalpha() for one in beside)


def _leads(encoding: str, first: int, last: int) -> Callable[[str, int], bool]:
    """Return what tells whether the first of a character's two bytes is in a range."""

    def is_common(text: str, place: int) -> bool:
        letter = text[place]
        if "\uff00" <= letter < "\uff5f" or "\u3000" <= letter < "\u3020" or letter in "·•—…“”":
            return True
        try:
            code = letter.encode(encoding)
        except UnicodeEncodeError:
            return False
        return len(code) == 2 and first <= code[0] <= last

    return is_common


def _is_hangul(text: str, place: int) -> bool:
    return "\uac00" <= text[place] <= "\ud7a3"


def _is_japanese(text: str, place: int) -> bool:
    """Tell whether a character is in daily use in Japanese; half-width kana are not in names."""
    return "\u3040" <= text[place] < "\u3100" or _is_of_first_level(text, place)


_is_frequent = _leads("gb2312", 0xB0, 0xD7)
_is_of_first_level = _leads("shift_jis", 0x88, 0x98)
_JUDGES: dict[str, Callable[[str, int], bool]] = {
    "gb18030": _leads("gb2312", 0xB0, 0xF7),
    "big5hkscs": _leads("big5", 0xA4, 0xC6),
    "shift_jis": _is_japanese,
    "euc_kr": _is_hangul,
}
"""What is common: both levels of GB 2312, the first one of Big5 and of JIS X 0208."""
