"""A project's catalogs as they are after extraction: what is written, and what is checked."""

from dataclasses import replace
from functools import partial

from pubkit.localize import language, same_language
from pubkit.model import Catalog
from pubkit.names.mentions import term_hints
from pubkit.names.vocabulary import is_english_word
from pubkit.translation import Aids, Memory, update_catalog, verify_catalog
from pubkit.translation.changes import IsWord, no_word
from pubkit.translation.memory import NO_MEMORY
from pubkit.workflow.book import book_catalog
from pubkit.workflow.labels import fill_labels
from pubkit.workflow.project import LABELS, Project, Source
from pubkit.workflow.renames import former_catalog


def current_catalog(
    project: Project, source: Source, lang: str, template: Catalog, *, memory: Memory = NO_MEMORY
) -> Catalog:
    """Return a catalog brought up to date with the source of today; nothing is written.

    Args:
        project: Where the catalog lies.
        source: What it translates.
        lang: Into which language.
        template: The messages of the source.
        memory: What was translated elsewhere.

    Raises:
        CatalogError: The catalog is malformed, in another language or of another document.
    """
    found = project.catalog(source.name, lang) or former_catalog(project, source, lang)
    return bring_up_to_date(found, project, source, lang, template, memory=memory)


def bring_up_to_date(
    found: Catalog | None,
    project: Project,
    source: Source,
    lang: str,
    template: Catalog,
    *,
    memory: Memory = NO_MEMORY,
) -> Catalog:
    """Return this version of a catalog, or a new one, as ``current_catalog`` does.

    Raises:
        CatalogError: The catalog is in another language or of another document.
    """
    if found:
        verify_catalog(found, lang=lang, reference=source.reference, segments=source.segments)
    is_own = same_language(lang, source.lang)
    if not found and not is_own and source.name != LABELS:
        found = book_catalog(project, source, lang, template)
    aids = Aids(source_lang=source.lang, is_word=_vocabulary(source.lang))
    if not is_own:
        hints = partial(term_hints, termbase=project.termbase(lang))
        aids = replace(aids, hints=hints, memory=memory)
    updated = update_catalog(found, template, lang=lang, aids=aids)
    return fill_labels(updated, lang) if source.name == LABELS and not is_own else updated


def _vocabulary(lang: str) -> IsWord:
    """Return what knows the words of a language, so that a mended slip is told from a change."""
    return is_english_word if language(lang) == "en" else no_word
