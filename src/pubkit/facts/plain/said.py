"""What a text says in usual forms."""

import re
from collections.abc import Callable, Mapping

from pubkit.facts.values import Value

Plain = tuple[str, Value]
"""A value: ``("n", 26.0)``, ``("$USD", 3200000.0)``, ``("date", (2024, 5, 8))``."""


class UnusualError(Exception):
    """A form that only the careful readers understand."""


class Said:
    """The values of a text."""

    __slots__ = ("is_over", "is_under", "small", "sure", "text", "vague")

    def __init__(self, text: str) -> None:
        self.text = text
        """The text as it was before it was simplified."""
        self.sure: set[Plain] = set()
        self.small: set[Plain] = set()
        """Values that the other text may leave out, but not replace: ``three``, ``evening``."""
        self.vague: set[Plain] = set()
        """Values that count only if the other text says them: ``both``, numerals in words."""
        self.is_over = False
        self.is_under = False
        """Whether some figure is a lower bound, or an upper one."""


Reader = Callable[["re.Match[str]", Said], None]


def read_plain(
    text: str, original: str, pattern: re.Pattern[str], readers: Mapping[str | None, Reader]
) -> Said:
    """Return the values of a text, whose forms are the groups of a pattern.

    Raises:
        UnusualError: The text has a form that is not among them.
    """
    said = Said(original)
    for match in pattern.finditer(text):
        readers[match.lastgroup](match, said)
    return said


def unusual(_match: re.Match[str], _said: Said) -> None:
    """Leave a text to the careful readers."""
    raise UnusualError


def ignored(_match: re.Match[str], _said: Said) -> None:
    """Pass over words that count nothing."""


def phone_of(match: re.Match[str]) -> Plain:
    """Return a telephone number as within China, or with the code of another country."""
    digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
    return "phone", digits.removeprefix("86") if match[0][0] == "+" else digits.removeprefix("0")


def forms(patterns: Mapping[str, str]) -> str:
    """Return one pattern of forms, each a group of its name."""
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns.items())
