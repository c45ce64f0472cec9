"""Names that go on with another head word: 云岚诊所 for 云岚医院."""

from pubkit.model import Term
from pubkit.names.agreed_forms import Form, places_of
from pubkit.names.agreement.texts import Run, Texts
from pubkit.names.organizations.heads import HEAD_HERE, head_of, sure_heads
from pubkit.patterns import pattern

SMALL_WORDS = frozenset(
    ["of", "for", "and", "in", "at", "on", "to", "a", "an", "by", "no", "new", "first", "second"]
)


def find_other_head(group: tuple[Term, ...], texts: Texts) -> Run | None:
    """Find the name of one of some terms with another head."""
    for term in group:
        for form, written in texts.agreement.forms(term):
            size = _head_size(form, written)
            stem = form[: len(form) - size]
            if size and len(stem) >= SHORTEST_STEM[texts.agreement.into_chinese]:
                run = _stem_with_head(stem, form, texts)
                if run:
                    return run
    return None


SHORTEST_STEM = {True: 2, False: 1}
"""Units: in Chinese and in English."""


def _stem_with_head(stem: Form, form: Form, texts: Texts) -> Run | None:
    items = texts.target.items
    for start in places_of(stem, texts.target):
        place = start + len(stem)
        end = _end_of_head(place, texts)
        is_other = end > 0 and items[start:end] != form
        is_name = is_other and _is_name(stem, "".join(items[place:end]))
        if is_name and not texts.is_explained(place, end):
            return start, end
    return None


def _is_name(stem: Form, head: str) -> bool:
    """Tell whether a stem makes a name with a head, and not a phrase: 审计机构."""
    return not isinstance(stem, str) or len(stem) > 2 or (len(head) > 1 and head not in PHRASES)


_PHRASES = """
    机构 组织 会议 大会 论坛 计划 项目 工作室 室 企业 公司 部门 团 仪式 中心 网络
"""
PHRASES = frozenset(_PHRASES.split())
"""Heads that make a phrase of any word."""


def _head_size(form: Form, written: str) -> int:
    if isinstance(form, str):
        return len(head_of(form))
    is_headed = form[-1] in sure_heads() and form[0] not in SMALL_WORDS | sure_heads()
    return 1 if is_headed and written[:1].isupper() else 0


def _end_of_head(place: int, texts: Texts) -> int:
    """Return where a head that begins at a place ends; 0 if none does."""
    items = texts.target.items
    if isinstance(items, str):
        form = FORM_OF_COMPANY.match(items, place)
        match = HEAD_HERE.match(items, form.end() if form else place)
        return match.end() if match else 0
    if place == len(items) or items[place] not in sure_heads():
        return 0
    begin = texts.target.starts[place]
    gap = texts.target.text[texts.target.ends[place - 1] : begin]
    return place + 1 if gap == " " and texts.target.text[begin].isupper() else 0


FORM_OF_COMPANY = pattern(r"(?:股份|有限|责任)*")
