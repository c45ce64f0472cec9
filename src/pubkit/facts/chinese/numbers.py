"""Chinese fractions, ordinal numbers, vague numbers and names with figures."""

import re

from pubkit.facts.chinese.bounds import bound
from pubkit.facts.chinese.patterns import ARABIC, HAN, NUMERAL
from pubkit.facts.chinese.place import Place, Reader
from pubkit.facts.chinese.values import SCALES, value_of
from pubkit.facts.values import Fact, Kind, Reading, Weight, rounded

FORMS = {
    "name": r"(?<![\w$])(?![A-Z]{0,2}[$€£¥]|(?:RMB|CNY|USD|EUR|GBP|JPY|HKD|SGD|SEK|AUD|CAD|CHF"
    r"|No|n|P|p|FY)\.?\d)[A-Za-z]{1,12}(?:-?\d+)+(?:[A-Za-z\d-]*[A-Za-z\d])?(?![A-Za-z\d])"
    r"(?!\.\d)".replace(r"\w", "A-Za-z0-9_"),
    "loose": (
        "(?P<loose>翻[一两三]?番|翻倍|倍增|加倍|减半|过半|半数|一半|大半|对半|半价|半天|半个?(?:多)?月|半个?世纪|半个?小时|半年"
        "|半百|半(?=[个块座场天程])|双(?!方向|手|脚|眼|语|向)|首|冠军|榜首|头名|头号|亚军|榜眼|次席|季军|探花|几十|数十|十几|几百|数百|上百|成百上千|数以百计|几千|数千|上千"
        "|成千上万|数以千计|几万|数万|上万|数以万计|几十万|数十万|几百万|数百万|上百万|数千万|几千万|上千万|数亿|几亿|上亿|数十亿|几十亿|数以亿计)"
    ),
    "part": (
        rf"(?:(?P<hundredths>百|千|万)|(?P<den>\d+|[{HAN}]+?))分之(?P<num>{ARABIC}|{NUMERAL})"
    ),
    "nth": (
        r"(?P<prize>[特一二三四])等奖"
        rf"|(?:第|(?<=[左右])(?=[一二三四五六七八九][)、，]))(?P<nth>\d+(?:,\d{{3}})+|\d++(?!\.\d)|[{HAN}]+)(?P<nth_scale>[万亿])?"
    ),
}
"""What they look like, by the names of their readers."""


def _name(at: Place) -> list[Fact]:
    """Read a name with figures, such as G20 or COVID-19."""
    digits = re.findall(r"\d+", at.match["NAME"])
    numbers = tuple(("n", float(number)) for number in digits if len(number) < 5)
    name = at.match["NAME"].replace("-", "").lower()
    return [at.fact(Kind.NUMBER, ("name", name), *numbers, weight=Weight.LOOSE)]


def _part(at: Place) -> list[Fact]:
    match = at.match
    number = value_of(match["num"])
    if match["hundredths"]:
        size = {"百": 100.0, "千": 1000.0, "万": 10000.0}[match["hundredths"]]
        if number is None:
            return []
        return [
            at.fact(Kind.PERCENT, ("r", rounded(number / size)), face=number)._replace(
                measure={100.0: "%", 1000.0: "‰", 10000.0: "‱"}[size],
                bound=bound(at, match.end()),
            )
        ]
    whole = value_of(match["den"])
    if not whole or number is None:
        return []
    if whole >= PARTS_PER and number >= 1:
        return [at.fact(Kind.NUMBER, ("n", number), ("r", rounded(number / whole)), face=number)]
    share = at.fact(Kind.NUMBER, ("r", rounded(number / whole)), weight=Weight.SMALL)
    return [share._replace(bound=bound(at, match.end()))]


PARTS_PER = 1e6
"""百万分之三百 are 300 parts per million."""


def _nth(at: Place) -> list[Fact]:
    if prize := at.match["prize"]:
        nth = "特一二三四".index(prize) or 1
        return [at.fact(Kind.ORDINAL, ("o", nth), weight=Weight.SMALL, face=float(nth))]
    value = value_of(at.match["nth"])
    if value is None:
        return []
    value *= SCALES.get(at.match["nth_scale"], 1)
    is_digit = at.match["nth"][0].isdigit()
    weight = Weight.SMALL if value < 11 and not is_digit else Weight.SURE
    hints: tuple[Reading, ...] = (("n", value),)
    if unit := DURATIONS.get(at.text[at.match.end() : at.match.end() + 1]):
        hints += ((unit[0], rounded(unit[1] * value)),)
    return [at.fact(Kind.ORDINAL, ("o", value), hints=hints, weight=weight, face=value)]


DURATIONS = {
    "天": ("s", 86400.0),
    "日": ("s", 86400.0),
    "周": ("s", 604800.0),
    "年": ("month", 12.0),
}
"""第八天 is eight days later."""


LOOSE: dict[str, tuple[Reading, ...]] = {
    "翻番": (("x", 2.0), ("r", 1.0), ("x", 1.0), ("n", 2.0)),
    "翻一番": (("x", 2.0), ("r", 1.0), ("x", 1.0), ("n", 2.0)),
    "翻倍": (("x", 2.0), ("r", 1.0), ("x", 1.0), ("n", 2.0)),
    "倍增": (("x", 2.0), ("r", 1.0)),
    "加倍": (("x", 2.0), ("r", 1.0), ("n", 2.0)),
    "翻两番": (("x", 4.0), ("x", 3.0), ("n", 4.0)),
    "翻三番": (("x", 8.0), ("x", 7.0)),
    "双": (("n", 2.0), ("x", 2.0)),
    "首": (("o", 1.0), ("n", 1.0)),
    "冠军": (("o", 1.0), ("n", 1.0)),
    "榜首": (("o", 1.0), ("n", 1.0)),
    "头名": (("o", 1.0), ("n", 1.0)),
    "头号": (("o", 1.0), ("n", 1.0)),
    "亚军": (("o", 2.0), ("n", 2.0)),
    "榜眼": (("o", 2.0), ("n", 2.0)),
    "次席": (("o", 2.0), ("n", 2.0)),
    "季军": (("o", 3.0), ("n", 3.0)),
    "探花": (("o", 3.0), ("n", 3.0)),
    "半百": (("n", 50.0),),
    "半年": (("month", 6.0), ("r", 0.5)),
    "半天": (("r", 0.5), ("s", 43200.0)),
    "半小时": (("s", 1800.0), ("n", 30.0), ("r", 0.5)),
    "半个小时": (("s", 1800.0), ("n", 30.0), ("r", 0.5)),
    "半世纪": (("month", 600.0), ("n", 50.0), ("r", 0.5)),
    "半个世纪": (("month", 600.0), ("n", 50.0), ("r", 0.5)),
    "半月": (("s", 1296000.0), ("n", 15.0), ("r", 0.5)),
    "半个月": (("s", 1296000.0), ("n", 15.0), ("r", 0.5), ("s", 1209600.0)),
}


MAGNITUDES = {
    "百": (100.0,),
    "千": (1000.0,),
    "万": (1e4,),
    "亿": (1e8,),
}


def _loose(at: Place) -> list[Fact]:
    word = at.match["loose"]
    readings = LOOSE.get(word)
    if readings is None and "半" in word:
        readings = (("r", 0.5), ("n", 0.5))
    if readings is None:
        size = _magnitude(word)
        readings = tuple(("magnitude", value) for value in size) + tuple(("n", v) for v in size)
    return [at.fact(Kind.NUMBER, *readings, weight=Weight.LOOSE)]


def _magnitude(word: str) -> tuple[float, ...]:
    if word.startswith("成"):
        return (100.0, 1000.0) if "百" in word else (1000.0, 10000.0)
    value = 1.0
    for character in word:
        value *= SCALES.get(character, 1)
    return (value,)


READERS: dict[str, Reader] = {
    "NAME": _name,
    "PART": _part,
    "NTH": _nth,
    "LOOSE": _loose,
}
