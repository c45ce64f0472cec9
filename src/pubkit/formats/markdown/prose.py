"""The words of a text without its markup, and where each of them stands.

Checks of words must neither read a link's target as text nor stumble over the asterisks between
two Han characters; what they find has to be shown in the text as the translator wrote it.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pubkit.model import Span
from pubkit.patterns import pattern

OBJECT = "\ufffc"
"""Stands for one piece that is no word: code, an address, a placeholder, a picture, a tag."""


@dataclass(frozen=True)
class Prose:
    """A text as it is read."""

    raw: str
    """The text with its markup."""
    text: str
    """What is read of it; each piece that is no word is one ``OBJECT``."""
    starts: tuple[tuple[int, int], ...] = ()
    """For each run of unchanged characters: where it begins in ``text`` and in ``raw``."""

    @cached_property
    def _run_starts(self) -> tuple[int, ...]:
        return tuple(start for start, _raw in self.starts)

    def span(self, start: int, end: int) -> Span:
        """Return where ``text[start:end]`` stands in the raw text."""
        if not self.starts:
            return Span(start, end)
        return Span(self._raw_place(start), self._raw_place(max(start, end - 1)) + 1)

    def _raw_place(self, place: int) -> int:
        run_start, raw_start = self.starts[max(0, bisect_right(self._run_starts, place) - 1)]
        return raw_start + place - run_start


MARKUP = pattern(r"[\[\]*_~`<&\\{@]|://|www\.|%[(#'+.a-zA-Z\d*-]")
"""Without these a text is its own prose."""

SIGN = pattern(r"[`!<{%\\&\[\]*~_]|https?://|www\.")
"""Where a piece may begin, but for a mail address."""

PIECE = pattern(
    r"(?P<object>"
    r"(?P<ticks>(?<!`)`{1,3}(?!`))[^`]+(?P=ticks)(?!`)"  # code
    r"|!\[[^\[\]]{0,999}\]\([^()\s]{0,999}\)"  # pictures
    r"|<(?:https?|mailto):[^<>\s]+>"
    r"|(?:https?://|(?<![A-Za-z0-9_])www\.)[A-Za-z0-9./~%?=&#:@+,;!$*_-]*[A-Za-z0-9/_]"
    r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,9}[A-Za-z]{2,}"
    r"|\{[A-Za-z_]\w*\}|%\([A-Za-z_]\w*\)[sd]"  # placeholders
    r"|(?<!\d)%(?:\d{1,2}\$)?[-+0#']{0,3}(?:\d{1,3}|\*)?(?:\.(?:\d{1,3}|\*))?"
    r"(?:[hljztLq]{0,2}[diouxXeEfFgGcs])(?![A-Za-z])"
    r"|(?<!\d)%\d{1,2}\$[.*\d$+#-]{0,6}[A-Za-z]{1,3}(?![A-Za-z])"
    r"|</?[A-Za-z][^<>]{0,999}>"
    r")"
    r"|(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<nothing>"
    r"\[\^[^\[\]\s]{1,99}\]"  # references to footnotes
    r"|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|~~"
    r"|(?<![A-Za-z0-9_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![A-Za-z0-9_])"
    r"|\](?:\([^()\s]{0,999}(?:\([^()\s]{0,999}\)[^()\s]{0,999})?(?:\s+\"[^\"]{0,999}\")?\)"
    r"|\[[^\[\]]{0,999}\])"
    r"|\[(?=[^\[\]]{0,999}\][(\[])"
    r"|\\(?=\n)"
    r")"
)


@lru_cache(maxsize=4096)
def read_prose(raw: str) -> Prose:
    """Return the words of a text of inline Markdown."""
    if not MARKUP.search(raw):
        return Prose(raw, raw)
    runs = list(_runs(raw))
    text = "".join(run for run, _start in runs)
    if text == raw:
        return Prose(raw, raw)
    starts = []
    place = 0
    for run, raw_start in runs:
        starts.append((place, raw_start))
        place += len(run)
    return Prose(raw, text, tuple(starts))


def _runs(raw: str) -> Iterator[tuple[str, int]]:
    """Yield the runs of the text that is read, each with its place in the raw text."""
    end = 0
    for match in PIECE.finditer(raw) if "@" in raw else _pieces(raw):
        if match.start() > end:
            yield raw[end : match.start()], end
        end = match.end()
        if match["object"]:
            yield OBJECT, match.start()
        elif match["escaped"]:
            yield match["escaped"][1], match.start() + 1
        elif match["entity"]:
            yield html.unescape(match["entity"])[:1], match.start()
    if end < len(raw):
        yield raw[end:], end


def _pieces(raw: str) -> Iterator[re.Match[str]]:
    """Yield the pieces of a text without mail addresses, as ``finditer`` does but sooner."""
    place = 0
    while sign := SIGN.search(raw, place):
        piece = PIECE.match(raw, sign.start())
        if piece:
            yield piece
        place = piece.end() if piece else sign.start() + 1
