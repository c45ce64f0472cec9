"""The loop that sends: every answer of a server, and every moment at which it may end."""

import socket
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pubkit.distribution.campaign import Delivery, DeliveryState
from pubkit.distribution.ledger.desk import Desk, Outcome, Selection
from pubkit.distribution.ledger.suppressions import suppress, suppressions
from pubkit.distribution.sending import Ending, Step
from pubkit.distribution.suppression import Reason
from pubkit.errors import DeliveryError
from tests.distribution.campaigns import (
    BEGAN,
    Notes,
    TestClock,
    counted,
    delivery_of,
    ledger_in,
    new_campaign,
    send,
    sender,
    states,
)
from tests.servers.sink import Fault, sink

A, B, C = "a@x.example", "b@x.example", "c@y.example"
HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
MANY = tuple(f"m{number}@x.example" for number in range(100))


def test_everybody_gets_one_message(tmp_path: Path) -> None:
    """Each is sent to once, and a second run sends nothing."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A, B, C)
    with sink(tmp_path / "sink") as server:
        first = send(ledger, campaign, server.server)
        second = send(ledger, campaign, server.server)

        assert (first, second) == (Ending.DONE, Ending.DONE)
        assert server.copies == {A: 1, B: 1, C: 1}
    assert set(states(ledger, campaign).values()) == {"sent"}


def test_a_message_is_in_doubt_before_its_last_dot(tmp_path: Path) -> None:
    """What has been offered is not with the server; when it can be, the ledger says so."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A)
    seen: dict[Step, tuple[str, int]] = {}
    with sink(tmp_path / "sink") as server:

        def look(step: Step, _delivery: Delivery) -> None:
            seen[step] = states(ledger, campaign)[A], len(server.taken)

        send(ledger, campaign, server.server, notes=Notes(on_step=look))

    assert seen[Step.OFFERED] == ("pending", 0)
    assert seen[Step.DOUBTED] == ("in_doubt", 0)
    assert seen[Step.ANSWERED] == ("in_doubt", 1)
    assert seen[Step.SETTLED] == ("sent", 1)


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "dot"])
@pytest.mark.parametrize(
    ("reply", "state"), [("451 4.3.0 later", "deferred"), ("550 5.1.1 no", "failed")]
)
def test_an_answer_decides_about_its_member_alone(
    tmp_path: Path, stage: str, reply: str, state: str
) -> None:
    """Who is refused for now is put off, for good has failed; the others get theirs."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A, B, C)
    fault = Fault(at=stage, reply=reply, times=1)
    with sink(tmp_path / "sink", fault) as server:
        send(ledger, campaign, server.server, patience=0.0)

        assert server.copies == {B: 1, C: 1}
    assert states(ledger, campaign) == {A: state, B: "sent", C: "sent"}
    assert delivery_of(ledger, campaign, A).reply.endswith(reply.split()[-1])


@pytest.mark.parametrize(
    ("then", "begins_for_nobody"), [("go on", False), ("go on", True), ("drop", False)]
)
@pytest.mark.parametrize(("reply", "state"), [("450 4.2.1 busy", "deferred"), ("550 no", "failed")])
def test_a_refusal_is_one_whatever_becomes_of_the_connection(
    tmp_path: Path, then: str, begins_for_nobody: bool, reply: str, state: str
) -> None:
    """A server that says no and hangs up, or must be left, has said no; nothing waits for it."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A, B, C)
    clock = TestClock()
    fault = Fault(at="rcpt", reply=reply, then=then, address="^[ab]@")
    plan = {"extensions": ("PIPELINING",), "begins_for_nobody": begins_for_nobody}
    with sink(tmp_path / "sink", fault, **plan) as server:
        ending = send(ledger, campaign, server.server, clock=clock, patience=0.0)

        assert server.copies == {C: 1}
    assert (ending, clock.slept) == (Ending.DONE, [])
    assert states(ledger, campaign) == {A: state, B: state, C: "sent"}
    assert delivery_of(ledger, campaign, A).reply == reply


@pytest.mark.parametrize("stage", ["connect", "mail", "data"])
def test_a_server_that_closes_is_let_be(tmp_path: Path, stage: str) -> None:
    """421 is about the connection: who is written to next would hear the same."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, *MANY)
    clock = TestClock()
    with sink(tmp_path / "sink", Fault(at=stage, reply="421 4.3.2 no", then="drop")) as server:
        ending = send(ledger, campaign, server.server, clock=clock)

    assert ending is Ending.UNREACHABLE
    assert clock.slept == pytest.approx([10, 20], abs=0.5)
    assert counted(ledger, campaign) == {DeliveryState.PENDING: 97, DeliveryState.DEFERRED: 3}


@pytest.mark.parametrize(
    ("stage", "reply", "are_given_up"),
    [
        ("rcpt", "550 5.1.1 User unknown", True),
        ("rcpt", "550 No such user", True),
        ("rcpt", "550 5.7.1 Rejected by policy", False),
        ("rcpt", "552 5.2.2 Mailbox full", False),
        ("mail", "550 5.1.1 User unknown", False),
        ("dot", "554 5.6.0 Content rejected", False),
    ],
)
def test_whom_no_server_knows_gets_nothing_any_more(
    tmp_path: Path, stage: str, reply: str, are_given_up: bool
) -> None:
    """The state says that this message failed; the next campaign leaves the address out."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A, B)
    with sink(tmp_path / "sink", Fault(at=stage, reply=reply, times=1)) as server:
        send(ledger, campaign, server.server, patience=0.0)

    assert states(ledger, campaign) == {A: "failed", B: "sent"}
    with ledger.transaction() as connection:
        suppressed = [item.address for item in suppressions(connection)]
    assert suppressed == ([A] if are_given_up else [])


def test_a_message_that_is_put_off_is_tried_again(tmp_path: Path) -> None:
    """After a while, within the same run; with the same identifier."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A, B)
    clock = TestClock()
    fault = Fault(at="rcpt", reply="450 4.2.1 busy", address="^a@", times=1)
    with sink(tmp_path / "sink", fault) as server:
        ending = send(ledger, campaign, server.server, clock=clock)

        assert server.copies == {A: 1, B: 1}
    assert ending is Ending.DONE
    assert clock.slept == [pytest.approx(10, abs=0.5)]
    assert delivery_of(ledger, campaign, A).attempts == 2


def test_each_delay_is_longer_and_the_last_one_ends_it(tmp_path: Path) -> None:
    """A server that never takes it is tried for three days, and not in a busy loop."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A)
    clock = TestClock()
    fault = Fault(at="rcpt", reply="450 4.2.1 busy")
    with sink(tmp_path / "sink", fault) as server:
        ending = send(ledger, campaign, server.server, clock=clock, patience=1e9)

    assert ending is Ending.DONE
    assert states(ledger, campaign) == {A: "failed"}
    assert delivery_of(ledger, campaign, A).reply.startswith("given up after 72 hours")
    assert clock.slept[:4] == pytest.approx([10, 20, 40, 80], abs=0.5)
    assert max(clock.slept) <= 3600
    assert 70 < len(clock.slept) < 90


@pytest.mark.parametrize("stage", ["rcpt", "data", "body"])
def test_a_connection_that_breaks_early_leaves_no_doubt(tmp_path: Path, stage: str) -> None:
    """Before the last dot the server has nothing: the message goes over a new connection."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A, B)
    fault = Fault(at=stage, then="drop", times=1)
    with sink(tmp_path / "sink", fault) as server:
        send(ledger, campaign, server.server)

        assert server.copies == {A: 1, B: 1}


@pytest.mark.parametrize("accepts", [True, False])
def test_no_answer_to_the_last_dot_leaves_doubt(tmp_path: Path, accepts: bool) -> None:
    """Nobody knows whether the server has it: the member is held back, the others are not."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A, B)
    fault = Fault(at="dot", then="drop", accepts=accepts, address="^a@")
    with sink(tmp_path / "sink", fault) as server:
        send(ledger, campaign, server.server)
        send(ledger, campaign, server.server)

        assert server.copies == ({A: 1, B: 1} if accepts else {B: 1})
    assert states(ledger, campaign) == {A: "in_doubt", B: "sent"}


def test_a_server_that_answers_no_dot_stops_the_run(tmp_path: Path) -> None:
    """What ends every connection must not put everybody into doubt."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, *MANY)
    clock = TestClock()
    fault = Fault(at="dot", then="drop", accepts=True)
    with sink(tmp_path / "sink", fault) as server:
        ending = send(ledger, campaign, server.server, clock=clock)

        assert (ending, server.copies.total()) == (Ending.UNANSWERED, 5)
    assert clock.slept == pytest.approx([10, 20, 30], abs=0.5)
    assert counted(ledger, campaign) == {DeliveryState.PENDING: 95, DeliveryState.IN_DOUBT: 5}


def test_a_few_unanswered_dots_are_no_reason_to_stop(tmp_path: Path) -> None:
    """A server that takes messages without a word is there, even for who does not want to wait."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, *MANY)
    fault = Fault(at="dot", then="drop", address="^m[1-4]@")
    with sink(tmp_path / "sink", fault) as server:
        ending = send(ledger, campaign, server.server, patience=0.0)

    assert ending is Ending.DONE
    assert counted(ledger, campaign) == {DeliveryState.SENT: 96, DeliveryState.IN_DOUBT: 4}


def test_some_unanswered_dots_cost_no_time(tmp_path: Path) -> None:
    """A connection that ends now and then is opened again at once."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, *MANY)
    clock = TestClock()
    fault = Fault(at="dot", then="drop", address=r"^m\d?5@")
    with sink(tmp_path / "sink", fault) as server:
        send(ledger, campaign, server.server, clock=clock)

    assert clock.slept == []
    assert counted(ledger, campaign) == {DeliveryState.SENT: 90, DeliveryState.IN_DOUBT: 10}


def test_a_refused_recipient_is_no_answer_to_a_dot(tmp_path: Path) -> None:
    """What ends every connection after a dot may answer everything else."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, *MANY)
    refusal = Fault(at="rcpt", reply="550 5.1.1 unknown", address=r"[13579]@")
    with sink(tmp_path / "sink", refusal, Fault(at="dot", then="drop")) as server:
        ending = send(ledger, campaign, server.server)

    assert ending is Ending.UNANSWERED
    assert counted(ledger, campaign)[DeliveryState.IN_DOUBT] == 5


def test_a_server_that_closes_at_each_dot_is_let_be(tmp_path: Path) -> None:
    """421 is an answer: nobody is in doubt, and the others are not tried for nothing."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, *MANY)
    clock = TestClock()
    fault = Fault(at="dot", reply="421 4.7.0 enough", then="drop")
    with sink(tmp_path / "sink", fault) as server:
        ending = send(ledger, campaign, server.server, clock=clock)

    assert ending is Ending.UNREACHABLE
    assert clock.slept == pytest.approx([10, 20], abs=0.5)
    assert counted(ledger, campaign) == {DeliveryState.PENDING: 97, DeliveryState.DEFERRED: 3}


def test_a_connection_that_ends_before_the_dot_is_lost(tmp_path: Path) -> None:
    """The server does not have the message, and is let be like any that is away."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, *MANY)
    clock = TestClock()

    def end(step: Step, _delivery: Delivery) -> None:
        if step is Step.DOUBTED and one._connection:
            one._connection._wire.socket.shutdown(socket.SHUT_RD)

    with (
        sink(tmp_path / "sink") as server,
        sender(ledger, campaign, server.server, clock=clock, notes=Notes(on_step=end)) as one,
    ):
        ending = one.run()

        assert server.copies == {}
    assert ending is Ending.UNREACHABLE
    assert counted(ledger, campaign) == {DeliveryState.PENDING: 97, DeliveryState.DEFERRED: 3}


def test_a_server_that_is_not_there_puts_off_a_few(tmp_path: Path) -> None:
    """The run ends when the server has not answered for as long as it is waited for."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, *MANY)
    clock = TestClock()

    ending = send(ledger, campaign, "smtp+plain://127.0.0.1:9", clock=clock)

    assert ending is Ending.UNREACHABLE
    assert 30 <= clock.seconds < 100
    assert counted(ledger, campaign)[DeliveryState.PENDING] > 90


def test_a_server_that_refuses_everything_stops_the_run(tmp_path: Path) -> None:
    """A fault of the sender is not taken for a fault of 100 addresses."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, *MANY)
    fault = Fault(at="rcpt", reply="550 5.7.1 policy")
    with sink(tmp_path / "sink", fault) as server, pytest.raises(DeliveryError, match="11 of"):
        send(ledger, campaign, server.server)

    assert counted(ledger, campaign) == {DeliveryState.PENDING: 89, DeliveryState.FAILED: 11}


def test_some_failures_are_no_reason_to_stop(tmp_path: Path) -> None:
    """Every roster has addresses that are there no longer."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, *MANY)
    fault = Fault(at="rcpt", reply="550 5.1.1 unknown", address=r"^m\d?5@")
    with sink(tmp_path / "sink", fault) as server:
        send(ledger, campaign, server.server)

    assert counted(ledger, campaign) == {DeliveryState.SENT: 90, DeliveryState.FAILED: 10}


def test_who_unsubscribes_meanwhile_gets_nothing(tmp_path: Path) -> None:
    """Even when the message is with the server already, but for its last dot."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A, B)

    def leave(step: Step, delivery: Delivery) -> None:
        if step is Step.OFFERED and delivery.recipient.address == A:
            with ledger.transaction() as connection:
                suppress(connection, A, reason=Reason.UNSUBSCRIBED, detail="", now=BEGAN)

    with sink(tmp_path / "sink") as server:
        send(ledger, campaign, server.server, notes=Notes(on_step=leave))
        send(ledger, campaign, server.server)

        assert server.copies == {B: 1}
    assert states(ledger, campaign) == {A: "suppressed", B: "sent"}


def test_the_wish_to_stop_ends_the_run_after_the_message(tmp_path: Path) -> None:
    """The message under way is finished and known; the next run has the others."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A, B, C)
    clock = TestClock()

    def stop(step: Step, _delivery: Delivery) -> None:
        clock.is_stopped = step is Step.OFFERED

    with sink(tmp_path / "sink") as server:
        notes = Notes(on_step=stop)
        with sender(ledger, campaign, server.server, clock=clock, notes=notes) as one:
            clock_stops = one.run()
        assert clock_stops is Ending.DONE or server.copies == {A: 1}
        clock.is_stopped = False
        send(ledger, campaign, server.server)

        assert server.copies == {A: 1, B: 1, C: 1}


@pytest.mark.parametrize("failures", [1, 2])
def test_what_is_known_is_written_when_the_ledger_is_back(tmp_path: Path, failures: int) -> None:
    """A ledger that is away for a moment ends the run with that, and leaves nobody in doubt."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A)
    with sink(tmp_path / "sink") as server, sender(ledger, campaign, server.server) as one:
        one.desk = Flickering(one.desk, failures)  # type: ignore[assignment]
        with pytest.raises(DeliveryError, match="failure 1"):
            one.run()

    assert states(ledger, campaign) == {A: "sent" if failures == 1 else "in_doubt"}


class Flickering:
    """A desk whose ledger is away the first times that something is settled."""

    def __init__(self, desk: Desk, failures: int) -> None:
        self._desk = desk
        self._failures = failures
        self._tried = 0

    def __getattr__(self, name: str) -> Any:
        """Do everything else as the desk does it."""
        return getattr(self._desk, name)

    def settle(self, outcomes: Iterable[Outcome]) -> None:
        """Fail, or write down."""
        self._tried += 1
        if self._tried <= self._failures:
            raise DeliveryError(f"failure {self._tried}")
        self._desk.settle(outcomes)


def test_a_limit_ends_the_run(tmp_path: Path) -> None:
    """A first few can be looked at before the others follow."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A, B, C)
    with sink(tmp_path / "sink") as server:
        ending = send(ledger, campaign, server.server, limit=2)

        assert ending is Ending.LIMIT
        assert server.copies == {A: 1, B: 1}


def test_who_may_have_the_message_counts_for_the_limit(tmp_path: Path) -> None:
    """A first few are no more than that, whatever the server answers."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A, B, C)
    fault = Fault(at="dot", then="drop", accepts=True, address="^a@")
    with sink(tmp_path / "sink", fault) as server:
        ending = send(ledger, campaign, server.server, limit=2)

        assert (ending, server.copies) == (Ending.LIMIT, {A: 1, B: 1})


def test_each_domain_has_its_own_pace(tmp_path: Path) -> None:
    """Two messages a minute to one domain: the other domain does not wait for it."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A, B, "d@x.example", C)
    clock = TestClock()
    with sink(tmp_path / "sink") as server:
        send(ledger, campaign, server.server, clock=clock, domain_rate=2)

        assert [taken.recipient for taken in server.taken] == [A, C, B, "d@x.example"]
    assert clock.slept == pytest.approx([30, 30], abs=0.5)


def test_a_clock_that_went_wrong_stalls_nobody(tmp_path: Path) -> None:
    """What is put off for a year, by a clock a year ahead, is due."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A)
    fault = Fault(at="rcpt", reply="450 4.2.1 busy", times=1)
    with sink(tmp_path / "sink", fault) as server:
        ahead = TestClock(BEGAN + timedelta(days=365))
        send(ledger, campaign, server.server, clock=ahead, patience=0.0)
        back = TestClock(BEGAN)
        send(ledger, campaign, server.server, clock=back, patience=0.0)

        assert server.copies == {A: 1}


@pytest.mark.parametrize(
    ("first", "second", "attempted"),
    [
        (BEGAN - YEAR, BEGAN + HOUR, BEGAN + HOUR),
        (BEGAN + YEAR, BEGAN + HOUR, BEGAN + HOUR),
        (BEGAN + HOUR, BEGAN + YEAR, BEGAN + HOUR),
        (BEGAN + HOUR, BEGAN + 2 * HOUR, BEGAN + HOUR),
    ],
)
def test_nobody_is_given_up_for_a_clock_that_was_wrong(
    tmp_path: Path, first: datetime, second: datetime, attempted: datetime
) -> None:
    """Three days are many attempts; one that was before all of them, or in future, was at none."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A)
    with sink(tmp_path / "sink", Fault(at="rcpt", reply="450 4.2.1 busy")) as server:
        for now in (first, second):
            send(ledger, campaign, server.server, clock=TestClock(now), patience=0.0)

    delivery = delivery_of(ledger, campaign, A)
    assert (delivery.state, delivery.attempts) == (DeliveryState.DEFERRED, 2)
    assert delivery.first_attempt == attempted


def test_a_selection_leaves_the_others_waiting(tmp_path: Path) -> None:
    """Nobody else is written to."""
    ledger = ledger_in(tmp_path)
    campaign = new_campaign(ledger, A)
    with sink(tmp_path / "sink") as server:
        send(ledger, campaign, server.server, selection=Selection(groups=("board",)))
        send(ledger, campaign, server.server, selection=Selection(languages=("zh",)))
        assert server.copies == {}
        send(ledger, campaign, server.server, selection=Selection(languages=("en",)))

        assert server.copies == {A: 1}
