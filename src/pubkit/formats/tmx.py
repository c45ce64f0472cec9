"""Translation memories in TMX: read as catalogs in which one msgid may stand more than once.

Written is plain text (TMX "level 1"): the segments are Markdown, and a tool that works on the
same Markdown finds them only if its marks are text in the memory, too.

Source:
    TMX 1.4b Specification, LISA OSCAR, 2005.
"""

from collections.abc import Iterable, Iterator, Sequence

from pubkit.config.limits import DEFAULT_LIMITS
from pubkit.errors import CatalogError, Location
from pubkit.formats.exchange import check_characters
from pubkit.formats.xml import (
    LANG,
    Element,
    add_element,
    child,
    children,
    fault,
    format_xml,
    full_text,
    iterate_xml,
    line_of,
    local_name,
    new_element,
)
from pubkit.localize import is_language, normalize_tag
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry
from pubkit.patterns import pattern
from pubkit.values import dataclass

# ---------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class _Pair:
    """The languages that are wanted of a memory."""

    source: str
    target: str


def parse_tmx(data: bytes, *, path: str = "", source_lang: str, target_lang: str) -> Catalog:
    """Read the units of a memory that have both languages; a unit may give several entries.

    Args:
        data: The file, TMX 1.1 to 1.4b in UTF-8 or UTF-16.
        path: Its name in errors.
        source_lang: The language of the msgids; ``en`` finds ``en-GB``, too.
        target_lang: The language of the msgstrs.

    Returns:
        A catalog in file order. Equal units are kept, each with its line; what its tool says is
        only a draft is fuzzy.

    Raises:
        CatalogError: It is no TMX, or nothing in it is in these languages.
    """
    pair = _Pair(source_lang, target_lang)
    seen: set[str] = set()
    entries: list[Entry] = []
    for unit in iterate_xml(data, "tu", path=path, root="tmx"):
        variants = _variants(unit, path)
        seen |= {lang for lang, _variant in variants}
        entries += _entries(unit, variants, pair, path)
    if seen and not entries:
        raise _other_languages(seen, pair, path)
    return Catalog(entries=tuple(entries), path=path or None, lang=target_lang)


def _other_languages(seen: Iterable[str], pair: _Pair, path: str) -> CatalogError:
    return CatalogError(
        _("The memory has nothing in {source} and {target}; it has: {found}.").format(
            source=pair.source, target=pair.target, found=", ".join(sorted(seen))
        ),
        location=Location(path),
        remedy=_("Export it in these languages, or name another file."),
    )


def _variants(unit: Element, path: str) -> list[tuple[str, Element]]:
    """Return the ``tuv`` elements with their languages, which TMX 1.1 names ``lang``."""
    variants = []
    for variant in children(unit, "tuv"):
        lang = variant.get(LANG) or variant.get("lang")
        if not lang:
            raise fault(
                path,
                variant,
                _("A text of the memory does not say its language (xml:lang)."),
                _("Export the memory again, or delete the unit."),
            )
        variants.append((lang, variant))
    return variants


def _entries(
    unit: Element, variants: Sequence[tuple[str, Element]], pair: _Pair, path: str
) -> Iterator[Entry]:
    msgid = next(iter(_texts(unit, variants, pair.source, path)), "")
    targets = _texts(unit, variants, pair.target, path) if msgid.strip() else []
    for msgstr in dict.fromkeys(targets):
        if msgstr.strip():
            yield Entry(
                msgid=msgid,
                msgstr=msgstr,
                msgctxt=_context(unit, variants),
                translator_comments=_notes(unit),
                flags=("fuzzy",) if _is_draft(unit) else (),
                line=line_of(unit),
            )


def _texts(
    unit: Element, variants: Sequence[tuple[str, Element]], wanted: str, path: str
) -> list[str]:
    """Return the texts in a language: those of its very tag, else those of its other regions."""
    found = [(lang, variant) for lang, variant in variants if is_language(lang, wanted)]
    exact = [(lang, variant) for lang, variant in found if _normal(lang) == normalize_tag(wanted)]
    return [_segment(unit, variant, path) for _lang, variant in exact or found]


def _normal(lang: str) -> str:
    return normalize_tag(lang.strip().replace("_", "-"))


def _segment(unit: Element, variant: Element, path: str) -> str:
    segment = child(variant, "seg")
    if segment is None:
        raise fault(
            path,
            variant,
            _("A language of this unit has no text (seg)."),
            _("Export the memory again, or delete the unit."),
        )
    text = flatten(segment, keeps_codes=_is_markdown(unit, variant))
    if len(text) > DEFAULT_LIMITS.catalog_text:
        raise fault(
            path,
            segment,
            _("This text has {count} characters; {limit} are allowed.").format(
                count=len(text), limit=DEFAULT_LIMITS.catalog_text
            ),
            _("Delete the unit from the memory."),
        )
    return text


def _is_markdown(unit: Element, variant: Element) -> bool:
    header = child(unit.getroottree().getroot(), "header")
    values = (element.get("datatype") for element in (variant, unit, header) if element is not None)
    return (next(filter(None, values), "")).lower().removeprefix("x-") == "markdown"


_CONTEXTS = ("x-context", "context", "msgctxt", "x-msgctxt", "x-gettext-msgctxt")
_DIGEST = pattern(r"[-\d,; |]+|[0-9a-fA-F]{16,}")
"""What Trados and others write as a context: numbers made of the neighbours."""


def _context(unit: Element, variants: Iterable[tuple[str, Element]]) -> str | None:
    for place in (unit, *(variant for _lang, variant in variants)):
        for prop in children(place, "prop"):
            text = full_text(prop)
            if prop.get("type", "").lower() in _CONTEXTS and text.strip():
                return None if _DIGEST.fullmatch(text) else text
    return None


def _notes(unit: Element) -> tuple[str, ...]:
    notes = (full_text(note).strip() for note in children(unit, "note"))
    return tuple(line for note in notes for line in note.splitlines())


_DRAFTS = ("draft", "rejectedtranslation", "rejectedsignoff", "fuzzy", "needs-work")


def _is_draft(unit: Element) -> bool:
    """Whether Trados, memoQ or another tool says that the text is not finished."""
    levels = (prop for prop in unit.iter("{*}prop") if "confirm" in prop.get("type", "").lower())
    states = (prop for prop in unit.iter("{*}prop") if prop.get("type", "").lower() == "x-state")
    return any(full_text(prop).strip().lower() in _DRAFTS for prop in (*levels, *states))


# ---------------------------------------------------------------- inline codes

_CODES = ("bpt", "ept", "it", "ph", "ut")
_TAG = pattern(r"\s*</?([A-Za-z][\w:.-]*)[^<>]*>\s*")
_RTF = pattern(r"\s*(?:\{\\.*|\\[a-z]{2,}-?\d*|\\[a-z]-?\d+|\})\s*")
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "br": " "}


def flatten(segment: Element, *, keeps_codes: bool) -> str:
    """Return the text of a segment with its inline codes resolved.

    Bold and italic tags of HTML become Markdown's marks, other tags of HTML, XML or RTF are left
    out, since they belong to another file; placeholders (``{name}``, ``%s``) stay.

    Args:
        segment: A ``seg``, or an inline element.
        keeps_codes: Whether the codes are Markdown, and so a part of the text.
    """
    parts = [segment.text or ""]
    for inner in segment:
        if local_name(inner) in _CODES:
            code = _native_code(inner)
            parts.append(code if keeps_codes else _translate_code(code))
        else:
            parts.append(flatten(inner, keeps_codes=keeps_codes))
        parts.append(inner.tail or "")
    return "".join(parts)


def _native_code(element: Element) -> str:
    """Return what a code holds; the texts of its attributes (``sub``) are units of their own."""
    return (element.text or "") + "".join(inner.tail or "" for inner in element)


def _translate_code(code: str) -> str:
    tag = _TAG.fullmatch(code)
    if tag:
        return _MARKS.get(tag[1].lower(), "")
    return "" if _RTF.fullmatch(code) else code


# ---------------------------------------------------------------- writing

CONTEXT = "x-context"
"""The property that holds a msgctxt; translate-toolkit and Weblate name it so, too."""


def format_tmx(catalogs: Iterable[Catalog], *, source_lang: str, version: str) -> bytes:
    """Write the finished translations of catalogs as a memory.

    Args:
        catalogs: Each with its language; equal pairs of texts are written once.
        source_lang: The language of the msgids.
        version: The version of pubkit.

    Raises:
        CatalogError: A text has a character that XML cannot hold.
    """
    root = new_element("tmx", {"version": "1.4"})
    header = {
        "creationtool": "pubkit",
        "creationtoolversion": version,
        "segtype": "paragraph",
        "o-tmf": "gettext",
        "adminlang": "en",
        "srclang": source_lang,
        "datatype": "x-markdown",
    }
    add_element(root, "header", header)
    body = add_element(root, "body")
    for catalog, entry in _finished(catalogs):
        _add_unit(body, entry, source_lang, catalog.lang or "")
    return format_xml(root, doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">', keep=("seg", "prop"))


def _finished(catalogs: Iterable[Catalog]) -> Iterator[tuple[Catalog, Entry]]:
    """Yield what may be published, each pair of texts once; plural forms have no place in TMX."""
    seen = set()
    for catalog in catalogs:
        for entry in catalog.live_entries:
            pair = (catalog.lang, *entry.key, entry.msgstr)
            if entry.is_translated and entry.msgid_plural is None and pair not in seen:
                seen.add(pair)
                texts = (entry.msgid, entry.msgstr, entry.msgctxt or "")
                check_characters(entry, catalog.path, texts)
                yield catalog, entry


def _add_unit(body: Element, entry: Entry, source_lang: str, target_lang: str) -> None:
    unit = add_element(body, "tu")
    if entry.msgctxt:
        add_element(unit, "prop", {"type": CONTEXT}, entry.msgctxt)
    for lang, text in ((source_lang, entry.msgid), (target_lang, entry.msgstr)):
        variant = add_element(unit, "tuv", {LANG: lang})
        add_element(variant, "seg", text=text)
