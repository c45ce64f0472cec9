"""The law: every letter of a file is in the document that is made of it, or in the report.

Arbitrary documents are made of everything that Word and the web have; each text in them is a word
that stands nowhere else, so that it can be looked for.
"""

from collections.abc import Iterator
from itertools import islice, product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pubkit.formats.manuscripts import Manuscript, arrange, read_manuscript
from pubkit.formats.manuscripts.completeness import letters
from pubkit.formats.markdown.writing import write_body
from tests.manuscripts.builders import box, docx

FEW = settings(
    max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
"""Each example starts pandoc."""


def three_letters() -> Iterator[tuple[str, ...]]:
    """Yield rows of letters, of which none is in another one behind a “w”."""
    return product("abcdefgh", "ijklmnop", "qrstuvxy")


def numbered(template: str) -> tuple[str, list[str]]:
    """Fill each ``@`` of a template with a word of its own, and return the words, too."""
    parts = template.split("@")
    words = ["w" + "".join(three) for three in islice(three_letters(), len(parts) - 1)]
    filled = parts[0] + "".join(word + part for word, part in zip(words, parts[1:], strict=True))
    return filled, words


def verify(manuscript: Manuscript, words: list[str]) -> None:
    """Make sure that each word is in the document or in the report."""
    arranged = arrange(manuscript)
    head = f"{arranged.title} {arranged.subtitle} {arranged.dateline} {arranged.kicker}"
    report = " ".join(loss.text for loss in arranged.losses)
    found = letters(f"{head} {write_body(arranged).text} {report}")

    assert [word for word in words if word not in found] == []


# ---------------------------------------------------------------- Word


R = "<w:r><w:t>@</w:t></w:r>"
RUNS = (
    R,
    "<w:r><w:t>@ @</w:t></w:r>",
    "<w:r><w:rPr><w:b/></w:rPr><w:t>@</w:t></w:r>",
    "<w:r><w:rPr><w:i/><w:strike/></w:rPr><w:t>@</w:t></w:r>",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>@</w:t></w:r>",
    '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>@</w:t></w:r>',
    "<w:r><w:rPr><w:smallCaps/><w:u/></w:rPr><w:t>@</w:t></w:r>",
    "<w:r><w:t>@</w:t><w:br/><w:t>@</w:t><w:tab/><w:t>@</w:t></w:r>",
    "<w:del><w:r><w:delText>@</w:delText></w:r></w:del>",
    f"<w:ins>{R}</w:ins>",
    f"<w:moveFrom>{R}</w:moveFrom>",
    f"<w:moveTo>{R}</w:moveTo>",
    f"<w:smartTag>{R}</w:smartTag>",
    f"<w:customXml>{R}</w:customXml>",
    f"<w:sdt><w:sdtContent>{R}</w:sdtContent></w:sdt>",
    f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{R}</w:sdtContent></w:sdt>",
    f'<w:hyperlink w:anchor="x">{R}</w:hyperlink>',
    f'<w:fldSimple w:instr=" REF x ">{R}</w:fldSimple>',
    f"<w:r><w:ruby><w:rt>{R}</w:rt><w:rubyBase>{R}</w:rubyBase></w:ruby></w:r>",
    "<m:oMath><m:r><m:t>@</m:t></m:r></m:oMath>",
    f"<w:bdo>{R}</w:bdo>",
    f"<w:unheardOf>{R}</w:unheardOf>",
    box(f"<w:p>{R}</w:p>").split("<mc:Fallback>")[0] + "</mc:AlternateContent></w:r>",
    "<w:r><mc:AlternateContent><mc:Choice><w:sy/></mc:Choice><mc:Fallback><w:t>@</w:t>"
    "</mc:Fallback></mc:AlternateContent></w:r>",
)
STYLES = ("", "Title", "Heading1", "Caption", "TOC1", "Abstract", "Unknown")
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


TAGS = (
    *("@", "<b>@</b>", "<i>@ <b>@</b></i>", "<del>@</del>", "<ins>@</ins>", "<sup>@</sup>"),
    *("<a href='https://a.example/'>@</a>", "<a href='javascript:x'>@</a>", "<code>@</code>"),
    *("<span hidden>@</span>", "<button>@</button>", "<select><option>@</select>", "<q>@</q>"),
    *("<ruby>@<rt>@</rt></ruby>", "<mark>@</mark>", "<small>@</small>", "<x-y>@</x-y>", "<br>@"),
    *("<svg><text>@</text></svg>", "<textarea>@</textarea>", "<label>@</label>", "<kbd>@</kbd>"),
    *("<img alt='@' src='http://a.example/x.png'>", "<abbr title='x'>@</abbr>", "<u>@</u>"),
)
FRAMES = (
    *("<p>{}</p>", "<div>{}</div>", "<h2>{}</h2>", "<blockquote>{}</blockquote>", "<pre>{}</pre>"),
    *("<ul><li>{}</li></ul>", "<ol start=3><li>{}</li></ol>", "<aside>{}</aside>", "<nav>{}</nav>"),
    *("<dl><dt>{}</dt><dd>@</dd></dl>", "<details><summary>{}</summary>@</details>", "{}"),
    *("<table><caption>@</caption><tr><td>{}</td><td>@</td></tr></table>", "<form>{}</form>"),
    *("<figure>{}<figcaption>@</figcaption></figure>", "<header>{}</header>", "<hr>{}"),
    *("<noscript>{}</noscript>", "<video>{}</video>", "<object>{}</object>", "<center>{}</center>"),
    *("<fieldset><legend>@</legend>{}</fieldset>", "<article>{}</article>", "<main>{}</main>"),
)
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


LINES = (
    *("@", "@ @ @.", "- @", "* @", "  - @", "1. @", "2) @", "> @", ">> @", "# @", "@\n===", "---"),
    *("", "", "    @", "\t@", "“@ @.”", "— @", "@: @", "| @ | @ |", "[@](@)", "<!-- @ -->", "•\t@"),
    *("@ " * 30, "[^1]: @", "```", "@  ", "（1）@", "*@*", "_@_ **@**", "&amp; @", "\\@"),
)


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_no_letter_of_a_text_is_lost(lines: list[str]) -> None:
    """Whatever its lines look like."""
    body, words = numbered("\n".join(["Start.", *lines]))

    verify(read_manuscript(body.encode(), path="x.txt", nearby=lambda _path: None), words)
