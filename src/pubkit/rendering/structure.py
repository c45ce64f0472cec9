"""The structure of a page's text, from its HTML and from what was drawn for each element.

The HTML says what everything is; the layout says only where it stands. So a paragraph that runs
over the end of a page is one paragraph, a picture that was moved on paper is read where the author
put it, every element keeps its language, and what stands in the margins is no part of the text.

Source:
    ISO 32000-1, 14.8.4 "Standard structure types"; ISO 14289-1 (PDF/UA-1), 7.2 to 7.9; PDF
    Association, "Tagged PDF Best Practice Guide: Syntax" (a caption stands beside its figure).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from xml.etree.ElementTree import Element

from pubkit.formats.pdf.structure import Artifact, LinkArea, Mark, Structure, StructureElement
from pubkit.rendering.marks import Drawn
from pubkit.values import dataclass

SVG = "{http://www.w3.org/2000/svg}"
GROUPS: Mapping[str, str | None] = {
    "article": "Art",
    "aside": "Sect",
    "blockquote": "BlockQuote",
    "figure": "Div",
    "section": "Sect",
    **dict.fromkeys(
        ("address", "body", "div", "footer", "header", "hgroup", "html", "main", "nav")
    ),
}
"""What holds blocks. One without a role leaves its blocks to the element around it."""
BLOCKS: Mapping[str, str] = {
    "caption": "Caption",
    "dl": "L",
    "figcaption": "Caption",
    "ol": "L",
    "p": "P",
    "pre": "P",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}
ITEMS = ("li", "dt", "dd")
INLINES: Mapping[str, str] = {"code": "Code", "q": "Quote"}
TEXT_ROLES = frozenset(
    ("P", "Caption", "LBody", "Lbl", "TD", "TH", "Note", *(f"H{level}" for level in range(1, 7)))
)
"""Blocks that hold text themselves; in any other one, text stands in a paragraph."""
CELLS = ("TD", "TH")
NUMBERINGS = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}


class Lineage:
    """Who stands around an element of a page, and in which language it is."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._parents = {child: parent for parent in root.iter() for child in parent}

    def parent(self, element: Element) -> Element:
        """Return the element around one; the page's is itself."""
        return self._parents.get(element, self.root)

    def of(self, element: Element | None) -> Iterator[Element]:
        """Yield an element and those around it."""
        while element is not None:
            yield element
            element = self._parents.get(element)

    def lang_of(self, element: Element) -> str:
        """Return the language of an element."""
        langs = (ancestor.get("lang") for ancestor in self.of(element))
        return next((lang for lang in langs if lang), "")

    def link_around(self, element: Element | None) -> Element | None:
        """Return the link that an element is, or stands in."""
        return next(
            (item for item in self.of(element) if item.tag == "a" and item.get("href")), None
        )


def reading_order(root: Element) -> dict[Element, int]:
    """Return the place of each element of a page."""
    return {element: number for number, element in enumerate(root.iter())}


def read_structure(
    root: Element, drawn: Sequence[Drawn], *, order: Mapping[Element, int]
) -> Structure:
    """Return the structure of a page.

    Args:
        root: The page.
        drawn: What was drawn for its elements.
        order: The place of each element before any was moved for paper.
    """
    lineage = Lineage(root)
    builder = _Builder(lineage)
    repetition = _Repetition()
    needless = set(_needless_links(drawn, lineage))
    artifacts = []
    for item in drawn:
        kind = _artifact_kind(item, lineage) or repetition.kind(item, lineage)
        if kind:
            artifacts.append(Artifact(mark=Mark(page=item.page, number=item.number), kind=kind))
        elif item not in needless:
            builder.add(item)
    return Structure(
        root=_frozen(builder.document, order, levels=[], lang=lineage.lang_of(root)),
        artifacts=tuple(artifacts),
        dropped_annotations=frozenset(item.number for item in needless),
    )


def _needless_links(drawn: Sequence[Drawn], lineage: Lineage) -> Iterator[Drawn]:
    """Yield the areas of emphasis inside links: the link's own area has room for them."""
    links = [item for item in drawn if item.kind == "link"]
    covered = {(item.page, item.element) for item in links}
    for item in links:
        anchor = lineage.link_around(item.element)
        if anchor is not item.element and (item.page, anchor) in covered:
            yield item


# ---------------------------------------------------------------- what is no text


def _artifact_kind(item: Drawn, lineage: Lineage) -> str:
    """Return what something that was drawn is, if it is no part of the text.

    A link is always one: those who do not see it have to reach it, too.
    """
    if item.kind == "picture" and _is_decoration(item.element):
        return "Layout"
    if item.kind == "link" or lineage.link_around(item.element) is not None:
        return ""
    if item.margin:
        sides = {"@top": "Header", "@bottom": "Footer"}
        return sides.get(item.margin.partition("-")[0], "Pagination")
    is_hidden = any(around.get("aria-hidden") == "true" for around in lineage.of(item.element))
    return "Layout" if is_hidden or item.element is None else ""


def _is_decoration(picture: Element | None) -> bool:
    """Tell whether the author says that a picture has nothing to tell."""
    return picture is not None and (
        picture.get("alt") == "" or picture.get("role") in ("presentation", "none")
    )


class _Repetition:
    """Knows what is drawn once more on a later page: heads of tables, and what is fixed."""

    def __init__(self) -> None:
        self._first_pages: dict[Element, int] = {}

    def kind(self, item: Drawn, lineage: Lineage) -> str:
        """Return what something is that is drawn once more, and is no link."""
        if lineage.link_around(item.element) is not None:
            return ""
        around = list(lineage.of(item.element))
        parts = [element for element in around if element.tag in ("thead", "tfoot")]
        parts += around[:1] if item.is_fixed else []
        pages = [self._first_pages.setdefault(part, item.page) for part in parts]
        return "Pagination" if any(page != item.page for page in pages) else ""


# ---------------------------------------------------------------- a tree that grows


@dataclass(slots=True, eq=False)
class _Node:
    """An element of the structure while its content is being found."""

    role: str
    lang: str
    origin: Element
    """The element of the page that it stands for, or whose text it holds."""
    is_implied: bool = False
    """Whether it is a paragraph that the page lacks: text stands beside blocks there."""
    alternative: str | None = None
    name: str = ""
    attributes: dict[str, dict[str, object]] = field(default_factory=dict)
    kids: list["_Node | Mark | LinkArea"] = field(default_factory=list)

    def add(self, node: "_Node") -> "_Node":
        """Put an element at the end."""
        self.kids.append(node)
        return node

    def paragraph(self, origin: Element, lang: str) -> "_Node":
        """Return the paragraph at the end that takes the text of an element."""
        last = self.kids[-1] if self.kids else None
        if isinstance(last, _Node) and last.is_implied and last.origin is origin:
            return last
        return self.add(_Node("P", lang, origin, is_implied=True))


class _Builder:
    """Finds the place of everything that was drawn for the text."""

    def __init__(self, lineage: Lineage) -> None:
        self._lineage = lineage
        self.document = self._new("Document", lineage.root)
        self._nodes = {lineage.root: self.document}
        self._items: dict[Element, _Node] = {}
        self._notes = 0

    def add(self, item: Drawn) -> None:
        """Put something that was drawn into its place."""
        element = self._lineage.root if item.element is None else item.element
        if item.kind == "link":
            anchor = self._lineage.link_around(element)
            element = element if anchor is None else anchor
            area = LinkArea(page=item.page, number=item.number, description=_description(element))
            self._link(element).kids.append(area)
            return
        place = (
            self._picture(item, element) if item.kind == "picture" else self._text(item, element)
        )
        place.kids.append(Mark(page=item.page, number=item.number))

    def _new(self, role: str, element: Element) -> _Node:
        return _Node(role, self._lineage.lang_of(element), element)

    # ------------------------------------------------------------ text

    def _text(self, item: Drawn, element: Element) -> _Node:
        if item.part == "footnote-call":
            return self._reference(element)
        if item.part in ("marker", "footnote-marker"):
            return self._label(element)
        return self._text_place(element)

    def _text_place(self, element: Element) -> _Node:
        """Return what holds the text of an element."""
        if not _is_block(element):
            return self._inline(element)
        block = self._block(element)
        if block.role in TEXT_ROLES:
            return block
        return block.paragraph(element, self._lineage.lang_of(element))

    def _inline(self, element: Element) -> _Node:
        if element not in self._nodes:
            place = self._text_place(self._lineage.parent(element))
            role = self._inline_role(element)
            if not role:
                return place  # asked again each time: the text goes on in another paragraph
            self._nodes[element] = place.add(self._new(role, element))
        return self._nodes[element]

    def _inline_role(self, element: Element) -> str:
        if "footnote-ref" in element.get("class", "").split():
            return "Reference"
        if element is self._lineage.link_around(element):
            return "Link"
        lang_of = self._lineage.lang_of
        is_foreign = lang_of(element) != lang_of(self._lineage.parent(element))
        return INLINES.get(element.tag, "Span" if is_foreign else "")

    def _link(self, element: Element) -> _Node:
        place = self._inline(element)
        if place.origin is not element or place.role != "Link":
            place = self._nodes[element] = place.add(self._new("Link", element))
        return place

    def _picture(self, item: Drawn, element: Element) -> _Node:
        if element not in self._nodes:
            parent = self._lineage.parent(element)
            is_block = _is_block(parent) and parent.tag not in BLOCKS
            place = self._block(parent) if is_block else self._text_place(parent)
            figure = self._nodes[element] = place.add(self._new("Figure", element))
            figure.alternative = _alternative(element)
            figure.attributes["Layout"] = {
                "BBox": item.rectangle,
                "Placement": "Block" if is_block else "Inline",
            }
        return self._nodes[element]

    # ------------------------------------------------------------ blocks

    def _block(self, element: Element) -> _Node:
        """Return the structure element of a block, or of the group around it."""
        if element not in self._nodes:
            parent = self._lineage.parent(element)
            holder = self._block(parent) if _is_block(parent) else self._text_place(parent)
            if element not in self._nodes:  # the table around a cell makes all its cells
                self._nodes[element] = self._make_block(element, holder)
            if element.tag == "table":
                self._add_cells(element)
        return self._nodes[element]

    def _make_block(self, element: Element, holder: _Node) -> _Node:
        if element.tag in ITEMS:
            return self._item(element, holder)
        role = GROUPS.get(element.tag) or BLOCKS.get(element.tag)
        is_list_of_notes = element.tag == "ol" and any(map(_is_note, element))
        if not role or is_list_of_notes:
            return holder
        node = holder.add(self._new(role, element))
        if role in CELLS:
            node.attributes["Table"] = dict(_cell_attributes(element, self._lineage))
        return node

    def _add_cells(self, table: Element) -> None:
        """Make all cells of a table, also those without text."""
        for element in table.iter():
            if element.tag in ("caption", "thead", "tbody", "tfoot", "tr", "td", "th"):
                self._block(element)

    def _item(self, element: Element, holder: _Node) -> _Node:
        """Return what holds the content of a list's item, a term, its explanation or a note."""
        if _is_note(element):
            return self._note(element, holder)
        last = holder.kids[-1] if holder.kids else None
        explains = element.tag == "dd" and isinstance(last, _Node)
        item = last if explains else holder.add(self._new("LI", element))
        assert isinstance(item, _Node)  # noqa: S101
        self._items[element] = item
        return item.add(self._new("Lbl" if element.tag == "dt" else "LBody", element))

    def _label(self, element: Element) -> _Node:
        """Return the number or the bullet of an item or a note."""
        body = self._text_place(element)
        item = self._items.get(element, body)
        first = item.kids[0] if item.kids else None
        if isinstance(first, _Node) and first.role == "Lbl":
            return first
        label = self._new("Lbl", element)
        item.kids.insert(0, label)
        return label

    # ------------------------------------------------------------ notes

    def _note(self, element: Element, holder: _Node) -> _Node:
        self._notes += 1
        note = holder.add(self._new("Note", element))
        note.name = f"note-{self._notes}"
        return note

    def _reference(self, element: Element) -> _Node:
        """Return the reference to a note at the foot of the page; the note is read after it."""
        place = self._text_place(self._lineage.parent(element))
        reference = place.add(self._new("Reference", element))
        self._nodes[element] = self._note(element, place)
        return reference


# ---------------------------------------------------------------- what the page says of an element


def _is_block(element: Element) -> bool:
    """Tell whether an element is a block; one that HTML does not know is, if it holds blocks."""
    is_known = element.tag in GROUPS or element.tag in BLOCKS or element.tag in ITEMS
    return is_known or (element.tag != "a" and any(map(_is_block, element)))


def _is_note(element: Element) -> bool:
    is_item = "footnote-item" in element.get("class", "").split()
    return is_item or element.get("role") in ("doc-footnote", "doc-endnote")


def _alternative(picture: Element) -> str | None:
    title = picture.find(f"{SVG}title")
    written = title.text if title is not None else None
    texts = (picture.get("alt"), picture.get("aria-label"), written)
    return next((text for text in texts if text), None)


def _description(link: Element) -> str:
    """Return what a link is called: its text, or where it leads."""
    pictures = (picture.get("alt", "") for picture in link.iter("img"))
    text = " ".join(" ".join([*link.itertext(), *pictures]).split())
    names = (link.get("title"), link.get("aria-label"), text, link.get("href"))
    return next((name for name in names if name), "")


def _cell_attributes(cell: Element, lineage: Lineage) -> Iterator[tuple[str, object]]:
    for key, name in (("ColSpan", "colspan"), ("RowSpan", "rowspan")):
        if cell.get(name, "1") != "1":
            yield key, int(cell.get(name, "1"))
    if cell.tag == "th":
        yield "Scope", _scope(cell, lineage)


def _scope(cell: Element, lineage: Lineage) -> str:
    """Return whether a heading is that of a column or a row."""
    scopes = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}
    is_in_head = any(around.tag == "thead" for around in lineage.of(cell))
    begins_row = lineage.parent(cell)[0] is cell
    guess = "Row" if begins_row and not is_in_head else "Column"
    return scopes.get(cell.get("scope", ""), guess)


# ---------------------------------------------------------------- the finished tree


def _frozen(
    node: _Node, order: Mapping[Element, int], *, levels: list[int], lang: str
) -> StructureElement:
    """Return an element with what it holds, in reading order and with its own language."""
    role = _heading(node.role, levels)
    kids = tuple(
        _frozen(kid, order, levels=levels, lang=node.lang) if isinstance(kid, _Node) else kid
        for kid in _in_order(node, order)
    )
    return StructureElement(
        role=role,
        lang=node.lang if node.lang != lang else None,
        alternative=node.alternative,
        name=node.name,
        attributes=_list_attributes(node) or node.attributes,
        kids=tuple(kid for kid in kids if not _is_empty(kid)),
    )


def _in_order(node: _Node, order: Mapping[Element, int]) -> Iterable[_Node | Mark | LinkArea]:
    """Return what an element holds, blocks as the author put them: some moved on paper."""
    places: list[tuple[int, _Node]] = []
    for kid in node.kids:
        if not isinstance(kid, _Node) or kid.origin not in order or kid.origin is node.origin:
            return node.kids
        places.append((order[kid.origin], kid))
    return [kid for _place, kid in sorted(places, key=lambda place: place[0])]


def _heading(role: str, levels: list[int]) -> str:
    """Return a heading's role: on the page a level may be left out, in a PDF none is."""
    if role[:1] != "H":
        return role
    level = int(role[1:])
    while levels and levels[-1] >= level:
        levels.pop()
    levels.append(level)
    return f"H{len(levels)}"


def _list_attributes(node: _Node) -> dict[str, dict[str, object]]:
    """Return how the items of a list are numbered, if they are."""
    if node.role != "L" or node.origin.tag == "dl":
        return {}
    items = (item for item in node.kids if isinstance(item, _Node))
    is_labelled = any(
        isinstance(kid, _Node) and kid.role == "Lbl" for item in items for kid in item.kids
    )
    kind = "Disc"
    if node.origin.tag == "ol":
        kind = NUMBERINGS.get(node.origin.get("type", ""), "Decimal")
    return {"List": {"ListNumbering": kind if is_labelled else "None"}}


def _is_empty(kid: StructureElement | Mark | LinkArea) -> bool:
    return isinstance(kid, StructureElement) and not kid.kids and kid.role not in CELLS
