"""Slips in a second mention of somebody whose name stands right in the same text.

``Dr. Nurlanova`` after ``Aigerim Nurlanova`` is 努尔拉诺娃博士, not 努尔苏丹诺娃博士, although the
full name is there. Only Chinese translations: in English a second mention is a single word.
"""

import re
from collections.abc import Iterator

from pubkit.model import Span
from pubkit.names.persons.cast import is_han
from pubkit.names.persons.finding.romanized import find_han_names
from pubkit.names.persons.forms import DOT, Form, chinese_parts, chinese_surname
from pubkit.names.persons.kinds import Cause, FaultKind, Person, PersonFault
from pubkit.names.persons.missing import find_strangers
from pubkit.names.persons.stand_ins import names_by_sound
from pubkit.names.persons.texts import Texts, is_free, persons_in_full, short_places
from pubkit.names.romanization.readings import common_signs
from pubkit.names.romanization.surnames import surname_weights


def find_slips_beside(texts: Texts) -> Iterator[PersonFault]:
    """Yield other forms of persons who are named right in the same translation."""
    if not texts.into_chinese:
        return
    named = persons_in_full(texts.target_namings)
    again = {
        person
        for naming in texts.source_namings
        if naming.form is Form.PART
        for person in naming.persons
    }
    yield from _somebody_else(named, texts)
    yield from _stranger_before_surname(named, texts)
    for person in named:
        form = person.chinese[0]
        span = _with_another_surname(form, texts)
        if span is None and person in again and DOT in form:
            span = _with_another_end(form, texts)
        if span:
            yield _fault(person, span, texts)


def _somebody_else(named: set[Person], texts: Texts) -> Iterator[PersonFault]:
    """Yield an agreed name where the source has another, of which but the surname follows."""
    here = persons_in_full(texts.source_namings)
    in_part = {
        person
        for naming in texts.target_namings
        if naming.form is Form.PART and len(naming.persons) == 1
        for person in naming.persons
    } | {person for person in here if short_places(person, texts)}
    replaced = [person for person in here - named if person.term and person in in_part]
    strangers = [one for one in find_strangers(texts) if one.form is Form.FULL]
    if len(replaced) == 1 and len(strangers) == 1 and strangers[0].persons[0].term:
        yield _fault(replaced[0], strangers[0].span, texts)


def _stranger_before_surname(named: set[Person], texts: Texts) -> Iterator[PersonFault]:
    """Yield a name that is nobody's in the place of one of which but the surname follows."""
    twice = [one for one in texts.source_namings if one.form is Form.PART]
    again = {person for naming in twice for person in naming.persons}
    here = persons_in_full(texts.source_namings) & again
    replaced = [one for one in here - named if one.is_sure and short_places(one, texts)]
    if len(replaced) != 1:
        return
    taken = {place for naming in texts.chinese_namings for place in _places(naming.span)}
    strange = [
        name
        for name in find_han_names(texts.chinese)
        if name.score >= LIKELY
        and taken.isdisjoint(_places(name.span))
        and is_free(name.span, texts)
    ]
    surname = chinese_surname(replaced[0].chinese[0])
    if len(strange) == 1 and strange[0].surname not in (surname, "") and strange[0].given:
        yield _fault(replaced[0], strange[0].span, texts)


LIKELY = 1.1
"""The score from which a Chinese name is one."""


def _places(span: Span) -> range:
    return range(span.start, span.end)


def _fault(person: Person, span: Span, texts: Texts) -> PersonFault:
    return PersonFault(
        kind=FaultKind.WRONG,
        cause=Cause.NEAR,
        name=person.name,
        span=span,
        found=texts.target[span.start : span.end],
        wanted=person.chinese[0],
        is_certain=person.is_sure,
    )


SHORTEST_GIVEN = 2


def _with_another_surname(form: str, texts: Texts) -> Span | None:
    """Find a name of three characters or more whose surname is another, or cut short."""
    surname = chinese_surname(form) or form[:1]
    given = form[len(surname) :]
    if DOT in form or not given or given not in texts.chinese:
        return None
    if len(given) < SHORTEST_GIVEN:
        return _before_a_rare_sign(surname, given, texts)
    for match in re.finditer(re.escape(given), texts.chinese):
        before = texts.chinese[: match.start()]
        if before.endswith(surname) or not before or not is_han(before[-1]):
            continue
        size = 2 if before[-2:] in surname_weights() else 1
        span = Span(match.start() - size, match.end())
        is_name = before[-size:] in surname_weights() or before[-1] in surname
        if is_name and is_free(span, texts):
            return span
    return None


def _before_a_rare_sign(surname: str, given: str, texts: Texts) -> Span | None:
    """Find another character before a given name that hardly any word has: ``芩玥`` for 岑玥."""
    if given in common_signs() or len(surname) > 1:
        return None
    for match in re.finditer(re.escape(given), texts.chinese):
        span = Span(match.start() - 1, match.end())
        before = texts.chinese[span.start - 1 : span.start] if span.start > 0 else ""
        sign = texts.chinese[span.start : match.start()]
        is_edge = span.start >= 0 and not is_han(before)
        if is_edge and is_han(sign) and sign != surname and is_free(span, texts):
            return span
    return None


MOST_ALIKE = 0.5
"""The share of characters, in their order, that tells a slip from another name."""


def _with_another_end(form: str, texts: Texts) -> Span | None:
    """Find what begins as a part of a transliterated name, and goes on otherwise."""
    parts = [part for part in chinese_parts(form) if len(part) > SHORTEST_GIVEN]
    for span in names_by_sound(texts.chinese):
        found = texts.chinese[span.start : span.end]
        if is_free(span, texts) and not _is_known(found, texts):
            for part in parts:
                if found[0] == part[0] and _likeness(found, part) >= MOST_ALIKE:
                    return span
    return None


def _is_known(found: str, texts: Texts) -> bool:
    """Tell whether it is, or begins with, a form of anybody who is named."""
    return any(
        texts.chinese[naming.span.start : naming.span.end] in found
        for naming in texts.chinese_namings
    )


def _likeness(one: str, other: str) -> float:
    """Return which share of the longer text both have in common, in one order."""
    row = [0] * (len(other) + 1)
    for character in one:
        row, before = [0], row
        for place, facing in enumerate(other):
            same = before[place] + 1 if character == facing else 0
            row.append(max(same, before[place + 1], row[place]))
    return row[-1] / max(len(one), len(other))
