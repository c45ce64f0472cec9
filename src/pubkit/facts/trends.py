"""What a text says of how its figures move: rising or falling, doubled, compared with when.

Like ``relations``, only plain contradictions count: each text knows one of two things, and has no
word for the other.
"""

import re
from collections.abc import Iterator

from pubkit.facts.values import Kind
from pubkit.model import Span
from pubkit.patterns import pattern

Spans = tuple[Kind, Span, Span]
"""What contradicts: the kind of its check, the English words, the Chinese ones."""


def trend_contradictions(english: str, chinese: str) -> Iterator[Spans]:
    """Yield what both texts say of a movement, and cannot both be true."""
    if "比" in chinese:
        yield from _compared_periods(english, chinese)
    if "倍" in chinese or "番" in chinese or "减" in chinese or "斩" in chinese:
        yield from _multiples(english, chinese)
    if CHINESE_LIMIT.search(chinese):
        yield from _limits(english, chinese)
    if "半" in chinese:
        yield from _halves(english, chinese)
    if CHINESE_MAGNITUDE.search(chinese):
        yield from _magnitudes(english, chinese)
    if CHINESE_STEP.search(chinese):
        yield from _steps(english, chinese)


def _spans(kind: Kind, here: re.Match[str], there: re.Match[str]) -> Iterator[Spans]:
    yield kind, Span(*here.span()), Span(*there.span())


# ---------------------------------------------------------------- 同比, 环比

BY_YEAR = pattern(
    r"(?i)\b(?:year[- ](?:on|over)[- ]year|y-?o-?y|(?:a|one) year (?:earlier|ago|before)|annual"
    r"|(?:last|previous|prior) year|(?:the same|corresponding) (?:period|month|quarter)|in 20\d\d"
    r"|from 20\d\d|than 20\d\d|on 20\d\d)"
)
BY_MONTH = pattern(
    r"(?i)\b(?:(?:month|quarter|week)[- ](?:on|over)[- ](?:month|quarter|week)|m-?o-?m|q-?o-?q"
    r"|sequential(?:ly)?"
    r"|(?:previous|preceding|prior|last|first|second|third|fourth) (?:month|quarter|week)"
    r"|(?:a|one) (?:month|quarter|week) (?:earlier|ago|before)"
    r"|(?:than|from|on|over) (?:in )?(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december|q[1-4])\b)"
)


def _compared_periods(english: str, chinese: str) -> Iterator[Spans]:
    """Yield a comparison with the year before that is one with the month before."""
    year, month = re.search("同比", chinese), re.search("环比", chinese)
    if bool(year) == bool(month):
        return
    by_year, by_month = BY_YEAR.search(english), BY_MONTH.search(english)
    if month and by_year and not by_month:
        yield from _spans(Kind.PERCENT, by_year, month)
    if year and by_month and not by_year:
        yield from _spans(Kind.PERCENT, by_month, year)


# ---------------------------------------------------------------- doubled, 增加两倍

DOUBLED = pattern(
    r"(?i)\b(?:doubl(?:e[ds]?|ing)|twofold|(?:almost|nearly|about|over|more than) twice"
    r"|twice (?:as|the|that|its|their|what|last))\b"
)
TRIPLED = pattern(r"(?i)\b(?:tripl(?:e[ds]?|ing)|trebl(?:e[ds]?|ing)|threefold)\b")
OTHER_MULTIPLE = pattern(
    r"(?i)\b(?:quadrupl|(?!two|three)[a-z]+fold|[a-z]+ times|\d+ ?(?:times|x\b|%)|per cent|percent)"
)
MORE = "(?:增加?|增长|提高|提升|上升|扩大|上涨|增幅[达为])了?(?:近|约|超过?|逾)?"
BY_TWO = pattern(rf"{MORE}[两二2]倍|[三四五六七八九3-9]倍|翻(?:了)?两番")
BY_ONE = pattern(
    rf"{MORE}[一1]倍|翻了?一番|翻番|翻倍|(?:[增升]|提高|增[加长]|扩大|上涨)[到至为](?:原来的|去年的)?[两二2]倍"
)


HALVED = pattern(r"(?i)\bhalv(?:e[ds]?|ing)\b")
CHINESE_HALVED = pattern("减半|腰斩|(?:减少|下降|缩减|降低)了?一半")


def _multiples(english: str, chinese: str) -> Iterator[Spans]:
    """Yield what doubled and 增加两倍, which is tripled, or 减半; and the like."""
    if OTHER_MULTIPLE.search(english):
        return
    ours = [DOUBLED.search(english), TRIPLED.search(english), HALVED.search(english)]
    theirs = [BY_ONE.search(chinese), BY_TWO.search(chinese), CHINESE_HALVED.search(chinese)]
    found = [[match for match in some if match] for some in (ours, theirs)]
    if any(len(matches) != 1 for matches in found):
        return
    (here,), (there,) = found
    if ours.index(here) != theirs.index(there):
        yield from _spans(Kind.NUMBER, here, there)


# ---------------------------------------------------------------- no later than, 不早于

CHINESE_LIMIT = pattern("(?P<floor>不早于|最早)|(?P<ceiling>不晚于|不迟于|最迟|至迟|最晚)")
NOT_LATER = pattern(r"(?i)\b(?:no|not) later than\b|\bat the latest\b")
NOT_EARLIER = pattern(
    r"(?i)\b(?:no|not) (?:earlier|sooner) than\b|\bat the earliest\b|\bnot before\b"
)


def _limits(english: str, chinese: str) -> Iterator[Spans]:
    """Yield a latest date that is the earliest one in the other text."""
    limits = list(CHINESE_LIMIT.finditer(chinese))
    later, earlier = NOT_LATER.search(english), NOT_EARLIER.search(english)
    here = later or earlier
    if not here or (later and earlier) or len(limits) > 1:
        return
    if bool(limits[0]["floor"]) == bool(later):
        yield from _spans(Kind.DATE, here, limits[0])


# ---------------------------------------------------------------- more than half, 近半

_PART = r"(?:半数|一半|半(?![年个天小时世纪月价径球导场日山路空夜途]))"
OVER_HALF = pattern(
    r"(?i)\b(?:more than|over|above|upwards of|well over|just over) half\b(?! an?\b)"
)
UNDER_HALF = pattern(
    r"(?i)\b(?:nearly|almost|less than|fewer than|under|close to|barely) half\b(?! an?\b)"
)
CHINESE_OVER_HALF = pattern(
    rf"[过逾超]{_PART}|超过{_PART}|{_PART}(?:以上|多(?!年|天|月|小时))|大半"
)
CHINESE_UNDER_HALF = pattern(rf"(?:将近|接近|不到|不足|近){_PART}")


CHINESE_HALF = pattern(rf"(?<![\d一二两三四五六七八九十个]){_PART}")
NOT_EXACTLY_HALF = pattern("[逾超过近约多余强弱]|大半|小半|左右|以上|以下|不[到足满]|接近")


def _halves(english: str, chinese: str) -> Iterator[Spans]:
    """Yield more than half that is less than half in the other text, or just half."""
    over, under = OVER_HALF.search(english), UNDER_HALF.search(english)
    here_over, here_under = CHINESE_OVER_HALF.search(chinese), CHINESE_UNDER_HALF.search(chinese)
    half, here = CHINESE_HALF.search(chinese), over or under
    if half and here and not NOT_EXACTLY_HALF.search(chinese):
        yield from _spans(Kind.NUMBER, here, half)
    if over and here_under and not under and not here_over:
        yield from _spans(Kind.NUMBER, over, here_under)
    if under and here_over and not over and not here_under:
        yield from _spans(Kind.NUMBER, under, here_over)


# ---------------------------------------------------------------- hundreds, 数千

POWERS = {
    "a dozen": 1.1,
    "dozen": 1,
    "score": 1,
    "ten": 1,
    "hundred": 2,
    "thousand": 3,
    "million": 6,
    "billion": 9,
}
MAGNITUDE = pattern(
    r"(?i)\b(?:(?P<outer>tens|dozens|scores|hundreds|thousands) of )?"
    r"(?P<inner>dozens|scores|hundreds|thousands|millions|billions)\b"
    r"|\b(?P<few>a dozen)\b"
    r"|\b(?:several|many|a few) (?P<some>dozen|hundred|thousand|million|billion)"
    r"(?! [a-z]*(?:illion|thousand))\b"
)
CHINESE_MAGNITUDE = pattern("[几数](?P<scale>[十百千]?[万亿]|[十百千](?!多?年))(?!分之)")
CHINESE_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


def _magnitudes(english: str, chinese: str) -> Iterator[Spans]:
    """Yield the only vague number of each text, if one is ten times the other or more."""
    ours, theirs = list(MAGNITUDE.finditer(english)), list(CHINESE_MAGNITUDE.finditer(chinese))
    known = {_power(match) for match in ours}
    left = [match for match in theirs if _chinese_power(match) not in known]
    said = {_chinese_power(match) for match in theirs}
    lost = [match for match in ours if _power(match) not in said]
    lost = [match for match in lost if not match["few"]] or lost
    if len(left) == len(lost) == 1:
        yield from _spans(Kind.NUMBER, lost[0], left[0])


def _power(match: re.Match[str]) -> float:
    words = (match["outer"], match["inner"], match["some"], match["few"])
    return sum(POWERS[word.lower().removesuffix("s")] for word in words if word)


def _chinese_power(match: re.Match[str]) -> float:
    return sum(CHINESE_POWERS[character] for character in match["scale"])


# ---------------------------------------------------------------- rose 6.5 %, 下降6.5%

_FIGURE = r"(?P<figure>\d[\d,]*(?:\.\d+)?)"
_SOME = (
    r"(?: (?:by|as much as|more than|about|around|some|nearly|almost|only|just|over|roughly|a"
    r"|an (?:average|estimated)(?: of)?|another|further|sharply|slightly|steeply|up to|to close))*"
)
STEP = pattern(
    r"(?i)\b(?:(?P<up>rose|rise[sn]?|rising|grew|grow(?:n|s|ing)?|climb\w*|increased|jump(?:ed|ing)|surg(?:ed|ing)"
    r"|soar(?:ed|ing)|gain(?:ed|ing)|widen(?:ed|ing)|expand(?:ed|ing)|up)"
    r"|(?:fell|fall(?:en|s|ing)?|dropped|dropping|declined|declining|decreased|decreasing|slid|slipped"
    r"|shrank|shrunk|contracted|tumbled|plunged|narrowed|down))"
    rf"{_SOME} {_FIGURE}"
)
CHINESE_STEP = pattern(
    r"(?<![负幅少多])(?:(?P<up>增长|上涨|上升|提高|提升|增加|升高|攀升|扩大|(?<![领超看])涨)"
    r"|下降|下跌|减少|降低|回落|下滑|缩小|缩减|收窄|(?<!止)跌)"
    rf"了?(?:约|近|逾|超过?|达)?{_FIGURE}(?![\d/]|[至到])"
)


def _steps(english: str, chinese: str) -> Iterator[Spans]:
    """Yield a figure by which something rises here and falls there, if nothing else has it."""
    ours, theirs = _by_figure(STEP, english), _by_figure(CHINESE_STEP, chinese)
    for figure in ours.keys() & theirs.keys():
        here, there = ours[figure], theirs[figure]
        if here and there and bool(here["up"]) != bool(there["up"]):
            yield from _spans(Kind.NUMBER, here, there)


def _by_figure(steps: re.Pattern[str], text: str) -> dict[str, re.Match[str] | None]:
    """Return the only step of each figure; None where the figure has several."""
    found: dict[str, re.Match[str] | None] = {}
    for match in steps.finditer(text):
        figure = match["figure"].replace(",", "").rstrip(".")
        found[figure] = None if figure in found else match
    return found
