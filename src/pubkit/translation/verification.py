"""Whether a catalog is that of a document, in the language wanted."""

from collections.abc import Iterable

from pubkit.errors import CatalogError, ConfigError, Location
from pubkit.localize import same_language
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Segment


def verify_catalog(
    catalog: Catalog, *, lang: str, reference: str, segments: Iterable[Segment]
) -> None:
    """Make sure that a catalog is about this document and in this language.

    Raises:
        CatalogError: Its header names another language, or nothing in it is of this document.
    """
    if catalog.lang and not _is_in(catalog, lang):
        raise CatalogError(
            _("The catalog is in “{found}”, but “{wanted}” is expected here").format(
                found=catalog.lang, wanted=lang
            ),
            location=Location(catalog.path or "", catalog.header.line if catalog.header else 1),
            remedy=_("Put the right file here, or mend “Language:” in its header"),
        )
    keys = {segment.key for segment in segments}
    live = tuple(catalog.live_entries)
    is_known = any(entry.key in keys or reference in entry.references for entry in live)
    if live and not is_known:
        raise CatalogError(
            _("The catalog belongs to another document: no entry is of {document}").format(
                document=reference
            ),
            location=Location(catalog.path or "", live[0].line or None),
            remedy=_("Put the right file here, or remove it and run: pubkit extract"),
        )


def _is_in(catalog: Catalog, lang: str) -> bool:
    """Tell whether a catalog is in a language; a tag that nobody knows is in none."""
    try:
        return same_language(catalog.lang or "", lang)
    except ConfigError:
        return False
