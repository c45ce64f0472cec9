"""Plain text: what its lines are, by rule; and encodings, which are asked for."""

from pathlib import Path

import pytest

from pubkit.errors import SourceError
from pubkit.formats.manuscripts import LossKind, Manuscript, arrange, read_manuscript
from pubkit.formats.manuscripts.completeness import letters
from pubkit.formats.markdown import parse_document
from pubkit.formats.markdown.writing import write_body
from pubkit.model import Role
from tests.conftest import REPOSITORY

REPORT = Path(__file__).parent / "press-release.txt"
LONG = "The library opened its night reading room on Friday, in the presence of the mayor, " * 2


def read(text: str | bytes, encoding: str | None = None) -> Manuscript:
    """Return what is read of a text."""
    data = text.encode() if isinstance(text, str) else text
    found = read_manuscript(data, path="press.txt", nearby=lambda _path: None, encoding=encoding)
    return arrange(found)


def markdown(text: str) -> str:
    """Return the Markdown of a text below a title."""
    return write_body(read(f"A title\n\n{text}")).text.strip()


# ---------------------------------------------------------------- the report of this repository


def test_report_has_every_paragraph_once_and_in_order() -> None:
    """As the press office sent it; its pictures are not in the text."""
    body = write_body(read(REPORT.read_bytes())).text
    lines = [letters(line) for line in REPORT.read_text("utf-8").split("\n") if line.strip()]
    found = [letters(p) for p in body.split("\n\n") if not p.startswith("<!--")]

    assert found == lines


def test_report_is_like_the_one_that_was_made_by_hand() -> None:
    """The same paragraphs are headings, captions and text."""
    front = "---\ntitle: T\ndate: 2023-07-10\n---\n\n"
    body = write_body(read(REPORT.read_bytes())).text
    made = parse_document((front + body).encode(), path="source/x.md", default_lang="en")
    by_hand = parse_document(
        (REPOSITORY / "source/report.md").read_bytes(), path="source/report.md", default_lang="en"
    )
    texts = [s.text for s in by_hand.body_segments if s.role in (Role.PARAGRAPH, Role.CAPTION)]
    captions = [s.text for s in by_hand.body_segments if s.role is Role.CAPTION]
    headings = [s.text for s in by_hand.body_segments if s.role is Role.HEADING]

    assert sorted(s.text for s in made.body_segments if s.role is Role.PARAGRAPH) == sorted(texts)
    assert [s.text for s in made.body_segments if s.role is Role.HEADING] == headings
    assert body.count("<!--") == len(captions) == 10


# ---------------------------------------------------------------- rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The room\n\nText of it.", "## The room\n\nText of it."),
        ("It is open.\n\nText of it.", "It is open.\n\nText of it."),
        ("The room\n--------\n\nText.", "## The room\n\nText."),
        ("* one\n* two", "- one\n- two"),
        ("• one", "- one"),
        ("- one", r"\- one"),
        ("1) one\n2) two", "1. one\n2. two"),
        ("7. June\n2. May", "7\\. June\n\n2\\. May"),
        ("- one\n  - two\n- three", "- one\n  - two\n- three"),
        ("（1）一\n（2）二", "1. 一\n2. 二"),
        ("> quoted\n> text", "> quoted\\\n> text"),
        ("“It is open.”\n\n— Lin Wei, Director", "> “It is open.”\n>\n> — Lin Wei, Director"),
        ("One.\n\n* * *\n\nTwo.", "One.\n\n---\n\nTwo."),
    ],
)
def test_lines_are_what_they_look_like(text: str, expected: str) -> None:
    """The nearest case beside each that is none."""
    assert markdown(text) == expected


def test_wrapped_lines_are_joined_and_short_ones_kept() -> None:
    """A line that had room for the next word was ended on purpose."""
    wrapped = (
        "Riverside Library opened its night reading room on Friday, in the\n"
        "presence of the mayor and of two hundred readers, who stayed until\n"
        "midnight.\n\nPress Office\nRiverside Library\n+49 30 1234567"
    )

    assert markdown(wrapped) == (
        "Riverside Library opened its night reading room on Friday, in the presence of the mayor "
        "and of two hundred readers, who stayed until midnight.\n\n"
        "Press Office\\\nRiverside Library\\\n+49 30 1234567"
    )


def test_chinese_lines_are_joined_without_spaces() -> None:
    """Chinese has none between words."""
    assert markdown("河畔图书馆星期五开放了夜读室" * 2 + "，\n" + "读者可以在这里读书。") == (
        "河畔图书馆星期五开放了夜读室" * 2 + "，读者可以在这里读书。"
    )


def test_short_line_before_a_text_is_a_caption_without_its_picture() -> None:
    """A heading has an empty line below it, a caption has the text."""
    manuscript = read(f"A title\n\n{LONG}.\n\nThe mayor speaks.\n{LONG}.\n")

    assert [loss.kind for loss in manuscript.losses] == [LossKind.CAPTION_ALONE]
    assert "<!--" in write_body(manuscript).text


@pytest.mark.parametrize(
    ("text", "title", "dateline", "date"),
    [
        ("A title\n\nRIVERSIDE, March 14, 2025\n\nText.", "A title", "RIVERSIDE, March 14, 2025",
         "2025-03-14"),
        ("A title\n\nRIVERSIDE, 14 March 2025 – Text of it.", "A title", "", "2025-03-14"),
        ("A title\n\nIt was founded on March 14, 1925.\n\nText.", "A title", "", ""),
        ("标题\n\n河畔，2025年3月14日\n\n正文。", "标题", "河畔，2025年3月14日", "2025-03-14"),
        ("A title\n\nRIVERSIDE, 3/4/2025\n\nText.", "A title", "", ""),
        ("A title\n\nRIVERSIDE, February 30, 2025\n\nText.", "A title", "", ""),
        (f"{LONG}.\n\nText.", "", "", ""),
    ],
)  # fmt: skip
def test_title_dateline_and_date(text: str, title: str, dateline: str, date: str) -> None:
    """What is not sure is left to the author."""
    manuscript = read(text)

    assert (manuscript.title, manuscript.dateline, manuscript.date) == (title, dateline, date)


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "河畔图书馆\n\n夜读室今天开放了。"),
        ("big5hkscs", "河畔圖書館\n\n夜讀室今天開放了。"),
        ("utf-16", "河畔图书馆\n\n夜读室今天开放了。"),
        ("cp1252", "Bücherei am Fluß\n\nDer Lesesaal ist offen."),
    ],
)
def test_encoding_is_asked_for_and_never_guessed(encoding: str, text: str) -> None:
    """The remedy shows how the text would read."""
    with pytest.raises(SourceError) as refused:
        read(text.encode(encoding))

    assert f"--encoding {encoding}" in str(refused.value.remedy)
    assert text[:4] in str(refused.value.remedy)
    assert read(text.encode(encoding), encoding).title == text.split("\n")[0]


@pytest.mark.parametrize("encoding", ["no-such", "rot13", "utf-8"])
def test_wrong_encoding_is_refused(encoding: str) -> None:
    """And nothing is replaced by question marks."""
    with pytest.raises(SourceError, match=encoding):
        read("夜读室".encode("gb18030"), encoding)


@pytest.mark.parametrize("line", ["PRESS RELEASE", "For immediate release:", "新闻稿"])
def test_line_above_the_headline_is_no_title(line: str) -> None:
    """It says what the document is, not what it is about."""
    manuscript = read(f"{line}\n\nA title\n\nText of it.")

    assert (manuscript.kicker, manuscript.title) == (line, "A title")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-- Mary Stone", "> “It opened.”\n>\n> -- Mary Stone"),
        ("---", "“It opened.”\n\n---"),
        ("- - -", "“It opened.”\n\n---"),
    ],
)
def test_a_rule_below_a_quotation_is_nobody(line: str, expected: str) -> None:
    """A dash with a name says by whom it is."""
    assert markdown(f"Start.\n\n“It opened.”\n\n{line}\n\nThe end.") == (
        f"Start.\n\n{expected}\n\nThe end."
    )
