"""Text files that do not say in which encoding they are: UTF-8, or the user says it.

Another encoding is recognised only to be asked for: what is guessed may be wrong in one name.
"""

import codecs

from pubkit.errors import Location, PubkitError, SourceError
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
    command = f"pubkit import {path}"
    if encoding is not None:
        return decode_as(encoding, data, path=path, command=command)
    marked = marked_encoding(data)
    likely = [marked] if marked else wide_encodings(data)
    if not likely:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            likely = [name for name in ENCODINGS if preview(data, name)]
    raise not_utf8(data, likely, path=path, command=command)


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding of which a file has the byte order mark, if it is not UTF-8."""
    return next((name for mark, name in MARKS.items() if data.startswith(mark)), None)


def not_utf8(
    data: bytes,
    likely: list[str],
    *,
    path: str,
    command: str,
    error: type[PubkitError] = SourceError,
) -> PubkitError:
    """Return the error that asks in which of these encodings a file is."""
    is_clear = "utf-8" not in likely
    return error(
        _("The file is not UTF-8")
        if is_clear
        else _("More than one encoding makes sense of the file"),
        location=Location(path, _first_foreign_line(data)),
        remedy=_remedy(data, likely, command),
    )


def wide_encodings(data: bytes) -> list[str]:
    """Return the encodings in which text has as many zero bytes as this."""
    if b"\0" not in data[:1000]:
        return []
    return [name for name in ("utf-16-le", "utf-16-be") if preview(data, name)]


def decode_as(
    encoding: str,
    data: bytes,
    *,
    path: str,
    command: str,
    error: type[PubkitError] = SourceError,
) -> str:
    """Return the text of a file that is in this encoding.

    Args:
        encoding: Its name.
        data: The bytes of the file.
        path: How errors name it.
        command: To what the remedy adds another encoding.
        error: What to raise.

    Raises:
        PubkitError: There is no such encoding, or the file is in another one.
    """
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            raise LookupError
        text = data.decode(encoding).removeprefix("\ufeff")
        text.encode()  # some encodings of Python have halves of characters
        return text
    except LookupError:
        raise error(
            _("There is no encoding “{name}”").format(name=encoding),
            remedy=_("Name one such as: {names}").format(names=", ".join((*ENCODINGS, "utf-16"))),
        ) from None
    except UnicodeError as cause:
        start = cause.start if isinstance(cause, UnicodeDecodeError) else 0
        raise error(
            _("The file is not in {encoding}").format(encoding=encoding),
            location=Location(path, data.count(b"\n", 0, start) + 1),
            remedy=_remedy(data, [name for name in ENCODINGS if preview(data, name)], command),
        ) from None


def _first_foreign_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1


def _remedy(data: bytes, likely: list[str], command: str) -> str:
    if not likely:
        return _("Save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8)")
    lines = [f"{command} --encoding {name}   “{preview(data, name)}”" for name in likely]
    return _("Say which of these is right, by its text:") + "\n" + "\n".join(lines)


def preview(data: bytes, encoding: str) -> str:
    """Return text around the first characters that tell encodings apart; empty if it is none."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text):
        return ""
    start = next((n for n, letter in enumerate(text) if not letter.isascii()), 0)
    return " ".join(text[max(0, start - 4) : start + PREVIEW].split())
