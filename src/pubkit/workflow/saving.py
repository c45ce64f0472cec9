"""How commands save catalogs: nobody's work is overwritten, whoever saves at the same time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pubkit.config.limits import DEFAULT_LIMITS, Limits
from pubkit.errors import CatalogError, Location, StaleCatalogError
from pubkit.formats.concurrency import settling
from pubkit.formats.creation import create_files
from pubkit.formats.files import explained, locked_folder, real_path
from pubkit.formats.po import read_catalog, write_catalog
from pubkit.formats.po.saving import proved_bytes
from pubkit.messages import gettext as _
from pubkit.model import Catalog
from pubkit.values import dataclass

Change = Callable[[Catalog | None], Catalog]
"""From the catalog as it is on the disk, if there is one, to the catalog as it shall be.

It may be called more than once: each time that somebody else has saved the file meanwhile.
"""

ATTEMPTS = 20
"""A person saves once in some seconds; more than this is a program gone wild."""


def update_catalog_file(
    path: Path,
    change: Change,
    *,
    backup: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> bool:
    """Read a catalog, change it and save it; again, if somebody else has saved it meanwhile.

    Args:
        path: The file; it need not exist.
        change: What to do.
        backup: The folder in which replaced bytes are kept.
        limits: How much is refused.

    Returns:
        Whether the file was written.

    Raises:
        CatalogError: The file is malformed, cannot be written, or is saved again and again.
    """
    return plan_update(path, change, backup=backup, limits=limits).save()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedUpdate:
    """A change of a catalog that has been computed and waits for being saved."""

    path: Path
    change: Change
    catalog: Catalog
    """The result for the file as it was when the update was planned."""
    backup: Path | None
    limits: Limits

    def save(self) -> bool:
        """Save the catalog; returns whether the file had to be written.

        Raises:
            CatalogError: The file cannot be written, or is saved again and again.
        """
        catalog = self.catalog
        with explained(self.path, CatalogError), locked_folder(real_path(self.path).parent):
            for _attempt in range(ATTEMPTS - 1):
                try:
                    return self._write(catalog)
                except StaleCatalogError:
                    catalog = self.change(read_saved(self.path, self.limits))
            return self._write(catalog)

    def _write(self, catalog: Catalog) -> bool:
        return write_catalog(catalog, self.path, backup=self.backup, limits=self.limits)


TOGETHER = 300
"""So many files are written together: enough to spare waiting, few enough to see it go on."""
FEW = 8
"""Fewer new files are written one by one, whatever else waits for the disk meanwhile."""


def save_all(updates: Iterable[PlannedUpdate]) -> Iterator[bool]:
    """Save updates in their order, and tell of each whether its file had to be written.

    Files that are not there yet are written together, so that the disk is waited for once.

    Raises:
        CatalogError: A file cannot be written, or is saved again and again.
    """
    waiting = list(updates)
    for start in range(0, len(waiting), TOGETHER):
        batch = waiting[start : start + TOGETHER]
        created = _create([update for update in batch if update.catalog.digest is None])
        for update in batch:
            yield update.path in created or update.save()


def _create(updates: Sequence[PlannedUpdate]) -> set[Path]:
    if len(updates) < FEW:
        return set()
    files = {
        update.path: proved_bytes(update.catalog, update.path, limits=update.limits)
        for update in updates
    }
    return create_files(files, error=CatalogError)


def plan_update(
    path: Path, change: Change, *, backup: Path | None, limits: Limits
) -> PlannedUpdate:
    """Compute a change of a catalog without saving it: several are computed before any is saved.

    Raises:
        CatalogError: The file is malformed.
    """
    catalog = change(read_saved(path, limits))
    return PlannedUpdate(path=path, change=change, catalog=catalog, backup=backup, limits=limits)


def read_saved(path: Path, limits: Limits) -> Catalog | None:
    """Read a catalog or template, if there is one; again, if it seems to be half written.

    A catalog that was cut off must not be taken for a new one, nor its translations for missing.

    Raises:
        CatalogError: It is malformed or empty, and stays so.
    """
    catalog, refusal = None, None
    for _time in settling(path) if path.exists() else ():
        try:
            catalog, refusal = read_catalog(path, limits=limits), None
        except CatalogError as error:
            refusal = error
        else:
            if catalog.header or catalog.entries:
                return catalog
    if refusal:
        raise refusal
    if catalog and path.suffix != ".pot":  # a template is made anew of its source
        raise _empty(path)
    return catalog


def _empty(path: Path) -> CatalogError:
    return CatalogError(
        _("The catalog is empty; it may have been cut off while it was saved."),
        location=Location(path.as_posix()),
        remedy=_("Restore it from .pubkit/backup/, or remove the file to begin anew."),
    )
