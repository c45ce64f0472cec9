"""``pubkit import`` of documents: from a file of a word processor to a rendered edition."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Run, replace_in

MANUSCRIPTS = REPOSITORY / "tests/manuscripts"
PAGE = (
    "<html><head><title>x</title></head><body><nav>Home</nav><h1>Library opens</h1>"
    "<p>RIVERSIDE, March 14, 2025 — The room is open.</p>{more}</body></html>"
)


def page(project: Path, more: str = "", name: str = "opening.html") -> str:
    """Write a page of the web and return its name."""
    (project / name).write_text(PAGE.format(more=more), "utf-8")
    return name


@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_imported_report_is_extracted_and_rendered_as_it_is(
    run: Run, project: Path, suffix: str
) -> None:
    """No hand is needed between."""
    imported = run("import", str(MANUSCRIPTS / f"library.{suffix}"), cwd=project)
    extracted = run("extract", "library", cwd=project)
    rendered = run("render", "library", "--lang", "en", "--format", "html", cwd=project)

    assert (imported.code, extracted.code, rendered.code) == (0, 0, 0), rendered.err
    assert imported.out.split() == ["source/pictures/library-1.png", "source/library.md"]
    assert "Next: pubkit extract" in imported.err
    assert "Boxed words beside the text." in imported.err
    html = (project / "build/en/library.html").read_text("utf-8")
    assert "A white table on a red carpet" in html
    assert "two hundred" not in html


def test_report_is_kept_whole(run: Run, project: Path) -> None:
    """What is too long for a terminal stands in a file."""
    words = "navigation " * 50
    outcome = run("import", page(project, f"<aside>{words}</aside>"), cwd=project)

    assert words.strip() not in outcome.err
    assert "Whole texts: .pubkit/imports/opening.txt" in outcome.err
    assert words.strip() in (project / ".pubkit/imports/opening.txt").read_text("utf-8")


def test_dry_run_prints_the_document_and_writes_nothing(run: Run, project: Path) -> None:
    """The report goes to stderr."""
    before = sorted(project.rglob("*"))
    name = page(project)
    outcome = run("import", name, "--dry-run", cwd=project)

    assert outcome.out.startswith("---\ntitle: Library opens\ndate: 2025-03-14\n---\n")
    assert "Home" in outcome.err
    assert sorted(project.rglob("*")) == sorted([*before, project / name])


def test_document_is_replaced_only_when_asked(run: Run, project: Path) -> None:
    """And then the old one is kept."""
    name = page(project)
    run("import", name, cwd=project)
    source = project / "source/opening.md"
    source.write_text("my own words", "utf-8")
    refused = run("import", name, cwd=project)
    kept = source.read_text("utf-8")
    replaced = run("import", name, "--replace", cwd=project)

    assert (refused.code, kept) == (2, "my own words")
    assert "--replace" in refused.err
    assert replaced.code == 0
    backups = (project / ".pubkit/backup/source").glob("opening.????-??-??T??.??.??.*.md")
    assert [path.read_text("utf-8") for path in backups] == ["my own words"]


def test_importing_twice_changes_nothing(run: Run, project: Path) -> None:
    """The names of pictures are stable, and what is equal is not written."""
    library = str(MANUSCRIPTS / "library.docx")
    run("import", library, cwd=project)
    again = run("import", library, cwd=project)

    assert (again.code, again.out) == (0, "")


def test_missing_title_and_date_are_to_be_filled_in(run: Run, project: Path) -> None:
    """They are never invented; the document waits."""
    outcome = run("import", str(MANUSCRIPTS / "press-release.txt"), cwd=project)
    extracted = run("extract", "press-release", cwd=project)

    assert outcome.code == 0
    assert "press-release.md: the title" in outcome.err
    assert "press-release.md: the date" in outcome.err
    assert (extracted.code, "title" in extracted.err or "date" in extracted.err) == (2, True)


def test_wishes_of_the_user_come_first(run: Run, project: Path) -> None:
    """Title, date, language and name."""
    wishes = ("--title", "Night: open", "--date", "2025-04-01", "--name", "night")
    outcome = run("import", page(project), *wishes, cwd=project)

    text = (project / "source/night.md").read_text("utf-8")
    assert text.startswith("---\ntitle: 'Night: open'\ndate: 2025-04-01\n---\n")
    assert "Library opens" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--date", "14.3.2025"), "--date 2025-03-14"),
        (("--lang", "klingonese"), "klingonese"),
        (("--name", "names"), "names"),
        (("--name", "../evil"), "../evil"),
        (("--name", "a b"), "a b"),
        (("--project", "/"), "pubkit init"),
    ],
)
def test_bad_wish_is_refused(
    run: Run, project: Path, arguments: tuple[str, ...], message: str
) -> None:
    """Before anything is written."""
    outcome = run("import", page(project), *arguments, cwd=project)

    assert outcome.code == 2
    assert message in outcome.err
    assert not (project / "source/opening.md").exists()


@pytest.mark.parametrize("option", ["--name", "--title", "--date"])
def test_wishes_are_for_one_document(option: str, run: Run, project: Path) -> None:
    """Several may not share them, and translations have none; nothing is written before."""
    pages = page(project), page(project, name="second.html")
    shutil.copy(project / "locales/zh/LC_MESSAGES/welcome.po", project / "zh.po")
    before = sorted(project.rglob("*"))
    for files in (pages, ("zh.po",), ("zh.po", *pages)):
        outcome = run("import", *files, option, "2025-03-14", cwd=project)

        assert outcome.code == 2
        assert "are for one document" in outcome.err
    assert sorted(project.rglob("*")) == before
    assert run("import", "zh.po", pages[0], option, "2025-03-14", cwd=project).code == 0


def test_a_bad_document_keeps_translations_out(run: Run, project: Path) -> None:
    """All files are read before any is written."""
    catalog = project / "locales/zh/LC_MESSAGES/welcome.po"
    shutil.copy(catalog, project / "zh.po")
    replace_in(catalog, 'msgstr "如何前往"', 'msgstr ""')
    before = catalog.read_bytes()
    outcome = run("import", "zh.po", page(project), "--date", "14.3.2025", cwd=project)

    assert outcome.code == 2
    assert catalog.read_bytes() == before
    assert run("import", "zh.po", page(project), cwd=project).code == 0
    assert catalog.read_bytes() != before


def test_text_in_another_language_needs_its_name(run: Run, project: Path) -> None:
    """English catalogs of a Chinese text would be wrong from the first line."""
    (project / "press.txt").write_text("河畔图书馆\n\n2025年3月14日\n\n夜读室开放了。", "utf-8")
    refused = run("import", "press.txt", cwd=project)
    accepted = run("import", "press.txt", "--lang", "zh", cwd=project)

    assert (refused.code, accepted.code) == (2, 0)
    assert "--lang" in refused.err
    assert "language: zh\n" in (project / "source/press.md").read_text("utf-8")


def test_pictures_beside_a_page_are_taken_and_no_others(run: Run, project: Path) -> None:
    """None from above its folder, not even through a link; none from the web."""
    folder = project / "mail"
    folder.mkdir()
    png = (project / "source/pictures/reading-room.jpg").read_bytes()
    (folder / "room.jpg").write_bytes(png)
    (project / "above.jpg").write_bytes(png)
    (folder / "link.jpg").symlink_to(project / "above.jpg")
    pictures = "".join(
        f'<figure><img src="{source}" alt="Room {n}"><figcaption>c</figcaption></figure>'
        for n, source in enumerate(("room.jpg", "../above.jpg", "link.jpg", "http://127.0.0.1:9/x"))
    )
    page(folder, pictures, "opening.html")
    outcome = run("import", "mail/opening.html", cwd=project)

    assert outcome.out.split() == ["source/pictures/opening-1.jpg", "source/opening.md"]
    assert "![Room 0](pictures/opening-1.jpg)" in (project / "source/opening.md").read_text()
    assert all(f"Room {number}" in outcome.err for number in (1, 2, 3))


def test_picture_without_words_waits_for_them(run: Run, project: Path) -> None:
    """A caption stands in; without one, extraction refuses until somebody says what it shows."""
    tag = '<img src="source/pictures/reading-room.jpg">'
    with_caption = f"<figure>{tag}<figcaption>The room</figcaption></figure>"
    run("import", page(project, with_caption, "one.html"), cwd=project)
    mute = run("import", page(project, f"<p>{tag}</p>", "two.html"), cwd=project)

    assert "![The room]" in (project / "source/one.md").read_text("utf-8")
    assert "no words for readers who cannot see it" in mute.err
    assert run("extract", "two", cwd=project).code == 2


def test_errors_speak_chinese(run: Run, project: Path) -> None:
    """As every command does."""
    (project / "old.doc").write_bytes(b"x")

    assert "请另存为.docx" in run("import", "old.doc", cwd=project, LANG="zh_CN.UTF-8").err


def test_nothing_in_the_report_breaks_the_terminal(run: Run, project: Path) -> None:
    """Control characters of a file are no commands to a terminal."""
    name = page(project, "<aside>\x1b]0;evil\x07</aside><p>more\x1b[31m</p>")
    outcome = run("import", name, cwd=project)

    assert json.dumps(outcome.err).count("\\u001b") == 0
