"""Whether a PDF keeps what PDF/UA-1 and PDF/A-3a ask of its structure, as far as programs can tell.

An independent validator agrees in the tests; here stands what pubkit answers for by itself, for
every PDF that it writes. What only a person can judge, such as whether an alternative text tells
what the picture shows, is in no list.

Source:
    ISO 14289-1 (PDF/UA-1), 7; ISO 19005-3 (PDF/A-3), 6; PDF Association, "Matterhorn Protocol 1.1".
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from pubkit.formats.pdf.elements import Element, Place, ReadStructure
from pubkit.formats.pdf.reading import PAINTING, Reading
from pubkit.formats.published import StructureFault
from pubkit.messages import gettext as _
from pubkit.patterns import pattern

if TYPE_CHECKING:
    import pikepdf

Fault = tuple[str, str]
"""A rule and the place where it is broken; the place may be empty."""

PDF_UA = "{http://www.aiim.org/pdfua/ns/id/}part"
PDF_A = "{http://www.aiim.org/pdfa/ns/id/}part"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
LANGUAGE_TAG = pattern(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
ADDRESS = pattern(r"(?i)(?:https?|mailto|tel):")
STANDARD_TYPE = pattern(
    "Document|Part|Art|Sect|Div|BlockQuote|Caption|TOCI?|Index|NonStruct|Private|P|H[1-6]?"
    "|L|LI|Lbl|LBody|Table|TR|TH|TD|THead|TBody|TFoot|Span|Quote|Note|Reference|BibEntry|Code"
    "|Link|Annot|Ruby|RB|RT|RP|Warichu|WT|WP|Figure|Formula|Form"
)
PLACES = {
    "LI": {"L"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
}
"""In which elements one has to stand."""
CONTENTS = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
}
"""Which elements alone may stand in one."""
PRINTED = 4
"""The flag of an annotation that is on paper too."""


def structure_faults(reading: Reading) -> Iterator[StructureFault]:
    """Yield which rules a PDF breaks, each once with the places."""
    found: dict[str, list[str]] = {}
    for rule, place in _faults(reading):
        found.setdefault(rule, []).append(place)
    messages = _messages()
    for rule, places in found.items():
        named = tuple(dict.fromkeys(place for place in places if place))
        yield StructureFault(rule=rule, message=messages[rule], places=named)


def _messages() -> dict[str, str]:
    return {
        "tags": _("The PDF has no structure"),
        "language": _("The PDF does not say in which language it is"),
        "title": _("The PDF's metadata has no title"),
        "title-bar": _("The window would show the name of the file instead of its title"),
        "outline": _("The PDF has headings, but no bookmarks"),
        "pdf-ua": _("The PDF does not say that it follows PDF/UA"),
        "identifier": _("The PDF has no identifier"),
        "tab-order": _("The tab key does not follow the structure"),
        "unmarked": _("Something is drawn that is neither in the structure nor an artifact"),
        "unbalanced": _("Marked content does not end where it should"),
        "mixed": _("Marked content and artifacts stand inside each other"),
        "mark-lost": _("Content is marked, but in no element of the structure"),
        "mark-missing": _("The structure has content that is not on the page"),
        "mark-twice": _("Content is in the structure twice"),
        "index": _("The index of the structure contradicts the structure"),
        "type": _("The structure has elements of unknown types"),
        "nesting": _("Elements of the structure stand where they may not"),
        "heading-order": _("A level of headings is left out"),
        "alternative": _("A picture has no alternative text"),
        "scope": _("A table's heading does not say whether it is that of a column or a row"),
        "table-shape": _("The rows of a table have different numbers of cells"),
        "note": _("Notes have no identifiers of their own"),
        "element-language": _("An element is in a language without a valid tag"),
        "link-text": _("A link has no description"),
        "link-structure": _("A link is not in the structure as one"),
        "annotation": _("The PDF has annotations that are no links"),
        "action": _("The PDF has scripts, or starts something"),
        "address": _("A link leads to something that is no address of the web, mail or telephone"),
        "attachment": _("The PDF has attachments of which it does not say what they are"),
        "font": _("A font is not embedded"),
        "to-unicode": _("A font does not tell its characters"),
        "output-intent": _("The archive edition does not define its colours"),
        "print-flag": _("Links of the archive edition are not marked as printed"),
        "interpolation": _("The archive edition has pictures that viewers may draw differently"),
    }


def _faults(reading: Reading) -> Iterator[Fault]:
    pdf, structure = reading.pdf, reading.structure
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        is_archive = bool(metadata.get(PDF_A))
        yield from _document_faults(pdf, structure, dict(metadata))
    drawn: set[Place] = set()
    for number, page in enumerate(pdf.pages):
        place = _page(number)
        yield from ((rule, place) for rule in _page_faults(page, number, reading, drawn))
        for annotation in page.Annots if "/Annots" in page else ():
            rules = _annotation_faults(annotation, structure, is_archive=is_archive)
            yield from ((rule, place) for rule in rules)
    if structure.owners.keys() - drawn:
        yield "mark-missing", ""
    yield from _element_faults(structure)
    yield from _font_faults(pdf)
    yield from _attachment_faults(pdf, is_archive=is_archive)
    if is_archive:
        yield from _archive_faults(pdf)


def _page(number: int | None) -> str:
    return "" if number is None else _("page {number}").format(number=number + 1)


# ---------------------------------------------------------------- the document


def _document_faults(
    pdf: "pikepdf.Pdf", structure: ReadStructure, metadata: dict[str, object]
) -> Iterator[Fault]:
    root: Any = pdf.Root
    headings = {f"H{level}" for level in range(2, 7)}
    is_given = {
        "tags": (root.get("/MarkInfo") or {}).get("/Marked") and structure.elements,
        "language": LANGUAGE_TAG.fullmatch(str(root.get("/Lang", ""))),
        "title": metadata.get(TITLE),
        "title-bar": (root.get("/ViewerPreferences") or {}).get("/DisplayDocTitle"),
        "outline": "/Outlines" in root
        or not any(element.role in headings for element in structure.elements),
        "pdf-ua": metadata.get(PDF_UA) == "1",
        "identifier": "/ID" in pdf.trailer,
        "action": not _starts_something(root),
    }
    yield from ((rule, "") for rule, given in is_given.items() if not given)


def _starts_something(root: Any) -> bool:
    import pikepdf

    opening = root.get("/OpenAction")
    is_action = isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != "/GoTo"
    scripts = (root.get("/Names") or {}).get("/JavaScript")
    return (
        bool(is_action)
        or scripts is not None
        or "/AA" in root
        or "/XFA" in root.get("/AcroForm", {})
    )


# ---------------------------------------------------------------- pages


def _page_faults(page: Any, number: int, reading: Reading, places: set[Place]) -> Iterator[str]:
    """Yield the rules that a page breaks, and note where marks are."""
    if page.get("/Tabs") != "/S":
        yield "tab-order"
    if "/AA" in page:
        yield "action"
    drawn: dict[Place, Counter[int]] = {number: Counter()}
    for place, found in _read_content(reading, page.obj, number, drawn.keys(), is_marked=False):
        marks = drawn.setdefault(place, Counter())
        if isinstance(found, str):
            yield found
        else:
            marks[found] += 1
    places.update(drawn)
    for place, marks in drawn.items():
        yield from _mark_faults(place, marks, reading.structure)


def _mark_faults(place: Place, drawn: Counter[int], structure: ReadStructure) -> Iterator[str]:
    owners = structure.owners.get(place, {})
    if any(times > 1 for times in drawn.values()) or any(len(own) > 1 for own in owners.values()):
        yield "mark-twice"
    if drawn.keys() - owners.keys():
        yield "mark-lost"
    if owners.keys() - drawn.keys():
        yield "mark-missing"
    shared = owners.keys() & drawn.keys()
    if any(structure.indexed.get((place, mark)) not in owners[mark] for mark in shared):
        yield "index"


def _read_content(
    reading: Reading, content: Any, place: Place, seen: Collection[Place], *, is_marked: bool
) -> Iterator[tuple[Place, str | int]]:
    """Yield the numbers of marked content, and the rules that the content breaks.

    Args:
        reading: The file.
        content: A page, or a form that it draws.
        place: Where its marks are numbered.
        seen: Where marks were found before.
        is_marked: Whether the form is drawn as marked content as a whole.
    """
    stack: list[str | int] = ["Artifact"] if is_marked else []
    depth = len(stack)
    forms = dict(content.get("/Resources", {}).get("/XObject", {}))
    for operator, operands in reading.instructions(content):
        if operator in ("BDC", "BMC"):
            kind = _kind(operands)
            yield from ((place, rule) for rule in _opened(kind, stack))
            stack.append(kind)
        elif operator == "EMC":
            if len(stack) > depth:
                stack.pop()
            else:
                yield place, "unbalanced"
        elif operator == "Do" and _is_form(forms.get(str(operands[0]))):
            form = forms[str(operands[0])]
            if form.objgen not in seen:
                is_inside = any(map(_is_meant, stack))
                yield from _read_content(
                    reading, form, form.objgen, {*seen, form.objgen}, is_marked=is_inside
                )
        elif operator in PAINTING and not any(map(_is_meant, stack)):
            yield place, "unmarked"
    if len(stack) > depth:
        yield place, "unbalanced"


def _is_form(drawn: Any) -> bool:
    return drawn is not None and drawn.get("/Subtype") == "/Form"


def _opened(kind: str | int, stack: list[str | int]) -> Iterator[str | int]:
    """Yield the number of marked content that begins, and the rule that it breaks there."""
    if isinstance(kind, int):
        yield kind
    if _is_meant(kind) and any(map(_is_meant, stack)):
        yield "mixed"


def _is_meant(kind: str | int) -> bool:
    """Tell whether marked content is in the structure, or expressly not."""
    return kind == "Artifact" or isinstance(kind, int)


def _kind(operands: Any) -> str | int:
    properties: Any = operands[1] if len(operands) > 1 else None
    if hasattr(properties, "get") and "/MCID" in properties:
        return int(properties.MCID)
    return str(operands[0]).removeprefix("/")


# ---------------------------------------------------------------- links


def _annotation_faults(
    annotation: Any, structure: ReadStructure, *, is_archive: bool
) -> Iterator[str]:
    if annotation.get("/Subtype") != "/Link":
        yield "annotation"
        return
    if not str(annotation.get("/Contents", "")).strip():
        yield "link-text"
    owner = structure.annotations.get(annotation.objgen)
    if owner is None or owner.role != "Link":
        yield "link-structure"
    elif (
        structure.indexed_annotations.get(int(annotation.get("/StructParent", -1))) != owner.number
    ):
        yield "index"
    if is_archive and not int(annotation.get("/F", 0)) & PRINTED:
        yield "print-flag"
    action = annotation.get("/A")
    if "/AA" in annotation or (action is not None and action.get("/S") not in ("/URI", "/GoTo")):
        yield "action"
    elif action is not None and action.S == "/URI" and not ADDRESS.match(str(action.get("/URI"))):
        yield "address"


# ---------------------------------------------------------------- elements


def _element_faults(structure: ReadStructure) -> Iterator[Fault]:
    level = 0
    names = Counter(element.name for element in structure.elements if element.role == "Note")
    for element in structure.elements:
        place = _page(element.page)
        yield from ((rule, place) for rule in _single_faults(element))
        if element.role == "Note" and (not element.name or names[element.name] > 1):
            yield "note", place
        if re.fullmatch(r"H[1-6]", element.role):
            if int(element.role[1]) > level + 1:
                yield "heading-order", place
            level = int(element.role[1])


def _single_faults(element: Element) -> Iterator[str]:
    around = element.holder
    inside = [kid.role for kid in element.kids if kid.role not in ("NonStruct", "Private")]
    is_placed = around in PLACES.get(element.role, {around})
    if not STANDARD_TYPE.fullmatch(element.role):
        yield "type"
    is_filled = set(inside) <= CONTENTS.get(element.role, set(inside))
    if not is_placed or not is_filled or (element.role == "Table" and inside.count("THead") > 1):
        yield "nesting"
    if element.role in ("Figure", "Formula") and not element.has_text_instead:
        yield "alternative"
    if element.role == "TH" and element.scope not in ("Row", "Column", "Both"):
        yield "scope"
    if element.role == "Table" and len(set(_row_lengths(element))) > 1:
        yield "table-shape"
    if element.lang is not None and not LANGUAGE_TAG.fullmatch(element.lang):
        yield "element-language"


def _row_lengths(table: Element) -> Iterator[int]:
    """Yield how many columns each row of a table fills, with cells that reach down into it."""
    reaching: list[int] = []
    for row in table.rows():
        fresh = [cell for cell in row.kids if cell.role in ("TH", "TD")]
        yield len(reaching) + sum(cell.columns for cell in fresh)
        down = [cell.rows_spanned for cell in fresh for _column in range(cell.columns)]
        reaching = [left - 1 for left in (*reaching, *down) if left > 1]


# ---------------------------------------------------------------- fonts, files, colours


def _font_faults(pdf: "pikepdf.Pdf") -> Iterator[Fault]:
    for name, font in _fonts(pdf).items():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor") or {}
        files = ("/FontFile", "/FontFile2", "/FontFile3")
        is_drawn_by_itself = font.get("/Subtype") == "/Type3"
        if not is_drawn_by_itself and not any(file in descriptor for file in files):
            yield "font", name
        if "/ToUnicode" not in font:
            yield "to-unicode", name


def _fonts(pdf: "pikepdf.Pdf") -> dict[str, Any]:
    """Return the fonts of all pages and of what they draw, by their names."""
    fonts: dict[str, Any] = {}
    waiting: list[Any] = [page.Resources for page in pdf.pages if "/Resources" in page]
    seen = {(0, 0)}
    while waiting:
        resources = waiting.pop()
        number = resources.objgen
        if number in seen and number != (0, 0):
            continue
        seen.add(number)
        for font in dict(resources.get("/Font", {})).values():
            fonts[str(font.get("/BaseFont", font.get("/Name", ""))).removeprefix("/")] = font
        drawn = dict(resources.get("/XObject", {})).values()
        waiting += [form.Resources for form in drawn if "/Resources" in form]
    return fonts


def _attachment_faults(pdf: "pikepdf.Pdf", *, is_archive: bool) -> Iterator[Fault]:
    for name, attached in pdf.attachments.items():
        is_known = is_archive and attached.obj.get("/AFRelationship") is not None
        listed = [file.objgen for file in pdf.Root.get("/AF", [])]
        if not is_known or attached.obj.objgen not in listed:
            yield "attachment", name


def _archive_faults(pdf: "pikepdf.Pdf") -> Iterator[Fault]:
    root: Any = pdf.Root
    intents = root.get("/OutputIntents", [])
    if not any(i.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in i for i in intents):
        yield "output-intent", ""
    if any(item.get("/Interpolate") for item in pdf.objects if _is_picture(item)):
        yield "interpolation", ""


def _is_picture(item: Any) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
