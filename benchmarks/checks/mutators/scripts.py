"""Another script than the translation's."""

from collections.abc import Iterator

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.sites import Site

SIMPLIFIED = (
    "国学会开发业长东车门问间时书话说语读设计议论员贡现视观觉领导师产进运动务办报场际经济结组"
    "织给绩续维网华单卫医药实验层岁岛带应张弹强归录总战户护担据损换摄数断无旧显术权条来杨极构"
    "标树样桥检测热环电疗监盘确离种积称稳竞签简类红约级纪纯线练终统"
)
TRADITIONAL_OF_THEM = (
    "國學會開發業長東車門問間時書話說語讀設計議論員貢現視觀覺領導師產進運動務辦報場際經濟結組"
    "織給績續維網華單衛醫藥實驗層歲島帶應張彈強歸錄總戰戶護擔據損換攝數斷無舊顯術權條來楊極構"
    "標樹樣橋檢測熱環電療監盤確離種積稱穩競簽簡類紅約級紀純線練終統"
)
TRADITIONAL = {
    one: other for one, other in zip(SIMPLIFIED, TRADITIONAL_OF_THEM, strict=True) if one != other
}
"""Traditional characters, none of which Simplified texts use, by the Simplified one."""


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
    for match in site.matches("的|与|和" if site.is_chinese else r"\bthe\b|\band\b"):
        if site.is_between_names(*match.span()):
            yield site.substitute(match, site.random.choice(("の", "と", "의", "для")))
