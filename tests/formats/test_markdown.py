"""Markdown documents: their segments, their blocks, what is refused."""

import sys
from contextlib import suppress
from datetime import date
from itertools import count

import pytest

from pubkit.errors import ConfigError, Location, SourceError
from pubkit.formats.markdown import (
    document_blocks,
    document_pictures,
    link_targets,
    parse_document,
    read_markup,
    segment_html,
    segment_text,
)
from pubkit.formats.markdown.dialect import is_permitted_link
from pubkit.formats.markdown.markup import MARKUP, InlineMarkup
from pubkit.model import Block, Document, Figure, Heading, Quotation, Role, Segment, State
from tests.formats.case_files import Case, parametrized

FRONT_MATTER = "---\ntitle: A title\ndate: 2023-07-10\n---\n"


def parse(body: str, *, lang: str = "en") -> Document:
    """Return a document with this body."""
    data = (FRONT_MATTER + body).encode()
    return parse_document(data, path="source/report.md", default_lang=lang)


# ---------------------------------------------------------------- cases


@parametrized("emphasis.md")
def test_emphasis(case: Case) -> None:
    """Each line comes out as its case expects."""
    document = parse("\n\n".join(case.source.split("\n")), lang="zh")

    printed = "\n".join(block.html for block in document_blocks(document) if hasattr(block, "html"))
    assert case.expected == printed


@parametrized(
    "blocks.md",
    "comments.md",
    "directives.md",
    "figures.md",
    "footnotes.md",
    "line-breaks.md",
    "links.md",
    "quotations.md",
    "tables.md",
)
def test_document(case: Case) -> None:
    """A document has the segments and blocks that its case expects, or is refused as expected."""
    assert case.expected == described(case.source)


def described(body: str) -> str:
    """Return the segments of a document, an empty line, and its blocks; or why it is refused."""
    try:
        document = parse(body)
    except SourceError as error:
        line = (error.location.line or 0) - FRONT_MATTER.count("\n") if error.location else 0
        return f"refused on line {line}: {error.message}"
    segments = [line for segment in document.body_segments for line in describe_segment(segment)]
    blocks = [describe_block(block) for block in document_blocks(document)]
    return "\n".join([*segments, "", *blocks])


def describe_segment(segment: Segment) -> list[str]:
    """Return the lines that a case has for a segment."""
    context = f" ({segment.msgctxt})" if segment.msgctxt else ""
    comments = [f"  to translators: {comment}" for comment in segment.comments]
    return [f"{segment.role}{context}: {segment.msgid}", *comments]


def describe_block(block: Block) -> str:
    """Return the lines that a case has for a block."""
    match block:
        case Heading():
            return f'<h{block.level} id="{block.anchor}">{block.html}</h{block.level}>'
        case Figure():
            texts = (block.alternative, block.caption, block.credit)
            return f"figure {block.number}, {block.picture}: " + " | ".join(texts)
        case Quotation():
            return f"quotation: {block.html} | {block.attribution}"
    return f"{block.kind}: {block.html}"


# ---------------------------------------------------------------- documents


def test_document_knows_its_file() -> None:
    """Name, language, date and details come from the file's name and front matter."""
    text = (
        "---\ntitle: Tagung\ndate: 2023-07-10\nlanguage: DE\nreference: 2023/07\n"
        "contact: {name: Presse, email: press@pkusz.example}\n---\nEin Text\n"
    )
    document = parse_document(text.encode(), path="source/tagung.md", default_lang="en")

    assert (document.name, document.path) == ("tagung", "source/tagung.md")
    assert ("de", "de", date(2023, 7, 10)) == (document.lang, document.source_lang, document.date)
    assert dict(document.details) == {
        "reference": "2023/07",
        "contact.email": "press@pkusz.example",
    }
    assert [(segment.msgctxt, segment.msgid) for segment in document.fields] == [
        ("title", "Tagung"),
        ("contact.name", "Presse"),
    ]


def test_segments_know_their_lines() -> None:
    """The line of a segment is that of the file."""
    document = parse("One\n\n- Two\n- Three\n\n| Four |\n|---|\n| Five |\n\n![A](b.jpg)\nSix\n")

    lines = {segment.msgid: segment.line for segment in document.segments}
    assert lines == {
        "A title": 2,
        "One": 5,
        "Two": 7,
        "Three": 8,
        "Four": 10,
        "Five": 12,
        "A": 14,
        "Six": 15,
    }


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_make_no_difference(newline: str) -> None:
    """A file from Windows or an old Mac is read like any other, with or without a BOM."""
    text = FRONT_MATTER + "One\ntwo\n\n- Three\n"
    data = b"\xef\xbb\xbf" + text.replace("\n", newline).encode()

    assert parse("One\ntwo\n\n- Three\n") == parse_document(
        data, path="source/report.md", default_lang="en"
    )


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"", "report.md", "empty"),
        (b" \n\t\n", "report.md", "empty"),
        (b"title: A\n---\nText", "report.md:1", "does not begin on the first line"),
        (FRONT_MATTER.encode(), "report.md:5", "no text after its front matter"),
        (FRONT_MATTER.encode() + b"***\n", "report.md:5", "no text after its front matter"),
        (FRONT_MATTER.encode() + b"One\n\xff\n", "report.md:6", "not UTF-8"),
        (FRONT_MATTER.encode() + "中文".encode("gb18030"), "report.md:5", "not UTF-8"),
        (FRONT_MATTER.encode() + b"One\nt\x00wo", "report.md:6:2", "U+0000"),
        (FRONT_MATTER.encode() + "One\x85".encode(), "report.md:5:4", "U+0085"),
        (FRONT_MATTER.encode() + "\u2028".encode(), "report.md:5:1", "U+2028"),
        (b" " * 1_000_001, "report.md", "1.0 MB"),
        (FRONT_MATTER.encode() + b"a" * 20_001, "report.md:5", "20000 characters"),
        (FRONT_MATTER.encode() + b"> " * 21 + b"a", "report.md:5", "nested too deep"),
        (FRONT_MATTER.encode() + b"One\n\n" + b"- " * 11 + b"a", "report.md:7", "nested too deep"),
        (FRONT_MATTER.replace("date", "language: xx\ndate").encode() + b"One", "report.md:3", "xx"),
    ],
)
def test_document_that_cannot_be_read_is_refused(data: bytes, place: str, message: str) -> None:
    """The error names the place, says what is wrong and what to do."""
    with pytest.raises(SourceError) as refused:
        parse_document(data, path="report.md", default_lang="en")

    assert place == str(refused.value.location)
    assert message in refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize("body", ["> " * 19 + "a", "- " * 9 + "a", "a" * 20_000])
def test_document_at_the_limits_is_read(body: str) -> None:
    """Nothing is lost just above the deepest level and at the greatest length."""
    document = parse(body)

    assert ["a" * body.count("a")] == [segment.msgid for segment in document.body_segments]
    assert body[-20:].strip("-> ") in "".join(map(describe_block, document_blocks(document)))


def test_unknown_default_language_is_no_fault_of_the_document() -> None:
    """The settings are to blame, not the source."""
    with pytest.raises(ConfigError):
        parse_document(FRONT_MATTER.encode(), path="report.md", default_lang="xx")


def test_pictures_are_named_once_with_their_first_place() -> None:
    """Figures and pictures within texts both count."""
    document = parse("![A](a.jpg)\n\nOne ![B](b.jpg)\n\n![A](a.jpg)\n")

    assert [
        ("a.jpg", Location("source/report.md", 5)),
        ("b.jpg", Location("source/report.md", 7)),
    ] == [(picture.path, picture.location) for picture in document_pictures(document)]


# ---------------------------------------------------------------- single texts


def test_field_is_plain_text_but_for_the_boilerplate() -> None:
    """Only a boilerplate may have inline Markdown."""
    document = parse("One")
    title = Segment(msgid="A *b* <c>", text="A *b* <c>", role=Role.TITLE)
    boilerplate = Segment(msgid="A *b* <c>", text="A *b* <c>", role=Role.BOILERPLATE)

    assert segment_html(title, document) == "A *b* &lt;c&gt;"
    assert segment_html(boilerplate, document) == "A <em>b</em> &lt;c&gt;"
    assert segment_text(title) == "A *b* <c>"
    assert segment_text(boilerplate) == "A b <c>"


def test_unfinished_field_says_so() -> None:
    """Readers and screen readers are told that the text is in the source language."""
    document = parse("One")
    title = Segment(msgid="A", text="A", role=Role.TITLE, state=State.UNTRANSLATED)

    assert segment_html(title, document) == '<span class="untranslated" lang="en">A</span>'


# ---------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("url", "is_permitted"),
    [
        ("https://example.org", True),
        ("HTTPS://example.org", True),
        ("mailto:press@pkusz.example", True),
        ("tel:+8675526032000", True),
        ("report.html#a", True),
        ("", True),
        (" javascript:alert(1)", False),
        ("data:image/png;base64,AAAA", False),
        ("blob:https://example.org", False),
        ("//example.org", False),
        ("\\\\host\\share", False),
        ("/%5Chost", False),
        ("%2F%2Fhost", False),
        ("http://[", False),
    ],
)
def test_link_is_permitted(url: str, is_permitted: bool) -> None:
    """Links lead to the web, to mail, to telephones and to the publisher's own files."""
    assert is_permitted == is_permitted_link(url)


# ---------------------------------------------------------------- markup


def test_markup_is_counted() -> None:
    """Links, emphasis, code, strikethrough, breaks and notes are counted with their contents."""
    found = read_markup(
        "**a** *b* ~~c~~ `d` [e](https://example.org) ![f](g.jpg) h[^1]\\\ni ** [j][k]"
    )

    assert found.links == {"https://example.org": 1, "g.jpg": 1, "[k]": 1}
    assert found.emphasis == {"strong": 1, "em": 1}
    assert found.others == {("strikethrough", ""): 1, ("code", "d"): 1, ("line break", ""): 1}
    assert found.footnotes == {"1": 1}
    assert found.literal_marks == {"**": 1}


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("参见https://example.org/a?b=c。", ["https://example.org/a?b=c"]),
        ("See www.example.org.", ["www.example.org"]),
        ("邮箱：press@pkusz.example，电话", ["press@pkusz.example"]),
        ("[https://example.org](https://example.org)", ["https://example.org"]),
        ("<https://example.org>", ["https://example.org"]),
        ("`https://example.org`", []),
        ("a @ b", []),
    ],
)
def test_addresses_count_as_links(text: str, addresses: list[str]) -> None:
    """An address is one whether or not it is a link, and ends where Chinese text goes on."""
    assert addresses == list(read_markup(text).links.elements())


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[a](https://example.org/b_(c))", ("https://example.org/b_(c)",)),
        ("<https://example.org>", ("https://example.org",)),
        ("[![a](b.jpg)](https://example.org)", ("https://example.org",)),
        ("https://example.org", ()),
        ("`[a](https://example.org)`", ()),
        ("\\[a](https://example.org)", ()),
        ("![a](b.jpg)", ()),
    ],
)
def test_targets_are_those_of_links_alone(text: str, targets: tuple[str, ...]) -> None:
    """An address that nobody can click and a picture lead nowhere."""
    assert targets == link_targets(text)


def test_text_without_marks_has_no_markup() -> None:
    """The short way for plain texts leads to the same result as the long one."""
    text = "See https://example.org, 编号 (1) “x” !"

    assert not MARKUP.search(text)
    long_way = read_markup(text + " `x`")
    assert long_way.links == read_markup(text).links
    assert InlineMarkup.__dataclass_fields__.keys() == {
        "links",
        "emphasis",
        "others",
        "footnotes",
        "literal_marks",
        "words",
    }


# ---------------------------------------------------------------- hostile text

HOSTILE = {
    "comments without end": "<!--\n\n",
    "comments within texts": "a <!-- ",
    "comments closed once": "<!-- <!--",
    "footnotes without end": "[^",
    "stars": "*a **b ",
    "East Asian stars": "“**”中",
    "headings": "# a\n",
    "lines": "a\n",
    "Chinese lines": "中\n",
    "hard breaks": "a\\\n",
    "directives": "<!-- pubkit:comment: a -->\n",
    "quotations": "> a\n> — b\n\n",
    "addresses": "a.b@",
    "backslashes": "\\",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_reading_takes_linear_work(name: str) -> None:
    """Four times the text is about four times the work, not sixteen times."""
    short, long = (_calls(HOSTILE[name], size) for size in (3_000, 12_000))

    assert long < 6 * short


def _calls(unit: str, size: int) -> int:
    """Return how many calls it takes to read and print a document of many paragraphs of a unit."""
    paragraph = unit * (2_000 // len(unit)) + "\n\n"
    body = "[^a]: b\n\nc[^a]\n\n" + (unit * (size // len(unit)) if "\n" in unit else "")
    body += paragraph * (0 if "\n" in unit else size // len(paragraph) + 1) + "\n\nend"
    calls = count()
    sys.setprofile(lambda _frame, _event, _argument: next(calls) and None)
    try:
        with suppress(SourceError):
            document_blocks(parse(body))
    finally:
        sys.setprofile(None)
    return next(calls)
