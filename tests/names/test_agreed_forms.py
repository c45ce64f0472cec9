"""Agreed forms in texts, and near misses of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.model import Term, TermKind
from pubkit.names.agreed_forms import AgreedForms, form_items, has_near_misses, near_misses
from pubkit.names.units import read_characters, read_words


def term(target: str) -> Term:
    """Return an organization."""
    return Term(kind=TermKind.ORGANIZATION, source=target, target=target)


def found(text: str, *forms: str) -> list[str]:
    """Return which Chinese forms stand in a text."""
    units = read_characters(text)
    table = AgreedForms([(form, term(form)) for form in forms], read_characters)
    return [units.shown(place.start, place.end) for place in table.find(units)]


def test_longest_form_wins() -> None:
    """None overlaps another."""
    assert found(
        "北京大学深圳研究生院和北京大学", "北京大学", "北京大学深圳研究生院", "研究生院"
    ) == ["北京大学深圳研究生院", "北京大学"]


def test_latin_forms_are_whole_words() -> None:
    """Letters beside a form make another word; Chinese and digits behind Chinese do not."""
    assert [form.lower() for form in found("昇思MindSpore与MindSporeX", "MindSpore")] == [
        "mindspore"
    ]


@pytest.mark.parametrize(
    ("text", "misses"),
    [
        ("深圳先进材料创新联合成立", ["深圳先进材料创新联合"]),
        ("深圳先进材科创新联盟成立", ["深圳先进材科创新联盟"]),
        ("深圳先进材料新创联盟成立", ["深圳先进材料新创联盟"]),
        ("深圳先进材创新联盟成立", ["深圳先进材创新联盟"]),
        ("深圳先进的材料创新联盟成立", ["深圳先进的材料创新联盟"]),
        ("深圳先进材料创新联盟成立", []),
        ("上海先进制造产业联盟成立", []),
    ],
)
def test_one_slip_is_a_near_miss(text: str, misses: list[str]) -> None:
    """A character may be other, exchanged, missing or too many."""
    units = read_characters(text)
    form = form_items("深圳先进材料创新联盟", read_characters)
    near = near_misses(form, units, 1)

    assert misses == [units.shown(miss.start, miss.end) for miss in near[:1]]


def test_words_have_near_misses_too() -> None:
    """In English a slip is a word."""
    units = read_words("The Xiling Provincial Investment Bureau rose.")
    form = form_items("Xiling Provincial Investment Group", read_words)
    (miss,) = near_misses(form, units, 1)

    assert units.shown(miss.start, miss.end) == "Xiling Provincial Investment Bureau"


NAME = st.text(alphabet="甲乙丙丁戊己庚辛壬癸子丑寅卯", min_size=5, max_size=12)


@given(NAME, st.data())
def test_changed_character_is_always_seen(name: str, data: st.DataObject) -> None:
    """Beside the name itself, and by the quick test, too."""
    place = data.draw(st.integers(0, len(name) - 1))
    changed = f"{name[:place]}山{name[place + 1 :]}"
    units = read_characters(f"，{name}，{changed}。")
    near = near_misses(name, units, 1)

    assert has_near_misses(name, units)
    assert changed in [units.shown(miss.start, miss.end) for miss in near]
