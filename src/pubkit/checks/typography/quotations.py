"""Quotation marks: those of the language, in pairs, and turned the right way."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pubkit.checks.pair import Pair
from pubkit.checks.registry import check
from pubkit.checks.typography.house import Form, is_of_the_house
from pubkit.checks.typography.line import HAN, Line, Manner, having, read_line
from pubkit.checks.typography.partners import Marks, Partners, find_partners
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity
from pubkit.patterns import pattern

QUOTES = frozenset("“”‘’「」『』\"'＂〝〞„‟")
HOUSE = {Manner.SIMPLIFIED: "“”‘’", Manner.TRADITIONAL: "「」『』", Manner.ENGLISH: "“”‘’"}
INCHES = pattern(r"\d[\"”]")


CLOSES = Marks({"”": "“「", "」": "“「", "’": "‘『", "』": "‘『"})


@lru_cache(maxsize=1024)
def read_quotations(text: str) -> Partners:
    """Pair the quotation marks of a text; apostrophes are none."""
    return find_partners(text, CLOSES, _is_apostrophe)


def _is_apostrophe(text: str, place: int) -> bool:
    """Tell whether a mark without a partner belongs to a Latin word."""
    around = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    is_latin = any(character.isascii() and character.isalnum() for character in around)
    return text[place] == "’" and is_latin


# ---------------------------------------------------------------- balance


@check(Pair, severity=Severity.ERROR, only_if=having(QUOTES))
def unbalanced_quotes(pair: Pair) -> Iterator[Problem]:
    """A quotation mark has no partner.

    Why:
        Nobody can tell where the quotation ends, and whose words they are.

    Bad:
        He said: “The garden is open.” → 他说：“花园开放了。

    Good:
        He said: “The garden is open.” → 他说：“花园开放了。”

    Source:
        GB/T 15834-2011, 4.8. A quotation of several paragraphs, of which only the last is closed,
        is one in the source, too.
    """
    line = pair.once(read_line)
    if not (line.is_chinese or line.manner is Manner.ENGLISH):
        return
    is_odd = (line.text.count('"') + line.text.count("＂")) % 2
    if not is_odd and not read_quotations(line.text).single:
        return
    is_wreck = "â€" in line.text  # of quotation marks: ``mojibake`` reports it
    if is_wreck or _is_unbalanced(line.source) or _all_turned(line):
        return
    yield from _without_partner(line)


def _is_unbalanced(source: str) -> bool:
    reading = read_quotations(source)
    is_odd = source.count('"') % 2 and not INCHES.search(source)
    return bool(is_odd) or any(source[place] in "“”「」" for place in reading.single)


def _without_partner(line: Line) -> Iterator[Problem]:
    text = line.text
    straight = _straight_quotes(text)
    single = [place for place in read_quotations(text).single if _counts(line, place)]
    if len(straight) % 2:
        # A curly mark and a straight one may be partners: then the straight one is the fault.
        partner = single[:1] if len(single) == 1 else []
        places = [*(partner or straight[-1:]), *(single if not partner else ())]
    else:
        places = single
    for place in places:
        yield from line.remark(
            _("“{mark}” has no partner").format(mark=text[place]), place, place + 1
        )


def _counts(line: Line, place: int) -> bool:
    """Tell whether a mark must have a partner: English apostrophes also look like quotes."""
    return line.is_chinese or line.text[place] not in "‘’"


def _straight_quotes(text: str) -> list[int]:
    """Return the places of typewriter quotes, but for inches."""
    places = [match.start() for match in re.finditer('["＂]', text)]
    if len(places) % 2:
        places = [place for place in places if not text[max(0, place - 1) : place].isdigit()]
    return places


def _all_turned(line: Line) -> bool:
    return bool(_turned_pairs(line.text)) if line.is_chinese else False


def _turned_pairs(text: str) -> list[tuple[int, int]]:
    """Return the pairs of marks where an odd one closes, or an even one opens.

    They are pairs only if their number is even and none lies within another.
    """
    reading = read_quotations(text)
    if not reading.single:
        return []
    places = [match.start() for match in re.finditer("[“”]", text)]
    pairs = list(zip(places[::2], places[1::2], strict=False))
    if len(places) % 2 or not all(_can_be_quoted(text, *pair) for pair in pairs):
        return []
    return [pair for pair in pairs if (text[pair[0]], text[pair[1]]) != ("“", "”")]


def _can_be_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether the words between two marks can be a quotation of their own."""
    before, after = text[start + 1 : start + 2], text[end - 1 : end]
    return end > start + 1 and before not in "，。、；：！？）" and after not in "，、；：（"


# ---------------------------------------------------------------- house marks


@check(Pair, severity=Severity.WARNING, only_if=having(QUOTES))
def quotes(pair: Pair) -> Iterator[Problem]:
    """Quotation marks are not those of the language, or are turned the wrong way.

    Why:
        Typewriter quotes do not say where a quotation starts, and look foreign in print.

    Bad:
        He spoke of a “green harbour”. → 他谈到"绿色港口"。

    Good:
        He spoke of a “green harbour”. → 他谈到“绿色港口”。

    Source:
        GB/T 15834-2011, 4.8: “ ” outside and ‘ ’ inside; Requirements for Chinese Text Layout
        (clreq), 3.1: 「 」 and 『 』 in Traditional Chinese.
    """
    line = pair.once(read_line)
    if line.manner not in HOUSE:
        return
    yield from _straight(line)
    yield from _foreign(line)
    if line.is_chinese:
        yield from _turned(line)
        yield from _nested(line)
        yield from _stop_outside(line)


SINGLE_STRAIGHT = pattern(f"(?<![A-Za-z\\d’])'(?=[{HAN}])([^'\"\n]{{1,60}})(?<=[{HAN}。！？])'")


STRAIGHT = Form(pattern('["＂]'), pattern("[“「]"))
STRAIGHT_WITHIN = Form(SINGLE_STRAIGHT, pattern("[‘“『「]"))


def _straight(line: Line) -> Iterator[Problem]:
    if line.manner is Manner.ENGLISH:
        return
    text = line.text
    house = HOUSE[line.manner]
    places = _straight_quotes(text)
    is_of_house = bool(places) and is_of_the_house(line.pair, STRAIGHT)
    for start, end in () if is_of_house else zip(places[::2], places[1::2], strict=False):
        yield from line.fault(
            _("Typewriter quotes: the marks are {marks}").format(marks=house[:2]),
            (start, start + 1, house[0]),
            (end, end + 1, house[1]),
            is_safe=len(places) % 2 == 0 and _can_be_quoted(text, start, end),
        )
    for match in SINGLE_STRAIGHT.finditer(text) if "'" in line.characters else ():
        if is_of_the_house(line.pair, STRAIGHT_WITHIN):
            return
        start, end = match.start(), match.end() - 1
        inner = house[2:] if _is_quoted(text, start) else house[:2]
        yield from line.fault(
            _("Typewriter quotes: the marks are {marks}").format(marks=inner),
            (start, start + 1, inner[0]),
            (end, end + 1, inner[1]),
        )


FURTHEST = 500


def _is_quoted(text: str, place: int) -> bool:
    before = text[max(0, place - FURTHEST) : place]
    is_in_curly = before.count("“") > before.count("”") or before.count("「") > before.count("」")
    return is_in_curly or before.count('"') % 2 == 1


FOREIGN = {
    Manner.SIMPLIFIED: frozenset("「」『』〝〞„‟"),
    Manner.TRADITIONAL: frozenset("“”‘’〝〞„‟"),
    Manner.ENGLISH: frozenset("「」『』〝〞"),
}


CORNERED = Form(pattern("[「『]"), pattern("[“‘]"))
CURLY = Form(CORNERED.standard, CORNERED.chosen)


def _foreign(line: Line) -> Iterator[Problem]:
    """Yield the quotations in marks of another house; marks of the source are the author's."""
    foreign = FOREIGN[line.manner]
    if not line.has(foreign):
        return
    chosen = CURLY if line.manner is Manner.TRADITIONAL else CORNERED
    if line.is_chinese and is_of_the_house(line.pair, chosen):
        return
    text, house = line.text, HOUSE[line.manner]
    for quotation in read_quotations(text).couples:
        opening, closing = quotation.opening, quotation.closing
        if text[opening] not in foreign or _is_original(line, opening, closing):
            continue
        is_single = text[opening] in "‘『"
        marks = house[2:] if is_single and quotation.depth else house[:2]
        yield from line.fault(
            _("“{found}” is not a quotation mark here: the marks are {marks}").format(
                found=text[opening], marks=marks
            ),
            (opening, opening + 1, marks[0]),
            (closing, closing + 1, marks[1]),
            is_safe=text[closing] in foreign and not (is_single and not quotation.depth),
        )


def _is_original(line: Line, opening: int, closing: int) -> bool:
    """Tell whether a quotation is quoted as it stands in the source, or is Han text in English."""
    inner = line.text[opening : closing + 1]
    is_han = line.manner is Manner.ENGLISH and bool(re.search(f"[{HAN}]", inner))
    return is_han or (inner in line.source)


def _turned(line: Line) -> Iterator[Problem]:
    for opening, closing in _turned_pairs(line.text):
        yield from line.fault(
            _("The quotation marks are turned the wrong way"),
            (opening, opening + 1, "“"),
            (closing, closing + 1, "”"),
        )


def _nested(line: Line) -> Iterator[Problem]:
    """Yield the double quotations within double ones."""
    reading = read_quotations(line.text)
    if reading.single:
        return
    text, house = line.text, HOUSE[line.manner]
    around = {0: -1}
    for quotation in reading.couples:
        around[quotation.depth + 1] = quotation.opening
        outer = around.get(quotation.depth, -1)
        is_double = text[quotation.opening] == house[0]
        if quotation.depth == 1 and is_double and text[outer] == house[0]:
            yield from line.fault(
                _("Within a quotation, the marks are {marks}").format(marks=house[2:]),
                (quotation.opening, quotation.opening + 1, house[2]),
                (quotation.closing, quotation.closing + 1, house[3]),
                is_safe=False,
            )


SAYING = "说道?|表示|指出|强调|坦言|回忆道?|介绍道?|补充道?|写道|笑道|感叹道?|解释道?|问道|答道"
STOP_OUTSIDE = pattern(
    rf"(?:^|(?<=[。！？”\n]))“[^“”]{{4,300}}[^“”。！？…，]”。(?=[^“”，。！？：；\n]{{1,30}}(?:{SAYING})。)"
)


def _stop_outside(line: Line) -> Iterator[Problem]:
    """Yield the stop after a quoted sentence, which who said it follows."""
    if "”。" not in line.text:
        return
    for match in STOP_OUTSIDE.finditer(line.text):
        end = match.end()
        yield from line.fault(
            _("The stop belongs to the quotation: “{marks}”").format(marks="。”"),
            (end - 2, end, "。”"),
            is_safe=False,
        )
