"""Limits: what is larger is refused with its place, the limit, and the setting that raises it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pubkit.config import DEFAULT_LIMITS, Limits
from pubkit.errors import CatalogError, PubkitError
from pubkit.formats.markdown import parse_document
from pubkit.formats.po import parse_catalog, read_catalog, write_catalog
from pubkit.translation import translate_document, verify_lengths

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: zh\\n"\n\n'
ENTRY = 'msgid "A"\nmsgstr "A"\n\nmsgid "B"\nmsgstr "B"\n'
FRONT_MATTER = "---\ntitle: Report\ndate: 2023-07-10\n---\n"


def read_source(body: str, limits: Limits) -> object:
    """Read a document with this body."""
    data = (FRONT_MATTER + body).encode()
    return parse_document(data, path="report.md", default_lang="en", limits=limits)


def read_entries(text: str, limits: Limits) -> object:
    """Read a catalog with these entries."""
    return parse_catalog((HEADER + text).encode(), path="report.po", limits=limits)


@pytest.mark.parametrize(
    ("read", "text", "name", "place"),
    [
        (read_entries, ENTRY, "catalog_bytes", "report.po"),
        (read_entries, ENTRY, "catalog_entries", "report.po:7:1"),
        (read_entries, ENTRY.replace("A", "A" * 100), "catalog_text", "report.po:4:1"),
        (read_source, "One", "document_bytes", "report.md"),
        (read_source, "One", "front_matter", "report.md:1"),
        (read_source, "One\n\nTwo\n\nThree\n", "segments", "report.md:9"),
        (read_source, "One\n\nA longer text\n", "segment", "report.md:7"),
        (read_source, "> > One\n\n> > > Two", "nesting", "report.md:7"),
    ],
)
def test_what_exceeds_a_limit_is_refused(
    read: Callable[[str, Limits], object], text: str, name: str, place: str
) -> None:
    """At the limit it is read; one below, the error names place, limit and setting."""
    most = next(n for n in range(1, 1000) if _is_read(read, text, n, name))

    with pytest.raises(PubkitError) as refused:
        read(text, replace(DEFAULT_LIMITS, **{name: most - 1}))

    assert str(refused.value.location) == place
    assert f"raise “{name}” in [limits] of pubkit.toml" in str(refused.value.remedy)


def _is_read(read: Callable[[str, Limits], object], text: str, most: int, name: str) -> bool:
    try:
        read(text, replace(DEFAULT_LIMITS, **{name: most}))
    except PubkitError:
        return False
    return True


def test_catalog_file_is_measured_before_it_is_read(tmp_path: Path) -> None:
    """Nor is one written that would not be read again."""
    path = tmp_path / "report.po"
    path.write_text(HEADER + ENTRY, "utf-8")
    catalog = read_catalog(path)
    small = replace(DEFAULT_LIMITS, catalog_bytes=path.stat().st_size - 1)

    with pytest.raises(CatalogError, match="are allowed"):
        read_catalog(path, limits=small)
    with pytest.raises(CatalogError, match="are allowed"):
        write_catalog(catalog, tmp_path / "copy.po", limits=small)


@pytest.mark.parametrize(
    ("source", "length", "is_allowed"),
    [
        ("Yes", 200, True),
        ("Yes", 201, False),
        ("a" * 100, 400, True),
        ("a" * 100, 401, False),
        ("中" * 100, 1200, True),
        ("中" * 100, 1201, False),
    ],
)
def test_translation_may_grow_as_languages_do(source: str, length: int, is_allowed: bool) -> None:
    """A short text may be explained; English says in three letters what Chinese says in one."""
    document = parse_document((FRONT_MATTER + source).encode(), path="report.md", default_lang="en")
    entry = f'msgid "{source}"\nmsgstr "{"b" * length}"\n'
    catalog = parse_catalog((HEADER + entry).encode(), path="report.po")
    translated = translate_document(document, catalog, lang="zh")

    if is_allowed:
        verify_lengths(translated, catalog, DEFAULT_LIMITS)
        return
    with pytest.raises(CatalogError, match=f"{length} characters") as refused:
        verify_lengths(translated, catalog, DEFAULT_LIMITS)
    assert str(refused.value.location) == "report.po:4"
