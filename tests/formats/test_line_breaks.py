"""Line breaks of a source text: joined without a look only where that changes nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pubkit.formats.markdown.dialect import make_parser
from pubkit.formats.markdown.line_breaks import _has_only_other_spaces, _join, _printed
from pubkit.formats.markdown.pages import make_page_parser

PARSERS = (make_parser(), make_page_parser())
MARKS = st.sampled_from(
    [
        *"ab中。`[]()*_~\\! \n\t&|@",
        "\n",
        "**",
        "``",
        "](",
        "[x]",
        "(u)",
        "  \n",
        "\\\n",
        "http://a.b",
    ]
)


@pytest.mark.parametrize("parser", PARSERS, ids=("report", "page"))
@given(parts=st.lists(MARKS, min_size=3, max_size=14))
def test_texts_that_are_joined_without_a_look_are_printed_alike(
    parser: MarkdownIt, parts: list[str]
) -> None:
    """The shortcut is taken only where the parser would say the same."""
    text = "".join(parts).strip()
    joined = _join(text.split("\n"))
    env = {"references": {"X": {"href": "/x", "title": ""}}}

    if _has_only_other_spaces(joined, text):
        assert _printed(text, parser, env) == _printed(joined, parser, env)


@pytest.mark.parametrize("text", ["one *two\nthree* [four](u)", "`one\ntwo`"])
def test_ordinary_texts_are_joined_without_a_look(text: str) -> None:
    """Most are wrapped prose."""
    assert _has_only_other_spaces(_join(text.split("\n")), text)


@pytest.mark.parametrize("text", ["one  \ntwo", "`one\\ \ntwo`", "<a@b.c\n>", "中\n文"])
def test_others_are_looked_at(text: str) -> None:
    """A hard break, a backslash before a space, an address, letters that are joined."""
    assert not _has_only_other_spaces(_join(text.split("\n")), text)
