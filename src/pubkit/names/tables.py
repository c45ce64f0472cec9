"""The data files of this package."""

from functools import cache
from importlib.resources import files

COMMENT = "#"


def read_lines(name: str) -> list[str]:
    """Return the lines of a data file but its comments."""
    text = (files("pubkit.names") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and line[0] != COMMENT]


def read_table(name: str) -> list[list[str]]:
    """Return the rows of a data file: columns between tabs."""
    return [line.split("\t") for line in read_lines(name)]


@cache
def read_words(name: str) -> frozenset[str]:
    """Return a data file of one word in a line."""
    return frozenset(read_lines(name))
