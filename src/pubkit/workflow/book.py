"""The catalog of a whole book, ``po/zh-CN.po``: as mdbook-i18n-helpers and po4a keep it.

pubkit has one catalog for each document. A document that has none yet begins with what the book's
catalog has for it; the book's catalog itself is never written.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

from pubkit.config.limits import Limits
from pubkit.errors import ConfigError
from pubkit.formats.po import read_catalog
from pubkit.localize import normalize_tag, same_language
from pubkit.model import Catalog, Key
from pubkit.translation import verify_language
from pubkit.translation.verification import without_line
from pubkit.values import dataclass
from pubkit.workflow.documents import referred_document
from pubkit.workflow.project import Project, Source

FOLDER = "po"
"""Beside pubkit.toml, where mdBook looks, too."""


def book_catalog(project: Project, source: Source, lang: str, template: Catalog) -> Catalog | None:
    """Return what the book's catalog has for a document, if there is a book's catalog.

    Obsolete entries are taken over if the document has their text again.

    Args:
        project: Where.
        source: The document.
        lang: The language of the translations.
        template: The messages of the document today.

    Raises:
        CatalogError: The book's catalog is malformed or in another language.
    """
    path = _find(project.config.root / FOLDER, lang)
    if path is None:
        return None
    book = _open(path, lang, project.config.limits)
    own = book.keys_of(source.name, project.document_names())
    wanted = {message.key for message in template.entries} | own
    entries = tuple(entry for entry in book.catalog.entries if entry.key in wanted)
    header = book.catalog.header if book.catalog.lang else None
    return Catalog(entries=entries, header=header, lang=lang, path=str(path)) if entries else None


def whole_book(project: Project, lang: str) -> Catalog | None:
    """Return the book's catalog, if there is one, for the memory.

    Raises:
        CatalogError: The book's catalog is malformed or in another language.
    """
    path = _find(project.config.root / FOLDER, lang)
    return _open(path, lang, project.config.limits).catalog if path else None


def _open(path: Path, lang: str, limits: Limits) -> "_Book":
    book = _read(path, path.stat().st_mtime_ns, limits)
    verify_language(book.catalog, lang)
    return book


@dataclass(frozen=True, slots=True)
class _Book:
    """The catalog of a book, and which of its live entries refer to which file."""

    catalog: Catalog
    keys: Mapping[str, frozenset[Key]]

    def keys_of(self, name: str, known: Collection[str]) -> frozenset[Key]:
        """Return what the entries of one of the known documents are identified by."""
        files = (file for file in self.keys if referred_document(file, known) == name)
        return frozenset().union(*(self.keys[file] for file in files))


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, limits: Limits) -> _Book:
    """Read a catalog once for all documents of the book, and again when it was changed."""
    catalog = read_catalog(path, limits=limits)
    keys: dict[str, set[Key]] = {}
    for entry in catalog.live_entries:
        for reference in entry.references:
            keys.setdefault(without_line(reference), set()).add(entry.key)
    return _Book(catalog, {file: frozenset(found) for file, found in keys.items()})


def _find(folder: Path, lang: str) -> Path | None:
    """Return the file of a language: the one of its very name, or of another name for it."""
    named = {tag: path for path in sorted(folder.glob("*.po")) if (tag := _tag(path))}
    others = (path for tag, path in named.items() if same_language(tag, lang))
    return named.get(normalize_tag(lang)) or next(others, None)


def _tag(path: Path) -> str | None:
    try:
        return normalize_tag(path.stem.replace("_", "-"))
    except ConfigError:
        return None
