"""The usual forms of Chinese figures, dates and times."""

import re
from functools import cache, lru_cache

from pubkit.facts.chinese.counts import CLASSIFIERS
from pubkit.facts.chinese.patterns import HAN
from pubkit.facts.chinese.quantities import is_foreign
from pubkit.facts.chinese.reader import NARROW, idioms
from pubkit.facts.chinese.times import minutes_at
from pubkit.facts.numerals import chinese_number
from pubkit.facts.patterns import any_of
from pubkit.facts.plain.said import (
    Reader,
    Said,
    UnusualError,
    forms,
    ignored,
    phone_of,
    read_plain,
    unusual,
)
from pubkit.facts.units import chinese_words, signs, symbols
from pubkit.facts.values import rounded
from pubkit.patterns import pattern

_YEAR = r"(?<![\d.,])(?:1[5-9]|20)\d\d"
_PARTS = "凌晨|清晨|早晨|早上|上午|午后|下午|晚上|晚间|当晚|今晚|昨晚|夜间|深夜|夜晚|入夜"
PARTS = {
    word: part
    for part, words in {
        "am": "凌晨 清晨 早晨 早上 上午",
        "pm": "午后 下午",
        "night": "晚上 晚间 当晚 今晚 昨晚 夜间 深夜 夜晚 入夜",
    }.items()
    for word in words.split()
}
WIDE = pattern("[０-９．％＄￥＋]")
WEEKDAYS = "一二三四五六日天"
SCALES = {"万": 1e4, "亿": 1e8, "万亿": 1e12, "百万": 1e6, "千万": 1e7}


FIGURES = {
    "date": (
        rf"(?<![\d.,])(?:(?P<year>{_YEAR})年)?(?P<month>\d{{1,2}})月(?![球龄饼亮薪票刊台光色嫂子])"
        r"(?:(?P<day>\d{1,2})[日号](?:[至到和—–～~-](?P<last>\d{1,2})[日号])?)?"
    ),
    "only": rf"{_YEAR}年(?![代级轻半])",
    "days": r"(?<![\d.,])\d{1,2}日(?![元本圆均落至到、和—–～~-])",
    "local": r"0\d{2,3}[ -]\d{3,4}[ -]?\d{4}(?!\d)|400-\d{3}-\d{4}(?!\d)",
    "period": r"(?P<number>[1-4])季度",
}
"""What may begin with a digit, beside an amount and a time."""
MIXED = {
    "clock": (
        rf"(?P<part>{_PARTS}|中午|傍晚|早|晚)?(?<![\d.,:])(?P<hour>\d{{1,2}})"
        rf"(?:[时点](?!(?:\d|[半整许钟前左一三{HAN}]))"
        r"|[时点:：](?P<minute>[0-5]?\d)(?!\d|[:：.]|分之|分钟)分?)"
    ),
    "weekday": (
        rf"(?<![{HAN}几多\d个])(?:周|星期|礼拜)(?P<name>[一二三四五六日天])"
        r"(?![次个场年期名位届份本篇趟]|[、至到和及][一二三四五六日天])"
    ),
    "dayparts": _PARTS,
    "phone": r"\+\d[\d ()-]{7,}\d",
    "amount": (
        r"(?P<sign><signs>)?\s?(?P<figure>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<odd>[多余])?"
        r"(?P<scale>万亿|[百千]?万|亿)?(?P<still>[多余])?(?:\s?%(?!个?百分点)(?P<percent>)"
        r"|%?个?百分点(?P<points>)|个?基点(?P<basis>)|倍(?P<times>)"
        r"|(?P<spare>个(?!月|季度|工作|百分|基点))?\s?(?P<unit><units>)?)"
    ),
    "over": "超|逾|破|多于|高于|大于|至少|最少|不少于|不低于|不小于|以上|之多|有余",
    "noon": "中午|正午",
    "midnight": "午夜|零点|子夜|半夜",
    "under": (
        rf"不到|不足|未满|不满|将近|接近|低于|少于|小于|不及|未达|逼近|近(?=[\d{HAN}])"
        "|以下(?!简称|称)"
    ),
    "unusual": (
        r"傍晚|黄昏|[今次]早|今晨|[+.−-]\d|负\d|零下"
        "|[周期拜][一二三四五六日][、至到和及][一二三四五六日天]"
    ),
    "nth": rf"第(?P<rank>\d+|[{HAN}]+)(?![\d.,季])|第?(?P<nth_quarter>[一二三四首])季度",
    "loose": "[几数上成][十百千万亿]+|百分比|翻[一两三]?番",
    "half": "过半|半数|大半|一半",
}
NUMERALS = {
    "idiom": "<idioms>",
    "share": rf"百分之(?P<hundredths>\d+(?:\.\d+)?|[{HAN}]+(?:点[{HAN}]+)?)",
    "tenth": (
        r"(?<![几])(?P<tenths>[一两二三四五六七八九])"
        r"成(?![员果功立本绩长就熟人形型分品交套年群批都语一二三四五六七八九半])"
    ),
    "ratio": rf"(?P<whole>[{HAN}]+)分之(?P<parts>[{HAN}]+)(?!点)",
    "double": "双",
    "numeral": rf"[{HAN}]+(?P<more>[多余](?![万亿]))?(?:个?(?P<measure><words>))?",
}
LATIN = r"(?<![A-Za-z])[A-Za-z]{1,12}(?:-?\d+)+(?:[A-Za-z\d-]*[A-Za-z\d])?(?!\.\d)"
BEGINNINGS = (
    rf"\d\x21-\x7e{HAN}周星礼凌清早上午下晚当今昨次夜深入傍黄中正子半几数成超逾破多高大至最不以之有"
    "突未将接低少小逼近负双第过−"
)
"""The characters with which a fact may begin."""


@cache
def _pattern() -> re.Pattern[str]:
    """Return all forms, each a group; what else may be a fact is ``unusual``."""
    units = any_of((*chinese_words().measures, *symbols().measures))
    first_signs = "".join(sorted({form[0] for form in signs().measures if ord(form[0]) > 127}))
    mixed = forms(MIXED).replace("<signs>", any_of(signs().measures)).replace("<units>", units)
    numerals = forms(NUMERALS).replace("<words>", any_of(chinese_words().measures))
    return pattern(
        rf"(?=[{BEGINNINGS}{first_signs}])(?:(?=\d)(?:{forms(FIGURES)})|{mixed}"
        rf"|(?=[{HAN}双半])(?:{numerals.replace('<idioms>', idioms())})|(?P<latin>{LATIN}))"
    )


def read_plain_chinese(text: str) -> Said:
    """Return the values of a text in usual forms.

    Raises:
        UnusualError: The text has another form.
    """
    narrow = text.translate(NARROW) if WIDE.search(text) else text
    return read_plain(narrow, text, _pattern(), _READERS)


@lru_cache(maxsize=1024)
def _number(numeral: str) -> float | None:
    return chinese_number(numeral)


def _date(match: re.Match[str], said: Said) -> None:
    year, month, day, last = match.group("year", "month", "day", "last")
    if not day and match.string[match.end() : match.end() + 1].isdigit():
        raise UnusualError
    for which in (day, last):
        if which or which is day:
            date = (int(year) if year else None, int(month), int(which) if which else None)
            said.sure.add(("date", date))


def _only_year(match: re.Match[str], said: Said) -> None:
    said.sure.add(("n", float(match["only"][:-1])))


def _day(match: re.Match[str], said: Said) -> None:
    said.sure.add(("day", int(match["days"][:-1])))


def _period(match: re.Match[str], said: Said) -> None:
    said.sure.add(("quarter", int(match["number"])))


def _noon(_match: re.Match[str], said: Said) -> None:
    said.vague.add(("time", 720))


def _midnight(_match: re.Match[str], said: Said) -> None:
    said.vague.add(("time", 0))


def _half(_match: re.Match[str], said: Said) -> None:
    said.vague.add(("r", 0.5))


def _ratio(match: re.Match[str], said: Said) -> None:
    said.sure.add(("r", rounded(_value(match["parts"]) / _value(match["whole"]))))


def _clock(match: re.Match[str], said: Said) -> None:
    minutes = minutes_at(match["part"], int(match["hour"]), int(match["minute"] or 0))
    said.sure.add(("time", minutes))


def _weekday(match: re.Match[str], said: Said) -> None:
    said.sure.add(("weekday", min(WEEKDAYS.index(match["name"]), 6)))


def _daypart(match: re.Match[str], said: Said) -> None:
    said.small.add(("part", PARTS[match["dayparts"]]))


def _value(figure: str) -> float:
    value = float(figure) if figure[0].isdigit() else _number(figure)
    if value is None:
        raise UnusualError
    return value


def _share(match: re.Match[str], said: Said) -> None:
    said.sure.add(("r", rounded(_value(match["hundredths"]) / 100)))


def _tenth(match: re.Match[str], said: Said) -> None:
    said.sure.add(("r", rounded(_value(match["tenths"]) / 10)))


def _nth(match: re.Match[str], said: Said) -> None:
    if quarter := match["nth_quarter"]:
        said.sure.add(("quarter", max(1, "首一二三四".index(quarter))))
        return
    value = _value(match["rank"])
    (said.sure if value > 1 else said.vague).add(("n", value))


def _phone(match: re.Match[str], said: Said) -> None:
    said.sure.add(phone_of(match))


def _ratio_of(match: re.Match[str]) -> tuple[str, float] | None:
    if match["percent"] is not None:
        return "r", 0.01
    if match["points"] is not None:
        return "p", 1.0
    if match["basis"] is not None:
        return "p", 0.01
    return ("x", 1.0) if match["times"] is not None else None


BEFORE = frozenset("-−./+第")
JOINED = pattern(
    rf"[至到~～—–\-、/和及与或×x](?:\d+(?:[.,]\d+)*(?![\d.,号名位人家所项件岁之期楼层])|[{HAN}])"
)
"""Another figure beside a figure, which may share its unit with it."""


def _amount(match: re.Match[str], said: Said) -> None:
    text, start, end = match.string, match.start(), match.end()
    figure, sign, scale, spare, unit = match.group("figure", "sign", "scale", "spare", "unit")
    value = float(figure.replace(",", ""))
    if (figure[0] == "0" and figure[1:2].isdigit()) or (start and text[start - 1] in BEFORE):
        raise UnusualError
    if match["odd"] or match["still"]:
        said.is_over = True
    if (which := _ratio_of(match)) is not None:
        if sign or scale:
            raise UnusualError
        said.sure.add((which[0], rounded(value * which[1])))
        return
    if scale:
        value *= SCALES[scale]
    after = text[end : end + 1]
    if unit:
        _add_measured(said, value, sign, unit, after, match)
    elif sign:  # 人民币80至680元
        if JOINED.match(text, end):
            raise UnusualError
        said.sure.add((signs().measures[sign][0].dimension, rounded(value)))
    else:
        is_followed = after in (UNUSUAL_AFTER_SPARE if spare else UNUSUAL_AFTER)
        if after and (is_followed or JOINED.match(text, end)):
            raise UnusualError
        said.sure.add(("n", rounded(value)))


UNUSUAL_AFTER_SPARE = frozenset("半多余几百")


UNUSUAL_AFTER = frozenset(
    "成折多余几来整半/旬世季月时点分刻p‰0123456789.,:²"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
"""The characters after a figure that may change what it says."""


def _add_measured(
    said: Said, value: float, sign: str | None, unit: str, after: str, match: re.Match[str]
) -> None:
    text, end = match.string, match.end()
    found = chinese_words().measures.get(unit) or symbols().measures[unit]
    if (
        (sign and signs().measures[sign][0].dimension != found[0].dimension)
        or (after and (after.isdigit() or after in "半多余/²³^几"))
        or (after.isascii() and after.isalpha() and unit[-1].isascii())
        or is_foreign(text, unit, end)
        or (len(found) > 1 and found[0].dimension[0] != "$")
        or found[0].dimension == "deg"
    ):
        raise UnusualError
    if unit in ("周年", "年头"):
        said.vague.add((found[0].dimension, rounded(value * found[0].factor)))
        said.sure.add(("n", value))
        return
    said.sure.add((found[0].dimension, rounded(value * found[0].factor)))


UNUSUAL_AFTER_NUMERAL = frozenset("分时点月日世季刻番成倍折半几多余来上下比对旬0123456789%")


def _numeral(match: re.Match[str], said: Said) -> None:
    unit = match["measure"]
    numeral = match["numeral"]
    if unit:
        numeral = numeral[: -len(unit)].removesuffix("个")
    if match["more"]:
        numeral, said.is_over = numeral[:-1], True
    text, end = match.string, match.end()
    after = text[end : end + 1]
    value = _number(numeral)
    if value is None:
        return
    if after and after in UNUSUAL_AFTER_NUMERAL and (value > 1 or after in "分成半倍"):
        raise UnusualError
    if unit:
        _add_count(said, value, unit, after, match)
    elif value < 2 or numeral[0] in "百千万亿":
        said.vague.add(("n", value))
    else:
        weighty = said.sure if value > 10 else said.small
        is_counted = value > 10 or after in CLASSIFIERS
        (weighty if is_counted else said.vague).add(("n", rounded(value)))


def _add_count(said: Said, value: float, unit: str, after: str, match: re.Match[str]) -> None:
    if is_foreign(match.string, unit, match.end()):
        raise UnusualError
    measure = chinese_words().measures[unit][0]
    reading = (measure.dimension, rounded(value * measure.factor))
    (said.sure if value > 1 else said.vague).add(reading)


def _over(_match: re.Match[str], said: Said) -> None:
    said.is_over = True


def _under(_match: re.Match[str], said: Said) -> None:
    said.is_under = True


def _double(_match: re.Match[str], said: Said) -> None:
    said.vague.add(("n", 2.0))


def _latin(match: re.Match[str], said: Said) -> None:
    said.sure.add(("name", match["latin"].replace("-", "").lower()))


_READERS: dict[str | None, Reader] = {
    "date": _date,
    "only": _only_year,
    "clock": _clock,
    "weekday": _weekday,
    "dayparts": _daypart,
    "share": _share,
    "tenth": _tenth,
    "nth": _nth,
    "phone": _phone,
    "amount": _amount,
    "over": _over,
    "under": _under,
    "days": _day,
    "local": _phone,
    "period": _period,
    "noon": _noon,
    "midnight": _midnight,
    "half": _half,
    "ratio": _ratio,
    "unusual": unusual,
    "idiom": ignored,
    "loose": ignored,
    "double": _double,
    "numeral": _numeral,
    "latin": _latin,
}
