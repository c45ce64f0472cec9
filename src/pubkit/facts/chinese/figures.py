"""Chinese figures and numerals, with what stands around them."""

from functools import cache

from pubkit.facts.chinese.counts import mere
from pubkit.facts.chinese.place import Place, Reader
from pubkit.facts.chinese.quantities import SPARE, measured
from pubkit.facts.chinese.shares import special
from pubkit.facts.chinese.values import SCALES, value_of
from pubkit.facts.numerals import chinese_number
from pubkit.facts.units import chinese_words, symbols
from pubkit.facts.values import Bound, Fact, Kind, Weight, rounded
from pubkit.patterns import pattern

PLAN = pattern(r"[”’」]?(?:规划|时期|期间|计划|开局|收官)|[”’]")


ODD = pattern(r"[多余几来]")


SCALE = pattern(r"(?:[十百千]?万亿|[十百千]?[万亿]|[百千](?![瓦米克卡帕伏赫]))(?![一])")


MORE = pattern(r"(\d+(?:\.\d+)?)(万)")


def _number(at: Place) -> list[Fact]:
    """Read a figure with what stands around it, or a numeral."""
    match = at.match
    numeral = match["figure"]
    is_argument = at.text.startswith("$", match.end()) and at.text[match.start() - 1] == "%"
    if is_argument or at.text.startswith("进制", match.end()):
        return []
    if not numeral[0].isdigit():
        return _numeral(at, numeral)
    value, place, scale = float(numeral.replace(",", "")), match.end(), 1.0
    odd = ODD.match(at.text, place)
    begin = odd.end() if odd else place
    if found := SCALE.match(at.text, begin):
        for character in found[0]:
            scale *= SCALES[character]
        place = found.end()
        value *= scale
        while more := MORE.match(at.text, place):
            value, place = value + float(more[1]) * 10**4, more.end()
    return _figure(at, rounded(value), place, Weight.SURE, scale, bool(odd))


FIVE_YEARS = pattern("十[一二三四五六]五")


NINE = "一二三四五六七八九"
TIMES_IN_WORDS = frozenset("两三四五")
"""两度 is twice; few temperatures are written in words."""


NEXT_TO = pattern(r"([一二两三四五六七八九])([二三四五六七八九])")


def _numeral(at: Place, numeral: str) -> list[Fact]:
    place = at.match.end()
    after = at.text[place : place + 1]
    if (
        numeral[-1] in "千百"
        and len(numeral) > 1
        and numeral[-2] in "万亿"
        and after in tuple("瓦米克卡")
    ):
        numeral, place = numeral[:-1], place - 1
    if FIVE_YEARS.fullmatch(numeral) and PLAN.match(at.text, place):
        nth = 11.0 + "一二三四五六".index(numeral[1])
        five = (("n", 5.0), ("month", 60.0))
        return [at.fact(Kind.ORDINAL, ("o", nth), ("n", nth), *five, weight=Weight.LOOSE)]
    if after == "折" and len(numeral) == 2 and numeral[1] in NINE:
        share = 0.1 * (NINE.find(numeral[0]) + 1) + 0.01 * (NINE.index(numeral[1]) + 1)
        off = (("r", rounded(share)), ("r", rounded(1 - share)))
        return [at.fact(Kind.PERCENT, *off, weight=Weight.SMALL, end=place + 1)]
    value = value_of(numeral)
    if after == "度" and value and numeral in TIMES_IN_WORDS:
        return [at.fact(Kind.NUMBER, ("n", value), ("deg", value), weight=Weight.LOOSE)]
    if value is None:
        return _two_numerals(at, numeral, place)
    odd = ODD.match(at.text, place)
    if numeral[-1] in "十百千" and odd and (scale := SCALE.match(at.text, odd.end())):
        for character in scale[0]:
            value *= SCALES[character]
        place = scale.end()
    return _figure(at, rounded(value), place, _weight(numeral, value), 1.0, bool(odd))


def _weight(numeral: str, value: float) -> Weight:
    if numeral[0] in "百千万亿" or numeral in ("一百", "一千", "一万", "一亿") or value < 2:
        return Weight.LOOSE
    if value < 11:
        return Weight.SMALL
    return Weight.SURE


def _two_numerals(at: Place, numeral: str, place: int) -> list[Fact]:
    """Read 三四十, 七八百, 两三 as two numbers; nothing else that is not one number."""
    pair = NEXT_TO.search(numeral)
    if not pair or len(numeral) > 5:
        return []
    head, tail = numeral[: pair.start()], numeral[pair.end() :]
    values = [chinese_number(head + digit + tail) for digit in pair.groups()]
    return [
        _figure(at, value, place, Weight.SMALL, 1.0, False)[0]._replace(weight=Weight.LOOSE)
        for value in values
        if value is not None
    ]


def _figure(
    at: Place, value: float, place: int, weight: Weight, scale: float, is_odd: bool
) -> list[Fact]:
    """Read the unit, currency or rank of a figure."""
    sign = at.match["sign"]
    is_followed = at.text[place : place + 1] in characters_after_figures()
    facts = [] if sign or not is_followed else special(at, value, place, weight)
    if not facts and not sign and not is_followed:
        facts = [mere(at, value, place, weight, SPARE.match(at.text, place))]
    elif not facts:
        facts = [measured(at, value, place, weight, sign)]
    bound = Bound.OVER if is_odd else Bound.NONE
    return [
        fact._replace(scale=scale, bound=fact.bound or bound) if scale > 1 or bound else fact
        for fact in facts
    ]


@cache
def characters_after_figures() -> frozenset[str]:
    """Return the characters after a figure that may change what it says."""
    forms = (*chinese_words().measures, *symbols().measures)
    return frozenset((*(form[0] for form in forms), *"%‰个成折倍多余几来整半/旬岁 pb"))


READERS: dict[str, Reader] = {
    "NUMBER": _number,
}
