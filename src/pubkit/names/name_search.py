"""Find persons' names in English prose.

Each run of capitalised words is tried with the grammars of ``name_grammars``; what they propose is
weighed with what stands around it, and the best proposals that do not overlap are returned.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from pubkit.model import Span
from pubkit.names.name_grammars import Proposal, propose
from pubkit.names.name_runs import COORDINATED, SPACE, Run, evidence, find_runs, word_before
from pubkit.names.person_names import RomanizedName, Style
from pubkit.names.word_kinds import look_up, phrases_without_names, words_of

ENOUGH = 1.0
WORTH_A_LOOK = 0.3
KNOWN = 1.0
NO_NAME = 1.2
CERTAIN = 2.0


def find_names(
    text: str, *, known: frozenset[str], surname_first: bool | None
) -> list[RomanizedName]:
    """Return the persons named in full, in order."""
    weighed = [
        (score, proposal, run)
        for run in find_runs(text)
        for proposal in propose(run, surname_first=surname_first)
        if (score := _score(proposal, run, known)) >= WORTH_A_LOOK
    ]
    if not weighed:
        return []
    sure = [found for found in weighed if found[0] >= ENOUGH]
    unsure = [found for found in weighed if found[0] < ENOUGH]
    if sure and unsure:
        sure += list(_coordinated(unsure, sure, text))
    return _without_overlaps(sure)


Weighed = tuple[float, Proposal, Run]


def _score(proposal: Proposal, run: Run, known: Collection[str]) -> float:
    """Return what speaks for a proposal, its surroundings included."""
    first, last = proposal.first, proposal.last
    written = run.written(first, last)
    score = proposal.score + _neighbours(proposal, run) + (KNOWN if written in known else 0.0)
    if written.lower().replace("-", " ") in phrases_without_names():
        score -= NO_NAME
    if WORTH_A_LOOK - 0.9 < score < ENOUGH:
        score += evidence(run, first, last)
    return min(score, CERTAIN)


def _neighbours(proposal: Proposal, run: Run) -> float:
    """Return how much the capitalised words beside a proposal tell against it."""
    before, after = run.word(proposal.first - 1), run.word(proposal.last + 1)
    penalty = 0.0
    if after and run.text[run.ends[proposal.last]] != ",":
        if after.is_follower and not after.is_office:
            penalty -= 1.3
        elif proposal.is_chinese and after.pinyin and after.is_foreign_to_english:
            penalty -= 1.0
        elif not after.is_office:
            penalty -= 0.3
    if before and run.text[run.ends[proposal.first - 1]] != ",":
        if before.lower.rstrip(".") in words_of("beforeplace"):
            penalty -= 1.3
        elif proposal.is_chinese and before.pinyin and before.is_foreign_to_english:
            penalty -= 1.0
        elif not (before.is_office or before.is_beginning or before.is_place):
            penalty -= 0.3
    return penalty


BETWEEN_NAMES = re.compile(r"(?:, and |, | and | & |/|、)")
LONGEST_BETWEEN = 6


def _coordinated(
    unsure: Iterable[Weighed], sure: Iterable[Weighed], text: str
) -> Iterator[Weighed]:
    """Yield the proposals that become likely beside a name that is sure: ``Wang Wei and Mo Fei``."""
    starts = {run.starts[proposal.first] for _score, proposal, run in sure}
    ends = {run.ends[proposal.last] for _score, proposal, run in sure}
    for score, proposal, run in sorted(unsure, key=lambda found: run_start(found)):
        start, end = run.starts[proposal.first], run.ends[proposal.last]
        before = any(
            _is_between(text, other, start) for other in range(start - 6, start) if other in ends
        )
        after = any(
            _is_between(text, end, other) for other in range(end + 1, end + 7) if other in starts
        )
        if score + COORDINATED * (before + after) >= ENOUGH:
            ends.add(end)
            yield score + COORDINATED, proposal, run


def run_start(found: Weighed) -> int:
    """Return where a proposal stands in the text."""
    _score, proposal, run = found
    return run.starts[proposal.first]


def _is_between(text: str, end: int, start: int) -> bool:
    return bool(BETWEEN_NAMES.fullmatch(text, end, start))


def _without_overlaps(found: list[Weighed]) -> list[RomanizedName]:
    """Return the best proposals that share no word, in order."""
    taken: list[RomanizedName] = []
    for score, proposal, run in sorted(found, key=_preference):
        start, end = run.starts[proposal.first], run.ends[proposal.last]
        if all(end <= other.span.start or other.span.end <= start for other in taken):
            taken.append(_named(score, proposal, run, Span(start, end)))
    return sorted(taken, key=lambda name: name.span.start)


def _preference(found: Weighed) -> tuple[bool, float, int]:
    """Sort the best form first; whatever can be Chinese is rather that than Western.

    What stands around the words tells that they are a name, not how to read it.
    """
    _score, proposal, _run = found
    return proposal.style is Style.WESTERN, -proposal.score, proposal.first - proposal.last


def _named(score: float, proposal: Proposal, run: Run, span: Span) -> RomanizedName:
    return RomanizedName(
        span=span,
        text=run.text[span.start : span.end],
        surname=proposal.surname,
        given=proposal.given,
        style=proposal.style,
        score=round(score, 2),
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
    return re.compile(rf"(?<![\w’'-])(?:{forms})(?![\w-]|['’](?!s\b))")


NAME_AFTER = re.compile(rf"{SPACE}(?=[A-Z])([\w’'-]+)")
CAPITAL_BEFORE = re.compile(rf"([A-Z][\w’'.-]*){SPACE}\Z")


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


SENTENCE_END = re.compile(r"[.!?:;。”\"“‘\n][”’\"]?\s*\Z")


def _begins(text: str, start: int) -> bool:
    """Tell whether a sentence begins here."""
    return start == 0 or bool(SENTENCE_END.search(text, max(0, start - 4), start))


def _bare(person: RomanizedName, span: Span) -> RomanizedName:
    return replace(person, span=span, text=person.surname, given=(), first_name="")
