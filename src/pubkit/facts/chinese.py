"""The facts that a Chinese text says: figures, amounts, dates, times, telephone numbers.

The text is scanned once from left to right, full-width digits read as digits. Numerals in words
and names (一流, 四面八方, 三江) are facts that nobody has to repeat: a numeral means something
before a measure word or a unit only. What cannot be known has several readings: ``3点`` is a time
and a number, ``15日`` a date and a duration.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from pubkit.facts.distribution import distribute
from pubkit.facts.numerals import chinese_number
from pubkit.facts.patterns import any_of
from pubkit.facts.units import (
    Measure,
    chinese_words,
    sign_beginnings,
    sign_pattern,
    signs,
    symbols,
)
from pubkit.facts.values import (
    PHONE,
    Bound,
    Fact,
    Kind,
    Reading,
    Weight,
    parts_of,
    phone,
    rounded,
)

NARROW = str.maketrans("０１２３４５６７８９．％＋－：～＄￥（）", "0123456789.%+-:~$¥()")
HAN = "〇零一二两三四五六七八九十百千万亿廿卅"
_DIGIT = "[〇零一二三四五六七八九]"
_MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月(?!球|龄|饼|亮|薪|票|刊|台|光|色|嫂|子)"
_ONE_TO_NINE = "[一二三四五六七八九]"
_DAY = rf"(?:\d{{1,2}}|三十一?|[一二]?十{_ONE_TO_NINE}?|廿{_ONE_TO_NINE}?|{_ONE_TO_NINE})"
_YEAR = rf"(?:(?:1\d|20|21)\d\d|[一二]{_DIGIT}{{3}})"
_HALF_DAY = (
    "凌晨|清晨|早晨|早上|清早|上午|中午|正午|午后|下午|傍晚|晚上|晚间|当晚|今晚|昨晚|次晚|夜间|深夜|夜里|午夜"
    "|早|晚"
)
_HOUR_NUMERAL = "(?:二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九])"
_HOUR = rf"(?:2[0-4]|[01]?\d|(?<![{HAN}]){_HOUR_NUMERAL})"
_MINUTE = rf"(?:[0-5]?\d|[二三四五]?十{_DIGIT}?|零?{_DIGIT})"
_ALONE = rf"(?<![\d.,])(?:(?=\d)|(?<![{HAN}]))"
_NUMERAL = rf"[{HAN}]+(?:点{_DIGIT}+[万亿]?)?"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@cache
def idioms() -> str:
    """Return a pattern of the words whose numerals count nothing."""
    text = files("pubkit.facts").joinpath("data", "idioms.txt").read_text(encoding="utf-8")
    words = [word for line in text.split("\n") if not line.startswith("#") for word in line.split()]
    plain = (word for word in words if "(" not in word)
    return "|".join((*(word for word in words if "(" in word), any_of(plain)))


@cache
def _beginning() -> re.Pattern[str]:
    """Return a pattern of the places where a fact may begin; most characters are passed over."""
    return re.compile(
        rf"[0-9{HAN}第周半双首几数翻凌傍冠榜亚$€£¥￡₩₽₹₱₫฿₺]|星期|礼拜|[+(.]\d|上[午世个半百千万亿]|下[午半]|前半|后半"
        "|中午|正午|子夜|午[后夜]|清[晨早]|早[晨上0-9一二两三四五六七八九十]|晚[上间0-9一二两三四五六七八九十]|夜[间里晚]|深夜"
        "|今[早晚晨]|昨晚|当晚|次[晚日席]|入夜|黄昏|成[百千]|[加减倍过大对][半倍增]|头[名号]|季军|探花"
        rf"|{sign_beginnings()}|(?<![A-Za-z])[A-Za-z]"
    )


@cache
def _core(names: tuple[str, ...]) -> re.Pattern[str]:
    forms = _forms()
    return re.compile("|".join(f"(?P<{name.upper()}>{forms[name]})" for name in names))


BEGINNING_WITH_A_FIGURE = (
    *("phone", "numeric", "duration", "decade", "quarter", "date", "time", "part", "nth", "number"),
)
BEGINNING_WITH_A_NUMERAL = (
    *("idiom", "decade", "quarter", "date", "time", "nth", "loose", "part", "number"),
)
BEGINNING_WITH_A_LETTER = ("quarter", "name", "number")
BEGINNING_WITH_A_WORD = (
    *("idiom", "decade", "quarter", "time", "weekday", "nth", "loose", "number"),
)


@cache
def _cores() -> dict[str, re.Pattern[str]]:
    """Return the pattern of what may begin with a character."""
    figures, numerals, letters = (
        _core(names)
        for names in (BEGINNING_WITH_A_FIGURE, BEGINNING_WITH_A_NUMERAL, BEGINNING_WITH_A_LETTER)
    )
    ascii_letters = (chr(code) for code in range(33, 127))
    return (
        dict.fromkeys(ascii_letters, letters)
        | dict.fromkeys("0123456789+(.", figures)
        | dict.fromkeys(HAN, numerals)
    )


FORMS = {
    "phone": PHONE,
    "numeric": (r"(?<![\d./-])(?:1\d|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?![\d/]|[.-]\d)"),
    "duration": (
        r"(?:(?P<hours>\d+(?:\.\d+)?)个?(?:小时|钟头))(?P<minutes>\d{1,2})(?:分钟?(?!之))"
        r"(?:(?P<seconds>\d{1,2})秒钟?(?P<hundredths_of>\d{1,3})?)?"
        r"|(?P<only_minutes>\d{1,3})分钟?(?P<only_seconds>\d{1,2}(?:\.\d+)?)秒钟?(?P<split>\d{1,3})?"
    ),
    "decade": (
        rf"(?:(?P<base>(?:\d{{1,2}}|[{HAN}]+)世纪|上(?:个)?世纪)?的?(?P<tens>\d{{2}}|[二三四五六七八九]十)"
        rf"年代)|(?P<whole>\d{{3}}0|[一二]{_DIGIT}{{3}})年代|(?P<century>\d{{1,2}}|[{HAN}]+)世纪"
    ),
    "quarter": (
        r"第?(?P<q>[1-4一二三四首])季度?(?![节度]?[赛稻])|(?P<half>上|下|前|后)半年|[qQ](?P<qn>[1-4])(?!\d)"
    ),
    "date": (
        rf"{_ALONE}(?:(?P<year>{_YEAR})(?:年|[-/.](?=\d{{1,2}}月)))?"
        rf"(?P<month>{_MONTH})份?(?P<days>{_DAY}(?:(?:[日号])?[-—–~～至到和、及与]{_DAY})*[日号])?"
        rf"|{_ALONE}(?P<only_year>{_YEAR})年(?!代)"
        rf"|{_ALONE}(?P<only_days>{_DAY}(?:[-—–~～至到、]{_DAY})*日)(?![元本圆均落])"
    ),
    "time": (
        rf"(?P<half_day>{_HALF_DAY})?(?<![\d.,])(?:(?P<hour>{_HOUR})(?:时|点钟?)"
        rf"(?:(?P<minute>{_MINUTE})分(?!之|钟)|(?P<thirty>半)|(?P<quarter>[一三])刻|(?P<sharp>整|许|前后|左右))?"
        r"|(?P<digital>\d{1,2}:[0-5]\d)(?::[0-5]\d)?(?!\d|:\d))(?![{HAN}\d]*[个些])"
        r"|(?P<named>零点|午夜|子夜|正午|中午|半夜)"
        r"|(?P<part>凌晨|清晨|早晨|早上|清早|今晨|今早|次日晨|上午|午后|下午|傍晚|黄昏|晚上|晚间|当晚|今晚|昨晚|夜间|深夜|夜里|夜晚|入夜)"
    ).replace("{HAN}", HAN),
    "weekday": (
        rf"(?:(?<![{HAN}几多\d个])|(?<=第[{HAN}\d]个)|(?<=[每上下这那该后整]个))(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?![次个场年期名位届份本篇趟])"
        r"(?P<more>[、至到和及][一二三四五六日](?![\u4e00-\u9fff]|\d))?"
    ),
    "name": r"(?<![\w$])(?![A-Z]{0,2}[$€£¥]|(?:RMB|CNY|USD|EUR|GBP|JPY|HKD|SGD|SEK|AUD|CAD|CHF"
    r"|No|n|P|p|FY)\.?\d)[A-Za-z]{1,12}(?:-?\d+)+(?:[A-Za-z\d-]*[A-Za-z\d])?(?![A-Za-z\d])"
    r"(?!\.\d)".replace(r"\w", "A-Za-z0-9_"),
    "loose": (
        "(?P<loose>翻[一两三]?番|翻倍|倍增|加倍|减半|过半|半数|一半|大半|对半|半价|半天|半个?(?:多)?月|半个?世纪|半个?小时|半年"
        "|半百|半(?=[个块座场天程])|双(?!方向|手|脚|眼|语|向)|首|冠军|榜首|头名|头号|亚军|榜眼|次席|季军|探花|几十|数十|十几|几百|数百|上百|成百上千|数以百计|几千|数千|上千"
        "|成千上万|数以千计|几万|数万|上万|数以万计|几十万|数十万|几百万|数百万|上百万|数千万|几千万|上千万|数亿|几亿|上亿|数十亿|几十亿|数以亿计)"
    ),
    "part": (
        rf"(?:(?P<hundredths>百|千|万)|(?P<den>\d+|[{HAN}]+?))分之(?P<num>{_ARABIC}|{_NUMERAL})"
    ),
    "nth": (
        rf"(?:第|(?<=[左右])(?=[一二三四五六七八九][)、，]))(?P<nth>\d+(?:,\d{{3}})*|[{HAN}]+)(?P<nth_scale>[万亿])?"
    ),
}
"""What a fact looks like, by the reader of its form; figures with signs are made later."""


@cache
def _forms() -> dict[str, str]:
    """Return the patterns of all forms, those from the tables, too."""
    return FORMS | {
        "number": (rf"(?:(?P<sign>{sign_pattern()})\s?)?(?P<figure>{_ARABIC}|{_NUMERAL})"),
        "idiom": idioms(),
    }


class _Place(NamedTuple):
    """Where a fact was found."""

    text: str
    match: re.Match[str]

    def fact(
        self,
        kind: Kind,
        *readings: Reading,
        hints: tuple[Reading, ...] = (),
        weight: Weight = Weight.SURE,
        face: float | None = None,
        end: int | None = None,
    ) -> Fact:
        """Return a fact that begins here."""
        return Fact(
            kind=kind,
            start=self.match.start(),
            end=end or self.match.end(),
            readings=readings,
            hints=hints,
            weight=weight,
            face=face,
        )


def read_chinese(text: str) -> tuple[Fact, ...]:
    """Return the facts of a text, in order."""
    narrow = text.translate(NARROW)
    facts: list[Fact] = []
    place = 0
    search, cores, words = _beginning().search, _cores(), _core(BEGINNING_WITH_A_WORD)
    while beginning := search(narrow, place):
        start = beginning.start()
        match = cores.get(narrow[start], words).match(narrow, start)
        if not match:
            place = start + 1
            continue
        group = str(match.lastgroup)
        found = [] if group == "IDIOM" else _READERS[group](_Place(narrow, match))
        facts.extend(fact for fact in found if fact.readings)
        place = max((fact.end for fact in found), default=match.end())
    return distribute(_afternoons(facts, narrow), narrow)


def _value(numeral: str) -> float | None:
    if numeral[0].isdigit():
        return float(numeral.replace(",", ""))
    if numeral[-1] in "万亿" and "点" in numeral:
        value = chinese_number(numeral[:-1])
        return None if value is None else value * (10**4 if numeral[-1] == "万" else 10**8)
    return chinese_number(numeral)


def _integer(numeral: str) -> int:
    return int(_value(numeral) or 0)


# ---------------------------------------------------------------- dates and times


def _phone(at: _Place) -> list[Fact]:
    return [phone(at.match["PHONE"], at.match.start())]


def _numeric_date(at: _Place) -> list[Fact]:
    year, month, day = (int(part) for part in re.split(r"[-/.]", at.match["NUMERIC"]))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return []
    return [at.fact(Kind.DATE, ("date", (year, month, day)))]


def _duration(at: _Place) -> list[Fact]:
    """Read 2小时09分15秒, 1分02秒35."""
    match = at.match
    if match["hours"]:
        first, rest = 3600 * float(match["hours"]), 60 * float(match["minutes"])
        seconds, split = match["seconds"], match["hundredths_of"]
    else:
        first, rest = 60 * float(match["only_minutes"]), 0.0
        seconds, split = match["only_seconds"], match["split"]
    rest += float(f"{seconds or 0}.{split}") if split else float(seconds or 0)
    hints = (("s", first),)
    return [at.fact(Kind.UNIT, ("s", rounded(first + rest)), hints=hints, face=first)]


def _decade(at: _Place) -> list[Fact]:
    match = at.match
    if match["century"]:
        return [at.fact(Kind.DATE, ("century", _integer(match["century"])))]
    if match["whole"]:
        decade = _integer(match["whole"])
        return [at.fact(Kind.DATE, ("decade", decade), hints=(("decade", decade % 100),))]
    decade = _integer(match["tens"])
    base = match["base"]
    if not base:
        return [at.fact(Kind.DATE, ("decade", decade), ("decade", 1900 + decade))]
    century = 20 if base.startswith("上") else _integer(base[:-2])
    whole = 100 * (century - 1) + decade
    return [at.fact(Kind.DATE, ("decade", whole), hints=(("decade", decade),))]


def _quarter(at: _Place) -> list[Fact]:
    match = at.match
    if match["half"]:
        value = 1 if match["half"] in "上前" else 2
        return [
            at.fact(Kind.DATE, ("half-year", value), hints=(("o", value),), weight=Weight.LOOSE)
        ]
    name = match["q"] or match["qn"]
    value = 1 if name == "首" else _integer(name)
    is_nth = match[0].startswith("第")
    weight = Weight.SURE if is_nth or match[0].endswith("度") or match["qn"] else Weight.LOOSE
    kind = Kind.ORDINAL if is_nth else Kind.DATE
    return [at.fact(kind, ("quarter", value), hints=(("o", value),), weight=weight)]


def _date(at: _Place) -> list[Fact]:
    match = at.match
    if match["only_year"]:
        year = _integer(match["only_year"])
        hints = (("n", float(year)), ("month", 12.0 * year))
        return [at.fact(Kind.DATE, ("date", (year, None, None)), hints=hints)]
    if match["only_days"]:
        return _days(at, match["only_days"], None, None)
    year_name = match["year"]
    year_value = _integer(year_name) if year_name else None
    month = _integer(match["month"].rstrip("份")[:-1])
    if match["days"]:
        return _days(at, match["days"], year_value, month)
    is_weighty = year_value or match["month"][0].isdigit()
    weight = Weight.SURE if year_value else Weight.SMALL if is_weighty else Weight.LOOSE
    return [at.fact(Kind.DATE, ("date", (year_value, month, None)), weight=weight)]


def _days(at: _Place, days: str, year: int | None, month: int | None) -> list[Fact]:
    found = [_integer(day) for day in re.findall(rf"\d+|[{HAN}]+", days)]
    is_sure = month is not None or days[0].isdigit()
    return [
        at.fact(
            Kind.DATE,
            ("date", (year, month, day)),
            hints=() if month else (("s", 86400.0 * day), ("n", float(day)), ("o", float(day))),
            weight=Weight.SURE if is_sure else Weight.SMALL,
        )
        for day in found
    ]


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


def _time(at: _Place) -> list[Fact]:
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
        hour = _integer(match["hour"])
        minute = _minute(match)
        is_time = half_day or match["minute"] or "时" in match[0] or match["thirty"]
        weight = Weight.SURE if is_time else Weight.LOOSE
        if not is_time and not match["hour"][0].isdigit():
            weight = Weight.LOOSE
    minutes = minutes_at(half_day, hour, minute)
    hints: tuple[Reading, ...] = ()
    if match["digital"] and not half_day:
        hints = (("n", float(hour)), ("n", float(minute)))
    elif not half_day and "点" in match[0]:
        hints = (("n", float(hour)), ("time", (minutes + 720) % 1440))
    hints += tuple(("part", part) for part in parts_of(minutes))
    return [at.fact(Kind.TIME, ("time", minutes), hints=hints, weight=weight)]


def _minute(match: re.Match[str]) -> int:
    if match["minute"]:
        return _integer(match["minute"])
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


RANGE = re.compile(r"\s?[-—–~～至到]\s?")


def _afternoons(facts: list[Fact], text: str) -> list[Fact]:
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


WEEKDAYS = "一二三四五六日天"


def _weekday(at: _Place) -> list[Fact]:
    names = [at.match["day"], *(at.match["more"] or "")[1:]]
    return [at.fact(Kind.WEEKDAY, ("weekday", min(WEEKDAYS.index(name), 6))) for name in names]


# ---------------------------------------------------------------- figures


def _name(at: _Place) -> list[Fact]:
    """Read a name with figures, such as G20 or COVID-19."""
    digits = re.findall(r"\d+", at.match["NAME"])
    numbers = tuple(("n", float(number)) for number in digits if len(number) < 5)
    name = at.match["NAME"].replace("-", "").lower()
    return [at.fact(Kind.NUMBER, ("name", name), *numbers, weight=Weight.LOOSE)]


def _part(at: _Place) -> list[Fact]:
    match = at.match
    number = _value(match["num"])
    if match["hundredths"]:
        size = {"百": 100.0, "千": 1000.0, "万": 10000.0}[match["hundredths"]]
        if number is None:
            return []
        return [
            at.fact(Kind.PERCENT, ("r", rounded(number / size)), face=number)._replace(
                measure={100.0: "%", 1000.0: "‰", 10000.0: "‱"}[size],
                bound=_bound(at, match.end()),
            )
        ]
    whole = _value(match["den"])
    if not whole or number is None:
        return []
    return [at.fact(Kind.NUMBER, ("r", rounded(number / whole)), weight=Weight.SMALL)]


PLAN = re.compile(r"[”’」]?(?:规划|时期|期间|计划|开局|收官)|[”’]")


def _nth(at: _Place) -> list[Fact]:
    value = _value(at.match["nth"])
    if value is None:
        return []
    value *= SCALES.get(at.match["nth_scale"], 1)
    is_digit = at.match["nth"][0].isdigit()
    weight = Weight.SMALL if value < 11 and not is_digit else Weight.SURE
    return [at.fact(Kind.ORDINAL, ("o", value), hints=(("n", value),), weight=weight, face=value)]


ODD = re.compile(r"[多余几来]")
SCALE = re.compile(r"(?:[十百千]?万亿|[十百千]?[万亿]|[百千](?![瓦米克卡帕伏赫]))(?![一])")
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
MORE = re.compile(r"(\d+(?:\.\d+)?)(万)")
PERCENT = re.compile(
    r"\s?(?:(?P<point>%?个?(?:百分点|pct|pp(?![a-z])))|(?P<basis>个?(?:基点|bp(?![a-z])))|(?P<mille>‰)|(?P<percent>%)"
    r"|(?P<tenth>成(?![员果功立本绩长就熟人形型分品交套年群批都语]))|(?P<off>折(?![合算射])))"
)
TIMES = re.compile(r"(?:多|余)?倍")
FRACTION = re.compile(r"/(\d+)(?![\d/.])")
SPARE = re.compile(r"\s?(?:[多余来几]?个[多余来]?|[多余来几整])(?=[^\s])")
HALF = re.compile(r"个?(半)|(?<=[年天日时]) ?半")
CLASSIFIERS = frozenset(
    "个名位人家所项件场届次条张台套辆艘座栋层楼间床只份部册本幅篇首句段章节期批轮天周岁秒种类款组队对国省市县区校院系门级步道"
    "线点角块笔户通股方大类处地支枚颗粒片瓶盒箱桶包袋杯顿餐遍趟回声手株棵头匹口亩栏号室厅馆站环圈面枪箭星连冠强甲等页集卷期版"
    "路车列班架船舱席票员名师者例宗起案桩幢排排行屏款网城村镇乡街店厂企社馆机轴轮缸座联旗州字词倍元多余年月日时分"
)


def _number(at: _Place) -> list[Fact]:
    """Read a figure with what stands around it, or a numeral."""
    match = at.match
    numeral = match["figure"]
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


FIVE_YEARS = re.compile("十[一二三四五六]五")
EXTRA = re.compile("[一二三四五六七八九半]")
AND_A_HALF = re.compile("个?半")
NEGATIVE = re.compile("零下|负|[-−]$")
LATIN = re.compile(r"[A-Za-z\d-]+")
NEXT_TO = re.compile(r"([一二两三四五六七八九])([二三四五六七八九])")


def _numeral(at: _Place, numeral: str) -> list[Fact]:
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
    value = _value(numeral)
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


def _two_numerals(at: _Place, numeral: str, place: int) -> list[Fact]:
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
    at: _Place, value: float, place: int, weight: Weight, scale: float, is_odd: bool
) -> list[Fact]:
    """Read the unit, currency or rank of a figure."""
    sign = at.match["sign"]
    is_followed = at.text[place : place + 1] in characters_after_figures()
    facts = [] if sign or not is_followed else _special(at, value, place, weight)
    if not facts and not sign and not is_followed:
        facts = [_mere(at, value, place, weight, SPARE.match(at.text, place))]
    elif not facts:
        facts = [_measured(at, value, place, weight, sign)]
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


RISES = re.compile(r"(?:增|涨|升|高|多|大|快|翻|超|长)[^，。；]{0,6}$")


def _special(at: _Place, value: float, place: int, weight: Weight) -> list[Fact]:
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


def _percent(at: _Place, value: float, percent: re.Match[str], weight: Weight) -> Fact:
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
        bound=_bound(at, percent.end()),
    )


LENIENT = frozenset({"month", "TEU"})
"""Units that a text may leave out: an age, a number of boxes."""
MIXED = re.compile(r"(?<=米)(\d{1,2})(?!\d|[.,]\d|个|名|位)")
AGE = re.compile(r"\s?岁")
ANNIVERSARY = re.compile(r"周年|年头|年度")
MINUTES = re.compile(r"分(?=[，。；、）)至到—～~-]|$|钟|内)")
NUMBER_SIGN = re.compile(r"号")
OPEN = re.compile(r"\s?[\u4e00-\u9fffA-Za-z]")
CLOSING = frozenset("的之处至到和与及或、，。；：！？（）“”，,.;:!?()—–~～-")


def _measured(at: _Place, value: float, place: int, weight: Weight, sign: str | None) -> Fact:
    text = at.text
    found: tuple[Measure, ...] = signs().measures[sign] if sign else ()
    spare = SPARE.match(text, place)
    begins = [place, *([spare.end()] if spare else [])]
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
    return _mere(at, value, place, weight, spare)


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


COUNTERS = frozenset(("L", "kn", "A", "V", "Pa", "yard", "li", "里", "bbl", "lb", "week"))
"""Units whose Chinese words are measure words, too: 桶, 节, 周; 块 is one or money."""


def _quantity(
    at: _Place, value: float, place: int, weight: Weight, found: tuple[Measure, ...]
) -> Fact:
    text = at.text
    dimension = found[0].dimension
    if dimension.startswith("deg") and NEGATIVE.search(
        text[max(0, at.match.start() - 4) : at.match.start()]
    ):
        value = -value
    if dimension == "month" and (half := AND_A_HALF.match(text, place)):
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
        bound=_bound(at, place),
    )


def _mere(
    at: _Place, value: float, place: int, weight: Weight, spare: re.Match[str] | None
) -> Fact:
    text, figure = at.text, at.match["figure"]
    if AGE.match(text, place):
        readings: tuple[Reading, ...] = (("n", value), ("month", 12 * value))
        return at.fact(Kind.NUMBER, *readings, weight=weight, face=value)._replace(
            bound=_bound(at, place + 1)
        )
    is_digits = figure[0].isdigit()
    after = text[place : place + 1]
    if is_digits and after == "日" and text[at.match.start() - 1 : at.match.start()] == "月":
        return at.fact(Kind.DATE, ("date", (None, None, int(value))))
    if after == "旬" and value < 11:
        return at.fact(Kind.NUMBER, ("n", 10 * value), weight=weight, end=place + 1)
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
        bound=_bound(at, place),
        is_open=bool(after) and after not in CLOSING and bool(OPEN.match(text, place)),
    )


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


def _loose(at: _Place) -> list[Fact]:
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


NOT_BOUNDS = ("不超过", "不多于", "不高于", "至多", "最多", "不晚于")
OVER = (
    *(
        "不少于",
        "不低于",
        "不小于",
        "至少",
        "最少",
        "超过",
        "突破",
        "高于",
        "大于",
        "多于",
        "首破",
        "超出",
    ),
    *("超越", "超", "逾", "破", "突破了", "超过了"),
)
UNDER = (
    "将近",
    "接近",
    "不到",
    "不足",
    "未满",
    "不满",
    "低于",
    "少于",
    "小于",
    "不及",
    "未达",
    "逼近",
    "近",
)
ABOUT = ("大约", "约", "大概", "大致")
AFTER = re.compile(
    r"[^，。；、\d]{0,3}?(?:(?P<over>以上|之多|有余)|(?P<under>以下)|(?P<about>左右|上下|前后|许))"
)
RECENT = re.compile("来|间|以来|里|中|内|的?时间")


def _bound(at: _Place, end: int) -> Bound:
    start = at.match.start()
    before = at.text[max(0, start - 4) : start].rstrip()
    if before.endswith(NOT_BOUNDS):
        return Bound.NONE
    if before.endswith(OVER):
        return Bound.OVER
    if before.endswith(UNDER) and not (before.endswith("近") and RECENT.match(at.text, end)):
        return Bound.UNDER
    if before.endswith(ABOUT):
        return Bound.ABOUT
    names = {"over": Bound.OVER, "under": Bound.UNDER, "about": Bound.ABOUT}
    if at.text[end : end + 1] in "多余" and at.text[end : end + 1]:
        return Bound.OVER
    after = AFTER.match(at.text, end)
    return names[str(after.lastgroup)] if after else Bound.NONE


_READERS: dict[str, Callable[[_Place], list[Fact]]] = {
    "PHONE": _phone,
    "NUMERIC": _numeric_date,
    "DURATION": _duration,
    "DECADE": _decade,
    "QUARTER": _quarter,
    "DATE": _date,
    "TIME": _time,
    "WEEKDAY": _weekday,
    "NAME": _name,
    "PART": _part,
    "NTH": _nth,
    "NUMBER": _number,
    "LOOSE": _loose,
}
