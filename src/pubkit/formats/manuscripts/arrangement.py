"""Put a manuscript in order: what is its title, its date; which paragraph is a caption.

The rules look at what every format has, so they hold for all; each decision that could be wrong
is told, as an origin or a loss.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeGuard

from pubkit.formats.manuscripts.characters import clean_manuscript
from pubkit.formats.manuscripts.dates import find_date
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
    with_leaves,
)
from pubkit.formats.manuscripts.places import place_of
from pubkit.formats.manuscripts.sentences import ends_sentence, is_short, sentences, width
from pubkit.formats.manuscripts.tidying import tidy
from pubkit.messages import gettext as _
from pubkit.patterns import pattern

CAPTION_STYLES = ("caption", "image caption", "figure", "illustration", "photo caption", "题注")
CAPTION_WORD = pattern(r"(?:figure|fig\.|photo|picture|image|图|照片|摄影)", re.IGNORECASE)
LONGEST_CAPTION = 200
DEEPEST_LIST = 8


def arrange(manuscript: Manuscript) -> Manuscript:
    """Return a manuscript as a source document needs it.

    The order matters: a title is no heading of the text, and a caption no paragraph of it.
    """
    arranged = clean_manuscript(manuscript)
    for step in (
        _without_emptiness,
        _with_kicker,
        _with_title,
        _with_dateline,
        _with_date,
        _with_figures,
        _with_attributions,
        _with_levels,
        _with_flat_lists,
        _with_lines_where_allowed,
    ):
        arranged = step(arranged)
    return arranged


# ---------------------------------------------------------------- emptiness


def _without_emptiness(manuscript: Manuscript) -> Manuscript:
    notes = {label: tuple(_kept(blocks)) for label, blocks in manuscript.notes.items()}
    return replace(manuscript, blocks=tuple(_kept(manuscript.blocks)), notes=notes)


def _kept(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks that have something to read or to see."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                if block.content:
                    yield block
            case Quotation():
                inner = tuple(part for part in _kept(block.blocks) if not isinstance(part, Rule))
                if inner:
                    yield Quotation(inner)
            case ListBlock():
                yield from _kept_list(block)
            case Table():
                if any(cell for row in block.rows for cell in row):
                    yield block
            case Code():
                if block.text.strip():
                    yield Code(block.text.strip("\n"))
            case _:
                yield block


def _kept_list(block: ListBlock) -> Iterator[ListBlock]:
    items = (
        tuple(part for part in _kept(item) if not isinstance(part, Rule)) for item in block.items
    )
    kept = tuple(item for item in items if item)
    if kept:
        yield replace(block, items=kept)


# ---------------------------------------------------------------- title


KICKER = pattern(
    r"\W*(?:for immediate release|(?:press|media|news) (?:release|information|statement)"
    r"|pressemitteilung|presseinformation|communiqué de presse|新闻稿|新聞稿|プレスリリース)\W*\Z",
    re.IGNORECASE,
)
"""What stands above headlines of press releases and is none."""


def _with_kicker(manuscript: Manuscript) -> Manuscript:
    place, block = next(_first_block(manuscript.blocks), (0, None))
    if not isinstance(block, Paragraph | Heading) or not all(
        isinstance(piece, Run) for piece in block.content
    ):
        return manuscript
    text = plain_text(block.content)
    if not KICKER.match(text):
        return manuscript
    blocks = (*manuscript.blocks[:place], *manuscript.blocks[place + 1 :])
    return replace(manuscript, kicker=text, blocks=blocks)


def _with_title(manuscript: Manuscript) -> Manuscript:
    titled = _with_title_of_text(manuscript)
    named = titled.property_title
    if not titled.title and named:
        origins = {**titled.origins, "title": _("the properties of the file")}
        return replace(titled, title=named, origins=origins)
    if named and named != titled.title:
        lost = Loss(kind=LossKind.PROPERTY, place=_("title"), text=named)
        return replace(titled, losses=(*titled.losses, lost))
    return titled


def _with_title_of_text(manuscript: Manuscript) -> Manuscript:
    if manuscript.title:
        return manuscript
    place, block = next(_first_block(manuscript.blocks), (0, None))
    has_more = len(manuscript.blocks) > place + 1
    if isinstance(block, Heading) and has_more:
        return _titled(manuscript, place, block.content, _("the first heading"))
    if isinstance(block, Paragraph) and has_more and _looks_like_title(block.content):
        return _titled(manuscript, place, block.content, _("the first line"))
    return manuscript


def _first_block(blocks: tuple[Block, ...]) -> Iterator[tuple[int, Block]]:
    return ((n, block) for n, block in enumerate(blocks) if not isinstance(block, Remark | Rule))


def _looks_like_title(content: Content) -> bool:
    text = plain_text(content)
    is_line = all(isinstance(piece, Run) for piece in content)
    return is_line and is_short(text) and not ends_sentence(text) and find_date(text) is None


def _titled(manuscript: Manuscript, place: int, content: Content, origin: str) -> Manuscript:
    blocks = (*manuscript.blocks[:place], *manuscript.blocks[place + 1 :])
    marks = tuple(piece for piece in content if isinstance(piece, NoteMark))
    images = tuple(piece for piece in content if isinstance(piece, Image))
    rest: tuple[Block, ...] = (Paragraph(images),) if images else ()
    notes = {
        label: note for label, note in manuscript.notes.items() if NoteMark(label) not in marks
    }
    losses = tuple(
        Loss(kind=LossKind.OTHER_TEXT, place=_("footnote of the title"), text=_note_text(note))
        for label, note in manuscript.notes.items()
        if NoteMark(label) in marks
    )
    return replace(
        manuscript,
        title=" ".join(plain_text(content).split()),
        blocks=(*rest, *blocks),
        notes=notes,
        losses=(*manuscript.losses, *losses),
        origins={**manuscript.origins, "title": origin},
    )


def _note_text(blocks: tuple[Block, ...]) -> str:
    return " ".join(
        plain_text(block.content) for block in blocks if isinstance(block, Paragraph | Heading)
    )


# ---------------------------------------------------------------- dateline and date


def _with_dateline(manuscript: Manuscript) -> Manuscript:
    """Take a short first paragraph with a date, such as “RIVERSIDE, March 14, 2025”."""
    for place, block in [*_first_block(manuscript.blocks)][:2]:
        if not isinstance(block, Paragraph) or manuscript.dateline:
            continue
        text = plain_text(block.content)
        is_line = all(isinstance(piece, Run) and not piece.link for piece in block.content)
        if is_line and width(text) <= LONGEST_DATELINE and find_date(text) and _is_dateline(text):
            blocks = (*manuscript.blocks[:place], *manuscript.blocks[place + 1 :])
            return replace(manuscript, dateline=text, blocks=blocks)
    return manuscript


LONGEST_DATELINE = 70


def _is_dateline(text: str) -> bool:
    return len(sentences(text)) == 1 and not text.rstrip().endswith((".", "。", ":", "："))


def _with_date(manuscript: Manuscript) -> Manuscript:
    first = next((block for _n, block in _first_block(manuscript.blocks)), None)
    beginning = plain_text(first.content)[:120] if isinstance(first, Paragraph) else ""
    for text, origin in (
        (manuscript.dateline, _("the dateline")),
        (_before_dash(beginning), _("the dateline in the text")),
    ):
        found = find_date(text)
        if found:
            origins = {**manuscript.origins, "date": origin}
            return replace(manuscript, date=found, origins=origins)
    return manuscript


DASH = pattern(r"(?:\s[–—-]{1,2}\s|—|\s--\s|[）)]|电\s|讯\s)")


def _before_dash(text: str) -> str:
    """Return the dateline that begins a paragraph: “RIVERSIDE, March 14, 2025 — The library …”."""
    match = DASH.search(text)
    return text[: match.end()] if match else ""


# ---------------------------------------------------------------- figures


def _with_figures(manuscript: Manuscript) -> Manuscript:
    blocks = [part for block in manuscript.blocks for part in _with_pictures_apart(block)]
    arranged: list[Block] = []
    losses: list[Loss] = []
    number = 0
    while number < len(blocks):
        figures, number = _figures_at(blocks, number, losses)
        arranged += figures
    return replace(manuscript, blocks=tuple(arranged), losses=(*manuscript.losses, *losses))


def _with_pictures_apart(block: Block) -> Iterator[Block]:
    """Yield a paragraph whose lines are pictures, each with its words below it, as figures."""
    if not isinstance(block, Paragraph) or not isinstance(block.content[0], Image):
        yield block
        return
    pieces = [*block.content]
    images: list[Image] = []
    while pieces and (
        isinstance(pieces[0], Image | LineBreak) or not plain_text((pieces[0],)).strip()
    ):
        piece = pieces.pop(0)
        images += [piece] if isinstance(piece, Image) else []
        has_break = isinstance(piece, LineBreak)
    rest = tidy(pieces)
    if rest and not has_break:
        yield block
        return
    yield from (Figure(image, ()) for image in images[:-1])
    yield Figure(images[-1], rest)


def _figures_at(blocks: list[Block], number: int, losses: list[Loss]) -> tuple[list[Block], int]:
    """Return the figure that begins at a block, with its caption, and where the next block is."""
    block = blocks[number]
    following = blocks[number + 1] if number + 1 < len(blocks) else None
    if isinstance(following, Figure) and _is_caption_above(block, blocks, number):
        return [replace(following, caption=block.content)], number + 2
    if not isinstance(block, Figure) or block.caption or not isinstance(following, Paragraph):
        return [block], number + 1
    if _is_caption_style(following):
        return [replace(block, caption=following.content)], number + 2
    if _is_caption(following.content):
        place = place_of(number + 2, following.content)
        losses.append(Loss(kind=LossKind.CAPTION, place=place, is_kept=True))
        return [replace(block, caption=following.content)], number + 2
    return [block], number + 1


def _is_caption_above(block: Block, blocks: list[Block], number: int) -> TypeGuard[Paragraph]:
    """Tell whether a block is the caption of the figure below it, which has none of its own."""
    if not isinstance(block, Paragraph) or not _is_caption_style(block):
        return False
    below = blocks[number + 2] if number + 2 < len(blocks) else None
    is_taken = isinstance(below, Paragraph) and _is_caption_style(below)
    figure = blocks[number + 1]
    return isinstance(figure, Figure) and not figure.caption and not is_taken


def _is_caption_style(block: Paragraph) -> bool:
    return block.style.lower() in CAPTION_STYLES


def _is_caption(content: Content) -> bool:
    """Tell whether a paragraph below a picture is its caption: short, and a single sentence."""
    text = plain_text(content)
    if width(text) > LONGEST_CAPTION or any(isinstance(piece, Image) for piece in content):
        return False
    is_italic = all(piece.is_emphasised for piece in content if isinstance(piece, Run))
    return is_italic or bool(CAPTION_WORD.match(text)) or len(sentences(text)) == 1


# ---------------------------------------------------------------- quotations


def _with_attributions(manuscript: Manuscript) -> Manuscript:
    """Give the name below a quotation a paragraph of its own, as the dialect wants it."""
    blocks = tuple(
        Quotation((*block.blocks[:-1], *_parted(block.blocks[-1])))
        if isinstance(block, Quotation)
        else block
        for block in manuscript.blocks
    )
    return replace(manuscript, blocks=blocks)


NAME_AFTER_DASH = pattern(r"(?:—{1,2}|―|–|--)\s*\S")


def _parted(block: Block) -> Iterator[Block]:
    if isinstance(block, Paragraph) and LineBreak() in block.content:
        last = len(block.content) - 1 - block.content[::-1].index(LineBreak())
        named = block.content[last + 1 :]
        if NAME_AFTER_DASH.match(plain_text(named)):
            yield Paragraph(tidy(block.content[:last]))
            yield Paragraph(tidy(named))
            return
    yield block


# ---------------------------------------------------------------- levels


def _with_levels(manuscript: Manuscript) -> Manuscript:
    """Begin with level 2, since the title has the first, and leave out none on the way down."""
    levels = [block.level for block in manuscript.blocks if isinstance(block, Heading)]
    above = min(levels, default=2) - 2
    current, losses, blocks = 1, list[Loss](), list[Block]()
    for number, block in enumerate(manuscript.blocks, 1):
        if isinstance(block, Heading):
            wanted = block.level - above
            current = max(2, min(wanted, current + 1, 6))
            if current != wanted:
                place = place_of(number, block.content)
                losses.append(Loss(kind=LossKind.LEVEL, place=place, is_kept=True))
            blocks.append(Heading(current, block.content))
        else:
            blocks.append(block)
    return replace(manuscript, blocks=tuple(blocks), losses=(*manuscript.losses, *losses))


def _with_flat_lists(manuscript: Manuscript) -> Manuscript:
    """Raise the items of lists that are nested deeper than the dialect reads."""
    losses: list[Loss] = []
    blocks = tuple(part for block in manuscript.blocks for part in _flat(block, 1, losses))
    notes = {
        label: tuple(part for block in blocks for part in _flat(block, 2, losses))
        for label, blocks in manuscript.notes.items()
    }
    return replace(manuscript, blocks=blocks, notes=notes, losses=(*manuscript.losses, *losses[:1]))


def _flat(block: Block, depth: int, losses: list[Loss]) -> Iterator[Block]:
    if isinstance(block, Quotation):
        inner = tuple(part for b in block.blocks for part in _flat(b, depth + 1, losses))
        if depth > DEEPEST_LIST:
            losses.append(Loss(kind=LossKind.LEVEL, place=_("quotations or lists"), is_kept=True))
            yield from inner
        else:
            yield Quotation(inner)
    elif isinstance(block, ListBlock):
        items = [
            tuple(part for inner in item for part in _flat(inner, depth + 1, losses))
            for item in block.items
        ]
        if depth > DEEPEST_LIST:
            losses.append(Loss(kind=LossKind.LEVEL, place=_("quotations or lists"), is_kept=True))
            yield from (part for item in items for part in item)
        else:
            yield replace(block, items=tuple(items))
    else:
        yield block


# ---------------------------------------------------------------- lines


def _with_lines_where_allowed(manuscript: Manuscript) -> Manuscript:
    """Headings and cells are one line: a line break in them is a space."""
    notes = {label: with_leaves(note, _one_line) for label, note in manuscript.notes.items()}
    return replace(manuscript, blocks=with_leaves(manuscript.blocks, _one_line), notes=notes)


def _one_line(block: Block) -> Block:
    match block:
        case Heading():
            return replace(block, content=_on_one_line(block.content))
        case Table():
            return with_contents((block,), _on_one_line)[0]
        case _:
            return block


def _on_one_line(content: Content) -> Content:
    pieces: list[Piece] = [
        Run(text=" ") if isinstance(piece, LineBreak) else piece for piece in content
    ]
    return tidy(pieces)
