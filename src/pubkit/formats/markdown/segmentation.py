"""The one segmentation: which runs of a skeleton are translated, and what is said of them.

Extraction reads the segments off the skeleton, printing puts their texts back; both go through
``find_places``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from pubkit.errors import Location
from pubkit.formats.markdown.dialect import is_east_asian, make_parser
from pubkit.formats.markdown.directives import Directives
from pubkit.formats.markdown.structure import attributions, figures
from pubkit.localize import html_tag
from pubkit.model import Document, Role, Segment

ROLES = {
    "heading": Role.HEADING,
    "list_item": Role.LIST_ITEM,
    "th": Role.TABLE_HEADING,
    "td": Role.TABLE_CELL,
    "blockquote": Role.QUOTATION,
    "footnote_reference": Role.FOOTNOTE,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A run of text in a skeleton, and the segment that it holds in the source language."""

    token: Token
    segment: Segment


def find_segments(body: str, locate: Callable[[int], Location]) -> tuple[Segment, ...]:
    """Return the segments of a body in order; equal segments are repeated.

    Args:
        body: Markdown without front matter.
        locate: Gives the place in the source file of a line of the body, counted from 0.

    Raises:
        SourceError: An author's directive is wrong.
    """
    env: dict[str, object] = {}
    tokens = _skeleton_parser().parse(body, env)
    return tuple(place.segment for place in find_places(tokens, locate, _skeleton_parser(), env))


def parse_body(document: Document) -> tuple[list[Token], dict[str, object]]:
    """Parse the skeleton with the document's texts in it: all tokens, ready to be printed."""
    env: dict[str, object] = {"document": document}
    return _body_parser().parse(document.body, env), env


def parse_inline(text: str) -> list[Token]:
    """Parse one text outside the skeleton, such as a front-matter field."""
    return _body_parser().parseInline(text, {})


def find_places(
    tokens: Iterable[Token],
    locate: Callable[[int], Location],
    parser: MarkdownIt,
    env: dict[str, object],
) -> Iterator[Place]:
    """Yield the translatable runs of a skeleton in order.

    Text is translatable if it has a letter or a digit and the author does not skip it. Code
    blocks are no text.
    """
    directives = Directives(locate)
    roles = [Role.PARAGRAPH]
    for token in tokens:
        if token.type == "comment":
            directives.read(token)
            continue
        directives.enter(token)
        _follow(token, roles)
        if token.type == "inline" and not directives.is_skipping and has_words(token.content):
            yield Place(token, _segment(token, roles[-1], directives, locate, parser, env))
        directives.leave(token)
    directives.finish()


def _follow(token: Token, roles: list[Role]) -> None:
    """Keep the roles of the blocks in which a token stands, innermost last."""
    block = token.type.removesuffix("_open").removesuffix("_close")
    if block in ROLES and token.nesting == 1:
        roles.append(ROLES[block])
    elif block in ROLES and token.nesting == -1:
        roles.pop()


def _segment(
    token: Token,
    role: Role,
    directives: Directives,
    locate: Callable[[int], Location],
    parser: MarkdownIt,
    env: dict[str, object],
) -> Segment:
    text = join_lines(token.content, parser, env)
    return Segment(
        msgid=text,
        text=text,
        msgctxt=directives.context,
        role=token.meta.get("role", role),
        comments=directives.comments,
        line=locate(token.map[0] if token.map else 0).line or 0,
    )


def has_words(text: str) -> bool:
    """Tell whether there is anything to translate."""
    return any(character.isalnum() for character in text)


# ---------------------------------------------------------------- line breaks


def join_lines(text: str, parser: MarkdownIt, env: dict[str, object]) -> str:
    r"""Return the text on one line: soft breaks become spaces, hard breaks ``\`` and a newline.

    Between two East Asian characters a soft break becomes nothing. Where joining the lines would
    change the meaning (a code span that ends its line with a backslash, say), they are kept.
    """
    if "\n" not in text:
        return text.strip()
    joined = _join(text.strip().split("\n"))
    if any(mark in text for mark in "`<[") and _printed(joined, parser, env) != _printed(
        text, parser, env
    ):
        return text
    return joined


def _join(lines: Sequence[str]) -> str:
    joined = ""
    for line in lines:
        joined = joined + _link(joined, line) + line.strip() if joined else line.lstrip()
        if line.endswith("  ") or _ends_with_escape(line):
            joined = joined.rstrip().removesuffix("\\") + "\\\n"
    return joined.removesuffix("\\\n")


def _link(before: str, after: str) -> str:
    """Return what a soft line break between two lines becomes."""
    if before.endswith("\n"):
        return ""
    is_tight = is_east_asian(before[-1:] or " ") and is_east_asian(after.strip()[:1] or " ")
    return "" if is_tight else " "


def _ends_with_escape(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _printed(text: str, parser: MarkdownIt, env: dict[str, object]) -> str:
    tokens = parser.inline.parse(text, parser, dict(env), [])
    return "".join(parser.renderer.render(tokens, parser.options, {}).split())


# ---------------------------------------------------------------- the two parsers


@cache
def _skeleton_parser() -> MarkdownIt:
    """Stop before inline text is parsed: extraction does not need it."""
    parser = make_parser()
    _add_structure(parser)
    parser.core.ruler.enableOnly(["normalize", "block", "figures", "attributions"])
    return parser


@cache
def _body_parser() -> MarkdownIt:
    parser = make_parser()
    _add_structure(parser)
    parser.core.ruler.after("attributions", "place_texts", place_texts)
    parser.core.ruler.after("inline", "mark_unfinished", mark_unfinished)
    return parser


def _add_structure(parser: MarkdownIt) -> None:
    parser.core.ruler.after("block", "figures", figures)
    parser.core.ruler.after("figures", "attributions", attributions)


def place_texts(state: StateCore) -> None:
    """Put the document's texts into the places of its skeleton, one to one."""
    document = state.env.get("document")
    if not isinstance(document, Document):
        return
    places = find_places(
        state.tokens, lambda _line: Location(document.path), state.md, {**state.env}
    )
    for place, segment in zip(tuple(places), document.body_segments, strict=True):
        place.token.content = segment.text
        place.token.meta["segment"] = segment


def mark_unfinished(state: StateCore) -> None:
    """Enclose each unfinished text in a span that says its state and language."""
    for token in state.tokens:
        segment = token.meta.get("segment")
        if segment and not segment.is_finished and token.children:
            lang = state.env["document"].source_lang
            token.children = [*marked(token.children, segment, lang)]


def marked(tokens: Iterable[Token], segment: Segment, source_lang: str) -> Iterator[Token]:
    """Yield the tokens of an unfinished segment between a span's tags."""
    opening = Token("unfinished_open", "span", 1)
    opening.attrSet("class", str(segment.state))
    if segment.text == segment.msgid:
        opening.attrSet("lang", html_tag(source_lang))
    yield opening
    yield from tokens
    yield Token("unfinished_close", "span", -1)
