"""Chinese percentages, multiples and fractions."""

import re

from pubkit.facts.chinese.bounds import bound
from pubkit.facts.chinese.place import Place
from pubkit.facts.units import chinese_words
from pubkit.facts.values import Fact, Kind, Reading, Weight, rounded
from pubkit.patterns import pattern

PERCENT = pattern(
    r"\s?(?:(?P<point>%?个?(?:百分点|pct|pp(?![a-z])))|(?P<basis>个?(?:基点|bp(?![a-z])))|(?P<mille>‰)|(?P<percent>%)"
    r"|(?P<tenth>成(?![员果功立本绩长就熟人形型分品交套年群批都语]))|(?P<off>折(?![合算射])))"
)


TIMES = pattern(r"(?:多|余)?倍")


FRACTION = pattern(r"/(\d+)(?![\d/.])")


EXTRA = pattern("[一二三四五六七八九半]")


RISES = pattern(r"(?:增|涨|升|高|多|大|快|翻|超|长)[^，。；]{0,6}$")


def special(at: Place, value: float, place: int, weight: Weight) -> list[Fact]:
    """Return a figure that is a share or a multiple, if it is one."""
    text = at.text
    if percent := PERCENT.match(text, place):
        return [_percent(at, value, percent, weight)]
    if times := TIMES.match(text, place):
        readings = [("x", value), ("r", rounded(value))]
        rises = RISES.search(text[max(0, at.match.start() - 8) : at.match.start()])
        if rises:
            readings += [("x", value + 1)]
        return [at.fact(Kind.NUMBER, *readings, weight=weight, face=value, end=times.end())]
    if at.match["figure"][0].isdigit() and (over := FRACTION.match(text, place)):
        whole = float(over[1])
        if value < whole <= 12 and not chinese_words().pattern.match(text, over.end()):
            ratio = ("r", rounded(value / whole))
            return [at.fact(Kind.NUMBER, ratio, weight=Weight.SMALL, end=over.end())]
    return []


def _percent(at: Place, value: float, percent: re.Match[str], weight: Weight) -> Fact:
    which = str(percent.lastgroup)
    dimension, factor, name = {
        "point": ("p", 1.0, "pp"),
        "basis": ("p", 0.01, "bp"),
        "mille": ("r", 0.001, "‰"),
        "percent": ("r", 0.01, "%"),
        "tenth": ("r", 0.1, "%"),
        "off": ("r", 0.1 if value < 10 else 0.01, "%"),
    }[which]
    readings: list[Reading] = [(dimension, rounded(value * factor))]
    if which == "off":
        readings += [("r", rounded(1 - value * factor))]
    if which == "tenth" and (more := EXTRA.match(at.text, percent.end())):
        extra = 0.05 if more[0] == "半" else 0.01 * ("一二三四五六七八九".index(more[0]) + 1)
        readings += [("r", rounded(value * factor + extra))]
    return Fact(
        kind=Kind.PERCENT,
        start=at.match.start(),
        end=percent.end(),
        readings=tuple(readings),
        face=value * 10 if which == "tenth" else value,
        measure=name,
        weight=max(weight, Weight.SMALL) if which != "off" else Weight.SMALL,
        bound=bound(at, percent.end()),
    )
