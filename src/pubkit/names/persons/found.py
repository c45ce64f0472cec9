"""The persons of a document whom nobody has agreed on yet: found by rule, read in both languages.

A romanised name is looked for in the English texts, its characters in the Chinese ones beside
them. What most texts have is taken for the right form.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from pubkit.model import Span
from pubkit.names.form_index import FormIndex
from pubkit.names.learning import Lessons
from pubkit.names.persons.cast import Cast
from pubkit.names.persons.finding.chinese import find_dotted_names
from pubkit.names.persons.finding.romanized import find_names, locate, romanize
from pubkit.names.persons.finding.sounding import find_sounding
from pubkit.names.persons.forms import DOT, letters_of, near_in_english
from pubkit.names.persons.kinds import Person
from pubkit.names.persons.misheard import hear
from pubkit.names.romanization.likeness import fit
from pubkit.names.romanization.person_names import Quality, Reading, RomanizedName, Style
from pubkit.names.romanization.surnames import (
    is_compound,
    special_readings,
    surname_readings,
    surname_weights,
)
from pubkit.names.romanization.syllables import plain_letters, readings
from pubkit.names.romanization.transliteration import SOUND_SIGNS, alike, is_told
from pubkit.names.spans import Places
from pubkit.values import dataclass

Texts = Sequence[tuple[str, str]]
"""English texts with their Chinese counterparts."""

CERTAIN = 1.3
"""The score from which a name is one for sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson:
    """A person found by rule."""

    person: Person
    name: RomanizedName
    """One of the namings: that with the most evidence."""
    places: tuple[int, ...]
    """Which texts name the person."""
    mentions: int
    is_read: bool
    """Whether a Chinese text has characters that read as the whole name."""


@dataclass(slots=True)
class _Group:
    """The namings of one person."""

    names: list[tuple[int, RomanizedName]] = field(default_factory=list)

    @property
    def best(self) -> RomanizedName:
        return max((name for _place, name in self.names), key=lambda name: name.score)


def find_persons(texts: Texts, agreed: Cast, *, into_chinese: bool) -> list[FoundPerson]:
    """Return the persons that a document names besides those who are agreed on.

    Args:
        texts: Normalised, the Chinese ones without the spaces that set names apart.
        agreed: The persons of the termbase.
        into_chinese: Whether the English texts are the source; where they are the translation, a
            new name with somebody's agreed characters is that person's, spelt wrongly.
    """
    groups: dict[tuple[str, str], _Group] = {}
    found = _names(texts)
    surnames = {name.surname for names in found.values() for name in names}
    for place, names in found.items():
        free = _without_agreed(texts[place][0], names, agreed)
        for name in free:
            if " " in name.text and name.text in surnames:
                continue  # ``Au Yeung`` of ``Au Yeung Tsz-kin``
            groups.setdefault(_key(name), _Group()).names.append((place, name))
    surname_first = _has_surname_first(found.values())
    lessons = Lessons([chinese for _english, chinese in texts])
    read = [
        (group, _readings_of(group, texts, into_chinese=into_chinese)) for group in groups.values()
    ]
    known = {
        key: (group, _chinese_forms([one for _place, one in found], lessons), found)
        for key, (group, found) in zip(groups, read, strict=True)
    }
    taken = frozenset(form for _group, forms, _found in known.values() for form in forms)
    persons = [
        _person(group, forms or _learnt(group, lessons, taken), found, lessons, surname_first)
        for group, forms, found in known.values()
    ]
    if into_chinese:
        return persons
    persons = list(_with_rivals(persons))
    of_others = {form for person in agreed.persons for form in person.chinese}
    return [found for found in persons if of_others.isdisjoint(found.person.chinese)]


def _with_rivals(persons: Sequence[FoundPerson]) -> Iterator[FoundPerson]:
    """Yield the persons; those whose Chinese name is oftener spelt otherwise know how."""
    by_form: dict[str, list[FoundPerson]] = {}
    for one in persons:
        for form in one.person.chinese:
            by_form.setdefault(form, []).append(one)
    for one in persons:
        others = [
            other
            for form in one.person.chinese
            for other in by_form[form]
            if other is not one and other.mentions >= one.mentions
        ]
        rival = max(others, key=lambda other: other.mentions).person.name if others else ""
        yield replace(one, person=replace(one.person, rival=rival)) if rival else one


def _names(texts: Texts) -> dict[int, list[RomanizedName]]:
    """Find the names in two passes: what the first has found is known in the second."""
    found = {
        place: names
        for place, (english, _han) in enumerate(texts)
        if (names := find_names(english))
    }
    known = {name.text for names in found.values() for name in names}
    for place, (english, chinese) in enumerate(texts):
        known.update(find_sounding(english, chinese, found.get(place, ())))
    surname_first = _has_surname_first(found.values())
    if not known:
        return found
    index = FormIndex(((name, name) for name in known), in_chinese=False)
    for place, (english, _han) in enumerate(texts):
        here = {name.text for name in found.get(place, ())}
        if any(one.values[0] not in here for one in index.find(english)):
            names = find_names(english, known=known, surname_first=surname_first)
            if names:
                found[place] = names
    return found


def _has_surname_first(found: Iterable[Sequence[RomanizedName]]) -> bool | None:
    """Return the order of most Chinese names of a document."""
    orders = Counter(
        name.is_given_first
        for names in found
        for name in names
        if name.style is Style.PINYIN and not name.first_name
    )
    commoner, rarer = max(orders.values(), default=0), min(orders[True], orders[False])
    if commoner < CLEARLY * rarer or not commoner:
        return None
    return orders[False] > orders[True]


CLEARLY = 4
"""How many times as many names must have one order for it to be the document's."""


def _without_agreed(
    text: str, names: Iterable[RomanizedName], agreed: Cast
) -> Iterator[RomanizedName]:
    names = list(names)
    taken = Places(agreed.spans_in_english(text) if names else ())
    for name in names:
        if not taken.touch(name.span.start, name.span.end):
            yield name


def _key(name: RomanizedName) -> tuple[str, str]:
    """Return the same for a name in both orders, with and without hyphens."""
    return letters_of(name.surname), letters_of("".join((*name.given, name.first_name)))


# ---------------------------------------------------------------- the forms of one person


_Found = list[tuple[int, Reading]]
"""Where a name can be read, and how."""


def _readings_of(group: _Group, texts: Texts, *, into_chinese: bool) -> _Found:
    """Return what reads as the name beside each naming, without what is a fault."""
    namings = {(place, name.text): name for place, name in group.names}
    found = [
        (place, reading)
        for (place, _text), name in namings.items()
        if (reading := _reading(name, texts[place][1]))
        and (into_chinese or not has_other_surname(name, reading.text))
    ]
    return _heard_right(found, group.best, texts)


def _person(
    group: _Group,
    forms: Counter[str],
    readings: _Found,
    lessons: Lessons,
    surname_first: bool | None,
) -> FoundPerson:
    best = group.best
    disputed = _disputed(forms, lessons)
    is_read = any(reading.quality is Quality.FULL for _place, reading in readings)
    form = next(iter(forms), "") if is_read else ""
    english = _english_forms(group, form, surname_first=surname_first)
    person = Person(
        name=english[0],
        english=english,
        chinese=tuple(forms)[:1],
        disputed=disputed,
        romanized=best,
        is_sure=is_read or (bool(forms) and len(group.names) > 1) or _is_certain(best),
    )
    places = tuple(dict.fromkeys(place for place, _name in group.names))
    return FoundPerson(
        person=person, name=best, places=places, mentions=len(group.names), is_read=is_read
    )


def _is_certain(name: RomanizedName) -> bool:
    return name.style is Style.PINYIN and name.score >= CERTAIN


MOST_MISHEARD = 2
"""Places where a form may be a fault; what is there oftener is meant so."""


def _heard_right(readings: _Found, name: RomanizedName, texts: Texts) -> _Found:
    """Return the readings without those of which a part is another sound, if they are few."""
    if not any(reading.quality is Quality.TRANSLITERATION for _place, reading in readings):
        return readings
    heard = [(place, *hear(name, texts[place][1], reading)) for place, reading in readings]
    wrong = sum(is_wrong for _place, _reading, is_wrong in heard)
    if wrong > max(MOST_MISHEARD, len(heard) - wrong):
        return readings
    return [(place, reading) for place, reading, is_wrong in heard if not is_wrong]


SOUNDS_ALIKE = 0.85
"""How well a transliteration without a dot must fit: it could be any word."""


def _reading(name: RomanizedName, chinese: str) -> Reading | None:
    """Return the best reading of the whole name, if there is one."""
    for reading in locate(name, chinese):
        if is_misspelt(name, reading.text):
            continue
        reading = _with_its_whole(name, reading, chinese)
        is_long = reading.quality is Quality.SURNAME_ONLY and len(reading.text) > 2
        if reading.quality.is_confirmed or is_long:
            return reading
    return None


def _with_its_whole(name: RomanizedName, reading: Reading, chinese: str) -> Reading:
    """Return the dotted name in which a surname stands, if the whole is heard: 格哈德·林德纳."""
    if reading.quality is not Quality.SURNAME_ONLY or not name.style.is_transliterated:
        return reading
    for start, end in find_dotted_names(chinese):
        if start <= reading.span.start and reading.span.end <= end:
            heard = fit(name.text, chinese, Span(start, end))
            if heard.is_right:
                text = chinese[heard.span.start : heard.span.end]
                quality = Quality.TRANSLITERATION
                return replace(reading, span=heard.span, text=text, quality=quality)
    return reading


def is_misspelt(name: RomanizedName, form: str) -> bool:
    """Tell whether a name that is no pinyin is one with a slip: ``Luo Shimon`` for 骆诗曼."""
    if DOT in form or not name.style.is_transliterated or " " not in name.text:
        return False
    if all(map(is_told, name.text.split())):
        return False
    wanted = romanize(form)
    return bool(wanted) and wanted != name.text and near_in_english(wanted, name.text)


def has_other_surname(name: RomanizedName, form: str) -> bool:
    """Tell whether a surname in Chinese is never read so: 曾 is Zeng, 欧阳 is Ouyang, not Ou."""
    if name.style is not Style.PINYIN:
        return False
    words = {_spelling(word) for word in name.text.split()}
    surname = form[:2] if is_compound(form) else form[:1]
    told = set(special_readings(surname))
    return bool(told) and words.isdisjoint({_spelling(one) for one in told})


def _spelling(syllable: str) -> str:
    """Return a syllable with ü, ``yu`` and ``u`` alike."""
    return plain_letters(syllable).replace("lyu", "lu").replace("nyu", "nu").replace("v", "u")


def is_strong(reading: Reading) -> bool:
    """Tell whether a form is the name by itself, without a longer form elsewhere."""
    if reading.quality is Quality.TRANSLITERATION:
        return DOT in reading.text or reading.score >= SOUNDS_ALIKE
    return reading.quality is Quality.FULL or reading.score >= SOUNDS_RELATED


SOUNDS_RELATED = 0.7
"""How well a surname must fit."""


def _chinese_forms(readings: Sequence[Reading], lessons: Lessons) -> Counter[str]:
    """Count the forms; one that goes on beyond another, or is a part of it, is the same.

    Of forms that are equally common beside the name, that is first which the document has oftener,
    also where it names the person otherwise; then the commoner surname, then the earliest.
    """
    whole = [reading.text for reading in readings if is_strong(reading)]
    readings = [
        reading
        for reading in readings
        if is_strong(reading) or any(reading.text in form for form in whole)
    ]
    forms = Counter(reading.text for reading in readings)
    exact = {reading.text for reading in readings if reading.quality is Quality.FULL}
    merged: Counter[str] = Counter()
    for form in sorted(forms, key=lambda form: (-form.count(DOT), len(form))):
        same = next((one for one in merged if _is_same(one, form)), None)
        kept = _cut(same, form) if same and form not in exact else form
        merged[kept] += forms[form] + (merged.pop(same) if same and kept != form else 0)
    order = {reading.text: number for number, reading in reversed(list(enumerate(readings)))}
    if len(merged) < 2:
        return merged
    by_rank = sorted(merged.items(), key=lambda item: _rank(item[0], item[1], lessons, order))
    return Counter(dict(by_rank))


def _rank(
    form: str, count: int, lessons: Lessons, order: Mapping[str, int]
) -> tuple[int, int, float, int]:
    """Sort the rightest form first."""
    weights = surname_weights()
    weight = weights.get(form[:2]) or weights.get(form[:1], 0.0)
    return -count, -lessons.count(form), -weight, order.get(form, 0)


def _cut(name: str, part: str) -> str:
    """Return a transliterated name without the letter of the next word behind its last part."""
    end = name.rfind(part) + len(part)
    return name[:end] if DOT in name and end >= len(name) - 2 else name


def _is_same(one: str, form: str) -> bool:
    """Tell whether a form is another with a letter of the next word, or a part of it."""
    if one.count(DOT) == form.count(DOT):
        return form.startswith(one)
    return form in one


def _disputed(forms: Counter[str], lessons: Lessons) -> tuple[str, ...]:
    """Return the forms of which none is commoner than the others, wherever the document has it."""
    counts = forms.most_common()
    if len(counts) < 2 or counts[0][1] > counts[1][1]:
        return ()
    same = [form for form, count in counts if count == counts[0][1]]
    met = {form: lessons.count(form) for form in same}
    return tuple(same) if len(set(met.values())) == 1 else ()


def _learnt(group: _Group, lessons: Lessons, taken: frozenset[str]) -> Counter[str]:
    """Return what the texts that name somebody share, if it can be a name and is nobody else's."""
    places = list(dict.fromkeys(place for place, _name in group.names))
    form = lessons.learn_form(places)
    can_be = bool(form) and form not in taken and _can_be_name(group.best, form)
    return Counter([form] * len(places)) if can_be else Counter()


def _can_be_name(name: RomanizedName, form: str) -> bool:
    if not name.style.is_transliterated:
        return len(form) <= LONGEST_NATIVE or DOT in form
    if DOT in form or all(sign in SOUND_SIGNS for sign in form):
        return alike(name.text, form) >= PERHAPS
    is_native = len(form) < LONGEST_NATIVE and form[0] in surname_weights()
    return is_native and len(name.text.split()) == len(form)


LONGEST_NATIVE = 4
PERHAPS = 0.35
"""How much a transliterated form must sound like a name to be let pass where nobody knows it."""


def _english_forms(group: _Group, form: str, *, surname_first: bool | None) -> tuple[str, ...]:
    """Return the commonest form; of equally common ones, that in the document's order.

    Args:
        group: The namings.
        form: The Chinese form, if it reads as the name: it tells which word is the surname.
        surname_first: The order of the document.
    """
    counts = Counter(name.text for _place, name in group.names)
    names = {name.text: name for _place, name in group.names}
    spelt = romanize(form) if form else ""

    def rank(text: str) -> tuple[int, bool, bool]:
        return counts[text], _is_in_order(names[text], form, surname_first), text == spelt

    best = max(counts, key=rank)
    same = [text for text in counts if text != best and text.lower() == best.lower()]
    if len(counts) > 1 or _is_in_order(names[best], form, surname_first):
        return (best, *same)
    return (_turned(names[best]),)


def _is_in_order(name: RomanizedName, form: str, surname_first: bool | None) -> bool:
    """Tell whether a name is in the document's order; names that are not Chinese have no order."""
    if surname_first is None or not form or name.style is not Style.PINYIN or name.first_name:
        return True
    return _is_turned(name, form) is not surname_first


def _is_turned(name: RomanizedName, form: str) -> bool:
    """Tell whether the first character of a Chinese form is the last word and not the first."""
    words = [plain_letters(word) for word in name.text.split()]
    sounds = {*readings(form[0]), *surname_readings(form[:2]), *surname_readings(form[0])}
    return words[-1] in sounds and words[0] not in sounds


def _turned(name: RomanizedName) -> str:
    """Return a name in the other order."""
    words = name.text.split()
    return " ".join((*words[1:], words[0])) if len(words) == 2 else name.text
