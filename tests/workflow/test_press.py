"""Presses make what this process would make, in order, and leave nothing behind."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from pubkit.config.limits import DEFAULT_LIMITS
from pubkit.errors import PubkitError, RenderingError
from pubkit.workflow.orders import Order, Proven, order_edition
from pubkit.workflow.press import Here, Presses
from pubkit.workflow.project import Project, open_project
from pubkit.workflow.render import Page, original_of, prepare_pages
from pubkit.workflow.spool import Spool
from pubkit.workflow.wanted import Wanted
from tests.conftest import Run

BOTH = ("html", "pdf")


def pages_of(project: Project) -> list[Page]:
    """Return the pages of a project in all of its languages."""
    pages = prepare_pages(project, wanted=Wanted(languages=project.languages))
    return [page for page in pages if isinstance(page, Page)]


def orders_of(folder: Path, formats: tuple[str, ...]) -> Iterator[tuple[str, Order]]:
    """Yield what is to be made of a project."""
    project = open_project(folder)
    for page in pages_of(project):
        original = original_of(project, page)
        order = order_edition(original, formats=formats, limits=DEFAULT_LIMITS)
        yield page.document.lang, order


def pdf_of(made: Proven | PubkitError) -> bytes:
    """Return the PDF of an edition that was made without faults."""
    assert isinstance(made, Proven)
    assert not made.faults
    return made.edition.pdf or b""


def test_presses_make_the_same_bytes(project: Path) -> None:
    """However many there are, and in whatever process."""
    here = {lang: pdf_of(made) for lang, made in Here().make_all(orders_of(project, BOTH))}
    with Presses(2) as presses:
        there = {lang: pdf_of(made) for lang, made in presses.make_all(orders_of(project, BOTH))}

    assert there == here
    assert set(here) == {"en", "zh"}


def test_answers_come_in_the_order_of_the_orders(project: Path) -> None:
    """An error among them is its own answer, and orders are taken only as there is room."""
    (_lang, order), *_others = orders_of(project, ("html",))
    taken: list[int] = []

    def orders() -> Iterator[tuple[int, Order | PubkitError]]:
        for number in range(20):
            taken.append(number)
            yield number, RenderingError("no") if number % 5 == 0 else order

    ahead = 0
    with Presses(2, is_printed=False) as presses:
        for expected, (number, made) in enumerate(presses.make_all(orders())):
            ahead = max(ahead, len(taken) - expected)
            assert number == expected
            assert isinstance(made, RenderingError) is (number % 5 == 0)
    assert len(taken) == 20
    assert ahead <= 9


def test_a_press_that_is_killed_costs_one_edition(project: Path) -> None:
    """The others go on with the rest; without any left, each edition says so."""
    (_lang, order), *_others = orders_of(project, ("html",))
    with Presses(2, is_printed=False) as presses:
        made = presses.make_all((number, order) for number in range(9))
        next(made)
        os.kill(processes_of(presses)[0], signal.SIGKILL)
        answers = [answer for _number, answer in made]
        lost = [answer for answer in answers if isinstance(answer, PubkitError)]
        assert len(lost) <= 1
        assert len(answers) == 8


def test_no_press_outlives_its_block(project: Path) -> None:
    """Not even if it is left while they work."""
    (_lang, order), *_others = orders_of(project, ("html",))
    with Presses(2, is_printed=False) as presses:
        next(presses.make_all((number, order) for number in range(4)))
        processes = processes_of(presses)
    assert len(processes) == 2
    for _attempt in range(500):
        if not any(map(is_alive, processes)):
            return
        sleep(0.01)
    pytest.fail("a press is still there")


def processes_of(presses: Presses) -> list[int]:
    """Return the process ids of presses, the first one first."""
    first = presses.group
    children = Path(f"/proc/{first}/task/{first}/children").read_text("ascii").split()
    return [first, *map(int, children)]


def is_alive(process: int) -> bool:
    """Tell whether a process runs; one that has ended and was not waited for does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_fault_of_pubkit_keeps_its_story(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no error of the user's, so it ends the program where it would without presses."""

    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pubkit.workflow.jailed.document_pictures", broken)
    (_lang, order), *_others = orders_of(project, ("html",))
    with (
        Presses(1, is_printed=False) as presses,
        pytest.raises(RuntimeError, match="ZeroDivisionError"),
    ):
        list(presses.make_all([(1, order)]))


@pytest.mark.parametrize("jobs", ["0", "-1", "two"])
def test_wrong_number_of_jobs(run: Run, project: Path, jobs: str) -> None:
    """It is refused before anything is made."""
    assert run("render", "--jobs", jobs, cwd=project).code == 2
    assert not (project / "build").exists()


def test_what_is_spooled_comes_back_in_order(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it lies in memory or on the disk."""
    pages = pages_of(open_project(project))
    for most in (10, 10_000_000):
        monkeypatch.setattr("pubkit.workflow.spool.IN_MEMORY", most)
        spool: Spool[Page] = Spool()
        for page in pages * 3:
            spool.add(page)
        assert len(spool) == 3 * len(pages)
        assert list(spool) == pages * 3
