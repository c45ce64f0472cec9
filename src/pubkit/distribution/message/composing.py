"""From a delivery to its message: what differs by member is put in last.

Whatever all messages of a campaign share is made once: the encoded PDF, and the fields that name
sender, list and subject. So a message costs little however large its attachment is.
"""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from urllib.parse import quote, urlsplit

from pubkit.config.settings import MailSettings
from pubkit.distribution.addresses import parse_address
from pubkit.distribution.campaign import Campaign, Delivery, Parcel, Recipient
from pubkit.distribution.identity import Identity
from pubkit.distribution.message.headers import (
    HeaderError,
    date_field,
    labelled_field,
    mailbox_field,
    plain_field,
    text_field,
)
from pubkit.distribution.message.mime import (
    joined,
    make_boundary,
    multipart,
    multipart_head,
    pdf_part,
    text_encoding,
    text_part,
)
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.model import PLACE_MARKS, Letter
from pubkit.values import dataclass

START, END = PLACE_MARKS
PLACE = re.compile(rf"{START}(\w+){END}")
LEAVING = "unsubscribe"
"""What the subject of a message begins with in which a member asks to leave; a token follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A message, and between whom the servers carry it."""

    sender: str
    """Where bounces go: an own address for each member."""
    recipient: str
    data: bytes = field(repr=False)
    """Lines end with CRLF; dots are not doubled yet."""
    needs_smtputf8: bool = False
    """Whether only a server that knows SMTPUTF8 can take it (RFC 6531)."""
    shared: bytes = field(default=b"", repr=False)
    """What it ends with as all others of its edition do."""


@dataclass(slots=True, kw_only=True)
class Composer:
    """Makes the messages of one campaign.

    Raises:
        DeliveryError: The settings name addresses that cannot be used.
    """

    campaign: Campaign
    identity: Identity
    mail: MailSettings
    pdfs: Mapping[str, bytes]
    """By language; those that are linked need not be there."""
    unsubscribe: str = ""
    """The address of the endpoint for unsubscription, as ``unsubscribe_base`` found it."""
    _sender: str = field(init=False)
    _bounces: str = field(init=False)
    _reply_to: str = field(init=False)
    _editions: dict[tuple[str, bool, bool], "_Edition"] = field(default_factory=dict)
    _attachments: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sender = _own_address(self.campaign.sender)
        self._bounces = _own_address(self.mail.bounces) if self.mail.bounces else self._sender
        self._reply_to = _own_address(self.mail.reply_to) if self.mail.reply_to else ""
        self._return_address(0)
        self._leaving_address(0)
        for parcel in (*self.campaign.parcels.values(), *self.campaign.corrections.values()):
            for letter in (parcel.named, parcel.unnamed):
                self._shared_fields(letter)

    def compose(self, delivery: Delivery) -> Envelope:
        """Return the message of a delivery: the same bytes on every attempt.

        Raises:
            DeliveryError: The campaign has no edition in the member's language.
            HeaderError: The member's name or address cannot stand in a message.
        """
        recipient = delivery.recipient
        edition = self._edition(delivery)
        values = _values(recipient, self._leaving_address(delivery.id))
        head = (
            mailbox_field("To", recipient.name, recipient.address),
            plain_field("Message-ID", delivery.message_id),
            *self._leaving_fields(delivery.id),
            edition.fields,
        )
        return Envelope(
            sender=self._return_address(delivery.id),
            recipient=recipient.address,
            data=b"".join((*head, edition.body(values), edition.shared)),
            needs_smtputf8=not recipient.address.isascii(),
            shared=edition.shared,
        )

    # ------------------------------------------------------------ addresses

    def _return_address(self, delivery_id: int) -> str:
        if not self.mail.verp:
            return self._bounces
        return self.identity.return_address(self._bounces, delivery_id)

    def _mail_to_leave(self, delivery_id: int) -> str:
        """Return the link that opens a message in which a member asks to leave."""
        address = self._bounces
        if self.mail.verp:
            address = self.identity.unsubscribe_address(address, delivery_id)
        token = self.identity.unsubscribe_token(delivery_id)
        return f"mailto:{address.replace('%', '%25')}?subject={LEAVING}%20{token}"

    def _leaving_address(self, delivery_id: int) -> str:
        """Return what a member opens to leave."""
        if not self.unsubscribe:
            return self._mail_to_leave(delivery_id)
        return unsubscribe_url(self.unsubscribe, self.identity.unsubscribe_token(delivery_id))

    def _leaving_fields(self, delivery_id: int) -> Iterable[bytes]:
        """Yield what programs need to leave in one click: RFC 2369, 3.2, and RFC 8058."""
        mail = f"<{self._mail_to_leave(delivery_id)}>"
        if not self.unsubscribe:
            yield plain_field("List-Unsubscribe", mail)
            return
        yield plain_field("List-Unsubscribe", f"<{self._leaving_address(delivery_id)}>,", mail)
        yield plain_field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")

    # ------------------------------------------------------------ what is made once

    def _edition(self, delivery: Delivery) -> "_Edition":
        key = (delivery.lang, delivery.is_correction, bool(delivery.recipient.name))
        if key not in self._editions:
            self._editions[key] = self._make_edition(*key)
        return self._editions[key]

    def _make_edition(self, lang: str, is_correction: bool, is_named: bool) -> "_Edition":
        parcel = _parcel(self.campaign, lang, is_correction)
        letter = parcel.named if is_named else parcel.unnamed
        seeds = (self.campaign.document, str(self.campaign.number), lang)
        boundary = make_boundary("mixed", *seeds)
        return _Edition(
            fields=self._shared_fields(letter),
            text=_Template(letter.text, "plain"),
            page=_Template(letter.html, "html"),
            boundary=boundary,
            # Not the outer one with something behind it: readers compare the beginnings of lines.
            inner_boundary=make_boundary("alternative", *seeds),
            shared=self._attachment(parcel, boundary) if parcel.attachment else b"",
        )

    def _shared_fields(self, letter: Letter) -> bytes:
        """Return the fields that are the same for all members.

        Raises:
            DeliveryError: One cannot be written, which is nothing that a member can help.
        """
        try:
            return b"".join(self._fields(letter))
        except HeaderError as error:
            raise DeliveryError(error.message, remedy=error.remedy) from None

    def _fields(self, letter: Letter) -> Iterable[bytes]:
        sender = self._sender
        list_id = self.mail.list_id or f"members.{sender.rpartition('@')[2]}"
        yield date_field(self.campaign.began)
        yield mailbox_field("From", letter.sender_name, sender)
        if self._reply_to:
            yield mailbox_field("Reply-To", letter.sender_name, self._reply_to)
        yield text_field("Subject", letter.subject)
        # Filters and some readers take this name as it stands, so an encoded one is left out.
        name = letter.sender_name if letter.sender_name.isascii() else ""
        yield labelled_field("List-Id", name, list_id)
        yield plain_field("List-Owner", f"<mailto:{self._reply_to or sender}>")
        yield plain_field("Auto-Submitted", "auto-generated")
        yield plain_field("Content-Language", letter.tag or letter.lang)
        yield plain_field("MIME-Version", "1.0")

    def _attachment(self, parcel: Parcel, boundary: str) -> bytes:
        """Return the PDF and the end of the message, the same bytes for all of a language."""
        if parcel.lang not in self._attachments:
            if parcel.lang not in self.pdfs:
                raise _missing(parcel.lang)
            part = pdf_part(self.pdfs[parcel.lang], name=parcel.attachment)
            self._attachments[parcel.lang] = joined([part], boundary=boundary)
        return self._attachments[parcel.lang]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edition:
    """All that the messages with one letter share."""

    fields: bytes
    text: "_Template"
    page: "_Template"
    boundary: str
    inner_boundary: str
    shared: bytes
    """The attached PDF and the end of the message; empty if nothing is attached."""

    def body(self, values: Mapping[str, str]) -> bytes:
        """Return the last fields and the body for one member, up to what is shared."""
        parts = (self.text.part(values, str), self.page.part(values, html.escape))
        both = multipart(parts, subtype="alternative", boundary=self.inner_boundary)
        if not self.shared:
            return both
        start = f"--{self.boundary}\r\n".encode()
        return multipart_head("mixed", self.boundary) + start + both


class _Template:
    """A text of a letter, cut at its places."""

    def __init__(self, text: str, subtype: str) -> None:
        self._pieces = PLACE.split(text)
        self._subtype = subtype
        self._encoding = text_encoding(text)

    def part(self, values: Mapping[str, str], escape: Callable[[str], str]) -> bytes:
        """Return the part with a member's values; a value is never looked through for places."""
        pieces: list[str] = []
        for number, piece in enumerate(self._pieces):
            text = escape(values.get(piece, "")) if number % 2 else piece
            # Where a member has no title, one space is left of the two around it.
            is_gap = number > 1 and not pieces[-1] and pieces[-2].endswith(" ")
            pieces.append(text.removeprefix(" ") if is_gap else text)
        return text_part("".join(pieces), subtype=self._subtype, encoding=self._encoding)


def unsubscribe_base(mail: MailSettings, base_url: str | None) -> str:
    """Return the address of the endpoint for unsubscription; empty if it is known of none.

    It is ASCII, as it stands in a header. One-click unsubscription is for HTTPS alone: RFC 8058,
    3.1.
    """
    address = mail.unsubscribe or (f"{base_url.rstrip('/')}/unsubscribe" if base_url else "")
    parts = urlsplit(address)
    if parts.scheme.lower() != "https":
        return ""
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return f"https://{host}{quote(parts.path.rstrip('/'), safe='/%:@!$&+()*;=~')}"


def unsubscribe_url(base: str, token: str) -> str:
    """Return the address on which one member unsubscribes."""
    return f"{base}/{token}"


def _values(recipient: Recipient, leaving: str) -> Mapping[str, str]:
    return {
        "name": " ".join(recipient.name.split()),
        "title": " ".join(recipient.title.split()),
        "unsubscribe": leaving,
    }


def _parcel(campaign: Campaign, lang: str, is_correction: bool) -> Parcel:
    parcels = campaign.corrections if is_correction else campaign.parcels
    if lang not in parcels:
        raise _missing(lang)
    return parcels[lang]


def _missing(lang: str) -> DeliveryError:
    return DeliveryError(_("The campaign has no edition in “{lang}”").format(lang=lang))


def _own_address(address: str) -> str:
    """Return an address of the office as it stands in every message: in ASCII.

    Raises:
        DeliveryError: It is none, or only servers with SMTPUTF8 know it.
    """
    parsed = parse_address(address)
    if not parsed.isascii():
        raise DeliveryError(
            _("“{address}” cannot be an address of the sender").format(address=address),
            remedy=_("Take one with ASCII letters before the @: many servers know no others"),
        )
    return parsed
