"""How large numbers are written in Chinese."""

from collections.abc import Iterable, Iterator

from pubkit.checks.pair import Pair, Translation
from pubkit.checks.registry import check
from pubkit.checks.typography.line import Line, Manner, having, read_line
from pubkit.messages import gettext as _
from pubkit.model import Problem, Role, Severity
from pubkit.patterns import pattern

TABLES = frozenset({Role.TABLE_CELL, Role.TABLE_HEADING})
GROUPED = pattern(
    r"(?<![\d.,A-Za-z+-])(?<!\d，)[1-9]\d{0,2}"
    r"(?:(?:,\d{3})+|(?:[ \u00a0\u2009\u202f]\d{3})+|，\d{3})"
    r"(?![\d%]|[,，. -]\d|[ ]?[,，]\d)(?!:)"
)
PLAIN = pattern(r"(?<![\d.,A-Za-z+-])\d{5,7}(?![\d,A-Za-z-])")
SEPARATORS = frozenset(",， \u00a0\u2009\u202f")
GROUP = pattern("[0-9][,， \u00a0\u2009\u202f][0-9]")
"""Without it there is nothing to look at more closely."""
COUNTED = tuple("多余万亿元名人个件册吨")
NOT_DIGIT = pattern(r"\D")


@check(Pair, severity=Severity.WARNING, only_if=having(SEPARATORS))
def thousands(pair: Pair) -> Iterator[Problem]:
    """The digits of a number are grouped as in English, or unevenly.

    Why:
        Chinese counts in 万 and 亿; groups of three make readers count the digits.

    Bad:
        The library has 12,500 books. → 图书馆藏书12,500册。

    Good:
        The library has 12,500 books. → 图书馆藏书12500册。

    Source:
        FAO editorial guide (Chinese), 11.1: no grouping. GB/T 15835-2011, 5.1.2, allows it, so
        that a document that groups all its numbers is left alone.
    """
    line = pair.once(read_line)
    if line.manner is Manner.ENGLISH:
        yield from _uneven_groups(line)
    if not line.is_chinese or Role.CONTACT in pair.roles:
        return
    if not GROUP.search(line.text):
        return
    for match in GROUPED.finditer(line.text):
        digits = NOT_DIGIT.sub("", match[0])
        if "," not in match[0] and not (
            _is_in_source(digits, line) or line.text[match.end() : match.end() + 1] in COUNTED
        ):
            continue
        groups = _groups_in_tables if pair.roles & TABLES else _groups_in_text
        if not pair.translation.once(groups):
            yield from line.fault(
                _("“{number}” is written {plain}").format(number=match[0], plain=digits),
                (*match.span(), digits),
                is_safe="，" not in match[0],
            )


UNEVEN = pattern(r"(?<![\d.,A-Za-z])[1-9]\d{0,2}(?:,\d{3})*,(?!19|20)\d{4}(?![\d,.]\d|\d)")


def _uneven_groups(line: Line) -> Iterator[Problem]:
    """Yield numbers such as ``46,0000``; ``May 3,2019`` is a date."""
    for match in UNEVEN.finditer(line.text):
        digits = NOT_DIGIT.sub("", match[0])
        yield from line.fault(
            _("“{number}” is written {plain}").format(number=match[0], plain=f"{int(digits):,}"),
            (*match.span(), f"{int(digits):,}"),
            is_safe=False,
        )


def _is_in_source(digits: str, line: Line) -> bool:
    """Tell whether the digits are one number of the source, and not two."""
    numbers = SOURCE_NUMBER.findall(line.source)
    return digits in (NOT_DIGIT.sub("", number) for number in numbers)


SOURCE_NUMBER = pattern(r"\d[\d,\u00a0\u2009\u202f]*\d")


def _groups_in_text(translation: Translation) -> bool:
    """Tell whether a document groups the digits of nearly all its numbers."""
    grouped, plain = _count(pair.target for pair in translation.pairs if not pair.roles & TABLES)
    return grouped > 2 and grouped > 2 * plain


def _groups_in_tables(translation: Translation) -> bool:
    """Tell whether the tables of a document group digits, as is usual there."""
    grouped, plain = _count(pair.target for pair in translation.pairs if pair.roles & TABLES)
    return grouped > 1 or plain < 2


def _count(texts: Iterable[str]) -> tuple[int, int]:
    """Return how many numbers are grouped, and how many are not."""
    counts = [(len(GROUPED.findall(text)), len(PLAIN.findall(text))) for text in texts]
    return sum(grouped for grouped, _plain in counts), sum(plain for _grouped, plain in counts)
