"""Texts as units: characters of Chinese, words of other languages."""

import pytest

from pubkit.model import Span
from pubkit.names.units import read_characters, read_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Canglan Bank Co., Ltd.", "canglan bank co ltd"),
        ("the Heart Centre", "Heart Center"),
        ("Tarim Weavers’ Association", "Tarim Weavers' Association"),
        ("Canglan Bank’s", "Canglan Bank"),
        ("high-entropy alloys", "High-Entropy Alloy"),
        ("Research & Development", "research and development"),
        ("studies of classes", "Study of class"),
    ],
)
def test_words_are_the_same_in_all_spellings(one: str, other: str) -> None:
    """Case, articles, plurals, possessives and punctuation make no other name."""
    assert read_words(one).items == read_words(other).items


@pytest.mark.parametrize(
    ("one", "other"),
    [("Heart Institute", "Heart Institution"), ("class", "clas"), ("bus", "bu"), ("this", "thi")],
)
def test_other_words_are_other_units(one: str, other: str) -> None:
    """An ending is not always a plural."""
    assert read_words(one).items != read_words(other).items


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("华为 MindSpore 技术", "华为MindSpore技术"),
        ("张  锦", "张锦"),
        ("让阳光“过夜”", '让阳光"过夜"'),
        ("（香港）", "(香港)"),
        ("電子", "电子"),
    ],
)
def test_characters_are_the_same_in_all_layouts(one: str, other: str) -> None:
    """Spaces beside Chinese, quotation marks and scripts make no other name."""
    assert read_characters(one).items == read_characters(other).items


def test_units_know_their_places() -> None:
    """A run of units is shown as the text has it."""
    words = read_words("At the Heart Centre’s door")
    characters = read_characters("在 心脏 中心 门口")

    assert (words.span(1, 3), words.shown(1, 3)) == (Span(7, 19), "Heart Centre")
    assert (characters.span(1, 5), characters.shown(1, 5)) == (Span(2, 7), "心脏 中心")
