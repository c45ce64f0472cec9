"""A publisher changes colours, logo, fonts and paper in its settings, and blocks in templates."""

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from pubkit.colours import PAPER_IN_THE_DARK, TINT_IN_THE_DARK, least_contrast
from pubkit.workflow.initialize import theme_names
from tests.conftest import Run, replace_in

PAPERS = {"campus": (595, 842), "gazette": (612, 792)}


@pytest.fixture(params=sorted(PAPERS))
def themed(request: pytest.FixtureRequest, run: Run, tmp_path: Path) -> tuple[str, Path]:
    """Return a new project with a theme, rendered."""
    name = str(request.param)
    folder = tmp_path / name
    assert run("init", str(folder), "--theme", name, cwd=tmp_path).code == 0
    outcome = run("render", "--strict", cwd=folder)
    assert outcome.code == 0, outcome.err
    return name, folder


def test_sample_themes_make_their_editions(themed: tuple[str, Path]) -> None:
    """Both languages, on their paper, in their colours, with what their templates change."""
    name, folder = themed
    settings = (folder / "pubkit.toml").read_text()
    accent = re.search(r'accent = "(#\w+)"', settings)
    assert accent
    for lang in ("en", "zh"):
        page = (folder / f"build/{lang}/welcome.html").read_text()
        with pikepdf.open(folder / f"build/{lang}/welcome.pdf") as pdf:
            box = [round(float(number)) for number in pdf.pages[0].MediaBox]

        assert box[2:] == list(PAPERS[name])
        assert f"--accent: {accent[1]}" in page
        assert '<span class="kind">' not in page
        assert ('<img class="logo"' in page) == (name == "campus")


def test_logo_is_the_one_of_the_language_and_says_whose_it_is(run: Run, tmp_path: Path) -> None:
    """It stands in the place of the name."""
    run("init", "news", "--theme", "campus", cwd=tmp_path)
    run("render", "--format", "html", cwd=tmp_path / "news")
    pages = [
        (tmp_path / f"news/build/{lang}/welcome.html").read_text("utf-8") for lang in ("en", "zh")
    ]
    logos = [re.findall(r'<img class="logo" src="(data:[^"]*)" alt="([^"]*)"', p) for p in pages]

    assert [logo[0][1] for logo in logos] == ["Riverside Library", "河畔图书馆"]
    assert logos[0][0][0] != logos[1][0][0]


def test_measure_is_the_same_on_every_paper(run: Run, project: Path) -> None:
    """Chinese lines have 42 characters of 10.5 points on Letter, too."""
    with (project / "pubkit.toml").open("a") as settings:
        settings.write('\n[theme]\npaper = "Letter"\n')
    assert run("render", "--lang", "zh", "--format", "pdf", cwd=project).code == 0
    layout = subprocess.run(
        ["pdftotext", "-bbox-layout", project / "build/zh/welcome.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    lefts = [float(left) for left in re.findall(r'<line xMin="([\d.]+)"', layout)]

    assert min(lefts) == pytest.approx((612 - 441) / 2, abs=1)


def test_accent_on_dark_screens_is_found_if_none_is_named(run: Run, project: Path) -> None:
    """A lighter shade that can be read; one that is named is taken."""
    with (project / "pubkit.toml").open("a") as settings:
        settings.write('\n[theme]\naccent = "#0b5d4e"\n')
    run("render", "--lang", "en", "--format", "html", cwd=project)
    page = (project / "build/en/welcome.html").read_text()
    found = re.findall(r"--accent-in-the-dark: (#\w+)", page)[-1]
    replace_in(project / "pubkit.toml", "[theme]", '[theme]\naccent_in_the_dark = "#aaeedd"')
    run("render", "--lang", "en", "--format", "html", cwd=project)

    assert least_contrast(found, (PAPER_IN_THE_DARK, TINT_IN_THE_DARK)) >= 6
    assert "--accent-in-the-dark: #aaeedd" in (project / "build/en/welcome.html").read_text()


def test_unknown_theme_names_those_there_are(run: Run, tmp_path: Path) -> None:
    """Nothing is written."""
    outcome = run("init", "news", "--theme", "gazete", cwd=tmp_path)

    assert outcome.code == 2
    assert all(name in outcome.err for name in theme_names())
    assert not (tmp_path / "news").exists()
