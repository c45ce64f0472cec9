"""What is made ready before anything is measured: projects, and the same content for each peer.

The naive script fills in a template that is taken from pubkit's own page: the same style sheets,
the same fonts, the same words around the text. So it makes the same page, and is spared the work
of finding out what stands on it.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.projects import REPOSITORY
from benchmarks.speed.typst_source import write_source
from pubkit.rendering.typefaces import FOLDER, face_rules, print_faces

OWN_OPTIONS: Mapping[str, object] = {"pdf_variant": "pdf/ua-1", "jpeg_quality": 88, "dpi": 300}
"""As pubkit's own; the plain script has none."""
HERE = Path(__file__).parent
PLACES = (
    (r"<title>(.*?)</title>", "title"),
    (r"<h1>(.*?)</h1>", "title"),
    (r'@top-(?:left|right) \{ width: 80%; content: "(.*?)"; \}', "title"),
    (r'<p class="subtitle">(.*?)</p>', "subtitle"),
    (r'<span class="kicker">(.*?)</span>', "kicker"),
)
"""Where the texts of a document stand in its page."""
BODY = re.compile(r'<(?:div class="figures hero"|p class="lead").*?(?=<p class="(?:end|keywords)"|'
                  r"</article>)", re.DOTALL)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A project, and its documents in languages."""

    folder: Path
    names: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def editions(self) -> list[tuple[str, str]]:
        """Language and document of each edition."""
        return [(lang, name) for name in self.names for lang in self.languages]


def stage_report(folder: Path) -> Staged:
    """Copy the report of this repository."""
    folder.mkdir(parents=True)
    for name in ("source", "locales", "templates"):
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copy(REPOSITORY / "pubkit.toml", folder)
    return Staged(folder=folder, names=("report",), languages=("en", "zh"))


def without_pictures(staged: Staged, folder: Path) -> Staged:
    """Copy a project, and take its figures out of the documents."""
    shutil.copytree(staged.folder, folder, ignore=shutil.ignore_patterns("build", ".pubkit"))
    for path in (folder / "source").glob("*.md"):
        blocks = path.read_text("utf-8").split("\n\n")
        kept = (block for block in blocks if "\n![" not in f"\n{block}")
        path.write_text("\n\n".join(kept), "utf-8")
    return Staged(folder=folder, names=staged.names, languages=staged.languages)


def own_command(*words: str) -> tuple[str, ...]:
    """Return a command of pubkit, as people type it where it is installed."""
    script = Path(sys.executable).with_name("pubkit")
    return (str(script), *words) if script.is_file() else (sys.executable, "-m", "pubkit", *words)


def stage_naive(staged: Staged, folder: Path, *, is_printed: bool = True) -> Path:
    """Write the job of the naive script that makes pubkit's page; return its file."""
    command = own_command("render", staged.names[0], "--format", "html", "--quiet")
    subprocess.run(command, cwd=staged.folder, check=True, capture_output=True)  # noqa: S603
    folder.mkdir(parents=True)
    sheet = folder / "faces.css"
    sheet.write_text(_faces(staged.languages), "utf-8")
    templates = {lang: folder / f"{lang}.html.j2" for lang in staged.languages}
    for lang, path in templates.items():
        page = staged.folder / "build" / lang / f"{staged.names[0]}.html"
        path.write_text(make_template(page.read_text("utf-8")), "utf-8")
    shutil.rmtree(staged.folder / "build")
    sheets = {lang: [str(sheet)] for lang in staged.languages}
    return _write_job(staged, folder, templates, sheets, OWN_OPTIONS, is_printed=is_printed)


def stage_plain(staged: Staged, folder: Path) -> Path:
    """Write the job of the naive script with a style sheet of thirty lines; return its file."""
    folder.mkdir(parents=True)
    templates = dict.fromkeys(staged.languages, HERE / "plain.html.j2")
    sheets = {lang: [str(HERE / "plain.css")] for lang in staged.languages}
    return _write_job(staged, folder, templates, sheets, {}, is_printed=True)


def _write_job(
    staged: Staged,
    folder: Path,
    templates: Mapping[str, Path],
    sheets: Mapping[str, Sequence[str]],
    options: Mapping[str, object],
    *,
    is_printed: bool,
) -> Path:
    job = {
        "project": str(staged.folder),
        "out": str(folder / "out"),
        "templates": {lang: str(path) for lang, path in templates.items()},
        "sheets": sheets,
        "options": options,
        "is_printed": is_printed,
        "editions": staged.editions,
    }
    path = folder / "job.json"
    path.write_text(json.dumps(job), "utf-8")
    return path


def _faces(languages: Iterable[str]) -> str:
    """Return the style sheet by which pubkit chooses fonts, and how stock lines are set."""
    from pubkit.rendering.composition import RAGGED  # imports the layout engine

    rules = (face_rules(f"{FOLDER.as_uri()}/"), print_faces(languages).stylesheet, RAGGED)
    return "\n".join(rules)


def make_template(page: str) -> str:
    """Return a template that fills a document's texts in where they stand in this page."""
    holes: dict[str, str] = {}

    def hole(value: str) -> str:
        mark = f"\x00{len(holes)}\x00"
        holes[mark] = "{% endraw %}{{ " + value + " }}{% raw %}"
        return mark

    for found, value in PLACES:
        text = re.search(found, page, re.DOTALL)
        if text:
            page = page[: text.start(1)] + hole(value) + page[text.end(1) :]
    page = BODY.sub(lambda _match: hole("body"), page, count=1)
    for mark, value in holes.items():
        page = page.replace(mark, value)
    return "{% raw %}" + page + "{% endraw %}"


def stage_typst(staged: Staged, folder: Path) -> dict[tuple[str, str], Path]:
    """Write the sources for Typst, by language and document."""
    return {
        (lang, name): write_source(staged.folder, name, lang, folder)
        for lang, name in staged.editions
    }
