"""Catalogs on the disk: what is saved is whole, reads back, and overwrites nobody's work."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from pubkit.config.limits import DEFAULT_LIMITS, Limits
from pubkit.errors import CatalogError, Location, StaleCatalogError
from pubkit.formats.backups import keep_copy
from pubkit.formats.concurrency import clear_leftovers, read_settled, replace_expected
from pubkit.formats.files import explained, locked_folder, real_path
from pubkit.formats.po.decoding import check_size
from pubkit.formats.po.proofreading import find_misreading
from pubkit.formats.po.reader import parse_catalog
from pubkit.formats.po.writer import cut_into_pieces, join_pieces
from pubkit.messages import gettext as _
from pubkit.model import Catalog


def read_catalog(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Catalog:
    """Read a .po or .pot file as GNU msgfmt reads it, or refuse it.

    Raises:
        CatalogError: It is missing, unreadable or malformed; the error says what to do.
    """
    data = read_bytes(path, limits)
    catalog = parse_catalog(data, path=path.as_posix(), limits=limits)
    return replace(catalog, digest=_digest(data))


def write_catalog(
    catalog: Catalog, path: Path, *, backup: Path | None = None, limits: Limits = DEFAULT_LIMITS
) -> bool:
    """Save a catalog unless somebody else has saved the file since it was read.

    A crash or a full disk leaves the old file. To save again, read the file again first.

    Args:
        catalog: As ``read_catalog`` gave it, with other entries; or a new one.
        path: The file to save it in; it need not be the one that was read if it does not exist.
        backup: The folder in which the replaced bytes are kept.
        limits: How much is refused.

    Returns:
        Whether the file was written; it is left alone if it holds the same bytes already.

    Raises:
        StaleCatalogError: The file has changed since it was read.
        CatalogError: It cannot be written, or would not read back.
    """
    data = proved_bytes(catalog, path, limits=limits)
    target = real_path(path)
    keep = partial(keep_copy, target=target, folder=backup) if backup else _let_go
    with explained(path, CatalogError), locked_folder(target.parent):
        clear_leftovers(target, keep)
        present = _content(target)
        if present == data:
            return False
        _check_unchanged(present, catalog, path)
        if present is not None:
            keep(present)
        if not replace_expected(target, data, present, keep):
            raise _stale(path, _("The file has changed since it was read."))
    return True


def remove_catalog(catalog: Catalog, path: Path, *, backup: Path) -> bool:
    """Remove a catalog that nobody needs; its bytes are kept in the backup folder.

    It is put aside first, so that nobody can save between the last look and the end of it.

    Args:
        catalog: As ``read_catalog`` gave it.
        path: Where it lies.
        backup: The folder in which its bytes are kept.

    Returns:
        Whether it is gone; one that somebody has saved since it was read stays.

    Raises:
        CatalogError: It cannot be removed.
    """
    target = real_path(path)
    aside = target.with_name(f".{target.name}.removed")
    with explained(path, CatalogError), locked_folder(target.parent):
        target.rename(aside)
        data = aside.read_bytes()
        keep_copy(data, target=target, folder=backup)
        is_unchanged = _digest(data) == catalog.digest
        if is_unchanged or target.exists():
            aside.unlink()
        else:
            aside.rename(target)
    return is_unchanged


def _let_go(_data: bytes) -> None:
    """Keep nothing: outside a project there is no place for backups."""


# ---------------------------------------------------------------- reading


def read_bytes(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return the content of a file, if it is one and not too large.

    Raises:
        CatalogError: It is missing, unreadable or too large; the error says what to do.
    """
    try:
        if path.exists() and not path.is_file():
            raise _unreadable(path, _("It is not a file."))
        size = path.stat().st_size
        check_size(size, path.as_posix(), limits=limits)
        return read_settled(path)
    except FileNotFoundError:
        raise _unreadable(path, _("There is no such file.")) from None
    except OSError as cause:
        raise _unreadable(path, cause.strerror or str(cause)) from cause


def _unreadable(path: Path, reason: str) -> CatalogError:
    return CatalogError(
        _("The catalog cannot be read: {reason}").format(reason=reason),
        location=Location(path.as_posix()),
        remedy=_("Check the name and the rights of the file; “pubkit extract” makes new catalogs."),
    )


def _digest(data: bytes) -> str:
    import hashlib  # which is wanted for saving alone

    return hashlib.sha256(data).hexdigest()


# ---------------------------------------------------------------- writing


def proved_bytes(catalog: Catalog, path: Path, *, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return a catalog as it is saved; what would not be read as it is meant is refused.

    Raises:
        CatalogError: It would not read back, be it by a bug or a misuse.
    """
    pieces = cut_into_pieces(catalog)
    data = join_pieces(pieces, catalog)
    # What was read already needs not be read again, unless more was allowed then.
    if _digest(data) != catalog.digest or len(data) > limits.catalog_bytes:
        misreading = find_misreading(data, pieces, catalog, path=path.as_posix(), limits=limits)
        if misreading:
            raise _unsavable(path, misreading)
    return data


def _unsavable(path: Path, reason: str) -> CatalogError:
    return CatalogError(
        _("The catalog would not be read back as it is: {reason}").format(reason=reason),
        location=Location(path.as_posix()),
        remedy=_("The file was not touched; mend this entry and save again."),
    )


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _check_unchanged(present: bytes | None, catalog: Catalog, path: Path) -> None:
    if (_digest(present) if present is not None else None) == catalog.digest:
        return
    if catalog.digest is None:
        raise _stale(path, _("The file exists already and was not read before saving."))
    if present is not None:
        raise _stale(path, _("The file has changed since it was read."))


def _stale(path: Path, message: str) -> StaleCatalogError:
    return StaleCatalogError(
        message,
        location=Location(path.as_posix()),
        remedy=_("Nothing was saved; run the command again, which reads the file anew."),
    )
