"""XLIFF 1.2, which many tools still write: read only."""

from collections.abc import Iterator

from pubkit.formats.exchange import Bitext
from pubkit.formats.tmx import flatten
from pubkit.formats.xml import Element, child, children, fault, full_text, line_of
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry

UNFINISHED = ("new", "needs-", "x-fuzzy")
"""How the states of targets begin that somebody still has to look at.

Source:
    XLIFF 1.2, "state".
"""


def parse_old_xliff(root: Element, path: str) -> tuple[Bitext, ...]:
    """Read the files of an XLIFF 1.2 document.

    Raises:
        CatalogError: A unit has no source text.
    """
    return tuple(_bitext(file, path) for file in children(root, "file"))


def _bitext(file: Element, path: str) -> Bitext:
    entries = tuple(_entry(u, path) for u in file.iter("{*}trans-unit") if _is_translatable(u))
    return Bitext(
        document=file.get("original"),
        catalog=Catalog(entries=entries, path=path, lang=file.get("target-language")),
        source_lang=file.get("source-language"),
    )


def _is_translatable(unit: Element) -> bool:
    """Tell whether a unit is a text: the header of a catalog is none."""
    return unit.get("translate") != "no" and unit.get("restype") != "x-gettext-domain-header"


def _entry(unit: Element, path: str) -> Entry:
    source, target = child(unit, "source"), child(unit, "target")
    if source is None:
        raise fault(
            path,
            unit,
            _("The unit “{name}” has no source text.").format(name=unit.get("id")),
            _("Export the file again from the tool that made it."),
        )
    msgid, msgstr = (_text(element) for element in (source, target))
    return Entry(
        msgid=msgid,
        msgstr=msgstr,
        msgctxt=_context(unit),
        translator_comments=tuple(_notes(unit)),
        flags=("fuzzy",) if msgstr and target is not None and _is_unfinished(unit, target) else (),
        line=line_of(unit),
    )


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    return flatten(element, keeps_codes=False)


def _is_unfinished(unit: Element, target: Element) -> bool:
    state = target.get("state", "")
    return state.startswith(UNFINISHED) or unit.get("approved") == "no"


def _context(unit: Element) -> str | None:
    """Return the msgctxt that tools for gettext put into a group of contexts."""
    for context in unit.iter("{*}context"):
        if context.get("context-type") in ("x-po-msgctxt", "x-gettext-msgctxt"):
            return full_text(context)
    return None


def _notes(unit: Element) -> Iterator[str]:
    for note in children(unit, "note"):
        if note.get("from") not in ("developer", "po-developer"):
            yield from (line.strip() for line in full_text(note).splitlines() if line.strip())
