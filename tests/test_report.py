"""The report of this repository, from its source to both editions."""

import re
import subprocess
import sys
from pathlib import Path

import page as validator
import pikepdf
import pytest

from pubkit.formats.markdown import document_blocks, parse_document
from pubkit.formats.po import read_catalog
from pubkit.model import Figure
from pubkit.names.termbase import make_termbase
from tests.conftest import REPOSITORY, Run, made_once
from tests.rendering.looks import verify_looks

SOURCE = REPOSITORY / "source/report.md"
CATALOGS = REPOSITORY / "locales/zh/LC_MESSAGES"
MARKUP = re.compile(r"\*\*|\*|`")

PERSONS = {
    "Yu Shuhong": "俞书宏",
    "Kang Feiyu": "康飞宇",
    "Han Gaorong": "韩高荣",
    "Tan Pingheng": "谭平恒",
    "Lin Yuan": "林媛",
    "Yu Fan": "于璠",
    "Li Zikun": "李子坤",
    "Zhang Jin": "张锦",
    "Pan Feng": "潘锋",
    "Tian Yonghong": "田永鸿",
    "Zou Ruqiang": "邹如强",
    "Yang Huai": "杨槐",
    "Zhan Xiaowei": "占肖卫",
}


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Render the report once, into a folder of its own."""
    return made_once(tmp_path_factory, "report-editions", _make_editions) / "build"


def _make_editions(folder: Path) -> None:
    for name in ("pubkit.toml", "source", "locales", "templates"):
        (folder / name).symlink_to(REPOSITORY / name)
    subprocess.run(
        [sys.executable, "-m", "pubkit", "render", "--archive", "--quiet"], cwd=folder, check=True
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "profile"),
    [("report.pdf", "ua1"), ("report.archive.pdf", "ua1"), ("report.archive.pdf", "3a")],
)
def test_editions_keep_the_standards(editions: Path, lang: str, name: str, profile: str) -> None:
    """PDF/UA-1 for readers, PDF/A-3a for archives, as an independent validator sees them."""
    report = validator.validate_pdf(editions / lang / name, profile=profile)

    assert [failure.message for failure in report.failures] == []
    assert report.is_compliant


def _pdf_text(path: Path) -> str:
    """Return the text of a PDF without white space."""
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    return "".join(text.stdout.split())


def test_source_has_the_report_word_for_word() -> None:
    """Every paragraph and caption of the press release stands in the source as it is."""
    release = (Path(__file__).parent / "projects/press-release.txt").read_text("utf-8")
    texts = [line.strip() for line in release.splitlines() if line.strip()]
    document = parse_document(SOURCE.read_bytes(), path="source/report.md", default_lang="en")
    segments = {segment.msgid for segment in document.body_segments}

    assert [text for text in texts if text not in segments] == []


def test_source_adds_no_year_to_the_text() -> None:
    """The report gives no year; only the metadata has one."""
    document = parse_document(SOURCE.read_bytes(), path="source/report.md", default_lang="en")

    assert [segment.msgid for segment in document.segments if "202" in segment.msgid] == []


def test_source_has_ten_pictures_with_captions_and_descriptions() -> None:
    """Nobody is left without the pictures, whether they see them or not."""
    document = parse_document(SOURCE.read_bytes(), path="source/report.md", default_lang="en")
    figures = [block for block in document_blocks(document) if isinstance(block, Figure)]

    assert len(figures) == 10
    assert all(figure.caption and figure.alternative for figure in figures)


def test_termbase_has_every_person() -> None:
    """The confirmed names are agreed, the two unconfirmed ones say so."""
    termbase = make_termbase(read_catalog(CATALOGS / "names.po"))
    persons = {term.source: term for term in termbase.terms if term.kind == "person"}

    assert {name: persons[name].target for name in PERSONS} == PERSONS
    assert [name for name, term in persons.items() if term.is_uncertain] == [
        "Chen Xiaoqiang",
        "Hu Lipeng",
    ]


def test_catalogs_have_no_findings_and_no_stale_entries(run: Run, report: Path) -> None:
    """The repository's own catalogs are finished and up to date."""
    checked = run("check", cwd=report)
    status = run("status", cwd=report)

    assert checked.code == 0, checked.out
    assert all(line.split()[-3:] == ["0", "0", "0"] for line in status.out.splitlines()[1:])


def test_chinese_pdf_has_every_text_of_the_catalog(editions: Path) -> None:
    """What translators wrote can be found in the PDF, whole."""
    text = _pdf_text(editions / "zh/report.pdf")
    # Alternative texts are for the ear, the location for machines.
    unseen = ("Alternative text", "Location")
    expected = [
        "".join(MARKUP.sub("", entry.msgstr).split())
        for entry in read_catalog(CATALOGS / "report.po").live_entries
        if not entry.extracted_comments[0].startswith(unseen)
    ]

    assert [part for part in expected if part not in text] == []


def test_english_pdf_prints_the_corrected_caption(editions: Path) -> None:
    """The copy-editor's catalog changes the edition, not the source."""
    text = _pdf_text(editions / "en/report.pdf")

    assert "YuFanismakinghispresentation" in text
    assert "YuPan" not in text


@pytest.mark.parametrize(
    ("lang", "families"),
    [
        ("en", ("Pubkit-Serif", "Pubkit-Sans", "Noto-Sans-CJK-SC")),
        ("zh", ("Noto-Serif-CJK-SC", "Noto-Sans-CJK-SC", "Pubkit-Sans")),
    ],
)
def test_pdf_embeds_the_families_of_its_language(
    lang: str, families: tuple[str, ...], editions: Path
) -> None:
    """No other family got in, and every font is embedded; the switch names both languages."""
    table = subprocess.run(
        ["pdffonts", editions / lang / "report.pdf"], capture_output=True, text=True, check=True
    )
    fonts = [line.split() for line in table.stdout.splitlines()[2:]]

    assert all(font[-5:-3] == ["yes", "yes"] for font in fonts)
    assert {font[0].partition("+")[2].removesuffix("-Bold") for font in fonts} == set(families)


# ---------------------------------------------------------------- the text stays the text

MASTHEAD = "北京大学深圳研究生院 新闻中心"
"""Publisher and unit, side by side."""
HAN = "[\u3400-\u9fff]"


def _lines(path: Path, *options: str) -> str:
    """Return the text of a PDF as poppler extracts it, line by line."""
    command = ["pdftotext", *options, path, "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("options", [(), ("-layout",), ("-raw",)])
def test_chinese_pdf_has_no_space_between_han_characters(
    options: tuple[str, ...], editions: Path
) -> None:
    """However a line was stretched; what stands side by side on the page may be parted."""
    catalog = read_catalog(CATALOGS / "report.po").live_entries
    blocks = ["".join(MARKUP.sub("", entry.msgstr).split()) for entry in catalog]
    torn = [
        found[0]
        for found in re.finditer(
            f"{HAN}+(?: +{HAN}+)+", _lines(editions / "zh/report.pdf", *options)
        )
        if any(found[0].replace(" ", "") in block for block in blocks) and found[0] != MASTHEAD
    ]

    assert torn == []


def test_every_name_is_found_whole(editions: Path) -> None:
    """Also where a line ends within it."""
    text = re.sub(f"(?<={HAN})\n(?={HAN})", "", _lines(editions / "zh/report.pdf"))

    assert [name for name in PERSONS.values() if name not in text] == []


@pytest.mark.parametrize(("lang", "place"), [("en", "Shenzhen"), ("zh", "深圳")])
def test_bookmarks_are_clean(lang: str, place: str, editions: Path) -> None:
    """They are the headings: no joiner, no line break, no double space."""
    with pikepdf.open(editions / lang / "report.pdf") as pdf, pdf.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
        titles += [str(child.title) for item in outline.root for child in item.children]

    assert place in titles[0]
    assert len(titles) > 1
    assert [title for title in titles if re.search(r"[\u2060\u200b\u00ad\n\r]|  ", title)] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_report_looks_as_approved(lang: str, editions: Path, approves: bool) -> None:
    """A change of a template or style sheet is looked at before it is published."""
    pdf = (editions / lang / "report.pdf").read_bytes()
    verify_looks(f"report-{lang}", pdf, approves=approves)
