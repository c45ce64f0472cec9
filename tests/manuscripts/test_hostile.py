"""Hostile and damaged files: a clear error with a remedy, or a document in which nothing is hidden.

``hostile/`` has files of text; packages are made here, so that nobody's scanner is alarmed.
"""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from pubkit.errors import PubkitError, SourceError
from pubkit.formats.markdown import document_pictures, link_targets, parse_document
from pubkit.workflow.manuscripts import Import, Wishes, read_import
from pubkit.workflow.project import Project, open_project
from tests.manuscripts.builders import TITLE, docx, paragraph, picture, relationships, run, zipped

FOLDER = Path(__file__).parent / "hostile"
TEXT_FILES = sorted(FOLDER.iterdir())
TEXT = TITLE + paragraph("Text of the report.")
W_TEXT = docx(TEXT)
ACCOUNT = "root:"


def with_prolog(prolog: str, body: str = TEXT) -> bytes:
    """Return a document of Word whose text begins with a prolog."""
    with zipfile.ZipFile(io.BytesIO(docx(body))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/document.xml"] = prolog.encode() + files["word/document.xml"]
    return zipped(files)


def doubled() -> bytes:
    """Return a document that has its text twice."""
    file = io.BytesIO(W_TEXT)
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<other/>")
    return file.getvalue()


def flagged() -> bytes:
    """Return a package whose parts say that they are encrypted."""
    data = bytearray(W_TEXT)
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    return bytes(data)


def huge_png() -> bytes:
    """Return a picture of a few bytes that says it has ten thousand million pixels."""
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def odt(body: str, *, kind: str = "text", more: dict[str, str] | None = None) -> bytes:
    """Return an OpenDocument."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    names = "".join(
        f' xmlns:{name}="{office}:{long}:1.0"'
        for name, long in [("office", "office"), ("text", "text"), ("table", "table")]
    )
    names += f' xmlns:draw="{office}:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = (
        f"<office:document-content{names}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mimetype, "content.xml": content, **(more or {})})


def table(*rows: str) -> str:
    """Return a table of an OpenDocument."""
    found = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f"<table:table>{found}</table:table>"


MERGED = (
    '<table:table-cell table:number-columns-spanned="1000" table:number-rows-spanned="1000">'
    "<text:p>a</text:p></table:table-cell>"
)
WIDEST = MERGED.replace("rows-spanned", "rows-said").replace("1000", "990")
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
DIGITS = "9" * 5000
"""More than Python makes a number of."""
WIDE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
STYLED = f'''<text:list-style xmlns:style="{WIDE}" style:name="x">
<text:list-level-style-number text:level="{DIGITS}"/></text:list-style>
<style:style xmlns:style="{WIDE}" style:family="paragraph" style:name="x"
style:default-outline-level="{DIGITS}"/>'''
ODT_TEXT = "<text:h>A title</text:h><text:p>Text of the report.</text:p>"
DEEP = "<w:sdt><w:sdtContent>" * 2000 + paragraph("x") + "</w:sdtContent></w:sdt>" * 2000
PASSWD = {"rPic": ("image", "../../../../../../etc/passwd")}
REFUSED = {
    "bomb.docx": docx(TEXT, parts={"word/media/a.png": b"\0" * 70_000_000}),
    "many-parts.docx": docx(TEXT, parts={f"word/x{n}": b"" for n in range(10_001)}),
    "twice.docx": doubled,
    "entity.docx": with_prolog(ENTITY),
    "laughs.docx": with_prolog(LAUGHS),
    "password.docx": flagged(),
    "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "cut-off.docx": W_TEXT[: len(W_TEXT) // 2],
    "text.docx": b"Text of the report.",
    "page.docx": b"<html><body>Text</body></html>",
    "rich.docx": b"{\\rtf1 Text}",
    "open.docx": odt(ODT_TEXT),
    "word.odt": W_TEXT,
    "sheet.odt": odt(ODT_TEXT, kind="spreadsheet"),
    "encrypted.odt": odt(
        ODT_TEXT, more={"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}
    ),
    "malformed.docx": with_prolog("<w:open>"),
    "no-main.docx": zipped({"_rels/.rels": relationships({}, {}), "a": "b"}),
    "empty.docx": b"",
    "empty.txt": b" \n\n",
    "picture.html": b"\x89PNG\r\n\x1a\n",
    "deep.docx": docx(TITLE + DEEP),
    "merged.odt": odt(ODT_TEXT + table(*[MERGED] * 1000)),
    "wide.odt": odt(ODT_TEXT + table(MERGED * 2)),
    "long-and-wide.odt": odt(ODT_TEXT + table(*["<table:table-cell/>"] * 1000, WIDEST * 2)),
    "report.pdf": b"%PDF-1.7",
    "pdf.txt": b"%PDF-1.7",
    "long.txt": b"A title\n\n" + b"word " * 300_000,
}
ACCEPTED = {
    "traversal.docx": docx(TEXT, parts={"../../etc/cron.d/x": "x", "/etc/x": "x", "C:\\x": "x"}),
    "picture-of-the-disk.docx": docx(TEXT + paragraph(picture()), relations=PASSWD),
    "linked-picture.docx": docx(
        TEXT + paragraph(picture(kind="link")),
        external={"rPic": ("image", "file:///etc/passwd")},
    ),
    "huge-picture.docx": docx(
        TEXT + paragraph(picture()),
        parts={"word/media/a.png": huge_png()},
        relations={"rPic": ("image", "media/a.png")},
    ),
    "macro.docx": docx(
        TEXT,
        parts={"word/vbaProject.bin": b"x"},
        relations={"rV": ("vbaProject", "vbaProject.bin")},
    ),
    "chunk.docx": docx(
        TEXT,
        parts={"word/a.html": "<script>x</script>"},
        relations={"rA": ("aFChunk", "a.html")},
    ),
    "template.docx": docx(
        TEXT, external={"rT": ("attachedTemplate", "http://127.0.0.1:9/evil.dotm")}
    ),
    "directive.docx": docx(
        TEXT + paragraph("&lt;!-- pubkit:skip-start --&gt;") + paragraph("[^9] [x](y) {{ 7*7 }}")
    ),
    "words.docx": docx(
        TEXT + paragraph(picture(words="](javascript:alert(1)) &quot; --&gt;")),
        parts={"word/media/a.gif": b"GIF89a\x01\0\x01\0\0\0\0;"},
        relations={"rPic": ("image", "media/a.gif")},
    ),
    "span.docx": docx(
        TEXT + '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>'
        f"{paragraph('a')}</w:tc></w:tr></w:tbl>"
    ),
    "many-runs.docx": docx(TEXT + paragraph(*map(run, ["word "] * 3000))),
    "spaces.odt": odt(ODT_TEXT + '<text:p>a<text:s text:c="999999999"/>b</text:p>'),
    "columns.odt": odt(
        ODT_TEXT + '<table:table><table:table-row><table:table-cell '
        'table:number-columns-repeated="999999999"><text:p>a</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    ),
    "digits.docx": docx(
        TEXT + f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{DIGITS}"/></w:tcPr>'
        f"{paragraph('a')}</w:tc></w:tr></w:tbl>"
    ),
    "digits.odt": odt(
        f'{STYLED}<text:h text:outline-level="{DIGITS}">A title</text:h>'
        "<text:p>Text of the report.</text:p>"
        f'<text:list text:style-name="x"><text:list-item text:start-value="{DIGITS}">'
        "<text:p>a</text:p></text:list-item></text:list>"
        f'<table:table><table:table-row><table:table-cell table:number-columns-repeated="{DIGITS}">'
        f'<text:p>a<text:s text:c="{DIGITS}"/>b</text:p></table:table-cell></table:table-row>'
        f'<table:table-row><table:table-cell table:number-rows-spanned="{DIGITS}"'
        f' table:number-columns-spanned="{DIGITS}"/></table:table-row>'
        "</table:table>"
    ),
    "long.odt": odt(ODT_TEXT + table(*["<table:table-cell/>"] * 1000, WIDEST)),
    "merged.odt": odt(ODT_TEXT + table(MERGED, *["<table:covered-table-cell/>"] * 50)),
    "picture-of-the-disk.odt": odt(
        ODT_TEXT + '<text:p><draw:frame><draw:image xlink:href="../../../../etc/passwd"/>'
        "</draw:frame></text:p>"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project into which files are imported."""
    folder = tmp_path_factory.mktemp("news")
    (folder / "pubkit.toml").write_text('[project]\nlanguages = ["en"]\n')
    return open_project(folder)


def made(project: Project, name: str, data: bytes) -> Import:
    """Return what import makes of a file."""
    file = project.config.root / name
    file.write_bytes(data)
    return read_import(project, file, Wishes(date="2025-03-14", title="T"))


def verify_harmless(result: Import) -> None:
    """Make sure that a document leads nowhere and has nothing of this machine."""
    text = result.text
    if not result.to_fill_in:
        document = parse_document(text.encode(), path="source/x.md", default_lang="en")
        targets = [url for segment in document.segments for url in link_targets(segment.text)]
        assert [url for url in targets if not url.startswith("http")] == []
        assert all(p.path.startswith("pictures/") for p in document_pictures(document))
    assert ACCOUNT not in text
    assert not any(ACCOUNT.encode() in data for data in result.pictures.values())
    assert "<script" not in text.replace("\\<script", "")


@pytest.mark.parametrize("name", REFUSED)
def test_bad_file_is_refused(project: Project, name: str) -> None:
    """The error says what is wrong, where, and what to do."""
    data = REFUSED[name]
    with pytest.raises(SourceError) as refused:
        made(project, name, data() if callable(data) else data)

    assert refused.value.remedy
    assert name in str(refused.value)


@pytest.mark.parametrize("name", ACCEPTED)
def test_hostile_package_becomes_a_harmless_document(project: Project, name: str) -> None:
    """What is hostile in it is left out, and told."""
    result = made(project, name, ACCEPTED[name])

    verify_harmless(result)
    assert "Text of the report." in result.text


@pytest.mark.parametrize("file", TEXT_FILES, ids=lambda file: file.name)
def test_hostile_text_becomes_a_harmless_document(project: Project, file: Path) -> None:
    """Or is refused with a remedy."""
    try:
        result = made(project, file.name, file.read_bytes())
    except PubkitError as error:
        result = None
        remedy = error.remedy

    if result is None:
        assert remedy
        return

    verify_harmless(result)
