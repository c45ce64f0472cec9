"""The structure of a PDF as it is read back, with its index."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from pubkit.values import dataclass

if TYPE_CHECKING:
    import pikepdf

Number = tuple[int, int]
"""Under which an object stands in the file; (0, 0) for one inside another."""
Place = int | Number
"""Where marks are numbered: a page by its number, or a form by that of its object."""
Entries = Mapping[str, Any]
"""Of a dictionary of the file."""
LONGEST_CHAIN = 9
"""So often a type may be mapped to another."""
DEEPEST_INDEX = 9
"""So many levels the index may have."""


@dataclass(slots=True, kw_only=True, eq=False)
class Element:
    """An element of the structure."""

    role: str
    """The standard type that it is, or is mapped to."""
    number: Number
    parent: "Element | None"
    lang: str | None
    alternative: str | None
    has_text_instead: bool
    """Whether it has an alternative text, or the text that it replaces."""
    name: str
    scope: str
    columns: int
    rows_spanned: int
    page: int | None = None
    """The first page with content of its own."""
    kids: list["Element"] = field(default_factory=list)

    @property
    def holder(self) -> str:
        """The type of the element around it that is more than a grouping without meaning."""
        around = self.parent
        while around and around.role in ("NonStruct", "Private"):
            around = around.parent
        return around.role if around else ""

    def rows(self) -> Iterator["Element"]:
        """Yield the rows of a table."""
        for kid in self.kids:
            if kid.role == "TR":
                yield kid
            elif kid.role in ("THead", "TBody", "TFoot"):
                yield from kid.rows()


@dataclass(slots=True, kw_only=True)
class ReadStructure:
    """All elements in reading order, and who owns what."""

    elements: list[Element] = field(default_factory=list)
    owners: dict[Place, dict[int, list[Number]]] = field(default_factory=dict)
    """The elements that have each mark of each page, and of each form."""
    annotations: dict[Number, Element] = field(default_factory=dict)
    indexed: dict[tuple[Place, int], Number] = field(default_factory=dict)
    """The element that the index names for a mark."""
    indexed_annotations: dict[int, Number] = field(default_factory=dict)


Waiting = tuple[Any, Element | None, int | None]
"""What is still to be read, the element around it, and the page on which that is."""


def read_elements(pdf: "pikepdf.Pdf") -> ReadStructure:
    """Return the structure of a PDF; it is empty if there is none."""
    root = pdf.Root.get("/StructTreeRoot")
    reader = _Reader(pdf, root if root is not None else {})
    reader.read()
    return reader.structure


class _Reader:
    """Reads the tree, each element once, whatever refers to it."""

    def __init__(self, pdf: "pikepdf.Pdf", root: Any) -> None:
        self.structure = ReadStructure()
        self._root = root
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self._starts = dict(_starts(pdf))
        self._types = {
            str(key): str(value) for key, value in dict(root.get("/RoleMap", {})).items()
        }

    def read(self) -> None:
        """Read elements and index."""
        seen: set[Number] = set()
        waiting: list[Waiting] = [(self._root.get("/K"), None, None)]
        while waiting:
            node, parent, page = waiting.pop()
            if node is None or _is_seen(node, seen):
                continue
            if _is_array(node):
                waiting += [(kid, parent, page) for kid in reversed(list(node))]
            elif isinstance(node, int):
                self._own(page, page, node, parent)
            else:
                # At once: what is asked of pikepdf and is not there takes longest.
                waiting += self._read_node(node.objgen, dict(node.items()), parent, page)
        self._read_index()

    def _read_node(
        self, number: Number, entries: Entries, parent: Element | None, page: int | None
    ) -> Iterator[Waiting]:
        """Read an element, content or an annotation; yield what an element holds."""
        kind = entries.get("/Type")
        if kind == "/MCR":
            on_page = self._page_of(entries, page)
            place = entries["/Stm"].objgen if "/Stm" in entries else on_page
            self._own(place, on_page, int(entries["/MCID"]), parent)
        elif kind == "/OBJR":
            if parent:
                self.structure.annotations[entries["/Obj"].objgen] = parent
        elif "/S" in entries:
            element = self._element(number, entries, parent)
            yield entries.get("/K"), element, self._page_of(entries, None)

    def _page_of(self, entries: Entries, otherwise: int | None) -> int | None:
        return self._pages.get(entries["/Pg"].objgen) if "/Pg" in entries else otherwise

    def _own(self, place: Place | None, page: int | None, mark: int, owner: Element | None) -> None:
        if place is None or owner is None:
            return
        self.structure.owners.setdefault(place, {}).setdefault(mark, []).append(owner.number)
        if owner.page is None:
            owner.page = page

    def _element(self, number: Number, entries: Entries, parent: Element | None) -> Element:
        attributes = _attributes(entries.get("/A"))
        instead = (str(entries.get(key, "")) for key in ("/Alt", "/ActualText"))
        element = Element(
            role=self._standard(str(entries["/S"])).removeprefix("/"),
            number=number,
            parent=parent,
            lang=str(entries["/Lang"]) if "/Lang" in entries else None,
            alternative=str(entries["/Alt"]) if "/Alt" in entries else None,
            has_text_instead=any(text.strip() for text in instead),
            name=str(entries.get("/ID", "")),
            scope=str(attributes.get("/Scope", "")).removeprefix("/"),
            columns=int(attributes.get("/ColSpan", 1)),
            rows_spanned=int(attributes.get("/RowSpan", 1)),
        )
        if parent:
            parent.kids.append(element)
        self.structure.elements.append(element)
        return element

    def _standard(self, role: str) -> str:
        for _step in range(LONGEST_CHAIN):
            if role not in self._types:
                break
            role = self._types[role]
        return role

    def _read_index(self) -> None:
        index = dict(_numbers(self._root.get("/ParentTree")))
        for place, start in self._starts.items():
            owners: Any = index.pop(start, None)
            for mark, owner in enumerate(owners if _is_array(owners) else ()):
                if owner is not None:
                    self.structure.indexed[place, mark] = owner.objgen
        for key, owner in index.items():
            if not _is_array(owner):
                self.structure.indexed_annotations[key] = owner.objgen


def _starts(pdf: "pikepdf.Pdf") -> Iterator[tuple[Place, int]]:
    """Yield the key under which the index has each page and each form."""
    import pikepdf

    for number, page in enumerate(pdf.pages):
        if "/StructParents" in page:
            yield number, int(page.StructParents)
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and "/StructParents" in item:
            yield item.objgen, int(item.StructParents)


def _is_array(node: Any) -> bool:
    import pikepdf

    return isinstance(node, pikepdf.Array)


def _is_seen(node: Any, seen: set[Number]) -> bool:
    number = getattr(node, "objgen", (0, 0))
    if number == (0, 0):
        return False
    is_seen = number in seen
    seen.add(number)
    return is_seen


def _attributes(given: Any) -> dict[str, Any]:
    """Return the attributes of an element, whoever owns them."""
    owners = list(given) if _is_array(given) else [given]
    found: dict[str, Any] = {}
    for owner in owners:
        if hasattr(owner, "keys"):
            found |= dict(owner)
    return found


def _numbers(tree: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """Yield the pairs of a number tree."""
    if tree is None or depth > DEEPEST_INDEX:
        return
    pairs = list(tree.get("/Nums", []))
    yield from ((int(key), value) for key, value in zip(pairs[::2], pairs[1::2], strict=False))
    for kid in tree.get("/Kids", []):
        yield from _numbers(kid, depth + 1)
