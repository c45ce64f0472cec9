"""The persons of a document and where its texts name them.

A text is read once: all forms of all persons are looked up together, beside those of the
organizations and places that have a person's name in theirs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from pubkit.model import Span, Term, Termbase, TermKind
from pubkit.names.form_index import FormIndex, Found
from pubkit.names.mentions import BEGINNINGS
from pubkit.names.persons.finding.romanized import find_names
from pubkit.names.persons.forms import (
    COMPOUND_SURNAMES,
    DOT,
    Form,
    chinese_parts,
    chinese_surname,
    english_forms,
)
from pubkit.names.persons.kinds import Person
from pubkit.names.romanization.likeness import LINKS
from pubkit.names.romanization.person_names import RomanizedName
from pubkit.names.romanization.surnames import pinyin_surnames
from pubkit.names.romanization.transliteration import SOUND_SIGNS
from pubkit.names.tables import read_words
from pubkit.patterns import pattern
from pubkit.values import dataclass

SHORTEST_CHINESE_NAME = 2
MOST_BEARERS = 4
"""Persons of one surname; of more nobody can tell who is meant."""

Bearer = tuple[Person | Term, Form]
"""A person and how much of the name it is; or another term, such as an organization."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A place where a text names a person."""

    persons: tuple[Person, ...]
    """Who may be meant: several of one name."""
    span: Span
    form: Form
    is_sure: bool = True
    """Whether the words beside it say that it is a person's name."""


class Cast:
    """The persons of a document."""

    def __init__(self, persons: Iterable[Person], others: Iterable[Term] = ()) -> None:
        self.persons = tuple(persons)
        self._meanings: dict[int, _Meaning] = {}
        self._found: dict[str, list[Found[Bearer]]] = {}
        self._others = others = tuple(dict.fromkeys(others))
        self._english = FormIndex(
            [*_english_forms(self.persons), *_other_forms(others, in_chinese=False)],
            in_chinese=False,
        )
        self._chinese = FormIndex(
            [*_chinese_forms(self.persons), *_other_forms(others, in_chinese=True)],
            in_chinese=True,
        )

    def joined_by(self, persons: Iterable[Person]) -> "Cast":
        """Return the cast with more persons."""
        persons = tuple(persons)
        return Cast((*self.persons, *persons), self._others) if persons else self

    def read_english(self, text: str) -> "Read":
        """Return who and what is named in a normalised English text."""
        found = self._found.pop(text, []) or self._english.find(text)
        return self._read(text, found, _in_english)

    def read_chinese(self, text: str) -> "Read":
        """Return who and what is named in a normalised Chinese text."""
        return self._read(text, self._chinese.find(text), _in_chinese)

    def _read(
        self,
        text: str,
        found: Iterable[Found[Bearer]],
        naming_at: "Callable[[str, Span, _Meaning], Naming | None]",
    ) -> "Read":
        namings: list[Naming] = []
        terms: list[tuple[Term, Span]] = []
        for start, end, bearers in found:
            span = Span(start, end)
            meaning = self._meanings.get(id(bearers)) or self._meaning(bearers)
            naming = naming_at(text, span, meaning) if meaning.persons else None
            if naming:
                namings.append(naming)
            for term in meaning.terms:
                terms.append((term, span))
        return Read(namings, terms)

    def _meaning(self, bearers: tuple[Bearer, ...]) -> "_Meaning":
        """Return what a form means, which is thought about once."""
        meaning = self._meanings[id(bearers)] = _meaning(bearers)
        return meaning

    def spans_in_english(self, text: str) -> list[Span]:
        """Return where a normalised English text has anything that is agreed on."""
        found = self._found[text] = self._english.find(text)
        return [one.span for one in found]


@dataclass(frozen=True, slots=True)
class Read:
    """Who and what a text names."""

    namings: list[Naming]
    terms: list[tuple[Term, Span]]
    """The terms that are no persons, such as organizations."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a form can mean."""

    persons: tuple[Person, ...]
    """Who has it; nobody if too many have."""
    form: Form
    terms: tuple[Term, ...]
    is_part_as_word: bool
    """Whether one word is but a part of the names."""


def _meaning(bearers: tuple[Bearer, ...]) -> _Meaning:
    terms = tuple(bearer for bearer, _form in bearers if isinstance(bearer, Term))
    persons: tuple[Person, ...] = ()
    form = Form.FULL
    for form in (Form.FULL, Form.VARIANT, Form.PART):
        found = (one for one, how in bearers if how is form and isinstance(one, Person))
        persons = tuple(dict.fromkeys(found))
        if persons:
            break
    is_part = bool(persons) and all(" " in person.name for person in persons)
    return _Meaning(persons if len(persons) <= MOST_BEARERS else (), form, terms, is_part)


def _in_english(text: str, span: Span, meaning: _Meaning) -> Naming | None:
    form = meaning.form
    if " " not in text[span.start : span.end]:
        if not stands_alone(text, span):
            return None
        form = Form.PART if meaning.is_part_as_word else form
    is_sure = form is not Form.PART or is_surely_a_name(text, span)
    return Naming(meaning.persons, span, form, is_sure)


def _in_chinese(text: str, span: Span, meaning: _Meaning) -> Naming | None:
    if _is_piece(text, span) or (meaning.form is Form.PART and _goes_on(text, span, meaning)):
        return None
    return Naming(meaning.persons, span, meaning.form)


def _goes_on(text: str, span: Span, meaning: _Meaning) -> bool:
    """Tell whether another sign of sounds follows the clan of 吉克阿依: 吉克拉都 is one of it."""
    part, following = text[span.start : span.end], text[span.end : span.end + 1]
    if following not in SOUND_SIGNS - LINKS or part in COMPOUND_SURNAMES:
        return False
    forms = [form for person in meaning.persons for form in person.chinese]
    return all(DOT not in form and form.startswith(part) for form in forms) and not any(
        text.startswith(form, span.start) for form in forms
    )


def _is_piece(text: str, span: Span) -> bool:
    """Tell whether a Chinese form is a part of a longer transliterated name."""
    return text.startswith(DOT, span.end) or text.endswith(DOT, 0, span.start)


# ---------------------------------------------------------------- forms


def _english_forms(persons: Iterable[Person]) -> Iterator[tuple[str, Bearer]]:
    for person in persons:
        for name in person.english:
            if person.term and _is_office_and_surname(name, person):
                continue  # the surname by itself is found, and does not hide what follows
            surname = _surname_of(person.romanized) if person.romanized else _surname(name)
            for form, how in english_forms(name, surname):
                yield form, (person, how)


def _is_office_and_surname(form: str, person: Person) -> bool:
    """Tell whether a form that is agreed on is ``Dean Ouyang`` of ``Ouyang Ruoxi``."""
    first, _space, rest = form.partition(" ")
    return first.removesuffix(".") in OFFICES and rest in person.english[0].split()


def _is_surname_and_office(form: str, person: Person) -> bool:
    """Tell whether a form that is agreed on is 欧阳院长 of 欧阳若曦."""
    whole = person.chinese[0]
    if form == whole or not person.term:
        return False
    surname = chinese_surname(whole) or whole[:1]
    return form.startswith(surname) and not set(whole[len(surname) :]) & set(form)


def _surname_of(name: RomanizedName) -> str:
    """Return what of a name stands for it alone; nothing where the first word may, too."""
    return "" if name.style.is_transliterated else name.surname


@lru_cache(maxsize=4096)
def _surname(name: str) -> str:
    """Return the surname, if the spelling tells it."""
    found = find_names(name, known=(name,))
    whole = (one for one in found if one.span == Span(0, len(name)) and not one.first_name)
    return next((one.surname for one in whole if not one.style.is_transliterated), "")


def _chinese_forms(persons: Iterable[Person]) -> Iterator[tuple[str, Bearer]]:
    for person in persons:
        for name in person.chinese:
            if len(name) >= SHORTEST_CHINESE_NAME:
                how = Form.PART if _is_surname_and_office(name, person) else Form.FULL
                yield "".join(name.split()), (person, how)
        for name in person.chinese[:1]:
            for part in chinese_parts(name):
                yield part, (person, Form.PART)


def _other_forms(terms: Iterable[Term], *, in_chinese: bool) -> Iterator[tuple[str, Bearer]]:
    for term in terms:
        source, target = (term.source, *term.aliases), (term.target, *term.renderings)
        for form in (*source, *target):
            if form and is_han(form) is in_chinese:
                yield form, (term, Form.FULL)


HAN = pattern(r"[\u3400-\u9fff]")


def is_han(text: str) -> bool:
    """Tell whether there is a Chinese character in a text."""
    return HAN.search(text) is not None


# ---------------------------------------------------------------- single names in English

OFFICE_WORDS = """
    Academician Accountant Actor Actress Adviser Advisor Ambassador Analyst Architect Archbishop
    Archivist Artist Assistant Associate Attorney Author Bishop Boss Brother Captain Cardinal Chair
    Chairman Chairperson Chairwoman Chancellor Chef Chief Coach Colonel Commander Commissioner
    Composer Comrade Concertmaster Conductor Congressman Congresswoman Consul Consultant Coordinator
    Councillor Counsel Counsellor Curator Dame Deacon Dean Delegate Deputy Designer Director
    Dispatcher Doctor Dr Economist Editor Engineer Executive Fellow Father Founder General Governor
    Head Headmaster Inspector Instructor Investigator Journalist Judge Justice King Lady Lecturer
    Leader Librarian Lieutenant Lord Madam Madame Magistrate Maj Major Manager Marshal Master Mayor
    Minister Miss Mister Mr Mrs Ms Mx Nurse Officer Operator Painter Partner Pastor Photographer
    Physician Pilot Player Poet Premier President Priest Prime Prince Princess Principal Prof
    Professor Prosecutor Provost Queen Rabbi Rector Registrar Reporter Representative Researcher
    Reverend Rev Sailor Scientist Secretary Sen Senator Sergeant Sgt Sheikh Sheriff Sir Sister
    Sociologist Soldier Specialist Speaker Spokesman Spokesperson Spokeswoman Strategist Student
    Datin Dato Datuk
    Superintendent Supervisor Surgeon Teacher Technician Trainer Treasurer Trustee Tutor Uncle
    Undersecretary Vice Violinist Warden Writer Capt Cmdr Col Gen Lt Gov
    """
OFFICES = frozenset(OFFICE_WORDS.split())
"""The last word of an office or form of address before a name."""
_DAYS = """
    January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
"""
NO_NAMES = OFFICES | frozenset(BEGINNINGS.split()) | frozenset(_DAYS.split())
LONGEST_WORD = 40
WORD_BEFORE = pattern(r"(?<!°)([^\W\d_]+\.?)[ \u00a0-]\Z")
NAME_AFTER = pattern(r"[ \u00a0][A-Z][\w'-]*|-[A-Z]")
ACRONYM = pattern(r"[A-Z]{2,5}\.?")


def _word_before(text: str, start: int) -> str:
    found = WORD_BEFORE.search(text, max(0, start - LONGEST_WORD), start)
    return found[1] if found else ""


def stands_alone(text: str, span: Span) -> bool:
    """Tell whether no other name, but at most an office, stands beside a single name."""
    word = _word_before(text, span.start)
    is_name = word[:1].isupper() and not {word.removesuffix("."), word.removesuffix("s")} & NO_NAMES
    if ACRONYM.fullmatch(word) or (word.endswith(".") and len(word) > len("J.")):
        is_name = False
    if is_name and span.start == len(word) + 1 and _is_ordinary(word.lower()):
        is_name = False  # ``Bass Oyunbilig``
    after = NAME_AFTER.match(text, span.end)
    return not is_name and (after is None or after[0].strip() in OFFICES)


def _is_ordinary(word: str) -> bool:
    """Tell whether a word is an English one, and not a surname, too, as ``pan`` is."""
    return word in read_words("english-words.txt") and word not in pinyin_surnames()


def has_office_before(text: str, start: int) -> bool:
    """Tell whether an office or a form of address stands right before a place."""
    word = _word_before(text, start).removesuffix(".")
    if word in OFFICES or word.removesuffix("s") in OFFICES:
        return True
    return ACRONYM.fullmatch(word) is not None and word.startswith("C")


ARTICLE = pattern(r"\b(?:[Tt]he|[Aa]n?) \Z")


SPEECH_AFTER = pattern(
    r" (?:said|says|added|told|recalled|explained|noted|admitted|joked|replied|answered|warned"
    r"|stressed|remarked|argued|insisted|promised)\b"
)


def is_surely_a_name(text: str, span: Span) -> bool:
    """Tell whether a single surname is one for sure: behind an office, or no ordinary word."""
    if has_office_before(text, span.start) or SPEECH_AFTER.match(text, span.end):
        return True
    word = text[span.start : span.end].lower()
    is_ordinary = word in read_words("english-words.txt")
    return not is_ordinary and not ARTICLE.search(text, max(0, span.start - 6), span.start)


# ---------------------------------------------------------------- from a termbase


def agreed_persons(termbase: Termbase, *, into_chinese: bool) -> Iterator[Person]:
    """Yield the persons of a termbase; those of one name are one, whose forms are all accepted."""
    together: dict[str, list[Term]] = {}
    for term in termbase.terms:
        if term.kind is TermKind.PERSON:
            together.setdefault(term.source, []).append(term)
    for source, terms in together.items():
        sources = _distinct(form for term in terms for form in (source, *term.aliases))
        targets = _distinct(
            form for term in terms for form in (term.target, *term.renderings) if form
        )
        english, chinese = (sources, targets) if into_chinese else (targets, sources)
        yield Person(
            name=next(iter(english), source),
            english=_written(english, in_chinese=False),
            chinese=_written(chinese, in_chinese=True),
            term=terms[0],
        )


def _distinct(forms: Iterable[str]) -> Sequence[str]:
    return tuple(dict.fromkeys(forms))


def _written(forms: Iterable[str], *, in_chinese: bool) -> tuple[str, ...]:
    """Return the forms that are written in the script of the language."""
    return tuple(form for form in forms if is_han(form) is in_chinese)
