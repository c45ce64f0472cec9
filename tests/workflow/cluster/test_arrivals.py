"""What a worker sends is written if it belongs to what was asked for, and not otherwise."""

from pathlib import Path

import pytest

from pubkit.errors import Location, RenderingError
from pubkit.workflow.cluster.arrivals import write_arrivals
from pubkit.workflow.cluster.shipment import Task, pack, shared_files
from pubkit.workflow.cluster.wire import Answer, BrokenMessageError, MadeEdition
from pubkit.workflow.project import Project, open_project
from pubkit.workflow.render import Failed, Rendered
from pubkit.workflow.wanted import Wanted

PAGE = "build/en/welcome.html"


@pytest.fixture
def opened(project: Path) -> Project:
    """Return the new project."""
    return open_project(project)


def packed(project: Project, **wanted: bool) -> Task:
    """Return the project's document as it is sent, for a page in English."""
    document = project.document(project.paths()[0])
    return pack(
        project,
        document,
        base="0" * 64,
        wanted=Wanted(languages=("en",), formats=("html",), **wanted),
    )


def answer(files: dict[str, bytes], **edition: object) -> Answer:
    """Return an answer with an English edition."""
    made = MadeEdition(lang="en", **edition)  # type: ignore[arg-type]
    return Answer(editions=(made,), files=files, root="/there")


def test_task_has_all_that_the_document_needs_and_nothing_else(opened: Project) -> None:
    """Its text, its catalog in the languages that are wanted, its pictures."""
    task = packed(opened)

    assert set(task.job.files) == {
        "source/welcome.md",
        "source/pictures/reading-room.jpg",
        "locales/en/LC_MESSAGES/welcome.po",
    }
    assert set(task.blobs) == set(task.job.files.values())


def test_task_of_a_newsroom_names_the_editions_that_are_there(opened: Project) -> None:
    """Pages of a newsroom lead to them; other pages lead to all."""
    path = opened.config.build / "zh/welcome.html"
    path.parent.mkdir(parents=True)
    path.touch()

    assert packed(opened, is_site=True).job.existing == ("build/zh/welcome.html",)
    assert packed(opened, is_site=False).job.existing == ()


def test_shared_files_have_the_pictures_of_templates(project: Path) -> None:
    """A style sheet may show a picture that no document has."""
    (project / "templates").mkdir(exist_ok=True)
    (project / "source/seal.png").write_bytes(b"seal")
    (project / "source/other.png").write_bytes(b"other")
    before = shared_files(open_project(project))
    (project / "templates/publisher.css").write_text("x { background: url(seal.png) }")
    after = shared_files(open_project(project))

    assert b"seal" not in before.data.values()
    assert b"seal" in after.data.values()
    assert b"other" not in after.data.values()
    assert before.digest != after.digest


def test_edition_is_written_with_its_pictures(opened: Project) -> None:
    """As a local run leaves it."""
    files = {PAGE: b"<html>", "build/pictures/reading-room.jpg": b"small"}
    (found,) = write_arrivals(opened, packed(opened), answer(files, paths=(PAGE,), waiting=3))

    assert isinstance(found, Rendered)
    assert found.waiting == 3
    assert {path: (opened.config.root / path).read_bytes() for path in files} == files


def test_error_speaks_of_this_folder(opened: Project) -> None:
    """Where the worker had the project is of no use to anybody."""
    error = RenderingError(
        "In /there/x", location=Location("/there/a.po", 2), remedy="Open /there/a.po"
    )
    (found,) = write_arrivals(opened, packed(opened), answer({}, error=error))

    root = opened.config.root
    assert isinstance(found, Failed)
    assert str(found.error) == f"{root}/a.po:2: In {root}/x"
    assert found.error.remedy == f"Open {root}/a.po"


@pytest.mark.parametrize(
    "path",
    [
        "build/en/other.html",
        "build/en/welcome.pdf",
        "build/zh/welcome.html",
        "build/../source/welcome.md",
        "../welcome.html",
        "/tmp/welcome.html",  # noqa: S108  # nothing is written there
        "pubkit.toml",
        ".pubkit/manifest.json",
    ],
)
def test_file_that_nobody_asked_for_is_not_written(opened: Project, path: str) -> None:
    """A worker that was taken over writes editions of its own documents at most."""
    forged = answer({PAGE: b"<html>", path: b"forged"}, paths=(PAGE,))

    with pytest.raises(BrokenMessageError):
        list(write_arrivals(opened, packed(opened), forged))
    assert not (opened.config.root / PAGE).exists()


def test_answer_without_an_edition_is_refused(opened: Project) -> None:
    """Nothing is left out in silence."""
    for strange in (Answer(), answer({}, paths=(PAGE,))):
        with pytest.raises(BrokenMessageError):
            list(write_arrivals(opened, packed(opened), strange))
