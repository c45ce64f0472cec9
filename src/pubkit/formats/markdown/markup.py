"""The inline markup of a single text, for comparing a translation with its source."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from pubkit.formats.markdown.dialect import FOOTNOTE
from pubkit.formats.markdown.segmentation import parse_inline

REFERENCE = re.compile(r"\](\[[^\[\]\n]+\])")
"""The label of a link whose target stands elsewhere in the document: ``[text][label]``."""
LITERAL_MARKS = re.compile(r"\*\*|~~|\]\(|`")
MARKUP_KINDS = {"code_inline": "code", "s_open": "strikethrough", "hardbreak": "line break"}


@dataclass(frozen=True, slots=True)
class InlineMarkup:
    """What a text has besides its words; everything is counted."""

    links: Counter[str]
    """Targets of links and pictures, addresses that are no links, and labels of references."""
    emphasis: Counter[str]
    """``strong`` and ``em``."""
    others: Counter[tuple[str, str]]
    """``code`` with its content, ``strikethrough``, ``line break``."""
    footnotes: Counter[str]
    """Labels of the notes referred to."""
    literal_marks: Counter[str]
    """Markdown that does not work and would be printed as it is."""
    words: str
    """What is left: the text that is neither code nor a link's target."""


def read_markup(text: str) -> InlineMarkup:
    """Return the inline markup of a text."""
    if not MARKUP.search(text):
        return _no_markup(text)
    tokens = list(_flat(parse_inline(text)))
    words = "\n".join(token.content for token in tokens if token.type == "text")
    return InlineMarkup(
        links=Counter(
            (*filter(None, map(_target, tokens)), *_addresses(tokens), *REFERENCE.findall(words))
        ),
        emphasis=Counter(token.tag for token in tokens if token.type in ("em_open", "strong_open")),
        others=Counter(
            (MARKUP_KINDS[token.type], token.content)
            for token in tokens
            if token.type in MARKUP_KINDS
        ),
        footnotes=Counter(FOOTNOTE.findall(words)),
        literal_marks=Counter(LITERAL_MARKS.findall(words)),
        words=words,
    )


MARKUP = re.compile(r"[\[\]*_~`<&\\\n]")
"""Without these there is nothing to parse, which is so in most texts."""


def _no_markup(text: str) -> InlineMarkup:
    nothing = Counter[str]()
    return InlineMarkup(
        links=Counter(ADDRESS.findall(text)),
        emphasis=nothing,
        others=Counter(),
        footnotes=nothing,
        literal_marks=nothing,
        words=text,
    )


def _flat(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or ())


def _target(token: Token) -> str | None:
    attribute = {"link_open": "href", "image": "src"}.get(token.type)
    return str(token.attrs.get(attribute)) if attribute else None


ADDRESS = re.compile(
    r"(?:https?://|\bwww\.)[\w./~%?=&#:@+,;!$*-]*[\w/]"
    r"|(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}",
    re.ASCII,
)
"""A web or mail address; Chinese text follows without a space, hence ASCII only."""


def _addresses(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the addresses that stand in the text, not in the words of a link."""
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type == "text" and not depth:
            yield from ADDRESS.findall(token.content)
