"""Faults in numbers, ordinals and telephone numbers."""

import re
from collections.abc import Iterator
from decimal import Decimal

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.mutators.figures import (
    CHINESE_DIGITS,
    ORDINALS,
    PHONE,
    WORDS,
    is_new,
    is_new_word,
    plain_numbers,
    with_other_digit,
)
from benchmarks.checks.sites import Site

SCALES = {"万亿": "亿", "万": "亿", "亿": "万"}
LATIN_SCALES = {
    "thousand": "million",
    "million": "billion",
    "billion": "million",
    "trillion": "billion",
}
NUMERALS = "第一二三四五六七八九十百千万亿几数点"
CLASSIFIERS = "位名个家所项次支座艘列场条件届天年周大种类部"


@fault(Group.FACTS, "number", "unit")
def number_changed(site: Site) -> Iterator[str]:
    """A digit of a number is another one."""
    for match in plain_numbers(site):
        yield from with_other_digit(match, site)


@fault(Group.FACTS, "number", "unit")
def number_digits_exchanged(site: Site) -> Iterator[str]:
    """Two digits of a number have changed places."""
    for match in plain_numbers(site):
        number = match[0]
        for at in range(len(number) - 1):
            new = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
            is_number = number[at : at + 2].isdigit() and not new.startswith("0")
            if is_number and new != number and is_new(new, site):
                yield site.substitute(match, new)


@fault(Group.FACTS, "number", "unit")
def number_dropped(site: Site) -> Iterator[str]:
    """A number is left out, what it counts is not."""
    for match in plain_numbers(site):
        if len(match[0]) >= 2 and site.target.count(match[0]) == 1 and match[0] != site.target:
            yield site.put(match.start(), match.end() + (site.target[match.end() :][:1] == " "), "")


@fault(Group.FACTS, "number", "currency", "unit")
def scale_changed(site: Site) -> Iterator[str]:
    """Ten thousands have become hundreds of millions, a million a billion."""
    scales = SCALES if site.is_chinese else LATIN_SCALES
    pattern = "|".join(sorted(scales, key=len, reverse=True))
    for match in site.matches(rf"(?<=\d)(?: ?)(?P<scale>{pattern})(?!分)"):
        yield site.substitute(match, scales[match["scale"]], "scale")


@fault(Group.FACTS, "number", "currency", "unit", lang="zh")
def scale_miscounted(site: Site) -> Iterator[str]:
    """A large number is ten times too large or too small: 3.2 million is 32万."""
    for match in site.matches(r"(?<![\d.,])\d+(?:\.\d+)?(?=[万亿])"):
        for factor in site.shuffled((Decimal(10), Decimal("0.1"))):
            new = f"{(Decimal(match[0]) * factor).normalize():f}"
            if is_new(new, site):
                yield site.substitute(match, new)


@fault(Group.FACTS, "number", "currency", "unit", "percent", "date", "time", "weekday", "range")
def end_of_range_dropped(site: Site) -> Iterator[str]:
    """Of a range, only the beginning is left."""
    end = r"(?:[—～~至到–]| to | and )(?P<end>\d+(?:,\d{3})*(?:\.\d+)?)(?![\d:：年月]|[.,]\d)"
    for match in site.matches(rf"(?<=[\d%万亿年月日]){end}"):
        if site.target.count(match["end"]) == 1:
            yield site.substitute(match, "")


@fault(Group.FACTS, "number", "ordinal", "unit", lang="zh")
def number_word_changed(site: Site) -> Iterator[str]:
    """A number written as a word is another one."""
    for match in site.matches(rf"(?<![{NUMERALS}])[二两三四五六七八九](?=[{CLASSIFIERS}])"):
        value = 2 if match[0] == "两" else CHINESE_DIGITS.index(match[0])
        if re.search(rf"\b(?:{WORDS[value]}|{value})\b", site.source, re.IGNORECASE):
            for other in site.shuffled(range(3, 10)):
                if is_new_word(other, site):
                    yield site.substitute(match, CHINESE_DIGITS[other])


@fault(Group.FACTS, "number", "ordinal", "unit", lang="en")
def number_word_changed_in_latin(site: Site) -> Iterator[str]:
    """A number written as a word is another one."""
    for match in site.matches(rf"\b(?:{'|'.join(WORDS[2:])})\b"):
        value = WORDS.index(match[0])
        if re.search(
            rf"{CHINESE_DIGITS[value]}|{value}|{'两' if value == 2 else '(?!)'}", site.source
        ):
            for other in site.shuffled(range(3, 11)):
                if is_new_word(other, site):
                    yield site.substitute(match, WORDS[other])


@fault(Group.FACTS, "ordinal", "number", lang="zh")
def ordinal_changed(site: Site) -> Iterator[str]:
    """The third has become the fourth."""
    for match in site.matches(r"(?<=第)(?:\d+|[一二三四五六七八九])(?![\d十百])"):
        value = int(match[0]) if match[0].isdigit() else CHINESE_DIGITS.index(match[0])
        for other in site.shuffled(range(2, 10)):
            if _is_ordinal(value, site.source) and is_new_word(other, site):
                new = str(other) if match[0].isdigit() else CHINESE_DIGITS[other]
                yield site.substitute(match, new)


@fault(Group.FACTS, "ordinal", "number", lang="en")
def ordinal_changed_in_latin(site: Site) -> Iterator[str]:
    """The third has become the fourth, the 70th the 73rd."""
    if "第" in site.source:
        for match in site.matches(rf"\b(?:{'|'.join(ORDINALS[2:])})\b"):
            for other in site.shuffled(range(4, 11)):
                if is_new_word(other, site):
                    yield site.substitute(match, ORDINALS[other])
    for match in site.matches(r"\b(\d+)(?:st|nd|rd|th)\b"):
        other_number = int(match[1]) // 10 * 10 + (6 if match[1][-1] != "6" else 7)
        if is_new(str(other_number), site):
            yield site.substitute(match, f"{other_number}th")


@fault(Group.FACTS, "phone", "number")
def phone_digit_changed(site: Site) -> Iterator[str]:
    """A digit of a telephone number is another one."""
    for match in _phones(site):
        for at in site.shuffled(range(len(match[0]) - 4, len(match[0]))):
            if match[0][at].isdigit():
                digit = str((int(match[0][at]) + 3) % 10)
                yield site.substitute(match, match[0][:at] + digit + match[0][at + 1 :])


@fault(Group.FACTS, "phone", "number")
def phone_digit_dropped(site: Site) -> Iterator[str]:
    """A telephone number has lost a digit."""
    for match in _phones(site):
        yield site.substitute(match, match[0][:-1])


def _is_ordinal(value: int, text: str) -> bool:
    word = ORDINALS[value] if value <= 10 else "(?!)"
    return bool(re.search(rf"\b(?:{word}|{value}(?:st|nd|rd|th)?)\b", text, re.IGNORECASE))


def _phones(site: Site) -> Iterator[re.Match[str]]:
    """Yield the telephone numbers that both texts have."""
    in_source = re.sub(r"\D", "", site.source)
    for match in site.matches(PHONE):
        digits = re.sub(r"\D", "", match[0])
        if 7 <= len(digits) <= 14 and digits[-6:] in in_source:
            yield match
