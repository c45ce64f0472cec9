"""Pages of a book: Markdown without front matter, whatever other programs make of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML

from pubkit.errors import SourceError
from pubkit.formats.markdown import parse_document
from pubkit.formats.markdown.segmentation import _body_parser, parse_body
from pubkit.model import Document
from tests.formats.case_files import Case, parametrized
from tests.formats.test_markdown import describe_segment

PIECES = (
    *("# ", "- [ ] ", "1. ", "> [!NOTE]\n", "> ", "| a | b |\n|---|---|\n| ", "\n", "\n\n", " "),
    *("<b>", "</b>", "<details>\n", "<!-- c -->", "<!-- i18n:skip -->\n", "{{#include x}}\n"),
    *("[a]", "[a][b]", "[c](d.md)", "![e][b]", "\n\n[a]: a.md\n[b]: <b c.md> 't'\n\n", "\\", "`"),
    *("*one*", "_two_", "three", "<", "[", "]", "[^1]", "[^1]: ", "    ", "~~", "中文", "**“好”**"),
)
PAGES = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def page(text: str) -> Document:
    """Return a page of a book."""
    data = f"\n{text}".encode()
    return parse_document(data, path="src/a/page.md", default_lang="en", name="a/page")


@parametrized("pages.md")
def test_page(case: Case) -> None:
    """A page has the segments that its case expects, or is refused as expected."""
    try:
        segments = page(case.source).body_segments
    except SourceError as error:
        line = (error.location.line or 0) - 1 if error.location else 0
        described = f"refused on line {line}: {error.message}"
    else:
        described = "\n".join(line for segment in segments for line in describe_segment(segment))

    assert case.expected == described


def test_a_page_has_neither_date_nor_fields() -> None:
    """Its first heading stays where it is."""
    found = page("# Title\n\nText")

    assert (found.name, found.is_page, found.date, found.fields) == ("a/page", True, None, ())
    assert [(text.msgid, text.line) for text in found.segments] == [("Title", 2), ("Text", 4)]


@given(PAGES)
def test_segments_fit_the_skeleton_of_any_page(text: str) -> None:
    """The page translated into itself is the page: links, tags and all, but for line breaks."""
    if not text.strip():
        return
    try:
        found = page(text)
    except SourceError:
        return

    assert printed(found, with_texts=True) == printed(found, with_texts=False)


def printed(found: Document, *, with_texts: bool) -> str:
    """Return the page as HTML without white space: what only a test may print."""
    parser = _body_parser(is_page=True)
    if with_texts:
        tokens, env = parse_body(found)
    else:
        env = {}
        tokens = parser.parse(found.body, env)
    for token in tokens:
        token.children = [child for child in token.children or () if child.type != "comment"]
    shown = [token for token in tokens if token.type != "comment"]
    return "".join(RendererHTML().render(shown, parser.options, env).split())


def test_what_is_nested_too_deep_is_refused() -> None:
    """Nothing is dropped in silence; a page may be nested twice as deep as a report."""
    assert [segment.msgid for segment in page("- " * 19 + "a").segments] == ["a"]
    with pytest.raises(SourceError, match="nested too deep"):
        page("- " * 40 + "a")
