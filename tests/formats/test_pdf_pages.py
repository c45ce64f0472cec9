"""What is seen of the pages of a PDF, on real ones, each fault beside the nearest good page."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name
from PIL import Image

from pubkit.formats.pdf.reader import read_pdf
from pubkit.formats.published import PrintedPage
from pubkit.rendering.typefaces import FOLDER

SeePage = Callable[..., PrintedPage]


@pytest.fixture(scope="session")
def font_with_a_blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a font whose letter e has a width and no outline."""
    font = TTFont(FOLDER / "SourceSerif4-Regular.otf")
    glyphs = font["CFF "].cff.topDictIndex[0].CharStrings
    glyphs["e"] = T2CharStringPen(460, None).getCharString(private=glyphs["e"].private)
    path = tmp_path_factory.mktemp("fonts") / "blank.otf"
    font.flavor = None
    font.save(path)
    return path


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a picture in which every text would leave ink."""
    path = tmp_path_factory.mktemp("pictures") / "gradient.png"
    Image.linear_gradient("L").resize((120, 120)).save(path)
    return path


@pytest.fixture(scope="session")
def see_page(font_with_a_blank: Path) -> SeePage:
    """Return a function that makes a page with WeasyPrint and returns what is seen of it."""
    from weasyprint import HTML

    faces = "".join(
        f'@font-face {{ font-family: {family}; src: url("{path.as_uri()}") }}'
        for family, path in {
            "Whole": FOLDER / "SourceSerif4-Regular.otf",
            "Blank": font_with_a_blank,
        }.items()
    )

    def see(body: str) -> PrintedPage:
        style = f"<style>{faces} @page {{ size: A6 }} body {{ font: 10pt/14pt Whole }}</style>"
        pdf = HTML(string=f"{style}{body}").write_pdf()
        return read_pdf(pdf, path="page.pdf").sheets[0]

    return see


def test_blank_glyph_is_seen(see_page: SeePage) -> None:
    """The text is there for a search, and not for a reader."""
    assert see_page('<p style="font-family: Blank">The tree</p>').invisible == ("e", "ee")
    assert see_page('<p style="font-family: Whole">The tree</p>').invisible == ()


@pytest.mark.parametrize("sign", [".", ",", "-", "—", "|", "·", "‘", "′", "_", "□", "■"])
def test_smallest_signs_leave_ink(sign: str, see_page: SeePage) -> None:
    """Neither a full stop of the smallest text is missed nor a dash that fills its box."""
    assert see_page(f'<p style="font-size: 6pt">a {sign} b{sign}c</p>').invisible == ()


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("color: white", "color: #ddd"),
        ("color: white; background: white", "color: white; background: #333"),
        ("opacity: 0", "opacity: .5"),
        ("height: 1pt; overflow: hidden", "height: 14pt; overflow: hidden"),
    ],
)
def test_text_that_leaves_no_ink_is_seen(bad: str, good: str, see_page: SeePage) -> None:
    """White on white, transparent, or cut off."""
    assert "".join(see_page(f'<p style="{bad}">Hidden</p>').invisible) == "Hidden"
    assert see_page(f'<p style="{good}">Hidden</p>').invisible == ()


def test_text_beyond_the_sheet_is_seen(see_page: SeePage) -> None:
    """It is not printed; text in the margin is."""
    assert see_page('<p style="margin-left: -60pt">Cut off</p>').overflowing
    assert see_page('<p style="margin-left: -40pt">Whole</p>').overflowing == ()


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        (
            '<p>One line<p style="margin-top: -20pt">Another',
            '<p>One line<p style="margin-top: -8pt">Another',
        ),
        (
            '<p style="line-height: 3pt">One line of text<br>over another line of text',
            '<p style="line-height: 11pt">One line of text<br>over another line of text',
        ),
    ],
)
def test_text_on_text_is_seen(bad: str, good: str, see_page: SeePage) -> None:
    """Narrow lines touch, lines on one another cannot be read."""
    assert see_page(bad).overprinted
    assert see_page(good).overprinted == ()


def test_slanted_and_kerned_letters_may_touch(see_page: SeePage) -> None:
    """An italic f leans over the bracket, a raised number over the comma."""
    text = "<p>(<i>f</i>) AV<b>A</b>T<i>y</i>,<sup>12</sup>, “<i>j</i>”<br>Å Ç jgy<sub>2</sub>"

    assert see_page(text).overprinted == ()


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("margin-top: -22pt; position: relative", "margin-top: 0; position: relative"),
        ("position: absolute; top: 15pt; left: 0", "position: absolute; top: 35pt; left: 0"),
    ],
)
def test_text_under_a_picture_or_on_its_edge_is_seen(
    bad: str, good: str, picture: Path, see_page: SeePage
) -> None:
    """A caption may stand on a picture, not half on it."""
    text = f'<p>A line of text</p><img src="{picture.as_uri()}" style="width: 90pt; STYLE">'

    assert see_page(text.replace("STYLE", bad)).overprinted
    assert see_page(text.replace("STYLE", good)).overprinted == ()


def test_text_on_a_picture_is_a_design(picture: Path, see_page: SeePage) -> None:
    """The whole line lies on it, above it."""
    style = "margin-top: -60pt; position: relative"
    text = f'<img src="{picture.as_uri()}" style="width: 90pt"><p style="{style}">On it'

    assert see_page(text).overprinted == ()


@pytest.mark.parametrize(
    ("place", "invisible"), [("-60pt 0 0 9pt", ()), ("9pt 0 0 9pt", ("White",))]
)
def test_picture_gives_white_text_ink_where_it_is(
    place: str, invisible: tuple[str, ...], picture: Path, see_page: SeePage
) -> None:
    """A picture is looked at with the text on it, and helps no text beside it."""
    text = f'<p style="color: white; position: relative; margin: {place}">White'

    seen = see_page(f'<img src="{picture.as_uri()}" style="width: 90pt">{text}')

    assert seen.invisible == invisible


def test_picture_that_is_cut_ends_where_it_is_cut(picture: Path, see_page: SeePage) -> None:
    """Its hidden part covers nothing; its pixels count for the size that it would have."""
    style = "width: 90pt; height: 20pt; object-fit: cover; object-position: 0 0"
    page = see_page(f'<img src="{picture.as_uri()}" style="{style}"><p style="margin: 0">Below it')

    assert page.overprinted == ()
    assert [(image.width, image.resolution) for image in page.images] == [(120, 96)]


@pytest.mark.parametrize(
    ("codes", "number"),
    [
        ("<00000014>", 1),
        ("<00140000> 9 <0000>", 2),
        ("<01000014>", 0),
        ("<0100 00 00>", 1),
        ("<0100000>", 1),
        ("<010000>", 0),
        (r"(\000\000)", 1),
        (r"(\000\001) ()", 0),
    ],
)
def test_code_of_nothing_is_found_however_it_is_written(codes: str, number: int) -> None:
    """Two zeros are the box for what a font lacks; the end of a code and the next one are not."""
    pdf = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Pubkit)
    page = pdf.add_blank_page()
    page.Resources = Dictionary(Font=Dictionary(F=font))
    page.Contents = pdf.make_stream(f"BT /F 9 Tf [{codes}] TJ ET".encode())
    output = io.BytesIO()
    pdf.save(output)

    assert read_pdf(output.getvalue(), path="page.pdf").missing_glyphs == number
