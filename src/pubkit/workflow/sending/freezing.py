"""What members get is frozen when a campaign begins: letters, digests of PDFs, identifiers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

from pubkit.config import Config
from pubkit.distribution.addresses import parse_address
from pubkit.distribution.campaign import Campaign, Delivery, Parcel
from pubkit.distribution.identity import Identity
from pubkit.errors import DeliveryError, Location
from pubkit.formats.files import read_bytes
from pubkit.messages import gettext as _
from pubkit.values import dataclass
from pubkit.workflow.sending.addressing import Addressed

if TYPE_CHECKING:
    from pubkit.workflow.sending.editions import FinishedEdition

NOTHING: Mapping[str, Sequence[Parcel]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Freezer:
    """Freezes one document for a campaign.

    What makes pages is imported only when there is something to freeze.
    """

    config: Config
    document: str
    note: str = ""
    """What the office says of a correction."""
    announce: Callable[[str], None]
    """Is told of each language whose edition has to be made."""

    def editions(self, languages: Iterable[str]) -> Mapping[str, "FinishedEdition"]:
        """Return the editions in these languages, which may be sent.

        Raises:
            DeliveryError: An edition is not fit to be sent.
            PubkitError: The document or a catalog is malformed.
        """
        chosen = set(languages)
        wanted = [lang for lang in self.config.project.languages if lang in chosen]
        if not wanted:
            return {}
        from pubkit.workflow.project import Project
        from pubkit.workflow.sending.editions import finished_editions

        project = Project(self.config)
        return finished_editions(project, self.document, wanted, announce=self.announce)

    def parcels(
        self,
        editions: Mapping[str, "FinishedEdition"],
        faulty: Mapping[str, Sequence[Parcel]] = NOTHING,
    ) -> dict[str, Parcel]:
        """Freeze editions.

        Args:
            editions: By language.
            faulty: The editions that members have who get the letter with a note of what changed,
                by language.

        Raises:
            DeliveryError: A letter cannot be written.
        """
        if not editions:
            return {}
        from pubkit.workflow.letters import make_parcel
        from pubkit.workflow.project import Project

        return {
            lang: make_parcel(
                Project(self.config),
                edition.page,
                pdf=edition.pdf,
                pdf_path=edition.pdf_path,
                faulty=faulty.get(lang, ()),
                note=self.note,
            )
            for lang, edition in editions.items()
        }

    def sender(self) -> str:
        """Return the address from which the messages come.

        Raises:
            DeliveryError: Nobody is named, or the address is none.
        """
        from pubkit.workflow.sending.editions import contact_address

        sender = self.config.mail.sender or contact_address(self.config, self.document)
        if not sender:
            raise DeliveryError(
                _("Nobody is named from whom the messages come"),
                remedy=_(
                    "Set sender in [mail] of pubkit.toml, as in sender = "
                    '"press@example.org", or give the document a contact with an email'
                ),
            )
        return parse_address(sender)

    def embargo(self) -> datetime | None:
        """Return the time before which nobody may have the document."""
        from pubkit.workflow.sending.editions import document_embargo

        return document_embargo(self.config, self.document)


def address_to(
    addressed: Iterable[Addressed],
    campaign: Campaign,
    *,
    secret: bytes,
    is_correction: bool = False,
) -> tuple[Delivery, ...]:
    """Return the deliveries of a campaign to members who are new in it."""
    identity = Identity(secret)
    domain = campaign.sender.rpartition("@")[2]
    return tuple(
        Delivery(
            id=0,
            campaign=campaign.id,
            recipient=one.recipient,
            lang=one.lang,
            message_id=identity.message_id(
                campaign.document, campaign.number, one.recipient.key, domain=domain
            ),
            is_correction=is_correction,
            changed=campaign.began,
        )
        for one in addressed
    )


def verify_parcels(
    config: Config, campaign: Campaign, *, is_out: bool = True
) -> Mapping[str, bytes]:
    """Return the PDFs of a campaign by language, which must be those with which it began.

    Args:
        config: The project's settings.
        campaign: Which.
        is_out: Whether anybody has an edition already, or may have it.

    Raises:
        DeliveryError: One was made anew, or is not there.
    """
    return {
        lang: _verified(config, campaign, parcel, is_out=is_out)
        for lang, parcel in campaign.parcels.items()
    }


def current_digest(config: Config, parcel: Parcel) -> str:
    """Return the SHA-256 of the PDF that lies today where that of a parcel lay.

    Raises:
        DeliveryError: There is none.
    """
    return sha256(read_bytes(config.root / parcel.pdf_path, error=DeliveryError)).hexdigest()


def _verified(config: Config, campaign: Campaign, parcel: Parcel, *, is_out: bool) -> bytes:
    path = config.root / parcel.pdf_path
    data = read_bytes(path, error=DeliveryError)
    if sha256(data).hexdigest() == parcel.pdf_digest:
        return data
    remedy = _("Nobody has the first one: begin anew with this one, add --new")
    if is_out:
        remedy = _(
            "If the first one was faulty, send its readers the new one: "
            "pubkit send {name} --correction. "
            "If it was right, put it back: it is made of the texts of that day"
        ).format(name=campaign.document)
    raise DeliveryError(
        _("The edition has changed since the campaign began"),
        location=Location(str(path)),
        remedy=remedy,
    )
