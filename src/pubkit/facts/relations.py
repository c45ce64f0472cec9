"""What a text says about its figures besides their values: per minute, BC, up.

A value can be right, and what is said about it wrong: 每小时1280元 is not 1,280 yuan per minute,
公元前260年 not AD 260. Only plain contradictions count, where each text knows one of two things
and has no word for the other.
"""

import re
from collections.abc import Iterator

from pubkit.facts.exchanged import exchanged
from pubkit.facts.trends import trend_contradictions
from pubkit.facts.values import Kind
from pubkit.model import Span
from pubkit.patterns import pattern
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """What the two texts say about a figure that cannot both be true."""

    kind: Kind
    english: Span | None
    chinese: Span | None
    """Where each text says it; None where one says nothing of it."""


def contradictions(english: str, chinese: str) -> Iterator[Contradiction]:
    """Yield what an English and a Chinese text say about their figures that contradicts."""
    if CHINESE_RATE.search(chinese):
        yield from _rates(english, chinese)
    if "每" in chinese:
        yield from _other(ONE_IN, CHINESE_ONE_IN, english, chinese, Kind.NUMBER)
        yield from _frequencies(english, chinese)
    if "折" in chinese:
        yield from _other(DISCOUNT, CHINESE_DISCOUNT, english, chinese, Kind.PERCENT)
    if "票" in chinese:
        yield from _votes(english, chinese)
    if "公元" in chinese or BEFORE_CHRIST.search(english):
        yield from _eras(english, chinese)
    if CHINESE_EDGE.search(chinese):
        yield from _edges(english, chinese)
    yield from _directions(english, chinese)
    for here, there in exchanged(english, chinese):
        yield Contradiction(kind=Kind.NUMBER, english=here, chinese=there)
    for kind, here, there in trend_contradictions(english, chinese):
        yield Contradiction(kind=kind, english=here, chinese=there)


# ---------------------------------------------------------------- per minute, 每分钟

MEASURES = {
    "seconds?|s": "秒",
    "minutes?|min": "分钟?",
    "hours?|hourly|h": "小时|钟头|时",
    "days?|daily|nightly|nights?": "[天日夜晚]",
    "weeks?|weekly": "周|星期",
    "months?|monthly": "月",
    "years?|yearly|annual(?:ly)?|annum": "年",
    "kilo(?:gram)?(?:me)?s?|kg": "公斤|千克",
    "pounds?|lbs?": "磅",
    "jin|catty|half(?: a)?[- ]kilo(?:gram(?:me)?)?|500 ?(?:g|grams?)": "斤",
    "(?:metric )?ton(?:ne)?s?": "公?吨",
    "mu": "亩",
    "hectares?": "公顷",
    "acres?": "英亩",
    "kilomet(?:re|er)s?|km": "公里|千米",
    "miles?": "英里",
    "lit(?:re|er)s?": "公?升",
}
"""What figures are counted by, in both languages."""
RATE = pattern(r"(?i)(?:\b(?:per|an?|every|each) |(?<=[a-z²³])/)(" + "|".join(MEASURES) + r")\b")
CHINESE_RATE = pattern(
    "(?:每(?:一|1|个)?|/)(" + "|".join(MEASURES.values()) + ")(?!周?[一二三四五六日末])"
    "|(?<![\\d一二三四五六七八九十去今明])([年月日])(?:均|产[能量]?(?=[\\d约逾超近达将可]))"
)


def _rates(english: str, chinese: str) -> Iterator[Contradiction]:
    """Yield a rate of each text of whose measure the other text knows nothing."""
    here, there = RATE.search(english), CHINESE_RATE.search(chinese)
    if not here or not there:
        return
    for rate in RATE.finditer(english):
        if not re.search(_in_chinese(rate[1]), chinese):
            for other in CHINESE_RATE.finditer(chinese):
                measure = _in_english(other[1] or other[2])
                if not re.search(rf"(?i)\b(?:{measure})\b", english):
                    yield Contradiction(
                        kind=Kind.UNIT, english=Span(*rate.span()), chinese=Span(*other.span())
                    )
                    return


def _in_chinese(measure: str) -> str:
    return next(there for here, there in MEASURES.items() if re.fullmatch(here, measure.lower()))


def _in_english(measure: str) -> str:
    return next(here for here, there in MEASURES.items() if re.fullmatch(there, measure))


_DIGITS = dict(zip("一二三四五六七八九十两", (*range(1, 11), 2), strict=True))
_WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


# ---------------------------------------------------------------- twice a day, 每日两次

_OFTEN = {"once": 1, "twice": 2, "thrice": 3}
FREQUENCY = pattern(
    rf"(?i)\b(?P<often>once|twice|thrice|(?P<times>{'|'.join(_WORDS)}|\d{{1,2}}) times)"
    r" (?:(?:an?|per|every|each) )?(?P<period>day|week|month|year|daily|weekly|monthly|yearly)\b"
)
CHINESE_FREQUENCY = pattern(
    "每(?P<period>[天日周月年]|星期)(?:[^，。；每\\d]{0,4}?)(?P<times>[一二两三四五六七八九十]|\\d{1,2})次"
)
PERIODS = {"d": "天日", "w": "周星期", "m": "月", "y": "年"}


def _frequencies(english: str, chinese: str) -> Iterator[Contradiction]:
    """Yield how often something is done, if each text says it once and they differ."""
    ours, theirs = list(FREQUENCY.finditer(english)), list(CHINESE_FREQUENCY.finditer(chinese))
    if len(ours) != 1 or len(theirs) != 1:
        return
    here, there = ours[0], theirs[0]
    word, times = (here["times"] or "").lower(), there["times"]
    often = _OFTEN.get(here["often"].lower()) or (
        _WORDS.index(word) + 2 if word in _WORDS else int(word)
    )
    is_same_period = there["period"] in PERIODS[here["period"][0].lower()]
    if not is_same_period or often != (_DIGITS.get(times) or int(times)):
        yield Contradiction(
            kind=Kind.NUMBER, english=Span(*here.span()), chinese=Span(*there.span())
        )


# ---------------------------------------------------------------- one in five, 15 % off

ONE_IN = pattern(rf"\b[Oo]ne(?: [a-z]+){{0,2}} in (?P<number>{'|'.join(_WORDS)}|\d{{1,2}})\b")
CHINESE_ONE_IN = pattern(
    "每(?P<number>[二三四五六七八九十两]|\\d{1,2})[名个位人家户][^，。；]{0,8}[有就]一"
)
DISCOUNT = pattern(
    r"(?i)(?P<number>\d{1,2}) ?(?:%|per ?cent) (?:off|discount|reduction)"
    r"|\b(?:discount|reduction) of (?P<after>\d{1,2}) ?(?:%|per ?cent)"
)
CHINESE_DISCOUNT = pattern("(?P<price>[一二三四五六七八九]{1,2}|\\d(?:\\.?\\d)?)折")


def _other(
    here: re.Pattern[str], there: re.Pattern[str], english: str, chinese: str, kind: Kind
) -> Iterator[Contradiction]:
    """Yield a share of which each text tells once, if they tell of different ones."""
    ours, theirs = list(here.finditer(english)), list(there.finditer(chinese))
    if len(ours) == len(theirs) == 1 and _value(ours[0]) != _value(theirs[0]):
        yield Contradiction(
            kind=kind, english=Span(*ours[0].span()), chinese=Span(*theirs[0].span())
        )


def _value(match: re.Match[str]) -> int:
    found = match.groupdict()
    if price := found.get("price"):
        digits = "".join(str(_DIGITS.get(sign, sign)) for sign in price if sign != ".")
        return 100 - int(digits.ljust(2, "0"))
    number = found.get("number") or found.get("after") or ""
    if number in _WORDS:
        return _WORDS.index(number) + 2
    return _DIGITS.get(number) or int(number)


# ---------------------------------------------------------------- carried by 97 to 41, 97票赞成

VOTES = pattern(
    r"(?i)\b(?:(?P<lost>reject|defeat|(?:voted|turned) down|los[et])|approv|adopt|pass|carr|accept"
    r"|back)\w*\b[^.;\d]{0,40}?\b(?P<first>\d{1,4})(?: votes)?(?:[-–—]| to | against )\d"
)
CHINESE_VOTES = pattern(
    r"(?P<first>\d{1,4})票(?P<side>赞成|支持|同意|反对)|(?P<before>赞成|反对)票?(?P<number>\d{1,4})票"
)


def _votes(english: str, chinese: str) -> Iterator[Contradiction]:
    """Yield the votes that carried a motion, if they are those against it in Chinese."""
    here = VOTES.search(english)
    for there in CHINESE_VOTES.finditer(chinese) if here else ():
        number, side = there["first"] or there["number"], there["side"] or there["before"]
        if here and number == here["first"] and bool(here["lost"]) != (side == "反对"):
            yield Contradiction(
                kind=Kind.NUMBER, english=Span(*here.span()), chinese=Span(*there.span())
            )


# ---------------------------------------------------------------- BC, 公元前

BEFORE_CHRIST = pattern(r"\bB\.?C\.?(?:E\.?)?(?!\w)")
CHINESE_BEFORE_CHRIST = pattern(r"公元前|(?<![\u4e00-\u9fff\d])前\d+年|[至到]前\d+年")


def _eras(english: str, chinese: str) -> Iterator[Contradiction]:
    here, there = BEFORE_CHRIST.search(english), CHINESE_BEFORE_CHRIST.search(chinese)
    if bool(here) != bool(there):
        yield Contradiction(
            kind=Kind.DATE,
            english=Span(*here.span()) if here else None,
            chinese=Span(*there.span()) if there else None,
        )


# ---------------------------------------------------------------- at the end of, 年底

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_PERIOD = rf"(?:(?:(?:this|next|last|the) )?(?:year|month|{_MONTH})|\d{{4}})\b"
BEGINNING = pattern(rf"(?i)\b(?:(?:beginning|start) of|early(?: in)?) {_PERIOD}")
END = pattern(rf"(?i)\b(?:(?:end|close) of|late(?: in)?) {_PERIOD}|\b(?:year|month)['’s]*[- ]end\b")
CHINESE_EDGE = pattern("[年月](?P<beginning>初)|[年月](?P<end>[底末])")


def _edges(english: str, chinese: str) -> Iterator[Contradiction]:
    """Yield the beginning of a period that is the end in the other text, if there is but one."""
    edges = list(CHINESE_EDGE.finditer(chinese))
    beginning, end = BEGINNING.search(english), END.search(english)
    here = beginning or end
    if not here or (beginning and end) or len({edge.lastgroup for edge in edges}) > 1:
        return
    if (edges[0].lastgroup == "beginning") != bool(beginning):
        yield Contradiction(
            kind=Kind.DATE, english=Span(*here.span()), chinese=Span(*edges[0].span())
        )


# ---------------------------------------------------------------- up, down

CHINESE_MOVE = pattern(
    r"[由从][^，。；\d]{0,8}(?P<before>\d+(?:\.\d+)?)(?P<unit>%|[万亿]|个?百分点)?[^，。；\d]{0,8}?"
    r"(?:(?P<up>升|增|涨|提高|提升|扩大|上调)|降|减|跌|缩|下调|收窄)[^，。；\d]{0,3}"
    r"[至到为](?P<after>\d+(?:\.\d+)?)(?P<other_unit>%|[万亿]|个?百分点)?"
)
_UNIT = r" ?%| percent| per cent| million| billion"
MOVE = pattern(
    r"(?i)\b(?:(?P<up>rose|grew|climbed|increased|widened|rising|up)"
    r"|fell|dropped|declined|decreased|narrowed|shrank|falling|down) from [^\d,.;]{0,4}"
    rf"(?P<before>\d[\d,]*(?:\.\d+)?)(?P<unit>{_UNIT})? to [^\d,.;]{{0,4}}"
    rf"(?P<after>\d[\d,]*(?:\.\d+)?)(?P<other_unit>{_UNIT})?"
)


def _directions(english: str, chinese: str) -> Iterator[Contradiction]:
    """Yield a rise to less, or a fall to more, that only one of the texts has."""
    here = _absurd_move(MOVE, english) if " from " in english else None
    there = _absurd_move(CHINESE_MOVE, chinese) if "由" in chinese or "从" in chinese else None
    if bool(here) == bool(there):
        return
    is_percent = "%" in (here or there or "")[0]
    yield Contradiction(
        kind=Kind.PERCENT if is_percent else Kind.NUMBER,
        english=Span(*here.span()) if here else None,
        chinese=Span(*there.span()) if there else None,
    )


def _absurd_move(moves: re.Pattern[str], text: str) -> re.Match[str] | None:
    for move in moves.finditer(text):
        before, after = (float(move[name].replace(",", "")) for name in ("before", "after"))
        is_up = after > before
        if move["unit"] == move["other_unit"] and before != after and is_up != bool(move["up"]):
            return move
    return None
