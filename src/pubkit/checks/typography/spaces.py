"""Spaces: where none is typed, and where one is."""

import re
from collections.abc import Iterator

from pubkit.checks.pair import Pair
from pubkit.checks.registry import check
from pubkit.checks.technical import is_technical
from pubkit.checks.typography.house import Form, is_of_the_house
from pubkit.checks.typography.layout import is_label, is_layout, is_numbering
from pubkit.checks.typography.line import HAN, Line, Manner, read_line
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity
from pubkit.patterns import pattern

SPACES = frozenset(" \u00a0\u2002\u2003\u2009")


@check(Pair, severity=Severity.WARNING)
def spacing(pair: Pair) -> Iterator[Problem]:
    """A space stands where none belongs, or is missing.

    Why:
        Chinese is set without spaces; the gap beside Latin letters is drawn by the page, not typed.

    Bad:
        The guests visited the campus. → 来宾 参观了校园。

    Good:
        The guests visited the campus. → 来宾参观了校园。

    Source:
        Requirements for Chinese Text Layout (clreq), 3.2.2; GB/T 15834-2011, 5.1. Whether Han and
        Latin letters are typed with a space between them is a setting: tight, spaced or ignore.
    """
    line = pair.once(read_line)
    if line.is_chinese:
        if line.has(SPACES):
            yield from _in_chinese(line)
        if pair.translation.spacing == "spaced":
            yield from _missing_beside_latin(line)
    elif line.manner is Manner.ENGLISH:
        yield from _in_english(line)
    if line.text and line.has(SPACES):
        yield from _at_the_ends(line)


def _at_the_ends(line: Line) -> Iterator[Problem]:
    target, source = line.pair.target, line.pair.source
    text = line.text
    if target[:1] == text[:1] == " " and source[:1] not in " \u3000":
        end = len(text) - len(text.lstrip(" "))
        yield from line.fault(_("A space before the text"), (0, end, ""))
    if target[-1:] == text[-1:] == " " and source[-1:] not in " \u3000":
        yield from line.fault(_("A space after the text"), (len(text.rstrip(" ")), len(text), ""))


# ---------------------------------------------------------------- Chinese

GAP = "[ \u00a0\u2002\u2003\u2009]"
CHINESE_GAP = pattern(
    rf"(?<=[{HAN}])(?P<han>{GAP})(?=[{HAN}])"
    rf"|(?<=\S)(?<![\d\n])(?P<mark>{GAP}(?=[，。、；：！？）》」』】…])|(?<=[，。、；：！？（《「『【]){GAP}(?=[^\s—]))"
    rf"|(?P<quote>(?<=[{HAN}]){GAP}(?=[“‘”])|(?<=[”“]){GAP}(?=[{HAN}，。]))"
    rf"|(?<=\d)(?P<percent>{GAP})(?=[%％‰])"
    rf"|(?P<latin>(?<=[{HAN}]){GAP}(?=[A-Za-z\d])|(?<=[A-Za-z\d%℃]){GAP}(?=[{HAN}]))"
)


def _in_chinese(line: Line) -> Iterator[Problem]:
    for match in CHINESE_GAP.finditer(line.text):
        if not _is_beside_markup(line, match) and (message := _judge(line, match)):
            yield from line.fault(message, (*match.span(), ""))


def _judge(line: Line, match: re.Match[str]) -> str | None:
    """Return what is wrong with a space in Chinese text."""
    start, end = match.span()
    is_tight = line.pair.translation.spacing == "tight"
    if match["han"]:
        message = _("A space between Chinese characters")
        is_apart = not is_tight and _is_word_apart(line, start, end)
        return None if is_apart or is_layout(line, start, end) else message
    if match["mark"]:
        message = _("A space beside a full-width mark")
        is_apart = not is_tight and _is_apart(line, start, end)
        return None if is_apart or is_numbering(line, start) else message
    if not is_tight:
        return None
    if match["latin"]:
        message = _("A space between Han and Latin: the house sets none")
        return None if is_label(line, start, end) else message
    return _("A space before the sign") if match["percent"] else _("A space beside a quotation")


LATIN_SIDE = pattern(r"[A-Za-z\d`\ufffc)(\"]")
AFTER_MARK = Form(pattern(r"[，。；：！？][ ]\S"), pattern(r"[，。；：！？]\S"))
BEFORE_MARK = Form(pattern(r"\S[ ][，。、；：！？）]"), pattern(r"\S[，。、；：！？）]"))


def _is_apart(line: Line, start: int, end: int) -> bool:
    """Tell whether a space parts a mark from Latin letters or code, or always from what follows."""
    text = line.text
    sides = text[start - 1 : start], text[end : end + 1]
    if any(LATIN_SIDE.match(side) for side in sides):
        return True
    return is_of_the_house(line.pair, BEFORE_MARK if sides[1] in "，。、；：！？）" else AFTER_MARK)


WORD_APART = pattern(f"[{HAN}]{{1,6}}")


def _is_word_apart(line: Line, start: int, end: int) -> bool:
    """Tell whether a manual sets a term apart by spaces on both sides: ``从 测试版 安装``."""
    if not line.pair.translation.once(is_technical):
        return False
    _head, space, before = line.text[:start].rpartition(" ")
    after, other_space, _tail = line.text[end:].partition(" ")
    is_apart = WORD_APART.fullmatch
    return bool((space and is_apart(before)) or (other_space and is_apart(after)))


def _is_beside_markup(line: Line, match: re.Match[str]) -> bool:
    """Tell whether a space sets something in bold or the like apart, or is an ``&nbsp;``."""
    if match["latin"]:
        return False
    prose = line.pair.target_prose
    start, end = match.start() - 1, match.end() + 1
    span = prose.span(start, end)
    return prose.raw[span.start : span.end] != line.text[start:end]


LATIN_EDGE = pattern(rf"(?<=[{HAN}])(?=[A-Za-z\d])|(?<=[A-Za-z\d])(?=[{HAN}])")


def _missing_beside_latin(line: Line) -> Iterator[Problem]:
    text = line.text
    for match in LATIN_EDGE.finditer(text):
        place = match.start()
        yield from line.fault(
            _("No space between Han and Latin: the house sets one"),
            (place - 1, place, text[place - 1] + " "),
            (place, place + 1, text[place]),
        )


# ---------------------------------------------------------------- English

ENGLISH_GAP = pattern(
    r"(?P<double>(?<=[A-Za-z,;:)”\"’]) {2,}(?=[A-Za-z“\"(])"
    r"|(?<=[a-z]) {2,}(?=\d)|(?<=\d) {2,}(?=[a-z]))"
    r"|(?<=[A-Za-z\d)”’])(?P<before> +)(?=[,;!?](?:\s|$)|[:.](?:\s|$)|\)(?:[\s.,;]|$)|”)"
    r"|(?<=[(“])(?P<after> +)(?=\w)"
    r"|(?P<lost>(?<=[a-z]{2})[,;](?=[A-Za-z]{2}|[aAI] ))"
    r"|(?P<glued>(?<=[a-z]{3})[.](?=(?:The|This|It|He|She|They|We|In|At|On|A|An|For|But|And|Its) ))"
    r"|(?P<bracket>(?<=[A-Za-z]{3})\((?=[A-Za-z]{3,}[ )]))"
)


ODD = pattern(r"  | [,;:.!?)”]|[(“] |[a-z][,;.(][A-Za-z]")
"""Without it there is nothing to look at more closely."""


def _in_english(line: Line) -> Iterator[Problem]:
    text = line.text
    if not ODD.search(text):
        return
    for match in ENGLISH_GAP.finditer(text):
        if match["double"]:
            yield from line.fault(_("Two spaces between words"), (*match.span(), " "))
        elif match["before"] or match["after"]:
            if text[match.end() : match.end() + 2] != "..":
                yield from line.fault(_("A space where none belongs"), (*match.span(), ""))
        elif match["lost"] or match["glued"]:
            yield from line.fault(
                _("No space after “{mark}”").format(mark=match[0]), (*match.span(), match[0] + " ")
            )
        elif not _is_function(text, match, line.source):
            yield from line.fault(_("No space before the bracket"), (*match.span(), " ("))


def _is_function(text: str, match: re.Match[str], source: str) -> bool:
    """Tell whether a bracket belongs to its word, as in the source: ``print(name)``, ``per(s)``."""
    around = re.compile(r"[A-Za-z]+\([A-Za-z]+").match(text, match.start() - 3)
    ending = re.match(r"\((?:ren|ies|ing)\)", text[match.start() :])
    return bool(ending) or bool(around and around[0] in source)
