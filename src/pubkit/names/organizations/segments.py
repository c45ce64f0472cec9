"""Where names of organizations stand in a Chinese text: before a head, as far as a mark."""

from functools import lru_cache

from pubkit.names.organizations.heads import HEAD_HERE
from pubkit.names.organizations.lexicon import words_of
from pubkit.patterns import pattern
from pubkit.values import dataclass

BEFORE_NAME = pattern(
    r"[^\u3400-\u9fff]|[的在为由向对从是了将被把让于该因某]|(?<![高中初平])等|一[家所个]"
)
LONGEST = 16
NO_HEAD_BEFORE = {
    "部": "门分队件落位",
    "局": "势面限",
    "会": "议员见场",
    "院": "士校",
    "科": "学技研目",
    "所": "有在以",
    "站": "在点",
    "系": "统列",
    "社": "会区",
    "组": "织成",
    "台": "湾风",
}
"""What makes another word of a head: 部门, 会议."""


BRANCHES = frozenset(
    {"证券", "保险", "信托", "基金", "资本", "投资", "控股", "银行", "联合", "企业"}
)
"""Heads that say what a company does where another head follows: 保险公司."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands before a head, in which a name begins somewhere."""

    start: int
    end: int
    head: str

    def text(self, chinese: str) -> str:
        """Return the characters of the segment and its head."""
        return chinese[self.start : self.end + len(self.head)]

    @property
    def reach(self) -> int:
        """Where the words of the name end at the latest: 药学 of 药学院."""
        return self.end + (self.head in ("学院", "学会"))


@lru_cache(maxsize=64)
def segments(chinese: str) -> tuple[Segment, ...]:
    """Return what stands before each head of a text: no further than a mark or another head."""
    found: list[Segment] = []
    last = 0
    for match in HEAD_HERE.finditer(chinese):
        head, after = match[0], chinese[match.end() : match.end() + 1]
        if after and after in NO_HEAD_BEFORE.get(head, ""):
            continue
        if head in BRANCHES and HEAD_HERE.match(chinese, match.end()):
            continue
        start = max(last, match.start() - LONGEST)
        for mark in BEFORE_NAME.finditer(chinese, start, match.start()):
            start = mark.end()
        segment = Segment(start, match.start(), head)
        if match.start() > start and (len(head) > 1 or last_word(segment, chinese)):
            found.append(segment)
            last = match.end()
        elif len(head) > 1:
            last = match.end()
    return tuple(found)


def last_word(segment: Segment, chinese: str) -> str:
    """Return the word of two characters or more right before the head; empty if none is known."""
    for start, end in words_of(chinese, segment.start, segment.end)[-1:]:
        if end == segment.end and end - start > 1:
            return chinese[start:end]
    return ""


@lru_cache(maxsize=64)
def names_of(chinese: str) -> str:
    """Return what may be names of organizations in a text, one in a line."""
    return "\n".join(one.text(chinese) for one in segments(chinese))


def is_head_behind(place: int, segment: Segment, chinese: str) -> bool:
    """Tell whether the head follows, but for what makes one of two: 文化信托基金."""
    return place >= segment.end or chinese[place : segment.end] in BRANCHES
