"""The words of a whole source, read once for all that is asked of them."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property, lru_cache
from itertools import chain

from pubkit.checks.completeness import HEADINGS
from pubkit.checks.pair import SourceTexts
from pubkit.model import Role, Segment
from pubkit.names.vocabulary import FUNCTION_WORDS
from pubkit.patterns import pattern
from pubkit.values import dataclass

LETTERS = r"0-9A-Za-z_\u00c0-\u024f\u1e00-\u1eff'’&-"
"""What words have; listed, because ``\\w`` beside other characters is ten times slower."""
WORD = pattern(rf"[{LETTERS}]+")
WORDS_OF = pattern(r"[^ '’]+")
"""The parts of a name that have no mark with two shapes."""
END_MARKS = tuple(".?!:;,”")
"""What the end of a paragraph has, and a headline of an unmarked catalog has not."""
PUNCTUATION = ".,;:!?()[]“”‘\"'…—–*/"


@dataclass(frozen=True, kw_only=True, eq=False)
class SourceWords:
    """All texts of a source as one."""

    text: str
    """The texts, each followed by a full stop of its own line."""
    texts: Sequence[tuple[Segment, str]]
    starts: Sequence[int]
    """Where each text begins."""
    _headlines: dict[int, bool] = field(default_factory=dict, repr=False)

    @cached_property
    def capitals(self) -> Mapping[str, int]:
        """The runs of capitalised words, and how often each stands there."""
        return Counter(RUN.findall(self.text))

    @cached_property
    def capitals_of_headlines(self) -> Mapping[str, int]:
        """Those that stand in headlines, which raise their words."""
        headlines = (
            text for index, (_segment, text) in enumerate(self.texts) if self.is_headline(index)
        )
        return Counter(RUN.findall(END_OF_TEXT.join(headlines)))

    @cached_property
    def words(self) -> Sequence[Sequence[str]]:
        """What stands between the spaces of each text: words with their punctuation."""
        return [text.split() for _segment, text in self.texts]

    @cached_property
    def vocabulary(self) -> Mapping[str, str]:
        """What stands between spaces, with the word alone."""
        return {form: form.strip(PUNCTUATION) for form in set(chain.from_iterable(self.words))}

    def index_at(self, place: int) -> int:
        """Return which of the texts stands at a place."""
        return bisect_right(self.starts, place) - 1

    def segment_at(self, place: int) -> Segment:
        """Return the segment that has a place."""
        return self.texts[self.index_at(place)][0]

    def texts_with(self, name: str) -> Iterator[tuple[Segment, str]]:
        """Yield the texts that have a name, with their segments."""
        found = pattern_of(name)
        rarest = min(WORDS_OF.findall(name), key=self._how_common, default="")
        for index in self._texts_with_word(rarest):
            if found.search(self.texts[index][1]):
                yield self.texts[index]

    def _how_common(self, word: str) -> tuple[int, int]:
        """Return less for a word that is rarer in names, or longer: Wu and not Professor."""
        return self._name_words[word], -len(word)

    @cached_property
    def _name_words(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for run, number in self.capitals.items():
            for word in WORDS_OF.findall(" ".join(split_words(run))):
                found[word] += number
        return found

    def _texts_with_word(self, word: str) -> Iterator[int]:
        """Yield which texts have a word, which is much sooner found than a pattern."""
        place = self.text.find(word)
        while 0 <= place < len(self.text):
            index = self.index_at(place)
            yield index
            end = self.starts[index] + len(self.texts[index][1])
            place = self.text.find(word, end + 1)

    def is_headline(self, index: int) -> bool:
        """Tell whether a text is one of those that raise their words."""
        segment, text = self.texts[index]
        if segment.role not in HEADINGS and (
            segment.role is not Role.PARAGRAPH or text.rstrip()[-1:] in END_MARKS
        ):
            return False
        if index not in self._headlines:
            self._headlines[index] = _has_raised_words(text)
        return self._headlines[index]


_SMALL = "of and for the in on to with de van von der bin &"
SMALL = frozenset(_SMALL.split())
"""What stands in names without a capital."""
RUN = pattern(
    rf"[A-Z][{LETTERS}]*\.?(?:[ \u00a0]"
    rf"(?:(?:{_SMALL.replace(' ', '|')})[ \u00a0]){{0,2}}[A-Z][{LETTERS}]*)+"
)
END_OF_TEXT = "\n.\n"


@dataclass(frozen=True, slots=True)
class Variant:
    """A form that may be a slip of another."""

    form: str
    usual: str
    segment: Segment


def read_words(source: SourceTexts) -> SourceWords:
    """Return the texts of a source as one, and where each of them begins."""
    starts, length = [], 0
    for _segment, text in source.texts:
        starts.append(length)
        length += len(text) + len(END_OF_TEXT)
    joined = END_OF_TEXT.join(text for _segment, text in source.texts)
    return SourceWords(text=joined, texts=source.texts, starts=starts)


def split_words(form: str) -> Sequence[str]:
    """Return the words of a form, with one kind of apostrophe and without its full stops."""
    return form.replace("’", "'").replace(".", " ").split()


@lru_cache(maxsize=256)
def pattern_of(name: str) -> re.Pattern[str]:
    """Return where a text has words that were split."""
    words = (re.escape(word).replace("'", "['’]") for word in name.split())
    return re.compile(r"(?<!\w)" + r"\.?[ \u00a0]".join(words) + r"(?!\w)")


def _has_raised_words(text: str) -> bool:
    words = [word for word in WORD.findall(text) if word.casefold() not in FUNCTION_WORDS]
    raised = [word for word in words if word[0].isupper()]
    return len(raised) * 3 > len(words) * 2
