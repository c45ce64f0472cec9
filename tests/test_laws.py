"""Laws: what holds for every document and every catalog, whatever stands in them."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pubkit.errors import ConfigError, SourceError
from pubkit.formats.markdown import document_blocks, document_pictures, parse_document, read_markup
from pubkit.formats.markdown.markup import MARKUP
from pubkit.formats.po import format_catalog, parse_catalog
from pubkit.model import Block, Catalog, Document, Entry, Figure, Heading, Quotation, State
from pubkit.translation import make_template, translate_document, update_catalog

FRONT_MATTER = "---\ntitle: A title\ndate: 2023-07-10\nkeywords: [one, two]\n---\n"
EXAMPLES = json.loads(
    (Path(__file__).parent / "formats/cases/commonmark/examples.json").read_text("utf-8")
)
REPORT = (Path(__file__).parents[1] / "source" / "report.md").read_bytes()


def parse(body: str) -> Document:
    """Return an English document with this body."""
    data = (FRONT_MATTER + body).encode()
    return parse_document(data, path="source/report.md", default_lang="en")


def read_or_none(body: str) -> Document | None:
    """Return a document, or None if it is refused."""
    with suppress(SourceError):
        return parse(body)
    return None


CORPUS = {
    f"{example['number']}": document
    for example in EXAMPLES
    if (document := read_or_none(example["markdown"])) is not None
}
"""The examples of the CommonMark specification that have any text to translate."""

# ---------------------------------------------------------------- documents of every kind

SIGNS = "ab.,!?()[]*_`~<>#-+=|\\&^:;\"'/ \t“”，（）é😀"
PARTS = "word 中文 한글 ** ~~ ![ ]( ](a.jpg) [^1] <!-- --> &amp; https://example.org"
WORDS = st.sampled_from((*SIGNS, *PARTS.split(), "  "))
LINES = st.lists(WORDS, min_size=1, max_size=12).map("".join)
MARKERS = """
> |- |1. |# |    |  |> — |[^1]: |<!-- x -->
""".strip().split("|")
BEGINNINGS = ("| ", "|-|\n| ", "```\n", "***\n", "![A](b.jpg)\n", "\n", "", "", "")
DIRECTIVES = ("<!-- pubkit:skip -->\n", "<!-- pubkit:comment: Why. -->\n")
PREFIXES = st.sampled_from((*MARKERS, *BEGINNINGS, *DIRECTIVES))
BODIES = st.lists(st.tuples(PREFIXES, LINES).map("".join), min_size=1, max_size=8).map("\n".join)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a document; those that are refused do not count."""
    document = read_or_none(draw(BODIES))
    assume(document is not None)
    assert document is not None
    return document


def translated(document: Document, *, lang: str = "zh") -> Catalog:
    """Return a catalog whose translations are the source texts."""
    template = template_of(document)
    entries = (replace(entry, msgstr=entry.msgid) for entry in template.entries)
    return Catalog(entries=tuple(entries), header=template.header, lang=lang)


def template_of(document: Document) -> Catalog:
    """Return the template of a document."""
    return make_template(
        document.segments,
        reference=document.path,
        project="pubkit",
        created="2023-07-10 10:00+0000",
    )


def in_language(document: Document, catalog: Catalog | None) -> Document:
    """Return the Chinese document."""
    return translate_document(document, catalog, lang="zh")


def same_in_english(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks without the language of the alternative text."""
    return tuple(
        replace(block, alternative_lang="en") if isinstance(block, Figure) else block
        for block in blocks
    )


# ---------------------------------------------------------------- skeleton and segments


@pytest.mark.parametrize("number", CORPUS)
def test_identity_catalog_renders_the_same_blocks(number: str) -> None:
    """A document translated into itself is printed as it was."""
    document = CORPUS[number]
    identical = in_language(document, translated(document))

    assert same_in_english(document_blocks(document)) == same_in_english(document_blocks(identical))
    assert not identical.is_draft


@given(documents())
def test_identity_catalog_renders_the_same_blocks_of_any_document(document: Document) -> None:
    """So is whatever an author may write."""
    identical = in_language(document, translated(document))

    assert same_in_english(document_blocks(document)) == same_in_english(document_blocks(identical))
    assert document_pictures(document) == document_pictures(identical)


@pytest.mark.parametrize("number", CORPUS)
def test_empty_catalog_keeps_the_structure(number: str) -> None:
    """Without translations the document is printed in its source language, each text marked."""
    document = CORPUS[number]
    untranslated = in_language(document, None)

    without_marks = re.sub(
        r'<span class="untranslated" lang="en">(.*?)</span>', r"\1", _page(untranslated)
    )
    assert _page(document) == without_marks
    assert {State.UNTRANSLATED} == {segment.state for segment in untranslated.segments}


def _page(document: Document) -> str:
    """Return the HTML of all blocks without white space between words; as readers see it."""
    html = "".join(map(_html, document_blocks(document)))
    return re.sub(r"\s+(?!lang=|class=)", "", html)


def _html(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{block.html}</h{block.level}>"
        case Figure():
            return f"<figure>{block.alternative}{block.caption}{block.credit}</figure>"
        case Quotation():
            return f"<blockquote>{block.html}{block.attribution}</blockquote>"
    return f"<p>{block.html}</p>" if block.kind == "paragraph" else block.html


COMMENTS = frozenset({"177", "179", "308", "309", "625", "626"})
"""CommonMark without raw HTML prints them; pubkit never does."""
REFUSED_LINKS = frozenset({"596", "598", "599", "601"})
"""Addresses such as ``irc:`` and ``localhost:`` are no links in pubkit."""


@pytest.mark.parametrize("number", CORPUS)
def test_blocks_are_those_of_commonmark(number: str) -> None:
    """Where the dialect has nothing of its own, it prints what CommonMark prints."""
    document = CORPUS[number]
    if any(isinstance(block, Figure) for block in document_blocks(document)):
        return  # a picture alone in its paragraph is a figure
    printed = _page(document)
    expected = re.sub(r"\s+", "", MarkdownIt("commonmark", {"html": False}).render(document.body))
    is_equal = printed.replace(" ", "") == re.sub(r"(</?h)1>", r"\g<1>2>", expected)

    assert is_equal == (number not in COMMENTS | REFUSED_LINKS)


# ---------------------------------------------------------------- reading


@given(st.binary())
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    """The only answer besides a document is an error for its author."""
    with suppress(SourceError, ConfigError):
        parse_document(FRONT_MATTER.encode() + data, path="report.md", default_lang="en")
    with suppress(SourceError, ConfigError):
        parse_document(data, path="report.md", default_lang="en")


@given(BODIES)
def test_arbitrary_text_is_printed_or_refused(body: str) -> None:
    """Whatever can be read can be printed, and an error names its place and a remedy."""
    error = _refusal(body)

    assert error is None or (error.remedy and error.location and error.location.line)


def _refusal(body: str) -> SourceError | None:
    """Return why a document cannot be read; None if it can be read and printed."""
    try:
        document_blocks(parse(body))
    except SourceError as error:
        return error
    return None


@settings(max_examples=50)
@given(st.integers(0, len(REPORT)), st.integers(0, 9), st.binary(max_size=4))
def test_mutated_report_is_read_or_refused(start: int, length: int, inserted: bytes) -> None:
    """A slip of the hand in a real document never brings the program down."""
    data = REPORT[:start] + inserted + REPORT[start + length :]
    with suppress(SourceError, ConfigError):
        document_blocks(parse_document(data, path="source/report.md", default_lang="en"))


@given(st.lists(WORDS.filter(lambda word: not MARKUP.search(word))).map("".join))
def test_plain_text_has_the_markup_that_parsing_finds(text: str) -> None:
    """The short way for texts without marks leads to where the long one does."""
    short, long = read_markup(text), read_markup(text + " \\")

    assert short.links == long.links
    nothing = (Counter[str](),) * 3
    assert nothing == (short.emphasis, short.footnotes, short.literal_marks)
    assert nothing == (long.emphasis, long.footnotes, long.literal_marks)


# ---------------------------------------------------------------- catalogs


@given(documents())
def test_translating_leaves_its_arguments_as_they_are(document: Document) -> None:
    """A document and a catalog may be used again, for the next language."""
    catalog = translated(document)
    before = deepcopy((document.segments, document.body, catalog.entries, catalog.header))

    in_language(document, catalog)

    assert before == (document.segments, document.body, catalog.entries, catalog.header)


@given(documents())
def test_translations_reach_the_page(document: Document) -> None:
    """Extracting, saving, reading and translating puts every translation in its place."""
    template = template_of(document)
    empty = update_catalog(None, template, lang="zh")
    entries = tuple(
        replace(entry, msgstr=f"译文{number}") for number, entry in enumerate(empty.entries)
    )
    saved = parse_catalog(format_catalog(replace(empty, entries=entries)))

    texts = {entry.key: entry.msgstr for entry in entries}
    wanted = [texts[segment.key] for segment in document.segments]
    assert wanted == [segment.text for segment in in_language(document, saved).segments]


def test_template_has_each_text_once() -> None:
    """Equal texts are translated once, in one context; their roles and comments come together."""
    document = parse(
        "## Yes\n\n<!-- pubkit:comment: Why. -->\nYes\n\n- Yes\n\n"
        "<!-- pubkit:context: verb -->\nYes\n\nNo\n"
    )

    assert [
        (entry.msgctxt, entry.msgid, entry.extracted_comments)
        for entry in template_of(document).entries
        if entry.msgctxt not in ("title", "keywords")
    ] == [
        (None, "Yes", ("Heading, Paragraph, List item", "Why.")),
        ("verb", "Yes", ("Paragraph",)),
        (None, "No", ("Paragraph",)),
    ]


GREEK = st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"])
TEXTS = st.lists(
    st.lists(GREEK, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=8, unique=True
)


@given(TEXTS, TEXTS, st.data())
def test_updating_twice_is_updating_once(
    old: list[str], new: list[str], data: st.DataObject
) -> None:
    """An update leaves nothing to do for a second one."""
    states = st.sampled_from(["", "译文", "fuzzy"])
    catalog = update_catalog(None, _template(old), lang="zh")
    entries = tuple(_in_state(entry, data.draw(states)) for entry in catalog.entries)
    once = update_catalog(replace(catalog, entries=entries), _template(new), lang="zh")

    assert once is update_catalog(once, _template(new), lang="zh")


@given(TEXTS, st.data())
def test_order_and_neighbours_do_not_matter(texts: list[str], data: st.DataObject) -> None:
    """Moving paragraphs, or putting one between two others, leaves every other entry equal."""
    moved = data.draw(st.permutations(texts))
    moved.insert(data.draw(st.integers(0, len(moved))), "A paragraph unlike all others")
    catalog = update_catalog(None, _template(texts), lang="zh")
    entries = tuple(replace(entry, msgstr="译文") for entry in catalog.entries)
    updated = update_catalog(replace(catalog, entries=entries), _template(moved), lang="zh")

    assert moved == [entry.msgid for entry in updated.entries]
    assert set(entries) < set(updated.entries)


@given(TEXTS, TEXTS)
def test_text_that_comes_back_brings_its_translation(old: list[str], new: list[str]) -> None:
    """Nothing that was translated is lost while the source changes to and fro."""
    catalog = update_catalog(None, _template(old), lang="zh")
    entries = tuple(replace(entry, msgstr=f"译：{entry.msgid}") for entry in catalog.entries)
    there = update_catalog(replace(catalog, entries=entries), _template(new), lang="zh")
    back = update_catalog(there, _template(old), lang="zh")

    kept = {entry.msgstr for entry in there.entries}
    assert {entry.msgstr for entry in entries} <= kept
    assert {entry.msgid for entry in entries} == {entry.msgid for entry in back.live_entries}


def _template(texts: Sequence[str]) -> Catalog:
    """Return the template of a document with these paragraphs."""
    document = Document(
        name="report",
        path="source/report.md",
        lang="en",
        source_lang="en",
        date=EMPTY.date,
        details=MappingProxyType({}),
        body_segments=tuple(replace(EMPTY.body_segments[0], msgid=text) for text in texts),
    )
    return template_of(document)


EMPTY = parse("One")


def _in_state(entry: Entry, state: str) -> Entry:
    """Return an entry untranslated, translated or fuzzy."""
    flags = ("fuzzy",) if state == "fuzzy" else ()
    return replace(entry, msgstr="译文" if state else "", flags=flags)
