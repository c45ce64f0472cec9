"""A campaign in two languages, as the tests of messages want it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from pubkit.config.settings import MailSettings
from pubkit.distribution.campaign import Campaign, Delivery, Parcel, Recipient
from pubkit.distribution.identity import Identity
from pubkit.distribution.message.composing import Composer
from pubkit.model import PLACE_MARKS, Letter

IDENTITY = Identity(b"secret of the tests")
BASE = "https://news.example.org/unsubscribe"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 20


def place(name: str) -> str:
    """Return a place of a letter."""
    return name.join(PLACE_MARKS)


ENGLISH = Letter(
    lang="en",
    tag="en",
    subject="Alliance holds its first conference",
    text=f"Dear {place('title')} {place('name')},\n\nRead on.\n\n{place('unsubscribe')}\n",
    html=f'<p title="{place("name")}">Dear {place("title")} {place("name")}</p>'
    f'<a href="{place("unsubscribe")}">Leave</a>',
    sender_name="Peking University",
)
CHINESE = replace(
    ENGLISH,
    lang="zh",
    tag="zh-CN",
    subject="深圳先进材料创新联盟首届大会暨中国材料学科发展研讨会顺利召开",
    text=f"尊敬的{place('name')}：\n\n请阅读。\n\n{place('unsubscribe')}\n",
    sender_name="北京大学深圳研究生院",
)


def parcel(letter: Letter, *, attachment: str = "report.pdf") -> Parcel:
    """Return an edition as it is sent."""
    return Parcel(
        lang=letter.lang,
        pdf_path=f"build/{letter.lang}/report.pdf",
        pdf_digest="0" * 64,
        pdf_size=len(PDF),
        attachment=attachment,
        named=letter,
        unnamed=replace(letter, text="To whom it may concern.\n"),
    )


def campaign(*parcels: Parcel) -> Campaign:
    """Return a campaign with these editions, or with both."""
    chosen = parcels or (parcel(ENGLISH), parcel(CHINESE))
    return Campaign(
        id=1,
        document="report",
        number=1,
        began=datetime(2026, 11, 30, 9, 5, tzinfo=UTC),
        sender="press@example.org",
        parcels={item.lang: item for item in chosen},
    )


def composer(
    *parcels: Parcel,
    unsubscribe: str = BASE,
    mail: MailSettings | None = None,
    pdfs: Mapping[str, bytes] | None = None,
) -> Composer:
    """Return what makes the messages of a campaign."""
    return Composer(
        campaign=campaign(*parcels),
        identity=IDENTITY,
        mail=mail or MailSettings(bounces="bounces@example.org"),
        pdfs={"en": PDF, "zh": PDF} if pdfs is None else pdfs,
        unsubscribe=unsubscribe,
    )


def delivery(
    *,
    lang: str = "en",
    name: str = "Li Ming",
    title: str = "Professor",
    address: str = "li@example.net",
    number: int = 7,
) -> Delivery:
    """Return the message to one member."""
    recipient = Recipient(address=address, name=name, title=title)
    named = IDENTITY.message_id("report", 1, recipient.key, domain="example.org")
    return Delivery(id=number, campaign=1, recipient=recipient, lang=lang, message_id=named)
