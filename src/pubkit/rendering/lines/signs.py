"""The signs of a Chinese or Japanese paragraph: how they stand beside one another, and may part.

A paragraph is a row of signs: its visible characters with their widths. Between two signs lies
some *glue*, which may have a width, may grow and may shrink: the gap between a Chinese character
and a Latin letter, the space between words, the blank half of a full stop.

Knows neither fonts nor WeasyPrint; widths are in any one unit. Most signs are Chinese characters
with another one behind, so rules look only at what is not.

Source:
    Requirements for Chinese Text Layout (clreq) 3.1 and 3.2; GB/T 15834-2011, 5.1;
    Unicode Standard Annex 14.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import product
from math import inf

from pubkit.values import dataclass

# ---------------------------------------------------------------- kinds of signs


class Kind(StrEnum):
    """What a sign is when a line is made; one letter, so that a text of kinds can be searched."""

    IDEOGRAPH = "H"
    OPENER = "O"
    """“ ‘ （ 《: ink in the right half of its square."""
    CLOSER = "C"
    """” ’ ） 》: ink in the left half."""
    STOP = "S"
    """， 。 、 ； ：: in the left half in mainland China and Japan, in the middle elsewhere."""
    MARK = "M"
    """！ ？"""
    CONNECTOR = "N"
    """— … · ～ ／: nothing is added on either side."""
    LETTER = "L"
    """Of an alphabet, and figures."""
    SPACE = "_"
    OTHER = "X"
    """Whatever has its own width and wants none added, such as an ASCII bracket."""


MARKS = frozenset({Kind.OPENER, Kind.CLOSER, Kind.STOP, Kind.MARK})
SQUARES = MARKS | {Kind.IDEOGRAPH}
_OF_SIGN = {
    **dict.fromkeys("“‘（《〈「『【〔［｛〖", Kind.OPENER),
    **dict.fromkeys("”’）》〉」』】〕］｝〗", Kind.CLOSER),
    **dict.fromkeys("，。、；：．｡､", Kind.STOP),
    **dict.fromkeys("！？", Kind.MARK),
    **dict.fromkeys("—⸺…⋯·・～〜／–", Kind.CONNECTOR),
    **dict.fromkeys(" \u00a0\n", Kind.SPACE),
    **dict.fromkeys("%‰°℃+#@&$€£¥", Kind.LETTER),
}
_IDEOGRAPHS = (
    (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x3035), (0x3038, 0x303C),
    (0x3041, 0x30FA), (0x30FC, 0x31FF), (0x3220, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip


class _Kinds(dict[int, Kind]):
    """The kind of each code point, found when it is first seen."""

    def __missing__(self, code: int) -> Kind:
        sign = chr(code)
        if any(first <= code <= last for first, last in _IDEOGRAPHS):
            kind = Kind.IDEOGRAPH
        else:
            kind = _OF_SIGN.get(sign) or (Kind.LETTER if sign.isalnum() else Kind.OTHER)
        self[code] = kind
        return kind


_KINDS = _Kinds()
_OF_TWO_SCRIPTS = re.compile("[“”‘’…·–]")
"""A font that gives one of these less than a square means the one of Latin texts."""
LEAST_SQUARE = 0.8


def kinds_of(text: str) -> str:
    """Return a letter for the kind of each sign that has the width of its own script."""
    return text.translate(_KINDS)


def find_kinds(text: str, widths: Sequence[float], sizes: Sequence[float]) -> str:
    """Return a letter for the kind of each sign, given their widths and ems."""
    kinds = kinds_of(text)
    for found in _OF_TWO_SCRIPTS.finditer(text):
        place = found.start()
        if widths[place] < LEAST_SQUARE * sizes[place]:
            kinds = kinds[:place] + Kind.OTHER + kinds[place + 1 :]
    return kinds


# ---------------------------------------------------------------- how languages differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a language does with the blank halves of its punctuation."""

    trimmed_at_end: frozenset[Kind]
    """What takes half a square at the end of a line."""
    yielding: frozenset[Kind]
    """What loses its blank half beside another mark, and may lose a part of it elsewhere."""
    trims_start: bool = True
    """Whether an opening bracket takes half a square at the beginning of a line."""
    gap: float = 0.125
    """Between a Chinese character and a Latin letter; part of an em (clreq 3.2.2: at most 1/4)."""


MAINLAND = Profile(
    trimmed_at_end=frozenset({Kind.CLOSER, Kind.STOP, Kind.MARK}),
    yielding=frozenset({Kind.OPENER, Kind.CLOSER, Kind.STOP, Kind.MARK}),
)
# Stops stand in the middle of their square: there is no half to take from them.
TRADITIONAL = Profile(
    trimmed_at_end=frozenset(),
    yielding=frozenset({Kind.OPENER, Kind.CLOSER}),
    trims_start=False,
)
JAPANESE = Profile(
    trimmed_at_end=frozenset({Kind.CLOSER}),
    yielding=frozenset({Kind.OPENER, Kind.CLOSER, Kind.STOP}),
)


COMPOSED_LANGUAGES = ("zh", "ja")


def is_composed_language(lang: str) -> bool:
    """Tell whether a language, named as in HTML, has its lines made here."""
    return lang.lower().startswith(COMPOSED_LANGUAGES)


def profile_for(lang: str) -> Profile:
    """Return the profile of a language, named as in HTML."""
    if lang.lower().startswith("ja"):
        return JAPANESE
    return TRADITIONAL if lang in ("zh-TW", "zh-HK", "zh-MO") else MAINLAND


# ---------------------------------------------------------------- a paragraph


@dataclass(slots=True)
class Signs:
    """The visible characters of a paragraph; all lists have one value for each of them."""

    text: str
    widths: list[float]
    sizes: list[float]
    """The size of each sign's font: one em."""
    kinds: str
    left_blanks: list[float]
    """How much of its left side a sign can lose."""
    right_blanks: list[float]
    breaks: list[float]
    """Demerits of a break before each sign; ``UNBREAKABLE`` where there is none."""
    before: list[float]
    """What stands before a sign and stays with it: a box's margin, border and padding."""
    after: list[float]
    """What stands behind a sign, and is lost at the end of a line."""
    seams: tuple[int, ...] = ()
    """The last signs of texts that are drawn apart."""


# ---------------------------------------------------------------- glue

# Parts of an em.
GAP_GROWTH = 0.125
"""A gap or a space between words may become wider by so much before characters move apart."""
GAP_SHRINKAGE = 0.05
SPACE_SHRINKAGE = 0.06
CHARACTER_GROWTH = 0.09
"""A line whose characters stand further apart looks loose."""
MARK_SHRINKAGE = 0.5
"""A mark within a line gives up this part of its blank half at most."""


@dataclass(slots=True)
class Glue:
    """What lies behind each sign of a paragraph, in the paragraph's unit."""

    fixed: list[float]
    """Changes that every line has: gaps are drawn, marks that follow one another close up."""
    gaps: list[float]
    """How much wider words may stand apart."""
    characters: list[float]
    """How much wider characters may stand apart."""
    shrinkage: list[float]
    """How much narrower everything may be."""


_SOLID = re.compile(
    r"[0-9](?=[年月日時时分秒号號點点])|[年月日時时分點点](?=[0-9]+[年月日時时分秒号號點点])"
)
"""Dates and times are set solid, and are found by who searches for them."""
_PAIRS = {
    **{f"{Kind.SPACE}{kind}": "space" for kind in Kind},
    **{a + b: "squares" for a, b in product(SQUARES, SQUARES) if a != b or a in MARKS},
    **{a + b: "yield" for a in MARKS for b in (Kind.LETTER, Kind.OTHER)},
    **{a + b: "yield" for a in (Kind.LETTER, Kind.OTHER) for b in MARKS},
    Kind.IDEOGRAPH + Kind.LETTER: "gap",
    Kind.LETTER + Kind.IDEOGRAPH: "gap",
}
"""What lies between two kinds; nothing if they are not here."""
_NOT_HAN = re.compile("[^H]+")


def make_glue(signs: Signs, profile: Profile) -> Glue:
    """Return what lies behind each sign."""
    kinds, number = signs.kinds, len(signs.kinds)
    growth = [CHARACTER_GROWTH * size for size in signs.sizes]
    glue = Glue([0.0] * number, [0.0] * number, growth, [0.0] * number)
    solid = {found.start() for found in _SOLID.finditer(signs.text)}
    growth[-1] = 0.0
    for place in _not_between_ideographs(kinds):
        growth[place] = 0.0
        pair = _PAIRS.get(kinds[place : place + 2])
        if pair == "squares":
            _between_squares(signs, glue, place, profile)
        elif pair == "gap" and place not in solid:
            glue.fixed[place] = profile.gap * signs.sizes[place]
            glue.gaps[place] = GAP_GROWTH * signs.sizes[place]
            glue.shrinkage[place] = GAP_SHRINKAGE * signs.sizes[place]
        elif pair == "space":
            glue.gaps[place] = GAP_GROWTH * signs.sizes[place]
            glue.shrinkage[place] = SPACE_SHRINKAGE * signs.sizes[place]
        elif pair == "yield":
            # Nothing is added between a mark and a letter (clreq 3.2.4), but a mark may yield.
            right, left = _blanks(signs, place, profile)
            glue.shrinkage[place] = MARK_SHRINKAGE * (right + left)
    return glue


def _not_between_ideographs(kinds: str) -> Iterator[int]:
    """Yield each place where a sign and the next one are not both ideographs."""
    last = len(kinds) - 1
    for found in _NOT_HAN.finditer(kinds):
        yield from range(max(found.start() - 1, 0), min(found.end(), last))


def _blanks(signs: Signs, place: int, profile: Profile) -> tuple[float, float]:
    """Return what a sign can lose on its right, and the next one on its left."""
    right = signs.right_blanks[place] if signs.kinds[place] in profile.yielding else 0.0
    left = signs.left_blanks[place + 1] if signs.kinds[place + 1] in profile.yielding else 0.0
    return right, left


def _between_squares(signs: Signs, glue: Glue, place: int, profile: Profile) -> None:
    """Two marks that follow one another share a square and a half (clreq 3.1.6.2)."""
    kind, following = signs.kinds[place], signs.kinds[place + 1]
    right, left = _blanks(signs, place, profile)
    if Kind.IDEOGRAPH not in (kind, following):
        closing = right if kind != Kind.MARK or following == Kind.CLOSER else 0.0
        glue.fixed[place] = -(closing or left)
        right, left = (0.0, left) if closing else (right, 0.0)
    glue.characters[place] = CHARACTER_GROWTH * signs.sizes[place]
    glue.shrinkage[place] = MARK_SHRINKAGE * (right + left)


# ---------------------------------------------------------------- where a line may break

UNBREAKABLE = inf
IN_ADDRESS = 1.0e3
UNWELCOME = 3.0e5
"""Demerits of a break that is only better than a torn line."""

_OPENED = re.compile(f"{Kind.OPENER}{Kind.SPACE}*")
_CLOSING = re.compile(f"[{Kind.CLOSER}{Kind.STOP}{Kind.MARK}]")
_QUOTED = re.compile("C(?=H)|[HCSM](?=O)")
"""Where a quotation begins or ends, which UAX 14 cannot tell from “ and ” alone."""
_CONNECTOR = re.compile(r"(?<!—)—(?!—)|[·・～〜／]|(?<=[\u3400-\u9fff])/|/(?=[\u3400-\u9fff])")
"""These begin no line, and a slash ends none (GB/T 15834, 5.1)."""
_JOINED = re.compile(
    r"[0-9](?=[年月日時时分秒号號點点届屆所位名人个個项項家亿億万萬千百元度%‰℃])|第(?=[0-9])"
)
"""Figures keep their measure word."""
_ADDRESS = re.compile(r"(?:\w+://|www\.)[!-~]+|[\w.+-]+@[\w.-]+")
_IN_ADDRESS = re.compile(r"(?<=[\w/])(?=[.?&=#%_@-])|(?<=/)(?=\w)")
"""An address on the web is parted before its marks, so that none of them seems to end it."""


def find_breaks(text: str, allowed: Sequence[bool | int], kinds: str) -> list[float]:
    """Return the demerits of a break before each sign.

    Args:
        text: The signs.
        allowed: Where Unicode's line breaking algorithm (UAX 14) allows a break before a sign.
        kinds: Of the signs.
    """
    breaks = [0.0 if may else UNBREAKABLE for may in allowed]
    breaks.append(0.0)  # The end of the text, so that every rule may speak of the next sign.
    for found in _QUOTED.finditer(kinds):
        breaks[found.end()] = 0.0
    for place in _places_in_addresses(text):
        breaks[place] = min(breaks[place], IN_ADDRESS)
    for found in _JOINED.finditer(text):
        breaks[found.end()] = max(breaks[found.end()], UNWELCOME)
    for place in _forbidden(text, kinds):
        breaks[place] = UNBREAKABLE
    return breaks[:-1]


def _forbidden(text: str, kinds: str) -> Iterator[int]:
    """Yield each place where no line may end (GB/T 15834, 5.1)."""
    for found in _OPENED.finditer(kinds):
        yield from range(found.start() + 1, found.end() + 1)
    yield from (found.start() for found in _CLOSING.finditer(kinds))
    for found in _CONNECTOR.finditer(text):
        yield found.start()
        if found[0] in "/／":
            yield found.end()


def _places_in_addresses(text: str) -> Iterator[int]:
    if "://" in text or "www." in text or "@" in text:
        for address in _ADDRESS.finditer(text):
            inner = _IN_ADDRESS.finditer(text, address.start(), address.end())
            yield from (found.start() for found in inner)
