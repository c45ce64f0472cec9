"""``pubkit check FILE.po``: catalogs anywhere, without a project around them.

Neither templates nor Markdown documents are read, so that nothing heavy is imported.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import ne
from pathlib import Path

from pubkit.checks.fixing import fix_translation
from pubkit.checks.registry import CHECKS_OF_TERMS
from pubkit.checks.runner import check_catalog
from pubkit.config.limits import DEFAULT_LIMITS, Limits
from pubkit.errors import CatalogError, Location
from pubkit.formats.po import read_catalog
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Finding, Termbase
from pubkit.names.termbase import make_termbase
from pubkit.values import dataclass
from pubkit.workflow.report import EVERYTHING, Checked, Report, Selection, keep
from pubkit.workflow.saving import plan_update


def check_files(
    paths: Iterable[Path], *, names: Path | None, selection: Selection = EVERYTHING
) -> Report:
    """Check catalogs, with or without agreed names.

    Raises:
        CatalogError: A file is malformed, or a template.
        TermbaseError: The agreed names contradict themselves.
    """
    termbase = _termbase(names)
    catalogs = map(_translations, paths)
    return Report(tuple(keep(_checked(catalog, termbase), selection) for catalog in catalogs))


def _termbase(names: Path | None) -> Termbase | None:
    return make_termbase(read_catalog(names)) if names else None


def _translations(path: Path) -> Catalog:
    catalog = read_catalog(path)
    if catalog.lang is None and path.suffix == ".pot":
        raise CatalogError(
            _("This is a template: it has no translations to check"),
            location=Location(str(path)),
            remedy=_("Name a .po file"),
        )
    return catalog


def _checked(catalog: Catalog, termbase: Termbase | None) -> Checked:
    return Checked(
        path=catalog.path,
        lang=catalog.lang,
        entries=sum(1 for _entry in catalog.live_entries),
        findings=tuple(check_catalog(catalog, termbase)),
        skipped=() if termbase and termbase.terms else CHECKS_OF_TERMS,
    )


# ---------------------------------------------------------------- --fix


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file in which something was mended."""

    path: Path
    number: int
    """How many texts were changed."""


def fix_files(
    paths: Iterable[Path], *, names: Path | None, selection: Selection = EVERYTHING
) -> Iterator[Fixed]:
    """Mend catalogs anywhere; yields those that were changed.

    Raises:
        CatalogError: A file is malformed, or cannot be written.
    """
    termbase = _termbase(names)
    for path in paths:
        yield from fix_file(path, selection, partial(check_catalog, termbase=termbase))


def fix_file(
    path: Path,
    selection: Selection,
    check: Callable[[Catalog], list[Finding]],
    backup: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Fixed]:
    """Mend a catalog and write it, if that changes anything.

    Args:
        path: The file.
        selection: Which findings are mended.
        check: Tells the findings about a version of the catalog.
        backup: Where the replaced bytes are kept.
        limits: How much is refused.
    """
    number = 0

    def wanted(version: Catalog) -> list[Finding]:
        return list(filter(selection.keeps, check(version)))

    def mend(found: Catalog | None) -> Catalog:
        nonlocal number
        catalog = found or read_catalog(path, limits=limits)
        mended = fix_translation(catalog, wanted)
        number = sum(map(ne, catalog.entries, mended.entries))
        return mended

    update = plan_update(path, mend, backup=backup, limits=limits)
    if number:
        _refuse_protected(path)
        update.save()
        yield Fixed(path, number)


def _refuse_protected(path: Path) -> None:
    """Leave a file alone that nobody may write: it could be replaced all the same."""
    if not path.stat().st_mode & 0o222:
        raise CatalogError(
            _("The file is write-protected"),
            location=Location(str(path)),
            remedy=_("Make it writable, or check it without --fix"),
        )
