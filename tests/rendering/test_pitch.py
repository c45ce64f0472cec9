"""All lines of a text have one distance, whatever stands in them."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from .conftest import LaidOut, Texts

ENGLISH = (
    "The *first* conference of **32 deans** at `pip install mindspore` and [the site]"
    "(https://example.org/programme) was held.[^1] Water is H₂O, x² + y² = z², 5 × 10⁻³ mol, "
    "α → β ≤ √2 ✓ ★ №; 俞书宏院士说“材料”。 ***Both*** and ~~struck~~ words, then a long sentence "
    "that goes on until it fills several lines of the page, as reports do when they name deans. "
)
CHINESE = (
    "会议由*北京大学*深圳研究生院与**材料学院**联合主办，`pip install`与[会议日程]"
    "(https://example.org/programme)见注释。[^1]水的分子式为H₂O，x²+y²=z²，α→β≤√2✓★№，"
    "Yu Shuhong表示，“AI for Materials”是***主题***，~~删去~~的字也在行中。他还介绍了多项成果，"
    "并与来自各地的院长、教师和企业代表展开讨论，共商学科发展。"
)
JAPANESE = (
    "会議は*北京大学*深圳大学院と**材料学院**が共催し、`pip install`と[プログラム]"
    "(https://example.org/programme)は注を参照。[^1]水はH₂O、x²+y²=z²、α→β≤√2✓、"
    "Yu Shuhongは「AI for Materials」を***テーマ***に講演し、~~削除~~した文字も行の中にある。"
)
PITCHES = {"en": 15.0, "zh": 18.0, "zh-Hant": 18.0, "ja": 18.0}
LEADS = {"en": 16.5, "zh": 20.5, "zh-Hant": 20.5, "ja": 20.5}
POINT = 4 / 3
TOLERANCE = 0.01


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", ENGLISH), ("zh", CHINESE), ("zh-Hant", CHINESE), ("ja", JAPANESE)],
)
def test_lines_have_one_distance_whatever_stands_in_them(
    lay_out: Callable[..., LaidOut], lang: str, text: str
) -> None:
    """Superscripts, code, other families and notes push no line down."""
    plain = text.replace("[^1]", "")
    body = f"{text * 2}\n\n{plain * 3}\n\n- {plain * 2}\n\n[^1]: {plain}\n"
    laid = lay_out(Texts(body=body, lang=lang))
    lists = [line for line in laid.lines if line.tag == "li"]
    for lines, pitch in (
        ([line for line in laid.lines if line.block == "block-1"], LEADS[lang]),
        ([line for line in laid.lines if line.block == "block-2"], PITCHES[lang]),
        (lists, PITCHES[lang]),
    ):
        distances = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page]

        assert len(lines) > 2
        assert [d for d in distances if abs(d - pitch * POINT) > TOLERANCE] == []


def test_paragraphs_of_chinese_keep_the_grid(lay_out: Callable[..., LaidOut]) -> None:
    """No white stands between them: the next paragraph begins one line further down."""
    laid = lay_out(
        Texts(body="\n\n".join(["导语。", *[CHINESE.replace("[^1]", "")] * 4]), lang="zh")
    )
    lines = [line for line in laid.lines if line.block in ("block-2", "block-3", "block-4")]
    distances = {round(b.top - a.top, 2) for a, b in pairwise(lines) if a.page == b.page}

    assert distances == {24.0}
