"""Whom a campaign reaches, with what, and what it refuses to send."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.conftest import made_once, replace_in
from tests.mail.conftest import THREE
from tests.mail.office import PUBKIT, Office
from tests.servers.processes import free_port
from tests.servers.sink import Fault, Sink, sink

ANNA, WANG, LI = (row.partition(",")[0] for row in THREE)
SOURCE = "source/welcome.md"
ZH = "locales/zh/LC_MESSAGES/welcome.po"


def read(data: bytes) -> EmailMessage:
    """Read a message as mail programs do."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage) -> str:
    """Return what stands in the plain part."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def messages(server: Sink) -> dict[str, EmailMessage]:
    """Return what was sent by the address of the member."""
    found = [read(data) for data in server.messages]
    return {message["To"].addresses[0].addr_spec: message for message in found}


# ---------------------------------------------------------------- who, and which edition


def test_each_gets_their_own_edition(office: Office, server: Sink) -> None:
    """In their language, with the very file that was proofread."""
    office.send()
    sent = messages(server)

    for address, lang in ((ANNA, "en"), (WANG, "zh"), (LI, "zh")):
        (attached,) = sent[address].iter_attachments()
        assert attached.get_content() == (office.folder / f"build/{lang}/welcome.pdf").read_bytes()
        assert str(sent[address]["Content-Language"]).split("-")[0] == lang


def test_a_group_is_sent_to_alone(new_office: Office, server: Sink) -> None:
    """The others wait, and get theirs with the next command."""
    new_office.members.write_text(
        f"email,language,groups\n{ANNA},en,board;press\n{WANG},zh,press\n{LI},zh,\n", "utf-8"
    )
    first = new_office.send("--group", "board")
    assert (first.code, set(server.copies)) == (0, {ANNA})

    second = new_office.send("--group", "board", "--group", "press")
    assert (second.code, set(server.copies)) == (0, {ANNA, WANG})

    assert new_office.send().code == 0
    assert server.copies == {ANNA: 1, WANG: 1, LI: 1}


def test_a_group_that_nobody_is_in_is_an_error(new_office: Office, server: Sink) -> None:
    """A slip in its name does not look as if everybody had it."""
    new_office.members.write_text(
        f"email,language,groups\n{ANNA},en,board;press\n{WANG},zh,press\n", "utf-8"
    )
    dry = new_office.run("send", "welcome", "-m", str(new_office.members), "-g", "bord")
    first = new_office.send("--group", "nosuch")
    assert set(new_office.states().values()) == {0}

    assert new_office.send("--group", "board").code == 0
    later = new_office.send("--group", "prss")
    assert new_office.send("--group", "board").code == 0

    assert (dry.code, first.code, later.code) == (2, 2, 2)
    assert "“bord”" in dry.err
    assert "Did you mean “board”?" in dry.err
    assert "board, press" in first.err
    assert "Did you mean" not in first.err
    assert "Did you mean “press”?" in later.err
    assert server.copies == {ANNA: 1}


def test_a_group_is_missed_in_a_roster_without_groups(new_office: Office, server: Sink) -> None:
    """There is none to name instead."""
    refused = new_office.send("--group", "board")

    assert (refused.code, server.copies.total()) == (2, 0)
    assert "names no group" in refused.err


def test_a_group_whose_members_cannot_be_written_to_is_known(new_office: Office) -> None:
    """It is told why they cannot, and not that there is no such group."""
    new_office.members.write_text(
        f"email,language,groups\n{ANNA},en,board\njean@members.example,fr,press\n", "utf-8"
    )
    shown = new_office.run("send", "welcome", "-m", str(new_office.members), "-g", "press")

    assert shown.code == 1
    assert "jean@members.example" in shown.err


def test_a_language_is_sent_to_alone(new_office: Office, server: Sink) -> None:
    """While the other edition is a draft, and no longer when it is finished."""
    catalog = new_office.folder / ZH
    finished = catalog.read_bytes()
    replace_in(catalog, 'msgctxt "title"', '#, fuzzy\nmsgctxt "title"')
    refused = new_office.send()
    assert (refused.code, server.copies.total()) == (2, 0)
    assert "draft" in refused.err

    first = new_office.send("--lang", "en")
    assert (first.code, set(server.copies)) == (0, {ANNA})

    catalog.write_bytes(finished)
    assert new_office.send().code == 0
    assert server.copies == {ANNA: 1, WANG: 1, LI: 1}


def test_a_limit_is_a_first_few(office: Office, server: Sink) -> None:
    """Code 3 says that others wait."""
    first = office.send("--limit", "1")
    assert (first.code, server.copies.total()) == (3, 1)

    assert office.send().code == 0
    assert server.copies == {ANNA: 1, WANG: 1, LI: 1}


def test_who_joins_meanwhile_gets_it_too(office: Office, server: Sink) -> None:
    """Who has it, keeps it; who has left before it was sent, gets nothing."""
    office.send("--limit", "1")
    office.enrol([THREE[0], THREE[1], "new@members.example,Nora New,en"])

    assert office.send().code == 0
    assert server.copies == {ANNA: 1, WANG: 1, "new@members.example": 1}


def test_a_member_without_an_edition_is_refused(new_office: Office, server: Sink) -> None:
    """Nobody is written to before it is clear what they get; the settings or an option say it."""
    new_office.enrol([*THREE, "jean@members.example,Jean Petit,fr"])
    refused = new_office.send()
    assert (refused.code, server.copies.total()) == (2, 0)
    assert "members.csv:5" in refused.err
    assert "fallback" in refused.err or "--skip-refused" in refused.err

    assert new_office.send("--skip-refused").code == 0
    assert set(server.copies) == {ANNA, WANG, LI}

    new_office.set('[members]\nfallback = ["en"]')
    assert new_office.send().code == 0
    assert messages(server)["jean@members.example"]["Content-Language"] == "en"


def test_a_roster_without_members_is_refused(office: Office, server: Sink) -> None:
    """An export has failed; nobody is taken for having left."""
    office.enrol([])
    refused = office.send()
    assert (refused.code, "members.csv" in refused.err) == (2, True)

    office.enrol(THREE)
    assert office.send().code == 0
    assert server.copies.total() == 3


def test_the_office_hears_why_some_have_nothing(
    office: Office, tmp_path: Path, quick_clock: None
) -> None:
    """Without having to look for it: what the server said, and the command that comes next."""
    unreachable = replace(office, server="smtp+plain://127.0.0.1:9").send("--wait", "0")
    assert (unreachable.code, "127.0.0.1" in unreachable.err) == (3, True)

    fault = Fault(at="rcpt", reply="550 5.1.1 unknown", address="^li@")
    with sink(tmp_path / "faulty", fault) as faulty:
        failed = replace(office, server=faulty.server).send()
    assert failed.code == 0
    assert "--state failed" in failed.err


# ---------------------------------------------------------------- what is refused


def test_errors_keep_an_edition_back(new_office: Office, server: Sink) -> None:
    """A number that the translation has wrong goes to nobody."""
    replace_in(new_office.folder / ZH, "120", "210")

    refused = new_office.send()

    assert (refused.code, server.copies.total()) == (2, 0)
    assert "welcome.po" in refused.err
    assert "pubkit check welcome" in refused.err


def test_an_edition_older_than_its_texts_is_kept_back(new_office: Office, server: Sink) -> None:
    """What lies in build/ is not what the office sees in the source."""
    replace_in(new_office.folder / SOURCE, "opens its night", "opens a night")
    new_office.run("extract")
    replace_in(new_office.folder / ZH, "#, fuzzy\n", "")

    refused = new_office.send("--lang", "en")

    assert (refused.code, server.copies.total()) == (2, 0)
    assert "pubkit render welcome" in refused.err


def test_an_edition_in_another_language_is_kept_back(new_office: Office, server: Sink) -> None:
    """Somebody has copied the wrong file."""
    build = new_office.folder / "build"
    shutil.copy(build / "en/welcome.pdf", build / "zh/welcome.pdf")

    refused = new_office.send()

    assert (refused.code, server.copies.total()) == (2, 0)
    assert "zh" in refused.err


def test_an_edition_that_is_missing_is_made(new_office: Office, server: Sink) -> None:
    """Nobody has to know that editions are rendered."""
    (new_office.folder / "build/en/welcome.pdf").unlink()

    assert new_office.send().code == 0
    assert server.copies.total() == 3


def test_an_embargo_is_kept(new_office: Office, server: Sink, quick_clock: None) -> None:
    """Before it ends nothing goes; the command can wait for it."""
    end = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=5)
    replace_in(new_office.folder / SOURCE, "date: ", f"embargo: {end.isoformat()}\ndate: ")
    new_office.run("render", "welcome", "--lang", "en")

    refused = new_office.send("--lang", "en")
    early = new_office.send("--lang", "en", "--at", (end - timedelta(minutes=1)).isoformat())
    assert (refused.code, early.code, server.copies.total()) == (2, 2, 0)
    assert end.isoformat() in refused.err

    assert new_office.send("--lang", "en", "--at", end.isoformat()).code == 0
    assert server.copies == {ANNA: 1}


def test_nobody_gets_it_twice_by_mistake(office: Office, server: Sink) -> None:
    """To begin anew has to be said, and cannot be said while a campaign is under way."""
    office.send("--limit", "1")
    refused = office.send("--new")
    assert (refused.code, server.copies.total()) == (2, 1)

    office.send()
    assert office.send("--new").code == 0
    assert server.copies == {ANNA: 2, WANG: 2, LI: 2}


# ---------------------------------------------------------------- corrections


@pytest.fixture(scope="session")
def corrected(tmp_path_factory: pytest.TempPathFactory, finished_project: Path) -> Path:
    """Return a project in which the number of seats was wrong."""

    def correct(folder: Path) -> None:
        import subprocess

        news = folder / "news"
        shutil.copytree(finished_project, news)
        source, catalog = news / SOURCE, news / ZH
        source.write_text(source.read_text("utf-8").replace("120 seats", "140 seats"), "utf-8")
        subprocess.run([*PUBKIT, "extract"], cwd=news, check=True, capture_output=True)
        lines = catalog.read_text("utf-8").replace("120", "140").splitlines()
        kept = [line for line in lines if not line.startswith(("#|", "#, fuzzy"))]
        catalog.write_text("\n".join(kept) + "\n", "utf-8")
        subprocess.run([*PUBKIT, "render"], cwd=news, check=True, capture_output=True)

    return made_once(tmp_path_factory, "corrected", correct) / "news"


def correct(office: Office, corrected: Path) -> None:
    """Mend the text, and make the editions anew."""
    for name in ("source", "locales", "build"):
        shutil.copytree(corrected / name, office.folder / name, dirs_exist_ok=True)


def test_a_correction_reaches_exactly_the_readers(
    office: Office, corrected: Path, tmp_path: Path
) -> None:
    """Who has the faulty edition gets the new one with a note; the others get the new one alone."""
    first = Fault(at="rcpt", reply="550 5.1.1 unknown", address="^li@", times=1)
    with sink(tmp_path / "first", first, keeps=True) as before:
        office = Office(folder=office.folder, server=before.server, execute=office.execute)
        office.send("--limit", "2")
        assert set(before.copies) == {ANNA, WANG}
    correct(office, corrected)
    with sink(tmp_path / "second", keeps=True) as after:
        office = Office(folder=office.folder, server=after.server, execute=office.execute)
        refused = office.send()
        assert (refused.code, after.copies.total()) == (2, 0)
        assert "--correction" in refused.err

        done = office.run("send", "welcome", "--correction", "--send", "--note", "We are sorry.")
        assert (done.code, dict(after.copies)) == (0, {ANNA: 1, WANG: 1})
        letter = text_of(messages(after)[ANNA])
        assert "120" in letter
        assert "140" in letter
        assert "We are sorry." in letter
        assert "120" in text_of(messages(after)[WANG])

        again = office.run("send", "welcome", "--correction", "--send")
        assert (again.code, after.copies.total()) == (0, 2)

        assert office.send().code == 0
        assert after.copies == {ANNA: 1, WANG: 1, LI: 1}
        assert "120" not in text_of(messages(after)[LI])


def test_a_correction_waits_for_whoever_is_in_doubt(
    office: Office, corrected: Path, tmp_path: Path
) -> None:
    """They may have the faulty edition: the log of the server knows."""
    fault = Fault(at="dot", then="drop", accepts=True, address="^wang@")
    with sink(tmp_path / "first", fault) as before:
        office = Office(folder=office.folder, server=before.server, execute=office.execute)
        office.send()
        log = before.write_log(tmp_path / "accepted.txt")
    correct(office, corrected)
    with sink(tmp_path / "second") as after:
        office = Office(folder=office.folder, server=after.server, execute=office.execute)
        refused = office.run("send", "welcome", "--correction", "--send")
        assert (refused.code, after.copies.total()) == (2, 0)
        assert "reconcile" in refused.err

        office.reconcile(log)
        assert office.run("send", "welcome", "--correction", "--send").code == 0
        assert after.copies == {ANNA: 1, WANG: 1, LI: 1}


def test_a_note_is_told_to_be_late(office: Office, corrected: Path, server: Sink) -> None:
    """All readers of a correction read the same; its own note is no other one."""
    office.send()
    correct(office, corrected)
    command = ("send", "welcome", "--correction", "--send")
    office.run(*command, "--limit", "1", "--note", "We are  sorry.")

    same = office.run("send", "welcome", "--correction", "--note", "We are sorry.")
    other = office.run("send", "welcome", "--correction", "--note", "Forgive us.")
    sent = office.run(*command, "--note", "Forgive us.")

    assert "warning" not in same.err
    assert "--note" in other.err
    assert "--note" in sent.err
    assert (other.code, sent.code) == (0, 0)
    assert server.copies.total() == 6
    assert all(b"Forgive" not in message for message in server.messages)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--correction", "--new"), "--new"),
        (("--correction", "--members", "members.csv"), "--members"),
        (("--note", "Sorry.", "--members", "members.csv"), "--correction"),
    ],
)
def test_options_that_say_two_things_are_refused(
    office: Office, server: Sink, options: tuple[str, ...], named: str
) -> None:
    """Whichever was meant, something else would be done."""
    for further in ((), ("--send",)):
        refused = office.run("send", "welcome", *options, *further)

        assert (refused.code, refused.out, server.copies.total()) == (2, "", 0)
        assert named in refused.err


def test_nothing_is_corrected_where_nothing_has_changed(office: Office, server: Sink) -> None:
    """A correction that says the same would only confuse."""
    assert office.run("send", "welcome", "--correction", "--send").code == 2
    office.send()
    assert office.run("send", "welcome", "--correction", "--send").code == 2
    assert server.copies.total() == 3


def test_a_second_correction_may_be_of_the_other_language(
    office: Office, corrected: Path, server: Sink
) -> None:
    """Whose edition was right until now gets a correction, too; nobody else gets another one."""
    office.send()
    english = office.folder / "build/en/welcome.pdf"
    right_until_now = english.read_bytes()
    correct(office, corrected)
    mended = english.read_bytes()

    english.write_bytes(right_until_now)
    first = office.run("send", "welcome", "--correction", "--send")
    assert (first.code, dict(server.copies)) == (0, {ANNA: 1, WANG: 2, LI: 2})

    english.write_bytes(mended)
    second = office.run("send", "welcome", "--correction", "--send")
    assert (second.code, dict(server.copies)) == (0, {ANNA: 2, WANG: 2, LI: 2})


def test_a_correction_finds_the_readers_of_earlier_campaigns(
    office: Office, corrected: Path, server: Sink
) -> None:
    """Who got it before a campaign was begun anew has the faulty edition as well."""
    office.send()
    office.send("--new", "--limit", "1")
    correct(office, corrected)

    assert office.run("send", "welcome", "--correction", "--send").code == 0
    assert server.copies == {ANNA: 3, WANG: 2, LI: 2}


def test_a_campaign_of_which_nothing_is_out_can_be_begun_anew(
    office: Office, corrected: Path, server: Sink
) -> None:
    """The text was mended in time; each error says what to do, and that can be done."""
    correct(office, corrected)
    refused = office.send()
    assert (refused.code, server.copies.total()) == (2, 0)
    assert "--new" in refused.err
    nothing = office.run("send", "welcome", "--correction", "--send")
    assert (nothing.code, "nobody has welcome yet" in nothing.err) == (2, True)

    assert office.send("--new").code == 0
    assert server.copies == {ANNA: 1, WANG: 1, LI: 1}


def test_who_left_the_roster_blocks_no_new_campaign(office: Office, server: Sink) -> None:
    """They wait for nothing."""
    office.send("--limit", "1")
    office.enrol([THREE[0], THREE[1]])
    assert office.send().code == 0

    assert office.send("--new").code == 0
    assert server.copies == {ANNA: 2, WANG: 2}


def test_a_language_that_comes_later_reaches_its_members(new_office: Office, server: Sink) -> None:
    """Who was left out for want of an edition gets it with the same command."""
    settings = new_office.folder / "pubkit.toml"
    replace_in(settings, 'languages = ["en", "zh"]', 'languages = ["en"]')
    new_office.send("--skip-refused")
    assert set(server.copies) == {ANNA}

    replace_in(settings, 'languages = ["en"]', 'languages = ["en", "zh"]')
    new_office.send("--skip-refused")
    assert server.copies == {ANNA: 1, WANG: 1, LI: 1}


# ---------------------------------------------------------------- rehearsals and proofs


def test_a_dry_run_says_who_would_get_what(new_office: Office, server: Sink) -> None:
    """With a file for each message that is what would be sent; the ledger knows of nothing."""
    shown = new_office.run("send", "welcome", "--members", str(new_office.members))
    files = sorted((new_office.folder / "outbox").glob("*.eml"))
    states = new_office.states()

    assert (shown.code, server.copies.total(), set(states.values())) == (0, 0, {0})
    assert len(files) == 3
    rows = {tuple(line.split()[:2]) for line in shown.out.splitlines()[1:]}
    assert rows == {("en", "1"), ("zh", "2"), ("All", "3")}
    assert "Instead of" not in shown.out

    new_office.send()
    rehearsed = {read(path.read_bytes())["To"]: read(path.read_bytes()) for path in files}
    for message in messages(server).values():
        before = rehearsed[message["To"]]
        assert before["List-Unsubscribe"] == message["List-Unsubscribe"]
        assert (before["Subject"], before["Message-ID"]) == (
            message["Subject"],
            message["Message-ID"],
        )


def test_a_dry_run_lists_who_cannot_be_written_to(new_office: Office) -> None:
    """All of them, with lines and remedies; the others are shown all the same."""
    new_office.enrol([*THREE, "nonsense,N,en", "jean@members.example,J,fr"])

    shown = new_office.run("send", "welcome", "--members", str(new_office.members))

    assert shown.code == 1
    assert "line 5" in shown.err
    assert "line 6" in shown.err
    assert len(list((new_office.folder / "outbox").glob("*.eml"))) == 3


def test_a_proof_goes_to_the_office_alone(new_office: Office, server: Sink) -> None:
    """One for each language; no ledger knows of it."""
    done = new_office.run("send", "welcome", "--to", "press@office.example")

    assert (done.code, dict(server.copies)) == (0, {"press@office.example": 2})
    assert {read(data)["Subject"][:4] for data in server.messages} == {"[en]", "[zh]"}
    assert set(new_office.states().values()) == {0}


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault(at="rcpt", reply="550 5.1.1 Nobody here"), "550 5.1.1 Nobody here"),
        (Fault(at="connect", reply="421 4.3.2 Not now"), "421 4.3.2 Not now"),
        (Fault(at="data", then="drop"), "The proof was not sent"),
        (Fault(at="dot", then="drop"), "whether it has arrived"),
    ],
)
def test_a_proof_that_does_not_go_is_told(
    new_office: Office, tmp_path: Path, fault: Fault, told: str
) -> None:
    """With what the server said, and what to do."""
    with sink(tmp_path / "faulty", fault) as server:
        office = replace(new_office, server=server.server)
        refused = office.run("send", "welcome", "--to", "press@office.example")

    assert (refused.code, refused.out) == (2, "")
    assert told in refused.err
    assert "→" in refused.err


def test_a_proof_without_a_server_is_told(new_office: Office) -> None:
    """Which one cannot be reached."""
    office = replace(new_office, server=f"smtp+plain://127.0.0.1:{free_port()}")
    refused = office.run("send", "welcome", "--to", "press@office.example")

    assert refused.code == 2
    assert "cannot be reached" in refused.err
    assert "pubkit doctor --mail" in refused.err


def test_a_proof_goes_to_an_address_and_nowhere_else(new_office: Office, server: Sink) -> None:
    """What is none is told before an edition is made; its domain may be written as it is read."""
    nowhere = new_office.run("send", "welcome", "--to", "office", "--lang", "en")
    abroad = new_office.run("send", "welcome", "--to", "press@büro.example", "--lang", "en")

    assert nowhere.code == 2
    assert "“office” is no address: it has no @" in nowhere.err
    assert abroad.code == 0
    assert dict(server.copies) == {"press@xn--bro-hoa.example": 1}


def test_a_message_that_is_not_fit_is_told(
    new_office: Office, server: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a proof and in a dry run, before anybody would have got it."""
    from pubkit.workflow.sending import composing

    monkeypatch.setattr(composing, "lint", lambda _envelope: ["a line is too long"])
    proof = new_office.run("send", "welcome", "--to", "press@office.example")
    dry = new_office.run("send", "welcome", "--members", str(new_office.members))

    assert (proof.code, dry.code, server.copies.total()) == (2, 2, 0)
    assert "a line is too long" in proof.err
    assert "@members.example cannot be sent: a line is too long" in dry.err


def test_the_roster_may_be_a_database(new_office: Office, server: Sink, tmp_path: Path) -> None:
    """The query of the settings or of the command selects the members."""
    import sqlite3

    path = tmp_path / "members.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE people (mail TEXT, full_name TEXT, lang TEXT, active INT)")
        rows = [(*row.split(","), 1) for row in THREE]
        database.executemany(
            "INSERT INTO people VALUES (?, ?, ?, ?)", [*rows, ("x@x.example", "X", "en", 0)]
        )
    database.close()
    query = "SELECT mail AS email, full_name AS name, lang AS language FROM people WHERE active = 1"

    done = new_office.run(
        *("send", "welcome", "--members", f"sqlite:///{path}", "--query", query, "--send")
    )

    assert (done.code, dict(server.copies)) == (0, {ANNA: 1, WANG: 1, LI: 1})
