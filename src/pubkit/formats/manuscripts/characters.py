"""Characters that nobody sees, and that no edition can print: taken out, and told."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pubkit.formats.manuscripts.model import (
    Block,
    Code,
    Content,
    Figure,
    Image,
    LineBreak,
    Loss,
    LossKind,
    Manuscript,
    Piece,
    Run,
    with_contents,
    with_leaves,
)
from pubkit.formats.manuscripts.tidying import tidy
from pubkit.messages import gettext as _
from pubkit.patterns import pattern

INVISIBLE = pattern(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
"""Controls, soft hyphens, zero-width spaces, overridden directions. Joiners stay: Persian and
emoji are spelt with them."""
LINE_ENDS = pattern("[\x0b\x0c\x85\u2028\u2029]")
PRIVATE = pattern("[\ue000-\uf8ff\ufffc\ufffd\U000f0000-\U0010ffff]")
"""What only one font can show, and the sign for a character that was lost."""


def clean_manuscript(manuscript: Manuscript) -> Manuscript:
    """Return a manuscript in tidy contents without invisible characters."""
    found: Counter[str] = Counter()

    def cleaned(content: Content) -> Content:
        return tidy(part for piece in content for part in _cleaned(piece, found))

    def cleaned_blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        inline = with_contents(blocks, cleaned)
        return with_leaves(inline, lambda block: _with_clean_code(block, found))

    notes = {label: cleaned_blocks(note) for label, note in manuscript.notes.items()}
    title, subtitle = (_clean_line(text, found) for text in (manuscript.title, manuscript.subtitle))
    return replace(
        manuscript,
        title=title,
        subtitle=subtitle,
        kicker=_clean_line(manuscript.kicker, found),
        property_title=_clean_line(manuscript.property_title, found),
        dateline=_clean_line(manuscript.dateline, found),
        blocks=cleaned_blocks(manuscript.blocks),
        notes=notes,
        losses=(*manuscript.losses, *_losses(found)),
    )


def _cleaned(piece: Piece, found: Counter[str]) -> Iterator[Piece]:
    if isinstance(piece, Image):
        yield replace(piece, alternative=_clean_line(piece.alternative, found))
        return
    if not isinstance(piece, Run):
        yield piece
        return
    lines = LINE_ENDS.split(_without_invisible(piece.text, found))
    for number, line in enumerate(lines):
        if number:
            yield LineBreak()
        yield replace(piece, text=line)


def _with_clean_code(block: Block, found: Counter[str]) -> Block:
    if isinstance(block, Code):
        text = _without_invisible(block.text, found).replace("\r\n", "\n").replace("\r", "\n")
        return Code(LINE_ENDS.sub("\n", text).expandtabs(4))
    if isinstance(block, Figure):
        words = _clean_line(block.image.alternative, found)
        return replace(block, image=replace(block.image, alternative=words))
    return block


def _clean_line(text: str, found: Counter[str]) -> str:
    return " ".join(LINE_ENDS.sub(" ", _without_invisible(text, found)).split())


def _without_invisible(text: str, found: Counter[str]) -> str:
    if text.isprintable() and not PRIVATE.search(text):
        return text
    found.update(INVISIBLE.findall(text))
    found.update(PRIVATE.findall(text))
    return INVISIBLE.sub("", text)


def _losses(found: Counter[str]) -> Iterator[Loss]:
    for sign, number in sorted(found.items()):
        is_kept = bool(PRIVATE.match(sign))
        text = _("U+{code:04X}, {number} times").format(code=ord(sign), number=number)
        yield Loss(kind=LossKind.CHARACTER, text=text, is_kept=is_kept)
