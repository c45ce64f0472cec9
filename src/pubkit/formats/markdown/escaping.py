r"""Text that shall be read as it stands: escape what the dialect would take for markup.

Translators see the escapes, so the first of three manners that works is taken::

    RAW      only what begins a block:        1\. place, \# one
    MINIMAL  also what looks like markup:     \*, \_ beside a word, \[^1]
    FULL     every ASCII mark there is
"""

import re
from enum import IntEnum
from urllib.parse import quote

from pubkit.patterns import pattern


class Manner(IntEnum):
    """How much is escaped."""

    RAW = 0
    MINIMAL = 1
    FULL = 2


BLOCK_START = pattern(
    r"(?P<number>\d{1,9})(?P<stop>[.)])(?=\s|\Z)"
    r"|[-+*](?=\s|\Z)|\#{1,6}(?=\s|\Z)|>|`{3}|~{3}|(?:[-=*_:|][-=*_:| ]*)\Z"
)
"""What makes a line a heading, a quotation, an item, code, a rule, or a table of the one above."""

RISKY = pattern(r"\*\*|~~|\]\(|\]\[|`|\[\^|<[A-Za-z/!?]|\\\Z")
"""Never left as it is, even where it would be printed: checks take it for lost markup."""

LIKE_MARKUP = pattern(
    r"\\(?=[!-/:-@\[-`{-~]|\Z)|[`~]"
    r"|\*(?!\s|\Z)|(?<=\S)\*"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|<(?=[A-Za-z/!?])|&(?=\#?\w{1,40};)"
    r"|(?<=\s)\#(?=\#*\Z)"
    r"|\](?=[(\[:])|\[(?=\^)|!(?=\[|\Z)"
)
ASCII_MARK = pattern(r"[!-/:-@\[-`{-~]")
BRACKET = pattern(r"[\[\]]")


def escape(text: str, manner: Manner, *, in_link: bool = False, begins_line: bool = False) -> str:
    """Return Markdown that is read as this text.

    Args:
        text: One line, without markup.
        manner: How much to escape.
        in_link: Whether it stands between the brackets of a link or picture.
        begins_line: Whether it stands at the beginning of a line, where blocks begin.
    """
    marks = {Manner.MINIMAL: LIKE_MARKUP, Manner.FULL: ASCII_MARK}.get(manner)
    escaped = marks.sub(_with_backslash, text) if marks else text
    if in_link and manner < Manner.FULL:
        escaped = BRACKET.sub(_with_backslash, _without_escaped_brackets(escaped))
    if begins_line and not (marks and escaped.startswith("\\")):
        escaped = _escape_block_start(escaped)
    return escaped


def _with_backslash(match: re.Match[str]) -> str:
    return "\\" + match[0]


def _without_escaped_brackets(text: str) -> str:
    return text.replace("\\[", "[").replace("\\]", "]")


def _escape_block_start(text: str) -> str:
    match = BLOCK_START.match(text)
    if not match:
        return text
    return match["number"] + "\\" + text[match.start("stop") :] if match["number"] else "\\" + text


# ---------------------------------------------------------------- what stands between marks


def code_span(text: str) -> str:
    """Return a code span that holds this text, whatever ticks are in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    is_padded = text.startswith(("`", " ")) or text.endswith(("`", " "))
    return f"{ticks} {text} {ticks}" if is_padded else f"{ticks}{text}{ticks}"


def code_fence(text: str) -> str:
    """Return the fence of a code block, longer than all within."""
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    return "`" * (longest + 1)


ENTITY = pattern(r"&(?=\#?\w{1,40};)")


def link_target(url: str) -> str:
    """Return the address of a link as it stands in round brackets."""
    return ENTITY.sub("&amp;", percent_encoded(url))


def percent_encoded(url: str) -> str:
    """Return an address without spaces, brackets and quotation marks."""
    return quote(url, safe="!#$%&*+,-./:;=?@_~")
