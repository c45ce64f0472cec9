"""The plan of a correction: exactly those get it who have another edition than that of today."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from pubkit.config import Config
from pubkit.distribution.campaign import Campaign, DeliveryState, Parcel, Recipient
from pubkit.distribution.ledger.campaigns import (
    Received,
    campaign_chain,
    find_campaign,
    in_chain,
    received,
)
from pubkit.distribution.ledger.opening import Ledger
from pubkit.errors import DeliveryError
from pubkit.formats.files import read_bytes
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.workflow.sending.addressing import Addressed
from pubkit.workflow.sending.freezing import Freezer, address_to, is_current, verify_parcels
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
        raise DeliveryError(
            _("There is nothing to correct: nobody has {name} yet").format(name=request.document),
            remedy=_("Send it: pubkit send {name} --members FILE").format(name=request.document),
        )
    if latest.corrections and all(is_current(config, one) for one in latest.parcels.values()):
        verify_parcels(config, latest)
        return Plan(campaign=latest)  # which has begun already, and goes on
    freezer = Freezer(
        config=config, document=request.document, note=request.note, announce=announce
    )
    return _Correction(ledger, freezer, latest, now).plan()


@dataclass(frozen=True, slots=True)
class _Correction:
    ledger: Ledger
    freezer: Freezer
    latest: Campaign
    now: datetime

    def plan(self) -> Plan:
        self._refuse_doubt()
        faulty = self._faulty()
        languages = {one.delivery.lang for one in faulty}
        had = self._last_parcels()
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
                parcels=self.freezer.parcels(languages),
                corrections=self.freezer.parcels(languages, had),
            ),
            additions=address_to(
                addressed, campaign, secret=self.ledger.secret, is_correction=True
            ),
            corrected=self.latest,
        )

    def _refuse_doubt(self) -> None:
        with self.ledger.transaction() as connection:
            doubtful = in_chain(connection, self.latest, (DeliveryState.IN_DOUBT,))
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

    def _faulty(self) -> list[Received]:
        """Return who has another edition than the one that lies in build/."""
        had = self._last_parcels()
        digests = {lang: self._digest(parcel) for lang, parcel in had.items()}
        with self.ledger.transaction() as connection:
            faulty = [
                one
                for one in received(connection, self.latest)
                if one.digest != digests[one.delivery.lang]
            ]
        if not faulty:
            name = self.latest.document
            raise DeliveryError(
                _("There is nothing to correct: everybody has the edition that lies in build/"),
                remedy=_("Mend the text, and make the edition anew: pubkit render {name}").format(
                    name=name
                ),
            )
        return faulty

    def _digest(self, parcel: Parcel) -> str:
        data = read_bytes(self.freezer.config.root / parcel.pdf_path, error=DeliveryError)
        return sha256(data).hexdigest()

    def _last_parcels(self) -> Mapping[str, Parcel]:
        """Return the edition of each language that was sent last."""
        with self.ledger.transaction() as connection:
            chain = campaign_chain(connection, self.latest)
        parcels: dict[str, Parcel] = {}
        for campaign in reversed(chain):
            parcels |= campaign.parcels
        return parcels


def _present(one: Received) -> Recipient:
    """Return the member, who is written to whether the roster of today has them or not."""
    recipient = one.delivery.recipient
    return replace(recipient, line=max(recipient.line, 1))
