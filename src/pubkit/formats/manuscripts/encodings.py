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


def _wide(data: bytes) -> list[str]:
    """Return the encodings in which text has as many zero bytes as this."""
    if b"\0" not in data[:1000]:
        return []
    return [name for name in ("utf-16-le", "utf-16-be") if _preview(data, name)]


def _decode_as(encoding: str, data: bytes, path: str) -> str:
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            raise LookupError
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise SourceError(
            _("There is no encoding “{name}”").format(name=encoding),
            remedy=_("Name one such as: {names}").format(names=", ".join((*ENCODINGS, "utf-16"))),
        ) from None
    except UnicodeDecodeError as error:
        raise SourceError(
            _("The file is not in {encoding}").format(encoding=encoding),
            location=Location(path, data.count(b"\n", 0, error.start) + 1),
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
