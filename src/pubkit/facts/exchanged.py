"""Two figures of a text that have changed places in the other: 130 films from 43 countries.

The figures of both texts are the same, so no comparison of values sees it; what they count tells.
"""

import re
from collections.abc import Iterator
from functools import cache

from pubkit.model import Span
from pubkit.patterns import pattern

COUNTED = {
    "countr(?:y|ies)|nations?": "国家|国(?![内际有])",
    "films?|movies?": "影片|电影|部",
    "compan(?:y|ies)|firms?|enterprises?|businesses": "企业|公司",
    "exhibitors?": "展商",
    "hospitals?": "医院",
    "schools?": "学校|中小学",
    "universit(?:y|ies)|colleges?": "高校|大学",
    "cit(?:y|ies)": "城市|市(?!场|民)",
    "provinces?": "省",
    "villages?": "村",
    "households?|families": "户|家庭",
    "ships?|vessels?|boats?": "艘",
    "aircraft|planes?": "架",
    "trains?": "列",
    "golds?": "金|枚金牌",
    "silvers?": "银|枚银牌",
    "bronzes?": "铜|枚铜牌",
    "students?|pupils?": "学生|学员",
    "teachers?|lecturers?": "教师|老师",
    "doctors?|physicians?": "医生|医师",
    "nurses?": "护士",
    "patients?": "患者|病人",
    "children": "儿童|孩子",
    "adults?": "成年人|成人",
    "women|girls": "女[性生子孩]",
    "men|boys": "男[性生子孩]",
    "journalists?|reporters?": "记者",
    "volunteers?": "志愿者",
    "experts?|scholars?": "专家|学者",
    "seats?": "座",
    "papers?": "论文",
    "books?|volumes?": "册",
    "projects?": "项目",
    "species": "物种|种",
    "cases?": "例",
}
"""What figures count, in both languages."""
FIGURE = r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)(?![\d.%％])"
DIGITS = pattern(r"\d+")


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a counted thing in both languages, each thing a group."""
    english = "|".join(f"({noun})" for noun in COUNTED)
    chinese = "|".join(f"({noun})" for noun in COUNTED.values())
    return (
        re.compile(rf"(?i){FIGURE}[ -](?:[a-z-]+ ){{0,2}}?(?:{english})\b"),
        re.compile(
            rf"{FIGURE}[个家所名位部支条枚篇项艘架列人余多]{{0,2}}(?:[^\d，。；、]{{0,4}}?)(?:{chinese})"
        ),
    )


def exchanged(english: str, chinese: str) -> Iterator[tuple[Span, Span]]:
    """Yield the first of two figures that count one another's things in the other text."""
    if len(DIGITS.findall(chinese)) < 2:
        return
    form, chinese_form = _forms()
    theirs = _counts(chinese_form, chinese)
    if len(theirs) < 2:
        return
    ours = _counts(form, english)
    shared = sorted(ours.keys() & theirs.keys())
    for thing in shared:
        for other in shared:
            here, there = ours[thing], theirs[thing]
            if (
                thing < other
                and _value(here) == _value(theirs[other]) != _value(there)
                and _value(there) == _value(ours[other])
            ):
                yield Span(*here.span(1)), Span(*there.span(1))


def _counts(form: re.Pattern[str], text: str) -> dict[int, re.Match[str]]:
    """Return the only figure of each thing."""
    found: dict[int, list[re.Match[str]]] = {}
    for match in form.finditer(text):
        found.setdefault(match.lastindex or 0, []).append(match)
    return {thing: matches[0] for thing, matches in found.items() if len(matches) == 1}


def _value(match: re.Match[str]) -> int:
    return int(match[1].replace(",", ""))
