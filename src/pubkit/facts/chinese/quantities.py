"""Chinese figures with a unit or a currency."""

from pubkit.facts.chinese.bounds import bound
from pubkit.facts.chinese.counts import mere
from pubkit.facts.chinese.place import Place
from pubkit.facts.units import Measure, chinese_words, signs, symbols
from pubkit.facts.values import Bound, Fact, Kind, Reading, Weight, rounded
from pubkit.patterns import pattern

AND_A_HALF = pattern("个?半(?![日夜场决价])")


PERIOD = pattern("个(?:(?P<half>半)|多)(?P<period>月|世纪)")
PERIODS = {"月": 1, "世纪": 1200}


NEGATIVE = pattern("零下|负|[-−]$")


SPARE = pattern(r"\s?(?:[多余来几]?个[多余来]?|[多余来几整])(?=[^\s])")
LENIENT = frozenset({"month", "TEU"})
"""Units that a text may leave out: an age, a number of boxes."""


MIXED = pattern(r"(?<=米)(\d{1,2})(?!\d|[.,]\d|个|名|位)")


def _period(at: Place, value: float, place: int, weight: Weight) -> Fact | None:
    """Return a span of months or centuries: 五个多月, 一个半世纪."""
    match = PERIOD.match(at.text, place)
    if not match:
        return None
    months = (value + 0.5 * bool(match["half"])) * PERIODS[match["period"]]
    fact = at.fact(Kind.UNIT, ("month", months), weight=weight, face=value, end=match.end())
    if match["half"]:
        return fact
    return fact._replace(hints=(("n", value),), bound=Bound.OVER)


def measured(at: Place, value: float, place: int, weight: Weight, sign: str | None) -> Fact:
    """Return a figure with its unit or currency, or a mere number."""
    text = at.text
    found: tuple[Measure, ...] = signs().measures[sign] if sign else ()
    spare = SPARE.match(text, place)
    begins = [place, *([spare.end()] if spare else [])]
    if period := None if sign else _period(at, value, place, weight):
        return period
    half = AND_A_HALF.match(text, place)
    is_half = False
    if half:
        begins, is_half = [half.end()], True
    for begin in begins:
        word = chinese_words().pattern.match(text, begin)
        if word and not is_foreign(text, word[1], word.end()):
            money = chinese_words().measures[word[1]]
            if not found or money[0].dimension.startswith("$"):
                found = money if not found or money[0].dimension != "$CNY" else found
                place = word.end()
            break
        if symbol := symbols().pattern.match(text, begin):
            found, place = found or symbols().measures[symbol[1]], symbol.end()
            break
    if found:
        value += 0.5 if is_half else 0.0
        return _quantity(at, value, place, weight, found)
    return mere(at, value, place, weight, spare)


def is_foreign(text: str, unit: str, end: int) -> bool:
    """Whether what looks like a unit is the beginning of another word."""
    after = text[end : end + 1]
    return (unit, after) in NOT_UNITS or (unit == "元" and after in tuple("素旦宵月件老首帅"))


NOT_UNITS = frozenset(
    (unit, after)
    for unit, afters in {
        "米": "兰其饭粒面奇",
        "克": "拉服隆朗里莱",
        "里": "程斯约弄面",
        "升": "级学降值至为",
        "度": "假过日夏春秋",
        "节": "点目约能日会课",
        "日": "元本圆常",
        "天": "然津空文才下鹅",
        "周": "边期刊末围",
        "星期": "一二三四五六日天",
        "周岁": "",
        "安": "全排置徽",
        "帕": "",
        "牛": "年奶肉排仔津油群羊皮角头栏场犊市",
        "伏": "天",
        "桶": "装",
        "块": "",
        "码": "头",
        "斤": "斤",
        "磅": "",
        "年": "级轻代",
        "兆": "瓦赫",
    }.items()
    for after in afters
)


COUNTERS = frozenset(("L", "kn", "knot", "A", "V", "Pa", "yard", "li", "里", "bbl", "lb", "week"))
"""Units whose Chinese words are measure words, too: 桶, 节, 周; 块 is one or money."""


def _quantity(
    at: Place, value: float, place: int, weight: Weight, found: tuple[Measure, ...]
) -> Fact:
    text = at.text
    dimension = found[0].dimension
    if dimension.startswith("deg") and NEGATIVE.search(
        text[max(0, at.match.start() - 4) : at.match.start()]
    ):
        value = -value
    if dimension in ("month", "s") and (half := AND_A_HALF.match(text, place)):
        value, place = value + 0.5, half.end()
    readings = [(measure.dimension, rounded(value * measure.factor)) for measure in found]
    hints: list[Reading] = []
    if dimension in LENIENT:
        hints = [("n", value)]
        if text[place - 2 : place] in ("周年", "年头"):
            readings += [("o", value), ("n", value)]
    if dimension == "deg":
        readings += [("degC", value), ("Wh", rounded(value * 1000)), ("degF", value)]
        hints = [("n", value)]
    if dimension == "m" and (mixed := MIXED.match(text, place)):
        decimals = float(f"0.{mixed[1]}")
        readings, place = [("m", rounded(value + decimals))], mixed.end()
    if text[place - 1] == "块" or found[0].name in COUNTERS:
        hints = [("n", value)]
    is_money = all(measure.dimension.startswith("$") for measure in found)
    if dimension == "month" and len(at.match["figure"]) == 4 and text[place - 1] == "年":
        return at.fact(
            Kind.DATE, ("date", (int(value), None, None)), hints=(("n", value), *readings)
        )
    return Fact(
        kind=Kind.CURRENCY if is_money else Kind.UNIT,
        start=at.match.start(),
        end=place,
        readings=tuple(readings),
        hints=tuple(hints),
        face=value,
        measure=found[0].name,
        weight=weight,
        bound=bound(at, place),
    )
