"""Can Chinese characters be the sound of a foreign word? Each character takes some letters.

``Petrova`` is 彼 (pe), 得 (t), 罗 (ro), 娃 (va): letters that no character takes, and characters
that take none, cost as much as a reader would notice them. Knows the habits of Xinhua's tables,
and is tolerant where translators differ.

Source:
    《英语姓名译名手册》 and the tables of its sister volumes, whose rules ``sounds.tsv`` sums up.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from pubkit.names.romanization.syllables import readings
from pubkit.names.romanization.transliteration import (
    INITIALS,
    is_told,
    is_told_as,
    is_told_form,
    plain,
)
from pubkit.names.tables import read_table
from pubkit.values import dataclass

LETTERS_OF_VOWELS = frozenset("aeiouy")
NASALS = frozenset("nm")
MOST_CONSONANTS = 4
MOST_VOWELS = 3
FAR = 9.0
"""More than any word costs that is worth a thought."""


@lru_cache(maxsize=32768)
def misfit(word: str, signs: str) -> float:
    """Return how badly characters fit a word: below 0.8 well, from 1.0 on a sound is wrong."""
    if is_told_as(word, signs):
        return 0.0
    if is_told(word) and is_told_form(signs):
        return OTHER_NAME
    letters = plain(word.lower().translate(ACCENTED)).replace(" ", "")
    if not letters or not signs:
        return FAR
    return min(_cost(one, signs) for one in _spellings(letters))


OTHER_NAME = 1.5
"""What it costs to be the form of another name: 次旺 is Tsewang, not Tsering."""
ACCENTED = str.maketrans(
    {
        "ř": "rz",
        "š": "sh",
        "ş": "sh",
        "ś": "sh",
        "č": "ch",
        "ć": "ch",
        "ž": "zh",
        "ż": "zh",
        "ę": "en",
        "ą": "on",
    }
)


def _spellings(letters: str) -> Iterator[str]:
    """Yield a word with what is written with one letter, or left out, in full."""
    if letters.startswith("mc"):
        letters = f"ma{letters[1:]}"
    yield letters[:1] + letters[1:].replace("x", "ks")
    if letters.endswith(SILENT_IN_FRENCH) or letters.endswith(SILENT_IN_THAI):
        yield letters[:-1].replace("sri", "si")
    if "ij" in letters:
        yield letters.replace("ij", "ei")
    if letters.endswith(SLAVIC_I):
        yield f"{letters[:-1]}i"


SLAVIC_I = ("aj", "ej", "oj")
SILENT_IN_THAI = (
    "wat", "suk", "rat", "sak", "phop", "lert", "phat", "chot", "wit", "sit", "nat", "thep", "chit",
)  # fmt: skip
SILENT_IN_FRENCH = (
    "ois",
    "oit",
    "ais",
    "ait",
    "aut",
    "ot",
    "amps",
    "aux",
    "eux",
    "oux",
    "oix",
    "aix",
    "ault",
)


def _cost(letters: str, signs: str) -> float:
    """Return the least cost: row by row, after each character, for each beginning of the word."""
    skips = _skips(letters)
    row = _skipping([0.0, *[FAR] * len(letters)], skips)
    for sign in signs:
        extra = COST_OF_WEAK_SIGN if sign in WEAK_SIGNS else COST_OF_SIGN
        after = [cost + extra for cost in row]
        for start, end, cost in _costs(letters, sign):
            if row[start] < FAR and row[start] + cost < after[end]:
                after[end] = row[start] + cost
        row = _skipping(after, skips)
    return row[-1]


@lru_cache(maxsize=16384)
def _costs(letters: str, sign: str) -> tuple[tuple[int, int, float], ...]:
    """Return what a character costs for all letters that it can take: from where to where."""
    heard = _sign(sign)
    return tuple(
        (start, piece.end, _cost_of(piece, heard))
        for start, pieces in enumerate(_pieces(letters))
        for piece in pieces
    )


COST_OF_SIGN = 1.0
WEAK_SIGNS = frozenset("尔伊")
COST_OF_WEAK_SIGN = 0.6


def _skipping(row: list[float], skips: tuple[float, ...]) -> list[float]:
    """Let letters be silent where that is cheaper."""
    for place, cost in enumerate(skips):
        row[place + 1] = min(row[place + 1], row[place] + cost)
    return row


# ---------------------------------------------------------------- letters


@dataclass(frozen=True, slots=True)
class _Piece:
    """Letters that one character can take."""

    end: int
    consonants: str
    vowels: str
    is_nasal: bool
    before_nasal: bool
    """Whether the next letter is a nasal, which two characters can share: 安娜."""
    is_last: bool


@lru_cache(maxsize=8192)
def _pieces(letters: str) -> tuple[tuple[_Piece, ...], ...]:
    """Return for each place of a word what a character can take from there."""
    return tuple(tuple(_pieces_at(letters, place)) for place in range(len(letters)))


def _pieces_at(letters: str, start: int) -> Iterator[_Piece]:
    for middle in range(start, min(start + MOST_CONSONANTS, len(letters)) + 1):
        consonants = letters[start:middle]
        if consonants and consonants not in _consonants():
            if consonants[-1] in "aeio":
                return
            continue
        for end in _ends_of_vowels(letters, middle):
            if end > start:
                yield from _with_nasals(letters, consonants, middle, end)


def _ends_of_vowels(letters: str, start: int) -> Iterator[int]:
    yield start
    for end in range(start + 1, min(start + MOST_VOWELS, len(letters)) + 1):
        letter = letters[end - 1]
        if letter not in LETTERS_OF_VOWELS and (letter not in "hw" or end == start + 1):
            return
        yield end


def _with_nasals(letters: str, consonants: str, middle: int, end: int) -> Iterator[_Piece]:
    vowels, after = letters[middle:end], letters[end : end + 2]
    has_nasal = after[:1] in NASALS and after != ""
    yield _Piece(end, consonants, vowels, False, has_nasal, end == len(letters))
    if not vowels:
        return
    if has_nasal:
        yield _Piece(end + 1, consonants, vowels, True, False, end + 1 == len(letters))
    if after in NASAL_PAIRS:
        yield _Piece(end + 2, consonants, vowels, True, False, end + 2 == len(letters))


NASAL_PAIRS = frozenset(["nn", "nm", "ng", "mn", "mm", "mg", "rn"])


SILENT_BEFORE = {
    "g": ("hnl", 0.15), "c": ("kq", 0.1), "t": ("cszgm", 0.1), "d": ("sgtjz", 0.2),
    "k": ("nsfht", 0.3), "p": ("nsfhtb", 0.2), "b": ("tv", 0.2), "l": ("bcdfgkmnpstvwz", 0.5),
}  # fmt: skip
SILENT_BEHIND = {
    "gn": 0.1, "bm": 0.15, "cs": 0.1, "ts": 0.35, "dn": 0.35, "dl": 0.5, "rv": 0.4, "rt": 0.4,
}  # fmt: skip
SILENT_AT_THE_END = {
    "t": 0.5, "d": 0.5, "s": 0.5, "x": 0.5, "z": 0.5, "p": 0.5, "n": 0.5, "r": 0.1,
    "l": 0.7,
}  # fmt: skip
NORTHERN_ENDS = ("berg", "borg", "burg")
COST_OF_NORTHERN_G = 0.1
COST_OF_FINAL_A = 1.0
COST_OF_FINAL_VOWEL = 0.75
COST_OF_VOWEL = 0.35
COST_OF_FIRST_VOWEL = 0.6
COST_OF_CONSONANT = 1.0


@lru_cache(maxsize=8192)
def _skips(letters: str) -> tuple[float, ...]:
    """Return for each letter of a word what it costs not to hear it."""
    costs = [_skip(letters, place) for place in range(len(letters))]
    if letters.endswith(NORTHERN_ENDS):
        costs[-1] = COST_OF_NORTHERN_G
    return tuple(costs)


def _skip(letters: str, place: int) -> float:
    letter, is_last = letters[place], place == len(letters) - 1
    before, after = letters[place - 1 : place], letters[place + 1 : place + 2]
    if letter == before:
        return 0.0
    if letter in LETTERS_OF_VOWELS or letter in "hw":
        return _skip_of_vowel(letter, before, is_last=is_last)
    if letter == "r" and before in LETTERS_OF_VOWELS and before:
        return 0.1
    costs = [COST_OF_CONSONANT, SILENT_BEHIND.get(letter + before, COST_OF_CONSONANT)]
    following, cost = SILENT_BEFORE.get(letter, ("", COST_OF_CONSONANT))
    if after and after in following:
        costs.append(cost)
    if is_last:
        costs.append(SILENT_AT_THE_END.get(letter, COST_OF_CONSONANT))
    return min(costs)


def _skip_of_vowel(letter: str, before: str, *, is_last: bool) -> float:
    if letter == "h":
        return 0.05 if before else 0.3
    if not before:
        return COST_OF_FIRST_VOWEL
    if letter == "w":
        return 0.1
    if letter == "e":
        return 0.05 if is_last else 0.3
    if is_last:
        return COST_OF_FINAL_A if letter == "a" else COST_OF_FINAL_VOWEL
    return COST_OF_VOWEL


@cache
def _consonants() -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """Return for each group of consonants the initials that are sure, and those that are rare."""
    rows = (row for row in read_table("sounds.tsv") if row[0] == "consonant")
    return {
        row[1]: (frozenset(row[2].split()), frozenset("".join(row[3:]).split())) for row in rows
    }


@cache
def _vowels() -> Mapping[str, tuple[str, ...]]:
    """Return for each group of vowels the finals that stand for it, the usual ones first."""
    rows = (row for row in read_table("sounds.tsv") if row[0] == "vowel")
    return {row[1]: tuple(row[2].split()) for row in rows}


@cache
def _near() -> frozenset[tuple[str, str]]:
    """Return the finals that are almost alike."""
    rows = [row for row in read_table("sounds.tsv") if row[0] == "near"]
    pairs = {(one, other) for _kind, one, others in rows for other in others.split()}
    return frozenset(pairs | {(other, one) for one, other in pairs})


# ---------------------------------------------------------------- characters


@dataclass(frozen=True, slots=True, eq=False)
class _Sign:
    """What a character sounds like."""

    initials: frozenset[str]
    finals: frozenset[str]
    is_nasal: bool
    without_vowel: float
    """What it costs that it stands for a consonant alone."""


USUAL = 0.3
BEHIND_Y = {
    "a": "ia", "e": "ie", "o": "iao", "ou": "iu", "u": "v", "ua": "v", "ao": "iao", "ue": "v",
}  # fmt: skip


@lru_cache(maxsize=4096)
def _sign(sign: str) -> _Sign:
    initials, finals, kind = _told().get(sign, (frozenset(), frozenset(), ""))
    read = readings(sign)
    match = INITIALS.fullmatch(read[0]) if read else None
    is_nasal = False
    if match:
        initials, finals = initials | _initials(match), finals | _finals(match)
        is_nasal = match[3] in ("n", "ng")
    return _Sign(initials, finals, is_nasal, {"alone": 0.0, "short": 0.1}.get(kind, USUAL))


def _initials(match: re.Match[str]) -> frozenset[str]:
    initial, final = match[1], match[2]
    if match[3] == "r":
        return frozenset(["l", "r", ""])
    if initial == "y":
        return frozenset(["y", ""])
    if initial == "w":
        return frozenset(["w", "" if final == "u" else "v"])
    return frozenset([initial, "w"]) if initial == "h" and final == "ua" else frozenset([initial])


def _finals(match: re.Match[str]) -> frozenset[str]:
    initial, final = match[1], match[2]
    if initial == "y":
        if final == "a" and match[3]:
            return frozenset(["ie", "ia", "e", "a"])
        return frozenset("ie") if final == "i" else frozenset([BEHIND_Y.get(final, final)])
    return frozenset("uo") if initial == "w" and final == "u" else frozenset([final])


@cache
def _told() -> Mapping[str, tuple[frozenset[str], frozenset[str], str]]:
    rows = (row + [""] * 3 for row in read_table("sounds.tsv") if row[0] == "sign")
    return {row[1]: (frozenset(row[2].split()), frozenset(row[3].split()), row[4]) for row in rows}


# ---------------------------------------------------------------- letters and characters

RARELY = 0.2
WRONG = 1.0
ALMOST = 0.25
OTHER_VOWEL = 0.6
COST_OF_SHARED_NASAL = 0.05
COST_OF_ADDED_NASAL = 0.6
COST_OF_LOST_NASAL = 0.8


def _cost_of(piece: _Piece, sign: _Sign) -> float:
    cost = _cost_of_consonants(piece.consonants, sign) + _cost_of_vowels(piece.vowels, sign)
    if piece.is_last and (piece.vowels.endswith("a") or not piece.vowels):
        cost += _cost_of_end(piece, sign)
    is_nasal = piece.is_nasal or (not piece.vowels and piece.consonants in NASALS)
    if is_nasal is sign.is_nasal or piece.is_nasal is sign.is_nasal:
        return cost
    if piece.is_nasal:
        return cost + COST_OF_LOST_NASAL
    return cost + (COST_OF_SHARED_NASAL if piece.before_nasal else COST_OF_ADDED_NASAL)


OPEN = frozenset(["a", "ia", "ua"])
OPENED = OPEN | frozenset(["e", "ie", "er"])


def _cost_of_end(piece: _Piece, sign: _Sign) -> float:
    """Return the cost of a final vowel that tells women from men: 彼得罗夫, 彼得罗娃."""
    if piece.vowels:
        return 0.0 if sign.finals & OPENED else FINAL_A
    return FINAL_A if sign.finals <= OPEN and not piece.is_nasal and not sign.is_nasal else 0.0


FINAL_A = 0.9


@lru_cache(maxsize=32768)
def _cost_of_consonants(letters: str, sign: _Sign) -> float:
    initials = sign.initials
    if not letters:
        return 0.0 if "" in initials else _cost_of_no_consonant(initials)
    sure, rare = _consonants()[letters]
    if sure & initials or letters in initials:
        return 0.0
    is_weak = "" in initials and letters in {"w", "y", "j", "h", "hu", "wh"}
    return RARELY if is_weak or rare & initials else WRONG


def _cost_of_no_consonant(initials: frozenset[str]) -> float:
    if initials & {"y", "w"}:
        return 0.15
    return 0.6 if "h" in initials else WRONG


@lru_cache(maxsize=32768)
def _cost_of_vowels(letters: str, sign: _Sign) -> float:
    if not letters:
        return sign.without_vowel
    known = _vowels().get(letters)
    penalty = 0.0 if known else 0.05
    sounds = known or tuple(one for letter in letters for one in _vowels().get(letter, ()))
    if sign.finals.intersection(sounds[:2]):
        return penalty
    if sign.finals.intersection(sounds):
        return penalty + 0.08
    is_near = any((one, other) in _near() for one in sounds for other in sign.finals)
    return penalty + (ALMOST if is_near else OTHER_VOWEL)
