"""Chinese figures without a unit."""

import re

from pubkit.facts.chinese.bounds import bound
from pubkit.facts.chinese.place import Place
from pubkit.facts.values import Bound, Fact, Kind, Reading, Weight
from pubkit.patterns import pattern

CLASSIFIERS = frozenset(
    "个名位人家所项件场届次条张台套辆艘座栋层楼间床只份部册本幅篇首句段章节期批轮天周岁秒种类款组队对国省市县区校院系门级步道"
    "线点角块笔户通股方大类处地支枚颗粒片瓶盒箱桶包袋杯顿餐遍趟回声手株棵头匹口亩栏号室厅馆站环圈面枪箭星连冠强甲等页集卷期版"
    "路车列班架船舱席票员名师者例宗起案桩幢排排行屏款网城村镇乡街店厂企社馆机轴轮缸座联旗州字词倍元多余年月日时分"
)


LATIN = pattern(r"[A-Za-z\d-]+")


AGE = pattern(r"\s?岁")


OPEN = pattern(r"\s?[\u4e00-\u9fffA-Za-z]")


CLOSING = frozenset("的之处至到和与及或、，。；：！？（）“”，,.;:!?()—–~～-")


def mere(at: Place, value: float, place: int, weight: Weight, spare: re.Match[str] | None) -> Fact:
    """Return a figure without a unit."""
    text, figure = at.text, at.match["figure"]
    if AGE.match(text, place):
        readings: tuple[Reading, ...] = (("n", value), ("month", 12 * value))
        return at.fact(Kind.NUMBER, *readings, weight=weight, face=value)._replace(
            bound=bound(at, place + 1)
        )
    is_digits = figure[0].isdigit()
    after = text[place : place + 1]
    if is_digits and after == "日" and text[at.match.start() - 1 : at.match.start()] == "月":
        return at.fact(Kind.DATE, ("date", (None, None, int(value))))
    if after == "旬" and value < 11:
        decade = at.fact(Kind.NUMBER, ("n", 10 * value), weight=weight, end=place + 1)
        return decade._replace(face=10 * value, bound=Bound.OVER)
    if is_digits and after.isascii() and after.isalpha():
        end = LATIN.match(text, place)
        name = figure + (end[0] if end else "")
        return at.fact(
            Kind.NUMBER,
            ("name", name.lower()),
            ("n", value),
            weight=Weight.LOOSE,
            end=end.end() if end else place,
        )
    if not is_digits and weight is Weight.SMALL and after not in CLASSIFIERS and not spare:
        weight = Weight.LOOSE
    is_year = len(figure) == 4 and place == at.match.end() and 1500 <= value < 2100
    return Fact(
        kind=Kind.DATE if is_year and is_digits and after not in CLASSIFIERS else Kind.NUMBER,
        start=at.match.start(),
        end=place,
        readings=(("n", value), ("date", (int(value), None, None))) if is_year else (("n", value),),
        hints=(("o", value), ("s", 60 * value)) if after == "分" else (("o", value),),
        face=value,
        weight=weight,
        bound=bound(at, place),
        is_open=bool(after) and after not in CLOSING and bool(OPEN.match(text, place)),
    )
