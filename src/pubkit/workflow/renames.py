"""Documents that were renamed: their catalogs go with them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from pubkit.errors import CatalogError
from pubkit.formats.po import remove_catalog
from pubkit.localize import locale_name
from pubkit.model import Catalog, Key
from pubkit.translation.similarity import TextIndex, threshold
from pubkit.workflow.documents import find_documents
from pubkit.workflow.project import RESERVED, Project, Source

SHARED = 0.5
"""What part of a document's text the catalogs of another must have to be its own."""


def find_renames(project: Project, sources: Iterable[Source]) -> Mapping[str, str]:
    """Return the former names of documents that were renamed, by their new ones.

    A document without catalogs gets those of a document that is gone, if they have most of its
    text. A document that was copied keeps nothing: its original is still there.

    Args:
        project: Where.
        sources: Those whose catalogs are brought up to date.
    """
    new = [source for source in sources if not _has_files(project, source.name)]
    orphans = {name: _texts(project, name) for name in find_orphans(project)} if new else {}
    found: dict[str, str] = {}
    for source in new:
        former = _former(source, orphans)
        if former:
            del orphans[former]
            found[source.name] = former
    return found


def _former(source: Source, orphans: Mapping[str, frozenset[Key]]) -> str | None:
    """Return the name whose catalogs have most of a document's text, as it is or edited."""
    whole = sum(len(segment.msgid) for segment in source.segments)
    shared = {name: _shared(source, texts) for name, texts in orphans.items()}
    best = max(shared, key=lambda name: shared[name], default=None)
    return best if best and shared[best] >= SHARED * whole > 0 else None


def _shared(source: Source, texts: frozenset[Key]) -> int:
    """Return how many characters of a document stand in texts like those of catalogs."""
    index = TextIndex(sorted(msgid for _msgctxt, msgid in texts))
    least = threshold(source.lang)
    return sum(
        len(segment.msgid)
        for segment in source.segments
        if segment.key in texts or index.nearest(segment.msgid, least=least, limit=1)
    )


def find_orphans(project: Project) -> Iterator[str]:
    """Yield the names of catalogs and templates that have no document."""
    locales = project.config.locales
    folders = (locales / locale_name(lang) / "LC_MESSAGES" for lang in project.languages)
    found = [path.relative_to(folder) for folder in folders for path in folder.rglob("*.po")]
    found += [path.relative_to(locales) for path in locales.rglob("*.pot")]
    names = dict.fromkeys(path.with_suffix("").as_posix() for path in sorted(found))
    documents = find_documents(project.config)
    yield from (name for name in names if name not in documents and name not in RESERVED)


def _files(project: Project, name: str) -> Iterator[Path]:
    """Yield where the template and the catalogs of a document lie."""
    yield project.template_path(name)
    for lang in project.languages:
        yield project.catalog_path(name, lang)


def _has_files(project: Project, name: str) -> bool:
    return any(path.exists() for path in _files(project, name))


def _texts(project: Project, name: str) -> frozenset[Key]:
    """Return what is translated in the catalogs of a name, as far as they can be read."""
    keys: set[Key] = set()
    for path in _files(project, name):
        with suppress(CatalogError):
            catalog = project.read(path)
            keys |= {entry.key for entry in catalog.live_entries} if catalog else set()
    return frozenset(keys)


def read_former(project: Project, renames: Mapping[str, str]) -> Mapping[Path, Catalog]:
    """Return the templates and catalogs of former names, by where they belong now.

    Raises:
        CatalogError: One of them is malformed.
    """
    found = (
        (path, project.read(old))
        for name, former in renames.items()
        for path, old in zip(_files(project, name), _files(project, former), strict=True)
    )
    return {path: catalog for path, catalog in found if catalog}


def former_catalog(project: Project, source: Source, lang: str) -> Catalog | None:
    """Return the catalog of a document that was renamed and not yet extracted since.

    Raises:
        CatalogError: It is malformed.
    """
    former = find_renames(project, [source]).get(source.name)
    return project.catalog(former, lang) if former else None


def retire(project: Project, former: Iterable[Catalog]) -> None:
    """Remove the catalogs of former names; their bytes are kept in the backup folder.

    One that a translator has saved since it was read stays where it is: its document is gone, and
    it is told of.

    Raises:
        CatalogError: A file cannot be removed.
    """
    for catalog in former:
        remove_catalog(catalog, Path(catalog.path or ""), backup=project.config.backup)
