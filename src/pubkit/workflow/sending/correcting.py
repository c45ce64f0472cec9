"""The plan of a correction: exactly those get it who have another edition than that of today."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pubkit.config import Config
from pubkit.distribution.campaign import Campaign, Parcel, Recipient
from pubkit.distribution.ledger.campaigns import campaigns_of, find_campaign
from pubkit.distribution.ledger.corrections import (
    Received,
    corrected_by,
    in_doubt,
    readers_of_others,
    received,
)
from pubkit.distribution.ledger.opening import Ledger
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.values import dataclass
from pubkit.workflow.sending.addressing import Addressed
from pubkit.workflow.sending.freezing import Freezer, address_to, current_digest
from pubkit.workflow.sending.plans import Plan, Request


def plan_correction(
    config: Config,
    ledger: Ledger,
    request: Request,
    *,
    now: datetime,
    announce: Callable[[str], None],
) -> Plan:
    """Return what is to be done so that nobody is left with a faulty edition.

    Args:
        config: The project's settings.
        ledger: Who has what.
        request: What the user asks for.
        now: The time.
        announce: Is told of each language whose edition has to be made.

    Raises:
        DeliveryError: Nobody has a faulty edition, or it is not known who has.
        PubkitError: Document or catalogs are malformed.
    """
    with ledger.transaction() as connection:
        latest = find_campaign(connection, request.document)
    if latest is None:
        raise nobody_has(request.document)
    freezer = request.freezer(config, announce)
    return _Correction(ledger, freezer, latest, now).plan()


def nobody_has(document: str) -> DeliveryError:
    """Return the error that there are no readers whom a correction could reach."""
    return DeliveryError(
        _("There is nothing to correct: nobody has {name} yet").format(name=document),
        remedy=_("Send it: pubkit send {name} --members FILE").format(name=document),
    )


@dataclass(frozen=True, slots=True)
class _Correction:
    ledger: Ledger
    freezer: Freezer
    latest: Campaign
    now: datetime

    def plan(self) -> Plan:
        had = self._parcels()
        digests = {lang: current_digest(self.freezer.config, had[lang][-1]) for lang in had}
        with self.ledger.transaction() as connection:
            readers = list(received(connection, self.latest))
            faulty = readers_of_others(connection, self.latest, digests)
            served = corrected_by(connection, self.latest, digests)
        if all(one.delivery.recipient.key in served for one in faulty):
            if self.latest.corrections:
                return Plan(campaign=self.latest)  # which has begun already, and goes on
            self._refuse_doubt()
            raise self._nothing() if readers else nobody_has(self.latest.document)
        self._refuse_doubt()
        return self._begin(faulty, had)

    def _begin(self, faulty: list[Received], had: Mapping[str, Sequence[Parcel]]) -> Plan:
        editions = self.freezer.editions({one.delivery.lang for one in faulty})
        campaign = Campaign(
            id=0,
            document=self.latest.document,
            number=self.latest.number + 1,
            began=self.now,
            sender=self.freezer.sender(),
            corrects=self.latest.number,
        )
        addressed = [Addressed(recipient=_present(one), lang=one.delivery.lang) for one in faulty]
        return Plan(
            campaign=replace(
                campaign,
                parcels=self.freezer.parcels(editions),
                corrections=self.freezer.parcels(editions, _faulty_editions(faulty, had)),
            ),
            additions=address_to(
                addressed, campaign, secret=self.ledger.secret, is_correction=True
            ),
            corrected=self.latest,
        )

    def _refuse_doubt(self) -> None:
        with self.ledger.transaction() as connection:
            doubtful = in_doubt(connection, self.latest)
        if doubtful:
            raise DeliveryError(
                ngettext(
                    "{number} member may have the faulty edition or not",
                    "{number} members may have the faulty edition or not",
                    len(doubtful),
                ).format(number=len(doubtful)),
                remedy=_(
                    "Find out with the log of the mail server: "
                    "pubkit send reconcile {name} --log FILE"
                ).format(name=self.latest.document),
            )

    def _nothing(self) -> DeliveryError:
        return DeliveryError(
            _("There is nothing to correct: everybody has the edition that lies in build/"),
            remedy=_("Mend the text, and make the edition anew: pubkit render {name}").format(
                name=self.latest.document
            ),
        )

    def _parcels(self) -> Mapping[str, Sequence[Parcel]]:
        """Return all editions of each language that were sent, the latest last."""
        with self.ledger.transaction() as connection:
            sent = campaigns_of(connection, self.latest.document)
        parcels: dict[str, list[Parcel]] = {}
        for campaign in sent:
            for lang, parcel in campaign.parcels.items():
                parcels.setdefault(lang, []).append(parcel)
        return parcels


def _faulty_editions(
    faulty: Sequence[Received], had: Mapping[str, Sequence[Parcel]]
) -> Mapping[str, Sequence[Parcel]]:
    """Return the different editions that the members of each language have."""
    found: dict[str, dict[str, Parcel]] = {}
    for one in faulty:
        parcels = {parcel.pdf_digest: parcel for parcel in had[one.delivery.lang]}
        found.setdefault(one.delivery.lang, {})[one.digest] = parcels[one.digest]
    return {lang: tuple(editions.values()) for lang, editions in found.items()}


def _present(one: Received) -> Recipient:
    """Return the member, who is written to whether the roster of today has them or not."""
    recipient = one.delivery.recipient
    return replace(recipient, line=max(recipient.line, 1))
