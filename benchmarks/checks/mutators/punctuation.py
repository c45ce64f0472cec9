"""Faults in the punctuation and typography of the translation."""

import re
from collections.abc import Iterator

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.mutators.figures import plain_numbers
from benchmarks.checks.sites import Site
from pubkit.model import Role

HAN = "[\u4e00-\u9fff]"
HALF = {"，": ",", "。": ".", "；": ";", "：": ":", "！": "!", "？": "?"}
UNPUNCTUATED = {Role.TITLE, Role.SUBTITLE, Role.HEADING, Role.CAPTION, Role.KICKER}
STOPPED = {Role.PARAGRAPH, Role.QUOTATION}


# ---------------------------------------------------------------- Chinese


@fault(Group.PUNCTUATION, "punctuation-width", "end-punctuation", lang="zh")
def half_width_mark(site: Site) -> Iterator[str]:
    """A half-width mark stands in Chinese text."""
    for match in site.matches(rf"(?<={HAN})[，；：！？。](?={HAN}|$)"):
        yield site.substitute(match, HALF[match[0]])


@fault(Group.PUNCTUATION, "punctuation-width", "brackets", lang="zh")
def half_width_brackets(site: Site) -> Iterator[str]:
    """Half-width brackets stand in Chinese text."""
    for match in site.matches("（([^（）]*)）"):
        if re.search(HAN, match[1]):
            yield site.substitute(match, f"({match[1]})")


@fault(Group.PUNCTUATION, "quotes", "punctuation-width", lang="zh")
def straight_quotes(site: Site) -> Iterator[str]:
    """Typewriter quotes stand in Chinese text."""
    for match in site.matches("“([^“”]*)”"):
        yield site.substitute(match, f'"{match[1]}"')


@fault(Group.PUNCTUATION, "quotes", lang="zh")
def corner_quotes(site: Site) -> Iterator[str]:
    """Corner brackets stand as quotes in Simplified Chinese."""
    for match in site.matches("“([^“”]*)”"):
        yield site.substitute(match, f"「{match[1]}」")


@fault(Group.PUNCTUATION, "quotes", "unbalanced-quotes", lang="zh")
def quotes_facing_outwards(site: Site) -> Iterator[str]:
    """A closing quote opens, or an opening one closes."""
    for match in site.matches("“([^“”]*)”"):
        yield site.substitute(match, site.random.choice((f"”{match[1]}“", f"”{match[1]}”")))


@fault(Group.PUNCTUATION, "quotes", lang="zh")
def quotes_nested_in_their_like(site: Site) -> Iterator[str]:
    """Double quotes stand within double quotes."""
    for match in site.matches(f"“[^“”‘’]+?(?P<word>{HAN}{{2}})[^“”‘’]+”"):
        yield site.substitute(match, f"“{match['word']}”", "word")


@fault(Group.PUNCTUATION, "unbalanced-quotes", "quotes")
def quote_lost(site: Site) -> Iterator[str]:
    """One of two quotes is lost."""
    for match in site.matches("“([^“”]*)”"):
        yield site.substitute(match, site.random.choice((match[0][1:], match[0][:-1])))


@fault(Group.PUNCTUATION, "brackets", "title-marks", "punctuation-width")
def bracket_lost(site: Site) -> Iterator[str]:
    """One of two brackets is lost."""
    for match in site.matches(
        "（([^（）]*)）|《([^《》]*)》" if site.is_chinese else r"\(([^()]*)\)"
    ):
        yield site.substitute(match, site.random.choice((match[0][1:], match[0][:-1])))


@fault(Group.PUNCTUATION, "brackets", "punctuation-width", lang="zh")
def bracket_of_other_width(site: Site) -> Iterator[str]:
    """A full-width bracket is closed by a half-width one."""
    for match in site.matches("（([^（）]*)）"):
        yield site.substitute(match, f"（{match[1]})")


@fault(Group.PUNCTUATION, "ellipsis", "doubled-punctuation", lang="zh")
def ellipsis_of_dots(site: Site) -> Iterator[str]:
    """An ellipsis is not six dots: …, ... or 。。。."""
    dots = site.random.choice(("...", "…", "。。。"))
    for match in site.matches("……"):
        yield site.substitute(match, dots)


@fault(Group.PUNCTUATION, "dash", "range", lang="zh")
def dash_of_hyphens(site: Site) -> Iterator[str]:
    """A dash is not two em wide: —, -- or -."""
    for match in site.matches("——"):
        yield site.substitute(match, site.random.choice(("—", "--", "-", "–")))


@fault(Group.PUNCTUATION, "enumeration-comma", lang="zh")
def enumeration_comma_between_quotations(site: Site) -> Iterator[str]:
    """A 、 stands between two quotations or titles that follow each other."""
    for match in site.matches("(?<=[”》])(?=[“《])"):
        yield site.substitute(match, "、")


@fault(Group.PUNCTUATION, "enumeration-comma", "punctuation-width", lang="zh")
def comma_in_enumeration(site: Site) -> Iterator[str]:
    """Short items are enumerated with a half-width comma."""
    for match in site.matches(f"(?<={HAN})、(?={HAN})"):
        yield site.substitute(match, ",")


@fault(Group.PUNCTUATION, "end-punctuation")
def end_mark_lost(site: Site) -> Iterator[str]:
    """The last mark of a paragraph is lost."""
    is_paragraph = site.roles & STOPPED and re.search(
        r"[.!?][”)]?$", site.source + "." * (not site.is_chinese)
    )
    if is_paragraph and site.target.endswith("。" if site.is_chinese else "."):
        yield site.target[:-1]


@fault(Group.PUNCTUATION, "end-punctuation")
def end_mark_wrong(site: Site) -> Iterator[str]:
    """A paragraph ends with a comma."""
    if site.roles & STOPPED and site.target.endswith("。" if site.is_chinese else "."):
        yield site.target[:-1] + ("，" if site.is_chinese else ",")


@fault(Group.PUNCTUATION, "caption-stop", "end-punctuation", lang="zh")
def stop_after_caption(site: Site) -> Iterator[str]:
    """A caption or heading ends with a full stop."""
    if site.roles & UNPUNCTUATED and re.search(rf"(?:{HAN}|[”）》])$", site.target):
        yield site.target + "。"


@fault(Group.PUNCTUATION, "spacing", lang="zh")
def space_between_han(site: Site) -> Iterator[str]:
    """A space stands between two Han characters."""
    for match in site.matches(f"(?<={HAN})(?={HAN})"):
        if site.is_between_names(match.start(), match.start()):
            yield site.substitute(match, " ")


@fault(Group.PUNCTUATION, "spacing", lang="zh")
def space_between_han_and_latin(site: Site) -> Iterator[str]:
    """A space stands between Han and Latin letters or digits."""
    for match in site.matches(f"(?<={HAN})(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?={HAN})"):
        yield site.substitute(match, " ")


@fault(Group.PUNCTUATION, "spacing", "punctuation-width", lang="zh")
def space_beside_mark(site: Site) -> Iterator[str]:
    """A space stands beside a full-width mark."""
    for match in site.matches(f"(?<=[，、；：])(?={HAN})|(?<={HAN})(?=[，。、；：])"):
        yield site.substitute(match, " ")


@fault(Group.PUNCTUATION, "digits-width", "compatibility-form")
def full_width_digits(site: Site) -> Iterator[str]:
    """Digits are full-width."""
    for match in site.matches(r"(?<![A-Za-z\d])\d+(?![A-Za-z\d])"):
        yield site.substitute(match, match[0].translate(FULL_WIDTH))


FULL_WIDTH = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


@fault(Group.PUNCTUATION, "range", "dash", "number", lang="zh")
def hyphen_in_range(site: Site) -> Iterator[str]:
    """A range is written with a hyphen or a tilde."""
    for match in site.matches(r"(?<=[\d年月日时%万亿])[—–～至](?=\d)"):
        yield site.substitute(match, site.random.choice(("-", "~")))


@fault(Group.PUNCTUATION, "interpunct", "punctuation-width", "wrong-name", lang="zh")
def interpunct_wrong(site: Site) -> Iterator[str]:
    """The dot of a foreign name is a full stop, a bullet or a Japanese dot."""
    for match in site.matches(f"(?<={HAN})·(?={HAN})"):
        yield site.substitute(match, site.random.choice((".", "•", "・", "．", "‧")))


@fault(Group.PUNCTUATION, "title-marks", "quotes", "punctuation-width", lang="zh")
def title_marks_wrong(site: Site) -> Iterator[str]:
    """A work stands in angle brackets that are no title marks."""
    for match in site.matches("《([^《》]*)》"):
        yield site.substitute(
            match, site.random.choice((f"<<{match[1]}>>", f"〈{match[1]}〉", f"＜{match[1]}＞"))
        )


@fault(Group.PUNCTUATION, "thousands", "number", "spacing", lang="zh")
def thousands_separated(site: Site) -> Iterator[str]:
    """A large number has English commas or spaces."""
    mark = site.random.choice(", ")
    for match in plain_numbers(site):
        if match[0].isdigit() and len(match[0]) >= 4:
            yield site.substitute(match, f"{int(match[0]):,}".replace(",", mark))


# ---------------------------------------------------------------- both languages


@fault(Group.PUNCTUATION, "doubled-word")
def word_doubled(site: Site) -> Iterator[str]:
    """A word stands twice."""
    pattern = (
        f"(?<={HAN})(?:的(?!的)|举行|表示|会议|出席|合作|公司|研究|发展|项目|介绍)(?={HAN})"
        if site.is_chinese
        else r"\b(?:the|of|and|in|to|a|for|on|is|with)\b"
    )
    for match in site.matches(pattern):
        yield site.substitute(match, match[0] + ("" if site.is_chinese else " ") + match[0])


@fault(Group.PUNCTUATION, "doubled-punctuation", "ellipsis")
def mark_doubled(site: Site) -> Iterator[str]:
    """A mark stands twice."""
    for match in site.matches("[，。、；：]" if site.is_chinese else r"[,;](?=\s)|\.$"):
        yield site.substitute(match, match[0] * 2)


# ---------------------------------------------------------------- English


@fault(Group.PUNCTUATION, "punctuation-width", "wrong-script", "source-left-over", lang="en")
def full_width_mark(site: Site) -> Iterator[str]:
    """A full-width mark stands in English text."""
    marks = {half: full for full, half in HALF.items()}
    for match in site.matches(r"(?<=[a-z])[,;:.](?=\s|$)"):
        yield site.substitute(match, marks[match[0]])


@fault(Group.PUNCTUATION, "punctuation-width", "brackets", lang="en")
def full_width_brackets(site: Site) -> Iterator[str]:
    """Full-width brackets stand in English text."""
    for match in site.matches(r"\(([^()]*)\)"):
        yield site.substitute(match, f"（{match[1]}）")


@fault(Group.PUNCTUATION, "spacing", lang="en")
def space_doubled(site: Site) -> Iterator[str]:
    """Two spaces stand between two words."""
    for match in site.matches(r"(?<=[a-z]) (?=[a-z])"):
        yield site.substitute(match, "  ")


@fault(Group.PUNCTUATION, "spacing", lang="en")
def space_before_mark(site: Site) -> Iterator[str]:
    """A space stands before a comma."""
    for match in site.matches(r"(?<=[a-z])(?=[,;] )"):
        yield site.substitute(match, " ")


@fault(Group.PUNCTUATION, "spacing", lang="en")
def space_lost(site: Site) -> Iterator[str]:
    """No space stands after a comma."""
    for match in site.matches(r"(?<=[a-z],) (?=[a-z])"):
        yield site.substitute(match, "")


@fault(Group.PUNCTUATION, "title-marks", "wrong-script", "punctuation-width", lang="en")
def title_marks_left(site: Site) -> Iterator[str]:
    """A work stands in Chinese title marks."""
    for match in site.matches(r"(?<![*\w])\*([^*]+)\*(?![*\w])|“([^“”]{3,40})”"):
        yield site.substitute(match, f"《{match[1] or match[2]}》")
