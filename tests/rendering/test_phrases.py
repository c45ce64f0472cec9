"""Headlines in Chinese and Japanese are broken between phrases alone."""

import pytest

from pubkit.rendering.phrases import find_phrases, mark_dates, mark_phrases


@pytest.mark.parametrize(
    ("lang", "text", "limits", "whole"),
    [
        ("zh", "深圳先进材料创新联盟举行第一次会议", ["联盟|举行"], ["第一次", "材料"]),
        ("zh", "俞书宏院士：材料的创新是驱动力", ["：|材料"], ["俞书宏", "院士：", "材料的"]),
        (
            "zh",
            "于璠、陈晓强、胡利鹏等应邀作报告",
            ["、|陈晓强"],
            ["于璠、", "陈晓强、", "胡利鹏等"],
        ),
        ("zh", "我国发射3颗遥感卫星，7月7日入轨", ["，|7月7日"], ["3颗", "7月7日"]),
        ("zh", "图书馆藏书300万册，座位1200余个", ["，|座位"], ["300万册", "1200余个"]),
        ("zh", "清华大学与麻省理工学院签署备忘录", ["大学|与"], ["清华大学", "理工学院"]),
        (
            "zh",
            "比尔·盖茨访华，谈AI for Science：展望",
            ["，|谈"],
            ["比尔·盖茨", "AI for Science："],
        ),
        ("zh-Hant", "深圳先進材料創新聯盟舉行第一次會議", ["聯盟|舉行"], ["第一次"]),
        ("ja", "図書館、夜間閲覧室を開設、座席数は120席", ["室を|開設"], ["120席", "夜間閲覧室を"]),
    ],
)
def test_phrases_break_between_words_and_keep_what_belongs_together(
    lang: str, text: str, limits: list[str], whole: list[str]
) -> None:
    """Names, figures with what they count, dates and Latin words stay whole."""
    marked = "|".join(find_phrases(text, lang))

    assert marked.replace("|", "") == text
    assert [limit for limit in limits if limit not in marked] == []
    assert [word for word in whole if word not in marked] == []


def test_phrase_is_never_a_single_character() -> None:
    """A word that opens a phrase joins the next one, all others the one before."""
    text = "中国材料科学发展研讨会暨创新联盟会议在深圳大学城成功举行，与会者座谈"

    assert [phrase for phrase in find_phrases(text, "zh") if len(phrase.strip("，")) < 2] == []


def test_agreed_names_stay_whole_unless_they_are_long() -> None:
    """The termbase knows better than any model; a name of half a line has to be broken."""
    text = "清华大学与麻省理工学院签署合作备忘录，共建实验室"
    long = "中国材料研究学会创新联盟"

    assert "合作备忘录" not in "|".join(find_phrases(text, "zh"))
    assert "合作备忘录" in "|".join(find_phrases(text, "zh", names={"合作备忘录"}))
    assert len(find_phrases(long, "zh", names={long})) > 1


@pytest.mark.parametrize("lang", ["en", "ar", "ko", "th"])
def test_text_in_other_scripts_is_one_phrase(lang: str) -> None:
    """Spaces, or nobody, tell where it is broken."""
    assert find_phrases("Deans meet in Shenzhen", lang) == ("Deans meet in Shenzhen",)


def test_marked_html_keeps_tags_and_references_whole() -> None:
    """Only text is divided."""
    html = '<span class="fuzzy" title="深圳先进材料">深圳先进材料&amp;创新联盟</span>'
    marked = mark_phrases(html, "zh")

    assert html == marked.replace("<wbr>", "")
    assert marked.startswith('<span class="fuzzy" title="深圳先进材料">深圳')
    assert "&amp;" in marked


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("成像OpenImaging平台", '成像<span class="gap"></span><wbr>OpenImaging平台'),
        ("成像，OpenImaging平台", "成像，<wbr>OpenImaging平台"),
        ("成像系统", "成像<wbr>系统"),
        ("7月7日举行", '<span class="date">7月7日</span><wbr>举行'),
    ],
)
def test_limit_between_ideograph_and_letter_has_a_gap(text: str, marked: str) -> None:
    """Marks have their own white, ideographs need none, and dates are solid."""
    assert mark_phrases(text, "zh") == marked


@pytest.mark.parametrize(
    ("lang", "marked"),
    [
        ("zh", '<b>于</b><span class="date">2023年7月7日</span>来自26所高校'),
        ("ja", '<b>于</b><span class="date">2023年7月7日</span>来自26所高校'),
        ("en", "<b>于</b>2023年7月7日来自26所高校"),
    ],
)
def test_dates_of_chinese_and_japanese_are_elements(lang: str, marked: str) -> None:
    """Figures that count something are none, nor is what stands in a tag."""
    assert mark_dates("<b>于</b>2023年7月7日来自26所高校", lang) == marked
    assert mark_dates('<a href="7月7日">', lang) == '<a href="7月7日">'
