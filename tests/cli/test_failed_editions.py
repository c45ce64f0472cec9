"""An edition that cannot be made costs none of the others, and its error says what to do."""

import ctypes
import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest
from PIL import Image

from pubkit.errors import CatalogError
from pubkit.formats.po import read_catalog, write_catalog
from pubkit.workflow import pictures, printing
from tests.conftest import Run, replace_in

TOML = "pubkit.toml"


def limit(project: Path, **limits: int) -> None:
    """Add limits to the settings of a project."""
    with (project / TOML).open("a", encoding="utf-8") as file:
        file.write("\n[limits]\n" + "".join(f"{key} = {most}\n" for key, most in limits.items()))


def write_text(project: Path, *, pages: int) -> None:
    """Write a document ``long`` that has nothing but text."""
    text = "\n\n".join("A long text. " * 400 for _page in range(pages))
    head = (project / "source/welcome.md").read_text("utf-8").partition("\n---\n")[0]
    (project / "source/long.md").write_text(f"{head}\n---\n{text}\n", "utf-8")


@pytest.fixture
def crash(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Let the English edition come to an end that the list holds: a signal or an exception."""
    ends: list[object] = []
    render_pdf = printing.render_pdf

    def render(html: str, **details: object) -> bytes:
        if getattr(details["document"], "lang", "") == "en":
            (end,) = ends
            if isinstance(end, BaseException):
                raise end
            os.kill(os.getpid(), int(str(end)))
        return render_pdf(html, **details)  # type: ignore[arg-type]

    monkeypatch.setattr(printing, "render_pdf", render)
    return ends


def test_crash_costs_one_edition(run: Run, project: Path, crash: list[object]) -> None:
    """The others are made; what failed is said with its document and language, and at the end."""
    crash.append(int(signal.SIGSEGV))
    done = run("render", cwd=project)

    assert done.code == 2
    assert done.out.split() == ["build/zh/welcome.html", "build/zh/welcome.pdf"]
    assert not (project / "build/en").exists()
    assert "source/welcome.md: The edition of welcome in English cannot be made" in done.err
    assert done.err.strip().endswith("1 of 2 editions could not be made: welcome (en)")


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (int(signal.SIGSEGV), "a library has failed, perhaps for want of memory (SIGSEGV)"),
        (int(signal.SIGKILL), "(SIGKILL)"),
        (MemoryError(), "it needs more than 1000 MB of memory"),
        (RecursionError(), "it is nested too deep"),
        (OSError(errno.ENOSPC, "full"), "there is no room for temporary files in /"),
        (OSError(errno.EIO, "broken"), "pubkit has a fault (OSError: [Errno 5] broken)"),
        (KeyError("x"), "pubkit has a fault (KeyError: 'x')"),
    ],
)
def test_crash_is_explained(
    run: Run, project: Path, crash: list[object], end: object, reason: str
) -> None:
    """Each way of ending has its words and its remedy."""
    crash.append(end)
    done = run("render", "--lang", "en", cwd=project)

    assert done.code == 2
    assert reason in done.err
    assert "  → " in done.err


def test_fault_of_pubkit_leaves_its_story(run: Run, project: Path, crash: list[object]) -> None:
    """No traceback is shown, but whoever mends the fault needs it."""
    crash.append(KeyError("x"))
    done = run("render", "--lang", "en", cwd=project)
    story = (project / ".pubkit/crashes/en/welcome.txt").read_text("utf-8")

    assert "Traceback" not in done.err
    assert ".pubkit/crashes/en/welcome.txt" in done.err
    assert "Traceback" in story
    assert story.strip().endswith("KeyError: 'x'")


def test_picture_that_brings_a_library_down_is_refused(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked at in a child; the error names its line."""
    monkeypatch.setattr(pictures, "examiner_version", lambda: "another that knows no picture")
    monkeypatch.setattr(pictures, "picture_fault", lambda *_picture, **_how: ctypes.string_at(0))
    done = run("render", cwd=project)

    assert done.code == 2
    assert "source/welcome.md:" in done.err
    assert "cannot be shown: looking at it does not end well" in done.err


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"seconds": 1}, "it takes more than 1 s of the processor; the last it did was: laying"),
        ({"pages": 1}, " pages; 1 are allowed"),
        ({"pdf_bytes": 5_000}, "; 0.005 MB are allowed"),
    ],
)
def test_edition_beyond_a_limit_names_the_setting(
    run: Run, project: Path, limits: dict[str, int], reason: str
) -> None:
    """Document, language, what is too much, and how to allow it."""
    ((key, _most),) = limits.items()
    write_text(project, pages=60 if key == "seconds" else 2)
    limit(project, **limits)
    done = run("render", "long", "--lang", "en", "--format", "pdf", cwd=project)

    assert done.code == 2
    assert "source/long.md" in done.err
    assert "English" in done.err
    assert reason in done.err
    assert f"raise “{key}” in [limits]" in done.err


def test_picture_that_needs_too_much_memory_is_refused(run: Run, project: Path) -> None:
    """It needs a hundred times what is allowed; the error names its line and the limit."""
    Image.new("RGB", (6000, 4000)).save(project / "source/pictures/reading-room.jpg")
    limit(project, memory_bytes=1_000_000)
    done = run("render", "--lang", "en", cwd=project)

    assert done.code == 2
    assert "reading-room.jpg cannot be shown: it needs more than 1 MB of memory" in done.err
    assert "source/welcome.md:" in done.err
    assert "6000 pixels in width or less, or raise “memory_bytes” in [limits]" in done.err


def test_edition_that_needs_too_much_memory_is_refused(project: Path) -> None:
    """In a process of its own: one that has run for long has memory left over to use again."""
    write_text(project, pages=1)
    limit(project, memory_bytes=1_000_000)
    command = (sys.executable, "-m", "pubkit", "render", "long", "--lang", "en")
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "source/long.md: The edition of long in English" in done.stderr
    assert "raise “memory_bytes” in [limits]" in done.stderr


def test_edition_that_fails_its_proof_leaves_the_others(run: Run, project: Path) -> None:
    """Nor is an archive or a newsroom made that would lack it."""
    replace_in(project / TOML, "[publisher]", 'base_url = "https://a.example"\n\n[publisher]')
    (project / "templates").mkdir(exist_ok=True)
    (project / "templates/publisher.css").write_text(":lang(zh) h1 { display: none }")
    done = run("render", "--archive", "--site", cwd=project)

    assert done.code == 2
    assert done.out.split() == ["build/en/welcome.html", "build/en/welcome.pdf"]
    assert "fails its proof" in done.err
    assert "1 of 2 editions could not be made: welcome (zh)" in done.err
    assert "The newsroom was left as it is" in done.err


def translate_first(project: Path, text: str) -> None:
    """Give the first text of the body another translation."""
    path = project / "locales/zh/LC_MESSAGES/welcome.po"
    catalog = read_catalog(path)
    last = max(catalog.live_entries, key=lambda entry: len(entry.msgid))
    entries = (replace(e, msgstr=text) if e is last else e for e in catalog.entries)
    write_catalog(replace(catalog, entries=tuple(entries)), path)


@pytest.mark.parametrize("options", [(), ("--site",)])
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("看 <https://evil.example/>", "adds something"),
        ("长" * 5000, "has 5000 characters"),
    ],
)
def test_refused_translation_costs_its_edition(
    run: Run, project: Path, text: str, reason: str, options: tuple[str, ...]
) -> None:
    """The other languages are made; the error names the catalog."""
    translate_first(project, text)
    done = run("render", "--format", "html", *options, cwd=project)

    assert done.code == 2
    assert done.out.split() == ["build/en/welcome.html"]
    assert "locales/zh/LC_MESSAGES/welcome.po:" in done.err
    assert reason in done.err
    assert "1 of 2 editions could not be made: welcome (zh)" in done.err


def test_refused_text_of_the_page_costs_its_language(run: Run, project: Path) -> None:
    """The texts around the documents are translated, too."""
    assert run("extract", cwd=project).code == 0
    path = project / "locales/zh/LC_MESSAGES/templates.po"
    catalog = read_catalog(path)
    first, *others = catalog.entries
    bad = replace(first, msgstr="看 <https://evil.example/>", flags=())
    write_catalog(replace(catalog, entries=(bad, *others)), path)
    done = run("render", "--format", "html", cwd=project)

    assert done.code == 2
    assert done.out.split() == ["build/en/welcome.html"]
    assert "1 of 2 editions could not be made: welcome (zh)" in done.err


def test_malformed_catalog_stops_before_anything_is_written(run: Run, project: Path) -> None:
    """Nobody knows what else is wrong with it."""
    path = project / "locales/zh/LC_MESSAGES/welcome.po"
    path.write_text(path.read_text("utf-8") + '\nmsgid "open\n', "utf-8")
    done = run("render", "--format", "html", cwd=project)

    assert (done.code, done.out) == (2, "")
    assert not (project / "build").exists()


def test_child_cannot_end_the_run(run: Run, project: Path, crash: list[object]) -> None:
    """Whatever error it sends is one of its edition."""
    crash.append(CatalogError("taken over"))
    done = run("render", cwd=project)

    assert done.code == 2
    assert done.out.split() == ["build/zh/welcome.html", "build/zh/welcome.pdf"]
    assert "taken over" in done.err


def test_picture_that_cannot_be_copied_costs_the_page(run: Run, project: Path) -> None:
    """No page stands there without its pictures; a page that has none is made."""
    head = (project / "source/welcome.md").read_text("utf-8").partition("\n---\n")[0]
    (project / "source/plain.md").write_text(f"{head}\n---\nText.\n", "utf-8")
    (project / "build").mkdir()
    (project / "build/pictures").write_text("no folder")
    done = run("render", "--lang", "en", "--format", "html", cwd=project)

    assert done.code == 2
    assert done.out.split() == ["build/en/plain.html"]
    assert not (project / "build/en/welcome.html").exists()
    assert "1 of 2 editions could not be made: welcome (en)" in done.err


def test_damaged_picture_of_another_document_costs_no_newsroom(run: Run, project: Path) -> None:
    """Its list has no small copy of it; the page itself is made anew only without the fault."""
    welcome = (project / "source/welcome.md").read_text("utf-8")
    (project / "source/second.md").write_text(welcome.replace("reading-room", "second"), "utf-8")
    picture = project / "source/pictures/second.jpg"
    Image.effect_noise((900, 600), 90).save(picture)
    assert run("render", "--format", "html", cwd=project).code == 0
    picture.write_bytes(picture.read_bytes()[:9_000])
    done = run("render", "welcome", "--site", "--format", "html", "--quiet", cwd=project)

    assert done.code == 0, done.err
    assert "pictures/second.jpg" in (project / "build/en/index.html").read_text("utf-8")
    assert [path.name[:12] for path in (project / "build/thumbnails").iterdir()] == ["reading-room"]


def descendants(parent: int) -> Iterator[int]:
    """Yield the processes that a process has started, and those that they have."""
    with suppress(OSError):
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
        for child in map(int, children):
            yield child
            yield from descendants(child)


def leaders(parent: int) -> list[int]:
    """Return the descendants that have a session of their own, as a jailed one has."""
    with suppress(OSError):
        return [child for child in descendants(parent) if os.getsid(child) == child]
    return []


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
def test_interrupted_run_leaves_no_child_and_only_whole_files(project: Path) -> None:
    """Whoever presses Ctrl-C is alone at once."""
    program = (
        "import time; from pubkit.workflow import printing; from pubkit.cli import main;"
        "printing.render_pdf = lambda html, **details: time.sleep(60); main()"
    )
    command = (sys.executable, "-c", program, "render")
    with subprocess.Popen(
        command, cwd=project, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        while not (child := leaders(parent.pid)):
            sleep(0.01)
        presses = list(descendants(parent.pid))
        os.killpg(parent.pid, signal.SIGINT)
        _out, said = parent.communicate(timeout=10)

    assert parent.returncode == 130
    assert said.strip().endswith("Interrupted; every written file is whole")
    for _attempt in range(200):
        if not any(Path(f"/proc/{process}").exists() for process in (*presses, *child)):
            break
        sleep(0.01)
    else:
        pytest.fail("a process is still there")
    assert not (project / "build").exists()
