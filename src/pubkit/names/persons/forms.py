"""The forms that the name of one person takes in English and in Chinese."""

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from pubkit.patterns import pattern


class Form(StrEnum):
    """How much of a name a form is, and how much it is the agreed one."""

    FULL = "full"
    VARIANT = "variant"
    """The whole name, but in another order or with another hyphen."""
    PART = "part"
    """The surname, or one part of a transliterated name."""


PARTICLE_WORDS = "van von der den de del della di da du la le bin ibn binti al el ter ten"
PARTICLES = frozenset(PARTICLE_WORDS.split())
INITIAL = pattern(r"[A-Z]\.")
DOT = "·"


def english_forms(name: str, surname: str) -> Iterator[tuple[str, Form]]:
    """Yield a full romanised name and what is derived from it.

    Args:
        name: Such as ``Zeng Yiwei``, ``Raymond Chau Wai-lun``, ``Anneke van der Houten``.
        surname: Empty if it is not known; what may be the surname is taken for it then.
    """
    words = name.replace(",", " ").split()
    yield name, Form.FULL
    if len(words) < 2:
        return
    yield " ".join(words), Form.FULL
    yield from ((form, Form.FULL) for form in _shorter(words) if form != surname)
    yield from ((form, Form.VARIANT) for form in _other_orders(words))
    for part in (surname,) if surname else _surnames(words):
        yield part, Form.PART


def _shorter(words: list[str]) -> Iterator[str]:
    """Yield forms without initials, and one of a Hong Kong name without one given name."""
    without_initials = [word for word in words if not INITIAL.fullmatch(word)]
    if without_initials != words:
        yield " ".join(without_initials)
    if len(words) == 3 and "-" in words[2]:
        yield " ".join(words[:2])
        yield " ".join(words[1:])
    if len(words) == 2:
        yield f"{words[0].upper()} {words[1]}"
        yield f"{words[0]} {words[1].upper()}"


def _other_orders(words: list[str]) -> Iterator[str]:
    if len(words) == 2:
        yield f"{words[1]} {words[0]}"
        yield f"{words[0]}, {words[1]}"
        yield f"{words[1]} {words[0].upper()}"
    joined = [word.replace("-", "") for word in words]
    if joined != words:
        yield " ".join(word[:1] + word[1:].lower() for word in joined)
        yield " ".join(words).replace("-", " ")


GIVEN_WITH_HYPHEN = pattern("-[a-z]")
SMALL_WORDS = frozenset(["the", "old", "young", "elder", "younger", "little"])
"""What stands in ``the elder Mu`` and names nobody."""
LONG_WORD = 5
"""The letters of a word that may be the surname though another follows: ``Ibáñez Soler``."""


def _surnames(words: list[str]) -> Iterator[str]:
    """Yield the words that may be the surname: the first or the last, particles included."""
    if len(words) == 3 and "-" in words[2]:
        yield words[1]
        return
    for word in (words[0], words[-1]):
        if not GIVEN_WITH_HYPHEN.search(word) and word not in SMALL_WORDS:
            yield word
    yield from (word for word in words[1:-1] if len(word) >= LONG_WORD and word[0].isupper())
    particle = next((i for i, word in enumerate(words) if word.lower() in PARTICLES), None)
    if particle:
        yield " ".join(words[particle:])


# ---------------------------------------------------------------- Chinese

COMPOUND_SURNAME_LIST = """
    欧阳 司马 诸葛 上官 尉迟 司徒 皇甫 夏侯 端木 慕容 公孙 令狐 宇文 长孙 司空
    东方 南宫 独孤 淳于 申屠 赫连 澹台 轩辕 呼延 钟离 闻人 万俟 太史 西门 拓跋 完颜
    叶赫 爱新 纳兰
"""
COMPOUND_SURNAMES = frozenset(COMPOUND_SURNAME_LIST.split())
AT_LEAST_IN_A_PART = 2


def chinese_parts(name: str) -> tuple[str, ...]:
    """Return what may stand for a Chinese form by itself, without an office beside it."""
    if DOT in name:
        return tuple(part for part in name.split(DOT) if len(part) >= AT_LEAST_IN_A_PART)
    if name[:2] in COMPOUND_SURNAMES:
        return (name[:2],)
    return (name[:2], name[2:]) if len(name) >= 4 else ()


def chinese_surname(name: str) -> str:
    """Return the surname of a Chinese form; nothing for a transliterated one."""
    if DOT in name or not name:
        return ""
    return name[:2] if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else name[:1]


def near_in_chinese(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text has a name with one character wrong, missing, moved or too many.

    The best come first: those of the name's own length.
    """
    for _badness, start, end in sorted(_near_windows(name, text)):
        yield start, end


def _near_windows(name: str, text: str) -> set[tuple[int, int, int]]:
    found = set()
    length = len(name)
    for place, character in enumerate(name):
        start = text.find(character)
        while start >= 0:
            for shift in (0, -1, 1):
                for size in (length, length - 1, length + 1):
                    begin = start - place + shift
                    window = text[max(0, begin) : begin + size] if begin >= 0 else ""
                    if len(window) == size and (badness := _badness(name, window)):
                        found.add((badness, begin, begin + size))
            start = text.find(character, start + 1)
    return found


HAN_NAME = pattern(r"[\u3400-\u9fff\U00020000-\U0003ffff·]+")


def _badness(name: str, window: str) -> int:
    """Return how unlike a window is: 0 for too much or not at all, 1 for one character."""
    if len(window) < 2 or window == name or not HAN_NAME.fullmatch(window):
        return 0
    if window[0] == DOT or window[-1] == DOT:
        return 0
    if len(window) == len(name):
        return _badness_of_equals(name, window)
    short, long = sorted((name, window), key=len)
    if len(short) < 2 or (len(name) == 2):
        return 0
    is_one_more = any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    is_outside = long[1:] == short or long[:-1] == short
    if not is_one_more or (is_outside and len(window) > len(name)):
        return 0
    return 3 if window[0] == name[0] else 4


def _badness_of_equals(name: str, window: str) -> int:
    wrong = [i for i, (one, other) in enumerate(zip(name, window, strict=True)) if one != other]
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
        one, other = wrong
        return 2 if (name[one], name[other]) == (window[other], window[one]) else _two(name, wrong)
    if len(wrong) == 1:
        is_dropped = wrong[0] == len(name) - 1 > 1 and window[-1] in AFTER_A_NAME
        return 6 if is_dropped else 1 if wrong[0] else 2
    return _two(name, wrong)


AFTER_A_NAME = frozenset(
    "的了在是和与及为任说表介指强称将等出主于从向对此并也又就都还已曾有到教院博"
)
"""Characters that follow a name oftener than they end one."""


def _two(name: str, wrong: list[int]) -> int:
    """Of a long transliteration, two characters may be wrong."""
    return 5 if len(wrong) <= max(1, len(name) // 3) else 0


# ---------------------------------------------------------------- English


def near_in_english(name: str, words: str) -> bool:
    """Tell whether capitalised words are a name with a slip, or with other hyphens."""
    one, other = letters_of(name), letters_of(words)
    if sorted(name.lower().split()) == sorted(words.lower().split()):
        return True
    allowed = 1 if len(one) < 6 else 2
    may_be = abs(len(one) - len(other)) <= allowed and len({*one} ^ {*other}) <= 2 * allowed
    if may_be and distance(one, other, allowed) <= allowed:
        return True
    return _shares_a_word(name, words)


def _shares_a_word(name: str, words: str) -> bool:
    ours, theirs = name.lower().split(), words.lower().split()
    same = [word for word in ours if word in theirs and len(word) > 1]
    return len(ours) > 1 and len(ours) == len(theirs) == len(same) + 1


@lru_cache(maxsize=4096)
def letters_of(name: str) -> str:
    """Return the letters of a name, small and without anything between them."""
    return "".join(character for character in name.lower() if character.isalpha())


def distance(one: str, other: str, limit: int) -> int:
    """Return how many letters have to be put, taken, changed or exchanged; limit + 1 if more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, facing in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != facing))
            if i > 1 < j and letter == other[j - 2] and one[i - 2] == facing:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
