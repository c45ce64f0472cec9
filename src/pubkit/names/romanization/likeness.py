"""Is each part of a transliterated name the sound of its word? ``卢卡·费尔南多`` is no Ferrandini.

The characters that stand there are given to the words of the name, dotted or not; the ends of the
name are where it fits best, so that a letter of the next word is no fault.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pubkit.model import Span
from pubkit.names.romanization.readings import office_words
from pubkit.names.romanization.sounds import FAR, misfit
from pubkit.names.romanization.transliteration import DOTS, SOUND_SIGNS
from pubkit.values import dataclass

HEARD_WRONG = 0.95
"""The misfit from which a part is not the word."""
SKIPPED_WORD = 0.3
MOST_WORDS_IN_A_PART = 4
SURE_ENDS = 0.25
"""The misfit up to which a stretch surely ends where the name does."""
LEFT_OUT_WORDS = """
    van von der den de del della di da dos das du la le el al bin ibn binti ben y e zu ter ten
    jr sr ii iii st dr
"""
LEFT_OUT = frozenset(LEFT_OUT_WORDS.split())
"""Words that a Chinese form may have or not."""
EARLIER = (0, -1, -2)
LATER = (0, 1, 2, 3)
LINKS = frozenset("和与及同为士由让请对向")
"""Characters that imitate sounds and may end a word before a name: ``女士``."""
STARTS = frozenset(
    "和与及为以在是曾将先都对向从于来到日七三四五六八九十代坦提当等第南西东生博今明其士希则因也安保本比布查达带登多二发丰根合华怀"
    "季加教金京科肯劳理连率美南努女派培平普恰强钦切让荣瑞山尚申胜史世守松太通托万望威维五新兴休扬一依尤约云赞谢章主"
)
"""Characters that imitate sounds and may begin the word behind a name: ``坦言``, ``博士``."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a stretch of Chinese fits a name."""

    span: Span
    total: float
    worst: float
    """The misfit of the worst part."""
    best: float
    """The misfit of the best part."""

    @property
    def is_right(self) -> bool:
        """Whether each part of it can be read as its word."""
        return self.worst < HEARD_WRONG

    @property
    def is_wrong(self) -> bool:
        """Whether a part of it cannot be read as its word."""
        return HEARD_WRONG <= self.worst < FAR


def fit(name: str, chinese: str, span: Span) -> Fit:
    """Return how well a name fits a stretch of Chinese, whose ends are guessed."""
    words = tuple(_words(name))
    first = _fit(words, chinese, span)
    if first.total <= SURE_ENDS:
        return first
    start = _whole_start(chinese, span.start)
    if start < span.start:
        span = Span(start, span.end)
        first = _fit(words, chinese, span)
    others = (_fit(words, chinese, one) for one in _other_spans(chinese, span))
    return min((first, *others), key=lambda one: one.total)


MOST_CUT = 3


def _whole_start(chinese: str, start: int) -> int:
    """Return where a name begins of which the first characters were cut off: ``[努]尔兰``.

    Only what follows an office, a mark or a link begins there: 感谢英格丽 does not with 谢.
    """
    for place in range(start, max(-1, start - MOST_CUT - 1), -1):
        before = chinese[place - 1 : place]
        if not before or not "\u4e00" <= before <= "\u9fff" or before in BEFORE_NAMES:
            return place
        if any(chinese[begin:place] in office_words() for begin in range(max(0, place - 5), place)):
            return place
        if (
            before not in SOUND_SIGNS
            or chinese[place] in LINKS
            or chinese.endswith(LANDS, 0, place)
        ):
            return start
    return start


BEFORE_NAMES = frozenset("和与及由的让请对向")
LAND_WORDS = """
    巴西 印度 意大利 澳大利亚 肯尼亚 埃及 俄罗斯 瑞士 丹麦 荷兰 波兰 芬兰 爱尔兰 新西兰 希腊 土耳其
    伊朗 伊拉克 古巴 秘鲁 墨西哥 阿根廷 哥伦比亚 尼日利亚 加纳 埃塞俄比亚 坦桑尼亚 乌干达 卢旺达
    赞比亚 利比亚 印度尼西亚 马来西亚 罗马尼亚 保加利亚 匈牙利 塞尔维亚 克罗地亚 斯洛伐克 葡萄牙
    比利时 奥地利 格鲁吉亚 亚美尼亚 摩洛哥 突尼斯 苏丹 新加坡
"""
LANDS = tuple(LAND_WORDS.split())
"""Countries that end with characters that imitate sounds, and may stand right before a name."""


def _other_spans(chinese: str, span: Span) -> Iterator[Span]:
    """Yield stretches that begin or end a little earlier or later."""
    starts = [span.start + before for before in EARLIER]
    starts += [span.start + 1] if chinese[span.start] in LINKS else []
    ends = [span.end + after for after in LATER]
    ends += [span.end - back for back in (1, 2) if chinese[span.end - back] in STARTS]
    for start in starts:
        for end in ends:
            if (start, end) != (span.start, span.end) and _is_whole(chinese, start, end):
                yield Span(start, end)


def turned(name: str) -> str:
    """Return a name with its last word first."""
    words = name.split()
    return " ".join((*words[-1:], *words[:-1]))


def _words(name: str) -> Iterator[str]:
    """Yield the words of a name but its initials."""
    for word in name.replace("-", " ").replace("’", "'").split():
        if len(word.rstrip(".")) > 1:
            yield word.rstrip(".")


def _is_whole(chinese: str, start: int, end: int) -> bool:
    """Tell whether a stretch begins and ends with a character and not with a dot or a mark."""
    if not 0 <= start < end <= len(chinese):
        return False
    return all(
        "\u4e00" <= sign <= "\u9fff" or DOTS.match(sign) for sign in chinese[start:end]
    ) and (not DOTS.match(chinese[start]) and not DOTS.match(chinese[end - 1]))


def _fit(words: tuple[str, ...], chinese: str, span: Span) -> Fit:
    text = chinese[span.start : span.end]
    parts = tuple(part for part in DOTS.split(text) if part and not part.isascii())
    costs = _given(words, parts)
    if len(parts) == 1 and len(words) > 1:
        ways = _joined(words, parts[0]), *((misfit(word, parts[0]),) for word in words)
        costs = min(ways, key=sum)
    return Fit(span, sum(costs), max(costs, default=FAR), min(costs, default=FAR))


# ---------------------------------------------------------------- parts between dots


@lru_cache(maxsize=4096)
def _given(words: tuple[str, ...], parts: tuple[str, ...]) -> tuple[float, ...]:
    """Return the misfits of the best way to give the parts to the words, in order."""
    if not parts:
        return tuple(0.0 if _may_be_left_out(word) else SKIPPED_WORD for word in words)
    if not words:
        return (FAR,)
    ways = [
        (min(misfit(word, "".join(parts[:count])), FAR), *_given(words[taken:], parts[count:]))
        for taken, word in _beginnings(words)
        for count in ((1, 2) if taken == 1 and len(parts) > len(words) else (1,))
    ]
    if _may_be_left_out(words[0]) or len(words) > len(parts):
        cost = 0.0 if _may_be_left_out(words[0]) else SKIPPED_WORD
        ways.append((cost, *_given(words[1:], parts)))
    return min(ways, key=sum)


def _beginnings(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the first words together: ``van der Houten`` may be one part."""
    for count in range(1, min(MOST_WORDS_IN_A_PART, len(words)) + 1):
        is_short = count > 2 and not any(map(_may_be_left_out, words[: count - 1]))
        if not is_short:
            yield count, "".join(words[:count])


def _may_be_left_out(word: str) -> bool:
    return word.lower() in LEFT_OUT


# ---------------------------------------------------------------- one part for several words


@lru_cache(maxsize=4096)
def _joined(words: tuple[str, ...], signs: str) -> tuple[float, ...]:
    """Return the misfits of the best way to cut a form without dots: ``洛桑次仁``."""
    if len(words) == 1:
        return (misfit(words[0], signs),) if signs else (FAR,)
    ways = [
        (misfit(words[0], signs[:cut]), *_joined(words[1:], signs[cut:]))
        for cut in range(1, len(signs))
    ]
    return min(ways, key=sum, default=(FAR,))
