"""Offices in English and in Chinese, and which render which."""

import pytest

from pubkit.model import Span
from pubkit.names.titles import titles_of
from pubkit.names.titles.offices import (
    find_han_offices,
    find_offices,
    is_rendering,
    mended_rendering,
)


@pytest.mark.parametrize(
    ("english", "offices"),
    [
        ("Vice President for Research Zhou Min", ["Vice President"]),
        ("Executive Vice President and CEO", ["Executive Vice President", "CEO"]),
        ("the former Deputy Secretaries-General", ["former Deputy Secretaries-General"]),
        ("Prof. Li and Dr. Wu", ["Prof", "Dr"]),
        ("the President-elect", ["President-elect"]),
        ("Associate Chief Physician", ["Associate Chief Physician"]),
        ("Vice University Librarian Yue", ["Vice University Librarian"]),
        ("nothing of the kind", []),
        ("the Assistant to the President", ["Assistant to the President"]),
        ("an assistant", ["assistant"]),
    ],
)
def test_english_offices_are_found_with_their_modifiers(english: str, offices: list[str]) -> None:
    """The longest office counts, modifiers included."""
    assert [office.text for office in find_offices(english)] == offices


@pytest.mark.parametrize(
    ("chinese", "offices"),
    [
        ("常务副校长曾令仪", [("校长", {"常务", "副"})]),
        ("版画部原主任、现任顾问", [("主任", {"原"}), ("顾问", {"现任"})]),
        ("原北京大学校长", [("校长", {"原"})]),
        ("院长助理", [("院长", {"助理"})]),
        ("公共关系助理吕蓉蓉", [("助理", set())]),
        ("助理教授", [("教授", {"助理"})]),
        ("首席策略师", [("策略师", {"首席"})]),
        ("学院长期合作", []),
        ("市长达成共识", []),
        ("目前主席空缺", [("主席", set())]),
    ],
)
def test_chinese_offices_are_taken_apart(chinese: str, offices: list[tuple[str, set[str]]]) -> None:
    """An office is a base and what changes it; a word that looks like one is none."""
    found = [(one.form.base, set(one.form.modifiers)) for one in find_han_offices(chinese)]
    assert found == offices


@pytest.mark.parametrize(
    ("english", "chinese", "is_right"),
    [
        ("Associate Dean", "副院长", True),
        ("Associate Dean", "院长", False),
        ("Dean", "副院长", False),
        ("former Chairman", "前主席", True),
        ("Professor Emerita", "荣休教授", True),
        ("Assistant Professor", "副教授", False),
        ("Assistant Dean", "副院长", True),
        ("Vice-Chancellor", "校长", True),
        ("Chief Executive Officer", "总裁", True),
        ("Professor", "讲师", False),
        ("Associate Vice-President", "协理副校长", True),
        ("Associate President", "协理副校长", False),
    ],
)
def test_modifiers_have_to_be_the_same(english: str, chinese: str, *, is_right: bool) -> None:
    """The base is one of several, the modifiers are not free."""
    (office,), (han,) = find_offices(english), find_han_offices(chinese)

    assert is_rendering(office, han) is is_right


@pytest.mark.parametrize(
    ("english", "chinese", "mended"),
    [
        ("Associate Dean", "院长", "副院长"),
        ("Dean", "副院长", "院长"),
        ("former Director", "台长", "前台长"),
        ("Honorary Chairman", "副主席", "名誉主席"),
        ("Dean", "院长", None),
        ("Professor", "讲师", None),
    ],
)
def test_modifiers_are_mended(english: str, chinese: str, mended: str | None) -> None:
    """What has lost or won a modifier becomes what it should be; other offices are not guessed."""
    assert mended_rendering(find_offices(english)[0], find_han_offices(chinese)[0]) == mended


def test_titles_of_a_text_are_told_once_with_their_places() -> None:
    """Capitalised titles count, however often they stand there; plurals and bodies do not."""
    text = (
        "Dean Li and the Dean, now Honorary Adviser, met Dr. Wu, two Deans and the Chair's Office."
    )

    assert titles_of(text) == {
        "Dean": (Span(0, 4), Span(16, 20)),
        "Honorary Adviser": (Span(26, 42),),
    }


@pytest.mark.parametrize(
    ("english", "chinese", "is_right"),
    [
        ("Chief Financial Officer", "财务总监", True),
        ("Chief Financial Officer", "市场总监", False),
        ("Media Officer", "媒体专员", True),
        ("Chief Growth Officer", "首席增长官", True),
        ("Chief Growth Officer", "首席财务官", False),
        ("Principal Surveyor", "首席验船师", True),
        ("Master Welder", "焊工高级技师", True),
        ("Master Welder", "护士长", False),
        ("Pro-Vice-Chancellor", "副校长", True),
        ("Arbitrator", "调解员", False),
        ("Second Mate", "二副", True),
        ("Second Mate", "大副", False),
        ("doctoral candidate", "博士生", True),
        ("doctoral candidate", "博士后", False),
    ],
)
def test_offices_are_of_a_field(english: str, chinese: str, *, is_right: bool) -> None:
    """What stands before the base in Chinese may not be plainly another field."""
    (office,), (*_more, han) = find_offices(english), find_han_offices(chinese)

    assert is_rendering(office, han) is is_right


@pytest.mark.parametrize(
    ("english", "offices"),
    [
        ("She will chair the panel.", []),
        ("The chair of the panel spoke.", ["chair"]),
        ("He heads the laboratory.", []),
        ("The heads of the laboratories spoke.", ["heads"]),
        ("her former student", ["student"]),
        ("the former judge", ["former judge"]),
        ("Deputy Secretary-General", ["Deputy Secretary-General"]),
    ],
)
def test_verbs_and_plain_nouns_are_told_from_offices(english: str, offices: list[str]) -> None:
    """A verb is no office, and what stands before a plain noun is no rank."""
    assert [office.text for office in find_offices(english)] == offices


@pytest.mark.parametrize(
    ("chinese", "offices"),
    [
        ("博士生达瓦次仁", ["博士生"]),
        ("市长达成共识", []),
        ("校长沙祖康", ["校长"]),
        ("省会长沙市", []),
        ("来自新山的前地方法庭法官诺莱妮", ["法官"]),
        ("堆场主任陈国宝", ["主任"]),
        ("在农村长大", []),
    ],
)
def test_what_follows_an_office_may_be_a_name(chinese: str, offices: list[str]) -> None:
    """``长`` ends an office before a name, and none before what makes it another word."""
    assert [office.text for office in find_han_offices(chinese)] == offices
