"""From a document to its catalogs and back: pure functions, no file is touched.

::

    segments --make_template--> template --update_catalog--> catalog
    document, catalog --translate_document--> document in the catalog's language
"""

from pubkit.translation.document import index_entries, translate_document, translate_segments
from pubkit.translation.lengths import verify_lengths
from pubkit.translation.template import make_template, update_template
from pubkit.translation.update import no_hints, update_catalog
from pubkit.translation.verification import verify_catalog

__all__ = [
    "index_entries",
    "make_template",
    "no_hints",
    "translate_document",
    "translate_segments",
    "update_catalog",
    "update_template",
    "verify_catalog",
    "verify_lengths",
]
