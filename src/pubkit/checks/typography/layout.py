"""Spaces that are meant: in names and by-lines, between the halves of a title, after a label."""

from collections.abc import Iterator
from itertools import pairwise

from pubkit.checks.pair import Translation
from pubkit.checks.typography.line import HAN, Line
from pubkit.model import Role
from pubkit.names.romanization.surnames import surname_weights
from pubkit.patterns import pattern

CELLS = frozenset(
    {
        *(Role.LABEL, Role.TABLE_HEADING, Role.TABLE_CELL, Role.DATELINE, Role.LOCATION),
        *(Role.CONTACT, Role.CREDIT, Role.ATTRIBUTION, Role.LIST_ITEM, Role.KEYWORD),
    }
)
"""Where a space may divide a name and an office, a label and what it labels."""
TITLES = frozenset({Role.TITLE, Role.SUBTITLE, Role.KICKER, Role.HEADING, Role.CAPTION})
"""Where a space may divide two halves."""
LAID_OUT = CELLS | TITLES
RUN = pattern(f"[{HAN}]+")


def is_layout(line: Line, start: int, end: int) -> bool:
    """Tell whether a space between Chinese characters is meant."""
    text = line.text
    before, after = _run_before(text, start), _run_after(text, end)
    if _is_by_line(line, start, before, after):
        return True
    if BOUND_BEFORE.search(before) or BOUND_AFTER.match(after):
        return False
    if not line.pair.roles and _is_bare_label(line):
        return True
    if _is_name_of_two(text, start, before, after) or _is_slogan(text, start):
        return True
    if before + after == text and len(before) == len(after) > 3:
        return bool(line.pair.roles & LAID_OUT)
    if before[-1] + after[0] in line.pair.translation.once(_words):
        return False
    if line.pair.roles & TITLES:
        return len(before) > 2 and len(after) > 2
    return bool(line.pair.roles & CELLS) and _is_head(text, start, before, after)


BOUND_BEFORE = pattern("[与和的在为对于将从被由把及是以并而或向给让使到至了等]$")
BOUND_AFTER = pattern("[的了着过们和与及等]")
"""Words that no layout parts from the next ones."""


PARTS = pattern(rf"[{HAN}\dA-Za-z]{{1,6}}(?: [{HAN}\dA-Za-z]{{1,6}})+")
MOST_PARTS = 6


def _is_bare_label(line: Line) -> bool:
    """Tell whether a text of a program is but a few words set apart, as in its source."""
    words = line.source.split()
    return (
        bool(PARTS.fullmatch(line.text))
        and line.text.count(" ") < len(words) <= MOST_PARTS
        and line.source.rstrip()[-1:].isalnum()
    )


def _run_before(text: str, place: int) -> str:
    start = place
    while start > 0 and place - start < 30 and RUN.match(text[start - 1]):
        start -= 1
    return text[start:place]


def _run_after(text: str, place: int) -> str:
    match = RUN.match(text, place)
    return match[0] if match else ""


def _is_head(text: str, start: int, before: str, after: str) -> bool:
    """Tell whether a short word opens a cell or a part of it: ``潘锋 院长``."""
    place = start - len(before)
    if WIDENED_NAME.fullmatch(text[:start]):
        return True
    return (
        2 <= len(before) <= 4
        and len(after) > 1
        and (not place or text[place - 1] in " \u3000\n；;、|/")
    )


WIDENED_NAME = pattern(f"[{HAN}] *[{HAN}]")


# ---------------------------------------------------------------- names and by-lines

BY_LINE = pattern(
    "(?:记者|通讯员|摄影|摄像)$|^(?:编辑|责编|校对|审核|供图|来源|作者|主编|撰文|主讲人?|主持人?|报告人|单位|时间|地点"
    "|电话|邮箱|地址|附件|版权所有|本报讯|本报)$"
)
ITEM = pattern(f"[{HAN}]{{2,4}}[：:]")
"""What follows is another part of a contact line: ``邮编：100871``."""
SHORT_BY_LINE = pattern("^[文图摄]$")
ORDINAL = pattern(
    "第[一二三四五六七八九十百零]+[章节条部分篇课讲期届回编卷单元集幕场]$|^[一二三四五六七八九十]+$"
)
CREDIT = pattern("摄影?|[文图绘译]|供图|编译|整理|报道")
CREDIT_AHEAD = pattern(
    rf"[ \u3000]+[{HAN}]{{2,4}}(?:[、 ][{HAN}]{{2,4}})?[ \u3000]+(?:摄影?|供图|[文图绘])(?![{HAN}])"
)
"""The space before the name of one who took a picture: ``新机型客舱内 覃牧 摄``."""
CREDITED = frozenset({Role.CREDIT, Role.CAPTION, Role.ATTRIBUTION})
BY_LINE_OF_SEVERAL = pattern("(?:记者|通讯员|摄影|文|图|编辑|校对|作者)[ /：:]")


def _is_by_line(line: Line, start: int, before: str, after: str) -> bool:
    """Tell whether the space follows 记者 or 第一章, or stands before 摄."""
    if BY_LINE.search(before) or CREDIT.fullmatch(after) or CREDIT_AHEAD.match(line.text, start):
        return True
    if len(before) > 1 and ITEM.match(line.text, start + 1):
        return True
    is_first = start == len(before)
    if ORDINAL.search(before) and (is_first or before.startswith("第")):
        return True
    if SHORT_BY_LINE.search(before) and (is_first or line.pair.roles & CREDITED):
        return _starts_with_surname(after)
    around = line.text[max(0, start - 12) : start]
    return " " in around and bool(BY_LINE_OF_SEVERAL.search(around))


def _is_name_of_two(text: str, start: int, before: str, after: str) -> bool:
    """Tell whether the space widens a name of two characters to three: ``张 锦``."""
    if not len(before) == len(after) == 1 or before not in surname_weights():
        return False
    left, right = text[:start][-2:-1], text[start + 2 : start + 3]
    return (not left or left in "、，：；（ \u3000") and (
        not right or right in "、，。；） \u3000（"
    )


def _starts_with_surname(name: str) -> bool:
    weights = surname_weights()
    return name[:1] in weights or name[:2] in weights


# ---------------------------------------------------------------- titles and slogans

SLOGAN = pattern(rf"[“《「『]([{HAN}]+(?: [{HAN}]+)+)[”》」』]")
FURTHEST = 80
NO_SLOGAN = pattern("[的是了在]")


def _is_slogan(text: str, place: int) -> bool:
    """Tell whether a space divides the halves of a quoted slogan: “同心聚力 共创未来”."""
    start = max(text.rfind(mark, max(0, place - FURTHEST), place) for mark in "“《「『")
    match = SLOGAN.match(text, start) if start >= 0 else None
    if not match or match.end() < place:
        return False
    parts = match[1].split(" ")
    return len({len(part) for part in parts}) == 1 and not NO_SLOGAN.search(match[1])


def _words(translation: Translation) -> frozenset[str]:
    """Return all twos of Chinese characters that stand together in the document."""
    return frozenset(_twos(translation))


def _twos(translation: Translation) -> Iterator[str]:
    for pair in translation.pairs:
        for run in RUN.findall(pair.target):
            yield from map("".join, pairwise(run))


# ---------------------------------------------------------------- labels

TIME = pattern(r"\d{1,2}[:：]\d\d")
LABEL = pattern(
    r"(?:^|[（(\s])(?P<kind>图|表|附件|附录|案例|专题|议题|主题|单元|步骤|阶段|第|会场|展位|No\.)?"
    r"[ ]?[A-Z]?\d+(?:[.-]\d+)*$"
)
COUNTED = frozenset(
    "年月日号个名页人位家所项万亿多元倍米公次场台套件份部条期章种类支周天岁届层级度小分秒时点"
)


def is_label(line: Line, start: int, end: int) -> bool:
    """Tell whether a space parts a number from what it names, or the hours from a day."""
    text = line.text
    before = text[max(0, start - 12) : start]
    is_laid_out = bool(line.pair.roles & LAID_OUT)
    if TIME.match(text, end) and (is_laid_out or before[-1:] in "日号"):
        return True
    if is_laid_out and TIME.search(before[-5:]):
        return True
    label = LABEL.search(before)
    if label and text[end] not in COUNTED:
        return bool(label["kind"]) or is_laid_out
    return is_laid_out and bool(BY_LINE.search(before))


NUMBERING = pattern(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、．]|[\d一二三四五六七八九十]{1,3}[、．])$"
)


def is_numbering(line: Line, place: int) -> bool:
    """Tell whether a space follows the number of an item: ``（一） 总则``."""
    return place <= 6 and bool(NUMBERING.match(line.text[:place]))
