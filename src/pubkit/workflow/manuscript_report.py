"""What was taken over from a manuscript, and what was not: for the person who has to judge it."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from pubkit.formats.manuscripts.model import (
    Block,
    Figure,
    Heading,
    ListBlock,
    Loss,
    LossKind,
    Manuscript,
    Paragraph,
    Quotation,
    Table,
)
from pubkit.messages import gettext as _
from pubkit.messages import ngettext


def report_lines(manuscript: Manuscript, to_fill_in: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the report: what the document has, what of the manuscript it lacks, what is to do.

    Control characters of a file are commands to a terminal, and never reach it.
    """
    for line in _lines(manuscript, to_fill_in):
        yield "".join(sign if sign.isprintable() else "\ufffd" for sign in line)


def _lines(manuscript: Manuscript, to_fill_in: tuple[str, ...]) -> Iterator[str]:
    yield _("Taken over: {what}").format(what=", ".join(_taken_over(manuscript)))
    for field, value in (
        (_("title"), (manuscript.title, manuscript.origins.get("title"))),
        (_("date"), (manuscript.date, manuscript.origins.get("date"))),
        (_("language"), (manuscript.lang, manuscript.origins.get("language"))),
    ):
        if value[0] and value[1]:
            yield f"  {field}: {value[0]} ({value[1]})"
    lost = [loss for loss in manuscript.losses if not loss.is_kept]
    kept = [loss for loss in manuscript.losses if loss.is_kept]
    if lost:
        yield _("Not taken over:")
        yield from _table(lost)
    if kept:
        yield _("Taken over in another form:")
        yield from _table(kept)
    if to_fill_in:
        yield _("To be filled in by hand:")
        yield from (f"  {item}" for item in to_fill_in)


def _taken_over(manuscript: Manuscript) -> Iterator[str]:
    found = Counter[type](type(block) for block in _all(manuscript.blocks))
    figures, notes = found[Figure], len(manuscript.notes)
    for number, wording in (
        (found[Heading], ngettext("{number} heading", "{number} headings", found[Heading])),
        (found[Paragraph], ngettext("{number} paragraph", "{number} paragraphs", found[Paragraph])),
        (found[ListBlock], ngettext("{number} list", "{number} lists", found[ListBlock])),
        (found[Table], ngettext("{number} table", "{number} tables", found[Table])),
        (figures, ngettext("{number} figure", "{number} figures", figures)),
        (found[Quotation], ngettext("{number} quotation", "{number} quotations", found[Quotation])),
        (notes, ngettext("{number} footnote", "{number} footnotes", notes)),
    ):
        if number:
            yield wording.format(number=number)


def _all(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Quotation):
            yield from _all(block.blocks)
        elif isinstance(block, ListBlock):
            yield from (inner for item in block.items for inner in _all(item))


def _table(losses: list[Loss]) -> Iterator[str]:
    """Yield a line for each kind with its number, and below it one for each place."""
    order = list(LossKind)
    by_kind = groupby(
        sorted(losses, key=lambda loss: order.index(loss.kind)), key=lambda loss: loss.kind
    )
    for kind, group in by_kind:
        found = [*group]
        yield f"  {len(found):>4}  {kind_name(kind)}"
        for line in dict.fromkeys(map(_line, found)):
            yield f"        {line}"


def _line(loss: Loss) -> str:
    return " — ".join(filter(None, (loss.place, " ".join(loss.text.split()))))


def kind_name(kind: LossKind) -> str:
    """Return what a kind of loss is called in the user's language."""
    return (_names_of_parts() | _names_of_changes())[kind]


def _names_of_parts() -> dict[LossKind, str]:
    """Return the names of what a document has beside its text."""
    return {
        LossKind.TEXT_BOX: _("text box"),
        LossKind.COMMENT: _("comment"),
        LossKind.CHART: _("chart"),
        LossKind.DIAGRAM: _("diagram"),
        LossKind.DRAWING: _("drawing"),
        LossKind.HEADER: _("page header"),
        LossKind.FOOTER: _("page footer"),
        LossKind.EMBEDDED_OBJECT: _("embedded object"),
        LossKind.MACRO: _("macro"),
        LossKind.CONTENTS: _("table of contents"),
        LossKind.FORM: _("form"),
        LossKind.PICTURE: _("picture"),
        LossKind.HIDDEN_TEXT: _("hidden text"),
        LossKind.CHARACTER: _("invisible or private character"),
        LossKind.MEDIA: _("sound or film"),
        LossKind.SCRIPT: _("script"),
        LossKind.NAVIGATION: _("part of the page around the article"),
        LossKind.PROPERTY: _("property of the document"),
        LossKind.OTHER_TEXT: _("other text"),
    }


def _names_of_changes() -> dict[LossKind, str]:
    """Return the names of what a text is, or looks like, and what has become of it."""
    return {
        LossKind.DELETION: _("tracked deletion; the text is left out"),
        LossKind.INSERTION: _("tracked insertion; the text is taken over as if accepted"),
        LossKind.FORMATTING_CHANGE: _("tracked change of formatting"),
        LossKind.EQUATION: _("equation; it stands in the text as TeX"),
        LossKind.MERGED_CELLS: _("merged cells; the text stands in the first of them"),
        LossKind.NESTED_TABLE: _("table within a table; its text stands in the cell"),
        LossKind.CELL_BLOCKS: _("several paragraphs in a cell; they are one"),
        LossKind.TABLE_HEAD: _("table without heads; its first row has become the heads"),
        LossKind.FIELD: _("field; its last result stands in the text"),
        LossKind.LINK: _("link; its words stay"),
        LossKind.CROSS_REFERENCE: _("cross-reference; its words stay"),
        LossKind.PICTURE_WORDS: _("picture without words for those who cannot see it"),
        LossKind.CAPTION: _("caption, by rule: a short paragraph below a picture"),
        LossKind.CAPTION_ALONE: _("caption, by rule, whose picture is not in the file"),
        LossKind.STYLE: _("look of a text: colours, sizes, frames"),
        LossKind.SMALL_RAISED: _("superscript or subscript"),
        LossKind.EMPHASIS: _("emphasis that Markdown cannot say"),
        LossKind.NUMBERING: _("numbering; the items are 1, 2, 3"),
        LossKind.LEVEL: _("level of a heading or list"),
        LossKind.DEFINITIONS: _("list of terms; each has become a paragraph"),
    }
