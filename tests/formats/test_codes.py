"""Inline Markdown as codes: nothing is lost, and what is protected works."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.formats.markdown.codes import Code, read_codes, write_codes

CORPUS = Path(__file__).parent / "cases" / "commonmark"


def shown(text: str) -> str:
    """Return a text with its codes in angle marks: « for a beginning, » for an end."""
    marks = {1: "«{}", -1: "{}»", 0: "‹{}›"}
    pieces = read_codes(text)
    return "".join(marks[p.pair].format(p.data) if isinstance(p, Code) else p for p in pieces)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A **b *c* d** e", "A «**b «*c*» d**» e"),
        ("***a** b*", "«*«**a**» b*»"),
        ("**“协会”**成立", "«**“协会”**»成立"),
        ('See [the *list*](a.md "T").', 'See «[the «*list*»](a.md "T")».'),
        ("[a](<b c> 'd')", "«[a](<b c> 'd')»"),
        ("![words](a.png)", "«![words](a.png)»"),
        ("Run `a * b` or ``x ` y``", "Run ‹`a * b`› or ‹``x ` y``›"),
        (
            "<https://example.org> and <a@example.org>",
            "‹<https://example.org>› and ‹<a@example.org>›",
        ),
        ("at https://example.org/a_b.", "at ‹https://example.org/a_b›."),
        ("Note[^1] and [^long-name]", "Note‹[^1]› and ‹[^long-name]›"),
        ("one\\\ntwo", "one‹\\\n›two"),
        ("{name}, %(date)s, {{ page }}", "‹{name}›, ‹%(date)s›, ‹{{ page }}›"),
        (r"5 \* 3 &amp; \[no\](link)", r"5 \* 3 &amp; \[no\](link)"),
        ("5 * 3 * 2 and snake_case_word", "5 * 3 * 2 and snake_case_word"),
        ("**never closed", "**never closed"),
        ("~~gone~~", "«~~gone~~»"),
        ("", ""),
    ],
)
def test_what_works_as_markup_is_a_code(text: str, expected: str) -> None:
    """What readers see as it is typed, is text."""
    assert shown(text) == expected


signs = st.sampled_from(
    [
        "**",
        "*",
        "_",
        "~~",
        "`",
        "[",
        "](",
        ")",
        "<",
        ">",
        "\\",
        "\n",
        "&amp;",
        "!",
        "[^1]",
        " ",
        "a",
        "你",
        "“",
        "https://a.b",
        "{x}",
        "\\\n",
    ]
)


@given(st.lists(signs | st.characters(exclude_categories=["Cs"]), max_size=14).map("".join))
def test_pieces_are_the_text(text: str) -> None:
    """Whatever is read, nothing is lost, and every pair is closed in its order."""
    pieces = read_codes(text)
    depth = 0
    for piece in pieces:
        depth += piece.pair if isinstance(piece, Code) else 0
        assert depth >= 0

    assert write_codes(pieces) == text
    assert depth == 0


def test_pieces_are_the_text_in_the_whole_corpus() -> None:
    """So it is in every example of CommonMark."""
    examples = [
        example["markdown"]
        for path in CORPUS.glob("*.json")
        for example in json.loads(path.read_text("utf-8"))
    ]

    assert len(examples) > 600
    assert [text for text in examples if write_codes(read_codes(text)) != text] == []
