"""Find persons' names in English prose."""

import re
from collections.abc import Collection, Iterator

from pubkit.model import Span
from pubkit.names.person_names import RomanizedName, Style
from pubkit.names.syllables import characters

COMMON = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢潘"
NAME = re.compile(r"\b([A-Z][a-z]+) ([A-Z][a-z]+)\b")


def find_names(
    text: str, *, known: Collection[str], surname_first: bool | None
) -> list[RomanizedName]:
    """Return the persons named in full."""
    return list(_names(text))


def _names(text: str) -> Iterator[RomanizedName]:
    for match in NAME.finditer(text):
        given = _cut(match[2].lower())
        if given and set(COMMON) & characters(match[1].lower()):
            yield RomanizedName(
                span=Span(*match.span()),
                text=match[0],
                surname=match[1],
                given=given,
                style=Style.PINYIN,
                score=1.0,
            )


def _cut(word: str) -> tuple[str, ...]:
    if characters(word):
        return (word,)
    cuts = [(word[:i], word[i:]) for i in range(1, len(word))]
    return next((cut for cut in cuts if all(map(characters, cut))), ())


def find_surname_mentions(text: str, names: Collection[RomanizedName]) -> list[RomanizedName]:
    """Return where nothing but a surname stands."""
    return []
