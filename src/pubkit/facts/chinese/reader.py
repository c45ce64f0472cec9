"""The facts that a Chinese text says: figures, amounts, dates, times, telephone numbers.

The text is scanned once from left to right, full-width digits read as digits. Numerals in words
and names (一流, 四面八方, 三江) are facts that nobody has to repeat: a numeral means something
before a measure word or a unit only. What cannot be known has several readings: ``3点`` is a time
and a number, ``15日`` a date and a duration.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cache
from importlib.resources import files

from pubkit.facts.chinese import dates, figures, numbers, times
from pubkit.facts.chinese.patterns import ARABIC, HAN, NUMERAL
from pubkit.facts.chinese.place import Place, Reader
from pubkit.facts.chinese.times import afternoons
from pubkit.facts.distribution import distribute
from pubkit.facts.patterns import any_of
from pubkit.facts.units import sign_beginnings, sign_pattern
from pubkit.facts.values import Fact
from pubkit.patterns import pattern

_MODULES = (dates, numbers, times)

NARROW = str.maketrans("０１２３４５６７８９．％＋－：～＄￥（）", "0123456789.%+-:~$¥()")


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
    return pattern(
        rf"[0-9{HAN}第周半双首几数翻凌傍冠榜亚$€£¥￡₩₽₹₱₫฿₺]|星期|礼拜|[+(.]\d|上[午世个半百千万亿]|下[午半]|前半|后半"
        "|中午|正午|子夜|午[后夜]|清[晨早]|早[晨上0-9一二两三四五六七八九十]|晚[上间0-9一二两三四五六七八九十]|夜[间里晚]|深夜"
        "|今[早晚晨]|昨晚|当晚|次[晚日席]|入夜|黄昏|成[百千]|[加减倍过大对][半倍增]|头[名号]|季军|探花"
        rf"|{sign_beginnings()}|(?<![A-Za-z])[A-Za-z]"
    )


@cache
def _core(names: tuple[str, ...]) -> re.Pattern[str]:
    forms = _forms()
    return pattern("|".join(f"(?P<{name.upper()}>{forms[name]})" for name in names))


BEGINNING_WITH_A_FIGURE = (
    *("phone", "numeric", "duration", "decade", "quarter", "date", "time", "part", "nth", "number"),
)


BEGINNING_WITH_A_NUMERAL = (
    *("idiom", "decade", "quarter", "date", "duration", "time", "nth", "loose", "part", "number"),
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


@cache
def _forms() -> dict[str, str]:
    """Return the patterns of all forms, those from the tables, too."""
    return {name: form for module in _MODULES for name, form in module.FORMS.items()} | {
        "number": (rf"(?:(?P<sign>{sign_pattern()})\s?)?(?P<figure>{ARABIC}|{NUMERAL})"),
        "idiom": idioms(),
    }


def read_chinese(text: str) -> tuple[Fact, ...]:
    """Return the facts of a text, in order; ``7 月 5 日`` says what ``7月5日`` says."""
    narrow = text.translate(NARROW)
    if "x" in narrow:
        narrow = BY.sub("×", narrow)
    if not SPACE.search(narrow):
        return _read(narrow)
    spaces = [match.start() - number for number, match in enumerate(SPACE.finditer(narrow))]
    return tuple(
        fact._replace(
            start=fact.start + bisect_right(spaces, fact.start),
            end=fact.end + bisect_left(spaces, fact.end),
        )
        for fact in _read(SPACE.sub("", narrow))
    )


BY = pattern(r"(?<=[1-9])x(?=\d)|(?<=\d0)x(?=\d)")
"""What stands between length and width: 6x9."""
SPACE = pattern(r"(?<=[0-9%]) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=\d)")
"""What some houses set between digits and characters."""


def _read(narrow: str) -> tuple[Fact, ...]:
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
        found = [] if group == "IDIOM" else _READERS[group](Place(narrow, match))
        facts.extend(fact for fact in found if fact.readings)
        place = max((fact.end for fact in found), default=match.end())
    return distribute(afternoons(facts, narrow), narrow)


_READERS: dict[str, Reader] = {
    **dates.READERS,
    **figures.READERS,
    **numbers.READERS,
    **times.READERS,
}
