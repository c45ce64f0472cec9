"""The text of an OpenDocument: its blocks, and what of it no source document can have."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pubkit.formats.manuscripts.links import kept_link
from pubkit.formats.manuscripts.model import (
    Block,
    Code,
    Content,
    Heading,
    Image,
    LineBreak,
    ListBlock,
    Loss,
    LossKind,
    NoteMark,
    Paragraph,
    Piece,
    Quotation,
    Run,
    plain_text,
)
from pubkit.formats.manuscripts.open_document_styles import (
    LARGEST_START,
    MOST_LEVELS,
    Level,
    Styles,
)
from pubkit.formats.manuscripts.packages import Package
from pubkit.formats.manuscripts.places import place_by_words
from pubkit.formats.manuscripts.small_letters import LOWERED, RAISED, as_small
from pubkit.formats.manuscripts.styles import CODE_STYLES, QUOTATION_STYLES
from pubkit.formats.manuscripts.tables import LARGEST_SPAN, Cell, as_table
from pubkit.formats.manuscripts.tidying import tidy
from pubkit.formats.manuscripts.trees import attribute, every
from pubkit.formats.xml import Element, full_text, local_name, number

MAX_REPEATED = 100
"""Cells that a row may repeat; spreadsheets repeat empty ones a million times."""
MOST_SPACES = 200
"""Spaces of code that stand for one element, which can say any number."""
FORMS = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}
"""How numbers are written that Markdown does not have."""
INDEXES = (
    *("table-of-content", "illustration-index", "table-index", "object-index", "user-index"),
    *("alphabetical-index", "bibliography"),
)
CONTAINERS = ("section", "index-body", "numbered-paragraph", "list-header", "page-sequence")
DRAWN = (
    *("custom-shape", "rect", "line", "ellipse", "polygon", "path", "connector", "g", "control"),
    *("circle", "polyline", "regular-polygon", "measure", "caption", "page-thumbnail"),
)
MUTE = (
    *("soft-page-break", "bookmark", "bookmark-start", "bookmark-end", "change-end", "p", "h"),
    *("reference-mark", "reference-mark-start", "reference-mark-end", "annotation-end"),
)
REFERENCES = ("bookmark-ref", "reference-ref", "note-ref", "sequence-ref")
SILENT = ("span", "meta", "sequence", "ruby-base", "placeholder", "toc-mark", "meta-field")
APART = (*("p", "h", "list", "note-citation", "ruby-text", "annotation", "title", "desc"),)
"""What stands in a paragraph and is not its text."""


def own_text(paragraph: Element) -> str:
    """Return the text of a paragraph without that of the paragraphs within it."""
    return "".join(_own_texts(paragraph))


def _own_texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local_name(child)
        if name in ("s", "tab", "line-break"):
            yield " "
        elif name not in APART:
            yield from _own_texts(child)
        yield child.tail or ""


def whole_text(element: Element) -> str:
    """Return the text of all paragraphs within an element."""
    paragraphs = every(element, "p", "h")
    return "\n".join(filter(None, (own_text(p).strip() for p in paragraphs)))


class TextReader:
    """Reads one text; ``title``, ``notes`` and ``losses`` are complete after ``read``."""

    def __init__(self, content: Element, styles: Styles, package: Package) -> None:
        self.title = ""
        self.subtitle = ""
        self.notes: dict[str, tuple[Block, ...]] = {}
        self.losses: list[Loss] = []
        self._content_root = content
        self._styles = styles
        self._package = package
        self._near = ""
        self._behind: list[Block] = []
        self._regions = {attribute(r, "id"): r for r in every(content, "changed-region")}
        self._looks: Counter[str] = Counter()
        self._numbers: dict[str, int] = {}

    def read(self) -> list[Block]:
        """Return the blocks of the text."""
        body = next(iter(every(self._content_root, "body")))
        text = next(child for child in body if local_name(child) == "text")
        blocks = [*self._blocks(text)]
        for look, times in self._looks.items():
            self._lose(LossKind.STYLE, f"{look} × {times}", is_kept=True, place="")
        return blocks

    def _lose(
        self, kind: LossKind, text: str = "", *, is_kept: bool = False, place: str | None = None
    ) -> None:
        where = place_by_words(self._near) if place is None else place
        self.losses.append(Loss(kind=kind, place=where, text=text, is_kept=is_kept))

    # ------------------------------------------------------------ blocks

    def _blocks(self, parent: Element, list_style: str = "", level: int = 1) -> Iterator[Block]:
        for element in parent:
            name = local_name(element)
            if name in ("p", "h"):
                yield from self._paragraph(element)
                yield from self._free()
            elif name == "list":
                yield self._list(element, list_style, level)
                yield from self._free()
            elif name == "table":
                yield from self._table(element)
            elif name in INDEXES:
                self._lose(LossKind.CONTENTS, whole_text(element))
            elif name in CONTAINERS:
                yield from self._blocks(element, list_style, level)
            else:
                yield from self._other_block(element, name)

    def _free(self) -> Iterator[Block]:
        """Yield the frames with captions that were anchored in the last paragraph."""
        behind, self._behind = self._behind, []
        yield from behind

    def _other_block(self, element: Element, name: str) -> Iterator[Block]:
        if name == "forms" and len(element):
            self._lose(LossKind.FORM, " ".join(full_text(element).split()), place="")
        elif name == "tracked-changes":
            self._tell_of_unplaced(element)
        elif name == "frame" or name in DRAWN:
            yield Paragraph(tidy(self._piece(element, Run(text=""))))
            yield from self._free()

    def _tell_of_unplaced(self, changes: Element) -> None:
        """Tell of deletions that stand nowhere in the text, as in a table that is gone."""
        placed = {attribute(mark, "change-id") for mark in every(self._content_root, "change")}
        for key, region in self._regions.items():
            if key not in placed and every(region, "deletion"):
                self._lose(LossKind.DELETION, whole_text(region), place="")

    def _paragraph(self, element: Element) -> Iterator[Block]:
        self._near = own_text(element)
        style = attribute(element, "style-name")
        names = self._styles.names(style)
        content = tidy(self._pieces(element, Run(text="")))
        level = attribute(element, "outline-level") if local_name(element) == "h" else ""
        depth = number(level, most=MOST_LEVELS, otherwise=self._styles.outline_level(style))
        if "title" in names and not self.title:
            self.title = self._head(content)
        elif "subtitle" in names and not self.subtitle:
            self.subtitle = self._head(content)
        elif depth or local_name(element) == "h":
            yield Heading(max(1, depth), content)
        elif QUOTATION_STYLES & {*names}:
            yield Quotation((Paragraph(content),))
        elif CODE_STYLES & {*names}:
            yield Code(_lines(element))
        else:
            is_caption = "caption" in names
            yield Paragraph(content, "caption" if is_caption else "")

    def _head(self, content: Content) -> str:
        """Return a title; what front matter has no place for is a loss."""
        for piece in content:
            if isinstance(piece, NoteMark):
                note = self.notes.pop(piece.label)
                text = " ".join(plain_text(b.content) for b in note if isinstance(b, Paragraph))
                self._lose(LossKind.OTHER_TEXT, text)
            elif isinstance(piece, Image):
                self._lose(LossKind.PICTURE, f"{piece.path} {piece.alternative}".strip())
        return plain_text(content)

    def _list(self, element: Element, style: str, level: int) -> ListBlock:
        style = attribute(element, "style-name") or style
        items = [child for child in element if local_name(child) in ("list-item", "list-header")]
        blocks = tuple(tuple(self._blocks(item, style, level + 1)) for item in items)
        counted = self._styles.level(style, level)
        if not counted.is_numbered:
            return ListBlock(blocks)
        self._tell_of_numbers(items, counted)
        given = next((attribute(item, "start-value") for item in items), "")
        continues = attribute(element, "continue-numbering") == "true" or bool(
            attribute(element, "continue-list")
        )
        start = number(given, most=LARGEST_START, otherwise=counted.start)
        if continues and not given:
            start = self._numbers.get(style, 0) + 1
        self._numbers[style] = start + len(items) - 1
        return ListBlock(blocks, start)

    def _tell_of_numbers(self, items: list[Element], level: Level) -> None:
        """Tell of letters in place of numbers, and of numbers that leap."""
        if items and level.form in FORMS:
            self._lose_number(FORMS[level.form], items[0])
        for item in items[1:]:
            if leap := attribute(item, "start-value"):
                self._lose_number(leap, item)

    def _lose_number(self, text: str, item: Element) -> None:
        place = place_by_words(next(map(own_text, every(item, "p", "h")), ""))
        self._lose(LossKind.NUMBERING, text, is_kept=True, place=place)

    def _table(self, element: Element) -> Iterator[Block]:
        heads = [*_rows(element, "table-header-rows")]
        rows = [*heads, *_rows(element, "")]
        cells = [[*self._cells(row)] for row in rows]
        yield from as_table(cells, len(heads), self.losses)

    def _cells(self, row: Element) -> Iterator[Cell]:
        for cell in row:
            if local_name(cell) != "table-cell":
                continue
            blocks = tuple(self._blocks(cell)) + tuple(self._free())
            rows = attribute(cell, "number-rows-spanned")
            columns = attribute(cell, "number-columns-spanned")
            repeated = attribute(cell, "number-columns-repeated")
            width = number(columns, most=LARGEST_SPAN, otherwise=1)
            height = number(rows, most=LARGEST_SPAN, otherwise=1)
            times = number(repeated, most=MAX_REPEATED, otherwise=1)
            yield from [Cell(blocks, height, width)] * times

    # ------------------------------------------------------------ inline

    def _pieces(self, element: Element, look: Run) -> Iterator[Piece]:
        if element.text:
            yield replace(look, text=element.text)
        for child in element:
            yield from self._piece(child, look)
            if child.tail:
                yield replace(look, text=child.tail)

    def _piece(self, element: Element, look: Run) -> Iterator[Piece]:
        name = local_name(element)
        match name:
            case "span":
                yield from self._span(element, look)
            case "s" | "tab":
                yield replace(look, text=" ")
            case "line-break":
                yield LineBreak()
            case "a":
                yield from self._linked(element, look)
            case "note":
                yield self._note(element)
            case "frame":
                yield from self._frame(element)
            case "annotation":
                self._comment(element)
            case "change" | "change-start":
                self._change(element)
            case "ruby":
                readings = " ".join(full_text(part) for part in every(element, "ruby-text"))
                self._lose(LossKind.OTHER_TEXT, readings)
                for base in every(element, "ruby-base"):
                    yield from self._pieces(base, look)
            case _:
                yield from self._other_piece(element, name, look)

    def _other_piece(self, element: Element, name: str, look: Run) -> Iterator[Piece]:
        if name in MUTE:
            return
        if name in DRAWN:
            text = whole_text(element)
            self._lose(LossKind.TEXT_BOX if text else LossKind.DRAWING, text)
        elif name in ("hidden-text", "hidden-paragraph", "conditional-text"):
            self._lose(
                LossKind.HIDDEN_TEXT, full_text(element) or attribute(element, "string-value")
            )
        elif name in ("script", "execute-macro", "event-listeners"):
            self._lose(LossKind.MACRO, full_text(element))
        else:
            if name not in SILENT:
                kind = LossKind.CROSS_REFERENCE if name in REFERENCES else LossKind.FIELD
                self._lose(kind, f"{name}: {full_text(element)}", is_kept=True)
            yield from self._pieces(element, look)

    def _span(self, element: Element, look: Run) -> Iterator[Piece]:
        own, properties = self._styles.look(attribute(element, "style-name"))
        text = full_text(element)
        if properties.get("display") == "none":
            self._lose(LossKind.HIDDEN_TEXT, text)
            return
        for name in LOOKS & properties.keys() if text.strip() else ():
            self._looks[LOOK_NAMES.get(name, name)] += 1
        marked = replace(
            look,
            is_strong=look.is_strong or own.is_strong,
            is_emphasised=look.is_emphasised or own.is_emphasised,
            is_struck=look.is_struck or own.is_struck,
        )
        letters = _small(properties.get("text-position", ""))
        if letters is None:
            yield from self._pieces(element, marked)
            return
        small = as_small(text, letters)
        self._lose(LossKind.SMALL_RAISED, f"{text} → {small}" if small else text, is_kept=True)
        if small:
            yield replace(marked, text=small)
        else:
            yield from self._pieces(element, marked)

    def _linked(self, element: Element, look: Run) -> Iterator[Piece]:
        url = attribute(element, "href")
        link, kind = kept_link(url)
        if kind:
            self._lose(kind, url, is_kept=kind is LossKind.CROSS_REFERENCE)
        yield from self._pieces(element, replace(look, link=link))

    def _note(self, element: Element) -> NoteMark:
        label = str(len(self.notes) + 1)
        self.notes[label] = ()
        near = self._near
        bodies = every(element, "note-body")
        self.notes[label] = tuple(block for body in bodies for block in self._blocks(body))
        self._near = near
        return NoteMark(label)

    def _comment(self, element: Element) -> None:
        author = " ".join(full_text(part) for part in every(element, "creator"))
        text = whole_text(element)
        self._lose(LossKind.COMMENT, f"{author}: {text}" if author else text)

    def _change(self, element: Element) -> None:
        region = self._regions.get(attribute(element, "change-id"))
        if region is None:
            return
        if every(region, "deletion"):
            self._lose(LossKind.DELETION, whole_text(region))
        elif every(region, "insertion"):
            self._lose(LossKind.INSERTION, is_kept=True)
        else:
            self._lose(LossKind.FORMATTING_CHANGE, is_kept=True)

    def _frame(self, frame: Element) -> Iterator[Piece]:
        words = [full_text(part) for name in ("desc", "title") for part in _children(frame, name)]
        for box in _children(frame, "text-box"):
            if every(box, "image"):
                inner = tuple(self._blocks(box))
                self._behind = [*inner, *self._behind]
            else:
                self._lose(LossKind.TEXT_BOX, whole_text(box))
            return
        for part in _children(frame, "object", "object-ole", "plugin", "applet", "floating-frame"):
            self._object(part)
            return
        for image in _children(frame, "image"):
            path = attribute(image, "href").removeprefix("./")
            yield Image(path=path, alternative=next(filter(None, words), ""))
            for unused in [*filter(None, words)][1:]:
                self._lose(LossKind.PROPERTY, unused)
            return

    def _object(self, part: Element) -> None:
        """Tell of a formula, a chart or another document in the text."""
        folder = attribute(part, "href").removeprefix("./").rstrip("/")
        data = self._package.parts.get(f"{folder}/content.xml", b"")
        kind, text = LossKind.EMBEDDED_OBJECT, ""
        if b"<math" in data[:2000] or b":math" in data[:2000]:
            root = self._package.xml(f"{folder}/content.xml", "math")
            kind, text = LossKind.EQUATION, full_text(root) if root is not None else ""
        elif b"<chart:" in data:
            root = self._package.xml(f"{folder}/content.xml", "document-content")
            kind, text = LossKind.CHART, whole_text(root) if root is not None else ""
        self._lose(kind, " ".join(text.split()) or folder)


LOOK_NAMES = {
    "color": "colour",
    "background-color": "highlight",
    "font-size": "size",
    "font-name": "font",
    "text-underline-style": "underline",
    "font-variant": "small capitals",
}
LOOKS = LOOK_NAMES.keys()


def _children(element: Element, *names: str) -> list[Element]:
    return [child for child in element if local_name(child) in names]


def _rows(table: Element, group: str) -> Iterator[Element]:
    """Yield the rows of a table, those of its heads or the others."""
    for child in table:
        name = local_name(child)
        if name == "table-row" and not group:
            yield child
        elif name == "table-header-rows":
            yield from _children(child, "table-row") if group else ()
        elif name in ("table-rows", "table-row-group"):
            yield from _rows(child, group)


def _small(position: str) -> dict[str, str] | None:
    """Return the letters for a position such as ``super 58%``, ``sub 58%`` or ``-33% 58%``."""
    first = position.split(" ")[0]
    if first == "super" or (first.endswith("%") and first.strip("-0%") and first[0] != "-"):
        return RAISED
    return LOWERED if first == "sub" or first.startswith("-") else None


def _lines(element: Element) -> str:
    """Return the text of a preformatted paragraph with its spaces and lines."""
    parts = [element.text or ""]
    for child in element.iter():
        if child is element:
            continue
        name = local_name(child)
        if name == "s":
            parts.append(" " * number(attribute(child, "c"), most=MOST_SPACES, otherwise=1))
        parts.append({"line-break": "\n", "tab": "\t"}.get(name, ""))
        parts += [child.text or "", child.tail or ""]
    return "".join(parts)
