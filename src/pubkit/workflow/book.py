"""The catalog of a whole book, ``po/zh-CN.po``: as mdbook-i18n-helpers and po4a keep it.

pubkit has one catalog for each document. A document that has none yet begins with what the book's
catalog has for it; the book's catalog itself is never written.
"""

from pathlib import Path

from pubkit.errors import ConfigError
from pubkit.formats.po import read_catalog
from pubkit.localize import normalize_tag, same_language
from pubkit.model import Catalog, Entry
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
        CatalogError: The book's catalog is malformed.
    """
    path = _find(project.config.root / FOLDER, lang)
    if path is None:
        return None
    book = read_catalog(path, limits=project.config.limits)
    wanted = {message.key for message in template.entries}
    entries = tuple(
        entry
        for entry in book.entries
        if entry.key in wanted or (not entry.is_obsolete and _is_of(entry, source))
    )
    header = book.header if book.lang else None
    return Catalog(entries=entries, header=header, lang=lang, path=book.path) if entries else None


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


def _is_of(entry: Entry, source: Source) -> bool:
    """Tell whether an entry refers to a document."""
    return any(referred_document(place, (source.name,)) for place in entry.references)
