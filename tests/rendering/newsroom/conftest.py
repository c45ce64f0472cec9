"""A newsroom with all that makes one difficult, in three languages."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pubkit.formats.po import read_catalog, write_catalog
from pubkit.model import Entry
from pubkit.workflow.extract import extract
from pubkit.workflow.initialize import initialize
from pubkit.workflow.project import Project, open_project
from pubkit.workflow.render import Rendered, render
from pubkit.workflow.site import Published, publish
from pubkit.workflow.wanted import Wanted
from tests.conftest import made_once, replace_in

CREATED = "2025-03-14 09:00+0000"
NOW = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
BASE = "https://news.example.org/press"
LANGUAGES = ("en", "zh", "ar")
PREFIXES = {"zh": "译文：", "ar": "ترجمة "}
"""With these before it, a text counts as translated."""


@dataclass(frozen=True)
class Report:
    """A document of the test."""

    title: str
    date: str
    lines: str = ""
    """Further front matter."""
    body: str = "The text of the release.\n"

    @property
    def source(self) -> str:
        """The Markdown file."""
        title = self.title.replace("'", "''")
        return f"---\ntitle: '{title}'\ndate: {self.date}\n{self.lines}---\n\n{self.body}"


LINKS = "See [the other](quotes.html#release) and [the web](https://example.org/?a=1&b=2).\n"
PICTURE = "![Shelves](pictures/reading-room.jpg)\nThe shelves\n\n"
REPORTS: Mapping[str, Report] = {
    "quotes": Report(
        "Is \"A < B\" & 'C > D'?", "2025-04-02", "keywords: [archives, 'C++', 'C#']\n"
    ),
    "beta": Report("Same day, second by name", "2025-01-05", "kicker: Notes\n"),
    "alpha": Report(
        "Same day, first by name", "2025-01-05", "keywords: ['C++', archives]\n", LINKS
    ),
    "q&a-50%": Report(
        "Fifty per cent", "2024-12-31", body=PICTURE + "See [^1] here.\n\n[^1]: A note.\n"
    ),
    "问答": Report("A name in Chinese", "2024-12-30"),
}


def write_reports(folder: Path, reports: Mapping[str, Report]) -> None:
    """Write documents into a project."""
    for name, report in reports.items():
        (folder / "source" / f"{name}.md").write_text(report.source, "utf-8")


def translate(project: Project, *, but: Iterable[tuple[str, str]] = ()) -> None:
    """Extract, and translate everything but these documents, named with their languages."""
    for _written in extract(project, created=CREATED):
        pass
    for lang, prefix in PREFIXES.items():
        for name in ("templates", *(path.stem for path in project.paths())):
            path = project.catalog_path(name, lang)
            if path.is_file() and (name, lang) not in set(but):
                catalog = read_catalog(path)
                entries = tuple(_translated(entry, prefix) for entry in catalog.entries)
                write_catalog(replace(catalog, entries=entries), path)


def _translated(entry: Entry, prefix: str) -> Entry:
    return replace(entry, msgstr=entry.msgstr or prefix + entry.msgid, flags=())


def render_site(project: Project, *names: str, now: datetime = NOW, **changes: object) -> Published:
    """Render the pages of documents, or of all, and the newsroom around them."""
    wanted = Wanted(languages=project.languages, formats=("html",), is_site=True)
    for made in render(project, names, wanted=replace(wanted, **changes)):  # type: ignore[arg-type]
        assert isinstance(made, Rendered)
    return publish(project, now=now)


def new_project(folder: Path, *, base_url: str = BASE) -> Path:
    """Make a project in three languages, with one document."""
    for _path in initialize(folder, created=CREATED):
        pass
    replace_in(folder / "pubkit.toml", '["en", "zh"]', '["en", "zh", "ar"]')
    if base_url:
        replace_in(
            folder / "pubkit.toml",
            '# base_url = "https://news.example.org"',
            f'base_url = "{base_url}"',
        )
    return folder


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a newsroom; nobody may change it."""
    return made_once(tmp_path_factory, "newsroom", _make_newsroom) / "news/build"


def _make_newsroom(place: Path) -> None:
    folder = new_project(place / "news")
    write_reports(folder, REPORTS)
    project = open_project(folder)
    translate(project, but=[("beta", "ar")])
    (folder / "build" / "en").mkdir(parents=True)
    (folder / "build" / "en" / "q&a-50%.pdf").write_bytes(b"%PDF-1.7\n")
    render_site(project)


@pytest.fixture(scope="session")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a project with one document, all translated; nobody may change it."""
    return made_once(tmp_path_factory, "translated", _translate_new) / "news"


def _translate_new(place: Path) -> None:
    translate(open_project(new_project(place / "news")))


@pytest.fixture
def small(translated: Path, tmp_path: Path) -> Path:
    """Return a copy of it that may be changed."""
    return Path(shutil.copytree(translated, tmp_path / "news"))
