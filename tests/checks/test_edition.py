"""The checks of finished editions, on real ones: each is clean until something is broken."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from pubkit.errors import RenderingError
from pubkit.model import Finding
from pubkit.workflow.check_editions import check_editions, check_finished_files
from pubkit.workflow.initialize import initialize
from pubkit.workflow.project import open_project
from pubkit.workflow.render import Failed, Rendered, render
from pubkit.workflow.wanted import Wanted
from tests.conftest import made_once, replace_in

PDF = Path("build/zh/welcome.pdf")
PAGE = Path("build/zh/welcome.html")
PICTURE = Path("source/pictures/reading-room.jpg")
ZH = Path("locales/zh/LC_MESSAGES/welcome.po")


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new project with its Chinese edition."""
    return made_once(tmp_path_factory, "welcome-edition", _make_edition) / "news"


def _make_edition(place: Path) -> None:
    folder = place / "news"
    for _path in initialize(folder, created="2025-03-14 09:00+0000"):
        pass
    for made in render(open_project(folder), wanted=Wanted(languages=("zh",))):
        assert isinstance(made, Rendered)


@pytest.fixture
def edition(rendered: Path, tmp_path: Path) -> Path:
    """Return a copy of it that may be spoilt."""
    return Path(shutil.copytree(rendered, tmp_path / "news"))


def findings(folder: Path) -> tuple[Finding, ...]:
    """Return what is wrong with the Chinese edition."""
    return check_editions(open_project(folder), languages=("zh",)).findings


def ids(folder: Path) -> list[str]:
    """Return which checks found something."""
    return sorted({finding.check for finding in findings(folder)})


def spoil(path: Path, change: Callable[[pikepdf.Pdf], object]) -> None:
    """Change a PDF."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)


def figures(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield the figures of a PDF's structure."""
    for element in pdf.objects:
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure":
            yield element


def test_edition_just_rendered_is_clean(edition: Path) -> None:
    """The files of both formats hold all that the document has."""
    assert findings(edition) == ()


def test_edition_that_is_not_there_is_told(project: Path) -> None:
    """A check of nothing would look like a clean one."""
    with pytest.raises(RenderingError, match="no edition of welcome in “en”") as refused:
        check_editions(open_project(project))
    assert "pubkit render welcome --lang en" in (refused.value.remedy or "")


def test_damaged_pdf_is_refused(edition: Path) -> None:
    """A file that no reader opens is no edition."""
    (edition / PDF).write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(RenderingError, match="cannot be read"):
        findings(edition)


def test_pdf_with_damaged_objects_is_refused(edition: Path) -> None:
    """A number stands where its structure should be."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.StructTreeRoot.K[0].K = pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.P, Pg=1)])

    spoil(edition / PDF, change)
    with pytest.raises(RenderingError, match="cannot be read"):
        findings(edition)


def test_edition_older_than_its_catalog_is_found(edition: Path) -> None:
    """What was mended in the catalog is not in the file that was made before."""
    replace_in(edition / ZH, "如何前往", "怎样到达这里")
    found = [finding for finding in findings(edition) if finding.check == "text-extraction"]

    assert {finding.msgid for finding in found} == {"How to come"}
    assert {Path(finding.path or "").suffix for finding in found} == {".pdf", ".html"}


def test_draft_is_found_in_both_files(edition: Path) -> None:
    """A text that waits makes a draft, and the files say so themselves."""
    replace_in(edition / ZH, 'msgstr "如何前往"', 'msgstr ""')
    for made in render(open_project(edition), wanted=Wanted(languages=("zh",))):
        assert isinstance(made, Rendered)
    by_themselves = check_finished_files([edition / PDF, edition / PAGE]).findings

    assert ids(edition) == ["draft"]
    assert [finding.check for finding in by_themselves] == ["draft", "draft"]


def test_pdf_in_the_wrong_language_is_found(edition: Path) -> None:
    """It would be read aloud as another language."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Lang = pikepdf.String("en")

    spoil(edition / PDF, change)
    assert ids(edition) == ["pdf-structure"]


@pytest.mark.parametrize("key", ["/Lang", "/StructTreeRoot", "/ViewerPreferences"])
def test_pdf_without_structure_is_found(edition: Path, key: str) -> None:
    """Screen readers need it."""

    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[key]

    spoil(edition / PDF, change)
    assert "pdf-structure" in ids(edition)


def test_pdf_with_another_title_is_found(edition: Path) -> None:
    """The title stands in the window."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Title"] = "Document1"

    spoil(edition / PDF, change)
    assert ids(edition) == ["pdf-metadata"]


def test_picture_without_alternative_text_is_found(edition: Path) -> None:
    """In the PDF, and in the page."""

    def change(pdf: pikepdf.Pdf) -> None:
        for figure in figures(pdf):
            del figure["/Alt"]

    spoil(edition / PDF, change)
    page = (edition / PAGE).read_text("utf-8")
    (edition / PAGE).write_text(page.replace("<img alt=", "<img data-alt="), "utf-8")
    found = findings(edition)

    assert {finding.check for finding in found} == {"missing-alt"}


def test_missing_picture_is_found(edition: Path) -> None:
    """A page whose picture was not uploaded has a hole."""
    for picture in (edition / "build").rglob("*.jpg"):
        picture.unlink()
    for picture in (edition / "build").rglob("*.png"):
        picture.unlink()
    assert ids(edition) == ["missing-picture"]


def test_picture_with_too_few_pixels_is_named_as_render_names_it(edition: Path) -> None:
    """Its file is known by its size; once it was exchanged, there is nothing but the size."""
    Image.new("RGB", (300, 200), "#345").save(edition / PICTURE)
    (failed,) = render(open_project(edition), wanted=Wanted(languages=("zh",)))
    assert isinstance(failed, Failed)
    shutil.copytree(edition / ".pubkit/refused", edition / "build", dirs_exist_ok=True)
    (named,) = findings(edition)
    Image.new("RGB", (1600, 1000), "#345").save(edition / PICTURE)
    (measured,) = findings(edition)

    assert "The picture pictures/reading-room.jpg has" in named.message
    assert f"{named.message} [low-resolution]" in failed.error.message
    assert "The picture 300 × 200 has" in measured.message


def test_foreign_link_is_found(edition: Path) -> None:
    """Nobody put it into the document."""

    def change(pdf: pikepdf.Pdf) -> None:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://evil.example")),
        )
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([link]))

    spoil(edition / PDF, change)
    assert ids(edition) == ["foreign-link", "pdf-structure"]  # nor into the structure


def test_font_that_nobody_chose_is_found(edition: Path) -> None:
    """A machine without the right font took another one."""

    def change(pdf: pikepdf.Pdf) -> None:
        font = next(iter(pdf.pages[0].Resources.Font.values()))
        font.BaseFont = pikepdf.Name("/ABCDEF+DejaVu-Sans")

    spoil(edition / PDF, change)
    assert ids(edition) == ["font-fallback"]


def test_missing_glyph_is_found(edition: Path) -> None:
    """The code of a font's empty box stands where a character should."""

    def change(pdf: pikepdf.Pdf) -> None:
        content = pikepdf.parse_content_stream(pdf.pages[0])
        shown = next(i for i in content if str(i.operator) in ("Tj", "TJ"))
        place = content.index(shown)
        box = pikepdf.ContentStreamInstruction([pikepdf.String(b"\0\0")], pikepdf.Operator("Tj"))
        content.insert(place + 1, box)
        pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(content))

    spoil(edition / PDF, change)
    assert "missing-glyph" in ids(edition)


def test_text_beyond_the_sheet_is_found(edition: Path) -> None:
    """What is cut off is not read."""

    def change(pdf: pikepdf.Pdf) -> None:
        content = pikepdf.parse_content_stream(pdf.pages[0])
        moved = pikepdf.ContentStreamInstruction([1, 0, 0, 1, 400, 0], pikepdf.Operator("cm"))
        pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream([moved, *content]))

    spoil(edition / PDF, change)
    assert "overflow" in ids(edition)


def test_finished_file_is_checked_by_itself(edition: Path) -> None:
    """A file from elsewhere has no document, but it has an outside."""
    assert check_finished_files([edition / PDF, edition / PAGE]).findings == ()


@pytest.mark.parametrize("title", ["如何\u2060前往", "如何 前往", "怎样前往"])
def test_spoilt_bookmark_is_found(edition: Path, title: str) -> None:
    """The heading on the page is right."""

    def change(pdf: pikepdf.Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Title") == "如何前往":
                item["/Title"] = pikepdf.String(title)

    spoil(edition / PDF, change)
    assert ids(edition) == ["spoilt-bookmark"]


def test_program_behind_a_link_is_found(edition: Path) -> None:
    """A document can link to addresses, and to nothing else."""

    def change(pdf: pikepdf.Pdf) -> None:
        annotations = next(page.Annots for page in pdf.pages if "/Annots" in page)
        annotations[0].A = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("run.exe"))

    spoil(edition / PDF, change)
    assert "foreign-link" in ids(edition)


def test_text_from_elsewhere_is_found(edition: Path) -> None:
    """A stamp of the program that joined two files."""

    def change(pdf: pikepdf.Pdf) -> None:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page = pdf.pages[0]
        page.Resources.Font["/Stamp"] = pdf.make_indirect(font)
        stamp = b"q /Stamp 9 Tf 1 0 0 1 100 30 cm BT (Evaluation copy) Tj ET Q"
        page.contents_add(pdf.make_stream(stamp))

    spoil(edition / PDF, change)
    assert "foreign-text" in ids(edition)
