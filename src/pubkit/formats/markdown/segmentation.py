"""The one segmentation: which runs of a skeleton are translated, and what is said of them.

Extraction reads the segments off the skeleton, printing puts their texts back; both go through
``find_places``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType

from pubkit.config.limits import DEFAULT_LIMITS, Limits, raised
from pubkit.errors import Location, SourceError
from pubkit.formats.markdown.captions import printed_text
from pubkit.formats.markdown.comments import without_comments
from pubkit.formats.markdown.dialect import make_parser
from pubkit.formats.markdown.directives import GUEST_LIST, Directives, is_guest_list
from pubkit.formats.markdown.line_breaks import join_lines
from pubkit.formats.markdown.pages import (
    PAGE_STRUCTURE,
    has_own_words,
    make_page_parser,
    with_targets,
)
from pubkit.formats.markdown.structure import attributions, figures, headings
from pubkit.formats.markdown.verification import Locate, verify_page, verify_skeleton
from pubkit.localize import html_tag
from pubkit.messages import gettext as _
from pubkit.model import Document, Role, Segment
from pubkit.patterns import pattern
from pubkit.values import dataclass

ROLES = {
    "heading": Role.HEADING,
    "list_item": Role.LIST_ITEM,
    "th": Role.TABLE_HEADING,
    "td": Role.TABLE_CELL,
    "blockquote": Role.QUOTATION,
    "footnote_reference": Role.FOOTNOTE,
}

OPENINGS = {f"{block}_open": role for block, role in ROLES.items()}
CLOSINGS = frozenset(f"{block}_close" for block in ROLES)


def find_segments(
    body: str, locate: Locate, limits: Limits = DEFAULT_LIMITS, *, is_page: bool = False
) -> tuple[Segment, ...]:
    """Return the segments of a body in order; equal segments are repeated.

    Args:
        body: Markdown without front matter.
        locate: Gives the place in the source file of a line of the body, counted from 0.
        limits: How much is refused.
        is_page: Whether it is a page of a book, which may have more than a report.

    Raises:
        SourceError: There is too much, an author's directive is wrong, or something would be lost
            in print.
    """
    parser, env = _skeleton_parser(is_page=is_page), dict[str, object]()
    tokens = parser.parse(body, env)
    if is_page:
        verify_page(tokens, locate, limits=limits)
    else:
        verify_skeleton(tokens, parser, env, locate, limits=limits)
    places = tuple(find_places(tokens, locate))
    _verify_number(places, locate, limits.segments)
    texts = ((place, _text(place, parser, env)) for place in places)
    return tuple(
        Segment(
            msgid=text,
            text=text,
            msgctxt=place.context,
            role=place.role,
            comments=place.comments,
            line=locate(place.line).line or 0,
        )
        for place, text in texts
    )


def block_texts(text: str) -> tuple[str, ...]:
    """Return the texts of the blocks in a text, as of a table: what is translated one by one."""
    try:
        return tuple(segment.msgid for segment in find_segments(text, _nowhere, is_page=True))
    except SourceError:
        return ()


def _nowhere(_line: int) -> Location:
    return Location("")


def _verify_number(places: Sequence["Place"], locate: Locate, most: int) -> None:
    if len(places) > most:
        raise SourceError(
            _("The document has {number} texts; it may have {most}").format(
                number=len(places), most=most
            ),
            location=locate(places[most].line),
            remedy=raised(_("Split the report into several documents"), "segments"),
        )


def _text(place: "Place", parser: MarkdownIt, env: Mapping[str, object]) -> str:
    """Return a text as translators see it."""
    if place.role is Role.HTML:
        return place.token.content
    text = join_lines(place.token.content, parser, env)
    return with_targets(text, parser, env) if parser.options["html"] else text


def guest_list_line(body: str) -> int | None:
    """Return the line of a body, from 0, on which the list of guests has its place."""
    if not GUEST_LIST.search(body):
        return None
    tokens = _skeleton_parser(is_page=False).parse(body, {})
    comments = (token for token in tokens if token.type == "comment")
    lines = (token.map[0] for token in comments if token.map and is_guest_list(token.content))
    return next(lines, None)


def parse_body(document: Document) -> tuple[list[Token], dict[str, object]]:
    """Parse the skeleton with the document's texts in it: all tokens, ready to be printed."""
    env: dict[str, object] = {"document": document}
    return _body_parser(is_page=document.is_page).parse(document.body, env), env


def parse_inline(text: str) -> list[Token]:
    """Parse one text outside the skeleton, such as a front-matter field."""
    return _body_parser(is_page=False).parseInline(text, {})


# ---------------------------------------------------------------- places


@dataclass(frozen=True, slots=True)
class Place:
    """A run of text in a skeleton, and what is said of it."""

    token: Token
    role: Role
    context: str | None
    comments: tuple[str, ...]

    @property
    def line(self) -> int:
        """The line of the body on which the text begins, from 0."""
        return self.token.map[0] if self.token.map else 0


def find_places(tokens: Iterable[Token], locate: Locate) -> Iterator[Place]:
    """Yield the translatable runs of a skeleton in order.

    Text is translatable if it has a letter or a digit and the author does not skip it. Code
    blocks are no text.

    Raises:
        SourceError: An author's directive is wrong.
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
            role = token.meta.get("role", roles[-1])
            yield Place(token, role, directives.context, directives.comments)
        directives.leave(token)
    directives.finish()


def _follow(token: Token, roles: list[Role]) -> None:
    """Keep the roles of the blocks in which a token stands, innermost last."""
    if token.nesting == 1 and token.type in OPENINGS:
        roles.append(OPENINGS[token.type])
    elif token.nesting == -1 and token.type in CLOSINGS:
        roles.pop()


def has_words(text: str) -> bool:
    """Tell whether there is anything to translate."""
    return has_own_words(without_comments(text))


# ---------------------------------------------------------------- the two parsers


@cache
def _skeleton_parser(*, is_page: bool) -> MarkdownIt:
    """Stop before inline text is parsed: extraction does not need it."""
    parser, rules = _structured_parser(is_page=is_page)
    parser.core.ruler.enableOnly(["normalize", "block", *rules])
    return parser


@cache
def _body_parser(*, is_page: bool) -> MarkdownIt:
    parser, rules = _structured_parser(is_page=is_page)
    parser.core.ruler.after(rules[-1], "place_texts", place_texts)
    parser.core.ruler.at("inline", parse_texts)
    parser.core.ruler.after("inline", "mark_unfinished", mark_unfinished)
    return parser


def _structured_parser(*, is_page: bool) -> tuple[MarkdownIt, Sequence[str]]:
    """Return a parser of reports or of pages, and the rules that it has after those of blocks."""
    if is_page:
        return make_page_parser(), [PAGE_STRUCTURE]
    parser = make_parser()
    parser.core.ruler.after("block", "headings", headings)
    parser.core.ruler.after("headings", "figures", figures)
    parser.core.ruler.after("figures", "attributions", attributions)
    return parser, ["headings", "figures", "attributions"]


def place_texts(state: StateCore) -> None:
    """Put the document's texts into the places of its skeleton, one to one."""
    document = state.env.get("document")
    if not isinstance(document, Document):
        return
    places = tuple(find_places(state.tokens, lambda _line: Location(document.path)))
    for place, segment in zip(places, document.body_segments, strict=True):
        place.token.content = printed_text(segment)
        place.token.meta["segment"] = segment


def parse_texts(state: StateCore) -> None:
    """Parse each text; a translation reaches only those link definitions that its source names.

    Else ``[word]`` would be a link wherever an author has defined one of that name.
    """
    for token in state.tokens:
        if token.type == "inline":
            known = _own_definitions(token, state.env)
            token.children = state.md.inline.parse(token.content, state.md, known, [])


def _own_definitions(token: Token, env: EnvType) -> EnvType:
    segment, definitions = token.meta.get("segment"), env.get("references")
    if not segment or not definitions or segment.text == segment.msgid:
        return env
    labels = {normalizeReference(label) for label in LABEL.findall(segment.msgid)}
    own = {label: target for label, target in definitions.items() if label in labels}
    return {**env, "references": own}


LABEL = pattern(r"\[((?:[^\[\]\\]|\\.){1,999})\]")


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
