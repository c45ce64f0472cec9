"""Names of organizations in prose, found by their head words: no termbase is needed."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pubkit.model import Span
from pubkit.names.organizations.heads import SOCIETY, all_heads, heads_in_chinese, sure_heads
from pubkit.names.persons.cast import OFFICES
from pubkit.names.units import plain_word
from pubkit.patterns import pattern
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The name of an organization in a text."""

    text: str
    span: Span
    head: str
    """Its head word: English ones in small letters, in the singular."""


# ---------------------------------------------------------------- English

DAYS = (
    "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August"
    "|September|October|November|December"
)
CAPITALISED = rf"(?!(?:{DAYS})\b)[A-Z][\w'’.-]*(?<![.'’-])"
NAME = pattern(
    rf"(?<![\w'’-]){CAPITALISED}"
    rf"(?:(?: (?:of|for|and|&|on|de|du|la|der|des|di)(?: the| der)?)? {CAPITALISED}"
    r"(?:['’]s?(?= [A-Z]))?)+"
)
WORD = pattern(r"\S+")


def find_organizations(english: str, *, heads: frozenset[str] | None = None) -> Iterator[Phrase]:
    """Yield the capitalised names of two words or more that have a head word.

    Args:
        english: A text, which may be in part in another language.
        heads: The head words; those that prove an organization if not given.
    """
    if not (has_head(english) if heads is None else has_any_head(english)):
        return
    table = proofs() if heads is None else heads
    for place, name in _capitalised(english):
        for begin, end, head in _read_name(name, table):
            span = Span(place + begin, place + end)
            yield Phrase(text=name[begin:end], span=span, head=head)


@lru_cache(maxsize=4096)
def _capitalised(english: str) -> tuple[tuple[int, str], ...]:
    """Return the capitalised names of a text, whatever they name, and where they stand."""
    return tuple([(match.start(), match[0]) for match in NAME.finditer(english)])


@lru_cache(maxsize=8192)
def _read_name(name: str, heads: frozenset[str]) -> tuple[tuple[int, int, str], ...]:
    """Return where a capitalised name has organizations, and their head words."""
    begin, found = 0, list[tuple[int, int, str]]()
    for end in (*_breaks(name), len(name)):
        found += _phrases(name[begin:end], begin, heads)
        begin = end + len(" and ") + len("the ") * name.startswith("the ", end + len(" and "))
    return tuple(found)


def _breaks(name: str) -> Iterator[int]:
    """Yield where “and” stands between two names, each with a head of its own."""
    for match in AND.finditer(name) if " and " in name else ():
        behind = name[match.end() :].split()
        first = 0 if behind[1:2] in (["of"], ["for"]) else 1
        if match[1].lower() in heads_in_chinese() and any(
            word.lower() in heads_in_chinese() for word in behind[first:]
        ):
            yield match.end(1)


AND = pattern(r"([A-Z]\w+) and (?:the )?(?=[A-Z])")


@lru_cache(maxsize=512)
def has_head(english: str) -> bool:
    """Tell quickly whether a text has a capitalised head word."""
    return _head_pattern(sure_heads()).search(english) is not None


@lru_cache(maxsize=512)
def has_any_head(english: str) -> bool:
    """Tell quickly whether a text has any capitalised head word, sure or not."""
    return has_head(english) or _head_pattern(all_heads()).search(english) is not None


@cache
def _head_pattern(words: frozenset[str]) -> re.Pattern[str]:
    heads = sorted(word.capitalize() for word in words)
    return pattern(rf"(?:{'|'.join(heads)})(?![a-z])")


@cache
def proofs() -> frozenset[str]:
    """Return the heads by which a capitalised name is an organization that Chinese names, too."""
    return sure_heads() - NO_PROOF


def _phrases(name: str, start: int, heads: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    words = [(word[0], word.start()) for word in WORD.finditer(name)]
    first = _first_word(words)
    words = words[first:]
    if words and words[0][0] in ("The", "A", "An", "Our", "Its", "This", "Each", "In", "At"):
        words = words[1:]
    if len(words) > LONGEST:
        return
    names = [word for word, _place in words if word[0].isupper()]
    head = _head([word for word, _place in words], heads)
    if len(names) < 2 or not head:
        return
    begin, last = words[0][1], words[-1]
    end = last[1] + len(last[0])
    yield start + begin, start + end, head


LONGEST = 20
"""Words: what is longer is a list or a headline."""


def _first_word(words: list[tuple[str, int]]) -> int:
    """Return where the name begins behind the office that it may follow: Dean of the School."""
    for place in range(len(words) - 1, 0, -1):
        word = words[place][0]
        if word in ("of", "for", "and", "&", "the") and _is_office(words[place - 1][0]):
            after = place + 1
            if after < len(words) and words[after][0] == "the":
                after += 1
            return after
        if _is_office(word):
            return place + 1
    return 1 if words and words[0][0] in OFFICES else 0


def _is_office(word: str) -> bool:
    """Tell whether a word is an office, or begins with one: Director, Director-General."""
    return word in OFFICES or word.rstrip("s") in OFFICES or word.partition("-")[0] in OFFICES


_NO_PROOF = """
    agency airline army authority board branch brewery bureau chamber charity church co coalition
    company congress corp corporation court customs department directorate division enterprise
    exchange gmbh government group holding holdings house inc incorporated initiative insurance
    league limited llc ltd mill mission navy network office opera parliament plc police port press
    publishing railway secretariat securities senate station supermarket team temple trust union
    zoo
"""
NO_PROOF = frozenset(_NO_PROOF.split())
"""Heads that Chinese leaves out, paraphrases, or uses in other senses, too often."""


def _head(words: list[str], table: frozenset[str]) -> str:
    """Return the head word: the last, or the one before “of”; nothing for a plural."""
    last = words[-1].lower() if words else ""
    if last in table and "of" not in words[:2]:
        return last
    for place in range(1, len(words)):
        if words[place] in ("of", "for", "on") and words[place - 1].lower() in table:
            return words[place - 1].lower()
    return last if last in table else ""


# ---------------------------------------------------------------- Chinese

_HEADS = """
    大学 学院 研究院 研究所 研究生院 实验室 医院 诊所 银行 协会 学会 基金会 委员会 联盟 联合会
    博物馆 博物院 图书馆 美术馆 出版社 集团 法院 大使馆 总领事馆 乐团 俱乐部
    办公室 管理局 监管总局 监督管理总局 事务所 证券 商会 交易所
    中学 小学 幼儿园 合唱团 天文台
"""
HEADS = _HEADS.split()
HAN_NAME = pattern(
    r"(?P<name>(?:(?![的和与及在为由向对从到等是了各所家个位名多座])[\u3400-\u9fff]){2,12}?"
    rf"(?P<head>{'|'.join(sorted(HEADS, key=len, reverse=True)).replace('|学会', f'|{SOCIETY}')}))"
    "(?![生路城])"
)


HAN_HEAD = pattern("|".join(sorted(HEADS, key=len, reverse=True)))


def find_han_organizations(chinese: str) -> Iterator[Phrase]:
    """Yield names that end in a head word; where they begin is a guess."""
    if not HAN_HEAD.search(chinese):
        return
    for match in HAN_NAME.finditer(chinese):
        yield Phrase(text=match["name"], span=Span(*match.span("name")), head=match["head"])


@cache
def heads_in_english() -> dict[str, frozenset[str]]:
    """Return the English heads that may render each Chinese head."""
    inverted: dict[str, set[str]] = {head: set(MORE_HEADS.get(head, "").split()) for head in HEADS}
    for english, chinese in heads_in_chinese().items():
        for head in chinese:
            if head in inverted:
                inverted[head].add(plain_word(english))
    return {head: frozenset(words) for head, words in inverted.items()}


MORE_HEADS = {
    "大学": "polytechnic campus alma univ",
    "学院": "dean medicine law campus conservatory polytechnic department",
    "研究院": "laboratory research center polytechnic",
    "研究所": "laboratory research center",
    "研究生院": "graduate",
    "实验室": "laboratory lab research",
    "医院": "medical center health clinic",
    "图书馆": "librarian archive",
    "出版社": "publisher press publishing book",
    "学会": "academy council college",
    "协会": "council chamber federation board",
    "联合会": "association council union",
    "委员会": "commission council board panel jury congress",
    "博物院": "museum palace",
    "集团": "corporation company holding",
    "中学": "high secondary middle",
    "小学": "primary elementary",
    "银行": "banking",
    "乐团": "philharmonic symphony sinfonia",
    "大使馆": "ambassador",
    "总领事馆": "consul",
    "商会": "commerce",
    "办公室": "bureau secretariat",
    "管理局": "council authority bureau agency office regulator",
    "监管总局": "administration authority bureau agency office regulator regulatory",
    "监督管理总局": "administration authority bureau agency office regulator regulatory",
    "事务所": "accountant attorney lawyer firm office studio partner llp practice chamber law",
    "证券": "security stock broker brokerage exchange",
}
