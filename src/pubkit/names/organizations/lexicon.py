"""The words that names of organizations are made of, in both languages: Agriculture 农业."""

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from pubkit.names.organizations.heads import heads_in_chinese
from pubkit.names.tables import read_table
from pubkit.names.units import plain_word


@cache
def renderings() -> Mapping[str, frozenset[str]]:
    """Return the Chinese words that may render each English one."""
    table: dict[str, set[str]] = {}
    for name in ("organization-words.tsv", "organization-places.tsv"):
        for english, chinese in read_table(name):
            for word in english.split(";"):
                table.setdefault(plain_word(word), set()).update(chinese.split(";"))
    return MappingProxyType({word: frozenset(forms) for word, forms in table.items()})


@cache
def places() -> frozenset[str]:
    """Return the English and the Chinese names of places."""
    rows = read_table("organization-places.tsv")
    english = {plain_word(word) for row in rows for word in row[0].split(";")}
    return frozenset(english | {form for row in rows for form in row[1].split(";")})


@cache
def meanings() -> Mapping[str, frozenset[str]]:
    """Return the stems of the English words that each Chinese one may render."""
    table: dict[str, set[str]] = {}
    for rows in (renderings(), heads_in_chinese()):
        for word, forms in rows.items():
            for form in set(forms) - SHORT_FORMS:
                table.setdefault(form, set()).add(stem(plain_word(word)))
    return MappingProxyType({form: frozenset(stems) for form, stems in table.items()})


SHORT_FORMS = frozenset({"理工"})
"""What stands for a university, and for its kind in the names of others."""
STEM = 5


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return what the words of one family begin with: finan of finance, financial."""
    return word if word in places() else word[:STEM]


def words_of(chinese: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the words of the lexicon stand in a stretch of Chinese.

    They are read from the end, where a head follows, and the longest is taken: 军人事务 ends in
    事务, and has no 人事.
    """
    found = []
    place = end
    while place > start:
        length = _length_before(chinese, start, place)
        if length:
            found.append((place - length, place))
        place -= length or 1
    return found[::-1]


def _length_before(chinese: str, start: int, end: int) -> int:
    """Return how long the word is that ends at a place; 0 if none is known."""
    for length in _by_last_character().get(chinese[end - 1], ()):
        if length <= end - start and chinese[end - length : end] in meanings():
            return length
    return 0


@cache
def _by_last_character() -> Mapping[str, tuple[int, ...]]:
    """Return the lengths of the words that end in each character, the longest first."""
    table: dict[str, set[int]] = {}
    for form in meanings():
        table.setdefault(form[-1], set()).add(len(form))
    return MappingProxyType(
        {last: tuple(sorted(them, reverse=True)) for last, them in table.items()}
    )


_VAGUE = """
    国家 中国 中华 人民 全国 事务 服务 管理 发展 建设 研究 事业 技术 科技 科学 综合 联合 合作 公共
    社会 中央 国际 地方 地区 项目 计划 工程 企业 行政 中心 教学 活动 促进 工作 国民 大众 信息 交流
    开发 人员 创新 监管 监督 合作社 设备 当地 本地 研发 大学 学校 医院 公司 集团 学院 机构 组织
"""
VAGUE = frozenset(_VAGUE.split())
"""Words that Chinese names have more than English ones, or in the place of many."""

_LOOSE = """
    general service public new great grand greater chinese china national nation state
    federal international global world central united joint human resource administration
    management development group partner member senior high first second third program project
    plan model home cross small medium people civil civic community local regional area region
    work line star spring red white black blue yellow golden silver sun moon rock free open old
    hope union young future creative university college school hospital museum library bank
    court park
"""
LOOSE = frozenset(_LOOSE.split())
"""Words that Chinese names leave out, paraphrase, or imitate the sound of."""
