"""A cluster of two worker processes on this machine, of which one is killed half-way."""

import os
import shutil
import signal
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pubkit.errors import ClusterError
from pubkit.workflow.cluster import rendering
from pubkit.workflow.cluster.connection import verify_versions
from pubkit.workflow.cluster.crew import Crew
from pubkit.workflow.initialize import initialize
from pubkit.workflow.project import open_project
from pubkit.workflow.render import Rendered, render
from pubkit.workflow.wanted import Wanted
from tests.conftest import Run

DOCUMENTS = 5


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start a scheduler and two workers; starting them takes seconds."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address=None,
        local_directory=str(tmp_path_factory.mktemp("dask")),
    ) as started:
        yield started


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Return the folder of a project with some documents of a few lines."""
    folder = tmp_path / "news"
    for _path in initialize(folder, created="2025-03-14 09:00+0000"):
        pass
    text = (folder / "source/welcome.md").read_text("utf-8").partition("\n---\n")
    (folder / "source/welcome.md").unlink()
    for number in range(1, DOCUMENTS + 1):
        head = "".join(text[:2]).replace("2025-", f"202{number}-")
        (folder / f"source/d{number}.md").write_text(f"{head}\nText {number}.\n", "utf-8")
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.filterwarnings("ignore")  # of Dask
def test_cluster_makes_the_bytes_of_a_local_run(
    cluster: Any, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever happens to a worker; and nothing that it has is sent again."""
    project = open_project(documents)
    crews: list[Crew] = []

    class Watched(Crew):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            crews.append(self)

    monkeypatch.setattr(rendering, "Crew", Watched)
    pages = Wanted(languages=("en", "zh"), formats=("html",))
    both = replace(pages, formats=("html", "pdf"))
    address = cluster.scheduler_address
    for _time in range(2):
        few = rendering.render_on_cluster(project, ["d1", "d2"], wanted=pages, address=address)
        assert len(list(few)) == 4

    results = rendering.render_on_cluster(project, wanted=both, address=address)
    made = [next(results)]
    busy = next(worker for worker in crews[-1].workers.values() if worker.tasks)
    nanny = next(one for one in cluster.workers.values() if one.worker_address == busy.address)
    os.kill(nanny.pid, signal.SIGKILL)
    made += results
    found = files_of(project.config.build)
    shutil.rmtree(project.config.build)
    expected = list(render(project, wanted=both))

    assert crews[0].shipped > 0
    assert crews[1].shipped == 0
    assert [type(result) for result in made] == [Rendered] * 2 * DOCUMENTS
    assert {(r.edition.document.name, r.edition.document.lang, r.waiting) for r in made} == {
        (r.edition.document.name, r.edition.document.lang, r.waiting) for r in expected
    }
    assert len(found) == 4 * DOCUMENTS
    assert found == files_of(project.config.build)


def test_scheduler_that_is_not_there_is_told_with_its_address(run: Run, project: Path) -> None:
    """Within seconds, and with what can be done."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
    outcome = run("render", "--all", "--cluster", address, cwd=project)

    assert outcome.code == 2
    assert f"No scheduler of Dask answers at {address}" in outcome.err
    assert "Traceback" not in outcome.err
    assert not (project / "build").exists()


@pytest.mark.parametrize("address", ["nonsense", "foo://x:1", "tls://127.0.0.1:8786"])
def test_address_that_is_none_is_told_at_once(run: Run, project: Path, address: str) -> None:
    """Nor does Dask complain of it."""
    outcome = run("render", "--cluster", address, cwd=project)

    assert outcome.code == 2
    assert f"No scheduler of Dask answers at {address}" in outcome.err
    assert "Traceback" not in outcome.err


def test_other_version_of_dask_is_told() -> None:
    """Schedulers and clients of two versions may misunderstand each other."""

    class Elsewhere:
        def get_versions(self) -> Any:
            """Say what Dask says of a scheduler."""
            return {"scheduler": {"packages": {"distributed": "1.0"}}}

    with pytest.raises(ClusterError, match=r"has distributed 1\.0, pubkit has 20"):
        verify_versions(Elsewhere(), "tcp://there:8786")


def test_all_documents_and_one_are_not_wanted_together(run: Run, project: Path) -> None:
    """It is said before anything is read."""
    outcome = run("render", "--all", "welcome", cwd=project)

    assert outcome.code == 2
    assert "--all" in outcome.err


def test_cluster_without_dask_names_the_extra(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most people have one machine."""
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    outcome = run("render", "--cluster", "tcp://127.0.0.1:1", cwd=project)

    assert outcome.code == 2
    assert 'pip install "pubkit[cluster]"' in outcome.err
