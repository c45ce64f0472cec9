"""``pubkit render --site`` as its users meet it."""

from pathlib import Path

import pytest

from tests.conftest import Run, replace_in

BASE = 'base_url = "https://news.example.org"'


def test_site_prints_every_page_and_says_what_it_lacks(run: Run, project: Path) -> None:
    """Without a base there are no feeds; the warning names the setting."""
    outcome = run("render", "--site", "--format", "html", cwd=project)

    assert outcome.code == 0
    assert "build/zh/keywords/reading-room.html" in outcome.out.splitlines()
    assert all((project / path).is_file() for path in outcome.out.splitlines())
    assert "base_url" in outcome.err
    assert "feed.xml" not in outcome.out


def test_site_with_base_says_nothing(run: Run, project: Path) -> None:
    """All is well; the same bytes come from the next run."""
    replace_in(project / "pubkit.toml", f"# {BASE}", BASE)
    outcome = run("render", "--strict", "--site", "--format", "html", cwd=project)
    before = {path: path.read_bytes() for path in (project / "build").rglob("*.*")}
    run("render", "--strict", "--site", "--format", "html", cwd=project)

    assert (outcome.code, outcome.err) == (0, "")
    assert "build/en/feed.xml" in outcome.out.splitlines()
    assert before == {path: path.read_bytes() for path in (project / "build").rglob("*.*")}


def test_site_is_a_setting_that_an_option_overrides(run: Run, project: Path) -> None:
    """A publisher who has a newsroom does not type it each time."""
    with (project / "pubkit.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[render]\nformats = ["html"]\nsite = true\n')
    without = run("render", "--no-site", cwd=project)
    with_site = run("render", cwd=project)

    assert "build/index.html" not in without.out.splitlines()
    assert "build/index.html" in with_site.out.splitlines()


@pytest.mark.parametrize("value", ['"yes"', "1"])
def test_site_setting_that_is_no_switch_is_refused(run: Run, project: Path, value: str) -> None:
    """The error names the line and what may stand there."""
    with (project / "pubkit.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[render]\nsite = {value}\n")
    outcome = run("render", cwd=project)

    assert outcome.code == 2
    assert "true or false" in outcome.err


def test_site_without_pages_is_refused(run: Run, project: Path) -> None:
    """A newsroom of PDFs alone would lead to pages that are not there."""
    outcome = run("render", "--site", "--format", "pdf", cwd=project)

    assert outcome.code == 2
    assert "add html" in outcome.err
    assert not (project / "build").exists()


@pytest.mark.parametrize(
    "url",
    [
        "news.example.org",
        "ftp://example.org",
        "https://example.org/a b",
        "https://a/?b",
        "https://a..b",
        "https://a:b",
    ],
)
def test_base_that_is_no_address_is_refused(run: Run, project: Path, url: str) -> None:
    """Feeds and sitemaps would hold addresses that lead nowhere."""
    replace_in(project / "pubkit.toml", f"# {BASE}", f'base_url = "{url}"')
    outcome = run("render", cwd=project)

    assert outcome.code == 2
    assert "pubkit.toml:" in outcome.err
    assert "https://news.example.org" in outcome.err


@pytest.mark.parametrize(
    ("embargo", "remark"),
    [
        ("2035-01-01T10:00+08:00", "its embargo ends at 2035-01-01T10:00:00+08:00"),
        ("2035-01-01T10:00", "names no zone"),
    ],
)
def test_site_says_what_it_leaves_out(run: Run, project: Path, embargo: str, remark: str) -> None:
    """The release lies in build/, and nothing leads to it before its time."""
    replace_in(project / "source/welcome.md", "kicker:", f"embargo: {embargo}\nkicker:")
    render = ("render", "--site", "--format", "html", "--lang", "en")
    early = run(*render, cwd=project, SOURCE_DATE_EPOCH="2000000000")
    index = (project / "build/en/index.html").read_text("utf-8")
    late = run(*render, cwd=project, SOURCE_DATE_EPOCH="2100000000")

    assert remark in early.err
    assert "No press release yet" in index
    assert "embargo" not in late.err
    assert "welcome.html" in (project / "build/en/index.html").read_text("utf-8")


def test_site_names_pages_that_are_too_old(run: Run, project: Path) -> None:
    """They were made before the texts changed, and are not wanted in this run."""
    run("render", "--site", "--format", "html", cwd=project)
    replace_in(project / "source/welcome.md", "date: 2025-03-14", "date: 2025-03-15")
    outcome = run("render", "--site", "--format", "html", "--lang", "en", cwd=project)

    assert "1 page is older than its texts or its design" in outcome.err
    assert "build/zh/welcome.html" in outcome.err


def test_site_counts_the_drafts_that_it_leaves_out(run: Run, project: Path) -> None:
    """One line, however many they are."""
    replace_in(project / "source/welcome.md", "## How to come", "New text.\n\n## How to come")
    (project / "source/second.md").write_text("---\ntitle: T\ndate: 2025-01-01\n---\nText.\n")
    outcome = run("render", "--site", "--format", "html", cwd=project)

    assert "2 drafts are left out of the newsroom: second (zh), welcome (zh)" in outcome.err


def test_render_of_one_language_needs_no_other(run: Run, project: Path) -> None:
    """A fault in the labels of another language waits for its turn; a newsroom needs them all."""
    (project / "locales/zh/LC_MESSAGES/templates.po").write_text("msgid “x”\n", "utf-8")
    alone = run("render", "--lang", "en", "--format", "html", cwd=project)
    together = run("render", "--site", "--lang", "en", "--format", "html", cwd=project)

    assert (alone.code, together.code) == (0, 2)
    assert "templates.po:1" in together.err
