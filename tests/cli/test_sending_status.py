"""``pubkit send status``: how far a campaign is, and what to do next."""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from pubkit.distribution.campaign import SUPERSEDED
from pubkit.distribution.ledger.desk import sole_sender
from pubkit.distribution.ledger.mark import count_run
from pubkit.distribution.ledger.opening import explained, open_ledger
from pubkit.errors import DeliveryError
from tests.conftest import Run
from tests.distribution.ledgers import (
    BEGAN,
    DEFERRED,
    FAILED,
    IN_DOUBT,
    PENDING,
    SUPPRESSED,
    add_members,
    begin,
    member,
    suppress,
)

NOBODY = {
    "pending": 0,
    "in_doubt": 0,
    "sent": 0,
    "deferred": 0,
    "failed": 0,
    "suppressed": 0,
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project with a document that was never sent."""
    (tmp_path / "pubkit.toml").write_text('[project]\nlanguages = ["en", "zh"]\n')
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "report.md").write_text("Nobody reads it for this.\n")
    return tmp_path


@pytest.fixture
def engine(project: Path) -> Engine:
    """Make the project's ledger."""
    return open_ledger(f"sqlite:///{project}/.pubkit/ledger.sqlite").engine


def test_programs_get_one_flat_object(project: Path, engine: Engine, run: Run) -> None:
    """Of the latest campaign, every state in it; the document is named in either way."""
    older, latest = begin(engine), begin(engine, number=2)
    add_members(engine, [member(older, line) for line in (2, 3)])
    add_members(engine, [member(latest, line) for line in (2, 3, 4)])
    add_members(engine, [member(latest, 5, state=IN_DOUBT)])

    for name in ("report", "report.md", "source/report.md"):
        found = run("send", "status", name, "--format", "json", cwd=project)

        assert found.code == 0
        assert json.loads(found.out) == NOBODY | {"sent": 3, "in_doubt": 1}
        assert found.err == ""

    found = run("send", "status", "report", "--campaign", "1", "-f", "json", cwd=project)

    assert json.loads(found.out) == NOBODY | {"sent": 2}


def test_a_document_that_was_never_sent_has_nobody_in_any_state(project: Path, run: Run) -> None:
    """It is said beside the object, and no ledger is made by looking for one."""
    found = run("send", "status", "report", "--format", "json", cwd=project)

    assert (found.code, json.loads(found.out)) == (0, NOBODY)
    assert "“report” was never sent" in found.err
    assert not (project / ".pubkit").exists()


def test_what_is_not_there_is_no_campaign_without_members(
    project: Path, engine: Engine, run: Run
) -> None:
    """A slip in the name shall not look as if nothing was sent."""
    add_members(engine, [member(begin(engine), 2)])

    slip = run("send", "status", "repor", "--format", "json", cwd=project)
    number = run("send", "status", "report", "--campaign", "3", cwd=project)

    assert (slip.code, slip.out) == (2, "")
    assert "Did you mean “report”?" in slip.err
    assert (number.code, number.out) == (2, "")
    assert "It has: 1" in number.err


def test_a_document_that_is_gone_still_has_its_campaign(
    project: Path, engine: Engine, run: Run
) -> None:
    """What was sent was sent, whatever became of the file."""
    add_members(engine, [member(begin(engine, "annual"), 2)])

    assert run("send", "status", "annual", cwd=project).code == 0


def test_people_see_languages_groups_and_what_to_do(
    project: Path, engine: Engine, run: Run
) -> None:
    """With the commands as they are typed."""
    campaign = begin(engine)
    later = BEGAN + timedelta(hours=3)
    add_members(
        engine,
        [
            *(member(campaign, line, lang="zh", groups="\nboard\n") for line in range(2, 9)),
            member(campaign, 10, state=IN_DOUBT),
            member(campaign, 11, state=FAILED),
            member(campaign, 12, state=DEFERRED, not_before=later),
            member(campaign, 13, state=PENDING),
            member(campaign, 14, state=PENDING) | {"line": 0},
        ],
    )

    found = run("send", "status", "report", cwd=project, TZ="UTC")

    lines = [line.split() for line in found.out.splitlines()]
    assert ["zh", "7", "7", "0", "0", "0", "0", "0"] in lines
    assert ["en", "5", "0", "1", "1", "2", "1", "0"] in lines
    assert ["All", "12", "7", "1", "1", "2", "1", "0"] in lines
    assert ["board", "7", "7", "0", "0", "0", "0", "0"] in lines
    assert "7 of 12 members have it" in found.out
    assert "→ pubkit send reconcile report --log FILE" in found.out
    assert "2 wait. The same command goes on" in found.out
    assert "→ pubkit send report --members FILE --send" in found.out
    assert "1 of those who wait is no longer on the roster" in found.out
    assert "→ pubkit send status report --state failed" in found.out


def test_an_older_campaign_is_not_gone_on_with(project: Path, engine: Engine, run: Run) -> None:
    """The commands are about the latest one."""
    add_members(engine, [member(begin(engine), 2, state=PENDING)])
    add_members(engine, [member(begin(engine, number=2), 2)])

    found = run("send", "status", "report", "--campaign", "1", cwd=project)

    assert "Campaign 2 is the latest" in found.out
    assert "→" not in found.out


def test_a_correction_goes_on_as_a_correction(project: Path, engine: Engine, run: Run) -> None:
    """Whose members are those of the faulty edition, and no roster's."""
    add_members(engine, [member(begin(engine), 2, state=PENDING, is_correction=True)])

    found = run("send", "status", "report", cwd=project)

    assert "1 member gets the edition with a note" in found.out
    assert "→ pubkit send report --correction --send" in found.out


def test_a_correction_says_so_and_who_has_no_edition_yet(
    project: Path, engine: Engine, run: Run
) -> None:
    """Who waited for the faulty edition is in no roster of the correction."""
    superseded = {"state": SUPPRESSED, "reply": SUPERSEDED}
    faulty = begin(engine)
    correction = begin(engine, number=2, corrects=1)
    add_members(engine, [member(faulty, 2), *(member(faulty, n, **superseded) for n in (3, 4, 5))])
    add_members(engine, [member(correction, 2, is_correction=True), member(correction, 3)])
    suppress(engine, "member4@example.org", "unsubscribed")

    found = run("send", "status", "report", cwd=project)
    first = run("send", "status", "report", "--campaign", "1", cwd=project)
    listed = run("send", "status", cwd=project)
    data = run("send", "status", "--format", "json", cwd=project)
    add_members(engine, [member(correction, 5)])
    done = run("send", "status", "report", cwd=project)

    assert "It corrects campaign 1." in found.out
    assert "1 waited for the edition that was corrected and has none yet" in found.out
    assert "→ pubkit send report --members FILE --send" in found.out
    assert "corrects" not in first.out
    assert [line.count("2, corrects 1") for line in listed.out.splitlines()] == [0, 0, 1]
    assert [entry["corrects"] for entry in json.loads(data.out)] == [None, 1]
    assert "→" not in done.out


def test_newcomers_of_a_correction_are_gone_on_with_by_the_roster(
    project: Path, engine: Engine, run: Run
) -> None:
    """They have no edition to correct: only the command for all writes to them."""
    campaign = begin(engine)
    add_members(engine, [member(campaign, 2, is_correction=True)])
    add_members(engine, [member(campaign, 3, state=PENDING)])

    alone = run("send", "status", "report", cwd=project)
    add_members(engine, [member(campaign, 4, state=PENDING, is_correction=True)])
    both = run("send", "status", "report", cwd=project)

    for found in (alone, both):
        assert "→ pubkit send report --members FILE --send" in found.out


def test_nothing_is_to_be_done_while_somebody_is_sending(
    project: Path, engine: Engine, run: Run
) -> None:
    """Who is in doubt then is the message under way, and nobody is to start a second command."""
    add_members(engine, [member(begin(engine), 2, state=IN_DOUBT)])
    ledger = open_ledger(f"sqlite:///{project}/.pubkit/ledger.sqlite")

    with sole_sender(ledger):
        during = run("send", "status", "report", cwd=project)
    after = run("send", "status", "report", cwd=project)

    assert "Somebody is sending just now" in during.out
    assert "→" not in during.out
    assert "→ pubkit send reconcile report" in after.out


def test_a_campaign_that_is_done_asks_for_nothing(project: Path, engine: Engine, run: Run) -> None:
    """No command is shown where none is needed."""
    add_members(engine, [member(begin(engine), 2)])

    found = run("send", "status", "report", cwd=project)

    assert "1 of 1 members have it" in found.out
    assert "→" not in found.out


def test_members_of_a_state_are_listed(project: Path, engine: Engine, run: Run) -> None:
    """With what somebody needs who looks for them in a log; servers do not steer the terminal."""
    campaign = begin(engine)
    reply = "550 5.1.1 User\x1b[2J\r\nunknown"
    add_members(engine, [member(campaign, 2), member(campaign, 3, state=FAILED, reply=reply)])

    text = run("send", "status", "report", "--state", "failed", cwd=project)
    data = run("send", "status", "report", "--state", "failed", "-f", "json", cwd=project)
    nobody = run("send", "status", "report", "--state", "in_doubt", cwd=project)

    assert "member3@example.org" in text.out
    assert "<1.3@example.org>" in text.out
    assert "User�[2J unknown" in text.out
    assert "member2" not in text.out
    assert [(found["address"], found["reply"]) for found in json.loads(data.out)] == [
        ("member3@example.org", reply)
    ]
    assert (nobody.code, nobody.out) == (0, "")
    assert "No member is in this state" in nobody.err


def test_all_campaigns_are_listed_without_a_document(
    project: Path, engine: Engine, run: Run
) -> None:
    """Whoever does not know what was sent finds out."""
    for document, number in (("report", 1), ("report", 2), ("annual", 1)):
        add_members(engine, [member(begin(engine, document, number), 2)])

    found = run("send", "status", cwd=project)
    data = run("send", "status", "--format", "json", cwd=project)

    rows = [line.split()[:2] for line in found.out.splitlines()]
    assert rows == [["Document", "Campaign"], ["annual", "1"], ["report", "1"], ["report", "2"]]
    assert [entry["sent"] for entry in json.loads(data.out)] == [1, 1, 1]
    assert run("send", "status", "--state", "failed", cwd=project).code == 2


@pytest.mark.parametrize("arguments", [("status",), ("status", "report"), ("report", "report")])
@pytest.mark.parametrize("is_made_anew", [False, True])
def test_a_lost_ledger_does_not_say_that_nothing_was_sent(
    project: Path, engine: Engine, run: Run, arguments: tuple[str, ...], *, is_made_anew: bool
) -> None:
    """Neither where it is gone nor where another command has made an empty one."""
    add_members(engine, [member(begin(engine), 2)])
    ledger = project / ".pubkit" / "ledger.sqlite"
    count_run(open_ledger(f"sqlite:///{ledger}"), project / ".pubkit" / "ledger.mark")
    known = run("send", *arguments, cwd=project)
    for path in ledger.parent.glob("ledger.sqlite*"):
        path.unlink()
    if is_made_anew:
        open_ledger(f"sqlite:///{ledger}")

    lost = run("send", *arguments, cwd=project)

    assert (known.code, known.err) == (0, "")
    assert (lost.code, lost.out) == (2, "")
    assert "who has the messages is not known" in lost.err
    assert ledger.exists() == is_made_anew


def test_an_older_copy_of_the_ledger_is_shown_as_one(
    project: Path, engine: Engine, run: Run
) -> None:
    """Who looks for the right copy sees what is in it."""
    add_members(engine, [member(begin(engine), 2)])
    ledger = open_ledger(f"sqlite:///{project}/.pubkit/ledger.sqlite")
    mark = project / ".pubkit" / "ledger.mark"
    mark.write_text(json.dumps({"id": ledger.id, "runs": 1}))

    found = run("send", "status", cwd=project)

    assert (found.code, found.out.count("report")) == (0, 1)
    assert "older copy" in found.err


@pytest.mark.parametrize("is_open", [False, True])
def test_a_ledger_in_a_folder_that_cannot_be_written_is_read(
    project: Path, engine: Engine, run: Run, monkeypatch: pytest.MonkeyPatch, *, is_open: bool
) -> None:
    """While somebody else writes it, too; nothing is made beside it."""
    add_members(engine, [member(begin(engine), 2)])
    folder = project / ".pubkit"
    with engine.connect() if is_open else nullcontext():
        if is_open:
            add_members(engine, [member(begin(engine, number=2), 3)])
        files = sorted(path.name for path in folder.iterdir())
        monkeypatch.setattr("os.access", lambda _path, mode: mode != os.W_OK)

        listed = run("send", "status", cwd=project)
        suppressed = run("send", "suppress", cwd=project)
        refused = run("send", "suppress", "--release", "a@example.org", cwd=project)

        assert (listed.code, listed.out.count("report")) == (0, 1 + is_open)
        assert suppressed.code == 0
        assert (refused.code, "readonly" in refused.err) == (2, True)
        assert sorted(path.name for path in folder.iterdir()) == files


def test_a_disk_error_speaks_of_room() -> None:
    """SQLite says no more of a disk that is full where its log lies."""
    error = OperationalError("INSERT", {}, Exception("disk I/O error"))
    with pytest.raises(DeliveryError) as caught, explained("ledger.sqlite"):
        raise error

    assert "full" in (caught.value.remedy or "")


def test_a_damaged_ledger_is_named(project: Path, run: Run) -> None:
    """It is neither mended nor replaced by an empty one."""
    ledger = project / ".pubkit" / "ledger.sqlite"
    ledger.parent.mkdir()
    ledger.write_bytes(b"SQLite format 3\0" + b"damage" * 1000)

    found = run("send", "status", "report", "--format", "json", cwd=project)

    assert (found.code, found.out) == (2, "")
    assert "ledger.sqlite" in found.err


@pytest.mark.parametrize("settings", ["", "?timeout=60"])
def test_a_ledger_named_in_the_settings_lies_below_the_project(
    project: Path, run: Run, settings: str
) -> None:
    """Wherever the command is run, and however it is opened."""
    with (project / "pubkit.toml").open("a") as file:
        file.write(f'[mail]\nledger = "sqlite:///kept/here.sqlite{settings}"\n')
    add_members(
        (made := open_ledger(f"sqlite:///{project}/kept/here.sqlite").engine),
        [member(begin(made), 2)],
    )

    found = run("send", "status", "report", "-f", "json", cwd=project / "source")

    assert json.loads(found.out)["sent"] == 1


def test_looking_imports_nothing_heavy() -> None:
    """Status is asked for while a campaign runs, and often."""
    heavy = ("jinja2", "markdown_it", "weasyprint", "yaml", "nh3", "lxml", "rapidfuzz", "PIL")
    program = (
        "import sys; import pubkit.cli.sending.status, pubkit.workflow.sending_status;"
        f"print(*[name for name in {heavy} if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert found.stdout.split() == []
