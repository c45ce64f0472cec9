"""An office that sends: a project with finished editions, its members, and the commands it runs."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import Outcome

DOCUMENT = "welcome"
PUBKIT = (sys.executable, "-m", "pubkit")
SETTINGS = """
[mail]
sender = "press@library.example"
unsubscribe = "https://library.example/unsubscribe"
"""
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"
ENGLISH = ("Anna Smith", "John O’Hara", "Mary Jones", "Zoë Müller", "Peter Brown")


Execute = Callable[["Office", Sequence[str]], Outcome]


def in_a_process(office: "Office", arguments: Sequence[str]) -> Outcome:
    """Run pubkit in a process of its own."""
    ended = subprocess.run(
        [*PUBKIT, *arguments],
        cwd=office.folder,
        env=office.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return Outcome(ended.returncode, ended.stdout, ended.stderr)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A folder with a project, and where its mail goes."""

    folder: Path
    server: str
    further: Mapping[str, str] = field(default_factory=dict)
    """More of its environment."""
    execute: Execute = in_a_process

    @property
    def members(self) -> Path:
        """The roster."""
        return self.folder / "members.csv"

    @property
    def ledger(self) -> Path:
        """Where the ledger lies, if no setting says otherwise."""
        return self.folder / ".pubkit/ledger.sqlite"

    @property
    def own_environment(self) -> dict[str, str]:
        """What commands find in their environment beside what all find there."""
        return {"PUBKIT_MAIL_SERVER": self.server, "LANGUAGE": "en", **self.further}

    @property
    def environment(self) -> dict[str, str]:
        """All of it."""
        return {**os.environ, **self.own_environment}

    def sending(self, *options: str) -> list[str]:
        """Return the arguments that send, or go on sending."""
        return ["send", DOCUMENT, "--members", str(self.members), "--send", *options]

    def run(self, *arguments: str) -> Outcome:
        """Run a command to its end."""
        return self.execute(self, arguments)

    def send(self, *options: str) -> Outcome:
        """Send, or go on sending."""
        return self.run(*self.sending(*options))

    def reconcile(self, log: Path) -> Outcome:
        """Learn from a log of the mail server what became of members in doubt."""
        return self.run("send", "reconcile", DOCUMENT, "--log", str(log))

    def states(self) -> dict[str, int]:
        """Return how many members are in each state."""
        found = self.run("send", "status", DOCUMENT, "--format", "json")
        assert found.code == 0, found.err
        states: dict[str, int] = json.loads(found.out)
        return states

    def set(self, text: str) -> None:
        """Add lines to ``[mail]``."""
        with (self.folder / "pubkit.toml").open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")

    def enrol(self, rows: Iterable[str]) -> None:
        """Write the roster: address, name, language."""
        lines = ("email,name,language", *rows)
        self.members.write_text("\n".join(lines) + "\n", "utf-8")


def make_project(folder: Path, *, picture: int = 0) -> None:
    """Make a project with finished editions in English and Chinese.

    Args:
        folder: Does not exist yet.
        picture: Bytes of the document's picture, to make large editions; 0 for a drawing.
    """
    _run(*PUBKIT, "init", str(folder), cwd=folder.parent)
    if picture:
        draw_noise(folder / "source/pictures/reading-room.jpg", picture)
    _run(*PUBKIT, "render", cwd=folder)
    with (folder / "pubkit.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)


def draw_noise(path: Path, size: int) -> None:
    """Write a picture of about so many bytes, which nothing can make smaller."""
    from PIL import Image

    side = int(size**0.5)
    noise = random.Random(1).randbytes(side * side)
    Image.frombytes("L", (side, side), noise).save(path, quality=75)


def _run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True, capture_output=True)


def members(number: int) -> list[str]:
    """Return so many members, every other one Chinese."""
    chance = random.Random(1)
    return [_member(index, chance) for index in range(number)]


def _member(index: int, chance: random.Random) -> str:
    if index % 2 == 0:
        return f"m{index}@members.example,{chance.choice(ENGLISH)},en"
    given = "".join(chance.choices(GIVEN, k=chance.randint(1, 2)))
    return f"m{index}@members.example,{chance.choice(SURNAMES)}{given},zh"
