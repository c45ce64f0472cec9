"""A run: the ledger is opened, the campaign begun or taken up, and the messages sent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pubkit.config import Config
from pubkit.distribution.campaign import Campaign, Delivery, DeliveryState
from pubkit.distribution.clock import Clock
from pubkit.distribution.identity import Identity
from pubkit.distribution.ledger.campaigns import count_states
from pubkit.distribution.ledger.desk import Desk, open_desk, sole_sender
from pubkit.distribution.ledger.mark import count_run, verify_ledger
from pubkit.distribution.ledger.opening import Ledger, open_ledger
from pubkit.distribution.message.composing import Composer, Envelope, unsubscribe_base
from pubkit.distribution.message.headers import HeaderError
from pubkit.distribution.message.lint import lint
from pubkit.distribution.outbox import Outbox
from pubkit.distribution.sending import Ending, Sender, UnfitError, Watcher
from pubkit.distribution.smtp.connection import Connection
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.workflow.ledgers import ledger_url
from pubkit.workflow.sending.correcting import plan_correction
from pubkit.workflow.sending.freezing import verify_parcels
from pubkit.workflow.sending.plans import Plan, Request, carry_out, make_plan
from pubkit.workflow.sending.reconciling import reconcile_log
from pubkit.workflow.sending.rehearsing import Rehearsal, proof_campaign, proofs, rehearse


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

    @property
    def is_done(self) -> bool:
        """Whether everybody who was meant is sent, suppressed or failed for good."""
        open_states = (DeliveryState.PENDING, DeliveryState.DEFERRED, DeliveryState.IN_DOUBT)
        return not any(self.counts[state] for state in open_states)


def mark_path(config: Config) -> Path:
    """Return where the last run has left its mark."""
    return config.root / ".pubkit" / "ledger.mark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What every run of a project needs."""

    config: Config
    clock: Clock
    random: Callable[[], float]
    announce: Callable[[str], None] = lambda _lang: None

    def send(
        self,
        request: Request,
        manner: Manner,
        *,
        connect: Callable[[], Connection],
        watch: Callable[[int], AbstractContextManager[Watcher]],
    ) -> Run:
        """Send the editions of a document to the members; what was begun is gone on with.

        Args:
            request: What to whom.
            manner: How.
            connect: Opens a connection to the mail server.
            watch: Is told how many members wait, and yields who is told how it goes.

        Raises:
            DeliveryError: It cannot be done; everything that was done is in the ledger.
            BusyError: Another process is sending.
        """
        ledger = open_ledger(ledger_url(self.config))
        with sole_sender(ledger):
            if not request.is_new:
                verify_ledger(ledger, mark_path(self.config))
            plan = self.plan(ledger, request)
            self._refuse_embargo(plan.campaign, manner)
            campaign = carry_out(ledger, plan, now=self.clock.now())
            count_run(ledger, mark_path(self.config))
            with open_desk(ledger, campaign, request.selection) as desk:
                self._prepare(desk, ledger, manner)
                ending = self._send(desk, ledger, manner, connect=connect, watch=watch)
        return Run(
            ending=ending,
            counts=_counts(ledger, campaign, request),
            plan=plan,
            campaign=campaign,
            ledger=ledger,
        )

    def rehearse(self, request: Request) -> Rehearsal:
        """Return what a run would do; nothing is changed.

        Raises:
            DeliveryError: It could not be done.
        """
        ledger = open_ledger(ledger_url(self.config))
        plan = self.plan(ledger, request)
        return rehearse(ledger, plan, request)

    def write_messages(
        self, rehearsal: Rehearsal, *, limit: int | None = None
    ) -> Iterator[tuple[Delivery, Path, int]]:
        """Write the message to everybody who would be written to; yield each file and its size.

        Raises:
            DeliveryError: There is no room for them.
        """
        campaign = rehearsal.plan.campaign
        pdfs = verify_parcels(self.config, campaign)
        compose = self.composing(Identity(rehearsal.ledger.secret), campaign, pdfs)
        waiting = rehearsal.waiting[:limit]
        samples = {one.lang: len(compose(one).data) for one in reversed(waiting)}
        outbox = Outbox(self.config.outbox, campaign.document)
        outbox.prepare(samples[one.lang] for one in waiting)
        for number, delivery in enumerate(waiting, start=1):
            envelope = compose(delivery)
            yield delivery, outbox.write(number, delivery, envelope), len(envelope.data)

    def proofs(
        self, document: str, languages: Sequence[str], address: str
    ) -> Iterator[tuple[str, Envelope]]:
        """Yield what members would get, addressed to the office; no ledger knows of it.

        Raises:
            DeliveryError: An edition is not fit to be sent.
        """
        campaign = proof_campaign(
            self.config, document, languages, now=self.clock.now(), announce=self.announce
        )
        pdfs = verify_parcels(self.config, campaign)
        compose = self.composing(Identity(b"proof"), campaign, pdfs)
        token = f"{self.clock.now():%Y%m%d%H%M%S%f}"
        for delivery in proofs(campaign, address, token=token):
            yield delivery.lang, compose(delivery)

    def plan(self, ledger: Ledger, request: Request) -> Plan:
        """Return what a request comes to; nothing is changed."""
        planner = plan_correction if request.is_correction else make_plan
        return planner(self.config, ledger, request, now=self.clock.now(), announce=self.announce)

    def _refuse_embargo(self, campaign: Campaign, manner: Manner) -> None:
        """Send nothing before anybody may read it."""
        begin = max(manner.at or self.clock.now(), self.clock.now())
        if campaign.embargo and begin < campaign.embargo:
            raise DeliveryError(
                _("{name} is under embargo until {time}").format(
                    name=campaign.document, time=campaign.embargo.isoformat()
                ),
                remedy=_("Send it then; or let the command wait: --at {time}").format(
                    time=campaign.embargo.isoformat()
                ),
            )

    def _prepare(self, desk: Desk, ledger: Ledger, manner: Manner) -> None:
        """Do with members in doubt, and those who failed, what the user wants."""
        now = self.clock.now()
        if manner.in_doubt == "resend":
            reply = _("was in doubt, is sent again")
            desk.resolve(desk.abandoned(), DeliveryState.PENDING, now=now, reply=reply)
        elif manner.in_doubt == "reconcile":
            log = self.config.mail.log
            if not log:
                raise DeliveryError(
                    _("The log of the mail server is not known"),
                    remedy=_("Set log in [mail] of pubkit.toml, as in /var/log/mail.log"),
                )
            reconcile_log(desk, ledger, self.config.root / log, now=now)
        if manner.retry_failed:
            desk.try_failed_again(now=now)

    def _send(
        self,
        desk: Desk,
        ledger: Ledger,
        manner: Manner,
        *,
        connect: Callable[[], Connection],
        watch: Callable[[int], AbstractContextManager[Watcher]],
    ) -> Ending:
        with watch(desk.count_waiting()) as watcher:
            self._wait_until(manner.at, watcher)
            pdfs = verify_parcels(self.config, desk.campaign)
            sender = Sender(
                desk=desk,
                connect=connect,
                compose=self.composing(Identity(ledger.secret), desk.campaign, pdfs),
                clock=self.clock,
                watcher=watcher,
                random=self.random,
                domain_rate=self.config.mail.domain_rate,
                give_up=timedelta(hours=self.config.mail.give_up_hours),
                patience=manner.patience,
                limit=manner.limit,
                must_stop_at_failures=manner.must_stop_at_failures,
            )
            return sender.run()

    def _wait_until(self, time: datetime | None, watcher: Watcher) -> None:
        """Wait for a time of day; the clock may be set meanwhile, so it is looked at often."""
        while time and not self.clock.is_stopped:
            seconds = (time - self.clock.now()).total_seconds()
            if seconds <= 0:
                return
            watcher.wait(_("the time that was chosen"), seconds)
            self.clock.sleep(min(seconds, LOOK))

    def composing(
        self, identity: Identity, campaign: Campaign, pdfs: Mapping[str, bytes]
    ) -> Callable[[Delivery], Envelope]:
        """Return what makes the message to a member; each is looked at before it goes."""
        config = self.config
        composer = Composer(
            campaign=campaign,
            identity=identity,
            mail=config.mail,
            pdfs=pdfs,
            unsubscribe=unsubscribe_base(config.mail, config.project.base_url),
        )

        def compose(delivery: Delivery) -> Envelope:
            try:
                envelope = composer.compose(delivery)
            except HeaderError as error:
                raise UnfitError(str(error)) from None
            faults = lint(envelope)
            if faults:
                raise UnfitError("; ".join(map(str, faults)))
            return envelope

        return compose


LOOK = 30.0
"""Seconds after which a long wait looks at the clock again."""


def _counts(ledger: Ledger, campaign: Campaign, request: Request) -> Mapping[DeliveryState, int]:
    with ledger.transaction() as connection:
        return count_states(connection, campaign, request.selection.condition())
