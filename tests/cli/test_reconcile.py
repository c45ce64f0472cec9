"""``pubkit send reconcile``: what it tells of a log."""

from datetime import timedelta
from pathlib import Path

import pytest

from pubkit.distribution.ledger.opening import open_ledger
from tests.conftest import Run
from tests.distribution.ledgers import BEGAN, IN_DOUBT, add_members, begin, member

QUEUED = "4B2F91: from=<a@b.c>, size=9, nrcpt=1 (queue active)"
BOUNCED = "4B2F91: to=<x@y.z>, dsn=5.1.1, status=bounced (\x1b[31mno such user)"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project with a member in doubt."""
    (tmp_path / "pubkit.toml").write_text('[project]\nlanguages = ["en", "zh"]\n')
    engine = open_ledger(f"sqlite:///{tmp_path}/.pubkit/ledger.sqlite").engine
    add_members(engine, [member(begin(engine), 2, state=IN_DOUBT, changed=BEGAN)])
    return tmp_path


def write_log(project: Path, *said: str) -> str:
    """Write what the daemons said, a second after another, from when the doubt began."""
    path = project / "mail.log"
    lines = (
        f"{(BEGAN + timedelta(seconds=number)).isoformat()} mail postfix/{text}\n"
        for number, text in enumerate(said)
    )
    path.write_text("".join(lines), "utf-8")
    return str(path)


def test_who_has_it_and_gave_it_back_is_shown(project: Path, run: Run) -> None:
    """With what the next server said, and no signs of it that steer the terminal."""
    queued = ("cleanup[8]: 4B2F91: message-id=<1.2@example.org>", f"qmgr[5]: {QUEUED}")
    log = write_log(project, *queued, f"smtp[4]: {BOUNCED}")

    told = run("send", "reconcile", "report", "--log", log, cwd=project)

    assert told.code == 0
    assert "report: 1 sent, 0 not sent, 0 still in doubt" in told.out
    assert "1 of them bounced later" in told.err
    assert "member2@example.org  5.1.1 �[31mno such user" in told.err


def test_who_may_be_in_another_log_is_shown_with_the_way_out(project: Path, run: Run) -> None:
    """The exit code says that somebody is to look."""
    log = write_log(project, "cleanup[8]: 4B2F91: message-id=<other@example.org>")

    told = run("send", "reconcile", "report", "--log", log, cwd=project)

    assert told.code == 3
    assert "10 minutes before and after" in told.err
    assert "member2@example.org  <1.2@example.org>" in told.err
