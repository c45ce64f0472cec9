"""Headlines are broken where they are read, into lines of like length."""

import re
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest

from pubkit.rendering.paper.balance import (
    HIDDEN,
    Piece,
    balance_lines,
    balanced,
    name_pieces,
    shown_alone,
)
from pubkit.rendering.paper.placement import Rectangle, Sheet

GAP = '<span class="gap" />'


def lay_out(root: Element, measure: float) -> list[Sheet]:
    """Place the pieces of a headline: ten pixels a letter, a space five."""
    left, top = 0.0, 0.0
    places: dict[str, Rectangle] = {"text-0": (0.0, 0.0, measure, 900.0)}
    for piece in root.iter("span"):
        width = 10.0 * len(piece.text or "")
        if left and left + width > measure:
            left, top = 0.0, top + 30
        places[piece.get("id", "")] = (left, top, left + width, top + 20)
        left += width + (5 if piece.tail else 0)
    return [Sheet(places, 900)]


def lines_of(html: str, measure: float) -> list[str]:
    """Return the lines into which a headline is broken; none if it is left to the engine."""
    root = fromstring(f"<body><h1>{html}</h1></body>")  # noqa: S314
    name_pieces(root)
    balance_lines(root, lay_out(root, measure))
    text = "".join(root[0].itertext())

    assert text == re.sub("<[^>]*>", "", html)
    return [line.text or "" for line in root[0]]


@pytest.mark.parametrize(
    ("html", "measure", "lines"),
    [
        ("one two three four five six", 200, ["one two three", "four five six"]),
        ("aaaaaaaaaaaaaaa bb cc dd", 200, ["aaaaaaaaaaaaaaa", "bb cc dd"]),
        ("one two", 200, []),
        ("Übergrößenträger", 100, []),
        ("short Übergrößenträger", 100, []),
        ("深圳<wbr/>先进材料<wbr/>创新联盟<wbr/>成立", 100, ["深圳先进材料", "创新联盟成立"]),
        ("深圳<wbr/>成立", 100, []),
        ('<span class="date">7月7日</span>深圳<wbr/>成立', 60, ["7月7日深圳", "成立"]),
        (f"深圳<wbr/>成像{GAP}<wbr/>AI平台", 50, ["深圳成像", "AI平台"]),
    ],
)
def test_headline_has_no_more_lines_than_it_needs_and_all_alike(
    html: str, measure: float, lines: list[str]
) -> None:
    """One line stays as it is, and so does a text with a piece that is wider than a line."""
    assert lines == lines_of(html, measure)


def pieces_of(text: str) -> list[Piece]:
    """Return the words of a text, as wide as they have letters."""
    return [Piece(word, len(word), 1.0, bool(n)) for n, word in enumerate(text.split())]


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
    name_pieces(root)
    balance_lines(root, lay_out(root, 50))
    printed = '<body><h1><span class="fuzzy">一二 三</span></h1></body>'

    assert printed == tostring(root, encoding="unicode")


def test_date_is_drawn_in_one_piece_with_its_text() -> None:
    """Browsers need an element around it; other elements stay."""
    date, term = '<span class="date">7月7日</span>', '<span class="name" lang="en">AI</span>'
    root = fromstring(  # noqa: S314
        f"<body><article><p>于{date}下午，<b>在</b>{date}，{term}</p></article></body>"
    )
    name_pieces(root)
    [paragraph] = root.iter("p")

    assert [child.tag for child in paragraph] == ["b", "span"]
    assert "".join(paragraph.itertext()) == "于7月7日下午，在7月7日，AI"


def test_only_texts_with_pieces_are_shown_alone() -> None:
    """With all around them, and for as long as they are asked for."""
    page = fromstring(  # noqa: S314
        "<html><head/><body><p>a</p><article><h1>two words</h1><p style='x'>b</p><div><blockquote>"
        "<p>three more words</p><footer>c</footer></blockquote><p>d</p></div></article>"
        "</body></html>"
    )
    name_pieces(page)
    before = tostring(page)
    with shown_alone(page) as is_needed:
        hidden = ["".join(item.itertext()) for item in page.iter() if item.get("style") == HIDDEN]

    assert is_needed
    assert hidden == ["", "a", "b", "c", "d"]
    assert tostring(page) == before


def test_page_without_pieces_needs_no_first_layout() -> None:
    """A headline of one word, or one that is as good as a text."""
    page = fromstring(f"<body><h1>One</h1><blockquote><p>{'a ' * 99}</p></blockquote></body>")  # noqa: S314
    name_pieces(page)
    with shown_alone(page) as is_needed:
        assert not is_needed
