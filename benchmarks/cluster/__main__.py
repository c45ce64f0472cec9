"""What an edition costs on a cluster: the client, the scheduler, the workers, and a local run.

::

    python -m benchmarks.cluster [--documents 30]

A scheduler and two workers run on this machine, connected by its loopback. Times are those of the
processor, so a busy machine changes them little; the time by the clock is not told.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep
from typing import Any

from pubkit.workflow.cluster import rendering
from pubkit.workflow.cluster.crew import Crew
from pubkit.workflow.initialize import initialize
from pubkit.workflow.project import Project, open_project
from pubkit.workflow.render import Failed, Rendered, Wanted, render

WORKERS = 2
TICKS = os.sysconf("SC_CLK_TCK")
DASK = "from distributed.cli import dask_{0}; dask_{0}.main()"


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=30)
    number = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder) / "news", number)
        local = measure_local(project)
        with cluster(Path(folder)) as machines:
            first = measure_cluster(project, machines)
            second = measure_cluster(project, machines)
            end(machines)
            report(local, first, second, machines, editions=2 * number)


def make_project(folder: Path, number: int) -> Project:
    """Return a project with this many copies of the sample document, each of another year."""
    for _path in initialize(folder, created="2025-03-14 09:00+0000"):
        pass
    text = (folder / "source/welcome.md").read_text("utf-8")
    catalogs = list(folder.glob("locales/*/LC_MESSAGES/welcome.po"))
    for copy in range(1, number):
        name = f"copy-{copy}"
        (folder / f"source/{name}.md").write_text(text, "utf-8")
        for catalog in catalogs:
            entries = catalog.read_text("utf-8").replace("welcome.md", f"{name}.md")
            catalog.with_name(f"{name}.po").write_text(entries, "utf-8")
    return open_project(folder)


# ---------------------------------------------------------------- processes


@dataclass
class Machine:
    """A process of Dask."""

    process: subprocess.Popen[bytes]
    peaks: dict[str, int] = field(default_factory=dict)
    """The most memory that it and its children had, in KiB."""

    def seconds(self) -> float:
        """Return what it has taken of the processor, with the children that have ended."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICKS

    def look(self) -> None:
        """Note its memory, and that of its benches."""
        self._note("own", self.process.pid)
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        for task in children.parents[1].iterdir():
            for child in (task / "children").read_text().split():
                self._note("bench", int(child))

    def _note(self, name: str, pid: int) -> None:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            return
        if "VmHWM:" in status:
            size = int(status.split("VmHWM:")[1].split()[0])
            self.peaks[name] = max(size, self.peaks.get(name, 0))


@contextmanager
def cluster(folder: Path) -> Iterator[list[Machine]]:
    """Start a scheduler and workers; the scheduler is the first of them."""
    address = folder / "scheduler.json"
    where = ("--scheduler-file", str(address))
    quiet = ("--no-dashboard", "--host", "127.0.0.1")
    machines = [_start("scheduler", *where, "--port", "0", *quiet)]
    try:
        while not address.exists():
            sleep(0.1)
        local = ("--local-directory", str(folder / "dask"), "--nthreads", "1", "--no-nanny")
        machines += [_start("worker", *where, *local, *quiet) for _worker in range(WORKERS)]
        yield machines
    finally:
        end(machines)


def _start(kind: str, *arguments: str) -> Machine:
    command = [sys.executable, "-c", DASK.format(kind), *arguments]
    return Machine(subprocess.Popen(command, stderr=subprocess.DEVNULL))  # noqa: S603


def end(machines: list[Machine]) -> None:
    """End all processes; benches end with their workers."""
    for machine in machines:
        machine.process.kill()
    for machine in machines:
        machine.process.wait()


# ---------------------------------------------------------------- measuring


@dataclass(frozen=True)
class Local:
    """What a run on this machine has taken."""

    seconds: float


@dataclass(frozen=True)
class OnCluster:
    """What a run on the cluster has taken."""

    client: float
    scheduler: float
    workers: float
    shipped: int
    returned: int


WANTED = Wanted(languages=("en", "zh"))


def measure_local(project: Project) -> Local:
    """Make all editions in this process, after one that loads what is loaded once."""
    list(render(project, ["welcome"], wanted=WANTED))
    before = _own_seconds()
    for result in render(project, wanted=WANTED):
        _paths(result)
    return Local(_own_seconds() - before)


def _paths(result: Rendered | Failed) -> tuple[Path, ...]:
    if isinstance(result, Failed):
        raise result.error
    return result.paths


def _own_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measure_cluster(project: Project, machines: list[Machine]) -> OnCluster:
    """Make all editions on the cluster."""
    crews: list[Crew] = []

    class Watched(Crew):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            crews.append(self)

    rendering.Crew = Watched  # type: ignore[misc]
    address = f"tcp://127.0.0.1:{_port(machines[0])}"
    before, theirs, returned = _own_seconds(), [one.seconds() for one in machines], 0
    for result in rendering.render_on_cluster(project, wanted=WANTED, address=address):
        returned += sum(path.stat().st_size for path in _paths(result))
        for machine in machines:
            machine.look()
    client = _own_seconds() - before
    sleep(1)  # until the benches have ended
    scheduler, *workers = (one.seconds() - t for one, t in zip(machines, theirs, strict=True))
    return OnCluster(client, scheduler, sum(workers), crews[0].shipped, returned)


def _port(scheduler: Machine) -> str:
    """Return where the scheduler listens, as its own process says."""
    arguments = Path(f"/proc/{scheduler.process.pid}/cmdline").read_text().split("\0")
    file = Path(arguments[arguments.index("--scheduler-file") + 1])
    return str(json.loads(file.read_text())["address"]).rpartition(":")[2]


def report(
    local: Local, first: OnCluster, second: OnCluster, machines: list[Machine], *, editions: int
) -> None:
    """Print what was measured, for one edition."""
    say(f"{editions} editions, {WORKERS} workers; milliseconds of the processor per edition\n")
    say(f"local run                 {1000 * local.seconds / editions:8.1f}")
    for name, run in (("first", first), ("second", second)):
        say(f"{name} run on the cluster")
        for part in ("client", "scheduler", "workers"):
            say(f"  {part:<22}  {1000 * getattr(run, part) / editions:8.1f}")
        say(f"  bytes shipped           {run.shipped / editions:8.0f}")
        say(f"  bytes back              {run.returned / editions:8.0f}")
    say("peak memory, MiB")
    say(f"  client                  {_peak() / 1024:8.0f}")
    say(f"  scheduler               {machines[0].peaks['own'] / 1024:8.0f}")
    say(f"  worker                  {_most(machines, 'own'):8.0f}")
    say(f"  bench                   {_most(machines, 'bench'):8.0f}")


def say(line: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{line}\n")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _most(machines: list[Machine], name: str) -> float:
    return max(machine.peaks.get(name, 0) for machine in machines[1:]) / 1024


if __name__ == "__main__":
    main()
