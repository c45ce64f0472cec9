"""The law: every letter of a file is in the document that is made of it, or in the report.

Arbitrary documents are made of everything that Word and the web have; each text in them is a word
that stands nowhere else, so that it can be looked for.
"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pubkit.formats.manuscripts import Manuscript, arrange, read_manuscript
from pubkit.formats.manuscripts.completeness import letters
from pubkit.formats.markdown.writing import write_body
from tests.manuscripts.arbitrary import FRAMES, LINES, RUNS, STYLES, TAGS, numbered
from tests.manuscripts.builders import docx

FEW = settings(
    max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
"""Each example starts pandoc."""


def verify(manuscript: Manuscript, words: list[str]) -> None:
    """Make sure that each word is in the document or in the report."""
    arranged = arrange(manuscript)
    head = f"{arranged.title} {arranged.subtitle} {arranged.dateline} {arranged.kicker}"
    report = " ".join(loss.text for loss in arranged.losses)
    found = letters(f"{head} {write_body(arranged).text} {report}")

    assert [word for word in words if word not in found] == []


# ---------------------------------------------------------------- Word


word_paragraphs = st.builds(
    lambda style, runs: f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>',
    st.sampled_from(STYLES),
    st.lists(st.sampled_from(RUNS), max_size=4),
)


def table(rows: list[list[str]]) -> str:
    """Return a table of Word whose rows may be of any length."""
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


word_blocks = st.recursive(
    word_paragraphs,
    lambda inner: st.one_of(
        st.builds(table, st.lists(st.lists(inner, min_size=1, max_size=3), max_size=3)),
        inner.map(lambda block: f"<w:sdt><w:sdtContent>{block}</w:sdtContent></w:sdt>"),
    ),
    max_leaves=4,
)


@FEW
@given(st.lists(word_blocks, min_size=1, max_size=5))
def test_no_letter_of_a_document_of_word_is_lost(blocks: list[str]) -> None:
    """Whatever it is made of."""
    body, words = numbered("".join(blocks))
    data = docx(f"<w:p><w:r><w:t>Start.</w:t></w:r></w:p>{body}")

    verify(read_manuscript(data, path="x.docx", nearby=lambda _path: None), words)


# ---------------------------------------------------------------- the web


page_blocks = st.recursive(
    st.lists(st.sampled_from(TAGS), max_size=4).map(" ".join),
    lambda inner: st.builds(
        lambda frame, parts: frame.replace("{}", "".join(parts)),
        st.sampled_from(FRAMES),
        st.lists(inner, min_size=1, max_size=2),
    ),
    max_leaves=4,
)


@FEW
@given(st.lists(page_blocks, min_size=1, max_size=4))
def test_no_letter_of_a_page_is_lost(blocks: list[str]) -> None:
    """Neither of the article nor of what is around it."""
    body, words = numbered("".join(blocks))
    data = f"<html><body><p>Start.</p>{body}</body></html>".encode()

    verify(read_manuscript(data, path="x.html", nearby=lambda _path: None), words)


# ---------------------------------------------------------------- plain text


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_no_letter_of_a_text_is_lost(lines: list[str]) -> None:
    """Whatever its lines look like."""
    body, words = numbered("\n".join(["Start.", *lines]))

    verify(read_manuscript(body.encode(), path="x.txt", nearby=lambda _path: None), words)
