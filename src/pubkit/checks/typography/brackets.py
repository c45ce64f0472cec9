"""Brackets and the marks around titles of works: in pairs, and of the right width."""

import re
from collections.abc import Iterator

from pubkit.checks.pair import Pair, Translation
from pubkit.checks.registry import check
from pubkit.checks.typography.house import Form, is_of_the_house
from pubkit.checks.typography.line import HAN, Line, Manner, having, read_line
from pubkit.checks.typography.partners import Couple, Marks, Partners, find_partners
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity
from pubkit.patterns import pattern

BRACKETS = frozenset("()（）【】〔〕")
CLOSES = Marks({")": "(（", "）": "(（", "】": "【", "〕": "〔"})
HAN_CHARACTER = pattern(f"[{HAN}]")
LABEL = pattern(
    r"(?:(?<=[\s；;，,、。：:（(])|^)(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3})[)）]"
    r"|[:;]-?[()]"
)
"""Brackets without a partner that are right: ``1)`` before an item, and a smile."""


def _is_label(text: str, place: int) -> bool:
    return bool(LABEL.match(text, max(0, place - 1)) or _ends_label(text, place))


def _ends_label(text: str, place: int) -> bool:
    start = max(0, place - 6)
    return any(match.end() == place + 1 for match in LABEL.finditer(text, start, place + 1))


def read_brackets(text: str) -> Partners:
    """Pair the brackets of a text."""
    return find_partners(text, CLOSES, _is_label)


@check(Pair, severity=Severity.ERROR, only_if=having(BRACKETS))
def brackets(pair: Pair) -> Iterator[Problem]:
    """A bracket has no partner, or is of the wrong width.

    Why:
        Nobody can tell where the remark ends; brackets of two widths look like a slip.

    Bad:
        The society (founded in 1920) met. → 学会（成立于1920年举行会议。

    Good:
        The society (founded in 1920) met. → 学会（成立于1920年）举行会议。

    Source:
        GB/T 15834-2011, 4.9 and 5.1. Half-width brackets stay in formulas and Latin phrases.
    """
    line = pair.once(read_line)
    found = read_brackets(line.text)
    if found.single and not read_brackets(line.source).single:
        for place in found.single:
            yield from line.remark(
                _("“{mark}” has no partner").format(mark=line.text[place]), place, place + 1
            )
    for couple in found.couples:
        if line.is_chinese:
            yield from _in_chinese(line, couple.opening, couple.closing)
        elif line.is_latin:
            yield from _in_latin(line, couple.opening, couple.closing)
        elif pair.translation.is_into_chinese:
            yield from _of_two_widths(line, couple.opening, couple.closing)


def _is_manner(line: Line, opening: int, closing: int) -> bool:
    """Tell whether the house sets half-width brackets: one that spaces does so around Latin."""
    text = line.text
    if HAN_CHARACTER.search(text, opening, closing):
        return is_of_the_house(line.pair, AROUND_HAN)
    is_spaced = line.pair.translation.spacing != "tight" and text[opening - 1 : opening] == " "
    return is_spaced or is_of_the_house(line.pair, AROUND_LATIN)


AROUND_HAN = Form(pattern(rf"\([^()\n]*[{HAN}]"), pattern(rf"（[^（）\n]*[{HAN}]"))
AROUND_LATIN = Form(
    pattern(rf"[{HAN}] ?\([^(){HAN}\n]+\)"), pattern(rf"[{HAN}] ?（[^（）{HAN}\n]+）")
)


def _in_chinese(line: Line, opening: int, closing: int) -> Iterator[Problem]:
    text = line.text
    is_full = (text[opening] in "（【〔", text[closing] in "）】〕")
    if text[opening - 1 : opening] == "%" and text[closing + 1 : closing + 2] in ("s", "d"):
        return  # a placeholder
    if all(is_full) or not (any(is_full) or _is_chinese_remark(text, opening, closing)):
        return
    if not any(is_full) and _is_manner(line, opening, closing):
        return
    start = opening - (text[opening - 1 : opening] == " " and opening > 1)
    end = closing + 1 + (text[closing + 1 : closing + 2] == " " and closing + 2 < len(text))
    if is_full[0]:
        start = opening
    if is_full[1]:
        end = closing + 1
    message = (
        _("Two brackets of different widths: Chinese has （ ）")
        if any(is_full)
        else _("Half-width brackets around Chinese text: Chinese has （ ）")
    )
    yield from line.fault(
        message, (start, opening + 1, "（"), (closing, end, "）"), severity=Severity.WARNING
    )


def _of_two_widths(line: Line, opening: int, closing: int) -> Iterator[Problem]:
    """Yield a pair like ``（2.9%)`` in a text without Chinese characters."""
    if (line.text[opening] == "(") != (line.text[closing] == ")"):
        yield from line.fault(
            _("Two brackets of different widths: Chinese has （ ）"),
            (opening, opening + 1, "（"),
            (closing, closing + 1, "）"),
            severity=Severity.WARNING,
        )


FORMULA = pattern(r"[\d.,%+−–\-/]{0,3}|[&_~]?[a-zA-Z\d]|0\d{2,3}|\+?86")
"""A short figure, a code of a telephone, or the key of a menu: ``(&F)``."""


def _is_chinese_remark(text: str, opening: int, closing: int) -> bool:
    """Tell whether the remark belongs to Chinese text, and not to a formula or a Latin phrase."""
    inner = text[opening + 1 : closing]
    if HAN_CHARACTER.search(inner):
        return True
    before = text[opening - 1 : opening] if opening else ""
    return bool(before and HAN_CHARACTER.match(before)) and not FORMULA.fullmatch(inner)


def _in_latin(line: Line, opening: int, closing: int) -> Iterator[Problem]:
    text = line.text
    marks = {"（": "(", "）": ")", "【": "[", "】": "]", "〔": "[", "〕": "]"}
    inner = text[opening + 1 : closing]
    if (text[opening] not in marks and text[closing] not in marks) or (
        text[opening] in marks and HAN_CHARACTER.search(inner) and line.manner is Manner.ENGLISH
    ):
        return
    first = marks.get(text[opening], text[opening])
    last = marks.get(text[closing], text[closing])
    is_glued = opening > 0 and text[opening - 1].isalnum() and text[opening] in marks
    is_glued_after = text[closing + 1 : closing + 2].isalnum() and text[closing] in marks
    yield from line.fault(
        _("Full-width brackets: here stand {marks}").format(marks=first + last),
        (opening, opening + 1, " " * is_glued + first),
        (closing, closing + 1, last + " " * is_glued_after),
        severity=Severity.WARNING,
    )


# ---------------------------------------------------------------- titles of works

OWN_TITLE_MARKS = frozenset("《》〈〉")
OTHER_TITLE_MARKS = frozenset("<＜«")
TITLE_MARKS = frozenset("《》〈〉<>＜＞«»“￼")
WORK = pattern(
    r"<<(?P<double>[^<>\n]{1,80})>>|＜＜?(?P<wide>[^＜＞\n]{1,80})＞＞?"
    rf"|«(?P<guillemets>[^«»\n]{{1,80}})»|<(?P<single>[{HAN}“][^<>\n]{{1,80}})>(?!\d)"
)
SET_APART = pattern(r"[*_“\"‘'《「]")


@check(Pair, severity=Severity.ERROR, only_if=having(TITLE_MARKS))
def title_marks(pair: Pair) -> Iterator[Problem]:
    """The title of a work stands in marks that are none, or in one mark only.

    Why:
        Readers cannot tell where the title ends.

    Bad:
        He read *The River*. → 他朗读了《河流。

    Good:
        He read *The River*. → 他朗读了《河流》。

    Source:
        GB/T 15834-2011, 4.15: 《 》 around titles, 〈 〉 only within them. English has no such
        marks: there, titles are italic or quoted.
    """
    line = pair.once(read_line)
    if line.is_chinese:
        yield from _titles_in_chinese(line)
    elif line.is_latin:
        yield from _titles_in_latin(line)


def _titles_in_chinese(line: Line) -> Iterator[Problem]:
    text = line.text
    for match in WORK.finditer(text) if line.has(OTHER_TITLE_MARKS) else ():
        is_comparison = match["single"] and (
            not SET_APART.search(line.pair.source) or "<" in line.source
        )
        is_meant = is_comparison or match[0] in line.source or "<" in line.pair.source
        if not HAN_CHARACTER.search(match[0]) or is_meant:
            continue
        if not (match["single"] and is_of_the_house(line.pair, PLACEHOLDERS)):
            yield from _not_a_title_mark(line, match)
    if "“" in text and ITALIC_TITLE.search(line.pair.source):
        yield from _quoted_titles(line)
    if "<\ufffc>" in text:
        yield from _title_that_looks_like_a_tag(line)
    if not line.has(OWN_TITLE_MARKS):
        return
    titles = find_partners(text, TITLE_CLOSES)
    if titles.single and not find_partners(line.source, TITLE_CLOSES).single:
        for place in titles.single:
            yield from line.remark(
                _("“{mark}” has no partner").format(mark=text[place]), place, place + 1
            )
    if line.manner is Manner.SIMPLIFIED and not titles.single:
        yield from _titles_of_the_wrong_level(line, titles.couples)


PLACEHOLDERS = Form(pattern(f"<[{HAN}][^<>\n]*>"), pattern("《"))
"""Words for which a user puts others: ``<文件>``."""


def _not_a_title_mark(line: Line, match: re.Match[str]) -> Iterator[Problem]:
    inner = match.span(str(match.lastgroup))
    yield from line.fault(
        _("“{mark}” is not a title mark: titles stand in 《 》").format(
            mark=line.text[match.start() : inner[0]]
        ),
        (match.start(), inner[0], "《"),
        (inner[1], match.end(), "》"),
        severity=Severity.WARNING,
    )


ITALIC_TITLE = pattern(
    r"(?<!\*)\*(?=[A-Z])[^*\n“”\"]*\b(?:[A-Z][a-z]+|[IVX]+|\d+)\*(?!\*)"
    r"|(?<![\w_])_(?=[A-Z])[^_\n“”\"]*\b(?:[A-Z][a-z]+|[IVX]+|\d+)_(?![\w_])"
)
QUOTED_TITLE = pattern(r"(?<!\*)\*“([^“”*\n]{2,60})”\*(?!\*)|(?<!_)_“([^“”_\n]{2,60})”_(?!_)")
NO_WORK = pattern(
    "^[特大首联巡]?(?:展|活动|项目|计划|工程|行动|论坛|讲座|晚会|系列|奖|比?赛|大会|节|品牌|号|船|平台|产品|主题|口号)"
)
"""What follows an exhibition, an event or a ship, which have quotation marks in Chinese, too."""


def _quoted_titles(line: Line) -> Iterator[Problem]:
    """Yield titles in quotation marks where the source has italics and the document 《 》."""
    target, prose = line.pair.target, line.pair.target_prose
    for match in QUOTED_TITLE.finditer(target):
        if NO_WORK.match(target[match.end() : match.end() + 8]) or not _has_marked_titles(line):
            continue
        start = prose.text.find(match[0][1:-1])
        if start >= 0 and line.manner is Manner.SIMPLIFIED:
            end = start + len(match[0]) - 2
            yield from line.fault(
                _("Titles stand in 《 》, as elsewhere in the document"),
                (start, start + 1, "《"),
                (end - 1, end, "》"),
                is_safe=False,
                severity=Severity.WARNING,
            )


def _has_marked_titles(line: Line) -> bool:
    return line.pair.translation.once(_count_marked_titles) > 0


def _count_marked_titles(translation: Translation) -> int:
    """Return in how many texts titles that are italic in the source stand in 《 》."""
    return sum(
        "《" in pair.target and bool(ITALIC_TITLE.search(pair.source)) for pair in translation.pairs
    )


TAG = pattern(r"<<([A-Za-z][^<>\n]{0,80})>>")


def _title_that_looks_like_a_tag(line: Line) -> Iterator[Problem]:
    """Yield ``<<AI论坛>>``, which the prose takes for a tag between two brackets."""
    start = line.text.index("<\ufffc>")
    for match in TAG.finditer(line.pair.target):
        if HAN_CHARACTER.search(match[1]):
            yield from line.remark(
                _("“{mark}” is not a title mark: titles stand in 《 》").format(mark="<<"),
                start,
                start + 3,
            )


TITLE_CLOSES = Marks({"》": "《", "〉": "〈"})


def _titles_of_the_wrong_level(line: Line, titles: tuple[Couple, ...]) -> Iterator[Problem]:
    """Yield 〈 〉 that stand alone, and 《 》 within 《 》."""
    for title in titles:
        opening, closing, depth = title.opening, title.closing, title.depth
        wanted = "〈〉" if depth % 2 else "《》"
        if line.text[opening] != wanted[0] and (depth or _is_title(line, opening, closing)):
            yield from line.fault(
                _("“{mark}” is not the title mark here: it is {marks}").format(
                    mark=line.text[opening], marks=wanted
                ),
                (opening, opening + 1, wanted[0]),
                (closing, closing + 1, wanted[1]),
                is_safe=not depth,
                severity=Severity.WARNING,
            )


def _is_title(line: Line, opening: int, closing: int) -> bool:
    return bool(HAN_CHARACTER.search(line.text, opening, closing))


LATIN_WORK = pattern("[《〈]([^《》〈〉\n]{1,200})[》〉]|[《》〈〉]")


def _titles_in_latin(line: Line) -> Iterator[Problem]:
    for match in LATIN_WORK.finditer(line.text):
        start, end = match.span()
        if not match[1]:
            if not HAN_CHARACTER.search(line.text[max(0, start - 1) : end + 1]):
                yield from line.remark(
                    _("“{mark}” is no mark of this language").format(mark=match[0]), start, end
                )
        elif not HAN_CHARACTER.search(match[1]):
            yield from line.fault(
                _("Chinese title marks: here titles are italic or quoted"),
                (start, start + 1, "“"),
                (end - 1, end, "”"),
                is_safe=False,
                severity=Severity.WARNING,
            )
