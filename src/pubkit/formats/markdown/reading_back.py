"""What Markdown says, in the words of manuscripts: to compare what was written with what was meant.

An event is a block or the beginning or end of one, with its content.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

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
    Rule,
    Run,
    Table,
)
from pubkit.formats.manuscripts.tidying import tidy
from pubkit.formats.markdown.dialect import make_parser
from pubkit.formats.markdown.pieces import FOOTNOTE
from pubkit.formats.markdown.structure import attributions, figures, picture_path
from pubkit.model import Role
from pubkit.patterns import pattern

Event = tuple[Any, ...]
Events = Iterator[Event]


@cache
def _text_parser() -> MarkdownIt:
    """Return a parser of the dialect that leaves footnotes where they are written."""
    parser = make_parser()
    parser.core.ruler.disable("footnote_tail")
    return parser


@cache
def _body_parser() -> MarkdownIt:
    """Return a parser that reads figures and attributions, too."""
    parser = make_parser()
    parser.core.ruler.disable("footnote_tail")
    parser.core.ruler.after("block", "figures", figures)
    parser.core.ruler.after("figures", "attributions", attributions)
    return parser


def normal_link(url: str) -> str:
    """Return an address as it is read back."""
    return _text_parser().normalizeLink(url)


# ---------------------------------------------------------------- as it is read


def read_events(body: str) -> Events:
    """Yield what a body in Markdown says."""
    yield from _events(_body_parser().parse(body, {}))


def read_one(text: str, kind: str) -> Content | None:
    """Return the content of a text that is one block of a kind; None if it is anything else.

    Args:
        text: Markdown of a heading (without its marks), a paragraph or a cell.
        kind: ``heading``, ``paragraph`` or ``cell``.
    """
    labels = {f":{label}": -1 for label in FOOTNOTE.findall(text)}
    env = {"footnotes": {"refs": labels}}
    if kind == "cell":
        tokens = _text_parser().parseInline(text, env)
        return None if "\n" in text else _content(tokens[0])
    tokens = _text_parser().parse("## " * (kind == "heading") + text, env)
    is_one = len(tokens) == 3 and tokens[0].type == f"{kind}_open"
    return _content(tokens[1]) if is_one else None


SIMPLE = {
    "blockquote_open": ("quotation",),
    "bullet_list_open": ("list", None),
    "list_item_open": ("item",),
    "tr_open": ("row",),
    "hr": ("rule",),
}
ENDS = {
    "blockquote_close": ("quotation ends",),
    "bullet_list_close": ("list ends",),
    "ordered_list_close": ("list ends",),
    "list_item_close": ("item ends",),
    "table_close": ("table ends",),
    "footnote_reference_close": ("note ends",),
}


def _events(tokens: Iterable[Token]) -> Events:
    kind: tuple[object, ...] = ()
    row = iter(tokens)
    for token in row:
        match token.type:
            case "heading_open":
                kind = ("heading", int(token.tag[1:]))
            case "paragraph_open":
                kind = ("paragraph",)
            case "th_open" | "td_open":
                kind = ("cell",)
            case "inline":
                is_attribution = token.meta.get("role") is Role.ATTRIBUTION
                content = _content(token)
                if content or kind == ("cell",):
                    yield (*(("attribution",) if is_attribution else kind), content)
            case "figure_open":
                yield _figure_event(token, row)
            case "ordered_list_open":
                yield "list", int(token.attrs.get("start", 1))
            case "table_open":
                yield ("table",)
            case "fence" | "code_block":
                yield "code", token.content.removesuffix("\n")
            case "footnote_reference_open":
                yield "note", str(token.meta["label"])
            case known if known in SIMPLE or known in ENDS:
                yield SIMPLE.get(known) or ENDS[known]


def _figure_event(token: Token, row: Iterator[Token]) -> tuple[object, ...]:
    caption, words, _credit = next(row), next(row), next(row)
    return ("figure", token.meta["picture"], _words(words), _content(caption))


def _words(token: Token) -> str:
    """Return the words of a picture, which are read as text and printed without markup."""
    inline = _text_parser().parseInline(token.content, {})[0]
    return "".join(piece.text for piece in _content(inline) if isinstance(piece, Run))


def _content(token: Token) -> Content:
    return tidy(_pieces(token.children or ()))


NAMES = {"strong": "is_strong", "em": "is_emphasised", "s": "is_struck"}


def _pieces(tokens: Iterable[Token]) -> Iterator[Piece]:
    marks: dict[str, bool] = {}
    link: str | None = None
    for token in tokens:
        name = NAMES.get(token.type.removesuffix("_open").removesuffix("_close"))
        if name:
            marks[name] = token.nesting == 1
        elif token.type in ("link_open", "link_close"):
            link = str(token.attrGet("href")) if token.nesting == 1 else None
        elif token.type in ("text", "text_special"):
            yield Run(text=token.content, link=link, **marks)
        elif token.type == "code_inline":
            yield Run(text=token.content, is_code=True, link=link, **marks)
        elif token.type == "softbreak":
            yield Run(text=" ", link=link, **marks)
        elif token.type == "hardbreak":
            yield LineBreak()
        elif token.type == "footnote_ref":
            yield NoteMark(str(token.meta["label"]))
        elif token.type == "image":
            words = "".join(child.content for child in token.children or ())
            yield Image(path=picture_path(token), alternative=words)


# ---------------------------------------------------------------- as it is meant


def written_events(manuscript: Manuscript, instead: Mapping[Content, Content]) -> Events:
    """Yield what the Markdown of a manuscript has to say.

    Args:
        manuscript: Its contents are tidy.
        instead: The contents for which others, with less emphasis, are written.
    """
    yield from _meant(manuscript.blocks, instead, 0)
    for label, blocks in manuscript.notes.items():
        yield "note", label
        yield from _meant(blocks, instead, 1)
        yield ("note ends",)


def _meant(blocks: Iterable[Block], instead: Mapping[Content, Content], depth: int) -> Events:
    for block in blocks:
        match block:
            case Heading():
                yield "heading", block.level, instead.get(block.content, block.content)
            case Paragraph():
                yield "paragraph", instead.get(block.content, block.content)
            case Figure():
                caption = instead.get(block.caption, block.caption)
                yield "figure", block.image.path, block.image.alternative, caption
            case Quotation():
                yield ("quotation",)
                yield from _quoted(block, instead, depth)
                yield ("quotation ends",)
            case ListBlock():
                yield from _list_events(block, instead, depth)
            case Table():
                yield from _table_events(block, instead)
            case Code():
                yield "code", block.text
            case Rule():
                yield ("rule",)


def _quoted(block: Quotation, instead: Mapping[Content, Content], depth: int) -> Events:
    """Yield the events of a quotation; a last paragraph with a dash says by whom it is."""
    events = [*_meant(block.blocks, instead, depth + 1)]
    if depth == 0 and len(block.blocks) > 1 and isinstance(block.blocks[-1], Paragraph):
        _kind, content = events.pop()
        named = _without_dash(content)
        events.append(("attribution", named) if named else ("paragraph", content))
    yield from events


DASH = pattern(r"(?:—{1,2}|―|–|--)[ \t]*")


def _without_dash(content: Content) -> Content | None:
    """Return what follows the dash that begins a content of one line; None if there is none."""
    first = content[0] if content else None
    if not isinstance(first, Run) or first != Run(text=first.text) or LineBreak() in content:
        return None
    match = DASH.match(first.text)
    return tidy((Run(text=first.text[match.end() :]), *content[1:])) if match else None


def _list_events(block: ListBlock, instead: Mapping[Content, Content], depth: int) -> Events:
    yield "list", block.start
    for item in block.items:
        yield ("item",)
        yield from _meant(item, instead, depth + 1)
        yield ("item ends",)
    yield ("list ends",)


def _table_events(table: Table, instead: Mapping[Content, Content]) -> Events:
    yield ("table",)
    for row in table.rows:
        yield ("row",)
        yield from (("cell", instead.get(cell, cell)) for cell in row)
    yield ("table ends",)
