"""The experiments: a campaign, a fault, and what became of every member."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mail.office import DOCUMENT, Office, make_project, members
from tests.servers.sink import Sink, sink

from benchmarks.mail.killing import Killer


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A row of the table."""

    name: str
    members: int
    kills: int
    lost: int
    """Members who have no message, and of whom nothing says so."""
    repeated: int
    """Members with more than one copy."""
    different: int
    """Of these: members whose copies do not say that they are the same message."""
    in_doubt: str
    seconds: float

    def row(self) -> str:
        """Return the row."""
        cells = [
            *(self.name, f"{self.members:,}", self.kills, self.lost, self.repeated),
            *(self.different, self.in_doubt, f"{self.seconds:.0f} s"),
        ]
        return f"| {' | '.join(map(str, cells))} |"


HEAD = """\
| run | members | kills | lost | repeated | differing | in doubt (taken / not) | time |
| --- | ---: | ---: | ---: | ---: | ---: | --- | ---: |"""


def copies(server: Sink) -> tuple[int, int]:
    """Return how many members have several copies, and how many have different ones."""
    names: dict[str, list[str]] = {}
    for taken in server.taken:
        names.setdefault(taken.recipient, []).append(taken.message_id)
    several = [found for found in names.values() if len(found) > 1]
    return len(several), sum(len(set(found)) > 1 for found in several)


def naive(folder: Path, number: int, kills: int) -> Result:
    """Kill a script that keeps a list of those to whom it has sent."""
    began = time.monotonic()
    with sink(folder / "sink") as server:
        office = found_office(folder / "project", server, number)
        killer = kill(office, server, naive_command(office, server, folder), number, kills)
    repeated, different = copies(server)
    return Result(
        name="script with sent.txt",
        members=number,
        kills=killer.killed,
        lost=number - len(server.copies),
        repeated=repeated,
        different=different,
        in_doubt="unknown",
        seconds=time.monotonic() - began,
    )


def naive_command(office: Office, server: Sink, folder: Path) -> list[str]:
    """Return the command of the script."""
    script = Path(__file__).with_name("naive.py")
    pdf = office.folder / "build/en" / f"{DOCUMENT}.pdf"
    files = (script, server.port, office.members, pdf, folder / "sent.txt")
    return [sys.executable, *map(str, files)]


def found_office(folder: Path, server: Sink, number: int) -> Office:
    """Make a project with so many members."""
    make_project(folder)
    office = Office(folder=folder, server=server.server)
    office.enrol(members(number))
    return office


def kill(office: Office, server: Sink, command: Sequence[str], number: int, kills: int) -> Killer:
    """Run a command with kills until it is done."""
    killer = Killer(
        command=command,
        folder=office.folder,
        environment=office.environment,
        sink=server,
        members=number,
        kills=kills,
    )
    killer.run()
    return killer


EXPERIMENTS: dict[str, Callable[[Path], Result]] = {
    "naive": lambda folder: naive(folder, 500, 1),
}
