"""Files by their content, and the folders that are made of them."""

from pathlib import Path

import pytest

from pubkit.errors import Location, RenderingError
from pubkit.workflow.cluster.blobs import BlobStore, WrongBlobError, digest_of
from pubkit.workflow.cluster.replica import Replica, lacking_blobs, write_base
from pubkit.workflow.cluster.wire import (
    Answer,
    BrokenMessageError,
    Job,
    MadeEdition,
    path_below,
    read_answer,
    write_answer,
)

SETTINGS = b'[project]\nlanguages = ["en"]\n'


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    """Return an empty store."""
    return BlobStore(tmp_path / "blobs")


def test_blob_comes_back(store: BlobStore) -> None:
    """What was kept under its digest is read, and no longer lacking."""
    digest = digest_of(b"text")
    before = store.lacking([digest])
    store.keep({digest: b"text"})

    assert before == (digest,)
    assert store.lacking([digest]) == ()
    assert store.read(digest) == b"text"


def test_blob_with_another_content_is_refused(store: BlobStore) -> None:
    """A hash is looked at where it arrives, not where it was made."""
    digest = digest_of(b"text")

    with pytest.raises(WrongBlobError):
        store.keep({digest: b"other text"})
    assert store.lacking([digest]) == (digest,)


@pytest.mark.parametrize("name", ["../escape", "/etc/passwd", "", "A" * 64])
def test_blob_name_that_is_no_digest_is_refused(store: BlobStore, name: str) -> None:
    """A name becomes a path, so it is nothing but a digest."""
    with pytest.raises(WrongBlobError):
        store.path(name)


def test_blob_that_was_changed_on_the_disk_is_refused(store: BlobStore) -> None:
    """Another program may have written into the folder."""
    digest = digest_of(b"text")
    store.keep({digest: b"text"})
    store.path(digest).chmod(0o600)
    store.path(digest).write_bytes(b"forged")

    with pytest.raises(WrongBlobError):
        store.read(digest)


def test_room_is_made_by_the_blobs_that_were_used_first(store: BlobStore) -> None:
    """The one that was asked for last stays."""
    first, second = digest_of(b"first"), digest_of(b"second")
    store.keep({first: b"first", second: b"second"})
    store.lacking([first])

    assert store.make_room(5) == 5
    assert store.lacking([first, second]) == (second,)


@pytest.mark.parametrize("path", ["../news.md", "source/../../news.md", "/etc/news.md", "", "a\0b"])
def test_path_out_of_the_folder_is_refused(store: BlobStore, tmp_path: Path, path: str) -> None:
    """Whoever sends a project writes nothing beside it."""
    base = {"pubkit.toml": digest_of(SETTINGS), path: digest_of(SETTINGS)}
    listed = write_base(base)
    store.keep({digest_of(SETTINGS): SETTINGS, digest_of(listed): listed})

    with pytest.raises(BrokenMessageError):
        Replica.of(store, digest_of(listed), tmp_path / "replica")


def test_path_below_the_folder_is_taken(tmp_path: Path) -> None:
    """Folders and dots in names are no way out."""
    assert path_below(tmp_path, "source/a..b/.news.md") == tmp_path / "source/a..b/.news.md"


def make_job(base: str, **files: str) -> Job:
    """Return a job with some files."""
    return Job(document="news", base=base, files=files, languages=("en",), formats=("html",))


def test_replica_holds_a_document_for_a_while(store: BlobStore, tmp_path: Path) -> None:
    """What it was lent, and what was made with it, is gone afterwards; what is shared stays."""
    listed = write_base({"pubkit.toml": digest_of(SETTINGS)})
    store.keep({digest_of(data): data for data in (SETTINGS, listed, b"text")})
    job = Job(
        document="news",
        base=digest_of(listed),
        files={"source/news.md": digest_of(b"text")},
        languages=("en",),
        formats=("html",),
        existing=("build/zh/news.html",),
    )
    replica = Replica.of(store, job.base, tmp_path / "replica")
    with replica.holding(store, job) as project:
        source = (project.config.source / "news.md").read_bytes()
        (project.config.build / "en").mkdir()
        (project.config.build / "en/news.html").write_bytes(b"page")
        written = replica.written(project)

    assert source == b"text"
    assert written == {"build/en/news.html": b"page"}
    left = {path.name for path in replica.folder.rglob("*") if path.is_file()}
    assert left == {"pubkit.toml"}


def test_lacking_blobs_are_those_of_both_lists(store: BlobStore) -> None:
    """Without the list of shared files, the list is what is lacking."""
    listed = write_base({"pubkit.toml": digest_of(SETTINGS)})
    job = make_job(digest_of(listed), news=digest_of(b"text"))
    nothing = lacking_blobs(store, job)
    store.keep({digest_of(listed): listed})

    assert nothing == (digest_of(listed), digest_of(b"text"))
    assert lacking_blobs(store, job) == (digest_of(SETTINGS), digest_of(b"text"))


# ---------------------------------------------------------------- messages

ANSWER = Answer(
    editions=(
        MadeEdition(lang="en", waiting=2, pictures=("a.jpg",), paths=("build/en/news.html",)),
        MadeEdition(lang="zh", error=RenderingError("图", location=Location("a.md", 3))),
    ),
    files={"build/en/news.html": b"<p>\n", "build/a.jpg": b""},
    root="/somewhere",
)


def test_answer_is_read_as_it_was_written() -> None:
    """Editions, errors and files go through as plain data."""
    found = read_answer(write_answer(ANSWER))

    assert found.editions[0] == ANSWER.editions[0]
    assert str(found.editions[1].error) == "a.md:3: 图"
    assert (found.files, found.root) == (ANSWER.files, ANSWER.root)


@pytest.mark.parametrize(
    "data",
    [
        write_answer(ANSWER).replace(b"<p>", b"<q>"),
        write_answer(ANSWER)[:-1],
        write_answer(ANSWER) + b"more",
        b"",
        b"[]\n",
        b"\x80\x04N.",
    ],
)
def test_answer_that_was_damaged_is_refused(data: bytes) -> None:
    """One byte is enough."""
    with pytest.raises(BrokenMessageError):
        read_answer(data)


def test_job_is_read_as_it_was_written() -> None:
    """A job is one line of JSON."""
    job = make_job("0" * 64, **{"source/新闻.md": "1" * 64})
    line = job.to_json()

    assert "\n" not in line
    assert Job.from_json(line).files == job.files
