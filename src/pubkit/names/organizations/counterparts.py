"""Which names of organizations in two texts belong together, as far as their words tell."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pubkit.model import Span
from pubkit.names.organizations.heads import heads_in_chinese
from pubkit.names.organizations.lexicon import (
    LOOSE,
    VAGUE,
    meanings,
    places,
    renderings,
    stem,
    words_of,
)
from pubkit.names.organizations.phrases import Phrase
from pubkit.names.organizations.segments import Segment, segments
from pubkit.names.romanization.readings import simplified
from pubkit.names.romanization.syllables import characters
from pubkit.names.romanization.syllables import segment as syllables
from pubkit.names.romanization.transliteration import find_bare
from pubkit.names.units import plain_word, read_words
from pubkit.names.vocabulary import is_english_word
from pubkit.patterns import pattern
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """Both texts, and how often they have the words of the lexicon."""

    english: Sequence[str]
    stems: Sequence[str]
    chinese: str

    def is_absent(self, word: str) -> bool:
        """Tell whether the Chinese has no rendering of an English word at all.

        A rendering of one character counts within names alone.
        """
        if any(len(form) > 1 and form in self.chinese for form in renderings()[word]):
            return False
        if word in places() and is_spelt(word, self.chinese):
            return False
        return not any(renders(one.text(self.chinese), word) for one in segments(self.chinese))

    def is_lost(self, word: str) -> bool:
        """Tell whether the Chinese renders an English word less often than it occurs."""
        count = sum(self.chinese.count(form) for form in renderings()[word] if len(form) > 1)
        return self.english.count(word) > count

    def is_foreign(self, form: str) -> bool:
        """Tell whether no English word explains a Chinese one."""
        return not any(one in meanings()[form] for one in self.stems)

    def is_added(self, form: str) -> bool:
        """Tell whether the Chinese has a word more often than the English explains."""
        count = sum(one in meanings()[form] for one in self.stems)
        return self.chinese.count(form) > count


@lru_cache(maxsize=4)
def texts_of(english: str, chinese: str) -> Texts:
    """Return both texts as they are compared."""
    words = read_words(english).items
    return Texts(words, tuple(map(stem, words)), simplified(chinese))


# ---------------------------------------------------------------- English names


@lru_cache(maxsize=4096)
def words_in(name: str, head: str) -> tuple[tuple[str, int, int], ...]:
    """Return the words of a name that the lexicon has, and where they stand in it."""
    units = read_words(name)
    return tuple(
        (word, units.starts[place], units.ends[place])
        for place, word in enumerate(units.items)
        if word in renderings() and word != head
    )


def parts_of(name: Phrase) -> Iterator[Phrase]:
    """Yield a name, or both of two: School of Law of Beitou University."""
    place = name.span.start
    for start, end, head in _parts(name.text, name.head):
        span = Span(place + start, place + end)
        yield Phrase(text=name.text[start:end], span=span, head=head)


@lru_cache(maxsize=8192)
def _parts(name: str, head: str) -> tuple[tuple[int, int, str], ...]:
    """Return where the parts of a name stand in it, and their heads."""
    for match in OF.finditer(name) if " of " in name else ():
        left, right = name[: match.start()], name[match.end() :]
        before, behind = _heads_in(left), _heads_in(right)
        is_name = behind and (right.lower().endswith(behind[-1]) or OF_BEHIND.match(right))
        if " " in left and is_name and (before or OF_BEHIND.match(right)):
            first = ((0, len(left), before[0]),) if before else ()
            shift = match.end()
            rest = _parts(right, behind[-1])
            return (*first, *((shift + start, shift + end, one) for start, end, one in rest))
    return ((0, len(name), head),)


OF = pattern(r" of (?:the )?(?=[A-Z][\w'’-]+ )")
OF_BEHIND = pattern(r"[A-Z]\w+ (?:of|for)\b")


def _heads_in(name: str) -> list[str]:
    words = (word.lower() for word in name.split())
    return [word for word in words if word in heads_in_chinese()]


# ---------------------------------------------------------------- the names of both sides


def match_names(names: Sequence[Phrase], texts: Texts) -> tuple[list[Phrase], list[Segment]]:
    """Return the names that are rendered word by word, and the segments that render none."""
    rendered = []
    free = list(segments(texts.chinese))
    for name in names:
        own = next((one for one in free if _is_rendering(one, name, texts)), None)
        if own:
            rendered.append(name)
            free.remove(own)
    return rendered, free


def are_rendered(phrases: Sequence[Phrase], chinese: str) -> bool:
    """Tell whether a Chinese text has names of the kind of each of some, with a word of each."""
    names = [part for phrase in phrases for part in parts_of(phrase)]
    return all(_has_likely_rendering(name, simplified(chinese)) for name in names)


def _has_likely_rendering(name: Phrase, chinese: str) -> bool:
    words = words_in(name.text, name.head)
    return any(
        is_kind(one.head, heads_in_chinese()[name.head])
        and any(renders(one.text(chinese), word) for word, _start, _end in words)
        for one in segments(chinese)
    )


def _is_rendering(segment: Segment, name: Phrase, texts: Texts) -> bool:
    words = words_in(name.text, name.head)
    own = segment.text(texts.chinese)
    if all(word in LOOSE for word, _start, _end in words) and not (
        begins_with(name, own) or any(renders(own, word) for word, _start, _end in words)
    ):
        return False
    stems = frozenset(stem(word) for word, _start, _end in words)
    return (
        is_kind(segment.head, heads_in_chinese()[name.head])
        and all(
            word in LOOSE or renders(own, word, stems - {stem(word)})
            for word, _start, _end in words
        )
        and not other_place(name, segment, texts)
    )


def is_kind(head: str, allowed: Sequence[str]) -> bool:
    """Tell whether a Chinese head is one of some, or a kind of one: 管理局 of 局."""
    return head in allowed or any(
        head.endswith(one) for one in allowed if len(one) > 1 or one in OFTEN_COMPOUNDED
    )


OFTEN_COMPOUNDED = "局厅部署司处科室站台港厂"


def is_spelt(word: str, chinese: str) -> bool:
    """Tell whether a Chinese text can be read as a word: Luohe is 洛河, too, and not 漯河 alone."""
    return any(
        all(sign in characters(syllable) for sign, syllable in zip(chinese[i:], way, strict=False))
        for way in syllables(word)
        for i in range(len(chinese) - len(way) + 1)
    )


def begins_with(name: Phrase, chinese: str) -> bool:
    """Tell whether a Chinese name can be read as the first word of an English one."""
    return is_spelt(name.text.split()[0], chinese)


def renders(chinese: str, word: str, others: frozenset[str] = frozenset()) -> bool:
    """Tell whether a Chinese name has a word; one of one character not within another word.

    Args:
        chinese: What stands before a head.
        word: A word of an English name.
        others: The stems of the other words of the name, and what renders them counts for them.
    """
    forms = renderings()[word]
    return (
        any(len(form) > 1 and form in chinese for form in forms)
        or any(form in _rest(chinese, others, stem(word)) for form in forms if len(form) == 1)
        or (word in places() and is_spelt(word, chinese))
    )


_OTHER_KINDS = """
    法官 雪松 水杉 红杉 杏仁 木瓜 南瓜 冬瓜 西瓜 土豆 桂花 茶花 菊花 荷花 梅花 兰花 桃花
    海象 海马 海狮 海豹 海狗 山羊 羚羊 水牛 牦牛 犀牛 蜗牛 河马 斑马 鲸鱼 鱿鱼 章鱼
    鳄鱼 金鱼 天鹅 企鹅 豹猫 熊猫 熊蜂 龙虾 蛇鹫
"""
OTHER_KINDS = frozenset(_OTHER_KINDS.split())
"""Words of which a character means something of another kind."""


@lru_cache(maxsize=256)
def _rest(chinese: str, others: frozenset[str], own: str) -> str:
    """Return the characters of a name outside of places and of what renders other words.

    雪松 is a cedar, and no pine for its 松.
    """
    covered: set[int] = set()
    for start, end in words_of(chinese, 0, len(chinese)):
        form = chinese[start:end]
        is_other = form in OTHER_KINDS and own not in meanings()[form]
        if end - start > 1 and (is_other or form in places() or others & meanings()[form]):
            covered.update(range(start, end))
    return "".join(sign for place, sign in enumerate(chinese) if place not in covered)


# ---------------------------------------------------------------- first words that name something


def other_place(name: Phrase, segment: Segment, texts: Texts) -> Span | None:
    """Return the place that stands for a name that it cannot be: 四川 for Cangshan Academy."""
    first = first_word(name)
    own = segment.text(texts.chinese)
    if is_known(first) or (first == "China" and CHINA.search(texts.chinese)):
        return None
    if is_spelt(first, own) or (find_bare(first, own) and not PROVINCE.match(own)):
        return None
    for start, end in words_of(texts.chinese, segment.start, segment.end):
        form = texts.chinese[start:end]
        if len(form) < 2 or form not in places() or form in VAGUE:
            return None
        if texts.is_foreign(form) and not _may_begin_so(first, form):
            return Span(start, end)
    return None


CHINA = pattern("[中华国]")
PROVINCE = pattern(
    "山[东西]|陕西|[河湖海云]南|[河湖]北|江[西苏]|浙江|福建|广[东西]|贵州|四川|青海|吉林|辽宁"
)
"""They imitate no sound: Shandon University is not in 山东."""


@lru_cache(maxsize=64)
def has_places(chinese: str) -> bool:
    """Tell quickly whether a name of a text begins with a place."""
    return any(
        chinese[start:end] in places()
        for one in segments(chinese)
        for start, end in words_of(chinese, one.start, one.end)[:1]
        if end - start > 1
    )


def _may_begin_so(word: str, form: str) -> bool:
    """Tell whether a place may be what a name is short for: 北京航空 is Beihang."""
    return any(form[0] in characters(way[0]) for way in syllables(word))


def first_word(name: Phrase) -> str:
    """Return the first word of a name: Canada of Canada's Nickel Council."""
    return name.text.split()[0].removesuffix("'s").removesuffix("’s")


@lru_cache(maxsize=4096)
def is_known(word: str) -> bool:
    """Tell whether the first word of a name is a word that says nothing of where it is."""
    if word == "China":
        return False
    plain = plain_word(word)
    return plain in renderings() or plain in heads_in_chinese() or is_english_word(word.lower())
