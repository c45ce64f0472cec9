"""Headlines are broken where they are read, into lines of like length."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import fromstring, tostring

import pytest
import weasyprint
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.text.fonts import FontConfiguration

from pubkit.rendering.composition import compose_with
from pubkit.rendering.paper.balance import Piece, balanced, mark_pieces, piece_starts
from pubkit.rendering.paper.foreign import enclose_foreign

GAP = '<span class="gap" />'
PAGE = "@page { margin: 0 } body { margin: 0 } h1, p { font: inherit; margin: 0 }"
SQUARES = f"{PAGE} body {{ font: 10px 'Noto Sans CJK SC' }}"
LETTERS = f"{PAGE} body {{ font: 10px 'Noto Sans Mono CJK SC' }}"


def lines_of(html: str, style: str, lang: str) -> list[Any]:
    """Return the lines into which the first text of a page is broken."""
    fonts = FontConfiguration()
    compose_with(fonts)
    script = "cjk" if lang == "zh" else "Latn"
    page = weasyprint.HTML(
        string=f"<html lang={lang} class={script}><style>{style}</style><body>{html}"
    )
    mark_pieces(page.etree_element)
    enclose_foreign(page.etree_element)
    layout = page.render(font_config=fonts)
    return [box for box in layout.pages[0]._page_box.descendants() if isinstance(box, LineBox)]


def texts_of(lines: list[Any]) -> list[str]:
    """Return what stands on lines."""
    return ["".join(inner.text for inner in parts(line)).strip() for line in lines]


def parts(line: Any) -> Iterator[Any]:
    """Yield the boxes of a line that have a text."""
    return (box for box in line.descendants() if getattr(box, "text", None))


@pytest.mark.parametrize(
    ("html", "letters", "lines"),
    [
        ("one two three four five six", 20, ["one two three", "four five six"]),
        ("aaaaaaaaaaaaaaa bb cc dd", 20, ["aaaaaaaaaaaaaaa", "bb cc dd"]),
        ("one two", 20, ["one two"]),
        ("short Übergrößenträger of", 15, ["short", "Übergrößenträger", "of"]),
        ("one two three 武汉 five six", 20, ["one two three", "武汉 five six"]),
        ("one two <b>three</b> four five six", 22, ["one two three four", "five six"]),
    ],
)
def test_headline_has_no_more_lines_than_it_needs_and_all_alike(
    html: str, letters: int, lines: list[str]
) -> None:
    """One with other elements stays as it is, and so does one with a word wider than a line."""
    style = f"{LETTERS} h1 {{ width: {letters}ch }}"

    assert lines == texts_of(lines_of(f"<h1>{html}</h1>", style, "en"))


@pytest.mark.parametrize(
    ("html", "signs", "lines"),
    [
        ("深圳<wbr>先进材料<wbr>创新联盟<wbr>成立", 10, ["深圳先进材料", "创新联盟成立"]),
        ("深圳先进材料创新联盟成立", 10, ["深圳先进材料创新联盟", "成立"]),
        ("深圳<wbr>成立", 10, ["深圳成立"]),
        ('<span class="date">7月7日</span>深圳<wbr>成立', 6, ["7月7日深圳", "成立"]),
        (f"深圳<wbr>成像{GAP}<wbr>AI平台", 5, ["深圳成像", "AI平台"]),
        (
            "材料学家<wbr>齐聚深圳，<wbr>共商<wbr>人工智能",
            9,
            ["材料学家齐聚深圳，", "共商人工智能"],
        ),
    ],
)
def test_chinese_headline_is_broken_at_phrases(html: str, signs: int, lines: list[str]) -> None:
    """A text without phrases fills its lines."""
    style = f"{SQUARES} h1 {{ width: {signs}em }}"

    assert lines == texts_of(lines_of(f"<h1>{html}</h1>", style, "zh"))


@pytest.mark.parametrize(("align", "share"), [("start", 0.0), ("center", 0.5), ("end", 1.0)])
def test_even_lines_stand_where_the_text_is_aligned(align: str, share: float) -> None:
    """A line is no wider than its words, but its measure is."""
    style = f"{LETTERS} h1 {{ width: 20ch; text-align: {align} }}"
    lines = lines_of("<h1>one two three four five six</h1>", style, "en")
    measure = 20 * lines[0].width / len("one two three")

    assert [round(line.position_x) for line in lines] == [
        round(share * (measure - line.width)) for line in lines
    ]


def test_quotation_is_even_and_the_text_that_follows_is_not() -> None:
    """A text fills its lines."""
    style = f"{LETTERS} blockquote {{ margin: 0 }} p {{ width: 20ch }}"
    words = "one two three four five six"
    html = f"<blockquote><p>{words}</p></blockquote><p>{words}</p>"

    assert texts_of(lines_of(html, style, "en")) == [
        "one two three",
        "four five six",
        "one two three four",
        "five six",
    ]


def pieces_of(text: str) -> list[Piece]:
    """Return the words of a text, as wide as they have letters."""
    return [Piece(word, len(word), 1.0) for word in text.split()]


@pytest.mark.parametrize(
    ("text", "measure", "last_of_first_line"),
    [
        ("Students win the Prize", 14, "win"),
        ("Students win ten Prizes", 16, "win"),
        ("Spring is here: students rejoice", 22, "here:"),
        ("Spring is here, all students rejoice", 24, "here,"),
    ],
)
def test_line_ends_where_the_sense_allows(
    text: str, measure: float, last_of_first_line: str
) -> None:
    """An article goes to the next line, a colon ends its own."""
    assert last_of_first_line == balanced(pieces_of(text), measure)[0][-1].text


def test_line_of_a_single_character_is_not_made() -> None:
    """Even if the other lines become less alike."""
    pieces = [Piece("甲乙丙丁戊", 5), Piece("己庚辛", 3), Piece("壬", 1)]

    assert [len(line) for line in balanced(pieces, 8)] != [2, 1]


def test_headline_with_marks_is_left_alone() -> None:
    """An unfinished headline has a span already; only the limits of phrases go."""
    root = fromstring('<body><h1><span class="fuzzy">一<wbr/>二 三</span></h1></body>')  # noqa: S314
    mark_pieces(root)
    printed = '<body><h1><span class="fuzzy">一二 三</span></h1></body>'

    assert printed == tostring(root, encoding="unicode")


def test_date_is_drawn_in_one_piece_with_its_text() -> None:
    """Browsers need an element around it; other elements stay."""
    date, term = '<span class="date">7月7日</span>', '<span class="name" lang="en">AI</span>'
    root = fromstring(  # noqa: S314
        f"<body><article><p>于{date}下午，<b>在</b>{date}，{term}</p></article></body>"
    )
    mark_pieces(root)
    [paragraph] = root.iter("p")

    assert [child.tag for child in paragraph] == ["b", "span"]
    assert "".join(paragraph.itertext()) == "于7月7日下午，在7月7日，AI"


@pytest.mark.parametrize(
    ("html", "starts"),
    [
        ("two words", (4,)),
        ("一<wbr/>二三<wbr/>四", (1, 3)),
        ("One", ()),
        ("a " * 99, ()),
        ("two <em>words</em>", ()),
    ],
)
def test_pieces_are_words_or_phrases(html: str, starts: tuple[int, ...]) -> None:
    """A headline of one word has none, and one that is as long as a text."""
    root = fromstring(f"<body><h1>{html}</h1></body>")  # noqa: S314
    mark_pieces(root)

    assert piece_starts(root[0]) == starts
