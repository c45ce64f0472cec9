"""Figures that are round in the source and exact in the translation: ``about 1,900`` is not 1900.

Good translators say in many ways that a figure is no exact one, so any such word near the figure
is enough.
"""

from collections.abc import Iterator

from pubkit.facts.indexed import FIGURES, Text, read_text
from pubkit.facts.values import Bound, Fact, Weight
from pubkit.patterns import pattern

_SIGN = r"(?:[A-Z]{0,3}[$€£¥] ?|(?:RMB|CNY) ?)?"
_WORD = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|[a-z]+ (?:hundred|thousand)\b)"
ENGLISH = pattern(
    r"(?i)\b(?:over|(?:more|less|fewer|higher|greater|longer|lower) than|above|exceed(?:s|ed|ing)?"
    r"|upwards? of|in excess of|surpass(?:es|ed|ing)?|topp?(?:s|ed|ing)?|beyond|pass(?:es|ed|ing)?"
    r"|under|nearly|almost|close to|approaching|below|short of|shy of|about|around|some|roughly"
    rf"|approximately|an estimated) (?:{_SIGN}\d|{_WORD})"
    r"|\d(?:\+|-plus|-odd)|\d [a-z]+ or so\b|\d or more\b"
)
CHINESE = pattern(
    "(?:逾|超|超过|超出|突破|高于|多于|近|将近|接近|不到|不足|未满|不满|低于|少于|逼近|约|大约|大概|约合|约为)"
    r"(?:人民币|了)?[\d一二三四五六七八九]|[\d十百千万亿][多余]"
    r"|[\d十百千万亿][^，。；、\d]{0,5}(?:左右|上下|以上|以下|前后|之多|有余)"
)
"""A figure that is no exact one."""
NEAR_ENGLISH = pattern(
    r"(?i)\b(?:over|than|above|exceed\w*|excess|upwards?|surpass\w*|top\w*|beyond|pass\w*|past|under"
    r"|nearly|almost|close|approach\w*|below|short|shy|about|around|some|roughly|approx\w*|estimat\w*"
    r"|plus|odd|so|more|less|fewer|least|most|up to|barely|hardly|just|well|good|minimum|maximum"
    r"|within|only|circa|ca|virtually|mere\w*|reach\w*|hit|and up|older|younger|further|record"
    r"|not|as (?:many|much))\b|[~≈+<>≥≤]"
)
NEAR_CHINESE = pattern(
    r"[逾超过近约多余破几强弱许]|\|来|左右|上下|以上|以下|以内|不[到足满及少低超高]|未[满达]|至[少多]|最[少多高低]|高于|低于"
    r"|接近|大概|估计|预计|之[多上内]|有余|前后|出头|上百|达|仅|满|[~≈+]"
)
"""Words of which any may say so."""
BEFORE, AFTER = {True: 12, False: 45}, {True: 9, False: 28}
"""How far they may stand from the figure, in Chinese and in English."""
DURING = pattern(r"(?i)\bover (?:the )?\Z")
"""``over five years`` may be: within them."""


def lost_bounds(source: str, target: str, *, is_into_chinese: bool) -> Iterator[tuple[Fact, Fact]]:
    """Yield figures that are about or over something in the source, and exact in the target."""
    here, there = (ENGLISH, CHINESE) if is_into_chinese else (CHINESE, ENGLISH)
    if is_into_chinese and not _may_be_round(source):
        return
    if sum(1 for _ in here.finditer(source)) <= sum(1 for _ in there.finditer(target)):
        return
    ours = read_text(source, is_chinese=not is_into_chinese)
    theirs = read_text(target, is_chinese=is_into_chinese)
    for fact in ours.facts:
        if _is_bound(fact, ours):
            same = [
                other for reading in fact.readings for other in theirs.readings.get(reading, ())
            ]
            if same and all(_is_exact(other, theirs) for other in same):
                yield fact, same[0]


PART_OF_NAME = pattern(r"[.:/-]\d")
"""A version or an address goes on."""


_ROUND = (
    "over than above exceed exceeds exceeded exceeding upward upwards excess surpass surpasses"
    " surpassed surpassing top tops topped topping beyond pass passes passed passing under nearly"
    " almost close approaching below short shy about around some roughly approximately estimated"
)
ROUND = frozenset(_ROUND.split())


def _may_be_round(english: str) -> bool:
    """Tell quickly whether an English text may have a figure that is no exact one."""
    words = english.lower().split()
    return not ROUND.isdisjoint(words) or any(
        sign in english for sign in ("+", "-odd", "-plus", " or more", " or so")
    )


def _is_bound(fact: Fact, text: Text) -> bool:
    """Whether a figure in digits lies beside a value, and plainly so."""
    if fact.bound is Bound.NONE or fact.weight is not Weight.SURE or fact.kind not in FIGURES:
        return False
    if PART_OF_NAME.match(text.text, fact.end):
        return False
    is_period = bool({name for name, _value in fact.readings} & {"s", "month"})
    return not (is_period and DURING.search(text.text, 0, fact.start))


def _is_exact(fact: Fact, text: Text) -> bool:
    """Whether nothing near a figure, nor itself, says that it is no exact one."""
    if any(name == "decade" for name, _value in fact.readings):
        return False
    near, is_chinese = NEAR_CHINESE if text.is_chinese else NEAR_ENGLISH, text.is_chinese
    start = max(0, fact.start - BEFORE[is_chinese])
    around = (
        text.text[start : fact.start] + "|" + text.text[fact.end : fact.end + AFTER[is_chinese]]
    )
    return fact.bound is Bound.NONE and not near.search(around)
