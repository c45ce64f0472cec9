"""The data files of this package."""

from functools import cache
from importlib.resources import files

COMMENT = "#"


DATA = files("pubkit.names") / "data"


def read_lines(name: str) -> list[str]:
    """Return the lines of a data file but its comments."""
    lines = (DATA / name).read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and line[0] != COMMENT]


def read_table(name: str) -> list[list[str]]:
    """Return the rows of a data file: columns between tabs."""
    return [line.split("\t") for line in read_lines(name)]


@cache
def read_words(name: str) -> frozenset[str]:
    """Return a data file of one word in a line."""
    return frozenset(read_lines(name))
