"""The persons of a document whom nobody has agreed on yet: found by rule, read in both languages.

A romanised name is looked for in the English texts, its characters in the Chinese ones beside
them. What most texts have is taken for the right form.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pubkit.names.form_index import FormIndex
from pubkit.names.learning import Lessons
from pubkit.names.persons.cast import Cast
from pubkit.names.persons.finding.romanized import find_names, locate, romanize
from pubkit.names.persons.forms import DOT, letters_of, near_in_english
from pubkit.names.persons.kinds import Person
from pubkit.names.persons.misheard import is_misheard
from pubkit.names.romanization.person_names import Quality, Reading, RomanizedName, Style
from pubkit.names.romanization.surnames import surname_weights
from pubkit.names.romanization.syllables import plain_letters, readings

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
    for place, names in found.items():
        free = _without_agreed(texts[place][0], names, agreed)
        for name in free:
            groups.setdefault(_key(name), _Group()).names.append((place, name))
    surname_first = _has_surname_first(found.values())
    lessons = Lessons([chinese for _english, chinese in texts])
    persons = [
        _person(group, texts, lessons, surname_first=surname_first) for group in groups.values()
    ]
    if into_chinese:
        return persons
    taken = {form for person in agreed.persons for form in person.chinese}
    return [found for found in persons if taken.isdisjoint(found.person.chinese)]


def _names(texts: Texts) -> dict[int, list[RomanizedName]]:
    """Find the names in two passes: what the first has found is known in the second."""
    found = {
        place: names
        for place, (english, _han) in enumerate(texts)
        if (names := find_names(english))
    }
    known = {name.text for names in found.values() for name in names}
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
    taken = agreed.spans_in_english(text) if names else []
    for name in names:
        if not any(span.start < name.span.end and name.span.start < span.end for span in taken):
            yield name


def _key(name: RomanizedName) -> tuple[str, str]:
    """Return the same for a name in both orders, with and without hyphens."""
    return letters_of(name.surname), letters_of("".join((*name.given, name.first_name)))


# ---------------------------------------------------------------- the forms of one person


def _person(
    group: _Group, texts: Texts, lessons: Lessons, *, surname_first: bool | None
) -> FoundPerson:
    best = group.best
    namings = {(place, name.text): name for place, name in group.names}
    readings = _heard_right(
        [
            (place, reading)
            for (place, _text), name in namings.items()
            if (reading := _reading(name, texts[place][1]))
        ],
        best,
        texts,
    )
    forms = _chinese_forms([reading for _place, reading in readings], lessons)
    if not forms:
        forms = _learnt(group, lessons)
    disputed = _disputed(forms)
    is_read = any(reading.quality is Quality.FULL for _place, reading in readings)
    is_turned = is_read and surname_first is not None and _is_turned(best, next(iter(forms)))
    english = _english_forms(group, surname_first=surname_first if is_turned else None)
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


def _heard_right(
    readings: list[tuple[int, Reading]], name: RomanizedName, texts: Texts
) -> list[tuple[int, Reading]]:
    """Return the readings without those of which a part is another sound, if they are few."""
    wrong = [one for one in readings if is_misheard(name, texts[one[0]][1], one[1])]
    if len(wrong) > max(MOST_MISHEARD, len(readings) - len(wrong)):
        return readings
    return [one for one in readings if one not in wrong]


SOUNDS_ALIKE = 0.85
"""How well a transliteration without a dot must fit: it could be any word."""


def _reading(name: RomanizedName, chinese: str) -> Reading | None:
    """Return the best reading of the whole name, if there is one."""
    for reading in locate(name, chinese):
        if is_misspelt(name, reading.text):
            continue
        is_long = reading.quality is Quality.SURNAME_ONLY and len(reading.text) > 2
        if reading.quality.is_confirmed or is_long:
            return reading
    return None


def is_misspelt(name: RomanizedName, form: str) -> bool:
    """Tell whether a name that is no pinyin is one with a slip: ``Luo Shimon`` for 骆诗曼."""
    if DOT in form or not name.style.is_transliterated or " " not in name.text:
        return False
    wanted = romanize(form)
    return bool(wanted) and wanted != name.text and near_in_english(wanted, name.text)


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


def _disputed(forms: Counter[str]) -> tuple[str, ...]:
    """Return the forms of which none is commoner than the others."""
    counts = forms.most_common()
    if len(counts) < 2 or counts[0][1] > counts[1][1]:
        return ()
    return tuple(form for form, count in counts if count == counts[0][1])


def _learnt(group: _Group, lessons: Lessons) -> Counter[str]:
    places = list(dict.fromkeys(place for place, _name in group.names))
    form = lessons.learn_form(places)
    return Counter([form] * len(places)) if form else Counter()


def _english_forms(group: _Group, *, surname_first: bool | None) -> tuple[str, ...]:
    """Return the commonest form; of two equally common ones, that in the document's order."""
    counts = Counter(name.text for _place, name in group.names)
    names = {name.text: name for _place, name in group.names}
    best = max(counts, key=lambda form: (counts[form], _is_in_order(names[form], surname_first)))
    same = [form for form in counts if form != best and form.lower() == best.lower()]
    if len(counts) > 1 or _is_in_order(names[best], surname_first):
        return (best, *same)
    return (_turned(names[best]),)


def _is_in_order(name: RomanizedName, surname_first: bool | None) -> bool:
    """Tell whether a name is in the document's order; names that are not Chinese have no order."""
    if surname_first is None or name.style is not Style.PINYIN or name.first_name:
        return True
    return name.is_given_first is not surname_first


def _is_turned(name: RomanizedName, form: str) -> bool:
    """Tell whether the first character of a Chinese form is the last word and not the first."""
    words = [plain_letters(word) for word in name.text.split()]
    sounds = readings(form[0])
    return words[-1] in sounds and words[0] not in sounds


def _turned(name: RomanizedName) -> str:
    """Return a name in the other order."""
    words = name.text.split()
    return " ".join((*words[1:], words[0])) if len(words) == 2 else name.text
