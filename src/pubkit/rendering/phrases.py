"""Where a headline in Chinese or Japanese may be broken: at phrases, never within a word or name.

The only importer of BudouX, whose models find most limits. What they miss is known here: names
stay whole, figures keep what they count, and no character stands alone that belongs to others.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Protocol

from markupsafe import Markup

from pubkit.localize import script
from pubkit.names.persons.finding.chinese import find_han_names
from pubkit.names.scripts import simplify
from pubkit.names.tables import read_table, read_words
from pubkit.patterns import pattern

LONGEST_NAME = 9
"""Characters: half a line of a headline. A longer name may be broken between its words."""

LATIN = "A-Za-z0-9\u00c0-\u024f"
NUMBER = "0-9〇零一二三四五六七八九十百千万亿萬億"
SOLID = pattern(
    rf"[{NUMBER}]+年(?:[{NUMBER}]+月)?(?:[{NUMBER}]+日)?|[{NUMBER}]+月[{NUMBER}]+日"
    rf"|第?[{NUMBER}数數几幾]*[{NUMBER}][余餘多]?[^\W{LATIN}]"  # 第一次, 300名, 1200余家
    rf"|[{LATIN}](?:[{LATIN} &.,'’+/@#·-]{{0,24}}[{LATIN}+#])?[%‰℃]?"  # AI for Science, 2.0
    rf"|\w{{1,8}}·[\w·]{{1,20}}?(?=[^\w·]|$)"
)
"""What has no limit inside: Latin words, dates, figures with what they count."""
OPENING = frozenset("“‘（《〈「『【〔([{")
CLOSING = frozenset("”’）》〉」』】〕)]}，。、；：！？…—～·,.;:!?%％‰℃々ーっゃゅょッャュョ")
BEFORE_OTHERS = frozenset(
    "与與和及或在于於从從向对對为為由被把将將并並暨也又以让讓给給有不再共同仍已还還都就才必须須应應"
)
"""Single words that open a phrase; all others end one."""


class _Parser(Protocol):
    def parse(self, sentence: str) -> list[str]: ...


def find_phrases(text: str, lang: str, *, names: Collection[str] = ()) -> tuple[str, ...]:
    """Return the phrases of which a text consists; a text in another script is one phrase.

    Args:
        text: A headline or the like, without markup.
        lang: Its language.
        names: Names in the language that shall stay whole if they are not too long.
    """
    parser = _parser(script(lang))
    if not parser or not text:
        return (text,)
    limits = _limits(parser.parse(text))
    kept = {place for start, end in _solid(text, lang, names) for place in range(start + 1, end)}
    limits = [place for place in limits if place not in kept and not _is_forbidden(text, place)]
    if script(lang) != "Jpan":
        limits = _without_single_characters(text, limits)
    return tuple(text[start:end] for start, end in pairwise((0, *limits, len(text))))


def mark_phrases(html: str, lang: str, *, names: Collection[str] = ()) -> Markup:
    """Return HTML with ``<wbr>`` between the phrases of its text, and dates as ``mark_dates`` does.

    Browsers draw no gap between an ideograph and a letter where a ``<wbr>`` stands between them,
    so an empty element there is given one by the style sheet.
    """
    pieces = TAG_OR_ENTITY.split(html)
    marked = (
        piece if number % 2 else _marked(find_phrases(piece, lang, names=names))
        for number, piece in enumerate(pieces)
    )
    return Markup(mark_dates("".join(marked), lang))  # noqa: S704


def _marked(phrases: tuple[str, ...]) -> str:
    gaps = (GAP * bool(MEETING.fullmatch(a[-1] + b[0])) for a, b in pairwise(phrases))
    return phrases[0] + "".join(
        f"{gap}<wbr>{phrase}" for gap, phrase in zip(gaps, phrases[1:], strict=True)
    )


GAP = '<span class="gap"></span>'
IDEOGRAPH = "々ぁ-ヺ㐀-鿿豈-﫿"
LETTER = f"{LATIN}0-9\u0370-\u052f"
MEETING = pattern(f"[{IDEOGRAPH}][{LETTER}]|[{LETTER}][{IDEOGRAPH}]")
"""Characters between which a browser draws a gap."""


def mark_dates(html: str, lang: str) -> str:
    """Return HTML with each date and time of Chinese or Japanese in an element of its own.

    Browsers draw a gap between figures and ideographs, but 7月7日 is one word.
    """
    if script(lang) not in LOADERS:
        return html
    pieces = TAG_OR_ENTITY.split(html)
    marked = (
        piece if number % 2 else DATE.sub(r'<span class="date">\g<0></span>', piece)
        for number, piece in enumerate(pieces)
    )
    return "".join(marked)


DATE = pattern(r"(?:[0-9]+[年月日時时分秒号號點点])+")
TAG_OR_ENTITY = pattern(r"(<[^>]*>|&[#\w]+;)")


def _parser(code: str) -> _Parser | None:
    loader = LOADERS.get(code)
    return loader() if loader else None


@cache
def _simplified() -> _Parser:
    from budoux import load_default_simplified_chinese_parser

    return load_default_simplified_chinese_parser()


@cache
def _traditional() -> _Parser:
    from budoux import load_default_traditional_chinese_parser

    return load_default_traditional_chinese_parser()


@cache
def _japanese() -> _Parser:
    from budoux import load_default_japanese_parser

    return load_default_japanese_parser()


LOADERS: dict[str, Callable[[], _Parser]] = {
    "Hans": _simplified,
    "Hant": _traditional,
    "Jpan": _japanese,
}


def _limits(phrases: Iterable[str]) -> list[int]:
    """Return where each phrase but the last ends."""
    place, limits = 0, []
    for phrase in phrases:
        place += len(phrase)
        limits.append(place)
    return limits[:-1]


# ---------------------------------------------------------------- what stays whole


def _solid(text: str, lang: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches that have no limit inside."""
    yield from (match.span() for match in SOLID.finditer(text))
    short = frozenset(name for name in names if 1 < len(name) <= LONGEST_NAME)
    for name in short:
        yield from _places(name, text)
    if script(lang) != "Jpan":
        known = frozenset(name for name in short if len(name) <= LONGEST_PERSON)
        yield from ((n.span.start, n.span.end) for n in find_han_names(text, known=known))
        yield from _words(simplify(text))
        yield from _heads(simplify(text))


LONGEST_PERSON = 4


def _places(name: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(name)
    while start >= 0:
        yield start, start + len(name)
        start = text.find(name, start + 1)


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Yield the known words of a text in simplified characters."""
    words, longest = _lexicon()
    for start in range(len(text)):
        for end in range(start + 2, min(start + longest, len(text)) + 1):
            if text[start:end] in words:
                yield start, end


def _heads(text: str) -> Iterator[tuple[int, int]]:
    """Yield each head of an organization's name with the character before it: 清华大学, 图书馆."""
    for head in _organization_heads():
        yield from ((max(0, start - 1), end) for start, end in _places(head, text))


@cache
def _organization_heads() -> frozenset[str]:
    rows = (row[1] for row in read_table("organization-heads.tsv") if len(row) > 1)
    return frozenset(word for cell in rows for word in cell.split(";") if len(word) > 1)


@cache
def _lexicon() -> tuple[frozenset[str], int]:
    """Return the words that pubkit knows for other reasons, and the length of the longest."""
    rendered = (row[1] for row in read_table("organization-words.tsv") if len(row) > 1)
    words = {word for cell in rendered for word in cell.split(";")} | read_words(
        "chinese-words.txt"
    )
    kept = frozenset(word for word in words if 2 <= len(word) <= 4)
    return kept, max(map(len, kept))


def _is_forbidden(text: str, place: int) -> bool:
    """Tell whether no line may end here, whatever the words."""
    return text[place] in CLOSING or text[place - 1] in OPENING or text[place] == " "


def _without_single_characters(text: str, limits: list[int]) -> list[int]:
    """Join each character that stands alone to the phrase to which it belongs."""
    kept = [0, *limits, len(text)]
    number = 1
    while number < len(kept):
        start, end = kept[number - 1], kept[number]
        if len(text[start:end].strip(MARKS)) > 1 or len(kept) == 2:
            number += 1
        elif start == 0 or (text[start] in BEFORE_OTHERS and end < len(text)):
            del kept[number]
        else:
            del kept[number - 1]
            number = max(1, number - 1)
    return kept[1:-1]


MARKS = "".join(OPENING | CLOSING) + " "
