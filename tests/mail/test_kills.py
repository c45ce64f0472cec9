"""A sender is killed; nobody is forgotten, and nobody gets two messages."""

import signal
from pathlib import Path

import pytest

from tests.mail.killing import IN_DOUBT, MOMENTS, kill_at
from tests.mail.office import Office
from tests.servers.sink import Sink

MEMBERS = {f"{name}@members.example": 1 for name in ("anna", "wang", "li")}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_sender_goes_on(moment: str, office: Office, server: Sink, tmp_path: Path) -> None:
    """Whoever is in doubt is listed, and the log of the server tells."""
    code = kill_at(moment, office)
    resumed = office.send()
    in_doubt = office.states()["in_doubt"]
    office.reconcile(server.write_log(tmp_path / "accepted.txt"))
    last = office.send()

    assert code == -signal.SIGKILL
    assert (resumed.code, in_doubt) == ((3, 1) if moment in IN_DOUBT else (0, 0))
    assert last.code == 0
    assert server.copies == MEMBERS


def test_one_member_is_in_doubt_at_most(office: Office, server: Sink) -> None:
    """What became of a message is written down with the doubt about the next one."""
    kill_at("offered", office, message=3)
    resumed = office.send()

    assert resumed.code == 3
    assert office.states()["in_doubt"] == 1
    assert server.copies == MEMBERS


@pytest.mark.parametrize("moment", ["doubted", "answered"])
def test_killed_sender_that_shall_repeat(moment: str, office: Office, server: Sink) -> None:
    """With ``in_doubt = "resend"`` a copy says that it is one: it has the same Message-ID."""
    office.set('in_doubt = "resend"')
    kill_at(moment, office, message=2)
    resumed = office.send()

    assert resumed.code == 0
    assert set(server.copies) == set(MEMBERS)
    assert server.copies.total() == 3 + (moment == "answered")
    assert len({taken.message_id for taken in server.taken}) == 3
