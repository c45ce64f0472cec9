"""Offices, ranks and titles in English and in Chinese, and whether one renders the other.

An office is modifiers and a base: 常务副校长 is 常务 and 副 before 校长, ``Executive Vice
President`` is two modifiers before ``President``. The base has a set of renderings, the modifiers
have to be the same: a vice president made president is the gravest slip of all.

What the words mean stands in ``data/offices.tsv`` and ``data/modifiers.tsv``. Who holds an office
is no matter of this module.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise, zip_longest

from pubkit.model import Span
from pubkit.patterns import pattern
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A Chinese office taken apart: 常务副校长 is 校长 with 常务 and 副."""

    base: str
    modifiers: frozenset[str] = frozenset()
    field: str = ""
    """What has to stand before the base: 财务 for a chief financial officer, 财务总监."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to understand an English office: modifiers, and what the rest may be in Chinese."""

    modifiers: frozenset[str]
    renderings: frozenset[Form]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office in an English text."""

    span: Span
    text: str
    base: str
    """The base in the singular and in small letters: ``dean``, ``secretary general``."""
    modifiers: frozenset[str]
    """As the lexicon writes them: ``vice``, ``former``."""
    senses: tuple[Sense, ...] = field(repr=False)
    is_plural: bool
    is_capitalized: bool
    is_common: bool
    """Whether it is an ordinary noun too (``member``, ``engineer``): a free translation may
    paraphrase it."""
    is_plain: bool = False
    """Whether it only says what a person is: ``farmer``, ``student``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HanOffice:
    """An office in a Chinese text, modifiers included."""

    span: Span
    text: str
    form: Form
    is_body: bool = False
    """Whether it is part of the name of a body or a thing: 校长办公室, 主席台."""
    is_common: bool = False
    """Whether it is nothing but an ordinary noun: 作家, 专家."""
    is_plain: bool = False
    """Whether it only says what a person is: 农民."""
    before: str = ""
    """What stands right before the base."""


# ---------------------------------------------------------------- comparing


def is_rendering(office: Office, han: HanOffice | Form) -> bool:
    """Tell whether a Chinese office renders an English one, modifiers and all."""
    form = han if isinstance(han, Form) else han.form
    before = None if isinstance(han, Form) else han.before
    return any(
        rendering.base == form.base
        and rendering.modifiers <= form.modifiers
        and (before is None or is_of_field(rendering, sense, before))
        and are_same_modifiers(sense.modifiers, form.modifiers - rendering.modifiers, form.base)
        for sense in office.senses
        for rendering in sense.renderings
    )


def is_of_field(rendering: Form, sense: Sense, before: str) -> bool:
    """Tell whether a base is not plainly of another field: 市场总监 is no financial officer."""
    if rendering.field in before:
        return True
    fields = _bases().fields
    if not any(before[-length:] in fields for length in FIELD_LENGTHS):
        return True
    return any(other.field and other.field in before for other in sense.renderings)


def is_field(text: str) -> bool:
    """Tell whether a text is what the lexicon knows to stand before an office: 财务."""
    return text in _bases().fields


def is_same_base(office: Office, han: HanOffice | Form) -> bool:
    """Tell whether a Chinese office may render an English one but for the modifiers."""
    form = han if isinstance(han, Form) else han.form
    return any(
        rendering.base == form.base for sense in office.senses for rendering in sense.renderings
    )


def are_same_modifiers(english: Iterable[str], chinese: Iterable[str], base: str) -> bool:
    """Tell whether each modifier has its counterpart on the other side."""
    one, other = frozenset(english), frozenset(chinese)
    return not lost_modifiers(one, other, base) and not added_modifiers(one, other, base)


def lost_modifiers(english: Iterable[str], chinese: Iterable[str], base: str) -> frozenset[str]:
    """Return the English modifiers without a counterpart in Chinese."""
    there = frozenset(chinese)
    return frozenset(
        modifier
        for modifier in english
        if not modifier_renderings(modifier, base) & there and modifier not in _modifiers().free
    )


def added_modifiers(english: Iterable[str], chinese: Iterable[str], base: str) -> frozenset[str]:
    """Return the Chinese modifiers without a counterpart in English."""
    words, there = frozenset(english), frozenset(chinese)
    explained = frozenset().union(*(modifier_renderings(modifier, base) for modifier in words))
    if there >= {"协理", "副"} and len(words & SECOND_IN_RANK) < 2:
        explained -= {"副"}
    return there - explained - _modifiers().free


SECOND_IN_RANK = frozenset(["vice", "deputy", "associate", "assistant", "under", "sub", "pro"])
ACADEMIC_RANKS = frozenset(["教授", "研究员", "工程师", "讲师", "馆员", "教练"])


def modifier_renderings(modifier: str, base: str = "") -> frozenset[str]:
    """Return what may render an English modifier before a Chinese base.

    An assistant dean may be 副院长, an assistant professor is never 副教授.
    """
    renderings = _modifiers().renderings.get(modifier, frozenset())
    if modifier == "assistant" and base not in ACADEMIC_RANKS:
        return renderings | {"副"}
    return renderings


def english_modifiers_for(chinese: str) -> frozenset[str]:
    """Return the English modifiers that a Chinese one may render."""
    renderings = _modifiers().renderings
    return frozenset(english for english, forms in renderings.items() if chinese in forms)


COMMONEST = {
    **dict.fromkeys(["vice", "deputy", "associate"], "副"),
    "former": "前",
    "honorary": "名誉",
    "acting": "代理",
}


def mended_rendering(office: Office, han: HanOffice) -> str | None:
    """Return what a Chinese office should be, if it has only lost or won a modifier."""
    if not is_same_base(office, han):
        return None
    lost = lost_modifiers(office.modifiers, han.form.modifiers, han.form.base)
    added = added_modifiers(office.modifiers, han.form.modifiers, han.form.base)
    text = han.text
    for modifier in added:
        if text.count(modifier) != 1:
            return None
        text = text.replace(modifier, "")
    if len(lost) > 1 or not lost <= COMMONEST.keys():
        return None
    text = COMMONEST[next(iter(lost))] + text if lost else text
    form = read_han_office(text) if text != han.text else None
    return text if form and is_rendering(office, form) else None


# ---------------------------------------------------------------- the lexicon


def _rows(name: str) -> Iterator[tuple[list[str], list[str]]]:
    text = (files("pubkit.names") / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            english, _tab, chinese = line.partition("\t")
            yield english.split(";"), [form for form in chinese.split(";") if form]


@dataclass(frozen=True, slots=True)
class _Modifiers:
    renderings: Mapping[str, frozenset[str]]
    """What may render each English modifier."""
    free: frozenset[str]
    """Those of both languages that may come or go."""
    tokens: Mapping[tuple[str, ...], str]
    chinese: frozenset[str]


@cache
def _modifiers() -> _Modifiers:
    renderings: dict[str, frozenset[str]] = {}
    free: set[str] = set()
    strict: set[str] = set()
    for english, chinese in _rows("modifiers.tsv"):
        is_free = english[0].startswith("~")
        for form in (word.removeprefix("~") for word in english):
            renderings[form] = renderings.get(form, frozenset()) | frozenset(chinese)
            if is_free:
                free.add(form)
        (free if is_free else strict).update(chinese)
    return _Modifiers(
        renderings,
        frozenset(free - strict | {"时任"}),
        {tuple(form.split()): form for form in renderings},
        frozenset(form for forms in renderings.values() for form in forms),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Base:
    name: str
    renderings: frozenset[Form]
    is_plural: bool
    is_common: bool
    is_plain: bool
    """Whether it says what a person is, and no more: nothing that stands before it is a rank."""


@dataclass(frozen=True, slots=True)
class _Bases:
    by_first_word: Mapping[str, Sequence[tuple[tuple[str, ...], _Base]]]
    """The words of each English base, longest first."""
    forms: Mapping[str, Form]
    """Every Chinese form of the lexicon, taken apart."""
    common: frozenset[str]
    """Chinese bases that are ordinary nouns only."""
    plain: frozenset[str]
    """Those of them that only say what a person is."""
    fields: frozenset[str]
    """What may stand before a base and tells of what it is: 财务."""
    heads: frozenset[str]
    """The words with which English bases begin."""


@cache
def _bases() -> _Bases:
    rows = list(_rows("offices.tsv"))
    forms = _take_apart({form.lstrip("~") for _english, chinese in rows for form in chinese})
    entries: dict[tuple[str, ...], _Base] = {}
    for english, chinese in rows:
        renderings = frozenset(forms[form.lstrip("~")] for form in chinese)
        is_common, is_plain = (english[0].startswith(mark) for mark in ("~", "~~"))
        for name in (form.lstrip("~") for form in english):
            for words, is_plural in _numbers(tuple(WORD.findall(name))):
                before = entries[words].renderings if words in entries else frozenset()
                entries[words] = _Base(name, renderings | before, is_plural, is_common, is_plain)
    by_first_word: dict[str, list[tuple[tuple[str, ...], _Base]]] = {}
    for words in sorted(entries, key=len, reverse=True):
        by_first_word.setdefault(words[0], []).append((words, entries[words]))
    every = frozenset(form.base for form in forms.values())
    offices, ranked = (
        {
            form
            for english, chinese in rows
            if not english[0].startswith(mark)
            for form in chinese
            if form in forms and forms[form].base == form
        }
        for mark in ("~", "~~")
    )
    fields = frozenset(form.field for form in forms.values())
    heads = frozenset(by_first_word)
    return _Bases(by_first_word, forms, every - offices, every - ranked, fields, heads)


def _numbers(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield the singular and the plural of an office."""
    yield words, False
    head = 0 if FIRST_WORD_INFLECTS & set(words[1:]) else -1
    plural = _plural(words[head])
    yield ((plural, *words[1:]) if head == 0 else (*words[:-1], plural)), True


FIRST_WORD_INFLECTS = frozenset(["of", "in", "general", "affaires"])


def _plural(word: str) -> str:
    if word.endswith("man"):
        return f"{word[:-3]}men"
    if word.endswith("y") and word[-2] not in "aeou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("ss", "ch", "x")) else f"{word}s"


UNITS = frozenset("系室科处院部会局厅馆")
"""A base after one of these is the base: 系主任 is a 主任."""


BROAD = frozenset(["成员", "队员", "人员", "会员"])
"""Bases that say too little of what ends in them: a 仲裁庭成员 is not any 成员."""


def _take_apart(forms: set[str]) -> dict[str, Form]:
    """Return each form as modifiers and a base; what names a department is left off."""
    modifiers = _modifiers().chinese

    def taken(form: str) -> Form:
        if form.startswith("首席") and form.endswith("官"):
            return Form(form)
        for length in range(len(form) - 1, 0, -1):
            head, rest = form[:length], form[length:]
            if rest in forms:
                inner = taken(rest)
                if head in modifiers:
                    return Form(inner.base, inner.modifiers | {head})
        for start in range(1, len(form) - 1):
            rest = form[start:]
            if rest in forms and rest not in BROAD and (start > 1 or form[0] in UNITS):
                return replace(taken(rest), field=form[:start])
        return Form(form)

    return {form: taken(form) for form in forms}


# ---------------------------------------------------------------- English


WORD = pattern(r"[^\W\d_\u3400-\u9fff]+")
SEPARATORS = frozenset([" ", "-", "\u2010", "\u2011", "\u00a0", ". ", ".", ".-", "\n", "'", "’"])
SUFFIXES = frozenset(["elect", "designate", "nominee", "emeritus", "emerita", "laureate"])

Words = Sequence[tuple[str, int, int]]


@lru_cache(maxsize=1024)
def find_offices(english: str) -> tuple[Office, ...]:
    """Return the offices in an English text, longest first where they overlap, in order."""
    by_first_word = _bases().by_first_word
    text = english.lower()
    if not _heads_in(english) or len(text) != len(english):
        return ()
    words = _words_of(text)
    found: list[Office] = []
    end = 0
    for index in [at for at, word in enumerate(words) if word[0] in by_first_word]:
        entry = _base_at(english, words, index) if index >= end else None
        if entry and not _is_verb(english, words, index):
            base, end = entry
            start = index if base.is_plain else _modifiers_before(english, words, index, found)
            end = _suffix_after(english, words, end)
            found.append(_office(english, words, (start, index, end), base))
    return tuple(found)


LETTERS = pattern("[a-zé]+")


@lru_cache(maxsize=1024)
def _heads_in(english: str) -> frozenset[str]:
    """Return the words of a text with which an office may begin."""
    return _bases().heads.intersection(LETTERS.findall(english.lower()))


def _words_of(text: str) -> Words:
    """Return the words with their places; to look for them again is faster than matches are."""
    words = []
    end = 0
    for word in WORD.findall(text):
        start = text.find(word, end)
        end = start + len(word)
        words.append((word, start, end))
    return words


def may_name_offices(english: str) -> bool:
    """Tell at little cost whether there may be an office that is more than an ordinary noun."""
    return any(
        head not in _common_heads() or head.capitalize() in english or head.upper() in english
        for head in _heads_in(english)
    )


@cache
def _common_heads() -> frozenset[str]:
    """Return the words that only ordinary nouns begin with: ``member``."""
    return frozenset(
        head
        for head, bases in _bases().by_first_word.items()
        if all(base.is_common for _words, base in bases)
    )


def _base_at(english: str, words: Words, index: int) -> tuple[_Base, int] | None:
    """Return the longest base that begins with a word, and the index after its last word."""
    following = words[index + 1][0] if index + 1 < len(words) else ""
    for parts, base in _bases().by_first_word[words[index][0]]:
        end = index + len(parts)
        if len(parts) > 1 and (
            parts[1] != following or not _is_phrase(english, words[index:end], parts)
        ):
            continue
        if _is_cut_short(words, index, end) or _is_modifier_of_next(english, words, index, end):
            continue
        return (len(parts) == 1 and _chief_officer(words, index)) or (base, end)
    return None


CHIEF = Form("首席官")
"""A chief officer of something that the lexicon does not know."""


def _chief_officer(words: Words, index: int) -> tuple[_Base, int] | None:
    """Return a chief officer of what the lexicon does not know: ``Chief Wine Officer``."""
    if words[index][0] != "chief":
        return None
    following = [word for word, _start, _end in words[index + 2 : index + 5]]
    if "officer" not in following:
        return None
    base = _Base(
        "chief officer", frozenset([CHIEF]), is_plural=False, is_common=False, is_plain=False
    )
    return base, index + 3 + following.index("officer")


def _is_cut_short(words: Words, index: int, end: int) -> bool:
    """Tell whether a longer office begins within: ``Secretary General`` in ``Deputy Secretary``."""
    tokens = _modifiers().tokens
    return any(
        (words[at - 1][0],) in tokens
        and len(parts) > end - at
        and tuple(word for word, _start, _end in words[at : at + len(parts)]) == parts
        for at in range(index + 1, end)
        for parts, _base in _bases().by_first_word.get(words[at][0], ())
    )


VERBS = frozenset(
    [
        "chair",
        "head",
        "judge",
        "coach",
        "host",
        "partner",
        "anchor",
        "pilot",
        "captain",
        "tutor",
        "author",
        "master",
        "mentor",
        "guide",
        "champion",
        "engineer",
        "marshal",
        "usher",
        "steward",
    ]
)
MODALS = frozenset(
    [
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "shall",
        "should",
        "must",
        "did",
        "does",
        "do",
        "cannot",
        "jointly",
    ]
)
SUBJECTS = frozenset(["to", "who", "which", "he", "she", "they", "and", "that"])
DETERMINERS = frozenset(
    ["the", "a", "an", "its", "his", "her", "their", "our", "this", "that", "both", "all", "it"]
)


def _is_verb(english: str, words: Words, index: int) -> bool:
    """Tell whether a word says what somebody does: ``who will chair the panel``."""
    word, start, _end = words[index]
    is_plural = word.endswith("s")
    if not index or word.removesuffix("s") not in VERBS or english[start].isupper():
        return False
    before = words[index - 1][0]
    after = words[index + 1][0] if index + 1 < len(words) else ""
    if after in DETERMINERS and (is_plural or before in SUBJECTS):
        return True
    return before in MODALS and not is_plural


def _is_phrase(english: str, words: Words, parts: tuple[str, ...]) -> bool:
    return tuple(word for word, _start, _end in words) == parts and all(
        english[one[2] : two[1]] in SEPARATORS for one, two in pairwise(words)
    )


def _is_modifier_of_next(english: str, words: Words, index: int, end: int) -> bool:
    """Tell whether the word changes the office behind it: ``Executive Vice President``."""
    if _is_assistant_to(words, index) or _is_rank_of_next(english, words, index):
        return True
    tokens = _modifiers().tokens
    at = index
    while at + 1 < len(words) and (words[at][0],) in tokens:
        if english[words[at][2] : words[at + 1][1]] not in (" ", "-", "\u00a0"):
            return False
        at += 1
        if at >= end and words[at][0] in _bases().by_first_word and _base_at(english, words, at):
            return end - index == 1
    return False


RANKS = frozenset(["principal", "chief"])
LONGEST_FIELD = 3


def _is_rank_of_next(english: str, words: Words, index: int) -> bool:
    """Tell whether a field and its office follow a rank: ``Principal Acoustic Engineer``."""
    if words[index][0] not in RANKS or not english[words[index][1]].isupper():
        return False
    for at in range(index + 1, min(index + 2 + LONGEST_FIELD, len(words))):
        gap = english[words[at - 1][2] : words[at][1]]
        if gap not in (" ", "-", "\u00a0") or not english[words[at][1]].isupper():
            return False
        if at > index + 1 and words[at][0] in EXPERTS:
            return True
    return False


EXPERT_WORDS = """
    engineer scientist architect designer analyst consultant researcher economist geologist chemist
    physicist biologist adviser advisor strategist developer planner technician inspector surveyor
"""
EXPERTS = frozenset(EXPERT_WORDS.split())


def _is_assistant_to(words: Words, index: int) -> bool:
    """Tell whether the office of another follows: ``Assistant to the President``."""
    return words[index][0] == "assistant" and any(
        word in _bases().by_first_word and words[index + 1][0] == "to"
        for word, _start, _end in words[index + 3 : index + 5]
    )


def _modifiers_before(english: str, words: Words, index: int, found: Sequence[Office]) -> int:
    """Return the index of the first of the modifiers before a base."""
    tokens = _modifiers().tokens
    floor = found[-1].span.end if found else 0
    start = index
    while start and english[words[start - 1][2] : words[start][1]] in SEPARATORS:
        one, two = (tuple(word[0] for word in words[start - n : start]) for n in (1, 2))
        if two == ("to", "the") and start > 2 and words[start - 3][0] == "assistant":
            return start - 3
        if len(two) == 2 and two in tokens and words[start - 2][1] >= floor:
            start -= 2
        elif one in tokens and words[start - 1][1] >= floor and not _is_place(words, start):
            start -= 1
        else:
            break
    return _modifier_apart(english, words, start, floor)


def _is_place(words: Words, start: int) -> bool:
    """Tell whether ``under`` is no rank: ``under Professor Li``, not ``Under Secretary``."""
    return words[start - 1][0] == "under" and not words[start][0].startswith("secretar")


RANKS_APART = "vice deputy associate assistant former acting honorary interim principal"
APART_IN_ENGLISH = frozenset(RANKS_APART.split())


def _modifier_apart(english: str, words: Words, start: int, floor: int) -> int:
    """Return the index of a modifier before other words of an office: ``Vice Finance Director``."""
    for at in range(start - 1, max(-1, start - 5), -1):
        if words[at][1] < floor or english[words[at][2] : words[at + 1][1]] != " ":
            break
        if words[at][0] in APART_IN_ENGLISH:
            return at
        if not english[words[at][1]].isupper():
            break
    return start


def _suffix_after(english: str, words: Words, end: int) -> int:
    is_suffix = (
        end < len(words)
        and words[end][0] in SUFFIXES
        and english[words[end - 1][2] : words[end][1]] in SEPARATORS
    )
    return end + 1 if is_suffix else end


def _office(english: str, words: Words, place: tuple[int, int, int], base: _Base) -> Office:
    start, middle, end = place
    span = Span(words[start][1], words[end - 1][2])
    forms = tuple([word for word, _start, _end in words[start:end]])
    modifiers, senses = _meaning(forms, middle - start, base)
    return Office(
        span=span,
        text=english[span.start : span.end],
        base=base.name,
        modifiers=modifiers,
        senses=senses,
        is_plural=base.is_plural,
        is_capitalized=english[words[middle][1]].isupper(),
        is_common=base.is_common,
        is_plain=base.is_plain,
    )


def _modifier_names(words: Sequence[str]) -> frozenset[str]:
    tokens = _modifiers().tokens
    names: set[str] = set()
    at = 0
    while at < len(words):
        length = 2 if tuple(words[at : at + 2]) in tokens and at + 2 <= len(words) else 1
        names.update([tokens[part]] if (part := tuple(words[at : at + length])) in tokens else [])
        at += length
    return frozenset(names)


@lru_cache(maxsize=4096)
def _meaning(
    words: tuple[str, ...], middle: int, base: _Base
) -> tuple[frozenset[str], tuple[Sense, ...]]:
    """Return the modifiers and the senses of the words of an office, whose base is in the middle.

    The senses of the same words are the same object: what renders them is asked once.
    """
    after = {words[-1]} & SUFFIXES if len(words) - middle > 1 else frozenset()
    modifiers = _modifier_names(words[:middle]) | after
    return modifiers, tuple(_senses(words, modifiers, base))


def _senses(words: Sequence[str], modifiers: frozenset[str], base: _Base) -> Iterator[Sense]:
    """Yield an office as the lexicon has it, and with the modifiers that its base begins with."""
    yield Sense(modifiers, base.renderings)
    parts = [word for word in words if word not in SUFFIXES]
    for at in range(1, len(parts)):
        entries = _bases().by_first_word.get(parts[at], ())
        rest = next((entry for forms, entry in entries if forms == tuple(parts[at:])), None)
        head = parts[:at]
        if rest and (names := _modifier_names(head)):
            suffixes = frozenset(modifiers & SUFFIXES)
            sense = Sense(names | suffixes, rest.renderings)
            if sense.modifiers != modifiers:
                yield sense


# ---------------------------------------------------------------- Chinese


NOT_AN_OFFICE = (
    r"(?!级(?!教练)|制(?!作)|(?<=长)(?:期|远|久|年|度|途|廊|春征|征|短|城|假|尾|足|跑|存|效|\d|约\d"
    r"|大(?!会|使)|达(?=[成到\d一二三四五六七八九十两数几百千半多近])|沙(?=[市县区]|[，。、；]|\Z)))"
)
BODY_BEHIND = pattern(
    r"办公|办(?!事|理)|会议|论坛|峰会|联席|联盟|奖(?!得)|职务|职位|职称|团(?!队)|台|处(?!处)|热线|府"
    r"|选举|大选|任期|岗位|室|杯|们的"
)
AFTER_BASE = {
    "博士": r"(?!生|后|学|点|研|论|毕|项|班|课|培|站|伦)",
    "院士": r"(?!增|工作站|大会|制度|候选|专家)",
    "教授": r"(?!课|了|学生|给|汉|中文|英|与学)",
    "书记": r"(?!录|载|者|得)",
    "董事": r"(?!会|局|长)",
    "理事": r"(?!会|国|单位|长)",
    "委员": r"(?!会|长)",
    "秘书": r"(?!处|长)",
    "经理": r"(?!人|层)",
    "主席": r"(?!团|台|国|单位)",
    "排长": r"(?!队)",
    **dict.fromkeys(["学生", "大学生"], r"(?![物态命活产涯殖理医存])"),
    "研究生": r"(?![院物态命产])",
    "会长": r"(?!沙|春)",
    "医生": r"(?!们)",
    "代表": r"(?!团|作|性|着|了|大会|处|队)",
}


ANY_CHIEF = r"席(?:(?![兼和与及家师])[\u4e00-\u9fffA-Z]){1,7}?官(?!员)"
"""首席增长官: who is so called is no simple 首席, whatever the lexicon knows."""


@cache
def _han_pattern() -> re.Pattern[str]:
    """Return all Chinese forms as one pattern: by their first characters, fast to rule out."""
    by_first: dict[str, list[str]] = {"首": [ANY_CHIEF]}
    for form, parts in sorted(_bases().forms.items(), key=lambda item: (-len(item[0]), item[0])):
        is_whole = len(form) == len(parts.base) + sum(map(len, parts.modifiers))
        is_whole = is_whole or form.startswith(("董事", "顾问", "高级顾问"))
        if not form.isascii() and is_whole:  # 主任 is found in 护理部主任 anyway
            wanted = form[1:] + AFTER_BASE.get(_bases().forms[form].base, "")
            wanted += r"(?![任席编管持])" if form[-1] == "主" else ""
            by_first.setdefault(form[0], []).append(wanted)
    groups = (f"{first}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return pattern(rf"(?:{'|'.join(groups)}){NOT_AN_OFFICE}")


HEADS = frozenset("长席裁理记任监")
"""What an office ends in that has an assistant: 院长助理."""
LATIN_FORM = pattern(r"(?<![A-Za-z])C[A-Z]{1,3}O(?![A-Za-z])")


@lru_cache(maxsize=1024)
def find_han_offices(chinese: str) -> tuple[HanOffice, ...]:
    """Return the offices in a Chinese text, in order."""
    matches = list(_han_pattern().finditer(chinese))
    if "O" in chinese:
        latin = (found for found in LATIN_FORM.finditer(chinese) if found[0] in _bases().forms)
        matches = sorted([*matches, *latin], key=re.Match.start)
    matches = [  # 助理 in 院长助理 is none by itself
        match
        for match in matches
        if match[0] != "助理" or chinese[max(0, match.start() - 1) : match.start()] not in HEADS
    ]
    offices: list[HanOffice] = []
    floor = 0
    for match in matches:
        office = _han_office(chinese, match.start(), match.end(), floor)
        offices.append(office)
        floor = floor if office.form.base in _bases().plain else match.end()
    return tuple(  # 首席 is no office in 首席策略师, nor in 首席声学工程师
        office
        for office, follower in zip_longest(offices, offices[1:])
        if not follower
        or (follower.span.start >= office.span.end and not _is_rank_of(office, follower, chinese))
    )


def _is_rank_of(office: HanOffice, follower: HanOffice, chinese: str) -> bool:
    """Tell whether an office is the rank of the next, which has its field between."""
    gap = chinese[office.span.end : follower.span.start]
    is_rank = office.text == "首席" and follower.form.base in EXPERTS_IN_CHINESE
    return is_rank and 1 < len(gap) <= LONGEST_GAP and gap.isalnum()


EXPERT_WORDS_IN_CHINESE = """
    工程师 科学家 建筑师 设计师 分析师 顾问 研究员 经济学家 地质学家 架构师 规划师 技师 专家 咨询师
"""
EXPERTS_IN_CHINESE = frozenset(EXPERT_WORDS_IN_CHINESE.split())
LONGEST_GAP = 8


def read_han_office(text: str) -> Form | None:
    """Take a Chinese office apart; None if the text does not end in one."""
    offices = find_han_offices(text)
    return offices[-1].form if offices and offices[-1].span.end == len(text) else None


def _han_office(chinese: str, start: int, end: int, floor: int) -> HanOffice:
    form = _bases().forms.get(chinese[start:end], CHIEF)
    base, modifiers = form.base, set(form.modifiers)
    while base not in _bases().plain and (modifier := _han_modifier_before(chinese, start)):
        modifiers.add(modifier)
        start -= len(modifier)
    since = floor if floor <= start else 0  # 助理 is no office in 助理处长
    before = chinese[max(since, start - FIELD_LENGTH) : start]
    before = before[max(before.rfind(mark) for mark in "、，；") + 1 :]
    modifiers |= _apart(chinese, start, floor) if base not in _bases().plain else set()
    if chinese.startswith("助理", end):
        modifiers.add("助理")
        end += 2
    return HanOffice(
        span=Span(start, end),
        text=chinese[start:end],
        form=Form(base, frozenset(modifiers)),
        is_body=bool(BODY_BEHIND.match(chinese, end)),
        is_common=base in _bases().common,
        is_plain=base in _bases().plain,
        before=before,
    )


FIELD_LENGTHS = (2, 3, 4)
FIELD_LENGTH = 16
"""How far before an office may stand of what it is: 财务与投资部副总监."""
APART = pattern(
    r"(?:\A|[，。、；：“”（）()\s—]|[和与及由的])(?P<modifier>原|前|名誉|荣誉|副|代理|候任)"
    r"(?![则因来先料材子油创有定本文往沿台期后者所身景线端锋途瞻提程段排天半夕刊作食产业标题席面"
    r"住生始型理样版几些列方世缘夫妻辈科奏一二两三四五六七八九十百\d人商费权])"
    r"[\u4e00-\u9fffA-Z]{2,24}\Z"
)


WITHIN = pattern(
    r"(?:(?<=[学院系部处局厅司所社团会心馆室台站厂队组校行县市省区])"
    r"原(?![则因来先料材子油创有定本文告作理始生点样版])"
    r"|(?<!正)副(?![本刊作食产业省题标])|名誉)(?=[\u4e00-\u9fffA-Z]{2,5}\Z)"
)


def _apart(chinese: str, start: int, floor: int) -> set[str]:
    """Return the modifier that stands before the body of an office: 原北京大学校长."""
    window = chinese[max(floor, start - 28) : start]
    if not any(modifier in window for modifier in "原前誉副理任"):
        return set()
    match = APART.search(window)
    if match:
        return {match["modifier"]}
    within = WITHIN.search(window)
    return {within[0]} if within else set()


# fmt: off
WORDS_THAT_END_IN_A_MODIFIER = (
    "目前", "之前", "以前", "日前", "此前", "生前", "从前", "空前", "年前", "月前", "天前", "中原",
    "草原", "平原", "高原", "还原", "复原", "年代", "时代", "现代", "近代", "当代", "古代", "后代",
    "取代", "替代", "民主", "自主", "业主", "公主", "汇总", "表现", "出现", "实现", "发现", "呈现",
    "体现",
)
# fmt: on


@cache
def _modifiers_by_end() -> Mapping[str, tuple[str, ...]]:
    by_end: dict[str, list[str]] = {}
    for modifier in sorted(_modifiers().chinese, key=len, reverse=True):
        by_end.setdefault(modifier[-1], []).append(modifier)
    return {end: tuple(modifiers) for end, modifiers in by_end.items()}


def _han_modifier_before(chinese: str, start: int) -> str | None:
    """Return the modifier that ends where an office begins."""
    if not start:
        return None
    for modifier in _modifiers_by_end().get(chinese[start - 1], ()):
        if chinese.endswith(modifier, 0, start):
            is_word = len(modifier) == 1 and chinese.endswith(
                WORDS_THAT_END_IN_A_MODIFIER, 0, start
            )
            return None if is_word else modifier
    return None
