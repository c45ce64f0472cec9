"""Commands in rotation, A B C A B C …, each a whole process with all that it starts.

What disturbs a machine for a while disturbs all of them; so ratios of the same round are compared,
and never a time of this run with one of another.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

STARTER = Path(__file__).with_name("starter.py")
LAST_WORDS = 300
"""Letters of what a failed command said that are kept."""


class WrongOutputError(Exception):
    """A command has ended well, and what it made is not what was asked for."""


def _nothing() -> None:
    """Neither prepare nor verify."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A command that is measured."""

    name: str
    command: tuple[str, ...] = ()
    folder: Path = Path()
    environment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Variables besides those of this process."""
    seconds: float = 120
    """When it is ended."""
    codes: tuple[int, ...] = (0,)
    """Exit codes that are no failure."""
    missing: str = ""
    """Why it cannot be run here, if it cannot."""
    before: Callable[[], None] = _nothing
    """What is to be done before each run, such as removing what was made; not measured."""
    verify: Callable[[], None] = _nothing
    """Looks at what was made; raises `WrongOutputError`."""
    every: float = 0
    """Seconds between two looks at its memory; 0 for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run took."""

    wall: float
    cpu: float
    """Seconds of the processor, of all its processes."""
    peak: float
    """Mebibytes of its largest process."""
    samples: tuple[tuple[float, float, float], ...] = ()
    """Second, mebibytes of the largest process then, and of all together."""


@dataclass(slots=True, kw_only=True)
class Series:
    """All runs of a command, or why there are none."""

    runs: list[Run] = field(default_factory=list)
    fault: str = ""
    """Why it was skipped or has failed."""


class Starter:
    """The small process that starts the commands."""

    def __init__(self, folder: Path) -> None:
        self._output, self._errors = folder / "stdout", folder / "stderr"
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-S", str(STARTER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """Let the process end."""
        assert self._process.stdin  # noqa: S101
        assert self._process.stdout  # noqa: S101
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def run(self, subject: Subject) -> Run:
        """Run a command once.

        Raises:
            WrongOutputError: It failed, or took too long.
        """
        answer = self._ask(subject)
        if answer["is_late"]:
            raise WrongOutputError(f"ended after {subject.seconds:g} seconds")
        if answer["code"] not in subject.codes:
            raise WrongOutputError(f"exit code {answer['code']}: {self._last_words()}")
        samples = tuple((second, most, total) for second, most, total in answer["samples"])
        return Run(wall=answer["wall"], cpu=answer["cpu"], peak=answer["peak"], samples=samples)

    @property
    def output(self) -> str:
        """What the last command printed."""
        return self._output.read_text("utf-8", "replace")

    def _ask(self, subject: Subject) -> Any:
        assert self._process.stdin  # noqa: S101
        assert self._process.stdout  # noqa: S101
        request = {
            "command": subject.command,
            "folder": str(subject.folder),
            "environment": {**os.environ, **subject.environment},
            "seconds": subject.seconds,
            "every": subject.every,
            "output": str(self._output),
            "errors": str(self._errors),
        }
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def _last_words(self) -> str:
        words = self._errors.read_text("utf-8", "replace").strip() or self.output.strip()
        return words[-LAST_WORDS:].replace("\n", " ")


@contextmanager
def starter() -> Iterator[Starter]:
    """Start the small process, and end it."""
    with TemporaryDirectory(prefix="pubkit-speed-") as name:
        small = Starter(Path(name))
        try:
            yield small
        finally:
            small.close()


def rotate(
    subjects: Sequence[Subject],
    rounds: int,
    small: Starter,
    *,
    say: Callable[[str], None] = lambda _text: None,
    warm_up: bool = True,
) -> dict[str, Series]:
    """Run all commands in rotation.

    A command that cannot be run or fails is left out from then on, with the reason; a first round
    that warms caches up is not counted.

    Args:
        subjects: The commands.
        rounds: How often each is measured.
        small: What starts them.
        say: Is told what is done.
        warm_up: Whether there is a round before that is not counted.
    """
    series = {subject.name: Series(fault=subject.missing) for subject in subjects}
    for number in range(0 if warm_up else 1, rounds + 1):
        for subject in subjects:
            of_subject = series[subject.name]
            if of_subject.fault:
                continue
            say(f"{subject.name}, round {number} of {rounds}")
            try:
                subject.before()
                run = small.run(subject)
                subject.verify()
            except WrongOutputError as error:
                of_subject.fault = str(error)
                say(f"{subject.name} is left out: {error}")
            else:
                of_subject.runs += [run] if number else []
    return series
