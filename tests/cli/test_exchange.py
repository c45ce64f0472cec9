"""``pubkit export`` and ``pubkit import``: what goes out comes back, and nothing else changes."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pubkit.formats.po import read_catalog
from pubkit.workflow.exchange import import_translations, save
from pubkit.workflow.project import open_project
from tests.conftest import Run, replace_in

ZH = "locales/zh/LC_MESSAGES/welcome.po"
NAMES = "locales/zh/LC_MESSAGES/names.po"
FORMATS = {"xliff": "xlf", "tmx": "tmx", "tbx": "tbx", "csv": "csv", "xlsx": "xlsx"}
OLD, NEW = "如何前往", "怎样前往"


def catalogs(project: Path) -> dict[Path, bytes]:
    """Return the bytes of all catalogs."""
    return {path: path.read_bytes() for path in project.rglob("*.po")}


def exported(run: Run, project: Path, style: str, *arguments: str) -> Path:
    """Export into a format and return the file."""
    outcome = run("export", "--format", style, *arguments, cwd=project)
    assert (outcome.code, outcome.err.startswith("error")) == (0, False), outcome.err
    return project / outcome.out.split("\n")[0]


def edit(path: Path, old: str, new: str) -> None:
    """Change a translation in an exchange file, as a person does."""
    if path.suffix != ".xlsx":
        replace_in(path, old, new)
        return
    workbook = load_workbook(path)
    for row in workbook.active.iter_rows():
        for cell in row:
            if cell.value == old:
                cell.value = new
    workbook.save(path)


def translation(project: Path, msgid: str, catalog: str = ZH) -> str:
    """Return what a catalog has for a text; a question mark before it says that it is fuzzy."""
    (entry,) = [e for e in read_catalog(project / catalog).live_entries if e.msgid == msgid]
    return "?" * entry.is_fuzzy + entry.msgstr


@pytest.mark.parametrize("style", FORMATS)
def test_what_comes_back_as_it_was_changes_nothing(style: str, run: Run, project: Path) -> None:
    """No byte of any catalog changes, and the table says so."""
    before = catalogs(project)
    outcome = run("import", str(exported(run, project, style)), cwd=project)

    assert outcome.code == 0
    assert catalogs(project) == before
    assert outcome.err == ""
    assert outcome.out.splitlines()[-1].split()[-5:-3] == ["0", "0"]


@pytest.mark.parametrize("style", ["xliff", "csv", "xlsx"])
def test_an_edited_translation_arrives_in_its_entry(style: str, run: Run, project: Path) -> None:
    """Of the whole catalog one line changes."""
    before = (project / ZH).read_text("utf-8")
    path = exported(run, project, style)
    edit(path, OLD, NEW)
    outcome = run("import", str(path), cwd=project)

    assert outcome.out.splitlines()[-1] == ZH
    assert (project / ZH).read_text("utf-8") == before.replace(OLD, NEW)
    assert list((project / ".pubkit/backup").iterdir())


def test_a_dry_run_tells_and_writes_nothing(run: Run, project: Path) -> None:
    """The table is that of the import."""
    path = exported(run, project, "csv")
    edit(path, OLD, NEW)
    before = catalogs(project)
    dry = run("import", "--dry-run", str(path), cwd=project)
    real = run("import", str(path), cwd=project)

    assert dry.out == real.out.replace(f"{ZH}\n", "")
    assert before != catalogs(project)


@pytest.mark.parametrize("style", ["xliff", "csv", "xlsx"])
def test_where_both_have_changed_the_catalog_wins(style: str, run: Run, project: Path) -> None:
    """The conflict is shown with both texts, and --overwrite lets the file win."""
    path = exported(run, project, style)
    edit(path, OLD, NEW)
    replace_in(project / ZH, OLD, "如何抵达")
    outcome = run("import", str(path), cwd=project)

    assert outcome.code == 1
    assert "conflict: “How to come”\n  catalog: 如何抵达\n  file:    怎样前往" in outcome.err
    assert translation(project, "How to come") == "如何抵达"

    assert run("import", "--overwrite", str(path), cwd=project).code == 0
    assert translation(project, "How to come") == NEW


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_conflict_is_never_quiet(more: tuple[str, ...], run: Run, project: Path) -> None:
    """What is not taken is told, and the exit code says so, too; the rest is still taken."""
    path = exported(run, project, "csv")
    edit(path, OLD, NEW)
    unchanged = run("import", "-q", *more, str(path), cwd=project)
    replace_in(project / ZH, NEW if not more else OLD, "如何抵达")
    outcome = run("import", "-q", *more, str(path), cwd=project)

    assert (unchanged.code, unchanged.err) == (0, "")
    assert (outcome.code, outcome.out) == (1, "")
    assert "conflict: “How to come”" in outcome.err


def test_what_only_the_catalog_has_changed_is_no_conflict(run: Run, project: Path) -> None:
    """The file says what the translation was, so an untouched one is told from an edit."""
    path = exported(run, project, "xliff")
    replace_in(project / ZH, OLD, "如何抵达")
    before = catalogs(project)
    outcome = run("import", str(path), cwd=project)

    assert (outcome.code, outcome.err) == (0, "")
    assert catalogs(project) == before


def test_a_translation_of_yesterdays_source_becomes_fuzzy(run: Run, project: Path) -> None:
    """The text was edited while the file was away, and was untranslated before."""
    replace_in(project / ZH, 'msgstr "如何前往"', 'msgstr ""')
    path = exported(run, project, "csv")
    replace_in(path, '"How to come","","untranslated"', '"How to come","怎么来","untranslated"')
    replace_in(project / "source/welcome.md", "How to come", "How you can come")
    run("extract", cwd=project)
    outcome = run("import", str(path), cwd=project)

    assert translation(project, "How you can come") == "?怎么来"
    assert '#| msgid "How to come"' in (project / ZH).read_text("utf-8")
    assert "the source has changed" in outcome.err


def test_a_text_that_nobody_knows_is_told(run: Run, project: Path) -> None:
    """Nothing like it is in any catalog."""
    path = project / "new.csv"
    path.write_text("Source,Translation (zh)\nQuite another text,别的\n", "utf-8")
    before = catalogs(project)
    outcome = run("import", "-q", str(path), cwd=project)

    assert outcome.code == 0
    assert outcome.err == "new.csv:2: no catalog has this text: “Quite another text”\n"
    assert catalogs(project) == before


def test_rows_may_be_moved_removed_and_added(run: Run, project: Path) -> None:
    """Each row says which entry it is for; what is missing stays as it is."""
    path = exported(run, project, "csv", "welcome")
    head, *rows = path.read_text("utf-8").splitlines(keepends=True)
    row = next(row for row in rows if OLD in row).replace(OLD, NEW)
    path.write_text("".join((head, "\r\n", row, rows[0])), "utf-8")
    outcome = run("import", str(path), cwd=project)

    assert translation(project, "How to come") == NEW
    assert "17 texts of the catalog are not in the file" in outcome.err


def test_states_of_translation_tools_are_kept(run: Run, project: Path) -> None:
    """What a tool says is not finished is fuzzy, what it says is reviewed no more."""
    path = exported(run, project, "xliff", "welcome")
    text = path.read_text("utf-8")
    unit = text[text.index('state="translated">\n        <source>How to come') :]
    path.write_text(text.replace(unit, unit.replace("translated", "initial", 1)), "utf-8")
    run("import", str(path), cwd=project)

    assert translation(project, "How to come") == "?" + OLD

    path = exported(run, project, "xliff", "welcome", "--force")
    replace_in(path, 'state="initial" subState="pubkit:fuzzy"', 'state="reviewed"')
    run("import", str(path), cwd=project)

    assert translation(project, "How to come") == OLD


def test_comments_of_reviewers_are_added(run: Run, project: Path) -> None:
    """They become comments of translators; none is taken away."""
    path = exported(run, project, "csv", "names")
    replace_in(path, "UNCERTAIN: ask her", "Asked.\nUNCERTAIN: ask her")
    run("import", str(path), cwd=project)

    assert "# Asked.\nmsgctxt" in (project / NAMES).read_text("utf-8")
    assert "# UNCERTAIN: ask her" in (project / NAMES).read_text("utf-8")


def test_a_catalog_that_came_back_by_mail_is_taken(run: Run, project: Path) -> None:
    """It fills gaps; where both have a text, the catalog wins."""
    mail = project / "zh.po"
    mail.write_bytes((project / ZH).read_bytes().replace(OLD.encode(), NEW.encode()))
    replace_in(project / ZH, 'msgstr "如何前往"', 'msgstr ""')
    outcome = run("import", "zh.po", cwd=project)

    assert translation(project, "How to come") == NEW
    assert outcome.out.splitlines()[-1] == ZH


def test_a_termbase_brings_names(run: Run, project: Path) -> None:
    """New terms are added, other forms are taken over, agreed names are not overwritten."""
    path = exported(run, project, "tbx")
    replace_in(path, "<term>the Friends</term>", "<term>the Circle</term>")
    entry = (
        '<conceptEntry xmlns="urn:iso:std:iso:30042:ed-2"><langSec xml:lang="en"><termSec>'
        '<term>Night reading room</term></termSec></langSec><langSec xml:lang="zh"><termSec>'
        "<term>夜间阅览室</term></termSec></langSec></conceptEntry>"
    )
    replace_in(path, "</body>", f"{entry}</body>")
    run("import", str(path), cwd=project)

    text = (project / NAMES).read_text("utf-8")
    assert "#. aliases: the Circle\n" in text
    assert 'msgctxt "term"\nmsgid "Night reading room"\nmsgstr "夜间阅览室"' in text


def test_exports_do_not_overwrite_work(run: Run, project: Path) -> None:
    """A file in which somebody may have worked is replaced with --force alone."""
    path = exported(run, project, "csv")
    exported(run, project, "csv")  # the same content is no loss
    edit(path, OLD, NEW)
    outcome = run("export", "--format", "csv", cwd=project)

    assert outcome.code == 2
    assert "--force" in outcome.err
    assert NEW in path.read_text("utf-8")


def test_documents_of_like_names_are_exported_apart(run: Run, project: Path) -> None:
    """Folders and points belong to the name of the file."""
    for name in ("guide/welcome", "welcome.2024"):
        path = project / f"source/{name}.md"
        path.parent.mkdir(exist_ok=True)
        shutil.copy(project / "source/welcome.md", path)
    run("extract", cwd=project)
    names = ("welcome", "guide/welcome", "source/guide/welcome.md", "welcome.2024")
    files = [exported(run, project, "csv", name, "--lang", "zh").name for name in names]

    assert files == [
        "welcome.zh.csv",
        "guide-welcome.zh.csv",
        "guide-welcome.zh.csv",
        "welcome.2024.zh.csv",
    ]


def test_a_folder_for_exports_may_have_any_name(run: Run, project: Path) -> None:
    """If it is there, or its name has no ending; a file ends as its format does."""
    (project / "v1.2").mkdir()
    places = {"v1.2": "v1.2/names.zh.csv", "out": "out/names.zh.csv", "x.CSV": "x.CSV"}
    for output, path in places.items():
        made = exported(run, project, "csv", "names", "--lang", "zh", "-o", output)
        assert made == project / path
    assert exported(run, project, "xliff", "names", "--lang", "zh", "-o", "x.xliff").is_file()


def test_an_export_of_yesterdays_catalogs_is_told(run: Run, project: Path) -> None:
    """Translators would work on texts that nobody prints."""
    replace_in(project / "source/welcome.md", "How to come", "How you can come")
    outcome = run("export", "welcome", "--format", "csv", cwd=project)

    assert outcome.code == 0
    assert "pubkit extract" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("welcom", "--format", "csv"), "Did you mean “welcome”?"),
        (("welcome", "--format", "tbx"), "names of the whole project"),
        (("--format", "csv", "--lang", "ja"), "no language “ja”"),
        (("--format", "csv", "--lang", "zh", "--lang", "en", "-o", "x.csv"), "several languages"),
        (("--format", "csv", "--lang", "zh", "-o", "x.xliff"), "ends with .csv"),
        (("--format", "csv", "--lang", "zh", "-o", "x.tsv"), "ends with .csv"),
        (("--format", "docx"), "docx"),
    ],
)
def test_bad_exports_are_refused(
    arguments: tuple[str, ...], expected: str, run: Run, project: Path
) -> None:
    """The error says what to do, and nothing is written."""
    outcome = run("export", *arguments, cwd=project)

    assert outcome.code == 2
    assert expected in outcome.err
    assert not (project / "build").exists()


def test_files_of_other_languages_are_refused(run: Run, project: Path) -> None:
    """A Japanese file does not become the Chinese edition."""
    path = exported(run, project, "xliff")
    replace_in(path, 'trgLang="zh"', 'trgLang="ja"')
    before = catalogs(project)

    assert "no language “ja”" in run("import", str(path), cwd=project).err
    assert "is in “ja”" in run("import", "--lang", "zh", str(path), cwd=project).err
    assert catalogs(project) == before


@pytest.mark.parametrize(
    ("lang", "code"), [("zh", 0), ("fr", 2), ("../../zh", 2)], ids=["zh", "fr", "path"]
)
def test_only_languages_of_the_project_are_taken(
    lang: str, code: int, run: Run, project: Path
) -> None:
    """Nor is a folder made of what --lang says."""
    path = exported(run, project, "tbx")
    before = sorted(project.rglob("*"))
    outcome = run("import", "--lang", lang, str(path), cwd=project)

    assert outcome.code == code
    assert (f"the project has no language “{lang}”" in outcome.err.lower()) == (code == 2)
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize(
    ("original", "document"),
    [
        ("source/guide/news.md", "guide/news"),
        ("guide\\news.po", "guide/news"),
        ("../news.md", "news"),
        ("annual.2024.md", "annual.2024"),
        ("annual.md", "annual"),
        ("annual.2025.md", "-"),
        ("news.html", "-"),
        ("..md", "-"),
    ],
)
def test_foreign_files_name_their_document(
    original: str, document: str, run: Run, project: Path
) -> None:
    """With its folders and all of its name; another document is not addressed."""
    for name in ("news", "guide/news", "annual", "annual.2024"):
        path = project / f"source/{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ntitle: Report\ndate: 2025-03-14\n---\n\n{name} is here.\n", "utf-8")
    run("extract", cwd=project)
    (project / "f.xlf").write_text(
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        f'<file original="{original}" source-language="en" target-language="zh"><body>'
        '<trans-unit id="1"><source>Another text</source><target>别的</target></trans-unit>'
        "</body></file></xliff>",
        "utf-8",
    )
    outcome = run("import", "f.xlf", cwd=project)

    assert f"{document} · zh " in outcome.out


def test_a_bad_file_keeps_all_others_out(run: Run, project: Path) -> None:
    """Everything is read before anything is written."""
    good = exported(run, project, "csv")
    edit(good, OLD, NEW)
    bad = project / "bad.xlf"
    bad.write_text("<xliff>", "utf-8")
    before = catalogs(project)
    outcome = run("import", str(good), str(bad), cwd=project)

    assert outcome.code == 2
    assert catalogs(project) == before


def test_what_an_editor_saves_meanwhile_is_kept(project: Path) -> None:
    """Between reading and writing somebody saves the catalog; both edits are in the end there."""
    path = project / "new.csv"
    path.write_text("Source,Translation (zh)\nHow to come,怎样前往\n", "utf-8")
    replace_in(project / ZH, 'msgstr "如何前往"', 'msgstr ""')
    imported = import_translations(open_project(project), [path], created="")
    replace_in(project / ZH, "馆长林薇博士", "林薇馆长")
    list(save(imported))

    text = (project / ZH).read_text("utf-8")
    assert "怎样前往" in text
    assert "林薇馆长" in text


def test_a_document_of_a_file_is_never_a_path(run: Run, project: Path) -> None:
    """A file that names a catalog outside the project is told from one that names a document."""
    other = project.parent / "other.po"
    other.write_bytes((project / ZH).read_bytes())
    name = "../../../../other"
    path = project / "new.csv"
    path.write_text(f"Document,Source,Translation (zh)\n{name},How to come,怎样前往\n", "utf-8")
    before = other.read_bytes()
    outcome = run("import", "--overwrite", "new.csv", cwd=project)

    assert other.read_bytes() == before
    assert translation(project, "How to come") == NEW
    assert "welcome · zh" in outcome.out


def test_tools_without_contexts_find_their_texts(run: Run, project: Path) -> None:
    """OmegaT's memories say nothing of contexts; a text that stands in one alone is found."""
    path = exported(run, project, "tmx")
    text = re.sub(r"<prop.*?</prop>", "", path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    before = catalogs(project)
    outcome = run("import", str(path), cwd=project)

    assert catalogs(project) == before
    assert outcome.err == ""


def test_converters_of_translate_toolkit_keep_translations(run: Run, project: Path) -> None:
    """A catalog goes through po2xliff (XLIFF 1.1) and comes back, with an edit."""
    converter = Path(sys.executable).with_name("po2xliff")
    subprocess.run(
        [converter, "-i", project / ZH, "-o", project / "welcome.xlf", "--progress=none"],
        check=True,
        capture_output=True,
    )
    replace_in(project / ZH, 'msgstr "如何前往"', 'msgstr ""')
    outcome = run("import", "welcome.xlf", cwd=project)

    assert translation(project, "How to come") == OLD
    assert outcome.out.splitlines()[-1] == ZH
    assert outcome.out.splitlines()[-2].split()[-5:] == ["1", "0", "18", "0", "0"]


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="needs GNU gettext")
def test_gettext_accepts_what_was_imported(run: Run, project: Path) -> None:
    """An edit with quotation marks, backslashes and a comment that tries to break out."""
    path = project / "new.csv"
    path.write_text('Source,Translation,Comment\nHow to come,"“甲""\\n乙""",x\\\n', "utf-8")
    run("import", "--overwrite", "new.csv", cwd=project)
    done = subprocess.run(
        ["msgfmt", "-c", "-o", "/dev/null", project / ZH], capture_output=True, check=False
    )

    assert translation(project, "How to come") == '“甲"\\n乙"'
    assert not done.returncode, done.stderr
