"""Find persons' names in English prose.

Each run of capitalised words is tried with the grammars of ``name_grammars``; what they propose is
weighed with what stands around it, and the best proposals that do not overlap are returned.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from pubkit.model import Span
from pubkit.names.persons.finding.grammars import PARTICLES, Proposal, propose
from pubkit.names.persons.finding.runs import (
    COORDINATED,
    SPACE,
    Run,
    evidence,
    find_runs,
    read_run,
    word_before,
)
from pubkit.names.persons.finding.word_kinds import (
    NEVER_A_NAME,
    Word,
    look_up,
    weight_against,
    words_of,
)
from pubkit.names.romanization.person_names import RomanizedName, Style
from pubkit.patterns import pattern
from pubkit.values import dataclass

ENOUGH = 1.0
WORTH_A_LOOK = 0.3
MOST_EVIDENCE = 0.9
KNOWN = 1.0
CERTAIN = 2.0


def find_names(
    text: str, *, known: frozenset[str], surname_first: bool | None
) -> list[RomanizedName]:
    """Return the persons named in full, in order."""
    found: list[_Found] = []
    for place, written in find_runs(text):
        for proposal in _proposals(written, surname_first):
            found.append(_found(text, place, read_run(written), proposal, known))
    found += _single_names(text)
    if not found:
        return []
    sure = [one for one in found if one.score >= ENOUGH]
    if sure and len(sure) < len(found):
        sure += _coordinated([one for one in found if one.score < ENOUGH], sure, text)
    return _without_overlaps([one for one in sure if not _is_thing(one, text)], text)


def _is_thing(found: "_Found", text: str) -> bool:
    """Tell whether it is no person: the Ever Given has an article, a month is said ``in May``."""
    if text.startswith(("the ", "The "), max(0, found.start - 4)) and found.start >= len("the "):
        return True
    is_month = text.startswith(MONTHS_AS_NAMES, found.start, found.end)
    return is_month and BEFORE_MONTH.search(text, max(0, found.start - 8), found.start) is not None


MONTHS_AS_NAMES = ("April ", "May ", "June ", "August ")
BEFORE_MONTH = pattern(r"(?:\b(?i:in|since|last|this|next|until|late|early|mid)|\d) \Z")


@dataclass(frozen=True, slots=True)
class _Found:
    """A proposal at its place, weighed."""

    score: float
    start: int
    end: int
    proposal: Proposal


@lru_cache(maxsize=16384)
def _proposals(written: str, surname_first: bool | None) -> tuple[Proposal, ...]:
    """Return what a run can be, weighed by itself, without what is out of the question."""
    run = read_run(written)
    weighed = [_weighed(one, run) for one in propose(run, surname_first=surname_first)]
    return tuple(_worth_a_look(weighed, _barred(run), run))


def _weighed(proposal: Proposal, run: Run) -> Proposal:
    weight = _neighbours(proposal, run)
    return replace(proposal, score=proposal.score + weight) if weight else proposal


LONGEST_PHRASE = 3


def _barred(run: Run) -> Iterator[int]:
    """Yield the words of phrases that never name a person, and an article before one."""
    yield from (place for place, word in enumerate(run.words) if word.text in NO_PARTS)
    for first in range(len(run.words)):
        for last in range(first + 1, min(first + LONGEST_PHRASE, len(run.words))):
            if weight_against(_phrase(run, first, last)) >= NEVER_A_NAME:
                yield from range(first, last + 1)


WORDS_OF_NO_NAME = """
    A At For From If In Is No On The To With January February September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
"""
NO_PARTS = frozenset(WORDS_OF_NO_NAME.split())


def _phrase(run: Run, first: int, last: int) -> str:
    return run.written(first, last).lower().replace("-", " ").replace("’", "'")


def _worth_a_look(
    weighed: Iterable[Proposal], barred: Iterable[int], run: Run
) -> Iterator[Proposal]:
    """Yield what may become a name; nothing that shares a word with one that is sure already."""
    taken = set(barred)
    for one in sorted(weighed, key=_preference):
        words = range(one.first, one.last + 1)
        is_whole = run.words[one.last].text not in PARTICLES
        if one.score >= WORTH_A_LOOK - MOST_EVIDENCE and is_whole and taken.isdisjoint(words):
            yield one
            if one.score >= ENOUGH:
                taken.update(words)


def _found(text: str, place: int, run: Run, proposal: Proposal, known: Collection[str]) -> _Found:
    """Add to the weight of a proposal what its surroundings say, where that matters."""
    first, last = proposal.first, proposal.last
    start, end = place + run.starts[first], place + run.ends[last]
    score = proposal.score
    if text[start:end] in known:
        score += KNOWN
    if score < ENOUGH:
        score += evidence(text, place, run, (first, last))
    return _Found(min(score, CERTAIN), start, end, proposal)


def _neighbours(proposal: Proposal, run: Run) -> float:
    """Return how much the capitalised words tell against a proposal that are in or beside it."""
    first, last = proposal.first, proposal.last
    penalty = 0.0
    after, before = run.word(last + 1), run.word(first - 1)
    if after and not run.has_comma_after(last):
        penalty -= max(_after(after, proposal), _after_next(after, run.word(last + 2)))
    if before and not run.has_comma_after(first - 1):
        penalty -= _before(before, proposal)
    return penalty - weight_against(_phrase(run, first, last))


def _after(word: Word, proposal: Proposal) -> float:
    if word.is_office:
        return 0.0
    if word.is_follower:
        return 1.3
    if _is_syllable(word, proposal):
        return 1.0
    return 0.3


def _after_next(word: Word, following: Word | None) -> float:
    """Weigh ``Lu Xun Literature Prize``, but not ``Lu Xun Visits School``."""
    if not following or not following.is_follower or following.is_office or word.is_office:
        return 0.0
    return 0.0 if word.lower.endswith("s") or word.lower in words_of("speech") else 1.3


def _single_names(text: str) -> list[_Found]:
    """Return names of one word, as Mongols have them."""
    if not _beginning_pattern().search(text):
        return []
    return [
        _Found(ENOUGH, match.start(), match.end(), _single(match[0]))
        for match in _single_pattern().finditer(text)
        if not _goes_on(text, match.end())
    ]


def _goes_on(text: str, end: int) -> bool:
    """Tell whether another name follows: ``Batbayar Ganzorig``."""
    after = NAME_AFTER.match(text, end)
    return after is not None and look_up(after[1]).is_foreign_to_english


def _single(word: str) -> Proposal:
    return Proposal(
        first=0, last=0, surname=word, given=(), style=Style.MINORITY, score=SCORE_OF_SINGLE
    )


SCORE_OF_SINGLE = 0.5


@cache
def _beginning_pattern() -> re.Pattern[str]:
    """Return what tells quickly whether there may be such a name."""
    words = sorted({*words_of("single"), *words_of("mongolbeginning")})
    return pattern("|".join(word.capitalize() for word in words))


@cache
def _single_pattern() -> re.Pattern[str]:
    def joined(kind: str) -> str:
        return "|".join(sorted(words_of(kind)))

    singles = "|".join(word.capitalize() for word in sorted(words_of("single")))
    beginnings = "|".join(word.capitalize() for word in sorted(words_of("mongolbeginning")))
    composed = f"(?:{beginnings})(?:{joined('mongolend')})"
    return pattern(rf"(?<![\w-])(?=[A-Z])(?:{composed}|{singles})(?![\w-])")


def _is_syllable(word: Word, proposal: Proposal) -> bool:
    """Tell whether a word beside a Chinese proposal is one of its kind: a longer phrase."""
    if not proposal.style.is_sinitic or word.is_office or word.is_place or word.is_beginning:
        return False
    return len(word.pinyin) > 0 and (word.is_foreign_to_english or len(word.pinyin[0]) == 1)


def _before(word: Word, proposal: Proposal) -> float:
    if word.lower.rstrip(".") in words_of("beforeplace"):
        return 1.3
    if _is_syllable(word, proposal):
        return 1.0
    return 0.0 if word.is_office or word.is_beginning or word.is_place else 0.3


BETWEEN_NAMES = pattern(r"(?:, and |, | and | & |/|、)")
LONGEST_BETWEEN = 6


def _coordinated(unsure: Iterable[_Found], sure: Iterable[_Found], text: str) -> list[_Found]:
    """Return the proposals that become likely beside a sure name: ``Wang Wei and Mo Fei``."""
    starts = {one.start for one in sure}
    ends = {one.end for one in sure}
    added = []
    for one in sorted(unsure, key=lambda found: found.start):
        reach = range(1, LONGEST_BETWEEN)
        before = any(
            _is_between(text, one.start - n, one.start) for n in reach if one.start - n in ends
        )
        after = any(_is_between(text, one.end, one.end + n) for n in reach if one.end + n in starts)
        if one.score + COORDINATED * (before + after) >= ENOUGH:
            ends.add(one.end)
            added.append(replace(one, score=ENOUGH))
    return added


def _is_between(text: str, end: int, start: int) -> bool:
    return bool(BETWEEN_NAMES.fullmatch(text, end, start))


def _without_overlaps(found: list[_Found], text: str) -> list[RomanizedName]:
    """Return the best proposals that share no word, in order."""
    if all(one.end <= other.start for one, other in pairwise(found)):
        return [_named(one, text) for one in found]
    taken: list[_Found] = []
    for one in sorted(found, key=lambda found: _preference(found.proposal)):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    return [_named(one, text) for one in sorted(taken, key=lambda found: found.start)]


def _preference(proposal: Proposal) -> tuple[bool, float, int]:
    """Sort the best form first; whatever can be Chinese is rather that than Western.

    What stands around the words tells that they are a name, not how to read it.
    """
    return proposal.style is Style.WESTERN, -proposal.score, proposal.first - proposal.last


def _named(found: _Found, text: str) -> RomanizedName:
    proposal = found.proposal
    return RomanizedName(
        span=Span(found.start, found.end),
        text=text[found.start : found.end],
        surname=proposal.surname,
        given=proposal.given,
        style=proposal.style,
        score=round(found.score, 2),
        is_given_first=proposal.is_given_first,
        first_name=proposal.first_name,
    )


# ---------------------------------------------------------------- surnames alone


def find_surname_mentions(text: str, names: Collection[RomanizedName]) -> list[RomanizedName]:
    """Return where nothing but a surname stands."""
    if not names:
        return []
    persons: dict[str, RomanizedName] = {}
    for name in names:
        persons.setdefault(name.surname, name)
    pattern = _surname_pattern(tuple(sorted(persons)))
    return [
        _bare(persons[match[0]], Span(*match.span()))
        for match in pattern.finditer(text)
        if _stands_alone(match)
    ]


@lru_cache(maxsize=64)
def _surname_pattern(surnames: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(surnames, key=len, reverse=True)
    forms = "|".join(map(re.escape, longest_first))
    return pattern(rf"(?<![\w’'-])(?:{forms})(?![\w-]|['’](?!s\b))")


NAME_AFTER = pattern(rf"{SPACE}(?=[A-Z])([\w’'-]+)")
CAPITAL_BEFORE = pattern(rf"([A-Z][\w’'.-]*){SPACE}\Z")


def _stands_alone(match: re.Match[str]) -> bool:
    """Tell whether a surname is not part of a longer name, and not an ordinary word."""
    text, start, end = match.string, match.start(), match.end()
    before = word_before(text, start).rstrip(".")
    has_office = before in words_of("office")
    after = NAME_AFTER.match(text, end)
    if after and not look_up(after[1]).is_office:
        return False
    capital = CAPITAL_BEFORE.search(text, max(0, start - 40), start)
    if capital and not has_office and not look_up(capital[1].rstrip(".")).is_beginning:
        return False
    word = look_up(match[0])
    return has_office or not (word.is_english or word.is_beginning) or not _begins(text, start)


SENTENCE_END = pattern(r"[.!?:;。”\"“‘\n][”’\"]?\s*\Z")


def _begins(text: str, start: int) -> bool:
    """Tell whether a sentence begins here."""
    return start == 0 or bool(SENTENCE_END.search(text, max(0, start - 4), start))


def _bare(person: RomanizedName, span: Span) -> RomanizedName:
    return replace(person, span=span, text=person.surname, given=(), first_name="")
