"""The machine and the programs of a run, in words."""

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("pubkit", "weasyprint", "typst", "mdpo", "translate-toolkit", "polib", "rapidfuzz")
PROGRAMS = {
    "Chromium": ("chromium", "--version"),
    "GNU gettext": ("msgmerge", "--version"),
    "po4a": ("po4a", "--version"),
}
FIGURES = re.compile(r"\d+(?:\.\d+)+")
BUSY = 0.35
"""Of the cores: a machine with more to do at the beginning is not idle."""


def describe() -> dict[str, str]:
    """Return what a reader has to know to repeat the run."""
    return {
        "processor": f"{os.cpu_count()} cores, {_processor()}",
        "memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB",
        "system": _system(),
        "Python": platform.python_version(),
        **_packages(),
        **{name: found for name, words in PROGRAMS.items() if (found := _program(words))},
        "commit": _commit(),
    }


def is_busy() -> bool:
    """Tell whether the machine has other work at this moment."""
    return os.getloadavg()[0] > BUSY * (os.cpu_count() or 1)


def _processor() -> str:
    text = Path("/proc/cpuinfo").read_text("utf-8")
    found = re.search(r"model name\s*: (.+)", text)
    return found[1] if found else platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def _packages() -> Mapping[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _program(words: tuple[str, ...]) -> str:
    if not shutil.which(words[0]):
        return ""
    done = subprocess.run(words, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603
    found = FIGURES.search(done.stdout)
    return found[0] if found else ""


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],  # noqa: S607
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()
