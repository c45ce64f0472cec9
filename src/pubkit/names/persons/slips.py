"""What stands in a translation in the place of a name: a slip, another person, Latin letters."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pubkit.model import Span
from pubkit.names.persons.cast import NO_NAMES, Naming, is_han, stands_alone
from pubkit.names.persons.finding.romanized import reads_as, romanize
from pubkit.names.persons.foreigners import is_spelt_as_chinese
from pubkit.names.persons.forms import (
    DOT,
    Form,
    chinese_parts,
    chinese_surname,
    distance,
    letters_of,
    near_in_chinese,
    near_in_english,
)
from pubkit.names.persons.kinds import Cause, FaultKind, Person, PersonFault
from pubkit.names.persons.stand_ins import find_stand_in
from pubkit.names.persons.texts import ADDRESS, Texts, is_free, persons_in_full
from pubkit.names.romanization.person_names import Quality, Style
from pubkit.names.romanization.syllables import readings
from pubkit.patterns import pattern


def explain_missing(naming: Naming, texts: Texts, strangers: list[Naming]) -> PersonFault:
    """Say what stands in the place of a person who is missing."""
    left = left_untranslated(naming, texts)
    if left and left.span:
        before = _before_bracket(left.span, texts)
        beside = [one for one in strangers if one.span.end == before]
        return _near(naming, texts, end=before) or (
            _other(naming, texts, beside[0]) if beside else left
        )
    near = _near(naming, texts) or (not strangers and _near_part(naming, texts))
    if near:
        return near
    if strangers:
        return _other(naming, texts, strangers[0])
    span = find_stand_in(naming, texts)
    return _instead(naming, span, texts) if span else absent(naming, texts)


def _instead(naming: Naming, span: Span, texts: Texts) -> PersonFault:
    """Return the fault that something like a name stands in the place of the right one."""
    is_short = naming.form is Form.PART and has_pronoun(texts)
    wanted = wanted_form(naming, texts)
    if texts.into_chinese and span.end - span.start == 1:
        wanted = chinese_surname(wanted) or wanted
    return PersonFault(
        kind=FaultKind.WRONG,
        cause=Cause.NEAR,
        name=texts.source[naming.span.start : naming.span.end],
        span=span,
        found=texts.target[span.start : span.end],
        wanted=wanted,
        is_certain=not is_short and naming.persons[0].is_sure,
    )


def _before_bracket(span: Span, texts: Texts) -> int:
    """Return where a bracket opens for a form: ``潘峰（Pan Feng）`` is a slip, and explained."""
    before = texts.target[: span.start].rstrip()
    return len(before[:-1].rstrip()) if before.endswith(("(", "（")) else -1


def _other(naming: Naming, texts: Texts, stranger: Naming) -> PersonFault:
    span = stranger.span
    return PersonFault(
        kind=FaultKind.WRONG,
        cause=Cause.OTHER,
        name=texts.source[naming.span.start : naming.span.end],
        span=span,
        found=texts.target[span.start : span.end],
        wanted=wanted_form(naming, texts),
    )


def absent(naming: Naming, texts: Texts) -> PersonFault:
    """Return the fault that nothing stands for a person, or nothing but a pronoun."""
    name = texts.source[naming.span.start : naming.span.end]
    is_pronoun = has_pronoun(texts)
    is_short = naming.form is Form.PART or (texts.into_chinese and " " not in name)
    return PersonFault(
        kind=FaultKind.MISSING,
        cause=Cause.PRONOUN if is_pronoun else Cause.ABSENT,
        name=name,
        wanted=wanted_form(naming, texts),
        is_certain=not is_pronoun and not is_short and naming.persons[0].is_sure,
    )


def has_pronoun(texts: Texts) -> bool:
    """Tell whether the translation has a pronoun that may stand for a person."""
    pattern = PRONOUN if texts.into_chinese else ENGLISH_PRONOUN
    return pattern.search(texts.target) is not None


def is_attributed(texts: Texts) -> bool:
    """Tell whether a pronoun says a quotation in the translation, as it may of who spoke before."""
    pattern = PRONOUN_SPEAKS if texts.into_chinese else ENGLISH_PRONOUN_SPEAKS
    return pattern.search(texts.target) is not None


PRONOUN_SPEAKS = pattern(
    r"(?:\A|[”。，])[他她](?:又|还|则|笑着|补充|解释|回忆|强调)?[说道称问答]{1,2}[：，。]"
)
ENGLISH_PRONOUN_SPEAKS = pattern(
    r"[,?!.…]['’\"”] (?:[Hh]e|[Ss]he) (?:\w+ly )?(?:says?|said|adds?|added|explain\w*|recall\w*"
    r"|asks?|asked|recounts?|jokes?|joked|remember\w*)\b"
)
PRONOUN = pattern(r"[他她]|前者|后者|[两二三四]人")
ENGLISH_PRONOUN = pattern(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Hh]is|[Hh]er|[Tt]heir|[Bb]oth)\b")


def wanted_form(naming: Naming, texts: Texts) -> str:
    """Return the form that should stand in the translation; nothing if none is known."""
    forms = naming.persons[0].forms(in_chinese=texts.into_chinese)
    return forms[0] if forms else ""


def left_untranslated(naming: Naming, texts: Texts) -> PersonFault | None:
    """Find the name in the form of the source."""
    name = texts.source[naming.span.start : naming.span.end]
    words = name.split() if texts.into_chinese else []
    parts = [word for word in words[:1] + words[-1:] if len(word) >= SHORTEST_LEFT]
    for form in (name, *naming.persons[0].forms(in_chinese=not texts.into_chinese), *parts):
        place = texts.target.find(form)
        if place >= 0 and len(form) > 1 and not is_free(Span(place, place + len(form)), texts):
            continue
        if place >= 0 and len(form) > 1:
            return PersonFault(
                kind=FaultKind.UNTRANSLATED,
                cause=Cause.LATIN,
                name=name,
                span=Span(place, place + len(form)),
                found=form,
                wanted=wanted_form(naming, texts),
                is_certain=naming.persons[0].is_sure,
            )
    return None


def may_stay(naming: Naming, texts: Texts) -> bool:
    """Tell whether it is the name of a firm, or quoted in both texts as a code is: ``“Mirna”``."""
    form = texts.source[naming.span.start : naming.span.end]
    place = texts.target.find(form) if texts.into_chinese else -1
    if place < 0:
        return False
    if FIRM_BEFORE.search(texts.target, 0, place):
        return True
    return all(f'"{form}"' in text.translate(QUOTES) for text in (texts.source, texts.target))


FIRM_BEFORE = pattern(r"(?:公司|集团|企业|品牌|厂商|商标|乐队|软件|平台|系统)[“「]?\Z")
QUOTES = str.maketrans("“”「」‘’", '""""""')
SHORTEST_LEFT = 4
"""The letters of a surname that is surely one when it is left alone: ``O'Sullivan``."""


def _near(naming: Naming, texts: Texts, end: int = 0) -> PersonFault | None:
    """Find a form that has a slip; one that ends at a certain place, if that is given."""
    for person in naming.persons:
        for form in person.forms(in_chinese=texts.into_chinese):
            spans = (span for span in _near_spans(form, texts) if not end or span.end == end)
            span = next(spans, None)
            if span:
                return _slip(naming, span, form, texts)
    return None


def _slip(naming: Naming, span: Span, form: str, texts: Texts) -> PersonFault:
    found = texts.target[span.start : span.end]
    is_variant = _is_written_otherwise(form, found) or _reads_as_well(naming, found)
    return PersonFault(
        kind=FaultKind.INCONSISTENT if is_variant else FaultKind.WRONG,
        cause=Cause.VARIANT if is_variant else Cause.NEAR,
        name=texts.source[naming.span.start : naming.span.end],
        span=span,
        found=found,
        wanted=form,
        is_certain=naming.persons[0].is_sure,
    )


def _is_written_otherwise(form: str, found: str) -> bool:
    """Tell whether only hyphens and spaces differ; ``Ou Yangxiao`` is no ``Ouyang Xiao``."""
    if letters_of(found) != letters_of(form):
        return False
    ours, theirs = form.split(), found.split()
    return any(letters_of(ours[i]) == letters_of(theirs[i]) for i in (0, -1))


def _reads_as_well(naming: Naming, found: str) -> bool:
    """Tell whether a form reads as the name, too, and nobody has agreed on the other."""
    person = naming.persons[0]
    if person.term or not person.romanized:
        return False
    return reads_as(person.romanized, found) is Quality.FULL


def _near_part(naming: Naming, texts: Texts) -> PersonFault | None:
    """Find a slip in a surname by itself, or in a part of a transliterated name."""
    for person in naming.persons:
        for form in person.forms(in_chinese=texts.into_chinese)[:1]:
            for part in _parts(form, person, texts):
                span = next(iter(_slipped_parts(part, texts)), None)
                span = span or _given_alone(person, texts)
                if span:
                    return _slip(naming, span, part, texts)
    return None


def _parts(form: str, person: Person, texts: Texts) -> list[str]:
    if texts.into_chinese:
        return [part for part in chinese_parts(form) if len(part) > 1]
    words = form.split()
    surname = person.romanized.surname if person.romanized else words[0]
    return [surname] if len(words) > 1 else []


def _given_alone(person: Person, texts: Texts) -> Span | None:
    """Find the given name alone in English, in the place of the surname: ``said Lu`` of Niu Lu."""
    name = person.romanized
    if texts.into_chinese or not name or name.style is not Style.PINYIN or name.first_name:
        return None
    given = name.text.replace(name.surname, "").strip()
    for match in SINGLE_NAME.finditer(texts.english) if given else ():
        span = Span(*match.span())
        if match[0] == given and is_free(span, texts) and stands_alone(texts.english, span):
            return span
    return None


def _slipped_parts(part: str, texts: Texts) -> Iterator[Span]:
    if not texts.into_chinese:
        for match in SINGLE_NAME.finditer(texts.english):
            span = Span(*match.span())
            if (
                _is_slip_of_part(match[0].lower(), part.lower())
                and is_free(span, texts)
                and stands_alone(texts.english, span)
            ):
                yield span
        return
    for start, end in near_in_chinese(part, texts.chinese):
        span = Span(start, end)
        is_followed = end - start > 2 or HAN_OFFICE_BEHIND.match(texts.chinese, end)
        if end - start == len(part) and is_followed and is_free(span, texts):
            yield span


LONG_PART = 7


def _is_slip_of_part(word: str, part: str) -> bool:
    """Tell whether a word is a surname with a slip, or cut short: ``Zhu`` of ``Zhuge``."""
    allowed = 2 if len(part) >= LONG_PART else 1
    if 0 < distance(word, part, allowed) <= allowed:
        return True
    return part in COMPOUND_SPELLINGS and part.startswith(word)


COMPOUND_WORDS = """
    ouyang zhuge shangguan sima xiahou murong yuchi huangfu linghu duanmu situ dongfang gongsun
    yuwen zhongli shentu nangong huyan moqi helan zongzheng
"""
COMPOUND_SPELLINGS = frozenset(COMPOUND_WORDS.split())
SINGLE_NAME = pattern(r"(?<![\w'-])[A-Z][a-z]+(?![\w'-])")
HAN_OFFICE_BEHIND = pattern(ADDRESS)


def _near_spans(form: str, texts: Texts) -> Iterator[Span]:
    if not texts.into_chinese:
        yield from near_english(form, texts)
        return
    for start, end in near_in_chinese("".join(form.split()), texts.chinese):
        if is_free(Span(start, end), texts):
            yield Span(start, end)


def near_english(form: str, texts: Texts) -> Iterator[Span]:
    """Yield where an English target has a name with a slip."""
    for span, words in _windows(texts.english, len(form.split())):
        if words != form and is_free(span, texts) and near_in_english(form, words):
            yield span


@lru_cache(maxsize=64)
def _windows(english: str, size: int) -> tuple[tuple[Span, str], ...]:
    """Return what may be a name of so many words."""
    return tuple(_find_windows(english, size))


def _find_windows(english: str, size: int) -> Iterator[tuple[Span, str]]:
    for match in CAPITALISED_RUN.finditer(english):
        words = list(WORD.finditer(match[0]))
        for first in range(len(words) - size + 1):
            chosen = words[first : first + size]
            start, end = match.start() + chosen[0].start(), match.start() + chosen[-1].end()
            text = english[start:end].removesuffix("'s")
            if NO_NAMES.isdisjoint(text.split()):
                yield Span(start, start + len(text)), text


CAPITALISED_RUN = pattern(
    r"(?<![\w'-])[^\W\d_a-z][\w'-]*"
    r"(?: (?:(?:van|von|der|den|de|la|bin|al)(?= )|[^\W\d_a-z][\w'-]*))*"
)
WORD = pattern(r"[\w'-]+")

# ---------------------------------------------------------------- forms that differ


def find_variants(texts: Texts, missing: set[Person]) -> Iterator[PersonFault]:
    """Yield the forms in the target that are not the agreed ones of persons who are there."""
    for naming in texts.target_namings:
        person = naming.persons[0]
        if naming.form is Form.VARIANT and person not in missing and not texts.into_chinese:
            yield _variant(person, naming.span, texts)
    yield from _disputed(texts)
    here = persons_in_full(texts.source_namings)
    named = {person for naming in texts.target_namings for person in naming.persons}
    for person in here & named:
        span = _slip_beside(person, texts)
        if span:
            yield _variant(person, span, texts)


def _disputed(texts: Texts) -> Iterator[PersonFault]:
    """Yield forms of which another is as common: it is not known which of them is wrong."""
    for naming in texts.target_namings:
        person = naming.persons[0]
        if naming.form is Form.PART or person.term:
            continue
        if texts.into_chinese and len(person.disputed) > 1:
            yield _variant(person, naming.span, texts, person.disputed[1])
        elif person.rival and not texts.into_chinese:
            yield _variant(person, naming.span, texts, person.rival)
        elif not texts.into_chinese and (spelt := _with_apostrophe(person, naming, texts)):
            yield replace(_variant(person, naming.span, texts, spelt), kind=FaultKind.WRONG)
        elif not texts.into_chinese and is_spelt_as_chinese(person, texts):
            yield replace(
                _variant(person, naming.span, texts),
                kind=FaultKind.WRONG,
                cause=Cause.PINYIN,
                name=person.chinese[0],
                wanted="",
                is_certain=False,
            )


def _with_apostrophe(person: Person, naming: Naming, texts: Texts) -> str:
    """Return a name with the apostrophe that a text leaves out: ``Lu Xi'an``, not ``Lu Xian``."""
    found = texts.english[naming.span.start : naming.span.end]
    name = person.romanized
    if not name or name.style is not Style.PINYIN or "'" in found or not person.chinese:
        return ""
    spelt = romanize(person.chinese[0])
    return spelt if "'" in spelt and spelt.replace("'", "") == found else ""


def _variant(person: Person, span: Span, texts: Texts, wanted: str = "") -> PersonFault:
    found = texts.target[span.start : span.end]
    is_only_form = person.romanized is not None and person.romanized.text == found != person.name
    return PersonFault(
        kind=FaultKind.WRONG if is_only_form else FaultKind.INCONSISTENT,
        cause=Cause.NEAR if is_only_form else Cause.VARIANT,
        name=person.name,
        span=span,
        found=found,
        wanted=wanted or person.forms(in_chinese=texts.into_chinese)[0],
    )


def _slip_beside(person: Person, texts: Texts) -> Span | None:
    """Find a slip in a name that stands right elsewhere in the same text."""
    for form in person.forms(in_chinese=texts.into_chinese)[:1]:
        if not texts.into_chinese:
            return next(
                (
                    span
                    for span in near_english(form, texts)
                    if " " in form and stands_alone(texts.english, span)
                ),
                None,
            )
        if texts.chinese.count(form[0]) == texts.chinese.count(form):
            return None  # the first character stands nowhere else: most names end here
        start = texts.chinese.find(form[0])
        while start >= 0:
            span = Span(start, start + len(form))
            if _is_slip(form, texts.chinese[span.start : span.end]) and is_free(span, texts):
                return span
            start = texts.chinese.find(form[0], start + 1)
    return None


def _is_slip(form: str, window: str) -> bool:
    """Tell whether one character of a given name is another, which sounds alike or is no word's."""
    if window == form or len(window) != len(form):
        return False
    wrong = [i for i, (one, other) in enumerate(zip(form, window, strict=True)) if one != other]
    if len(wrong) != 1 or form[wrong[0]] == DOT or not is_han(window[wrong[0]]):
        return False
    if set(readings(form[wrong[0]])) & set(readings(window[wrong[0]])):
        return True
    return len(form) > len("张锦") and wrong[0] < len(form) - 1
