"""The inline markup of a single text, for comparing a translation with its source."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pubkit.formats.markdown.hidden import prints_something
from pubkit.patterns import pattern

if TYPE_CHECKING:
    from markdown_it.token import Token

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


def read_markup(text: str) -> InlineMarkup:
    """Return the inline markup of a text."""
    if not MARKUP.search(text):
        return _markup(text, links=_addresses_in(text))
    return _read_simple(text) or _read_parsed(text)


MARKUP = pattern(
    r"[\[\]*_~`\\\n\r\0]|<(?![ \d=]|\Z)|<\d[^\s<>]*@|&(?=#|[A-Za-z][A-Za-z0-9]{0,40};)"
)
"""Without these there is nothing to parse, which is so in most texts."""

NOTHING = Counter[Any]()


def _markup(
    words: str,
    *,
    links: Collection[str] = (),
    emphasis: Collection[str] = (),
    footnotes: Collection[str] = (),
) -> InlineMarkup:
    """Return the markup of a text in which all markup works, and nothing is struck or code."""
    return InlineMarkup(
        links=Counter(links) if links else NOTHING,
        emphasis=Counter(emphasis) if emphasis else NOTHING,
        others=NOTHING,
        footnotes=Counter(footnotes) if footnotes else NOTHING,
        literal_marks=NOTHING,
        words=words,
    )


# ---------------------------------------------------------------- common shapes

SIGNS = r"\[\]*_~`<&\\\n\r\0"
EAST_ASIAN = "\u3001\u3002\u3008-\u3011\u4e00-\u9fff！（），：；？"
SIMPLE = pattern(
    r"(?<!\*)(?P<marks>\*\*?)"
    rf"(?:(?=[^\W_]|[{EAST_ASIAN}])"
    rf"|(?:(?<=\A\*)|(?<=\A\*\*)|(?<=[ {EAST_ASIAN}]\*)|(?<=[ {EAST_ASIAN}]\*\*))(?! ))"
    rf"(?P<emphasised>[^{SIGNS}]+)"
    rf"(?:(?<=[^\W_{SIGNS}])(?P=marks)|(?<! )(?P=marks)(?=[ ,.;:){EAST_ASIAN}]|\Z)"
    rf"|(?<=[{EAST_ASIAN}])(?P=marks))(?!\*)"
    rf"|(?<!!)\[(?P<label>[^{SIGNS}^][^{SIGNS}]*)\]"
    r"\((?P<target>https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[A-Za-z0-9./=#-]*)?"
    r"|mailto:[a-z0-9.-]+@[a-z0-9]+(?:[.-][a-z0-9]+)*)\)"
    r"|\[\^(?P<note>[A-Za-z0-9]{1,20})\](?![(\[:])"
)
"""Emphasis, links and notes that work wherever they stand, and have no markup within.

Emphasis is flanked as CommonMark demands, or has East Asian text beside its marks; each closes
before the next one opens, so that none can take another's asterisks.
"""


def _read_simple(text: str) -> InlineMarkup | None:
    """Return the markup of a text that has these shapes alone, without parsing it."""
    found = _Simple()
    run = end = 0
    for match in SIMPLE.finditer(text):
        if MARKUP.search(text, end, match.start()):
            return None
        end = match.end()
        if match["note"]:
            found.footnotes.append(match["note"])
            continue  # it stays a part of the run of text around it
        found.add_text(text[run : match.start()])
        found.add_markup(match)
        run = end
    if MARKUP.search(text, end):
        return None
    found.add_text(text[run:])
    return _markup(
        "\n".join(found.words),
        links=found.links,
        emphasis=found.emphasis,
        footnotes=found.footnotes,
    )


class _Simple:
    """What is found in a text of common shapes, piece by piece."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.links: list[str] = []
        self.emphasis: list[str] = []
        self.footnotes: list[str] = []

    def add_text(self, text: str) -> None:
        if text:
            self.words.append(text)
            self.links += _addresses_in(text)

    def add_markup(self, match: re.Match[str]) -> None:
        if match["target"]:
            self.links.append(match["target"])
            self.words.append(match["label"])
        else:
            self.emphasis.append("strong" if match["marks"] == "**" else "em")
            self.add_text(match["emphasised"])


# ---------------------------------------------------------------- everything else


def _read_parsed(text: str) -> InlineMarkup:
    # Only here: the parser takes longer to import than most catalogs take to check.
    from pubkit.formats.markdown.dialect import FOOTNOTE

    tokens = _tokens(text)
    words = "\n".join(token.content for token in tokens if token.type == "text" and token.content)
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


def link_targets(text: str) -> tuple[str, ...]:
    """Return where the links of a text lead; addresses that nobody can click are none."""
    if "](" not in text and "<" not in text:
        return ()
    return tuple(filter(None, map(_target, _parsed(text, "link_open"))))


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
    for token in _tokens(text):
        if token.type == "link_open":
            shown = False
        elif token.type == "link_close":
            number += not shown
            shown = True
        elif not shown:
            shown = token.type == "image" or prints_something(token.content)
    return number + labelled


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


def _parsed(text: str, *kinds: str) -> Iterator["Token"]:
    return (token for token in _tokens(text) if token.type in kinds)


@lru_cache(maxsize=64)
def _tokens(text: str) -> tuple["Token", ...]:
    """Parse a text once for all who ask about it, one after the other."""
    from pubkit.formats.markdown.segmentation import parse_inline

    return tuple(_flat(parse_inline(text)))


def _flat(tokens: Iterable["Token"]) -> Iterator["Token"]:
    for token in tokens:
        yield token
        yield from _flat(token.children or ())


def _target(token: "Token") -> str | None:
    attribute = {"link_open": "href", "image": "src"}.get(token.type)
    return str(token.attrs.get(attribute)) if attribute else None


ADDRESS = pattern(
    r"(?:https?://|\bwww\.)[\w./~%?=&#:@+,;!$*-]*[\w/]"
    r"|(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}",
    re.ASCII,
)
"""A web or mail address; Chinese text follows without a space, hence ASCII only."""


def _addresses(tokens: Iterable["Token"]) -> Iterator[str]:
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
