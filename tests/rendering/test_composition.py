"""Chinese and Japanese lines, set by the real WeasyPrint in real fonts."""

import logging
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
import pytest

from pubkit.rendering import composition
from pubkit.rendering.composition import RAGGED, compose_with
from tests.rendering.arbitrary import NO_END, NO_START, arbitrary_text

FONT = '10pt/18pt "Noto Serif CJK SC"'
EM = 40 / 3


@dataclass(frozen=True)
class SetLine:
    """A line as it was laid out; CSS pixels from the left edge of its paragraph."""

    text: str
    left: float
    right: float
    measure: float
    top: float
    is_last: bool


def lay_out(body: str, *, style: str = "", lang: str = "zh-CN", is_composed: bool = True) -> Any:
    """Return the layout of a page."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    if is_composed:
        assert compose_with(fonts)
    rules = (
        "@page { size: 210mm 2800mm; margin: 5mm } p { margin: 0; text-align: justify;"
        f" font: {FONT}; width: 20em }} {style}"
    )
    html = f'<html lang="{lang}"><title>t</title><style>{rules}</style>{body}'
    return HTML(string=html).render(font_config=fonts)


def lines_of(layout: Any) -> Iterator[SetLine]:
    """Yield the lines of all paragraphs."""
    from weasyprint.formatting_structure import boxes

    for page in layout.pages:
        for paragraph in page._page_box.descendants():
            if isinstance(paragraph, boxes.BlockBox) and paragraph.element_tag == "p":
                lines = [box for box in paragraph.children if isinstance(box, boxes.LineBox)]
                yield from (_line(line, paragraph, line is lines[-1]) for line in lines)


def _line(line: Any, paragraph: Any, is_last: bool) -> SetLine:
    from weasyprint.formatting_structure import boxes

    texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
    return SetLine(
        text="".join(box.text for box in texts),
        left=min((box.position_x for box in texts), default=0.0) - paragraph.position_x,
        right=max((box.position_x + box.width for box in texts), default=0.0)
        - paragraph.position_x,
        measure=paragraph.width,
        top=line.position_y,
        is_last=is_last,
    )


def text_of(layout: Any) -> str:
    """Return what a reader's program copies from the PDF."""
    with pypdfium2.PdfDocument(layout.write_pdf(pdf_variant="pdf/ua-1")) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def poppler_text_of(layout: Any, folder: Path) -> str:
    """Return the same as another program reads it."""
    path = folder / "page.pdf"
    path.write_bytes(layout.write_pdf(pdf_variant="pdf/ua-1"))
    command = ["pdftotext", str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


# ---------------------------------------------------------------- arbitrary paragraphs


@pytest.fixture(scope="module")
def arbitrary_lines() -> list[SetLine]:
    """Return the lines of hundreds of arbitrary paragraphs, in narrow and wide measures."""
    source = Random(1981)
    paragraphs = [
        f'<p style="width: {source.choice((12, 15.3, 20, 28, 36, 42))}em">'
        f"{arbitrary_text(source, source.randint(3, 40))}</p>"
        for _ in range(300)
    ]
    return list(lines_of(lay_out("".join(paragraphs), style="p { text-indent: 2em }")))


def test_no_line_is_overfull(arbitrary_lines: list[SetLine]) -> None:
    """Not by a hair."""
    assert len(arbitrary_lines) > 1000
    assert [line for line in arbitrary_lines if line.right > line.measure + 0.05] == []


def test_hardly_a_line_is_ragged(arbitrary_lines: list[SetLine]) -> None:
    """At most one in a hundred, where no way of breaking would have filled them."""
    full = [line for line in arbitrary_lines if not line.is_last]
    ragged = [line for line in full if line.right < line.measure - 0.1 * EM]

    assert len(ragged) <= len(full) / 100


def test_no_line_begins_or_ends_with_a_forbidden_mark(arbitrary_lines: list[SetLine]) -> None:
    """GB/T 15834, 5.1; a paragraph itself may begin or end with anything."""
    for line, following in pairwise(arbitrary_lines):
        if not line.is_last:
            assert not following.text.startswith(tuple(NO_START)), following
            assert not line.text.rstrip().endswith(tuple(NO_END)), line


def test_no_japanese_line_begins_with_a_small_kana_or_a_long_vowel() -> None:
    """JIS X 4051 and UAX 14, wherever the line happens to end."""
    text = (
        "ちょっとシャッターをきってキャンパスのサービスセンターへいってみましょう、と人々は言った。"
    )
    body = "".join(
        f"<p style='width: {width / 10}em; font-family: Noto Serif CJK JP'>{text}</p>"
        for width in range(80, 200, 7)
    )
    starts = {line.text[0] for line in lines_of(lay_out(body, lang="ja"))}

    assert len(starts) > 10
    assert starts.isdisjoint("ゃょっャッー々、。")


def test_stock_leaves_most_lines_ragged() -> None:
    """What the extension is for: if this fails, WeasyPrint has learnt to do it."""
    source = Random(1981)
    body = "".join(f"<p>{arbitrary_text(source, 30)}</p>" for _ in range(20))
    full = [line for line in lines_of(lay_out(body, is_composed=False)) if not line.is_last]

    assert sum(line.right < line.measure - 1 for line in full) > len(full) / 4


def test_no_ink_is_outside_of_the_measure() -> None:
    """Not in the layout's opinion, but on paper: a sign may be shaped otherwise in its line."""
    source = Random(24)
    words = ("MindSpore", "AI", "2023", "3.14%", *"的一是在不了")
    marks = ("——", "……", "，", "和")
    texts = [
        "".join(source.choice(words) + source.choice(marks) for _ in range(40)) for _ in range(12)
    ]
    body = "".join(f"<p>{text}</p>" for text in texts)
    layout = lay_out(body, style="@page { size: 120mm 290mm } body { margin: 0 }")
    measure = next(lines_of(layout)).measure

    with pypdfium2.PdfDocument(layout.write_pdf()) as document:
        for page in document:
            picture = page.render(scale=4 * 4 / 3).to_pil().convert("L")
            edge = round((5 / 25.4 * 96 + measure) * 4)
            outside = picture.crop((edge + 2, 0, picture.width, picture.height))
            assert outside.getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("text", "ems"), [("AI——甲", 3), ("AI……甲", 3), ("——AI甲", 3.125), ("甲——AI", 3)]
)
def test_dash_and_ellipsis_are_two_squares_wide_beside_latin_too(text: str, ems: float) -> None:
    """GB/T 15834, 4.10 and 4.11."""
    assert width(text) == pytest.approx(ems + width("AI"), abs=0.01)


def test_loose_line_does_not_part_a_text_where_an_element_ends(tmp_path: Path) -> None:
    """Programs would take the gap for a space, and nothing in the PDF could say otherwise."""
    text = "的一是在不<b>了有和</b>人这中MindSporeChemistryLaboratory的一是在"
    layout = lay_out(f"<p style='width: 14em'>{text}</p>")

    assert not re.search(r"[\u4e00-\u9fff] +[\u4e00-\u9fff]", poppler_text_of(layout, tmp_path))


# ---------------------------------------------------------------- across elements and pages


def width(body: str, **options: Any) -> float:
    """Return the width of a paragraph of one line, in ems."""
    [line] = lines_of(lay_out(f"<p>{body}</p>", style="p { text-align: start }", **options))
    return round((line.right - line.left) / EM, 3)


@pytest.mark.parametrize("tag", ["b", "em", "a", "span"])
def test_marks_close_up_across_elements(tag: str) -> None:
    """It does not matter where an element ends."""
    assert width(f"见<{tag}>“好”</{tag}>，甲") == width("见“好”，甲") == 5.5
    assert width(f"见<{tag}>好</{tag}>，甲") == 4


def test_gap_is_drawn_across_elements() -> None:
    """An eighth of an em, with the element's own margin beside it."""
    plain = width("甲AI乙")

    assert width("甲<b style='font-weight: 400'>AI</b>乙") == plain
    padded = width("甲<b style='font-weight: 400; padding: 0 1em'>AI</b>乙")
    assert padded == pytest.approx(plain + 2)


@pytest.mark.parametrize(
    ("text", "lang", "ems"),
    [
        ("见“好”，甲", "zh-CN", 5.5),
        ("见「好」，甲", "zh-TW", 5.5),
        ("见好。（甲", "zh-CN", 4.5),
        ("见好。（甲", "zh-TW", 4.5),
        ("见好。！甲", "zh-CN", 4.5),
        ("见好。！甲", "zh-TW", 5),
        ("見好。「甲", "ja", 4.5),
    ],
)
def test_languages_close_up_what_has_a_blank_half(text: str, lang: str, ems: float) -> None:
    """As the font of the language says."""
    family = {"zh-CN": "SC", "zh-TW": "TC", "ja": "JP"}[lang]
    body = f"<p style='font-family: Noto Serif CJK {family}; text-align: start'>{text}</p>"
    [line] = lines_of(lay_out(body, lang=lang))

    assert round((line.right - line.left) / EM, 3) == ems


def test_page_break_does_not_change_the_lines() -> None:
    """A paragraph that goes on is not broken anew."""
    text = arbitrary_text(Random(7), 150)
    style = "@page { size: 100mm 60mm } p { orphans: 2; widows: 2 }"
    parted = lay_out(f"<p>{text}</p>", style=style)
    whole = lay_out(f"<p>{text}</p>")

    assert len(parted.pages) > 2
    assert [line.text for line in lines_of(parted)] == [line.text for line in lines_of(whole)]


def test_layout_that_begins_within_a_paragraph_gets_its_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each line is that of the whole, also if nobody has asked for those before it."""
    asked: list[tuple[tuple[Any, ...], Any]] = []
    original = composition._Composer.line

    def line(composer: Any, *place: Any) -> Any:
        planned = original(composer, *place)
        asked.append((place, planned.line))
        return planned

    monkeypatch.setattr(composition._Composer, "line", line)
    source = Random(4)
    text = "".join(f"<p>{arbitrary_text(source, 40)}<br>{'、会' * 30}</p>" for _ in range(9))
    lay_out(text, style="p { text-indent: 7% }")
    later = [original(composition._Composer(lambda _text: None), *place).line for place, _ in asked]

    assert len(asked) > 99
    assert later == [line for _place, line in asked]


def test_hard_line_ends_are_kept() -> None:
    """The line before one is not made full."""
    first, second = lines_of(lay_out("<p>第一行文字<br>第二行文字，也不长</p>"))

    assert (first.text, second.text) == ("第一行文字", "第二行文字，也不长")
    assert first.right == pytest.approx(5 * EM, abs=0.01)


def test_phrase_that_must_not_break_does_not() -> None:
    """As a headline wants it."""
    body = "<p>" + "".join(f"<span style='white-space: nowrap'>{'词' * 6}</span>" for _ in range(9))
    lines = [line.text for line in lines_of(lay_out(body))]

    assert lines == ["词" * 18, "词" * 18, "词" * 18]


def test_space_between_elements_may_be_widened() -> None:
    """WeasyPrint then shapes it with a sign more than it has."""
    body = "<p style='word-spacing: 1pt'>前<b>面</b> <b>的</b> 字，AI for Science</p>"

    assert "".join(line.text for line in lines_of(lay_out(body))).startswith("前面 的 字，AI")


def test_box_as_wide_as_its_text_holds_it_in_one_line() -> None:
    """WeasyPrint measures such a box without gaps."""
    body = "<div style='float: left'><p style='width: auto'>共有26所高校的32位院长</p></div>"

    assert len(list(lines_of(lay_out(body)))) == 1


@pytest.mark.parametrize(
    "body",
    [
        "前面的字<img style='width: 3em; height: 1em' alt='' src='data:,'>后面的字，" * 9,
        "<span style='float: right; width: 9em'>旁注</span>" + "文字，" * 60,
        "前面的字<span style='display: inline-block'>块，块</span>后面的字" * 9,
    ],
)
def test_what_is_not_known_is_set_ragged_and_not_torn(body: str) -> None:
    """No space between two words becomes as wide as a word."""
    lines = [*lines_of(lay_out(f"<p>AI for {body}</p>"))]

    assert all(line.right <= line.measure + 0.05 for line in lines)
    assert any(line.right < line.measure - 1 for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "甲乙，AI和x<sup>2</sup>丙丁",
        "甲乙<code>code</code>丙丁",
        "甲乙<b style='font-family: Noto Sans CJK SC'>黑体</b>丙丁",
        "甲乙→☆丙丁ﬁم",
    ],
)
def test_lines_keep_their_pitch_whatever_stands_in_them(text: str) -> None:
    """Another font must not push the next line down."""
    style = "sup, code { line-height: 0 } b { line-height: 0 }"
    tops = [line.top for line in lines_of(lay_out(f"<p>{text * 12}</p>", style=style))]
    steps = [round(after - before, 3) for before, after in pairwise(tops)]

    assert set(steps) == {24.0}


# ---------------------------------------------------------------- the text stays the text


@pytest.mark.parametrize(
    "text",
    [
        "来自全国26所高校的32位材料学院院长、教师以及企业代表围绕“AI for Materials”主题展开讨论。",
        "华为昇思MindSpore技术总经理、AI4Sci LAB主任于璠博士从“全场景AI框架MindSpore”出发。",
        "他说：“‘好！’”《自然》《科学》《细胞》三刊（均为周刊）。（完）",
    ],
)
@pytest.mark.parametrize("ems", [12, 15.3, 20, 42])
def test_copied_text_has_no_space_that_was_not_typed(text: str, ems: float, tmp_path: Path) -> None:
    """Gaps are drawn and marks closed up, and who searches for a name finds it."""
    layout = lay_out(f"<p style='width: {ems}em'>{text}</p>")
    lines = [line.text for line in lines_of(layout)]

    assert text_of(layout).splitlines() == lines
    assert poppler_text_of(layout, tmp_path).split("\n")[: len(lines)] == lines
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_no_text_is_lost() -> None:
    """Every sign is in some line, once and in its place."""
    source = Random(42)
    texts = [re.sub(r"<[^>]*>", "", arbitrary_text(source, 30)).strip() for _ in range(30)]
    layout = lay_out("".join(f"<p>{text}</p>" for text in texts))

    printed = "".join(line.text for line in lines_of(layout))

    assert printed.replace(" ", "") == "".join(texts).replace(" ", "")


def test_signs_of_other_families_hide_nothing(tmp_path: Path) -> None:
    """A text in which several fonts take turns is drawn to its end."""
    text = "水是H₂O，CO₂升至421ppm，x²+y²=z²，α→β≤√2✓★№，完。"
    layout = lay_out(f"<p style='width: 42em; text-align: justify'>{text * 2}</p>")

    assert poppler_text_of(layout, tmp_path).replace(" ", "").replace("\n", "").startswith(text * 2)


# ---------------------------------------------------------------- what is not extended


def test_pages_of_others_are_left_alone() -> None:
    """Somebody else's page in the same process is WeasyPrint's."""
    body = "<p>他指出：“好。”随后介绍了AI的进展，以及更多的事情和更多的字</p>"
    before = list(lines_of(lay_out(body, is_composed=False)))
    lay_out(body)

    assert list(lines_of(lay_out(body, is_composed=False))) == before


def test_other_languages_are_left_alone() -> None:
    """English is set by WeasyPrint."""
    body = "<p>He said: “Good.” Then he presented the progress of AI, and of a lot of other things"
    stock = list(lines_of(lay_out(body, lang="en", is_composed=False)))

    assert list(lines_of(lay_out(body, lang="en"))) == stock


def test_changed_weasyprint_is_not_extended(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The page is set ragged instead, and that is said once."""
    from weasyprint.text.fonts import FontConfiguration

    # Cleared, the process's own memory would extend WeasyPrint a second time for later tests.
    monkeypatch.setattr(composition, "_install", cache(composition._install.__wrapped__))
    monkeypatch.setattr(composition, "MAJOR_VERSION", "71")
    with caplog.at_level(logging.WARNING):
        outcomes = [compose_with(FontConfiguration()) for _ in range(3)]

    assert outcomes == [False, False, False]
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_page_that_cannot_be_composed_is_ragged_and_not_torn() -> None:
    """The publisher's own style sheet asks for flush lines in vain."""
    body = "<p>AI for Materials是一个很长的主题，" + "共商材料学科的发展，" * 9
    style = f"p:lang(zh) {{ text-align: justify }} {RAGGED}"
    stock, ragged = (
        next(lines_of(lay_out(body, style=rules, is_composed=False))) for rules in ("", style)
    )

    assert stock.right == pytest.approx(stock.measure, abs=0.1)
    assert ragged.right < ragged.measure - 1
