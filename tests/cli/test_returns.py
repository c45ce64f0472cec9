"""``pubkit send bounces`` and ``pubkit send suppress``: what comes back, and who gets nothing."""

import json
from pathlib import Path

import pytest

from pubkit.cli.unsubscription import make_asgi, make_wsgi
from pubkit.distribution.identity import Identity
from pubkit.distribution.ledger.opening import Ledger, open_ledger
from pubkit.errors import ConfigError
from tests.conftest import Run
from tests.distribution.ledgers import add_members, begin, member

CASES = Path(__file__).parents[1] / "distribution" / "returns" / "cases"
ENVELOPE = b"From MAILER-DAEMON Mon Nov 30 10:00:00 2026\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project that needs no document for this."""
    (tmp_path / "pubkit.toml").write_text('[project]\nlanguages = ["en", "zh"]\n')
    return tmp_path


@pytest.fixture
def ledger(project: Path) -> Ledger:
    """Make its ledger, in which Li has got the report."""
    ledger = open_ledger(f"sqlite:///{project}/.pubkit/ledger.sqlite")
    add_members(ledger.engine, [member(begin(ledger.engine), 1, address="li@example.net")])
    return ledger


@pytest.fixture
def mailbox(project: Path, ledger: Ledger) -> Path:
    """Return an mbox with a notice about Li's message, a forged one, a letter and noise."""
    own = Identity(ledger.secret).return_address("bounces@example.org", 1).encode()
    notice = (CASES / "postfix.eml").read_bytes()
    pieces = [
        notice.replace(b"bounces@example.org", own),
        notice,
        (CASES / "letter.eml").read_bytes(),
        b"\xff\xfe\x00\n",
    ]
    path = project / "mbox"
    path.write_bytes(b"".join(ENVELOPE + piece + b"\n\n" for piece in pieces))
    return path


def test_a_mailbox_is_told_and_suppresses(project: Path, mailbox: Path, run: Run) -> None:
    """Only what proves to be about our message has an effect."""
    told = run("send", "bounces", str(mailbox), cwd=project)

    assert told.code == 0
    assert "no such address" in told.out
    assert "not about our messages" in told.out
    assert f"{mailbox}:" in told.out
    listed = run("send", "suppress", "--format", "json", cwd=project)
    assert [item["address"] for item in json.loads(listed.out)] == ["li@example.net"]


def test_a_dry_run_tells_the_same_and_changes_nothing(
    project: Path, mailbox: Path, run: Run
) -> None:
    """So that an office can look first."""
    dry = run("send", "bounces", str(mailbox), "--dry-run", "--format", "json", cwd=project)
    listed = run("send", "suppress", cwd=project)
    wet = run("send", "bounces", str(mailbox), "--format", "json", cwd=project)

    assert dry.out == wet.out
    assert json.loads(dry.out)["counts"]["permanent"] == 1
    assert listed.out == ""


def test_a_mailbox_that_is_read_again_counts_once(project: Path, mailbox: Path, run: Run) -> None:
    """It may be read every night; who was released stays released."""
    run("send", "bounces", str(mailbox), cwd=project)
    run("send", "suppress", "--release", "LI@example.net", cwd=project)

    again = run("send", "bounces", str(mailbox), "--format", "json", cwd=project)

    assert json.loads(again.out)["returns"][0]["outcome"] == "known"
    assert run("send", "suppress", cwd=project).out == ""


def test_without_a_ledger_nothing_can_come_back(project: Path, run: Run) -> None:
    """A wrong folder must not look like a good result."""
    told = run("send", "bounces", str(project / "mbox"), cwd=project)

    assert told.code == 2
    assert "--project" in told.err
    assert not (project / ".pubkit").exists()


def test_the_list_is_extended_exported_and_brought_along(project: Path, run: Run) -> None:
    """Into another project, with reasons and dates."""
    run("send", "suppress", "li@EXAMPLE.org", "--detail", "=called the office", cwd=project)
    exported = run("send", "suppress", "--format", "csv", cwd=project).out
    (project / "list.csv").write_text(exported, "utf-8")
    for suffix in ("", "-wal", "-shm"):
        (project / ".pubkit" / f"ledger.sqlite{suffix}").unlink(missing_ok=True)

    told = run("send", "suppress", "--import", str(project / "list.csv"), cwd=project)

    assert "1 address gets nothing" in told.out
    assert run("send", "suppress", "--format", "csv", cwd=project).out == exported
    assert "'=called" in exported


def test_no_address_is_a_formula_or_becomes_another(project: Path, run: Run) -> None:
    """What is added to it for spreadsheets comes off again, and nothing else."""
    addresses = [
        *("=hyperlink|x@example.org", "'anna@example.org", "'=li@example.org"),
        *("+1-1@example.org", "#wang@example.org", "''chen@example.org"),
    ]
    run("send", "suppress", "--", *addresses, cwd=project)
    exported = run("send", "suppress", "--format", "csv", cwd=project).out
    (project / "list.csv").write_text(exported, "utf-8")
    run("send", "suppress", *(f"--release={address}" for address in addresses), cwd=project)
    run("send", "suppress", "--import", str(project / "list.csv"), cwd=project)
    listed = run("send", "suppress", "--format", "json", cwd=project).out

    assert '"\'=hyperlink|x@example.org"' in exported
    assert '"\'anna@example.org"' in exported
    assert {item["address"] for item in json.loads(listed)} == set(addresses)


def test_a_plain_list_is_taken_as_it_is(project: Path, run: Run) -> None:
    """Nothing was added to it."""
    (project / "list.txt").write_text("# '=no@example.org\n'=li@example.org\n", "utf-8")
    run("send", "suppress", "--import", str(project / "list.txt"), cwd=project)
    listed = run("send", "suppress", "--format", "json", cwd=project).out

    assert [item["address"] for item in json.loads(listed)] == ["'=li@example.org"]


def test_a_plain_list_is_taken_whole_whole_or_not_at_all(project: Path, run: Run) -> None:
    """The error names the line."""
    path = project / "list.txt"
    path.write_text("# from the old program\nli@example.org\n\nwang＠example.org\n", "utf-8")

    told = run("send", "suppress", "--import", str(path), cwd=project)

    assert told.code == 2
    assert "list.txt:4" in told.err
    assert run("send", "suppress", cwd=project).out == ""


def test_reasons_are_ranked_and_told(project: Path, run: Run) -> None:
    """Who complained stays so, whatever comes later."""
    run("send", "suppress", "li@example.org", "--reason", "complaint", cwd=project)

    told = run("send", "suppress", "li@example.org", "wang@example.org", cwd=project)

    assert told.out.strip() == "1 address gets nothing any more; 1 was on the list"
    assert "complaint" in run("send", "suppress", cwd=project).out
    assert (
        "was not on the list"
        in run("send", "suppress", "--release", "x@example.org", cwd=project).out
    )


def test_web_servers_find_the_ledger_in_the_environment(
    project: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it they do not start: an endpoint that never answers would be found out late."""
    monkeypatch.delenv("PUBKIT_LEDGER", raising=False)
    with pytest.raises(ConfigError, match="ledger"):
        make_asgi()
    monkeypatch.setenv("PUBKIT_LEDGER", str(ledger.engine.url))
    end = Identity(ledger.secret).unsubscribe_token(1)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": f"/{end}"}
    status: list[str] = []

    body = b"".join(make_wsgi()(environ, lambda line, _headers: status.append(line)))

    assert status == ["200 OK"]
    assert b"press@example.org" in body
