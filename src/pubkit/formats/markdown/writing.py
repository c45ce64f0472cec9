"""Write a manuscript in the dialect, so that it is read back as it was.

The only place where Markdown is written, and it is proved: ``write_body`` reads what it wrote, and
gives up emphasis, never a letter, where the dialect has no way to say it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from pubkit.errors import SourceError
from pubkit.formats.manuscripts.model import (
    Block,
    Code,
    Content,
    Figure,
    Heading,
    Image,
    LineBreak,
    ListBlock,
    Manuscript,
    NoteMark,
    Paragraph,
    Piece,
    Quotation,
    Remark,
    Rule,
    Run,
    Table,
    plain_text,
    with_contents,
)
from pubkit.formats.manuscripts.tidying import tidy
from pubkit.formats.markdown.escaping import (
    RISKY,
    Manner,
    code_fence,
    code_span,
    escape,
    link_target,
    percent_encoded,
)
from pubkit.formats.markdown.reading_back import (
    Event,
    normal_link,
    read_events,
    read_one,
    written_events,
)
from pubkit.messages import gettext as _
from pubkit.values import dataclass

MARKS = (("is_struck", "~~"), ("is_strong", "**"), ("is_emphasised", "*"))
"""The properties of a run that have marks, the outermost first."""


@dataclass(frozen=True, slots=True)
class Written:
    """A body in Markdown."""

    text: str
    plainer: tuple[str, ...]
    """The texts of which emphasis was given up."""


def write_body(manuscript: Manuscript) -> Written:
    """Return the body of a manuscript as Markdown, and what it could not say.

    Raises:
        SourceError: What was written is not read as it was meant, which is a fault of pubkit.
    """
    manuscript = _with_normal_links(manuscript)
    writer = _Writer()
    parts = writer.blocks(manuscript.blocks)
    for label, blocks in manuscript.notes.items():
        parts.append(_indented("\n\n".join(writer.blocks(blocks)), f"[^{label}]: ", "    "))
    text = "\n\n".join(parts) + "\n"
    _prove(text, writer.meant(manuscript))
    return Written(text, tuple(writer.plainer))


def _with_normal_links(manuscript: Manuscript) -> Manuscript:
    def changed(content: Content) -> Content:
        return tidy(
            replace(piece, link=normal_link(percent_encoded(piece.link)))
            if isinstance(piece, Run) and piece.link is not None
            else piece
            for piece in content
        )

    return replace(
        manuscript,
        blocks=with_contents(manuscript.blocks, changed),
        notes={label: with_contents(blocks, changed) for label, blocks in manuscript.notes.items()},
    )


def _prove(text: str, meant: list[Event]) -> None:
    read = read_events(text)
    for wanted, found in zip([*meant, None], [*read, None], strict=False):
        if wanted != found:
            raise SourceError(
                _("pubkit cannot say this in Markdown: {text}").format(text=_shown(wanted)),
                remedy=_("Make its formatting simpler, and tell the makers of pubkit"),
            )


def _shown(event: Event | None) -> str:
    content = event[-1] if event else ""
    return (plain_text(content) if isinstance(content, tuple) else str(content))[:80]


class _Writer:
    """Writes blocks, and remembers what it had to write plainer."""

    def __init__(self) -> None:
        self.plainer: list[str] = []
        self._instead: dict[Content, Content] = {}

    def meant(self, manuscript: Manuscript) -> list[Event]:
        """Return what must be read back, with the plainer contents in their places."""
        return list(written_events(manuscript, self._instead))

    def blocks(self, blocks: Iterable[Block]) -> list[str]:
        """Return the Markdown of each block; lists of a kind in a row take turns in marks."""
        parts, turn = list[str](), False
        previous: Block | None = None
        for block in blocks:
            turn = _is_alike(previous, block) and not turn
            parts.append(self._block(block, turn))
            previous = block
        return parts

    def _block(self, block: Block, turn: bool) -> str:
        match block:
            case Heading():
                return "#" * block.level + " " + self._content(block.content, "heading")
            case Paragraph():
                return self._content(block.content, "paragraph")
            case Figure():
                return self._figure(block)
            case Quotation():
                return _indented("\n\n".join(self.blocks(block.blocks)), "> ", "> ")
            case ListBlock():
                return self._list(block, turn)
            case Table():
                return self._table(block)
            case Code():
                fence = code_fence(block.text)
                return f"{fence}\n{block.text}\n{fence}"
            case Rule():
                return "---"
            case Remark():
                return f"<!-- {block.text} -->"

    def _figure(self, figure: Figure) -> str:
        caption = self._content(figure.caption, "paragraph") if figure.caption else ""
        return _picture(figure.image) + (f"\n{caption}" if caption else "")

    def _list(self, block: ListBlock, turn: bool) -> str:
        marks = _marks_of_items(block, turn)
        items = [
            _indented(self._item(item), mark, " " * len(mark))
            for mark, item in zip(marks, block.items, strict=True)
        ]
        is_loose = any(_is_loose(item) for item in block.items)
        return ("\n\n" if is_loose else "\n").join(items)

    def _item(self, item: Sequence[Block]) -> str:
        return ("\n\n" if _is_loose(item) else "\n").join(self.blocks(item))

    def _table(self, table: Table) -> str:
        rows = [
            "| "
            + " | ".join(self._content(cell, "cell").replace("|", "\\|") for cell in row)
            + " |"
            for row in table.rows
        ]
        rows.insert(1, "|" + " --- |" * len(table.rows[0]))
        return "\n".join(rows)

    # ------------------------------------------------------------ inline

    def _content(self, content: Content, kind: str) -> str:
        """Return the first way to write a content that is read as it was meant."""
        for plainer in (_as_it_is, _without_outer_punctuation, _without_marks):
            simpler = plainer(content)
            for text in _ways(simpler):
                if read_one(text, kind) == simpler:
                    self._note(content, simpler)
                    return text
        raise SourceError(
            _("pubkit cannot say this in Markdown: {text}").format(text=plain_text(content)[:80]),
            remedy=_("Make its formatting simpler, and tell the makers of pubkit"),
        )

    def _note(self, content: Content, simpler: Content) -> None:
        if content != simpler:
            self._instead[content] = simpler
            self.plainer.append(plain_text(content))


def _is_alike(previous: Block | None, block: Block) -> bool:
    """Tell whether a list would go on from the one before it, if both had the same marks."""
    if not isinstance(previous, ListBlock) or not isinstance(block, ListBlock):
        return False
    return (previous.start is None) == (block.start is None)


def _is_loose(item: Sequence[Block]) -> bool:
    """Tell whether the parts of an item need empty lines between them."""
    return not all(
        isinstance(block, Paragraph) if number == 0 else _may_interrupt(block)
        for number, block in enumerate(item)
    )


def _may_interrupt(block: Block) -> bool:
    """Tell whether a block may stand right below a paragraph: a list that begins with 1 does."""
    return isinstance(block, ListBlock) and block.start in (None, 1)


def _marks_of_items(block: ListBlock, turn: bool) -> list[str]:
    if block.start is None:
        return ["* " if turn else "- "] * len(block.items)
    stop = ")" if turn else "."
    return [f"{block.start + number}{stop} " for number in range(len(block.items))]


def _indented(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    rest = [others + line if line else others.rstrip() for line in lines[1:]]
    return "\n".join([first + lines[0], *rest])


def _picture(image: Image) -> str:
    words = escape(image.alternative, Manner.MINIMAL, in_link=True)
    return f"![{words}]({link_target(image.path)})"


# ---------------------------------------------------------------- ways to write a content


def _ways(content: Content) -> Iterator[str]:
    """Yield ways to write a content, the most readable first."""
    is_risky = any(isinstance(piece, Run) and RISKY.search(piece.text) for piece in content)
    for manner in (*Manner,)[is_risky:]:
        for emphasis in ("*", "_"):
            yield _Line(manner, emphasis).write(content)


class _Line:
    """Writes one content, keeping the marks that are open."""

    def __init__(self, manner: Manner, emphasis: str) -> None:
        self._manner = manner
        self._marks = dict(MARKS) | {"is_emphasised": emphasis}
        self._open: list[str] = []
        self._parts: list[str] = []

    def write(self, content: Content) -> str:
        """Return the Markdown of a content."""
        for link, group in groupby(content, key=_link):
            if link is None:
                self._pieces([*group])
            else:
                self._linked(link, [*group])
        return "".join(self._parts)

    def _linked(self, link: str, pieces: list[Piece]) -> None:
        if len(pieces) == 1 and pieces[0] == Run(text=link, link=link) and _is_plain(link):
            self._parts.append(f"<{link}>")
            return
        self._parts.append("[")
        self._pieces(pieces)
        self._parts.append(f"]({link_target(link)})")

    def _pieces(self, pieces: list[Piece]) -> None:
        for number, piece in enumerate(pieces):
            self._change_marks(pieces, number)
            self._parts.append(self._piece(piece))
        self._close(len(self._open))

    def _change_marks(self, pieces: list[Piece], number: int) -> None:
        """Close what ends before a piece and open what begins, the longest first."""
        wanted = {name for name in self._marks if _has(pieces[number], name)}
        if isinstance(pieces[number], LineBreak | NoteMark | Image):
            wanted |= set(self._open) & _marks_after(pieces, number)
        keep = next((n for n, name in enumerate(self._open) if name not in wanted), None)
        if keep is not None:
            self._close(len(self._open) - keep)
        new = sorted(wanted - set(self._open), key=lambda name: -_length(pieces, number, name))
        for name in new:
            self._parts.append(self._marks[name])
            self._open.append(name)

    def _close(self, number: int) -> None:
        for _turn in range(number):
            self._parts.append(self._marks[self._open.pop()])

    def _piece(self, piece: Piece) -> str:
        match piece:
            case LineBreak():
                return "\\\n"
            case NoteMark():
                return f"[^{piece.label}]"
            case Image():
                return _picture(piece)
            case _ if piece.is_code:
                return code_span(piece.text)
        begins_line = not self._parts or self._parts[-1].endswith("\n")
        in_link = piece.link is not None
        return escape(piece.text, self._manner, in_link=in_link, begins_line=begins_line)


def _link(piece: Piece) -> str | None:
    return piece.link if isinstance(piece, Run) else None


def _is_plain(link: str) -> bool:
    return (
        link.isascii()
        and "%" not in link
        and link == link_target(link)
        and link.startswith(("http://", "https://"))
    )


def _has(piece: Piece, mark: str) -> bool:
    return isinstance(piece, Run) and bool(getattr(piece, mark))


def _marks_after(pieces: Sequence[Piece], number: int) -> set[str]:
    """Return the marks of the next run: a line break between two bold lines is bold, too."""
    run = next((piece for piece in pieces[number:] if isinstance(piece, Run)), None)
    return {name for name, _mark in MARKS if run is not None and _has(run, name)}


def _length(pieces: Sequence[Piece], number: int, mark: str) -> int:
    """Return over how many pieces a mark reaches."""
    ends = (
        n
        for n, piece in enumerate(pieces[number:])
        if isinstance(piece, Run) and not _has(piece, mark)
    )
    return next(ends, len(pieces))


# ---------------------------------------------------------------- what can be given up


def _as_it_is(content: Content) -> Content:
    return content


def _without_outer_punctuation(content: Content) -> Content:
    """Return a content whose emphasis begins and ends with letters, which is always allowed."""
    pieces: list[Piece] = []
    for piece in content:
        is_marked = any(_has(piece, name) for name, _mark in MARKS)
        pieces += _unmarked_ends(piece) if isinstance(piece, Run) and is_marked else [piece]
    return tidy(pieces)


def _unmarked_ends(run: Run) -> list[Piece]:
    letters = [number for number, sign in enumerate(run.text) if sign.isalnum()]
    if not letters or run.is_code:
        return [_plain(run)]
    start, end = letters[0], letters[-1] + 1
    return [
        replace(_plain(run), text=run.text[:start]),
        replace(run, text=run.text[start:end]),
        replace(_plain(run), text=run.text[end:]),
    ]


def _plain(run: Run) -> Run:
    return replace(run, is_strong=False, is_emphasised=False, is_struck=False)


def _without_marks(content: Content) -> Content:
    return tidy(_plain(piece) if isinstance(piece, Run) else piece for piece in content)
