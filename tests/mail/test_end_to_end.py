"""From a new project to the mailboxes of its members, through Postfix and Dovecot, and back."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

import pytest

from tests.mail.office import Office
from tests.servers.mail import PASSWORD, MailSystem, mail_system, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

MEMBERS = {
    "anna@members.test": ("Anna Smith", "en"),
    "wang@members.test": ("王芳", "zh"),
    "zoe@members.test": ("Zoë Müller", "en"),
    "gone@members.test": ("李小龙", "zh"),
}
ARRIVING = tuple(MEMBERS)[:3]
OFFICE = "press@press.test"


@pytest.fixture
def system() -> Iterator[MailSystem]:
    """Start Postfix and Dovecot with mailboxes for all but one member."""
    with mail_system([*ARRIVING, OFFICE]) as started:
        yield started


@pytest.fixture
def association(new_office: Office, system: MailSystem) -> Office:
    """Return an new_office that sends through them, encrypted and logged in."""
    settings = new_office.folder / "pubkit.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("press@library.example", OFFICE), "utf-8")
    new_office.set(f'log = "{system.log}"')
    new_office.enrol(f"{address},{name},{lang}" for address, (name, lang) in MEMBERS.items())
    return replace(
        new_office,
        server=system.server("smtp+starttls").replace("://", f"://{OFFICE.replace('@', '%40')}@"),
        further={"PUBKIT_MAIL_PASSWORD": PASSWORD, "SSL_CERT_FILE": str(system.authority)},
    )


def pdf_of(message: EmailMessage) -> bytes:
    """Return the attached edition."""
    (part,) = message.iter_attachments()
    content: bytes = part.get_content()
    return content


def test_members_get_their_editions_and_bounces_come_back(
    association: Office, system: MailSystem
) -> None:
    """One campaign, what came back of it, and the next one."""
    sent = association.send()
    messages = {address: system.wait_for(address, 1) for address in ARRIVING}
    system.wait_for(OFFICE, 1)
    bounces = association.run("send", "bounces", system.mailbox_url(OFFICE))

    assert sent.code == 0, sent.err
    for address, (message,) in messages.items():
        name, lang = MEMBERS[address]
        edition = association.folder / "build" / lang / "welcome.pdf"
        assert message["To"].addresses[0].display_name == name
        assert message["Content-Language"] == lang
        assert pdf_of(message) == edition.read_bytes()
    assert bounces.code == 0, bounces.err
    assert association.states()["sent"] == 4
