"""Mr. and Ms., he and she: does the Chinese text speak of the same person?

A translation may leave out 先生 and 女士, add them, and choose a name where English has a pronoun.
Only a plain contradiction counts: one text knows but women, the other but men.
"""

import re
from collections.abc import Iterator

from pubkit.model import Span
from pubkit.patterns import pattern
from pubkit.values import dataclass

RELATIVES = (
    r"(?! (?:[\w’'-]+ ){0,3}?(?:compatriots?|colleagues?|husband|wife|deputy|assistants?|students?"
    r"|successor|predecessor|brothers?|sisters?|mother|father|parents|sons?|daughters?|teachers?"
    r"|mentor|partner|supervisor|boss|friends?|nephew|niece|uncle|aunt|grand\w+|cousin|widow"
    r"|counterpart|co-?\w+|team-?mates?|pupils?|rival|fianc[eé]e?|interpreter|secretary|chief)\b)"
)
"""Whoever is a person's relative or colleague need not be of the same sex."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A word of each text that cannot speak of the same person."""

    english: Span
    chinese: Span


@dataclass(frozen=True, slots=True)
class _Words:
    english: re.Pattern[str]
    chinese: re.Pattern[str]


PRONOUNS = (
    _Words(
        pattern(rf"\b(?:he|He(?! [A-Z][a-z])|[Hh]im|[Hh]imself|[Hh]is(?!/){RELATIVES})\b(?!/)"),
        pattern(
            r"(?<![其吉排利维无])他(?![们人国乡日山处杀律方用途物校省地族者/])",
        ),
    ),
    _Words(
        pattern(rf"\b(?:she|She(?! [A-Z][a-z])|[Hh]ers|[Hh]erself|[Hh]er{RELATIVES})\b(?<!/she)"),
        pattern(r"她(?!们)"),
    ),
)
"""Of men, and of women."""
POSSESSIVES = (pattern(r"\b[Hh]is\b"), pattern(r"\b[Hh]er\b"))
"""Whoever is meant by them, a pronoun in Chinese may mean."""
HONORIFICS = (
    _Words(
        pattern(r"\b(?:Mr|Mister|Sir)\b\.?(?=\s+[A-Z])"),
        pattern(r"先生(?!们)"),
    ),
    _Words(
        pattern(
            r"\b(?:Ms|Mrs|Miss|Madam|Madame|Mme|Dame)\b\.?(?=\s+[A-Z])"
            r"|\b(?:[Ss]pokes|[Cc]hair|[Bb]usiness|[Cc]ongress)woman\b"
        ),
        pattern(r"女士(?!们)|小姐(?!们)|女爵士?"),
    ),
)
HONORIFIC_WORDS = ("先生", "女士", "小姐", "女爵")
MARRIED = pattern("夫人|太太")


def may_contradict(chinese: str) -> bool:
    """Tell at a glance whether a Chinese text may speak of a man or a woman."""
    return OF_PERSONS.search(chinese) is not None


OF_PERSONS = pattern(f"[他她]|{'|'.join(HONORIFIC_WORDS)}")


def find_contradictions(english: str, chinese: str) -> list[Contradiction]:
    """Return where one text speaks of a man and the other of a woman."""
    found = []
    if "他" in chinese or "她" in chinese:
        found += list(_contradictions(english, chinese, PRONOUNS))
    if any(word in chinese for word in HONORIFIC_WORDS):
        found += list(_contradictions(english, chinese, HONORIFICS))
    return found


def _contradictions(
    english: str, chinese: str, words: tuple[_Words, _Words]
) -> Iterator[Contradiction]:
    here = [gender.english.search(english) for gender in words]
    there = [gender.chinese.search(chinese) for gender in words]
    for one, other in ((0, 1), (1, 0)):
        mine, theirs = here[one], there[other]
        is_other = here[other] or (words is PRONOUNS and POSSESSIVES[other].search(english))
        if mine and theirs and not is_other and not there[one]:
            if words is HONORIFICS and MARRIED.search(chinese):
                continue
            yield Contradiction(english=Span(*mine.span()), chinese=Span(*theirs.span()))


def find_contradiction_beside(
    english: str, chinese: str, names: tuple[Span, Span]
) -> Contradiction | None:
    """Compare Mr. or Ms. before a name with 先生 or 女士 behind it."""
    if MARRIED.search(chinese):
        return None
    before, behind = english[max(0, names[0].start - 8) : names[0].start], names[1].end
    for one, other in ((0, 1), (1, 0)):
        theirs = HONORIFICS[other].chinese.match(chinese, behind)
        mine = re.search(HONORIFIC_BEFORE[one], before)
        if mine and theirs:
            start = names[0].start - len(before) + mine.start()
            return Contradiction(
                english=Span(start, start + len(mine[0].rstrip())), chinese=Span(*theirs.span())
            )
    return None


HONORIFIC_BEFORE = (
    r"\b(?:Mr|Mister|Sir)\.?\s+\Z",
    r"\b(?:Ms|Mrs|Miss|Madam|Dame)\.?\s+\Z",
)
