"""Phrases of an English source that are repeated but for one or two letters of a word."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, permutations

from pubkit.checks.completeness import HEADINGS
from pubkit.checks.pair import SourceTexts
from pubkit.checks.source.words import SourceWords, Variant, read_words
from pubkit.model import Segment
from pubkit.names.variants import are_two_slips, is_one_slip
from pubkit.names.vocabulary import FUNCTION_WORDS
from pubkit.patterns import pattern

Context = tuple[str, str]


def find_phrase_variants(source: SourceTexts) -> Iterator[Variant]:
    """Yield phrases of which another with one or two other letters stands elsewhere."""
    read = source.once(read_words)
    words = {word.casefold() for word in read.vocabulary.values() if len(word) >= SHORTEST}
    confused = _confused(words)
    for context, endings in _contexts(read, confused).items():
        if 1 < len(endings) <= MOST_ENDINGS:
            yield from _similar_endings(context, endings)


SHORTEST = 6


def _confused(words: Collection[str]) -> frozenset[str]:
    """Return the words that look like another one of them."""
    first: dict[str, str] = {}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        key = word[0] + word[-SAME_ENDING:]
        if first.setdefault(key, word) is not word:
            groups[key].append(word)
    found: set[str] = set()
    for key, group in groups.items():
        for one, other in combinations((first[key], *group), 2):
            if abs(len(one) - len(other)) < 2 and _is_confused(one, other):
                found.update((one, other))
    return frozenset(found)


SAME_ENDING = 3


def _is_confused(one: str, other: str) -> bool:
    """Tell whether two words, alike at both ends, look alike and are no forms of one word."""
    return are_two_slips(one, other) or is_one_slip(one, other)


def _contexts(
    read: SourceWords, confused: Collection[str]
) -> Mapping[Context, Mapping[str, list[Segment]]]:
    """Return the two words before each of these, with what follows them and where."""
    found: defaultdict[Context, defaultdict[str, list[Segment]]] = defaultdict(
        lambda: defaultdict(list)
    )
    forms = frozenset(form for form, word in read.vocabulary.items() if word.casefold() in confused)
    for (segment, text), words in zip(read.texts, read.words, strict=True):
        if not forms.isdisjoint(words):
            for context, word in _words_in_context(text.casefold()):
                if word in confused:
                    found[context][word].append(segment)
    return found


PLAIN_WORD = pattern(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|[.,;:!?()“”]")


def _words_in_context(text: str) -> Iterator[tuple[Context, str]]:
    """Yield the words of a text, each with the two before it."""
    words = PLAIN_WORD.findall(text)
    for first, second, word in zip(["", *words], words, words[1:], strict=False):
        if second.isalpha() and second not in FUNCTION_WORDS:
            yield (first, second), word


MOST_ENDINGS = 20


def _similar_endings(
    context: Context, endings: Mapping[str, Sequence[Segment]]
) -> Iterator[Variant]:
    for word, other in permutations(endings, 2):
        if _weight(endings[other]) > _weight(endings[word]) and _is_alike(word, other):
            yield Variant(f"{context[1]} {word}", f"{context[1]} {other}", endings[word][0])


def _is_alike(one: str, other: str) -> bool:
    is_same = one[0] == other[0] and one[-SAME_ENDING:] == other[-SAME_ENDING:]
    return is_same and _is_confused(one, other)


def _weight(segments: Sequence[Segment]) -> tuple[int, int]:
    """Tell how much a wording counts: running text is read more often than captions."""
    return sum(segment.role not in HEADINGS for segment in segments), len(segments)
