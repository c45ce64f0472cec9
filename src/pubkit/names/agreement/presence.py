"""Does an accepted form of a term stand in a translation, or something that stands for it?"""

from pubkit.model import Term, TermKind
from pubkit.names.agreed_forms import Form, Place, places_of
from pubkit.names.agreement.texts import Texts
from pubkit.names.organizations.heads import head_of, heads_in_chinese
from pubkit.names.organizations.short_forms import has_first_word, is_referred_to
from pubkit.names.units import Units
from pubkit.names.vocabulary import is_english_word
from pubkit.patterns import pattern


def is_there(group: tuple[Term, ...], texts: Texts, *, is_new: bool = False) -> bool:
    """Tell whether one of several terms of one name stands in a translation as agreed.

    An acronym alone does not name what the source names in full, and names for the first time.
    """
    for term in group:
        for place in texts.places_of(term):
            if is_new and _is_only_an_acronym(place, term, texts):
                continue
            if term.kind is not TermKind.ORGANIZATION or not _is_any(place, texts):
                return True
    return any(
        _is_within_a_place(form, term, texts)
        for term in group
        for form, _written in texts.agreement.forms(term)
    )


def _is_only_an_acronym(place: Place, term: Term, texts: Texts) -> bool:
    """Tell whether a Chinese text has three Latin letters for a name of several words."""
    if not texts.agreement.into_chinese or term.kind is not TermKind.ORGANIZATION:
        return False
    shown = texts.target.shown(place.start, place.end)
    return bool(ACRONYM.fullmatch(shown)) and len(texts.named_as(term).split()) > 2


ACRONYM = pattern(r"[A-Z]{3,8}")


def is_pointer(term: Term, texts: Texts) -> bool:
    """Tell whether the source says no more than the kind of a thing: 基金会, “the Foundation”."""
    form = ARTICLE.sub("", texts.named_as(term))
    span = texts.named[id(term)][1]
    if OFFICE_OF.search(texts.source, max(0, span.start - LONGEST_WORD), span.start):
        return False
    return (
        head_of(form) == form
        or POINTER.fullmatch(form) is not None
        or form.lower() in heads_in_chinese()
        or (form != texts.named_as(term) and form.islower())
    )


POINTER = pattern(
    "[该本我此贵两各][院校行馆所局社会司厂台部](?:方)?|[该本我此贵](?:公司|中心|集团|机构)"
)
ARTICLE = pattern(r"\A[Tt]he ")


def _is_any(place: Place, texts: Texts) -> bool:
    """Tell whether English words mean any of a kind: “a local university”, Ohio University."""
    if texts.agreement.into_chinese or place.end - place.start > 1:
        return False
    begin = texts.target.starts[place.start]
    before = texts.target.text[max(0, begin - LONGEST_WORD) : begin]
    pattern = INDEFINITE if texts.target.text[begin].islower() else OTHER_NAME
    return pattern.search(before) is not None


OTHER_NAME = pattern(r"(?<![\w-])(?!(?:The|Its|Our|This|That|At|In|Of) )[A-Z][a-z]+ \Z")
INDEFINITE = pattern(r"\b(?:[Aa]n?|[Aa]nother|[Ss]ome)(?: [a-z]+)? \Z")


def _is_within_a_place(form: Form, term: Term, texts: Texts) -> bool:
    """Tell whether a form stands within a longer one that is no other name of the source.

    北京大学 is not named where 北京大学深圳研究生院 is; but in 材料学院院长 the school is.
    """
    items, size = texts.target.items, len(form)
    for start in texts.target.places.get(form[0], ()):
        end = start + size
        if items[start:end] != form or not texts.target.is_whole(start, end):
            continue
        if term.kind is TermKind.ORGANIZATION and _is_any(Place(start, end, ()), texts):
            continue
        around = [place for place in texts.places if place.overlaps(start, end)]
        if not any(_is_other_name(place, texts) for place in around):
            return True
    return False


def _is_other_name(place: Place, texts: Texts) -> bool:
    return any(term.kind is not TermKind.TITLE and id(term) in texts.named for term in place.terms)


# ---------------------------------------------------------------- less than the name


def may_be_left_out(term: Term, texts: Texts, *, is_known: bool) -> bool:
    """Tell whether less than its name stands for a term, or nothing need."""
    if term.kind is TermKind.PLACE:
        if _is_abbreviated(term, texts):
            return True
        return _is_beside_a_place(term, texts) or not _leaves_a_trace(term, texts)
    if term.kind is TermKind.TERM:
        return False
    forms = texts.agreement.forms(term)
    if is_known and any(_ends_a_place(form, texts) for form, _written in forms):
        return True
    if is_known and (_is_told_by_an_office(term, texts) or _is_told_by_a_pronoun(term, texts)):
        return True
    if is_generic(term) and _is_part_of_a_name(term, texts):
        return True
    free = _without_other_names(term, texts)
    if not is_known:
        return any(has_first_word(form, free) for form, _written in forms)
    return is_referred_to(free, forms)


def _is_told_by_a_pronoun(term: Term, texts: Texts) -> bool:
    """Tell whether English says its, they or we for what Chinese only points to: 该行, 我校."""
    if texts.agreement.into_chinese:
        return False
    is_pointed_to = texts.named_as(term)[:1] in ("该", "本", "我", "此")
    return is_pointed_to and PRONOUN.search(texts.target.text) is not None


PRONOUN = pattern(r"\b(?i:its?|they|their|we|our|us)\b")


def _is_abbreviated(term: Term, texts: Texts) -> bool:
    """Tell whether one character stands for a place beside that of another: 粤港澳, 中美."""
    if not texts.agreement.into_chinese:
        return False
    short = SHORT_PLACES.get(term.target.removesuffix("省").removesuffix("市"))
    return short is not None and any(short in run for run in SHORT_RUN.findall(texts.target.text))


_SHORT_PLACES = """
    北京京 天津津 上海沪 重庆渝 河北冀 山西晋 辽宁辽 吉林吉 黑龙江黑 江苏苏 浙江浙
    安徽皖 福建闽 江西赣 山东鲁 河南豫 湖北鄂 湖南湘 广东粤 广西桂 海南琼 四川川
    贵州黔 云南滇 西藏藏 陕西陕 甘肃甘 青海青 宁夏宁 新疆疆 内蒙古蒙 香港港 澳门澳
    台湾台 深圳深 珠海珠 广州穗 中国中 美国美 英国英 法国法 德国德 日本日 韩国韩
    俄罗斯俄 印度印 意大利意 加拿大加 澳大利亚澳 欧洲欧 非洲非 越南越 泰国泰 老挝老
    新加坡新 马来西亚马 印度尼西亚印 哈萨克斯坦哈 蒙古蒙 巴西巴 以色列以
"""
SHORT_PLACES = {entry[:-1]: entry[-1] for entry in _SHORT_PLACES.split()}
SHORT_RUN = pattern(f"[{''.join(sorted({*SHORT_PLACES.values()}))}]{{2,}}")


def _is_told_by_an_office(term: Term, texts: Texts) -> bool:
    """Tell whether the office of a person says enough: 校党委书记严克勤 … 校长吕正远."""
    if not texts.agreement.into_chinese:
        return False
    start = texts.named[id(term)][1].start
    is_of_an_office = OFFICE_OF.search(texts.source, max(0, start - LONGEST_WORD), start)
    office = OFFICE_OF_A_HOUSE.search(texts.target.text) if is_of_an_office else None
    return office is not None and office[1] in texts.target.text[: office.start()]


OFFICE_OF = pattern(
    r"(?:President|Dean|Director|Rector|Chancellor|Principal|Chair\w*|Head|Secretary|Governor"
    r"|Advis[eo]r|Member|Manager|Fellow)(?: [A-Z][a-z]+)? (?:of|at|to) (?:the )?\Z"
)
OFFICE_OF_A_HOUSE = pattern(r"(?<![\u3400-\u9fff])副?([校院行馆所局社会司厂台])长")


def is_doubtful(term: Term, texts: Texts) -> bool:
    """Tell whether a free translation may do without the name: of common words, or by its head."""
    forms = texts.agreement.forms(term)
    return is_generic(term) or is_referred_to(_without_other_names(term, texts), forms)


def is_generic(term: Term) -> bool:
    """Tell whether a name is made of common words: Board of Directors, 董事会."""
    english = term.source if LATIN.search(term.source) else term.target
    words = LATIN.findall(english.lower())
    return all(is_english_word(word) or word in heads_in_chinese() for word in words)


LATIN = pattern(r"[A-Za-z]+")


def _is_part_of_a_name(term: Term, texts: Texts) -> bool:
    """Tell whether a common name is a part of one that nobody has agreed on: Stanford Library."""
    span = texts.named[id(term)][1]
    before = WORD_BEFORE.search(texts.source, max(0, span.start - LONGEST_WORD), span.start)
    if not before or any(other.end == before.end(1) for other in texts.covered):
        return False
    return before[1][0].isupper() and not is_english_word(before[1].lower())


WORD_BEFORE = pattern(r"\b([A-Za-z]+) \Z")
LONGEST_WORD = 40


def _leaves_a_trace(term: Term, texts: Texts) -> bool:
    """Tell whether a part of a place's name stands there: else the place was not worth saying."""
    free = _without_other_names(term, texts)
    units = {unit for form, _written in texts.agreement.forms(term) for unit in form}
    return any(unit in free.places for unit in units - KINDS_OF_PLACES)


KINDS_OF_PLACES = frozenset("省市县区州国岛山河湖镇村") | frozenset(
    ["province", "city", "county", "of", "district", "state", "island", "republic", "new", "town"]
)


def _ends_a_place(form: Form, texts: Texts) -> bool:
    """Tell whether a longer name ends in a form: 董事会 is named in 第七届董事会."""
    ends = {start + len(form) for start in places_of(form, texts.target)}
    return any(place.end in ends for place in texts.places)


def _without_other_names(term: Term, texts: Texts) -> Units:
    """Return the target without the names of other terms: they do not refer to this one."""
    taken = {
        place
        for found in texts.places
        if term not in found.terms and found.end - found.start > 1
        for place in range(found.start, found.end)
    }
    if not taken:
        return texts.target
    items = [OTHER if i in taken else item for i, item in enumerate(texts.target.items)]
    kept = "".join(items) if isinstance(texts.target.items, str) else tuple(items)
    return Units(kept, texts.target.starts, texts.target.ends, texts.target.text)


OTHER = "\ufffc"


def _is_beside_a_place(term: Term, texts: Texts) -> bool:
    """Tell whether a place only says where another one is: “Wuxi, China”, 江苏无锡."""
    span = texts.named[id(term)][1]
    others = (
        other_span
        for other, other_span in texts.named.values()
        if other.kind is TermKind.PLACE and other_span != span
    )
    pairs = ((other, span) if texts.agreement.into_chinese else (span, other) for other in others)
    gaps = (texts.source[small.end : large.start] for small, large in pairs)
    return any(gap and len(gap) <= len(", ") and not gap.strip(" ,，、") for gap in gaps)
