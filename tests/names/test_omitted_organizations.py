"""Organizations of which a translation has nothing, or no more than an acronym."""

import pytest

from pubkit.names.organizations.heads import all_heads
from pubkit.names.organizations.omissions import omitted_in_chinese, omitted_in_english
from pubkit.names.organizations.phrases import Phrase, find_organizations
from pubkit.names.organizations.prefixes import misread_names
from pubkit.names.organizations.stand_ins import bare_acronyms


def named(english: str) -> tuple[Phrase, ...]:
    """Return the organizations of an English text."""
    return tuple(find_organizations(english, heads=all_heads()))


@pytest.mark.parametrize(
    ("english", "chinese", "omitted"),
    [
        ("Judge at the Nanwan Maritime Court", "法官", ["Nanwan Maritime Court"]),
        ("Judge at the Nanwan Maritime Court", "南湾海事法院法官", []),
        ("Judge at the Nanwan Maritime Court", "南湾法庭法官", []),
        ("Judge at the Nanwan Maritime Court", "该院法官", []),
        ("the Institute of Optics in Xining", "西宁一家机构", ["Institute of Optics"]),
        ("the Institute of Optics in Xining", "西宁光学所", []),
        # Where the name is read, or common words are all there is of it, nobody can tell.
        ("a clerk of the Haizhou Tea Bureau", "海州方面", []),
        ("a clerk of the National Office", "一名职员", []),
    ],
)
def test_omissions_in_chinese_are_found(english: str, chinese: str, omitted: list[str]) -> None:
    """Neither head nor word nor reading of a name stands there, nor anything that points to it."""
    found = omitted_in_chinese(english, chinese, named(english))

    assert omitted == [english[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("chinese", "english", "omitted"),
    [
        ("明湖体育大学教授", "professor", ["明湖体育大学"]),
        ("明湖体育大学教授", "professor at a local university", ["明湖体育大学"]),
        ("明湖体育大学教授", "professor at the university", []),
        ("明湖体育大学教授", "professor at Minghu", []),
        ("明湖体育大学教授", "professor of MSU", []),
    ],
)
def test_omissions_in_english_are_found(chinese: str, english: str, omitted: list[str]) -> None:
    """“A local university” names none; “the university” does."""
    found = omitted_in_english(english, chinese, named(english))

    assert omitted == [chinese[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("english", "chinese", "misread"),
    [
        ("Yushan University", "燕山大学", [("Yushan", "燕山")]),
        ("Yushan University", "玉山大学", []),
        ("Jiangnan Sports University", "江东体育大学", [("Jiangnan", "江东")]),
        ("Lancang Tea Foundation", "澜茶基金会", []),
        ("Pusan Art Museum", "釜山美术馆", []),
        ("Panama Canal Authority", "巴拿马运河管理局", []),
    ],
)
def test_misread_names_are_found(
    english: str, chinese: str, misread: list[tuple[str, str]]
) -> None:
    """One syllable is right and the other is not; other languages are spelt otherwise."""
    found = [
        (
            english[one.english.start : one.english.end],
            chinese[one.chinese.start : one.chinese.end],
        )
        for one in misread_names(english, chinese)
    ]

    assert misread == found


@pytest.mark.parametrize(
    ("chinese", "is_bare"),
    [("向PSN报告", True), ("向太平洋风暴网（PSN）报告", False), ("向太平洋风暴网PSN报告", False)],
)
def test_acronyms_are_bare_without_a_name(chinese: str, is_bare: bool) -> None:
    """The name need not be the right one to explain an acronym."""
    english = "It was told to the Pacific Storm Network (PSN)."

    assert is_bare == any(bare_acronyms(english, chinese, named(english)))
