"""Does a text deny something that its translation does not deny?

Each language has *plain* denials, which no translator leaves out; an answer to one is whatever
may stand for it in the other language: a denial, a prefix, or a word that says it positively
(``no later than`` 之前). Some answers suit certain denials alone.
"""

import re
from collections.abc import Sequence

from pubkit.patterns import pattern

Answers = tuple[re.Pattern[str], re.Pattern[str]]
"""A denial, and what besides the general answers says the same."""


def _table(*rows: tuple[str, str]) -> Sequence[Answers]:
    return tuple(
        (pattern(denial, re.IGNORECASE), pattern(answer, re.IGNORECASE)) for denial, answer in rows
    )


# ---------------------------------------------------------------- English, answered in Chinese

ENGLISH_DENIAL = pattern(
    r"[NnWw](?=[oei'’])(?:"
    r"(?<=n)['’]t\b|(?<=\b[Cc]an[Nn])ot\b|(?<!\w[NnWw])(?:(?<=[Nn])"
    r"(?:o(?:t|body|ne|thing|where)\b|o (?=[a-z])|either\b|ever\b)|(?<=[Ww])ithout\b))"
)
SAID_POSITIVELY = pattern(
    r"(?i)\bnot (?:(?:so )?(?:only|just|merely|simply|solely|much)|least"
    r"|(?:an? )?(?:un\w+|in(?:signific|consider|frequen)\w+|impossible)"
    r"|to mention|long (?:ago|after|before)|far|surprisingly|the (?:only|first|last)|until|till"
    r"|to be missed|for nothing|forget\w*|all|every\w*)\b"
    r"|n['’]t (?:just|only|merely|simply|forget|miss|until|hesitate|it|they|we|you|he|she)\b"
    r"|\b(?:whether or|if|why|or|and yet|as often as|more often than) not\b"
    r"|\bno (?:doubt|wonder|matter|other|better|stranger|small|sooner|exception|mean feat"
    r"|exaggeration|time to|place like|coincidence|accident|secret|shortage|lack|end|limit|ordinary"
    r"|surprise|mistake|question|denying|means)\b"
    r"|(?:\b(?:not|no|never|cannot|nothing|nobody|neither)|n['’]t)\b[^.!?;]{0,60}"
    r"\b(?:until|till|without|unless|miss\w*|fail\w*|but|lose|lost|forget\w*|refus\w*)\b"
    r"|\bnothing ventured\b"
    r"|\b(?:hardly|scarcely|barely|few)\b[^.!?;]{0,50}\b(?:not|never)\b"
    r"|\bnever (?:before|again|so|fail\w*|cease\w*|stop\w*|been (?:so|more|better|easier))\b"
    r"|\b(?:none|nothing|no one) (?:other|but|less|short|more)\b|\bsecond to none\b"
    r"|\bcan(?:not|['’]t) (?:but|help|wait|overstate|be overstated)\b"
    r"|\bwithout (?:doubt|a doubt|exception|question|fail|precedent|parallel|equal|delay|further)\b"
)
"""Chinese says it without a denial."""
COUNTER_QUESTION = pattern(
    r"\b(?:[Ii]f|[Ww]hy|[Ww]ho|[Ww]hat|[Hh]ow|[Ii]s|[Aa]re|[Dd]o\w*)\b[^.!?]*\?"
)
CHINESE_ANSWER = pattern(
    "[不未无無没沒非否勿毋莫免毫缺拒失难難停止废廢绝絕罕避防禁零欠]"
    "|错误|錯誤|有误|有誤|除|取消|暂|暫|谢绝|闭|閉|告别|告別|别(?=[的再让把将凑急忘怕担])"
    "|(?<=[们你您万劝叫请可就，：“])别|空白|[何岂豈]|哪(?=里|能|会|有)|保密|匿名"
    "|从来|從來|首次|少于|少有|鲜|鮮|反|而是|只有|才能|忘|弃|棄|剔|舍|捨|白白|尽|盡|断|斷|落选|离"
)
NO_CHINESE_DENIAL = pattern(
    r"[不没沒](?<=(\w)[不没沒])\1"
    "|不[断斷少同仅僅但只久过過管论論妨愧凡朽屈懈锈銹变變日菲俗料惜止时時]"
    "|[无無](?:锡|錫|线|線|论論|论|論|疑|人[机機驾駕船车車]|穷|窮|限|数(?!据)|數(?!據)|比|私|缝|縫|畏|偿|償|障)"
    "|非(?:洲|常|凡|遗|遺|物|裔|盟)|[西南北东東中]非|毫[米克升秒安巴]|免(?:费|費|疫|税|稅|签|簽)"
    "|零(?:售|部|件|点|點|碳|距|食|工|下|排)|未(?:来|來|央|名)|[难難](?:忘|得|题|題)|[困艰艱疑]难|停[车車泊靠产產]|绝(?:对|佳|大)"
    "|[预国消边海]防|防[护護疫控治汛灾災火]|[损遗得消]失|失(?:业|去|败|敗)|暂[住行时]|避[暑难]|废[水气料物弃]"
    "|莫(?=[一-鿿]{1,2}(?:表示|说|指出|教授|博士|先生|女士|院长))|莫(?:斯科|桑|高窟|扎特|言|奈|干山)"
    "|反(?:映|应|應|馈|饋|复|復|响|響|思|哺)|[开開]除|除(?:夕|尘|湿|草)|断[层代]|独一无二|离[岸子]|尽[管力快]"
)
"""Characters of denial in words that deny nothing."""
ANSWERS_TO_ENGLISH = _table(
    (r"\bcan(?:not|['’]t)\b|\bcould(?: not|n['’]t)\b", "失败|失敗|出错|出錯|报错|報錯|故障"),
    (r"(?:\bnot|n['’]t) (?:show|display|print)|\bno (?:show|display)", "隐藏|隱藏|关闭|關閉|静默"),
    (r"(?:\bnot?|n['’]t) chang", "不变|不變|原样|原樣|保留|保持"),
    (
        r"(?:\bnot|n['’]t) (?:be )?(?:afraid|hesitate|fear|worry)",
        "大胆|大膽|放心|尽管|儘管|随时|隨時",
    ),
    (
        r"\bnot (?:be )?(?:required|needed|necessary|mandatory|compulsory)",
        "可选|可選|可以|自愿|自願",
    ),
    (r"\bnone\b", "none|默认|預設"),
    (r"\bno(?:t|) (?:less|fewer|lower|smaller|shorter) than\b", "不[少低短小]于|不[少低]"),
    (r"\bno (?:later|earlier)\b|\bnot (?:later|earlier)\b", "前|以后|之后|起|最[迟早晚快]|至迟"),
    (r"\b(?:pay|charge|cost|fee|tax|visa|toll)\w*|\b(?:dut(?:y|ies)|tuition)\b", "免|赠|送"),
    (
        r"\b(?:no|not) (?:more|larger|bigger|greater|higher|longer|taller|wider) than\b",
        "以内|以下|最[多大高长]|至多|上限|仅|大小|只|封顶",
    ),
    (
        r"\b(?:no|not) (?:less|fewer|smaller|lower|worse) than\b",
        "至少|以上|高达|达|多达|下限|起|最",
    ),
    (r"\bno longer\b|n['’]t any ?more\b|\bno more\b", "再|结束|成为(?:历史|过去)|从此|已"),
    (r"\bwithout\b", "外|离开|若|即可|就能|自动|直接|独立|自主"),
    (
        r"\bnot (?:one|an?(?! single)|the)\b|(?:\A|[.;:,“] )no\b",
        "任何|一律|全(?![国球])|(?<![成首])都(?![市会])|均|仅|只",
    ),
    (r"\bno\b", "任何|仅|只"),
    (r"\bnot (?:expect|think|believe|see|likely)\b", "照样|仍|依旧|依然|恐怕"),
    (r"\bnot\b|n['’]t\b", "寡|沉默|缄|仅|只|才|却|相反|各|尚|先|另|少"),
    (r"\bnever\b", "永|始终|一直|最|空前|史上"),
    (r"\bn(?:one|othing|obody|owhere)\b", "均|(?<![成首])都(?![市会])|皆|只|仅|唯|全"),
    (r"\bneither\b", "只|仅|唯"),
)

# ---------------------------------------------------------------- Chinese, answered in English

CHINESE_DENIAL = pattern(
    "[不未没沒无無禁勿非](?:"
    "(?<=不)(?:"
    "(?<=[并並尚从從仍还還暂暫均都也概决決绝絕永毫将將既则則们我你您她他]不)"
    "(?=[^断斷少同久仅僅但只過过管论論错錯妨愧足得])"
    "|会|會|能(?!不)|可以|得(?!不|已|了|意|益|而)|再|是|应|應|该|該|愿|願|准|许|許|允|支持|提供"
    "|包括|包含|含|参加|參加|出席|接受|同意|承认|承認|适用|適用|受理|存在|属于|屬於|需要|必(?!可少|要)"
    "|宜|符合|打算|考虑|考慮|认为|認為|相信|使用|收取|公开|公開|对外|對外|影响|影響|表示|计划|計劃|涉及"
    "|承担|承擔|负责|負責|予|开放|開放|代表|构成|構成|增加|获得|完成|知道|喜欢|喜歡"
    "|收(?!敛|缩|回)|外借|出借|出售|零售|退款|接待|举办|設立|设立)"
    "|(?<=未)(?:(?<=[并並尚从從]未)|(?<![方从從前闻聞所]未)(?=能|曾|获|獲|出|参|參|见|見|受|达|達|完|发|發"
    "|被|表|披|公|通|收|到|作|做|对|對|提|取|予|在|支|计|計|包|造|影|改|设|設|使|用|向|与|與|签|簽|批|报|報"
    "|登|接|实|實|将|將))"
    "|(?<=[没沒])(?<![沉淹出埋湮吞覆罚罰隐隱][没沒])(?:有|能|人|想|让|讓|再)"
    "|(?<=[无無])(?:一(?![例外二])|人(?!机)|须|需|法|人能|权|權|力|意(?!识|識|间|間|中)|(?<=[毫并並][无無]))"
    "|(?<=[并並绝絕]非)|(?<=[严嚴]禁)|(?<=禁)止|(?<=[切请請]勿))"
)
TWICE_DENIED = pattern(
    "不(?:能|可|会|會|得)不|[无無没沒](?:有)?[^，。；]{0,6}(?:不|就没|便没)|[不未没沒无無][^，。；！？]{0,8}[不莫无無没沒]"
    "|(?:前所|史上|世所|闻所|聞所|见所|見所|从)未(?:有|闻|聞|见|見)|不得而知|不(?:能|要|可)(?:忘|错过|錯過)"
    "|从(?:未|不|来不|没)(?:缺|中断|间断|停|放弃|忘|离开|后悔|失约|迟到)|不[^，。]{1,20}，?而是|不(?:是|再是)|不容|不[一-鿿]反[一-鿿]|(?:还|尚)没有|没有[之比]|莫不|有没有|是不是|能不能|会不会"
)
"""What is denied and affirmed in one, or only set off against something."""
CHINESE_QUESTION = pattern("[？?吗嗎]|[难難]道|(?<!任)何")
ENGLISH_ANSWER = pattern(
    r"\b(?:not|no(?!\. ?\d)|nor|non|nil|never|none|neither|nothing|nobody|nowhere|cannot"
    r"|without|unless|except\w*|exclu\w*|exempt\w*|fail\w*|lack\w*|miss(?:ed|ing|es)?|lost|lose[sr]?|losing|avoid\w*"
    r"|prevent\w*|stop\w*|ceas\w*|halt\w*|suspend\w*|cancel\w*|declin\w*|refus\w*|reject\w*"
    r"|den(?:y|ie[sd]|ial)|forb[ia]d\w*|prohibit\w*|ban(?:s|ned)?|bar(?:s|red)?|veto\w*|abandon\w*"
    r"|waiv\w*|omit\w*|spar(?:e[sd]?|ing)|free|zero|little|few|fewer|less|hardly|scarcely|barely|rarely"
    r"|seldom|yet|instead|rather|otherwise|absen\w*|negative\w*|unchanged|independent\w*|regardless"
    r"|despite|immune|beyond|too|withh?\w+ld|withdr\w*|wrong\w*|hard|difficult\w*|impossible|doubt\w*"
    r"|error\w*|gone|incompatib\w*|differ\w*|at most|lock(?:s|ed|ing)?|abort\w*|broken|bad"
    r"|far from|short of|out of|away|abolish\w*|scrap\w*|discontinu\w*|off-limits|only|alone"
    r"|ever|any(?:one|thing)?|okay|identical|arbitrary|disjoint|suppress\w*|ignor\w*|skip\w*"
    r"|discard\w*|hid(?:e|es|den|ing)|malformed|obsolete|spurious|disclaim\w*|discourag\w*"
    r"|deactivat\w*|removed?|issues?|accident\w*"
    r"|un(?!i(?:t|v|o|q|f)|der|til|less|veil)\w{3,}|non-?\w+|mis(?!sion|sile|ter)\w{4,}|[a-z]+less(?:ly)?"
    r"|in(?:exist|commensur|compatib|applicab|accura|acti|adequa|abil|capab|complete|correct|direct|effecti|eligib|evitab|sufficien|valid|visib"
    r"|consisten|convenien|appropria|accessib|defin|tangib|separab|dispens)\w*"
    r"|im(?:mature|perfect|mobil|parti|patien|proper)\w*|ir(?:regular|relevan|revers|respons)\w*|illeg\w*"
    r"|dis(?:abl|agree|allow|appear|approv|continu|like|miss|qualif|regard|satisf|trust|connect)\w*)\b"
    r"|n['’]t\b|free\b",
    re.IGNORECASE,
)
ANSWERS_TO_CHINESE = _table(
    (
        "不再",
        r"\b(?:in place of|replac\w+|succe\w+|former\w*|end\w*|hand\w*|step\w*|retir\w*|drop\w*)",
    ),
    (
        "[尚从從还還]未|[没沒]有?|未",
        r"\b(?:behind|stay\w*|still|remain\w*|await\w*|pending|before|until)\b",
    ),
    ("不能|[无無]法|未能|[没沒]能", r"\b(?:prevent|defy|defies|from|unable|over|instead|away)\b"),
    (
        "[不禁勿]",
        r"\b(?:must|limit\w*|maximum|off|within|keep|kept|remain\w*|stay\w*|left|clos\w+)\b",
    ),
    (
        "不(?:是|包|含|对|在)",
        r"\b(?:other|but|different\w*|outside|out|besides|more than|internal)\b",
    ),
    ("不(?:受|影)", r"\b(?:still|even|however|whatever|whether|immun\w*)\b"),
    ("不(?:开|開|收|公)", r"\b(?:closed?|private|confidential|internal)\b"),
)


def is_english_denial_lost(english: str, chinese: str) -> bool:
    """Tell whether an English text has a plain denial, and the Chinese one no answer to it."""
    denials = ENGLISH_DENIAL.findall(english)
    if not denials:
        return False
    if _is_contrast_lost(chinese) or (NOT_ONE.search(english) and not DENIED.search(chinese)):
        return True
    if NON_PROFIT.search(english):
        chinese = CHINESE_NON_PROFIT.sub("", chinese)
    if _is_loss_affirmed(english, chinese) or _are_both_affirmed(english, chinese):
        return True
    answers = _answers(chinese)
    if len(answers) >= len(denials):
        return False
    if not answers and _is_unanswered_in_chinese(english, chinese):
        return True
    return any(
        not _answers(other) and _is_unanswered_in_chinese(one, other)
        for one, other in _in_sentences(english, chinese)
    )


def is_chinese_denial_lost(chinese: str, english: str) -> bool:
    """Tell whether a Chinese text has a plain denial, and the English one no answer to it."""
    if not CHINESE_DENIAL.search(chinese) and not CONTRAST.search(chinese):
        return False
    return _is_unanswered_in_english(chinese, english) or any(
        _is_unanswered_in_english(one, other)
        for other, one in _in_sentences(english, chinese)
        if not CONDITION.match(one)
    )


CONDITION = pattern("[“ ]?(?:如果|若|如|假如|一旦|倘若)")
"""A sentence that takes up the one before, which may say it with ``if so``."""
NOT_ONE = pattern(r"(?i)\bnot a single\b")
DENIED = pattern("[不未无没零非]|绝无|从来")
LOST_CONTRAST = pattern("是因为[^，。；]{1,20}，[^。；]{0,16}而是因为")


def _is_contrast_lost(chinese: str) -> bool:
    """Tell whether 而是 follows on 是 instead of 不是."""
    found = LOST_CONTRAST.search(chinese)
    return found is not None and not DENIED.search(
        chinese, max(0, found.start() - 3), found.start()
    )


NON_PROFIT = pattern(r"(?i)\bnon-?(?:profit|governmental)")
CHINESE_NON_PROFIT = pattern("非(?:营|盈|政|牟)(?:利|府)(?:性)?")
"""It says what ``non-profit`` says, and answers no other denial."""


# ---------------------------------------------------------------- sentence by sentence

ENGLISH_STOP = pattern(r"(?<![A-Z])[.!?]+[”’\"')]*\s+(?=[A-Z“‘\"'(])")
SPEAKER = "[^。！？，]{1,14}(?:说|表示|指出|介绍|强调|道|称|坦言|回忆|告诉[^。，]{1,8})[。，：]"
CHINESE_STOP = pattern(rf"[。！？]+(?:(?![。！？”’）]|\Z)|[”’）]+(?!{SPEAKER}|\Z))")


def _in_sentences(english: str, chinese: str) -> Sequence[tuple[str, str]]:
    """Return each sentence beside its translation, if there are as many."""
    ones, others = ENGLISH_STOP.split(english), CHINESE_STOP.split(chinese)
    return tuple(zip(ones, others, strict=True)) if len(ones) == len(others) else ()


def _is_unanswered_in_chinese(english: str, chinese: str) -> bool:
    """Tell whether a plain denial has no answer, if no word of the Chinese text denies."""
    if not ENGLISH_DENIAL.search(english) or SAID_POSITIVELY.search(english):
        return False
    if "?" in english and COUNTER_QUESTION.search(english):
        return False
    return not _has_answer(english, chinese, ANSWERS_TO_ENGLISH)


def _answers(chinese: str) -> Sequence[str]:
    """Return what may answer a denial."""
    if not CHINESE_ANSWER.search(chinese):
        return ()
    return CHINESE_ANSWER.findall(NO_CHINESE_DENIAL.sub("", chinese))


NO_LOSS = pattern(
    r"(?i)\b(?:nobody|no one|no \w+|none|never|not|neither)(?: \w+)? (?:los|forfeit)\w+"
)
LOSS = pattern("[丧喪][失亡]|失去")
DENYING = frozenset("不未没沒无無免避勿莫非")


def _is_loss_affirmed(english: str, chinese: str) -> bool:
    """Tell whether what nobody loses is lost in Chinese, whose word for it denies by itself."""
    if not NO_LOSS.search(english):
        return False
    clauses = [clause for clause in re.split("[，；：]", chinese) if LOSS.search(clause)]
    return bool(clauses) and all(DENYING.isdisjoint(clause) for clause in clauses)


NEITHER_NOR = pattern(
    r"\b(?:contain|ha[sd]|have|include|use|need|emit|produce|require|want|eat|drink)\w*"
    r" neither [\w -]+ nor\b"
)
BOTH = pattern(
    "(?:含|有|用|需|要|吃|喝|包括|使用|需要|产生|排放)[^，。；、]{1,12}[和与與及][^，。；]+"
)


def _are_both_affirmed(english: str, chinese: str) -> bool:
    """Tell whether ``neither … nor`` has become a plain ``both … and``."""
    if not NEITHER_NOR.search(english):
        return False
    clauses = [clause for clause in re.split("[，；：]", chinese) if BOTH.search(clause)]
    return bool(clauses) and not any(map(_answers, clauses))


CONTRAST = pattern("(?<!是)不(?:仅|僅)?是(?!不)[^，。；？！]{1,20}，?而是")
CONTRASTED = pattern(r"(?i)\b(?:but|more|actual\w*|really|in fact|true|real)\b|[—–]| than ")


def _is_unanswered_in_english(chinese: str, english: str) -> bool:
    is_denied = bool(CHINESE_DENIAL.search(chinese))
    if CHINESE_QUESTION.search(chinese) or ENGLISH_DENIAL.search(english):
        return False
    if CONTRAST.search(chinese):
        return not ENGLISH_ANSWER.search(english) and not CONTRASTED.search(english)
    if not is_denied or TWICE_DENIED.search(chinese):
        return False
    if PLAIN_NOT.search(chinese):
        english = NON_WORD.sub("", english)
    return not ENGLISH_ANSWER.search(english) and not _has_answer(
        chinese, english, ANSWERS_TO_CHINESE
    )


PLAIN_NOT = pattern("[没沒]有|[并並从從尚]未")
NON_WORD = pattern(r"(?i)\bnon-\w+")
"""What such a word denies is another thing: ``non-performing`` is 不良."""


def _has_answer(text: str, other: str, table: Sequence[Answers]) -> bool:
    return any(denial.search(text) and answer.search(other) for denial, answer in table)
