"""What happens around a campaign while it lasts; each is a line of the list of faults.

============================================  ==================================================
fault                                         proof
============================================  ==================================================
SIGKILL at a named moment                     test_kills.py
SIGTERM, Ctrl-C                               test_interrupted_…, test_what_is_not_sending_yet_…
disk full                                     test_full_disk_loses_nothing
421 on connect, 4xx and 5xx at each command   tests/distribution/test_sending.py
ends and stalls of connections, garbage       tests/distribution/test_sending.py, smtp/
TLS                                           tests/distribution/smtp/
clock back and forward                        tests/distribution/test_sending.py
two senders                                   test_second_sender_…, test_senders_share_…
PDF, roster or member changed meanwhile       test_changed_edition_…, test_language_…, test_who_…
ledger copied, deleted, older, damaged        test_ledger_…
network gone, DNS fails                       test_unreachable_server_…
============================================  ==================================================
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mail.office import PUBKIT, Office, in_a_process, members
from tests.servers.processes import free_port
from tests.servers.sink import Sink, sink
from tests.servers.smtp_sink import Fault

EVERYBODY = {f"{name}@members.example": 1 for name in ("anna", "wang", "li")}


def sending(office: Office, *options: str) -> AbstractContextManager[subprocess.Popen[str]]:
    """Send in a process of its own, for as long as the block lasts at most."""
    return started(office, *office.sending(*options))


@contextmanager
def started(office: Office, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command in a process of its own, for as long as the block lasts at most."""
    with subprocess.Popen(
        [*PUBKIT, *arguments],
        cwd=office.folder,
        env=office.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(server: Sink, *, messages: int = 0, commands: int = 0) -> None:
    """Wait until a server has heard so much."""
    deadline = time.monotonic() + 30
    while len(server.taken) < messages or len(server.commands) < commands:
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_sender_finishes_its_message(
    office: Office, server: Sink, number: signal.Signals
) -> None:
    """Nobody is in doubt, and the same command goes on."""
    office.enrol(members(60))
    with sending(office) as process:
        wait_for(server, messages=3)
        process.send_signal(number)
        code = process.wait(30)
    states = office.states()
    resumed = office.send()

    assert code == 130
    assert states["in_doubt"] == states["deferred"] == 0
    assert states["pending"] > 0
    assert resumed.code == 0
    assert set(server.copies.values()) == {1}
    assert server.copies.total() == 60


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_proof_ends_at_once(
    office: Office, tmp_path: Path, number: signal.Signals
) -> None:
    """A server that says nothing keeps nobody."""
    with sink(tmp_path / "slow", Fault(at="mail", then="stall")) as server:
        slow = replace(office, server=server.server)
        with started(slow, "send", "welcome", "--to", "press@office.example") as process:
            wait_for(server, commands=2)
            process.send_signal(number)
            code = process.wait(30)

    assert code == 130
    assert not server.copies


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_dry_run_leaves_whole_files(office: Office, number: signal.Signals) -> None:
    """As many as there are, and not all."""
    office.enrol(members(5000))
    with started(office, "send", "welcome", "--members", str(office.members)) as process:
        deadline = time.monotonic() + 30
        while len(list((office.folder / "outbox").glob("*.eml"))) < 3:
            assert time.monotonic() < deadline
            time.sleep(0.001)
        process.send_signal(number)
        code = process.wait(30)
    written = list((office.folder / "outbox").iterdir())

    assert code == 130
    assert 2 <= len(written) < 5000
    assert all(path.read_bytes().endswith(b"--\r\n") for path in written)


def test_what_is_not_sending_yet_is_interrupted_at_once(new_office: Office) -> None:
    """While an edition is made, no campaign has begun, and none begins."""
    (new_office.folder / "build/en/welcome.pdf").unlink()
    with sending(new_office) as process:
        assert process.stderr is not None
        assert "Making the edition" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        code = process.wait(30)

    assert code == 130
    assert set(new_office.states().values()) == {0}


def test_second_sender_leaves_the_first_alone(office: Office, tmp_path: Path) -> None:
    """A ledger that is a file has one sender at a time."""
    with sink(tmp_path / "slow", Fault(at="mail", then="stall", times=1)) as server:
        slow = replace(office, server=server.server)
        with sending(slow) as process:
            wait_for(server, commands=2)
            second = slow.send()
            process.kill()
        third = slow.send()

    assert second.code == 3
    assert "Another pubkit is sending" in second.err
    assert third.code == 0
    assert server.copies == EVERYBODY


def test_senders_share_a_campaign_in_postgresql(
    new_office: Office, server: Sink, postgresql_url: str
) -> None:
    """Each message is sent by one of them."""
    new_office.set(f'ledger = "{postgresql_url}"')
    new_office.enrol(members(60))
    new_office.send("--limit", "1")
    with sending(new_office) as first, sending(new_office) as second:
        codes = [first.wait(60), second.wait(60)]

    assert set(codes) <= {0, 3}
    assert new_office.states()["sent"] == 60
    assert server.copies.total() == len(server.copies) == 60


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of eight megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "pubkit-test", folder]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk, and not everywhere")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    """Fill a disk to its last byte."""
    path = folder / "filling"
    with path.open("wb", buffering=0) as file:
        for size in (65536, 512):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return path


def test_full_disk_loses_nothing(new_office: Office, server: Sink, small_disk: Path) -> None:
    """The ledger is named; with room the same command goes on where it was."""
    new_office.set(f'ledger = "sqlite:///{small_disk / "ledger.sqlite"}"')
    new_office.enrol(members(200))
    new_office.send("--limit", "5")
    filling = fill(small_disk)
    stopped = new_office.send()
    taken = server.copies.total()
    filling.unlink()
    resumed = new_office.send()

    assert stopped.code not in (0, 3)
    assert str(small_disk / "ledger.sqlite") in stopped.err
    assert taken < 200
    assert resumed.code == 0
    assert server.copies.total() == len(server.copies) == 200


def test_full_disk_begins_nothing(new_office: Office, server: Sink, small_disk: Path) -> None:
    """A campaign that cannot be written down is none."""
    new_office.set(f'ledger = "sqlite:///{small_disk / "ledger.sqlite"}"')
    filling = fill(small_disk)
    stopped = new_office.send()
    filling.unlink()
    resumed = new_office.send()

    assert stopped.code not in (0, 3)
    assert str(small_disk / "ledger.sqlite") in stopped.err
    assert resumed.code == 0
    assert server.copies == EVERYBODY


def test_unreachable_server_costs_nobody_their_message(
    office: Office, server: Sink, quick_clock: None
) -> None:
    """They wait; when it is there again, they get it."""
    address = f"smtp+plain://127.0.0.1:{free_port()}"
    gone = replace(office, server=address).send("--wait", "0")
    waiting = office.states()
    back = office.send()

    assert gone.code == 3
    assert waiting["pending"] + waiting["deferred"] == 3
    assert back.code == 0
    assert server.copies == EVERYBODY


def test_server_whose_name_is_unknown_is_unreachable(office: Office, server: Sink) -> None:
    """Names are found again, too; only what is wrong with a server's own word is for good."""
    impatient = {"RES_OPTIONS": "attempts:1 timeout:1"}
    gone = replace(
        office,
        server="smtp+starttls://mail.invalid:25",
        further=impatient,
        execute=in_a_process,
    ).send("--wait", "0")

    assert gone.code == 3
    assert office.states()["failed"] == 0
    assert "Traceback" not in gone.err


def test_changed_edition_is_not_sent(office: Office, server: Sink) -> None:
    """Half of the members would have another one than the other half."""
    office.send("--limit", "1")
    for lang in ("en", "zh"):
        with (office.folder / "build" / lang / "welcome.pdf").open("ab") as file:
            file.write(b"\n")
    refused = office.send()

    assert refused.code == 2
    assert "welcome.pdf" in refused.err
    assert server.copies.total() == 1


def test_edition_that_is_as_it_was_is_sent(office: Office, server: Sink) -> None:
    """Only what is in the file counts."""
    office.send("--limit", "1")
    for lang in ("en", "zh"):
        (office.folder / "build" / lang / "welcome.pdf").touch()

    assert office.send().code == 0
    assert server.copies == EVERYBODY


def test_language_stays_as_it_was_when_the_campaign_began(office: Office, server: Sink) -> None:
    """Who changes it meanwhile gets the next report in it."""
    office.send("--limit", "1")
    office.enrol(
        [
            "anna@members.example,Anna Smith,en",
            "wang@members.example,王芳,en",
            "li@members.example,李小龙,zh",
        ]
    )
    outcome = office.send()

    assert outcome.code == 0
    assert server.copies == EVERYBODY
    assert sum(b"Content-Language: zh" in message for message in server.messages) == 2


def test_who_unsubscribes_meanwhile_gets_nothing(office: Office, server: Sink) -> None:
    """For good, in this campaign and the next one."""
    office.send("--limit", "1")
    office.run("send", "suppress", "li@members.example")
    outcome = office.send()
    again = office.send("--new")

    assert (outcome.code, again.code) == (0, 0)
    assert "li@members.example" not in server.copies
    assert server.copies.total() == 4


# ---------------------------------------------------------------- the ledger


def test_ledger_that_was_deleted_is_missed(office: Office, server: Sink) -> None:
    """Who has the message is not known any more: nothing begins from zero unasked."""
    office.send("--limit", "1")
    office.ledger.unlink()
    refused = office.send()
    is_made = office.ledger.exists()
    taken = server.copies.total()
    forced = office.send("--new")

    assert (refused.code, taken, is_made) == (2, 1, False)
    assert "--new" in refused.err
    assert forced.code == 0


def test_ledger_of_an_earlier_day_is_refused(office: Office, server: Sink, tmp_path: Path) -> None:
    """A copy that was put back does not know who has got the message since."""
    office.send("--limit", "1")
    shutil.copytree(office.ledger.parent, tmp_path / "copy")
    office.send("--limit", "1")
    for path in office.ledger.parent.glob("ledger.sqlite*"):
        path.unlink()
    for path in (tmp_path / "copy").glob("ledger.sqlite*"):
        shutil.copy(path, office.ledger.parent)
    refused = office.send()

    assert refused.code == 2
    assert server.copies.total() == 2


def test_ledger_of_another_version_is_refused(office: Office, server: Sink) -> None:
    """It would be read wrongly."""
    import sqlite3

    office.send("--limit", "1")
    with sqlite3.connect(office.ledger) as ledger:
        ledger.execute("UPDATE pubkit_facts SET value = '0' WHERE name = 'version'")
    refused = office.send()

    assert refused.code == 2
    assert "version 0" in refused.err
    assert server.copies.total() == 1


@pytest.mark.parametrize("place", [0, 0.5])
def test_damaged_ledger_is_refused(office: Office, server: Sink, place: float) -> None:
    """With its place and what to do; never with a traceback."""
    import sqlite3

    office.enrol(members(200))
    office.send("--limit", "1")
    with sqlite3.connect(office.ledger) as ledger:
        ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with office.ledger.open("r+b") as file:
        size = office.ledger.stat().st_size
        file.seek(int(size * place) // 4096 * 4096)
        file.write(b"\xff" * (4096 if place == 0 else size // 4))
    refused = office.send()

    assert refused.code == 2
    assert "ledger.sqlite" in refused.err
    assert "Traceback" not in refused.err
    assert server.copies.total() == 1
