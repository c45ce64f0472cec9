"""The workers of a cluster, and who of them makes what.

The client hands out the documents itself, each to one worker: so it knows who has which files, and
whose end a document has caused. A document is *suspect* when a worker has ended that had it; then
it is given to a worker that has nothing else, and another end has proved it guilty.

Few documents are under way at any time: as many as keep the workers busy.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from itertools import count
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any
from uuid import uuid4

from pubkit.errors import ClusterError
from pubkit.messages import gettext as _
from pubkit.values import dataclass
from pubkit.workflow.cluster import station
from pubkit.workflow.cluster.machine import differences, has_other_fonts
from pubkit.workflow.cluster.shipment import Blobs, Task
from pubkit.workflow.cluster.wire import Answer, BrokenMessageError, read_answer

LOOK = 0.5
"""Seconds between two looks at who is there."""
PATIENCE = 60.0
"""Seconds without any worker, after which nothing more is expected."""
AHEAD = 2
"""Documents for each thread of a worker: one is made, one waits."""
AHEAD_HELD = 6
"""The same for documents whose files the worker has already."""
MOST_BYTES = 200_000_000
"""Of sources and pictures that are under way."""
MOST_DEATHS = 2
MOST_FAILURES = 3
"""Attempts that come to nothing without anybody's end: a full disk, files that were cleared."""
RESULT_SECONDS = 60
"""For what a worker has made to arrive."""

Differences = tuple[tuple[str, str, str], ...]


@dataclass(slots=True, kw_only=True)
class Worker:
    """One worker, as the client sees it."""

    address: str
    threads: int
    fonts: str = ""
    """The digest of the list of fonts that were sent; nothing if its own are the client's."""
    held: frozenset[str] = frozenset()
    tasks: dict[str, Task] = field(default_factory=dict)
    """What it has to do, by key."""

    def has_room(self, task: Task) -> bool:
        """Tell whether it can be given a document."""
        if task.deaths or any(other.deaths for other in self.tasks.values()):
            return not self.tasks
        ahead = AHEAD_HELD if self.holds(task) else AHEAD
        return len(self.tasks) < ahead * self.threads

    def holds(self, task: Task) -> bool:
        """Tell whether it has all that a document needs."""
        return not task.failures and self.held.issuperset(task.blobs)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A document that has come back."""

    task: Task
    answer: Answer


@dataclass(frozen=True, slots=True)
class Lost:
    """A document that could not be made anywhere, and why."""

    task: Task
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplies:
    """What every worker needs before it makes the first document."""

    machine: Mapping[str, str]
    """What makes the same bytes: the client's own description."""
    families: tuple[str, ...]
    """Those of the editions."""
    shared: Blobs
    fonts: Blobs
    """The client's files of the families, for workers that have others."""


class Crew:
    """All workers that make the same bytes as this machine."""

    def __init__(self, client: Any, supplies: Supplies, *, remark: Callable[[str], None]) -> None:
        self.workers: dict[str, Worker] = {}
        self.shipped = 0
        """How many bytes of files were sent."""
        self._client = client
        self._supplies = supplies
        self._remark = remark
        self._unfit: dict[str, Differences] = {}
        self._futures: dict[str, tuple[Any, Worker]] = {}
        self._done: SimpleQueue[str] = SimpleQueue()
        self._upcoming: Task | None = None
        self._again: deque[Task] = deque()
        self._lost: deque[Lost] = deque()
        self._keys = (f"pubkit-{uuid4().hex}" for _number in count())
        self._last_look = self._last_seen = monotonic()
        self._has_told = False

    def make_all(self, tasks: Iterator[Task]) -> Iterator[Arrived | Lost]:
        """Have documents made, and yield what became of them, in any order.

        Raises:
            ClusterError: A worker would make other bytes, or nobody is there any more.
        """
        self._look_around()
        if self._unfit:
            raise self._unfit_error()
        try:
            while self._hand_out(tasks) or self._futures or self._again:
                yield from self._settled()
                if monotonic() - self._last_look > LOOK:
                    self._look_around()
                while self._lost:
                    yield self._lost.popleft()
        finally:
            self._let_go()

    def _let_go(self) -> None:
        """Take back what is under way, and end the benches; who is gone needs nothing."""
        futures = [future for future, _worker in self._futures.values()]
        self._futures.clear()
        with suppress(Exception):
            if futures:
                self._client.cancel(futures, force=True)
            self._run(station.end_benches, on_error="ignore")

    def _run(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> dict[str, Any]:
        """Let workers do something at once, beside what they have to do."""
        found: dict[str, Any] = self._client.run(function, *arguments, **options)
        return found

    # ------------------------------------------------------------ what is handed out

    def _hand_out(self, tasks: Iterator[Task]) -> bool:
        """Give the workers what they have room for; tells whether there is more to come."""
        for again in [self._again.popleft() for _task in range(len(self._again))]:
            if not self._given(again):
                self._again.append(again)
        while task := self._upcoming or next(tasks, None):
            self._upcoming = None
            if self._bytes_under_way() > MOST_BYTES or not self._given(task):
                self._upcoming = task
                return True
        return False

    def _given(self, task: Task) -> bool:
        """Give a task to the worker that has its files, or else to the one with least to do."""
        free = [worker for worker in self._candidates(task) if worker.has_room(task)]
        if not free:
            return False
        worker = min(free, key=lambda one: (not one.holds(task), len(one.tasks) / one.threads))
        self._submit(task, worker)
        return True

    def _candidates(self, task: Task) -> Iterable[Worker]:
        """Return the workers among whom is chosen; one of them gets ready for what is suspect."""
        workers = sorted(self.workers.values(), key=lambda worker: len(worker.tasks))
        has_suspects = any(other.deaths for other in self._again)
        return workers if task.deaths or not has_suspects else workers[1:]

    def _submit(self, task: Task, worker: Worker) -> None:
        blobs = {} if worker.holds(task) else task.blobs
        key = next(self._keys)
        worker.tasks[key] = task
        self.shipped += sum(map(len, blobs.values()))
        future = self._client.submit(
            station.make_document,
            task.job.to_json(),
            blobs,
            worker.fonts,
            key=key,
            workers=[worker.address],
            pure=False,
        )
        self._futures[key] = future, worker
        future.add_done_callback(lambda _future: self._done.put(key))

    def _bytes_under_way(self) -> int:
        return sum(task.size for worker in self.workers.values() for task in worker.tasks.values())

    # ------------------------------------------------------------ what comes back

    def _settled(self) -> Iterator[Arrived | Lost]:
        """Yield what has come back, after a short while if nothing has."""
        with suppress(Empty):
            key = self._done.get(timeout=LOOK)
            while True:
                if key in self._futures:
                    future, worker = self._futures.pop(key)
                    yield from self._outcome(future, worker, worker.tasks.pop(key))
                key = self._done.get_nowait()

    def _outcome(self, future: Any, worker: Worker, task: Task) -> Iterator[Arrived | Lost]:
        from distributed import KilledWorker

        try:
            answer = read_answer(future.result(timeout=RESULT_SECONDS))
        except KilledWorker:
            yield from self._after_death(task)
        except BrokenMessageError:
            yield from self._after_failure(task, _("what came back was damaged"))
        except Exception as error:  # whatever a worker has raised
            yield from self._after_failure(task, f"{type(error).__name__}: {error}")
        else:
            if answer.lacking:
                self._supply(worker, set(answer.lacking))
                yield from self._after_failure(task, _("its files are lost again and again"))
            elif answer.crash:
                yield Lost(task, _("it has ended its process ({story})").format(story=answer.crash))
            else:
                yield Arrived(task, answer)

    def _after_failure(self, task: Task, reason: str) -> Iterator[Lost]:
        again = task.after_failure()
        if again.failures < MOST_FAILURES:
            self._again.append(again)
        else:
            yield Lost(task, reason)

    def _after_death(self, task: Task) -> Iterator[Lost]:
        again = task.after_death()
        if again.deaths < MOST_DEATHS:
            self._again.append(again)
        else:
            yield Lost(task, _("the worker that had it has ended, and so has the next one"))

    # ------------------------------------------------------------ who is there

    def _look_around(self) -> None:
        """Note who has come and who has gone."""
        try:
            present = dict(self._client.nthreads())
        except Exception:  # whatever happens to connections
            raise _gone() from None
        for address in set(self.workers) - set(present):
            self._bury(self.workers.pop(address))
        new = set(present) - set(self.workers) - set(self._unfit)
        if new:
            self._admit({address: present[address] for address in sorted(new)})
        self._last_look = monotonic()
        self._wait_for_workers()

    def _wait_for_workers(self) -> None:
        """Say once that nobody is there, and give up after a while."""
        if self.workers:
            self._last_seen, self._has_told = self._last_look, False
        elif self._last_look - self._last_seen > PATIENCE:
            raise self._unfit_error() if self._unfit else _nobody()
        elif not (self._has_told or self._unfit):
            self._has_told = True
            self._remark(
                _("The cluster has no worker; waiting for one, at most {seconds} seconds").format(
                    seconds=f"{PATIENCE:g}"
                )
            )

    def _bury(self, worker: Worker) -> None:
        for key, task in worker.tasks.items():
            future, _worker = self._futures.pop(key)
            future.cancel()
            self._lost.extend(self._after_death(task))
        worker.tasks.clear()

    def _admit(self, threads: Mapping[str, int]) -> None:
        """Look at workers that have come; who would make the same bytes belongs to the crew."""
        own = self._supplies
        found = self._run(
            station.examine_worker, own.families, workers=list(threads), on_error="return"
        )
        for address, machine in found.items():
            if isinstance(machine, OSError):
                continue  # It is gone again; the next look tells.
            others = _differences(own.machine, machine)
            if others:
                self._unfit[address] = others
                self._remark(_table({address: others}))
                continue
            fonts = own.fonts.digest if has_other_fonts(own.machine, machine) else ""
            worker = Worker(address=address, threads=threads[address], fonts=fonts)
            if self._supplied(worker):
                self.workers[address] = worker

    def _supplied(self, worker: Worker) -> bool:
        """Send a worker what all documents need; tells whether it has it."""
        try:
            held = self._run(station.held_blobs, workers=[worker.address])[worker.address]
            worker.held = frozenset(held)
            fonts = self._supplies.fonts.data if worker.fonts else ()
            self._supply(worker, {*self._supplies.shared.data, *fonts} - worker.held)
        except Exception:  # it is gone again; the next look tells
            return False
        return True

    def _supply(self, worker: Worker, digests: set[str]) -> None:
        for blobs in (self._supplies.shared, self._supplies.fonts):
            for digest in sorted(digests & set(blobs.data)):
                data = blobs.read(digest)
                self.shipped += len(data)
                self._run(station.receive_blobs, {digest: data}, workers=[worker.address])

    def _unfit_error(self) -> ClusterError:
        return ClusterError(
            _table(self._unfit),
            remedy=_("Install the same versions on all machines, or stop these workers"),
        )


def _differences(own: Mapping[str, str], machine: Any) -> Differences:
    if isinstance(machine, ImportError):
        return (("pubkit", own["pubkit"], _("not installed")),)
    if isinstance(machine, Exception):
        return (("pubkit", own["pubkit"], f"{type(machine).__name__}: {machine}"),)
    return differences(own, machine)


SHOWN = 10
"""Workers that a table names; the others are counted."""


def _table(unfit: Mapping[str, Differences]) -> str:
    """Return in words, and then in lines, why workers would make other bytes."""
    by_difference: dict[Differences, list[str]] = {}
    for address, others in unfit.items():
        by_difference.setdefault(others, []).append(address)
    lines = [_("Workers would make other editions than this machine:")]
    for others, addresses in by_difference.items():
        more = f" … ({len(addresses)})" if len(addresses) > SHOWN else ""
        lines.append(f"  {', '.join(sorted(addresses)[:SHOWN])}{more}")
        lines += [
            "    " + _("{name}: {here} here, {there} there").format(name=name, here=a, there=b)
            for name, a, b in others
        ]
    return "\n".join(lines)


def _gone() -> ClusterError:
    return ClusterError(
        _("The connection to the scheduler is lost; what was written is whole"),
        remedy=_("Look at the scheduler, and run the same command again"),
    )


def _nobody() -> ClusterError:
    return ClusterError(
        _("The cluster has had no worker for {seconds} seconds").format(seconds=f"{PATIENCE:g}"),
        remedy=_("Start workers with “dask worker ADDRESS”, and run the same command again"),
    )
