"""What may be a name and stands where that of a missing person should: ``副总裁单皓晨介绍``.

Nothing here is read or compared: it has the shape of a name, in the place of one.
"""

import re
from collections.abc import Iterator
from functools import cache

from pubkit.model import Span
from pubkit.names.persons.cast import NO_NAMES, Naming, has_office_before, stands_alone
from pubkit.names.persons.finding.chinese import GIVEN_NAME_SIGNS, SPEECH
from pubkit.names.persons.finding.romanized import find_han_names, find_names
from pubkit.names.persons.forms import DOT, Form, chinese_parts, chinese_surname
from pubkit.names.persons.texts import ADDRESS, Texts, is_free
from pubkit.names.romanization.surnames import surname_weights
from pubkit.names.romanization.transliteration import SOUND_SIGNS
from pubkit.names.tables import read_words
from pubkit.names.titles.offices import find_han_offices
from pubkit.names.vocabulary import is_english_word
from pubkit.patterns import pattern

MOST_GIVEN = 2
SHORTEST_SOUND = 3
LONGEST_SOUND = 9
MARKS = frozenset("、，（）()：:；;。！？!? “”‘’\n《》—")
BEFORE = MARKS | frozenset("和与及由让向对请")
AFTER = MARKS | frozenset("和与及等在的将还也则不因已曾先从是为")
WORDS_OF_SPEECH = pattern(
    f"(?:{SPEECH.pattern}|感叹|坦承|提醒|担心|研究|审查|负责|致词|带领|率领|任(?![何务])|[笑谈讲问答])"
)


def find_stand_in(naming: Naming, texts: Texts) -> Span | None:
    """Return what stands in the target in the place of somebody's name, if anything does."""
    found = _in_chinese(naming, texts) if texts.into_chinese else _in_english(naming, texts)
    free = (span for span in found if is_free(span, texts))
    return next((span for span in free if not SHIP.match(texts.target, span.end)), None)


SHIP = pattern("[”’》][号轮艇舰奖杯]")
"""What stands behind the name of a ship or of a prize."""


# ---------------------------------------------------------------- Chinese


def _in_chinese(naming: Naming, texts: Texts) -> Iterator[Span]:
    person = naming.persons[0]
    wanted = person.chinese[0] if person.chinese else ""
    text = texts.chinese
    if naming.form is Form.PART or _is_office_and_surname(naming, texts):
        yield from _addressed(text)
    name = person.romanized
    if DOT in wanted or (name and name.style.is_transliterated):
        yield from dotted_names(text)
    if wanted[1:]:
        yield from _with_a_part(wanted, text)
    is_by_sound = DOT in wanted or len(wanted) > len(chinese_surname(wanted)) + MOST_GIVEN
    if is_by_sound or (name and name.style.is_transliterated):
        yield from names_by_sound(text)
    else:
        yield from sorted(_native(text), key=lambda span: not _shares(wanted, text, span))


def _shares(wanted: str, text: str, span: Span) -> bool:
    return bool(set(wanted) & set(text[span.start : span.end]))


def _addressed(text: str) -> Iterator[Span]:
    """Yield surnames before a form of address: ``曾教授``."""
    for match in _addressed_pattern().finditer(text):
        yield Span(*match.span())


@cache
def _addressed_pattern() -> re.Pattern[str]:
    surnames = "|".join(sorted(surname_weights(), key=len, reverse=True))
    return pattern(f"(?:{surnames}|{ALONE}){ADDRESS}")


ALONE = (
    "(?<![\u3400-\u9fff])[\u3400-\u9fff](?<![总副该各位老新原前名本其女男校院医董两三多另时大小我])"
)
"""A character that stands like a surname: ``汉教授``."""


def _is_office_and_surname(naming: Naming, texts: Texts) -> bool:
    """Tell whether somebody has agreed on ``Dean Ouyang`` as a form of the name."""
    first, _space, rest = texts.english[naming.span.start : naming.span.end].partition(" ")
    return bool(rest) and first.removesuffix(".") in NO_NAMES


def dotted_names(text: str) -> Iterator[Span]:
    """Yield where transliterated names with a dot stand."""
    if DOT in text:
        yield from (name.span for name in find_han_names(text) if not name.surname)


def names_by_sound(text: str) -> Iterator[Span]:
    """Yield where characters that imitate sounds stand like a name: ``站长洛桑次仁回忆说``."""
    offices = [office.span for office in find_han_offices(text)]
    starts = {span.end for span in offices}
    ends = {span.start for span in offices}
    starts.update(place + 1 for place, sign in enumerate(text) if sign in BEFORE)
    for start in sorted(starts | {0}):
        end = start
        while end < len(text) and text[end] in SOUND_SIGNS and not (end > start and end in ends):
            end += 1
        if SHORTEST_SOUND <= end - start <= LONGEST_SOUND:
            yield Span(start, end)


def _with_a_part(wanted: str, text: str) -> Iterator[Span]:
    """Yield what begins as a name of four characters does, and goes on otherwise."""
    parts = chinese_parts(wanted) if DOT not in wanted else ()
    for part in parts[:1]:
        place = text.find(part)
        while place >= 0:
            span = Span(place, place + len(wanted))
            following = text[place + len(part) : span.end]
            if len(following) == len(wanted) - len(part) and _can_be_given(following):
                yield span
            place = text.find(part, place + 1)


def _native(text: str) -> Iterator[Span]:
    """Yield a surname with one or two characters, beside an office or between marks."""
    yield from (name.span for name in find_han_names(text) if name.surname)
    offices = {office.span.start: office.span.end for office in find_han_offices(text)}
    behind = set(offices.values())
    weights = surname_weights()
    for place, sign in enumerate(text):
        length = 2 if text[place : place + 2] in weights else 1 if sign in weights else 0
        is_behind = place in behind
        if length and (is_behind or place == 0 or text[place - 1] in BEFORE):
            yield from _sizes(text, place, length, offices, is_behind=is_behind)


def _sizes(
    text: str, start: int, length: int, offices: dict[int, int], *, is_behind: bool
) -> Iterator[Span]:
    for size in (2, 1):
        end = start + length + size
        if end > len(text) or not _can_be_given(text[start + length : end]):
            continue
        is_said = end in offices or WORDS_OF_SPEECH.match(text, end)
        is_ended = end == len(text) or text[end] in AFTER
        is_word = text[start:end] in read_words("common-words.txt")
        is_placed = (is_said or is_ended) and start not in offices
        if (is_placed or (is_behind and size == 1)) and not is_word:
            yield Span(start, end)


def _can_be_given(signs: str) -> bool:
    return all("\u3400" <= sign <= "\u9fff" and sign not in GIVEN_NAME_SIGNS for sign in signs)


# ---------------------------------------------------------------- English

SPOKE = (
    r"(?:said|says|saying|told|tells|added|adds|noted|notes|recalled|recalls|explained|explains"
    r"|stressed|admitted|remarked|replied|warned|wrote|announced|argued|observed|believes|hopes"
    r"|joked|laughed|smiled)"
)
SINGLE = pattern(
    rf"(?<![\w'-])([A-Z][a-z]+)(?= (?:\w+ )?{SPOKE}\b)"
    rf"|(?<=\w )(?<=[ ,”\"]){SPOKE} ([A-Z][a-z]+)(?![\w'-])"
)
BEHIND_OFFICE = pattern(r"(?<=[ ])([A-Z][a-z]+)(?![\w'-])")
PRONOUNS = """
    He She They It We I You Who This That These Those One Both All Nobody Everyone Others Some
"""
NOBODY = NO_NAMES | frozenset(PRONOUNS.split())


def _in_english(naming: Naming, texts: Texts) -> Iterator[Span]:
    """Yield whole names that are nobody's, then single ones that speak or have an office."""
    text = texts.english
    known = {one.span for one in texts.english_namings if one.persons[0].chinese}
    for name in find_names(text):
        if name.span not in known:
            yield name.span
    for form in (SINGLE, BEHIND_OFFICE):
        for match in form.finditer(text):
            group = match.lastindex or 1
            span = Span(*match.span(group))
            is_name = match[group] not in NOBODY and span not in known
            is_placed = form is SINGLE or has_office_before(text, span.start)
            if is_name and is_placed and stands_alone(text, span):
                yield span
    if naming.form is Form.PART:
        yield from _unknown_words(text)


def _unknown_words(text: str) -> Iterator[Span]:
    """Yield capitalised words by themselves that are no English ones: ``O'Connor``."""
    for match in CAPITALISED_WORD.finditer(text):
        span = Span(*match.span())
        is_word = match[0] in NOBODY or is_english_word(match[0].lower())
        if not is_word and stands_alone(text, span):
            yield span


CAPITALISED_WORD = pattern(r"(?<![\w'-])[A-Z][\w'-]*[a-z](?![\w-])")
