"""A dry run: what every member would get, as files to look at; and proofs for the office."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pubkit.config import Config
from pubkit.distribution.campaign import (
    Campaign,
    Delivery,
    DeliveryState,
    Parcel,
    Recipient,
    address_key,
)
from pubkit.distribution.ledger.campaigns import deliveries
from pubkit.distribution.ledger.desk import WAITING
from pubkit.distribution.ledger.opening import Ledger
from pubkit.distribution.ledger.suppressions import suppressions
from pubkit.distribution.roster import Refusal
from pubkit.workflow.sending.freezing import Freezer
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
    def fallbacks(self) -> frozenset[str]:
        """The keys of those who get another language than theirs."""
        addressed = self.plan.audience.addressed if self.plan.audience else ()
        return frozenset(one.recipient.key for one in addressed if one.is_fallback)


def rehearse(ledger: Ledger, plan: Plan, request: Request) -> Rehearsal:
    """Return who would get what; nothing is changed."""
    with ledger.transaction() as connection:
        known = list(deliveries(connection, plan.campaign)) if plan.campaign.id else []
        unwanted = {address_key(one.address) for one in suppressions(connection)}
    lines = _lines(plan)
    everybody = [*known, *plan.additions]
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


# ---------------------------------------------------------------- proofs


def proof_campaign(
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
    parcels = {lang: _as_proof(parcel) for lang, parcel in freezer.parcels(languages).items()}
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


def proofs(campaign: Campaign, address: str, *, token: str) -> Iterator[Delivery]:
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
