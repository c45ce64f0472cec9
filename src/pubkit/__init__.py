"""Publish one report in many languages: gettext catalogs in, HTML and PDF editions out.

The public API is what this package offers; all other modules may change::

    catalog = pubkit.read_catalog("locales/zh/LC_MESSAGES/report.po")
    termbase = pubkit.read_termbase("locales/zh/LC_MESSAGES/names.po")
    for finding in pubkit.check_catalog(catalog, termbase):
        print(finding.line, finding.check, finding.message)

    edition = pubkit.render_document("source/report.md", lang="zh", catalog=catalog)
    Path("report.pdf").write_bytes(edition.pdf)
"""

# Not from typing, which takes longer to import than the quick commands take.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from pubkit import errors as errors
    from pubkit.checks.runner import check_catalog
    from pubkit.config.limits import Limits
    from pubkit.model import Catalog, Edition, Entry, Finding, Termbase
    from pubkit.workflow.standalone import (
        read_catalog,
        read_termbase,
        render_document,
        write_catalog,
    )

__all__ = [
    "Catalog",
    "Edition",
    "Entry",
    "Finding",
    "Limits",
    "Termbase",
    "check_catalog",
    "errors",
    "read_catalog",
    "read_termbase",
    "render_document",
    "write_catalog",
]

# Imported when first asked for: every command imports this package, few need all of it.
_HOMES = {
    "check_catalog": "pubkit.checks.runner",
    "Limits": "pubkit.config.limits",
    **dict.fromkeys(("Catalog", "Edition", "Entry", "Finding", "Termbase"), "pubkit.model"),
    **dict.fromkeys(
        ("read_catalog", "read_termbase", "render_document", "write_catalog"),
        "pubkit.workflow.standalone",
    ),
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "errors":
        return import_module("pubkit.errors")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
