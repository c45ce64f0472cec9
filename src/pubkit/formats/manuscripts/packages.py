"""The packages of word processors: a zip whose parts are XML and pictures, read with bounds.

Parts are read into memory under their names and written nowhere, so no name can lead out of a
folder. What a package says of the size of its parts is held against it.
"""

import io
import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping

from pubkit.errors import CatalogError, Location, SourceError
from pubkit.formats.xml import Element, parse_xml
from pubkit.messages import gettext as _
from pubkit.values import dataclass

MOST_PARTS = 10_000
LARGEST_PART = 60_000_000
LARGEST_WHOLE = 400_000_000
"""Bytes, unpacked: what no report has, and what a bomb of a few kilobytes has at once."""


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a package by name."""

    path: str
    """How errors name the file."""
    parts: Mapping[str, bytes]

    def xml(self, name: str, root: str) -> Element | None:
        """Read a part that is XML, if there is one.

        Raises:
            SourceError: It is damaged, or refers to something outside.
        """
        data = self.parts.get(name)
        if data is None:
            return None
        try:
            return parse_xml(data, path=f"{self.path}/{name}", root=root)
        except CatalogError as error:
            raise SourceError(error.message, location=error.location, remedy=save_anew()) from None

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to: by identifier the kind, and the part or address."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"), "Relationships")
        if root is None:
            return {}
        return {
            str(relation.get("Id")): (
                str(relation.get("Type", "")).rpartition("/")[2],
                _target(relation, folder),
            )
            for relation in root
        }


def _target(relation: Element, folder: str) -> str:
    target = str(relation.get("Target", ""))
    if relation.get("TargetMode") == "External":
        return target
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def save_anew() -> str:
    """Return the remedy for a file that is damaged."""
    return _("Open it in the program that made it, save it anew, and import that")


def open_package(data: bytes, *, path: str) -> Package:
    """Unpack a package.

    Raises:
        SourceError: It is damaged, encrypted, or unpacks to more than a report can have.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return Package(path, dict(_parts(archive, path)))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise _wrong(path, _("The file is damaged"), save_anew()) from None
    except RuntimeError:
        raise encrypted(path) from None


def _parts(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[str, bytes]]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    _verify_sizes(members, path)
    for member in members:
        if member.flag_bits & 1:
            raise encrypted(path)
        yield member.filename, archive.read(member)


def _verify_sizes(members: list[zipfile.ZipInfo], path: str) -> None:
    names = Counter(member.filename for member in members)
    if any(number > 1 for number in names.values()):
        raise _wrong(path, _("The file has two parts of the same name"), save_anew())
    is_bomb = any(member.file_size > LARGEST_PART for member in members)
    whole = sum(member.file_size for member in members)
    if is_bomb or whole > LARGEST_WHOLE or len(members) > MOST_PARTS:
        raise _wrong(
            path,
            _("The file unpacks to more than a report can have"),
            _("Make its pictures smaller, or divide it"),
        )


def encrypted(path: str) -> SourceError:
    """Return the error for a file that is protected by a password."""
    return _wrong(
        path,
        _("The file is protected by a password"),
        _("Save it without a password, and import that"),
    )


def _wrong(path: str, message: str, remedy: str) -> SourceError:
    return SourceError(message, location=Location(path), remedy=remedy)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()
