"""The experiments: a campaign, a fault, and what became of every member."""

import random
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.mail.office import DOCUMENT, PUBKIT, Office, make_project, members
from tests.servers.postgresql import postgresql_server
from tests.servers.sink import Sink, sink
from tests.servers.smtp_sink import Fault

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
    note: str = ""

    def __str__(self) -> str:
        """Return the row."""
        cells = [
            *(self._title, f"{self.members:,}", self.kills, self.lost, self.repeated),
            *(self.different, self.in_doubt, f"{self.seconds:.0f} s"),
        ]
        return f"| {' | '.join(map(str, cells))} |"

    @property
    def _title(self) -> str:
        return f"{self.name} ({self.note})" if self.note else self.name


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


def found_office(folder: Path, server: Sink, number: int, *, picture: int = 0) -> Office:
    """Make a project with so many members, and with a picture of so many bytes, if any."""
    make_project(folder, picture=picture)
    office = Office(folder=folder, server=server.server)
    office.enrol(members(number))
    return office


FAULTS = (
    Fault(at="connect", reply="421 4.3.2 not now", then="drop", chance=0.02),
    Fault(at="rcpt", reply="451 4.7.1 later", chance=0.04),
    Fault(at="rcpt", reply="550 5.1.1 unknown", chance=0.01),
    Fault(at="dot", reply="552 5.3.4 too big", chance=0.005),
    Fault(at="body", then="drop", chance=0.01),
    Fault(at="dot", then="drop", accepts=True, chance=0.005),
    Fault(at="dot", then="drop", chance=0.005),
    Fault(at="mail", reply="421 4.7.0 enough", then="drop", after=400),
)
"""What befalls messages, and how often."""
MUTE = (Fault(at="dot", then="drop", accepts=True, chance=0.05),)
"""A server that takes one message in twenty without a word."""


def held(
    folder: Path, number: int, kills: int, faults: Sequence[Fault] = (), name: str = "hold"
) -> Result:
    """Kill pubkit, which leaves members in doubt alone; then ask the server's log."""
    began = time.monotonic()
    with sink(folder / "sink", *faults) as server:
        office = found_office(folder / "project", server, number)
        killer = kill(office, server, pubkit_command(office), number, kills)
        until_settled(office)
        in_doubt = office.states()["in_doubt"]
        taken = len(server.copies)
        done = office.reconcile(server.write_log(folder / "accepted.txt"))
        if done.code:
            raise RuntimeError(done.err)
        missing = number - office.states()["failed"] - taken
    with sink(folder / "sink", port=server.port) as server:
        until_settled(office)
    return counted(
        name, office, server, killer, began, f"{in_doubt} ({in_doubt - missing} / {missing})"
    )


def resent(
    folder: Path, number: int, kills: int, faults: Sequence[Fault] = (), name: str = "resend"
) -> Result:
    """Kill pubkit, which sends again to members in doubt."""
    began = time.monotonic()
    with sink(folder / "sink", *faults) as server:
        office = found_office(folder / "project", server, number)
        office.set('in_doubt = "resend"')
        killer = kill(office, server, pubkit_command(office), number, kills)
    with sink(folder / "sink", port=server.port) as server:
        until_settled(office)
    return counted(name, office, server, killer, began, "-")


def shared(folder: Path, number: int, kills: int, senders: int) -> Result:
    """Kill several senders of one campaign, whose ledger is in PostgreSQL."""
    began = time.monotonic()
    with (
        postgresql_server(keeps_promises=True) as database,
        sink(folder / "sink") as server,
    ):
        office = found_office(folder / "project", server, number)
        office.set(f'ledger = "{database.new_database()}"')
        with ThreadPoolExecutor(senders) as pool:
            killers = [
                new_killer(office, server, pubkit_command(office), number, kills // senders, seed)
                for seed in range(senders)
            ]
            list(pool.map(Killer.run, killers))
        until_settled(office)
        in_doubt, taken = office.states()["in_doubt"], len(server.copies)
        office.reconcile(server.write_log(folder / "accepted.txt"))
        until_settled(office)
        missing = number - taken
        name = f"hold, {senders} senders, PostgreSQL"
        killers[0].killed = sum(killer.killed for killer in killers)
        doubt = f"{in_doubt} ({in_doubt - missing} / {missing})"
        return counted(name, office, server, killers[0], began, doubt)


def until_settled(office: Office) -> None:
    """Send until only those are left whom only a log can tell of; time passes quickly."""
    for _attempt in range(50):
        forget_delays(office)
        outcome = office.send("--keep-going", "--wait", "0")
        states = office.states()
        if outcome.code not in (0, 3):
            raise RuntimeError(outcome.err)
        if not states["pending"] + states["deferred"]:
            return
    raise RuntimeError(f"it does not come to an end: {states}")


def forget_delays(office: Office) -> None:
    """Let everything be due that the server has put off."""
    if office.ledger.exists():
        no_tables_yet = suppress(sqlite3.OperationalError)
        with no_tables_yet, closing(sqlite3.connect(office.ledger)) as ledger, ledger:
            ledger.execute("UPDATE pubkit_deliveries SET not_before = NULL")


def counted(
    name: str, office: Office, server: Sink, killer: Killer, began: float, in_doubt: str
) -> Result:
    """Compare what the ledger says with what the server took."""
    states = office.states()
    repeated, different = copies(server)
    return Result(
        name=name,
        members=killer.members,
        kills=killer.killed,
        lost=killer.members - states["failed"] - len(server.copies),
        repeated=repeated,
        different=different,
        in_doubt=in_doubt,
        seconds=time.monotonic() - began,
        note=f"{states['failed']} failed" if states["failed"] else "",
    )


def pubkit_command(office: Office) -> list[str]:
    """Return the command that sends and goes on."""
    return [*PUBKIT, *office.sending("--keep-going", "--wait", "0")]


def kill(office: Office, server: Sink, command: Sequence[str], number: int, kills: int) -> Killer:
    """Run a command with kills until it is done."""
    killer = new_killer(office, server, command, number, kills, seed=1)
    killer.run(lambda: forget_delays(office))
    return killer


def new_killer(
    office: Office, server: Sink, command: Sequence[str], number: int, kills: int, seed: int
) -> Killer:
    """Return what kills a command at random moments."""
    return Killer(
        command=command,
        folder=office.folder,
        environment=office.environment,
        sink=server,
        members=number,
        kills=kills,
        chance=random.Random(seed),  # noqa: S311
    )


EXPERIMENTS: dict[str, Callable[[Path], Result]] = {
    "naive": lambda folder: naive(folder, 500, 1),
    "hold": lambda folder: held(folder, 10_000, 200),
    "hold-faults": lambda folder: held(folder, 3_000, 60, FAULTS, "hold, with faults"),
    "mute": lambda folder: held(folder, 500, 0, MUTE, "hold, 5 % taken without an answer"),
    "resend": lambda folder: resent(folder, 5_000, 100),
    "resend-faults": lambda folder: resent(folder, 1_500, 30, FAULTS, "resend, with faults"),
    "shared": lambda folder: shared(folder, 2_000, 40, 3),
}
