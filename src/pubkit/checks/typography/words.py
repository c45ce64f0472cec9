"""Words that stand twice."""

import re
from collections.abc import Iterator

from pubkit.checks.pair import Pair
from pubkit.checks.registry import check
from pubkit.checks.typography.line import HAN, Line, Manner, read_line
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity
from pubkit.patterns import pattern

PARTICLE = pattern(
    "(?<![目有])的的(?![确喀])|(?<![不甚小大已])了了(?![解断结却事])|(?<![内存现潜外实自所旨])在在"
    "|(?<![于但还只可就也硬正不若])是是(?!非)|(?<![平谐饱温缓])和和(?![美气平谐睦田解])|与与(?![会时众])"
    "|(?<![行作认以成因人视称称分])为为(?![了何])|(?<![名上中少大老干健主武即])将将(?![军领士官才帅会来])"
    r"|于于(?=\d)|被被(?!子)|(?<![自理缘事])由由(?!于)|(?<![以普涉触顾论提危波遍])及及(?![时格])"
    "|(?<!一)把把(?![关脉握手])|对对(?!方|手|面|联|象|应|话|外|内|口|接|于)(?<!一对对)(?<!面对对)|并并(?!不|未|非)"
)
PARTICLES = pattern(r"([的了在是和与为将于被由及把对并])\1")
"""Without one of them twice there is nothing to look at more closely."""
REPEAT = pattern(rf"([{HAN}]{{2,10}}?)\1")
NEVER = frozenset("不一二三四五六七八九十百千万亿零两几年月日哈呵嘻哎")
CALLS = pattern(
    "加油|你好|欢迎|谢谢|恭喜|祝贺|感谢|可以|没有|许多|很多|非常|好多|永远|真的|十分|特别|所有"
)
"""Words that are rightly said twice."""
SUFFIXES = frozenset(
    "生员家师者所院室组部厅局长科学会级类型性制化业界区城法馆主人办章规条则书网站园馆队处"
)
"""With these the second of two words may be another one: 大学大学生, 公司公司章程."""


@check(Pair, severity=Severity.WARNING)
def doubled_word(pair: Pair) -> Iterator[Problem]:
    """A word stands twice.

    Why:
        It is left over from an earlier wording, and the eye reads over it.

    Bad:
        The teachers of the school met. → 学校的的老师举行会议。

    Good:
        The teachers of the school met. → 学校的老师举行会议。

    Source:
        House rule. Words that Chinese doubles, such as 常常, and a repetition of the source are
        none.
    """
    line = pair.once(read_line)
    if line.is_chinese:
        yield from _in_chinese(line)
    elif line.manner is Manner.ENGLISH:
        for match in ENGLISH_REPEAT.finditer(line.text):
            if _is_slip(match):
                yield from _twice(line, match, match[1])


def _in_chinese(line: Line) -> Iterator[Problem]:
    text = line.text
    for match in PARTICLE.finditer(text) if PARTICLES.search(text) else ():
        yield from _twice(line, match, match[0][0])
    for match in REPEAT.finditer(text):
        if not _is_meant(line, match):
            yield from _twice(line, match, match[1])


def _twice(line: Line, match: re.Match[str], word: str) -> Iterator[Problem]:
    yield from line.fault(
        _("“{word}” stands twice").format(word=word), (*match.span(), word), is_safe=False
    )


SOURCE_REPEAT = pattern(r"\b([A-Za-z]{2,})[ ,-]+\1\b", re.IGNORECASE)


def _is_meant(line: Line, match: re.Match[str]) -> bool:
    word, text = match[1], line.text
    if len(word) < 4 and not NEVER.isdisjoint(word) and word[0] != "不":
        return True
    if CALLS.fullmatch(word) or len(set(word)) == 1:
        return True
    if len(word) == 2 and _is_done_a_little(text, match):
        return True
    following = text[match.end() : match.end() + 1]
    if len(word) == 2 and (following in SUFFIXES or word[0] == word[1]) and following:
        return not _spoils_a_name(line, match)
    return line.pair.once(_repeats_in_source)


def _is_done_a_little(text: str, match: re.Match[str]) -> bool:
    """Tell whether something is done, or felt, for a little while: 清静清静, 商量商量."""
    return (
        text[match.end() : match.end() + 1] in tuple("。，！？”吧再了")
        and WISH.search(text, max(0, match.start() - 4), match.start()) is not None
    )


WISH = pattern("[能好想要去来得让请]")


def _repeats_in_source(pair: Pair) -> bool:
    """Tell, once for a pair, whether the source says a word twice."""
    return SOURCE_REPEAT.search(pair.source_prose.text) is not None


def _spoils_a_name(line: Line, match: re.Match[str]) -> bool:
    """Tell whether an agreed name appears where one of two words is taken away."""
    around = line.text[max(0, match.start() - 20) : match.start() + 40]
    mended = around.replace(match[0], match[1], 1)
    return any(
        match[1] in term.target and term.target in mended and term.target not in around
        for term in line.pair.termbase.terms
    )


ENGLISH_REPEAT = pattern(r"(?<![\w'’-])([A-Za-z]+)[ ]+(\1)(?![\w'’-])", re.IGNORECASE)
MEANT = pattern(
    "that|had|very|so|many|much|long|far|no|ha|bye|now|really|her|do|you|him|it|blah|more",
    re.IGNORECASE,
)


PHRASAL = pattern(
    r"(?:log|check|sign|mov|carri|turn|hold|held|cam|com|go|went|settl|tun|mov|liv|pass)[a-z]* \Z"
)
"""What may stand before a word of its own and the same word of what follows: ``log in in May``."""
LONGEST_PHRASAL = 20


def _is_slip(match: re.Match[str]) -> bool:
    """Tell whether a word stands twice by mistake; names (Bora Bora) and ``had had`` do not."""
    first, second = match[1], match[2]
    if MEANT.fullmatch(first) or (
        first in ("in", "on")
        and PHRASAL.search(match.string, max(0, match.start() - LONGEST_PHRASAL), match.start())
    ):
        return False
    return second.islower() or (first == second and first.isupper() and len(first) > 3)
