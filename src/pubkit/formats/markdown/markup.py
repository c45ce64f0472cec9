"""The inline markup of a single text, for comparing a translation with its source."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from pubkit.formats.markdown.segmentation import parse_inline

FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
LITERAL_MARKS = re.compile(r"\*\*|~~|\]\(|`")
MARKUP_KINDS = {"code_inline": "code", "s_open": "strikethrough", "hardbreak": "line break"}


@dataclass(frozen=True, slots=True)
class InlineMarkup:
    """What a text has besides its words; everything is counted."""

    links: Counter[str]
    """Targets of links and pictures."""
    emphasis: Counter[str]
    """``strong`` and ``em``."""
    others: Counter[str]
    """Code with its content, strikethrough, hard line breaks."""
    footnotes: Counter[str]
    """Labels of the notes referred to."""
    literal_marks: Counter[str]
    """Markdown that does not work and would be printed as it is."""


def read_markup(text: str) -> InlineMarkup:
    """Return the inline markup of a text."""
    tokens = list(_flat(parse_inline(text)))
    words = "\n".join(token.content for token in tokens if token.type == "text")
    return InlineMarkup(
        links=Counter(filter(None, map(_target, tokens))),
        emphasis=Counter(token.tag for token in tokens if token.type in ("em_open", "strong_open")),
        others=Counter(_label(token) for token in tokens if token.type in MARKUP_KINDS),
        footnotes=Counter(FOOTNOTE.findall(words)),
        literal_marks=Counter(LITERAL_MARKS.findall(words)),
    )


def _flat(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or ())


def _target(token: Token) -> str | None:
    attribute = {"link_open": "href", "image": "src"}.get(token.type)
    return str(token.attrs.get(attribute)) if attribute else None


def _label(token: Token) -> str:
    kind = MARKUP_KINDS[token.type]
    return f"{kind} `{token.content}`" if token.content else kind
