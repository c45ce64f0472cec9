"""The signs of a Chinese or Japanese paragraph: how they stand beside one another, and may part.

A paragraph is a row of signs: its visible characters with their widths. Between two signs lies
some *glue*, which may have a width, may grow and may shrink: the gap between a Chinese character
and a Latin letter, the space between words, the blank half of a full stop.

Knows neither fonts nor WeasyPrint; widths are in any one unit.

Source:
    Requirements for Chinese Text Layout (clreq) 3.1 and 3.2; GB/T 15834-2011, 5.1;
    Unicode Standard Annex 14.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import inf

from pubkit.patterns import pattern

# ---------------------------------------------------------------- signs


class Kind(IntEnum):
    """What a sign is when a line is made."""

    IDEOGRAPH = 0
    OPENER = 1
    """“ ‘ （ 《: ink in the right half of its square."""
    CLOSER = 2
    """” ’ ） 》: ink in the left half."""
    STOP = 3
    """， 。 、 ； ：: in the left half in mainland China and Japan, in the middle elsewhere."""
    MARK = 4
    """！ ？"""
    CONNECTOR = 5
    """— … · ～ ／: nothing is added on either side."""
    LETTER = 6
    """Of an alphabet, and figures."""
    SPACE = 7
    OTHER = 8
    """Whatever has its own width and wants none added, such as an ASCII bracket."""


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
MARKS = frozenset({Kind.OPENER, Kind.CLOSER, Kind.STOP, Kind.MARK})
SQUARES = MARKS | {Kind.IDEOGRAPH}
_IN_LATIN_TEXT = frozenset("“”‘’—…·–")
"""What belongs to two scripts: a font that gives it less than a square means the other one."""
LEAST_SQUARE = 0.8


class _Kinds(dict[str, Kind]):
    """The kind of each sign, found when it is first seen."""

    def __missing__(self, sign: str) -> Kind:
        code = ord(sign)
        if any(first <= code <= last for first, last in _IDEOGRAPHS):
            kind = Kind.IDEOGRAPH
        else:
            kind = _OF_SIGN.get(sign) or (Kind.LETTER if sign.isalnum() else Kind.OTHER)
        self[sign] = kind
        return kind


_KINDS = _Kinds()


def kind_of(sign: str) -> Kind:
    """Return the kind of a sign that has the width of its own script."""
    return _KINDS[sign]


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


def profile_for(lang: str) -> Profile:
    """Return the profile of a language, named as in HTML."""
    if lang.lower().startswith("ja"):
        return JAPANESE
    return TRADITIONAL if lang in ("zh-TW", "zh-HK", "zh-MO") else MAINLAND


# ---------------------------------------------------------------- limits, as parts of an em

GAP_GROWTH = 0.125
"""A gap or a space between words may become wider by so much before characters move apart."""
GAP_SHRINKAGE = 0.05
SPACE_SHRINKAGE = 0.06
CHARACTER_GROWTH = 0.09
"""A line whose characters stand further apart looks loose."""
MARK_SHRINKAGE = 0.5
"""A mark within a line gives up this part of its blank half at most."""

UNBREAKABLE = inf
IN_ADDRESS = 1.0e3
UNWELCOME = 3.0e5
"""Demerits of a break that is only better than a torn line."""


@dataclass(slots=True)
class Signs:
    """The visible characters of a paragraph; all lists have one value for each of them."""

    text: str
    widths: list[float]
    sizes: list[float]
    """The size of each sign's font: one em."""
    left_blanks: list[float]
    """How much of its left side a sign can lose."""
    right_blanks: list[float]
    breaks: list[float]
    """Demerits of a break before each sign; ``UNBREAKABLE`` where there is none."""
    before: list[float]
    """What stands before a sign and stays with it: a box's margin, border and padding."""
    after: list[float]
    """What stands behind a sign, and is lost at the end of a line."""


# ---------------------------------------------------------------- glue


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


_NO_GAP = pattern(
    r"(?<=[0-9])(?=[年月日時时分秒号號點点])|(?<=[年月日時时分點点])(?=[0-9]+[年月日時时分秒号號點点])"
)
"""Dates and times are set solid, and are found by who searches for them."""


def find_kinds(signs: Signs) -> list[Kind]:
    """Return the kind of each sign; quotation marks of a Latin font are letters' neighbours."""
    kinds = [_KINDS[sign] for sign in signs.text]
    for place, sign in enumerate(signs.text):
        is_narrow = signs.widths[place] < LEAST_SQUARE * signs.sizes[place]
        if sign in _IN_LATIN_TEXT and is_narrow and sign != "—":
            kinds[place] = Kind.OTHER
    return kinds


def make_glue(signs: Signs, kinds: Sequence[Kind], profile: Profile) -> Glue:
    """Return what lies behind each sign."""
    number = len(kinds)
    glue = Glue([0.0] * number, [0.0] * number, [0.0] * number, [0.0] * number)
    solid = {found.start() - 1 for found in _NO_GAP.finditer(signs.text)}
    for place in range(number - 1):
        kind, following = kinds[place], kinds[place + 1]
        em = signs.sizes[place]
        if kind == following == Kind.IDEOGRAPH:
            glue.characters[place] = CHARACTER_GROWTH * em
        elif kind == Kind.SPACE:
            glue.gaps[place] = GAP_GROWTH * em
            glue.shrinkage[place] = SPACE_SHRINKAGE * em
        elif kind in SQUARES and following in SQUARES:
            _between_squares(signs, glue, place, kind, following, profile)
        elif _wants_gap(kind, following) and place not in solid:
            glue.fixed[place] = profile.gap * em
            glue.gaps[place] = GAP_GROWTH * em
            glue.shrinkage[place] = GAP_SHRINKAGE * em
        elif Kind.CONNECTOR not in (kind, following):
            _beside_letters(signs, glue, place, kind, following, profile)
    return glue


def _wants_gap(kind: Kind, following: Kind) -> bool:
    return (kind, following) in (
        (Kind.IDEOGRAPH, Kind.LETTER),
        (Kind.LETTER, Kind.IDEOGRAPH),
    )


def _between_squares(
    signs: Signs, glue: Glue, place: int, kind: Kind, following: Kind, profile: Profile
) -> None:
    """Two marks that follow one another share a square and a half (clreq 3.1.6.2)."""
    right = signs.right_blanks[place] if kind in profile.yielding else 0.0
    left = signs.left_blanks[place + 1] if following in profile.yielding else 0.0
    if kind != Kind.IDEOGRAPH and following != Kind.IDEOGRAPH:
        closing = right if kind != Kind.MARK or following == Kind.CLOSER else 0.0
        taken = closing or left
        glue.fixed[place] = -taken
        right, left = (0.0, left) if closing else (right, 0.0)
    glue.characters[place] = CHARACTER_GROWTH * signs.sizes[place]
    glue.shrinkage[place] = MARK_SHRINKAGE * (right + left)


def _beside_letters(
    signs: Signs, glue: Glue, place: int, kind: Kind, following: Kind, profile: Profile
) -> None:
    """Nothing is added between a mark and a letter (clreq 3.2.4), but a mark may yield."""
    right = signs.right_blanks[place] if kind in profile.yielding else 0.0
    left = signs.left_blanks[place + 1] if following in profile.yielding else 0.0
    glue.shrinkage[place] = MARK_SHRINKAGE * (right + left)


# ---------------------------------------------------------------- where a line may break

_NO_START = pattern(
    r"(?=[·・～〜／])|(?<!—)(?=—(?!—))|(?<=／)|(?<=[\u3400-\u9fff])(?=/)|(?<=/)(?=[\u3400-\u9fff])"
)
"""Connectors begin no line, and a slash ends none (GB/T 15834, 5.1)."""
_JOINED = pattern(
    r"(?<=[0-9])(?=[年月日時时分秒号號點点届屆所位名人个個项項家亿億万萬千百元度%‰℃])"
    r"|(?<=第)(?=[0-9])"
)
"""Figures keep their measure word."""
_ADDRESS = pattern(r"(?:\w+://|www\.)[!-~]+|[\w.+-]+@[\w.-]+")
_IN_ADDRESS = pattern(r"(?<=[\w/])(?=[.?&=#%_@-])|(?<=/)(?=\w)")
"""An address on the web is parted before its marks, so that none of them seems to end it."""


_QUOTED = frozenset(
    {(Kind.CLOSER, Kind.IDEOGRAPH)} | {(kind, Kind.OPENER) for kind in SQUARES - {Kind.OPENER}}
)
"""Where a quotation begins or ends, which UAX 14 cannot tell from “ and ” alone."""


def find_breaks(text: str, allowed: Sequence[bool], kinds: Sequence[Kind]) -> list[float]:
    """Return the demerits of a break before each sign.

    Args:
        text: The signs.
        allowed: Where Unicode's line breaking algorithm (UAX 14) allows a break before a sign.
        kinds: Of the signs.
    """
    breaks = [0.0 if may else UNBREAKABLE for may in allowed]
    kind = kinds[0]
    for place, following in enumerate(kinds[1:], start=1):
        # What stands before a space decides what may be parted by it.
        kind = kind if kinds[place - 1] is Kind.SPACE else kinds[place - 1]
        if kind == Kind.OPENER or following in (Kind.CLOSER, Kind.STOP, Kind.MARK):
            breaks[place] = UNBREAKABLE
        elif (kind, following) in _QUOTED:
            breaks[place] = 0.0
    for address in _ADDRESS.finditer(text):
        for found in _IN_ADDRESS.finditer(text, address.start(), address.end()):
            breaks[found.start()] = min(breaks[found.start()], IN_ADDRESS)
    for unwelcome, demerits in ((_JOINED, UNWELCOME), (_NO_START, UNBREAKABLE)):
        for found in unwelcome.finditer(text):
            if found.start() < len(breaks):
                breaks[found.start()] = max(breaks[found.start()], demerits)
    return breaks
