"""Names of a Chinese source that differ in one character from others."""

from collections.abc import Iterator

from pubkit.checks.pair import SourceTexts
from pubkit.checks.source.words import Variant, read_words
from pubkit.model import Term, TermKind
from pubkit.names.persons.finding.romanized import romanize
from pubkit.patterns import pattern

NUMBER_OR_SIDE = frozenset(
    "零〇一二三四五六七八九十百千万上下左右前后後东東西南北中内外大小新老旧高低长男女甲乙丙丁正副总分省市区區县縣镇村"
)
NOT_IN_NAMES = frozenset(
    "的了在是和与與及等为為对對将將说說也都还還就又并並其该該这這那或以从從由向把被让讓年月日时時，。、；：“”"
)
MOST_CHINESE_NAMES = 2_000


def find_chinese_variants(source: SourceTexts) -> Iterator[Variant]:
    """Yield the forms that differ in one character from an agreed name of the source."""
    terms = [term for term in source.termbase.terms if _may_be_misspelt(term)]
    forms = {form for term in source.termbase.terms for form in (term.source, *term.aliases)}
    read = source.once(read_words)
    text = read.text
    for term in terms[:MOST_CHINESE_NAMES]:
        for place in _misspelt_places(term, text):
            form = text[place : place + len(term.source)]
            if form not in forms and not any(form in other for other in forms):
                yield Variant(form, term.source, read.segment_at(place))


def _may_be_misspelt(term: Term) -> bool:
    if not HAN_ONLY.fullmatch(term.source):
        return False
    shortest = {TermKind.PERSON: 3, TermKind.ORGANIZATION: 5}.get(term.kind, 99)
    return len(term.source) >= shortest


HAN_ONLY = pattern("[\u3400-\u4dbf\u4e00-\u9fff·]+")


def _misspelt_places(term: Term, text: str) -> Iterator[int]:
    """Yield where a text has a name but for one character, and has the name elsewhere, too."""
    name = term.source
    if name not in text:
        return
    half = len(name) // 2
    for part, offset in ((name[:half], 0), (name[half:], half)):
        if len(part) < 2 and term.kind is not TermKind.PERSON:
            continue
        place = text.find(part)
        while place >= 0:
            start = place - offset
            if start >= 0 and _differs_in_one(name, text, start, term.kind):
                yield start
            place = text.find(part, place + 1)


def _differs_in_one(name: str, text: str, start: int, kind: TermKind) -> bool:
    form = text[start : start + len(name)]
    if len(form) < len(name):
        return False
    others = [at for at, (one, other) in enumerate(zip(name, form, strict=True)) if one != other]
    if len(others) != 1 or form[others[0]] in NOT_IN_NAMES | NUMBER_OR_SIDE:
        return False
    if not HAN_ONLY.fullmatch(form):
        return False
    if kind is not TermKind.PERSON or romanize(form) == romanize(name):
        return True
    return _has_edges_of_a_name(text, start, start + len(name))


BEFORE_NAME = pattern(
    "(?:[^\u4e00-\u9fff]|[由和与與及请請对對向为為是经經有]|[长長任授士师師员員记記裁理席监監官生家导導手人])\\Z|\\A\\Z"
)
AFTER_NAME = pattern(
    "\\Z|[^\u4e00-\u9fff]|[说說称稱在出为為介表指主宣致作参參任和与與及等代向讲講担擔院校董教博先女总總副同同是将將率陪也曾从從]"
)


def _has_edges_of_a_name(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 1) : start]
    return bool(BEFORE_NAME.search(before)) and bool(AFTER_NAME.match(text[end : end + 1]))
