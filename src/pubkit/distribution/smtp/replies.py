"""What a mail server answers: a code, lines of text, and what they mean; light, and harmless."""

import unicodedata
from collections.abc import Sequence

from pubkit.messages import shortened
from pubkit.patterns import pattern
from pubkit.values import dataclass

CLOSING = 421
"""The server ends the connection, whatever was said (RFC 5321, 3.8)."""
MOST_CHARACTERS = 500
"""Of a reply that is kept and shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer of a mail server; its text has no control characters."""

    code: int
    lines: tuple[str, ...] = ()
    """Without the code, but with the enhanced status."""

    def __str__(self) -> str:
        return shortened(f"{self.code} {' '.join(self.lines)}".strip(), MOST_CHARACTERS)

    @property
    def is_positive(self) -> bool:
        """Whether the server did what it was asked to do."""
        return self.code // 100 == 2

    @property
    def is_permanent(self) -> bool:
        """Whether the same question would get the same answer tomorrow."""
        return self.code // 100 == 5

    @property
    def is_closing(self) -> bool:
        """Whether the connection is over."""
        return self.code == CLOSING

    @property
    def status(self) -> str:
        """The enhanced status, as in ``5.1.1``; empty where the server gives none.

        Source:
            RFC 3463, 2; RFC 2034: its class is the first digit of the code.
        """
        found = STATUS.match(self.lines[0]) if self.lines else None
        return found[1] if found and found[1][0] == str(self.code)[0] else ""


STATUS = pattern(r"([245]\.\d{1,3}\.\d{1,3})(?:\s|$)")


def parse_line(line: bytes) -> tuple[int, bool, str] | None:
    """Return the code of one line of a reply, whether more lines follow, and its text.

    Returns:
        Nothing if the line is none of a reply.

    Source:
        RFC 5321, 4.2: the first digit is from 2 to 5; a bare code is complete.
    """
    code, mark, text = line[:3], line[3:4], line[4:]
    if not code.isdigit() or not 200 <= int(code) <= 599 or mark not in (b"", b" ", b"-"):
        return None
    return int(code), mark == b"-", cleaned(text)


def join_lines(code: int, texts: Sequence[str]) -> Reply:
    """Return the reply that these lines make; a status that each line repeats is kept once."""
    found = STATUS.match(texts[0]) if texts else None
    repeated = f"{found[1]} " if found else "\0"
    others = (text.removeprefix(repeated) for text in texts[1:])
    return Reply(code=code, lines=(*texts[:1], *others))


def cleaned(text: bytes) -> str:
    """Return what a server said, without anything that acts on a terminal, a log or a page."""
    decoded = text.decode("utf-8", "backslashreplace")
    return "".join(map(_visible, decoded[:MOST_CHARACTERS])).strip()


def _visible(sign: str) -> str:
    return " " if unicodedata.category(sign) in HARMFUL else sign


HARMFUL = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""Controls, marks of direction, private and unknown characters, ends of lines."""
