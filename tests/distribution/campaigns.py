"""A campaign in a real ledger, sent by the real loop to a real server, on a clock of the test's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pubkit.config import MailSettings
from pubkit.distribution.campaign import Campaign, Delivery, DeliveryState, Parcel, Recipient
from pubkit.distribution.identity import Identity
from pubkit.distribution.ledger.campaigns import begin, count_states, deliveries
from pubkit.distribution.ledger.desk import Outcome, Selection, open_desk
from pubkit.distribution.ledger.opening import Ledger, open_ledger
from pubkit.distribution.message.composing import Composer
from pubkit.distribution.sending import Ending, Sender, Step
from pubkit.distribution.smtp.connection import Connection, connect
from pubkit.distribution.smtp.server import parse_server
from pubkit.model import Letter

BEGAN = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.7 not really"


class TestClock:
    """A clock on which waiting takes no time."""

    __test__ = False

    def __init__(self, now: datetime = BEGAN) -> None:
        self.time = now
        self.seconds = 0.0
        self.is_stopped = False
        self.slept: list[float] = []

    def now(self) -> datetime:
        """Return the test's time."""
        return self.time

    def monotonic(self) -> float:
        """Return the seconds that were slept."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.seconds += seconds
        self.time += timedelta(seconds=seconds)


@dataclass
class Notes:
    """Writes down what it is told."""

    steps: list[tuple[Step, str]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    on_step: Callable[[Step, Delivery], None] = lambda _step, _delivery: None

    def step(self, step: Step, delivery: Delivery) -> None:
        """Note it, and do what the test wants."""
        self.steps.append((step, delivery.recipient.address))
        self.on_step(step, delivery)

    def outcome(self, outcome: Outcome) -> None:
        """Note it."""
        self.outcomes.append(outcome)

    def wait(self, _reason: str, seconds: float) -> None:
        """Note it."""
        self.waits.append(seconds)


def letter(lang: str = "en") -> Letter:
    """Return a letter of one line."""
    return Letter(lang=lang, subject="News", text="News.\n", html="<p>News.</p>")


def parcel(lang: str = "en") -> Parcel:
    """Return an edition as it is sent."""
    return Parcel(
        lang=lang,
        pdf_path=f"build/{lang}/report.pdf",
        pdf_digest="0" * 64,
        pdf_size=len(PDF),
        attachment=f"report.{lang}.pdf",
        named=letter(lang),
        unnamed=letter(lang),
    )


def ledger_in(folder: Path) -> Ledger:
    """Open the ledger of a folder."""
    return open_ledger(f"sqlite:///{folder / 'ledger.sqlite'}")


def new_campaign(ledger: Ledger, *addresses: str, **changes: Any) -> Campaign:
    """Begin a campaign for these members."""
    campaign = Campaign(
        id=0,
        document="report",
        number=1,
        began=BEGAN,
        sender="press@example.org",
        parcels={"en": parcel()},
        **changes,
    )
    identity = Identity(ledger.secret)
    members = [
        Delivery(
            id=0,
            campaign=0,
            recipient=Recipient(address=address, line=line),
            lang="en",
            message_id=identity.message_id("report", 1, address, domain="example.org"),
            changed=BEGAN,
        )
        for line, address in enumerate(addresses, start=2)
    ]
    begun = begin(ledger, campaign, members)
    assert begun is not None
    return begun


@contextmanager
def sender(
    ledger: Ledger,
    campaign: Campaign,
    server: str,
    *,
    clock: TestClock | None = None,
    notes: Notes | None = None,
    selection: Selection | None = None,
    **settings: Any,
) -> Iterator[Sender]:
    """Yield a sender that is about to send a campaign to a server."""
    composer = Composer(
        campaign=campaign,
        identity=Identity(ledger.secret),
        mail=MailSettings(),
        pdfs={"en": PDF},
    )

    def connected() -> Connection:
        return connect(parse_server(server))

    with open_desk(ledger, campaign, selection or Selection()) as desk:
        yield Sender(
            **{
                "desk": desk,
                "connect": connected,
                "compose": composer.compose,
                "clock": clock or TestClock(),
                "watcher": notes or Notes(),
                "random": lambda: 0.0,
                **settings,
            }
        )


def send(ledger: Ledger, campaign: Campaign, server: str, **settings: Any) -> Ending:
    """Send a campaign."""
    with sender(ledger, campaign, server, **settings) as one:
        return one.run()


def states(ledger: Ledger, campaign: Campaign) -> dict[str, str]:
    """Return the state of each member."""
    with ledger.transaction() as connection:
        return {
            delivery.recipient.address: delivery.state.value
            for delivery in deliveries(connection, campaign)
        }


def counted(ledger: Ledger, campaign: Campaign) -> dict[DeliveryState, int]:
    """Return how many are in each state that anybody is in."""
    with ledger.transaction() as connection:
        counts = count_states(connection, campaign)
    return {state: number for state, number in counts.items() if number}


def delivery_of(ledger: Ledger, campaign: Campaign, address: str) -> Delivery:
    """Return the row of a member."""
    with ledger.transaction() as connection:
        return next(
            one for one in deliveries(connection, campaign) if one.recipient.address == address
        )
