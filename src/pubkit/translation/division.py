"""Texts that became several, or that several became: each gets its share of what there was."""

from collections.abc import Iterator, Mapping, Sequence

from pubkit.model import Entry, Key
from pubkit.patterns import pattern
from pubkit.translation.similarity import TextIndex
from pubkit.translation.words import is_unspaced
from pubkit.values import dataclass

LIKENESS = 85
"""In percent: how like a stretch of the whole a part must be; the author may polish it."""
COVERED = 0.6
"""How much of the whole its parts have to make up."""
TELLING_PART = {True: 12, False: 30}
"""Characters of a part that says enough by itself to be known again without the others."""
LARGEST_PART = 0.9
"""A part that is nearly the whole is the same text, edited."""
SHORTEST_PART = {True: 5, False: 12}
"""Characters of a part; of one in a language that does not part its words, fewer."""

DIVIDED = "a part of the text above"
JOINED = "{number} texts that were joined"

ABBREVIATIONS = ("Dr", "Prof", "Mr", "Mrs", "Ms", "St", "No", "vs", "cf", "al", "Jr", "Sr", "Ltd")
_NO_END = "".join(rf"(?<!\b{word}\.)" for word in (*ABBREVIATIONS, "[A-Z]"))
SENTENCE_END = pattern(
    rf"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’»)\]])){_NO_END}\s+"
    r"|(?<=[。！？…])(?![\"'”’」』）)\]])|(?<=[。！？…][”’」』）])"
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


def divided(
    messages: Sequence[str], lost: Sequence[Entry], *, least: int = 2
) -> Iterator[tuple[int, Share]]:
    """Yield the number of each message that was a part of a lost text, with its share.

    If the translation has as many sentences as the text, the share is the sentences of the
    part; otherwise it is the whole translation.

    Args:
        messages: The texts that wait for a translation.
        lost: Entries whose texts have disappeared.
        least: How many parts of a text must be found again.
    """
    index = TextIndex(messages)
    for entry in lost:
        for part in _parts(entry.msgid, index, messages, least=least):
            share = _share(entry, part)
            yield part.number, Share(entry.msgid, share, DIVIDED, (entry.key,))


def joined(
    messages: Sequence[str], lost: Sequence[Entry], *, least: int = 2
) -> Iterator[tuple[int, Share]]:
    """Yield the number of each message that joins lost texts, with their translations together."""
    texts = [entry.msgid for entry in lost]
    index = TextIndex(texts)
    for number, message in enumerate(messages):
        parts = _parts(message, index, texts, least=least)
        if parts:
            found = [lost[part.number] for part in parts]
            yield number, _all_of(found)


def _all_of(entries: Sequence[Entry]) -> Share:
    """Return entries as one; their texts stay on lines of their own."""
    return Share(
        "\n".join(entry.msgid for entry in entries),
        _together([entry.msgstr for entry in entries]),
        JOINED.format(number=len(entries)),
        tuple(entry.key for entry in entries),
    )


def _parts(whole: str, index: TextIndex, texts: Sequence[str], *, least: int) -> Sequence[Part]:
    """Return the texts of which a whole is made, in their order; nothing if it is not."""
    found = [part for number in index.sharing(whole) if (part := _part(whole, number, texts))]
    parts: list[Part] = []
    for part in sorted(found, key=lambda part: (part.start, -part.end)):
        if not parts or part.start >= parts[-1].end - 1:
            parts.append(part)
    covered = sum(part.end - part.start for part in parts)
    is_made_of_them = len(parts) > 1 and covered >= COVERED * len(whole)
    if is_made_of_them or least > 1:
        return parts if is_made_of_them else ()
    return [part for part in parts if len(texts[part.number]) >= _least(TELLING_PART, whole)]


def _least(lengths: Mapping[bool, int], text: str) -> int:
    return lengths[is_unspaced(text[:1])]


def _part(whole: str, number: int, texts: Sequence[str]) -> Part | None:
    """Return where a text stands in a whole, if it does."""
    text = texts[number]
    if len(text) < _least(SHORTEST_PART, text) or len(text) > LARGEST_PART * len(whole):
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
