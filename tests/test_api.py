"""The public functions, without a project around them."""

from dataclasses import replace
from pathlib import Path

import pytest

import pubkit
from pubkit.errors import CatalogError, PubkitError, SourceError


def test_public_names_are_frozen() -> None:
    """What others import does not change by accident."""
    assert pubkit.__all__ == [
        "Catalog",
        "Edition",
        "Entry",
        "Finding",
        "Limits",
        "Termbase",
        "check_catalog",
        "errors",
        "read_catalog",
        "read_termbase",
        "render_document",
        "write_catalog",
    ]
    assert all(hasattr(pubkit, name) for name in pubkit.__all__)


def test_an_edition_beyond_its_limits_is_refused(project: Path) -> None:
    """It is made in a process of its own, which cannot keep its caller waiting or crash it."""
    source = project / "source/welcome.md"

    with pytest.raises(pubkit.errors.RenderingError, match="MB are allowed"):
        pubkit.render_document(source, limits=pubkit.Limits(pdf_bytes=1000))
    with pytest.raises(pubkit.errors.SourceError, match="more than 9 characters"):
        pubkit.render_document(source, limits=pubkit.Limits(segment=9))


def test_an_unknown_name_is_no_attribute() -> None:
    """Misspelt names fail as in any module."""
    with pytest.raises(AttributeError, match="read_catalogue"):
        _ = pubkit.read_catalogue  # type: ignore[attr-defined]


def test_a_catalog_is_read_changed_and_written(project: Path) -> None:
    """Only the changed entry's bytes change."""
    path = project / "locales/zh/LC_MESSAGES/welcome.po"
    before = path.read_text("utf-8")
    catalog = pubkit.read_catalog(path)
    entries = tuple(
        replace(entry, msgstr="怎样前往") if entry.msgid == "How to come" else entry
        for entry in catalog.entries
    )
    pubkit.write_catalog(replace(catalog, entries=entries), path)

    assert path.read_text("utf-8") == before.replace("如何前往", "怎样前往")


def test_findings_are_found_with_and_without_names(project: Path) -> None:
    """A finding says what, where and in which entry."""
    folder = project / "locales/zh/LC_MESSAGES"
    catalog = pubkit.read_catalog(folder / "welcome.po")
    entries = tuple(
        replace(entry, msgstr=entry.msgstr.replace("林薇", "Lin Wei")) for entry in catalog.entries
    )
    spoilt = replace(catalog, entries=entries)
    termbase = pubkit.read_termbase(folder / "names.po")

    for findings in (pubkit.check_catalog(spoilt, termbase), pubkit.check_catalog(spoilt)):
        assert {"untranslated-name"} == {finding.check for finding in findings}
        assert all(finding.line and finding.span and finding.msgid for finding in findings)
    assert pubkit.check_catalog(catalog, termbase) == pubkit.check_catalog(catalog) == []


def test_a_document_is_rendered_beside_its_pictures(project: Path) -> None:
    """One file and one catalog make an edition; nothing is written."""
    before = sorted(project.rglob("*"))
    edition = pubkit.render_document(
        project / "source/welcome.md",
        lang="zh",
        catalog=pubkit.read_catalog(project / "locales/zh/LC_MESSAGES/welcome.po"),
        publisher="河畔图书馆",
    )

    assert not edition.document.is_draft
    assert "河畔图书馆夜间阅览室启用" in edition.html
    assert edition.pdf is not None
    assert edition.pdf.startswith(b"%PDF")
    assert before == sorted(project.rglob("*"))


def test_a_document_without_catalog_is_rendered_in_its_own_language(project: Path) -> None:
    """The source language needs no catalog."""
    edition = pubkit.render_document(project / "source/welcome.md", formats=("html",))

    assert (edition.document.lang, edition.document.is_draft, edition.pdf) == ("en", False, None)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda folder: pubkit.read_catalog(folder / "missing.po"), CatalogError),
        (lambda folder: pubkit.read_termbase(folder / "missing.po"), CatalogError),
        (lambda folder: pubkit.render_document(folder / "missing.md"), SourceError),
    ],
)
def test_a_missing_file_is_an_error_with_place_and_remedy(
    call: object, error: type[PubkitError], tmp_path: Path
) -> None:
    """Callers catch one kind of error and can show what to do."""
    assert callable(call)
    with pytest.raises(error) as caught:
        call(tmp_path)

    assert caught.value.location is not None
    assert caught.value.remedy
