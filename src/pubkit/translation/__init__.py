"""From a document to its catalogs and back: pure functions, no file is touched.

::

    segments --make_template--> template --update_catalog--> catalog
    document, catalog --translate_document--> document in the catalog's language
"""

from importlib import import_module
from typing import TYPE_CHECKING

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
_HOMES = {
    "Aids": "aids",
    "Memory": "memory",
    "update_catalog": "update",
    "verify_lengths": "lengths",
    **dict.fromkeys(("make_template", "update_template"), "template"),
    **dict.fromkeys(("index_entries", "translate_document", "translate_segments"), "document"),
    **dict.fromkeys(("verify_catalog", "verify_language"), "verification"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
