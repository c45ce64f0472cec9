"""The structure of a PDF: what it is for a page, and that every fault in it is found."""

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pubkit.errors import RenderingError
from pubkit.formats.pdf.conformance import structure_faults
from pubkit.formats.pdf.elements import Element, read_elements
from pubkit.formats.pdf.finishing import finish_pdf
from pubkit.formats.pdf.reading import Reading
from pubkit.formats.pdf.structure import Structure
from pubkit.rendering.html import render_html
from pubkit.rendering.pdf import render_pdf

from .conftest import Sample, Texts

MakeSample = Callable[..., Sample]
LONG = "The materials of the coming century are being made in the south of the country. " * 60
BODY = f"""
![Heads in a hall](pictures/hall.jpg "Photo: School")
The hall

The *first* conference was held.[^1]

## Speeches

Zhang Jin spoke, see [the *whole* programme](https://example.org/programme).

- one
- two
  1. first
  2. second

#### Details

![A speaker](pictures/tall.png)
Zhang Jin speaks.

{LONG}

> Materials drive society.
>
> — Yu Shuhong

| Name | Role  |
|------|-------|
| Zou  | Chair |
|      | Guest |

The last word.

[^1]: It was the first.
"""


@pytest.fixture(scope="session")
def written(make_sample: MakeSample, source_folder: Path) -> bytes:
    """The PDF of a report with all that has a structure, over more than one page."""
    sample = make_sample(Texts(lang="zh", body=BODY, is_complete=False))
    html = render_html(sample.document, setting=sample.setting)
    return render_pdf(html, document=sample.document, pictures=source_folder)


@pytest.fixture
def pdf(written: bytes) -> Iterator[pikepdf.Pdf]:
    """The same, opened."""
    with pikepdf.open(io.BytesIO(written)) as opened:
        yield opened


def rules(pdf: pikepdf.Pdf) -> set[str]:
    """Return the rules that a PDF breaks once it was written and read again."""
    output = io.BytesIO()
    pdf.save(output)
    with pikepdf.open(output) as read:
        return {fault.rule for fault in structure_faults(Reading(read))}


def outline(element: Element) -> Any:
    """Return the types of an element and of those in it."""
    inner = [outline(kid) for kid in unwrapped(element)]
    return (element.role, *inner) if inner else element.role


def unwrapped(element: Element) -> Iterator[Element]:
    """Yield what is in an element, without the runs that only tell a language."""
    for kid in element.kids:
        if kid.role == "Span":
            yield from unwrapped(kid)
        else:
            yield kid


def found(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    """Return the elements of a type, as they are in the file."""
    return [
        pdf.get_object(item.number) for item in read_elements(pdf).elements if item.role == role
    ]


def child(element: Element, role: str, number: int = 0) -> Element:
    """Return one of the elements of a type below another."""
    waiting, hits = [element], []
    while waiting:
        item = waiting.pop(0)
        hits += [item] if item.role == role else []
        waiting = [*item.kids, *waiting]
    return hits[number]


# ---------------------------------------------------------------- the structure of a page


def test_structure_is_that_of_the_text(pdf: pikepdf.Pdf) -> None:
    """Not that of the boxes in which it was set: captions, lists, tables, notes."""
    article = child(read_elements(pdf).elements[0], "Art")
    item = ("LI", "Lbl", "LBody")

    assert [outline(kid) for kid in article.kids] == [
        *["P", "H1", "P", "P", "P", "P"],
        ("Div", "Figure", "Caption"),
        ("P", ("Reference", "Link")),
        "H2",
        ("P", "Link"),
        ("L", item, ("LI", "Lbl", ("LBody", ("L", item, item)))),
        "H3",
        ("Div", "Figure", "Caption"),
        "P",
        ("BlockQuote", "P", "P"),
        ("Table", ("THead", ("TR", "TH", "TH")), ("TBody", ("TR", "TD", "TD"), ("TR", "TD", "TD"))),
        "P",
        ("Sect", ("Note", "Lbl", "P")),
        "P",
    ]


def test_headings_skip_no_level(pdf: pikepdf.Pdf) -> None:
    """The document goes from ## to ####; bookmarks and page keep that."""
    assert rules(pdf) == set()
    assert len(found(pdf, "H3")) == 1
    assert found(pdf, "H4") == []


def test_paragraph_over_the_end_of_a_page_is_one(pdf: pikepdf.Pdf) -> None:
    """So it is read without a stop in its middle."""
    structure = read_elements(pdf)
    owners = {
        owner: {page for page, marks in structure.owners.items() if [owner] in marks.values()}
        for page in structure.owners.values()
        for (owner,) in page.values()
    }

    assert [1, 2] in [sorted(pages) for pages in owners.values()]


def test_text_in_another_language_says_so(pdf: pikepdf.Pdf) -> None:
    """The draft of a Chinese edition has English texts, and a Chinese date."""
    document = read_elements(pdf).elements[0]

    assert str(pdf.Root.Lang) == "zh-CN"
    assert child(document, "H1").kids[0].lang == "en"
    assert child(document, "Figure").lang == "en"
    assert [kid.role for kid in child(child(document, "Art"), "P", 2).kids] == []


def test_tables_and_notes_are_named(pdf: pikepdf.Pdf) -> None:
    """The heads of columns, cells without text, the identifiers of notes."""
    assert [item.scope for item in read_elements(pdf).elements if item.role == "TH"] == [
        "Column",
        "Column",
    ]
    assert [str(note.ID) for note in found(pdf, "Note")] == ["note-1"]


def test_links_tell_where_they_lead_and_have_one_area(pdf: pikepdf.Pdf) -> None:
    """Also with emphasis inside, for which WeasyPrint makes another area."""
    areas = [area for page in pdf.pages for area in page.get("/Annots", [])]
    texts = [str(area.Contents) for area in areas]

    assert texts == ["[1]", "the whole programme", "press@example.org", "+86 755 2603 5555"]
    assert all(area.Rect[3] - area.Rect[1] >= 8 for area in areas)


def test_pictures_have_their_place_on_the_page(pdf: pikepdf.Pdf) -> None:
    """In points from the foot of the page, as viewers count."""
    for figure in found(pdf, "Figure"):
        left, bottom, right, top = figure.A[0].BBox
        assert 0 < left < right < 596
        assert 0 < bottom < top < 842


def test_lines_in_the_margins_are_no_text(pdf: pikepdf.Pdf) -> None:
    """Running titles and page numbers would be read in the middle of a sentence."""
    kinds = [
        str(instruction.operands[1].get("/Subtype", "/None"))
        for instruction in pikepdf.parse_content_stream(pdf.pages[1])
        if str(instruction.operator) == "BDC" and instruction.operands[0] == "/Artifact"
    ]

    assert sorted(set(kinds)) == ["/Footer", "/Header", "/None"]


def test_decoration_is_no_picture_but_one_without_alternative_text_is_refused(
    make_sample: MakeSample, source_folder: Path
) -> None:
    """The author has to say that a picture tells nothing."""
    sample = make_sample(Texts(body="Text.\n\n![A hall](pictures/hall.jpg)\nThe hall\n"))
    html = render_html(sample.document, setting=sample.setting)

    def made(page: str) -> bytes:
        return render_pdf(page, document=sample.document, pictures=source_folder)

    with pikepdf.open(io.BytesIO(made(html.replace('alt="A hall"', 'alt=""')))) as decorated:
        assert found(decorated, "Figure") == []
    with pytest.raises(RenderingError, match="no alternative text: page 1"):
        made(html.replace('alt="A hall"', ""))


def test_head_of_a_table_is_read_once(make_sample: MakeSample, source_folder: Path) -> None:
    """On paper it stands on every page of the table."""
    rows = "\n".join(f"| Guest {number} | Dean |" for number in range(90))
    sample = make_sample(Texts(body=f"Text.\n\n| Name | Role |\n|---|---|\n{rows}\n"))
    html = render_html(sample.document, setting=sample.setting)
    data = render_pdf(html, document=sample.document, pictures=source_folder)

    with pikepdf.open(io.BytesIO(data)) as long:
        assert len(long.pages) > 1
        assert len(found(long, "Table")) == 1
        assert len(found(long, "TR")) == 91
        assert [len(head.K) for head in found(long, "TH")] == [1, 1]


def test_picture_that_was_moved_on_paper_is_read_where_the_author_put_it(
    make_sample: MakeSample, source_folder: Path
) -> None:
    """Two pictures stand side by side behind the text between them."""
    pictures = ["![A](pictures/hall.jpg)\nA hall", "![B](pictures/hall.jpg)\nA hall again"]
    sample = make_sample(
        Texts(body=f"Lead.\n\n{pictures[0]}\n\nBetween.\n\n{pictures[1]}\n\nLast.\n")
    )
    html = render_html(sample.document, setting=sample.setting)
    data = render_pdf(html, document=sample.document, pictures=source_folder)

    with pikepdf.open(io.BytesIO(data)) as moved:
        article = child(read_elements(moved).elements[0], "Art")
        left, right = (figure.A[0].BBox for figure in found(moved, "Figure"))

    assert [kid.role for kid in article.kids][-7:-1] == ["P", "Div", "P", "Div", "P", "P"]
    assert (left[1], left[3]) == (right[1], right[3])


ARTICLE = """<article><hgroup><h1>A title</h1><p>A subtitle</p></hgroup>
<p>A text<span style="float: footnote">A note.</span> that goes on.</p>
<dl><dt>Term</dt><dd>Explanation.</dd><dt>Another</dt><dd><p>One.</p><p>Two.</p></dd></dl>
<table><tr><th scope="row" rowspan="2">Zou</th><td>Chair</td></tr><tr><td>Dean</td></tr></table>
<p>A drawing: <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9">
<title>A square</title><rect width="9" height="9"/></svg></p>
<p><span aria-hidden="true">***</span> <q lang="fr">Bon</q> <a href="https://example.org/">
<img src="../pictures/hall.jpg" alt="The hall" width="60" height="28"></a></p>
Text without a paragraph, <em>with emphasis</em>.
<blockquote>A quotation <em>without</em> one.<footer>The speaker</footer></blockquote>
</article>"""


def test_publishers_may_write_any_html(make_sample: MakeSample, source_folder: Path) -> None:
    """A template may use what pubkit's own does not."""
    sample = make_sample()
    html = render_html(sample.document, setting=sample.setting)
    page = re.sub(r"<article>.*</article>", ARTICLE, html, flags=re.S)
    data = render_pdf(page, document=sample.document, pictures=source_folder)

    with pikepdf.open(io.BytesIO(data)) as made:
        article = child(read_elements(made).elements[0], "Art")
        figures = [str(figure.Alt) for figure in found(made, "Figure")]
        texts = [str(area.Contents) for area in made.pages[0].Annots]
        headings = [item.scope for item in read_elements(made).elements if item.role == "TH"]

    item = ("LI", "Lbl", "LBody")
    assert [outline(kid) for kid in article.kids] == [
        "H1",
        "P",
        ("P", "Reference", ("Note", "Lbl")),
        ("L", item, ("LI", "Lbl", ("LBody", "P", "P"))),
        ("Table", ("TBody", ("TR", "TH", "TD"), ("TR", "TD"))),
        ("P", "Figure"),
        ("P", "Quote", ("Link", "Figure")),
        "P",
        ("BlockQuote", "P", "P"),
    ]
    assert figures == ["A square", "The hall"]
    assert "The hall" in texts
    assert headings == ["Row"]
    assert validator.validate_pdf_bytes(data, profile="ua1").is_compliant


def test_translucent_text_is_in_the_structure(make_sample: MakeSample, source_folder: Path) -> None:
    """It is drawn as a form, which numbers its own marks, also inside another one."""
    sample = make_sample()
    style = "<style>article { opacity: 0.9 } blockquote { opacity: 0.5 }</style></head>"
    page = render_html(sample.document, setting=sample.setting).replace("</head>", style)
    data = render_pdf(page, document=sample.document, pictures=source_folder)

    assert validator.validate_pdf_bytes(data, profile="ua1").is_compliant
    with pikepdf.open(io.BytesIO(data)) as made:
        quotation = child(read_elements(made).elements[0], "BlockQuote")
        forms = {str(mark.Stm.Subtype) for mark in made.get_object(quotation.kids[0].number).K}
        assert forms == {"/Form"}
        assert rules(made) == set()
        next(form for form in forms_of(made) if b"MCID" in form.read_bytes()).write(b"")
        assert rules(made) == {"mark-missing"}


def forms_of(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    """Return what is drawn as a whole."""
    return (
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"
    )


def test_what_stands_on_every_page_is_read_once(
    make_sample: MakeSample, source_folder: Path
) -> None:
    """A fixed element, and translucent lines in the margins."""
    sample = make_sample(Texts(body=f"{LONG}\n\n{LONG}\n"))
    style = (
        "<style>.slug { position: fixed; bottom: 0 } @page { @top-left { opacity: 0.5 } }</style>"
    )
    page = render_html(sample.document, setting=sample.setting)
    data = render_pdf(
        page.replace("</head>", f"{style}</head>"), document=sample.document, pictures=source_folder
    )

    assert validator.validate_pdf_bytes(data, profile="ua1").is_compliant
    with pikepdf.open(io.BytesIO(data)) as made:
        slug = child(child(read_elements(made).elements[0], "Art"), "P")
        assert len(made.pages) > 1
        assert [kid for kid in made.get_object(slug.number).K if not isinstance(kid, int)] == []


def test_links_that_stand_on_every_page_can_be_reached(
    make_sample: MakeSample, source_folder: Path
) -> None:
    """A logo without a text of its own, and a link in the head of a table."""
    sample = make_sample()
    rows = "".join(f"<tr><td>Guest {number}</td></tr>" for number in range(90))
    logo = '<img src="../pictures/hall.jpg" alt="" width="60" height="28">'
    article = f"""<article><h1>A title</h1>
<p style="position: fixed"><a href="https://example.org/" aria-label="The school">{logo}</a></p>
<table><thead><tr><th>Name <a href="https://example.org/list">list</a></th></tr></thead>
<tbody>{rows}</tbody></table></article>"""
    html = render_html(sample.document, setting=sample.setting)
    page = re.sub(r"<article>.*</article>", article, html, flags=re.S)
    data = render_pdf(page, document=sample.document, pictures=source_folder)

    assert validator.validate_pdf_bytes(data, profile="ua1").is_compliant
    with pikepdf.open(io.BytesIO(data)) as made:
        texts = [str(area.Contents) for leaf in made.pages for area in leaf.Annots]
        assert len(made.pages) > 1
        assert texts.count("The school") == len(made.pages)
        assert texts.count("list") > 1
        assert found(made, "Figure") == []


# ---------------------------------------------------------------- what others say


def test_independent_validator_finds_no_fault(written: bytes) -> None:
    """It passes the corpus of files by which the reference validator of PDF/UA is tested."""
    report = validator.validate_pdf_bytes(written, profile="ua1")

    assert [failure.message for failure in report.failures] == []
    assert report.is_compliant


def test_another_reader_finds_every_text_in_the_structure(written: bytes) -> None:
    """In the same order as on the pages, but for what stands in the margins."""
    structure = run_poppler("pdfinfo", "-struct-text", "-", data=written)
    read = "".join(re.findall(r'^ *"(.*)"$', structure, flags=re.M)).replace(" ", "")
    paper = re.sub(r"\s", "", run_poppler("pdftotext", "-", "-", data=written))

    assert "Itwasthefirst." in read
    assert read.index("Speeches") < read.index("Thematerials") < read.index("Materialsdrive")
    assert all(word in paper for word in ("Itwasthefirst.", "第1页") if word in read)
    assert "Page1of" not in read


def test_text_can_be_copied_as_before(
    make_sample: MakeSample, source_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The structure is put right; what stands on the pages stays."""
    taken: list[bytes] = []

    def keep(data: bytes, structure: Structure, *, colours: bytes) -> bytes:
        taken.append(data)
        return finish_pdf(data, structure, colours=colours)

    monkeypatch.setattr("pubkit.rendering.pdf.finish_pdf", keep)
    sample = make_sample()
    html = render_html(sample.document, setting=sample.setting)
    finished = render_pdf(html, document=sample.document, pictures=source_folder)

    before, after = (run_poppler("pdftotext", "-", "-", data=data) for data in (*taken, finished))
    assert before == after
    assert "Materials drive society." in after


def run_poppler(*command: str, data: bytes) -> str:
    """Return what a program of Poppler says of a PDF."""
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


# ---------------------------------------------------------------- every fault is found

Spoil = Callable[[pikepdf.Pdf], None]


def change_content(pdf: pikepdf.Pdf, old: str, new: str) -> None:
    """Replace a text in the content of the second page, where it stands first."""
    content = pdf.pages[1].Contents.read_bytes()
    assert old.encode() in content
    pdf.pages[1].Contents = pdf.make_stream(content.replace(old.encode(), new.encode(), 1))


def link(pdf: pikepdf.Pdf) -> Any:
    """Return the annotation of a link."""
    return pdf.pages[0].Annots[1]


def _no_structure(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def _no_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("in Chinese")


def _no_title(pdf: pikepdf.Pdf) -> None:
    change_metadata(pdf, b"dc:title", b"dc:subject")


def _no_title_bar(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def _no_outline(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines


def _no_mark_of_the_standard(pdf: pikepdf.Pdf) -> None:
    change_metadata(pdf, b'pdfuaid:part="1"', b'pdfuaid:part="3"')


def change_metadata(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    """Replace a text of the metadata."""
    metadata = pdf.Root.Metadata.read_bytes()
    assert old in metadata
    pdf.Root.Metadata.write(metadata.replace(old, new))


def _no_tab_order(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Tabs = Name.R


def _unmarked_text(pdf: pikepdf.Pdf) -> None:
    change_content(pdf, "BDC", "BDC EMC BT ET 0 0 9 9 re f /Span << >> BDC")


def _open_marks(pdf: pikepdf.Pdf) -> None:
    change_content(pdf, "EMC", "")


def _closed_marks(pdf: pikepdf.Pdf) -> None:
    change_content(pdf, "BDC", "BDC EMC EMC /Artifact BMC")


def _text_in_an_artifact(pdf: pikepdf.Pdf) -> None:
    change_content(pdf, "BDC", "BDC /Artifact BMC EMC")


def _mark_without_element(pdf: pikepdf.Pdf) -> None:
    change_content(pdf, "/Artifact", "/Span << /MCID 9999 >> BDC EMC /Artifact")


def _element_without_mark(pdf: pikepdf.Pdf) -> None:
    found(pdf, "Caption")[0].K.append(9999)


def _mark_of_two_elements(pdf: pikepdf.Pdf) -> None:
    owner = next(element for element in found(pdf, "P") if isinstance(element.K[0], int))
    owner.K.append(owner.K[0])


def _wrong_index(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums[1][0] = found(pdf, "Table")[0]


def _unknown_type(pdf: pikepdf.Pdf) -> None:
    found(pdf, "BlockQuote")[0].S = Name.Blockquote


def _item_outside_a_list(pdf: pikepdf.Pdf) -> None:
    found(pdf, "L")[0].S = Name.Sect


def _cell_outside_a_row(pdf: pikepdf.Pdf) -> None:
    for row in found(pdf, "TR"):
        row.S = Name.Div


def _two_heads(pdf: pikepdf.Pdf) -> None:
    found(pdf, "TBody")[0].S = Name.THead


def _level_left_out(pdf: pikepdf.Pdf) -> None:
    found(pdf, "H2")[0].S = Name.H4


def _no_alternative(pdf: pikepdf.Pdf) -> None:
    found(pdf, "Figure")[0].Alt = String(" ")


def _no_scope(pdf: pikepdf.Pdf) -> None:
    del found(pdf, "TH")[0].A


def _cell_too_wide(pdf: pikepdf.Pdf) -> None:
    found(pdf, "TD")[0].A = Dictionary(O=Name.Table, ColSpan=2)


def _note_without_name(pdf: pikepdf.Pdf) -> None:
    del found(pdf, "Note")[0].ID


def _element_without_language(pdf: pikepdf.Pdf) -> None:
    found(pdf, "Figure")[0].Lang = String("")


def _link_without_text(pdf: pikepdf.Pdf) -> None:
    del link(pdf).Contents


def _link_in_no_element(pdf: pikepdf.Pdf) -> None:
    element = found(pdf, "Link")[1]
    element.K = Array([kid for kid in element.K if isinstance(kid, int)])


def _link_as_text(pdf: pikepdf.Pdf) -> None:
    found(pdf, "Link")[1].S = Name.Span


def _link_with_another_index(pdf: pikepdf.Pdf) -> None:
    link(pdf).StructParent = 9999


def _comment(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots.append(
        Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9])
    )


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _scripts_with_names(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names.JavaScript = Dictionary(Names=Array())


def _program(pdf: pikepdf.Pdf) -> None:
    link(pdf).A = Dictionary(S=Name.Launch, F=String("calc.exe"))


def _script_address(pdf: pikepdf.Pdf) -> None:
    link(pdf).A.URI = String("javascript:alert(1)")


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.exe"] = b"MZ"


def fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Return all fonts, and what they are made of."""
    return (font for font in pdf.objects if isinstance(font, Dictionary) and "/BaseFont" in font)


def _font_not_embedded(pdf: pikepdf.Pdf) -> None:
    descriptor = next(font for font in fonts(pdf) if "/FontDescriptor" in font).FontDescriptor
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


def _font_without_characters(pdf: pikepdf.Pdf) -> None:
    del next(font for font in fonts(pdf) if "/ToUnicode" in font).ToUnicode


SPOILT_BY: dict[Spoil, str] = {
    _no_structure: "tags",
    _no_language: "language",
    _no_title: "title",
    _no_title_bar: "title-bar",
    _no_outline: "outline",
    _no_mark_of_the_standard: "pdf-ua",
    _no_tab_order: "tab-order",
    _unmarked_text: "unmarked",
    _open_marks: "unbalanced mixed",
    _closed_marks: "unbalanced",
    _text_in_an_artifact: "mixed",
    _mark_without_element: "mark-lost",
    _element_without_mark: "mark-missing",
    _mark_of_two_elements: "mark-twice",
    _wrong_index: "index",
    _unknown_type: "type",
    _item_outside_a_list: "nesting",
    _cell_outside_a_row: "nesting",
    _two_heads: "nesting",
    _level_left_out: "heading-order",
    _no_alternative: "alternative",
    _no_scope: "scope",
    _cell_too_wide: "table-shape",
    _note_without_name: "note",
    _element_without_language: "element-language",
    _link_without_text: "link-text",
    _link_in_no_element: "link-structure",
    _link_as_text: "link-structure",
    _link_with_another_index: "index",
    _comment: "annotation",
    _script: "action",
    _scripts_with_names: "action",
    _program: "action",
    _script_address: "address",
    _attachment: "attachment",
    _font_not_embedded: "font",
    _font_without_characters: "to-unicode",
}
"""What may be wrong with a PDF, and the rule that finds it."""


@pytest.mark.parametrize("spoil", SPOILT_BY, ids=lambda spoil: spoil.__name__.strip("_"))
def test_fault_is_found(pdf: pikepdf.Pdf, spoil: Spoil) -> None:
    """Nothing else is found beside it, and nothing in the PDF as it was written."""
    spoil(pdf)

    assert rules(pdf) == set(SPOILT_BY[spoil].split())
