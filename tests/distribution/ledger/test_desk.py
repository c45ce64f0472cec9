"""The desk of a sender: what one has taken no other takes, whatever ends it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pubkit.distribution.campaign import Campaign, Delivery, DeliveryState, Recipient
from pubkit.distribution.ledger.campaigns import (
    add_parcels,
    begin,
    enrol,
    find_campaign,
    follow_roster,
)
from pubkit.distribution.ledger.corrections import begin_correction, received
from pubkit.distribution.ledger.desk import (
    Desk,
    Outcome,
    Selection,
    has_sender,
    open_desk,
    sole_sender,
)
from pubkit.distribution.ledger.mark import count_run, renewed, verify_ledger
from pubkit.distribution.ledger.opening import Ledger, open_ledger
from pubkit.distribution.ledger.suppressions import suppress
from pubkit.distribution.suppression import Reason
from pubkit.errors import BusyError, DeliveryError
from tests.distribution.campaigns import BEGAN, counted, ledger_in, new_campaign, parcel, states

LATER = BEGAN + timedelta(hours=1)
MEMBERS = [f"m{number}@x.example" for number in range(10)]


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Ledger:
    """A ledger in each database."""
    if request.param == "sqlite":
        return ledger_in(tmp_path)
    return open_ledger(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def shared(postgresql_url: str) -> Ledger:
    """A ledger on which several may work."""
    return open_ledger(postgresql_url)


@pytest.fixture
def campaign(ledger: Ledger) -> Campaign:
    """A campaign for ten members."""
    return new_campaign(ledger, *MEMBERS)


@pytest.fixture
def desk(ledger: Ledger, campaign: Campaign) -> Iterator[Desk]:
    """A sender at work."""
    with open_desk(ledger, campaign, Selection()) as desk:
        yield desk


def take(desk: Desk, number: int = 50) -> list[Delivery]:
    """Take messages that are due an hour after the beginning."""
    return desk.take(number, now=LATER, latest=LATER + timedelta(hours=2))


def sent(delivery: Delivery) -> Outcome:
    """Return what is known of a message that was taken."""
    return Outcome(delivery=delivery, state=DeliveryState.SENT, at=LATER, was_in_doubt=True)


def test_a_campaign_is_read_as_it_was_written(ledger: Ledger, campaign: Campaign) -> None:
    """Letters, times and digests come back as they were frozen."""
    with ledger.transaction() as connection:
        assert find_campaign(connection, "report") == campaign


def test_somebody_at_work_is_seen(ledger: Ledger, campaign: Campaign) -> None:
    """And is not disturbed by being looked at."""
    assert not has_sender(ledger)

    with sole_sender(ledger), open_desk(ledger, campaign, Selection()) as desk:
        assert has_sender(ledger)
        assert len(take(desk)) == len(MEMBERS)

    assert not has_sender(ledger)


def test_what_was_taken_is_not_taken_again(desk: Desk) -> None:
    """Each message is taken once, in the order of the roster."""
    first, second = take(desk, 4), take(desk)

    assert [one.recipient.address for one in (*first, *second)] == MEMBERS


def test_what_was_given_back_is_taken_again(desk: Desk) -> None:
    """A sender that stops leaves the rest to the next one."""
    desk.release(take(desk)[5:])

    assert [one.recipient.address for one in take(desk)] == MEMBERS[5:]


def test_doubt_is_written_with_what_came_before(
    desk: Desk, ledger: Ledger, campaign: Campaign
) -> None:
    """One commit says that the last one is sent and the next one may be."""
    first, second = take(desk, 2)
    assert desk.doubt(first, [], now=LATER)
    assert states(ledger, campaign)[MEMBERS[0]] == "in_doubt"

    assert desk.doubt(second, [sent(first)], now=LATER)

    assert states(ledger, campaign)[MEMBERS[0]] == "sent"
    assert states(ledger, campaign)[MEMBERS[1]] == "in_doubt"


def test_who_is_in_doubt_is_not_taken(desk: Desk, ledger: Ledger, campaign: Campaign) -> None:
    """Whatever becomes of the sender, nobody else sends to them."""
    (first,) = take(desk, 1)
    desk.doubt(first, [], now=LATER)
    with open_desk(ledger, campaign, Selection()) as other:
        assert first.id not in {one.id for one in take(other)}


def test_the_suppressed_are_left_alone(desk: Desk, ledger: Ledger, campaign: Campaign) -> None:
    """In this campaign, and when they have been taken already."""
    taken = take(desk, 1)
    with ledger.transaction() as connection:
        for address in MEMBERS[:2]:
            suppress(connection, address, reason=Reason.BOUNCED, detail="", now=LATER)

    assert not desk.doubt(taken[0], [], now=LATER)
    assert MEMBERS[1] not in {one.recipient.address for one in take(desk)}
    assert counted(ledger, campaign)[DeliveryState.SUPPRESSED] == 2


def test_what_is_put_off_is_not_due_before(desk: Desk) -> None:
    """It is taken at its time, and not a second before."""
    first, *_others = take(desk)
    due = LATER + timedelta(minutes=5)
    put_off = Outcome(delivery=first, state=DeliveryState.DEFERRED, at=LATER, not_before=due)
    desk.settle([put_off])
    latest = due + timedelta(hours=2)

    assert desk.next_due() == due
    assert desk.take(5, now=due - timedelta(seconds=1), latest=latest) == []
    assert [one.id for one in desk.take(5, now=due, latest=latest)] == [first.id]


def test_two_senders_share_a_campaign(shared: Ledger) -> None:
    """What a living sender has taken is not for another; what a dead one had, is."""
    campaign = new_campaign(shared, *MEMBERS)
    with open_desk(shared, campaign, Selection()) as second:
        with open_desk(shared, campaign, Selection()) as first:
            mine = take(first, 6)
            assert [one.recipient.address for one in take(second)] == MEMBERS[6:]
            first.doubt(mine[0], [], now=LATER)
            assert second.abandoned() == []

        assert [one.recipient.address for one in take(second)] == MEMBERS[1:6]
        assert [one.id for one in second.abandoned()] == [mine[0].id]


def test_a_file_has_one_sender(tmp_path: Path) -> None:
    """A second one is sent away at once."""
    ledger = ledger_in(tmp_path)
    with sole_sender(ledger), pytest.raises(BusyError), sole_sender(ledger_in(tmp_path)):
        pass
    with sole_sender(ledger):
        pass


def test_a_file_has_one_sender_whatever_it_is_called(tmp_path: Path) -> None:
    """A link to it is no other ledger."""
    ledger = ledger_in(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "linked.sqlite").symlink_to(tmp_path / "ledger.sqlite")
    linked = open_ledger(f"sqlite:///{elsewhere}/linked.sqlite")

    with sole_sender(ledger):
        assert has_sender(linked)
        with pytest.raises(BusyError), sole_sender(linked):
            pass


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """With its place; it is no fault of the program."""
    ledger = ledger_in(tmp_path)
    (tmp_path / "ledger.sqlite.lock").mkdir()

    with pytest.raises(DeliveryError) as error, sole_sender(ledger):
        pass
    assert "ledger.sqlite.lock" in str(error.value)


def test_a_lock_that_the_system_has_not_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems know of none."""
    import errno
    import fcntl

    def refuse(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    ledger = ledger_in(tmp_path)
    monkeypatch.setattr(fcntl, "flock", refuse)

    with pytest.raises(DeliveryError, match="No locks available"), sole_sender(ledger):
        pass


def test_who_failed_is_tried_again_where_they_are_meant(ledger: Ledger, campaign: Campaign) -> None:
    """In the groups and languages of the run; who has left the roster is not."""
    with open_desk(ledger, campaign, Selection()) as desk:
        failed = take(desk)
        desk.settle(
            Outcome(delivery=one, state=DeliveryState.FAILED, at=LATER, reply="550")
            for one in failed
        )
    lines = dict.fromkeys(MEMBERS[1:], 2)
    with ledger.transaction() as connection:
        follow_roster(connection, campaign, lines, digest="1")

    with open_desk(ledger, campaign, Selection(languages=("zh",))) as other:
        assert other.try_failed_again(now=LATER) == 0
    with open_desk(ledger, campaign, Selection()) as desk:
        assert desk.try_failed_again(now=LATER) == 9


def test_one_of_two_begins_a_campaign(ledger: Ledger, campaign: Campaign) -> None:
    """The other one is told, and plans again."""
    again = replace(campaign, id=0)

    assert begin(ledger, again, []) is None
    assert len(states(ledger, campaign)) == 10


def test_a_correction_waits_for_who_is_sending(ledger: Ledger, campaign: Campaign) -> None:
    """Who gets the faulty edition while its correction is prepared would never get that."""
    corrected = replace(
        campaign,
        id=0,
        number=2,
        corrects=1,
        parcels={"en": replace(parcel(), pdf_digest="1" * 64)},
    )
    with open_desk(ledger, campaign, Selection()) as desk:
        first, second = take(desk, 2)
        desk.doubt(first, [], now=LATER)
        desk.settle([sent(first)])
        readers = [replace(first, id=0, message_id="<1@x>", is_correction=True)]
        desk.doubt(second, [], now=LATER)
        with pytest.raises(BusyError):
            begin_correction(ledger, campaign, corrected, readers, now=LATER)
        desk.settle([sent(second)])
        with pytest.raises(BusyError):
            begin_correction(ledger, campaign, corrected, readers, now=LATER)
        assert counted(ledger, campaign)[DeliveryState.PENDING] == 8

        readers.append(replace(second, id=0, message_id="<2@x>", is_correction=True))
        begin_correction(ledger, campaign, corrected, readers, now=LATER)
        assert take(desk) == []


def test_who_may_make_no_ledger_makes_none(postgresql_url: str) -> None:
    """In a database that has none, nothing is left behind."""
    for _time in range(2):
        with pytest.raises(DeliveryError, match="no ledger"):
            open_ledger(postgresql_url, may_make=False)

    made = open_ledger(postgresql_url)
    assert open_ledger(postgresql_url, may_make=False).id == made.id


def test_a_sender_leaves_languages_alone_that_it_does_not_know(
    ledger: Ledger, campaign: Campaign
) -> None:
    """Another machine has frozen their edition meanwhile."""
    recipient = Recipient(address="wang@x.example", line=20)
    chinese = Delivery(
        id=0,
        campaign=campaign.id,
        recipient=recipient,
        lang="zh",
        message_id="<w@x>",
        changed=BEGAN,
    )
    with ledger.transaction() as connection:
        enrol(connection, campaign, [chinese])
        add_parcels(connection, campaign, [parcel("zh")])
        add_parcels(connection, campaign, [parcel("zh")])
        known = find_campaign(connection, "report")
    assert known is not None
    with open_desk(ledger, campaign, Selection()) as desk:
        assert {one.lang for one in take(desk)} == {"en"}
    with open_desk(ledger, known, Selection()) as desk:
        assert {one.lang for one in take(desk)} == {"en", "zh"}


def test_a_roster_is_followed(ledger: Ledger, campaign: Campaign, desk: Desk) -> None:
    """Who has left is not written to, who is back is, who is new is added once."""
    lines = dict.fromkeys(MEMBERS[1:], 2)
    with ledger.transaction() as connection:
        follow_roster(connection, campaign, lines, digest="1")
    taken = take(desk)
    assert MEMBERS[0] not in {one.recipient.address for one in taken}
    desk.release(taken)
    with ledger.transaction() as connection:
        follow_roster(connection, campaign, {**lines, MEMBERS[0]: 2}, digest="2")
        assert enrol(connection, campaign, taken) == 0
    assert len(take(desk)) == 10


def test_who_has_the_edition_is_known(ledger: Ledger, campaign: Campaign, desk: Desk) -> None:
    """Those who were sent to, and nobody else."""
    first, second = take(desk, 2)
    desk.doubt(first, [], now=LATER)
    desk.doubt(second, [sent(first)], now=LATER)
    with ledger.transaction() as connection:
        assert [one.delivery.id for one in received(connection, campaign)] == [first.id]


# ---------------------------------------------------------------- what happens to ledgers


def test_a_ledger_that_is_gone_is_missed(tmp_path: Path) -> None:
    """A new one would send everything again."""
    mark = tmp_path / "mark"
    count_run(ledger_in(tmp_path), mark)
    verify_ledger(ledger_in(tmp_path), mark)
    (tmp_path / "ledger.sqlite").unlink()

    with pytest.raises(DeliveryError, match="not the ledger of the last run"):
        verify_ledger(ledger_in(tmp_path), mark)


def test_an_older_copy_is_recognised(tmp_path: Path) -> None:
    """It does not know of the last run."""
    mark, file = tmp_path / "mark", tmp_path / "ledger.sqlite"
    ledger = ledger_in(tmp_path)
    count_run(ledger, mark)
    ledger.engine.dispose()
    copy = file.read_bytes()
    count_run(ledger_in(tmp_path), mark)
    ledger_in(tmp_path).engine.dispose()
    for path in tmp_path.glob("ledger.sqlite*"):
        path.unlink()
    file.write_bytes(copy)

    with pytest.raises(DeliveryError, match="older copy"):
        verify_ledger(ledger_in(tmp_path), mark)


def test_an_older_copy_that_is_taken_signs_anew(tmp_path: Path) -> None:
    """Its members are counted on from where it was: old tokens must not stand for new members."""
    mark = tmp_path / "mark"
    ledger = ledger_in(tmp_path)
    count_run(ledger, mark)
    assert renewed(ledger, mark) == ledger

    mark.write_text(f'{{"id": "{ledger.id}", "runs": 5}}', "utf-8")
    taken = renewed(ledger, mark)
    assert taken.secret != ledger.secret
    assert ledger_in(tmp_path).secret == taken.secret


def test_runs_are_counted_though_two_begin_at_once(shared: Ledger, tmp_path: Path) -> None:
    """A mark that is ahead of its ledger would be taken for that of a newer one."""
    for name in ("a", "b", "a"):
        count_run(shared, tmp_path / name)

    verify_ledger(shared, tmp_path / "a")
    verify_ledger(shared, tmp_path / "b")


def test_a_damaged_ledger_is_refused(tmp_path: Path) -> None:
    """With its place and what to do."""
    file = tmp_path / "ledger.sqlite"
    ledger_in(tmp_path).engine.dispose()
    file.write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)

    with pytest.raises(DeliveryError) as error:
        ledger_in(tmp_path)
    assert str(file) in str(error.value)
    assert "last copy" in (error.value.remedy or "")


def test_a_ledger_of_another_version_is_refused(ledger: Ledger) -> None:
    """Its rows may mean something else."""
    from sqlalchemy import text

    with ledger.transaction() as connection:
        connection.execute(text("UPDATE pubkit_facts SET value = '99' WHERE name = 'version'"))

    with pytest.raises(DeliveryError, match="version 99"):
        open_ledger(ledger.engine.url.render_as_string(hide_password=False))


def test_nobody_else_reads_a_ledger(tmp_path: Path) -> None:
    """It has the addresses of the members."""
    ledger = ledger_in(tmp_path)
    new_campaign(ledger, *MEMBERS)

    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("ledger.sqlite*")}
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize(
    "url", ["mysql://x/y", "nonsense", "sqlite://", "postgresql+nonsense://localhost/x"]
)
def test_no_other_database_is_trusted(url: str) -> None:
    """Whether it keeps its promises is not known."""
    with pytest.raises(DeliveryError):
        open_ledger(url)


def test_a_password_is_never_shown() -> None:
    """Not even when the server cannot be reached."""
    with pytest.raises(DeliveryError) as error:
        open_ledger("postgresql+psycopg://me:secret@127.0.0.1:9/nothing")
    assert "secret" not in f"{error.value}{error.value.remedy}"


def test_a_campaign_begins_whole_or_not_at_all(ledger: Ledger) -> None:
    """Two members with one identifier: nothing is written."""
    campaign = Campaign(
        id=0,
        document="other",
        number=1,
        began=BEGAN,
        sender="a@b.example",
        parcels={"en": parcel()},
    )
    with ledger.transaction() as connection:
        before = find_campaign(connection, "other")
    first = replace(_some_delivery(), message_id="<1@x>")
    with pytest.raises(Exception, match=r"(?i)unique|constraint"):
        begin(ledger, campaign, [first, replace(first, recipient=_other().recipient)])
    with ledger.transaction() as connection:
        assert find_campaign(connection, "other") is before is None


def _some_delivery() -> Delivery:
    recipient = Recipient(address="a@x.example", line=2)
    return Delivery(
        id=0, campaign=0, recipient=recipient, lang="en", message_id="<1@x>", changed=BEGAN
    )


def _other() -> Delivery:
    return replace(_some_delivery(), recipient=Recipient(address="b@x.example", line=3))
