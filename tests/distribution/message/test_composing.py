"""The message to one member: all that differs is theirs, and nothing of theirs becomes markup."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from pubkit.config.settings import MailSettings
from pubkit.distribution.message.composing import Envelope, unsubscribe_base
from pubkit.distribution.message.headers import HeaderError
from pubkit.errors import DeliveryError
from pubkit.model import Letter
from tests.distribution.message.letters import (
    BASE,
    CHINESE,
    ENGLISH,
    IDENTITY,
    PDF,
    composer,
    delivery,
    parcel,
    place,
)

TOKEN = IDENTITY.unsubscribe_token(7)


def read(envelope: Envelope) -> EmailMessage:
    """Return a message as the standard library reads it."""
    message = message_from_bytes(envelope.data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk() if part.defects] == []
    return message


def text_of(message: EmailMessage, kind: str) -> str:
    """Return a part as text."""
    part = message.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text.replace("\r\n", "\n")


def test_message_has_what_its_letter_says() -> None:
    """Subject, sender, both texts, and the PDF as it was."""
    message = read(composer().compose(delivery(lang="zh", name="李明")))
    (attachment,) = message.iter_attachments()

    assert message["Subject"] == CHINESE.subject
    assert message["From"].addresses[0].display_name == "北京大学深圳研究生院"
    assert message["To"].addresses[0].display_name == "李明"
    assert message["Content-Language"] == "zh-CN"
    assert text_of(message, "plain").startswith("尊敬的李明：\n\n请阅读。")
    assert "Dear Professor 李明" in text_of(message, "html")
    assert attachment.get_content_type() == "application/pdf"
    assert attachment.get_payload(decode=True) == PDF


def test_message_is_the_same_on_every_attempt() -> None:
    """Also by another process."""
    assert composer().compose(delivery()) == composer().compose(delivery())


def test_member_leaves_by_one_click_by_mail_or_by_hand() -> None:
    """All three name the same delivery, and no address."""
    envelope = composer().compose(delivery())
    message = read(envelope)

    assert f"<{BASE}/{TOKEN}>" in message["List-Unsubscribe"]
    assert IDENTITY.unsubscribe_address("bounces@example.org", 7) in message["List-Unsubscribe"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"{BASE}/{TOKEN}" in text_of(message, "plain")
    assert f'href="{BASE}/{TOKEN}"' in text_of(message, "html")
    assert IDENTITY.read_return_address(envelope.sender) == 7


def test_member_leaves_by_mail_where_there_is_no_endpoint() -> None:
    """And no program is told of a click that leads nowhere."""
    message = read(composer(unsubscribe="").compose(delivery()))

    assert message["List-Unsubscribe"].startswith("<mailto:bounces+u-")
    assert message["List-Unsubscribe-Post"] is None
    assert "mailto:bounces+u-" in text_of(message, "plain")


@pytest.mark.parametrize(
    ("settings", "base_url", "base"),
    [
        (
            {"unsubscribe": "https://a.example/leave/"},
            "https://b.example",
            "https://a.example/leave",
        ),
        ({}, "https://b.example/", "https://b.example/unsubscribe"),
        ({}, "http://b.example", ""),
        (
            {},
            "https://新闻.example/中 文",
            "https://xn--efvy88h.example/%E4%B8%AD%20%E6%96%87/unsubscribe",
        ),
        ({}, None, ""),
    ],
)
def test_one_click_is_for_https_alone(
    settings: dict[str, str], base_url: str | None, base: str
) -> None:
    """RFC 8058, 3.1."""
    assert unsubscribe_base(MailSettings(**settings), base_url) == base  # type: ignore[arg-type]


def test_message_without_attachment_has_two_parts() -> None:
    """Where the letter has a link."""
    message = read(composer(parcel(ENGLISH, attachment="")).compose(delivery()))

    assert message.get_content_type() == "multipart/alternative"
    assert list(message.iter_attachments()) == []


def test_member_without_a_title_leaves_no_gap() -> None:
    """Dear Professor Li Ming, or Dear Li Ming, with one space."""
    message = read(composer().compose(delivery(title="")))

    assert text_of(message, "plain").startswith("Dear Li Ming,\n")
    assert ">Dear Li Ming<" in text_of(message, "html")


def test_member_without_a_name_gets_the_other_letter() -> None:
    """Nobody is greeted by nothing."""
    message = read(composer().compose(delivery(name="")))

    assert message["To"] == "li@example.net"
    assert text_of(message, "plain").startswith("To whom it may concern.")


@pytest.mark.parametrize(
    "name",
    [
        "Li\r\nBcc: all@example.org",
        "<script>alert(1)</script>",
        '" onclick="x',
        place("unsubscribe"),
        "=?utf-8?Q?Boss?=",
        "\\1 {{7*7}} %(x)s",
    ],
)
def test_name_becomes_neither_field_nor_markup_nor_place(name: str) -> None:
    """Whatever the roster holds is a name, and nothing else."""
    message = read(composer().compose(delivery(name=name)))
    shown = " ".join(name.split())

    assert message["Bcc"] is None
    assert message["To"].addresses[0].addr_spec == "li@example.net"
    assert message["To"].addresses[0].display_name == shown
    assert f"Dear Professor {shown}," in text_of(message, "plain")
    page = text_of(message, "html")
    assert "<script" not in page
    assert "onclick=" not in page.replace("&quot; onclick=&quot;", "")
    assert page.count(BASE) == 1


def test_internationalised_address_needs_a_server_that_knows_it() -> None:
    """The sender learns it from the envelope; others need nothing."""
    assert composer().compose(delivery(address="用户@example.org")).needs_smtputf8
    assert not composer().compose(delivery()).needs_smtputf8


def test_return_address_is_the_same_for_all_without_verp() -> None:
    """For servers that know no addresses with a plus; the subject then says who leaves."""
    mail = MailSettings(verp=False, reply_to="answers@example.org")
    envelope = composer(mail=mail).compose(delivery())
    message = read(envelope)

    assert envelope.sender == "press@example.org"
    assert f"<mailto:press@example.org?subject=unsubscribe%20{TOKEN}>" in str(
        message["List-Unsubscribe"]
    )
    assert message["Reply-To"].addresses[0].addr_spec == "answers@example.org"


@pytest.mark.parametrize("address", ["新闻@example.org", "a@b.c, d@e.f", "x\r\n@y.z", "office"])
def test_address_of_the_office_is_refused_before_anything_is_sent(address: str) -> None:
    """A campaign does not find out with its first message."""
    with pytest.raises(DeliveryError) as refused:
        composer(mail=MailSettings(reply_to=address))

    assert refused.value.remedy


def test_domain_of_the_office_is_written_in_ascii() -> None:
    """As servers know it: IDNA 2008, whatever the settings say."""
    made = composer(mail=MailSettings(reply_to="press@北大.cn", bounces="b@faß.de"))
    envelope = made.compose(delivery())

    assert read(envelope)["Reply-To"].addresses[0].addr_spec == "press@xn--djry4l.cn"
    assert envelope.sender.endswith("@xn--fa-hia.de")


@pytest.mark.parametrize(
    ("letter", "list_id"),
    [
        (replace(ENGLISH, subject="Title\0"), ""),
        (replace(ENGLISH, sender_name="School\x1b"), ""),
        (ENGLISH, "members of example.org"),
    ],
)
def test_what_is_wrong_for_all_members_is_the_fault_of_none(letter: Letter, list_id: str) -> None:
    """It is refused before the first message, and nobody is given up for it."""
    with pytest.raises(DeliveryError) as refused:
        composer(parcel(letter), mail=MailSettings(list_id=list_id))

    assert not isinstance(refused.value, HeaderError)


def test_missing_edition_is_refused() -> None:
    """In a language that the campaign does not have, or whose PDF was not handed over."""
    with pytest.raises(DeliveryError, match="“de”"):
        composer().compose(delivery(lang="de"))
    with pytest.raises(DeliveryError, match="“en”"):
        composer(pdfs={}).compose(delivery())


def test_correction_has_its_own_letter() -> None:
    """Who has the faulty edition reads what changed; who is new does not."""
    made = composer()
    note = parcel(replace(ENGLISH, subject="Correction: Alliance"))
    made.campaign = replace(made.campaign, corrections={"en": note})

    corrected = read(made.compose(replace(delivery(), is_correction=True)))
    assert corrected["Subject"] == "Correction: Alliance"
    assert read(made.compose(delivery()))["Subject"] == ENGLISH.subject


def test_attachment_is_encoded_once_for_all_messages() -> None:
    """All messages of an edition end with the very same bytes."""
    made = composer()
    first, second = made.compose(delivery()), made.compose(delivery(name="", number=8))

    assert first.shared is second.shared
    assert first.data.endswith(first.shared)
