"""Which reader reads a file; a file that is not what its name says is told apart."""

from pathlib import PurePath

from pubkit.errors import Location, SourceError
from pubkit.formats.manuscripts.model import Manuscript
from pubkit.formats.manuscripts.plain_text import read_plain_text
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


def read_manuscript(data: bytes, *, path: str, encoding: str | None = None) -> Manuscript:
    """Read a document by the ending of its name.

    Args:
        data: The file.
        path: Its name.
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
    return read_plain_text(data, path=path, encoding=encoding)


def verify_kind(data: bytes, suffix: str, path: str) -> None:
    """Refuse a file whose bytes begin like those of another kind."""
