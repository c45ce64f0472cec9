"""The markup of single texts, read with and without the parser."""

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pubkit.formats.markdown import pieces as module
from pubkit.formats.markdown import read_prose
from pubkit.formats.markdown.prose import OBJECT, PIECE, SIGN, _pieces

PIECES = st.sampled_from(
    [
        *("**", "*", "***", "_", "`", "[", "](", ")", "]", "[^1]", "![", "!", "~~", "<", "&amp;"),
        *(
            "\\",
            "\n",
            " ",
            "，",
            "。",
            "“",
            "”",
            "(",
            ":",
            "《",
            "》",
            "^",
            "会",
            "联盟",
            "a",
            "Bc",
        ),
        *("1", "http://", "https://example.org/a-b", "](https://example.org)", "www.example.org"),
        *(
            "**联盟**",
            "*a*",
            "**a b**",
            "[日程](https://example.org/en)",
            "a@example.org",
            "-",
            ".",
        ),
        *(
            "{n}",
            "%s",
            "100%",
            "</b>",
            "é",
            "\u3000",
            "\u200b",
            "😀",
            "カ",
            "가",
            "\u0301",
            "²",
            "_b_",
        ),
        *("**Media:**", "*《潮与墨》*", "**“联盟”**", "**About.**", "R&D", "P<0.05", "P < 1"),
        *("<1@a.b>", "&#38;", "[a](mailto:b@c.d)", "**a**b", "（", "） "),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)


def _with_words(pieces: Iterable[module.Piece]) -> list[module.Piece]:
    """Join the runs of words that nothing divides."""
    joined: list[module.Piece] = []
    for piece in pieces:
        if piece.type == "text" and joined and joined[-1].type == "text":
            joined[-1] = joined[-1]._replace(content=joined[-1].content + piece.content)
        elif piece.type != "text" or piece.content:
            joined.append(piece)
    return joined


@given(TEXTS)
@example("**a***b*")
@example("***a**b*")
@example("*a**b*")
@example("![a](https://example.org)")
@example("[^1][^2]")
@example("[a](https://example.org)[^1]")
@example("a[^1]b**c**[^2]")
@example("[a](http://1.2.3.4.5)")
@example("[a](http://a.99999999999/b)")
@example("a**会.\t**.")
@example("**a\xa0**，")
@example("**a**https://example.org/**b**")
def test_simple_shapes_are_read_as_the_parser_reads_them(text: str) -> None:
    """Whatever is read without the parser has the pieces that the parser finds."""
    simple = module._read_simple(text)

    assert simple is None or _with_words(simple) == _with_words(module._parse(text))


@given(
    st.lists(PIECES, max_size=14).map("".join).filter(lambda text: not module.MARKUP.search(text))
)
def test_text_without_signs_has_no_markup_but_addresses(text: str) -> None:
    """Nothing is missed where nothing is parsed."""
    assert _with_words(module._parse(text)) == _with_words([module.Piece("text", text)])


@pytest.mark.parametrize(
    "text",
    [
        "**GUANGZHOU, 12 March** — It opened today.[^1]",
        "参见[日程](https://example.org/en)，或见*增刊*。",
        "**“联盟”**成立",
        "`code` and *a*",
    ],
)
def test_ordinary_markup_is_read(text: str) -> None:
    """Both ways agree, and only the common shapes take the short one."""
    simple = module._read_simple(text)

    assert module.read_pieces(text)
    assert (simple is None) == (text[:1] == "`")


@given(TEXTS)
@example("www.example.org和http://a.b")
def test_pieces_are_those_of_the_pattern(text: str) -> None:
    """Looking only where a piece may begin finds them all."""
    if "@" not in text:
        found = [match.span() for match in PIECE.finditer(text)]
        assert found == [match.span() for match in _pieces(text)]
        assert not found or SIGN.search(text)


@given(TEXTS)
def test_prose_without_signs_is_the_text(text: str) -> None:
    """The quick look that spares most texts the long one overlooks nothing."""
    if read_prose(text).text != text:
        assert PIECE.search(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("请联系a@example.org。", f"请联系{OBJECT}。"),
        ("请见www.example.org。", f"请见{OBJECT}。"),
        ("请见https://example.org。", f"请见{OBJECT}。"),
        ("邮箱：press-office@example.org（新闻）", f"邮箱：{OBJECT}（新闻）"),
        ("增长5%，费用$3/人", "增长5%，费用$3/人"),
    ],
)
def test_address_after_han_is_no_word(text: str, wanted: str) -> None:
    """Chinese text has no space before an address."""
    assert read_prose(text).text == wanted
