"""A document in another language: each segment with its text and its state."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pubkit.localize import same_language
from pubkit.model import Catalog, Document, Entry, Key, Segment, State
from pubkit.translation.verification import verify_additions, verify_catalog


def translate_document(document: Document, catalog: Catalog | None, *, lang: str) -> Document:
    """Return the document in a language, each segment with its text and its state.

    A segment without a finished translation keeps its source text and says so: an edition never
    falls back silently. In the document's own language an empty translation means "as in the
    source", and a filled one corrects the source text.

    Args:
        document: The document in its source language; it is left as it is.
        catalog: The translations; fuzzy ones are not used. None if there are none yet.
        lang: The language wanted.

    Raises:
        CatalogError: The catalog is in another language or belongs to another document.
        RefusedTranslationError: A translation adds more than words.
    """
    if catalog:
        verify_catalog(catalog, lang=lang, reference=document.path, segments=document.segments)
        verify_additions(catalog, lang=lang, segments=document.segments)
    translate = _own_language if same_language(lang, document.source_lang) else _other_language
    entries = index_entries(catalog)

    def translated(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
        return tuple(translate(segment, entries.get(segment.key)) for segment in segments)

    return replace(
        document,
        lang=lang,
        fields=translated(document.fields),
        body_segments=translated(document.body_segments),
    )


def translate_segments(
    segments: Iterable[Segment], catalog: Catalog | None, *, lang: str, source_lang: str
) -> tuple[Segment, ...]:
    """Return the segments in a language; like ``translate_document`` for texts without one.

    Raises:
        RefusedTranslationError: A translation adds more than words.
    """
    if catalog:
        segments = tuple(segments)
        verify_additions(catalog, lang=lang, segments=segments)
    translate = _own_language if same_language(lang, source_lang) else _other_language
    entries = index_entries(catalog)
    return tuple(translate(segment, entries.get(segment.key)) for segment in segments)


def index_entries(catalog: Catalog | None) -> Mapping[Key, Entry]:
    """Return the live entries by what identifies them."""
    return {entry.key: entry for entry in catalog.live_entries} if catalog else {}


def _own_language(segment: Segment, entry: Entry | None) -> Segment:
    if entry is None or not entry.is_translated:
        return replace(segment, text=segment.msgid, state=State.SOURCE)
    return replace(segment, text=entry.msgstr, state=State.TRANSLATED)


def _other_language(segment: Segment, entry: Entry | None) -> Segment:
    if entry is not None and entry.is_translated:
        return replace(segment, text=entry.msgstr, state=State.TRANSLATED)
    is_fuzzy = entry is not None and entry.is_fuzzy
    state = State.FUZZY if is_fuzzy else State.UNTRANSLATED
    return replace(segment, text=segment.msgid, state=state)
