"""From a new project to the mailboxes of its members, through Postfix and Dovecot, and back."""

import re
import signal
import smtplib
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.mail.killing import kill_at
from tests.mail.office import Office
from tests.servers.mail import PASSWORD, MailSystem, mail_system, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

ANNA, WANG, LI = (f"{name}@members.example" for name in ("anna", "wang", "li"))
ARRIVING = {ANNA: ("Anna Smith", "en"), WANG: ("王芳", "zh")}
"""Who has a mailbox; Li has none any more."""
SUBJECTS = {"en": "Riverside Library opens", "zh": "河畔图书馆"}
OFFICE = "press@library.example"


@pytest.fixture
def system() -> Iterator[MailSystem]:
    """Start Postfix and Dovecot with mailboxes for all but one member."""
    with mail_system([*ARRIVING, OFFICE]) as started:
        yield started


def connected(office: Office, system: MailSystem) -> Office:
    """Return an office that sends through these servers, encrypted and logged in."""
    return replace(
        office,
        server=system.server("smtp+starttls").replace("://", f"://{OFFICE.replace('@', '%40')}@"),
        further={
            "PUBKIT_MAIL_PASSWORD": PASSWORD,
            "PUBKIT_IMAP_PASSWORD": PASSWORD,
            "SSL_CERT_FILE": str(system.authority),
        },
    )


def test_members_get_their_editions_and_bounces_come_back(
    new_office: Office, system: MailSystem
) -> None:
    """Who left, and who cannot be reached, gets nothing the next time."""
    association = connected(new_office, system)
    sent = association.send()
    messages = {address: system.wait_for(address, 1)[-1] for address in ARRIVING}
    leave_by_mail(messages[ANNA], system)
    system.wait_for(OFFICE, 2)
    bounces = association.run("send", "bounces", system.mailbox_url(OFFICE))
    second = association.send("--new")

    assert (sent.code, bounces.code, second.code) == (0, 0, 0), sent.err + bounces.err + second.err
    for address, message in messages.items():
        check_message(message, *ARRIVING[address], association)
    assert association.states() | {"sent": 1, "suppressed": 2} == association.states()
    assert len(system.wait_for(WANG, 2)) == 2
    assert len(system.read(ANNA)) == 1


def check_message(message: EmailMessage, name: str, lang: str, office: Office) -> None:
    """Check what a member reads, as Python's email decodes it."""
    (attachment,) = message.iter_attachments()
    body = message.get_body(("plain",))

    assert message["To"].addresses[0].display_name == name
    assert message["Content-Language"].startswith(lang)
    assert SUBJECTS[lang] in message["Subject"]
    assert body is not None
    assert name in body.get_content()
    edition = office.folder / "build" / lang / "welcome.pdf"
    assert attachment.get_content() == edition.read_bytes()
    assert not message.defects


def leave_by_mail(message: EmailMessage, system: MailSystem) -> None:
    """Do what a member's mail program does at a click on “unsubscribe”."""
    (url,) = re.findall(r"<(mailto:[^>]+)>", message["List-Unsubscribe"])
    parts = urlsplit(url)
    (subject,) = parse_qs(parts.query)["subject"]
    member = message["To"].addresses[0].addr_spec
    with smtplib.SMTP("127.0.0.1", system.smtp_port) as client:
        text = f"From: {member}\r\nTo: {unquote(parts.path)}\r\nSubject: {subject}\r\n\r\n"
        client.sendmail(member, [unquote(parts.path)], text)


def test_log_of_postfix_tells_who_has_it(office: Office, system: MailSystem) -> None:
    """A member in doubt is found in the log of the server, or sent to again."""
    association = connected(office, system)
    codes = [kill_at(moment, association) for moment in ("dot-sent", "doubted")]
    system.wait_for(ANNA, 1)
    resumed = association.send()
    in_doubt = association.states()["in_doubt"]
    reconciled = association.reconcile(system.log)
    last = association.send()
    copies = [len(system.wait_for(address, 1)) for address in ARRIVING]

    assert codes == [-signal.SIGKILL] * 2
    assert (resumed.code, in_doubt) == (3, 2)
    assert (reconciled.code, last.code) == (0, 0), reconciled.err
    assert copies == [1, 1]
    assert association.states()["sent"] == 3
