"""From bytes to text: UTF-8 or a refusal that says how to mend the file."""

import codecs
import shlex

from pubkit.config.limits import Limits, raised
from pubkit.errors import CatalogError, Location
from pubkit.messages import gettext as _
from pubkit.values import dataclass


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
    if encoding := wide_encoding(data):
        raise CatalogError(
            _("The file is saved as {encoding}.").format(encoding=encoding[:6].upper()),
            location=Location(path),
            remedy=_("Convert it: {command}").format(
                command=conversion_command(path, encoding=encoding)
            ),
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


def wide_encoding(data: bytes) -> str | None:
    """Return which kind of UTF-16 or UTF-32 a file is saved in, if it is."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data[:4].count(0) == 3 and (data[0] or data[3]):
        return "utf-32-le" if data[0] else "utf-32-be"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if data[:2].count(0) == 1:
        return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    return None


def is_utf8(data: bytes) -> bool:
    """Whether a file is text in UTF-8; that of another encoding is so by a rare accident."""
    if wide_encoding(data):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def damage(data: bytes, path: str) -> CatalogError | None:
    """Return the error for a file that is UTF-8 but for a few damaged characters, if it is one."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return _damaged(data, error.start, path) if _is_mostly_utf8(data) else None
    return None


def conversion_command(path: str, *, encoding: str | None = None) -> str:
    """Return the command that shows a file as it would be in UTF-8."""
    command = f"pubkit convert {shlex.quote(path)}"
    return f"{command} --from {encoding}" if encoding else command


def _undecodable(data: bytes, offset: int, path: str) -> CatalogError:
    if _was_utf8(data, offset) or _is_mostly_utf8(data):
        return _damaged(data, offset, path)
    if _is_chinese(data):
        message = _("The file is not UTF-8; it seems to be saved as GBK, GB 18030 or Big5.")
    else:
        message = _("The byte {byte} is not UTF-8.").format(byte=f"0x{data[offset]:02X}")
    remedy = _("See its text in each encoding that fits, and choose one: {command}")
    command = conversion_command(path)
    return CatalogError(
        message, location=_place(data, offset, path), remedy=remedy.format(command=command)
    )


def _damaged(data: bytes, offset: int, path: str) -> CatalogError:
    return CatalogError(
        _("The byte {byte} is not UTF-8, unlike the text around it.").format(
            byte=f"0x{data[offset]:02X}"
        ),
        location=_place(data, offset, path),
        remedy=_("Type the damaged text anew; an older copy may lie in .pubkit/backup/."),
    )


def _place(data: bytes, offset: int, path: str) -> Location:
    line_start = data.rfind(b"\n", 0, offset) + 1
    column = len(data[line_start:offset].decode()) + 1
    return Location(path, data.count(b"\n", 0, offset) + 1, column)


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether characters of several bytes are ten times as many as bytes that are not UTF-8.

    In texts of other encodings it is the other way round.
    """
    text = data.decode(errors="surrogateescape")
    damaged = sum("\udc80" <= character <= "\udcff" for character in text)
    return sum(not character.isascii() for character in text) > 11 * damaged


def _was_utf8(data: bytes, offset: int) -> bool:
    """Whether the file is damaged UTF-8: three bytes that are UTF-8 by accident are rare."""
    return max(data[:offset].decode(), default="") >= "\u0800"


def _is_chinese(data: bytes) -> bool:
    """Whether the file looks like Chinese text in another charset."""
    try:
        text = data.decode("gb18030")  # which decodes most of Big5, too
    except UnicodeDecodeError:
        return False
    # Some Latin-1 text is valid as well, but rare characters and symbols prevail in it.
    foreign = [character for character in text if not character.isascii()]
    return sum("\u4e00" <= character <= "\u9fff" for character in foreign) * 2 > len(foreign)
