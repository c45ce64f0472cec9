"""What programs around pubkit rely on: environment, places, exit codes, and JSON."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mail.office import Office
from tests.servers.processes import free_port
from tests.servers.sink import Sink, sink
from tests.servers.smtp_sink import Fault

STATES = {"pending", "in_doubt", "sent", "deferred", "failed", "suppressed"}


def test_sending_ends_with_0_when_everybody_has_it(new_office: Office, server: Sink) -> None:
    """Each member has one message, and the ledger says so."""
    outcome = new_office.send()

    assert (outcome.code, outcome.err) == (0, outcome.err)
    assert server.copies == {f"{name}@members.example": 1 for name in ("anna", "wang", "li")}
    assert new_office.states() == dict.fromkeys(STATES, 0) | {"sent": 3}


def test_sending_again_sends_nothing(office: Office, server: Sink) -> None:
    """The same command goes on; where nothing is left, it does nothing."""
    office.send()
    outcome = office.send()

    assert outcome.code == 0
    assert server.copies.total() == 3


def test_dry_run_sends_nothing(new_office: Office, server: Sink) -> None:
    """Without ``--send`` messages are files."""
    outcome = new_office.run("send", "welcome", "--members", str(new_office.members))

    assert outcome.code == 0
    assert server.commands == []
    assert len([*(new_office.folder / "outbox").rglob("*.eml")]) == 3


def test_sending_ends_with_0_when_the_rest_failed_for_good(office: Office, tmp_path: Path) -> None:
    """Who cannot be reached at all needs no further run."""
    fault = Fault(at="rcpt", reply="550 5.1.1 unknown", address="^li@")
    with sink(tmp_path / "other", fault) as server:
        outcome = replace(office, server=server.server).send()

    assert outcome.code == 0
    assert office.states() == dict.fromkeys(STATES, 0) | {"sent": 2, "failed": 1}


def test_sending_ends_with_3_when_a_member_is_in_doubt(office: Office, tmp_path: Path) -> None:
    """The same command again leaves them alone; the log of the server resolves it."""
    fault = Fault(at="dot", then="drop", accepts=True, address="^li@", times=1)
    with sink(tmp_path / "other", fault) as server:
        careful = replace(office, server=server.server)
        codes = [careful.send().code, careful.send().code]
        in_doubt = office.states()
        resolved = office.reconcile(server.write_log(tmp_path / "accepted.txt"))
        last = careful.send()

    assert codes == [3, 3]
    assert in_doubt == dict.fromkeys(STATES, 0) | {"sent": 2, "in_doubt": 1}
    assert (resolved.code, last.code) == (0, 0)
    assert server.copies["li@members.example"] == 1
    assert office.states() == dict.fromkeys(STATES, 0) | {"sent": 3}


def test_reconciliation_frees_who_is_not_in_the_log(office: Office, tmp_path: Path) -> None:
    """Whom the server has not accepted gets it with the next run."""
    fault = Fault(at="dot", then="drop", address="^li@", times=1)
    with sink(tmp_path / "other", fault) as server:
        careful = replace(office, server=server.server)
        first = careful.send()
        office.reconcile(server.write_log(tmp_path / "accepted.txt"))
        last = careful.send()

    assert (first.code, last.code) == (3, 0)
    assert server.copies["li@members.example"] == 1


def test_log_that_was_just_rotated_frees_nobody(office: Office, tmp_path: Path) -> None:
    """It lacks those, too, who certainly have it, and so proves nothing."""
    fault = Fault(at="dot", then="drop", accepts=True, address="^li@")
    log = tmp_path / "empty.txt"
    log.touch()
    with sink(tmp_path / "faulty", fault) as faulty:
        office = replace(office, server=faulty.server)
        office.send()
        reconciled = office.reconcile(log)

        assert (reconciled.code, office.states()["in_doubt"]) == (3, 1)
        office.send()
        assert faulty.copies.total() == 3


def test_server_that_took_nothing_leaves_nobody_in_doubt(office: Office, tmp_path: Path) -> None:
    """Its list of accepted messages says so; an empty file does not."""
    fault = Fault(at="dot", then="drop", times=3)
    log = tmp_path / "accepted.txt"
    log.touch()
    with sink(tmp_path / "faulty", fault) as faulty:
        office = replace(office, server=faulty.server)
        for _member in range(3):
            office.send("--limit", "1")
        assert office.states()["in_doubt"] == 3

        empty = office.reconcile(log)
        assert (empty.code, office.states()["in_doubt"]) == (3, 3)
        assert "# none" in empty.err

        log.write_text("# none\n", "utf-8")
        assert office.reconcile(log).code == 0
        assert office.send().code == 0
        assert faulty.copies.total() == 3


def test_server_comes_from_the_settings(office: Office, server: Sink) -> None:
    """``[mail] server`` is enough."""
    office.set(f'server = "{server.server}"')
    outcome = replace(office, server="").send()

    assert outcome.code == 0
    assert server.copies.total() == 3


def test_environment_goes_before_the_settings(office: Office, server: Sink) -> None:
    """What is set for one run is what was meant."""
    office.set(f'server = "smtp+plain://127.0.0.1:{free_port()}"')

    assert office.send().code == 0
    assert server.copies.total() == 3


def test_password_comes_from_the_environment(office: Office, tmp_path: Path) -> None:
    """It stands in no file."""
    with sink(tmp_path / "other", passwords={"press": "open sesame"}) as server:
        address = server.server.replace("://", "://press@")
        known = replace(office, server=address, further={"PUBKIT_MAIL_PASSWORD": "open sesame"})
        outcome = known.send()

    assert outcome.code == 0
    assert server.copies.total() == 3


def test_plain_connections_stay_on_this_machine(office: Office) -> None:
    """Nothing is sent that anybody on the way could read."""
    outcome = replace(office, server="smtp+plain://mail.example.org:25").send()

    assert outcome.code == 2
    assert "smtp+starttls" in outcome.err


def test_ledger_lies_below_the_project(office: Office) -> None:
    """Unless a setting names another one; nobody else may read it."""
    office.send()

    assert office.ledger.exists()
    assert office.ledger.stat().st_mode & 0o077 == 0


def test_ledger_can_be_elsewhere(new_office: Office, tmp_path: Path) -> None:
    """Any SQLAlchemy URL does."""
    new_office.set(f'ledger = "sqlite:///{tmp_path / "elsewhere.sqlite"}"')
    outcome = new_office.send()
    with sqlite3.connect(tmp_path / "elsewhere.sqlite") as ledger:
        (number,) = ledger.execute("SELECT count(*) FROM pubkit_deliveries").fetchone()

    assert outcome.code == 0
    assert number == 3
    assert not new_office.ledger.exists()


def test_ledger_can_be_in_postgresql(new_office: Office, postgresql_url: str) -> None:
    """As an association with several senders has it."""
    new_office.set(f'ledger = "{postgresql_url}"')
    codes = [new_office.send().code, new_office.send().code]

    assert codes == [0, 0]
    assert new_office.states() == dict.fromkeys(STATES, 0) | {"sent": 3}


@pytest.mark.parametrize("arguments", [("status", "welcome"), ("status",)])
def test_status_is_json(office: Office, arguments: tuple[str, ...]) -> None:
    """Programs read it."""
    office.send()
    outcome = office.run("send", *arguments, "--format", "json")

    assert outcome.code == 0
    assert json.loads(outcome.out)


def test_database_that_is_not_there_is_named(office: Office) -> None:
    """By its address, as it was written, but without the password."""
    place = f"127.0.0.1:{free_port()}/members"
    office.set(f'ledger = "postgresql+psycopg://press:secret@{place}"')
    outcome = office.send()

    assert outcome.code == 2
    assert f"postgresql+psycopg://press:***@{place}" in outcome.err
    assert "secret" not in outcome.err
