"""Books that other programs have had translated: their catalogs work as they are."""

import shutil
import subprocess
from pathlib import Path

import pytest

from pubkit.formats.po import read_catalog
from pubkit.model import Entry
from tests.conftest import Run, replace_in

PROJECTS = Path(__file__).parents[1] / "projects"


@pytest.fixture(params=["mdbook", "po4a"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a project around a book, as its publisher would make it."""
    return Path(shutil.copytree(PROJECTS / request.param, tmp_path / request.param))


@pytest.fixture
def mdbook(tmp_path: Path) -> Path:
    """Return a book with one catalog, ``po/zh-CN.po``."""
    return Path(shutil.copytree(PROJECTS / "mdbook", tmp_path / "book"))


@pytest.fixture
def po4a(tmp_path: Path) -> Path:
    """Return a text whose catalog po4a has made."""
    return Path(shutil.copytree(PROJECTS / "po4a", tmp_path / "text"))


def entries(book: Path, name: str) -> dict[str, Entry]:
    """Return the entries of the Chinese catalog of a document, by text."""
    (path,) = book.glob(f"locales/zh*/LC_MESSAGES/{name}.po")
    return {entry.msgid: entry for entry in read_catalog(path).entries}


def test_every_translation_of_the_same_text_is_kept(run: Run, mdbook: Path) -> None:
    """What was finished is finished, what was fuzzy is fuzzy, nothing is missing."""
    outcome = run("extract", cwd=mdbook)
    kept = {
        text: entry
        for name in ("SUMMARY", "welcome", "guide/tomatoes")
        for text, entry in entries(mdbook, name).items()
        if not entry.is_obsolete
    }
    fuzzy = {text for text, entry in kept.items() if entry.is_fuzzy}

    assert outcome.code == 0, outcome.err
    assert all(entry.msgstr for entry in kept.values())
    assert fuzzy == {"When to `water`", "[When to `water`](guide/tomatoes.md#water)"}


def test_links_are_those_of_the_text_of_today(run: Run, mdbook: Path) -> None:
    """A table of contents is translated by its words; a text says where its links lead."""
    run("extract", cwd=mdbook)
    contents, welcome = entries(mdbook, "SUMMARY"), entries(mdbook, "welcome")

    assert contents["[Growing tomatoes](guide/tomatoes.md)"].msgstr == (
        "[种番茄](guide/tomatoes.md)"
    )
    (text,) = (text for text in welcome if text.startswith("This book"))
    assert "[friends](friends.md)" in text
    assert "[朋友](friends.md)" in welcome[text].msgstr


def test_what_is_no_text_stays_in_the_page(run: Run, mdbook: Path) -> None:
    """Code, includes, tags, anchors and marks of tasks are not for translators."""
    run("extract", cwd=mdbook)
    live = {text for text, entry in entries(mdbook, "welcome").items() if not entry.is_obsolete}

    assert {"Welcome", "Buy seeds", "<details>\n<summary>More about soil</summary>"} <= live
    assert not [text for text in live if "include" in text or "fn main" in text]
    assert not [text for text in live if "Printed as it is" in text or "</details>" in text]


def test_the_catalog_of_the_book_is_left_alone(run: Run, mdbook: Path) -> None:
    """Entries that no document has today lie there still; others become obsolete."""
    before = (mdbook / "po/zh-CN.po").read_bytes()
    run("extract", cwd=mdbook)

    assert (mdbook / "po/zh-CN.po").read_bytes() == before
    assert entries(mdbook, "welcome")["// A comment"].is_obsolete


def test_translations_of_po4a_are_kept(run: Run, po4a: Path) -> None:
    """Reviewed is what fits without doubt; a table is divided, and waits for a look at it."""
    outcome = run("extract", cwd=po4a)
    found = entries(po4a, "readme")
    live = {text: entry for text, entry in found.items() if not entry.is_obsolete}

    assert outcome.code == 0, outcome.err
    assert all(entry.msgstr for entry in live.values())
    assert [text for text, entry in live.items() if entry.is_fuzzy] == [
        "Soil",
        *("Plant", "Days", "Bean", "60"),
        "A line that is broken\\\nby its author.",
    ]
    assert live["Water in the morning, not at noon."].msgstr == "早上浇水，中午不要浇。"
    (garden,) = (entry for text, entry in live.items() if text.startswith("A balcony"))
    assert garden.msgstr == (
        "阳台上的*园子*所需不多：一个花盆、一些土，"
        "和自[选](https://example.org/choice)的[种子](https://example.org/shop)。"
    )


def test_extracting_twice_changes_nothing(run: Run, book: Path) -> None:
    """The catalogs of the first time are pubkit's own."""
    run("extract", cwd=book)
    outcome = run("extract", cwd=book)

    assert outcome.out == ""
    assert "0 files written" in outcome.err


def test_gettext_accepts_what_is_written(run: Run, book: Path) -> None:
    """Also flags and comments that only another program knows."""
    run("extract", cwd=book)
    for path in book.glob("locales/**/*.po"):
        subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], check=True, capture_output=True)


def test_an_inserted_paragraph_disturbs_no_other_entry(run: Run, mdbook: Path) -> None:
    """The catalog gets its lines and keeps all others."""
    run("extract", cwd=mdbook)
    path = mdbook / "locales/zh_CN/LC_MESSAGES/welcome.po"
    before = path.read_text("utf-8").splitlines()
    replace_in(mdbook / "src/welcome.md", "- [ ] Buy seeds", "A new text.\n\n- [ ] Buy seeds")
    run("extract", cwd=mdbook)
    after = path.read_text("utf-8").splitlines()

    assert [line for line in after if line not in before] == ['msgid "A new text."']
    assert [line for line in before if line not in after] == []


def test_a_changed_text_becomes_fuzzy_with_its_old_text(run: Run, mdbook: Path) -> None:
    """Also the first time, when the book's catalog is older than the book."""
    replace_in(mdbook / "src/welcome.md", "Rich soil, that is.", "Rich black soil, that is.")
    run("extract", cwd=mdbook)
    entry = entries(mdbook, "welcome")["Rich black soil, that is."]

    assert (entry.is_fuzzy, entry.previous_msgid) == (True, "Rich soil, that is.")


@pytest.mark.parametrize("command", ["status", "check", "names", "doctor"])
def test_commands_work_before_anything_is_extracted(run: Run, book: Path, command: str) -> None:
    """They see the catalogs as they would be."""
    outcome = run(command, cwd=book)

    assert outcome.code in (0, 1), outcome.err


def test_a_catalog_of_another_program_is_checked_as_it_is(run: Run, po4a: Path) -> None:
    """It may not say in which language it is."""
    outcome = run("check", "locales/zh/LC_MESSAGES/readme.po", cwd=po4a)

    assert outcome.code == 1
    assert "12 texts checked" in outcome.out


def test_documents_are_named_by_their_folders(run: Run, mdbook: Path) -> None:
    """The last part is enough if there is one of it."""
    run("extract", cwd=mdbook)
    for name in ("guide/tomatoes", "src/guide/tomatoes.md", "tomatoes"):
        outcome = run("check", name, cwd=mdbook)
        assert "guide/tomatoes.po" in outcome.out, outcome.err

    refused = run("check", "potatoes", cwd=mdbook)
    assert refused.code == 2
    assert "guide/tomatoes" in refused.err


def test_documents_in_folders_are_exchanged(run: Run, mdbook: Path) -> None:
    """What is sent to a translator is the whole book, and comes back to where it belongs."""
    run("extract", cwd=mdbook)
    run("export", "--format", "xliff", "--lang", "zh-CN", "--output", "all.xlf", cwd=mdbook)
    path = mdbook / "all.xlf"
    replace_in(path, "看叶子。", "看看叶子。")
    imported = run("import", "all.xlf", cwd=mdbook)

    assert "guide/tomatoes" in path.read_text("utf-8")
    assert imported.code == 0, imported.err
    assert entries(mdbook, "guide/tomatoes")["Look at the leaves."].msgstr == "看看叶子。"


def test_a_catalog_that_comes_back_finds_its_document(run: Run, mdbook: Path) -> None:
    """Its references name it, whatever its file is called."""
    run("extract", cwd=mdbook)
    catalog = mdbook / "locales/zh_CN/LC_MESSAGES/guide/tomatoes.po"
    shutil.copy(catalog, mdbook / "mail.po")
    imported = run("import", "mail.po", cwd=mdbook)

    assert imported.code == 0, imported.err
    assert "guide/tomatoes" in imported.out + imported.err


def test_a_page_that_was_renamed_keeps_its_translations(run: Run, mdbook: Path) -> None:
    """Also within a folder."""
    run("extract", cwd=mdbook)
    (mdbook / "src/guide/tomatoes.md").rename(mdbook / "src/guide/tomato.md")
    outcome = run("extract", cwd=mdbook)

    assert "guide/tomatoes is guide/tomato now" in outcome.err
    assert entries(mdbook, "guide/tomato")["Look at the leaves."].is_translated


@pytest.mark.parametrize(
    ("page", "remedy"),
    [("# A page\n\nText.\n", "title: A headline"), ("---\ntitle: T\ndate: 2025-01-01\n---\nT", "")],
)
def test_what_has_no_edition_is_not_rendered(
    run: Run, mdbook: Path, page: str, remedy: str
) -> None:
    """A page lacks title and date; what lies in a folder has no way to its pictures."""
    (mdbook / "src/guide/page.md").write_text(page, "utf-8")
    outcome = run("render", "guide/page", cwd=mdbook)

    assert outcome.code == 2
    assert "has no edition" in outcome.err
    assert remedy in outcome.err


def test_reports_beside_a_book_are_rendered(run: Run, mdbook: Path) -> None:
    """Without names, editions are made of what can have them."""
    (mdbook / "src/news.md").write_text(
        "---\ntitle: News\ndate: 2025-01-01\n---\nThe book is out.\n", "utf-8"
    )
    outcome = run("render", "--lang", "en", "--format", "html", cwd=mdbook)

    assert outcome.out.split() == ["build/en/news.html"], outcome.err


@pytest.mark.parametrize("folder", ["", "/srv", "../other", "a\\\\b"])
def test_documents_lie_within_the_project(run: Run, mdbook: Path, folder: str) -> None:
    """What is written of them does, too."""
    replace_in(mdbook / "pubkit.toml", '"src"', f'"{folder}"')
    outcome = run("extract", cwd=mdbook)

    assert outcome.code == 2
    assert "pubkit.toml:3" in outcome.err
