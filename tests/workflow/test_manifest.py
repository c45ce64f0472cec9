"""An edition is up to date exactly as long as nothing that it depends on has changed."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pubkit import caches
from pubkit.formats.files import write_bytes
from pubkit.model import Edition
from pubkit.rendering import places
from pubkit.rendering.page import edition_path
from pubkit.states import clock
from pubkit.workflow import inputs
from pubkit.workflow.inputs import open_watched
from pubkit.workflow.manifest import Manifest
from pubkit.workflow.project import Project
from pubkit.workflow.render import Rendered
from pubkit.workflow.wanted import Wanted
from tests.conftest import Run, replace_in

ALL = {"en/welcome", "zh/welcome", "en/other", "zh/other"}
WANTED = Wanted(languages=("en", "zh"))


@pytest.fixture
def desk(
    project: Path, with_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Return a project of two documents, with a picture, a template and fonts of its own."""
    text = (project / "source" / "welcome.md").read_text("utf-8")
    (project / "source" / "other.md").write_text(text + "\n![A map](map.png)\n", "utf-8")
    (project / "source" / "map.png").write_bytes(b"a picture")
    (project / "templates").mkdir()
    (project / "templates" / "own.css").write_text("p {}")
    fonts, package = tmp_path / "fonts", tmp_path / "package"
    for folder in (fonts, package):
        folder.mkdir()
        (folder / "file").write_text("one")
    settings = tmp_path / "fonts.conf"
    settings.write_text(f"<fontconfig><dir>{fonts}</dir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))
    monkeypatch.setattr(inputs, "PACKAGE", package)
    places._font_places.cache_clear()
    yield project
    places._font_places.cache_clear()


def manifest_of(root: Path, wanted: Wanted = WANTED, *environment: str) -> Manifest:
    """Open the manifest as a new run does, a moment after the last change."""
    time.sleep(0.01)
    return Manifest(open_watched(root), wanted, environment=environment, began=clock())


def current(root: Path, wanted: Wanted = WANTED, *environment: str) -> set[str]:
    """Return which editions are up to date."""
    found = manifest_of(root, wanted, *environment).all_up_to_date(())
    return {f"{edition.lang}/{edition.name}" for edition in found}


def make_all(root: Path, wanted: Wanted = WANTED, *environment: str, waiting: int = 0) -> None:
    """Write something in the place of each edition, and note it as the command does."""
    manifest = manifest_of(root, wanted, *environment)
    results = (
        written(manifest.project, name, lang, waiting)
        for name in manifest.project.document_names()
        for lang in wanted.languages
    )
    assert list(manifest.noting(results))


def written(project: Project, name: str, lang: str, waiting: int = 0) -> Rendered:
    """Write an edition."""
    document = replace(project.document(project.config.source / f"{name}.md"), lang=lang)
    pictures = ("map.png",) if name == "other" else ()
    edition = Edition(document=document, html=f"{name}{lang}", pdf=b"%PDF", pictures=pictures)
    paths = []
    for suffix, data in (("html", edition.html.encode()), ("pdf", edition.pdf)):
        paths.append(project.config.build / edition_path(name, lang, suffix=suffix))
        write_bytes(paths[-1], data or b"")
    for picture in pictures:
        write_bytes(project.config.build / picture, b"a copy")
    return Rendered(edition, tuple(paths), waiting)


def append(*parts: str) -> Callable[[Path], None]:
    """Return a change: a file has a line more, or comes to be."""

    def change(root: Path) -> None:
        path = root.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write("\n# more\n")

    return change


def disguised(root: Path) -> None:
    """Another content of the same size, with the old time of writing, by another file."""
    path = root / "source" / "welcome.md"
    status, text = path.stat(), path.read_text("utf-8")
    new = path.with_suffix(".new")
    new.write_text(text[:-2] + "!\n", "utf-8")
    os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
    new.rename(path)


def setting(text: str) -> Callable[[Path], None]:
    """Return a change of the settings."""
    return lambda root: append_text(root / "pubkit.toml", text)


def append_text(path: Path, text: str) -> None:
    """Write behind what a file has."""
    path.write_text(path.read_text("utf-8") + text, "utf-8")


CATALOGS = ("locales", "zh", "LC_MESSAGES")
WELCOME, OTHER = {"en/welcome", "zh/welcome"}, {"en/other", "zh/other"}
CHINESE = {"zh/welcome", "zh/other"}
CHANGES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "nothing": (lambda _root: None, set()),
    "source": (append("source", "welcome.md"), WELCOME),
    "disguised source": (disguised, WELCOME),
    "touched source": (lambda root: (root / "source" / "welcome.md").touch(), set()),
    "moved clock": (lambda root: os.utime(root / "source" / "welcome.md", (1, 1)), set()),
    "picture": (append("source", "map.png"), OTHER),
    "unused picture": (append("source", "unused.png"), set()),
    "catalog": (append(*CATALOGS, "welcome.po"), {"zh/welcome"}),
    "catalog removed": (
        lambda root: root.joinpath(*CATALOGS, "welcome.po").unlink(),
        {"zh/welcome"},
    ),
    "corrections": (append("locales", "en", "LC_MESSAGES", "welcome.po"), {"en/welcome"}),
    "names": (append(*CATALOGS, "names.po"), CHINESE),
    "labels": (append(*CATALOGS, "templates.po"), CHINESE),
    "template": (append("source", "..", "templates", "own.css"), ALL),
    "new template": (append("templates", "release.html.j2"), ALL),
    "template removed": (lambda root: (root / "templates" / "own.css").unlink(), ALL),
    "theme": (setting('\n[theme]\naccent = "#102030"\n'), ALL),
    "limits": (setting("\n[limits]\nseconds = 50\n"), ALL),
    "typefaces": (setting('\n[typefaces.zh]\nserif = "Some Serif"\n'), ALL),
    "mail": (setting('\n[mail]\nreply_to = "press@example.org"\n'), set()),
    "address": (
        lambda root: replace_in(
            root / "pubkit.toml", "[project]", '[project]\nbase_url = "https://e.org"'
        ),
        ALL,
    ),
    "font": (append("..", "fonts", "file"), ALL),
    "new font": (append("..", "fonts", "below", "other.ttf"), ALL),
    "settings of fonts": (append("..", "fonts.conf"), ALL),
    "program": (append("..", "package", "file"), ALL),
    "page edited": (append("build", "zh", "welcome.html"), {"zh/welcome"}),
    "PDF removed": (lambda root: (root / "build" / "en" / "other.pdf").unlink(), {"en/other"}),
    "copy of a picture": (append("build", "map.png"), OTHER),
    "refused since": (append(".pubkit", "refused", "zh", "other.pdf"), {"zh/other"}),
    "all of build": (lambda root: shutil.rmtree(root / "build"), ALL),
}


@pytest.mark.parametrize(("change", "outdated"), CHANGES.values(), ids=CHANGES)
def test_what_depends_on_a_change_is_outdated_and_nothing_else(
    desk: Path, change: Callable[[Path], object], outdated: set[str]
) -> None:
    """By content: a touched file is the same one, a disguised one is not."""
    make_all(desk)
    assert current(desk) == ALL
    change(desk)

    assert current(desk) == ALL - outdated


@pytest.mark.parametrize(
    ("wanted", "environment"),
    [
        (replace(WANTED, formats=("html",)), ()),
        (replace(WANTED, is_site=True), ()),
        (WANTED, ("PUBKIT_ENGINE=stock",)),
    ],
)
def test_what_is_wanted_otherwise_is_made_again(
    desk: Path, wanted: Wanted, environment: tuple[str, ...]
) -> None:
    """Formats, the newsroom and the engine change the page."""
    make_all(desk)

    assert current(desk, wanted, *environment) == set()
    make_all(desk, wanted, *environment)
    assert current(desk, wanted, *environment) == ALL


def test_a_newsroom_page_depends_on_its_other_languages(desk: Path) -> None:
    """It leads to them as soon as they are finished; without a newsroom it always does."""
    site = replace(WANTED, is_site=True)
    make_all(desk, site)
    append(*CATALOGS, "welcome.po")(desk)

    assert current(desk, site) == OTHER


def test_a_draft_is_remembered_but_not_where_drafts_are_refused(desk: Path) -> None:
    """The number of texts that wait is told each time."""
    make_all(desk, waiting=3)

    found = manifest_of(desk).all_up_to_date(())
    assert {edition.waiting for edition in found} == {3}
    assert current(desk, replace(WANTED, is_strict=True)) == set()


@pytest.mark.parametrize(
    "change",
    [
        append("source", "welcome.md"),
        append(*CATALOGS, "welcome.po"),
        lambda root: (root / "templates" / "own.css").unlink(),
        append("templates", "new.css"),
    ],
)
def test_what_changes_while_an_edition_is_made_is_not_remembered(
    desk: Path, change: Callable[[Path], object]
) -> None:
    """Nobody knows whether the old or the new text was read, also if it changes back."""
    manifest = manifest_of(desk)
    change(desk)
    manifest.note(written(manifest.project, "welcome", "zh"))
    manifest.save()

    assert current(desk) == set()


@pytest.mark.parametrize(
    "damage",
    [
        *(b"", b"{", b"[]", b"null", b"[" * 9000),
        b'{"format": "pubkit manifest 1", "editions": 7}',
        b'{"format": "pubkit manifest 1", "editions": {"zh/welcome": {"inputs": 1}}}',
        b'{"format": "pubkit manifest 1", "contents": [3]}',
    ],
)
def test_a_damaged_manifest_is_none(desk: Path, with_cache: Path, damage: bytes) -> None:
    """Everything is made again, and then known again."""
    make_all(desk)
    (kept,) = (with_cache / "manifests").iterdir()
    kept.write_bytes(damage)

    assert current(desk) == set()
    make_all(desk)
    assert current(desk) == ALL


def test_a_manifest_that_comes_with_a_project_is_not_believed(
    desk: Path, with_cache: Path, tmp_path: Path
) -> None:
    """Nor is one in a folder that others can write into."""
    make_all(desk)
    shutil.copytree(with_cache, desk / ".pubkit" / "caches")
    (with_cache / "manifests").chmod(0o777)
    assert current(desk) == set()
    caches.keep_in(tmp_path / "of-somebody-else")

    assert current(desk) == set()


def test_two_runs_at_once_cost_at_most_work(desk: Path) -> None:
    """What the later one writes is what it knows; none of it is wrong."""
    make_all(desk)
    slow = manifest_of(desk)
    append("source", "welcome.md")(desk)
    make_all(desk)
    slow.save()

    assert current(desk) == OTHER


def test_render_makes_what_has_changed(run: Run, project: Path, with_cache: Path) -> None:
    """The bytes are those that a render without memory makes in a fresh folder."""
    time.sleep(0.02)
    first = run("render", "-f", "html", cwd=project)
    replace_in(project / "source" / "welcome.md", "\n\n", "\n\nOne more.\n\n")
    catalog = project / "locales" / "zh" / "LC_MESSAGES" / "welcome.po"
    time.sleep(0.02)
    changed = run("render", "-f", "html", cwd=project)
    append_text(catalog, "\n# A note.\n")
    time.sleep(0.02)
    chinese = run("render", "-f", "html", cwd=project)
    again = run("render", "-f", "html", cwd=project)
    quiet = run("render", "-f", "html", "-q", cwd=project)
    fresh = project.parent / "fresh"
    shutil.copytree(project, fresh, ignore=shutil.ignore_patterns("build"))
    forced = run("render", "-f", "html", "--force", cwd=fresh, PUBKIT_CACHE="off")

    pages = ["build/en/welcome.html", "build/zh/welcome.html"]
    assert first.out.split() == changed.out.split() == forced.out.split() == pages
    assert chinese.out.split() == pages[1:]
    assert "1 edition is up to date; --force makes it again" in chinese.err
    assert (again.code, again.out) == (0, "")
    assert "draft" in again.err
    assert "2 editions are up to date" in again.err
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    for page in pages:
        assert (project / page).read_bytes() == (fresh / page).read_bytes()
