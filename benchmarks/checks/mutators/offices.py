"""Offices and their modifiers in both languages, and where those of named persons stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.checks.sites import Place, Site
from pubkit.model import Span

BASES = {
    "首席执行官": "chief executive|ceo",
    "首席财务官": "chief financial|cfo",
    "总经理": "manager|president|managing",
    "董事长": "chair",
    "理事长": "chair|president",
    "秘书长": "secretary",
    "总工程师": "engineer",
    "研究员": "research|fellow",
    "工程师": "engineer",
    "院长": "dean|director|president|chancellor|head",
    "校长": "president|principal|chancellor|head|rector|provost",
    "主任": "director|head|dean|chair|chief|officer|manager",
    "主席": "chair|president",
    "会长": "president|chair",
    "总裁": "president|ceo|chief executive",
    "部长": "minister|director|head|secretary",
    "局长": "director|secretary|head|commissioner|chief",
    "处长": "director|head|chief",
    "所长": "director|head|president",
    "馆长": "director|curator|librarian|head",
    "行长": "president|governor",
    "市长": "mayor",
    "教授": "professor",
    "讲师": "lecturer",
    "博士": "dr|doctor|phd",
    "院士": "academician|fellow|member",
    "书记": "secretary",
    "经理": "manager",
    "总监": "director|chief|head|officer",
    "监事": "supervisor",
}
"""Chinese offices, and the English words that any of them may translate."""

LATIN_BASES = {
    "Lecturer": "讲师",
    "Chief Engineer": "总工程师|总工",
    "Secretary-General": "秘书长",
    "General Manager": "总经理",
    "Mayor": "市长",
    "Governor": "行长|省长|总督|州长",
    "Librarian": "馆长|馆员",
    "Accountant": "会计",
}
"""English offices, and the Chinese words that they may translate."""

MODIFIERS = {
    "常务副": "executive",
    "副": "vice|deputy|associate|assistant|co-",
    "原": "former|previous|then|ex-|retired",
    "前": "former|previous|then|ex-|retired",
    "名誉": "honorary|emerit",
    "荣誉": "honorary|emerit",
    "代理": "acting|interim",
    "执行": "executive|managing",
    "高级": "senior|principal",
    "助理": "assistant",
    "候任": "elect|designate|incoming",
    "首席": "chief|principal|lead",
}
"""Chinese modifiers of an office, and the English words that they translate."""

LATIN_MODIFIERS = {
    "Vice": "副",
    "Deputy": "副",
    "Associate": "副",
    "Former": "原|前",
    "Honorary": "名誉|荣誉",
    "Acting": "代",
    "Executive": "执行|常务|行政",
    "Senior": "高级|资深",
    "Assistant": "助理",
}
"""English modifiers of an office, and the Chinese words that they translate."""

ENGLISH_OFFICE = (
    r"\b(?:Dean|Director|President|Professor|Chair(?:man|woman|person)?|Secretary|Manager"
    r"|Chancellor|Head|Researcher|Principal|Governor|Minister|Mayor|Engineer|Curator|Lecturer"
    r"|Officer|Academician)\b"
)
OFFICE = "|".join(sorted(BASES, key=len, reverse=True))
MODIFIER = "|".join(MODIFIERS)
LATIN_MODIFIER = "|".join(LATIN_MODIFIERS)


@dataclass(frozen=True, order=True)
class Office:
    """The office of a named person in the translation."""

    start: int
    end: int
    text: str
    person: str

    @property
    def is_degree(self) -> bool:
        """Whether it is a degree or rank that nobody holds as a vice or a former one."""
        return self.text in ("博士", "院士", "研究员", "Dr.", "Dr", "Academician")


def offices(site: Site) -> list[Office]:
    """Return the offices of named persons, in random order."""
    found = _chinese_offices(site) if site.is_chinese else _latin_offices(site)
    return site.shuffled(sorted(set(found)))


def bare_offices(site: Site) -> list[Office]:
    """Return the offices of named persons that have no modifier yet."""
    modifier = MODIFIER if site.is_chinese else LATIN_MODIFIER
    return [
        office
        for office in offices(site)
        if not re.match(modifier, office.text, re.IGNORECASE)
        and not re.search(rf"(?:{modifier})[ -]?$", site.target[: office.start], re.IGNORECASE)
    ]


def impossible_offices(site: Site) -> list[str]:
    """Return offices that nothing in the source can mean, in random order."""
    bases = BASES if site.is_chinese else LATIN_BASES
    start = r"\b" if site.is_chinese else ""
    return [
        office
        for office, meanings in site.shuffled(bases.items())
        if not re.search(rf"{start}(?:{meanings})", site.source, re.IGNORECASE)
    ]


# ---------------------------------------------------------------- beside the names


def _chinese_offices(site: Site) -> Iterator[Office]:
    for person in site.persons:
        name = re.escape(person.form)
        office = rf"(?P<office>(?:{MODIFIER})*(?:{OFFICE}))"
        for pattern in (rf"{name}{office}", rf"{office}{name}"):
            for match in site.matches(pattern):
                yield _whole(Span(*match.span("office")), person, site)


def _latin_offices(site: Site) -> Iterator[Office]:
    for person in site.persons:
        for title in site.titles:
            for span in title.spans:
                if any(_is_beside(span, name, site.target) for name in person.spans):
                    yield _office(span, person, site)


def _whole(span: Span, person: Place, site: Site) -> Office:
    """Return the agreed title of which the characters are a part, or just these."""
    spans = (title_span for title in site.titles for title_span in title.spans)
    for whole in spans:
        if whole.start <= span.start and span.end <= whole.end:
            return _office(whole, person, site)
    return _office(span, person, site)


def _office(span: Span, person: Place, site: Site) -> Office:
    return Office(span.start, span.end, site.target[span.start : span.end], person.form)


def _is_beside(office: Span, name: Span, text: str) -> bool:
    first, second = sorted((office, name), key=lambda span: span.start)
    between = text[first.end : second.start]
    return first.end <= second.start and between in (" ", ", ", " (", ", the ", ", a ")
