"""The experiments: a campaign, a fault, and what became of every member."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.servers.sink import Sink, sink

from benchmarks.mail.killing import Killer
from benchmarks.mail.office import found_office, naive_command


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


def naive(folder: Path, *, members: int, kills: int) -> Result:
    """Kill a script that keeps a list of those to whom it has sent."""
    began = time.monotonic()
    with sink(folder / "sink") as server:
        office = found_office(folder / "project", server.server, members=members)
        killer = Killer(
            command=naive_command(office, server.port, folder / "sent.txt"),
            folder=office.folder,
            environment=office.environment,
            sink=server,
            members=members,
            kills=kills,
        )
        killer.run()
    repeated, different = copies(server)
    return Result(
        name="script with sent.txt",
        members=members,
        kills=killer.killed,
        lost=members - len(server.copies),
        repeated=repeated,
        different=different,
        in_doubt="unknown",
        seconds=time.monotonic() - began,
    )


EXPERIMENTS: dict[str, Callable[[Path], Result]] = {
    "naive": lambda folder: naive(folder, members=500, kills=1),
}
