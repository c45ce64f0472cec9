"""Documents that get another name keep what was translated."""

from pathlib import Path

import pytest

from pubkit.formats.po import read_catalog
from pubkit.workflow.project import open_project
from pubkit.workflow.renames import read_former, retire
from tests.conftest import Run, replace_in

ZH = "locales/zh/LC_MESSAGES"


def translations(project: Path, name: str) -> dict[str, str]:
    """Return the finished translations of a document."""
    entries = read_catalog(project / ZH / f"{name}.po").live_entries
    return {entry.msgid: entry.msgstr for entry in entries if entry.is_translated}


def test_catalogs_follow_a_renamed_document(run: Run, project: Path) -> None:
    """Nothing is translated twice; the old files are gone, and their bytes kept."""
    before = translations(project, "welcome")
    (project / "source/welcome.md").rename(project / "source/opening.md")
    outcome = run("extract", cwd=project)

    assert outcome.code == 0
    assert "welcome is opening now" in outcome.err
    assert translations(project, "opening") == before
    assert [path.name for path in project.rglob("welcome.po*") if ".pubkit" not in path.parts] == []
    assert list((project / ".pubkit/backup").rglob("welcome.*.po"))
    assert "#: source/opening.md" in (project / ZH / "opening.po").read_text("utf-8")


def test_document_may_change_while_it_is_renamed(run: Run, project: Path) -> None:
    """What was edited is fuzzy as it would be under the old name."""
    (project / "source/welcome.md").rename(project / "source/opening.md")
    replace_in(project / "source/opening.md", "may bring one guest", "may bring two guests")
    run("extract", cwd=project)

    assert '#, fuzzy\n#| msgid "Members of' in (project / ZH / "opening.po").read_text("utf-8")


def test_edit_of_a_translator_meanwhile_is_not_removed(run: Run, project: Path) -> None:
    """What was saved after the old catalog was read stays, and its document is told to be gone."""
    opened = open_project(project)
    former = read_former(opened, {"opening": "welcome"})
    replace_in(project / ZH / "welcome.po", "一位", "两位")
    retire(opened, former.values())

    assert "两位" in (project / ZH / "welcome.po").read_text("utf-8")
    assert not (project / "locales/welcome.pot").exists()


def test_status_knows_a_renamed_document(run: Run, project: Path) -> None:
    """It shows what the next extraction makes."""
    before = run("status", cwd=project).out.replace("welcome", "opening")
    (project / "source/welcome.md").rename(project / "source/opening.md")
    rows = [line for line in run("status", cwd=project).out.splitlines() if "opening" in line]

    assert rows
    assert all(row in before.splitlines() for row in rows)


def test_document_may_be_rewritten_while_it_is_renamed(run: Run, project: Path) -> None:
    """Texts that are much like the old ones count as its own."""
    text = (project / "source/welcome.md").read_text("utf-8")
    (project / "source/welcome.md").unlink()
    edited = text.replace(" the ", " that ").replace(" and ", " & ")
    (project / "source/opening.md").write_text(edited, "utf-8")

    assert "welcome is opening now" in run("extract", cwd=project).err


def test_copied_document_takes_nothing_away(run: Run, project: Path) -> None:
    """Its texts are the same, so it is translated as well; the original keeps its catalogs."""
    before = translations(project, "welcome")
    source = (project / "source/welcome.md").read_bytes()
    (project / "source/copy.md").write_bytes(source)
    outcome = run("extract", cwd=project)

    assert "now" not in outcome.err
    assert translations(project, "welcome") == before == translations(project, "copy")


@pytest.mark.parametrize("name", ["opening", "other"])
def test_other_document_gets_no_foreign_catalogs(run: Run, project: Path, name: str) -> None:
    """A new report in place of an old one is a new report; the old catalogs are told of."""
    (project / "source/welcome.md").unlink()
    text = "---\ntitle: Budget\ndate: 2025-01-01\n---\n\nThe council adopted the budget.\n"
    (project / f"source/{name}.md").write_text(text, "utf-8")
    outcome = run("extract", cwd=project)

    assert "welcome. Their translations are remembered" in outcome.err
    assert (project / ZH / "welcome.po").exists()
    assert translations(project, name) == {}
