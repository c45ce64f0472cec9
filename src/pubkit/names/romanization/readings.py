"""Find where a Chinese text has a romanised name.

A name becomes a plan: the surnames that its spelling may stand for, and for each further syllable
the characters that read so. Every place of such a surname is then compared with the plan.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from pubkit.model import Span
from pubkit.names.romanization.given_names import (
    is_surely_other,
    reads_in_japanese,
    reads_in_part,
)
from pubkit.names.romanization.japanese import japanese_surname_forms, japanese_surnames
from pubkit.names.romanization.person_names import Quality, Reading, RomanizedName, Style
from pubkit.names.romanization.spellings import (
    cantonese_characters,
    local_characters,
    taiwan_characters,
)
from pubkit.names.romanization.surnames import (
    foreign_surnames,
    pinyin_surnames,
    sinitic_surnames,
    surname_weights,
)
from pubkit.names.romanization.syllables import characters, plain_letters, segment
from pubkit.names.romanization.transliteration import find_bare, find_likenesses, has_dot, plain
from pubkit.names.scripts import simplify
from pubkit.names.spans import overlap
from pubkit.names.tables import read_table, read_words
from pubkit.patterns import pattern
from pubkit.values import dataclass

SURE = 1.0
UNUSUAL = 0.7
A_WORD = 0.4
BESIDE_OFFICE = 0.9
ANYWHERE = 0.5


def locate(name: RomanizedName, chinese: str) -> list[Reading]:
    """Return the places that can be read as a name, best first."""
    text = simplified(chinese)
    found = list(_readings(name, text))
    found.sort(key=_rank)
    kept: list[Reading] = []
    for reading in found:
        if not any(overlap(reading.span, other.span) for other in kept):
            kept.append(reading)
    if text is not chinese and text != chinese:
        kept = [_as_written(reading, chinese) for reading in kept]
    return kept


@lru_cache(maxsize=256)
def simplified(chinese: str) -> str:
    """Return a text in simplified characters: the same one each time, so that it is hashed once."""
    return simplify(chinese)


ORDER = {quality: rank for rank, quality in enumerate(Quality)}


def _rank(reading: Reading) -> tuple[int, float, int]:
    return ORDER[reading.quality], -reading.score, reading.span.start - reading.span.end


def _as_written(reading: Reading, chinese: str) -> Reading:
    return Reading(
        span=reading.span,
        text=chinese[reading.span.start : reading.span.end],
        quality=reading.quality,
        score=reading.score,
        fault=reading.fault,
        expected=reading.expected,
    )


def _readings(name: RomanizedName, text: str) -> Iterator[Reading]:
    if name.style.is_transliterated:
        yield from _transliterations(name, text)
        return
    plans = _plans(name.surname, name.given, name.style, name.is_given_first)
    places = list(_surname_places(plans[0], text))
    yield from _beside_offices(places, text)
    if name.given:
        full = list(_full(plans[0], places, text))
        for plan in plans[1:]:
            full += _full(plan, _surname_places(plan, text), text)
        yield from full
        if not any(reading.score > A_WORD for reading in full):
            yield from _incomplete(name, plans[0], places, text)
    else:
        yield from _surnames_alone(places, text, has_given=bool(name.first_name))
    if name.first_name and has_dot(text):
        yield from _transliterations(name, text)


_Places = Iterable[tuple[int, int, bool]]
"""Start and end of each surname in a text, and whether it is a usual one."""


# ---------------------------------------------------------------- plans


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the characters of a name can be."""

    surnames: frozenset[str]
    """One character or two each."""
    rare: frozenset[str]
    """Characters that read as the surname, though hardly anybody is called so."""
    given: tuple[frozenset[str], ...]
    """Empty sets are any character."""
    spelt: tuple[str, ...]
    """The syllables of the given name."""
    surname: str
    """The surname's spelling."""
    is_strict: bool

    first_signs: frozenset[str]
    """The characters with which the name can begin."""


def _first_signs(surnames: frozenset[str]) -> frozenset[str]:
    return frozenset(surname[0] for surname in surnames)


@lru_cache(maxsize=8192)
def _plans(
    surname: str, given: tuple[str, ...], style: Style, is_given_first: bool
) -> tuple[_Plan, ...]:
    """Return the ways to read a name, the likeliest first."""
    letters = plain_letters(surname.replace(" ", ""))
    if style is Style.PINYIN:
        return tuple(_pinyin_plans(letters, given))
    return (_tolerant_plan(letters, given, style),)


def _pinyin_plans(letters: str, given: tuple[str, ...]) -> Iterator[_Plan]:
    yield from (_pinyin_plan(letters, way, has_rare=True) for way in _ways(given))
    if len(given) == 1 and given[0] in pinyin_surnames() and given[0] != letters:
        for way in segment(letters):
            yield _pinyin_plan(given[0], way, has_rare=False)


def _ways(given: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the ways to cut a given name into as many syllables, the given one first."""
    if len(given) > 2 or not given:
        return [given]
    joined = "".join(given)
    others = [way for way in segment(joined) if len(way) <= 2 and way != given]
    return [given, *others]


def _pinyin_plan(letters: str, given: tuple[str, ...], *, has_rare: bool) -> _Plan:
    listed = pinyin_surnames().get(letters)
    surnames = listed.surnames if listed else frozenset()
    rare = (
        characters(letters) - surname_weights().keys() - common_signs() if has_rare else frozenset()
    )
    return _Plan(
        surnames=surnames,
        rare=rare,
        given=tuple(map(characters, given)),
        spelt=given,
        surname=letters,
        is_strict=True,
        first_signs=_first_signs(surnames) | rare,
    )


@cache
def common_signs() -> frozenset[str]:
    """Return characters that are met too often to be taken for rare surnames."""
    return frozenset(
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得着下自之年过发后作里用道行所然事成"
        "多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日者意无力它与长把机十民第此方"
        "两头使次身情全知间新什见结体点重向话应性间业员由外表等几已信气手数资料名线期社少市加通并务展建工目系设产立保内入"
        "本学院校教育技术研究科研究会议长处局厅级界际最高水平共同参加举行开幕仪式表示介绍指出认为于是提将被给让每各该约近约仅"
    )


def _tolerant_plan(letters: str, given: tuple[str, ...], style: Style) -> _Plan:
    surnames = _surnames(letters, style)
    return _Plan(
        surnames=surnames,
        rare=frozenset(),
        given=tuple(_given_signs(syllable, style) for syllable in given),
        spelt=given,
        surname=letters,
        is_strict=False,
        first_signs=_first_signs(surnames),
    )


@cache
def _surnames(letters: str, style: Style) -> frozenset[str]:
    if style is Style.JAPANESE:
        return japanese_surnames(letters)
    foreign = foreign_surnames().get((style, letters), frozenset())
    if style is Style.VIETNAMESE:
        return foreign
    korean = foreign_surnames().get((Style.KOREAN, letters), frozenset())
    return korean if style is Style.KOREAN and korean else korean | sinitic_surnames(letters)


@cache
def _given_signs(syllable: str, style: Style) -> frozenset[str]:
    """Return the characters of a syllable outside the mainland; none if nobody knows."""
    if style is Style.JAPANESE:
        return frozenset()
    if style is Style.VIETNAMESE:
        return local_characters(style, plain(syllable))
    korean = local_characters("korean", syllable)
    if style is Style.KOREAN:
        return korean
    return (
        korean
        | local_characters("overseas", syllable)
        | characters(syllable)
        | taiwan_characters(syllable)
        | cantonese_characters(syllable)
    )


# ---------------------------------------------------------------- whole names


@lru_cache(maxsize=64)
def _signs_of(text: str) -> frozenset[str]:
    return frozenset(text)


def _surname_places(plan: _Plan, text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of each surname of a plan in a text, and whether it is a usual one."""
    for sign in plan.first_signs & _signs_of(text):
        place = text.find(sign)
        while place >= 0:
            if text[place : place + 2] in plan.surnames:
                yield place, place + 2, True
            elif text[place : place + 3] in plan.surnames:
                yield place, place + 3, True
            elif sign in plan.surnames:
                yield place, place + 1, True
            elif sign in plan.rare:
                yield place, place + 1, False
            place = text.find(sign, place + 1)


def _full(plan: _Plan, places: _Places, text: str) -> Iterator[Reading]:
    """Yield where a plan is fulfilled."""
    if not plan.given or not all(plan.given):
        return
    for start, surname_end, is_usual in places:
        end = surname_end
        for signs in plan.given:
            end = _after_gap(text, end)
            if end >= len(text) or text[end] not in signs:
                break
            end += 1
        else:
            certainty = _certainty(text, start, end, is_usual=is_usual)
            yield _reading(text, start, end, Quality.FULL, certainty)


SCHOOL_WORDS = "大学 中学 小学 学院 学校 医院 公司 集团 银行 协会 中心"
SCHOOLS = frozenset(SCHOOL_WORDS.split())
"""What is named after the character before it: ``师范大学``, ``工程学院``."""


def _certainty(text: str, start: int, end: int, *, is_usual: bool) -> float:
    if text[start:end] in read_words("common-words.txt") or text[end - 1 : end + 1] in SCHOOLS:
        return A_WORD
    return SURE if is_usual else UNUSUAL


def _after_gap(text: str, place: int) -> int:
    """Return the place after spaces, which stand in lists of names: ``张  锦``."""
    end = place
    while end < len(text) and text[end] in " \u3000\u00a0":
        end += 1
    return end


def _reading(text: str, start: int, end: int, quality: Quality, score: float) -> Reading:
    return Reading(span=Span(start, end), text=text[start:end], quality=quality, score=score)


# ---------------------------------------------------------------- surnames beside offices

ADDRESSES = (
    "先生 女士 小姐 太太 夫人 同志 老师 教授 博士 医生 大夫 总 老 氏 某 校长 院长 主任 同学 师傅 公"
)


@cache
def office_words() -> frozenset[str]:
    """Return offices and forms of address in Chinese."""
    told = (row[1] for row in read_table("offices.tsv") if len(row) > 1)
    offices = {office.strip() for listed in told for office in listed.split(";")}
    return frozenset((offices | set(ADDRESSES.split())) - {""})


def office_at(text: str, place: int) -> int:
    """Return how long the office is that begins here, ``副`` and the like included; 0 if none."""
    sign = text[place : place + 1]
    for modifier in MODIFIERS.get(sign, ()):
        if text.startswith(modifier, place):
            length = office_at(text, place + len(modifier))
            if length:
                return len(modifier) + length
    for office in _offices_by_sign().get(sign, ()):
        if text.startswith(office, place):
            return len(office)
    return 0


MODIFIERS = {
    "副": ("副",), "原": ("原",), "前": ("前",), "代": ("代",), "常": ("常务",), "名": ("名誉",),
    "高": ("高级",), "执": ("执行",), "首": ("首席",),
}  # fmt: skip


@cache
def office_starts() -> re.Pattern[str]:
    """Return the characters that offices begin with."""
    return pattern(f"[{''.join(sorted({*_offices_by_sign(), *MODIFIERS}))}]")


@cache
def _offices_by_sign() -> dict[str, tuple[str, ...]]:
    """Return the offices by their first character, the longest first."""
    found: dict[str, list[str]] = {}
    for office in sorted(office_words(), key=len, reverse=True):
        found.setdefault(office[0], []).append(office)
    return {sign: tuple(offices) for sign, offices in found.items()}


def _beside_offices(places: _Places, text: str) -> Iterator[Reading]:
    for start, end, is_usual in places:
        if is_usual and office_at(text, end):
            yield _reading(text, start, end, Quality.SURNAME_ONLY, BESIDE_OFFICE)


FUNCTION_SIGNS = frozenset(
    "的了在是和与及等为将把被对从说向由以到于有也都就还又并或而则曾已正会要能可让使给同跟因此这那其他她它们你我不没未一二三两几个名位"
    "，。、；：！？“”‘’（）《》〈〉—…·,.;:!?()\"' "
)
MOST_GIVEN = 2


def _surnames_alone(places: _Places, text: str, *, has_given: bool) -> Iterator[Reading]:
    """Yield where a surname stands, and the given name that nobody told, if there is one."""
    for start, end, is_usual in places:
        if is_usual:
            last = _end_of_given(text, end, MOST_GIVEN) if has_given else end
            yield _reading(text, start, last, Quality.SURNAME_ONLY, ANYWHERE)


def _end_of_given(text: str, start: int, most: int) -> int:
    end = start
    while end < len(text) and end - start < most and _is_given_sign(text, end):
        end += 1
    return end


def _is_given_sign(text: str, place: int) -> bool:
    sign = text[place]
    return (
        "\u4e00" <= sign <= "\u9fff" and sign not in FUNCTION_SIGNS and not office_at(text, place)
    )


# ---------------------------------------------------------------- names with a fault


def _incomplete(name: RomanizedName, plan: _Plan, places: _Places, text: str) -> Iterator[Reading]:
    if name.style is Style.JAPANESE:
        yield from _japanese(plan, places, text)
        return
    for start, end, is_usual in places:
        if is_usual:
            near = _near(plan, text, start, end)
            if near and _is_surely_wrong(near, name.style):
                yield near
            elif name.style is Style.VIETNAMESE:
                yield from _foreign(((start, end, True),), name.style, text)
            elif not plan.is_strict:
                yield from _surname_and_given(plan, text, start, end)
    if name.style is not Style.VIETNAMESE:
        yield from _other_surname(plan, text)


def _is_surely_wrong(near: Reading, style: Style) -> bool:
    """Tell whether the wrong character of a Korean or Vietnamese name is known for other sounds."""
    if style not in (Style.KOREAN, Style.VIETNAMESE) or not near.fault or not near.expected:
        return True
    offset = near.fault.start - near.span.start
    wrong = near.text[offset : offset + near.fault.end - near.fault.start]
    return not wrong or is_surely_other(style, plain(near.expected), wrong[0])


MOST_JAPANESE = 3
LONG_ENOUGH = 4


def _with_another_surname(spelt: str, text: str) -> Iterator[Reading]:
    """Yield where a Japanese given name of two characters follows another surname."""
    if len(spelt) < LONG_ENOUGH:
        return
    for start in range(2, len(text) - 1):
        given = text[start : start + 2]
        if reads_in_japanese(spelt, given) and text[start - 2 : start] in japanese_surname_forms():
            yield _faulty(text, start - 2, start + 2, Span(start - 2, start), "")


def _japanese(plan: _Plan, places: _Places, text: str) -> Iterator[Reading]:
    """Yield Japanese names that are read so, that are not quite, or of which nobody knows."""
    spelt = "".join(plan.spelt)
    places = list(places)
    if not places:
        yield from _with_another_surname(spelt, text)
    for start, end, is_usual in places:
        last = _end_of_given(text, end, MOST_JAPANESE)
        whole = [stop for stop in range(last, end, -1) if reads_in_japanese(spelt, text[end:stop])]
        if whole:
            yield _reading(text, start, whole[0], Quality.FULL, SURE)
            continue
        given = text[end : min(end + 2, last)]
        if (
            len(given) > 1
            and reads_in_japanese(spelt, given) is False
            and reads_in_part(spelt, given)
        ):
            yield _faulty(text, start, end + 2, Span(end, end + 2), spelt)
        else:
            yield from _foreign(((start, end, is_usual),), Style.JAPANESE, text)


MIDDLE_NAME = "氏"
"""The Vietnamese Thị, which stands between surname and given name."""


def _foreign(places: _Places, style: Style, text: str) -> Iterator[Reading]:
    """Yield Japanese and Vietnamese names: the surname, and as many characters as may follow."""
    most = 3 if style is Style.VIETNAMESE else MOST_GIVEN
    for start, end, _is_usual in places:
        if not office_at(text, end) or text[end] == MIDDLE_NAME:
            is_han = "\u4e00" <= text[end : end + 1] <= "\u9fff"
            last = _end_of_given(text, end + 1, most - 1) if is_han else end
            yield _reading(text, start, last, Quality.SURNAME_ONLY, BESIDE_OFFICE)


def _surname_and_given(plan: _Plan, text: str, start: int, end: int) -> Iterator[Reading]:
    last = _end_of_given(text, end, len(plan.given))
    if last > end:
        score = ANYWHERE if last - end == len(plan.given) else ANYWHERE / 2
        yield _reading(text, start, last, Quality.SURNAME_ONLY, score)


def _near(plan: _Plan, text: str, start: int, end: int) -> Reading | None:
    """Return the reading at a surname whose given name has one fault."""
    given = plan.given
    signs = text[end : end + len(given) + 1]
    reads = [sign in wanted for sign, wanted in zip(signs, given, strict=False)]
    if len(given) == 1:
        return _near_single(plan, text, start, end)
    if len(given) != MOST_GIVEN or not signs:
        return None
    if len(signs) > 1 and reads[0] and _is_given_sign(text, end + 1):
        return _faulty(text, start, end + 2, Span(end + 1, end + 2), plan.spelt[1])
    if len(signs) > 1 and reads[1] and _is_given_sign(text, end):
        return _faulty(text, start, end + 2, Span(end, end + 1), plan.spelt[0])
    if reads[0]:
        return _faulty(text, start, end + 1, Span(end + 1, end + 1), plan.spelt[1])
    if signs[0] in given[1]:
        is_swapped = len(signs) > 1 and signs[1] in given[0]
        last = end + 1 + is_swapped
        return _faulty(
            text, start, last, Span(end, last) if is_swapped else Span(end, end), plan.spelt[0]
        )
    return None


def _near_single(plan: _Plan, text: str, start: int, end: int) -> Reading | None:
    if end < len(text) and _is_given_sign(text, end):
        if text[end + 1 : end + 2] and text[end + 1] in plan.given[0]:
            return _faulty(text, start, end + 2, Span(end, end + 1), "")
        if not _is_given_sign(text, end + 1) if end + 1 < len(text) else True:
            return _faulty(text, start, end + 1, Span(end, end + 1), plan.spelt[0])
    return None


def _other_surname(plan: _Plan, text: str) -> Iterator[Reading]:
    """Yield where both syllables of a given name follow another surname."""
    if len(plan.given) != MOST_GIVEN or not all(plan.given):
        return
    one, two = plan.given
    for sign in one & _signs_of(text):
        place = text.find(sign)
        while place >= 0:
            if (
                place + 1 < len(text)
                and text[place + 1] in two
                and place
                and _is_surname(text, place, plan)
            ):
                yield _faulty(text, place - 1, place + 2, Span(place - 1, place), plan.surname)
            place = text.find(sign, place + 1)


def _is_surname(text: str, end: int, plan: _Plan) -> bool:
    sign = text[end - 1]
    return sign in surname_weights() and sign not in plan.first_signs


def _faulty(text: str, start: int, end: int, fault: Span, expected: str) -> Reading:
    return Reading(
        span=Span(start, end),
        text=text[start:end],
        quality=Quality.NEAR,
        fault=fault,
        expected=expected,
    )


# ---------------------------------------------------------------- transliterations


def _transliterations(name: RomanizedName, text: str) -> Iterator[Reading]:
    if name.is_bare_surname:
        likenesses = find_bare(name.surname, text)
        is_whole = name.style is Style.MINORITY
        quality = Quality.TRANSLITERATION if is_whole else Quality.SURNAME_ONLY
    else:
        first = (name.first_name,) if name.first_name else name.given
        likenesses = find_likenesses((*first, name.surname), text)
        quality = Quality.TRANSLITERATION
    for likeness in likenesses:
        yield _reading(text, likeness.start, likeness.end, quality, likeness.score)
    if not likenesses and not name.is_bare_surname and not name.first_name:
        for likeness in find_bare(name.surname, text):
            yield _reading(text, likeness.start, likeness.end, Quality.SURNAME_ONLY, likeness.score)
