"""How many messages a second, beside smtplib alone, and how soon a run begins that goes on."""

import os
import shutil
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
| message | pubkit | smtplib alone | ratio |
| --- | ---: | ---: | ---: |"""
MESSAGES = 2_000
ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is sent."""

    name: str
    setting: str
    """A line of ``[mail]``."""
    picture: int = 0
    """Bytes of the document's picture; 0 for the one that it has."""


KINDS = (
    Kind(name="a letter with a link", setting="largest_kilobytes = 1"),
    Kind(name="the PDF attached", setting="largest_kilobytes = 9000"),
    Kind(name="a large PDF attached", setting="largest_kilobytes = 9000", picture=362_000),
)


def throughput(folder: Path) -> str:
    """Return a table of messages a second over one connection, everything included."""
    rows = []
    for number, kind in enumerate(KINDS):
        with sink(folder / f"sink{number}") as server:
            office = found_office(folder / f"project{number}", server, 1, picture=kind.picture)
            office.set(kind.setting)
            publish(office)
            size = _size_of_a_message(office, server)
            ours = statistics.median(_rate(office, _own_run) for _round in range(ROUNDS))
            plain = statistics.median(
                _rate(office, _naive_run(server, folder)) for _round in range(ROUNDS)
            )
        rate = f"{ours:,.0f}/s | {plain:,.0f}/s | {ours / plain:.2f}"
        rows.append(f"| {kind.name}, {size // 1000:,} KB | {rate} |")
    return "\n".join([HEAD, *rows])


def publish(office: Office) -> None:
    """Say where editions can be read: a letter without the PDF has a link to it."""
    path = office.folder / "pubkit.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("# base_url", "base_url"), "utf-8")


def _size_of_a_message(office: Office, server: Sink) -> int:
    office.enrol(members(1))
    outcome = office.send()
    if outcome.code:
        raise RuntimeError(outcome.err)
    return server.taken[-1].size


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
    """Return how soon a run that goes on has its first message out, and ends with nothing to do."""
    with sink(folder / "sink") as server:
        office = found_office(folder / "project", server, 10_000)
        office.send("--limit", "100")
        first = [_seconds_to_first_message(office, server) for _round in range(9)]
        office.enrol(members(100))
        nothing = [_seconds(office.environment, office, office.sending()) for _round in range(9)]
    bare = [_seconds(dict(os.environ), office, None) for _round in range(9)]
    return "\n".join(
        [
            "| start | seconds |",
            "| --- | ---: |",
            f"| until the first message of a run that goes on | {statistics.median(first):.2f} |",
            f"| a run with nothing to do | {statistics.median(nothing):.2f} |",
            f"| python -c pass | {statistics.median(bare):.2f} |",
        ]
    )


def _seconds_to_first_message(office: Office, server: Sink) -> float:
    log = server.folder / "truth.tsv"
    before, began = log.stat().st_size, time.perf_counter()
    command = [sys.executable, "-m", "pubkit", *office.sending("--limit", "1")]
    with subprocess.Popen(  # noqa: S603
        command, cwd=office.folder, env=office.environment, stdout=subprocess.DEVNULL
    ):
        while log.stat().st_size == before:
            time.sleep(0.001)
        return time.perf_counter() - began


def _seconds(environment: dict[str, str], office: Office, command: Sequence[str] | None) -> float:
    own = ["-m", "pubkit", *command] if command else ["-c", "pass"]
    began = time.perf_counter()
    subprocess.run(  # noqa: S603
        [sys.executable, *own], cwd=office.folder, env=environment, check=False, capture_output=True
    )
    return time.perf_counter() - began
