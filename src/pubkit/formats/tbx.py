"""Termbases in TBX: names.po for terminology tools, and back.

Written is TBX 2 (martif), which terminology and translation tools of all ages read; TBX 3 is read
as well, with its data categories as attributes (DCA) or as elements (DCT).

=====================  ==================================================================
names.po               TBX
=====================  ==================================================================
msgctxt                ``subjectField``: the kind, and the qualifier behind a colon
msgid, aliases         terms of the source language, preferred and admitted
msgstr, renderings     terms of the target language, preferred and admitted
forbidden              deprecated terms of the target language
fuzzy                  ``processStatus`` provisionallyProcessed
translators' comments  notes of the entry, ``UNCERTAIN`` among them
=====================  ==================================================================

Source:
    ISO 30042:2008 and ISO 30042:2019.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pubkit.errors import CatalogError, Location
from pubkit.formats.exchange import (
    Bitext,
    Marks,
    check_characters,
    exportable,
    identifier,
    listed_forms,
    marks_of,
    other_forms,
    read_marks,
)
from pubkit.formats.xml import (
    LANG,
    Element,
    add_element,
    children,
    decode_xml,
    fault,
    format_xml,
    full_text,
    line_of,
    local_name,
    new_element,
    parse_xml,
)
from pubkit.localize import is_language
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry, Key, TermKind
from pubkit.patterns import pattern
from pubkit.values import dataclass

PREFERRED = "preferredTerm-admn-sts"
ADMITTED = "admittedTerm-admn-sts"
DEPRECATED = "deprecatedTerm-admn-sts"
PROVISIONAL = "provisionallyProcessed"
NAMES = "names"

# ---------------------------------------------------------------- writing


def format_tbx(catalog: Catalog, *, source_lang: str, target_lang: str) -> bytes:
    """Write the names of a language as a termbase.

    Args:
        catalog: names.po.
        source_lang: The language of the msgids.
        target_lang: The language of the msgstrs.

    Raises:
        CatalogError: A text has a character that XML cannot hold.
    """
    root = new_element("martif", {"type": "TBX", LANG: source_lang})
    _add_header(root)
    body = add_element(add_element(root, "text"), "body")
    for entry in exportable(catalog):
        texts = (entry.msgid, entry.msgstr, entry.msgctxt or "")
        check_characters(entry, catalog.path, (*texts, *_comments(entry)))
        _add_entry(body, entry, source_lang, target_lang)
    return format_xml(root, keep=("term", "note", "descrip", "termNote", "p", "title"))


def _comments(entry: Entry) -> Iterator[str]:
    yield from (*entry.translator_comments, *listed_forms(entry))


def _add_header(root: Element) -> None:
    header = add_element(root, "martifHeader")
    description = add_element(header, "fileDesc")
    add_element(add_element(description, "titleStmt"), "title", text="names.po")
    add_element(add_element(description, "sourceDesc"), "p", text="pubkit")
    add_element(add_element(header, "encodingDesc"), "p", {"type": "XCSURI"}, "TBXXCSV02.xcs")


def _add_entry(body: Element, entry: Entry, source_lang: str, target_lang: str) -> None:
    name = f"{identifier(entry.key)}-{marks_of(entry)}"
    concept = add_element(body, "termEntry", {"id": name})
    if entry.msgctxt is not None:
        add_element(concept, "descrip", {"type": "subjectField"}, entry.msgctxt)
    for comment in entry.translator_comments:
        add_element(concept, "note", text=comment)
    source = add_element(concept, "langSet", {LANG: source_lang})
    _add_term(source, entry.msgid, PREFERRED)
    forms = other_forms(entry)
    _add_terms(source, forms["aliases"], ADMITTED)
    renderings, forbidden = forms["renderings"], forms["forbidden"]
    if entry.msgstr or renderings or forbidden:
        target = add_element(concept, "langSet", {LANG: target_lang})
        if entry.msgstr:
            _add_term(target, entry.msgstr, PREFERRED, is_fuzzy=entry.is_fuzzy)
        _add_terms(target, renderings, ADMITTED)
        _add_terms(target, forbidden, DEPRECATED)


def _add_terms(parent: Element, texts: Iterable[str], status: str) -> None:
    for text in texts:
        _add_term(parent, text, status)


def _add_term(parent: Element, text: str, status: str, *, is_fuzzy: bool = False) -> None:
    group = add_element(parent, "tig")
    add_element(group, "term", text=text)
    add_element(group, "termNote", {"type": "administrativeStatus"}, status)
    if is_fuzzy:
        add_element(group, "termNote", {"type": "processStatus"}, PROVISIONAL)


# ---------------------------------------------------------------- reading


class _Term(NamedTuple):
    """A term as TBX has it."""

    text: str
    status: str
    is_fuzzy: bool


def parse_tbx(data: bytes, *, path: str = "", source_lang: str, target_lang: str) -> Bitext:
    """Read the terms of two languages; what has no term in the source language is left aside.

    A subject field that is no kind of name leaves the context open.

    Raises:
        CatalogError: It is malformed, or a term cannot stand in names.po.
    """
    is_old = "<martif" in decode_xml(data, path=path)[:100_000]
    root = parse_xml(data, path=path, root="martif" if is_old else "tbx")
    reader = _Reader(path, source_lang, target_lang)
    entries: list[Entry] = []
    marks: dict[Key, Marks] = {}
    for concept in root.iter("{*}termEntry", "{*}conceptEntry"):
        entry = reader.entry(concept)
        if entry:
            entries.append(entry)
            found = reader.marks(concept, entry)
            marks |= {entry.key: found} if found else {}
    reader.verify(entries)
    catalog = Catalog(entries=tuple(entries), path=path, lang=target_lang)
    return Bitext(
        document=NAMES, catalog=catalog, marks=marks, source_lang=source_lang, is_open=True
    )


_NAME = pattern(r"(u[0-9a-f]{16})-([0-9a-f]{16})")


@dataclass(slots=True)
class _Reader:
    """Reads the concepts of one file."""

    path: str
    source_lang: str
    target_lang: str
    count: int = 0

    def entry(self, concept: Element) -> Entry | None:
        """Return the entry of a concept, unless it has no term in the source language."""
        self.count += 1
        sources = self._terms(concept, self.source_lang)
        targets = self._terms(concept, self.target_lang)
        if not sources:
            return None
        allowed = [term for term in targets if not _is_deprecated(term)]
        msgid, *aliases = _preferred_first(sources)
        msgstr, renderings = "", list[_Term]()
        if allowed and any(term.status == PREFERRED or not term.status for term in allowed):
            chosen, *renderings = _preferred_first(allowed)
            msgstr, is_fuzzy = chosen.text, chosen.is_fuzzy
        else:
            renderings, is_fuzzy = allowed, False
        forbidden = [term for term in targets if _is_deprecated(term)]
        lists = {"aliases": aliases, "renderings": renderings, "forbidden": forbidden}
        return Entry(
            msgid=msgid.text,
            msgstr=msgstr,
            msgctxt=_context(concept),
            extracted_comments=tuple(self._lists(lists, concept)),
            translator_comments=tuple(_notes(concept)),
            flags=("fuzzy",) if is_fuzzy else (),
            line=line_of(concept),
        )

    def marks(self, concept: Element, entry: Entry) -> Marks | None:
        """Return what the entry was when it was exported, if it was."""
        found = _NAME.fullmatch(concept.get("id", ""))
        if found and found[1] != identifier(entry.key):
            raise fault(
                self.path,
                concept,
                _("The source term or its kind has been changed: “{text}”.").format(
                    text=entry.msgid
                ),
                _("Undo the change, or delete the id of the entry to add it as a new one."),
            )
        return read_marks(found[2]) if found else None

    def verify(self, entries: list[Entry]) -> None:
        """Make sure that the file has something in the source language, if it has anything."""
        if self.count and not entries:
            raise CatalogError(
                _("The termbase has no term in {lang}.").format(lang=self.source_lang),
                location=Location(self.path),
                remedy=_("Export it in this language, too."),
            )

    def _terms(self, concept: Element, wanted: str) -> list[_Term]:
        return [
            _term(group)
            for section in children(concept, "langSet", "langSec")
            if is_language(section.get(LANG) or section.get("lang"), wanted)
            for group in section.iter("{*}tig", "{*}ntig", "{*}termSec")
            if _text(group).strip()
        ]

    def _lists(self, lists: dict[str, list[_Term]], concept: Element) -> Iterator[str]:
        for label, terms in lists.items():
            for term in terms:
                if ";" in term.text:
                    raise fault(
                        self.path,
                        concept,
                        _("The term “{text}” has a semicolon, which separates forms.").format(
                            text=term.text
                        ),
                        _("Take the semicolon out, or leave this form away."),
                    )
            if terms:
                yield f"{label}: {'; '.join(dict.fromkeys(term.text for term in terms))}"


def _text(group: Element) -> str:
    """Return the term of a group; names have no line breaks, so those are a tool's layout."""
    found = next(group.iter("{*}term"), None)
    text = full_text(found) if found is not None else ""
    return " ".join(text.split()) if any(sign in text for sign in "\n\r\t") else text


def _term(group: Element) -> _Term:
    properties = dict(_properties(group))
    status = properties.get("administrativeStatus", properties.get("normativeAuthorization", ""))
    return _Term(_text(group), _status(status), properties.get("processStatus", "") == PROVISIONAL)


def _status(word: str) -> str:
    """Return one of the three statuses; tools shorten them, and know more."""
    found = word.lower()
    if found.startswith(("deprecated", "superseded", "obsolete", "forbidden")):
        return DEPRECATED
    if found.startswith("admitted"):
        return ADMITTED
    return PREFERRED if found.startswith("preferred") else ""


def _is_deprecated(term: _Term) -> bool:
    return term.status == DEPRECATED


def _preferred_first(terms: list[_Term]) -> list[_Term]:
    return sorted(terms, key=lambda term: term.status != PREFERRED)


def _context(concept: Element) -> str | None:
    """Return the msgctxt, if the subject field is a kind of name."""
    subject = dict(_properties(concept)).get("subjectField", "")
    kind = subject.partition(":")[0].strip()
    return subject if kind in tuple(TermKind) else None


_STRUCTURE = ("langSet", "langSec", "tig", "ntig", "termSec", "term")
_TYPED = ("descrip", "termNote", "admin", "xref", "ref", "transac")


def _properties(element: Element) -> Iterator[tuple[str, str]]:
    """Yield what is said of an element: in TBX 3 the name of the element may be the category."""
    for inner in element:
        name = local_name(inner)
        if name in _TYPED:
            yield inner.get("type", ""), full_text(inner).strip()
        elif name.endswith("Grp"):
            yield from _properties(inner)
        elif name not in _STRUCTURE:
            yield name, full_text(inner).strip()


def _notes(concept: Element) -> Iterator[str]:
    for note in children(concept, "note"):
        yield from full_text(note).splitlines() or [""]
