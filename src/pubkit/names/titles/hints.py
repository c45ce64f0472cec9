"""Words that tell of an office, or of what changes it, without naming it."""

import re
from collections.abc import Mapping

from pubkit.patterns import pattern

GROUPING = pattern(
    r"分别|[两二三四五六七八九十几多各\d]位|各位|均|同为|先后|依次|[两三四五]人|等人"
)
POINTING = pattern(r"[他她]|[这那该某][位名个人]|其中一|前者|后者|本人|一[位名]")
LEADING = pattern(r"执掌|掌舵|掌管|主理|任教|执教|执棒|执导|当家")
LEADING_BASES = frozenset(
    [
        "head",
        "chief",
        "director",
        "chair",
        "chairman",
        "chairwoman",
        "chairperson",
        "president",
        "editor",
        "conductor",
        "manager",
        "coach",
        "professor",
        "dean",
    ]
)
ENGLISH_LEADING = pattern(
    r"\b(?:chair|head|lead|led|direct|manag|presid|edit|govern|conduct|coach|command|captain|runs|ran\b|curat)"
    r"(?:s|ed|es|ing|d|e)?\b"
)
LEADING_HANS = frozenset(
    [
        "主席",
        "主任",
        "负责人",
        "组长",
        "队长",
        "领队",
        "团长",
        "会长",
        "主编",
        "导演",
        "指挥",
        "经理",
        "主持人",
        "总监",
        "教练",
        "策展人",
        "召集人",
        "裁判",
        "首席",
    ]
)


ASSERTED_HAN = pattern(
    r"(?:兼任|担任|出任|升任|就任|改任|任|当选为?|聘为|聘任为|任命为)[^，。；、]{0,12}\Z"
)
PREDICATE_HAN = pattern(r"(?:[他她][^，。；、是]{0,6}|，|。|；)是一[名位][^，。；、的]{0,10}\Z")
COURTESIES = frozenset(["博士", "医生", "医师", "大夫"])
_PAST = pattern(
    r"曾任|曾是|曾为|曾担任|曾出任|此前|卸任|离任|退休|荣休|退任|前任|原任|历任|已故|昔日|曾经|过去|原先|早年|往日|当年|往届"
)
TOLD_IN_CHINESE: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(
        ["former", "ex", "past", "previous", "retired", "outgoing", "late", "immediate past"], _PAST
    ),
    **dict.fromkeys(["acting", "interim"], pattern(r"代|临时|主持工作")),
    **dict.fromkeys(["executive", "managing", "standing"], pattern(r"日常|常务|执行")),
    **dict.fromkeys(["founding", "inaugural", "first"], pattern(r"首任|首位|第一|创")),
    **dict.fromkeys(["elect", "designate", "incoming"], pattern(r"候任|当选|即将|拟|新任")),
    **dict.fromkeys(["co", "joint"], pattern(r"共同|联合|联席|双")),
    **dict.fromkeys(
        ["senior", "chief", "principal", "lead"], pattern(r"资深|高级|首席|总负责|主要|主任")
    ),
    **dict.fromkeys(["visiting", "guest", "adjunct"], pattern(r"客座|访问|兼")),
    "resident": pattern(r"驻"),
    **dict.fromkeys(["special", "independent", "rotating"], pattern(r"特|独立|轮")),
}
"""What may tell of a modifier apart from its office."""
_FORMER = pattern(
    r"\b(?:former|previous|ex-|then[ -]|retire|outgoing|once\b|the late\b|past [A-Z]|until\b"
    r"|stepp?(?:ed|s|ing)? down|used to|at the time)",
    re.IGNORECASE,
)
_ONCE = pattern(
    r"(?i)\b(?:had|was|were|served|before|until|once|former|formerly|previous|previously|then|ex"
    r"|worked|held)\b"
)
_HONORARY = pattern(r"\bhonorar|\bemerit", re.IGNORECASE)
_EXECUTIVE = pattern(r"\b(?:executive|managing|standing|permanent)", re.IGNORECASE)
_CHIEF = pattern(r"\b(?:chief|principal|lead|head|general|master|senior)", re.IGNORECASE)
_ACTING = pattern(r"\b(?:acting|interim)\b", re.IGNORECASE)
_ASSISTANT = pattern(r"\b(?:assist|associate|junior)", re.IGNORECASE)
_FOUNDING = pattern(r"\b(?:found|inaugural|first)", re.IGNORECASE)
_ELECT = pattern(r"elect|\bdesignate|\bincoming|\bnew|\bnominee", re.IGNORECASE)
TOLD_IN_ENGLISH: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(["原", "前", "前任", "原任", "已故", "卸任", "离任", "上任"], _FORMER),
    **dict.fromkeys(["曾任", "时任"], _ONCE),
    **dict.fromkeys(["名誉", "荣誉"], _HONORARY),
    **dict.fromkeys(["荣休", "荣退", "退休"], pattern(r"(?i)\bemerit|\bretire|\bhonorar")),
    **dict.fromkeys(["执行", "常务", "专务"], _EXECUTIVE),
    **dict.fromkeys(["首席", "总", "主", "高级", "资深", "主任", "主管"], _CHIEF),
    **dict.fromkeys(["代理", "代", "署理", "临时", "代行"], _ACTING),
    **dict.fromkeys(["助理", "协理", "见习", "实习"], _ASSISTANT),
    **dict.fromkeys(["创始", "创会", "创院", "首任", "首届", "创办", "第一"], _FOUNDING),
    **dict.fromkeys(["候任", "当选", "新任", "拟任", "候选"], _ELECT),
    **dict.fromkeys(["联席", "联合", "共同"], pattern(r"(?i)\bco|\bjoint|\btogether")),
    **dict.fromkeys(["客座", "访问", "兼职", "兼任"], pattern(r"(?i)\bvisit|\bguest|\badjunct")),
    **dict.fromkeys(["特聘", "杰出", "讲席", "讲座"], pattern(r"(?i)\bdistinguish|\bchair")),
    **dict.fromkeys(["特别", "特约", "特邀", "专门"], pattern(r"(?i)\bspecial|\binvite|\bguest")),
    **dict.fromkeys(["独立", "非执行"], pattern(r"(?i)\bindependent|\bnon-?executive")),
    **dict.fromkeys(["终身"], pattern(r"(?i)\blife|\btenure")),
    **dict.fromkeys(["轮值"], pattern(r"(?i)\brotat")),
    **dict.fromkeys(["行政", "管理", "指定", "主治", "住院", "驻地"], pattern("")),
}
"""What in English may tell of a Chinese modifier apart from its office."""
STRICT = frozenset(
    ["副", "原", "前", "名誉", "荣誉", "代理", "候任", "助理", "荣休", "执行", "常务"]
)
BROAD_BASES = frozenset(
    [
        "director",
        "president",
        "head",
        "chief",
        "chair",
        "chairman",
        "chairwoman",
        "chairperson",
        "dean",
        "director general",
        "executive director",
        "principal",
        "superintendent",
        "governor",
    ]
)
"""Offices whose Chinese name depends on what is led."""
FOUNDERS = frozenset(["founder", "co founder", "cofounder"])
FOUNDER_HANS = frozenset(["创始人", "创办人", "创立人", "创建者", "创立者", "创始者"])
FOUNDED = pattern(r"创|缔造|奠基|发起|成立|开办|开设|建立|筹建")
ENGLISH_FOUNDED = pattern(r"(?i)found|\bcreat|establish|\bstart|\bset up|\binitiat")
SOCIETY_BASES = frozenset(
    ["president", "head", "chair", "chairman", "chairwoman", "chairperson", "director"]
)
SOCIETY_HANS = frozenset(["主席", "会长", "理事长", "社长", "团长", "主委", "委员长"])
"""What the head of an association, a club or an orchestra may be called."""
_NO_SOCIETY = r"(?:中心|馆|局|厅|医院|学院|研究院|研究所|大学|中学|小学|学校)\Z"
_NO_SCHOOL = r"(?:中心|馆|局|厅|医院|研究院|研究所|公司|集团|银行|协会|学会|基金会|联合会|商会)\Z"
_NO_INSTITUTE = r"(?:中心|馆|局|厅|研究所|公司|集团|银行|协会|学会|基金会|联合会|商会|中学|小学)\Z"
_NO_FIRM = r"(?:馆|局|厅|医院|研究院|研究所|大学|学院|中学|小学|协会|学会|基金会|联合会)\Z"
UNFIT_AFTER: Mapping[str, re.Pattern[str]] = {
    "会长": pattern(_NO_SOCIETY),
    "校长": pattern(_NO_SCHOOL),
    "院长": pattern(_NO_INSTITUTE),
    "经理": pattern(_NO_FIRM),
    "总经理": pattern(_NO_FIRM),
    "局长": pattern(r"(?:中心|馆|医院|大学|学院|公司|集团|银行|协会|学会|基金会)\Z"),
    "馆长": pattern(r"(?:局|厅|医院|公司|集团|银行|协会|学会|基金会|中学|小学)\Z"),
    "厂长": pattern(r"(?:中心|馆|局|厅|医院|院|大学|学校|银行|会)\Z"),
    "台长": pattern(r"(?:中心|馆|局|厅|医院|大学|学院|公司|银行|会)\Z"),
    "总监": pattern(r"(?:管理局|局|厅|司法部|处)\Z"),
    "主席": pattern(r"(?:自治州|省|市|县)\Z"),
    "部长": pattern(r"(?:处|科|局|厅|馆|研究院|研究所|中心|大学|学院)\Z"),
    "处长": pattern(r"(?:科|组)\Z"),
    "行长": pattern(r"(?:中心|馆|局|厅|医院|大学|学院|会)\Z"),
}
"""Bodies that have no such office."""
PRESIDENT_OF_SCHOOL = pattern(
    r" of (?:the |its |our )?(?:[A-Z][\w’'-]+ ){0,3}?(?:School|Faculty) of "
)
"""A school within a university has a dean."""
AFTER_NOUN = pattern(
    r"[，。、；：:）)”—]|\s|\Z|等|及|[和与](?!会)|说|表示|介|指出|在|对|认|透|坦|回|告|提|向|会|就|从|则|也|还|是|为|将|曾|已|以|带|率|的"
)
"""What may stand behind an ordinary noun that says what a person is."""
CHAINED = pattern(r"[、，兼](?:兼任?)?[\u4e00-\u9fffA-Z]{0,16}")
"""What stands between two offices of one person."""
BARE = pattern(r"[\u4e00-\u9fff]{1,2}")
BEHIND_NAME = pattern(
    r"(?:\s*[（(][^()（）]{1,40}[)）])?\s*(?:(?:现|曾|同时|并)?(?:兼任|担任|出任|升任|就任|改任|任|为|是|当选为?|兼))?"
)
