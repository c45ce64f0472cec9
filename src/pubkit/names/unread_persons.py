"""Persons found by rule of whom no text of the document has a rendering that can be read.

Their names say what the characters can be; so does a name in Chinese say how it is spelt.
"""

from collections.abc import Iterator

from pubkit.model import Span
from pubkit.names.cast import Naming
from pubkit.names.found_persons import CERTAIN
from pubkit.names.missing_persons import VERBS
from pubkit.names.person_forms import DOT, letters_of, near_in_english
from pubkit.names.person_names import HanName, Quality, Reading, RomanizedName
from pubkit.names.person_slips import absent, has_pronoun, left_untranslated, near_english
from pubkit.names.person_texts import Texts, is_free
from pubkit.names.persons import Cause, FaultKind, Person, PersonFault
from pubkit.names.romanized import find_han_names, locate, romanize


def find_unread(texts: Texts) -> Iterator[PersonFault]:
    """Yield what is wrong with the names that nothing in the other language reads as."""
    unread = _unread(texts)
    if texts.into_chinese:
        for naming, name in unread:
            if _is_slip_of_source(name, texts):
                continue
            fault = left_untranslated(naming, texts) or _misread(naming, name, texts)
            if fault:
                yield fault
                if fault.span:
                    texts.taken.append(fault.span)
    else:
        yield from _misspelt(unread, texts)


def _unread(texts: Texts) -> list[tuple[Naming, RomanizedName]]:
    """Return the namings of persons without a Chinese form, one for each."""
    found: dict[Person, tuple[Naming, RomanizedName]] = {}
    for naming in texts.english_namings:
        person = naming.persons[0]
        if not person.chinese and person.romanized:
            found.setdefault(person, (naming, person.romanized))
    return list(found.values())


def _is_slip_of_source(name: RomanizedName, texts: Texts) -> bool:
    """Tell whether the source misspelt somebody whom the translation names rightly."""
    here = {person for naming in texts.source_namings for person in naming.persons}
    return any(
        near_in_english(form, name.text)
        for naming in texts.target_namings
        for person in naming.persons
        if person not in here
        for form in person.english
    )


# ---------------------------------------------------------------- into Chinese


def _misread(naming: Naming, name: RomanizedName, texts: Texts) -> PersonFault | None:
    readings = [one for one in locate(name, texts.chinese) if is_free(one.span, texts)]
    near = next((one for one in readings if one.quality is Quality.NEAR), None)
    if near:
        return _unreadable(naming, near.span, texts)
    if readings:
        return None
    stranger = next(iter(_strange_names(texts)), None)
    if stranger and (DOT in stranger.text) is name.style.is_transliterated:
        return _unreadable(naming, stranger.span, texts)
    if name.style.is_transliterated and name.score < CERTAIN:
        return None
    return absent(naming, texts)


def _unreadable(naming: Naming, span: Span, texts: Texts, wanted: str = "") -> PersonFault:
    return PersonFault(
        kind=FaultKind.WRONG,
        cause=Cause.UNREADABLE,
        name=texts.source[naming.span.start : naming.span.end] if texts.into_chinese else wanted,
        span=span,
        found=texts.target[span.start : span.end],
        wanted=wanted,
        is_certain=naming.persons[0].is_sure,
    )


def _strange_names(texts: Texts) -> list[HanName]:
    """Return the names in the Chinese text that belong to nobody."""
    taken = [naming.span for naming in texts.chinese_namings]
    return [
        name
        for name in find_han_names(texts.chinese)
        if name.score >= CERTAIN
        and name.surname not in VERBS
        and not any(name.span.start < one.end and one.start < name.span.end for one in taken)
        and (not texts.into_chinese or is_free(name.span, texts))
    ]


# ---------------------------------------------------------------- into English


def _misspelt(unread: list[tuple[Naming, RomanizedName]], texts: Texts) -> Iterator[PersonFault]:
    """Yield English names that are nobody's beside Chinese names that have no spelling."""
    strange = _strange_names(texts)
    claimed: set[Span] = set()
    for naming, name in unread:
        near = _near_reading(name, texts)
        if near and name.style.is_spelt_by_rule:
            claimed.add(near.span)
            wanted = romanize(near.text)
            yield _unreadable(naming, naming.span, texts, wanted if wanted != name.text else "")
    for name in strange if not unread else ():
        if not any(name.span.start < one.end and one.start < name.span.end for one in claimed):
            yield from _unspelt(name, texts)


def _near_reading(name: RomanizedName, texts: Texts) -> Reading | None:
    taken = [naming.span for naming in texts.chinese_namings]
    for reading in locate(name, texts.chinese):
        is_taken = any(
            reading.span.start < one.end and one.start < reading.span.end for one in taken
        )
        if reading.quality is Quality.NEAR and not is_taken:
            return reading
    return None


def _unspelt(name: HanName, texts: Texts) -> Iterator[PersonFault]:
    """Yield a Chinese name whose spelling the English text has with a slip, or not at all."""
    wanted = romanize(name.text)
    if not wanted:
        return
    span = next(near_english(wanted, texts), None)
    if span:
        found = texts.english[span.start : span.end]
        yield PersonFault(
            kind=FaultKind.WRONG,
            cause=Cause.NEAR,
            name=name.text,
            span=span,
            found=found,
            wanted=wanted,
        )
    elif letters_of(wanted.split()[0]) not in letters_of(texts.english):
        yield PersonFault(
            kind=FaultKind.MISSING,
            cause=Cause.PRONOUN if has_pronoun(texts) else Cause.ABSENT,
            name=name.text,
            is_certain=False,
        )
