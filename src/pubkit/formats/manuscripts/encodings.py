"""Text files that do not say in which encoding they are: UTF-8, or the user says it.

Another encoding is recognised only to be asked for: what is guessed may be wrong in one name.
"""

import codecs

from pubkit.errors import Location, SourceError
from pubkit.messages import gettext as _

ENCODINGS = ("gb18030", "big5hkscs", "shift_jis", "euc_kr", "cp1252")
"""What text files of offices are in, if not in Unicode; the most frequent first."""
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
DECLARED = {
    **dict.fromkeys(("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"), None),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc_jp"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "cp1252"), "cp1252"),
    **{f"windows-{number}": f"cp{number}" for number in range(1250, 1259)},
    **{f"iso-8859-{number}": f"iso8859_{number}" for number in (*range(2, 12), *range(13, 17))},
    "iso-2022-jp": "iso2022_jp",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "macintosh": "mac_roman",
}
"""Which encoding a page is read in that declares one, as browsers do; None stands for UTF-8.

Python knows others in which letters can be hidden, such as UTF-7.

Source:
    WHATWG, Encoding Standard, 4.2 "Names and labels".
"""
PREVIEW = 24
"""Characters by which a person recognises the right encoding."""


def decode(data: bytes, *, path: str, encoding: str | None = None) -> str:
    """Return the text of a file.

    Args:
        data: Its bytes.
        path: How errors name it.
        encoding: What the user says; without it, the file must be UTF-8.

    Raises:
        SourceError: It is in another encoding; the remedy names the likely ones.
    """
    if encoding is not None:
        return _decode_as(encoding, data, path)
    marked = next((name for mark, name in MARKS.items() if data.startswith(mark)), None)
    likely = [marked] if marked else _wide(data)
    if not likely:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            likely = [name for name in ENCODINGS if _preview(data, name)]
    raise SourceError(
        _("The file is not UTF-8"),
        location=Location(path, _first_foreign_line(data)),
        remedy=_remedy(data, likely, path),
    )


def declared(name: str, *, path: str) -> str | None:
    """Return the encoding that a page declares; None for UTF-8.

    Raises:
        SourceError: No browser reads it.
    """
    try:
        return DECLARED[name.lower()]
    except KeyError:
        raise SourceError(
            _("The page says that it is in “{name}”, which is not read").format(name=name),
            location=Location(path),
            remedy=_("Save it as UTF-8, or say in which encoding it is: --encoding gb18030"),
        ) from None


def _wide(data: bytes) -> list[str]:
    """Return the encodings in which text has as many zero bytes as this."""
    if b"\0" not in data[:1000]:
        return []
    return [name for name in ("utf-16-le", "utf-16-be") if _preview(data, name)]


def _decode_as(encoding: str, data: bytes, path: str) -> str:
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            raise LookupError
        text = data.decode(encoding).removeprefix("\ufeff")
        text.encode()  # some encodings of Python have halves of characters
        return text
    except LookupError:
        raise SourceError(
            _("There is no encoding “{name}”").format(name=encoding),
            remedy=_("Name one such as: {names}").format(names=", ".join((*ENCODINGS, "utf-16"))),
        ) from None
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise SourceError(
            _("The file is not in {encoding}").format(encoding=encoding),
            location=Location(path, data.count(b"\n", 0, start) + 1),
            remedy=_remedy(data, [name for name in ENCODINGS if _preview(data, name)], path),
        ) from None


def _first_foreign_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1


def _remedy(data: bytes, likely: list[str], path: str) -> str:
    if not likely:
        return _("Save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8)")
    lines = [
        f"pubkit import {path} --encoding {name}   “{_preview(data, name)}”" for name in likely
    ]
    return _("Say which of these is right, by its text:") + "\n" + "\n".join(lines)


def _preview(data: bytes, encoding: str) -> str:
    """Return text around the first characters that tell encodings apart; empty if it is none."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text):
        return ""
    start = next((n for n, letter in enumerate(text) if not letter.isascii()), 0)
    return " ".join(text[max(0, start - 4) : start + PREVIEW].split())
