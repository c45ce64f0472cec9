"""``pubkit convert``: catalogs that an editor saved in another encoding, made UTF-8."""

from functools import partial
from itertools import count
from pathlib import Path

from pubkit.config import backup_folder, find_project
from pubkit.errors import CatalogError, ConfigError, Location
from pubkit.formats.backups import keep_copy
from pubkit.formats.concurrency import replace_expected
from pubkit.formats.files import explained, locked_folder, real_path, write_bytes
from pubkit.formats.po.conversion import Conversion, conversions, convert
from pubkit.formats.po.decoding import is_utf8
from pubkit.formats.po.saving import read_bytes
from pubkit.messages import gettext as _
from pubkit.values import dataclass

AUTO = "auto"
"""Every encoding that fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A file, and how it reads in encodings that fit."""

    path: Path
    data: bytes
    """What the file holds."""
    conversions: tuple[Conversion, ...]
    """None if the file is in UTF-8 and another encoding was named."""

    @property
    def is_unneeded(self) -> bool:
        """Whether the file is in UTF-8, with a header that says so unless another was named."""
        return not self.conversions or any(
            self.data == conversion.data for conversion in self.conversions
        )


def preview(path: Path, encoding: str = AUTO) -> Preview:
    """Read a file in an encoding, or in each that fits.

    Text in UTF-8 is never read in another encoding: nearly all of it would be nonsense in GB 18030
    and in those that give each byte a meaning.

    Raises:
        CatalogError: It cannot be read, or is no catalog in this encoding.
    """
    data = read_bytes(path)
    place = path.as_posix()
    if encoding not in (AUTO, "utf-8") and not data.isascii() and is_utf8(data):
        return Preview(path=path, data=data, conversions=())
    found = (
        conversions(data, path=place)
        if encoding == AUTO
        else (convert(data, encoding, path=place),)
    )
    return Preview(path=path, data=data, conversions=found)


def save(previewed: Preview) -> Path:
    """Save a file of which one conversion was chosen; the old bytes are kept.

    Returns:
        Where the old file lies now.

    Raises:
        CatalogError: It has changed meanwhile, or cannot be written.
    """
    (chosen,) = previewed.conversions
    target = real_path(previewed.path)
    with explained(previewed.path, CatalogError), locked_folder(target.parent):
        copy = _keep(previewed.data, target)
        keep = partial(_keep, target=target)
        if replace_expected(target, chosen.data, previewed.data, keep):
            return copy
    raise CatalogError(
        _("The file has changed since it was read."),
        location=Location(previewed.path.as_posix()),
        remedy=_("Nothing was saved; run the command again, which reads the file anew."),
    )


def _keep(data: bytes, target: Path) -> Path:
    """Keep the old bytes: in a project among its backups, elsewhere beside the file."""
    try:
        root = find_project(target.parent).parent
    except ConfigError:
        return _keep_aside(data, target)
    return keep_copy(data, target=target, folder=backup_folder(root))


def _keep_aside(data: bytes, target: Path) -> Path:
    """Keep bytes in the first file that is free or holds them already: FILE.bak, FILE.bak1."""
    names = (f"{target.name}.bak{number if number else ''}" for number in count())
    copies = (target.with_name(name) for name in names)
    copy = next(path for path in copies if not path.exists() or path.read_bytes() == data)
    write_bytes(copy, data, error=CatalogError)
    return copy
