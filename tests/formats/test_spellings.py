"""Texts in other spellings: which are the same, and how their translations are made to fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.formats.markdown import fit_translation, normal_form

SAME = [
    ("An _emphasised_ word", "An *emphasised* word"),
    ("__Bold__ and ***both***", "**Bold** and _**both**_"),
    (r"snake\_case and 2 \* 3", "snake_case and 2 * 3"),
    (r"a \< b &amp; c &copy; d", "a < b & c © d"),
    ("See [here][0] and [there][far].", "See [here](a.md) and [there](b.md#far)."),
    ("See [here][].", "See [here](a.md)."),
    ("An ![icon][1] in the text", "An ![icon](icon.png) in the text"),
    (r"Numbers \[1, 2\]", "Numbers [1, 2]"),
    ("Two lines,\n  one text", "Two lines, one text"),
    ("两行，\n一句话", "两行，一句话"),
    ("A hard  \nbreak", "A hard\\\nbreak"),
    (r"`a \| b` in a table", "`a | b` in a table"),
    ("[Threads](concurrency/threads.md)", "Threads"),
    ("A text <!-- a remark --> with a remark", "A text with a remark"),
]
DIFFERENT = [
    ("An *emphasised* word", "An **emphasised** word"),
    (r"An \*emphasised\* word", "An *emphasised* word"),
    ("Call `f` now", "Call f now"),
    (r"a \<b\>c", "a <b>c"),
    ("A hard\\\nbreak", "A hard break"),
    ("A [link](a.md) here", "A link here"),
    ("Two words", "Twowords"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_text_have_one_normal_form(one: str, other: str) -> None:
    """What other programs write otherwise is found again."""
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_texts_have_different_normal_forms(one: str, other: str) -> None:
    """What is printed otherwise needs a translation of its own."""
    assert normal_form(one) != normal_form(other)


@given(st.text("ab *_`[]()<>\\&\n>!~", max_size=40))
def test_a_text_without_its_line_breaks_at_the_ends_is_the_same(text: str) -> None:
    """Any text has a normal form; catalogs end some with a line break."""
    assert normal_form(f"{text}\n") == normal_form(text)


@pytest.mark.parametrize(
    ("translation", "old", "new", "fitted"),
    [
        ("见[此处][0]。", "See [here][0].", "See [here](a.md).", "见[此处](a.md)。"),
        ("见[此处](a.md)。", "See [here](a.md).", "See [here][a].", "见[此处][a]。"),
        ("[乙][1]和[甲][0]", "[A][0] and [B][1]", "[A](a) and [B](b)", "[乙](b)和[甲](a)"),
        ("![图][1]在此", "![A][1] here", "![A](a.png) here", "![图](a.png)在此"),
        ("线程", "Threads", "[Threads](threads.md)", "[线程](threads.md)"),
        ("[线程](threads.md)", "[Threads](threads.md)", "Threads", "线程"),
        ("一行，\n两行", "One line,\ntwo lines", "One line, two lines", "一行，两行"),
        ("见[far]。", "See [far].", "See [far](b.md).", "见[far](b.md)。"),
        ("见[彼处][far]。", "See [far].", "See [far](b.md).", "见[彼处](b.md)。"),
        ("[a]，[乙](b)", "[a], [B](b)", "[a](a.md), [B](b)", "[a](a.md)，[乙](b)"),
        (r"甲`a \| b`", r"A `a \| b`", "A `a | b`", "甲`a | b`"),
        ("这_不_是", "_Not_ so", "*Not* so", "这_不_是"),
    ],
)
def test_a_translation_is_written_as_the_new_text(
    translation: str, old: str, new: str, fitted: str
) -> None:
    """Its links are those of the source of today."""
    assert fit_translation(translation, old=old, new=new) == (fitted, True)


@pytest.mark.parametrize(
    ("translation", "old", "new"),
    [
        pytest.param("见此处。", "See [here][0].", "See [here](a.md).", id="a link is lost"),
        pytest.param("见[此处][9]。", "See [here][0].", "See [here](a.md).", id="another link"),
        pytest.param("见[此处](a.md)。", "See [here](a.md).", "See [here](b.md).", id="moved"),
        pytest.param("[此处](a.md)", "[here](a.md)", "[here](b.md)", id="all of it is moved"),
        pytest.param("见[此处]。", "See [here].", "See [here](a.md).", id="a shortcut"),
        pytest.param("一\n\n二", "One\ntwo", "One two", id="two paragraphs"),
        pytest.param("[甲][0][甲][0]", "[A][0] b", "[A](a) b", id="a link is doubled"),
        pytest.param("[甲](evil)", "A", "[A](a)", id="a link that its text lacks"),
    ],
)
def test_what_does_not_fit_is_not_sure(translation: str, old: str, new: str) -> None:
    """Whoever takes it over lets a translator look at it."""
    _fitted, is_sure = fit_translation(translation, old=old, new=new)

    assert not is_sure
