"""The dialect: what pubkit's Markdown has beyond, and without, CommonMark.

Beyond: tables, strikethrough, footnotes; comments that are never printed; figures; emphasis
beside full-width punctuation. Without: raw HTML, and links to anything but the web, mail,
telephones and the publisher's own files.
"""

import re
import unicodedata
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.footnote import footnote_plugin


def make_parser() -> MarkdownIt:
    """Return a parser of the dialect, without pubkit's segments."""
    parser = MarkdownIt("commonmark", {"html": False})
    parser.inline = EastAsianInline()
    parser.configure("commonmark")
    parser.options["html"] = False
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    parser.block.ruler.before(
        "paragraph", "comment", comment_block, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    parser.inline.ruler.before("autolink", "comment", comment_inline)
    parser.validateLink = is_permitted_link  # type: ignore[method-assign]
    return parser


# ---------------------------------------------------------------- links

PERMITTED_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})


def is_permitted_link(url: str) -> bool:
    """Tell whether a link may stand in an edition.

    Refused are scripts, local files, data, addresses without scheme (``//host``) and Windows
    shares, also in their percent-encoded forms.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    is_foreign_path = bool(parts.netloc) and not parts.scheme
    is_share = re.match(r"(?:[\\/]|%5[cC]|%2[fF]){2}", url.strip()) is not None
    return parts.scheme.lower() in PERMITTED_SCHEMES and not is_foreign_path and not is_share


# ---------------------------------------------------------------- comments


def comment_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read ``<!-- … -->`` that begins a line, up to the line with ``-->``."""
    if state.is_code_block(start_line):
        return False
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("<!--", begin):
        return False
    end = state.src.find("-->", begin + 4, state.eMarks[end_line - 1])
    if end < 0:
        return False
    last_line = next(
        line for line in range(start_line, end_line) if state.eMarks[line] >= end + len("-->")
    )
    if state.src[end + len("-->") : state.eMarks[last_line]].strip():
        return False
    if silent:
        return True
    token = state.push("comment", "", 0)
    token.map = [start_line, last_line + 1]
    token.content = state.src[begin + 4 : end].strip()
    token.hidden = True
    state.line = last_line + 1
    return True


COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def comment_inline(state: StateInline, silent: bool) -> bool:
    """Pass over ``<!-- … -->`` within a text."""
    if not state.src.startswith("<!--", state.pos):
        return False
    match = COMMENT.match(state.src, state.pos)
    if not match:
        return False
    state.pos = match.end()
    return True


# ---------------------------------------------------------------- emphasis beside CJK text


class EastAsianInline(ParserInline):
    """Inline parser whose emphasis works in Chinese, Japanese and Korean text."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse one run of text."""
        state = _EastAsianState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _EastAsianState(StateInline):
    """The state of an inline parser, with CommonMark's flanking rule extended.

    CommonMark decides by white space and punctuation whether ``**`` opens or closes. Chinese has
    no spaces, so ``**“协会”**成立`` would print its asterisks. Beside an East Asian character,
    punctuation therefore does not count against a delimiter; other text keeps the rule.

    Source:
        CommonMark 0.31.2, 6.2 "Emphasis and strong emphasis".
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """Tell whether the delimiters at ``start`` can open or close emphasis."""
        scanned = super().scanDelims(start, canSplitWord)
        before = self.src[start - 1] if start else " "
        end = start + scanned.length
        after = self.src[end] if end < self.posMax else " "
        if not (is_east_asian(before) or is_east_asian(after)):
            return scanned
        left, right = not after.isspace(), not before.isspace()
        if canSplitWord:
            return Scanned(left, right, scanned.length)
        return Scanned(
            left and (not right or _is_punctuation(before)),
            right and (not left or _is_punctuation(after)),
            scanned.length,
        )


def is_east_asian(character: str) -> bool:
    """Tell whether the character belongs to Chinese, Japanese or Korean text.

    Source:
        Unicode Standard Annex 11 "East Asian Width": wide and full-width characters.
    """
    return (unicodedata.east_asian_width(character) in "WF" and character < "\U0001f000") or (
        "\U00020000" <= character <= "\U0003ffff"
    )


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
