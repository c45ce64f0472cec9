"""The dialect: what pubkit's Markdown has beyond, and without, CommonMark.

Beyond: tables, strikethrough, footnotes; comments that are never printed; emphasis beside
full-width punctuation. Without: raw HTML, and links to anything but the web, mail, telephones
and the publisher's own files. Figures and attributions, see ``structure``, come on top.
"""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from pubkit.config.limits import MOST_OF
from pubkit.formats.markdown.comments import comments
from pubkit.formats.markdown.emphasis import EastAsianInline
from pubkit.formats.markdown.inline_html import VerifiedRenderer, is_address
from pubkit.formats.markdown.pieces import FOOTNOTE

DEEPEST = MOST_OF["nesting"] + 1
"""Below this level the parser drops what it reads; what is nested so deep is refused before."""


def make_parser() -> MarkdownIt:
    """Return a parser of the dialect, without pubkit's segments."""
    parser = MarkdownIt(
        "commonmark",
        {"html": False, "maxNesting": DEEPEST},
        renderer_cls=VerifiedRenderer,
    )
    parser.inline = EastAsianInline()
    parser.configure("commonmark", {"html": False, "maxNesting": DEEPEST})
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False)
    parser.inline.ruler.at("footnote_ref", footnote_reference)
    parser.add_render_rule("footnote_caption", footnote_caption)
    parser.use(comments)
    parser.validateLink = is_permitted_link  # type: ignore[method-assign]
    return parser


def scan_text(text: str, parser: MarkdownIt, env: Mapping[str, object]) -> list[Token]:
    """Parse one text only to look at it.

    Footnotes stay as they are written: reading them would count them as references.
    """
    definitions = {name: value for name, value in env.items() if name != "footnotes"}
    return parser.inline.parse(text, parser, definitions, [])


# ---------------------------------------------------------------- links

PERMITTED_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})


def is_permitted_link(url: str) -> bool:
    """Tell whether a link may stand in an edition.

    Refused are scripts, local files, data, addresses without scheme (``//host``) and Windows
    shares, also in their percent-encoded forms; addresses with a user's name, which look like
    those of the site that they name, and what browsers do not read as an address.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    is_foreign_path = bool(parts.netloc) and not parts.scheme
    is_share = re.match(r"(?:[\\/]|%5[cC]|%2[fF]){2}", url.strip()) is not None
    scheme = parts.scheme.lower()
    if scheme not in PERMITTED_SCHEMES or is_foreign_path or is_share or "@" in parts.netloc:
        return False
    # Browsers find a host in https:/host, too.
    is_hostless = scheme in ("http", "https") and not parts.hostname
    return not scheme or (not is_hostless and is_address(url))


# ---------------------------------------------------------------- footnotes


def footnote_reference(state: StateInline, silent: bool) -> bool:
    """Read ``[^label]``."""
    return bool(FOOTNOTE.match(state.src, state.pos)) and footnote_ref(state, silent)


def footnote_caption(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    """Return the number of a note, the same wherever the note is referred to."""
    return f"[{tokens[index].meta['id'] + 1}]"
