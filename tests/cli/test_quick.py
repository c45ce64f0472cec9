"""What is answered at once is what the program would say, and is answered without it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Outcome, Run, replace_in

LIGHT = """
import sys
try:
    from pubkit.cli import main
    main()
finally:
    heavy = {"click", "pathlib", "typing", "json", "re", "babel", "markdown_it"} & {*sys.modules}
    print(*sorted(heavy), file=sys.stderr)
"""


def heavy_modules(*arguments: str, cwd: Path, **environment: str) -> str:
    """Return which modules a command has loaded that take long."""
    program = f"import sys; sys.argv = ['pubkit', *{arguments!r}]\n{LIGHT}"
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.rpartition("\n")[0].rpartition("\n")[2]


def test_version_loads_nothing_heavy(tmp_path: Path) -> None:
    """Whoever wants to know a version waits for no parser of arguments; for help, for one."""
    assert heavy_modules("--version", cwd=tmp_path) == ""
    assert "click" in heavy_modules("--help", cwd=tmp_path)


@pytest.mark.parametrize("language", ["", "en_US.UTF-8", "zh_CN.UTF-8", "xx:zh", "fr"])
def test_version_is_what_the_program_says(
    run: Run, tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every language."""
    quick = run("--version", cwd=tmp_path, LANGUAGE=language)
    monkeypatch.setattr("pubkit.cli.quick.quick_answer", lambda _arguments: None)

    assert quick == run("--version", cwd=tmp_path, LANGUAGE=language)
    assert quick.out


# ---------------------------------------------------------------- status


class NotQuickError(Exception):
    """The program would have been loaded."""


@pytest.fixture
def quickly(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome | None]:
    """Return what is answered at once; nothing, if the program had to be asked."""

    def program() -> None:
        raise NotQuickError

    def run_quickly(*arguments: str, cwd: Path, **environment: str) -> Outcome | None:
        with monkeypatch.context() as patch:
            patch.setattr("pubkit.cli.program.run", program)
            try:
                return run(*arguments, cwd=cwd, **environment)
            except NotQuickError:
                return None

    return run_quickly


Quickly = Callable[..., Outcome | None]


def settle() -> None:
    """Wait until a change is older than a look at it, as changes that people make are."""
    time.sleep(0.02)


def test_status_is_answered_at_once(
    run: Run, quickly: Quickly, project: Path, with_cache: Path
) -> None:
    """The second time, from the same folder, in the same language, and without a cache never."""
    settle()
    first = run("status", cwd=project)

    assert quickly("status", cwd=project) == first
    assert quickly("status", cwd=project / "source") is None
    assert quickly("status", "--help", cwd=project) is None
    assert quickly("status", cwd=project, LANGUAGE="zh_CN") is None
    assert quickly("status", cwd=project, PUBKIT_CACHE="off") is None


def test_status_at_once_loads_nothing_heavy(project: Path, with_cache: Path) -> None:
    """Neither a parser of arguments nor one of Markdown."""
    settle()

    assert "click" in heavy_modules("status", cwd=project)
    assert heavy_modules("status", cwd=project) == ""


def rewritten(path: Path) -> None:
    """Write another text of the same size, and say that it was written when the old one was."""
    status = path.stat()
    text = path.read_text("utf-8")
    changed = text.replace("The", "Thy", 1)
    assert changed != text
    path.write_text(changed, "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def exchanged(path: Path) -> None:
    """Put another file in a file's place."""
    other = path.with_suffix(".new")
    other.write_text(path.read_text("utf-8") + "\nA new paragraph.\n", "utf-8")
    other.rename(path)


CHANGES: dict[str, Callable[[Path], object]] = {
    "document": lambda root: exchanged(root / "source" / "welcome.md"),
    "same size and time": lambda root: rewritten(root / "source" / "welcome.md"),
    "new document": lambda root: (root / "source" / "new.md").write_text("# New\n\nText.\n"),
    "no document": lambda root: (root / "source" / "welcome.md").rename(root / "old.md"),
    "catalog": lambda root: replace_in(
        root / "locales" / "zh" / "LC_MESSAGES" / "welcome.po", 'msgstr "', 'msgstr "一'
    ),
    "names": lambda root: (root / "locales" / "zh" / "LC_MESSAGES" / "names.po").unlink(),
    "template": lambda root: _write(root / "templates" / "release.html.j2", '{{ label("A") }}'),
    "book": lambda root: _write(root / "po" / "zh.po", 'msgid "a"\nmsgstr "b"\n'),
    "settings": lambda root: replace_in(root / "pubkit.toml", '["en", "zh"]', '["en", "fr"]'),
}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_status_is_that_of_today(
    run: Run,
    quickly: Quickly,
    project: Path,
    with_cache: Path,
    change: Callable[[Path], object],
) -> None:
    """Whatever changes, the answer is the one that a program without memory gives."""
    settle()
    run("status", cwd=project)
    change(project)
    settle()

    assert quickly("status", cwd=project) is None
    fresh = run("status", cwd=project, PUBKIT_CACHE="off")
    assert run("status", cwd=project, PUBKIT_CACHE=str(with_cache)) == fresh
    assert fresh.code or quickly("status", cwd=project) == fresh


CHANGES_OF_EXTRACTION: dict[str, Callable[[Path], object]] = CHANGES | {
    "memory": lambda root: replace_in(root / "old.po", "从前", "以前"),
}


@pytest.mark.parametrize("change", CHANGES_OF_EXTRACTION.values(), ids=CHANGES_OF_EXTRACTION)
def test_extraction_without_changes_is_answered_at_once(
    run: Run,
    quickly: Quickly,
    project: Path,
    with_cache: Path,
    change: Callable[[Path], object],
) -> None:
    """Once there was nothing to write, and until something changes of which it is made."""
    _remembering(project)
    exchanged(project / "source" / "welcome.md")
    assert run("extract", cwd=project).out
    settle()
    assert quickly("extract", cwd=project) is None
    unchanged = run("extract", cwd=project)

    assert not unchanged.out
    assert quickly("extract", cwd=project) == unchanged
    change(project)
    assert quickly("extract", cwd=project) is None


def _remembering(project: Path) -> None:
    """Give a project a memory."""
    header = 'msgid ""\nmsgstr "Language: zh\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    _write(project / "old.po", header + 'msgid "Once upon a time"\nmsgstr "从前"\n')
    settings = project / "pubkit.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[memory]\nfiles = ["old.po"]\n', "utf-8")


def test_extraction_with_a_memory_of_its_own_sees_it_change(
    run: Run, quickly: Quickly, project: Path, with_cache: Path
) -> None:
    """A memory that is named for this time alone is an input, too."""
    _remembering(project)
    command = ("extract", "--quiet", "--memory", "old.po")
    run(*command, cwd=project)
    settle()
    run(*command, cwd=project)

    assert quickly(*command, cwd=project) == run(*command, cwd=project)
    replace_in(project / "old.po", "从前", "以前")
    assert quickly(*command, cwd=project) is None


def test_status_of_a_nearer_project_is_its_own(
    run: Run, quickly: Quickly, project: Path, with_cache: Path
) -> None:
    """A pubkit.toml that comes to be between a folder and its project is the nearest one."""
    settle()
    run("status", cwd=project / "source")
    assert quickly("status", cwd=project / "source")
    (project / "source" / "pubkit.toml").write_text('[project]\nlanguages = ["en"]\n')

    assert quickly("status", cwd=project / "source") is None


@pytest.mark.parametrize("damage", [b"", b"\0\0\0", b"pubkit answer 1\0x", b"\xff\0" * 99])
def test_a_damaged_answer_is_none(
    run: Run, quickly: Quickly, project: Path, with_cache: Path, damage: bytes
) -> None:
    """The command does its work and says it again."""
    settle()
    first = run("status", cwd=project)
    for kept in (with_cache / "answers").iterdir():
        kept.write_bytes(damage)

    assert quickly("status", cwd=project) is None
    assert run("status", cwd=project) == first
    assert quickly("status", cwd=project) == first


def test_answers_that_others_could_write_are_not_believed(
    run: Run, quickly: Quickly, project: Path, with_cache: Path
) -> None:
    """Somebody may have put a better table there."""
    settle()
    run("status", cwd=project)
    (with_cache / "answers").chmod(0o777)

    assert quickly("status", cwd=project) is None
