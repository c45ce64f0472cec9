"""``pubkit doctor --mail``: the mail server, the sender's domain, and the way to leave."""

from collections.abc import Iterator
from datetime import datetime

from pubkit.distribution.addresses import parse_address
from pubkit.distribution.domain_examination import Sending, examine_domain
from pubkit.distribution.domain_records import DomainRecords
from pubkit.distribution.endpoint_examination import examine_endpoint
from pubkit.distribution.examination import Probe, examine_server
from pubkit.distribution.message.composing import unsubscribe_base
from pubkit.distribution.message.mime import encoded_size
from pubkit.distribution.smtp.server import Server
from pubkit.messages import gettext as _
from pubkit.model import Condition
from pubkit.workflow.project import ARCHIVED, Project


def examine_mail(
    project: Project,
    server: Server | None,
    *,
    password: str,
    recipient: str,
    records: DomainRecords,
    now: datetime,
) -> Iterator[Condition]:
    """Yield what sending needs, met or not; nothing is sent.

    Args:
        project: Whose editions are to be sent.
        server: Through which, if there is one that can be asked.
        password: Of the server's user.
        recipient: An address that the server is asked about, if there is any.
        records: What DNS says.
        now: With which the end of certificates is compared.

    Raises:
        AddressError: The sender, the address for bounces or the recipient is none.
    """
    mail = project.config.mail
    senders = find_senders(project)
    bounces = parse_address(mail.bounces) if mail.bounces else ""
    if server:
        probe = Probe(
            sender=bounces or next(iter(senders), ""),
            recipient=parse_address(recipient) if recipient else "",
            largest=_largest_edition(project),
        )
        yield from examine_server(server, password=password, probe=probe, now=now)
    yield _examine_senders(senders)
    for sender in senders:
        yield from examine_domain(
            records,
            Sending(
                sender=sender,
                bounces=bounces or sender,
                server=server,
                selector=mail.dkim_selector,
            ),
        )
    address = unsubscribe_base(mail, project.config.project.base_url)
    yield examine_endpoint(address, written=mail.unsubscribe)


def _examine_senders(senders: tuple[str, ...]) -> Condition:
    return Condition(
        name=_("Mail has a sender: {addresses}").format(addresses=", ".join(senders) or "?"),
        is_met=bool(senders),
        reason=_("neither the settings nor a document's contact name an address"),
        remedy=_('Write “sender = "office@example.org"” below [mail]'),
    )


def find_senders(project: Project) -> tuple[str, ...]:
    """Return the address in ``From``, one for each domain: that of [mail], or of the contacts.

    Raises:
        SourceError: A document cannot be read.
        AddressError: What is named is no address.
    """
    if project.config.mail.sender:
        return (parse_address(project.config.mail.sender),)
    written = (document.details.get("contact.email", "") for document in project.reports())
    found = [parse_address(address) for address in written if address]
    return tuple({address.rpartition("@")[2]: address for address in reversed(found)}.values())


def _largest_edition(project: Project) -> int:
    """Return the bytes of the largest PDF in a message; without any, what it may have."""
    most = project.config.mail.largest_kilobytes * 1000
    files = project.config.build.rglob("*.pdf")
    sizes = [encoded_size(path.stat().st_size) for path in files if ARCHIVED not in path.stem]
    return max((size for size in sizes if size <= most), default=most)
