"""Find foreign names in English by the Chinese text beside: it has a dotted name that sounds so."""

from collections.abc import Iterable, Iterator

from pubkit.model import Span
from pubkit.names.persons.finding.chinese import find_dotted_names
from pubkit.names.persons.finding.grammars import PARTICLES
from pubkit.names.persons.finding.runs import Run, find_runs, read_run
from pubkit.names.persons.finding.word_kinds import Word
from pubkit.names.romanization.likeness import fit
from pubkit.names.romanization.person_names import RomanizedName
from pubkit.names.romanization.transliteration import has_dot

SURELY_HEARD = 0.3
"""The misfit up to which one part of a dotted name tells that a name is meant."""
SHORTEST, LONGEST = 2, 3


def find_sounding(english: str, chinese: str, known: Iterable[RomanizedName]) -> Iterator[str]:
    """Yield what is written with capitals and sounds, in a part at least, like a dotted name.

    Args:
        english: A text.
        chinese: Its counterpart.
        known: The names that have been found without it.
    """
    if not has_dot(chinese):
        return
    known = [name for name in known if name.style.is_transliterated]
    dotted = [Span(*place) for place in find_dotted_names(chinese)]
    if len(dotted) <= len(known):
        return
    free = [
        span for span in dotted if not any(fit(one.text, chinese, span).is_right for one in known)
    ]
    taken = {place for name in known for place in range(name.span.start, name.span.end)}
    for text in _candidates(english, taken) if free else ():
        heard = [fit(text, chinese, span) for span in free]
        if any(one.is_right or one.best <= SURELY_HEARD for one in heard):
            yield text


def _candidates(english: str, taken: set[int]) -> Iterator[str]:
    for place, written in find_runs(english):
        run = read_run(written)
        names = [at for at, word in enumerate(run.words) if word.text not in PARTICLES]
        for size in (LONGEST, SHORTEST):
            for start in range(len(names) - size + 1):
                first, last = names[start], names[start + size - 1]
                is_free = place + run.starts[first] not in taken
                is_whole = is_free and not _has_comma(run, first, last)
                words = (run.words[at] for at in names[start : start + size])
                if is_whole and all(map(_may_be_name, words)):
                    yield run.written(first, last)


def _may_be_name(word: Word) -> bool:
    if word.is_office or word.is_place:
        return False
    return word.is_foreign_to_english or word.first > 0 or word.last > 0


def _has_comma(run: Run, first: int, last: int) -> bool:
    return any(run.has_comma_after(index) for index in range(first, last))
