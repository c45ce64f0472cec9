"""A dry run: what every member would get, as files to look at; and proofs for the office."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pubkit.config import Config
from pubkit.distribution.addresses import parse_address
from pubkit.distribution.campaign import (
    Campaign,
    Delivery,
    DeliveryState,
    Parcel,
    Recipient,
    address_key,
)
from pubkit.distribution.identity import Identity
from pubkit.distribution.ledger.campaigns import deliveries, next_id
from pubkit.distribution.ledger.desk import WAITING
from pubkit.distribution.ledger.opening import Ledger, open_ledger
from pubkit.distribution.ledger.suppressions import suppressions
from pubkit.distribution.message.composing import Envelope
from pubkit.distribution.outbox import Outbox
from pubkit.distribution.roster import Refusal
from pubkit.distribution.sending import UnfitError
from pubkit.distribution.smtp.connection import Connection
from pubkit.distribution.smtp.failures import SmtpFailure, Unanswered
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.values import dataclass
from pubkit.workflow.ledgers import ledger_url
from pubkit.workflow.sending.composing import make_composer
from pubkit.workflow.sending.freezing import Freezer, verify_parcels
from pubkit.workflow.sending.office import Office
from pubkit.workflow.sending.plans import Plan, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Who would get what, if the plan were carried out."""

    plan: Plan
    waiting: tuple[Delivery, ...]
    """Those who would be written to."""
    suppressed: int
    """How many more want nothing, or cannot get it."""
    counts: Mapping[DeliveryState, int]
    """How many are in which state already."""
    ledger: Ledger

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Members of the roster who cannot be written to."""
        return self.plan.audience.refusals if self.plan.audience else ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What was done when the roster was read."""
        return self.plan.audience.notes if self.plan.audience else ()

    @property
    def fallbacks(self) -> Mapping[str, str]:
        """The language that they would have, of those who get another one, by their keys."""
        addressed = self.plan.audience.addressed if self.plan.audience else ()
        return {
            one.recipient.key: next(iter(one.recipient.languages), "")
            for one in addressed
            if one.is_fallback
        }


def rehearse(office: Office, request: Request) -> Rehearsal:
    """Return what a run would do; nothing is changed.

    Raises:
        DeliveryError: It could not be done.
    """
    ledger = open_ledger(ledger_url(office.config))
    return _rehearse(ledger, office.plan(ledger, request), request)


def _rehearse(ledger: Ledger, plan: Plan, request: Request) -> Rehearsal:
    with ledger.transaction() as connection:
        known = list(deliveries(connection, plan.campaign)) if plan.campaign.id else []
        first = next_id(connection)
        unwanted = {address_key(one.address) for one in suppressions(connection)}
    lines = _lines(plan)
    # As they will be written down: what comes back to a message names its row.
    new = [replace(one, id=number) for number, one in enumerate(plan.additions, start=first)]
    everybody = [*known, *new]
    meant = [
        delivery
        for delivery in everybody
        if delivery.state in WAITING
        and _is_in_roster(delivery, lines)
        and request.selection.includes(delivery.recipient, delivery.lang)
        and (delivery.is_correction or not request.selection.corrections)
    ]
    waiting = tuple(one for one in meant if one.recipient.key not in unwanted)
    return Rehearsal(
        plan=plan,
        waiting=waiting,
        suppressed=len(meant) - len(waiting),
        counts={
            state: sum(delivery.state is state for delivery in known) for state in DeliveryState
        },
        ledger=ledger,
    )


def _lines(plan: Plan) -> Mapping[str, int] | None:
    """Return the roster by the keys of addresses, where it was read."""
    if plan.audience is None:
        return None
    return {one.recipient.key: one.recipient.line for one in plan.audience.addressed}


def _is_in_roster(delivery: Delivery, lines: Mapping[str, int] | None) -> bool:
    if delivery.is_correction:
        return True
    return bool(delivery.recipient.line) if lines is None else delivery.recipient.key in lines


def write_messages(
    office: Office, rehearsal: Rehearsal, *, limit: int | None = None
) -> Iterator[tuple[Delivery, Path, int]]:
    """Write the message to everybody who would be written to; yield each file and its size.

    Raises:
        DeliveryError: There is no room for them, or one is not fit to be sent.
    """
    campaign = rehearsal.plan.campaign
    pdfs = verify_parcels(office.config, campaign)
    identity = Identity(rehearsal.ledger.secret)
    compose = _explained(make_composer(office.config, identity, campaign, pdfs))
    waiting = rehearsal.waiting[:limit]
    samples = {one.lang: len(compose(one).data) for one in reversed(waiting)}
    outbox = Outbox(office.config.outbox, campaign.document)
    outbox.prepare(samples[one.lang] for one in waiting)
    for number, delivery in enumerate(waiting, start=1):
        envelope = compose(delivery)
        yield delivery, outbox.write(number, delivery, envelope), len(envelope.data)


def _explained(compose: Callable[[Delivery], Envelope]) -> Callable[[Delivery], Envelope]:
    """Return what makes messages, and says whose cannot be sent."""

    def compose_or_explain(delivery: Delivery) -> Envelope:
        try:
            return compose(delivery)
        except UnfitError as error:
            raise DeliveryError(
                _("The message to {address} cannot be sent: {reason}").format(
                    address=delivery.recipient.address, reason=error
                ),
                remedy=_("Mend the document, the roster, or [mail] in pubkit.toml"),
            ) from None

    return compose_or_explain


# ---------------------------------------------------------------- proofs


def _proof_campaign(
    config: Config,
    document: str,
    languages: Sequence[str],
    *,
    now: datetime,
    announce: Callable[[str], None],
) -> Campaign:
    """Return a campaign that no ledger knows: what members would get, for the office.

    Raises:
        DeliveryError: An edition is not fit to be sent.
        PubkitError: The document or a catalog is malformed.
    """
    freezer = Freezer(config=config, document=document, announce=announce)
    frozen = freezer.parcels(freezer.editions(languages))
    parcels = {lang: _as_proof(parcel) for lang, parcel in frozen.items()}
    return Campaign(
        id=0, document=document, number=0, began=now, sender=freezer.sender(), parcels=parcels
    )


def _as_proof(parcel: Parcel) -> Parcel:
    """Say in the subject that it is a proof, so that nobody takes it for the release."""
    named, unnamed = (
        replace(letter, subject=f"[{parcel.lang}] {letter.subject}")
        for letter in (parcel.named, parcel.unnamed)
    )
    return replace(parcel, named=named, unnamed=unnamed)


def _proofs(campaign: Campaign, address: str, *, token: str) -> Iterator[Delivery]:
    """Yield the messages to the office, one for each language.

    Args:
        campaign: What would be sent.
        address: Of the office.
        token: Makes their identifiers differ from those of every other proof.
    """
    domain = campaign.sender.rpartition("@")[2]
    for lang in campaign.parcels:
        yield Delivery(
            id=0,
            campaign=0,
            recipient=Recipient(address=address),
            lang=lang,
            message_id=f"<proof.{token}.{lang}@{domain}>",
        )


def write_proofs(
    office: Office, document: str, languages: Sequence[str], address: str
) -> Iterator[tuple[str, Envelope]]:
    """Yield what members would get, addressed to the office; no ledger knows of it.

    Raises:
        DeliveryError: An edition is not fit to be sent.
    """
    campaign = _proof_campaign(
        office.config, document, languages, now=office.clock.now(), announce=office.announce
    )
    pdfs = verify_parcels(office.config, campaign)
    compose = make_composer(office.config, Identity(b"proof"), campaign, pdfs)
    token = f"{office.clock.now():%Y%m%d%H%M%S%f}"
    for delivery in _proofs(campaign, address, token=token):
        yield delivery.lang, compose(delivery)


def send_proofs(
    office: Office,
    document: str,
    languages: Sequence[str],
    address: str,
    *,
    connect: Callable[[], Connection],
) -> Iterator[str]:
    """Send to the office what members would get; yield each language when it is sent.

    Raises:
        AddressError: There is no office at such an address.
        DeliveryError: An edition is not fit to be sent, or the server does not take it.
    """
    recipient = parse_address(address)
    with _proofs_explained(recipient):
        # Before a server is called, which would not wait for editions that have to be made.
        proofs = list(write_proofs(office, document, languages, recipient))
        connection = connect()
        try:
            for lang, envelope in proofs:
                connection.offer(envelope)
                connection.finish()
                yield lang
        except BaseException:
            connection.close()
            raise
        connection.quit()


@contextmanager
def _proofs_explained(address: str) -> Iterator[None]:
    """Turn what becomes of proofs into errors with a remedy."""
    try:
        yield
    except UnfitError as error:
        raise DeliveryError(
            _("The proof cannot be sent: {reason}").format(reason=error),
            remedy=_("Mend the document, or [mail] in pubkit.toml: members would get the same"),
        ) from None
    except Unanswered as error:
        raise DeliveryError(
            _("The server has the proof or not: {reason}").format(reason=error),
            remedy=_("Look whether it has arrived, and send it again if it has not"),
        ) from None
    except SmtpFailure as error:
        raise DeliveryError(
            _("The proof was not sent: {reason}").format(reason=error),
            remedy=_("Look at the address and the server: {command}").format(
                command=f"pubkit doctor --mail --to {address}"
            ),
        ) from None
