"""Texts of an edition as mail programs show them: simple HTML, and plain lines.

A page's HTML has classes, footnotes and links within itself, which lead nowhere in a letter.
"""

from html import escape
from html.parser import HTMLParser
from unicodedata import east_asian_width
from urllib.parse import urljoin, urlsplit

from pubkit.patterns import pattern

WIDTH = 76
"""Columns of plain text; a Chinese character takes two."""
KEPT = frozenset(("strong", "em", "s", "code", "sup", "b", "i"))
FAR = frozenset(("http", "https", "mailto", "tel"))
"""What an address begins with that leads somewhere from a letter, too."""
SIGNATURE = "-- "
"""The line from which on mail programs show a signature, and quote none of it: with its space.

Source:
    RFC 3676, 4.3.
"""
_OPENING = "“‘（「『《〈【〔"
_CLOSING = "，。、；：？！…—”’）」』》〉】〕．·,.;:?!)\u3099\u309a"
_HAN = "\u2e80-\u2fff\u3021-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_SOLID = "\u00a0\u202f"
PIECE = pattern(
    rf"[{_OPENING}]*[{_HAN}][{_CLOSING}]*"
    rf"|[^\S{_SOLID}]+|[{_OPENING}]*(?:[^\s{_HAN}{_OPENING}]|[{_SOLID}])+|\S"
)
"""A Chinese character or a word, with the marks that may not be parted from it."""
SPACES = pattern(r"[^\S\u3000\u00a0\u202f]+")
"""Not the ideographic space and those at which no line is broken, which are meant."""


def mail_html(html: str, *, page: str = "", link_style: str = "") -> str:
    """Return inline HTML as it stands in a letter: without footnotes, pictures and classes.

    Args:
        html: Of a page of pubkit.
        page: The full address of the page, if it is known: its own links lead from there.
        link_style: What stands in ``style`` of links.
    """
    reader = _InlineReader(page, link_style)
    reader.feed(html)
    reader.close()
    return "".join(reader.pieces)


def plain_lines(html: str, *, width: int = WIDTH) -> str:
    """Return HTML as plain text: no marks left, links spelled out, lines wrapped.

    Every line is wrapped by itself, and no more than one empty line follows another.
    """
    reader = _PlainReader()
    reader.feed(html)
    reader.close()
    lines = [SPACES.sub(" ", line) for line in "".join(reader.pieces).split("\n")]
    wrapped = [
        piece
        for line in lines
        for piece in ([line] if line == SIGNATURE else wrap(line.strip(), width=width) or [""])
    ]
    kept = [line for number, line in enumerate(wrapped) if line or (number and wrapped[number - 1])]
    return "\n".join(kept).strip("\n") + "\n"


def wrap(line: str, *, width: int = WIDTH) -> list[str]:
    """Return a line as lines that fit, by the widths that its signs have on a screen.

    A word or an address that is too long stands on a line of its own; Chinese punctuation never
    begins a line.
    """
    lines, current, used = [], "", 0
    for piece in PIECE.findall(line):
        wide = display_width(piece)
        if current and used + wide > width and not piece.isspace():
            lines.append(current.rstrip())
            current, used = "", 0
        if current or not piece.isspace():
            current, used = current + piece, used + wide
    return [*lines, current.rstrip()] if current.rstrip() else lines


def display_width(text: str) -> int:
    """Return how many columns a text takes on a screen with fixed columns."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


class _InlineReader(HTMLParser):
    """Keeps what a letter can have of inline HTML."""

    def __init__(self, page: str, link_style: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._page = page
        self._link_style = link_style
        self._ends: list[tuple[str, str]] = []
        """The open elements, and what ends each."""
        self._note_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element, or its content alone."""
        values = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._add("<br>")
        elif tag not in ("img", "hr", "wbr"):
            start = self._start(tag, values)
            self._ends.append((tag, f"</{tag}>" if start else ""))
            if self._note_depth or "footnote-ref" in values.get("class", ""):
                self._note_depth += 1
            self._add(start)

    def handle_endtag(self, tag: str) -> None:
        """End an element as it was begun."""
        if self._ends and self._ends[-1][0] == tag:
            self._add(self._ends.pop()[1])
            self._note_depth = max(0, self._note_depth - 1)

    def handle_data(self, data: str) -> None:
        """Keep the text, on one line."""
        self._add(escape(data.replace("\n", " "), quote=False))

    def _add(self, piece: str) -> None:
        if not self._note_depth:
            self.pieces.append(piece)

    def _start(self, tag: str, values: dict[str, str]) -> str:
        if tag in KEPT:
            return f"<{tag}>"
        if tag == "a" and (address := self._address(values.get("href", ""))):
            style = f' style="{escape(self._link_style)}"' if self._link_style else ""
            return f'<a href="{escape(address)}"{style}>'
        if tag == "span" and values.get("lang"):
            return f'<span lang="{escape(values["lang"])}">'
        return ""

    def _address(self, href: str) -> str:
        """Return where a link leads from a letter, or nothing."""
        if href.startswith("#"):
            return ""
        if urlsplit(href).scheme in FAR:
            return href
        return urljoin(self._page, href) if self._page and href else ""


class _PlainReader(HTMLParser):
    """Takes the marks from HTML, and spells out where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._links: list[tuple[str, int]] = []
        """The open links, and at which piece the text of each begins."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line or a link."""
        if tag == "br":
            self.pieces.append("\n")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.pieces)))

    def handle_endtag(self, tag: str) -> None:
        """Put the address behind the words of a link that are another text."""
        if tag == "a" and self._links:
            href, start = self._links.pop()
            shown = "".join(self.pieces[start:]).strip()
            bare = href.partition(":")[2] if href.startswith(("mailto:", "tel:")) else href
            if bare and bare.rstrip("/") != shown.rstrip("/"):
                self.pieces.append(f" <{bare}>")

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.pieces.append(data)
