"""A run: the ledger is opened, the campaign begun or taken up, and the messages sent."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from pubkit.distribution.campaign import Campaign, DeliveryState
from pubkit.distribution.clock import Clock
from pubkit.distribution.identity import Identity
from pubkit.distribution.ledger.campaigns import count_states, deliveries
from pubkit.distribution.ledger.desk import Desk, open_desk, sole_sender
from pubkit.distribution.ledger.mark import count_run, renewed, verify_ledger
from pubkit.distribution.ledger.opening import Ledger, open_ledger
from pubkit.distribution.sending import Ending, Sender, Watcher
from pubkit.distribution.smtp.connection import Connection
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.values import dataclass
from pubkit.workflow.ledgers import existing_ledger, ledger_url, mark_path
from pubkit.workflow.sending.composing import make_composer
from pubkit.workflow.sending.freezing import verify_parcels
from pubkit.workflow.sending.office import Office
from pubkit.workflow.sending.plans import Plan, Request, carry_out
from pubkit.workflow.sending.reconciling import reconcile_log


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a run sends."""

    in_doubt: str
    """``hold``, ``resend`` or ``reconcile``."""
    limit: int | None = None
    at: datetime | None = None
    """When to begin."""
    patience: float = 30.0
    """Seconds for which messages that are put off are waited for."""
    must_stop_at_failures: bool = True
    retry_failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run has done."""

    ending: Ending
    counts: Mapping[DeliveryState, int]
    """How many of those who were meant are in each state."""
    plan: Plan
    campaign: Campaign
    ledger: Ledger
    last_delay: str = ""
    """Why a message was put off last; empty if none is."""

    @property
    def is_done(self) -> bool:
        """Whether everybody who was meant is sent, suppressed or failed for good."""
        open_states = (DeliveryState.PENDING, DeliveryState.DEFERRED, DeliveryState.IN_DOUBT)
        return not any(self.counts[state] for state in open_states)


def send(
    office: Office,
    request: Request,
    manner: Manner,
    *,
    connect: Callable[[], Connection],
    random: Callable[[], float],
    watch: Callable[[int], AbstractContextManager[Watcher]],
) -> Run:
    """Send the editions of a document to the members; what was begun is gone on with.

    Args:
        office: Where and when.
        request: What to whom.
        manner: How.
        connect: Opens a connection to the mail server.
        random: Returns a number from 0 to 1.
        watch: Is told how many members wait, and yields who is told how it goes.

    Raises:
        DeliveryError: It cannot be done; everything that was done is in the ledger.
        BusyError: Another process is sending.
    """
    if not request.is_new:
        # Before a new one is made, which would look like a ledger of which nothing was sent.
        verify_ledger(existing_ledger(office.config), mark_path(office.config))
    ledger = open_ledger(ledger_url(office.config))
    with sole_sender(ledger):
        if request.is_new:
            ledger = renewed(ledger, mark_path(office.config))
        else:
            verify_ledger(ledger, mark_path(office.config))
        plan, campaign = _begin(office, ledger, request, manner)
        count_run(ledger, mark_path(office.config))
        with open_desk(ledger, campaign, request.selection) as desk:
            _prepare(office, desk, ledger, manner)
            ending = _send(
                office, desk, ledger, manner, connect=connect, random=random, watch=watch
            )
    return Run(
        ending=ending,
        counts=_counts(ledger, campaign, request),
        plan=plan,
        campaign=campaign,
        ledger=ledger,
        last_delay=_last_delay(ledger, campaign),
    )


def _begin(
    office: Office, ledger: Ledger, request: Request, manner: Manner
) -> tuple[Plan, Campaign]:
    """Plan, and write the plan into the ledger; anew, if another machine was faster."""
    while True:
        plan = office.plan(ledger, request)
        _refuse_embargo(office, plan.campaign, manner)
        campaign = carry_out(ledger, plan, now=office.clock.now())
        if campaign:
            return plan, campaign


def _refuse_embargo(office: Office, campaign: Campaign, manner: Manner) -> None:
    """Send nothing before anybody may read it."""
    begin = max(manner.at or office.clock.now(), office.clock.now())
    if campaign.embargo and begin < campaign.embargo:
        raise DeliveryError(
            _("{name} is under embargo until {time}").format(
                name=campaign.document, time=campaign.embargo.isoformat()
            ),
            remedy=_("Send it then; or let the command wait: --at {time}").format(
                time=campaign.embargo.isoformat()
            ),
        )


def _prepare(office: Office, desk: Desk, ledger: Ledger, manner: Manner) -> None:
    """Do with members in doubt, and those who failed, what the user wants."""
    now = office.clock.now()
    if manner.in_doubt == "resend":
        reply = _("was in doubt, is sent again")
        desk.resolve(desk.abandoned(), DeliveryState.PENDING, now=now, reply=reply)
    elif manner.in_doubt == "reconcile":
        log = office.config.mail.log
        if not log:
            raise DeliveryError(
                _("The log of the mail server is not known"),
                remedy=_("Set log in [mail] of pubkit.toml, as in /var/log/mail.log"),
            )
        reconcile_log(desk, ledger, office.config.root / log, now=now)
    if manner.retry_failed:
        desk.try_failed_again(now=now)


def _send(
    office: Office,
    desk: Desk,
    ledger: Ledger,
    manner: Manner,
    *,
    connect: Callable[[], Connection],
    random: Callable[[], float],
    watch: Callable[[int], AbstractContextManager[Watcher]],
) -> Ending:
    with watch(desk.count_waiting()) as watcher:
        _wait_until(office.clock, manner.at, watcher)
        pdfs = verify_parcels(office.config, desk.campaign)
        sender = Sender(
            desk=desk,
            connect=connect,
            compose=make_composer(office.config, Identity(ledger.secret), desk.campaign, pdfs),
            clock=office.clock,
            watcher=watcher,
            random=random,
            domain_rate=office.config.mail.domain_rate,
            give_up=timedelta(hours=office.config.mail.give_up_hours),
            patience=manner.patience,
            limit=manner.limit,
            must_stop_at_failures=manner.must_stop_at_failures,
        )
        return sender.run()


def _wait_until(clock: Clock, time: datetime | None, watcher: Watcher) -> None:
    """Wait for a time of day; the clock may be set meanwhile, so it is looked at often."""
    while time and not clock.is_stopped:
        seconds = (time - clock.now()).total_seconds()
        if seconds <= 0:
            return
        watcher.wait(_("the time that was chosen"), seconds)
        clock.sleep(min(seconds, LOOK))


LOOK = 30.0
"""Seconds after which a long wait looks at the clock again."""


def _last_delay(ledger: Ledger, campaign: Campaign) -> str:
    with ledger.transaction() as connection:
        put_off = list(deliveries(connection, campaign, (DeliveryState.DEFERRED,)))
    latest = max(put_off, key=lambda one: one.changed or campaign.began, default=None)
    return latest.reply if latest else ""


def _counts(ledger: Ledger, campaign: Campaign, request: Request) -> Mapping[DeliveryState, int]:
    with ledger.transaction() as connection:
        return count_states(connection, campaign, request.selection.condition())
