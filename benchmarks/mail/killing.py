"""Kills a sender again and again, at random moments, and lets it go on."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.sink import Sink

STARTING = 0.1
"""How many of the kills come before the sender has sent anything."""
LONGEST_RUN = 600.0


@dataclass(slots=True)
class Progress:
    """How much a sink has taken, without reading its log anew."""

    path: Path
    position: int = 0
    lines: int = 0

    def count(self) -> int:
        """Return how many messages it has taken until now."""
        with self.path.open("rb") as log:
            log.seek(self.position)
            found = log.read()
        self.position += len(found)
        self.lines += found.count(b"\n")
        return self.lines


@dataclass(slots=True, kw_only=True)
class Killer:
    """Runs a command over and over, and kills it until all kills are used up."""

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    sink: Sink
    members: int
    kills: int
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311
    killed: int = 0
    codes: list[int] = field(default_factory=list)
    """How the runs ended that were not killed."""

    def run(self, before_each: Callable[[], None] = lambda: None) -> None:
        """Let the sender work until it has nothing left to do.

        Args:
            before_each: Called before each run.
        """
        progress = Progress(self.sink.folder / "truth.tsv")
        while self.killed < self.kills:
            before_each()
            before = progress.count()
            if not self._run_and_kill(progress) and progress.count() == before:
                return
        before_each()
        with self._start() as sender:
            self.codes.append(sender.wait(LONGEST_RUN))

    def _start(self) -> subprocess.Popen[bytes]:
        with (self.folder / "sender.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                self.command,
                cwd=self.folder,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _run_and_kill(self, progress: Progress) -> bool:
        """Tell whether the sender was killed before its end."""
        before = progress.count()
        left = max(1, self.members - before) / (self.kills - self.killed + 1)
        target = before + self.chance.uniform(0, 2 * left)
        deadline = time.monotonic() + LONGEST_RUN
        with self._start() as sender:
            if self.chance.random() < STARTING:
                self._doze(sender, self.chance.uniform(0, 0.8))
            else:
                while progress.count() < target and sender.poll() is None:
                    self._doze(sender, 0.002)
                    if time.monotonic() > deadline:
                        raise TimeoutError("the sender does not come to an end")
                self._doze(sender, self.chance.uniform(0, 0.02))
            code = sender.poll()
            if code is not None:
                self.codes.append(code)
                return False
            os.kill(sender.pid, signal.SIGKILL)
            sender.wait()
        self.killed += 1
        return True

    @staticmethod
    def _doze(sender: subprocess.Popen[bytes], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while sender.poll() is None and (left := deadline - time.monotonic()) > 0:
            time.sleep(min(left, 0.01))
