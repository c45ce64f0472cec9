r"""The same text in other spellings: found again, and its translation made to fit.

Other programs write the texts of a document into their catalogs in their own manner: ``_so_`` for
``*so*``, ``a\_b`` for ``a_b``, ``[here][1]`` for ``[here](page.md)``, broken into lines. Such a
text means the same, and so does its translation.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pubkit.config.limits import DEFAULT_LIMITS
from pubkit.formats.markdown.comments import without_comments
from pubkit.formats.markdown.east_asian import MAY_BE_WIDE, is_east_asian
from pubkit.patterns import pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# markdown-it is imported by what needs it: the very most texts have one spelling alone.


def normal_form(text: str) -> str:
    """Return the one spelling that all spellings of a text share; only for comparing.

    Where links lead is left out of it: catalogs say it in too many ways. A text that is one link
    as a whole is as its words, which is how tables of contents are translated.

    Law: two texts with one normal form are printed alike, but for where their links lead.
    """
    if not UNUSUAL.search(text) and "  " not in text:
        return text.strip()
    text = without_comments(text).strip()
    if not MARKUP.search(text) or len(text) > LONGEST:
        return _spaced(text)
    tokens = _parse(text)
    inner = tokens[1:-1] if _is_one_link(tokens) else tokens
    return _spaced("".join(map(_written, inner)))


LONGEST = DEFAULT_LIMITS.segment
"""Characters: a longer text of a catalog is none of a document, and could take long to read."""
MARKUP = pattern(r"[\[\]*_~`\\<>&]|  \n")
"""Without these a text has one spelling, but for its white space."""
UNUSUAL = pattern(
    r"[\[\]*_~`\\<>&\t-\r\x1c-\x1f\x85\xa0\u1100-\u200a\u2028-\u202f\u205f\u2e80-\U0010ffff]"
)
"""Markup, white space but the usual, and what may be East Asian; without these and two spaces in
a row a text has one spelling."""


def fit_translation(translation: str, *, old: str, new: str) -> tuple[str, bool]:
    """Return the translation of one spelling of a text as that of another, and whether it is sure.

    Law: it is sure only if it has exactly the links of the new text.

    Args:
        translation: The translation of ``old``.
        old: The text as it stands in a catalog.
        new: The text as it stands in the source of today; it has the same normal form.
    """
    fitted = _with_links(_on_one_line(translation, new), old=old, new=new)
    if "\\|" in old and "\\|" not in new:
        fitted = fitted.replace("\\|", "|")  # as it is written in tables alone
    has_paragraphs = BLANK_LINE.search(translation.strip()) is not None
    is_sure = not has_paragraphs and sorted(_targets(fitted)) == sorted(_targets(new))
    return fitted, is_sure


BLANK_LINE = pattern(r"\n\s*\n")

# ---------------------------------------------------------------- white space


def _on_one_line(translation: str, new: str) -> str:
    """Join the lines of a translation if the text that it translates has one line alone."""
    stripped = translation.strip()
    if "\n" not in stripped or "\n" in new:
        return stripped
    from pubkit.formats.markdown.line_breaks import join_lines

    return join_lines(stripped, _parser(), {})


def _spaced(text: str) -> str:
    """Return the text with single spaces, and none between letters that need none."""
    words = text.split()
    if not MAY_BE_WIDE.search(text):
        return " ".join(words)
    parts = words[:1]
    for before, after in pairwise(words):
        is_unspaced = is_east_asian(before[-1]) and is_east_asian(after[0])
        parts.append(after if is_unspaced else f" {after}")
    return "".join(parts)


# ---------------------------------------------------------------- tokens


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    from pubkit.formats.markdown.emphasis import EastAsianInline

    parser = MarkdownIt("commonmark", {"html": True})
    parser.inline = EastAsianInline()
    parser.configure("commonmark", {"html": True})
    return parser.enable("strikethrough")


REFERENCE = pattern(r"\]\[([^\[\]]+)\]")


def _parse(text: str) -> "list[Token]":
    """Parse a text, each label of a reference in it taken for known."""
    from markdown_it.common.utils import normalizeReference

    labels = REFERENCE.findall(text)
    known = {normalizeReference(label): {"href": f"[{label}]", "title": ""} for label in labels}
    return _parser().inline.parse(text, _parser(), {"references": known}, [])


def _is_one_link(tokens: "Sequence[Token]") -> bool:
    """Tell whether a text is the words of one link, from its beginning to its end."""
    kinds = [token.type for token in tokens]
    return (
        kinds[:1] == ["link_open"]
        and kinds[-1] == "link_close"
        and kinds.count("link_open") == 1
        and tokens[0].info != "auto"
    )


FIXED: Mapping[str, str] = {
    "softbreak": " ",
    "hardbreak": " <br> ",
    "link_open": "[",
    "link_close": "]",
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "s_open": "<s>",
    "s_close": "</s>",
}


def _written(token: "Token") -> str:
    """Return a token in its one spelling; text is told from marks by its escapes, as in HTML."""
    match token.type:
        case "code_inline":
            content = token.content.replace("\\|", "|")  # as it is written in tables
            return f"<code>{html.escape(content, quote=False)}</code>"
        case "image":
            return f"![{''.join(map(_written, token.children or ()))}]"
        case "html_inline":
            return token.content
        case "text" | "text_special":
            return html.escape(token.content, quote=False).replace("][]", "]")
        case _:
            return FIXED.get(token.type, "")


# ---------------------------------------------------------------- links


def _targets(text: str) -> Iterator[str]:
    """Yield where the links and pictures of a text lead."""
    yield from _targets_of(_parse(text))


def _targets_of(tokens: "Iterable[Token]") -> Iterator[str]:
    for token in tokens:
        attribute = {"link_open": "href", "image": "src"}.get(token.type)
        if attribute:
            yield str(token.attrGet(attribute))
        yield from _targets_of(token.children or ())


TARGET = pattern(
    r"(?<=\])(?:\((?:<[^<>\n]*>|[^()\s<]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)"
    r"|\[[^\[\]]*\])"
)
"""What follows the words of a link: ``(page.md)`` or ``[label]``."""
ONE_LINK = pattern(rf"\[(?P<words>.*)\](?P<target>{TARGET.pattern})", re.DOTALL)


def link_words(text: str) -> str | None:
    """Return the words of a text that is one link as a whole, as in a table of contents."""
    whole = ONE_LINK.fullmatch(text) if text.startswith("[") else None
    return whole["words"] if whole and _is_one_link(_parse(text)) else None


def _with_links(translation: str, *, old: str, new: str) -> str:
    """Return a translation whose links are written as in the new text."""
    old, translation = _with_shortcuts(old, translation, new=new)
    before, after = TARGET.findall(old), TARGET.findall(new)
    if before == after:
        return translation
    if not before and (whole := ONE_LINK.fullmatch(new)) and len(after) == 1:
        return f"[{translation}]{whole['target']}"
    if not after and (whole := ONE_LINK.fullmatch(translation)) and len(before) == 1:
        return whole["words"]
    targets = dict(zip(before, after, strict=False))
    if len(before) != len(after) or _is_changed(targets):
        return translation
    return TARGET.sub(lambda match: targets.get(match[0], match[0]), translation)


LINK = pattern(rf"(?<!\\)\[(?P<words>[^\[\]]+)\](?P<target>{TARGET.pattern})")


def _with_shortcuts(old: str, translation: str, *, new: str) -> tuple[str, str]:
    """Return an old text and its translation, ``[label]`` written as the link that it is today."""
    links = {link["words"]: link for link in LINK.finditer(new)}
    for words, link in links.items():
        if f"[{words}]" not in old:
            continue
        bare = re.compile(rf"(?<!\\)\[{re.escape(words)}\](?![\[(])")
        if bare.search(old):
            written = link[0].replace("\\", r"\\")
            translation = translation.replace(f"][{words}]", f"]{link['target']}")
            old, translation = bare.sub(written, old), bare.sub(written, translation)
    return old, translation


def _is_changed(targets: Mapping[str, str]) -> bool:
    """Tell whether a link leads to another place, and is not only written otherwise."""
    return any(
        before != after and before.startswith("(") and after.startswith("(")
        for before, after in targets.items()
    )
