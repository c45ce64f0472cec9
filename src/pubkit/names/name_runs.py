"""Runs of capitalised words in an English text, and what stands around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pubkit.names.word_kinds import Word, look_up, words_of

LETTER = r"[^\W\d_]"
UPPER = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ]"
WORD = (
    rf"(?:[A-Z]\.(?:[- ]?[A-Z]\.)*|(?:Dr|Prof|Mrs?|Ms|St|Jr|Sr)\."
    rf"|(?:al-|el-)?{UPPER}{LETTER}*(?:['’‘‐‑-](?!s\b){LETTER}+)*)"
)
PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|bin|binti|ibn|ter|ten|zu|al|el|y)"
SPACE = "[ \u00a0]"
RUN = re.compile(
    rf"(?<![\w@/#&-]){WORD}(?:,(?={SPACE}))?(?:{SPACE}(?:{PARTICLE}{SPACE}){{0,2}}{WORD})+"
)
RUN_WORD = re.compile(rf"[^ \u00a0,]+")
WORD_BEFORE = re.compile(rf"([\w.-]+)[:,]?{SPACE}\Z")
LONGEST_WORD_BEFORE = 24


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words beside one another, and the particles between them."""

    text: str
    """The whole text."""
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def written(self, first: int, last: int) -> str:
        """Return the words from one to another as they are written."""
        return self.text[self.starts[first] : self.ends[last]]

    def word(self, index: int) -> Word | None:
        """Return a word of the run; None beyond its ends."""
        return self.words[index] if 0 <= index < len(self.words) else None


def find_runs(text: str) -> Iterator[Run]:
    """Yield the runs of two capitalised words and more."""
    for match in RUN.finditer(text):
        places = [m.span() for m in RUN_WORD.finditer(text, match.start(), match.end())]
        yield Run(
            text=text,
            words=tuple(look_up(text[start:end]) for start, end in places),
            starts=tuple(start for start, _end in places),
            ends=tuple(end for _start, end in places),
        )


# ---------------------------------------------------------------- evidence around a name

OFFICE_BEFORE = 0.7
OFFICE_AFTER = 0.6
SPEECH_BESIDE = 0.4
BRACKET_AFTER = 0.3
COORDINATED = 0.3
WORDS_OF_AN_APPOSITION = 8
AFTER = re.compile(
    r"(?P<comma>, (?P<apposition>[^,.;:()]{2,90}))|(?P<bracket> \()|(?:, | )(?P<word>[\w-]+)"
)


def has_office_before(run: Run, index: int) -> bool:
    """Tell whether an office or form of address stands directly before a word of a run."""
    before = run.word(index - 1)
    if before:
        return before.is_office and run.text[run.ends[index - 1]] != ","
    word = word_before(run.text, run.starts[index])
    return word.rstrip(".") in words_of("office")


def word_before(text: str, start: int) -> str:
    """Return the word before a place in lower case; empty after other marks than a colon."""
    match = WORD_BEFORE.search(text, max(0, start - LONGEST_WORD_BEFORE), start)
    return match[1].lower() if match else ""


def evidence(run: Run, first: int, last: int) -> float:
    """Return how much the text around some words of a run tells that they name a person."""
    before = OFFICE_BEFORE if has_office_before(run, first) else 0.0
    if not before and not run.word(first - 1):
        word = word_before(run.text, run.starts[first])
        before = SPEECH_BESIDE if word in SPEECH_BEFORE else 0.0
    return before + (0.0 if run.word(last + 1) else _evidence_after(run.text, run.ends[last]))


SPEECH_BEFORE = frozenset("said says added by told with according thanked and".split())


def _evidence_after(text: str, end: int) -> float:
    match = AFTER.match(text, end)
    if not match:
        return 0.0
    if match["bracket"]:
        return BRACKET_AFTER
    if match["comma"] and _has_office(match["apposition"]):
        return OFFICE_AFTER
    word = match["word"] or match["apposition"].split(" ", 1)[0]
    return SPEECH_BESIDE if word in words_of("speech") else 0.0


def _has_office(apposition: str) -> bool:
    words = apposition.lower().replace("’s", "").split()[:WORDS_OF_AN_APPOSITION]
    return any(word in words_of("office") for word in words)
