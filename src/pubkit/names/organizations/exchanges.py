"""Names of organizations in which one word stands for another: 商务部 for Ministry of Agriculture.

A name whose word has none of its renderings, while its counterpart has the rendering of another
word, is another name. Free renderings lose a word, or add one; hardly any do both.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pubkit.model import Span
from pubkit.names.left_forms import is_in_brackets
from pubkit.names.organizations.heads import HEAD_HERE, heads_in_chinese, renderings_of
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
from pubkit.names.romanization.readings import simplified
from pubkit.names.romanization.syllables import characters
from pubkit.names.romanization.syllables import segment as segment_syllables
from pubkit.names.units import read_words
from pubkit.patterns import pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A word of an English name, and the word that stands for it in Chinese, but cannot."""

    phrase: Phrase
    english: Span
    chinese: Span

    def touches(self, spans: Iterable[Span], *, in_english: bool) -> bool:
        """Tell whether the name overlaps one of some places in a language."""
        own = self.phrase.span if in_english else self.chinese
        return any(_overlap(own, span) for span in spans)


# ---------------------------------------------------------------- names in a Chinese text

BEFORE_NAME = pattern(
    r"[^\u3400-\u9fff]|[的在为由向对从是了将被把让于该因某]|(?<![高中初平])等|一[家所个]"
)
LONGEST = 16
NO_HEAD_BEFORE = {
    "部": "门分队件落位",
    "局": "势面限",
    "会": "议员见场",
    "院": "士校",
    "科": "学技研目",
    "所": "有在以",
    "站": "在点",
    "系": "统列",
    "社": "会区",
    "组": "织成",
    "台": "湾风",
}
"""What makes another word of a head: 部门, 会议."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands before a head, in which a name begins somewhere."""

    start: int
    end: int
    head: str

    def text(self, chinese: str) -> str:
        """Return the characters before the head, and the first of 学院: 药学 of 药学院."""
        return chinese[self.start : self.reach]

    @property
    def reach(self) -> int:
        """Where the words of the name end at the latest."""
        return self.end + (self.head in ("学院", "学会"))


@lru_cache(maxsize=64)
def segments(chinese: str) -> tuple[Segment, ...]:
    """Return what stands before each head of a text: no further than a mark or another head."""
    found: list[Segment] = []
    last = 0
    for match in HEAD_HERE.finditer(chinese):
        head, after = match[0], chinese[match.end() : match.end() + 1]
        if after and after in NO_HEAD_BEFORE.get(head, ""):
            continue
        start = max(last, match.start() - LONGEST)
        for mark in BEFORE_NAME.finditer(chinese, start, match.start()):
            start = mark.end()
        segment = Segment(start, match.start(), head)
        if match.start() > start and (len(head) > 1 or _last_word(segment, chinese)):
            found.append(segment)
            last = match.end()
        elif len(head) > 1:
            last = match.end()
    return tuple(found)


def _last_word(segment: Segment, chinese: str) -> str:
    """Return the word of two characters or more right before the head; empty if none is known."""
    for start, end in words_of(chinese, segment.start, segment.end):
        if end == segment.end and end - start > 1:
            return chinese[start:end]
    return ""


# ---------------------------------------------------------------- one text


@dataclass(frozen=True, slots=True)
class _Texts:
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
        return not any(_renders(one.text(self.chinese), word) for one in segments(self.chinese))

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


def exchanged_words(english: str, chinese: str, phrases: Sequence[Phrase]) -> Iterator[Exchange]:
    """Yield the words of names in the place of which another word stands."""
    text = simplified(chinese)
    names = [part for phrase in phrases for part in _parts(phrase)]
    doubtful = [name for name in names if not _is_rendered(name, english, text)]
    if not doubtful:
        return
    texts = _texts(english, text)
    rendered, free = _matched(names, texts)
    for name in doubtful:
        exchange = None if name in rendered else _exchange(name, texts, free, names)
        if exchange:
            yield exchange


@lru_cache(maxsize=4)
def _texts(english: str, chinese: str) -> _Texts:
    words = read_words(english).items
    return _Texts(words, tuple(map(stem, words)), chinese)


def _is_rendered(name: Phrase, english: str, chinese: str) -> bool:
    """Tell quickly whether a text has renderings of all words of a name, each said once."""
    for word, start, end in _words_in(name.text, name.head):
        if not any(len(form) > 1 and form in chinese for form in renderings()[word]):
            return False
        if english.count(name.text[start + 1 : end]) > 1:  # Education, education
            return False
    return bool(renderings_of(name.head, chinese))


@lru_cache(maxsize=4096)
def _words_in(name: str, head: str) -> tuple[tuple[str, int, int], ...]:
    """Return the words of a name that the lexicon has, and where they stand in it."""
    units = read_words(name)
    return tuple(
        (word, units.starts[place], units.ends[place])
        for place, word in enumerate(units.items)
        if word in renderings() and word != head
    )


Words = Sequence[tuple[str, Span]]


def _words(name: Phrase) -> Words:
    place = name.span.start
    words = _words_in(name.text, name.head)
    return [(word, Span(place + start, place + end)) for word, start, end in words]


def _parts(name: Phrase) -> Iterator[Phrase]:
    """Yield a name, or both of two: School of Law of Beitou University."""
    for match in OF.finditer(name.text) if " of " in name.text else ():
        left, right = name.text[: match.start()], name.text[match.end() :]
        before, behind = _heads_in(left), _heads_in(right)
        is_name = behind and (right.lower().endswith(behind[-1]) or OF_BEHIND.match(right))
        if " " in left and is_name and (before or OF_BEHIND.match(right)):
            start = name.span.start
            if before:
                yield Phrase(text=left, span=Span(start, start + len(left)), head=before[0])
            span = Span(start + match.end(), name.span.end)
            yield from _parts(Phrase(text=right, span=span, head=behind[-1]))
            return
    yield name


OF = pattern(r" of (?:the )?(?=[A-Z][\w'’-]+ )")
OF_BEHIND = pattern(r"[A-Z]\w+ (?:of|for)\b")


def _heads_in(name: str) -> list[str]:
    words = (word.lower() for word in name.split())
    return [word for word in words if word in heads_in_chinese()]


def unclaimed(
    english: str,
    chinese: str,
    phrases: Sequence[Phrase],
    claimed: Sequence[Span],
    *,
    head: str,
    in_chinese: bool,
) -> Span | None:
    """Return an organization of one side that renders none of the other, nor is agreed.

    Args:
        english: The English text.
        chinese: The Chinese text.
        phrases: The organizations that the English names.
        claimed: Where the side has agreed forms of what the other side names.
        head: The head of the organization that is looked for, in the language of the other side.
        in_chinese: Whether the Chinese side is meant.
    """
    names = [part for phrase in phrases for part in _parts(phrase)]
    rendered, free = _matched(names, _texts(english, simplified(chinese)))
    if in_chinese:
        heads = heads_in_chinese().get(head, ())
        spans = [
            Span(one.start, one.end + len(one.head))
            for one in free
            if _is_kind(one.head, heads) and one.head not in COMMON
        ]
    else:
        others = [name for name in names if name not in rendered]
        spans = [one.span for one in others if head in heads_in_chinese()[one.head]]
    return next((span for span in spans if not any(_overlap(span, one) for one in claimed)), None)


def bare_acronyms(
    english: str, chinese: str, phrases: Sequence[Phrase]
) -> Iterator[tuple[Phrase, Span]]:
    """Yield where a translation has no more of a name than the acronym introduced with it."""
    for phrase in phrases:
        introduced = INTRODUCED.match(english, phrase.span.end)
        place = _bare(introduced[1], chinese) if introduced else None
        if (
            place
            and phrase.head not in COMPANIES
            and not _has_counterpart(phrase, english, chinese, phrases)
        ):
            yield phrase, place


INTRODUCED = pattern(r"\s?\(([A-Z][A-Za-z0-9&-]*[A-Z])\)")


def _bare(acronym: str, chinese: str) -> Span | None:
    """Return where an acronym stands first, if it is neither in brackets nor behind a name."""
    match = re.search(rf"(?<![A-Za-z0-9]){re.escape(acronym)}(?![A-Za-z0-9])", chinese)
    if not match or is_in_brackets(Span(*match.span()), chinese):
        return None
    return Span(*match.span())


def _has_counterpart(phrase: Phrase, english: str, chinese: str, phrases: Sequence[Phrase]) -> bool:
    names = [part for one in phrases for part in _parts(one)]
    rendered, free = _matched(names, _texts(english, simplified(chinese)))
    allowed = heads_in_chinese()[phrase.head]
    return phrase in rendered or any(_is_kind(one.head, allowed) for one in free)


COMMON = frozenset({"机构", "组织", "企业", "联合", "会议", "论坛", "大会"})
"""Heads that are no names by themselves."""


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


# ---------------------------------------------------------------- which names belong together


def _matched(names: Sequence[Phrase], texts: _Texts) -> tuple[list[Phrase], list[Segment]]:
    """Return the names that are rendered word by word, and the segments that render none."""
    rendered = []
    free = list(segments(texts.chinese))
    for name in names:
        own = next((one for one in free if _is_rendering(one, name, texts.chinese)), None)
        if own:
            rendered.append(name)
            free.remove(own)
    return rendered, free


def _is_rendering(segment: Segment, name: Phrase, chinese: str) -> bool:
    words = _words_in(name.text, name.head)
    own = segment.text(chinese)
    if not words and not _begins_with(name, own):
        return False
    stems = frozenset(stem(word) for word, _start, _end in words)
    return _is_kind(segment.head, heads_in_chinese()[name.head]) and all(
        _renders(own, word, stems - {stem(word)}) for word, _start, _end in words
    )


def _is_kind(head: str, allowed: Sequence[str]) -> bool:
    """Tell whether a Chinese head is one of some, or a kind of one: 管理局 of 局."""
    return head in allowed or any(
        head.endswith(one) for one in allowed if len(one) > 1 or one in OFTEN_COMPOUNDED
    )


OFTEN_COMPOUNDED = "局厅部署司处科室站台港厂"


def _begins_with(name: Phrase, chinese: str) -> bool:
    """Tell whether a Chinese name can be read as the first word of an English one."""
    first = name.text.split()[0]
    return any(
        all(sign in characters(syllable) for sign, syllable in zip(chinese[i:], way, strict=False))
        for way in segment_syllables(first)
        for i in range(len(chinese) - len(way) + 1)
    )


def _renders(chinese: str, word: str, others: frozenset[str] = frozenset()) -> bool:
    """Tell whether a Chinese name has a word; one of one character not within another word.

    Args:
        chinese: What stands before a head.
        word: A word of an English name.
        others: The stems of the other words of the name, and what renders them counts for them.
    """
    forms = renderings()[word]
    return any(len(form) > 1 and form in chinese for form in forms) or any(
        form in _rest(chinese, others) for form in forms if len(form) == 1
    )


@lru_cache(maxsize=256)
def _rest(chinese: str, others: frozenset[str]) -> str:
    """Return the characters of a name outside of places and of what renders other words."""
    covered: set[int] = set()
    for start, end in words_of(chinese, 0, len(chinese)):
        form = chinese[start:end]
        if end - start > 1 and (form in places() or others & meanings()[form]):
            covered.update(range(start, end))
    return "".join(sign for place, sign in enumerate(chinese) if place not in covered)


def _others(words: Words, word: str) -> frozenset[str]:
    return frozenset(stem(other) for other, _span in words if other != word)


def _exchange(
    name: Phrase, texts: _Texts, free: Sequence[Segment], names: Sequence[Phrase]
) -> Exchange | None:
    words = _words(name)
    if not words:
        return None
    segment = _counterpart(name, words, texts.chinese, free, names)
    if segment and _is_kind(segment.head, _allowed(name, names)):
        found = _exchanged_word(name, words, segment, texts)
    elif segment:
        found = _exchanged_head(name, words, segment, texts)
    else:
        found = None
    return found or _exchanged_place(name, words, texts)


def _allowed(name: Phrase, names: Iterable[Phrase]) -> tuple[str, ...]:
    """Return the heads that a name may have: a school is no 大学 beside a university."""
    heads = heads_in_chinese()[name.head]
    if name.head != "university" and any(one.head == "university" for one in names):
        return tuple(head for head in heads if head != "大学")
    return heads


def _counterpart(
    name: Phrase,
    words: Words,
    chinese: str,
    free: Sequence[Segment],
    names: Sequence[Phrase],
) -> Segment | None:
    """Return the segment that has most of the words of a name, or the only one of its kind."""
    scores = [
        (sum(_renders(one.text(chinese), word, _others(words, word)) for word, _span in words), one)
        for one in free
    ]
    most = max((score for score, _one in scores), default=0)
    best = [one for score, one in scores if score == most]
    alike = [one for one in best if _is_kind(one.head, _allowed(name, names))]
    if most:
        return (alike or best)[0]
    is_only = len(alike) == 1 and sum(one.head == name.head for one in names) == 1
    return alike[0] if is_only else None


# ---------------------------------------------------------------- what is exchanged


def _exchanged_word(name: Phrase, words: Words, segment: Segment, texts: _Texts) -> Exchange | None:
    own = segment.text(texts.chinese)
    lost = [
        (word, span)
        for word, span in words
        if word not in LOOSE and not _renders(own, word, _others(words, word))
    ]
    stems = {stem(word) for word in read_words(name.text).items}
    for word, span in lost:
        is_absent = texts.is_absent(word)
        if not is_absent and not texts.is_lost(word):
            continue
        kinds = _kinds(word)
        for foreign in _foreign_words(segment, texts, stems, kinds):
            form = texts.chinese[foreign.start : foreign.end]
            if form in places() and word not in places() and not kinds:
                continue  # Chinese says 越南 where English need not
            if texts.is_foreign(form) or (is_absent and texts.is_added(form)):
                return Exchange(phrase=name, english=span, chinese=foreign)
    return None


KINDS = ("省市县区乡", "河江湖海山岛桥谷湾峡")


def _kinds(word: str) -> str:
    """Return the characters that would be another level or another feature of the land."""
    return "".join(kind for kind in KINDS if renderings()[word] & set(kind))


def _foreign_words(segment: Segment, texts: _Texts, stems: set[str], kinds: str) -> Iterator[Span]:
    """Yield the words of a segment that render no word of its English name."""
    for start, end in words_of(texts.chinese, segment.start, segment.reach):
        form = texts.chinese[start:end]
        is_telling = form in kinds if end - start == 1 else form not in VAGUE
        if is_telling and not stems & meanings()[form]:
            yield Span(start, end)


def _exchanged_head(name: Phrase, words: Words, segment: Segment, texts: _Texts) -> Exchange | None:
    """Return the head of another kind behind the words of a name: 能源部 of the Energy Bureau."""
    last = _last_word(segment, texts.chinese)
    is_own = any(last in renderings()[word] for word, _span in words)
    if not is_own or name.head in COMPANIES or segment.head not in BODIES:
        return None
    is_explained = segment.head in meanings() and not texts.is_foreign(segment.head)
    if is_explained or renderings_of(name.head, texts.chinese):
        return None
    units = read_words(name.text)
    place = next((i for i, word in enumerate(units.items) if word == name.head), 0)
    start = name.span.start
    return Exchange(
        phrase=name,
        english=Span(start + units.starts[place], start + units.ends[place]),
        chinese=Span(segment.end - len(last), segment.end + len(segment.head)),
    )


COMPANIES = frozenset({"inc", "ltd", "limited", "co", "corp", "plc", "llc", "group", "holding"})
"""Chinese calls a company what it likes: 公司, 集团, or nothing."""

_BODIES = """
    大学 学院 研究院 研究所 医院 诊所 银行 协会 学会 基金会 委员会 联盟 联合会 博物馆 博物院 图书馆
    美术馆 出版社 法院 大使馆 俱乐部 中心 工会 公会 商会 部 局 厅 署 司 管理局 总局 实验室 中学 小学
    天文台 电视台 报社 检察院
"""
BODIES = frozenset(_BODIES.split())


def _exchanged_place(name: Phrase, words: Words, texts: _Texts) -> Exchange | None:
    """Return the other place that a text has, whose English name is not in the source."""
    lost = [one for one in words if one[0] in places() and texts.is_absent(one[0])]
    if not lost:
        return None
    for segment in segments(texts.chinese):
        for start, end in words_of(texts.chinese, segment.start, segment.end):
            form = texts.chinese[start:end]
            is_place = end - start > 1 and form in places() and form not in VAGUE
            if is_place and texts.is_foreign(form):
                return Exchange(phrase=name, english=lost[0][1], chinese=Span(start, end))
    return None
