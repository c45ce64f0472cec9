"""Pandoc's syntax tree as the blocks of a manuscript; what has no place in them is a loss."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pubkit.formats.manuscripts.links import kept_link
from pubkit.formats.manuscripts.model import (
    Block,
    Code,
    Content,
    Figure,
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
    Rule,
    Run,
    contents,
    plain_text,
)
from pubkit.formats.manuscripts.pandoc import Tree
from pubkit.formats.manuscripts.places import place_by_words
from pubkit.formats.manuscripts.small_letters import LOWERED, RAISED, as_small
from pubkit.formats.manuscripts.styles import CODE_STYLES, QUOTATION_STYLES, SPACES_OF_CODE
from pubkit.formats.manuscripts.tables import Cell, as_table
from pubkit.formats.manuscripts.tidying import tidy
from pubkit.messages import gettext as _
from pubkit.values import dataclass

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Converted:
    """What a syntax tree holds."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    notes: dict[str, tuple[Block, ...]]
    losses: tuple[Loss, ...]


def convert(tree: Tree) -> Converted:
    """Return the blocks of a syntax tree."""
    head = _Converter()
    title, subtitle = head.meta(tree, "title"), head.meta(tree, "subtitle")
    converter = _Converter()
    blocks = converter.top(tree["blocks"])
    return Converted(
        title=title,
        subtitle=subtitle,
        blocks=tuple(joined_quotations(blocks)),
        notes=converter.notes,
        losses=(*head.losses, *_notes_of_head(head), *converter.losses),
    )


def _notes_of_head(head: "_Converter") -> Iterator[Loss]:
    """Yield the footnotes of the title: front matter has no place for them."""
    for blocks in head.notes.values():
        text = " ".join(plain_text(content) for content in contents(blocks))
        yield Loss(kind=LossKind.OTHER_TEXT, place=_("footnote of the title"), text=text)


def joined_quotations(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks in which paragraphs of a quotation that follow one another are one."""
    waiting: Quotation | None = None
    for block in blocks:
        if isinstance(block, Quotation):
            waiting = Quotation((*waiting.blocks, *block.blocks)) if waiting else block
            continue
        if waiting:
            yield waiting
            waiting = None
        yield block
    if waiting:
        yield waiting


def joined_code(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks in which lines of code that follow one another are one block."""
    waiting: Code | None = None
    for block in blocks:
        if isinstance(block, Code):
            waiting = Code(f"{waiting.text}\n{block.text}") if waiting else block
            continue
        if waiting:
            yield waiting
            waiting = None
        yield block
    if waiting:
        yield waiting


def _words(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        match node["t"]:
            case "Str":
                yield node["c"].translate(SPACES_OF_CODE)
            case "Space" | "SoftBreak":
                yield " "
            case "Strong" | "Emph" | "Superscript" | "Subscript":
                yield from _words(node["c"])


class _Converter:
    """Converts one tree; ``notes`` and ``losses`` grow on the way."""

    def __init__(self) -> None:
        self.notes: dict[str, tuple[Block, ...]] = {}
        self.losses: list[Loss] = []
        self._near = ""

    def meta(self, tree: Tree, name: str) -> str:
        """Return a field of the metadata as plain text."""
        node = tree["meta"].get(name)
        if not node or node["t"] not in ("MetaInlines", "MetaBlocks", "MetaString"):
            return ""
        if node["t"] == "MetaString":
            return str(node["c"])
        if node["t"] == "MetaInlines":
            return plain_text(self._content(node["c"]))
        return " ".join(
            plain_text(block.content)
            for block in self._blocks(node["c"])
            if isinstance(block, Paragraph | Heading)
        )

    def top(self, nodes: Sequence[Node]) -> list[Block]:
        """Return the blocks of the document."""
        found: list[Block] = []
        for node in nodes:
            found += self._block(node)
        return found

    def _lose(
        self, kind: LossKind, text: str = "", *, near: str = "", is_kept: bool = False
    ) -> None:
        place = place_by_words(near or self._near)
        self.losses.append(Loss(kind=kind, place=place, text=text, is_kept=is_kept))

    # ------------------------------------------------------------ blocks

    def _blocks(self, nodes: Sequence[Node], style: str = "") -> tuple[Block, ...]:
        return tuple(block for node in nodes for block in self._block(node, style))

    def _block(self, node: Node, style: str = "") -> Iterator[Block]:
        match node["t"]:
            case "Para" | "Plain" if style.lower() in CODE_STYLES:
                yield self._code(node["c"])
            case "Para" | "Plain":
                content = self._content(node["c"])
                if style.lower() in QUOTATION_STYLES:
                    yield Quotation((Paragraph(content),))
                else:
                    yield Paragraph(content, style)
            case "Header":
                level, _attributes, inlines = node["c"]
                yield Heading(level, self._content(inlines))
            case "Div":
                attributes, blocks = node["c"]
                yield from self._blocks(blocks, dict(attributes[2]).get("custom-style", style))
            case "BlockQuote":
                yield Quotation(self._blocks(node["c"]))
            case "BulletList":
                yield ListBlock(tuple(self._blocks(item) for item in node["c"]))
            case "OrderedList":
                yield self._numbered(node["c"])
            case "DefinitionList":
                yield from self._definitions(node["c"])
            case "Table":
                yield from self._table(node["c"])
            case "Figure":
                yield from self._figure(node["c"])
            case "CodeBlock":
                yield Code(node["c"][1].rstrip("\ufdd0\ufdd1").translate(SPACES_OF_CODE))
            case "LineBlock":
                yield Paragraph(tidy(self._lines(node["c"])), style)
            case "HorizontalRule":
                yield Rule()
            case "RawBlock":
                self._lose(LossKind.OTHER_TEXT, str(node["c"][1]))

    def _code(self, nodes: Sequence[Node]) -> Block:
        """Return a paragraph of code; one with more than text in it is like any other."""
        self._near = "".join(_words(nodes))
        pieces = [*self._pieces(nodes, Run(text=""))]
        if any(isinstance(piece, NoteMark | Image) for piece in pieces):
            return Paragraph(tidy(pieces))
        lines = (piece.text if isinstance(piece, Run) else "\n" for piece in pieces)
        return Code("".join(lines).rstrip())

    def _numbered(self, parts: list[Any]) -> Block:
        (start, style, _delimiter), items = parts
        block = ListBlock(tuple(self._blocks(item) for item in items), int(start))
        if style["t"] not in ("Decimal", "DefaultStyle"):
            first = block.items[0][0] if block.items and block.items[0] else None
            near = plain_text(first.content) if isinstance(first, Paragraph) else ""
            self._lose(LossKind.NUMBERING, style["t"], near=near, is_kept=True)
        return block

    def _definitions(self, items: list[Any]) -> Iterator[Block]:
        self._lose(LossKind.DEFINITIONS, is_kept=True)
        for term, definitions in items:
            yield Paragraph(
                tidy(
                    replace(piece, is_strong=True) if isinstance(piece, Run) else piece
                    for piece in self._content(term)
                )
            )
            for blocks in definitions:
                yield from self._blocks(blocks)

    def _lines(self, lines: list[Any]) -> Iterator[Piece]:
        for number, line in enumerate(lines):
            if number:
                yield LineBreak()
            yield from self._content(line)

    def _figure(self, parts: list[Any]) -> Iterator[Block]:
        _attributes, caption, blocks = parts
        captions = [
            piece
            for block in self._blocks(caption[1])
            if isinstance(block, Paragraph)
            for piece in (*block.content, LineBreak())
        ]
        inner = self._blocks(blocks)
        images = [
            piece
            for block in inner
            if isinstance(block, Paragraph)
            for piece in block.content
            if isinstance(piece, Image)
        ]
        if len(images) == 1 and len(inner) == 1:
            yield Figure(images[0], tidy(captions))
            return
        yield from inner
        if captions:
            yield Paragraph(tidy(captions), "caption")

    def _table(self, parts: list[Any]) -> Iterator[Block]:
        _attributes, caption, _columns, head, bodies, foot = parts
        yield from self._blocks(caption[1])
        heads = [*head[1]]
        rows = [*heads]
        for _body_attributes, _heads, inner_heads, body_rows in bodies:
            rows += [*inner_heads, *body_rows]
        rows += foot[1]
        cells = [[self._cell(cell) for cell in row[1]] for row in rows]
        yield from as_table(cells, len(heads), self.losses)

    def _cell(self, parts: list[Any]) -> Cell:
        _attributes, _alignment, row_span, column_span, blocks = parts
        return Cell(self._blocks(blocks), int(row_span), int(column_span))

    # ------------------------------------------------------------ inline

    def _content(self, nodes: Sequence[Node]) -> Content:
        self._near = "".join(_words(nodes))
        return tidy(self._pieces(nodes, Run(text="")))

    def _pieces(self, nodes: Sequence[Node], look: Run) -> Iterator[Piece]:
        for node in nodes:
            yield from self._piece(node, look)

    def _piece(self, node: Node, look: Run) -> Iterator[Piece]:
        content: Any = node.get("c")
        match node["t"]:
            case "Str":
                yield replace(look, text=content.translate(SPACES_OF_CODE))
            case "Space" | "SoftBreak":
                yield replace(look, text=" ")
            case "LineBreak":
                yield LineBreak()
            case "Strong":
                yield from self._pieces(content, replace(look, is_strong=True))
            case "Emph":
                yield from self._pieces(content, replace(look, is_emphasised=True))
            case "Strikeout":
                yield from self._pieces(content, replace(look, is_struck=True))
            case "Superscript":
                yield from self._small(content, look, RAISED)
            case "Subscript":
                yield from self._small(content, look, LOWERED)
            case "Code":
                yield replace(look, text=content[1], is_code=True)
            case "Math":
                yield from self._equation(content[1], look)
            case "Note":
                yield self._note(content)
            case "Link":
                yield from self._linked(content, look)
            case "Image":
                yield self._image(content)
            case _:
                yield from self._other(node, look)

    def _other(self, node: Node, look: Run) -> Iterator[Piece]:
        content: Any = node.get("c")
        match node["t"]:
            case "Underline" | "SmallCaps":
                pieces = tidy(self._pieces(content, look))
                self._lose(LossKind.STYLE, node["t"], near=plain_text(pieces), is_kept=True)
                yield from self._pieces(content, look)
            case "Span" | "Cite":
                yield from self._pieces(content[1], look)
            case "Quoted":
                marks = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
                yield replace(look, text=marks[0])
                yield from self._pieces(content[1], look)
                yield replace(look, text=marks[1])
            case "RawInline":
                self._lose(LossKind.OTHER_TEXT, str(content[1]))

    def _small(self, nodes: Sequence[Node], look: Run, letters: dict[str, str]) -> Iterator[Piece]:
        pieces = [*self._pieces(nodes, look)]
        text = plain_text(tuple(pieces))
        small = as_small(text, letters)
        change = f"{text} → {small}" if small else text
        self._lose(LossKind.SMALL_RAISED, change, is_kept=True)
        yield from [replace(look, text=small)] if small else pieces

    def _equation(self, tex: str, look: Run) -> Iterator[Piece]:
        self._lose(LossKind.EQUATION, tex, is_kept=True)
        yield replace(look, text=" ".join(tex.split()), is_code=True)

    def _note(self, blocks: Sequence[Node]) -> NoteMark:
        label = str(len(self.notes) + 1)
        self.notes[label] = ()
        self.notes[label] = self._blocks(blocks)
        return NoteMark(label)

    def _linked(self, parts: list[Any], look: Run) -> Iterator[Piece]:
        _attributes, inlines, (url, _title) = parts
        words = plain_text(tidy(self._pieces(inlines, look)))
        link, kind = kept_link(url)
        if kind:
            self._lose(kind, url, near=words, is_kept=kind is LossKind.CROSS_REFERENCE)
        yield from self._pieces(inlines, replace(look, link=link))

    def _image(self, parts: list[Any]) -> Image:
        _attributes, inlines, (url, _title) = parts
        return Image(path=url, alternative=plain_text(self._content(inlines)))
