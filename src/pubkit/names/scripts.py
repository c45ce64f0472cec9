"""Traditional and simplified characters.

Source:
    OpenCC's character tables. A character that both scripts write (乾, 著, 范) belongs to neither.
"""

from functools import cache
from importlib.resources import files

from pubkit.patterns import pattern

DATA = files("pubkit.names") / "data"


HAN = pattern("[\u3400-\u9fff]")
"""A Chinese character that may have another form; without one, nothing is looked up."""


def simplify(text: str) -> str:
    """Return a text in simplified characters; every character keeps its place."""
    if text.isascii() or not HAN.search(text) or _traditional().isdisjoint(text):
        return text
    return text.translate(traditional_characters())


@cache
def _traditional() -> frozenset[str]:
    return frozenset(map(chr, traditional_characters()))


@cache
def traditional_characters() -> dict[int, str]:
    """Return what is written in traditional Chinese alone, with the simplified characters."""
    return _read("traditional.tsv")


@cache
def simplified_characters() -> dict[int, str]:
    """Return what is written in simplified Chinese alone, with the traditional characters."""
    return _read("simplified.tsv")


def _read(name: str) -> dict[int, str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {ord(character): other for character, other in rows}
