"""The archive edition: the pages, what they were made from, the edition in the other language."""

import io
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import page as validator
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pubkit.formats.pdf.archive import Attachment, make_archive
from pubkit.formats.pdf.conformance import structure_faults
from pubkit.formats.pdf.reading import Reading
from tests.conftest import Run, replace_in

PDF = "build/zh/welcome.pdf"
ARCHIVE = "build/zh/welcome.archive.pdf"
ZH = "locales/zh/LC_MESSAGES/welcome.po"


@pytest.fixture(scope="module")
def kept() -> dict[str, bytes]:
    """The files of the first run, which the tests of this module share."""
    return {}


@pytest.fixture
def archive(run: Run, project: Path, kept: dict[str, bytes]) -> bytes:
    """The archive edition of a new project in Chinese."""
    if not kept:
        assert run("render", "--archive", cwd=project).code == 0
        for path in sorted(project.rglob("*.*")):
            if path.is_file():
                kept[path.relative_to(project).as_posix()] = path.read_bytes()
    return kept[ARCHIVE]


def test_archive_keeps_the_rules_of_two_standards(archive: bytes, kept: dict[str, bytes]) -> None:
    """PDF/A-3a for archives, PDF/UA-1 for all readers; an independent validator agrees."""
    for profile in ("3a", "ua1"):
        report = validator.validate_pdf_bytes(archive, profile=profile)
        assert [failure.message for failure in report.failures] == []
        assert report.is_compliant
    assert validator.validate_pdf_bytes(kept[PDF], profile="ua1").is_compliant
    assert not validator.validate_pdf_bytes(kept[PDF], profile="3a").is_compliant


def test_archive_has_no_stream_of_uncertain_length(kept: dict[str, bytes], archive: bytes) -> None:
    """Packed, this attachment ends with the first half of the line end that stands behind it."""
    assert zlib.compress(b"\f").endswith(b"\r")
    attached = Attachment(
        name="a.txt", data=b"\f", media_type="text/plain", relationship="Data", description="a"
    )
    made = make_archive(kept[PDF], [attached], dated=date(2025, 3, 14))

    assert validator.validate_pdf_bytes(made, profile="3a").is_compliant
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.attachments["a.txt"].get_file().read_bytes() == b"\f"
        assert not any(
            item.read_raw_bytes().endswith(b"\r")
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream)
        )


def test_archive_holds_source_catalogs_and_the_other_edition(
    archive: bytes, kept: dict[str, bytes]
) -> None:
    """Each says what it is to the edition, and is what lies in the project."""
    with pikepdf.open(io.BytesIO(archive)) as pdf:
        held = {
            name: (str(file.obj.AFRelationship), file.get_file().mime_type)
            for name, file in pdf.attachments.items()
        }
        data = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}

    assert held == {
        "welcome.md": ("/Source", "text/markdown"),
        "welcome.en.po": ("/Supplement", "text/x-gettext-translation"),
        "welcome.zh.po": ("/Supplement", "text/x-gettext-translation"),
        "welcome.en.pdf": ("/Alternative", "application/pdf"),
    }
    assert data["welcome.md"] == kept["source/welcome.md"]
    assert data["welcome.zh.po"] == kept[ZH]
    assert data["welcome.en.pdf"] == kept["build/en/welcome.pdf"]


def test_archive_made_again_has_the_same_bytes(
    run: Run, project: Path, archive: bytes, kept: dict[str, bytes]
) -> None:
    """Neither the clock nor the days of the files are in it."""
    (project / "source/welcome.md").touch()
    made = run("render", "--archive", "--format", "pdf", cwd=project)

    assert made.out.splitlines()[-2:] == ["build/en/welcome.archive.pdf", ARCHIVE]
    assert (project / ARCHIVE).read_bytes() == archive
    assert (project / PDF).read_bytes() == kept[PDF]


def test_archive_of_one_language_holds_no_other_edition(run: Run, project: Path) -> None:
    """What was not made in the same run may be older than the texts."""
    run("render", "--archive", "--lang", "en", cwd=project)
    with pikepdf.open(project / "build/en/welcome.archive.pdf") as pdf:
        assert list(pdf.attachments) == ["welcome.en.po", "welcome.md"]


def test_archive_of_a_draft_is_refused(run: Run, project: Path) -> None:
    """An archive keeps what was published."""
    replace_in(project / ZH, 'msgid "How to come"', '#, fuzzy\nmsgid "How to come"')
    refused = run("render", "--archive", cwd=project)

    assert refused.code == 2
    assert "is a draft" in refused.err
    assert not list(project.rglob("*.archive.pdf"))


def test_archive_without_a_pdf_is_a_wrong_use(run: Run, project: Path) -> None:
    """It is made from it."""
    refused = run("render", "--archive", "--format", "html", cwd=project)

    assert refused.code == 2
    assert "add pdf to --format" in refused.err


def test_document_with_the_name_of_an_archive_is_refused(run: Run, project: Path) -> None:
    """Its edition would take the place of another document's archive edition."""
    (project / "source/welcome.md").rename(project / "source/welcome.archive.md")
    refused = run("render", cwd=project)

    assert refused.code == 2
    assert "that of an archive edition" in refused.err


# ---------------------------------------------------------------- every fault is found

Spoil = Callable[[pikepdf.Pdf], None]


def _undefined_colours(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def _colours_for_a_press(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].S = Name.GTS_PDFX


def _links_on_screens_alone(pdf: pikepdf.Pdf) -> None:
    links = (link for leaf in pdf.pages for link in leaf.get("/Annots", []))
    next(iter(links)).F = 0


def _pictures_left_to_the_viewer(pdf: pikepdf.Pdf) -> None:
    next(
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
    ).Interpolate = True


def _file_without_its_part(pdf: pikepdf.Pdf) -> None:
    del pdf.attachments["welcome.md"].obj.AFRelationship


def _file_of_nobody(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF = pdf.make_indirect(Array())


def _file_of_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots.append(
        Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9])
    )


SPOILT_BY: dict[Spoil, str] = {
    _undefined_colours: "output-intent",
    _colours_for_a_press: "output-intent",
    _links_on_screens_alone: "print-flag",
    _pictures_left_to_the_viewer: "interpolation",
    _file_without_its_part: "attachment",
    _file_of_nobody: "attachment",
    _file_of_a_page: "annotation",
}


@pytest.mark.parametrize("spoil", SPOILT_BY, ids=lambda spoil: spoil.__name__.strip("_"))
def test_fault_of_an_archive_is_found(archive: bytes, spoil: Spoil) -> None:
    """By pubkit and by the independent validator."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(archive)) as pdf:
        spoil(pdf)
        pdf.save(output, deterministic_id=True)
    with pikepdf.open(output) as pdf:
        assert {fault.rule for fault in structure_faults(Reading(pdf))} == {SPOILT_BY[spoil]}
    assert not validator.validate_pdf_bytes(output.getvalue(), profile="3a").is_compliant
