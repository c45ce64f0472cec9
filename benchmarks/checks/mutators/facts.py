"""Faults in numbers, amounts, units, ordinals and telephone numbers."""

import re
from collections.abc import Iterator

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.sites import Site

NUMBER = r"(?<![\dA-Za-z.,:：/+–—~～-])\d+(?:,\d{3})*(?:\.\d+)?(?![\d:：/A-Za-z–-]|[.,]\d)"
NO_COUNT = r"(?!\s?[年月日号时点分%％‰万亿度]|[个]百分点)"
CURRENCIES = {
    "美元": "欧元",
    "欧元": "美元",
    "英镑": "美元",
    "港元": "美元",
    "港币": "美元",
    "日元": "韩元",
    "新元": "美元",
    "人民币": "港币",
    "元": "美元",
}
LATIN_CURRENCIES = {
    "RMB": "HK$",
    "CNY": "USD",
    "US$": "HK$",
    "HK$": "US$",
    "yuan": "dollars",
    "US dollars": "euros",
    "euros": "dollars",
    "dollars": "euros",
    "€": "£",
    "£": "€",
}
UNITS = {
    "平方公里": "平方米",
    "平方米": "平方公里",
    "立方米": "立方厘米",
    "公里": "英里",
    "千米": "米",
    "海里": "公里",
    "厘米": "毫米",
    "毫米": "厘米",
    "米": "英尺",
    "公顷": "亩",
    "吨": "公斤",
    "千克": "克",
    "公斤": "克",
    "毫克": "克",
    "微克": "毫克",
    "毫升": "升",
    "小时": "分钟",
    "分钟": "小时",
    "摄氏度": "华氏度",
    "℃": "℉",
    "千瓦": "兆瓦",
    "兆瓦": "千瓦",
    "周": "个月",
    "天": "周",
    "个月": "周",
}
LATIN_UNITS = {
    "kilometers": "miles",
    "kilometres": "miles",
    "km": "miles",
    "square meters": "square feet",
    "square metres": "square feet",
    "meters": "feet",
    "metres": "feet",
    "hectares": "acres",
    "tonnes": "kilograms",
    "tons": "kilograms",
    "kg": "g",
    "hours": "minutes",
    "minutes": "hours",
    "weeks": "days",
    "days": "weeks",
    "months": "weeks",
    "°C": "°F",
    "mu": "hectares",
}
SCALES = {"万亿": "亿", "万": "亿", "亿": "万", "千": "万", "百": "千"}
LATIN_SCALES = {
    "thousand": "million",
    "million": "billion",
    "billion": "million",
    "trillion": "billion",
}
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
AMOUNT = ("number", "currency", "unit", "percent")


@fault(Group.FACTS, "number", "unit")
def number_changed(site: Site) -> Iterator[str]:
    """A digit of a number is another one."""
    yield from _changed(site, NUMBER + NO_COUNT)


@fault(Group.FACTS, "number", "unit")
def number_digits_exchanged(site: Site) -> Iterator[str]:
    """Two digits of a number have changed places."""
    for match in site.matches(NUMBER + NO_COUNT):
        digits = match[0]
        for place in range(len(digits) - 1):
            one, other = digits[place], digits[place + 1]
            new = digits[:place] + other + one + digits[place + 2 :]
            if one.isdigit() and other.isdigit() and not new.startswith("0") and _is_new(new, site):
                yield site.substitute(match, new)


@fault(Group.FACTS, "number", "unit", "percent", "currency")
def number_dropped(site: Site) -> Iterator[str]:
    """A number is left out, what it counts is not."""
    for match in site.matches(NUMBER + NO_COUNT):
        if len(match[0]) >= 2 and site.target.count(match[0]) == 1 and match[0] != site.target:
            yield re.sub("  +", " ", site.substitute(match, "")).strip()


@fault(Group.FACTS, *AMOUNT)
def scale_changed(site: Site) -> Iterator[str]:
    """Ten thousands have become hundreds of millions, a million a billion."""
    scales = SCALES if site.is_chinese else LATIN_SCALES
    pattern = "|".join(sorted(scales, key=len, reverse=True))
    for match in site.matches(rf"(?<=\d)(?:\+? ?)(?P<scale>{pattern})(?!分|里|克|瓦)"):
        yield site.substitute(match, scales[match["scale"]], "scale")


NUMERALS = "第一二三四五六七八九十百千万亿几数点"
CLASSIFIERS = "位名个家所项次支座艘列场条件届天年周大种类部"


@fault(Group.FACTS, "number", "ordinal", "unit", lang="zh")
def number_word_changed(site: Site) -> Iterator[str]:
    """A number written as a word is another one."""
    for match in site.matches(rf"(?<![{NUMERALS}])[二两三四五六七八九](?=[{CLASSIFIERS}])"):
        value = 2 if match[0] == "两" else CHINESE_DIGITS.index(match[0])
        if not re.search(rf"\b(?:{WORDS[value]}|{value})\b", site.source, re.IGNORECASE):
            continue
        for other in site.shuffled(range(3, 10)):
            if _is_new_word(other, site):
                yield site.substitute(match, CHINESE_DIGITS[other])


@fault(Group.FACTS, "number", "ordinal", "unit", lang="en")
def number_word_changed_in_latin(site: Site) -> Iterator[str]:
    """A number written as a word is another one."""
    for match in site.matches(rf"\b(?:{'|'.join(WORDS[2:])})\b"):
        value = WORDS.index(match[0])
        if not re.search(
            rf"[{CHINESE_DIGITS[value]}{'两' if value == 2 else ''}]|(?<!\d){value}(?!\d)",
            site.source,
        ):
            continue
        for other in site.shuffled(range(3, 11)):
            if WORDS[other] not in site.target and not re.search(
                f"{CHINESE_DIGITS[other]}|{other}", site.source
            ):
                yield site.substitute(match, WORDS[other])


@fault(Group.FACTS, "currency", "number")
def amount_of_money_changed(site: Site) -> Iterator[str]:
    """An amount of money is another one."""
    if site.is_chinese:
        yield from _changed(site, NUMBER + r"(?=[万亿]{0,2}多?余?(?:美|欧|港|日|新)?(?:元|镑))")
    else:
        yield from _changed(
            site, r"(?<=[$€£])" + NUMBER.replace(r"(?<![\dA-Za-z.,:：/+–—~～-])", "")
        )
        yield from _changed(site, r"(?<=RMB )\d[\d,.]*\d")


@fault(Group.FACTS, "currency")
def currency_changed(site: Site) -> Iterator[str]:
    """Dollars have become euros."""
    currencies = CURRENCIES if site.is_chinese else LATIN_CURRENCIES
    names = "|".join(re.escape(name) for name in sorted(currencies, key=len, reverse=True))
    pattern = (
        rf"(?<=[\d万亿])(?:{names})" if site.is_chinese else rf"(?<![A-Z])(?:{names})(?![A-Za-z])"
    )
    for match in site.matches(pattern):
        if currencies[match[0]] not in site.target:
            yield site.substitute(match, currencies[match[0]])


@fault(Group.FACTS, "unit", "number", "time")
def unit_changed(site: Site) -> Iterator[str]:
    """Kilometres have become miles, tonnes kilograms."""
    units = UNITS if site.is_chinese else LATIN_UNITS
    names = "|".join(re.escape(name) for name in sorted(units, key=len, reverse=True))
    pattern = (
        rf"(?<=[\d万亿])[多余]?(?P<unit>{names})(?![厘毫])"
        if site.is_chinese
        else rf"(?<=\d)[ -]?(?P<unit>{names})\b"
    )
    for match in site.matches(pattern):
        if units[match["unit"]] not in site.target:
            yield site.substitute(match, units[match["unit"]], "unit")


@fault(Group.FACTS, "unit", "number")
def unit_dropped(site: Site) -> Iterator[str]:
    """A measured number has lost its unit."""
    names = "平方公里|平方米|公里|厘米|毫米|公顷|吨|公斤|千克|毫克|毫升|小时|分钟|℃|摄氏度|标准箱"
    latin = "kilometers|kilometres|km|hectares|tonnes|kg|hours|minutes|mu|°C|TEUs|TEU"
    pattern = rf"(?<=[\d万亿])(?:{names})" if site.is_chinese else rf"(?<=\d) ?(?:{latin})\b"
    for match in site.matches(pattern):
        yield site.substitute(match, "")


@fault(Group.FACTS, "percent", "number")
def percentage_changed(site: Site) -> Iterator[str]:
    """A percentage is another one."""
    yield from _changed(site, r"(?<![\d.,])\d+(?:\.\d+)?(?=\s?[%％]|个百分点| percent| per cent)")


@fault(Group.FACTS, "percent", "number", "unit")
def percent_sign_dropped(site: Site) -> Iterator[str]:
    """A percentage has become a number."""
    for match in site.matches(r"(?<=\d)(?:[%％]|个百分点| percent| per cent)"):
        yield site.substitute(match, "")


@fault(Group.FACTS, "percent", "number", "unit")
def percent_made_per_mille(site: Site) -> Iterator[str]:
    """A percent sign has become a per mille sign."""
    for match in site.matches(r"(?<=\d)[%％]"):
        yield site.substitute(match, "‰")


@fault(Group.FACTS, "ordinal", "number")
def ordinal_changed(site: Site) -> Iterator[str]:
    """The third has become the fourth."""
    if site.is_chinese:
        for match in site.matches(r"(?<=第)(?:\d{1,3}|[一二三四五六七八九])(?![\d十百])"):
            value = int(match[0]) if match[0].isdigit() else CHINESE_DIGITS.index(match[0])
            if _is_ordinal(value, site.source):
                for other in site.shuffled(range(2, 10)):
                    if other != value and _is_new_word(other, site):
                        yield site.substitute(
                            match, str(other) if match[0].isdigit() else CHINESE_DIGITS[other]
                        )
        return
    for match in site.matches(rf"\b(?:{'|'.join(ORDINALS[2:])})\b"):
        for other in site.shuffled(range(3, 11)):
            if (
                ORDINALS[other] not in site.target
                and "第" in site.source
                and not re.search(f"{CHINESE_DIGITS[other]}|{other}", site.source)
            ):
                yield site.substitute(match, ORDINALS[other])
    for match in site.matches(r"\b(\d+)(?:st|nd|rd|th)\b"):
        other_number = int(match[1]) + 3
        if str(other_number) not in site.source:
            yield site.substitute(match, f"{other_number}th")


PHONE = r"(?<![\d.])\+?\(?\d[\d() -]{6,}\d(?![\d.])"


@fault(Group.FACTS, "phone", "number")
def phone_digit_changed(site: Site) -> Iterator[str]:
    """A digit of a telephone number is another one."""
    for match in site.matches(PHONE):
        if _is_phone(match[0], site):
            last = match[0][-1]
            yield site.substitute(match, match[0][:-1] + str((int(last) + 3) % 10))


@fault(Group.FACTS, "phone", "number")
def phone_digit_dropped(site: Site) -> Iterator[str]:
    """A telephone number has lost a digit."""
    for match in site.matches(PHONE):
        if _is_phone(match[0], site):
            yield site.substitute(match, match[0][:-1])


# ---------------------------------------------------------------- numbers that are nowhere else


def _changed(site: Site, pattern: str) -> Iterator[str]:
    """Yield texts in which one digit of a matching number is another one."""
    for match in site.matches(pattern):
        digits = [place for place, letter in enumerate(match[0]) if letter.isdigit()]
        for place in site.shuffled(digits):
            for digit in site.shuffled("123456789"):
                new = match[0][:place] + digit + match[0][place + 1 :]
                if digit != match[0][place] and _is_new(new, site):
                    yield site.substitute(match, new)


def _is_new(number: str, site: Site) -> bool:
    """Tell whether neither text knows a number, in digits or as a word."""
    texts = (site.source + " " + site.target).replace(",", "")
    plain = number.replace(",", "")
    if re.search(rf"(?<![\d.]){re.escape(plain)}(?![\d.]\d)", texts):
        return False
    return not plain.isdigit() or int(plain) > 12 or _is_new_word(int(plain), site)


def _is_new_word(value: int, site: Site) -> bool:
    """Tell whether neither text knows a small number as a word."""
    texts = site.source + " " + site.target
    if re.search(rf"(?<!\d){value}(?!\d)", texts):
        return False
    if value > 10:
        return True
    words = rf"\b(?:{WORDS[value]}|{ORDINALS[value]})"
    return not re.search(words, texts, re.IGNORECASE) and CHINESE_DIGITS[value] not in texts


def _is_ordinal(value: int, text: str) -> bool:
    word = ORDINALS[value] if value <= 10 else "(?!)"
    return bool(re.search(rf"\b(?:{word}|{value}(?:st|nd|rd|th)?)\b", text, re.IGNORECASE))


def _is_phone(text: str, site: Site) -> bool:
    digits = re.sub(r"\D", "", text)
    return 7 <= len(digits) <= 14 and digits[-6:] in re.sub(r"\D", "", site.source)
