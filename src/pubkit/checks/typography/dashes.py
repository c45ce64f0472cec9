"""Dots and dashes: the ellipsis, the dash, ranges, the dot in foreign names."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pubkit.checks.pair import Pair
from pubkit.checks.registry import check
from pubkit.checks.typography.house import Form, is_of_the_house
from pubkit.checks.typography.line import HAN, Line, Manner, having, read_line
from pubkit.checks.typography.transliteration import CHARACTERS, is_between_foreign_names
from pubkit.formats.markdown.prose import OBJECT
from pubkit.messages import gettext as _
from pubkit.model import Problem, Role, Severity
from pubkit.patterns import pattern

# ---------------------------------------------------------------- the ellipsis

DOTS = ("…", "...", "。。。", "．．．", "・・・")
CHINESE_ELLIPSIS = pattern(
    rf"(?<=[{HAN}”’）》」』，、？！])\.{{3,7}}|\.{{3,7}}(?=[{HAN}“‘（《])"
    r"|。{3,7}|．{3,7}|・{3,7}|(?<!…)(?:…|…{3})(?!…)"
)
ENGLISH_ELLIPSIS = pattern(r"…{2,}|。{2,}|(?<![. ])\.{5,9}(?!\.)")


def _has_dots(pair: Pair) -> bool:
    text = pair.once(read_line).text
    return any(dots in text for dots in DOTS)


@check(Pair, severity=Severity.WARNING, only_if=_has_dots)
def ellipsis(pair: Pair) -> Iterator[Problem]:
    """An ellipsis is not the one of the language: six dots in Chinese, three in English.

    Why:
        Three dots or three circles come from another language, or another keyboard.

    Bad:
        “I remember...” she said. → 她说：“我记得...”

    Good:
        “I remember...” she said. → 她说：“我记得……”

    Source:
        GB/T 15834-2011, 4.11: six dots, which take the place of two characters.
    """
    line = pair.once(read_line)
    if not (line.is_chinese or line.manner is Manner.ENGLISH):
        return
    pattern, right = (CHINESE_ELLIPSIS, "……") if line.is_chinese else (ENGLISH_ELLIPSIS, "...")
    for match in pattern.finditer(line.text):
        if line.is_chinese and is_of_the_house(line.pair, _dots(match[0])):
            continue
        yield from line.fault(
            _("“{found}” is no ellipsis: it is “{right}”").format(found=match[0], right=right),
            (*match.span(), right),
        )


@lru_cache
def _dots(found: str) -> Form:
    """Return the form of an ellipsis that is none."""
    mark = re.escape(found[0])
    number = "3," if found[0] == "." else len(found)
    return Form(pattern(rf"(?<!{mark}){mark}{{{number}}}(?!{mark})"), pattern("……"))


# ---------------------------------------------------------------- the dash

LINES = frozenset("-—–―─‒−")
DASH = pattern(
    rf"(?P<strong>(?<![-—\dA-Za-z!])[ ]?(?:-{{2,3}}|―{{1,2}}|─{{2}}|–|—(?!—)|—{{3}}(?!—))[ ]?"
    r"(?![-—>\dA-Za-z])"
    rf"|(?<=[{HAN}”’）》]) [–-] (?=[{HAN}“‘（《]))"
    rf"|(?P<first>^[-–][ ]?(?=[{HAN}“]))"
    rf"|(?P<weak>(?<=[{HAN}”’）》])-(?=[{HAN}“‘（《])"
    rf"|(?<=[{HAN}”’）》])(?:[–—-]|--)(?=[A-Za-z\d])|(?<=[A-Za-z\d])(?:[–—]|--)(?=[{HAN}“‘（《]))"
)
ENGLISH_DASH = pattern(r"[ ]?(?:—{2,}|─{2,})[ ]?")
BREAK = pattern(r"—+|(?<!\d)\s–\s|\s--?\s|(?<=[a-z])--(?=[a-z])|──|―+")
"""A dash in the source."""


@check(Pair, severity=Severity.WARNING, only_if=having(LINES))
def dash(pair: Pair) -> Iterator[Problem]:
    """A hyphen or a short dash stands in place of ——, or —— in English.

    Why:
        A short line joins, as between two places; a dash divides. Readers take one for the other.

    Bad:
        They had one aim — clean water. → 他们只有一个目标—清洁的水。

    Good:
        They had one aim — clean water. → 他们只有一个目标——清洁的水。

    Source:
        GB/T 15834-2011, 4.10: —— takes the place of two characters. 4.13: — and - join places,
        times and the parts of a compound.
    """
    line = pair.once(read_line)
    if line.is_chinese:
        yield from _short_dashes(line)
    elif line.is_latin:
        for match in ENGLISH_DASH.finditer(line.text):
            yield from line.fault(
                _("“{found}” is no dash of this language: it is “—”").format(
                    found=match[0].strip()
                ),
                (*match.span(), "—"),
            )


QUOTED = frozenset({Role.ATTRIBUTION, Role.QUOTATION})


def _short_dashes(line: Line) -> Iterator[Problem]:
    text = line.text
    missing = len(BREAK.findall(line.source)) - text.count("——") - _has_dateline(line)
    for match in DASH.finditer(text):
        mark = match[0].strip()
        if mark == "——" or (line.manner is Manner.TRADITIONAL and mark in "──"):
            continue
        if mark in line.source and (_is_a_rule(match) or LATIN.fullmatch("".join(_around(match)))):
            continue
        if match["first"] and not (line.pair.roles & QUOTED or BREAK.match(line.source)):
            continue
        is_dash = match["first"] or mark in ("--", "---", "―", "――", "──", "———")
        if not is_dash and not (
            missing > 0 if match["weak"] else (missing > 0 or not _joins(line, match))
        ):
            continue
        missing -= 1
        if is_of_the_house(line.pair, _lines(match[0])):
            continue
        yield from line.fault(
            _("“{found}” is too short for a dash: it is “——”").format(found=mark),
            (*match.span(), "——"),
            is_safe=bool(is_dash or match["strong"]),
        )


def _is_a_rule(match: re.Match[str]) -> bool:
    """Tell whether hyphens make a line or an arrow, or the sign of an option: ``--%s``."""
    if not match[0].strip().startswith("--"):
        return False
    before, after = _around(match)
    return before in ("", "\n", "<", "[") or after in ("", "\n", ">", "]", "”", '"', OBJECT)


def _around(match: re.Match[str]) -> tuple[str, str]:
    """Return what stands before and after a dash, beyond the spaces."""
    text = match.string
    return text[: match.start()].rstrip(" ")[-1:], text[match.end() :].lstrip(" ")[:1]


LATIN = pattern(r"[A-Za-z\d\ufffc]{2}")
"""On both sides of a dash, it belongs to a Latin phrase, or to keys and codes."""


DATELINE = pattern(r"\A[^—–a-z]{2,40}[^—–]{0,40} [—–] (?=[A-Z“\"])")
CHINESE_DATELINE = pattern("\\A(?:（[^）]{4,40}）|[^，。]{2,30}[讯电][:：，）])")


def _has_dateline(line: Line) -> bool:
    """Tell whether the dash behind a dateline has become a bracket or 讯."""
    return bool(DATELINE.search(line.source)) and bool(CHINESE_DATELINE.search(line.text))


@lru_cache
def _lines(found: str) -> Form:
    """Return the form of a dash that is none, with the spaces around it."""
    mark = re.escape(found.strip())
    return Form(pattern(rf"(?<![-—–\dA-Za-z])[ ]?{mark}[ ]?(?![-—–>\dA-Za-z])"), pattern("——"))


COMPOUND = pattern(
    r"\b[A-Z][\w.’']*[-–—/][A-Z]|\bbetween [A-Z]|\bfrom [A-Z]|\b[A-Z]\w+ (?:and|to) [A-Z]"
)
TIME = pattern(
    "[年月日时点分号岁天周期级度]$|[周星期][一二三四五六日天]$|[上下]午$|小学$|[今晚早]$"
)
SHORT = pattern(rf"[{HAN}]+$")
ROUTE = pattern(
    rf"[{HAN}]+(?:—[{HAN}]+)+?(?:航线|航班|铁路|高铁|公路|高速|专线|班列|走廊|线路|之间|一线|段)"
)


def _joins(line: Line, match: re.Match[str]) -> bool:
    """Tell whether a single — joins two names or times, as its source does."""
    text = line.text
    before, after = text[: match.start()][-4:], text[match.end() :][:1]
    if not before or not after or before[-1] in "，。、；：）”》" or after in "，。、；：":
        return False
    if " " in match[0]:
        return False
    if any(route.start() < match.start() < route.end() for route in ROUTE.finditer(text)):
        return True
    return bool(TIME.search(before)) or (
        bool(re.match(f"[{HAN}]", after)) and bool(COMPOUND.search(line.source))
    )


# ---------------------------------------------------------------- ranges

NUMBER = r"\d[\d,.]*"
UNIT = "[年月日号时点分秒%％℃°万亿千百元岁度倍周天人名]"
RANGE = pattern(
    rf"(?<![\dA-Za-z.,/:\-–—~#№_+(]){NUMBER}(?::\d\d)?(?P<unit>{UNIT}{{0,3}})"
    rf"(?P<mark> ?(?:-|~|∼|--) ?)(?P<end>\d[\d,.]*\d|\d)(?P<time>:\d\d)?"
    rf"(?P<after>{UNIT}|[{HAN}]|[a-zA-Z]{{1,4}})?(?![-–~]\d|[\d:])"
)
MEASURES = frozenset(
    "年月日号天周岁人名个位家所项万亿千百十余多元美欧英港日韩澳新倍米公平吨度分秒时小届级层次场台套件份部门条"
    "期页章节课种类支只把张座辆艘处起例毫厘克兆瓦字集轮世成股亩里港海光摄华%％℃°"
)
LATIN_UNITS = pattern("[kcmnMGT]?(?:m|g|W|V|A|Hz|L|l|Pa|B|s|h|d|t)|min")
IDENTIFIER = pattern(
    r"(?:[A-Za-z№#]|号码|电话|热线|传真|手机|编号|型号|邮编|合同|文号|证书|刊号|代码|账号|学号|批号|地址|标准|图|表|式|附件"
    r"|机型|波音|路)[：: ]?$"
)
SCORE = pattern(
    "^(?:战|击|胜|负|领|落|力|逆|险|完|告|险|绝|取|拿|平)|^的?(?:比分|总比分|优势|战绩)"
)
HALL = pattern("号[厅馆展]")
DOORS = frozenset("室号栋幢楼")
DECIMAL = pattern(r"0\.\d+")
YEAR = pattern(r"1[5-9]\d\d|20\d\d")
RANGE_MARKS = frozenset("-～—~∼")


@check(Pair, severity=Severity.WARNING, only_if=having(RANGE_MARKS))
def range_(pair: Pair) -> Iterator[Problem]:
    """A hyphen or a tilde stands between the ends of a range.

    Why:
        The hyphen belongs to numbers such as those of a telephone.

    Bad:
        It takes 3 to 5 days. → 需要3-5天。

    Good:
        It takes 3 to 5 days. → 需要3～5天。

    Source:
        GB/T 15834-2011, 4.13: ～ between the ends of a range of numbers, — between times and
        years. – and 至 are good, too.
    """
    line = pair.once(read_line)
    if line.is_chinese:
        for match in RANGE.finditer(line.text):
            if _is_range(line.text, match):
                yield from _wrong_range(line, match)
    elif line.manner is Manner.ENGLISH:
        for match in ENGLISH_RANGE.finditer(line.text):
            yield from line.fault(
                _("“{mark}” in a range: it is “{right}”").format(mark=match[0].strip(), right="–"),
                (*match.span(), "–"),
            )


ENGLISH_RANGE = pattern(r"(?<=\d)%?[ ]?(?:[～~∼]|(?<! )—(?! ))[ ]?(?=\d)")


def _is_range(text: str, match: re.Match[str]) -> bool:
    if match["mark"].strip() in ("~", "∼"):
        return True
    before = text[max(0, match.start() - 5) : match.start()]
    rest = text[match.end("end") :]
    if (
        IDENTIFIER.search(before)
        or SCORE.match(rest)
        or (rest[:1] in DOORS and not HALL.match(rest) and not before.endswith("月"))
    ):
        return False
    start = match[0][: match.start("mark") - match.start()].rstrip("".join(MEASURES))
    end = match["end"]
    if match["unit"] or (match["time"] and ":" in start):
        return True
    if YEAR.fullmatch(start) and YEAR.fullmatch(end):
        return start < end and "ISSN" not in text
    if DECIMAL.fullmatch(start) and DECIMAL.fullmatch(end):
        return _value(start) < _value(end) and len(start) == len(end)
    after = match["after"] or ""
    is_measured = bool(LATIN_UNITS.fullmatch(after)) or bool(after and after[0] in MEASURES)
    return is_measured and _value(start) < _value(end)


def _value(number: str) -> float:
    try:
        return float(number.replace(",", ""))
    except ValueError:
        return 0.0


def _wrong_range(line: Line, match: re.Match[str]) -> Iterator[Problem]:
    is_time = bool(match["time"]) or bool(re.search("[年月日号时点分]", match["unit"] or ""))
    start = match[0][: match.start("mark") - match.start()]
    is_year = bool(YEAR.fullmatch(start) and YEAR.fullmatch(match["end"]))
    is_tilde = match["mark"].strip() != "-" and match["mark"].strip() != "--"
    right = "—" if (is_time or is_year) and not is_tilde else "～"
    yield from line.fault(
        _("“{mark}” in a range: it is “{right}”").format(mark=match["mark"].strip(), right=right),
        (*match.span("mark"), right),
        is_safe=is_tilde or not is_year or (match["after"] or "") in ("年", "学"),
    )


# ---------------------------------------------------------------- the dot in names

INTERPUNCTS = frozenset("•‧・．.∙⋅･●·")
LOOKALIKE = pattern(
    rf"(?<=[{HAN}])(?<![一二三四五六七八九十])(?P<dot>[•‧・．∙⋅･●])(?=[{HAN}])"
    rf"|(?<=[{HAN}])(?P<stop>\.)(?=[{HAN}])|(?<=[{HAN}])(?P<spaced>[ ]·[ ]?|·[ ])(?=[{HAN}])"
)


@check(Pair, severity=Severity.WARNING, only_if=having(INTERPUNCTS))
def interpunct(pair: Pair) -> Iterator[Problem]:
    """The dot between the parts of a foreign name is another character that looks like it.

    Why:
        A name with another dot is not found by a search, and its parts stand apart.

    Bad:
        Mario Rossi spoke. → 马里奥・罗西发言。

    Good:
        Mario Rossi spoke. → 马里奥·罗西发言。

    Source:
        GB/T 15834-2011, 4.14; Requirements for Chinese Text Layout (clreq), 3.1: U+00B7.
    """
    line = pair.once(read_line)
    if line.manner is Manner.ENGLISH:
        yield from _dots_in_english(line)
    elif line.is_chinese:
        yield from _lookalikes(line)


LATIN_NAME = pattern(r"(?<=[a-z]{2})[•‧・·∙⋅](?=[A-Z][a-z])")


def _dots_in_english(line: Line) -> Iterator[Problem]:
    """Yield the dots between two names; those of units (``kW·h``) are right."""
    for match in LATIN_NAME.finditer(line.text):
        if match[0] in line.source:
            yield from line.fault(
                _("No “{mark}” in English names").format(mark=match[0]), (*match.span(), " ")
            )


def _lookalikes(line: Line) -> Iterator[Problem]:
    text = line.text
    for match in LOOKALIKE.finditer(text):
        start, end = match.span()
        if match["dot"] == "‧" and line.manner is Manner.TRADITIONAL:
            continue
        if match["stop"] and not is_between_foreign_names(text, start):
            continue
        if match["spaced"] and not CHARACTERS.issuperset((text[start - 1], text[end])):
            continue
        yield from line.fault(
            _("The dot in names is “·” (U+00B7)"),
            (start, end, "·"),
            is_safe=not match["stop"],
        )
