"""Persons found by rule of whom no text of the document has a rendering that can be read.

Their names say what the characters can be; so does a name in Chinese say how it is spelt.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pubkit.model import Span
from pubkit.names.persons.cast import NO_NAMES, Naming, has_office_before
from pubkit.names.persons.finding.romanized import find_han_names, find_names, locate, romanize
from pubkit.names.persons.forms import DOT, Form, near_in_english
from pubkit.names.persons.found import (
    PERHAPS,
    SOUNDS_RELATED,
    has_other_surname,
    is_misspelt,
    is_strong,
)
from pubkit.names.persons.kinds import Cause, FaultKind, Person, PersonFault
from pubkit.names.persons.misheard import (
    SURELY_HEARD,
    hear,
    is_doubtful,
    is_misheard,
    is_of_a_minority,
    misheard_span,
)
from pubkit.names.persons.missing import VERBS, find_strangers
from pubkit.names.persons.slips import (
    absent,
    has_pronoun,
    left_untranslated,
    may_stay,
    near_english,
)
from pubkit.names.persons.stand_ins import SHIP, find_stand_in
from pubkit.names.persons.texts import Texts, is_free
from pubkit.names.romanization.likeness import fit
from pubkit.names.romanization.person_names import HanName, Quality, Reading, RomanizedName
from pubkit.names.romanization.surnames import surname_weights
from pubkit.names.romanization.transliteration import SOUND_SIGNS, alike
from pubkit.names.titles.offices import find_han_offices, find_offices
from pubkit.names.variants import is_one_slip
from pubkit.names.vocabulary import is_english_word
from pubkit.patterns import pattern

LIKELY = 1.1
"""The score from which a Chinese name is missed where nothing stands for it."""


def find_unread(texts: Texts) -> Iterator[PersonFault]:
    """Yield what is wrong with the names that nothing in the other language reads as."""
    unread = _unread(texts)
    if texts.into_chinese:
        for naming, name in unread:
            if may_stay(naming, texts) or _is_slip_of_source(naming, name, texts):
                continue
            others = [other for _naming, other in unread if other is not name]
            fault = _left(naming, name, texts) or _misread(naming, name, others, texts)
            if fault:
                yield fault
                if fault.span:
                    texts.take(fault.span)
    else:
        yield from _misspelt(unread, texts)


def _left(naming: Naming, name: RomanizedName, texts: Texts) -> PersonFault | None:
    """Find a name left in Latin letters; a doubtful one only behind an office."""
    left = left_untranslated(naming, texts)
    if left and left.span and is_doubtful(name):
        ends = {office.span.end for office in find_han_offices(texts.chinese)}
        return left if left.span.start in ends else None
    return left


def _unread(texts: Texts) -> list[tuple[Naming, RomanizedName]]:
    """Return the namings of persons without a Chinese form, one for each."""
    found: dict[Person, tuple[Naming, RomanizedName]] = {}
    for naming in texts.english_namings:
        person = naming.persons[0]
        if not person.chinese and person.romanized:
            found.setdefault(person, (naming, person.romanized))
    return list(found.values())


def _is_slip_of_source(naming: Naming, name: RomanizedName, texts: Texts) -> bool:
    """Tell whether the source misspelt somebody whom the translation names rightly.

    Somebody with an office of their own is rather another person than a slip.
    """
    here = {person for one in texts.source_namings for person in one.persons}
    is_near = any(
        is_one_slip(form.lower(), name.text.lower())
        for one in texts.target_namings
        for person in one.persons
        if person not in here and one.form is not Form.PART
        for form in person.english
    )
    return is_near and not any(
        -NEAR_OFFICE <= office.span.start - naming.span.end <= NEAR_OFFICE
        for office in find_offices(texts.english)
    )


NEAR_OFFICE = 30
"""The letters between a name and an office that may be its bearer's."""


# ---------------------------------------------------------------- into Chinese


def _misread(
    naming: Naming, name: RomanizedName, others: list[RomanizedName], texts: Texts
) -> PersonFault | None:
    readings = [one for one in locate(name, texts.chinese) if is_free(one.span, texts)]
    if name.style.is_transliterated and naming.form is not Form.PART:
        is_known = is_of_a_minority(name)
        heard = (one for one in readings if is_known or is_strong(one))
        span = misheard_span(name, heard, others, texts)
        if span:
            return _unreadable(naming, span, texts)
    if is_doubtful(name):
        return None
    if naming.form is Form.PART and any(one.quality is not Quality.NEAR for one in readings):
        return None
    near = next((one for one in readings if one.quality is Quality.NEAR), None)
    if near:
        return _unreadable(naming, near.span, texts)
    if any(is_strong(one) for one in readings):
        return None
    return _replaced(naming, name, texts)


def _replaced(naming: Naming, name: RomanizedName, texts: Texts) -> PersonFault | None:
    """Return the fault that another name, or none, stands in the place of one."""
    stranger = next(iter(_strange_names(texts)), None)
    if stranger and (DOT in stranger.text) is name.style.is_transliterated:
        is_right = DOT in stranger.text and fit(name.text, texts.chinese, stranger.span).is_right
        return None if is_right else _unreadable(naming, stranger.span, texts)
    others = find_strangers(texts)
    if others:
        return _unreadable(naming, others[0].span, texts)
    span = find_stand_in(naming, texts)
    if not span:
        return None if _may_be_a_firm(name, texts) else absent(naming, texts)
    if not name.style.is_transliterated:
        return _unreadable(naming, span, texts)
    heard = fit(name.text, texts.chinese, span)
    if heard.is_wrong and (heard.best <= SURELY_HEARD or is_of_a_minority(name)):
        return _unreadable(naming, heard.span, texts)
    is_like = heard.is_right or alike(name.text, texts.chinese[span.start : span.end]) >= PERHAPS
    return None if is_like else absent(naming, texts)


def _may_be_a_firm(name: RomanizedName, texts: Texts) -> bool:
    """Tell whether only the translation says of a firm what it is: ``浩康会计师事务所``."""
    if not name.style.is_transliterated:
        return False
    return bool(FIRM_IN_CHINESE.search(texts.chinese)) and not FIRM.search(texts.english)


FIRM_IN_CHINESE = pattern("事务所|律所|公司|集团|银行|品牌")
FIRM = pattern(r"(?i)\b(?:firms?|compan(?:y|ies)|groups?|banks?|brands?|Co|Ltd|Inc|LLP)\b")


def _unreadable(naming: Naming, span: Span, texts: Texts, wanted: str = "") -> PersonFault:
    return PersonFault(
        kind=FaultKind.WRONG,
        cause=Cause.UNREADABLE,
        name=texts.source[naming.span.start : naming.span.end] if texts.into_chinese else wanted,
        span=span,
        found=texts.target[span.start : span.end],
        wanted=wanted,
        is_certain=naming.persons[0].is_sure and not _is_slip_of_reading(naming, span, texts),
    )


def _is_slip_of_reading(naming: Naming, span: Span, texts: Texts) -> bool:
    """Tell whether the source may be what is a letter off: ``Zao Yun`` for 赵筠."""
    spelt = romanize(texts.chinese[span.start : span.end]) if texts.into_chinese else ""
    return is_one_slip(spelt.lower(), naming.persons[0].name.lower())


def _strange_names(texts: Texts) -> list[HanName]:
    """Return the names in the Chinese text that belong to nobody."""
    taken = _named_places(texts)
    return [
        name
        for name in find_han_names(texts.chinese)
        if name.score >= LIKELY
        and name.surname not in VERBS
        and not SHIP.match(texts.chinese, name.span.end)
        and taken.isdisjoint(range(name.span.start, name.span.end))
        and (not texts.into_chinese or is_free(name.span, texts))
    ]


# ---------------------------------------------------------------- into English


def _misspelt(unread: list[tuple[Naming, RomanizedName]], texts: Texts) -> Iterator[PersonFault]:
    """Yield English names that are nobody's beside Chinese names that have no spelling."""
    claimed: list[Span] = []
    unexplained = []
    taken = _named_places(texts)
    for naming, name in unread:
        readings = [
            one
            for one in locate(name, texts.chinese)
            if taken.isdisjoint(range(one.span.start, one.span.end))
        ]
        claimed += [one.span for one in readings[:1]]
        if readings and _is_nearly(name, readings[0], texts):
            wanted = romanize(readings[0].text) if name.style.is_spelt_by_rule else ""
            wanted = wanted if wanted != name.text else ""
            yield replace(_unreadable(naming, naming.span, texts, wanted), name=readings[0].text)
        elif span := _misheard_source(name, readings, unread, texts):
            wrong = _unreadable(naming, naming.span, texts)
            yield replace(wrong, name=texts.chinese[span.start : span.end])
        elif not readings and (turned := _turned(name, texts)):
            yield replace(
                _unreadable(naming, naming.span, texts, turned), kind=FaultKind.INCONSISTENT
            )
        elif not readings:
            unexplained.append((naming, name))
    for han in _strange_names(texts):
        is_claimed = any(han.span.start < one.end and one.start < han.span.end for one in claimed)
        if not is_claimed and not _is_heard(han, texts):
            yield from _unspelt(han, unexplained, texts)
    yield from _left_names(texts)


def _misheard_source(
    name: RomanizedName,
    readings: list[Reading],
    unread: list[tuple[Naming, RomanizedName]],
    texts: Texts,
) -> Span | None:
    """Return the dotted Chinese name of which an English one is a part wrongly, or turned."""
    text = texts.chinese
    whole = (
        one
        for one in readings
        if one.quality.is_confirmed
        and DOT not in (text[one.span.start - 1 : one.span.start], text[one.span.end :][:1])
    )
    heard = (hear(name, text, one) for one in whole)
    if not all(is_wrong for _reading, is_wrong in heard) or not name.style.is_transliterated:
        return None
    others = [other for _naming, other in unread if other is not name]
    return misheard_span(name, (), others, texts)


def _is_nearly(name: RomanizedName, reading: Reading, texts: Texts) -> bool:
    """Tell whether a Chinese name is spelt with a slip."""
    if has_other_surname(name, reading.text):
        return True
    if not name.style.is_transliterated:
        return reading.quality is Quality.NEAR
    return is_misspelt(name, reading.text) or is_misheard(name, texts.chinese, reading)


def _turned(name: RomanizedName, texts: Texts) -> str:
    """Return a name in the other order, if only that can be read in the Chinese text."""
    words = name.text.split()
    if len(words) != 2 or not name.style.is_spelt_by_rule:
        return ""
    text = f"{words[1]} {words[0]}"
    found = find_names(text, known=(text,))
    places = [one for other in found for one in locate(other, texts.chinese)]
    return text if any(one.quality is Quality.FULL for one in places) else ""


def _named_places(texts: Texts) -> set[int]:
    """Return the characters of the Chinese text that name somebody of the cast."""
    spans = (naming.span for naming in texts.chinese_namings)
    return {place for span in spans for place in range(span.start, span.end)}


def _unspelt(
    han: HanName, unexplained: list[tuple[Naming, RomanizedName]], texts: Texts
) -> Iterator[PersonFault]:
    """Yield a Chinese name whose spelling the English text has with a slip, or not at all."""
    wanted = romanize(han.text)
    left = _left_in_chinese(han, texts)
    if left:
        yield replace(_instead(han, left, Cause.LATIN, wanted, texts), kind=FaultKind.UNTRANSLATED)
        return
    span = next(near_english(wanted, texts), None) if wanted else None
    if span:
        yield _instead(han, span, Cause.NEAR, wanted, texts)
        return
    for naming, name in unexplained if wanted else ():
        if near_in_english(wanted, name.text):
            unexplained.remove((naming, name))
            yield _instead(han, naming.span, Cause.NEAR, wanted, texts)
            return
    if wanted and re.search(rf"\b{re.escape(wanted.split()[0])}\b", texts.english):
        return
    if DOT in han.text and _sounds_in_english(han, texts):
        return
    if unexplained:
        naming, name = unexplained.pop(0)
        if name.style.is_spelt_by_rule and wanted:
            yield _instead(han, naming.span, Cause.UNREADABLE, wanted, texts)
        return
    strangers = find_strangers(texts)
    if strangers:
        yield _instead(han, strangers[0].span, Cause.OTHER, wanted, texts)
    elif (wanted or DOT in han.text) and not _has_unknown_words(texts):
        yield PersonFault(
            kind=FaultKind.MISSING,
            cause=Cause.PRONOUN if has_pronoun(texts) else Cause.ABSENT,
            name=han.text,
            is_certain=False,
        )


def _is_heard(han: HanName, texts: Texts) -> bool:
    """Tell whether what looks like a Chinese name is the sound of English words: 叶尔兰."""
    if len(han.text) < SHORTEST_HEARD or not SOUND_SIGNS.issuperset(han.text):
        return False
    return any(
        fit(match[1], texts.chinese, han.span).is_right
        for match in CAPITALISED_WORDS.finditer(texts.english)
        if match[1] not in NO_NAMES
    )


SHORTEST_HEARD = 3
CAPITALISED_WORDS = pattern(r"(?<![\w'-])(?=([^\W\d_a-z][\w'-]*(?: [^\W\d_a-z][\w'-]*)?))")


def _left_names(texts: Texts) -> Iterator[PersonFault]:
    """Yield what may be a Chinese name and stands in an English text as in the source."""
    if texts.english.isascii():
        return
    for match in HAN_RUN.finditer(texts.english):
        form, before = match[0], texts.english[: match.start()].rstrip()[-1:]
        is_name = len(form) <= LONGEST_NATIVE and (form[0] in surname_weights() or DOT in form)
        if is_name and form in texts.chinese and before not in tuple("(（《“/"):
            yield PersonFault(
                kind=FaultKind.UNTRANSLATED,
                cause=Cause.LATIN,
                name=form,
                span=Span(*match.span()),
                found=form,
                wanted=romanize(form),
                is_certain=False,
            )


LONGEST_NATIVE = 4


def _sounds_in_english(han: HanName, texts: Texts) -> bool:
    """Tell whether a word of an English text sounds like a part of a transliterated name."""
    parts = [part for part in han.text.split(DOT) if len(part) > 1]
    words = {match[0] for match in CAPITALISED_WORD.finditer(texts.english)} - NO_NAMES
    return any(alike(word, part) >= SOUNDS_RELATED for word in words for part in parts)


def _left_in_chinese(han: HanName, texts: Texts) -> Span | None:
    """Find a Chinese name in an English text, not in brackets behind its spelling."""
    for match in HAN_RUN.finditer(texts.english):
        if han.text.startswith(match[0]) and texts.english[match.start() - 1] not in "(（":
            return Span(*match.span())
    return None


HAN_RUN = pattern(r"[\u3400-\u9fff][\u3400-\u9fff·]*[\u3400-\u9fff]")


def _has_unknown_words(texts: Texts) -> bool:
    """Tell whether an English text has words that may be anybody's name."""
    before = -2
    for match in CAPITALISED_WORD.finditer(texts.english):
        is_ordinary = match[0] in NO_NAMES or is_english_word(match[0].lower())
        if is_ordinary or not is_free(Span(*match.span()), texts):
            continue
        if match.start() == before + 1 or has_office_before(texts.english, match.start()):
            return True
        before = match.end()
    return False


CAPITALISED_WORD = pattern(r"(?<![\w'-])[^\W\d_a-z][\w'-]*")


def _instead(han: HanName, span: Span, cause: Cause, wanted: str, texts: Texts) -> PersonFault:
    return PersonFault(
        kind=FaultKind.WRONG,
        cause=cause,
        name=han.text,
        span=span,
        found=texts.english[span.start : span.end],
        wanted=wanted,
        is_certain=cause is not Cause.OTHER,
    )
