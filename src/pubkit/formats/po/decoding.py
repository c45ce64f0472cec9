"""From bytes to text: UTF-8 or a refusal that says how to mend the file."""

import codecs
from dataclasses import dataclass

from pubkit.config.limits import Limits, raised
from pubkit.errors import CatalogError, Location
from pubkit.messages import gettext as _


@dataclass(frozen=True, slots=True)
class PoText:
    """The text of one file, which knows the line and column of each of its characters."""

    text: str
    path: str
    limits: Limits

    def fault(self, offset: int, message: str, remedy: str) -> CatalogError:
        """Return the error to raise for a fault at this character."""
        line = self.text.count("\n", 0, offset) + 1
        column = offset - self.text.rfind("\n", 0, offset)
        return CatalogError(message, location=Location(self.path, line, column), remedy=remedy)

    def fault_on_line(self, line: int, message: str, remedy: str) -> CatalogError:
        """Return the error to raise for a fault of the entry on this line."""
        return CatalogError(message, location=Location(self.path, line, 1), remedy=remedy)


def decode(data: bytes, path: str, *, limits: Limits) -> PoText:
    """Decode a whole file, dropping one byte order mark.

    Raises:
        CatalogError: The file is too large or is not UTF-8.
    """
    check_size(len(data), path, limits=limits)
    if _looks_like_utf16(data):
        raise CatalogError(
            _("The file is saved as UTF-16."), location=Location(path), remedy=_save_as_utf8()
        )
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return PoText(data.decode(), path, limits)
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, path) from None


def check_size(size: int, path: str, *, limits: Limits) -> None:
    """Refuse a file that is too large, before it is read.

    Raises:
        CatalogError: It has more than the limit.
    """
    if size > limits.catalog_bytes:
        raise CatalogError(
            _("The file has {size} bytes; {limit} are allowed.").format(
                size=size, limit=limits.catalog_bytes
            ),
            location=Location(path),
            remedy=raised(
                _("Split the document into several, each with its own catalog."), "catalog_bytes"
            ),
        )


def _looks_like_utf16(data: bytes) -> bool:
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or data[:2].count(0) == 1


def _undecodable(data: bytes, offset: int, path: str) -> CatalogError:
    line_start = data.rfind(b"\n", 0, offset) + 1
    column = len(data[line_start:offset].decode()) + 1
    location = Location(path, data.count(b"\n", 0, offset) + 1, column)
    if _is_chinese(data, offset):
        message = _("The file is not UTF-8; it seems to be saved as GBK, GB 18030 or Big5.")
    else:
        message = _("The byte {byte} is not UTF-8.").format(byte=f"0x{data[offset]:02X}")
    return CatalogError(message, location=location, remedy=_save_as_utf8())


def _is_chinese(data: bytes, offset: int) -> bool:
    """Whether the file looks like Chinese text in another charset, not like damaged UTF-8."""
    # Three bytes that are UTF-8 by accident are rare: such a file was UTF-8.
    if max(data[:offset].decode(), default="") >= "\u0800":
        return False
    try:
        text = data.decode("gb18030")  # which decodes most of Big5, too
    except UnicodeDecodeError:
        return False
    # Some Latin-1 text is valid as well, but rare characters and symbols prevail in it.
    foreign = [character for character in text if not character.isascii()]
    return sum("\u4e00" <= character <= "\u9fff" for character in foreign) * 2 > len(foreign)


def _save_as_utf8() -> str:
    return _("Open it in Poedit or an editor, save it as UTF-8 and compare the text.")
