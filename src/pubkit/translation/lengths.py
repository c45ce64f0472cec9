"""How long a translation may be, against its source."""

from pubkit.config.limits import Limits, raised
from pubkit.errors import Location, RefusedTranslationError
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Document, Segment


def verify_lengths(document: Document, catalog: Catalog | None, limits: Limits) -> None:
    """Make sure that no translation is far longer than its source.

    Raises:
        RefusedTranslationError: One is; the error names the line of its entry.
    """
    for segment in document.segments:
        most, number = limits.translation(segment.msgid), len(segment.text)
        if number > most:
            message = _("This translation has {number} characters; its source allows {most}")
            raise RefusedTranslationError(
                message.format(number=number, most=most),
                location=_place_of(segment, catalog),
                remedy=raised(_("Shorten the translation"), "translation_growth"),
            )


def _place_of(segment: Segment, catalog: Catalog | None) -> Location:
    entries = catalog.live_entries if catalog else ()
    line = next((entry.line for entry in entries if entry.key == segment.key), None)
    return Location((catalog and catalog.path) or "", line)
