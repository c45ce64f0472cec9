"""The labels of the page in each language: the project's translations, or pubkit's own."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pubkit.formats.po import read_catalog
from pubkit.localize import locale_name, same_language
from pubkit.messages import LOCALES
from pubkit.model import Catalog, Entry, Segment
from pubkit.rendering.templating.files import TEMPLATE
from pubkit.translation import translate_segments, verify_language
from pubkit.workflow.project import LABELS, Project


def translated_labels(
    project: Project, lang: str, *, pages: Iterable[str] = (TEMPLATE,)
) -> Mapping[str, Segment]:
    """Return the labels of the templates of these pages in a language, by msgid.

    Labels that the project's catalog does not have yet are as pubkit itself translates them.

    Raises:
        CatalogError: The project's catalog is in another language, or adds more than words.
    """
    source = project.labels(pages)
    found = project.catalog(LABELS, lang)
    if found:
        verify_language(found, lang)
    catalog = _completed(found, lang) if found else packaged_labels(lang)
    names = project.publisher_texts
    own = project.config.project.source_language
    translated = (
        *translate_segments(
            (segment for segment in source.segments if segment.msgid not in names),
            catalog,
            lang=lang,
            source_lang=source.lang,
        ),
        *translate_segments(
            (segment for segment in source.segments if segment.msgid in names),
            catalog,
            lang=lang,
            source_lang=own,
        ),
    )
    return {segment.msgid: segment for segment in translated}


def _completed(catalog: Catalog, lang: str) -> Catalog:
    packaged = packaged_labels(lang)
    known = {entry.key for entry in catalog.live_entries}
    others = [entry for entry in packaged.entries if entry.key not in known] if packaged else []
    return replace(catalog, entries=(*catalog.entries, *others))


def fill_labels(catalog: Catalog, lang: str) -> Catalog:
    """Return a catalog of labels, those that nobody has translated filled in by pubkit."""
    packaged = packaged_labels(lang)
    known = {entry.key: entry.msgstr for entry in packaged.live_entries} if packaged else {}

    def filled(entry: Entry) -> Entry:
        is_open = not (entry.msgstr or entry.is_fuzzy or entry.is_obsolete)
        return replace(entry, msgstr=known[entry.key]) if is_open and entry.key in known else entry

    return replace(catalog, entries=tuple(map(filled, catalog.entries)))


def packaged_labels(lang: str) -> Catalog | None:
    """Return pubkit's own translations of its labels, if it has some."""
    for tag in (lang, lang.partition("-")[0]):
        path = LOCALES / locale_name(tag) / "LC_MESSAGES" / f"{LABELS}.po"
        if path.exists() and same_language(tag, lang):
            return read_catalog(path)
    return None
