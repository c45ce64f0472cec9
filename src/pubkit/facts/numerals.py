"""Numerals: English number words and Chinese numerals into values."""

import re

_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINAL_NAMES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_ROUND_ORDINALS = (
    "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth"
)
SMALL = {word: value for value, word in enumerate(_SMALL_WORDS.split())} | {
    word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)
}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
}
ORDINALS = (
    {
        word: value
        for value, word in enumerate(
            _ORDINAL_NAMES.split(),
            start=1,
        )
    }
    | {
        word: 10 * value
        for value, word in enumerate(
            _ROUND_ORDINALS.split(),
            start=2,
        )
    }
    | {"thousandth": 10**3, "millionth": 10**6, "billionth": 10**9}
)
_UNIT = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_SMALL = rf"(?:(?:{_TENS})(?:[- ](?:{_UNIT})(?![a-z]))?|{_TEENS}|{_UNIT}|zero)(?![a-z])"
_SCALE = r"(?:hundred|thousand|million|billion|trillion)(?![a-z])"
WORDS = rf"{_SMALL}(?:[- ]{_SCALE}(?:(?: and)? {_SMALL}(?![.:]\d))?)*"
"""A cardinal number in words, lower case."""
AFTER_A = rf"(?:hundred|thousand)(?: and)? {_SMALL}"
"""The rest of a cardinal number that begins with ``a``."""
ORDINAL_WORDS = (
    rf"(?:(?:{_TENS})[- ])?(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})(?![a-z])"
)


def english_number(words: str) -> int:
    """Return the value of a cardinal number in English words."""
    total = current = 0
    for word in re.findall(r"[a-z]+", words):
        if word in SMALL:
            current += SMALL[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in SCALES:
            total += (current or 1) * SCALES[word]
            current = 0
    return total + current


def english_ordinal(words: str) -> int:
    """Return the value of an ordinal number in English words."""
    *tens, last = re.findall(r"[a-z]+", words)
    return sum(SMALL[word] for word in tens) + ORDINALS[last]


DIGITS = dict(zip("〇零一二三四五六七八九两", (0, 0, *range(1, 10), 2), strict=True))
_SHORT = {"廿": 20, "卅": 30}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}


def chinese_number(numeral: str) -> float | None:
    """Return the value of a Chinese numeral such as 三十二, 二〇二三, 两万五千 or 三点五.

    Returns:
        None for what is not one number: 三四, 五一.
    """
    whole, _point, decimals = numeral.replace("十有", "十").partition("点")
    if all(character in DIGITS for character in whole):
        if len(whole) == 2 or (len(whole) > 1 and "两" in whole):
            return None
        value: float | None = int("".join(str(DIGITS[character]) for character in whole))
    else:
        value = _positional(whole)
    if value is None or not decimals:
        return value
    return value + float("0." + "".join(str(DIGITS[character]) for character in decimals))


def _positional(numeral: str) -> float | None:
    total = section = digit = 0
    last_place = 0
    is_digit_pending = False
    for character in numeral:
        if character in DIGITS:
            if is_digit_pending and digit:
                return None
            digit, is_digit_pending = DIGITS[character], True
        elif character in _SHORT:
            section += _SHORT[character]
        elif character in _PLACES:
            last_place = _PLACES[character]
            section += (digit if is_digit_pending and digit else 1) * last_place
            digit, is_digit_pending = 0, False
        else:
            last_place = _MYRIADS[character]
            total = (
                (total + section + digit or 1) * last_place
                if character == "亿"
                else (total + (section + digit or 1) * last_place)
            )
            section, digit, is_digit_pending = 0, 0, False
    if digit and last_place > 10 and numeral[-2] not in "零〇":
        digit *= last_place // 10  # 一百五 is 150, 两万五 is 25000
    return total + section + digit
