"""Hostile texts through the whole line: a clear error, or a safe edition."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pikepdf
import pytest

from pubkit.config import find_project, read_config
from pubkit.errors import CatalogError
from pubkit.formats.po import read_catalog
from pubkit.rendering.html import render_html
from pubkit.translation import document as translated
from pubkit.translation import translate_document, verify_lengths
from pubkit.workflow import render as rendering
from pubkit.workflow.labels import translated_labels
from pubkit.workflow.project import Project
from tests.conftest import Run
from tests.hostile.corpus import (
    LABELS,
    SECRET,
    Canary,
    Text,
    Written,
    canary,
    elements,
    harmless,
    read_texts,
    shapes,
    write_project,
)

TEXTS = read_texts()
LONG = [text for text in TEXTS if text.is_too_long(0)]
SAFE = [text for text in TEXTS if text.is_safe and text not in LONG]
REFUSED = [text for text in TEXTS if not text.is_safe and text not in LONG]


@pytest.fixture
def watched() -> Iterator[Canary]:
    """Run a server that nobody shall call, and see that nobody does."""
    with canary() as found:
        yield found
    assert found.calls == []


@pytest.fixture
def places(tmp_path: Path, watched: Canary) -> dict[str, str]:
    """Return what the texts try to reach."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    return {"SECRET": str(secret), "CANARY": watched.address}


def open_project(folder: Path) -> Project:
    """Return the project of a folder."""
    return Project(read_config(find_project(folder)))


def rounds(texts: list[Text]) -> Iterator[list[Text]]:
    """Yield texts for one project each: a text of the template stands in it once."""
    waiting = list(texts)
    while waiting:
        taken: dict[object, Text] = {}
        for text in waiting:
            taken.setdefault(text.kind if text.kind in LABELS else id(text), text)
        yield list(taken.values())
        waiting = [text for text in waiting if text not in taken.values()]


def test_corpus_is_large_and_names_are_unique() -> None:
    """A case that is there twice hides one that is not."""
    assert len(TEXTS) >= 150
    assert [name for name, n in Counter(text.name for text in TEXTS).items() if n > 1] == []


# ---------------------------------------------------------------- refused


def test_refused_texts_are_errors_of_check(
    tmp_path: Path, places: dict[str, str], run: Run
) -> None:
    """Each has an error at its entry, so nobody learns only from rendering."""
    for number, texts in enumerate(rounds(REFUSED)):
        written = write_project(tmp_path / f"{number}/a", texts, places=places)
        found = run("check", "--format", "json", cwd=written.folder)
        report = json.loads(found.out)
        errors = {
            (Path(item["path"]).stem, item["msgid"])
            for item in report["findings"]
            if item["severity"] == "error"
        }

        assert found.code == 1
        assert [p.text.name for p in written.texts if (p.document, p.source) not in errors] == []


def test_refused_texts_are_refused_each(tmp_path: Path, places: dict[str, str]) -> None:
    """The error names file, line and text; no waiver changes that."""
    for number, texts in enumerate(rounds(REFUSED)):
        written = write_project(tmp_path / f"{number}/a", texts, places=places)

        assert passed(written) == []


def passed(written: Written) -> list[str]:
    """Return the texts of a project that nothing refuses when they stand alone."""
    project = open_project(written.folder)
    documents = {document.name: document for document in project.documents(())}
    catalogs = {name: project.catalog(name, "zh") for name in (*documents, "templates")}
    found = []
    for placed in written.texts:
        catalog = catalogs[placed.document]
        assert catalog
        alone = [entry for entry in catalog.entries if entry.msgid == placed.source]
        catalog = type(catalog)(entries=tuple(alone), header=catalog.header, path=catalog.path)
        try:
            if placed.document == "templates":
                translated_labels(project, "zh")
            else:
                translate_document(documents[placed.document], catalog, lang="zh")
            found.append(placed.text.name)
        except CatalogError as error:
            places = (catalog.path, placed.line, bool(error.remedy))
            if placed.document != "templates":
                told = error.location and (error.location.path, error.location.line)
                assert (*(told or ()), bool(error.remedy)) == places  # noqa: PT017
    return found


def test_refused_texts_leave_no_edition(tmp_path: Path, places: dict[str, str], run: Run) -> None:
    """The command says what is wrong, without a traceback, and writes nothing."""
    written = write_project(tmp_path / "a", next(rounds(REFUSED)), places=places)
    found = run("render", "--format", "html", cwd=written.folder)

    assert found.code == 2
    assert "Traceback" not in found.err
    assert "locales/zh/LC_MESSAGES/" in found.err
    assert list(written.folder.glob("build/zh/*.html")) == []


@pytest.mark.parametrize("text", LONG, ids=lambda text: text.name)
def test_texts_that_are_far_too_long_are_refused(
    text: Text, tmp_path: Path, places: dict[str, str]
) -> None:
    """Their length is told, whatever else is in them."""
    written = write_project(tmp_path / "a", [text], places=places)
    project = open_project(written.folder)
    (document, *_others) = project.documents(())
    catalog = project.catalog(document.name, "zh")

    with pytest.raises(CatalogError) as caught:
        verify_lengths(
            translate_document(document, catalog, lang="zh"), catalog, project.config.limits
        )
    assert caught.value.location


# ---------------------------------------------------------------- safe


def test_safe_texts_make_editions_that_hold_nothing_new(
    tmp_path: Path, places: dict[str, str], run: Run
) -> None:
    """Pages, PDFs, feeds and archives have what those of harmless texts have, and no more."""
    for number, texts in enumerate(rounds(SAFE)):
        hostile = write_project(tmp_path / f"{number}/a", texts, places=places).folder
        good = write_project(tmp_path / f"{number}/b", map(harmless, texts), places=places).folder
        for folder in (hostile, good):
            found = run("render", "--lang", "zh", "--format", "html", "--site", cwd=folder)
            assert found.code == 0, found.err

        assert differences(hostile, good) == {}
        if number == 0:
            # All PDFs are made by benchmarks/hostility.
            found = run("render", "report-0", "--lang", "zh", "--archive", cwd=hostile)
            assert found.code == 0, found.err
        verify_files(hostile)


def differences(hostile: Path, good: Path) -> dict[str, Counter[object]]:
    """Return what pages have that those of harmless texts have not."""
    found = {}
    for path in sorted(good.glob("build/zh/report-*.html")):
        twin = hostile / path.relative_to(good)
        new = Counter(shapes(twin.read_text("utf-8")))
        new.subtract(Counter(shapes(path.read_text("utf-8"))))
        if any(new.values()):
            found[path.name] = Counter({key: n for key, n in new.items() if n})
    return found


def verify_files(folder: Path) -> None:
    """See that no file has the secret, and no ordinary PDF an attachment or a foreign link."""
    for path in folder.rglob("build/**/*"):
        if path.is_file():
            data = path.read_bytes()
            assert SECRET.encode() not in data
            if path.suffix == ".pdf":
                verify_pdf(data, is_archive=".archive" in path.name)


def verify_pdf(data: bytes, *, is_archive: bool) -> None:
    """See that a PDF holds nothing from elsewhere."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert bool(pdf.attachments) is is_archive
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != "/Image":
                assert SECRET.encode() not in item.read_bytes()
        uris = [
            str(annotation.A.URI)
            for page in pdf.pages
            for annotation in page.get("/Annots", [])
            if "/URI" in annotation.get("/A", {})
        ]
    hosts = {urlsplit(uri).hostname or urlsplit(uri).path for uri in uris}
    assert hosts <= {"example.org", "news.example", "press@news.example"}


# ---------------------------------------------------------------- one wall after the other


@pytest.fixture
def without_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every translation pass, so that the walls behind the first are seen."""
    monkeypatch.setattr(translated, "verify_additions", lambda *_args, **_kwargs: None)
    monkeypatch.setattr(rendering, "verify_lengths", lambda *_args: None)
    monkeypatch.setattr(rendering, "_verify_no_foreign_picture", lambda *_args: None)
    monkeypatch.setattr(rendering, "picture_sizes", lambda *_args: {})


TEXT_ELEMENTS = {"a", "em", "strong", "s", "code", "br", "img", "sup", "wbr", "span"}
TEXT_ATTRIBUTES = {
    *("href", "title", "id", "class", "lang", "src", "alt", "width", "height", "loading"),
    *("datetime", "aria-label"),
}


@pytest.mark.usefixtures("without_wall")
def test_page_without_the_first_wall_has_no_element_that_acts(
    tmp_path: Path, places: dict[str, str]
) -> None:
    """Rendering and escaping let nothing through but links, pictures and emphasis."""
    texts = [text for text in TEXTS if text.kind not in LABELS and "10000" not in text.text]
    hostile = write_project(tmp_path / "a", texts, places=places).folder
    good = write_project(tmp_path / "b", map(harmless, texts), places=places).folder
    for name, html in pages(hostile).items():
        new = Counter(tag for tag, _attributes in elements(html))
        new.subtract(tag for tag, _attributes in elements(pages(good)[name]))

        assert {tag for tag, number in new.items() if number > 0} <= TEXT_ELEMENTS
        for tag, attributes in elements(html):
            if tag in TEXT_ELEMENTS - {"span", "img"}:
                assert attributes.keys() <= TEXT_ATTRIBUTES | {"hreflang", "type"}
            assert not any(key.startswith("on") or key == "style" for key in attributes) or (
                tag == "figure"
            )
            for key in ("href", "src") if tag in ("a", "img") else ():
                assert urlsplit(attributes.get(key, "")).scheme in {
                    *("", "http", "https", "mailto", "tel"),
                }


@cache
def pages(folder: Path) -> dict[str, str]:
    """Return the Chinese pages of a project."""
    project = open_project(folder)
    setting = rendering.language_setting(project, "zh")
    prepared = [
        rendering.prepare(project, document, setting=setting, lang="zh")
        for document in project.documents(())
    ]
    return {
        page.document.name: render_html(page.document, setting=page.setting) for page in prepared
    }


def test_catalog_of_half_a_surrogate_is_refused(tmp_path: Path, places: dict[str, str]) -> None:
    """It is no text in UTF-8, so it never reaches a page."""
    text = Text("half a surrogate", "文字\ud800。", "paragraph", is_safe=False)
    written = write_project(tmp_path / "a", [text], places=places)

    with pytest.raises(CatalogError):
        read_catalog(written.folder / "locales/zh/LC_MESSAGES/report-0.po")
