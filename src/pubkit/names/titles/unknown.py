"""Words beside a person's name that may be an office, although the lexicon does not know them."""

from pubkit.model import Span
from pubkit.patterns import pattern

_PERSONS = (
    "长师员家官匠傅",
    r"总[监管办裁编工]|主[管任席编理笔厨播]|代表|顾问|[经助]理|教[授练头习务]|干事|理事|监事|管事|执事|领[队班事导]|监[制督]|指[挥导]"
    r"|[副总特参]使|使节|秘书|书记|掌柜|司[机炉]|[船舵水歌乐鼓号炮射骑选旗]手|人士|翻译|医[生师]|院士|博士|学者|作者|编[导辑审]"
    r"|(?:负责|牵头|带头|掌门|领导|主理|联系|召集|当家|创始|创办|合伙|代言|经纪|受托|发起|策划|统筹|掌舵|传承|管理|制作|出品|音乐|媒体|撰稿|接班|继任|主持|发言|保管|监护|把关|驾驶)人",
)
NOT_PERSONS = (
    r"(?<!国)(?<!大)(?<!独)(?<!厂)(?<!商)(?<!买)(?<!卖)(?<!成)(?<!增)(?<!延)(?<!擅)(?<!特)(?<!周)"
    r"(?<!全)(?<!动)(?<!感)(?<!回)(?<!在)(?<!出)(?<!人)"
)
HEAD = rf"(?:{NOT_PERSONS}[{_PERSONS[0]}]|{_PERSONS[1]})"
BEFORE_NAME = pattern(rf"(?P<word>[\u4e00-\u9fff]{{1,8}}?{HEAD})[ （“]?\Z")
BEHIND_NAME = pattern(
    r"(?:\s?[（(][^（()）]{1,40}[)）])?(?:[，,（]\s?(?:现任|时任|担任|任|是|为|系|一[位名])?"
    r"|(?:现任|时任|担任|出任|任|是|为|系|兼)|(?=[^说在对与向和感欢祝邀率带陪会见]{1,4}[，。；、说表在对与）]))"
    rf"(?P<word>[\u4e00-\u9fffA-Za-z·]{{0,24}}?{HEAD})"
    r"(?=[，。；、）)：:“]|说|表示|在|对|与|和|致辞|介绍|指出|\Z)"
)


def unknown_office_beside(chinese: str, name: Span) -> Span | None:
    """Return the word beside a name that looks like an office, as far as it can be told."""
    form = chinese[name.start : name.end]
    at = chinese.find(form)
    while form and at >= 0:
        window = chinese[max(0, at - 12) : at]
        before = BEFORE_NAME.search(window)
        if before:
            return Span(
                at - len(window) + before.start("word"), at - len(window) + before.end("word")
            )
        behind = BEHIND_NAME.match(chinese, at + len(form))
        if behind:
            return Span(*behind.span("word"))
        at = chinese.find(form, at + len(form))
    return None


MARKS = {
    **dict.fromkeys(["vice", "deputy", "associate", "assistant"], "副助协次二准亚"),
    **dict.fromkeys(["former", "ex"], "前原曾卸退故"),
    **dict.fromkeys(["honorary", "emeritus", "emerita"], "誉荣退"),
    **dict.fromkeys(["acting", "interim"], "代临署暂"),
}
"""The characters of which one stands in any Chinese rendering of a modifier."""
ADDED = {
    "副": ("vice", "deputy", "associate", "assistant", "under", "sub", "pro"),
    "名誉": ("honorary", "emeritus", "emerita"),
}


def has_other_modifiers(chinese: str, word: Span, modifiers: frozenset[str]) -> bool:
    """Tell whether a word that the lexicon does not know lost or won a modifier for certain."""
    around = chinese[max(0, word.start - 16) : word.end + 12]
    lost = any(not set(MARKS[one]) & set(around) for one in modifiers & MARKS.keys())
    text = chinese[word.start : word.end]
    return lost or any(
        text.startswith(mark) and modifiers.isdisjoint(words) for mark, words in ADDED.items()
    )


_ENDS = (
    "er|or|ist|ian|man|woman|ant|ent|eer|ess|head|master|mistress|keeper|chief|warden|ain"
    "|lead|ative"
)
_SMALL_WORDS = (
    "after|over|under|for|whether|other|another|former|never|ever|together|per|or|nor|however|further"
    "|rather|either|neither|her|later|earlier|moreover|remember|consider|president|different|recent"
    "|center|centre|important|current|december|september|november|october|summer|winter|chapter"
    "|order|paper|number|matter|water|power|member"
)
ENGLISH_BEFORE = pattern(
    rf"\b(?!(?i:{_SMALL_WORDS})\b)[A-Z]?[a-z]+(?:{_ENDS}),?\s(?:(?:Dr|Mr|Ms|Mrs|Prof)\.?\s)?\Z"
)
ENGLISH_BEHIND = pattern(
    rf"(?:,| is| was| as| \() ?(?:the |a |an |its |our |their )?(?:[\w’'-]+ ){{0,4}}?"
    rf"(?!(?i:{_SMALL_WORDS})\b)[A-Za-z]?[a-z]+(?:{_ENDS})(?=,| of| at| for| in| and| from| with"
    r"| who| whose| on|\.|;|\)|\Z)"
)


def may_have_unknown_title(english: str, name: Span) -> bool:
    """Tell whether a word beside an English name looks like an office: ``Purser Li Na``."""
    before = english[max(0, name.start - 40) : name.start]
    if ENGLISH_BEFORE.search(before):
        return True
    return ENGLISH_BEHIND.match(english[name.end : name.end + 90]) is not None
