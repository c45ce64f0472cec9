"""Words of organizations that stand for other ones."""

import pytest

from pubkit.names.organizations.exchanges import exchanged_words
from pubkit.names.organizations.heads import all_heads
from pubkit.names.organizations.lexicon import renderings, words_of
from pubkit.names.organizations.phrases import find_organizations
from pubkit.names.organizations.segments import segments


def exchanged(english: str, chinese: str) -> list[tuple[str, str]]:
    """Return the exchanged words of two texts."""
    named = tuple(find_organizations(english, heads=all_heads()))
    return [
        (
            english[one.english.start : one.english.end],
            chinese[one.chinese.start : one.chinese.end],
        )
        for one in exchanged_words(english, chinese, named)
    ]


@pytest.mark.parametrize(
    ("english", "chinese", "expected"),
    [
        ("The Sports Bureau of Yuling", "玉岭教育局", [("Sports", "教育")]),
        ("The Sports Bureau of Yuling", "玉岭体育局", []),
        ("The School of Pharmacy", "农学院", [("Pharmacy", "农学")]),
        ("The School of Pharmacy", "药学院", []),
        ("The Three Lakes Foundation", "三河基金会", [("Lakes", "河")]),
        ("The Three Lakes Foundation", "三湖基金会", []),
        ("The European Weather Institute", "欧洲气象中心", [("Institute", "气象中心")]),
        ("The European Weather Institute", "欧洲气象研究所", []),
        ("The Hunan Provincial Health Commission", "湖南市卫生健康委员会", [("Provincial", "市")]),
        ("The Hunan Provincial Health Commission", "湖南省卫健委", []),
        ("The East China Academy of Sciences", "中国科学院", [("East", "中国科学院")]),
        ("The East China Academy of Sciences", "华东科学院", []),
        ("The South Korean Academy of Sciences", "韩国科学院", []),
        ("The Kunlun Institute of Technology", "昆仑管理学院", [("Technology", "管理")]),
        ("The Kunlun Institute of Technology", "昆仑工学院", []),
        ("The Mangrove Shrimp Cooperative", "红树林螃蟹合作社", [("Shrimp", "螃蟹")]),
        ("The Mangrove Shrimp Cooperative", "红树林对虾合作社", []),
        # A character of a word of another kind is no rendering.
        ("The Pine Foundation", "雪松基金会", [("Pine", "雪松")]),
        ("The Pine Foundation", "青松基金会", []),
        ("The South Bay Lawyers Association", "南湾法官协会", [("Lawyers", "法官")]),
        ("The South Bay Lawyers Association", "南湾律师协会", []),
        ("The School of Foreign Affairs", "外国语学院", [("Affairs", "外国语")]),
        ("The School of Foreign Affairs", "外交学院", []),
        ("The Port Research Centre", "港口管理中心", [("Research", "管理")]),
        ("The Port Research Centre", "港口研究中心", []),
        ("The Longshan University of Geosciences", "龙山理工大学", [("Geosciences", "理工")]),
        ("The Longshan University of Technology", "龙山理工大学", []),
        ("The Huu Lam People's Committee", "友林市人民政府", [("Committee", "人民政府")]),
        ("The Huu Lam People's Committee", "友林市人民委员会", []),
        ("The No. 6 Secondary School", "第六小学", [("Secondary School", "小学")]),
        ("The No. 6 Secondary School", "第六中学", []),
        ("The Xi Academy of Engineering", "西工程院", []),
        ("Shandon University", "山东大学", [("Shandon", "山东")]),
        ("Shandon University", "香登大学", []),
        ("Harbin Medical University", "哈尔滨大学", [("Medical", "哈尔滨大学")]),
        ("Harbin Medical University", "哈医大", []),
        # What sounds alike is a slip.
        ("The Redwood Foundation", "红衫基金会", [("Redwood", "红衫")]),
        ("The Redwood Foundation", "红杉基金会", []),
        # Another place is one that the source does not name.
        ("The Sichuan Museum lent it.", "成都博物馆借出。", [("Sichuan", "成都")]),
        ("The Sichuan Museum in Chengdu lent it.", "成都的四川博物院借出。", []),
        ("The Cangshan Academy of Music", "四川音乐学院", [("Cangshan", "四川")]),
        ("The Cangshan Academy of Music", "云南苍山音乐学院", []),
        ("Liffey University", "利物浦大学", [("Liffey", "利物浦")]),
        ("Liffey University", "利菲大学", []),
        ("The China Sports Administration", "云南省体育局", [("China", "云南")]),
        ("The China Sports Administration", "国家体育总局", []),
        ("Beihang University", "北京航空航天大学", []),
        # Free renderings lose a word or add one.
        ("The Pacific Education Trust", "太平洋助学信托基金", []),
        ("The Ministry of Finance", "财政部", []),
        ("The Sichuan University Hospital", "四川大学附属医院", []),
    ],
)
def test_exchanged_words_are_found(
    english: str, chinese: str, expected: list[tuple[str, str]]
) -> None:
    """A word is lost, and another one stands in its place."""
    assert expected == exchanged(english, chinese)


@pytest.mark.parametrize(
    ("english", "named"),
    [
        ("Director-General of the Department of Tea", "Department of Tea"),
        ("Director of the Department of Tea", "Department of Tea"),
        ("Deputies of the Department of Tea", "Deputies of the Department of Tea"),
    ],
)
def test_offices_are_no_part_of_a_name(english: str, named: str) -> None:
    """Whoever heads a department is no part of it."""
    assert [named] == [one.text for one in find_organizations(english, heads=all_heads())]


def test_names_end_in_their_heads_and_begin_behind_other_ones() -> None:
    """部门 is no 部, and 大学 ends a name before 学院 ends another."""
    chinese = "教育部门与青河大学珠江法学院"

    found = [(chinese[one.start : one.reach], one.head) for one in segments(chinese)]

    assert found == [("教育部门与青河", "大学"), ("珠江法学", "学院")]


def test_longest_words_are_read_first() -> None:
    """基础设施 is one word."""
    chinese = "基础设施基金"

    assert [chinese[start:end] for start, end in words_of(chinese, 0, 6)] == ["基础设施", "基金"]


def test_words_are_told_in_the_singular() -> None:
    """Every English word can be found in a text that is read word by word."""
    assert all(word == word.lower() and " " not in word for word in renderings())
