"""Blocks that Markdown has no marks for: figures, and the attributions of quotations.

The rules run between markdown-it's block and inline stages and rewrite its flat list of tokens.

A figure is a paragraph that begins with a picture on a line of its own; the lines that follow are
its caption, the picture's title is its credit::

    ![Zhang Jin on a screen above the stage](pictures/online.jpg "Photo: PKUSZ")
    Zhang Jin delivered a speech online.

An attribution is the last line of a quotation, after a dash::

    > “The innovation of materials is the main driving force of social development.”
    > — Academician Yu Shuhong
"""

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from pubkit.formats.markdown.dialect import scan_text
from pubkit.model import Role
from pubkit.patterns import pattern


def headings(state: StateCore) -> None:
    """Move each heading of the first level, which belongs to the title, to the second."""
    for token in state.tokens:
        if token.tag == "h1":
            token.tag = "h2"


def figures(state: StateCore) -> None:
    """Turn each top-level paragraph that begins with a picture into a figure."""
    state.tokens = list(_with_figures(state))


def _with_figures(state: StateCore) -> Iterator[Token]:
    tokens = iter(state.tokens)
    for token in tokens:
        if token.type != "paragraph_open" or token.level:
            yield token
            continue
        inline, close = next(tokens), next(tokens)
        first_line, _, caption = inline.content.partition("\n")
        picture = _only_picture(first_line, state)
        yield from _figure(picture, caption, inline) if picture else (token, inline, close)


def _only_picture(line: str, state: StateCore) -> Token | None:
    """Return the picture of a line that holds nothing else."""
    line = line.strip()
    if not (line.startswith("![") and line.endswith((")", "]"))) or len(line) > LONGEST_LINE:
        return None
    tokens = scan_text(line, state.md, state.env)
    return tokens[0] if len(tokens) == 1 and tokens[0].type == "image" else None


LONGEST_LINE = 100_000
"""Characters; longer ones are refused as texts, and are not looked at before."""


def _figure(picture: Token, caption: str, paragraph: Token) -> Iterator[Token]:
    line = paragraph.map[0] if paragraph.map else 0
    yield _block("figure_open", 1, line, picture=picture_path(picture))
    yield _text(caption, Role.CAPTION, line + 1)
    yield _text(picture.content, Role.ALTERNATIVE_TEXT, line)
    yield _text(str(picture.attrGet("title") or ""), Role.CREDIT, line)
    yield _block("figure_close", -1, line)


def picture_path(picture: Token) -> str:
    """Return the path of a picture as its file is named: without percent-encoding."""
    return unquote(str(picture.attrGet("src")))


ATTRIBUTION = pattern(r"[ \t]*(?:—{1,2}|―|–|--)[ \t]*(\S.*)")


def attributions(state: StateCore) -> None:
    """Take the attribution out of each top-level quotation."""
    state.tokens = list(_with_attributions(state.tokens))


def _with_attributions(tokens: Sequence[Token]) -> Iterator[Token]:
    for number, token in enumerate(tokens):
        if not _ends_quotation(tokens, number):
            yield token
            continue
        text, _, last_line = token.content.rpartition("\n")
        match = ATTRIBUTION.fullmatch(last_line)
        if not match or not (text or _has_more(tokens, number)):
            yield token
            continue
        token.content = _without_hard_break(text)
        yield token
        line = token.map[1] - 1 if token.map else 0
        yield _text(match[1], Role.ATTRIBUTION, line, level=2)


def _ends_quotation(tokens: Sequence[Token], number: int) -> bool:
    """Tell whether a token is the text of the last paragraph of a top-level quotation."""
    token = tokens[number]
    return (
        token.type == "inline"
        and token.level == 2
        and tokens[number - 1].type == "paragraph_open"
        and tokens[number + 2].type == "blockquote_close"
    )


def _has_more(tokens: Sequence[Token], number: int) -> bool:
    """Tell whether the quotation has anything before its last paragraph.

    If not, the dash is that of a speech: ``— Oui, dit-il.``
    """
    return tokens[number - 2].type != "blockquote_open"


def _without_hard_break(text: str) -> str:
    text = text.rstrip()
    backslashes = len(text) - len(text.rstrip("\\"))
    return text[:-1] if backslashes % 2 else text


def _block(kind: str, nesting: int, line: int, **meta: str) -> Token:
    token = Token(kind, "", -1 if nesting < 0 else 1, meta=dict(meta), block=True)
    token.map = [line, line + 1]
    return token


def _text(content: str, role: Role, line: int, *, level: int = 1) -> Token:
    token = Token("inline", "", 0, content=content, level=level, meta={"role": role}, block=True)
    token.children = []
    token.map = [line, line + 1]
    return token
