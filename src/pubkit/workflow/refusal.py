"""What is said of an edition that fails its proof."""

from collections.abc import Sequence

from pubkit.errors import Location, RenderingError
from pubkit.localize import language_name
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.model import Document, Finding

SHOWN = 5
"""Faults that an error names; the others are counted."""


def refusal(document: Document, faults: Sequence[Finding], *, path: str) -> RenderingError:
    """Return the error for an edition that fails its proof.

    Args:
        document: In the language of the edition.
        faults: What is wrong; at least one.
        path: Where the edition, or its document, can be looked at.
    """
    # What both files lack is said once.
    texts = list(dict.fromkeys(f"{fault.message} [{fault.check}]" for fault in faults))
    shown, more = texts[:SHOWN], len(texts[SHOWN:])
    if more:
        shown.append(ngettext("{number} more", "{number} more", more).format(number=more))
    return RenderingError(
        _("The edition in {language} fails its proof: {faults}").format(
            language=language_name(document.lang), faults="; ".join(shown)
        ),
        location=Location(path),
        remedy=_(
            "Mend the document, catalog or template; pubkit explain {check} says what is meant"
        ).format(check=faults[0].check),
    )
