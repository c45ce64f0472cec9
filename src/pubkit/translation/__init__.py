"""From a document to its catalogs and back: pure functions, no file is touched.

::

    segments --make_template--> template --update_catalog--> catalog
    document, catalog --translate_document--> document in the catalog's language
"""

from typing import TYPE_CHECKING

from pubkit.exports import late_names

if TYPE_CHECKING:
    from pubkit.translation.aids import Aids
    from pubkit.translation.document import index_entries, translate_document, translate_segments
    from pubkit.translation.lengths import verify_lengths
    from pubkit.translation.memory import Memory
    from pubkit.translation.template import make_template, update_template
    from pubkit.translation.update import update_catalog
    from pubkit.translation.verification import verify_catalog, verify_language

__all__ = [
    "Aids",
    "Memory",
    "index_entries",
    "make_template",
    "translate_document",
    "translate_segments",
    "update_catalog",
    "update_template",
    "verify_catalog",
    "verify_language",
    "verify_lengths",
]

# Imported when first asked for: who updates catalogs translates no document.
__getattr__ = late_names(
    __name__,
    {
        "Aids": "aids",
        "Memory": "memory",
        "update_catalog": "update",
        "verify_lengths": "lengths",
        **dict.fromkeys(("make_template", "update_template"), "template"),
        **dict.fromkeys(("index_entries", "translate_document", "translate_segments"), "document"),
        **dict.fromkeys(("verify_catalog", "verify_language"), "verification"),
    },
)
