"""Print a document: the blocks of its body, and single texts, as HTML."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from types import MappingProxyType

from markdown_it.token import Token

from pubkit.formats.markdown.dialect import make_parser
from pubkit.formats.markdown.directives import is_guest_list
from pubkit.formats.markdown.inline_html import verified
from pubkit.formats.markdown.pieces import FOOTNOTE
from pubkit.formats.markdown.segmentation import marked, parse_body, parse_inline
from pubkit.formats.markdown.structure import picture_path
from pubkit.localize import html_tag
from pubkit.model import (
    Block,
    Document,
    Figure,
    Guest,
    GuestList,
    Heading,
    Paragraph,
    Passage,
    Quotation,
    Role,
    Segment,
)

_printer = make_parser()
NO_SIZES: Mapping[str, tuple[int, int]] = MappingProxyType({})

WITH_MARKUP = (Role.BOILERPLATE, Role.NOTE)
"""The fields of the front matter that may have inline Markdown."""


def document_blocks(
    document: Document,
    *,
    pictures: str = "",
    sizes: Mapping[str, tuple[int, int]] = NO_SIZES,
) -> tuple[Block, ...]:
    """Return the body of the document, block by block, with its texts in their places.

    Unfinished texts stand in ``<span class="untranslated" lang="…">`` (or ``fuzzy``).

    Args:
        document: In any language.
        pictures: Where pictures within a text are found, seen from the page: ``../``.
        sizes: Width and height of each picture, as far as they are known.
    """
    tokens, env = parse_body(document)
    _name_columns(tokens)
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                _place_picture(child, pictures, sizes)
    return tuple(_with_guests([*_blocks(tokens, document, env)], _guests(document)))


def _place_picture(image: Token, folder: str, sizes: Mapping[str, tuple[int, int]]) -> None:
    """Say where a picture within a text is, and how much room it needs."""
    size = sizes.get(picture_path(image))
    if size:
        image.attrs |= {"width": size[0], "height": size[1], "loading": "lazy"}
    image.attrSet("src", f"{folder}{image.attrGet('src')}")


def _name_columns(tokens: Sequence[Token]) -> None:
    """Say of each head of a column that it is one; an empty cell is none."""
    for number, token in enumerate(tokens):
        if token.type == "th_open" and tokens[number + 1].content.strip():
            token.attrSet("scope", "col")
        elif token.type == "th_open":
            token.tag = tokens[number + 2].tag = "td"


def segment_html(segment: Segment, document: Document) -> str:
    """Return one text outside the body as HTML, marked if it is unfinished.

    Only boilerplate and notes may have inline Markdown; all other fields are plain text.
    """
    if segment.role in WITH_MARKUP:
        tokens = parse_inline(segment.text)[0].children or []
    else:
        tokens = [Token("text", "", 0, content=segment.text)]
    if not segment.is_finished:
        tokens = list(marked(tokens, segment, document.source_lang))
    return verified(_render(tokens, {}))


def segment_text(segment: Segment) -> str:
    """Return one text without any markup, for places that take none."""
    if segment.role not in WITH_MARKUP:
        return segment.text
    return _plain(parse_inline(segment.text)[0].children or [])


# ---------------------------------------------------------------- groups of tokens


def _blocks(tokens: Sequence[Token], document: Document, env: dict[str, object]) -> Iterator[Block]:
    figure_numbers, anchors = count(1), _Anchors()
    for group in _groups(tokens):
        match group[0].type:
            case "heading_open":
                yield _heading(group, anchors, env)
            case "paragraph_open":
                yield Paragraph(html=_render(group[1:-1], env))
            case "figure_open":
                yield _figure(group, next(figure_numbers), document, env)
            case "blockquote_open":
                yield _quotation(group, env)
            case "comment":
                if is_guest_list(group[0].content):
                    yield GuestList(guests=())
            case _:
                kind = group[0].type
                yield Passage(
                    html=_render(group, env),
                    is_table=kind == "table_open",
                    has_notes=kind == "footnote_block_open",
                )


def _with_guests(blocks: list[Block], guests: tuple[Guest, ...]) -> list[Block]:
    """Put the list of guests in its place: where the author says, or after the text."""
    place = next((n for n, block in enumerate(blocks) if isinstance(block, GuestList)), None)
    if place is not None:
        blocks[place] = GuestList(guests=guests)
    elif guests:
        has_notes = isinstance(blocks[-1], Passage) and blocks[-1].has_notes
        blocks.insert(len(blocks) - has_notes, GuestList(guests=guests))
    return blocks


def _guests(document: Document) -> tuple[Guest, ...]:
    """Return the guests of the front matter; each begins with a name."""
    guests: list[Guest] = []
    for segment in document.fields:
        group, _dot, name = (segment.msgctxt or "").partition(".")
        if group == "guests" and name == "name":
            guests.append(Guest(name=segment_html(segment, document)))
        elif group == "guests":
            guests[-1] = replace(guests[-1], **{name: segment_html(segment, document)})
    return tuple(guests)


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each top-level block."""
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group
            group = []


def _heading(group: Sequence[Token], anchors: "_Anchors", env: dict[str, object]) -> Heading:
    opening, inline, _closing = group
    segment = inline.meta.get("segment")
    return Heading(
        level=int(opening.tag[1:]),
        html=_render([inline], env),
        text=_plain(inline.children or []),
        anchor=anchors.name(segment.msgid if segment else inline.content),
    )


def _figure(
    group: Sequence[Token], number: int, document: Document, env: dict[str, object]
) -> Figure:
    texts = {token.meta["role"]: token for token in group[1:-1]}
    html = {role: _render([token], env) for role, token in texts.items()}
    alternative = texts[Role.ALTERNATIVE_TEXT]
    segment = alternative.meta.get("segment")
    is_finished = segment is None or segment.is_finished
    return Figure(
        number=number,
        picture=group[0].meta["picture"],
        alternative=_plain(alternative.children or []),
        alternative_lang=html_tag(document.lang if is_finished else document.source_lang),
        caption=html[Role.CAPTION],
        credit=html[Role.CREDIT],
    )


def _quotation(group: Sequence[Token], env: dict[str, object]) -> Quotation:
    is_attribution = partial(_has_role, role=Role.ATTRIBUTION)
    attribution = [token for token in group if is_attribution(token)]
    rest = [token for token in group[1:-1] if not is_attribution(token)]
    html = _render(rest, env).replace("<p></p>", "").strip()
    return Quotation(html=html, attribution=_render(attribution, env))


def _has_role(token: Token, role: Role) -> bool:
    return token.meta.get("role") is role


class _Anchors:
    """Fragment identifiers, each given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def name(self, heading: str) -> str:
        """Return an identifier made of the words of a heading in the source language."""
        words = re.sub(r"[\W_]+", "-", _source_words(heading).lower()).strip("-") or "section"
        anchor = words
        while anchor in self._given:
            # Counting on from the last number keeps a thousand equal headings fast.
            self._numbers[words] += 1
            anchor = f"{words}-{self._numbers[words] + 1}"
        self._given.add(anchor)
        return anchor


def _source_words(heading: str) -> str:
    return _plain(parse_inline(FOOTNOTE.sub("", heading))[0].children or [])


# ---------------------------------------------------------------- tokens to text


def _render(tokens: Sequence[Token], env: dict[str, object]) -> str:
    printed = [token for token in tokens if token.type != "comment"]
    return str(_printer.renderer.render(printed, _printer.options, env)).strip()


def _plain(tokens: Sequence[Token]) -> str:
    """Return what is left of a text without its markup."""
    return "".join(_plain_token(token) for token in tokens)


def _plain_token(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "image":
        return _plain(token.children or [])
    return token.content if token.type in ("text", "code_inline", "text_special") else ""
