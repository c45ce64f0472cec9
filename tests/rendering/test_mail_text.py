"""Texts of an edition as mail programs show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.rendering.mail_text import WIDTH, display_width, mail_html, plain_lines, wrap

CHINESE = st.text(st.sampled_from("大会开幕，。“”（）AI for 7月、…《》"), max_size=300)
NEVER_FIRST = "，。、；：？！”）》…"
NEVER_LAST = "“（《"


@given(st.one_of(CHINESE, st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")))))
def test_wrapping_keeps_every_sign(line: str) -> None:
    """Only spaces at the ends of lines are lost."""
    lines = wrap(line)

    assert "".join("".join(lines).split()) == "".join(line.split())


@given(st.text(st.sampled_from("ab .,\u2028\u00a0\t"), max_size=200))
def test_wrapping_keeps_words_apart(line: str) -> None:
    """Whatever stands between them."""
    assert " ".join(wrap(line)).split() == line.split()


@given(CHINESE)
def test_line_has_at_most_38_ideographs(line: str) -> None:
    """Punctuation never begins a line, nor does an opening mark end one."""
    lines = wrap(line)
    stacked = max((len(run) for run in _marks(line)), default=0)

    for text in lines:
        assert display_width(text) <= WIDTH or stacked > 3
    for text in lines[1:]:
        assert text[0] not in NEVER_FIRST or stacked > 1
    for text in lines[:-1]:
        assert text[-1] not in NEVER_LAST


def _marks(line: str) -> list[str]:
    """Return the runs of punctuation: a text of nothing else has no good place for a break."""
    spaced = "".join(sign if sign in NEVER_FIRST + NEVER_LAST else " " for sign in line)
    return spaced.split()


def test_line_is_not_broken_at_a_solid_space() -> None:
    """French has one before a colon."""
    assert wrap("x" * 74 + " membres\u00a0: elle") == ["x" * 74, "membres\u00a0: elle"]
    assert plain_lines("avant\u202f: après") == "avant\u202f: après\n"


def test_signature_is_parted_by_the_line_that_mail_programs_know() -> None:
    """It is the only one that ends with a space."""
    assert plain_lines("text -- \n\n-- \nfoot ") == "text --\n\n-- \nfoot\n"


def test_line_that_just_fits_is_not_broken() -> None:
    """Nor is an address, however long."""
    assert wrap("大" * 38) == ["大" * 38]
    assert wrap("大" * 39) == ["大" * 38, "大"]
    assert wrap("See https://example.org/" + "x" * 80) == ["See", "https://example.org/" + "x" * 80]
    assert wrap("字" * 37 + "。”") == ["字" * 36, "字。”"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a <strong>b</strong> &amp; <em>c</em>", "a b & c\n"),
        ('<a href="https://x.org/p">site</a>', "site <https://x.org/p>\n"),
        ('<a href="https://x.org/">https://x.org</a>', "https://x.org\n"),
        ('<a href="mailto:a@b.c">a@b.c</a>', "a@b.c\n"),
        ('<a href="mailto:a@b.c">Write</a>', "Write <a@b.c>\n"),
        ("one<br>two", "one\ntwo\n"),
        ("\n\none\n\n\n\ntwo\n\n", "one\n\ntwo\n"),
        ("讯\u3000会议", "讯\u3000会议\n"),
        ("&lt;script&gt;", "<script>\n"),
    ],
)
def test_plain_text_has_no_marks(html: str, text: str) -> None:
    """Links are spelled out where their words do not say where they lead."""
    assert plain_lines(html) == text


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<strong>a</strong> <code>b</code>", "<strong>a</strong> <code>b</code>"),
        ('<a href="https://x.org" class="y" id="z">a</a>', '<a href="https://x.org">a</a>'),
        ('<a href="#part">a</a>', "a"),
        ('<a href="b.html">a</a>', '<a href="https://n.org/en/b.html">a</a>'),
        ('a<sup class="footnote-ref"><a href="#fn1">[1]</a></sup>b', "ab"),
        ("10<sup>2</sup>", "10<sup>2</sup>"),
        ('<img src="x.png" alt="y">a', "a"),
        ('<span class="date">7月</span>', "7月"),
        ('<span lang="en" class="x">a</span>', '<span lang="en">a</span>'),
        ("a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"),
    ],
)
def test_letter_has_no_more_than_simple_html(html: str, kept: str) -> None:
    """Footnotes, pictures and classes are of the page; its links lead from there."""
    assert mail_html(html, page="https://n.org/en/a.html") == kept


def test_link_of_the_page_is_words_where_its_address_is_not_known() -> None:
    """A letter has no link that leads nowhere."""
    assert mail_html('<a href="b.html">a</a>') == "a"
