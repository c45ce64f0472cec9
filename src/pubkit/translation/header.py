"""The header of a catalog: who, when, in which language, and how it counts."""

from dataclasses import replace

from pubkit.localize import locale_name, plural_forms
from pubkit.model import Catalog, Entry


def make_header(*, project: str, created: str, lang: str | None = None) -> Entry:
    """Return the header of a new catalog; of a template if it is in no language."""
    fields = {
        "Project-Id-Version": project,
        "POT-Creation-Date": created,
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": locale_name(lang) if lang else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if lang:
        fields["Plural-Forms"] = plural_forms(lang)
    return Entry(msgid="", msgstr="".join(f"{name}: {value}\n" for name, value in fields.items()))


def with_header(catalog: Catalog, template: Catalog, lang: str) -> Catalog:
    """Return the catalog with a header: an empty file has none, and is otherwise in no charset."""
    if catalog.header:
        return catalog
    return replace(catalog, header=_new_header(template, lang), lang=catalog.lang or lang)


def _new_header(template: Catalog, lang: str) -> Entry:
    fields = template.metadata
    return make_header(
        project=fields.get("Project-Id-Version", ""),
        created=fields.get("POT-Creation-Date", ""),
        lang=lang,
    )


def dated_header(catalog: Catalog, template: Catalog) -> Entry | None:
    """Return the catalog's header with the template's creation date."""
    created = template.metadata.get("POT-Creation-Date")
    if catalog.header is None or created is None:
        return catalog.header
    lines = catalog.header.msgstr.splitlines(keepends=True)
    dated = (
        f"POT-Creation-Date: {created}\n" if line.startswith("POT-Creation-Date:") else line
        for line in lines
    )
    return replace(catalog.header, msgstr="".join(dated))
