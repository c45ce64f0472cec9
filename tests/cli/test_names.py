"""``pubkit names``: what a document names, and what names.po lacks."""

import json
from pathlib import Path

from pubkit.formats.po import read_catalog
from tests.conftest import Run, replace_in

NAMES = Path("locales/zh/LC_MESSAGES/names.po")
TITLE = """---
title: Hospital opens a new wing
date: 2025-03-14
---

Professor Yu Shuhong, Director of the Riverside Hospital, opened the wing.

Yu Shuhong thanked the Riverside Hospital.
"""
TRANSLATIONS = {
    "Hospital opens a new wing": "医院新楼启用",
    "Professor Yu Shuhong, Director of the Riverside Hospital, opened the wing.": (
        "河畔医院院长俞书宏教授为新楼揭幕。"
    ),
    "Yu Shuhong thanked the Riverside Hospital.": "俞书宏感谢河畔医院。",
}


def written(project: Path, run: Run) -> Path:
    """Return a project with a translated report, and no agreed names."""
    (project / "source" / "wing.md").write_text(TITLE, "utf-8")
    (project / NAMES).unlink(missing_ok=True)
    assert run("extract", "wing", cwd=project).code == 0
    catalog = project / "locales/zh/LC_MESSAGES/wing.po"
    for source, target in TRANSLATIONS.items():
        replace_in(catalog, f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"')
    return project


def listed(project: Path, run: Run) -> dict[str, dict[str, object]]:
    """Return the names of the report by name."""
    outcome = run("names", "wing", "--format", "json", cwd=project)
    assert outcome.code == 0
    return {name["name"]: name for name in json.loads(outcome.out)["names"]}


def test_names_are_listed_with_what_the_translations_tell(run: Run, project: Path) -> None:
    """Persons, titles and organizations are found by rule, with their renderings."""
    names = listed(written(project, run), run)

    person = names["Yu Shuhong"]
    assert (person["kind"], person["rendering"], person["mentions"], person["state"]) == (
        "person",
        "俞书宏",
        2,
        "lacking",
    )
    assert names["Riverside Hospital"]["kind"] == "organization"
    assert names["Director"]["kind"] == "title"
    assert "俞书宏感谢河畔医院。" in str(person["evidence"])


def test_written_proposals_wait_for_review(run: Run, project: Path) -> None:
    """A program proposes, a person agrees."""
    folder = written(project, run)
    assert run("names", "wing", "--write", cwd=folder).code == 0
    entries = {entry.msgid: entry for entry in read_catalog(folder / NAMES).entries}

    person = entries["Yu Shuhong"]
    assert (person.msgctxt, person.msgstr, person.is_fuzzy) == ("person", "俞书宏", True)
    assert any(comment.startswith("evidence: ") for comment in person.extracted_comments)
    assert listed(folder, run)["Yu Shuhong"]["state"] == "waiting"


def test_writing_twice_adds_nothing(run: Run, project: Path) -> None:
    """What is there stays as it is, byte for byte."""
    folder = written(project, run)
    run("names", "wing", "--write", cwd=folder)
    before = (folder / NAMES).read_bytes()
    run("names", "wing", "--write", cwd=folder)

    assert (folder / NAMES).read_bytes() == before


def test_agreed_name_is_not_proposed_again(run: Run, project: Path) -> None:
    """A reviewed entry is kept, whatever the translations say."""
    folder = written(project, run)
    run("names", "wing", "--write", cwd=folder)
    text = (folder / NAMES).read_text("utf-8")
    (folder / NAMES).write_text(text.replace("#, fuzzy\nmsgctxt", "msgctxt"), "utf-8")

    assert listed(folder, run)["Yu Shuhong"]["state"] == "agreed"


def test_text_says_how_many_are_lacking(run: Run, project: Path) -> None:
    """The table ends with what is to do."""
    outcome = run("names", "wing", cwd=written(project, run))

    assert "lacking in names.po" in outcome.out
    assert "俞书宏" in outcome.out


def test_unknown_document_is_refused(run: Run, project: Path) -> None:
    """A slip of the keyboard is not an empty list."""
    assert run("names", "wings", cwd=project).code == 2
