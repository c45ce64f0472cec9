"""A project's catalogs as they are after extraction: what is written, and what is checked."""

from functools import partial

from pubkit.localize import same_language
from pubkit.model import Catalog
from pubkit.names.mentions import term_hints
from pubkit.translation import Aids, update_catalog, verify_catalog
from pubkit.workflow.labels import fill_labels
from pubkit.workflow.project import LABELS, Project, Source


def current_catalog(project: Project, source: Source, lang: str, template: Catalog) -> Catalog:
    """Return a catalog brought up to date with the source of today; nothing is written.

    Args:
        project: Where the catalog lies.
        source: What it translates.
        lang: Into which language.
        template: The messages of the source.

    Raises:
        CatalogError: The catalog is malformed, in another language or of another document.
    """
    found = project.catalog(source.name, lang)
    if found:
        verify_catalog(found, lang=lang, reference=source.reference, segments=source.segments)
    is_own = same_language(lang, source.lang)
    aids = Aids() if is_own else Aids(hints=partial(term_hints, termbase=project.termbase(lang)))
    updated = update_catalog(found, template, lang=lang, aids=aids)
    return fill_labels(updated, lang) if source.name == LABELS and not is_own else updated
