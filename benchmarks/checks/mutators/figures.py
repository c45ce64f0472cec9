"""Where numbers stand in a translation, and which numbers neither text knows."""

import re
from collections.abc import Iterator

from benchmarks.checks.sites import Site

CHINESE_DIGITS = "零一二三四五六七八九十"
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTH = "|".join(MONTHS)
NUMBER = r"(?<![\dA-Za-z.,:：/+–—~～第-])\d+(?:,\d{3})*(?:\.\d+)?(?![\d:：/A-Za-z–-]|[.,]\d)"
PHONE = r"(?<![A-Za-z\d.])\+?\(?\d[\d() -]{6,}\d(?![\d.])"
CURRENCY = "(?:[美欧港日新韩]|瑞典)?(?:元|镑|克朗)"
COUNTED = rf"(?!\s?[年月日号时点分%％‰万亿度]|个百分点|\s?{CURRENCY}| (?:percent|[ap]\.m))"
OTHERWISE = re.compile(
    rf"{PHONE}|(?:转|分机|ext\. ?)\d+"
    rf"|(?:{MONTH}) \d+(?:(?:,| and|–| to) \d+)+"
    r"|(?<![\d,.])(?:19|20)\d\d(?![\d,.]\d|[万人个多])"
    rf"|(?:{MONTH}|[A-Z]{{3}}|[$€£])\.? ?\d[\d.,]*|\d+ (?:{MONTH})"
)
"""Numbers that are telephone numbers, dates, years or amounts of money."""


def plain_numbers(site: Site) -> Iterator[re.Match[str]]:
    """Yield the numbers that count something, in random order."""
    others = [match.span() for match in OTHERWISE.finditer(site.target)]
    for match in site.matches(NUMBER + COUNTED):
        if not any(match.start() < end and match.end() > start for start, end in others):
            yield match


def with_other_digit(match: re.Match[str], site: Site) -> Iterator[str]:
    """Yield texts in which one digit of a number is another one."""
    digits = [place for place, letter in enumerate(match[0]) if letter.isdigit()]
    for place in site.shuffled(digits):
        for digit in site.shuffled("123456789"):
            new = match[0][:place] + digit + match[0][place + 1 :]
            if digit != match[0][place] and is_new(new, site):
                yield site.substitute(match, new)


def is_new(number: str, site: Site) -> bool:
    """Tell whether neither text knows a number, in digits or as a word."""
    texts = (site.source + " " + site.target).replace(",", "")
    plain = number.replace(",", "")
    if re.search(rf"(?<![\d.]){re.escape(plain)}(?!\.?\d)", texts):
        return False
    return not plain.isdigit() or int(plain) > 10 or is_new_word(int(plain), site)


def is_new_word(value: int, site: Site) -> bool:
    """Tell whether neither text knows a number of at most ten as a word or in digits."""
    texts = site.source + " " + site.target
    words = rf"\b(?:{WORDS[value]}|{ORDINALS[value]})|{CHINESE_DIGITS[value]}|(?<!\d){value}(?!\d)"
    return not re.search(words, texts, re.IGNORECASE)
