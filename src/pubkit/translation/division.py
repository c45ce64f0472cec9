"""Texts that became several, or that several became: each gets its share of what there was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pubkit.model import Entry, Key
from pubkit.patterns import pattern
from pubkit.translation.similarity import TextIndex
from pubkit.translation.words import is_unspaced

LIKENESS = 85
"""In percent: how like a stretch of the whole a part must be; the author may polish it."""
COVERED = 0.6
"""How much of the whole its parts have to make up."""
LARGEST_PART = 0.9
"""A part that is nearly the whole is the same text, edited."""
SHORTEST_PART = {True: 5, False: 12}
"""Characters of a part; of one in a language that does not part its words, fewer."""

SENTENCE_END = pattern(
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’»)\]]))\s+|(?<=[。！？…])(?![\"'”’」』）)\]])|(?<=[。！？…][”’」』）])"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a whole, and the number of the text that is nearly the same."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Share:
    """What a text inherits from texts that were divided or joined."""

    previous_msgid: str
    msgstr: str
    origin: str
    keys: tuple[Key, ...]
    """The old entries."""


def divided(messages: Sequence[str], lost: Sequence[Entry]) -> Iterator[tuple[int, Share]]:
    """Yield the number of each message that was a part of a lost text, with its share.

    If the translation has as many sentences as the text, the share is the sentences of the
    part; otherwise it is the whole translation.
    """
    index = TextIndex(messages)
    for entry in lost:
        for part in _parts(entry.msgid, index, messages):
            share = _share(entry, part)
            origin = "part of a text that was divided"
            yield part.number, Share(entry.msgid, share, origin, (entry.key,))


def joined(messages: Sequence[str], lost: Sequence[Entry]) -> Iterator[tuple[int, Share]]:
    """Yield the number of each message that joins lost texts, with their translations together."""
    index = TextIndex([entry.msgid for entry in lost])
    for number, message in enumerate(messages):
        parts = _parts(message, index, [entry.msgid for entry in lost])
        if parts:
            found = [lost[part.number] for part in parts]
            yield (
                number,
                Share(
                    _together([entry.msgid for entry in found]),
                    _together([entry.msgstr for entry in found]),
                    f"joined from {len(found)} texts",
                    tuple(entry.key for entry in found),
                ),
            )


def _parts(whole: str, index: TextIndex, texts: Sequence[str]) -> Sequence[Part]:
    """Return two or more texts of which a whole is made, in their order; nothing if it is not."""
    found = [part for number in index.sharing(whole) if (part := _part(whole, number, texts))]
    parts: list[Part] = []
    for part in sorted(found, key=lambda part: (part.start, -part.end)):
        if not parts or part.start >= parts[-1].end - 1:
            parts.append(part)
    covered = sum(part.end - part.start for part in parts)
    return parts if len(parts) > 1 and covered >= COVERED * len(whole) else ()


def _part(whole: str, number: int, texts: Sequence[str]) -> Part | None:
    """Return where a text stands in a whole, if it does."""
    text = texts[number]
    is_short = len(text) < SHORTEST_PART[is_unspaced(text[:1])]
    if is_short or len(text) > LARGEST_PART * len(whole):
        return None
    from rapidfuzz import fuzz  # only a changed source needs it

    found = fuzz.partial_ratio_alignment(text, whole, score_cutoff=LIKENESS)
    return Part(number, found.dest_start, found.dest_end) if found else None


def _share(entry: Entry, part: Part) -> str:
    """Return the sentences of the translation that belong to a part of the text."""
    source, target = (list(_sentences(text)) for text in (entry.msgid, entry.msgstr))
    if len(source) != len(target):
        return entry.msgstr
    middles = ((start + end) / 2 for start, end in source)
    inside = [place for place, middle in enumerate(middles) if part.start <= middle < part.end]
    if not inside:
        return entry.msgstr
    return entry.msgstr[target[inside[0]][0] : target[inside[-1]][1]]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends."""
    start = 0
    for found in SENTENCE_END.finditer(text):
        yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def _together(texts: Sequence[str]) -> str:
    """Return texts as one: with spaces between them where their language has any."""
    whole = texts[0]
    for text in texts[1:]:
        whole += text if is_unspaced(whole[-1]) or is_unspaced(text[0]) else f" {text}"
    return whole
