"""The structure of a PDF: what screen readers follow, put in place of what is there.

A structure is a tree of elements; its leaves are marks, numbered runs of a page's content. What is
drawn and means nothing to the text, as the lines in the margins, is an artifact.

Source:
    ISO 32000-1, 14.7 "Logical structure", 14.8 "Tagged PDF"; ISO 14289-1 (PDF/UA-1), 7.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from pubkit.values import dataclass

if TYPE_CHECKING:
    import pikepdf

    from pubkit.formats.pdf.elements import Place

LEAST_HEIGHT = 8.0
"""Points: a lower area of a link can hardly be hit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A run of a page's content, by the number under which it was drawn."""

    page: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkArea:
    """The area of a page that follows a link, by the number of its annotation."""

    page: int
    number: int
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureElement:
    """An element of the structure: a paragraph, a heading, a cell of a table."""

    role: str
    """The standard type: ``P``, ``H1``, ``TD``."""
    lang: str | None = None
    """Where it is another language than that of the element around it."""
    alternative: str | None = None
    name: str = ""
    """The identifier that notes have to have."""
    attributes: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """By owner: ``{"Table": {"Scope": "Column"}}``."""
    kids: tuple["StructureElement | Mark | LinkArea", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A run of a page's content that is no part of the text."""

    mark: Mark
    kind: str
    """``Header``, ``Footer`` or ``Watermark``; ``Pagination`` or ``Layout`` for any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """All that is drawn on the pages of a PDF: its text, and what is none."""

    root: StructureElement
    artifacts: Sequence[Artifact] = ()
    dropped_annotations: Collection[int] = ()
    """Areas of links that are needless, by their numbers."""


def write_structure(pdf: "pikepdf.Pdf", structure: Structure) -> None:
    """Put a structure in place of the one that a PDF has.

    Every mark of the pages has to be in the structure, once.
    """
    numbers = _Numbers(pdf, structure)
    numbers.write()
    _mend_annotations(pdf, structure.dropped_annotations)
    _Tree(pdf, numbers).write(structure.root)


def _mend_annotations(pdf: "pikepdf.Pdf", dropped: Collection[int]) -> None:
    """Leave needless annotations out; put the corners of the others in order."""
    import pikepdf

    for page in pdf.pages:
        if "/Annots" in page:
            kept = [item for item in page.Annots if item.objgen[0] not in dropped]
            for annotation in kept:
                annotation.Rect = pikepdf.Array(_area(*map(float, annotation.Rect)))
            page.Annots = pikepdf.Array(kept)


def _area(left: float, first: float, right: float, second: float) -> tuple[float, ...]:
    """Return the area of a link; one that has no line height of its own grows about its middle."""
    low, high = sorted((first, second))
    growth = max(0.0, (LEAST_HEIGHT - (high - low)) / 2)
    return tuple(round(value, 3) for value in (left, low - growth, right, high + growth))


# ---------------------------------------------------------------- marks


class _Numbers:
    """Numbers the marks of each page anew, without those that become artifacts.

    What is drawn together, as translucent text is, is a form: content of its own, whose marks are
    numbered by themselves.
    """

    def __init__(self, pdf: "pikepdf.Pdf", structure: Structure) -> None:
        self._pdf = pdf
        self._kinds = {artifact.mark: artifact.kind for artifact in structure.artifacts}
        self._known = set(_marks(structure.root))
        self._numbers: dict[Mark, tuple[Any, int]] = {}
        self._counts: Counter[Place] = Counter()
        self._mended_marks = 0
        self.forms: dict[tuple[int, int], Any] = {}
        """The forms that have marks."""

    def __getitem__(self, mark: Mark) -> tuple[Any, int]:
        """Return the form in which something is drawn, if it is one, and its number there."""
        return self._numbers[mark]

    def write(self) -> None:
        """Write the pages with their new numbers."""
        for number, page in enumerate(self._pdf.pages):
            page.Contents = self._pdf.make_stream(self._mended(page.obj, number, None))

    def _mended(self, content: Any, page: int, form: Any) -> bytes:
        import pikepdf

        drawable = _drawable(content)
        mended = []
        for instruction in pikepdf.parse_content_stream(content):
            if str(instruction.operator) == "Do":
                self._mend_form(drawable.get(str(instruction.operands[0])), page)
            mended.append(self._mend(instruction, page, form))
        return pikepdf.unparse_content_stream(mended)

    def _mend_form(self, form: Any, page: int) -> None:
        if form is None or form.get("/Subtype") != "/Form" or form.objgen in self.forms:
            return
        before = self._mended_marks
        content = self._mended(form, page, form)
        if self._mended_marks > before:
            form.write(content)
        if self._counts[form.objgen]:
            self.forms[form.objgen] = form

    def _mend(self, instruction: Any, page: int, form: Any) -> Any:
        import pikepdf

        operands = instruction.operands
        if str(instruction.operator) != "BDC" or "/MCID" not in operands[1]:
            return instruction
        mark = Mark(page=page, number=int(operands[1].MCID))
        self._mended_marks += 1
        if mark in self._known:
            place = page if form is None else form.objgen
            self._numbers[mark] = form, self._counts[place]
            properties = pikepdf.Dictionary(MCID=self._counts[place])
            self._counts[place] += 1
            return pikepdf.ContentStreamInstruction([operands[0], properties], instruction.operator)
        properties = _artifact_properties(self._kinds[mark])
        return pikepdf.ContentStreamInstruction(
            [pikepdf.Name.Artifact, properties], instruction.operator
        )


def _drawable(content: Any) -> dict[str, Any]:
    """Return what a page or a form draws by name."""
    return dict(content.get("/Resources", {}).get("/XObject", {}))


def _marks(element: StructureElement) -> Iterator[Mark]:
    for kid in element.kids:
        if isinstance(kid, Mark):
            yield kid
        elif isinstance(kid, StructureElement):
            yield from _marks(kid)


def _artifact_properties(kind: str) -> "pikepdf.Dictionary":
    import pikepdf

    if kind in ("Pagination", "Layout"):
        return pikepdf.Dictionary(Type=pikepdf.Name(f"/{kind}"))
    return pikepdf.Dictionary(Type=pikepdf.Name.Pagination, Subtype=pikepdf.Name(f"/{kind}"))


# ---------------------------------------------------------------- the tree


class _Tree:
    """Writes the elements, and the index from marks and annotations back to them."""

    def __init__(self, pdf: "pikepdf.Pdf", numbers: _Numbers) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._numbers = numbers
        self._places: dict[Place, Any] = dict(enumerate(self._pages)) | numbers.forms
        self._owners: dict[Place, dict[int, Any]] = {place: {} for place in self._places}
        self._annotations: list[Any] = []
        self._named: dict[str, Any] = {}

    def write(self, root: StructureElement) -> None:
        """Make a structure the document's own."""
        import pikepdf

        tree = self._pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        tree.K = self._pdf.make_indirect(pikepdf.Array([self._write(root, tree)]))
        tree.ParentTree = self._pdf.make_indirect(pikepdf.Dictionary(Nums=self._index()))
        tree.ParentTreeNextKey = len(self._places) + len(self._annotations)
        if self._named:
            names = [part for pair in sorted(self._named.items()) for part in pair]
            tree.IDTree = pikepdf.Dictionary(Names=pikepdf.Array(names))
        self._pdf.Root.StructTreeRoot = tree

    def _index(self) -> "pikepdf.Array":
        import pikepdf

        index: list[Any] = []
        for number, (place, owners) in enumerate(self._owners.items()):
            self._places[place].StructParents = number
            owner_list = pikepdf.Array([owners[mark] for mark in sorted(owners)])
            index += [number, self._pdf.make_indirect(owner_list)]
        for number, owner in enumerate(self._annotations, start=len(self._places)):
            index += [number, owner]
        return pikepdf.Array(index)

    def _write(self, element: StructureElement, parent: Any) -> Any:
        import pikepdf

        written = self._pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem, S=pikepdf.Name(f"/{element.role}"), P=parent
            )
        )
        for key, text in (("/Lang", element.lang), ("/Alt", element.alternative)):
            if text is not None:
                written[key] = pikepdf.String(text)
        if element.name:
            written.ID = pikepdf.String(element.name)
            self._named[element.name] = written
        if element.attributes:
            written.A = pikepdf.Array(list(_attributes(element.attributes)))
        leaves = (kid for kid in element.kids if not isinstance(kid, StructureElement))
        page = next((leaf.page for leaf in leaves), None)
        if page is not None:
            written.Pg = self._pages[page]
        if element.kids:
            written.K = pikepdf.Array([self._kid(kid, written, page) for kid in element.kids])
        return written

    def _kid(self, kid: StructureElement | Mark | LinkArea, parent: Any, page: int | None) -> Any:
        import pikepdf

        if isinstance(kid, StructureElement):
            return self._write(kid, parent)
        if isinstance(kid, LinkArea):
            return self._link(kid, parent)
        form, number = self._numbers[kid]
        self._owners[kid.page if form is None else form.objgen][number] = parent
        if form is None and kid.page == page:
            return number
        mark = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=self._pages[kid.page], MCID=number)
        if form is not None:
            mark.Stm = form
        return mark

    def _link(self, area: LinkArea, parent: Any) -> "pikepdf.Dictionary":
        import pikepdf

        annotation = self._pdf.get_object(area.number, 0)
        annotation.Contents = pikepdf.String(area.description)
        annotation.StructParent = len(self._places) + len(self._annotations)
        self._annotations.append(parent)
        return pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=annotation, Pg=self._pages[area.page])


def _attributes(attributes: Mapping[str, Mapping[str, object]]) -> Iterator["pikepdf.Dictionary"]:
    import pikepdf

    for owner, values in attributes.items():
        written = pikepdf.Dictionary(O=pikepdf.Name(f"/{owner}"))
        for key, value in values.items():
            written[f"/{key}"] = _value(value)
        yield written


def _value(value: Any) -> Any:
    import pikepdf

    if isinstance(value, tuple):
        return pikepdf.Array(value)
    return pikepdf.Name(f"/{value}") if isinstance(value, str) else value
