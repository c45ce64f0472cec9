"""The inline markup of a single text, for comparing a translation with its source."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from pubkit.formats.markdown.hidden import prints_something
from pubkit.formats.markdown.pieces import FOOTNOTE, MARKUP, Piece, read_pieces
from pubkit.patterns import pattern
from pubkit.values import dataclass

REFERENCE = pattern(r"\](\[[^\[\]\n]+\])")
"""The label of a link whose target stands elsewhere in the document: ``[text][label]``."""
HAN = "\u3400-\u9fff"
LITERAL_MARKS = pattern(
    rf"\*\*|~~|\](?:\(|（(?=https?:|mailto:|www\.))|`|(?:(?<=[{HAN}])|(?<=[{HAN}]\n))_(?=\n?[{HAN}])"
)
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


@lru_cache(maxsize=256)
def read_markup(text: str) -> InlineMarkup:
    """Return the inline markup of a text."""
    pieces = read_pieces(text) if MARKUP.search(text) else (Piece("text", text),)
    words = "\n".join(piece.content for piece in pieces if piece.type == "text" and piece.content)
    return InlineMarkup(
        links=_count([*_targets(pieces), *_addresses(pieces), *REFERENCE.findall(words)]),
        emphasis=_count([one.tag for one in pieces if one.type in ("em_open", "strong_open")]),
        others=_count(
            [(MARKUP_KINDS[one.type], one.content) for one in pieces if one.type in MARKUP_KINDS]
        ),
        footnotes=_count(FOOTNOTE.findall(words)),
        literal_marks=_count(LITERAL_MARKS.findall(words)),
        words=words,
    )


NOTHING = Counter[Any]()


def _count(found: Sequence[Any]) -> Counter[Any]:
    return Counter(found) if found else NOTHING


def link_targets(text: str) -> tuple[str, ...]:
    """Return where the links of a text lead; addresses that nobody can click are none."""
    if "](" not in text and "<" not in text:
        return ()
    return tuple(_targets(_parsed(text, "link_open")))


def picture_targets(text: str) -> Counter[str]:
    """Return which pictures a text shows."""
    if "![" not in text:
        return NOTHING
    return Counter(_target(token) or "()" for token in _parsed(text, "image"))


def empty_links(text: str) -> int:
    """Return how many links of a text lead to nothing, which is the page itself."""
    if "](" not in text:
        return 0
    return sum(not _target(token) for token in _parsed(text, "link_open"))


LABELLED = pattern(r"(?<![\\!])\[([^\[\]]*)\](?=\[[^\[\]]+\])")
"""The words of a link whose target stands elsewhere in the document."""


def wordless_links(text: str) -> int:
    """Return how many links of a text have neither words nor a picture that anyone sees."""
    if "](" not in text and "][" not in text:
        return 0
    labelled = sum(not prints_something(shown_text(words)) for words in LABELLED.findall(text))
    number, shown = 0, True
    for token in read_pieces(text):
        if token.type == "link_open":
            shown = False
        elif token.type == "link_close":
            number += not shown
            shown = True
        elif not shown:
            shown = token.type == "image" or prints_something(token.content)
    return number + labelled


@lru_cache(maxsize=256)
def shown_text(text: str) -> str:
    """Return what is printed of a text, without gaps where its markup stood."""
    if not MARKUP.search(text):
        return text
    kinds = ("text", "text_special", "code_inline", "softbreak", "hardbreak")
    tokens = _parsed(text, *kinds)
    return "".join("\n" if token.type.endswith("break") else token.content for token in tokens)


def link_titles(text: str) -> int:
    """Return how many links and pictures of a text have a title, which shows on touch alone."""
    if "](" not in text:
        return 0
    return sum("title" in token.attrs for token in _parsed(text, "link_open", "image"))


def emphasis_depth(text: str) -> int:
    """Return how deep bold and italic text is nested."""
    depth = deepest = 0
    for token in _parsed(text, "em_open", "em_close", "strong_open", "strong_close"):
        depth += token.nesting
        deepest = max(deepest, depth)
    return deepest


SHOWN_ADDRESS = pattern(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*://)?(?:[\w.+-]+@)?(?:[\w-]+\.)+[A-Za-z]{2,24}(?:/[^\s]*)?"
)


def label_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Return the addresses that words of links show, each with the one to which they lead."""
    if "](" not in text:
        return ()
    pairs: list[tuple[str, str]] = []
    leads_to = ""
    for token in _parsed(text, "link_open", "link_close", "text", "code_inline"):
        if token.type.startswith("link"):
            leads_to = _target(token) or ""
        elif leads_to:
            pairs += ((shown, leads_to) for shown in SHOWN_ADDRESS.findall(token.content))
    return tuple(pairs)


def _parsed(text: str, *kinds: str) -> Iterator[Piece]:
    return (piece for piece in read_pieces(text) if piece.type in kinds)


def _targets(pieces: Iterable[Piece]) -> Iterator[str]:
    return filter(None, map(_target, pieces))


def _target(token: Piece) -> str | None:
    attribute = {"link_open": "href", "image": "src"}.get(token.type)
    return str(token.attrs.get(attribute)) if attribute else None


ADDRESS = pattern(
    r"(?:https?://|\bwww\.)[\w./~%?=&#:@+,;!$*-]*[\w/]"
    r"|(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}",
    re.ASCII,
)
"""A web or mail address; Chinese text follows without a space, hence ASCII only."""


def _addresses(tokens: Iterable[Piece]) -> Iterator[str]:
    """Yield the addresses that stand in the text, not in the words of a link."""
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type == "text" and not depth:
            yield from _addresses_in(token.content)


def _addresses_in(text: str) -> list[str]:
    if "@" in text or "://" in text or "www." in text:
        return ADDRESS.findall(text)
    return []
