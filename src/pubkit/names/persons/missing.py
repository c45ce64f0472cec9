"""Whom does one text of a pair name, and the other not?"""

import re
from collections.abc import Iterator

from pubkit.names.persons.cast import Naming
from pubkit.names.persons.forms import DOT, Form, near_in_chinese
from pubkit.names.persons.kinds import Cause, FaultKind, Person, PersonFault
from pubkit.names.persons.texts import Texts, persons_in_full, short_places
from pubkit.patterns import pattern


def find_missing(texts: Texts) -> list[Naming]:
    """Return the namings of the source, one for each person, that have no counterpart."""
    in_full = persons_in_full(texts.target_namings)
    in_part = {
        person
        for naming in texts.target_namings
        if naming.form is Form.PART and not _is_spoilt(naming, texts)
        for person in naming.persons
        if not _is_only_an_owner(person, texts)
    }
    here = persons_in_full(texts.source_namings)
    missing: dict[tuple[Person, ...], Naming] = {}
    for naming in texts.source_namings:
        there = in_full | in_part if _may_be_short(naming, texts) else in_full
        if there.intersection(naming.persons) or naming.persons in missing:
            continue
        if not texts.into_chinese and KIN.match(texts.chinese, naming.span.end):
            continue
        if naming.form is Form.PART and (not naming.is_sure or here.intersection(naming.persons)):
            continue
        known = [one for one in naming.persons if one.forms(in_chinese=texts.into_chinese)]
        if known and not any(_is_rendered_briefly(person, naming, texts) for person in known):
            missing[naming.persons] = naming
    return list(missing.values())


KIN = pattern("之[女子妻夫父母弟兄姐妹孙侄]|的(?:女儿|儿子|妻子|丈夫|父亲|母亲|夫人|遗孀)")
"""Somebody else’s kin, whom English may call the daughter of the donor."""


def _is_only_an_owner(person: Person, texts: Texts) -> bool:
    """Tell whether an English text has but ``Hsieh's`` of a person who does something, too."""
    if texts.into_chinese:
        return False
    here = [one for one in texts.target_namings if person in one.persons]
    if any(not texts.english.startswith("'s", one.span.end) for one in here):
        return False
    there = [one for one in texts.source_namings if person in one.persons]
    acting = [one for one in there if not texts.chinese.startswith("的", one.span.end)]
    return bool(acting) and len(there) > len(here)


def _may_be_short(naming: Naming, texts: Texts) -> bool:
    """Tell whether a part of the name is enough in the target.

    Half of a name of four characters could be anything: 若安 is no form of 欧阳若安.
    """
    if naming.form is Form.PART or not texts.into_chinese:
        return True
    return any(DOT in form for person in naming.persons for form in person.chinese)


def _is_spoilt(naming: Naming, texts: Texts) -> bool:
    """Tell whether a part of a name stands inside another form of the whole name."""
    if not texts.into_chinese:
        return False
    start, end = naming.span.start, naming.span.end
    for person in naming.persons:
        for form in person.chinese[:1]:
            reach = len(form) + LONGEST_SHIFT  # what is farther away cannot hold the part
            first = max(0, end - reach)
            around = texts.chinese[first : start + reach]
            if any(
                first + begin <= start and end <= first + stop
                for begin, stop in near_in_chinese(form, around)
            ):
                return True
    return False


LONGEST_SHIFT = 4
"""By how much more than its own length a form with a slip may be moved, with room to spare."""


def _is_rendered_briefly(person: Person, naming: Naming, texts: Texts) -> bool:
    """Tell whether a surname with an office stands for a person: ``田教授``."""
    if not texts.into_chinese:
        return False
    for span in short_places(person, texts):
        surname = texts.chinese[span.start : span.end]
        if naming.form is Form.PART or surname not in VERBS:
            return True
    return False


VERBS = frozenset("任于和应由原前从时向对都为与并则及以现经")
"""Surnames that are more often words: ``任教授`` is “served as a professor”."""


def find_strangers(texts: Texts) -> list[Naming]:
    """Return the persons named in the target alone."""
    here = {person for naming in texts.source_namings for person in naming.persons}
    strangers = {
        naming.persons: naming
        for naming in reversed(texts.target_namings)
        if naming.is_sure and not here.intersection(naming.persons)
    }
    return [
        naming
        for naming in reversed(strangers.values())
        if not any(_is_hinted_at(person, texts) for person in naming.persons)
    ]


def _is_hinted_at(person: Person, texts: Texts) -> bool:
    """Tell whether the source has the surname of a person, whoever bears it there."""
    if texts.into_chinese:
        words = {word for name in person.english for word in name.split()}
        taken = [one.span for one in texts.english_namings if one.form is not Form.PART]
        return any(
            not any(span.start <= match.start() < span.end for span in taken)
            for word in words
            for match in re.finditer(rf"\b{re.escape(word)}\b", texts.english)
        )
    return bool(short_places(person, texts))


# ---------------------------------------------------------------- who is too many


def find_added(texts: Texts, strangers: list[Naming]) -> Iterator[PersonFault]:
    """Yield a person whom the source neither names nor may mean by a pronoun or an office."""
    hint = HINT if texts.into_chinese else HINT_IN_CHINESE
    if not strangers or hint.search(texts.source):
        return
    for naming in strangers[:1]:
        if naming.form is Form.FULL and _is_well_known(naming.persons[0]):
            span = naming.span
            yield PersonFault(
                kind=FaultKind.WRONG,
                cause=Cause.ADDED,
                name="",
                span=span,
                found=texts.target[span.start : span.end],
                is_certain=False,
            )


def _is_well_known(person: Person) -> bool:
    """Tell whether the forms of a person are agreed on, or read in another text."""
    return person.term is not None or (bool(person.chinese) and " " in person.name)


HINT_IN_CHINESE = pattern(r"[他她其]|本人|前者|后者|自己")
HINT = pattern(
    r"\b(?:he|she|his|her|hers|him|they|their|them|who|whose|whom|I|my|me|we|our|us|it|its)\b"
    r"|(?i:(?:president|director|dean|chair|professor|minister|secretary|manager|officer|head"
    r"|founder|author|artist|winner|speaker|team|family|couple|mayor|governor|captain|coach))",
    re.IGNORECASE,
)
