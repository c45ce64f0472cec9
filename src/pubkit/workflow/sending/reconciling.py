"""``pubkit send reconcile``: the log of the mail server says who has the message."""

from datetime import datetime
from pathlib import Path

from pubkit.config import Config
from pubkit.distribution.campaign import Campaign, Delivery, DeliveryState
from pubkit.distribution.ledger.campaigns import deliveries
from pubkit.distribution.ledger.desk import Desk, Selection, open_desk, sole_sender
from pubkit.distribution.ledger.figures import find_campaigns
from pubkit.distribution.ledger.opening import Ledger, open_ledger
from pubkit.distribution.returns.accepted import Accepted, Bounced, Verdict, read_accepted_file
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.values import dataclass
from pubkit.workflow.ledgers import ledger_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What a log has said of the members in doubt."""

    sent: tuple[Delivery, ...]
    """The server has accepted their message."""
    waiting: tuple[Delivery, ...]
    """It has not: they are written to by the next run."""
    undecided: tuple[Delivery, ...]
    """The log does not tell."""
    unknown: int = 0
    """How many messages the ledger knows to be sent, in the time of the log, that it lacks."""
    is_log_empty: bool = False
    """Whether the log says nothing at all."""
    bounced: tuple[tuple[Delivery, Bounced], ...] = ()
    """Those of the sent ones that came back."""


def reconcile(config: Config, document: str, log: Path, *, now: datetime) -> Reconciled:
    """Find out about everybody in doubt who was written to about a document.

    Raises:
        DeliveryError: The document was never sent, or the log cannot be read.
        BusyError: Somebody is sending.
    """
    ledger = open_ledger(ledger_url(config))
    with ledger.transaction() as connection:
        found = find_campaigns(connection, document)
    if not found:
        raise DeliveryError(_("{name} was never sent").format(name=document))
    results = []
    with sole_sender(ledger):
        for campaign in found:
            with open_desk(ledger, campaign, Selection()) as desk:
                results.append(reconcile_log(desk, ledger, log, now=now))
    return Reconciled(
        sent=tuple(one for result in results for one in result.sent),
        waiting=tuple(one for result in results for one in result.waiting),
        undecided=tuple(one for result in results for one in result.undecided),
        unknown=sum(result.unknown for result in results),
        is_log_empty=any(result.is_log_empty for result in results),
        bounced=tuple(one for result in results for one in result.bounced),
    )


def reconcile_log(desk: Desk, ledger: Ledger, path: Path, *, now: datetime) -> Reconciled:
    """Write down what a log says of those in doubt.

    A log that lacks messages of which it is certain that the server took them is not the whole
    log: then what it lacks proves nothing.

    Raises:
        DeliveryError: The file cannot be read, or is no log.
    """
    log = read_accepted_file(path, now=now)
    unknown = _unknown(ledger, desk.campaign, log)
    verdicts: dict[Verdict, list[Delivery]] = {verdict: [] for verdict in Verdict}
    for delivery in desk.abandoned():
        verdict = log.verdict(delivery.message_id, delivery.changed or now)
        if unknown and verdict is Verdict.REFUSED:
            verdict = Verdict.UNDECIDED
        verdicts[verdict].append(delivery)
    accepted, refused = verdicts[Verdict.ACCEPTED], verdicts[Verdict.REFUSED]
    found = _("found in the log of the mail server")
    desk.resolve(accepted, DeliveryState.SENT, now=now, reply=found)
    missing = _("not in the log of the mail server, is sent again")
    desk.resolve(refused, DeliveryState.PENDING, now=now, reply=missing)
    return Reconciled(
        sent=tuple(accepted),
        waiting=tuple(refused),
        undecided=tuple(verdicts[Verdict.UNDECIDED]),
        unknown=unknown,
        is_log_empty=log.is_empty,
        bounced=tuple(
            (delivery, log.bounced[delivery.message_id])
            for delivery in accepted
            if delivery.message_id in log.bounced
        ),
    )


def _unknown(ledger: Ledger, campaign: Campaign, log: Accepted) -> int:
    """Return how many messages are certainly sent that the log should have, and has not."""
    known = log.message_ids | log.undecided
    with ledger.transaction() as connection:
        return sum(
            delivery.message_id not in known and log.covers(delivery.changed)
            for delivery in deliveries(connection, campaign, (DeliveryState.SENT,))
            if delivery.changed
        )
