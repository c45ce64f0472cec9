"""How names are made of words: the grammars of China and its neighbours, and of the West."""

from collections.abc import Iterator

from pubkit.names.persons.finding.runs import PARTICLE, Run
from pubkit.names.persons.finding.word_kinds import Word, are_syllables, foreign_style, words_of
from pubkit.names.romanization.japanese import is_japanese, japanese_surnames
from pubkit.names.romanization.person_names import Style
from pubkit.names.romanization.spellings import (
    cantonese_characters,
    local_characters,
    taiwan_characters,
)
from pubkit.names.romanization.surnames import variant_surnames
from pubkit.names.romanization.transliteration import plain
from pubkit.values import dataclass

TWO_SYLLABLES = 0.6
ISOLATED = 0.3
GIVEN_FIRST = -0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Words of a run that can be a name, and how much its own form speaks for that."""

    first: int
    last: int
    surname: str
    given: tuple[str, ...]
    style: Style
    score: float
    is_given_first: bool = False
    first_name: str = ""


def propose(run: Run, *, surname_first: bool | None) -> Iterator[Proposal]:
    """Yield what the words of a run can be, whatever stands around it."""
    for index, word in enumerate(run.words):
        if word.is_office or word.text in PARTICLES:
            continue
        if index + 1 < len(run.words):
            if word.surname or run.words[index + 1].surname:
                yield from _pinyin(run, index, surname_first)
            yield from _hyphenated(run, index)
            yield from _three_words(run, index)
            yield from _japanese(run, index)
            yield from _western(run, index)


PARTICLES = frozenset(PARTICLE[3:-1].split("|"))


# ---------------------------------------------------------------- pinyin


def _pinyin(run: Run, index: int, surname_first: bool | None) -> Iterator[Proposal]:
    """Yield ``Pan Feng``, ``Chen Xiaoqiang``, ``Xiaoqiang Chen``, ``Cai Xin Le``."""
    one, two = run.words[index], run.words[index + 1]
    if not one.pinyin or not two.pinyin or "-" in one.text + two.text:
        return
    has_comma = run.has_comma_after(index)
    if has_comma and not one.is_capital:
        return
    if one.surname and two.given:
        score = _pinyin_score(run, one, two) + (0.0 if surname_first is False else 0.15)
        yield _pair(index, one.text, two.given, score)
    if two.surname and one.given and not has_comma:
        score = _pinyin_score(run, two, one) + (0.3 if surname_first is False else GIVEN_FIRST)
        yield _pair(index, two.text, one.given, score, is_given_first=True)


def _pair(
    index: int, surname: str, given: tuple[str, ...], score: float, *, is_given_first: bool = False
) -> Proposal:
    return Proposal(
        first=index,
        last=index + 1,
        surname=surname,
        given=given,
        style=Style.PINYIN,
        score=score,
        is_given_first=is_given_first,
    )


def _pinyin_score(run: Run, surname: Word, given: Word) -> float:
    """Weigh a surname and a given name as they are, in whatever order."""
    score = surname.surname
    if len(given.given) > 1 or len(surname.pinyin[0]) > 1:
        score += TWO_SYLLABLES
    elif len(run.words) <= 2 or any(word.is_office for word in run.words):
        score += ISOLATED
    if surname.is_capital and not given.is_capital:
        score += ISOLATED
    return score + _penalty(surname, given)


COMPOUND = 1.0


def _penalty(surname: Word, given: Word) -> float:
    """Return how much two words speak against a name because they are words or places."""
    if surname.surname >= COMPOUND and len(surname.pinyin[0]) > 1:
        return 0.0
    if given.is_place or surname.is_place:
        return -1.5
    if given.is_beginning or given.is_follower or given.is_office:
        return -1.2
    is_given_word = given.is_english and not given.first
    is_surname_word = surname.is_english or surname.is_beginning
    if is_given_word and is_surname_word:
        return -0.9
    if is_given_word:
        return -0.9 if len(given.given) > 1 else -0.25
    return 0.0


# ---------------------------------------------------------------- Hong Kong, Taiwan, Korea


def _hyphenated(run: Run, index: int) -> Iterator[Proposal]:
    """Yield ``Lai Ka-ming``, ``Ka-ming Lai``, ``Raymond Lai Ka-ming``, ``Park Seo-yeon``."""
    one, two = run.words[index], run.words[index + 1]
    surname, given, is_given_first = one, two, False
    if one.parts and not two.parts:
        surname, given, is_given_first = two, one, True
    if not given.parts or given.is_english:
        return
    weight = _surname_weight(surname)
    if not weight:
        return
    start = index
    if not is_given_first and _is_compound(run.word(index - 1), surname):
        start = index - 1
    before = run.word(start - 1)
    western = before if before and _is_first_name(before) and not is_given_first else None
    yield Proposal(
        first=start - 1 if western else start,
        last=index + 1,
        surname=run.written(start, index) if start < index else surname.text,
        given=given.parts,
        style=_style(surname, given.parts),
        score=weight + TWO_SYLLABLES + (0.2 if western or start < index else 0.0),
        is_given_first=is_given_first,
        first_name=western.text if western else "",
    )


def _is_compound(before: Word | None, word: Word) -> bool:
    """Tell whether two words are one surname: ``Au Yeung``."""
    return before is not None and before.lower + word.lower in variant_surnames()


def _surname_weight(word: Word) -> float:
    weight = max(word.surname, word.variant)
    if not weight and foreign_style(word.lower):
        weight = 0.7
    return weight


def _is_first_name(word: Word) -> bool:
    return word.first > 0 and not word.is_beginning and not word.is_office


def _style(surname: Word, given: tuple[str, ...]) -> Style:
    """Return the likeliest style of a name whose given name has a hyphen or a space."""
    styles = foreign_style(surname.lower)
    if Style.KOREAN in styles and all(local_characters("korean", part) for part in given):
        is_chinese = bool(surname.surname or surname.variant)
        if not is_chinese or not all(map(_is_sinitic, given)):
            return Style.KOREAN
    if any(part.endswith(("k", "p", "t", "m")) for part in (surname.lower, *given)):
        return Style.CANTONESE
    return Style.TAIWAN if all(map(_is_taiwan, (surname.lower, *given))) else Style.CANTONESE


def _is_taiwan(part: str) -> bool:
    return bool(taiwan_characters(part))


def _is_sinitic(part: str) -> bool:
    return _is_taiwan(part) or bool(cantonese_characters(part))


# ---------------------------------------------------------------- three words


def _three_words(run: Run, index: int) -> Iterator[Proposal]:
    """Yield ``Tan Siew Ling``, ``Cai Xin Le``, ``Nguyen Thi Mai``; ``Grace Tan``, ``Alan Wang``."""
    words = run.words[index : index + 4]
    if len(words) >= 3:
        yield from _spaced(index, words)
        yield from _vietnamese(index, words)
    yield from _western_and_chinese(index, words)


def _spaced(index: int, words: tuple[Word, ...]) -> Iterator[Proposal]:
    surname, one, two = words[:3]
    given = (one.lower, two.lower)
    if not (surname.surname or surname.variant or Style.KOREAN in foreign_style(surname.lower)):
        return
    if "-" in one.lower + two.lower or not are_syllables(given):
        return
    if any(word.is_place or word.is_follower or word.is_beginning for word in (one, two)):
        return
    yield Proposal(
        first=index,
        last=index + 2,
        surname=surname.text,
        given=given,
        style=_style_of_spaced(surname, one, two),
        score=_score_of_spaced(surname, one, two),
    )


def _style_of_spaced(surname: Word, one: Word, two: Word) -> Style:
    is_pinyin = all(word.pinyin and len(word.pinyin[0]) == 1 for word in (one, two))
    # ``Tan Wei Ling`` may be 谭 or, in Singapore, 陈: few write pinyin with a space within.
    if surname.surname and is_pinyin and not surname.variant:
        return Style.PINYIN
    style = _style(surname, (one.lower, two.lower))
    return style if style is Style.KOREAN else Style.OVERSEAS


def _score_of_spaced(surname: Word, one: Word, two: Word) -> float:
    score = 1.0 if surname.variant else 0.75
    is_local = {word: bool(local_characters("overseas", word.lower)) for word in (one, two)}
    score += 0.1 * sum(is_local.values())
    score -= 0.3 * sum(word.is_english and not is_local[word] for word in (one, two))
    if (surname.is_english or surname.is_beginning) and not all(is_local.values()):
        score -= 0.4
    if surname.is_capital and not one.is_capital:
        score += ISOLATED
    return score


VIETNAMESE_ONLY = frozenset(
    ("nguyen", "tran", "pham", "huynh", "hoang", "vu", "bui", "truong", "trinh", "dinh", "duong")
)
MIDDLE = frozenset(["thi", "van"])


def _vietnamese(index: int, words: tuple[Word, ...]) -> Iterator[Proposal]:
    surname, *rest = words
    if Style.VIETNAMESE not in foreign_style(surname.lower):
        return
    given = []
    for word in rest:
        if not word.lower.isalpha() or len(word.lower) > 6 or word.is_place or word.is_follower:
            break
        given.append(word)
    if len(given) < 2:
        return
    score = 0.9 if surname.lower in VIETNAMESE_ONLY else 0.4
    score += 0.6 if given[0].lower in MIDDLE else 0.1
    score -= sum(0.3 for word in given[1:] if word.is_english)
    for count in range(2, len(given) + 1):
        yield Proposal(
            first=index,
            last=index + count,
            surname=surname.text,
            given=tuple(word.lower for word in given[:count]),
            style=Style.VIETNAMESE,
            score=score + 0.01 * count,
        )


def _western_and_chinese(index: int, words: tuple[Word, ...]) -> Iterator[Proposal]:
    """Yield ``Raymond Chau``, ``Alan Wang``: their Chinese given name is not told."""
    first, surname = words[:2]
    weight = max(surname.variant, surname.surname)
    if not weight or not _is_first_name(first) or first.surname or surname.is_place:
        return
    score = first.first + 0.5 - (0.3 if surname.is_english else 0.0)
    yield Proposal(
        first=index,
        last=index + 1,
        surname=surname.text,
        given=(),
        style=Style.CANTONESE if surname.variant else Style.OVERSEAS,
        score=score,
        is_given_first=True,
        first_name=first.text,
    )


# ---------------------------------------------------------------- Japan


def _japanese(run: Run, index: int) -> Iterator[Proposal]:
    """Yield ``Kenji Tanabe`` and ``Tanabe Kenji``."""
    one, two = run.words[index], run.words[index + 1]
    if not (one.is_foreign_to_english and two.is_foreign_to_english):
        return
    if one.given and two.given and (one.surname or two.surname):
        return
    if not (is_japanese(one.lower) and is_japanese(two.lower)):
        return
    for surname, given, is_given_first in ((two, one, True), (one, two, False)):
        is_listed = Style.JAPANESE in foreign_style(surname.lower)
        may_be_turned = is_given_first or is_listed or not given.first
        if japanese_surnames(surname.lower) and may_be_turned:
            if not is_listed and any(
                plain(word.lower) in words_of("firstname") for word in (one, two)
            ):
                continue
            yield Proposal(
                first=index,
                last=index + 1,
                surname=surname.text,
                given=(given.text,),
                style=Style.JAPANESE,
                score=(1.3 if is_listed else 1.1) + (0.05 if is_given_first else 0.0),
                is_given_first=is_given_first,
            )


# ---------------------------------------------------------------- the West, and minorities

MOST_WESTERN_WORDS = 7
UNLISTED_FIRST = 0.15
UNLISTED_LAST = 0.25
INITIAL = 0.25


def _western(run: Run, index: int) -> Iterator[Proposal]:
    """Yield a first name, initials, particles and last names: ``Anneke van der Houten``."""
    first = run.words[index]
    if not (first.is_foreign_to_english or first.first or first.is_initial):
        return
    if first.lower.rstrip(".") in words_of("notfirst") or (first.is_beginning and not first.first):
        return
    score = max(first.first, UNLISTED_FIRST if first.is_foreign_to_english else 0.0)
    for last in range(index + 1, min(index + MOST_WESTERN_WORDS, len(run.words))):
        word = run.words[last]
        if run.has_comma_after(last - 1) or (word.is_place and word.is_english):
            return
        if word.is_initial:
            score += INITIAL
        elif word.text in PARTICLES:
            score += 0.1
        elif word.is_foreign_to_english or (word.last and not word.is_follower):
            yield _western_name(run, index, last, score + _last_weight(word))
            score += 0.05 if word.first or word.last else -0.05
        else:
            return


def _last_weight(word: Word) -> float:
    return max(word.last, UNLISTED_LAST if word.is_foreign_to_english else 0.0) - (
        0.6 if word.is_place else 0.0
    )


def _western_name(run: Run, first: int, last: int, score: float) -> Proposal:
    begin = last
    while begin - 1 > first and run.words[begin - 1].text in PARTICLES:
        begin -= 1
    return Proposal(
        first=first,
        last=last,
        surname=run.written(begin, last),
        given=tuple(word.text for word in run.words[first:begin]),
        style=Style.WESTERN,
        score=score,
        is_given_first=True,
    )
