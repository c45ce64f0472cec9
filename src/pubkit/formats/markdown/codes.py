"""The inline markup of a text as codes that a translation tool protects.

::

    "See **the [list](a.md)**."
    --> "See " Code(**) "the " Code([) "list" Code(](a.md)) Code(**) "."

A code is markup that the parser of pages sees, too: the text is read along the parser's tokens.
Where both cannot be brought together the text has no codes, which is less convenient but never
wrong. Law: what stands in the pieces is the text, character by character.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from html import unescape
from string import punctuation
from typing import TYPE_CHECKING

from pubkit.formats.markdown.markup import ADDRESS
from pubkit.patterns import pattern
from pubkit.values import dataclass

if TYPE_CHECKING:
    from markdown_it.token import Token


class Kind(StrEnum):
    """What a code is."""

    BOLD = "bold"
    ITALIC = "italic"
    STRUCK = "struck"
    LINK = "link"
    PICTURE = "picture"
    CODE = "code"
    NOTE = "note"
    BREAK = "break"
    PLACEHOLDER = "placeholder"


@dataclass(frozen=True, slots=True)
class Code:
    """A stretch of markup: by itself, or the beginning or the end of a pair."""

    data: str
    kind: Kind
    pair: int = 0
    """1 for the beginning of a pair, -1 for its end, 0 for what stands by itself."""


Piece = str | Code
PAIRS = {"strong": Kind.BOLD, "em": Kind.ITALIC, "s": Kind.STRUCK, "link": Kind.LINK}
SIGNS = pattern(r"[\[\]*_~`\\\n<&{}%]|://|www\.|@")


def read_codes(text: str) -> tuple[Piece, ...]:
    """Return a text as pieces of text and codes."""
    if not SIGNS.search(text):
        return (text,) if text else ()
    from pubkit.formats.markdown.segmentation import parse_inline  # costs more than most need

    reader = _Reader(text)
    try:
        for token in parse_inline(text):
            reader.read(token.children or ())
        reader.finish()
    except _AnotherReadingError:
        return (text,)
    return tuple(_with_placeholders(reader.pieces))


class _AnotherReadingError(Exception):
    """The parser does not read the text as it is read here."""


_CODE_SPAN = pattern(r"(`+)(?!`)(?s:.)*?(?<!`)\1(?!`)")
_AUTOLINK = pattern(r"<[^<>\s]+>")
_BREAK = pattern(r"(?:\\| {2,})\n *")
_SOFT_BREAK = pattern(r" ?\n *")
_DESTINATION = r"(?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*)"
_TITLE = r"""(?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?"""
_LINK_END = pattern(rf"\]\(\s*{_DESTINATION}{_TITLE}\s*\)")
_PICTURE = pattern(rf"(!\[)((?:[^\[\]\\]|\\.)*)(\]\(\s*{_DESTINATION}{_TITLE}\s*\))")
_ENTITY = pattern(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


class _Reader:
    """Walks along the text and the tokens of the parser at once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.pieces: list[Piece] = []
        self.is_autolink = False

    def read(self, tokens: Iterable["Token"]) -> None:
        for token in tokens:
            name, _underscore, side = token.type.rpartition("_")
            if side in ("open", "close") and name in PAIRS:
                self._pair(token, PAIRS[name])
            elif token.type == "text":
                self._text(token.content)
            elif token.type == "code_inline":
                self._code(_CODE_SPAN, Kind.CODE)
            elif token.type == "hardbreak":
                self._code(_BREAK, Kind.BREAK)
            elif token.type == "softbreak":
                self._soft_break()
            elif token.type == "image":
                self._picture()
            else:
                raise _AnotherReadingError

    def finish(self) -> None:
        self._add(self.text[self.position :])

    def _pair(self, token: "Token", kind: Kind) -> None:
        if token.markup == "autolink":
            if token.nesting == 1:
                self._code(_AUTOLINK, Kind.LINK)
            self.is_autolink = token.nesting == 1
        elif kind is not Kind.LINK:
            self._literal(token.markup, kind, token.nesting)
        elif token.nesting == 1:
            self._literal("[", kind, 1)
        else:
            self._code(_LINK_END, kind, -1)

    def _literal(self, mark: str, kind: Kind, pair: int) -> None:
        if not self.text.startswith(mark, self.position):
            raise _AnotherReadingError
        self._take(len(mark), kind, pair)

    def _code(self, shape: re.Pattern[str], kind: Kind, pair: int = 0) -> None:
        found = shape.match(self.text, self.position)
        if not found:
            raise _AnotherReadingError
        self._take(len(found[0]), kind, pair)

    def _picture(self) -> None:
        """Take a picture as a pair around the words that stand for it."""
        found = _PICTURE.match(self.text, self.position)
        if not found:
            raise _AnotherReadingError
        self.pieces.append(Code(found[1], Kind.PICTURE, 1))
        self._add(found[2])
        self.pieces.append(Code(found[3], Kind.PICTURE, -1))
        self.position = found.end()

    def _take(self, length: int, kind: Kind, pair: int) -> None:
        data = self.text[self.position : self.position + length]
        self.pieces.append(Code(data, kind, pair))
        self.position += length

    def _soft_break(self) -> None:
        found = _SOFT_BREAK.match(self.text, self.position)
        if not found:
            raise _AnotherReadingError
        self._add(found[0])
        self.position = found.end()

    def _text(self, content: str) -> None:
        """Walk along text that the parser has freed of escapes and entities."""
        if self.is_autolink:
            return
        start, done = self.position, 0
        while done < len(content):
            length, character = self._character()
            if not content.startswith(character, done):
                raise _AnotherReadingError
            self.position += length
            done += len(character)
        self._add(self.text[start : self.position])

    def _character(self) -> tuple[int, str]:
        """Return how long the next character is as it is written, and what it is."""
        here = self.text[self.position : self.position + 2]
        if not here:
            raise _AnotherReadingError
        if here[0] == "\\" and here[1:] in _ESCAPABLE:
            return 2, here[1]
        entity = _ENTITY.match(self.text, self.position) if here[0] == "&" else None
        if entity and (meant := unescape(entity[0])) != entity[0]:
            return len(entity[0]), meant
        return 1, here[0]

    def _add(self, text: str) -> None:
        if text and self.pieces and isinstance(self.pieces[-1], str):
            self.pieces[-1] += text
        elif text:
            self.pieces.append(text)


_ESCAPABLE = frozenset(punctuation)
_NOTE = r"\[\^[^\]\s]+\]"
_PLACEHOLDER = r"\{\{ ?[A-Za-z_][\w.]* ?\}\}|\{[A-Za-z_]\w*\}|%\([A-Za-z_]\w*\)[sd]"
_FIXED = pattern(rf"(?P<note>{_NOTE})|(?P<link>{ADDRESS.pattern})|{_PLACEHOLDER}", re.ASCII)


def _with_placeholders(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces, with notes and placeholders within the text as codes."""
    for piece in pieces:
        if isinstance(piece, Code):
            yield piece
            continue
        end = 0
        for match in _FIXED.finditer(piece):
            if match.start() > end:
                yield piece[end : match.start()]
            yield Code(match[0], Kind(match.lastgroup or "placeholder"))
            end = match.end()
        if end < len(piece):
            yield piece[end:]


def write_codes(pieces: Iterable[Piece]) -> str:
    """Return the text of pieces."""
    return "".join(piece.data if isinstance(piece, Code) else piece for piece in pieces)
