"""An office that sends: a project with its editions, its members, and the commands it runs."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DOCUMENT = "welcome"
PUBKIT = (sys.executable, "-m", "pubkit")
SETTINGS = """
[mail]
sender = "press@library.example"
unsubscribe = "https://library.example/unsubscribe"
{further}
"""
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"
ENGLISH = ("Anna Smith", "John O’Hara", "Mary Jones", "Zoë Müller", "Peter Brown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A folder with a project, and where its mail goes."""

    folder: Path
    server: str

    @property
    def members(self) -> Path:
        """The roster."""
        return self.folder / "members.csv"

    @property
    def environment(self) -> Mapping[str, str]:
        """What commands find in their environment."""
        return {**os.environ, "PUBKIT_MAIL_SERVER": self.server, "LANGUAGE": "en"}

    def send(self, *options: str) -> list[str]:
        """Return the command that sends, or goes on sending."""
        return [*PUBKIT, "send", DOCUMENT, "--members", str(self.members), "--send", *options]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(  # noqa: S603
            [*PUBKIT, *arguments],
            cwd=self.folder,
            env=dict(self.environment),
            capture_output=True,
            text=True,
            check=False,
        )

    def states(self) -> dict[str, int]:
        """Return how many members are in each state."""
        found = self.run("send", "status", DOCUMENT, "--format", "json")
        states: dict[str, int] = json.loads(found.stdout)["states"]
        return states


def found_office(folder: Path, server: str, *, members: int, further: str = "") -> Office:
    """Make a project with finished editions in English and Chinese, and a roster.

    Args:
        folder: Does not exist yet.
        server: Where the mail goes.
        members: How many there are.
        further: More lines of ``[mail]``.
    """
    _run(*PUBKIT, "init", str(folder), cwd=folder.parent)
    _run(*PUBKIT, "render", cwd=folder)
    with (folder / "pubkit.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS.format(further=further))
    office = Office(folder=folder, server=server)
    office.members.write_text(roster(members), "utf-8")
    return office


def roster(number: int) -> str:
    """Return so many members, every other one Chinese."""
    chance = random.Random(1)  # noqa: S311
    lines = ["email,name,language"]
    for index in range(number):
        if index % 2:
            name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.randint(1, 2)))
            lines.append(f"m{index}@members.example,{name},zh")
        else:
            lines.append(f"m{index}@members.example,{chance.choice(ENGLISH)},en")
    return "\n".join(lines) + "\n"


def _run(*command: str, cwd: Path) -> None:
    subprocess.run(  # noqa: S603
        command, cwd=cwd, check=True, capture_output=True
    )


def naive_command(office: Office, port: int, sent: Path) -> Sequence[str]:
    """Return the command of the script that keeps a list of those who have it."""
    script = Path(__file__).with_name("naive.py")
    pdf = office.folder / "build/en" / f"{DOCUMENT}.pdf"
    return [sys.executable, str(script), str(port), str(office.members), str(pdf), str(sent)]
