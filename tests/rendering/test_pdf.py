"""The PDF of a page: faithful, tagged, and the same bytes everywhere."""

import io
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from pubkit.errors import RenderingError
from pubkit.rendering.html import render_html
from pubkit.rendering.pdf import render_pdf
from pubkit.rendering.printed_pictures import WIDTHS, printed_picture
from pubkit.rendering.resources import read_resource
from pubkit.rendering.typefaces import Typeface

from .conftest import BODY, Sample, Texts

MakeSample = Callable[..., Sample]
SHORT = "The first paragraph.\n\n![A](pictures/hall.jpg)\nCaption\n"


@pytest.fixture(scope="session")
def make_pdf(make_sample: MakeSample, source_folder: Path) -> Callable[..., bytes]:
    """Return a function that makes the PDF of a sample; the session keeps each of them."""
    made: dict[str, bytes] = {}

    def make(texts: Texts | None = None, **changes: object) -> bytes:
        sample = make_sample(texts, **changes)
        html = render_html(sample.document, setting=sample.setting)
        if html not in made:
            made[html] = render_pdf(html, document=sample.document, pictures=source_folder)
        return made[html]

    return make


def text_of(pdf: bytes, *options: str) -> str:
    """Return the text of a PDF as readers copy and search it."""
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def everything_in(pdf: bytes) -> bytes:
    """Return the PDF with all its streams unpacked."""
    unpacked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            unpacked,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return unpacked.getvalue()


def elements(node: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the structure elements below one, in reading order."""
    kids = node.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    inner = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [found for kid in inner for found in (kid, *elements(kid))]


# ---------------------------------------------------------------- the same bytes


def test_pdf_made_again_in_another_folder_has_the_same_bytes(
    make_sample: MakeSample, make_pdf: Callable[..., bytes], source_folder: Path, tmp_path: Path
) -> None:
    """Neither the clock nor the place of the project is in it."""
    sample = make_sample()
    shutil.copytree(source_folder, tmp_path / "elsewhere")
    html = render_html(sample.document, setting=sample.setting)
    again = render_pdf(html, document=sample.document, pictures=tmp_path / "elsewhere")

    assert make_pdf() == again


def test_pdf_names_no_path_and_no_invented_address(
    make_pdf: Callable[..., bytes], source_folder: Path
) -> None:
    """Nobody learns where the report was made."""
    content = everything_in(make_pdf())

    for leak in (b".invalid", b"file:", str(source_folder).encode(), b"/tmp/", b"/home/"):
        assert leak not in content


# ---------------------------------------------------------------- what a reader gets


def test_pdf_is_tagged_in_its_language(make_pdf: Callable[..., bytes]) -> None:
    """PDF/UA: title, language, structure, alternative texts."""
    pdf = make_pdf(Texts(lang="zh"))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "zh-CN"
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.docinfo.Title) == "Alliance holds its first conference"
        assert str(document.docinfo.Author) == "The School"
        assert str(document.docinfo.CreationDate).startswith("D:20230710")
        assert b'pdfuaid:part="1"' in document.Root.Metadata.read_bytes()
        assert [str(item.title) for item in document.open_outline().root[0].children] == [
            "Speeches"
        ]
        tree = elements(document.Root.StructTreeRoot)
        tags = {str(element.S) for element in tree}
        alternatives = [str(element.Alt) for element in tree if element.S == "/Figure"]

    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/Link", "/Caption"} <= tags
    assert alternatives == ["Heads in a hall", "A speaker"]


def test_pdf_numbers_pages_as_the_language_does(make_pdf: Callable[..., bytes]) -> None:
    """The number of all pages may come first; the text before the table can be searched."""
    order = {"Page {page} of {pages}": "共{pages}页，第{page}页"}
    text = text_of(make_pdf(Texts(lang="zh", translations=order)))

    assert "共2页，第1页" in text
    assert "共2页，第2页" in text
    assert "Materials drive society." in text


def test_pdf_of_a_finished_edition_says_no_draft(make_pdf: Callable[..., bytes]) -> None:
    """The mark is on drafts alone."""
    assert "DRAFT" not in text_of(make_pdf())


def test_pdf_of_a_draft_says_so_on_every_page(make_pdf: Callable[..., bytes]) -> None:
    """A page that was printed alone says so too."""
    pages = text_of(make_pdf(Texts(lang="zh", is_complete=False))).split("\f")[:-1]

    assert len(pages) > 1
    assert all("DRAFT" in page for page in pages)


@pytest.mark.parametrize(
    ("base_url", "links"),
    [
        (
            "https://news.example.org",
            [
                "https://example.org/programme",
                "https://news.example.org/en/report.html",  # around the code
                "https://news.example.org/zh/report.html",
            ],
        ),
        (None, ["https://example.org/programme"]),
    ],
)
def test_pdf_links_are_full_addresses_or_none(
    make_pdf: Callable[..., bytes], base_url: str | None, links: list[str]
) -> None:
    """A link between editions needs to know where they are published."""
    with pikepdf.open(io.BytesIO(make_pdf(base_url=base_url))) as document:
        annotations = [note for page in document.pages for note in page.get("/Annots", [])]
        # WeasyPrint annotates an image in a link twice.
        found = {str(note.A.URI) for note in annotations if "/A" in note and "/URI" in note.A}

    assert links == sorted(link for link in found if link.startswith("https"))


def test_pdf_in_arabic_is_set_from_right_to_left(make_pdf: Callable[..., bytes]) -> None:
    """Arabic letters come from an Arabic family; Latin names keep their order."""
    words = {"The last word.": "الكلمة الأخيرة (PKUSZ 2023).", "— ENDS —": "— انتهى —"}
    pdf = make_pdf(Texts(lang="ar", translations=words))

    assert "PKUSZ 2023" in text_of(pdf)
    assert "الأخيرة" in text_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "ar"


def test_pdf_in_japanese_uses_japanese_forms(make_pdf: Callable[..., bytes]) -> None:
    """Not the Chinese family, which draws the same characters otherwise."""
    text = "骨直複門次角、プログラムを参照。"
    pdf = make_pdf(Texts(body="The first paragraph.\n", lang="ja", translations={
        "The first paragraph.": text
    }))  # fmt: skip
    content = everything_in(pdf)

    assert text in text_of(pdf)
    assert b"Noto-Serif-CJK-JP" in content
    assert b"Noto-Serif-CJK-SC" not in content


def test_pdf_with_foreign_name_takes_it_from_that_languages_family(
    make_pdf: Callable[..., bytes],
) -> None:
    """A Chinese name in an English text is set in the family of the Chinese edition."""
    content = everything_in(make_pdf(Texts(body="Zhang Jin (张锦) spoke.\n")))

    assert b"Noto-Serif-CJK-SC" in content
    assert b"Pubkit-Serif" in content


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("text", "named"), [("A rare name: 𪚥", "𪚥 (U+2A6A5)"), ("Well done 😀", "😀 (U+1F600)")]
)
def test_pdf_with_a_character_that_no_font_has_is_refused(
    make_pdf: Callable[..., bytes], text: str, named: str
) -> None:
    """No empty box and no substitute is ever printed; the error names the characters."""
    with pytest.raises(RenderingError) as caught:
        make_pdf(Texts(body=text + "\n"))

    assert named in str(caught.value)
    assert str(caught.value).startswith(
        "source/report.md: The fonts of the edition in English lack 1 character:"
    )


def test_pdf_with_two_characters_that_no_font_has_counts_them(
    make_pdf: Callable[..., bytes],
) -> None:
    """The plural, and another language's name."""
    with pytest.raises(RenderingError, match="edition in 中文 lack 2 characters: "):
        make_pdf(Texts(body="𪚥 😀\n", lang="zh"))


def test_pdf_in_a_family_that_is_not_installed_is_refused(
    make_sample: MakeSample, source_folder: Path
) -> None:
    """The error names the command that installs it, if somebody knows the package."""
    sample = make_sample(Texts(body="Text ᚠ.\n"))
    html = render_html(sample.document, setting=sample.setting)
    nowhere = Typeface(serif="Nowhere Serif", sans="Nowhere Sans", package="fonts-nowhere")

    with pytest.raises(RenderingError) as caught:
        render_pdf(
            html, document=sample.document, pictures=source_folder, typefaces={"en": nowhere}
        )

    assert "apt-get install -y --no-install-recommends fonts-nowhere" in str(caught.value.remedy)


@pytest.mark.parametrize(
    "picture",
    [
        "pictures/missing.jpg",
        "../secret.png",
        "%2e%2e/secret.png",
        "/etc/passwd",
        "link.png",
        "https://example.org/a.png",
        "file:///etc/passwd",
        "pictures",
    ],
)
def test_resource_that_is_no_picture_of_the_project_is_refused(
    tmp_path: Path, picture: str
) -> None:
    """Neither the machine nor the web is read, whatever the page says."""
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "source" / "pictures").mkdir(parents=True)
    (tmp_path / "source" / "link.png").symlink_to(tmp_path / "secret.png")
    url = picture if ":" in picture else f"https://project.invalid/{picture}"

    with pytest.raises(RenderingError):
        read_resource(url, tmp_path / "source")


def test_resource_that_is_a_picture_of_the_project_is_read(source_folder: Path) -> None:
    """The nearest good case, with an encoded name."""
    expected = (source_folder / "pictures" / "hall.jpg").read_bytes()

    assert expected == read_resource("https://project.invalid/pictures/h%61ll.jpg", source_folder)


def test_pdf_with_missing_picture_names_it(make_pdf: Callable[..., bytes]) -> None:
    """WeasyPrint would print the page without it."""
    with pytest.raises(RenderingError, match=r"no picture pictures/missing\.jpg"):
        make_pdf(Texts(body=SHORT.replace("hall", "missing")))


def test_pdf_with_broken_picture_is_refused(
    make_sample: MakeSample, source_folder: Path, tmp_path: Path
) -> None:
    """A file that is no picture leaves no white place."""
    shutil.copytree(source_folder, tmp_path / "source")
    (tmp_path / "source" / "pictures" / "hall.jpg").write_bytes(b"no picture")
    sample = make_sample(Texts(body=SHORT))
    html = render_html(sample.document, setting=sample.setting)

    with pytest.raises(RenderingError, match=r"pictures/hall\.jpg cannot be shown") as caught:
        render_pdf(html, document=sample.document, pictures=tmp_path / "source")

    assert ".invalid" not in str(caught.value)
    assert "wanted by <img>" in str(caught.value)


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("<pictures/阅览 室.jpg>", "阅览 室.jpg", "%E9%98%85%E8%A7%88%20%E5%AE%A4.jpg"),
        ("pictures/100%25.jpg", "100%.jpg", "100%25.jpg"),
        ("pictures/100%2525.jpg", "100%25.jpg", "100%2525.jpg"),
    ],
)
def test_pdf_with_picture_of_an_uncommon_name_shows_it(
    make_sample: MakeSample, tmp_path: Path, written: str, name: str, address: str
) -> None:
    """The page quotes the file's name once, and the PDF finds the file again."""
    (tmp_path / "pictures").mkdir()
    Image.new("RGB", (60, 30), "#345").save(tmp_path / "pictures" / name, "JPEG")
    sample = make_sample(Texts(body=SHORT.replace("pictures/hall.jpg", written)))

    html = render_html(sample.document, setting=sample.setting)
    pdf = render_pdf(html, document=sample.document, pictures=tmp_path)

    assert f'src="pictures/{address}"' in html
    assert b"/Subtype /Image" in everything_in(pdf)


@pytest.mark.parametrize(
    ("addition", "reason"),
    [
        ('<img src="file:///etc/hostname" alt="x">', "file:///etc/hostname"),
        ('<img src="https://example.org/x.png" alt="x">', "https://example.org/x.png"),
        ('<link rel="stylesheet" href="file:///etc/passwd">', "file:///etc/passwd"),
        ("<style>p { colour: red }</style>", "unknown property"),
    ],
)
def test_pdf_of_a_page_that_reads_elsewhere_or_errs_is_refused(
    make_sample: MakeSample, source_folder: Path, addition: str, reason: str
) -> None:
    """Whatever WeasyPrint complains of is an error, not a line in a log."""
    sample = make_sample(Texts(body="Text.\n"))
    html = render_html(sample.document, setting=sample.setting)
    html = html.replace("</main>", f"{addition}</main>")

    with pytest.raises(RenderingError, match=reason):
        render_pdf(html, document=sample.document, pictures=source_folder)


def test_pdf_breaks_long_words_but_no_words_of_a_narrow_column(
    make_pdf: Callable[..., bytes],
) -> None:
    """An address without an end stays on the page; a full column does not squeeze its neighbour."""
    table = f"| Name | Speech |\n|---|---|\n| Chairperson | {'They spoke. ' * 60}|\n"
    text = text_of(make_pdf(Texts(body=f"See {'a' * 150}z.\n\n{table}")))

    assert "a" * 150 not in text
    assert "aaz." in text
    assert "Chairperson" in text


def test_pdf_forgets_where_a_photograph_was_taken(
    make_sample: MakeSample, source_folder: Path, tmp_path: Path
) -> None:
    """A camera's place, name and time stay in the source."""
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    (tmp_path / "pictures").mkdir()
    with Image.open(source_folder / "pictures" / "hall.jpg") as photograph:
        photograph.save(tmp_path / "pictures" / "hall.jpg", exif=exif)
    sample = make_sample(Texts(body=SHORT))
    html = render_html(sample.document, setting=sample.setting)

    assert b"Secret" in (tmp_path / "pictures" / "hall.jpg").read_bytes()
    assert b"Secret" not in everything_in(
        render_pdf(html, document=sample.document, pictures=tmp_path)
    )


def test_pdf_is_the_same_with_pictures_that_were_made_before(
    make_sample: MakeSample, tmp_path: Path
) -> None:
    """What is kept of a picture only saves time."""
    noise = Image.merge("RGB", [Image.effect_noise((1000, 600), 60) for _ in "RGB"])
    noise.resize((1900, 1140)).save(tmp_path / "a.png")
    sample = make_sample(Texts(body="\n![A picture](a.png)\nNoise\n"))
    html = render_html(sample.document, setting=sample.setting)
    data = (tmp_path / "a.png").read_bytes()
    made = {width: printed_picture(data, width=width) for width in WIDTHS}
    ready = {(sha256(data).hexdigest(), width): made[width] or b"" for width in WIDTHS}
    pages = [
        render_pdf(html, document=sample.document, pictures=tmp_path, ready=pictures)
        for pictures in ({}, ready)
    ]

    assert pages[0] == pages[1]
    assert made[WIDTHS[-1]] in everything_in(pages[0])


def test_pdf_of_every_kind_of_block_is_silent(make_pdf: Callable[..., bytes]) -> None:
    """Lists, notes, code and rules are set without a complaint."""
    notes = "\nA note.[^1]\n\n[^1]: The note.\n"
    blocks = "\n- one\n  1. two\n\n```\ncode()\n```\n\n***\n\n### Part\n"

    assert "code()" in text_of(make_pdf(Texts(body=BODY + notes + blocks)))
