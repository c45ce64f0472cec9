"""A mail system as an association has it: Postfix takes mail, Dovecot keeps it and shows it."""

import email
import imaplib
import os
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from tests.servers.certificates import make_certificate
from tests.servers.dovecot import PROGRAM, dovecot
from tests.servers.postfix import MASTER, postfix
from tests.servers.processes import PATIENCE, free_port

PASSWORD = "open sesame"  # noqa: S105


def missing() -> str:
    """Return why there can be no mail system, or nothing."""
    if os.geteuid() != 0:
        return "Postfix and Dovecot want to be started by root"
    programs = (MASTER, PROGRAM)
    names = [program.name for program in programs if not program.exists()]
    return f"not installed: {' '.join(names)}" if names else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSystem:
    """Both servers, on the loopback address."""

    folder: Path
    smtp_port: int
    imaps_port: int
    authority: Path
    """What has to be trusted, as ``SSL_CERT_FILE``."""

    @property
    def log(self) -> Path:
        """The log of Postfix."""
        return self.folder / "maillog"

    def server(self, scheme: str = "smtp+plain") -> str:
        """Return the address of Postfix as ``PUBKIT_MAIL_SERVER`` wants it."""
        return f"{scheme}://localhost:{self.smtp_port}"

    def mailbox_url(self, address: str) -> str:
        """Return the address of a mailbox."""
        user = address.replace("@", "%40")
        return f"imaps://{user}@localhost:{self.imaps_port}/INBOX"

    def read(self, address: str) -> list[EmailMessage]:
        """Return what is in a mailbox, as Python's email reads it."""
        context = ssl.create_default_context(cafile=self.authority)
        with imaplib.IMAP4_SSL("localhost", self.imaps_port, ssl_context=context) as client:
            client.login(address, PASSWORD)
            client.select("INBOX", readonly=True)
            _status, (numbers,) = client.search(None, "ALL")
            fetched = [client.fetch(number, "(RFC822)")[1][0] for number in numbers.split()]
        return [
            cast("EmailMessage", email.message_from_bytes(part[1], policy=default))
            for part in fetched
            if isinstance(part, tuple)
        ]

    def wait_for(self, address: str, number: int) -> list[EmailMessage]:
        """Return what is in a mailbox, as soon as there are so many messages."""
        deadline = time.monotonic() + PATIENCE
        while len(found := self.read(address)) < number:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{address} has {len(found)} messages:\n{self.log.read_text()}")
            time.sleep(0.05)
        return found


@contextmanager
def mail_system(addresses: Iterable[str], *, domains: Iterable[str] = ()) -> Iterator[MailSystem]:
    """Run Postfix and Dovecot.

    Args:
        addresses: Each has a mailbox. What comes for others at their domains is taken and then
            returned, as most servers do that stand before the one with the mailboxes.
        domains: Further domains without any mailbox.
    """
    boxes = tuple(addresses)
    known = tuple(dict.fromkeys([box.partition("@")[2] for box in boxes] + list(domains)))
    with TemporaryDirectory(prefix="pubkit-mail-", ignore_cleanup_errors=True) as place:
        folder, smtp_port, imaps_port = Path(place), free_port(), free_port()
        folder.chmod(0o755)
        certificate = make_certificate(folder, "localhost")
        with (
            dovecot(folder, imaps_port, certificate, boxes, PASSWORD),
            postfix(folder, smtp_port, certificate, known),
        ):
            yield MailSystem(
                folder=folder,
                smtp_port=smtp_port,
                imaps_port=imaps_port,
                authority=certificate.authority,
            )
