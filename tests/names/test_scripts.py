"""Traditional and simplified characters."""

import pytest

from pubkit.names.scripts import simplified_characters, simplify, traditional_characters


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("臺灣大學鄭麗華教授", "台湾大学郑丽华教授"),
        ("北京大学范晔", "北京大学范晔"),
        ("Taipei", "Taipei"),
        ("乾隆皇帝，後來的皇后", "乾隆皇帝，后来的皇后"),
    ],
)
def test_text_is_simplified(text: str, simplified: str) -> None:
    """Only what simplified Chinese does not write is changed, and nothing moves."""
    assert simplify(text) == simplified
    assert len(simplify(text)) == len(text)


def test_no_character_belongs_to_one_script_twice() -> None:
    """A character cannot be traditional alone and simplified alone."""
    assert not traditional_characters().keys() & simplified_characters().keys()


def test_simplified_text_has_no_traditional_characters_left() -> None:
    """What is simplified once is simplified."""
    everything = "".join(map(chr, traditional_characters()))
    assert simplify(simplify(everything)) == simplify(everything)
