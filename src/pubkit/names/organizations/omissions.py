"""Organizations of which the other language has nothing: no head, no word, no name in pinyin."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pubkit.model import Span
from pubkit.names.left_forms import ACRONYM
from pubkit.names.organizations.counterparts import (
    Texts,
    match_names,
    parts_of,
    texts_of,
    words_in,
)
from pubkit.names.organizations.exchanges import BODIES, COMPANIES
from pubkit.names.organizations.heads import renderings_of
from pubkit.names.organizations.lexicon import (
    LOOSE,
    VAGUE,
    meanings,
    renderings,
    stem,
    words_of,
)
from pubkit.names.organizations.phrases import Phrase, heads_in_english
from pubkit.names.organizations.segments import Segment, segments
from pubkit.names.romanization.syllables import characters
from pubkit.names.romanization.syllables import segment as syllables
from pubkit.names.units import read_words
from pubkit.patterns import pattern

# ---------------------------------------------------------------- in Chinese


def omitted_in_chinese(english: str, chinese: str, phrases: Sequence[Phrase]) -> Iterator[Span]:
    """Yield where an English text has names of which its Chinese translation has nothing."""
    names = [part for phrase in phrases for part in parts_of(phrase)]
    doubtful = [name for name in names if _is_telling(name) and not _has_words(name, chinese)]
    if not doubtful or POINTING.search(chinese):
        return
    texts = texts_of(english, chinese)
    rendered, free = match_names(names, texts)
    lost = [name for name in doubtful if name not in rendered and not _has_trace(name, texts)]
    if lost:
        rest = _without_matched(texts.chinese, free)
        yield from (name.span for name in lost if not renderings_of(name.head, rest))


POINTING = pattern("[该本贵我全][校院行馆所司社会部局厂台团中学公]")


def _is_telling(name: Phrase) -> bool:
    """Tell whether a name has a word that Chinese does not do without."""
    words = words_in(name.text, name.head)
    return name.head not in COMPANIES and any(word not in LOOSE for word, _start, _end in words)


def _has_words(name: Phrase, chinese: str) -> bool:
    """Tell quickly whether a text has a word of a name."""
    return any(
        len(form) > 1 and form in chinese
        for word, _start, _end in words_in(name.text, name.head)
        for form in renderings()[word]
    )


def _has_trace(name: Phrase, texts: Texts) -> bool:
    """Tell whether a text has a word of a name, or can be read as its first one."""
    words = [word for word, _start, _end in words_in(name.text, name.head)]
    first = name.text.split()[0]
    return (
        any(not texts.is_absent(word) or _is_one_sign(word, texts.chinese) for word in words)
        or first in texts.chinese
        or _is_read(first, texts.chinese)
    )


def _is_one_sign(word: str, chinese: str) -> bool:
    """Tell whether a text has a word for which Chinese has but one character: 云 for cloud."""
    forms = renderings()[word]
    return all(len(form) == 1 for form in forms) and any(form in chinese for form in forms)


def _is_read(word: str, chinese: str) -> bool:
    """Tell whether a Chinese text can be read as a word of two syllables or more."""
    return any(
        all(sign in characters(syllable) for sign, syllable in zip(chinese[i:], way, strict=False))
        for way in syllables(word)
        if len(way) > 1
        for i in range(len(chinese) - len(way) + 1)
    )


def _without_matched(chinese: str, free: Iterable[Segment]) -> str:
    """Return a text without the names that render others, and without “an institution”."""
    rest = list(chinese)
    for one in set(segments(chinese)) - set(free):
        for place in range(one.start, one.end + len(one.head)):
            rest[place] = "。"
    return ANY.sub("", "".join(rest))


ANY = pattern(
    r"(?:一[家个所]|某[家个所]?|[几多]家)[^，。；]{0,4}?(?:机构|组织|单位|企业|公司|大学|学院)"
)


# ---------------------------------------------------------------- in English


def omitted_in_english(english: str, chinese: str, phrases: Sequence[Phrase]) -> Iterator[Span]:
    """Yield where a Chinese text has names of which its English translation has nothing."""
    if not segments(chinese):
        return
    texts = texts_of(english, chinese)
    names = [part for phrase in phrases for part in parts_of(phrase)]
    rendered, free = match_names(names, texts)
    lost = [one for one in free if _is_foreign(one, texts)]
    if not lost or ACRONYM.search(english):
        return
    rest = read_words(_without_names(english, rendered)).items
    for one in lost:
        if not _names_head(one.head, rest) and not _is_spelt(one.text(texts.chinese), english):
            yield Span(one.start, one.end + len(one.head))


def _is_foreign(one: Segment, texts: Texts) -> bool:
    """Tell whether no English word explains the words of a Chinese name."""
    words = (texts.chinese[a:b] for a, b in words_of(texts.chinese, one.start, one.reach))
    telling = [form for form in words if len(form) > 1 and form not in VAGUE]
    is_body = one.head in heads_in_english() or one.head in BODIES
    return bool(telling) and is_body and all(map(texts.is_foreign, telling))


def _without_names(english: str, rendered: Iterable[Phrase]) -> str:
    for name in sorted(rendered, key=lambda name: -name.span.start):
        english = english[: name.span.start] + "; " + english[name.span.end :]
    return INDEFINITE.sub(" ", english)


INDEFINITE = pattern(r"\b(?:[Aa]n?|another|one|some)(?: [a-z]+)? [a-z]+\b")


def _names_head(head: str, words: Iterable[str]) -> bool:
    known = heads_in_english().get(head, frozenset()) | meanings().get(head, frozenset())
    return any(word in known or stem(word) in known for word in words)


@lru_cache(maxsize=64)
def _capitalised(english: str) -> frozenset[str]:
    return frozenset(word for word in CAPITALISED.findall(english))


CAPITALISED = pattern(r"\b[A-Z][a-zü]+(?:['’][a-z]+)?")


def _is_spelt(chinese: str, english: str) -> bool:
    """Tell whether a word of an English text spells a part of a Chinese name."""
    return any(_is_read(word, chinese) for word in _capitalised(english))
