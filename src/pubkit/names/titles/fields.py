"""Of what an office is: of finance or of nursing, of a province or of a town.

What it is called may differ widely between two languages. Only where both texts tell, and agree in
nothing, are they two offices. The words stand in ``data/office-fields.tsv``.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from pubkit.model import Span
from pubkit.names.tables import read_table
from pubkit.names.titles.offices import HanOffice
from pubkit.patterns import pattern
from pubkit.values import dataclass

WORDS_BEFORE = pattern(r"(?:[A-Z][A-Za-z’'&-]+ ){1,2}\Z")
WORDS_BEHIND = pattern(r",? (?:of|for) (?:[A-Za-z’'&-]+ ?){1,3}|, (?:[A-Z][A-Za-z’'&-]+ ?){1,2}")
BODY_BEFORE = pattern(r"(?:[A-Z][A-Za-z’'&-]+ ){1,6}\Z")
BODY_BEHIND = pattern(r" (?:of|for|at|to|in) [^,;.:，。(]{1,100}")
SCOPES = {
    "field": (WORDS_BEFORE, WORDS_BEHIND),
    "level": (BODY_BEFORE, BODY_BEHIND),
    "academy": (BODY_BEFORE, BODY_BEHIND),
}
"""What tells of an office stands near; what tells of the country, in the name of the body."""
LENGTHS = {"field": 8, "level": 16, "academy": 8}
OFFICES = {
    "field": frozenset(
        ["总监", "经理", "主管", "主任", "部长", "处长", "科长", "总裁", "负责人", "专员", "课长"]
    ),
    "level": frozenset(["厅长", "局长", "主任", "处长", "书记", "代表", "委员", "部长", "会长"]),
    "academy": frozenset(["院士"]),
}
"""Offices that many bodies and many fields have."""
CLAUSE_END = pattern(r"[,;.:]|\Z")
WORD = pattern(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class _Field:
    """A field or level: the kind, and how Chinese tells of it."""

    kind: str
    chinese: re.Pattern[str]


def are_of_other_fields(english: str, office: Span, han: HanOffice) -> bool:
    """Tell whether two offices can only be of different fields or levels."""
    for kind, bases in OFFICES.items():
        if han.form.base not in bases:
            continue
        here = _english_fields(_around(english, office, kind), kind)
        there = here and _chinese_fields(han.before[-LENGTHS[kind] :] + han.form.base, kind)
        clause = _clause_around(english, office) if there and not here & there else ""
        if clause and not there & _english_fields(clause, kind):
            return True
    return False


def _clause_around(english: str, office: Span) -> str:
    """Return what stands between two marks: all that may tell of an office."""
    start = max(english.rfind(mark, 0, office.start) for mark in ",;.:")
    end = CLAUSE_END.search(english, office.end)
    return english[start + 1 : end.start() if end else None]


def _around(english: str, office: Span, kind: str) -> str:
    """Return an office with the words that tell of what it is."""
    before, behind = SCOPES[kind]
    one = before.search(english, max(0, office.start - 60), office.start)
    two = behind.match(english, office.end)
    start = one.start() if one else office.start
    return english[start : two.end() if two else office.end]


@cache
def _fields() -> tuple[Mapping[str, frozenset[_Field]], frozenset[_Field]]:
    by_word: dict[str, frozenset[_Field]] = {}
    every = set()
    for kind, english, chinese in read_table("office-fields.tsv"):
        field = _Field(kind, pattern(chinese))
        every.add(field)
        for word in english.split(";"):
            by_word[word] = by_word.get(word, frozenset()) | {field}
    return by_word, frozenset(every)


@lru_cache(maxsize=1024)
def _english_fields(text: str, kind: str) -> frozenset[_Field]:
    by_word, _every = _fields()
    words = by_word.keys() & WORD.findall(text.lower())
    return frozenset(field for word in words for field in by_word[word] if field.kind == kind)


@lru_cache(maxsize=1024)
def _chinese_fields(text: str, kind: str) -> frozenset[_Field]:
    every = _fields()[1]
    return frozenset(field for field in every if field.kind == kind and field.chinese.search(text))
