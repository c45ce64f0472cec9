"""An office that sends: a project with finished editions, its members, and the commands it runs."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A folder with a project, and where its mail goes."""

    folder: Path
    server: str
    further: Mapping[str, str] = field(default_factory=dict)
    """More of its environment."""

    @property
    def members(self) -> Path:
        """The roster."""
        return self.folder / "members.csv"

    @property
    def ledger(self) -> Path:
        """Where the ledger lies, if no setting says otherwise."""
        return self.folder / ".pubkit/ledger.sqlite"

    @property
    def environment(self) -> dict[str, str]:
        """What commands find in their environment."""
        own = {"PUBKIT_MAIL_SERVER": self.server, "LANGUAGE": "en"}
        return {**os.environ, **own, **self.further}

    def sending(self, *options: str) -> list[str]:
        """Return the arguments that send, or go on sending."""
        return ["send", DOCUMENT, "--members", str(self.members), "--send", *options]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*PUBKIT, *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def send(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Send, or go on sending."""
        return self.run(*self.sending(*options))

    def states(self) -> dict[str, int]:
        """Return how many members are in each state."""
        found = self.run("send", "status", DOCUMENT, "--format", "json")
        assert found.returncode == 0, found.stderr
        states: dict[str, int] = json.loads(found.stdout)
        return states

    def set(self, text: str) -> None:
        """Add lines to ``[mail]``."""
        with (self.folder / "pubkit.toml").open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")

    def enrol(self, rows: Iterable[str]) -> None:
        """Write the roster: address, name, language."""
        lines = ["email,name,language", *rows]
        self.members.write_text("\n".join(lines) + "\n", "utf-8")


def make_project(folder: Path) -> None:
    """Make a project with finished editions in English and Chinese."""
    _run(*PUBKIT, "init", str(folder), cwd=folder.parent)
    _run(*PUBKIT, "render", cwd=folder)
    with (folder / "pubkit.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)


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
