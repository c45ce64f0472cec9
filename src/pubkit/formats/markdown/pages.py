"""Pages of a book: Markdown without front matter, as other programs publish it.

What pubkit refuses in its own reports, raw HTML above all, must not keep a book from being
translated: it belongs to the skeleton, or to the text of a segment as it stands. The segments are
those of mdbook-i18n-helpers: the text of each block; pictures, and links with their targets,
within it; of raw HTML what has words. Code, ``{{#include …}}`` and the marks of tasks, alerts and
anchors are skeleton.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token

from pubkit.formats.markdown.comments import comment_block
from pubkit.formats.markdown.dialect import make_parser
from pubkit.model import Role
from pubkit.patterns import pattern


def make_page_parser() -> MarkdownIt:
    """Return a parser that reads raw HTML as HTML; what it reads is not printed."""
    parser = make_parser()
    parser.options["html"] = True
    parser.options["store_labels"] = True
    parser.block.ruler.before(
        "html_block",
        "page_comment",
        comment_block,
        {"alt": ["paragraph", "reference", "blockquote"]},
    )
    parser.inline.ruler.at("link", _noted(link, 0))
    parser.inline.ruler.at("image", _noted(image, 1))
    parser.core.ruler.after("block", PAGE_STRUCTURE, page_structure)
    return parser


# ---------------------------------------------------------------- marks that are no text

PAGE_STRUCTURE = "page_structure"
ANCHOR = pattern(r"[ \t]+\{[ \t]*[#.][^{}\n]*\}[ \t]*\Z")
TASK = pattern(r"\[[ xX]\][ \t]+")
ALERT = pattern(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|\Z)", re.IGNORECASE)
BEGINNINGS: Mapping[str, re.Pattern[str]] = {"list_item_open": TASK, "blockquote_open": ALERT}
"""The marks with which the first text of a block begins."""


def page_structure(state: StateCore) -> None:
    """Leave to the skeleton what is no text, and make texts of raw HTML that has words."""
    _cut_anchors(state.tokens)
    _cut_beginnings(state.tokens)
    for token in state.tokens:
        if token.type == "html_block" and has_own_words(TAG.sub(_spoken, token.content)):
            _make_text(token)


def _cut_anchors(tokens: Sequence[Token]) -> None:
    """Cut ``{#anchor}`` from the end of headings."""
    for opening, text in pairwise(tokens):
        if opening.type == "heading_open":
            text.content = ANCHOR.sub("", text.content)


def _cut_beginnings(tokens: Sequence[Token]) -> None:
    """Cut ``[x]`` from list items and ``[!NOTE]`` from quotations."""
    for block, paragraph, text in zip(tokens, tokens[1:], tokens[2:], strict=False):
        mark = BEGINNINGS.get(block.type)
        if mark and paragraph.type == "paragraph_open" and (match := mark.match(text.content)):
            text.content = text.content[match.end() :]


TAG = pattern(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>|<[!?][^<>]*>", re.DOTALL)


SPOKEN = pattern(r"\s(?:alt|title|aria-label)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def _spoken(tag: re.Match[str]) -> str:
    """Return what a tag says to readers: the words of a picture, say."""
    return " ".join(" ".join(words) for words in SPOKEN.findall(tag[0]))


def _make_text(block: Token) -> None:
    block.type = "inline"
    block.content = block.content.strip()
    block.children = []
    block.meta["role"] = Role.HTML


INCLUDE = pattern(r"\{\{#[^{}\n]*\}\}")
"""What mdBook puts something else in place of: a file, an example."""


def has_own_words(text: str) -> bool:
    """Tell whether there is anything to translate."""
    return any(character.isalnum() for character in INCLUDE.sub("", text))


# ---------------------------------------------------------------- links

NOTED = "references that were read"
Rule = Callable[[StateInline, bool], bool]


def _noted(rule: Rule, mark: int) -> Rule:
    """Return a rule for links or pictures that notes the references among them.

    Args:
        rule: How they are read.
        mark: How many characters stand before the bracket.
    """

    def read(state: StateInline, silent: bool) -> bool:
        if silent or NOTED not in state.env:
            return rule(state, silent)
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        token = next(
            token for token in state.tokens[count:] if token.type in ("link_open", "image")
        )
        if "label" in token.meta:
            end, state.pos = state.pos, start
            words_end = state.md.helpers.parseLinkLabel(state, start + mark, not mark) + 1
            state.pos = end
            state.env[NOTED].append((state.src, words_end, end, token))
        return True

    return read


def with_targets(text: str, parser: MarkdownIt, env: Mapping[str, Any]) -> str:
    """Return a text in which links say where they lead: ``[a](b.md)`` for ``[a][b]`` and ``[a]``.

    A link that is found by its words alone would be lost in every translation of them.
    """
    if "[" not in text or not env.get("references"):
        return text
    found: list[tuple[str, int, int, Token]] = []
    parser.inline.parse(text, parser, {"references": env["references"], NOTED: found}, [])
    own = (reference for reference in found if reference[0] is text)
    for _text, start, end, token in sorted(own, key=lambda reference: -reference[1]):
        text = f"{text[:start]}({_target(token)}){text[end:]}"
    return text


def _target(token: Token) -> str:
    address = str(token.attrGet("href") or token.attrGet("src") or "")
    title = str(token.attrGet("title") or "").replace('"', '\\"')
    spelled = address if address and not UNSAFE.search(address) else f"<{address}>"
    return f'{spelled} "{title}"' if title else spelled


UNSAFE = pattern(r"[()\s]")
"""What an address within parentheses cannot have."""
