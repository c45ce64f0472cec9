"""``pubkit check --fix``: mend what is safe to mend, in the translators' files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pubkit.checks.fixing import fix_translation
from pubkit.checks.runner import check_catalog
from pubkit.errors import CatalogError, Location
from pubkit.formats.po import read_catalog, write_catalog
from pubkit.localize import same_language
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Finding
from pubkit.names.termbase import make_termbase
from pubkit.workflow.check import EVERYTHING, Selection
from pubkit.workflow.project import Project


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
    termbase = make_termbase(read_catalog(names)) if names else None
    for path in paths:
        catalog = read_catalog(path)
        yield from _fixed(catalog, path, selection, partial(check_catalog, termbase=termbase))


def fix_project(
    project: Project,
    names: Iterable[str] = (),
    *,
    languages: Sequence[str] = (),
    selection: Selection = EVERYTHING,
) -> Iterator[Fixed]:
    """Mend the catalogs of documents; names are never touched."""
    wanted = tuple(names)
    sources = project.sources(wanted)
    for source in sources[1:] if wanted else sources:
        for lang in languages or project.languages:
            catalog = project.catalog(source.name, lang)
            if catalog and not same_language(lang, source.lang):
                check = partial(
                    check_catalog,
                    termbase=project.termbase(lang),
                    source_lang=source.lang,
                    ignore=project.config.checks.ignore,
                    spacing=project.config.checks.spacing,
                )
                path = project.catalog_path(source.name, lang)
                yield from _fixed(catalog, path, selection, check, project.config.backup)


Check = Callable[[Catalog], list[Finding]]


def _fixed(
    catalog: Catalog, path: Path, selection: Selection, check: Check, backup: Path | None = None
) -> Iterator[Fixed]:
    def wanted(version: Catalog) -> list[Finding]:
        return list(filter(selection.keeps, check(version)))

    mended = fix_translation(catalog, wanted)
    if mended.entries != catalog.entries:
        _refuse_protected(path)
        write_catalog(mended, path, backup=backup)
        pairs = zip(catalog.entries, mended.entries, strict=True)
        yield Fixed(path, sum(old != new for old, new in pairs))


def _refuse_protected(path: Path) -> None:
    """Leave a file alone that nobody may write: it could be replaced all the same."""
    if not path.stat().st_mode & 0o222:
        raise CatalogError(
            _("The file is write-protected"),
            location=Location(str(path)),
            remedy=_("Make it writable, or check it without --fix"),
        )
