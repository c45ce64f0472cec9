"""Which reader reads a file; a file that is not what its name says is told apart."""

from pathlib import PurePath

from pubkit.errors import Location, SourceError
from pubkit.formats.manuscripts.model import Manuscript
from pubkit.formats.manuscripts.open_document import read_odt
from pubkit.formats.manuscripts.plain_text import read_plain_text
from pubkit.formats.manuscripts.web_page import Nearby, read_html
from pubkit.formats.manuscripts.word import read_docx
from pubkit.messages import gettext as _

SUFFIXES = (".docx", ".odt", ".html", ".htm", ".txt")
OLD = {
    ".doc": "docx",
    ".rtf": "docx",
    ".wps": "docx",
    ".pages": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".pdf": "docx",
    ".fodt": "odt",
    ".ott": "odt",
    ".sxw": "odt",
    ".mht": "html",
    ".md": "txt",
}
"""Kinds of files that are not read, and as what a program can save them."""


def read_manuscript(
    data: bytes, *, path: str, nearby: Nearby, encoding: str | None = None
) -> Manuscript:
    """Read a document by the ending of its name.

    Args:
        data: The file.
        path: Its name.
        nearby: Gives the pictures that lie beside a page of the web.
        encoding: That of a text file, if it is not UTF-8.

    Raises:
        SourceError: It is damaged, encrypted, hostile, or not what its name says.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise SourceError(
            _("A {suffix} file is no document that can be imported").format(suffix=suffix or "?"),
            location=Location(path),
            remedy=_("Save it as .{suffix} and import that").format(suffix=OLD.get(suffix, "docx")),
        )
    verify_kind(data, suffix, path)
    try:
        return _read(data, suffix, path, nearby, encoding)
    except SourceError as error:
        error.location = error.location or Location(path)
        raise


def _read(data: bytes, suffix: str, path: str, nearby: Nearby, encoding: str | None) -> Manuscript:
    if suffix == ".docx":
        return read_docx(data, path=path)
    if suffix in (".html", ".htm"):
        return read_html(data, path=path, nearby=nearby, encoding=encoding)
    if suffix == ".odt":
        return read_odt(data, path=path)
    return read_plain_text(data, path=path, encoding=encoding)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BEGINNINGS = {
    OLE: "doc",
    b"%PDF": "pdf",
    b"{\\rtf": "rtf",
    b"PK\x03\x04": "zip",
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpg",
    b"\x1f\x8b": "gz",
}
"""How files begin, whatever their names say."""
ZIPPED = (".docx", ".odt")


def verify_kind(data: bytes, suffix: str, path: str) -> None:
    """Refuse a file that is not what its name says.

    Raises:
        SourceError: It is empty, or begins like a file of another kind.
    """
    if not data.strip():
        raise SourceError(
            _("The file is empty"),
            location=Location(path),
            remedy=_("Look whether it was copied whole"),
        )
    kind = next((name for start, name in BEGINNINGS.items() if data.startswith(start)), "")
    if kind == "doc" and suffix in ZIPPED:
        raise SourceError(
            _("The file is protected by a password, or an old document of Word (.doc)"),
            location=Location(path),
            remedy=_("Open it in Word or LibreOffice and save it as .docx without a password"),
        )
    if (kind == "zip") != (suffix in ZIPPED) or kind not in ("", "zip"):
        raise SourceError(
            _("The file is no {suffix} file, whatever its name says").format(suffix=suffix),
            location=Location(path),
            remedy=_("Open it in the program that made it, and save it as {suffix}").format(
                suffix=suffix
            ),
        )
