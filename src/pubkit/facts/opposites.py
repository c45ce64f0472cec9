"""Words that say the opposite: a translation that has but the other one of two.

Each side of a pair has *plain* words, which say it, and *kindred* ones, which may say it. Only
where one text says the one side and the other text the other, and neither has any word for what
the other text says, is it a fault.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pubkit.model import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one side of a pair is called: plain words, and others that may say it."""

    english: str
    chinese: str
    english_kin: str = ""
    chinese_kin: str = ""


DENIAL = "不|未|没|无|勿|非|莫|别|拒"
PAIRS = (
    (
        Side(
            english="stopp(?:ed|ing)|ceased?|suspend(?:ed|s)?|halted|discontinued",
            english_kin="end\\w*|quit|clos\\w*|no longer|not|never|cancel\\w*|interrupt\\w*",
            chinese="停止|中止|叫停|停办|不再",
            chinese_kin=f"停|止|断|暂|终|取消|关|撤|休|弃|告别|结束|{DENIAL}",
        ),
        Side(
            english="continu(?:ed?|es|ing)|goes on|went on",
            english_kin="ke(?:ep|pt)\\w*|still|carr\\w+|resum\\w+|remain\\w*|ongoing|further|more|again",
            chinese="继续|照常",
            chinese_kin="继|续|仍|保持|还|一直|依然|照|延|不断|进一步|再",
        ),
    ),
    (
        Side(
            english="reject(?:ed|s)?|refused?|vetoed|voted down|turned down",
            english_kin="declin\\w*|den\\w+|against|oppos\\w*|dismiss\\w*|not|no|never|without|fail\\w*",
            chinese="否决|驳回|拒绝",
            chinese_kin=f"否|驳|反对|婉|谢|落空|{DENIAL}",
        ),
        Side(
            english="approv(?:ed?|es)|adopted|accepted|agreed",
            english_kin="\\w*pass\\w*|adopt\\w*|accept\\w*|agree\\w*|endors\\w*|ratif\\w*|back\\w*"
            "|support\\w*|approv\\w*|welcom\\w*|grant\\w*|consent\\w*",
            chinese="批准|获准|同意|赞成|采纳",
            chinese_kin="批|通过|准|同意|赞|接受|采|支持|认可|签|议定",
        ),
    ),
    (
        Side(
            english="not convinced|unconvinced|scept\\w+|skept\\w+|disagree[ds]?|disputed?",
            english_kin="doubt\\w*|oppos\\w*|not",
            chinese="不以为然|不敢苟同",
            chinese_kin=f"疑|异|反|{DENIAL}",
        ),
        Side(
            english="agreed|persuaded",
            english_kin="agree\\w*|shar\\w+|support\\w*|echo\\w*",
            chinese="深以为然|表示赞同|深表赞同",
            chinese_kin="赞|同意|认同|信服|相信",
        ),
    ),
    (
        Side(
            english="bann(?:ed|ing)|prohibit(?:ed|s)|forbidden|forbids?|barred",
            english_kin="ban|not|no|never|without|off-limits|except|exclud\\w*|prohibit\\w*|outlaw\\w*",
            chinese="禁止|严禁|不准|不许",
            chinese_kin=f"禁|谢绝|限|{DENIAL}",
        ),
        Side(
            english="allow(?:ed|s)|permit(?:ted|s)",
            english_kin="allow\\w*|permi\\w*|may|can|let|lets|enabl\\w*|unless|except|licen\\w*|free",
            chinese="允许|准许|获准",
            chinese_kin="可|许|准|让|能|除",
        ),
    ),
    (
        Side(
            english="closed|shut",
            english_kin="clos\\w*|not|never|except",
            chinese="闭馆|关闭|停业|封闭",
            chinese_kin=f"闭|关|停|休|封|结|{DENIAL}",
        ),
        Side(
            english="(?:is|are|be|was|were|stays?|remains?) open|opens|reopen(?:ed|s)",
            english_kin="open\\w*|reopen\\w*|start\\w*|launch\\w*",
            chinese="对外开放|正常开放|照常开放|恢复开放",
            chinese_kin="开|启|放",
        ),
    ),
    (
        Side(
            english="failed|fails",
            english_kin="fail\\w*|unsuccess\\w*|not|without|un\\w+",
            chinese="失败|未果|落空",
            chinese_kin=f"失|败|落|难|{DENIAL}",
        ),
        Side(
            english="succeeded|successfully|was a success",
            english_kin="succe\\w*|manag\\w*|achiev\\w*|win\\w*|won",
            chinese="成功",
            chinese_kin="成|胜|顺利|如愿",
        ),
    ),
    (
        Side(
            english="slowed|slower|slowdown",
            english_kin="slow\\w*|decelerat\\w*|delay\\w*|eas\\w*|cool\\w*",
            chinese="放缓|减慢|趋缓",
            chinese_kin="缓|慢|减|降|延|收窄",
        ),
        Side(
            english="accelerat(?:ed?|es|ing)|speeded up|sped up|faster",
            english_kin="accelerat\\w*|speed\\w*|sped|fast\\w*|quick\\w*|rapid\\w*|step\\w*",
            chinese="加快|提速|加速",
            chinese_kin="快|速|早",
        ),
    ),
    (
        Side(
            english="imports?|imported",
            english_kin="import\\w*|enter\\w*|foreign|overseas|incoming",
            chinese="进口",
            chinese_kin="进|入",
        ),
        Side(
            english="exports?|exported",
            english_kin="export\\w*|exit\\w*|overseas|abroad|ship\\w*|sold|sell\\w*|way out",
            chinese="出口",
            chinese_kin="出|外",
        ),
    ),
    (
        Side(
            english="bought|purchased|acquired|buys|buyers?",
            english_kin="buy\\w*|purchas\\w*|acqui\\w*|procur\\w*|tak\\w+|order\\w*",
            chinese="收购|购买|购入|买下|买入|买家",
            chinese_kin="购|买|采|收",
        ),
        Side(
            english="sold|sells|sellers?",
            english_kin="s[eo]l[ld]\\w*|sales?|dispos\\w*|divest\\w*|auction\\w*|offload\\w*|trad\\w*|vend\\w*",
            chinese="出售|卖出|售出|抛售|卖家",
            chinese_kin="售|卖|销|抛|让|拍",
        ),
    ),
    (
        Side(english="indoors?", chinese="室内", chinese_kin="屋里|屋内|馆内"),
        Side(
            english="outdoors?",
            english_kin="outside|open-air",
            chinese="室外|户外",
            chinese_kin="露天",
        ),
    ),
    (
        Side(
            english="women|female|girls",
            english_kin="woman\\w*|wom[ae]n\\w*|females?|girls?|her|she|mothers?|wife|wives|daughters?|ladies|sisters?",
            chinese="女性|女子|女生|女孩|女童",
            chinese_kin="女|她|妇|母|妻|姐|妹|娘|嫂",
        ),
        Side(
            english="men|male|boys",
            english_kin="m[ae]n|m[ae]n['’]s|males?|boys?|his|he|fathers?|husbands?|sons?|brothers?|gentlemen",
            chinese="男性|男子|男生|男孩|男童",
            chinese_kin="男|他|父|夫|兄|弟|子|爷",
        ),
    ),
    (
        Side(
            english="summer",
            english_kin="summer\\w*",
            chinese="夏季|夏天|夏日",
            chinese_kin="夏|暑",
        ),
        Side(
            english="winter",
            english_kin="winter\\w*",
            chinese="冬季|冬天|冬日",
            chinese_kin="冬|寒|雪|冰",
        ),
    ),
    (
        Side(english="spring", english_kin="spring\\w*", chinese="春季|春天", chinese_kin="春"),
        Side(
            english="autumn", english_kin="autumn\\w*|fall", chinese="秋季|秋天", chinese_kin="秋"
        ),
    ),
    (
        Side(
            english="at least|no less than|no fewer than",
            english_kin="least|less|fewer|over|above|minimum|floor|more",
            chinese="至少|不少于|不低于",
            chinese_kin="少|低|以上|起|满|超|逾|下限|最",
        ),
        Side(
            english="at most|no more than|not more than",
            english_kin="most|up to|more|maximum|exceed\\w*|limit\\w*|within|under|below|over",
            chinese="至多|不超过|不多于|不高于",
            chinese_kin="多|超|高|以内|以下|限|内|仅|只|封顶",
        ),
    ),
)


@cache
def _evidence() -> re.Pattern[str]:
    """Return a pattern of all plain Chinese words, the place of each a group."""
    forms = (
        f"(?P<{name}{number}>{side.chinese})"
        for number, sides in enumerate(PAIRS)
        for name, side in zip("ab", sides, strict=True)
    )
    words = (word for sides in PAIRS for side in sides for word in side.chinese.split("|"))
    beginnings = "".join({word[0] for word in words})
    return re.compile(rf"(?=[{beginnings}])(?:{'|'.join(forms)})")


@cache
def _english(number: int, name: str, *, is_kin: bool) -> re.Pattern[str]:
    side = PAIRS[number]["ab".index(name)]
    words = f"{side.english}|{side.english_kin}" if is_kin and side.english_kin else side.english
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@cache
def _chinese_kin(number: int, name: str) -> re.Pattern[str]:
    side = PAIRS[number]["ab".index(name)]
    return re.compile("|".join(filter(None, (side.chinese, side.chinese_kin))))


SENTENCE_END = "。！？；"


LONGEST = 500
"""English letters beyond which a text says many things, and some of them opposite ones."""


def opposite(english: str, chinese: str) -> tuple[Span, Span] | None:
    """Return what says the opposite of the other text, in English and in Chinese."""
    return None if len(english) > LONGEST else next(_opposites(english, chinese), None)


def _opposites(english: str, chinese: str) -> Iterator[tuple[Span, Span]]:
    for match in _evidence().finditer(chinese):
        group = str(match.lastgroup)
        name, number = group[0], int(group[1:])
        other = "b" if name == "a" else "a"
        said = _english(number, other, is_kin=False).search(english)
        if not said or _english(number, name, is_kin=True).search(english):
            continue
        if not _chinese_kin(number, other).search(_sentence(chinese, match)):
            yield Span(*said.span()), Span(*match.span())


def _sentence(text: str, match: re.Match[str]) -> str:
    """Return the sentence around a word, without the word."""
    start = max(text.rfind(mark, 0, match.start()) for mark in SENTENCE_END) + 1
    ends = [end for mark in SENTENCE_END if (end := text.find(mark, match.end())) >= 0]
    return text[start : match.start()] + "|" + text[match.end() : min(ends, default=len(text))]
