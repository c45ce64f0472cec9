"""Take out of the text of a document of Word what cannot be taken over, and tell of it.

One function for each construct; they run in the order of ``STEPS``. What is left is what pandoc
reads rightly.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from pubkit.formats.manuscripts.model import Loss, LossKind
from pubkit.formats.manuscripts.places import place_of
from pubkit.formats.manuscripts.styles import CODE_STYLES, CONTENTS_STYLES, SPACES_OF_CODE
from pubkit.formats.manuscripts.trees import (
    ancestors,
    attribute,
    drop,
    every,
    has,
    parent_name,
    replace_by,
    unwrap,
)
from pubkit.formats.xml import Element, add_element, full_text, local_name, number

Relations = Mapping[str, tuple[str, str]]
Numbering = Mapping[str, tuple[str, bool]]
HIDDEN = "*"
"""The name of every style that hides its text."""
FALSE = ("0", "false", "off", "none")


def clean(
    root: Element, relations: Relations, styles: Mapping[str, str], numbering: Numbering
) -> list[Loss]:
    """Take out of a text what pandoc would drop or misread; return what it was.

    Args:
        root: The tree of a part; it is changed.
        relations: What the document refers to.
        styles: The names of styles by identifier; ``*`` for those that hide text.
        numbering: The definition of each list, and whether it begins anew.
    """
    cleaning = Cleaning(root, relations, styles, numbering)
    for step in STEPS:
        step(cleaning)
    return cleaning.losses


class Places:
    """Where elements stand: the paragraphs of a text, counted before anything is taken out."""

    def __init__(self, root: Element) -> None:
        paragraphs = [p for p in every(root, "p") if not _is_within(p, "txbxContent")]
        self._known = {
            id(paragraph): (number, paragraph_text(paragraph))
            for number, paragraph in enumerate(paragraphs, 1)
        }
        self._alive = paragraphs  # so that no other element takes one's identity

    def of(self, element: Element) -> str:
        """Return the place of an element in words."""
        for parent in (element, *ancestors(element)):
            if id(parent) in self._known:
                return place_of(*self._known[id(parent)])
        return ""


class Cleaning:
    """A text that is being cleaned."""

    def __init__(
        self,
        root: Element,
        relations: Relations,
        styles: Mapping[str, str],
        numbering: Numbering,
    ) -> None:
        self.root = root
        self.numbering = numbering
        self.relations = relations
        self.styles = styles
        self.places = Places(root)
        self.losses: list[Loss] = []

    def lose(
        self, kind: LossKind, element: Element, text: str = "", *, is_kept: bool = False
    ) -> None:
        """Remember what is taken out, or changed."""
        place = self.places.of(element)
        self.losses.append(Loss(kind=kind, place=place, text=text, is_kept=is_kept))


def paragraph_text(element: Element) -> str:
    """Return the text of a paragraph without that of the paragraphs within it."""
    return "".join(_texts(element))


def _texts(element: Element) -> Iterator[str]:
    for child in element:
        match local_name(child):
            case "t" | "delText":
                yield child.text or ""
            case "tab" | "br" | "cr" if parent_name(child) == "r":
                yield " "
            case "noBreakHyphen":
                yield "\u2011"
            case "p" | "Fallback" | "pPr" | "rPr" | "instrText" | "oMath" | "oMathPara":
                pass
            case _:
                yield from _texts(child)


def whole_text(element: Element) -> str:
    """Return the text of all paragraphs within an element."""
    paragraphs = every(element, "p")
    if not paragraphs:
        return paragraph_text(element)
    return "\n".join(filter(None, (paragraph_text(p).strip() for p in paragraphs)))


def _is_within(element: Element, *names: str) -> bool:
    return any(local_name(parent) in names for parent in ancestors(element))


# ---------------------------------------------------------------- alternatives


def choose_alternatives(cleaning: Cleaning) -> None:
    """Keep what new versions of Word show; a sign that has no text there is in the fallback."""
    for alternative in every(cleaning.root, "AlternateContent"):
        choice = next((c for c in alternative if local_name(c) == "Choice"), None)
        fallback = next((c for c in alternative if local_name(c) == "Fallback"), None)
        is_shown = choice is not None and has(choice, "drawing", "pict", "t", "object", "oMath")
        kept = choice if is_shown else fallback
        replace_by(alternative, list(kept) if kept is not None else [])


# ---------------------------------------------------------------- tracked changes


def settle_changes(cleaning: Cleaning) -> None:
    """Accept every change: what was deleted is gone, what was inserted is text."""
    for row in every(cleaning.root, "tr"):
        if any(has(properties, "del") for properties in row if local_name(properties) == "trPr"):
            cleaning.lose(LossKind.DELETION, row, whole_text(row))
            drop(row)
    for change in every(cleaning.root, "del", "moveFrom"):
        if parent_name(change) in ("rPr", "trPr"):
            continue
        cleaning.lose(LossKind.DELETION, change, whole_text(change))
        drop(change)
    for change in every(cleaning.root, "ins", "moveTo"):
        if parent_name(change) in ("rPr", "trPr"):
            continue
        cleaning.lose(LossKind.INSERTION, change, whole_text(change), is_kept=True)
        unwrap(change)
    _settle_formatting(cleaning)


FORMATTING = ("rPrChange", "pPrChange", "tblPrChange", "tcPrChange", "trPrChange", "sectPrChange")


def _settle_formatting(cleaning: Cleaning) -> None:
    for change in every(cleaning.root, *FORMATTING, "tblGridChange", "numberingChange"):
        cleaning.lose(LossKind.FORMATTING_CHANGE, change, is_kept=True)
        drop(change)


# ---------------------------------------------------------------- boxes and drawings


def take_out_boxes(cleaning: Cleaning) -> None:
    """Take out text boxes; what holds a picture is a frame with its caption, and is set free."""
    for box in every(cleaning.root, "txbxContent"):
        drawing = _outermost(box, "drawing", "pict", "object")
        paragraph = next((p for p in ancestors(box) if local_name(p) == "p"), None)
        if drawing is None or paragraph is None or _is_within(box, "txbxContent"):
            continue
        if has(box, "blip", "imagedata"):
            _set_free(box, paragraph)
        else:
            cleaning.lose(LossKind.TEXT_BOX, paragraph, whole_text(box))
        drop(drawing)


def _outermost(element: Element, *names: str) -> Element | None:
    found = [parent for parent in ancestors(element) if local_name(parent) in names]
    return found[-1] if found else None


def _set_free(box: Element, paragraph: Element) -> None:
    """Put the paragraphs of a box behind the one at which it is anchored."""
    parent = paragraph.getparent()
    if parent is not None:
        place = parent.index(paragraph) + 1
        for number, inner in enumerate(list(box)):
            parent.insert(place + number, inner)


def take_out_drawings(cleaning: Cleaning) -> None:
    """Take out what is drawn and is no picture: shapes, charts, diagrams, objects."""
    for drawing in every(cleaning.root, "object"):
        cleaning.lose(LossKind.EMBEDDED_OBJECT, drawing, whole_text(drawing))
        drop(drawing)
    for drawing in every(cleaning.root, "drawing", "pict"):
        if has(drawing, "blip", "imagedata"):
            _tell_of_linked(cleaning, drawing)
            continue
        kind = LossKind.CHART if has(drawing, "chart") else LossKind.DRAWING
        kind = LossKind.DIAGRAM if has(drawing, "relIds") else kind
        names = [attribute(name, "descr") for name in every(drawing, "docPr")]
        words = [attribute(path, "string") for path in every(drawing, "textpath")]
        cleaning.lose(kind, drawing, " ".join(filter(None, (*names, *words))))
        drop(drawing)


def _tell_of_linked(cleaning: Cleaning, drawing: Element) -> None:
    """Tell of a picture that is only linked: it lies on the author's disk, or on the web."""
    for blip in every(drawing, "blip", "imagedata"):
        target = cleaning.relations.get(attribute(blip, "link") or attribute(blip, "href"))
        if target and not attribute(blip, "embed"):
            words = " ".join(attribute(name, "descr") for name in every(drawing, "docPr"))
            cleaning.lose(LossKind.PICTURE, drawing, f"{target[1]} {words}".strip())
            drop(drawing)
            return


# ---------------------------------------------------------------- text that is not shown


def take_out_hidden(cleaning: Cleaning) -> None:
    """Take out hidden text, whether it is hidden by itself or by its style."""
    for run in every(cleaning.root, "r"):
        properties = next((child for child in run if local_name(child) == "rPr"), None)
        if properties is None:
            continue
        hides = any(
            attribute(child, "val") not in FALSE
            if local_name(child) == "vanish"
            else cleaning.styles.get(attribute(child, "val")) == HIDDEN
            for child in properties
            if local_name(child) in ("vanish", "rStyle")
        )
        if hides:
            text = paragraph_text(run)
            if text.strip():
                cleaning.lose(LossKind.HIDDEN_TEXT, run, text)
            drop(run)


def take_out_readings(cleaning: Cleaning) -> None:
    """Take out the readings above Chinese and Japanese characters; the characters stay."""
    for ruby in every(cleaning.root, "ruby"):
        readings = every(ruby, "rt")
        text = " ".join(paragraph_text(reading) for reading in readings)
        cleaning.lose(LossKind.OTHER_TEXT, ruby, text)
        bases = [run for base in every(ruby, "rubyBase") for run in base]
        run = ruby.getparent()
        if run is not None and local_name(run) == "r":
            replace_by(run, bases)
        else:
            replace_by(ruby, bases)


# ---------------------------------------------------------------- contents, forms, fields


def take_out_contents(cleaning: Cleaning) -> None:
    """Take out tables of contents: an edition that needs one makes its own."""
    for control in every(cleaning.root, "sdt"):
        galleries = [attribute(part, "val") for part in every(control, "docPartGallery")]
        if "Table of Contents" in galleries:
            cleaning.lose(LossKind.CONTENTS, control, whole_text(control))
            drop(control)
    for paragraph in every(cleaning.root, "p"):
        style = next((attribute(part, "val") for part in every(paragraph, "pStyle")), "")
        if cleaning.styles.get(style, "").startswith(CONTENTS_STYLES):
            cleaning.lose(LossKind.CONTENTS, paragraph, paragraph_text(paragraph))
            drop(paragraph)


def settle_forms(cleaning: Cleaning) -> None:
    """Take out what a form asks for; what was filled in is text."""
    for control in every(cleaning.root, "sdt"):
        if has(control, "showingPlcHdr"):
            cleaning.lose(LossKind.FORM, control, whole_text(control))
            drop(control)
        elif has(control, "dropDownList", "comboBox", "checkbox", "date"):
            cleaning.lose(LossKind.FORM, control, whole_text(control), is_kept=True)
    for control in every(cleaning.root, "ffData"):
        cleaning.lose(LossKind.FORM, control, is_kept=True)


REFERENCES = ("REF", "PAGEREF", "NOTEREF", "STYLEREF")
SILENT = ("HYPERLINK", "SEQ", "TOC", "XE", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN")
"""Fields of which nothing is lost: links, the numbers of captions, and what is told elsewhere."""


def tell_of_fields(cleaning: Cleaning) -> None:
    """Tell of fields; in the text stands what they last showed."""
    for field in every(cleaning.root, "instrText", "fldSimple"):
        code = (field.text or "") if local_name(field) == "instrText" else attribute(field, "instr")
        name = (code.split() or [""])[0].upper()
        if name and name.isalpha() and name not in SILENT:
            kind = LossKind.CROSS_REFERENCE if name in REFERENCES else LossKind.FIELD
            cleaning.lose(kind, field, " ".join(code.split()), is_kept=True)


# ---------------------------------------------------------------- looks


LOOKS = ("color", "highlight", "sz", "rFonts", "shd", "u", "caps", "smallCaps", "em", "bdr")
PLAIN = ("auto", "000000", "none", "")


def tell_of_looks(cleaning: Cleaning) -> None:
    """Tell how often a look was set by hand that the publisher's design decides."""
    first: dict[str, Element] = {}
    number: Counter[str] = Counter()
    for run in every(cleaning.root, "r"):
        properties = next((child for child in run if local_name(child) == "rPr"), None)
        for look in properties if properties is not None and paragraph_text(run).strip() else ():
            name = local_name(look)
            if name in LOOKS and (name == "rFonts" or attribute(look, "val") not in PLAIN):
                first.setdefault(name, look)
                number[name] += 1
    for name, look in first.items():
        cleaning.lose(LossKind.STYLE, look, f"{LOOK_NAMES[name]} × {number[name]}", is_kept=True)


LOOK_NAMES = {
    "color": "colour",
    "highlight": "highlight",
    "sz": "size",
    "rFonts": "font",
    "shd": "shading",
    "u": "underline",
    "caps": "capitals",
    "smallCaps": "small capitals",
    "em": "emphasis mark",
    "bdr": "frame",
}


def name_raised_letters(cleaning: Cleaning) -> None:
    """Say of letters that are set higher or lower by hand that they are super- or subscripts."""
    for position in every(cleaning.root, "position"):
        points = attribute(position, "val").lstrip("+")
        properties = position.getparent()
        if properties is None or not points.lstrip("-").isdigit() or points.strip("-0") == "":
            continue
        namespace = str(position.tag).rpartition("}")[0] + "}"
        value = "subscript" if points.startswith("-") else "superscript"
        add_element(properties, f"{namespace}vertAlign", {f"{namespace}val": value})
        drop(position)


def tell_of_symbols(cleaning: Cleaning) -> None:
    """Tell of signs that only one font has."""
    for sign in every(cleaning.root, "sym"):
        text = f"{attribute(sign, 'font')} {attribute(sign, 'char')}"
        cleaning.lose(LossKind.CHARACTER, sign, text, is_kept=True)


# ---------------------------------------------------------------- what pandoc would misread


SPECIAL_STYLES = ("author", "date", "abstract", "abstracttitle")


def unstyle(cleaning: Cleaning) -> None:
    """Make a paragraph of what pandoc would take for metadata, and drop."""
    for style in every(cleaning.root, "pStyle"):
        if cleaning.styles.get(attribute(style, "val"), "") in SPECIAL_STYLES:
            drop(style)


def unwrap_tags(cleaning: Cleaning) -> None:
    """Set free what stands in tags that mean nothing to readers, such as “smart” ones."""
    for tag in every(cleaning.root, "smartTag", "customXml", "dir", "bdo"):
        if parent_name(tag) not in ("rPr", "pPr"):
            for properties in [c for c in tag if local_name(c).endswith("Pr")]:
                drop(properties)
            unwrap(tag)
    for mark in every(cleaning.root, "commentRangeStart", "commentRangeEnd", "commentReference"):
        drop(mark)


def continue_lists(cleaning: Cleaning) -> None:
    """Let a list go on that has another number of Word's, but the same definition.

    Word counts on in such a list; pandoc would begin anew, and “step 4” would be step 1.
    """
    current: dict[str, str] = {}
    for mark in every(cleaning.root, "numId"):
        number = attribute(mark, "val")
        definition, restarts = cleaning.numbering.get(number, ("", True))
        if definition in current and not restarts:
            key = next(key for key in mark.attrib if str(key).endswith("val"))
            mark.set(key, current[definition])
        elif definition:
            current[definition] = number


def complete_grids(cleaning: Cleaning) -> None:
    """Give each table as many columns as its longest row: pandoc drops the cells beyond."""
    for table in every(cleaning.root, "tbl"):
        namespace = str(table.tag).rpartition("}")[0] + "}"
        for grid in [child for child in table if local_name(child) == "tblGrid"]:
            table.remove(grid)
        rows = [row for row in every(table, "tr") if row.getparent() is table]
        grid = add_element(table, f"{namespace}tblGrid")
        table.insert(0, grid)
        for _column in range(min(MOST_COLUMNS, max(map(_columns, rows), default=0))):
            add_element(grid, f"{namespace}gridCol", {f"{namespace}w": "1000"})


MOST_COLUMNS = 1000


def _columns(row: Element) -> int:
    spans = [attribute(span, "val") for span in every(row, "gridSpan", "gridBefore", "gridAfter")]
    further = sum(max(0, number(span, most=MOST_COLUMNS) - 1) for span in spans)
    return sum(local_name(cell) in ("tc", "sdt") for cell in row) + min(further, MOST_COLUMNS)


def tell_of_equations(cleaning: Cleaning) -> None:
    """Tell the letters of equations, which stand in the text as TeX."""
    for equation in every(cleaning.root, "oMath"):
        text = " ".join(full_text(part) for part in every(equation, "t"))
        cleaning.lose(LossKind.EQUATION, equation, text)


def keep_spaces_of_code(cleaning: Cleaning) -> None:
    """Put signs into the places of the spaces, tabs and empty lines of code."""
    for style in every(cleaning.root, "pStyle"):
        is_code = cleaning.styles.get(attribute(style, "val"), "") in CODE_STYLES
        paragraph = next((p for p in ancestors(style) if local_name(p) == "p"), None)
        if is_code and paragraph is not None:
            _keep_spaces(paragraph)


def _keep_spaces(paragraph: Element) -> None:
    namespace = str(paragraph.tag).rpartition("}")[0] + "}"
    for tab in every(paragraph, "tab"):
        if parent_name(tab) == "r":
            tab.tag = f"{namespace}t"
            tab.text = "\t"
    if not paragraph_text(paragraph):
        add_element(add_element(paragraph, f"{namespace}r"), f"{namespace}t").text = " "
    for text in every(paragraph, "t"):
        text.text = (text.text or "").translate(SIGNS_OF_SPACES)


SIGNS_OF_SPACES = {ord(space): chr(sign) for sign, space in SPACES_OF_CODE.items()}


STEPS: tuple[Callable[[Cleaning], None], ...] = (
    choose_alternatives,
    tell_of_equations,
    settle_changes,
    take_out_boxes,
    take_out_drawings,
    take_out_contents,
    settle_forms,
    take_out_hidden,
    take_out_readings,
    tell_of_fields,
    tell_of_looks,
    tell_of_symbols,
    name_raised_letters,
    continue_lists,
    complete_grids,
    unstyle,
    unwrap_tags,
    keep_spaces_of_code,
)
