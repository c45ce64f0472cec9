"""Runs of capitalised words in an English text, and what stands around them."""

from collections.abc import Iterator
from functools import lru_cache

from pubkit.names.persons.finding.word_kinds import Word, look_up, words_of
from pubkit.patterns import pattern
from pubkit.values import dataclass

LETTER = r"[^\W\d_]"
UPPER = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ]"
REST = (
    rf"(?:\.(?:[- ]?[A-Z]\.)*|(?:(?<=D)r|(?<=P)rof|(?<=M)rs?|(?<=M)s|(?<=S)[tr]|(?<=J)r)\."
    rf"|{LETTER}*(?:['’‘‐‑-](?!s\b){LETTER}+)*)"
)
"""What follows the first letter: the stop of an initial or an abbreviation, or letters."""
WORD = rf"(?:al-|el-)?{UPPER}{REST}"
PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|bin|binti|ibn|ter|ten|zu|al|el|y)"
SPACE = "[ \u00a0]"
RUN = pattern(  # begins with a set of letters, which is fast to look for
    rf"{UPPER}(?<![\w@/#&°-].){REST}(?:,(?={SPACE}))?"
    rf"(?:{SPACE}(?:{PARTICLE}{SPACE}){{0,2}}{WORD})+"
)
RUN_WORD = pattern("[^ \u00a0,]+")
WORD_BEFORE = pattern(rf"([\w.-]+)[:,]?{SPACE}\Z")
LONGEST_WORD_BEFORE = 24


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words beside one another, and the particles between them."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def written(self, first: int, last: int) -> str:
        """Return the words from one to another as they are written."""
        return self.text[self.starts[first] : self.ends[last]]

    def has_comma_after(self, index: int) -> bool:
        """Tell whether a comma follows a word of the run."""
        return self.text[self.ends[index] : self.ends[index] + 1] == ","

    def word(self, index: int) -> Word | None:
        """Return a word of the run; None beyond its ends."""
        return self.words[index] if 0 <= index < len(self.words) else None


def find_runs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the runs of two capitalised words and more, each with its place."""
    for match in RUN.finditer(text):
        yield match.start(), match[0]


@lru_cache(maxsize=16384)
def read_run(written: str) -> Run:
    """Return what is known of the words of a run."""
    places = [match.span() for match in RUN_WORD.finditer(written)]
    return Run(
        text=written,
        words=tuple([look_up(written[start:end]) for start, end in places]),
        starts=tuple([start for start, _end in places]),
        ends=tuple([end for _start, end in places]),
    )


# ---------------------------------------------------------------- evidence around a name

OFFICE_BEFORE = 0.7
OFFICE_AFTER = 0.6
SPEECH_BESIDE = 0.4
BRACKET_AFTER = 0.3
COORDINATED = 0.3
WORDS_OF_AN_APPOSITION = 8
AFTER = pattern(
    r"(?P<comma>, (?P<apposition>[^,.;:()]{2,90}))|(?P<bracket> \()|(?:, | )(?P<word>[\w-]+)"
)


def word_before(text: str, start: int) -> str:
    """Return the word before a place in lower case; empty after other marks than a colon."""
    match = WORD_BEFORE.search(text, max(0, start - LONGEST_WORD_BEFORE), start)
    return match[1].lower() if match else ""


def evidence(text: str, place: int, run: Run, words: tuple[int, int]) -> float:
    """Return how much the text around some words of a run tells that they name a person.

    Args:
        text: The whole text.
        place: Where the run begins in it.
        run: The run.
        words: The first and the last of the words.
    """
    first, last = words
    after = 0.0 if run.word(last + 1) else _evidence_after(text, place + run.ends[last])
    before = run.word(first - 1)
    if before:
        is_office = before.is_office and not run.has_comma_after(first - 1)
        return after + (OFFICE_BEFORE if is_office else 0.0)
    return after + _evidence_before(text, place)


def _evidence_before(text: str, place: int) -> float:
    word = word_before(text, place)
    if word.rstrip(".") in words_of("office"):
        return OFFICE_BEFORE
    return SPEECH_BESIDE if word in SPEECH_BEFORE else 0.0


SPEECH_BEFORE = frozenset(
    ("said", "says", "added", "by", "told", "with", "according", "thanked", "and")
)


def _evidence_after(text: str, end: int) -> float:
    match = AFTER.match(text, end)
    if not match:
        return 0.0
    if match["bracket"]:
        return BRACKET_AFTER
    if match["comma"] and _has_office(match["apposition"]):
        return OFFICE_AFTER
    word = match["word"] or match["apposition"].split(" ", 1)[0]
    if word == "of" and OF_PLACE.match(text, end):
        return PLACE_AFTER
    return SPEECH_BESIDE if word in words_of("speech") else 0.0


OF_PLACE = pattern(r" of [A-Z]")
PLACE_AFTER = 0.15
"""``Peter Kipkorir of Kenya``."""


def _has_office(apposition: str) -> bool:
    words = apposition.lower().replace("-", " ").split()[:WORDS_OF_AN_APPOSITION]
    return any(word in words_of("office") for word in words)
