"""Chinese times of the day and durations."""

import re
from itertools import pairwise

from pubkit.facts.chinese.patterns import HALF_DAY, HAN, HOUR, MINUTE
from pubkit.facts.chinese.place import Place, Reader
from pubkit.facts.chinese.values import integer
from pubkit.facts.values import Fact, Kind, Reading, Weight, parts_of, rounded
from pubkit.patterns import pattern

FORMS = {
    "duration": (
        rf"(?:(?P<hours>\d+(?:\.\d+)?|[{HAN}]+)个?(?:小时|钟头))零?(?P<minutes>\d{{1,2}}|[{HAN}]+)(?:分钟?(?!之))"
        r"(?:(?P<seconds>\d{1,2})秒钟?(?P<hundredths_of>\d{1,3})?)?"
        rf"|(?P<years>\d{{1,2}}|[{HAN}]+)年[零又]?(?P<months>\d{{1,2}}|[{HAN}]+)个月(?!前|后|内)"
        rf"|(?P<half_minutes>\d{{1,2}}|[{HAN}]+)分半钟"
        r"|(?P<only_minutes>\d{1,3})分钟?(?P<only_seconds>\d{1,2}(?:\.\d+)?)秒钟?(?P<split>\d{1,3})?"
    ),
    "time": (
        rf"(?P<half_day>{HALF_DAY})?(?<![\d.,])(?:(?:(?P<from>{HOUR})\s?[-—–~～至到]\s?)?"
        rf"(?P<hour>{HOUR})(?:时|点钟?)"
        rf"(?:(?P<minute>{MINUTE})分(?!之|钟)(?:[0-5]?\d秒)?|(?P<thirty>半)|(?P<quarter>[一三])刻|(?P<sharp>整|许|前后|左右))?"
        r"|(?P<digital>\d{1,2}:[0-5]\d)(?::[0-5]\d)?(?!\d|:\d))(?![{HAN}\d]*[个些])"
        r"|(?P<named>零点|午夜|子夜|正午|中午|半夜)"
        r"|(?P<part>凌晨|清晨|早晨|早上|清早|今晨|今早|次日晨|上午|午后|下午|傍晚|黄昏|晚上|晚间|当晚|今晚|昨晚|夜间|深夜|夜里|夜晚|入夜)"
    ).replace("{HAN}", HAN),
}
"""What they look like, by the names of their readers."""


def _value(figure: str) -> float:
    return float(figure) if figure[0].isdigit() else float(integer(figure))


def _duration(at: Place) -> list[Fact]:
    """Read 2小时09分15秒, 1分02秒35."""
    match = at.match
    if match["years"]:
        years, months = _value(match["years"]), _value(match["months"])
        return [at.fact(Kind.UNIT, ("month", 12 * years + months), face=years)]
    if match["half_minutes"]:
        return [at.fact(Kind.UNIT, ("s", 60 * _value(match["half_minutes"]) + 30))]
    if match["hours"]:
        first, rest = 3600 * _value(match["hours"]), 60 * _value(match["minutes"])
        seconds, split = match["seconds"], match["hundredths_of"]
    else:
        first, rest = 60 * float(match["only_minutes"]), 0.0
        seconds, split = match["only_seconds"], match["split"]
    rest += float(f"{seconds or 0}.{split}") if split else float(seconds or 0)
    hints = (("s", first),)
    return [at.fact(Kind.UNIT, ("s", rounded(first + rest)), hints=hints, face=first)]


PARTS = {
    word: parts
    for parts, words in {
        ("am", "dawn"): "凌晨 清晨 早晨 早上 清早 今晨 今早 次日晨",
        ("am",): "上午",
        ("pm",): "午后 下午",
        ("evening", "pm", "dusk"): "傍晚 黄昏",
        ("evening", "night"): "晚上 晚间 当晚 今晚 昨晚 夜间 深夜 夜里 夜晚 入夜",
    }.items()
    for word in words.split()
}
"""The parts of the day that a word may mean."""


MORNING = frozenset(("凌晨", "清晨", "早晨", "早上", "清早", "上午", "早"))


NOON = frozenset(("中午", "正午"))


def _time(at: Place) -> list[Fact]:
    match = at.match
    if match["named"]:
        minutes = 720 if match["named"] in NOON else 0
        return [at.fact(Kind.TIME, ("time", minutes), weight=Weight.LOOSE)]
    if match["part"]:
        parts = tuple(("part", part) for part in PARTS[match["part"]])
        return [at.fact(Kind.TIME, *parts, weight=Weight.SMALL)]
    half_day = match["half_day"]
    if match["digital"]:
        hour, minute = (int(part) for part in match["digital"].split(":"))
        weight = Weight.SURE
    else:
        hour = integer(match["hour"])
        minute = _minute(match)
        is_time = half_day or match["minute"] or "时" in match[0] or match["thirty"]
        weight = Weight.SURE if is_time else Weight.LOOSE
        if not is_time and not match["hour"][0].isdigit():
            weight = Weight.LOOSE
    minutes = minutes_at(half_day, hour, minute)
    if match["from"]:
        first = ("time", minutes_at(half_day, integer(match["from"]), 0))
        return [at.fact(Kind.TIME, time, weight=weight) for time in (first, ("time", minutes))]
    hints: tuple[Reading, ...] = ()
    if match["digital"] and not half_day:
        hints = (("n", float(hour)), ("n", float(minute)))
    elif not half_day and "点" in match[0]:
        hints = (("n", float(hour)), ("time", (minutes + 720) % 1440))
    hints += tuple(("part", part) for part in parts_of(minutes))
    times: tuple[Reading, ...] = (("time", minutes),)
    if weight is Weight.LOOSE:  # 4点生命值
        times += (("n", float(hour)),)
    return [at.fact(Kind.TIME, *times, hints=hints, weight=weight)]


def _minute(match: re.Match[str]) -> int:
    if match["minute"]:
        return integer(match["minute"])
    if match["quarter"]:
        return 15 if match["quarter"] == "一" else 45
    return 30 if match["thirty"] else 0


def minutes_at(half_day: str | None, hour: int, minute: int) -> int:
    """Return the minute of the day."""
    if half_day in MORNING:
        hour = 0 if hour == 12 and half_day == "凌晨" else hour
    elif half_day in NOON:
        hour = hour if hour > 9 else hour + 12
    elif half_day == "午夜":
        hour = hour % 12
    elif half_day and hour <= 12:
        is_night = half_day in ("晚上", "晚间", "深夜", "夜里", "晚", "当晚", "夜间")
        hour = 24 if hour == 12 and is_night else 12 if hour == 12 else hour + 12
    return (hour * 60 + minute) % 1440


RANGE = pattern(r"\s?[-—–~～至到]\s?")


def afternoons(facts: list[Fact], text: str) -> list[Fact]:
    """Read the second time of 下午2时至4时 as one of the afternoon, too."""
    if sum(fact.kind is Kind.TIME for fact in facts) < 2:
        return facts
    result = list(facts)
    for index, (first, second) in enumerate(pairwise(facts)):
        if first.kind is second.kind is Kind.TIME and first.end <= second.start:
            (_time_reading, start), (_same, end) = first.readings[0], second.readings[0]
            if isinstance(start, int | float) and isinstance(end, int | float):
                is_range = RANGE.fullmatch(text, first.end, second.start)
                if (
                    is_range
                    and start >= 720 > end >= 60
                    and text[first.start] in "下午傍晚夜深当今昨"
                ):
                    later = ("time", end + 720)
                    result[index + 1] = second._replace(readings=(later,))
    return result


READERS: dict[str, Reader] = {
    "DURATION": _duration,
    "TIME": _time,
}
