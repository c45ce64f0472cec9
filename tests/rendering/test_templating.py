"""What is kept of templates: compiled ones, and their labels."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pubkit import caches
from pubkit.errors import RenderingError
from pubkit.rendering.html import render_html
from pubkit.rendering.templating import environment, labels
from pubkit.rendering.templating.labels import find_labels
from tests.rendering.conftest import Sample


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    """A folder in which things are kept, and nothing that this process remembers."""
    caches.keep_in(tmp_path / "kept")
    forget()
    yield tmp_path / "kept"
    caches.keep_in(None)
    forget()


def forget() -> None:
    """Be as a process that has just begun."""
    environment._environment_with.cache_clear()
    labels._source.cache_clear()


def test_page_is_the_same_from_a_compiled_template(
    kept: Path, make_sample: Callable[..., Sample]
) -> None:
    """Made for the first time, and again by a process that compiles nothing."""
    sample = make_sample()
    first = render_html(sample.document, setting=sample.setting)
    forget()
    files = sorted((kept / environment.KIND).iterdir())

    assert files
    assert render_html(sample.document, setting=sample.setting) == first
    assert sorted((kept / environment.KIND).iterdir()) == files


def test_labels_are_the_same_when_they_were_kept(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With their lines and comments, and without reading a template again."""
    first = find_labels()
    forget()
    monkeypatch.setattr(labels, "_read_source", None)
    again = find_labels()

    assert first
    assert again == first
    assert [label.line for label in again] == [label.line for label in first]


def test_changed_template_is_read_anew(kept: Path, tmp_path: Path) -> None:
    """Its text is what it is kept by."""
    template = tmp_path / "release.html.j2"
    template.write_text('{{ label("One") }}')
    assert [label.msgid for label in find_labels(tmp_path, pages=[template.name])] == ["One"]

    template.write_text('{{ label("Two") }}')
    assert [label.msgid for label in find_labels(tmp_path, pages=[template.name])] == ["Two"]


@pytest.mark.parametrize("name", ["../secret.j2", "a/../../secret.j2", "/etc/passwd", "", "none"])
def test_templates_lie_below_their_folders(name: str, tmp_path: Path) -> None:
    """A name that leads elsewhere names nothing."""
    (tmp_path / "secret.j2").write_text("secret")
    (tmp_path / "templates" / "a").mkdir(parents=True)

    assert environment._load(name, templates=tmp_path / "templates") is None


def test_template_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """The error names the file; the same words in UTF-8 are read."""
    template = tmp_path / "release.html.j2"
    template.write_bytes('{{ label("Übersicht") }}'.encode("latin-1"))
    with pytest.raises(RenderingError, match=r"release\.html\.j2"):
        find_labels(tmp_path, pages=[template.name])

    template.write_text('{{ label("Übersicht") }}', "utf-8")
    assert [label.msgid for label in find_labels(tmp_path, pages=[template.name])] == ["Übersicht"]
