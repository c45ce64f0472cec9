"""Are organizations of which nobody has agreed on a rendering in a translation at all?

Only the head words tell: where the source has a hospital, the translation has one. What the rest
of the name should be can be learnt from a document that names it again and again.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache

from pubkit.model import Span
from pubkit.names.left_forms import ACRONYM, is_in_brackets
from pubkit.names.organizations.counterparts import are_rendered
from pubkit.names.organizations.heads import (
    HEAD_HERE,
    all_heads,
    heads_in_chinese,
    renderings_of,
    sure_heads,
)
from pubkit.names.organizations.phrases import (
    HAN_HEAD,
    Phrase,
    find_han_organizations,
    find_organizations,
    has_head,
    heads_in_english,
    proofs,
)
from pubkit.names.spans import Places
from pubkit.names.units import plain_words, read_words
from pubkit.patterns import pattern
from pubkit.values import dataclass


class DoubtKind(StrEnum):
    """What seems to be wrong with an organization."""

    MISSING = "missing"
    WRONG = "wrong"
    UNTRANSLATED = "untranslated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An organization that does not seem to be in the translation as it should."""

    kind: DoubtKind
    name: str
    span: Span | None = None
    found: str = ""
    wanted: str = ""
    is_certain: bool = False


# ---------------------------------------------------------------- one text


def doubts_in_chinese(
    english: str, chinese: str, named: Iterable[Phrase], agreed: Sequence[Span]
) -> Iterator[Doubt]:
    """Yield the organizations of an English text that its Chinese translation lacks.

    Args:
        english: The text to translate.
        chinese: The translation.
        named: The organizations that the English text names.
        agreed: Where the source names what the termbase knows.
    """
    if not has_head(english):
        return
    left = tuple(_left_in(chinese, english, agreed)) if has_head(chinese) else ()
    yield from left
    phrases: dict[str, list[Phrase]] = {}
    for phrase in _without_agreed(named, agreed):
        if not any(doubt.name in phrase.text for doubt in left):
            phrases.setdefault(phrase.head, []).append(phrase)
    told = bool(left)
    for head, group in phrases.items():
        names = _distinct(group)
        lost = len(names) - len(renderings_of(head, chinese))
        if lost > 0 and (lost == len(names) or head not in LOOSE):
            foreign = _foreign_head(english, chinese)
            is_there = foreign is None and are_rendered(group, chinese)
            if foreign or not (is_there or _is_shortened(english, chinese)):
                told = True
                yield _doubt(names, foreign, chinese)
    if told or agreed:
        return
    foreign = _foreign_head(english, chinese)
    word = _lost_head(english, chinese) if foreign else ""
    if word:
        yield _doubt([word], foreign, chinese)


def _is_shortened(english: str, chinese: str) -> bool:
    """Tell whether a Chinese head that renders no word may stand for one: 该院, 公会."""
    table = heads_in_chinese()
    known = {head for word in read_words(english).items for head in table.get(word, ())}
    heads = (match[0] for match in HEAD_HERE.finditer(chinese))
    return bool(POINTING.search(chinese)) or any(
        len(head) > 1 and head not in known and head not in NO_NAMES for head in heads
    )


POINTING = pattern("[该本贵我][校院行馆所司社会部局厂台团中学公]")
NO_NAMES = frozenset(
    {"会议", "仪式", "计划", "项目", "大会", "论坛", "展览", "峰会", "年会", "网络"}
)
"""Heads of events."""


def _without_agreed(phrases: Iterable[Phrase], agreed: Sequence[Span]) -> list[Phrase]:
    taken = Places(agreed)
    return [one for one in phrases if not taken.touch(one.span.start, one.span.end)]


def _lost_head(english: str, chinese: str) -> str:
    """Return a capitalised head of which the Chinese text has nothing."""
    for match in CAPITALISED_WORD.finditer(english):
        if match[0].lower() in sure_heads() and not renderings_of(match[0].lower(), chinese):
            return match[0]
    return ""


CAPITALISED_WORD = pattern(r"\b[A-Z][a-z]+")

LOOSE = frozenset({"department", "faculty", "school", "college", "center", "centre", "office"})
"""Heads that Chinese names once for several."""


def _distinct(phrases: Iterable[Phrase]) -> list[str]:
    """Return the names, none of which is a part of another."""
    names = list(dict.fromkeys(phrase.text for phrase in phrases))
    return [name for name in names if not any(name in one for one in names if one != name)]


def _doubt(names: Sequence[str], foreign: Span | None, target: str) -> Doubt:
    return Doubt(
        kind=DoubtKind.WRONG if foreign else DoubtKind.MISSING,
        name=" / ".join(names),
        span=foreign,
        found=target[foreign.start : foreign.end] if foreign else "",
    )


_COMPANIES = """
    inc ltd limited co corp corporation plc llc gmbh group holdings holding company securities
    press
"""
COMPANIES = frozenset(_COMPANIES.split())
"""Their names often stay as they are."""


def _left_in(chinese: str, english: str, agreed: Sequence[Span]) -> Iterator[Doubt]:
    """Yield the English names that a translation has as they are, and does not explain."""
    known = [english[span.start : span.end] for span in agreed]
    latin = HAN.sub("。", chinese)  # words end where Chinese begins
    for phrase in find_organizations(latin, heads=all_heads()):
        is_left = phrase.text in english and not any(form in phrase.text for form in known)
        is_explained = EXPLANATION.match(chinese, phrase.span.end)
        if is_left and not is_explained and not is_in_brackets(phrase.span, chinese):
            is_certain = phrase.head in proofs() - COMPANIES
            yield _left(phrase.text, phrase.span, is_certain=is_certain)
    for match in WITH_ARTICLE.finditer(latin):
        if match[1].lower() in sure_heads() and match[0].lower() in english.lower():
            yield _left(match[0], Span(*match.span()), is_certain=True)


def _left(form: str, span: Span, *, is_certain: bool) -> Doubt:
    kind = DoubtKind.UNTRANSLATED
    return Doubt(kind=kind, name=form, span=span, found=form, is_certain=is_certain)


HAN = pattern(r"[\u3400-\u9fff]")
WITH_ARTICLE = pattern(r"(?<![A-Za-z] )\b[Tt]he ([A-Z][a-z]+)(?! ?[A-Za-z])")


EXPLANATION = pattern(r"\s?[（(][^（()）]*[\u3400-\u9fff]|[》”\"]")


def _foreign_head(english: str, chinese: str) -> Span | None:
    """Find a Chinese head that renders no word of the source: 诊所, where it has a hospital.

    An acronym of the source may be whatever it is.
    """
    heads = list(HAN_HEAD.finditer(chinese))
    if not heads or ACRONYM.search(english):
        return None
    words = plain_words(english)
    for match in heads:
        if words.isdisjoint(heads_in_english()[match[0]]):
            return Span(*match.span())
    return None


def doubts_in_english(
    chinese: str, english: str, named: Sequence[Phrase], agreed: Sequence[Span]
) -> Iterator[Doubt]:
    """Yield the organizations of a Chinese text that its English translation lacks."""
    told = False
    words = read_words(english).items
    by_head: dict[str, list[Phrase]] = {}
    for phrase in _without_agreed(find_han_organizations(chinese), agreed):
        is_part = HAN_HEAD.match(chinese, phrase.span.end)
        if not is_part and not NO_NAME.fullmatch(phrase.text.removesuffix(phrase.head)):
            by_head.setdefault(phrase.head, []).append(phrase)
    for head, group in () if ACRONYM.search(english) else by_head.items():
        count = sum(_renders(word, heads_in_english()[head]) for word in words)
        ends = {phrase.text[-LAST_CHARACTERS:] for phrase in group}
        if count == 0 or (count < len(ends) and head in COUNTED):
            told = True
            yield _doubt([group[0].text], _foreign_word(chinese, named), english)
    foreign = None if told or agreed else _foreign_word(chinese, named)
    if foreign:
        yield _doubt([], foreign, english)


NO_NAME = pattern(
    ".*(?:[不我你他她它来去]|自己).*|[去今明当同近次]年|目前|当时|同时|[此本]次|全体|其中|如今|据悉"
)
LAST_CHARACTERS = 4
COUNTED = frozenset({"大学", "医院", "银行", "博物馆", "图书馆", "基金会"})
"""Heads that English says of each of several."""


def _renders(word: str, renderings: Iterable[str]) -> bool:
    return any(word == one or (len(one) > SHORT and word.startswith(one)) for one in renderings)


SHORT = 3


def _foreign_word(chinese: str, named: Iterable[Phrase]) -> Span | None:
    """Find the head of an English name that renders nothing of the source."""
    for phrase in named:
        if not any(head in chinese for head in _hints_of(phrase.head)):
            return phrase.span
    return None


@cache
def _hints_of(head: str) -> tuple[str, ...]:
    """Return what in a Chinese text may be the reason for an English head."""
    return (*heads_in_chinese()[head], *KIN.get(head, "").split())


KIN = {
    "university": "校",
    "college": "校 院",
    "school": "校 院",
    "institute": "校 院",
    "hospital": "该院 本院 我院 全院 院方 院区 医",
    "clinic": "诊",
    "company": "司 企 业",
    "corporation": "企",
    "association": "协 联",
    "society": "协 联",
    "department": "门",
    "ltd": "司 企",
    "limited": "司 企",
    "co": "司 企",
    "group": "司 企",
    "committee": "委",
    "team": "人 员",
}
"""What is called 该校 in Chinese is “the University”."""
