"""Who makes what, with workers that come and go: a cluster whose every step the test decides."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from typing import Any

import pytest

from pubkit.errors import ClusterError
from pubkit.model import Document
from pubkit.workflow.cluster import crew as crew_module
from pubkit.workflow.cluster import station
from pubkit.workflow.cluster.crew import AHEAD, Arrived, Crew, Lost, Supplies
from pubkit.workflow.cluster.shipment import Blobs, Task
from pubkit.workflow.cluster.wire import Answer, Job, write_answer

MACHINE = {"pubkit": "1", "Pango": "1.50", "font A.ttf": "0"}
SUPPLIES = Supplies(
    machine=MACHINE,
    families=("A",),
    shared=Blobs.of({"pubkit.toml": b"settings"}),
    fonts=Blobs.of({"A.ttf": b"font"}),
)


def make_tasks(*names: str) -> Iterator[Task]:
    """Yield documents as they are sent."""
    for name in names:
        document = Document(name=name, path=name, lang="en", source_lang="en", date=None)
        job = Job(document=name, base="0", files={}, languages=("en",), formats=("html",))
        yield Task(document=document, job=job, blobs={name: name.encode()})


class Cluster:
    """Answers as the client of Dask does: one document at each step, by the worker that has it."""

    status = "running"

    def __init__(self, *workers: str) -> None:
        self.machines: dict[str, Mapping[str, str] | Exception] = dict.fromkeys(workers, MACHINE)
        self.blobs: dict[str, dict[str, bytes]] = {worker: {} for worker in workers}
        self.waiting: list[tuple[str, str, Future[bytes]]] = []
        self.happens: Callable[[str, str], bool] = lambda _worker, _document: False
        """Is told of each document that is begun; whether it ends the worker."""
        self.most_waiting = 0

    def nthreads(self) -> dict[str, int]:
        """Say who is there; meanwhile a document is made."""
        self._step()
        return dict.fromkeys(self.machines, 1)

    def run(
        self, function: Callable[..., Any], *arguments: Any, workers: Any = None, **_: Any
    ) -> dict[str, Any]:
        """Let workers answer at once."""
        answers: dict[str, Any] = {}
        for worker in workers or self.machines:
            if function is station.examine_worker:
                answers[worker] = self.machines[worker]
            elif function is station.held_blobs:
                answers[worker] = tuple(self.blobs[worker])
            elif function is station.receive_blobs:
                self.blobs[worker] |= arguments[0]
        return answers

    def submit(
        self, _function: object, job: str, blobs: Any, fonts: str, *, workers: Any, **_: Any
    ) -> Any:
        """Give a worker a document."""
        (worker,) = workers
        self.blobs[worker] |= blobs
        future: Any = Future()
        self.waiting.append((worker, Job.from_json(job).document, future))
        self.most_waiting = max(self.most_waiting, len(self.waiting))
        return future

    def cancel(self, futures: list[Any], **_: Any) -> None:
        """Take documents back."""
        self.waiting = [item for item in self.waiting if item[2] not in futures]

    def _step(self) -> None:
        if not self.waiting:
            return
        worker, document, future = self.waiting.pop(0)
        if self.happens(worker, document):
            del self.machines[worker]
            self.waiting = [item for item in self.waiting if item[0] != worker]
        else:
            future.set_result(write_answer(Answer(root=document)))

    def join(self, worker: str, machine: Mapping[str, str] | Exception = MACHINE) -> None:
        """Let a worker come."""
        self.machines[worker], self.blobs[worker] = machine, {}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look around all the time."""
    monkeypatch.setattr(crew_module, "LOOK", 0.0001)


def make_all(
    cluster: Cluster, *names: str, remarks: list[str] | None = None
) -> dict[str, Arrived | Lost]:
    """Have documents made, and return what has become of each."""
    said = [] if remarks is None else remarks
    crew = Crew(cluster, SUPPLIES, remark=said.append)
    outcomes = list(crew.make_all(make_tasks(*names)))
    assert len(outcomes) == len(names)
    return {outcome.task.document.name: outcome for outcome in outcomes}


def lost(outcomes: Mapping[str, Arrived | Lost]) -> set[str]:
    """Return the documents that could not be made."""
    return {name for name, outcome in outcomes.items() if isinstance(outcome, Lost)}


def test_all_documents_are_made_and_few_are_under_way() -> None:
    """A million documents are never a million futures."""
    cluster = Cluster("a", "b")
    names = [f"d{number}" for number in range(50)]
    outcomes = make_all(cluster, *names)

    assert lost(outcomes) == set()
    assert cluster.most_waiting <= 2 * AHEAD


def test_worker_that_ends_costs_no_document() -> None:
    """What it had is made by the other one, even what was only waiting there."""
    cluster = Cluster("a", "b")
    cluster.happens = lambda worker, _document: worker == "a"

    assert lost(make_all(cluster, "d1", "d2", "d3", "d4", "d5")) == set()


def test_document_that_ends_two_workers_is_named_and_costs_no_other() -> None:
    """The second time it is alone, so nobody else is suspected."""
    cluster = Cluster("a", "b", "c")
    cluster.happens = lambda _worker, document: document == "poison"

    assert lost(make_all(cluster, "d1", "poison", "d2", "d3", "d4", "d5", "d6")) == {"poison"}
    assert len(cluster.machines) == 1


def test_cluster_without_workers_is_waited_for_and_then_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is told at once, and given up after a while."""
    monkeypatch.setattr(crew_module, "PATIENCE", 0.05)
    cluster, remarks = Cluster("a"), list[str]()
    cluster.happens = lambda _worker, _document: True

    with pytest.raises(ClusterError, match="no worker"):
        make_all(cluster, "d1", remarks=remarks)
    assert "waiting for one" in remarks[0]


def test_worker_that_comes_later_helps() -> None:
    """A cluster that has lost everybody goes on when somebody comes."""
    cluster = Cluster("a")

    def ends(worker: str, _document: str) -> bool:
        if worker == "a":
            cluster.join("b")
        return worker == "a"

    cluster.happens = ends

    assert lost(make_all(cluster, "d1", "d2", "d3")) == set()


def test_other_version_is_refused_before_anything_is_made() -> None:
    """The table says what differs, and where."""
    cluster = Cluster("a")
    cluster.join("tcp://b:1", MACHINE | {"Pango": "1.52"})
    cluster.join("tcp://c:1", ModuleNotFoundError("No module named 'pubkit'"))

    with pytest.raises(ClusterError) as refusal:
        make_all(cluster, "d1")
    assert "tcp://b:1\n    Pango: 1.50 here, 1.52 there" in refusal.value.message
    assert "tcp://c:1\n    pubkit: 1 here, not installed there" in refusal.value.message
    assert cluster.most_waiting == 0


def test_other_version_that_comes_later_gets_nothing() -> None:
    """A night's work is not given up for it; it is told."""
    cluster, remarks, workers = Cluster("a"), list[str](), list[str]()

    def begins(worker: str, _document: str) -> bool:
        if "b" not in cluster.machines:
            cluster.join("b", MACHINE | {"Pango": "1.52"})
        workers.append(worker)
        return False

    cluster.happens = begins
    outcomes = make_all(cluster, *(f"d{number}" for number in range(9)), remarks=remarks)

    assert lost(outcomes) == set()
    assert set(workers) == {"a"}
    assert "Pango" in remarks[0]


def test_fonts_are_sent_to_who_has_others() -> None:
    """Who has the same gets none."""
    cluster = Cluster("a")
    cluster.join("b", {name: MACHINE[name] for name in ("pubkit", "Pango")})
    make_all(cluster, "d1")

    assert b"font" in cluster.blobs["b"].values()
    assert b"font" not in cluster.blobs["a"].values()


def test_nothing_is_sent_that_a_worker_has() -> None:
    """Neither what all documents share, nor the documents themselves."""
    cluster = Cluster("a", "b")
    first = Crew(cluster, SUPPLIES, remark=print)
    list(first.make_all(make_tasks("d1", "d2", "d3", "d4")))
    second = Crew(cluster, SUPPLIES, remark=print)
    list(second.make_all(make_tasks("d1", "d2", "d3", "d4")))

    assert first.shipped > 0
    assert second.shipped == 0


def test_worker_that_lost_its_files_gets_them_again() -> None:
    """What it says it lacks is sent, and the document is made."""
    cluster = Cluster("a")
    crew = Crew(cluster, SUPPLIES, remark=print)
    answers = iter([Answer(lacking=[SUPPLIES.shared.digest]), Answer()])

    def step() -> None:
        for _worker, _document, future in cluster.waiting:
            future.set_result(write_answer(next(answers)))
        cluster.waiting.clear()

    cluster._step = step  # type: ignore[method-assign]
    (outcome,) = crew.make_all(make_tasks("d1"))

    assert isinstance(outcome, Arrived)
    assert outcome.task.failures == 1


def test_answer_that_stays_damaged_is_given_up() -> None:
    """Three times, and the document is named."""
    cluster = Cluster("a")

    def step() -> None:
        for _worker, _document, future in cluster.waiting:
            future.set_result(b"nonsense")
        cluster.waiting.clear()

    cluster._step = step  # type: ignore[method-assign]

    assert lost(make_all(cluster, "d1", "d2")) == {"d1", "d2"}


def test_nothing_stays_under_way_when_the_user_interrupts() -> None:
    """What was handed out is taken back."""
    cluster = Cluster("a")
    outcomes = Crew(cluster, SUPPLIES, remark=print).make_all(make_tasks("d1", "d2", "d3", "d4"))
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]

    assert cluster.waiting == []
