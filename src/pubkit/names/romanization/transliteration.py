"""Names that Chinese only imitates the sound of: ``Thomas Ashdown`` is ``托马斯·阿什当``.

Both sides are reduced to classes of consonants and to vowels, and compared. The Chinese characters
that imitate sounds are few, so that a name's ends can be told without a dictionary.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from pubkit.names.romanization.syllables import readings
from pubkit.names.tables import read_table
from pubkit.patterns import pattern
from pubkit.values import dataclass

SOUND_SIGNS = frozenset(
    "阿埃艾爱安昂奥敖巴芭白柏拜班邦保堡鲍贝本比彼毕边别宾滨波玻伯博勃卜布采蔡策查察昌彻茨次聪措达黛戴代丹当道德登邓迪蒂"
    "第丁东栋杜度敦顿多朵厄恩尔耳二法凡范方芳菲费芬丰冯佛夫弗芙福富盖甘冈高戈哥格葛根贡古谷瓜圭贵果哈海罕翰汉杭豪浩和荷贺赫黑"
    "亨洪侯胡华怀惠霍基吉季加嘉佳贾简姜教杰捷金津京久居喀卡凯坎康考柯科可克肯孔库夸奎昆阔拉腊莱兰朗劳勒雷蕾累黎李里理丽利莉连廉"
    "良列烈林琳霖灵龙隆娄卢鲁露路吕伦罗洛马玛麦迈曼芒毛茅梅美门蒙孟米密缅敏明莫默姆木穆慕拿娜纳乃奈南楠内尼妮年涅宁牛纽农努女诺"
    "欧帕派潘庞培佩彭蓬皮匹片平珀朴普七齐其奇恰千钱强乔切钦青琼丘屈泉热让仁日荣茹儒瑞若撒萨赛三桑瑟森沙莎山珊尚绍舍申生圣胜诗施"
    "石什史士世守寿舒朔丝司斯四松苏素孙索塔太泰坦汤唐陶特腾提铁廷汀图土托瓦娃旺望威韦维卫魏温文翁沃乌吾武西希锡悉夏先香向肖逍"
    "谢歇辛欣新兴雄休修逊雅亚扬耶叶一伊依宜英尤于约宰赞泽曾扎詹张章哲者珍真芝朱兹孜子佐祖曲旦吾肉热汗孜孙洼埔增嘎噶旺堆珠桑央宗"
    "赤晋美益西边巴多吉拉姆次仁顿珠格桑罗布卓玛云格日勒图高娃琴额庆思诚治杨逸戎丝弥尧姬慧坦阮姗婕璐雪蜜薇艳贞黛黛俊骏惟尊绥骆埴咪琪"
    "末披叻纪封瑙嫩藻贵鄂惟塞万摩伍赖楚斐优颂缪略延迭萝葆墨陀妥柴梭焦柳茱刚宝历汪猜萍"
    "力滕吐逊合买才措参仓敖朝奇腾朵绍拓柔娅娘荻瓜妲黑吾甫热木提亥玉苏江买赛里克孜衣再依霞肯别汗玛仲央啦昂伽诃梵甸坎宾腊凯耐勉莲"
)
DOT = "·•・‧･∙⋅．"
DOTTED = pattern(rf"[\u4e00-\u9fff]{{1,9}}(?:[{DOT}](?:[\u4e00-\u9fff]{{1,12}}|[A-Z]\.?))+")
DOTS = pattern(f"[{DOT}]")
LIKE_ENOUGH_DOTTED = 0.6
LIKE_ENOUGH_BARE = 0.65
LEAST_SHARE = 0.5
"""If fewer consonants are alike, a bare form is not, though all its vowels were."""
VOWEL_SIGNS = frozenset("阿埃艾爱安昂奥敖厄恩欧伊依英因尤于约亚雅叶耶扬杨乌吾奈哈海亨赫胡华")
COST_OF_A_CUT = 0.04
"""How much more alike a form must be to leave one character out at its end."""
LONGEST = 12
SHORTEST_BARE = 2


@dataclass(frozen=True, slots=True)
class Likeness:
    """A stretch of Chinese that sounds like a name."""

    start: int
    end: int
    score: float


def has_dot(chinese: str) -> bool:
    """Tell whether a text may have transliterated names with a dot."""
    return any(dot in chinese for dot in DOT)


def find_dotted(chinese: str) -> Iterator[tuple[int, int]]:
    """Yield where transliterated names with a dot stand, as far as their characters tell."""
    if not has_dot(chinese):
        return
    for begin, text in _dotted_texts(chinese):
        first, last = DOTS.search(text), text.rindex(DOTS.findall(text)[-1])
        start = first.start() if first else 0
        while start and _is_sound(text, start - 1):
            start -= 1
        end = last + 1
        while end < len(text) and (_is_sound(text, end) or not text[end] >= "\u4e00"):
            end += 1
        yield begin + start, begin + end


def _dotted_texts(chinese: str) -> Iterator[tuple[int, str]]:
    """Yield what has dots, two names apart: ``格蕾丝·卡毛和萍查诺·西素万``."""
    for match in DOTTED.finditer(chinese):
        begin, text = match.start(), match[0]
        cut = 0
        for link in LINK_OF_NAMES.finditer(text):
            yield begin + cut, text[cut : link.start(1)]
            cut = link.end(1)
        yield begin + cut, text[cut:]


LINK_OF_NAMES = pattern(rf"(?<=[{DOT}])[\u4e00-\u9fff]+?([和与及])[\u4e00-\u9fff]+(?=[{DOT}])")


def _is_sound(text: str, place: int) -> bool:
    """Tell whether a character imitates a sound; 得 does in 彼得 alone."""
    return text[place] in SOUND_SIGNS or (text[place] == "得" and text[place - 1] == "彼")


def find_likenesses(words: Sequence[str], chinese: str) -> list[Likeness]:
    """Return where a name's words are transliterated together, dotted or not, best first."""
    names = [word for word in words if len(word.rstrip(".")) > 1]
    found = [
        likeness for span in find_dotted(chinese) if (likeness := _best_end(names, chinese, *span))
    ]
    found += [one for one in find_bare(" ".join(names), chinese) if not _is_within(one, found)]
    return sorted(found, key=lambda likeness: -likeness.score)


def _is_within(one: Likeness, others: Sequence[Likeness]) -> bool:
    return any(other.start < one.end and one.start < other.end for other in others)


def _best_end(words: Sequence[str], chinese: str, start: int, end: int) -> Likeness | None:
    """Return the best of the places where the first and the last part may begin and end."""
    text = chinese[start:end]
    head, tail = DOTS.split(text)[0], DOTS.split(text)[-1]
    name = " ".join(words)
    starts = range(max(1, len(head)))
    first = max(starts, key=lambda cut: alike(words[0], head[cut:]) - cut * COST_OF_A_CUT)
    if first and _begins_with_vowel(words[0]) and head[first - 1] in VOWEL_SIGNS:
        first -= 1
    ends = range(max(1, len(tail) - 1))
    last = max(
        ends, key=lambda cut: alike(words[-1], tail[: len(tail) - cut]) - cut * COST_OF_A_CUT
    )
    score = alike(name, text[first : len(text) - last])
    if score < LIKE_ENOUGH_DOTTED:
        return None
    return Likeness(start + first, end - last, score)


def _begins_with_vowel(word: str) -> bool:
    return not _consonants_of_name(word[:1])


def find_bare(name: str, chinese: str) -> list[Likeness]:
    """Return where one word is transliterated without a dot, best first; none overlaps."""
    best: list[Likeness] = []
    if len(_consonants_of_name(name)) < SHORTEST_BARE - 1:
        return []
    for start, consonants in _runs(chinese):
        best += _windows(name, chinese, start, consonants)
    best.sort(key=lambda likeness: (-likeness.score, likeness.start - likeness.end))
    found: list[Likeness] = []
    for likeness in best:
        if not _is_within(likeness, found):
            found.append(likeness)
    return found


def _windows(
    name: str, chinese: str, start: int, consonants: tuple[str, ...]
) -> Iterator[Likeness]:
    """Yield what sounds like a name in a run of characters whose consonants are given."""
    wanted = _consonants_of_name(name)
    is_told = any(word in _table() for word in plain(name).split())
    sounds = _sounds_of_name(name)
    for first, length, share in _stretches(wanted, consonants, 0.0 if is_told else LEAST_SHARE):
        begin = start + first
        window = chinese[begin : begin + length]
        score = _told(name, window) if is_told else 0.0
        if not score and share >= LEAST_SHARE:
            score = _weighed(share, similarity(sounds, _sounds_of_han(window)))
        if score >= LIKE_ENOUGH_BARE:
            yield Likeness(begin, begin + length, score)


@lru_cache(maxsize=16384)
def _stretches(
    wanted: str, consonants: tuple[str, ...], least: float
) -> tuple[tuple[int, int, float], ...]:
    """Return where a run may have a name, how long, and how much its consonants are alike.

    There are few consonants, so that many runs of a text have the same.
    """
    longest = min(LONGEST, len(wanted) * 2 + 1)
    return tuple(
        (first, length, share)
        for first in range(len(consonants) - 1)
        for length, share in enumerate(_shares(wanted, consonants[first : first + longest]), 1)
        if length >= SHORTEST_BARE and share >= least
    )


def _shares(one: str, others: Sequence[str]) -> Iterator[float]:
    """Yield the similarity of a word to the first of some pieces, the first two, and so on."""
    places = _places_of_letters(one)
    everything = unmatched = (1 << len(one)) - 1
    size = len(one)
    for letters in others:
        for letter in letters:
            matched = unmatched & places.get(letter, 0)
            unmatched = ((unmatched + matched) | (unmatched - matched)) & everything
        size += len(letters)
        yield 2 * (len(one) - unmatched.bit_count()) / size


@lru_cache(maxsize=64)
def _runs(chinese: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the runs of two and more characters that imitate sounds: place and consonants."""
    runs: list[tuple[int, tuple[str, ...]]] = []
    start = 0
    for place, sign in enumerate(f"{chinese}\n"):
        if sign not in SOUND_SIGNS and not (sign == "得" and chinese[place - 1] == "彼"):
            if place - start >= SHORTEST_BARE:
                runs.append((start, tuple(map(_consonants_of_han, chinese[start:place]))))
            start = place + 1
    return tuple(runs)


# ---------------------------------------------------------------- how much two names sound alike

WEIGHT_OF_CONSONANTS = 0.7
WEIGHT_OF_WHOLE = 0.6


@lru_cache(maxsize=65536)
def alike(name: str, chinese: str) -> float:
    """Return how much a Chinese form sounds like a name, from 0.0 to 1.0."""
    told = _told(name, chinese)
    if told:
        return told
    words, parts = plain(name).split(), DOTS.split(chinese)
    whole = _sound_alike(name, chinese)
    if len(words) != len(parts) or len(words) == 1:
        return whole
    worst = min(_sound_alike(word, part) for word, part in zip(words, parts, strict=True))
    return WEIGHT_OF_WHOLE * whole + (1 - WEIGHT_OF_WHOLE) * worst


def _sound_alike(name: str, chinese: str) -> float:
    consonants = similarity(_consonants_of_name(name), _consonants_of_han(chinese))
    sounds = similarity(_sounds_of_name(name), _sounds_of_han(chinese))
    return _weighed(consonants, sounds)


def _weighed(consonants: float, sounds: float) -> float:
    return WEIGHT_OF_CONSONANTS * consonants + (1 - WEIGHT_OF_CONSONANTS) * sounds


def similarity(one: str, other: str) -> float:
    """Return the share of the letters of two words that they have in common, in order.

    Source:
        H. Hyyrö: Bit-parallel LCS-length computation revisited (2004).
    """
    if not one or not other:
        return 1.0 if one == other else 0.0
    places = _places_of_letters(one)
    everything = unmatched = (1 << len(one)) - 1
    for letter in other:
        matched = unmatched & places.get(letter, 0)
        unmatched = ((unmatched + matched) | (unmatched - matched)) & everything
    return 2 * (len(one) - unmatched.bit_count()) / (len(one) + len(other))


@lru_cache(maxsize=8192)
def _places_of_letters(word: str) -> Mapping[str, int]:
    """Return for each letter of a word the bits of its places."""
    places: dict[str, int] = {}
    for place, letter in enumerate(word):
        places[letter] = places.get(letter, 0) | 1 << place
    return places


def _told(name: str, chinese: str) -> float:
    """Return how much of a name the table has as this Chinese form."""
    words = plain(name).split()
    parts = DOTS.split(chinese)
    if len(words) == 1 and len(parts) == 1:
        return 1.0 if chinese in _table().get(words[0], ()) else 0.0
    if len(parts) == 1 and len(words) > 1:
        return 1.0 if _is_joined(words, chinese) else 0.0
    if len(words) == len(parts):
        known = [part in _table().get(word, ()) for word, part in zip(words, parts, strict=True)]
        if any(known):
            pairs = zip(words, parts, strict=True)
            return sum(alike(word, part) for word, part in pairs) / len(words)
    return 0.0


def _is_joined(words: Sequence[str], chinese: str) -> bool:
    if not words:
        return not chinese
    return any(
        chinese.startswith(form) and _is_joined(words[1:], chinese[len(form) :])
        for form in _table().get(words[0], ())
    )


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    rows = read_table("transliterations.tsv")
    return MappingProxyType({name: tuple(forms.split()) for name, forms in rows})


def is_told(word: str) -> bool:
    """Tell whether the table of transliterations has a word."""
    return plain(word) in _table()


def is_told_as(word: str, form: str) -> bool:
    """Tell whether the table of transliterations has a word in this Chinese form."""
    return form in _table().get(plain(word), ())


def is_told_form(form: str) -> bool:
    """Tell whether the table has a Chinese form for any word."""
    return form in _told_forms()


@cache
def _told_forms() -> frozenset[str]:
    return frozenset(form for forms in _table().values() for form in forms)


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """Return a name in lower case without accents and marks."""
    if name.isascii() and name.replace(" ", "").isalpha():
        return name.lower()
    letters = unicodedata.normalize("NFD", name.lower().translate(LETTERS))
    kept = (letter for letter in letters if letter in " -" or letter.isalpha())
    return "".join(kept).replace("-", " ")


LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "e", "œ": "e", "ı": "i"}
)
SPELT_SOUNDS = (
    ("tsch", "S"), ("sch", "S"), ("tch", "S"), ("chr", "KL"), ("chl", "KL"),
    ("ch", "S"), ("sh", "S"), ("ph", "F"), ("th", "T"),
    ("gh", ""), ("ck", "K"), ("qu", "K"), ("kn", "N"), ("wr", "L"), ("ng", "N"), ("sc", "S"),
    ("cz", "S"), ("rz", "S"), ("sz", "S"), ("ce", "Se"), ("ci", "Si"), ("cy", "Si"), ("ge", "Se"),
    ("gi", "Si"), ("dj", "S"), ("x", "KS"), ("c", "K"), ("q", "K"), ("g", "K"), ("k", "K"),
    ("p", "P"), ("b", "P"), ("t", "T"), ("d", "T"), ("v", "F"), ("f", "F"), ("w", "F"), ("l", "L"),
    ("r", "L"), ("m", "M"), ("n", "N"), ("s", "S"), ("z", "S"), ("j", "S"), ("h", ""), ("y", "i"),
)  # fmt: skip
DOUBLED = pattern(r"(.)\1+")
VOWELS = pattern("[a-zü ]")


@lru_cache(maxsize=8192)
def _sounds_of_name(name: str) -> str:
    sounds = plain(name)
    for letters, sound in SPELT_SOUNDS:
        sounds = sounds.replace(letters, sound)
    return DOUBLED.sub(r"\1", sounds.replace(" ", ""))


@lru_cache(maxsize=8192)
def _consonants_of_name(name: str) -> str:
    return VOWELS.sub("", _sounds_of_name(name))


INITIALS = pattern(r"([zcs]h|[bpmfdtnlgkhjqxrzcsyw]?)([aeiouv]+)(r|ng|n)?")
INITIAL_SOUNDS = {
    "b": "P", "p": "P", "m": "M", "f": "F", "d": "T", "t": "T", "n": "N", "l": "L", "g": "K",
    "k": "K", "h": "", "j": "S", "q": "S", "x": "S", "zh": "S", "ch": "S", "sh": "S", "r": "L",
    "z": "S", "c": "S", "s": "S", "y": "i", "w": "F", "": "",
}  # fmt: skip
CODAS = {"r": "L", "n": "N", "ng": "N", None: "", "": ""}


SOUNDS_OF_OTHER_TIMES = {
    "加": "Ka", "嘉": "Ka", "基": "Ki", "吉": "Ki", "希": "i", "休": "iu", "尔": "L", "华": "Fa",
    "姆": "M", "斯": "S", "特": "T", "德": "T", "克": "K", "格": "K", "布": "P", "普": "P",
    "夫": "F", "弗": "F",
}  # fmt: skip
"""Signs whose sound is older than their reading today, and those for consonants alone."""


@lru_cache(maxsize=4096)
def _sound_of_sign(sign: str) -> str:
    other = SOUNDS_OF_OTHER_TIMES.get(sign)
    if other is not None:
        return other
    told = readings(sign)
    match = INITIALS.fullmatch(told[0]) if told else None
    if not match:
        return ""
    return INITIAL_SOUNDS[match[1]] + match[2].replace("v", "u") + CODAS[match[3]]


@lru_cache(maxsize=16384)
def _sounds_of_han(chinese: str) -> str:
    return "".join(map(_sound_of_sign, chinese))


@lru_cache(maxsize=16384)
def _consonants_of_han(chinese: str) -> str:
    return VOWELS.sub("", _sounds_of_han(chinese))
