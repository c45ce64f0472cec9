"""How a paragraph is parted into lines, with widths that one can add up in one's head.

A Chinese character is 10 wide, a letter 5, a space 3; a mark has a blank half of 5.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.rendering.lines.breaking import Line, Paragraph
from pubkit.rendering.lines.signs import (
    MARKS,
    SQUARES,
    Kind,
    Signs,
    find_breaks,
    kinds_of,
    profile_for,
)

EM = 10.0


def make_signs(text: str) -> Signs:
    """Give each sign the width that it has in a font for Chinese."""
    kinds = kinds_of(text)
    number = len(text)
    return Signs(
        text=text,
        widths=[_width(kind, sign) for kind, sign in zip(kinds, text, strict=True)],
        sizes=[EM] * number,
        kinds=kinds,
        left_blanks=[5.0 if kind == Kind.OPENER else 0.0 for kind in kinds],
        right_blanks=[5.0 if kind in MARKS - {Kind.OPENER} else 0.0 for kind in kinds],
        breaks=find_breaks(text, _allowed(text), kinds),
        before=[0.0] * number,
        after=[0.0] * number,
    )


def _width(kind: str, sign: str) -> float:
    if kind in SQUARES or sign in "—…":
        return EM
    return 3.0 if kind == Kind.SPACE else 5.0


def _allowed(text: str) -> list[bool]:
    """Allow what UAX 14 allows, for the few signs of these tests."""
    pairs = zip(" " + text, text, strict=False)
    squares = [kind in SQUARES for kind in kinds_of(text)]
    allowed = [before == " " and sign != " " for before, sign in pairs]
    return [
        may or (place > 0 and (squares[place] or squares[place - 1]) and text[place] != " ")
        for place, may in enumerate(allowed)
    ]


def lines_of(text: str, width: float, lang: str = "zh-CN", **options: object) -> list[str]:
    """Return the text of each line."""
    return [text[line.start : line.end] for line in compose(text, width, lang, **options)]


def compose(text: str, width: float, lang: str = "zh-CN", **options: object) -> list[Line]:
    """Return the lines of a text."""
    return Paragraph(make_signs(text), profile_for(lang)).break_into_lines(width, **options)


def width_of(line: Line, text: str) -> float:
    """Return how wide a line is in the end."""
    signs = make_signs(text)
    natural = sum(signs.widths[line.start : line.visible_end])
    return natural + sum(line.changes) * EM / 1000


# ---------------------------------------------------------------- what stands beside each other


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("他说：好", 40),
        ("他说：“好", 45),  # the colon and the quotation mark share a square and a half
        ("见《甲》《乙》好", 75),
        ("见《甲》和《乙》好", 90),
        ("说“甲。”好", 55),
        ("见（“甲”）好", 60),
        ("好！”甲", 35),
        ("好！甲", 30),
        ("好——甲", 40),
        ("好……甲", 40),
    ],
)
def test_marks_that_follow_one_another_close_up(text: str, width: float) -> None:
    """Two of them share a square and a half."""
    [line] = compose(text, 200)

    assert width_of(line, text) == width


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("甲AI乙", 30 + 2.5),
        ("甲26乙", 30 + 2.5),
        ("甲5%乙", 30 + 2.5),
        ("甲（AI）乙", 50),  # none beside a mark
        ("甲，AI乙", 40 + 1.25),
        ("7月7日", 30),  # dates are solid
        ("2023年7月7日", 20 + 10 + 15 + 15),
        ("于2023年7月", 10 + 1.25 + 20 + 10 + 15),
        ("甲 AI 乙", 36),  # somebody has typed the gap
        ("AI for", 28),
    ],
)
def test_gap_stands_between_chinese_and_latin_alone(text: str, width: float) -> None:
    """And within no date."""
    [line] = compose(text, 200)

    assert width_of(line, text) == pytest.approx(width)


def test_mark_at_the_end_of_a_line_takes_half_a_square() -> None:
    """GB/T 15834, 5.1.10."""
    text = "甲乙丙丁，甲乙丙丁"

    assert lines_of(text, 45) == ["甲乙丙丁，", "甲乙丙丁"]
    assert width_of(compose(text, 45)[0], text) == 45


def test_stop_in_the_middle_of_its_square_keeps_it() -> None:
    """In Taiwan and Hong Kong there is no half to take."""
    text = "甲乙丙丁，甲乙丙丁"

    assert lines_of(text, 45, "zh-TW")[0] == "甲乙丙"


def test_japanese_stop_keeps_its_square_at_the_end_and_a_bracket_does_not() -> None:
    """So books in Japan are set."""
    assert lines_of("甲乙丙丁。甲乙丙丁", 45, "ja")[0] != "甲乙丙丁。"
    assert lines_of("「乙丙丁」甲乙丙丁", 40, "ja")[0] == "「乙丙丁」"


def test_opening_bracket_at_the_beginning_of_a_line_loses_its_blank_half() -> None:
    """The edge of the text is where its ink is."""
    first, second = compose("甲乙丙丁（戊己庚）", 40)

    assert (first.shift, second.shift) == (0, 5)


# ---------------------------------------------------------------- where lines end


@pytest.mark.parametrize("mark", "，。、；：！？”’）》」")
def test_no_line_begins_with_a_closing_mark(mark: str) -> None:
    """GB/T 15834, 5.1."""
    lines = lines_of(f"甲乙丙丁戊{mark}己庚辛壬癸", 50)

    assert not any(line.startswith(mark) for line in lines)


@pytest.mark.parametrize("mark", "“‘（《「")
def test_no_line_ends_with_an_opening_mark(mark: str) -> None:
    """GB/T 15834, 5.1."""
    for space in ("", " "):
        lines = lines_of(f"甲乙丙丁{mark}{space}己庚辛壬癸子丑寅卯", 50)

        assert not any(line.rstrip().endswith(mark) for line in lines)


@pytest.mark.parametrize("text", ["甲乙丙·丁戊己庚", "甲乙丙～丁戊己庚", "甲乙丙—丁戊己庚"])
def test_no_line_begins_with_a_connector(text: str) -> None:
    """GB/T 15834, 5.1."""
    assert text[3] not in [line[0] for line in lines_of(text, 32)]


@pytest.mark.parametrize("text", ["第26届年会", "2023年夏天到了"])
@pytest.mark.parametrize("number", range(12, 20))
def test_figure_keeps_its_measure_word(number: int, text: str) -> None:
    """Wherever the line happens to end."""
    for line in lines_of("的" * number + text + "甲乙丙丁戊己庚辛壬癸", 200):
        assert not line.endswith(("第", "26", "2023"))


def test_last_line_has_two_characters_if_it_can() -> None:
    """A single one looks lost."""
    assert len(lines_of("的" * 41, 200)[-1]) == 2
    assert len(lines_of("的" * 42, 200)[-1]) == 2
    assert lines_of("的" * 41 + "。", 200)[-1] == "的的。"
    assert lines_of("の" * 41 + "。", 200, "ja")[-1] == "のの。"


def test_quotation_may_begin_a_line_and_end_one() -> None:
    """UAX 14 alone lets no line break beside a quotation mark."""
    assert lines_of("甲乙丙丁“戊己庚辛”", 40)[0] == "甲乙丙丁"
    assert lines_of("甲“乙丙丁”戊己庚辛", 55)[0] == "甲“乙丙丁”"


def test_address_is_parted_before_its_marks() -> None:
    """No stop at a line's end seems to be the end of the address."""
    first, second, *_rest = lines_of("请访问https://example.org/news/latest.html了解更多情况", 120)

    assert (first, second[0]) == ("请访问https://example", ".")


def test_word_wider_than_the_line_is_parted() -> None:
    """It must not stick out."""
    text = "甲乙Donaudampfschifffahrtsgesellschaft丙"

    assert all(width_of(line, text) <= 60 for line in compose(text, 60))


def test_long_word_does_not_tear_the_line_before_it() -> None:
    """First fit would leave four characters on a line for seven."""
    text = "甲乙丙丁戊己庚辛壬癸子MindSporeChemistry丑寅卯辰巳午未申酉"
    lines = compose(text, 105)

    assert all(abs(line.slack) < 0.1 for line in lines[:-1])


def test_line_that_cannot_be_full_is_not_torn_as_well() -> None:
    """It keeps the growth of any other line, and stays short."""
    [first, *_rest] = compose("甲乙丙丁戊Electroencephalography己庚辛", 120)

    assert first.slack > 30
    assert max(first.changes) <= 90


# ---------------------------------------------------------------- laws

TEXTS = st.lists(
    st.sampled_from(
        ["的", "一是", "在不了有和人这", "AI", "AI for Materials", "2023", "3.14%", "，", "。",
         "；", "“", "”", "（", "）", "《", "》", "——", "……", "·", "！", " "]
    ),
    min_size=1,
    max_size=60,
).map("".join)  # fmt: skip
WIDTHS = st.sampled_from([120.0, 200.0, 283.0, 420.0])


@given(text=TEXTS, width=WIDTHS, lang=st.sampled_from(["zh-CN", "zh-TW", "ja"]))
def test_lines_hold_the_whole_text_and_none_is_too_wide(text: str, width: float, lang: str) -> None:
    """In every language."""
    lines = compose(text, width, lang)

    assert "".join(text[line.start : line.end] for line in lines) == text
    assert all(width_of(line, text) <= width + 0.01 for line in lines)


@given(text=TEXTS, width=WIDTHS)
def test_full_line_is_as_wide_as_the_measure_or_says_what_it_lacks(text: str, width: float) -> None:
    """All lines but the last."""
    for line in compose(text, width)[:-1]:
        assert width_of(line, text) + max(line.slack, 0) == pytest.approx(width, abs=0.05)


@given(text=TEXTS, width=WIDTHS)
def test_characters_do_not_drift_apart_more_than_the_limit(text: str, width: float) -> None:
    """Rather a ragged line than a torn one."""
    for line in compose(text, width):
        for place, change in enumerate(line.changes, line.start):
            pair = text[place : place + 2]
            if kinds_of(pair) == Kind.IDEOGRAPH * 2:
                assert 0 <= change <= 361


@given(text=TEXTS, width=WIDTHS)
def test_ragged_lines_change_no_character(text: str, width: float) -> None:
    """They are not too wide either."""
    for line in compose(text, width, is_flush=False):
        assert width_of(line, text) <= width + 0.01
