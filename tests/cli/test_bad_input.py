"""Bad input: a clear error with place and remedy, exit code 2, and nothing half-written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run, replace_in

SOURCE = "source/welcome.md"
ZH = "locales/zh/LC_MESSAGES/welcome.po"


def _write(name: str, content: str | bytes) -> Callable[[Path], None]:
    data = content.encode() if isinstance(content, str) else content
    return lambda project: (project / name).write_bytes(data) and None


def _replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda project: replace_in(project / name, old, new)


def _other_document(project: Path) -> None:
    (project / "source/other.md").write_text("---\ntitle: T\ndate: 2025-01-01\n---\nOther.\n")
    catalogs = project / "locales/zh/LC_MESSAGES"
    (catalogs / "other.po").write_bytes((catalogs / "welcome.po").read_bytes())
    (project / SOURCE).unlink()


BAD = {
    "settings that are no TOML": (_write("pubkit.toml", "[project\n"), "pubkit.toml:1"),
    "an unknown setting": (
        _replace("pubkit.toml", "source_language", "source_lang"),
        "Did you mean “source_language”",
    ),
    "a language that nobody knows": (_replace("pubkit.toml", '"zh"', '"chinese"'), "pubkit.toml:"),
    "no document": (lambda project: (project / SOURCE).unlink(), "no document to publish"),
    "an empty document": (_write(SOURCE, ""), "source/welcome.md"),
    "a document of white space": (_write(SOURCE, " \n\n"), "source/welcome.md"),
    "a document without text": (
        _write(SOURCE, "---\ntitle: T\ndate: 2025-01-01\n---\n"),
        "source/welcome.md:5",
    ),
    "a document of 2 MB": (_write(SOURCE, b"x" * 2_000_000), "source/welcome.md"),
    "a document in GBK": (
        _write(SOURCE, "---\ntitle: 标题\n".encode("gbk")),
        "source/welcome.md:2",
    ),
    "no first line of front matter": (_write(SOURCE, "title: T\n---\n"), "source/welcome.md:1"),
    "front matter that never ends": (_write(SOURCE, "---\ntitle: T\n"), "source/welcome.md:1"),
    "front matter that is no YAML": (
        _replace(SOURCE, "title: Riverside", "title: 'Riverside"),
        "source/welcome.md:",
    ),
    "an unknown field": (_replace(SOURCE, "kicker:", "kickr:"), "source/welcome.md:4:1"),
    "no date": (_replace(SOURCE, "date: 2025-03-14\n", ""), "“date”"),
    "a date that is none": (_replace(SOURCE, "2025-03-14", "2025-03-41"), "source/welcome.md:5"),
    "an unknown directive": (
        _replace(SOURCE, "pubkit:comment", "pubkit:coment"),
        "source/welcome.md:35",
    ),
    "a picture that is not there": (
        _replace(SOURCE, "reading-room.jpg", "reading-rom.jpg"),
        "source/welcome.md:18",
    ),
    "a picture on the web": (
        _replace(SOURCE, "pictures/reading", "https://host.example/reading"),
        "source/welcome.md:18",
    ),
    "a picture outside the project": (
        _replace(SOURCE, "pictures/reading-room.jpg", "../../secret.png"),
        "source/welcome.md:18",
    ),
    "a picture that is none": (
        _write("source/pictures/reading-room.jpg", "no picture"),
        "source/welcome.md:18",
    ),
    "a picture without words": (
        _replace(SOURCE, "![Rows of bookshelves with two reading lamps]", "![]"),
        "source/welcome.md:18",
    ),
    "a picture with a space and no brackets": (
        _replace(SOURCE, "reading-room.jpg", "reading room.jpg"),
        "source/welcome.md:18",
    ),
    "a translation with a picture of its own": (
        _replace(ZH, "晚上11:30停止借书。", "![x](http://host.example/x.png)晚上11:30停止借书。"),
        "host.example/x.png",
    ),
    "front matter with a tab": (
        _replace(SOURCE, "  name: Press", "\tname: Press"),
        "not with tabs",
    ),
    "a catalog that is malformed": (_write(ZH, 'msgid “x”\nmsgstr ""\n'), "welcome.po:1:7"),
    "a catalog in GBK": (_write(ZH, 'msgid "x"\nmsgstr "协会"\n'.encode("gbk")), "welcome.po:2"),
    "a catalog of another language": (_replace(ZH, "Language: zh", "Language: ja"), "welcome.po:"),
    "a catalog of another document": (_other_document, "another document"),
    "a catalog with a conflict": (
        _replace(ZH, 'msgstr "如何前往"', '<<<<<<< ours\nmsgstr "如何前往"'),
        "welcome.po:",
    ),
    "a character that no font has": (_replace(ZH, "如何前往", "如何前往\U0002ebf0"), "U+2EBF0"),
}


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.replace(" ", "-"))
def test_bad_input_is_refused_with_place_and_remedy(case: str, run: Run, project: Path) -> None:
    """The user reads what is wrong, where, and what to do; no edition is touched."""
    spoil, expected = BAD[case]
    spoil(project)
    outcome = run("render", "--lang", "zh", cwd=project)

    assert outcome.code == 2
    assert outcome.err.startswith("error: ")
    assert expected in outcome.err
    assert "\n  → " in outcome.err
    assert "Traceback" not in outcome.err
    assert not (project / "build").exists()


def test_a_missing_document_is_refused_with_the_nearest_name(run: Run, project: Path) -> None:
    """A misspelt name is answered with the right one."""
    outcome = run("render", "welcom", cwd=project)

    assert outcome.code == 2
    assert "Did you mean “welcome”?" in outcome.err


def test_outside_a_project_the_remedy_is_init(run: Run, tmp_path: Path) -> None:
    """A newcomer learns how to begin."""
    outcome = run("status", cwd=tmp_path)

    assert outcome.code == 2
    assert "pubkit init" in outcome.err


@pytest.mark.parametrize("name", ["missing.po", "folder.po"])
def test_a_catalog_that_cannot_be_read_is_refused(name: str, run: Run, tmp_path: Path) -> None:
    """There is no such file, or it is a folder."""
    (tmp_path / "folder.po").mkdir()
    outcome = run("check", name, cwd=tmp_path)

    assert outcome.code == 2
    assert outcome.err.startswith(f"error: {name}")


@pytest.mark.parametrize("name", ["Language: zh", "source/welcome.md"])
def test_a_wrong_catalog_is_not_extracted_into(name: str, run: Run, project: Path) -> None:
    """A file of another language or document is refused, and keeps its translations."""
    spoil = _replace(ZH, name, "Language: ja") if "Language" in name else _other_document
    spoil(project)
    before = sorted((path, path.read_bytes()) for path in project.rglob("*.po"))
    outcome = run("extract", cwd=project)

    assert outcome.code == 2
    assert before == sorted((path, path.read_bytes()) for path in project.rglob("*.po"))


def test_names_that_contradict_are_refused(run: Run, project: Path) -> None:
    """One form with two renderings would make every finding about it wrong."""
    replace_in(
        project / "locales/zh/LC_MESSAGES/names.po",
        'msgid "Riverside Library"',
        'msgid "Town Library"\nmsgstr "镇图书馆"\n\n#. aliases: Town Library\n'
        'msgctxt "organization"\nmsgid "Riverside Library"',
    )
    outcome = run("check", cwd=project)

    assert outcome.code == 2
    assert "names.po:" in outcome.err
    assert "two renderings" in outcome.err


def test_bad_input_leaves_all_catalogs_as_they_are(run: Run, project: Path) -> None:
    """Extraction reads everything before it writes anything."""
    replace_in(project / SOURCE, "## How to come", "New text.\n\n## How to come")
    (project / "source/zz.md").write_text("---\nbroken\n", "utf-8")
    before = (project / ZH).read_bytes()
    outcome = run("extract", cwd=project)

    assert outcome.code == 2
    assert before == (project / ZH).read_bytes()


@pytest.mark.parametrize("text", ["", " \n\n", "# Translation of welcome\n"])
@pytest.mark.parametrize("arguments", [("extract",), ("status",), ("check",)])
def test_catalog_that_was_cut_off_is_not_taken_for_a_new_one(
    project: Path, run: Run, arguments: tuple[str, ...], text: str
) -> None:
    """Who lost a file is told so, and where an older one lies; nothing is put in its place."""
    catalog = project / ZH
    catalog.write_text(text, "utf-8")

    refused = run(*arguments, cwd=project)

    assert refused.code == 2
    assert "welcome.po: The catalog is empty" in refused.err
    assert ".pubkit/backup/" in refused.err
    assert catalog.read_text("utf-8") == text


def test_catalog_that_is_missing_or_has_but_a_header_is_filled(project: Path, run: Run) -> None:
    """Both are the ways to begin a catalog; a template is made anew in any case."""
    catalog = project / ZH
    (project / "locales/welcome.pot").write_text("", "utf-8")
    for text in (None, 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'):
        catalog.unlink()
        if text:
            catalog.write_text(text, "utf-8")

        assert run("extract", cwd=project).code == 0
        assert catalog.read_text("utf-8").count("msgid") > 5
