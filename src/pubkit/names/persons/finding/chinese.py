"""Find persons' names in Chinese prose, and spell them in pinyin.

Chinese does not mark names. A surname counts where one or two further characters stand between it
and an office, a verb of speech or a mark; a transliterated name has a dot.
"""

import re
from collections.abc import Iterator
from functools import cache

from pubkit.model import Span
from pubkit.names.romanization.person_names import HanName, Style
from pubkit.names.romanization.readings import (
    FUNCTION_SIGNS,
    SCHOOLS,
    office_at,
    office_starts,
    office_words,
    simplified,
)
from pubkit.names.romanization.surnames import surname_readings, surname_weights
from pubkit.names.romanization.syllables import readings
from pubkit.names.romanization.transliteration import DOTS, find_dotted
from pubkit.names.scripts import simplify
from pubkit.names.tables import read_words
from pubkit.patterns import pattern

ENOUGH = 1.0
OFFICE_BEFORE = 0.5
OFFICE_AFTER = 0.45
SPEECH_AFTER = 0.5
LISTED = 0.25
SPEECH = pattern(
    "说|连任|创办|领衔|表示|指出|认为|介绍|称|强调|透露|坦言|告诉|回忆|补充|解释|宣布|主持|出席|致辞|发言|担任|当选|荣获|获得|率|摄|撰|参加|代表|领衔|接受"
)
LIST_MARKS = "、，（）()《：:；;。　 \n/“"
GIVEN_NAME_SIGNS = (FUNCTION_SIGNS | frozenset("副任打做看去来被席")) - frozenset(
    "和与为以之正可一三同其言"
)


def find_han_names(chinese: str, *, known: frozenset[str]) -> list[HanName]:
    """Return the persons named, in order."""
    text = simplified(chinese)
    found = [*_known(text, known), *_dotted(text), *_native(text)]
    found.sort(key=lambda name: (-name.score, name.span.start - name.span.end))
    taken: list[HanName] = []
    for name in found:
        if not any(name.span.start < t.span.end and t.span.start < name.span.end for t in taken):
            taken.append(name)
    return sorted(taken, key=lambda name: name.span.start)


def _known(text: str, known: frozenset[str]) -> Iterator[HanName]:
    for form in known:
        place = text.find(form)
        while place >= 0:
            yield _name(text, place, place + len(form), _surname_length(form), 2.0)
            place = text.find(form, place + len(form))


def _surname_length(form: str) -> int:
    if DOTS.search(form):
        return 0
    return 2 if form[:2] in surname_weights() else 1


def _name(text: str, start: int, end: int, surname_length: int, score: float) -> HanName:
    return HanName(
        span=Span(start, end),
        text=text[start:end],
        surname=text[start : start + surname_length],
        given=text[start + surname_length : end],
        style=Style.PINYIN if surname_length else Style.WESTERN,
        score=score,
    )


def _dotted(text: str) -> Iterator[HanName]:
    for start, end in find_dotted_names(text):
        if end - start > SHORTEST_DOTTED:
            yield _name(text, start, end, 0, 1.5)


SHORTEST_DOTTED = 3


def find_dotted_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where dotted names stand, without the offices beside them."""
    for first, last in find_dotted(text):
        start, end = first, last
        for place in range(first + 1, min(first + 3, last)):
            if any(
                text[begin:place] in office_words() for begin in range(max(0, place - 5), first + 1)
            ):
                start = place
        for place in range(max(start, last - 3), last):
            if office_at(text, place):
                end = place
                break
        yield start, end


# ---------------------------------------------------------------- Han names


def _native(text: str) -> Iterator[HanName]:
    weights = surname_weights()
    covered: set[int] | None = None
    for match in _surname_pattern().finditer(text):
        place, sign = match.start(), match[0]
        before = _before(text, place)
        if before is None:
            continue
        length = 2 if text[place : place + 2] in weights else 1
        weight = weights.get(text[place : place + length])
        if weight is None or (sign in FUNCTION_SIGNS and length == 1 and before < LISTED):
            continue
        if covered is None:
            covered = set(_places_of_offices(text))
        if place in covered:
            continue
        for size in (2, 1):
            end = place + length + size
            score = (
                weight
                - (0.5 if sign in WEAK_SURNAMES else 0.3)
                + before
                + _after(text, end)
                + 0.1 * size
                + 0.3 * (length - 1)
                - _likeness_of_a_word(text, place, end)
            )
            if score >= ENOUGH and _can_be_name(text, place, length, end):
                yield _name(text, place, end, length, min(2.0, score))


@cache
def _surname_pattern() -> re.Pattern[str]:
    """Return the characters that surnames begin with."""
    return pattern(f"[{''.join(sorted({surname[0] for surname in surname_weights()}))}]")


WEAK_SURNAMES = frozenset("和那任何生时能向常于从没有全公方高金成明安平水相关应由后来过")
"""Surnames that are met far oftener as words."""


def _places_of_offices(text: str) -> Iterator[int]:
    end = 0
    for match in office_starts().finditer(text):
        place = match.start()
        length = office_at(text, place) if place >= end else 0
        if length > 1:
            end = place + length
            yield from range(place, end)


def _likeness_of_a_word(text: str, start: int, end: int) -> float:
    """Return how much speaks for a word: 付息日 begins with one, 呼伦湖 is one."""
    words = read_words("chinese-words.txt")
    if text[start:end] in words:
        return 0.6
    return 0.4 if text[start : start + 2] in words else 0.0


def _can_be_name(text: str, start: int, length: int, end: int) -> bool:
    given = text[start + length : end]
    return (
        end <= len(text)
        and all("\u4e00" <= sign <= "\u9fff" and sign not in GIVEN_NAME_SIGNS for sign in given)
        and text[start : start + 2] not in read_words("common-words.txt")
        and text[start + 1 : start + 3] not in SCHOOLS
        and text[end - 1] not in ENDS_OF_PLACES
        and not BODY_AFTER.match(text, end)
        and text[start:end] not in office_words()
        and not office_at(text, start + length)
    )


ENDS_OF_PLACES = frozenset("岁委湖河岛县市区镇乡村省路街站日率费额款债券行厂店馆")
BODY_AFTER = pattern(
    "支行|分行|分[部院局校]|办事处|分公司|街道|社区|大学|学院|[中小]学|医院|公司|集团|银行|法院|海关"
    "|码头|机场|车站|水库|[湖湾镇乡村县市区州省港]"
)
"""What is named after a place: ``石浦支行``."""


def _before(text: str, place: int) -> float | None:
    """Return what stands before a surname for it; None if it is inside a word."""
    if place == 0 or text[place - 1] in LIST_MARKS:
        return LISTED
    longest = max(1, place - LONGEST_OFFICE)
    if any(text[start:place] in office_words() for start in range(longest - 1, place - 1)):
        return OFFICE_BEFORE
    if text[place - 1] in ENDS_OF_OFFICES and "\u4e00" <= text[place - 2 : place - 1] <= "\u9fff":
        return OFFICE_LIKELY
    if text[place - 1] in "由与和及向同让请为对的将":
        return 0.1
    return None


LONGEST_OFFICE = 6
OFFICE_LIKELY = 0.35
ENDS_OF_OFFICES = frozenset("家员官师长事理者席记士手星机匠")
"""The last characters of offices and professions that no list has: ``书法家``."""


def _after(text: str, end: int) -> float:
    """Return what stands after a name for it."""
    if end >= len(text):
        return LISTED
    if office_at(text, end):
        return OFFICE_AFTER
    if SPEECH.match(text, end):
        return SPEECH_AFTER
    if text[end] in LIST_MARKS or text[end] in "”":
        return LISTED
    return 0.1 if text[end] in "和与及等在的为任是将还也则不因自已连创曾先" else -0.3


# ---------------------------------------------------------------- spelling

PASSPORT = {"lv": "lyu", "nv": "nyu", "lve": "lyue", "nve": "nyue"}


def romanize(han: str) -> str:
    """Return a Han name in pinyin, surname first."""
    text = simplify(han).replace(" ", "")
    if not text or DOTS.search(text) or not all(map(readings, text)):
        return ""
    length = _surname_length(text)
    surname = surname_readings(text[:length])
    if not surname:
        return ""
    given = _joined([readings(sign)[0] for sign in text[length:]])
    return " ".join(filter(None, (_spelt(surname[0]).capitalize(), given.capitalize())))


def _spelt(syllable: str) -> str:
    return PASSPORT.get(syllable, syllable)


VOWELS = frozenset("aeo")


def _joined(syllables: list[str]) -> str:
    """Return the syllables of a given name as one word: an apostrophe before a, e and o."""
    word = ""
    for syllable in map(_spelt, syllables):
        word += f"'{syllable}" if word and syllable[0] in VOWELS else syllable
    return word
