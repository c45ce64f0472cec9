"""Marks, letters and digits of the wrong width."""

import re
import unicodedata
from collections.abc import Iterator

from pubkit.checks.pair import Pair
from pubkit.checks.registry import check
from pubkit.checks.technical import is_technical
from pubkit.checks.typography.house import Form, is_of_the_house
from pubkit.checks.typography.line import HAN, Line, having, read_line
from pubkit.checks.typography.stops import is_caption
from pubkit.checks.typography.transliteration import is_between_foreign_names
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity
from pubkit.patterns import pattern

FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}
HALF = {
    **{full: half for half, full in FULL.items()},
    "＂": '"',
    "＇": "'",
    "％": "%",
    "＆": "&",
    "＋": "+",
    "＝": "=",
    "／": "/",
    "＠": "@",
    "＄": "$",
    "＃": "#",
    "＊": "*",
    "．": ".",
    "﹣": "-",
    "－": "-",
    "、": ", ",
}
HALF_MARKS = frozenset(FULL)
FULL_MARKS = frozenset(HALF) - {"、"}

HALF_WIDTH_MARK = pattern(
    rf"(?<=[{HAN}）》」』】〉％℃])[ ]?(?P<after_han>[,;:!]|\?(?!\?)"
    rf"|\.(?![.\w]|$)|\.$|\.(?=[{HAN}\dA-Z]))[ \t]*"
    rf"|(?<=[A-Za-z\d%)\ufffc”’])(?P<before_han>[,;!]|\?(?!\?)|:(?!//))[ \t]*(?=[{HAN}“《「])"
    r"|(?<=%)[ ]?(?P<after_percent>[,;])[ \t]*(?=\d{4}年|\d+[月日])"
    r"|(?<=[”’])(?P<after_quote>[,;:!?.])[ \t]*(?=$|\n)"
    r"|(?P<last>(?<=[A-Za-z\d%\ufffc])(?<!\.[A-Za-z])\.$)"
)
ADDRESS = pattern(r"https?://|\ufffc")
"""What follows the stop of a bibliography, which stays as in its source."""
ABBREVIATION = pattern(
    r"\b(?:Inc|Ltd|Co|Corp|Jr|Sr|al|etc|No|vs|Dr|St|Mr|Ms|Bros|dept|univ|[A-Z])\.$", re.IGNORECASE
)


@check(Pair, severity=Severity.WARNING, only_if=having(HALF_MARKS | FULL_MARKS))
def punctuation_width(pair: Pair) -> Iterator[Problem]:
    """A half-width mark stands in Chinese text, or a full-width one in Latin text.

    Why:
        The mark comes from another keyboard; the spaces of the line look torn or glued.

    Bad:
        The rector spoke, and the guests applauded. → 校长致辞,来宾鼓掌。

    Good:
        The rector spoke, and the guests applauded. → 校长致辞，来宾鼓掌。

    Source:
        GB/T 15834-2011, 5.1: the marks of Chinese take the place of one character. Half-width
        marks stay in numbers, times, English phrases and literature.
    """
    line = pair.once(read_line)
    if line.is_chinese and line.has(HALF_MARKS):
        yield from _half_width_marks(line)
    elif line.is_latin and line.has(FULL_MARKS):
        yield from _full_width_marks(line)


def _half_width_marks(line: Line) -> Iterator[Problem]:
    text = line.text
    for match in HALF_WIDTH_MARK.finditer(text):
        start, end = match.span()
        place = start + (text[start] == " ")
        mark = text[place]
        is_last = not text[end:].strip("”’）》」』 ")
        if mark == "." and (
            (is_last and is_caption(line.pair))
            or is_between_foreign_names(text, place)
            or (ADDRESS.match(text, end) and line.pair.translation.once(is_technical))
            or (match["last"] and ABBREVIATION.search(text))
        ):
            continue
        if is_of_the_house(line.pair, AFTER_HAN[mark]) or (
            not match["after_han"] and is_of_the_house(line.pair, AFTER_LATIN[mark])
        ):
            continue
        if match["before_han"] and _is_part_of_a_name(text, start, line.source):
            continue
        yield from line.fault(
            _("“{mark}” is a half-width mark; Chinese has “{full}”").format(
                mark=mark, full=FULL[mark]
            ),
            (start, end, FULL[mark]),
            is_safe=mark != "." or is_last,
        )


NEXT = r"(?![^\s“])"
AFTER_HAN = {
    half: Form(pattern(rf"[{HAN}）》”] ?{re.escape(half)}{NEXT}"), pattern(f"[{HAN}）》”]{full}"))
    for half, full in FULL.items()
}
AFTER_LATIN = {
    half: Form(
        pattern(rf"[A-Za-z\d%)\ufffc]{re.escape(half)}(?:[ \t]*[{HAN}“《]|$)"),
        pattern(rf"[A-Za-z\d%)\ufffc]{full}(?:[{HAN}“《]|$)"),
    )
    for half, full in FULL.items()
}


LAST_WORD = pattern(r"[A-Za-z\d]+[!?]$")


def _is_part_of_a_name(text: str, place: int, source: str) -> bool:
    """Tell whether the source has the mark at this word, within a sentence: ``Yahoo! said``."""
    word = LAST_WORD.search(text, max(0, place - 30), place + 1)
    return bool(word and re.search(re.escape(word[0]) + r"(?= [a-z])", source))


FULL_WIDTH_MARK = pattern(
    f"(?<![{HAN}])(?:[，。；：？！]|[＂＇％＆＋＝／＠＄＃＊．﹣－])(?![{HAN}])[ ]*"
)


def _full_width_marks(line: Line) -> Iterator[Problem]:
    text = line.text
    for match in FULL_WIDTH_MARK.finditer(text):
        start, end = match.span()
        mark = text[start]
        if text[start : start + 2] == "。。" or text[max(0, start - 1) : start] == "。":
            continue
        half = HALF[mark]
        needs_space = mark in "，；：。？！" and text[end : end + 1].isalnum()
        yield from line.fault(
            _("“{mark}” is a full-width mark; here stands “{half}”").format(mark=mark, half=half),
            (start, end, half + " " * (needs_space or (end > start + 1 and end < len(text)))),
        )


FULL_WIDTH_FORMS = frozenset(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B)))) - set(
    "［＼］＾＿｀"
)
FULL_WIDTH_RUN = pattern("[０-９Ａ-Ｚａ-ｚ]+(?:[．，：][０-９]+)*％?")


@check(Pair, severity=Severity.WARNING, only_if=having(FULL_WIDTH_FORMS))
def digits_width(pair: Pair) -> Iterator[Problem]:
    """Digits or Latin letters are as wide as Chinese characters.

    Why:
        They are not found by a search for the number, and stand apart in the line.

    Bad:
        It has 26 members. → 成员有２６个。

    Good:
        It has 26 members. → 成员有26个。

    Source:
        GB/T 15835-2011, 5.1; Requirements for Chinese Text Layout (clreq), 3.2: Western letters
        and European numerals are proportional.
    """
    line = pair.once(read_line)
    if not (line.is_chinese or line.is_latin):
        return
    for match in FULL_WIDTH_RUN.finditer(line.text):
        usual = unicodedata.normalize("NFKC", match[0])
        if match[0] not in line.source:
            yield from line.fault(
                _("“{item}” is full-width; it is written {usual}").format(
                    item=match[0], usual=usual
                ),
                (*match.span(), usual),
            )
