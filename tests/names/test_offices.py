"""Offices in English and in Chinese, and which render which."""

import pytest

from pubkit.names.offices import find_han_offices, find_offices, is_rendering


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
    ],
)
def test_modifiers_have_to_be_the_same(english: str, chinese: str, *, is_right: bool) -> None:
    """The base is one of several, the modifiers are not free."""
    (office,), (han,) = find_offices(english), find_han_offices(chinese)

    assert is_rendering(office, han) is is_right
