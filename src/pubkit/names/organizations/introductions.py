"""Short names that a translation introduces in brackets: 云岚医院 of 岭江大学附属云岚医院."""

from collections.abc import Iterator

from pubkit.model import Span
from pubkit.names.organizations.heads import HEAD_HERE, heads_in_chinese
from pubkit.names.units import read_words
from pubkit.patterns import pattern

IN_CHINESE = pattern(
    r"[（(](?:以下|下文?)?(?:简称|称)为?[：:]?\s?"
    r"[“\"「](?P<short>[\u3400-\u9fff]{2,12})[”\"」][)）]"
)
IN_ENGLISH = pattern(
    r"\((?:hereinafter |hereafter )?(?:the )?"
    r"[“\"](?:the )?(?P<short>[A-Z][^”\"()]{1,80})[”\"](?=[^()]{0,60}\))"
)
CLAUSE = {True: pattern(r"[（(，。；：！？\n]"), False: pattern(r"[(;:!?\n]")}
"""What ends a clause, and with it the reach of a full name, in Chinese and in English."""
LONGEST = 120
MADE_OF_HEADS = pattern(rf"[本该我贵]?(?:{HEAD_HERE.pattern})+")


def wrong_introductions(text: str, *, in_chinese: bool) -> Iterator[tuple[Span, str]]:
    """Yield the short names that cannot be made of the full names before them."""
    pattern = IN_CHINESE if in_chinese else IN_ENGLISH
    for match in pattern.finditer(text):
        before, short = text[max(0, match.start() - LONGEST) : match.start()], match["short"]
        full = CLAUSE[in_chinese].split(before)[-1]
        if not (_fits_in_chinese if in_chinese else _fits_in_english)(full, short):
            yield Span(*match.span("short")), short


def _fits_in_chinese(full: str, short: str) -> bool:
    words = full.split()
    return (
        set(short) <= set(words[-1] if words else "") or MADE_OF_HEADS.fullmatch(short) is not None
    )


def _fits_in_english(full: str, short: str) -> bool:
    words, known = read_words(short).items, read_words(full).items
    initials = "".join(word[0] for word in full.split() if word[:1].isupper())
    return (
        all(word in known for word in words)
        or all(word in heads_in_chinese() for word in words)
        or short.replace(".", "") in initials
        or not short.isascii()
    )
