"""Documents of Word: what is taken over, what is told, and that no letter is lost between."""

import pytest

from pubkit.formats.manuscripts import Loss, LossKind, Manuscript, arrange, read_manuscript
from pubkit.formats.manuscripts.completeness import letters
from pubkit.formats.markdown.writing import write_body
from tests.manuscripts.builders import NAMESPACES, TITLE, box, docx, paragraph, picture

PNG = bytes.fromhex("89504e470d0a1a0a")
ONE_PICTURE = {
    "parts": {"word/media/a.png": PNG},
    "relations": {"rPic": ("image", "media/a.png")},
}


def read(body: str, **package: object) -> Manuscript:
    """Return what is read of a document with a title and this body."""
    data = docx(TITLE + body, **package)  # type: ignore[arg-type]
    return arrange(read_manuscript(data, path="report.docx", nearby=lambda _path: None))


def markdown(body: str, **package: object) -> str:
    """Return the Markdown of a document with this body."""
    return write_body(read(body, **package)).text.strip()


def small(properties: str, text: str) -> str:
    """Return a run with properties of its own."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def told(manuscript: Manuscript, kind: LossKind) -> list[Loss]:
    """Return the losses of a kind."""
    return [loss for loss in manuscript.losses if loss.kind is kind]


# ---------------------------------------------------------------- runs


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (paragraph("Lib", "rary ", "<w:r><w:rPr><w:b/></w:rPr><w:t>o</w:t></w:r>", "pens."),
         "Library **o**pens."),
        (paragraph("<w:smartTag><w:r><w:t>Riverside</w:t></w:r></w:smartTag>", " opens."),
         "Riverside opens."),
        (paragraph("a", "<w:r><w:br/></w:r>", "b"), "a\\\nb"),
        (paragraph("10", small('<w:vertAlign w:val="superscript"/>', "6")), "10⁶"),
        (paragraph("10", small('<w:position w:val="6"/>', "6"), " m"), "10⁶ m"),
        (paragraph("H", small('<w:position w:val="-3"/>', "2"), "O"), "H₂O"),
        (paragraph("co\u00adoperate\u00a0now"), "cooperate\u00a0now"),
        (paragraph('<w:sdt><w:sdtContent><w:r><w:t>Filled in</w:t></w:r></w:sdtContent></w:sdt>'),
         "Filled in"),
        (paragraph("What it is about.", style="Abstract"), "What it is about."),
    ],
)  # fmt: skip
def test_text_is_taken_over(body: str, expected: str) -> None:
    """Whatever Word cuts it into."""
    assert markdown(body) == expected


@pytest.mark.parametrize("style", ["Pre", "SourceCode"])
def test_code_keeps_its_spaces_and_empty_lines(style: str) -> None:
    """Paragraphs in a row are one block; those of another style have no spaces to keep."""
    lines = ("def f(x):", ("    ", "return  x"), "", "<w:r><w:tab/><w:t>f(1)</w:t></w:r>")
    runs = [(line,) if isinstance(line, str) else line for line in lines]
    code = "".join(paragraph(*filter(None, row), style=style) for row in runs)

    assert markdown(code) == "```\ndef f(x):\n    return  x\n\n    f(1)\n```"
    assert markdown(paragraph("    ", "return  x")) == "return x"


def test_code_with_a_picture_is_a_paragraph() -> None:
    """A block of code has text alone; no stand-in for a space is left in it."""
    assert markdown(paragraph("a  b ", picture(), style="Pre"), **ONE_PICTURE) == (
        "a b ![A lamp](media/a.png)"
    )


# ---------------------------------------------------------------- tracked changes


def test_deleted_text_is_gone_and_inserted_text_is_there() -> None:
    """As if every change had been accepted; both are told."""
    manuscript = read(
        paragraph(
            "It has ",
            '<w:del w:author="B"><w:r><w:delText>two hundred</w:delText></w:r></w:del>',
            '<w:ins w:author="B"><w:r><w:t>120</w:t></w:r></w:ins>',
            " seats.",
        )
    )

    assert write_body(manuscript).text == "It has 120 seats.\n"
    assert [loss.text for loss in told(manuscript, LossKind.DELETION)] == ["two hundred"]
    assert [loss.is_kept for loss in told(manuscript, LossKind.INSERTION)] == [True]
    assert "“It has two hundred120 seats.”" in told(manuscript, LossKind.DELETION)[0].place


def test_moved_text_stands_where_it_was_moved_to() -> None:
    """And only there."""
    moved = "<w:r><w:t>Moved.</w:t></w:r>"
    body = (
        f"<w:p><w:moveFrom>{moved}</w:moveFrom></w:p>"
        + paragraph("Middle.")
        + f"<w:p><w:moveTo>{moved}</w:moveTo></w:p>"
    )

    assert markdown(body) == "Middle.\n\nMoved."


def test_deleted_row_is_gone() -> None:
    """Pandoc would print it."""
    row = "<w:tr>{properties}<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"
    gone = "<w:trPr><w:del/></w:trPr>"
    rows = [("", "Head"), (gone, "Gone"), ("", "Kept")]
    body = "".join(row.format(properties=p, text=t) for p, t in rows)
    manuscript = read(f"<w:tbl>{body}</w:tbl>")

    assert "Gone" not in write_body(manuscript).text
    assert "Kept" in write_body(manuscript).text
    assert [loss.text for loss in told(manuscript, LossKind.DELETION)] == ["Gone"]


# ---------------------------------------------------------------- boxes, drawings, objects


def test_text_box_is_told_and_the_paragraph_around_it_stays() -> None:
    """Pandoc prints the box in place of the paragraph."""
    manuscript = read(paragraph("Before. ", box(paragraph("Boxed words.")), "After."))

    assert write_body(manuscript).text == "Before. After.\n"
    assert [loss.text for loss in told(manuscript, LossKind.TEXT_BOX)] == ["Boxed words."]


def test_frame_with_a_picture_and_its_caption_is_a_figure() -> None:
    """LibreOffice and Word put captions into frames."""
    frame = box(paragraph(picture()) + paragraph("Figure 1: Lamp", style="Caption"))

    assert markdown(paragraph("Text.", frame), **ONE_PICTURE) == (
        "Text.\n\n![A lamp](media/a.png)\nFigure 1: Lamp"
    )


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ('<w:r><w:drawing><wp:inline><a:graphic><c:chart r:id="x"/></a:graphic></wp:inline>'
         "</w:drawing></w:r>", LossKind.CHART),
        ('<w:r><w:drawing><wp:inline><a:graphic><dgm:relIds/></a:graphic></wp:inline>'
         "</w:drawing></w:r>", LossKind.DIAGRAM),
        ("<w:r><w:pict><v:line/></w:pict></w:r>", LossKind.DRAWING),
        ("<w:r><w:object><o:OLEObject/></w:object></w:r>", LossKind.EMBEDDED_OBJECT),
        ("<w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:r>", LossKind.EQUATION),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', LossKind.CHARACTER),
        ('<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>red</w:t></w:r>', LossKind.STYLE),
        ('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> DATE </w:instrText></w:r>',
         LossKind.FIELD),
        ('<w:fldSimple w:instr=" REF x "><w:r><w:t>see</w:t></w:r></w:fldSimple>',
         LossKind.CROSS_REFERENCE),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_told_with_its_place(inside: str, kind: LossKind) -> None:
    """The paragraph around it stays."""
    manuscript = read(paragraph("Before ", inside, " after."))

    assert "Before" in told(manuscript, kind)[0].place
    assert "after." in write_body(manuscript).text


def test_diagram_and_chart_tell_their_texts() -> None:
    """Their words stand in parts of their own."""
    parts = {
        "word/diagrams/data1.xml": f"<dgm:dataModel {NAMESPACES}><a:t>Plan</a:t></dgm:dataModel>",
        "word/charts/chart1.xml": f"<c:chartSpace {NAMESPACES}><c:v>Readers</c:v></c:chartSpace>",
    }
    relations = {
        "rD": ("diagramData", "diagrams/data1.xml"),
        "rC": ("chart", "charts/chart1.xml"),
    }
    manuscript = read(paragraph("Text."), parts=parts, relations=relations)

    assert [loss.text for loss in told(manuscript, LossKind.DIAGRAM)] == ["Plan"]
    assert [loss.text for loss in told(manuscript, LossKind.CHART)] == ["Readers"]


def test_comments_and_page_headers_are_told() -> None:
    """With who wrote them, and where."""
    mark = '<w:r><w:commentReference w:id="7"/></w:r>'
    comment = f'<w:comment w:id="7" w:author="Ito">{paragraph("Is it?")}</w:comment>'
    parts = {
        "word/comments.xml": f"<w:comments {NAMESPACES}>{comment}</w:comments>",
        "word/header1.xml": f"<w:hdr {NAMESPACES}>{paragraph('Confidential')}</w:hdr>",
    }
    relations = {"rC": ("comments", "comments.xml"), "rH": ("header", "header1.xml")}
    manuscript = read(paragraph("It is so.", mark), parts=parts, relations=relations)

    assert [(loss.text, loss.place) for loss in told(manuscript, LossKind.COMMENT)] == [
        ("Ito: Is it?", "paragraph 2: “It is so.”")
    ]
    assert [loss.text for loss in told(manuscript, LossKind.HEADER)] == ["Confidential"]


@pytest.mark.parametrize("properties", ["<w:vanish/>", '<w:rStyle w:val="Ghost"/>'])
def test_hidden_text_is_not_printed(properties: str) -> None:
    """Whether it is hidden by itself or by its style."""
    hidden = f"<w:r><w:rPr>{properties}</w:rPr><w:t>secret</w:t></w:r>"
    manuscript = read(paragraph("Open ", hidden, "text."))

    assert write_body(manuscript).text == "Open text.\n"
    assert [loss.text for loss in told(manuscript, LossKind.HIDDEN_TEXT)] == ["secret"]


def test_table_of_contents_is_left_out() -> None:
    """An edition does not need it."""
    manuscript = read(paragraph("The room 2", style="TOC1") + paragraph("Text."))

    assert write_body(manuscript).text == "Text.\n"
    assert [loss.text for loss in told(manuscript, LossKind.CONTENTS)] == ["The room 2"]


# ---------------------------------------------------------------- links, lists, pictures


@pytest.mark.parametrize(
    ("target", "is_kept"),
    [
        ("https://library.example/a?b=1&amp;c=2", True),
        ("mailto:press@library.example", True),
        ("javascript:alert(1)", False),
        ("file:///C:/Users/weber/plan.docx", False),
        ("https://", False),
        ("\\\\server\\share", False),
        ("data:text/html,x", False),
        ("other.docx", False),
    ],
)
def test_links_lead_to_the_web_or_nowhere(target: str, is_kept: bool) -> None:
    """What a published page cannot follow is told; the words stay."""
    link = '<w:hyperlink r:id="rL"><w:r><w:t>here</w:t></w:r></w:hyperlink>'
    manuscript = read(paragraph("See ", link, "."), external={"rL": ("hyperlink", target)})

    assert ("](" in write_body(manuscript).text) is is_kept
    assert bool(told(manuscript, LossKind.LINK)) is not is_kept
    assert "here" in write_body(manuscript).text


def test_list_counts_on_where_word_does() -> None:
    """Two numbers of Word with one definition are one list."""
    numbering = (
        f"<w:numbering {NAMESPACES}>"
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr></w:pPr>'
        "<w:r><w:t>{}</w:t></w:r></w:p>"
    )
    body = item.format(1, "Come") + item.format(2, "Read")
    package = {
        "parts": {"word/numbering.xml": numbering},
        "relations": {"rN": ("numbering", "numbering.xml")},
    }

    assert markdown(body, **package) == "1. Come\n2. Read"


def test_picture_that_is_only_linked_is_told() -> None:
    """It lies on the author's disk."""
    external = {"rPic": ("image", "file:///C:/photo.jpg")}
    manuscript = read(paragraph("See ", picture(kind="link"), "."), external=external)

    assert "file:///C:/photo.jpg" in told(manuscript, LossKind.PICTURE)[0].text
    assert write_body(manuscript).text == "See .\n"


# ---------------------------------------------------------------- the law


def test_text_that_nobody_reads_is_reported() -> None:
    """Here: in an element that neither pubkit nor pandoc knows, within a paragraph."""
    manuscript = read(paragraph("Known.") + f"<w:unknown>{paragraph('Lost words.')}</w:unknown>")
    found = write_body(manuscript).text + " ".join(loss.text for loss in manuscript.losses)

    assert letters("Lost words.") in letters(found)


def test_merged_cells_are_unrolled() -> None:
    """Each text once, each row as long as the others."""
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    wide = cell.format('<w:gridSpan w:val="2"/>', "wide")
    rows = f"<w:tr>{wide}</w:tr><w:tr>{cell.format('', 'a')}{cell.format('', 'b')}</w:tr>"
    manuscript = read(f"<w:tbl>{rows}</w:tbl>")

    assert write_body(manuscript).text == "| wide |  |\n| --- | --- |\n| a | b |\n"
    assert told(manuscript, LossKind.MERGED_CELLS)
