"""Spellings of Chinese syllables other than pinyin, as rules: Taiwan's and Hong Kong's.

Taiwan mixes Wade-Giles without its marks with Tongyong Pinyin; Hong Kong has no one spelling of a
sound, but a few for each, which ``HONG_KONG_FINALS`` lists.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from pubkit.names.romanization.syllables import characters
from pubkit.names.tables import read_table
from pubkit.patterns import pattern


@cache
def taiwan_characters(spelling: str) -> frozenset[str]:
    """Return the characters that Taiwan spells so."""
    return frozenset().union(*map(characters, _taiwan().get(spelling, ())))


@cache
def cantonese_characters(spelling: str) -> frozenset[str]:
    """Return the characters that Hong Kong spells so."""
    rows = _jyutping_rows()
    return frozenset("".join(rows[syllable] for syllable in _hong_kong().get(spelling, ())))


@cache
def local_characters(style: str, spelling: str) -> frozenset[str]:
    """Return the characters of a syllable in Hokkien (``overseas``) and other names."""
    return frozenset(_local().get((style, spelling), ""))


@cache
def local_signs(style: str) -> frozenset[str]:
    """Return all characters that the names of a style are told to have."""
    return frozenset("".join(signs for (one, _spelt), signs in _local().items() if one == style))


@cache
def _local() -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for style, spellings, signs in read_table("given-syllables.tsv"):
        for spelling in spellings.split():
            found[style, spelling] = found.get((style, spelling), "") + signs
    return MappingProxyType(found)


# ---------------------------------------------------------------- Taiwan

SYLLABLE = pattern(r"(?P<initial>[zcs]h|[bpmfdtnlgkhjqxrzcsyw]?)(?P<final>[a-z]+)")
WADE_GILES_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu tze", "ci": "tzu tze",
    "si": "szu ssu sze", "yi": "i yi", "you": "yu you", "ye": "yeh", "yan": "yen", "yong": "yung",
    "yue": "yueh", "er": "erh er", "ge": "ko ke", "ke": "ko ke", "he": "ho he", "e": "o e ngo",
    "guo": "kuo", "kuo": "kuo", "huo": "huo", "shuo": "shuo", "gui": "kuei", "kui": "kuei",
    "yu": "yu yui", "feng": "feng fong", "xu": "hsu shu", "xi": "hsi shi", "xin": "hsin shin",
    "xing": "hsing shing", "rong": "jung yung", "ren": "jen", "yao": "yao yau", "rui": "jui ruey",
    "wen": "wen", "wei": "wei", "jia": "chia", "lin": "lin", "zhe": "che",
}  # fmt: skip
WADE_GILES_INITIALS = {
    "b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "x": "hs", "zh": "ch", "r": "j",
    "z": "ts", "c": "ts",
}  # fmt: skip
WADE_GILES_FINALS = {
    "ian": "ien", "ie": "ieh", "ue": "ueh", "ve": "ueh", "ong": "ung", "iong": "iung", "uo": "o",
    "v": "u",
}  # fmt: skip
TONGYONG_INITIALS = {"zh": "jh", "q": "c", "x": "s"}
TONGYONG_FINALS = {"iu": "iou", "ui": "uei", "iong": "yong", "v": "yu"}
TONGYONG_WHOLE = {
    "zhi": "jhih", "chi": "chih", "shi": "shih", "ri": "rih", "zi": "zih", "ci": "cih",
    "si": "sih", "wen": "wun", "xu": "syu", "qu": "cyu", "ju": "jyu", "xue": "syue",
    "xuan": "syuan", "yuan": "yuan", "juan": "jyuan", "jun": "jyun", "qun": "cyun", "xun": "syun",
    "weng": "wong",
}  # fmt: skip


@cache
def _taiwan() -> Mapping[str, tuple[str, ...]]:
    """Return the pinyin syllables that each spelling of Taiwan may stand for."""
    found: dict[str, list[str]] = {}
    for syllable, _first, _others in read_table("pinyin.tsv"):
        for spelling in {*wade_giles(syllable), *_tongyong(syllable), syllable}:
            found.setdefault(spelling, []).append(syllable)
    return MappingProxyType({spelling: tuple(them) for spelling, them in found.items()})


def wade_giles(syllable: str) -> list[str]:
    """Return how Wade-Giles spells a syllable of pinyin, its marks left out."""
    if syllable in WADE_GILES_WHOLE:
        return WADE_GILES_WHOLE[syllable].split()
    return [_respelt(syllable, WADE_GILES_INITIALS, WADE_GILES_FINALS)]


def _tongyong(syllable: str) -> list[str]:
    if syllable in TONGYONG_WHOLE:
        return [TONGYONG_WHOLE[syllable]]
    return [_respelt(syllable, TONGYONG_INITIALS, TONGYONG_FINALS)]


def _respelt(syllable: str, initials: Mapping[str, str], finals: Mapping[str, str]) -> str:
    match = SYLLABLE.fullmatch(syllable)
    if not match:
        return syllable
    initial, final = match["initial"], match["final"]
    return initials.get(initial, initial) + finals.get(final, final)


# ---------------------------------------------------------------- Hong Kong

JYUTPING = pattern(r"(?P<initial>gw|kw|ng|[bpmfdtnlgkhwzcsj]?)(?P<final>[aeiouy]\w*|m|ng)")
HONG_KONG_INITIALS = {
    "b": "p b", "d": "t d", "n": "n l", "g": "k g", "ng": "ng -", "gw": "kw gw k", "kw": "kw k",
    "z": "ch ts j tz c z", "c": "ch ts c", "s": "s sh", "j": "y -", "": "- ng",
}  # fmt: skip
HONG_KONG_FINALS = {
    "aa": "a ah ar", "aai": "ai aai", "aau": "au aau", "aam": "am aam", "aan": "an aan",
    "aang": "ang aang", "aap": "ap aap", "aat": "at aat", "aak": "ak aak", "ai": "ai",
    "au": "au", "am": "am um", "an": "an un", "ang": "ang", "ap": "ap up", "at": "at ut",
    "ak": "ak", "e": "e eh", "ei": "ei i ee ay ey", "eng": "eng ing", "ek": "ek ik",
    "i": "i ee", "o": "o oh", "ou": "o ou ow", "u": "u oo", "un": "un oon", "oe": "eu ue",
    "oeng": "eung eong iang", "oek": "euk eok", "eoi": "ui eui oi", "eon": "un eun on",
    "eot": "ut eut", "yu": "yu ue u", "yun": "uen un yuen yun", "yut": "uet ut yut", "m": "m ng",
    "ng": "ng m", "ung": "ung", "uk": "uk ook", "ik": "ik ick", "in": "in een", "im": "im",
}  # fmt: skip
HONG_KONG_WHOLE = {
    "zi": "tsz chi tze tsze ji chee", "ci": "chi tsz tze tsze chee", "si": "sze sz si see shi",
    "ji": "yi yee ye ee i yui", "jyu": "yu yue u yui", "jyun": "yuen uen yun yuan yune",
    "jyut": "yuet yut", "jan": "yan yun", "jat": "yat yet", "jin": "yin in yeen",
    "jing": "ying ing", "waa": "wah wa", "gwaa": "kwa kwah", "joeng": "yeung young yong",
    "jeoi": "yui", "jeon": "yun yan yeun", "syu": "shu sue shue su", "zyu": "chu chue ju",
    "cyu": "chu chue", "hung": "hung", "gung": "kung gung", "jau": "yau", "git": "kit git",
    "sau": "sau", "hing": "hing", "tsz": "tsz", "kau": "kau", "hei": "hei hee hi", "dak": "tak",
}  # fmt: skip


@cache
def _jyutping_rows() -> Mapping[str, str]:
    return MappingProxyType(
        {syllable: first + others for syllable, first, others in read_table("cantonese.tsv")}
    )


@cache
def _hong_kong() -> Mapping[str, tuple[str, ...]]:
    """Return the syllables of Jyutping that each spelling of Hong Kong may stand for."""
    found: dict[str, list[str]] = {}
    for syllable in _jyutping_rows():
        for spelling in {*hong_kong(syllable), *_macao(syllable)}:
            found.setdefault(spelling, []).append(syllable)
    return MappingProxyType({spelling: tuple(them) for spelling, them in found.items()})


def hong_kong(syllable: str) -> Iterable[str]:
    """Return how Hong Kong spells a syllable of Jyutping."""
    if syllable in HONG_KONG_WHOLE:
        return HONG_KONG_WHOLE[syllable].split()
    match = JYUTPING.fullmatch(syllable)
    return _combined(match["initial"], match["final"]) if match else (syllable,)


def _combined(initial: str, final: str) -> Iterator[str]:
    for beginning in HONG_KONG_INITIALS.get(initial, initial).split() or [""]:
        for end in HONG_KONG_FINALS.get(final, final).split():
            yield beginning.replace("-", "") + end


# ---------------------------------------------------------------- Macao

MACAO_INITIALS = {
    "b": "p", "d": "t", "n": "n l", "g": "k", "ng": "ng -", "gw": "ku kw", "kw": "ku kw",
    "w": "v w", "z": "ch", "c": "ch", "j": "i -", "": "-",
}  # fmt: skip
MACAO_FINALS = {
    "aa": "a", "aai": "ai", "aau": "ao", "aam": "am", "aan": "an", "aang": "ang", "aap": "ap",
    "aat": "at", "aak": "ak", "au": "ao", "ei": "ei i", "eng": "eng", "iu": "io", "ing": "eng",
    "ik": "ek", "yu": "u i", "yun": "un", "yut": "ut", "ung": "ong", "uk": "ok", "oeng": "eong",
    "oek": "eok", "eoi": "oi ui", "eon": "on un", "eot": "ot", "m": "m ng", "ng": "ng",
}  # fmt: skip


def _macao(syllable: str) -> Iterator[str]:
    """Yield how Macao spells a syllable of Jyutping, by the sounds of Portuguese."""
    match = JYUTPING.fullmatch(syllable)
    if match:
        initial, final = match["initial"], match["final"]
        for beginning in MACAO_INITIALS.get(initial, initial).split() or [""]:
            for end in MACAO_FINALS.get(final, final).split():
                yield beginning.replace("-", "") + end
