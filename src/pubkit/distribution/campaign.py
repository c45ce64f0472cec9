"""The words of sending: who gets what in a campaign, and how far each message is."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from unicodedata import normalize

from pubkit.model import Letter
from pubkit.values import dataclass


class DeliveryState(StrEnum):
    """How far the message to one member is.

    ::

        pending ──▶ in_doubt ──▶ sent
           │            └──────▶ failed, deferred
           ├──▶ deferred ──▶ …
           └──▶ suppressed, failed
    """

    PENDING = "pending"
    IN_DOUBT = "in_doubt"
    """The last dot may have gone out, and no answer is known: the member may have it or not."""
    SENT = "sent"
    """The server took it, and is responsible from then on (RFC 5321, 4.2.5)."""
    DEFERRED = "deferred"
    """The server put it off; it is tried again."""
    FAILED = "failed"
    """For good."""
    SUPPRESSED = "suppressed"
    """The member does not want it, cannot get it, or a corrected edition takes its place."""


SUPERSEDED = "superseded"
"""Why nobody gets the edition of a campaign any more that another one corrects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A member as the roster has them."""

    address: str
    """Its domain in ASCII (IDNA), its local part as written."""
    name: str = ""
    title: str = ""
    languages: tuple[str, ...] = ()
    """The languages that the roster names for them, best first; normalized tags."""
    groups: tuple[str, ...] = ()
    line: int = 0
    """The line of the roster, or the row of the query, from 1."""

    @property
    def key(self) -> str:
        """What all spellings of the address share: nobody gets two messages."""
        return address_key(self.address)


def address_key(address: str) -> str:
    """Return what all spellings of an address share.

    Letters are made small and no more: ``straße@`` and ``strasse@`` are two mailboxes.
    """
    return normalize("NFC", address).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """An edition as it is sent: frozen when its campaign begins."""

    lang: str
    pdf_path: str
    """Below the project's root, POSIX style."""
    pdf_digest: str
    """SHA-256 of the PDF, in hexadecimal."""
    pdf_size: int
    """Bytes."""
    attachment: str
    """The name of the attached file, ASCII; empty where the message has a link instead."""
    named: Letter
    """For members whose name the roster knows."""
    unnamed: Letter
    """For the others."""
    texts: tuple[str, ...] = ()
    """The texts of the edition in their order: what a correction is compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One sending of one document: who gets which edition of it."""

    id: int
    document: str
    number: int
    """1 for the first of its document; a correction has the next one."""
    began: datetime
    sender: str
    """The address in ``From``."""
    embargo: datetime | None = None
    """Before this time nothing is sent."""
    corrects: int | None = None
    """The number of the campaign whose edition was faulty."""
    parcels: Mapping[str, Parcel] = field(default_factory=lambda: MappingProxyType({}))
    """By language."""
    corrections: Mapping[str, Parcel] = field(default_factory=lambda: MappingProxyType({}))
    """The same with a note of what changed, for those who have the faulty edition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The message to one member in one campaign: a row of the ledger."""

    id: int
    campaign: int
    recipient: Recipient
    lang: str
    """Of the edition that they get."""
    message_id: str
    """With its angle brackets; the same on every attempt."""
    state: DeliveryState = DeliveryState.PENDING
    is_correction: bool = False
    """Whether they have the faulty edition and get the one with the note."""
    attempts: int = 0
    not_before: datetime | None = None
    """When a message that was put off is tried again."""
    first_attempt: datetime | None = None
    changed: datetime | None = None
    """When it came into its state."""
    reply: str = ""
    """What the server said last, or why the member is suppressed."""
