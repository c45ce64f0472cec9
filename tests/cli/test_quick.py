"""What is answered at once is what the program would say, and is answered without it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

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
