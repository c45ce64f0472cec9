"""Faults in titles and offices."""

import re
from collections.abc import Iterator
from itertools import combinations

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.sites import Site
from pubkit.model import Span

BASES = {
    "首席执行官": "chief executive|ceo",
    "首席财务官": "chief financial|cfo",
    "总经理": "manager|president",
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

ENGLISH_OFFICE = re.compile(
    r"\b(?:Dean|Director|President|Professor|Chair(?:man|woman|person)?|Secretary|Manager"
    r"|Chancellor|Head|Researcher|Principal|Governor|Minister|Mayor|Engineer|Curator|Lecturer"
    r"|Officer|Party Secretary|Academician)\b"
)
CHINESE_MODIFIERS = {
    "常务副": r"executive",
    "副": r"\b(?:vice|deputy|associate|assistant|co-)",
    "原": r"\b(?:former|previous|then|ex-|retired)",
    "前": r"\b(?:former|previous|then|ex-|retired)",
    "名誉": r"\b(?:honorary|emerit)",
    "荣誉": r"\b(?:honorary|emerit)",
    "代理": r"\b(?:acting|interim)",
    "执行": r"\b(?:executive|managing)",
    "高级": r"\b(?:senior|principal)",
    "助理": r"\b(?:assistant)",
    "候任": r"\b(?:elect|designate|incoming)",
    "首席": r"\b(?:chief|principal|lead)",
}
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
OFFICE = "|".join(sorted(BASES, key=len, reverse=True))
MODIFIER = "|".join(CHINESE_MODIFIERS)


@fault(Group.TITLES, "wrong-title")
def title_modifier_dropped(site: Site) -> Iterator[str]:
    """A vice president has become the president, a former dean the dean."""
    if site.is_chinese:
        for match in site.matches(rf"({MODIFIER})(?=(?:{MODIFIER})*(?:{OFFICE}))"):
            if re.search(CHINESE_MODIFIERS[match[1]], site.source, re.IGNORECASE):
                yield site.substitute(match, "")
        return
    for match in site.matches(
        rf"\b({'|'.join(LATIN_MODIFIERS)})[ -](?={ENGLISH_OFFICE.pattern})",
    ):
        if re.search(LATIN_MODIFIERS[match[1].capitalize()], site.source):
            yield site.substitute(match, "")


def _added(site: Site, chinese: str, latin: str) -> Iterator[str]:
    """Yield texts in which a person's office has a modifier that the source does not know."""
    modifiers = CHINESE_MODIFIERS[chinese] if site.is_chinese else LATIN_MODIFIERS[latin]
    if re.search(modifiers, site.source, re.IGNORECASE):
        return
    for start, _end in _bare_offices(site):
        yield site.put(start, start, chinese if site.is_chinese else f"{latin} ")


@fault(Group.TITLES, "wrong-title")
def title_made_vice(site: Site) -> Iterator[str]:
    """A dean has become a vice dean."""
    yield from _added(site, "副", "Vice")


@fault(Group.TITLES, "wrong-title")
def title_made_former(site: Site) -> Iterator[str]:
    """A dean has become a former dean."""
    yield from _added(site, "原", "Former")


@fault(Group.TITLES, "wrong-title")
def title_made_honorary(site: Site) -> Iterator[str]:
    """A dean has become an honorary dean."""
    yield from _added(site, "名誉", "Honorary")


@fault(Group.TITLES, "wrong-title", "missing-title")
def title_with_other_base(site: Site) -> Iterator[str]:
    """A professor has become a lecturer, a dean a mayor."""
    for start, end in _bare_offices(site):
        for other in site.shuffled(_impossible_offices(site)):
            if other not in site.target:
                yield site.put(start, end, other)


@fault(Group.TITLES, "swapped-names", "wrong-title", "missing-title")
def titles_exchanged(site: Site) -> Iterator[str]:
    """Two persons of one text have each other's office."""
    for one, other in combinations(sorted(_offices(site)), 2):
        if site.target[slice(*one)] != site.target[slice(*other)] and one[1] <= other[0]:
            between = site.target[one[1] : other[0]]
            first, second = site.target[slice(*one)], site.target[slice(*other)]
            if not (first in second or second in first):
                yield site.put(one[0], other[1], second + between + first)


@fault(Group.TITLES, "untranslated-title", "untranslated-name", "source-left-over", "wrong-script")
def title_left_in_source_form(site: Site) -> Iterator[str]:
    """An office stands in the translation as in the source."""
    for place in site.titles:
        if (
            place.source_form not in site.target
            and place.source_form[0] != place.source_form[0].lower()
        ) or not place.source_form.isascii():
            yield site.put(place.spans[0].start, place.spans[0].end, place.source_form)


@fault(Group.TITLES, "missing-title")
def title_dropped(site: Site) -> Iterator[str]:
    """A person has lost the office."""
    for start, end in site.shuffled(_offices(site)):
        office = site.target[start:end]
        if site.target.count(office) == 1 and site.target.strip() != office:
            yield _tidy(site.put(start, end, ""))


# ---------------------------------------------------------------- offices of persons


def _offices(site: Site) -> list[tuple[int, int]]:
    """Return where the offices of named persons stand in the translation, in random order."""
    found = _chinese_offices(site) if site.is_chinese else _latin_offices(site)
    return site.shuffled(sorted(set(found)))


def _chinese_offices(site: Site) -> Iterator[tuple[int, int]]:
    names = "|".join(re.escape(place.form) for place in site.persons)
    if not names:
        return
    office = rf"(?P<office>(?:{MODIFIER})*(?:{OFFICE}))"
    for pattern in (rf"(?:{names}){office}", rf"{office}(?:{names})"):
        for match in site.matches(pattern):
            yield match.span("office")


def _latin_offices(site: Site) -> Iterator[tuple[int, int]]:
    names = [span for place in site.persons for span in place.spans]
    for place in site.titles:
        for span in place.spans:
            if any(_is_beside(span, name, site.target) for name in names):
                yield span.start, span.end


def _is_beside(office: Span, name: Span, text: str) -> bool:
    first, second = sorted((office, name), key=lambda span: span.start)
    between = text[first.end : second.start]
    return first.end <= second.start and between in (" ", ", ", " (", ", the ", ", a ")


def _bare_offices(site: Site) -> list[tuple[int, int]]:
    """Return the offices of persons that have no modifier yet."""
    modified = MODIFIER if site.is_chinese else "|".join(LATIN_MODIFIERS)
    return [
        (start, end)
        for start, end in _offices(site)
        if not re.match(modified, site.target[start:end], re.IGNORECASE)
        and not re.search(rf"(?:{modified})[ -]?$", site.target[:start], re.IGNORECASE)
    ]


def _impossible_offices(site: Site) -> list[str]:
    """Return offices that nothing in the source can mean."""
    offices = BASES if site.is_chinese else LATIN_BASES
    return [
        office
        for office, meanings in offices.items()
        if not re.search(
            rf"\b(?:{meanings})" if site.is_chinese else meanings, site.source, re.IGNORECASE
        )
    ]


def _tidy(text: str) -> str:
    """Close the gap that a dropped English office leaves."""
    return re.sub(r" +([,.;])", r"\1", re.sub(r", ?,", ",", re.sub(r"  +", " ", text))).strip()
