"""Catalogs as XLIFF 2.1: one file element for each document, one unit for each entry."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from pubkit.formats.exchange import check_characters, exportable, identifier, marks_of
from pubkit.formats.markdown.codes import Code, Kind, Piece, read_codes
from pubkit.formats.xliff.names import (
    COMMENT,
    DOCUMENT,
    FUZZY,
    MARKS,
    PLURAL,
    PREVIOUS,
    PREVIOUS_CONTEXT,
    PUBKIT,
    ROLE,
    TRANSLATOR,
    XLIFF,
    in_xliff,
)
from pubkit.formats.xml import (
    SPACE,
    Element,
    add_element,
    add_text,
    format_xml,
    is_forbidden,
    new_element,
)
from pubkit.model import Catalog, Entry
from pubkit.patterns import pattern
from pubkit.values import dataclass

KEPT = ("note", "data", "source", "target")


def format_xliff(catalogs: Mapping[str, Catalog], *, source_lang: str, target_lang: str) -> bytes:
    """Write catalogs of one target language.

    Args:
        catalogs: By the names of their documents.
        source_lang: The language of the msgids.
        target_lang: The language of the msgstrs.

    Raises:
        CatalogError: A context or comment has a character that XML cannot hold.
    """
    attributes = {"version": "2.1", "srcLang": source_lang, "trgLang": target_lang}
    root = new_element(in_xliff("xliff"), attributes, prefixes={None: XLIFF, "pubkit": PUBKIT})
    for number, (name, catalog) in enumerate(catalogs.items(), start=1):
        _add_file(root, number, name, catalog)
    return format_xml(root, keep=KEPT)


_TOKEN = pattern(r"[\w.:-]+")


def _add_file(root: Element, number: int, name: str, catalog: Catalog) -> None:
    entries = exportable(catalog)
    if not entries:
        return  # a file without units is against the standard
    original = next((entry.references[0] for entry in entries if entry.references), name)
    attributes = {"id": name, "original": original, SPACE: "preserve"}
    if not _TOKEN.fullmatch(name):
        attributes |= {"id": f"f{number}", DOCUMENT: name}
    file = add_element(root, in_xliff("file"), attributes)
    for entry in entries:
        check_characters(entry, catalog.path, _attribute_texts(entry))
        if entry.msgid_plural is None:
            _add_unit(file, entry, identifier(entry.key), entry.msgid, entry.msgstr)
        else:
            _add_plural(file, entry)


def _attribute_texts(entry: Entry) -> Iterable[str]:
    """Return the texts that stand where XLIFF has no way to write control characters."""
    yield from (entry.msgctxt or "", entry.previous_msgctxt or "", entry.previous_msgid or "")
    yield from (entry.msgid_plural or "", *entry.extracted_comments, *entry.translator_comments)


def _add_plural(file: Element, entry: Entry) -> None:
    """Write the plural forms of an entry as a group; XLIFF 2.1 knows no plurals."""
    name = identifier(entry.key)
    group = add_element(file, in_xliff("group"), {"id": name})
    for index, text in enumerate(entry.msgstr_plural):
        source = entry.msgid_plural if index and entry.msgid_plural else entry.msgid
        _add_unit(group, entry, f"{name}.{index}", source, text)


def _add_unit(parent: Element, entry: Entry, name: str, source: str, target: str) -> None:
    attributes = {"id": name, MARKS: str(marks_of(entry))}
    if entry.msgctxt is not None:
        attributes["name"] = entry.msgctxt
    unit = add_element(parent, in_xliff("unit"), attributes)
    _add_notes(unit, entry)
    codes = _Codes()
    pieces, translated = read_codes(source), read_codes(target)
    _add_original_data(unit, codes, (*pieces, *translated))
    segment = add_element(unit, in_xliff("segment"), {"id": "s1", **_state(entry, target)})
    codes.add_pieces(add_element(segment, in_xliff("source")), pieces, is_target=False)
    if target:
        codes.add_pieces(add_element(segment, in_xliff("target")), translated, is_target=True)


def _state(entry: Entry, target: str) -> dict[str, str]:
    """Return the state of a translation; where there is none, a tool says it, or nobody does.

    Some tools do not know states: were "initial" written beside an empty text, what they fill in
    would stay unfinished.
    """
    if entry.is_fuzzy:
        return {"state": "initial", "subState": FUZZY}
    return {"state": "translated"} if target else {}


def _add_notes(unit: Element, entry: Entry) -> None:
    notes = list(_notes(entry))
    if notes:
        parent = add_element(unit, in_xliff("notes"))
        for category, text in notes:
            add_element(parent, in_xliff("note"), {"category": category}, text)


def _notes(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what is said of an entry; its first extracted comment is its role."""
    for index, comment in enumerate(entry.extracted_comments):
        yield (COMMENT if index else ROLE), comment
    yield from ((TRANSLATOR, comment) for comment in entry.translator_comments)
    if entry.msgid_plural is not None:
        yield PLURAL, entry.msgid_plural
    if entry.previous_msgctxt is not None:
        yield PREVIOUS_CONTEXT, entry.previous_msgctxt
    if entry.previous_msgid is not None:
        yield PREVIOUS, entry.previous_msgid


# ---------------------------------------------------------------- codes

_TYPES = {
    Kind.BOLD: {"type": "fmt", "subType": "xlf:b"},
    Kind.ITALIC: {"type": "fmt", "subType": "xlf:i"},
    Kind.STRUCK: {"type": "fmt", "subType": "pubkit:strikethrough"},
    Kind.LINK: {"type": "link"},
    Kind.PICTURE: {"type": "image"},
    Kind.CODE: {"type": "other", "subType": "pubkit:code"},
    Kind.NOTE: {"type": "other", "subType": "pubkit:note"},
    Kind.BREAK: {"type": "fmt", "subType": "xlf:lb"},
    Kind.PLACEHOLDER: {"type": "ui", "subType": "xlf:var"},
}
"""What a tool may show of a code.

Source:
    XLIFF 2.1, 4.3.1.37 "subType" and 4.3.1.40 "type".
"""


def _add_original_data(unit: Element, codes: "_Codes", pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        if isinstance(piece, Code):
            codes.data.setdefault(piece.data, f"d{len(codes.data) + 1}")
    if codes.data:
        parent = add_element(unit, in_xliff("originalData"))
        for data, name in codes.data.items():
            _add_characters(add_element(parent, in_xliff("data"), {"id": name}), data)


@dataclass(slots=True)
class _Codes:
    """The codes of one unit: those of its translation have the identifiers of the source's."""

    data: dict[str, str] = field(default_factory=dict)
    """The identifier of each piece of original data."""
    unused: list[tuple[str, str, str]] = field(default_factory=list)
    """Beginning, end and identifier of those codes of the source that the target lacks so far."""
    count: int = 0

    def add_pieces(self, parent: Element, pieces: Iterable[Piece], *, is_target: bool) -> None:
        """Write text and codes into a source or target element."""
        open_elements = [parent]
        pieces = list(pieces)
        for index, piece in enumerate(pieces):
            here = open_elements[-1]
            if isinstance(piece, str):
                _add_characters(here, piece)
            elif piece.pair == 1:
                closing = _closing(pieces, index)
                open_elements.append(self._add_pair(here, piece, closing, is_target=is_target))
            elif piece.pair == -1:
                open_elements.pop()
            else:
                self._add_single(here, piece, is_target=is_target)

    def _add_pair(
        self, parent: Element, opening: Code, closing: Code, *, is_target: bool
    ) -> Element:
        attributes = {
            "id": self._identifier(opening.data, closing.data, is_target=is_target),
            "dataRefStart": self.data[opening.data],
            "dataRefEnd": self.data[closing.data],
        }
        return add_element(parent, in_xliff("pc"), attributes | _TYPES[opening.kind])

    def _add_single(self, parent: Element, code: Code, *, is_target: bool) -> None:
        attributes = {
            "id": self._identifier(code.data, "", is_target=is_target),
            "dataRef": self.data[code.data],
        }
        if not is_forbidden(code.data):
            attributes["disp"] = code.data
        add_element(parent, in_xliff("ph"), attributes | _TYPES[code.kind])

    def _identifier(self, opening: str, closing: str, *, is_target: bool) -> str:
        if is_target:
            for known in self.unused:
                if known[:2] == (opening, closing):
                    self.unused.remove(known)
                    return known[2]
        self.count += 1
        name = f"c{self.count}"
        if not is_target:
            self.unused.append((opening, closing, name))
        return name


def _closing(pieces: list[Piece], start: int) -> Code:
    """Return the end of the pair that begins here; the parser has closed all of them."""
    depth = 0
    for piece in pieces[start:]:
        depth += piece.pair if isinstance(piece, Code) else 0
        if isinstance(piece, Code) and not depth:
            return piece
    raise AssertionError(pieces)


def _add_characters(parent: Element, text: str) -> None:
    """Append text; characters that XML lacks are elements of their own."""
    plain = ""
    for character in text:
        if is_forbidden(character):
            add_text(parent, plain)
            add_element(parent, in_xliff("cp"), {"hex": f"{ord(character):04X}"})
            plain = ""
        else:
            plain += character
    add_text(parent, plain)
