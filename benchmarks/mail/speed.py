"""How many messages a second, beside smtplib alone, and how soon a run begins that goes on."""

import resource
import shutil
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mail.office import Office, members
from tests.servers.sink import Sink, sink

from benchmarks.mail.campaigns import found_office, naive_command

HEAD = """\
| message | pubkit | smtplib alone | the same bytes | pubkit : smtplib |
| --- | ---: | ---: | ---: | ---: |"""
MESSAGES = 1_000
ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is sent."""

    name: str
    setting: str
    """A line of ``[mail]``."""
    has_pdf: bool = True
    """Whether the PDF is attached: the script attaches it always."""
    picture: int = 0
    """Bytes of the document's picture; 0 for the one that it has."""

    @property
    def place(self) -> str:
        """A name of a folder."""
        return self.name.replace(" ", "-")


KINDS = (
    Kind(name="a letter with a link", setting="largest_kilobytes = 1", has_pdf=False),
    Kind(name="the PDF attached", setting="largest_kilobytes = 9000"),
    Kind(name="a large PDF attached", setting="largest_kilobytes = 9000", picture=362_000),
)


def throughput(folder: Path) -> str:
    """Return a table of messages a second over one connection, everything included."""
    return "\n".join([HEAD, *(_row(folder / kind.place, kind) for kind in KINDS)])


def _row(folder: Path, kind: Kind) -> str:
    with sink(folder / "sink", keeps=True) as server:
        office = found_office(folder / "project", server, 1, picture=kind.picture)
        office.set(kind.setting)
        publish(office)
        message = _first_message(office, server)
    with sink(folder / "sink", port=server.port) as server:
        ours = _median(lambda: _rate(office, _own_run))
        ceiling = _median(lambda: _rate_of_bytes(server, message))
        plain, ratio = "–", "–"
        if kind.has_pdf:
            script = _median(lambda: _rate(office, _naive_run(server, folder)))
            plain, ratio = f"{script:,.0f}/s", f"{ours / script:.2f}"
    rates = f"{ours:,.0f}/s | {plain} | {ceiling:,.0f}/s | {ratio}"
    return f"| {kind.name}, {len(message) // 1000:,} KB | {rates} |"


def _median(measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _round in range(ROUNDS))


def _rate_of_bytes(server: Sink, message: bytes) -> float:
    """Return messages a second of smtplib that has nothing else to do."""
    with smtplib.SMTP("127.0.0.1", server.port) as client:
        began = time.perf_counter()
        for _number in range(MESSAGES):
            client.sendmail("press@library.example", ["m0@members.example"], message)
        return MESSAGES / (time.perf_counter() - began)


def publish(office: Office) -> None:
    """Say where editions can be read: a letter without the PDF has a link to it."""
    path = office.folder / "pubkit.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("# base_url", "base_url"), "utf-8")


def _first_message(office: Office, server: Sink) -> bytes:
    office.enrol(members(1))
    outcome = office.send()
    if outcome.code:
        raise RuntimeError(outcome.err)
    return server.messages[-1]


def _rate(office: Office, run: Callable[[Office], None]) -> float:
    """Return messages a second: what a long run takes more than a short one."""
    seconds = []
    for number in (1, 1 + MESSAGES):
        office.enrol(_english(number))
        began = time.perf_counter()
        run(office)
        seconds.append(time.perf_counter() - began)
    short, long = seconds
    return MESSAGES / (long - short)


def _english(number: int) -> list[str]:
    """Return members who all get the same edition."""
    return members(2 * number)[::2]


def _own_run(office: Office) -> None:
    shutil.rmtree(office.ledger.parent, ignore_errors=True)
    outcome = office.send()
    if outcome.code:
        raise RuntimeError(outcome.err)


def _naive_run(server: Sink, folder: Path) -> Callable[[Office], None]:
    def run(office: Office) -> None:
        (folder / "sent.txt").unlink(missing_ok=True)
        subprocess.run(  # noqa: S603
            naive_command(office, server, folder), check=True, capture_output=True
        )

    return run


def start_up(folder: Path) -> str:
    """Return what a run costs that goes on, and sends one message or none."""
    with sink(folder / "sink") as server:
        office = found_office(folder / "project", server, 10_000)
        office.send("--limit", "1")
        one = [_cost(office, office.sending("--limit", "1")) for _round in range(9)]
        office.enrol(members(1))
        office.send()
        none = [_cost(office, office.sending()) for _round in range(9)]
    bare = [_cost(office, None) for _round in range(9)]
    costs = {"sends one of 10,000": one, "has nothing to do": none, "is `python -c pass`": bare}
    return "\n".join([COSTS_HEAD, *(_cost_row(name, found) for name, found in costs.items())])


COSTS_HEAD = """\
| a run that | takes | processor |
| --- | ---: | ---: |"""
Cost = tuple[float, float]
"""Seconds, and seconds of the processor."""


def _cost_row(name: str, costs: Sequence[Cost]) -> str:
    seconds, processor = (statistics.median(column) for column in zip(*costs, strict=True))
    return f"| {name} | {seconds:.2f} s | {processor:.2f} s |"


def _cost(office: Office, command: Sequence[str] | None) -> Cost:
    own = ["-m", "pubkit", *command] if command else ["-c", "pass"]
    began, before = time.perf_counter(), _processor()
    subprocess.run(  # noqa: S603
        [sys.executable, *own],
        cwd=office.folder,
        env=office.environment,
        check=False,
        capture_output=True,
    )
    return time.perf_counter() - began, _processor() - before


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
