"""How far the campaigns of a document are: what ``pubkit send status`` tells."""

from collections.abc import Sequence

from pubkit.config import Config
from pubkit.distribution.campaign import Campaign, Delivery, DeliveryState
from pubkit.distribution.ledger.campaigns import deliveries
from pubkit.distribution.ledger.desk import has_sender
from pubkit.distribution.ledger.figures import Overview, find_campaigns, read_overview
from pubkit.distribution.ledger.opening import Ledger
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.values import dataclass
from pubkit.workflow.ledgers import document_name, existing_ledger


@dataclass(frozen=True, slots=True)
class Found:
    """A campaign, and the ledger in which it is."""

    ledger: Ledger
    campaign: Campaign
    """Without its parcels."""
    latest: int
    """The number of the document's latest campaign."""


def all_overviews(config: Config) -> tuple[Overview, ...]:
    """Return how far every campaign of a project is, document by document."""
    ledger = existing_ledger(config)
    if ledger is None:
        return ()
    with ledger.transaction() as connection:
        campaigns = find_campaigns(connection)
        return tuple(read_overview(connection, campaign) for campaign in campaigns)


def find_campaign(config: Config, name: str, number: int | None = None) -> Found | None:
    """Return a campaign of a document, the latest where no number is given, if it has any.

    Raises:
        SourceError: There is neither a campaign nor a document of this name.
        DeliveryError: The document has campaigns, and none with this number.
    """
    document = document_name(name, config)
    ledger = existing_ledger(config)
    campaigns: Sequence[Campaign] = ()
    if ledger:
        with ledger.transaction() as connection:
            campaigns = find_campaigns(connection, document)
    if ledger is None or not campaigns:
        _verify_document(config, document)
        return None
    return Found(ledger, _chosen(campaigns, number), campaigns[-1].number)


def _verify_document(config: Config, name: str) -> None:
    if not (config.source / f"{name}.md").is_file():
        # Only here: a campaign needs no document, whose reader takes a while to import.
        from pubkit.workflow.documents import choose_documents

        choose_documents([name], config)


def _chosen(campaigns: Sequence[Campaign], number: int | None) -> Campaign:
    if number is None:
        return campaigns[-1]
    known = {campaign.number: campaign for campaign in campaigns}
    if number not in known:
        raise DeliveryError(
            _("“{document}” has no campaign {number}").format(
                document=campaigns[-1].document, number=number
            ),
            remedy=_("It has: {numbers}").format(numbers=", ".join(map(str, known))),
        )
    return known[number]


def overview(found: Found) -> Overview:
    """Return how far a campaign is."""
    with found.ledger.transaction() as connection:
        return read_overview(connection, found.campaign)


def is_at_work(found: Found) -> bool:
    """Tell whether somebody is sending from the ledger just now."""
    return has_sender(found.ledger)


def members(found: Found, states: Sequence[DeliveryState]) -> tuple[Delivery, ...]:
    """Return the members of a campaign who are in these states."""
    with found.ledger.transaction() as connection:
        return tuple(deliveries(connection, found.campaign, states))
