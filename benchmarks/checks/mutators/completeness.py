"""What is not translated, not all of it, or something else."""

import re
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.sites import Site
from pubkit.model import Entry, Role

HEADINGS = {Role.TITLE, Role.SUBTITLE, Role.KICKER, Role.HEADING, Role.CAPTION, Role.TABLE_HEADING}
FACTS = (
    "number",
    "date",
    "time",
    "weekday",
    "currency",
    "unit",
    "percent",
    "ordinal",
    "phone",
)
LOST = (
    "implausible-length",
    "missing-name",
    "missing-title",
    "missing-organization",
    "wrong-term",
    "negation-lost",
    "quotes",
    "link",
    "footnote",
    "emphasis",
    "inline-markup",
    "placeholder",
    *FACTS,
)
"""What is right to say of a text that has lost a part."""
SENTENCE = re.compile(r"[^。！？]+[。！？][”’）]*")
LATIN_SENTENCE = re.compile(r"[^.!?]+(?:\.(?=\d)[^.!?]+)*[.!?][”’)]*(?=\s|$)")


@fault(Group.STRUCTURE, "missing-translation")
def translation_missing(site: Site) -> Iterator[str]:
    """There is no translation."""
    yield ""


@fault(Group.STRUCTURE, "missing-translation")
def translation_blank(site: Site) -> Iterator[str]:
    """The translation is white space."""
    yield site.random.choice((" ", "\u3000", "  \n" if site.source.endswith("\n") else "  "))


@fault(Group.STRUCTURE, "fuzzy")
def translation_fuzzy(site: Site) -> Iterator[Entry]:
    """The translation waits for review."""
    yield replace(site.entry, flags=(*site.entry.flags, "fuzzy"))


@fault(Group.STRUCTURE, "copied-source", "untranslated-heading")
def source_copied(site: Site) -> Iterator[str]:
    """The translation of a text is the source."""
    if not site.roles & HEADINGS and _words(site) >= 3 and site.source != site.target:
        yield site.source


@fault(Group.STRUCTURE, "untranslated-heading", "copied-source")
def heading_copied(site: Site) -> Iterator[str]:
    """A title, heading or caption is left untranslated."""
    if site.roles & HEADINGS and _words(site) >= 1 and site.source != site.target:
        yield site.source


@fault(Group.STRUCTURE, "source-left-over", "wrong-script")
def phrase_left_in_source_language(site: Site) -> Iterator[str]:
    """A part of a sentence is left in the source language."""
    phrase = _source_phrase(site)
    for match in site.matches(r"[^，。、；：“”（）《》,.;:()\s][^，。；：“”（）《》,.;:()]{5,}"):
        if phrase:
            yield site.substitute(match, phrase)


@fault(Group.STRUCTURE, "source-left-over", "wrong-script")
def word_left_in_source_language(site: Site) -> Iterator[str]:
    """One word is left in the source language."""
    words = _source_words(site)
    for match in site.matches(
        "[\u4e00-\u9fff]{2}" if site.is_chinese else r"(?<=\s)[a-z]{4,}(?=\s)"
    ):
        for word in words[:1]:
            yield site.substitute(match, word)


@fault(Group.STRUCTURE, "wrong-script", lang="zh")
def traditional_character(site: Site) -> Iterator[str]:
    """A Traditional character stands in a Simplified text."""
    for match in site.matches(f"[{''.join(TRADITIONAL)}]"):
        if not any(match[0] in place.form for place in site.persons):
            yield site.substitute(match, TRADITIONAL[match[0]])


@fault(Group.STRUCTURE, "wrong-script", lang="zh")
def text_in_traditional_characters(site: Site) -> Iterator[str]:
    """The whole text was taken from a Traditional edition."""
    text = "".join(TRADITIONAL.get(letter, letter) for letter in site.target)
    if sum(one != other for one, other in zip(text, site.target, strict=True)) >= 2:
        yield text


@fault(Group.STRUCTURE, "wrong-script", "source-left-over")
def foreign_letters(site: Site) -> Iterator[str]:
    """Letters of a third language stand in the translation."""
    for match in site.matches("的|与|会" if site.is_chinese else r"\bthe\b|\band\b"):
        yield site.substitute(match, site.random.choice(("の", "と", "의", "для")))


@fault(Group.STRUCTURE, *LOST)
def sentence_dropped(site: Site) -> Iterator[str]:
    """A sentence is not translated."""
    sentences = _sentences(site)
    for sentence in site.shuffled(sentences):
        if len(sentences) >= 2 and len(sentence) >= len(site.target) / 6:
            yield site.target.replace(sentence, "", 1).strip()


@fault(Group.STRUCTURE, *LOST)
def list_item_dropped(site: Site) -> Iterator[str]:
    """One item of an enumeration is not translated."""
    pattern = (
        r"(?<=、)[^、，。；（）“”]{2,}、"
        if site.is_chinese
        else r"(?<=, )[^,.;()“”]{3,40}, (?=[^,.;]+ and )"
    )
    for match in site.matches(pattern):
        yield site.substitute(match, "")


@fault(
    Group.STRUCTURE, "implausible-length", "doubled-word", "reused-translation", *FACTS, "quotes"
)
def sentence_doubled(site: Site) -> Iterator[str]:
    """A sentence stands twice in the translation."""
    for sentence in site.shuffled(_sentences(site))[:1]:
        gap = "" if site.is_chinese else " "
        yield site.target.replace(sentence, sentence.rstrip() + gap + sentence.lstrip(), 1)


@fault(
    Group.STRUCTURE,
    *LOST,
    "reused-translation",
    "wrong-name",
    "wrong-title",
    "wrong-organization",
    "swapped-names",
)
def other_text_pasted(site: Site) -> Iterator[str]:
    """The translation of another text was pasted."""
    others = [
        entry.msgstr
        for entry in site.document.entries
        if _role(entry) == _role(site.entry) and entry.msgid != site.source
    ]
    for other in site.shuffled(others):
        if len(other) >= 4 and other != site.target and not set(other) >= set(site.target):
            yield other


@fault(Group.STRUCTURE, "negation-lost")
def negation_dropped(site: Site) -> Iterator[str]:
    """A sentence says the opposite: its negation is lost."""
    for match in site.matches(NEGATION if site.is_chinese else LATIN_NEGATION):
        is_only = (
            len(re.findall(ANY_NEGATION if site.is_chinese else ANY_LATIN_NEGATION, site.target))
            == 1
        )
        if is_only and re.search(
            ANY_LATIN_NEGATION if site.is_chinese else ANY_NEGATION, site.source
        ):
            yield site.substitute(match, AFFIRMED.get(match[0], ""))


@fault(Group.STRUCTURE, "negation-lost")
def negation_added(site: Site) -> Iterator[str]:
    """A sentence says the opposite: it is negated."""
    if re.search(ANY_NEGATION, site.source + site.target):
        return
    if re.search(ANY_LATIN_NEGATION, site.source + site.target, re.IGNORECASE):
        return
    pairs = NEGATED if site.is_chinese else LATIN_NEGATED
    for match in site.matches("|".join(pairs)):
        yield site.substitute(match, pairs[match[0]])


NEGATION = "并未|尚未|从未|没有|不会|不能|不得|不再|未(?!来|央|名)|不(?=[是含对作包需影])"
ANY_NEGATION = "[不未无没非否勿毋禁零免]"
LATIN_NEGATION = r"\b(?:not|never) |\bno (?=[a-z])"
ANY_LATIN_NEGATION = (
    r"\b(?:not|no|never|none|neither|nor|without|cannot|un\w+|non|fail\w*|lack\w*|zero|free)\b"
    r"|n[’']t\b"
)
AFFIRMED = {"没有": "有", "不会": "会", "不能": "能", "不得": "可", "不再": "再"}
NEGATED = {
    "出席": "未出席",
    "将于": "将不于",
    "表示": "未表示",
    "支持": "不支持",
    "可以": "不可以",
    "能够": "不能",
    "参加": "未参加",
    "获得": "未获得",
    "完成": "未完成",
    "增长": "没有增长",
}
LATIN_NEGATED = {
    " will ": " will not ",
    " is ": " is not ",
    " was ": " was not ",
    " has ": " has not ",
    " are ": " are not ",
    " were ": " were not ",
    " have ": " have not ",
    " can ": " cannot ",
}
TRADITIONAL = dict(
    zip(
        "国学会开发业长东车门问间时书话说语读设计议论员贡现视观觉领导师产进运动务办办报场际经济结组织给绩续续维网"
        "华单卫医药实验层岁岛师带应应张弹强归录总战户护担据损换摄数断无旧显术权条来杨极构标树样桥检测热环电疗监盘确离种积"
        "称稳竞签简类红约级纪纯线练终统",
        "國學會開發業長東車門問間時書話說語讀設計議論員貢現視觀覺領導師產進運動務辦辦報場際經濟結組織給績續續維網"
        "華單衛醫藥實驗層歲島師帶應應張彈強歸錄總戰戶護擔據損換攝數斷無舊顯術權條來楊極構標樹樣橋檢測熱環電療監盤確離種積"
        "稱穩競簽簡類紅約級紀純線練終統",
        strict=True,
    )
)
TRADITIONAL = {one: other for one, other in TRADITIONAL.items() if one != other}
"""Simplified characters by their only Traditional form, which is no Simplified character."""


# ---------------------------------------------------------------- parts of the texts


def _role(entry: Entry) -> str:
    return next(iter(entry.extracted_comments), "")


def _sentences(site: Site) -> list[str]:
    pattern = SENTENCE if site.is_chinese else LATIN_SENTENCE
    return [match[0] for match in site.matches(pattern) if len(match[0].strip()) >= 6]


def _words(site: Site) -> int:
    """Count the words of the source that are certainly no names."""
    if site.is_chinese:
        return len(re.findall(r"\b[a-z]{3,}\b", site.source)) + len(_plain_capitals(site))
    return len(re.findall("[\u4e00-\u9fff]", site.source)) // 2


def _plain_capitals(site: Site) -> list[str]:
    """Return the capitalised words that begin no name of the termbase."""
    names = " ".join(term.source for term in site.document.termbase.terms)
    return [word for word in re.findall(r"\b[A-Z][a-z]{2,}\b", site.source) if word not in names]


def _source_phrase(site: Site) -> str | None:
    """Return a run of plain words of the source."""
    pattern = (
        r"\b[a-z]{2,} [a-z]{2,} [a-z]{3,}(?: [a-z]{3,})?\b"
        if site.is_chinese
        else "[\u4e00-\u9fff]{4,8}"
    )
    return next(iter(site.shuffled(re.findall(pattern, site.source))), None)


def _source_words(site: Site) -> list[str]:
    """Return plain words of the source: in lower case, so no names."""
    pattern = (
        r"(?<![\w/.@`{#-])[a-z]{5,}(?![\w/.@`}-])" if site.is_chinese else "[\u4e00-\u9fff]{2}"
    )
    return [
        word for word in site.shuffled(re.findall(pattern, site.source)) if word not in site.target
    ]
