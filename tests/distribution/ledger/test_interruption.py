"""A ledger that is killed while it is made: the next run makes it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pubkit.distribution.ledger.opening import open_ledger
from tests.workflow.test_interruption import can_trace

pytestmark = pytest.mark.skipif(not can_trace(), reason="needs strace, and the right to trace")

PROGRAM = """
import sys
from pubkit.distribution.ledger.opening import open_ledger
open_ledger(f"sqlite:///{sys.argv[1]}")
"""


def make_ledger(path: Path, *options: str) -> int:
    """Make a ledger in another process under strace; return how it ended."""
    command = ["strace", "-f", "-qq", *options, sys.executable, "-c", PROGRAM, str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_ledger_that_was_killed_while_it_was_made_is_made(tmp_path: Path) -> None:
    """Whatever was on the disk before: all tables are there, or none."""
    log = tmp_path / "log"
    make_ledger(tmp_path / "whole.sqlite", "-o", str(log), "-e", "trace=fdatasync")
    number = len(re.findall(r"fdatasync\(", log.read_text()))

    assert number > 3
    for place in range(1, number + 1, 3):
        path = tmp_path / f"{place}" / "ledger.sqlite"
        inject = f"inject=fdatasync:signal=SIGKILL:when={place}"
        code = make_ledger(path, "-o", "/dev/null", "-e", "trace=fdatasync", "-e", inject)

        assert code != 0
        assert open_ledger(f"sqlite:///{path}").id
        shutil.rmtree(path.parent)
