"""Names of organizations in which one word stands for another: 商务部 for Ministry of Agriculture.

A name whose word has none of its renderings, while its counterpart has the rendering of another
word, is another name. Free renderings lose a word, or add one; hardly any do both.
"""

from collections.abc import Iterable, Iterator, Sequence

from pubkit.model import Span
from pubkit.names.organizations.counterparts import (
    OTHER_KINDS,
    Texts,
    first_word,
    has_places,
    is_kind,
    is_known,
    is_spelt,
    match_names,
    other_place,
    parts_of,
    renders,
    texts_of,
    words_in,
)
from pubkit.names.organizations.heads import heads_in_chinese, renderings_of
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
from pubkit.names.organizations.segments import (
    Segment,
    is_head_behind,
    last_word,
    names_of,
    segments,
)
from pubkit.names.romanization.readings import simplified
from pubkit.names.romanization.syllables import readings
from pubkit.names.spans import overlap
from pubkit.names.units import plain_word, read_words
from pubkit.patterns import pattern
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A word of an English name, and the word that stands for it in Chinese, but cannot."""

    phrase: Phrase
    english: Span
    chinese: Span

    def touches(self, spans: Iterable[Span], *, in_english: bool) -> bool:
        """Tell whether the name overlaps one of some places in a language."""
        own = self.phrase.span if in_english else self.chinese
        return any(overlap(own, span) for span in spans)


# ---------------------------------------------------------------- one text


def exchanged_words(english: str, chinese: str, phrases: Sequence[Phrase]) -> Iterator[Exchange]:
    """Yield the words of names in the place of which another word stands."""
    text = simplified(chinese)
    names = [part for phrase in phrases for part in parts_of(phrase)]
    doubtful = [name for name in names if not _is_rendered(name, english, text)]
    if not doubtful:
        return
    texts = texts_of(english, chinese)
    rendered, free = match_names(names, texts)
    others = [name for name in names if name not in rendered]
    for name, segment in _counterparts(others, free, texts.chinese):
        exchange = _exchange(name, segment, texts) if name in doubtful else None
        if exchange:
            yield exchange


def _is_rendered(name: Phrase, english: str, chinese: str) -> bool:
    """Tell quickly whether the names of a text have all words of a name, each said once."""
    words = words_in(name.text, name.head)
    if has_places(chinese) and not is_known(first_word(name)):
        return False
    others = names_of(chinese) if words else ""
    for word, start, end in words:
        if not any(len(form) > 1 and form in others for form in renderings()[word]):
            return False
        if english.count(name.text[start + 1 : end]) > 1:  # Education, education
            return False
    return bool(renderings_of(name.head, chinese))


Words = Sequence[tuple[str, Span]]


def _words(name: Phrase) -> Words:
    place = name.span.start
    words = words_in(name.text, name.head)
    return [(word, Span(place + start, place + end)) for word, start, end in words]


# ---------------------------------------------------------------- which names belong together


def _others(words: Words, word: str) -> frozenset[str]:
    return frozenset(stem(other) for other, _span in words if other != word)


def _counterparts(
    names: Sequence[Phrase], free: Sequence[Segment], chinese: str
) -> Iterator[tuple[Phrase, Segment | None]]:
    """Yield each name with the segment that has most of its words, or the only one of its kind."""
    left, open_names = list(free), list(names)
    scores = [(_score(name, one, names, chinese), name, one) for name in names for one in free]
    for score, name, one in sorted(scores, key=lambda row: row[0], reverse=True):
        if score >= 1 and name in open_names and one in left:
            open_names.remove(name)
            left.remove(one)
            yield name, one
    for name in open_names:
        alike = [one for one in left if is_kind(one.head, _allowed(name, names))]
        is_only = len(alike) == 1 and sum(one.head == name.head for one in open_names) == 1
        yield name, alike[0] if is_only else None


def _score(name: Phrase, segment: Segment, names: Sequence[Phrase], chinese: str) -> float:
    """Return how many words of a name a segment has, and half a point if it is of its kind."""
    own, words = segment.text(chinese), _words(name)
    count = sum(renders(own, word, _others(words, word)) for word, _span in words)
    return count + is_kind(segment.head, _allowed(name, names)) / 2


def _exchange(name: Phrase, segment: Segment | None, texts: Texts) -> Exchange | None:
    words = _words(name)
    other = _exchanged_level(name, segment) if segment else None
    if other:
        return other
    if segment and is_kind(segment.head, heads_in_chinese()[name.head]):
        found = (
            _exchanged_word(name, words, segment, texts)
            or _lost_side(name, words, segment, texts)
            or _misspelt_word(name, words, segment, texts)
            or _exchanged_prefix(name, segment, texts)
            or _lost_field(name, words, segment, texts)
        )
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


# ---------------------------------------------------------------- what is exchanged


PRIMARY = frozenset({"primary", "elementary"})
SECONDARY = frozenset({"secondary", "middle", "high"})
ENGINEERING, SCIENCE = frozenset({"engineering"}), frozenset({"science"})
LEVELS = (
    (PRIMARY, SECONDARY, frozenset({"中学", "高中", "初中"})),
    (SECONDARY, PRIMARY, frozenset({"小学"})),
    (ENGINEERING, SCIENCE, frozenset({"科学院"})),
    (SCIENCE, ENGINEERING, frozenset({"工程院"})),
)
"""Words of schools and academies, those of other ones, and the heads of the others."""


def _exchanged_level(name: Phrase, segment: Segment) -> Exchange | None:
    """Return the head of another kind of school: 第六小学 for No. 6 Secondary School."""
    words = frozenset(read_words(name.text).items if name.head in ("school", "academy") else ())
    for said, others, heads in LEVELS:
        if segment.head in heads and words & said and not words & others:
            chinese = Span(segment.end, segment.end + len(segment.head))
            return Exchange(phrase=name, english=name.span, chinese=chinese)
    return None


def _exchanged_word(name: Phrase, words: Words, segment: Segment, texts: Texts) -> Exchange | None:
    own = segment.text(texts.chinese)
    lost = [
        (word, span)
        for word, span in words
        if (word not in LOOSE or word == NATIONAL) and not renders(own, word, _others(words, word))
    ]
    stems = {stem(word) for word in read_words(name.text).items}
    polytechnic = POLYTECHNIC.search(own)
    if polytechnic and lost and stems.isdisjoint(TECHNICAL):
        start = segment.start + polytechnic.start()
        return Exchange(phrase=name, english=lost[0][1], chinese=Span(start, start + 2))
    for word, span in lost:
        kinds = _kinds(word)
        for foreign in _foreign_words(segment, texts, stems, kinds, word):
            form = texts.chinese[foreign.start : foreign.end]
            if form in places() and word not in places() and not kinds:
                continue  # Chinese says 越南 where English need not
            is_own = any(len(one) == 1 and one in form for one in renderings()[word])
            if is_own and form not in OTHER_KINDS:
                continue  # 狮城 for Lion City
            is_beside_head = len(form) > 1 and is_head_behind(foreign.end, segment, texts.chinese)
            if _is_exchanged(word, form, texts, is_beside_head=is_beside_head):
                return Exchange(phrase=name, english=span, chinese=foreign)
    return None


def _is_exchanged(word: str, form: str, texts: Texts, *, is_beside_head: bool) -> bool:
    """Tell whether a text lacks an English word and has another Chinese one too many."""
    if form in VAGUE:
        return texts.is_foreign(form) and texts.is_absent(word)
    if texts.is_foreign(form):
        return is_beside_head or texts.is_absent(word) or texts.is_lost(word)
    return texts.is_absent(word) and (is_beside_head or texts.is_added(form))


def _lost_side(name: Phrase, words: Words, segment: Segment, texts: Texts) -> Exchange | None:
    """Return the quarter that a name has lost: 中国科学院 of the East China Academy of Sciences."""
    own = segment.text(texts.chinese)
    has_others = sum(renders(own, word, _others(words, word)) for word, _span in words)
    for word, span in words if has_others else ():
        is_lost = word in SIDES and texts.is_absent(word) and "korea" not in name.text.lower()
        if is_lost and not any(form in texts.chinese for form in renderings()[word]):
            end = segment.end + len(segment.head)
            return Exchange(phrase=name, english=span, chinese=Span(segment.start, end))
    return None


def _misspelt_word(name: Phrase, words: Words, segment: Segment, texts: Texts) -> Exchange | None:
    """Return what is written with another character of the same sound: 红衫 for Redwood."""
    own = segment.text(texts.chinese)
    for word, span in words:
        if word not in LOOSE and texts.is_absent(word):
            for form in renderings()[word]:
                place = _same_sound(form, own)
                if place >= 0:
                    start = segment.start + place
                    found = Span(start, start + len(form))
                    return Exchange(phrase=name, english=span, chinese=found)
    return None


def _same_sound(form: str, chinese: str) -> int:
    """Return where all characters of a word stand but one, which reads the same; or -1."""
    for place in range(len(chinese) - len(form) + 1) if len(form) > 1 else ():
        here = chinese[place : place + len(form)]
        others = [(one, other) for one, other in zip(form, here, strict=True) if one != other]
        if len(others) == 1 and set(readings(others[0][0])) & set(readings(others[0][1])):
            return place
    return -1


def _lost_field(name: Phrase, words: Words, segment: Segment, texts: Texts) -> Exchange | None:
    """Return the university whose field is lost: 青海大学 for Qinghai Normal University."""
    own = segment.text(texts.chinese)
    if name.head != "university" or segment.head != "大学" or len(words) > MOST_FIELDS:
        return None
    first = first_word(name)
    forms = renderings().get(plain_word(first), ())
    if not is_spelt(first, own) and not any(form in own for form in forms):
        return None
    for word, span in words:
        if word in FIELDS and texts.is_absent(word):
            end = segment.end + len(segment.head)
            return Exchange(phrase=name, english=span, chinese=Span(segment.start, end))
    return None


MOST_FIELDS = 3
_FIELDS = """
    normal agricultural medical forestry polytechnic pharmaceutical ocean maritime petroleum
    geoscience aeronautic plateau mining
"""
FIELDS = frozenset(_FIELDS.split())
"""What no university goes without in its name."""
SIDES = frozenset(
    f"{side}{end}" for side in ("north", "south", "east", "west") for end in ("", "ern")
) | frozenset({"northwest", "northeast", "southwest", "southeast"})


KINDS = ("国省市县区乡", "河江湖海山岛桥谷湾峡", "金银铜铁铝锂钴镍锌铅锡钨钛")


def _kinds(word: str) -> str:
    """Return the characters that would be another level, feature of the land, or metal."""
    return "".join(kind for kind in KINDS if renderings()[word] & set(kind))


POLYTECHNIC = pattern("理工(?=[大学]学)")
TECHNICAL = frozenset({"techn", "scien", "engin", "polyt", "insti", "tech"})
"""The stems of what 理工 may render."""
SCHOOLS = frozenset({"学院", "大学", "研究院", "研究所", "系", "实验室"})
"""Behind vague words they say what is taught: 管理学院."""
SAID = frozenset({"research", "training", "cooperation", "exchange"})
"""What Chinese names say, too: no Research Centre is a 管理中心."""
NATIONAL = "national"
"""Chinese leaves it out, unless it says another level."""


def _foreign_words(
    segment: Segment, texts: Texts, stems: set[str], kinds: str, word: str
) -> Iterator[Span]:
    """Yield the words of a segment that render no word of its English name."""
    last = segment.end if last_word(segment, texts.chinese) else segment.reach
    may_be_vague = segment.head in SCHOOLS or word in SAID
    for start, end in words_of(texts.chinese, segment.start, last):
        form = texts.chinese[start:end]
        if word == NATIONAL:
            is_telling = form in "省市县"
        else:
            is_field = may_be_vague and is_head_behind(end, segment, texts.chinese)
            is_telling = form in kinds if end - start == 1 else form not in VAGUE or is_field
        if is_telling and not stems & meanings()[form]:
            yield Span(start, end)


def _exchanged_head(name: Phrase, words: Words, segment: Segment, texts: Texts) -> Exchange | None:
    """Return the head of another kind behind the words of a name: 能源部 of the Energy Bureau."""
    last = last_word(segment, texts.chinese)
    is_own = any(last in renderings()[word] for word, _span in words)
    if not is_own or name.head in COMPANIES or segment.head not in BODIES:
        return None
    is_explained = segment.head in meanings() and not texts.is_foreign(segment.head)
    own = segment.text(texts.chinese)
    is_whole = len(words) > 1 and all(renders(own, word) for word, _span in words)
    if is_explained or (renderings_of(name.head, texts.chinese) and not is_whole):
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
    天文台 电视台 报社 检察院 合作社 政府
"""
BODIES = frozenset(_BODIES.split())


def _exchanged_prefix(name: Phrase, segment: Segment, texts: Texts) -> Exchange | None:
    place = other_place(name, segment, texts)
    if not place:
        return None
    start = name.span.start
    english = Span(start, start + len(first_word(name)))
    return Exchange(phrase=name, english=english, chinese=place)


def _exchanged_place(name: Phrase, words: Words, texts: Texts) -> Exchange | None:
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
