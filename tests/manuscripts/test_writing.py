"""Writing Markdown: what was written is read back as it was meant, whatever its letters are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubkit.formats.manuscripts.arrangement import arrange
from pubkit.formats.manuscripts.model import (
    Block,
    Code,
    Figure,
    Heading,
    Image,
    LineBreak,
    ListBlock,
    Manuscript,
    NoteMark,
    Paragraph,
    Piece,
    Quotation,
    Rule,
    Run,
    Table,
    contents,
    plain_text,
)
from pubkit.formats.manuscripts.tidying import tidy
from pubkit.formats.markdown import parse_document
from pubkit.formats.markdown.reading_back import read_events
from pubkit.formats.markdown.writing import write_body

FRONT = "---\ntitle: T\ndate: 2025-03-14\n---\n"


def paragraph(*pieces: Piece | str) -> Paragraph:
    """Return a paragraph of pieces and plain texts."""
    return Paragraph(tidy(Run(text=p) if isinstance(p, str) else p for p in pieces))


def written(*blocks: Block) -> str:
    """Return the Markdown of blocks."""
    return write_body(Manuscript(blocks=blocks)).text


# ---------------------------------------------------------------- by example


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("5*3 is 15, a_b_c", "5*3 is 15, a_b_c"),
        ("5*3*2 is 30", r"5\*3\*2 is 30"),
        ("# one", r"\# one"),
        ("#one", "#one"),
        ("1. May", r"1\. May"),
        ("1.5 metres", "1.5 metres"),
        ("2025) was", r"2025\) was"),
        ("- a", r"\- a"),
        ("-a", "-a"),
        ("+ a", r"\+ a"),
        ("> a", r"\> a"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("[x](y)", r"[x\](y)"),
        ("[1]: note", r"[1\]: note"),
        ("[1] note", "[1] note"),
        ("[^1]", r"\[^1]"),
        ("<b>", r"\<b>"),
        ("a < b", "a < b"),
        ("<!-- x -->", r"\<!-- x -->"),
        ("AT&T", "AT&T"),
        ("&amp;", r"\&amp;"),
        ("C:\\Users", "C:\\Users"),
        ("a\\*b", r"a\\\*b"),
        ("ends with \\", "ends with \\\\"),
        ("`code`", r"\`code\`"),
        ("~~no~~", r"\~\~no\~\~"),
        ("a | b", "a | b"),
        (":--- x", ":--- x"),
        ("https://a.example/?a=1&b=2", "https://a.example/?a=1&b=2"),
    ],
)
def test_text_is_escaped_as_little_as_possible(text: str, markdown: str) -> None:
    """Translators see the escapes."""
    assert written(paragraph(text)) == markdown + "\n"


@pytest.mark.parametrize(
    ("pieces", "markdown"),
    [
        (("un", Run(text="b", is_strong=True), "elievable"), "un**b**elievable"),
        ((Run(text="“协会”", is_strong=True), "成立"), "**“协会”**成立"),
        ((Run(text="bold ", is_strong=True), "text"), "**bold** text"),
        (("a", Run(text="“b”", is_strong=True), "c"), "a“**b**”c"),
        ((Run(text="x", is_emphasised=True, is_strong=True), " y"), "***x*** y"),
        ((Run(text="a  b", is_code=True),), "`a b`"),
        ((Run(text="`", is_code=True),), "`` ` ``"),
        (("a", LineBreak(), "b"), "a\\\nb"),
        (("a", NoteMark("1"), "."), "a[^1]."),
        ((Run(text="here", link="https://a.example/x y"),), "[here](https://a.example/x%20y)"),
        ((Run(text="a]b", link="https://a.example/"),), r"[a\]b](https://a.example/)"),
    ],
)
def test_emphasis_links_and_breaks(pieces: tuple[Piece | str, ...], markdown: str) -> None:
    """Marks work beside letters and full-width punctuation; spaces stand outside them."""
    notes = {"1": (paragraph("n"),)} if "[^1]" in markdown else {}
    body = write_body(Manuscript(blocks=(paragraph(*pieces),), notes=notes))

    assert body.text.split("\n\n[^1]")[0].rstrip("\n") == markdown


def test_emphasis_that_cannot_be_said_is_given_up_and_told() -> None:
    """No letter is lost with it."""
    first, second = Run(text="a", is_emphasised=True), Run(text="b", is_strong=True)
    third = Run(text="c", is_strong=True, is_emphasised=True)
    body = write_body(Manuscript(blocks=(paragraph(first, second, third),)))

    assert (body.text, body.plainer) == ("abc\n", ("abc",))


def test_lists_that_follow_one_another_stay_apart() -> None:
    """Else the second would count on from the first."""
    item = (paragraph("a"),)

    assert written(ListBlock((item,), 1), ListBlock((item,), 1)) == "1. a\n\n1) a\n"
    assert written(ListBlock((item,)), ListBlock((item,))) == "- a\n\n* a\n"


def test_lists_of_two_kinds_keep_their_usual_marks() -> None:
    """Bullets and numbers are never taken for one list."""
    item = (paragraph("a"),)

    assert written(ListBlock((item,)), ListBlock((item,), 3)) == "- a\n\n3. a\n"
    assert written(ListBlock((item,), 3), ListBlock((item,))) == "3. a\n\n- a\n"


def test_list_within_an_item_begins_with_any_number() -> None:
    """Below a paragraph without an empty line, only the number 1 begins a list."""
    inner = (paragraph("b"),)

    assert written(ListBlock(((paragraph("a"), ListBlock((inner,), 1)),))) == "- a\n  1. b\n"
    assert written(ListBlock(((paragraph("a"), ListBlock((inner,), 5)),))) == "- a\n\n  5. b\n"


def test_blocks_have_their_marks() -> None:
    """Every block of the dialect can be written."""
    blocks = (
        Heading(2, tidy([Run(text="Section")])),
        ListBlock(((paragraph("one"), ListBlock(((paragraph("two"),),))),)),
        Quotation((paragraph("“Read.”"), paragraph("— Lin"))),
        Figure(Image(path="pictures/a.png", alternative="A [lamp]"), tidy([Run(text="Lamp")])),
        Table(((tidy([Run(text="a|b")]), ()), ((), tidy([Run(text="1")])))),
        Code("x = '```'"),
        Rule(),
    )

    assert written(*blocks) == (
        "## Section\n\n- one\n  - two\n\n> “Read.”\n>\n> — Lin\n\n"
        "![A \\[lamp\\]](pictures/a.png)\nLamp\n\n| a\\|b |  |\n| --- | --- |\n|  | 1 |\n\n"
        "````\nx = '```'\n````\n\n---\n"
    )


# ---------------------------------------------------------------- laws


MARKUP = "*_`~[]()<>!#&|\\-+=:^.0123456789{}\"' aAb“”，。中\u00a0"
texts = st.text(st.one_of(st.sampled_from(MARKUP), st.characters(codec="utf-8")), max_size=25)
runs = st.builds(
    Run,
    text=texts,
    is_strong=st.booleans(),
    is_emphasised=st.booleans(),
    is_struck=st.booleans(),
    link=st.sampled_from([None, None, None, "https://a.example/?x=(1)&y=2", "mailto:a@b.example"]),
)
codes = st.builds(Run, text=texts, is_code=st.just(True))
pieces = st.one_of(runs, runs, codes, st.just(LineBreak()))
paragraphs = st.builds(Paragraph, st.lists(pieces, max_size=5).map(tuple))
lines = st.lists(st.one_of(runs, codes), min_size=1, max_size=3).map(tuple)
tables = st.integers(1, 3).flatmap(
    lambda n: st.builds(
        Table, st.lists(st.lists(lines, min_size=n, max_size=n).map(tuple), min_size=1).map(tuple)
    )
)
leaves = st.one_of(
    paragraphs,
    st.builds(Heading, st.integers(1, 6), lines),
    st.builds(Code, texts),
    st.just(Rule()),
    tables,
)
blocks = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Quotation, st.lists(inner, max_size=3).map(tuple)),
        st.builds(
            ListBlock,
            st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple),
            st.one_of(st.none(), st.integers(0, 99)),
        ),
    ),
    max_leaves=6,
)


def letters(parts: tuple[Block, ...]) -> str:
    """Return the letters of blocks, without spaces."""
    return "".join("".join(plain_text(content) for content in contents(parts)).split())


@settings(max_examples=80)
@given(st.lists(paragraphs, min_size=1, max_size=2).map(tuple))
def test_any_text_is_read_back(parts: tuple[Block, ...]) -> None:
    """Writing proves itself: it raises where what is read differs from what was meant."""
    arranged = arrange(Manuscript(title="T", date="2025-03-14", blocks=parts))
    body = write_body(arranged)

    read = [event for event in read_events(body.text) if event[0] in ("paragraph", "figure")]
    found = "".join("".join(plain_text(event[-1]) for event in read).split())
    assert found == letters(arranged.blocks)


@settings(max_examples=40)
@given(st.lists(blocks, min_size=1, max_size=4).map(tuple))
def test_any_structure_is_read_back_and_accepted(parts: tuple[Block, ...]) -> None:
    """What import writes, extraction reads."""
    arranged = arrange(Manuscript(title="T", date="2025-03-14", blocks=parts))
    body = write_body(arranged)

    if any(sign.isalnum() for sign in letters(arranged.blocks)):
        data = (FRONT + "\nStart.\n\n" + body.text).encode()
        parse_document(data, path="source/x.md", default_lang="en")
