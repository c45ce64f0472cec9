"""The commands as their users meet them."""

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from pubkit.cli.summaries import summaries
from tests.conftest import REPOSITORY, Run, replace_in

ZH = "locales/zh/LC_MESSAGES/welcome.po"
for _name in summaries():  # the help stays in the language in which a command is imported first
    import_module(f"pubkit.cli.{_name}_command")


def test_init_makes_a_project_that_renders_at_once(run: Run, tmp_path: Path) -> None:
    """Two commands lead from nothing to finished editions."""
    made = run("init", "news", cwd=tmp_path)
    rendered = run("render", cwd=tmp_path / "news")

    assert (made.code, rendered.code) == (0, 0)
    assert "news/pubkit.toml" in made.out.splitlines()
    assert rendered.out.splitlines() == [
        "build/en/welcome.html",
        "build/en/welcome.pdf",
        "build/zh/welcome.html",
        "build/zh/welcome.pdf",
    ]
    assert "draft" not in rendered.err


def test_init_overwrites_nothing(run: Run, project: Path) -> None:
    """A folder with a project is left alone."""
    before = (project / "pubkit.toml").read_bytes()
    outcome = run("init", cwd=project)

    assert outcome.code == 2
    assert "pubkit.toml already" in outcome.err
    assert before == (project / "pubkit.toml").read_bytes()


def test_extract_writes_nothing_when_nothing_changed(run: Run, project: Path) -> None:
    """A second extraction finds everything up to date."""
    outcome = run("extract", cwd=project)

    assert (outcome.code, outcome.out) == (0, "")
    assert "0 files written" in outcome.err


def test_extract_keeps_the_bytes_of_entries_around_an_inserted_paragraph(
    run: Run, project: Path
) -> None:
    """An inserted paragraph adds its own lines to the catalog and changes no other line."""
    before = (project / ZH).read_text("utf-8").splitlines()
    replace_in(project / "source/welcome.md", "## How to come", "Entry is free.\n\n## How to come")
    run("extract", cwd=project)
    after = (project / ZH).read_text("utf-8").splitlines()

    added = [line for line in after if line not in before]
    assert [line for line in before if line not in after and "POT-Creation" not in line] == []
    assert [line for line in added if "POT-Creation" not in line] == ['msgid "Entry is free."']


def test_extract_keeps_the_translation_of_a_changed_text_as_fuzzy(run: Run, project: Path) -> None:
    """The old text stands beside the old translation, which waits for review."""
    replace_in(project / "source/welcome.md", "may bring one guest", "may bring two guests")
    run("extract", cwd=project)
    catalog = (project / ZH).read_text("utf-8")

    assert "#, fuzzy\n#| msgid" in catalog
    assert 'msgid "Members of the Friends may bring two guests."' in catalog
    assert "会员可携一位来宾入馆" in catalog


def test_status_counts_what_is_left(run: Run, project: Path) -> None:
    """A text without translation is missing in its language."""
    replace_in(project / "source/welcome.md", "## How to come", "Entry is free.\n\n## How to come")
    rows = run("status", cwd=project).out.splitlines()

    row = next(line.split() for line in rows if line.startswith("welcome") and " zh " in line)
    assert row[-3:] == ["0", "1", "1"]


def test_check_of_a_clean_project_exits_with_zero(run: Run, project: Path) -> None:
    """All is well."""
    outcome = run("check", cwd=project)

    assert outcome.code == 0
    assert "0 errors, 0 warnings" in outcome.out


def test_check_exits_with_one_on_errors(run: Run, project: Path) -> None:
    """A heading left in English is an error, at its line."""
    replace_in(project / ZH, 'msgstr "如何前往"', 'msgstr "How to come"')
    outcome = run("check", "welcome", cwd=project)

    line = (project / ZH).read_text("utf-8").splitlines().index('msgid "How to come"') + 1
    assert outcome.code == 1
    assert re.search(rf"^ *{line}  error  untranslated-heading", outcome.out, re.MULTILINE)


def test_check_of_a_file_works_outside_any_project(run: Run, tmp_path: Path) -> None:
    """A translator checks a catalog anywhere, with the agreed names beside it."""
    header = r'msgid ""\nmsgstr "Language: zh\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    header = header.encode().decode("unicode_escape")
    (tmp_path / "zh.po").write_text(
        header + 'msgid "Pan Feng spoke."\nmsgstr "Pan Feng发言。"\n', "utf-8"
    )
    (tmp_path / "names.po").write_text(
        header + 'msgctxt "person"\nmsgid "Pan Feng"\nmsgstr "潘锋"\n', "utf-8"
    )
    outcome = run("check", "zh.po", "--names", "names.po", "--format", "json", cwd=tmp_path)

    found = json.loads(outcome.out)
    assert outcome.code == 1
    assert found["summary"] == {"errors": 1, "warnings": 0, "entries": 1}
    assert found["findings"][0] == {
        "check": "untranslated-name",
        "severity": "error",
        "message": "“Pan Feng” is left untranslated; the agreed form is 潘锋",
        "path": "zh.po",
        "line": 4,
        "lang": "zh",
        "msgctxt": None,
        "msgid": "Pan Feng spoke.",
        "span": [0, 8],
        "suggestion": "潘锋",
    }


def test_check_speaks_to_github(run: Run, project: Path) -> None:
    """Findings become annotations of the lines."""
    replace_in(project / ZH, 'msgstr "如何前往"', 'msgstr ""')
    outcome = run("check", "--format", "github", cwd=project)

    assert re.match(rf"::error file={ZH},line=\d+,title=missing-translation::", outcome.out)


def test_explain_shows_a_page_with_examples(run: Run, tmp_path: Path) -> None:
    """The page of a check has a bad and a good example."""
    outcome = run("explain", "untranslated-name", cwd=tmp_path)

    assert all(word in outcome.out for word in ("Why:", "Bad:", "Good:", "Source:"))


def test_explain_of_an_unknown_check_names_the_nearest(run: Run, tmp_path: Path) -> None:
    """A misspelt id is answered with the right one."""
    outcome = run("explain", "untranslated-names", cwd=tmp_path)

    assert outcome.code == 2
    assert "untranslated-name" in outcome.err


def test_render_marks_a_draft_and_strict_refuses_it(run: Run, project: Path) -> None:
    """Nothing falls back to English in silence."""
    replace_in(project / ZH, 'msgstr "如何前往"', 'msgstr ""')
    refused = run("render", "--strict", "--lang", "zh", "--format", "html", cwd=project)
    was_written = (project / "build/zh/welcome.html").exists()
    draft = run("render", "--lang", "zh", "--format", "html", cwd=project)
    page = (project / "build/zh/welcome.html").read_text("utf-8")

    assert refused.code == 2
    assert "How to come" in refused.err
    assert not was_written
    assert draft.code == 0
    assert "is a draft" in draft.err
    assert '<span class="untranslated" lang="en">How to come</span>' in page
    assert "草稿" in page


def test_render_writes_the_same_bytes_again(run: Run, project: Path) -> None:
    """An edition depends on its source, not on the time or the machine's state."""

    def editions() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (project / "build").rglob("*.*")}

    run("render", "--lang", "zh", cwd=project)
    before = editions()
    run("render", "--lang", "zh", cwd=project)

    assert before == editions()


def test_render_writes_nothing_before_all_catalogs_are_read(run: Run, project: Path) -> None:
    """A fault in the last language leaves no edition that links to one never made."""
    (project / ZH).write_text("msgid “x”\n", "utf-8")
    outcome = run("render", cwd=project)

    assert outcome.code == 2
    assert not (project / "build").exists()


def test_pictures_may_have_chinese_names_and_spaces(run: Run, project: Path) -> None:
    """The file keeps its name; only addresses are encoded."""
    pictures = project / "source/pictures"
    (pictures / "reading-room.jpg").rename(pictures / "阅览 室.jpg")
    replace_in(
        project / "source/welcome.md", "(pictures/reading-room.jpg ", "(<pictures/阅览 室.jpg> "
    )
    outcome = run("render", "--lang", "zh", cwd=project)

    assert outcome.code == 0, outcome.err
    assert (project / "build/pictures/阅览 室.jpg").is_file()


def test_picture_within_a_text_is_found_from_the_page(run: Run, project: Path) -> None:
    """Pages lie in a folder of their language, pictures beside it."""
    replace_in(
        project / "source/welcome.md", "Take your", "![Map](pictures/reading-room.jpg) Take your"
    )
    run("render", "--lang", "en", "--format", "html", cwd=project)
    page = (project / "build/en/welcome.html").read_text("utf-8")

    assert '<img src="../pictures/reading-room.jpg" alt="Map"' in page


def test_publisher_is_translated_like_any_text(run: Run, project: Path) -> None:
    """In a Chinese project, an English page never shows the publisher's Chinese name unmarked."""
    replace_in(project / "pubkit.toml", 'source_language = "en"', 'source_language = "zh"')
    replace_in(project / "pubkit.toml", '"Riverside Library"\nunit', '"河畔馆"\nunit')
    replace_in(project / "source/welcome.md", "kicker: Libraries", "language: en")
    run("extract", cwd=project)
    refused = run("render", "--strict", "--lang", "en", "--format", "html", cwd=project)
    checked = run("check", "--lang", "en", cwd=project)
    run("render", "--lang", "en", "--format", "html", cwd=project)
    page = (project / "build/en/welcome.html").read_text("utf-8")

    assert '<span class="untranslated" lang="zh-CN">河畔馆</span>' in page
    assert refused.code == 2
    assert "河畔馆" in refused.err
    assert "河畔馆" in checked.out


def test_output_may_be_cut_off(project: Path) -> None:
    """`pubkit explain | head -1` is no finding and no failure that anyone should read about."""
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m pubkit explain | true; echo ${{PIPESTATUS[0]}}"],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() in ("0", "141")
    assert "Traceback" not in done.stderr


def test_render_of_an_unknown_language_says_how_to_add_it(run: Run, project: Path) -> None:
    """The remedy is one line of settings and one command."""
    outcome = run("render", "--lang", "fr", cwd=project)

    assert outcome.code == 2
    assert "pubkit.toml" in outcome.err
    assert "pubkit extract" in outcome.err


def test_doctor_finds_nothing_to_mend(run: Run, project: Path) -> None:
    """The machine was set up, the project is sound."""
    outcome = run("doctor", cwd=project)

    assert outcome.code == 0
    assert "missing" not in outcome.out


def test_doctor_names_every_broken_file(run: Run, project: Path) -> None:
    """One run shows all files that cannot be read."""
    (project / ZH).write_text("msgid “x”\n", "utf-8")
    (project / "source/broken.md").write_text("---\nno front matter\n", "utf-8")
    outcome = run("doctor", cwd=project)

    assert outcome.code == 2
    assert "welcome.po:1:7" in outcome.err
    assert "source/broken.md:1" in outcome.err


@pytest.mark.parametrize("command", summaries())
def test_help_of_every_command_has_examples(command: str, run: Run, tmp_path: Path) -> None:
    """A user who knows nothing sees what to type."""
    outcome = run(command, "--help", cwd=tmp_path)

    assert outcome.code == 0
    assert f"pubkit {command}" in outcome.out.partition("Examples:")[2]


def test_readme_shows_every_command() -> None:
    """No command is hidden."""
    readme = (REPOSITORY / "README.md").read_text("utf-8")

    assert [name for name in summaries() if f"`pubkit {name}" not in readme] == []


def test_version_is_printed(run: Run, tmp_path: Path) -> None:
    """The version is a version."""
    assert re.match(r"pubkit, version \d+\.\d+", run("--version", cwd=tmp_path).out)


def test_shell_completes_commands_and_documents(project: Path) -> None:
    """Completion knows the commands, and the documents of the project around it."""

    def complete(words: str, number: int) -> str:
        environment = {
            "_PUBKIT_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(number),
        }
        program = "import sys; sys.argv = ['pubkit']; from pubkit.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=project,
            env=environment | {"PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout

    assert "plain,extract" in complete("pubkit ex", 1)
    assert "plain,welcome" in complete("pubkit render w", 2)


@pytest.mark.parametrize("closed", ["2>&-", ">&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_cost_no_edition(project: Path, closed: str) -> None:
    """Whoever starts pubkit may have closed what it reads and says."""
    command = f'exec "{sys.executable}" -m pubkit render --format html {closed}'
    done = subprocess.run(["sh", "-c", command], cwd=project, env=os.environ, check=False)

    assert done.returncode == 0
    assert {path.name for path in project.glob("build/*/*.html")} == {"welcome.html"}
    assert len([*project.glob("build/*/*.html")]) == 2


def test_no_color_is_respected_on_a_terminal(project: Path) -> None:
    """Colours are for terminals, and only for those who want them."""

    def output(environment: dict[str, str]) -> str:
        try:
            terminal, end = os.openpty()
        except OSError:
            pytest.skip("this system has no terminals")
        command = [sys.executable, "-m", "pubkit", "explain", "fuzzy"]
        subprocess.run(command, cwd=project, env=os.environ | environment, stdout=end, check=True)
        os.close(end)
        return os.read(terminal, 10_000).decode()

    assert "\x1b[" in output({"NO_COLOR": ""})
    assert "\x1b[" not in output({"NO_COLOR": "1"})


def test_pubkit_speaks_chinese(run: Run, project: Path) -> None:
    """The language of the messages is that of the user's environment, click's words included."""
    found = run("check", cwd=project, LANG="zh_CN.UTF-8")
    wrong = run("render", "--lang", "xx", cwd=project, LANG="zh_CN.UTF-8")

    assert "0 个错误" in found.out
    assert re.search("[一-鿿]", wrong.err.splitlines()[0])


def test_list_of_commands_is_what_they_say_of_themselves() -> None:
    """It is made without importing them."""
    said = {
        name: import_module(f"pubkit.cli.{name}_command").command.get_short_help_str(200)
        for name in summaries()
    }

    assert said == summaries()
